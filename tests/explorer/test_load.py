"""Ten sessions at once: every page runs to its last line.

`python -m benchmarks.proofs` has fifty.
"""

import asyncio
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

# Last, so that the rooms are those installed: pytest, run bare, does not find the benchmarks.
sys.path.append(str(Path(__file__).resolve().parent.parent.parent))

from benchmarks import load
from explorer.main import PAGES

T = TypeVar("T")


def ended(work: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def visit(address: str, page: str) -> load.Visit:
    async with load.session(address) as client:
        return await client.visit(page)


def test_ten_sessions_at_once_see_every_page_without_an_error(shipped: str) -> None:
    visits = ended(load.at_once(shipped, 10, 2))
    unknown = ended(visit(shipped, "no-such-page"))
    assert {seen.fault for seen in visits} == {""}
    assert len(visits) == 20
    assert len({seen.page for seen in visits}) == len(PAGES)
    assert "there is no such page" in unknown.fault
