"""Time every question in Oxigraph and in rdflib, side by side in one run, on the same data.

    python -m benchmarks.questions              the shipped corpus, both engines
    python -m benchmarks.questions --copies 20  twenty renamed copies of it, Oxigraph only

Both engines run the same query texts and the same Python. With copies, `growth` is the time
divided by that of one copy: about the number of copies where a question is linear.
"""

from __future__ import annotations

import argparse
import re
import runpy
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from graph.questions import QUESTIONS, ask
from graph.store import Store, open_store
from ingest.pipeline import build
from ingest.reading import shipped_corpus

SECOND_ENGINE = Path(__file__).parent.parent / "tests" / "graph" / "conftest.py"
ENDS = {"how_are_they_linked": {"one": "actor/interpol", "other": "actor/aimc"}}
DATA = re.compile(rb"(https://w3id\.org/reformgraph/id/[a-z]+/)")


def milliseconds(asked: Callable[[], object], runs: int) -> float:
    """Return the median time of some runs, after one that is not counted."""
    asked()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        asked()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def copied(snapshot: bytes, copies: int) -> bytes:
    """Return a snapshot and renamed copies of its data; the ontology stays one."""
    renamed = [DATA.sub(rb"\1copy%d-" % number, snapshot) for number in range(1, copies)]
    return b"".join([snapshot, *renamed])


def told(line: str) -> None:
    """Write one line at once, so that a long run can be followed."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def engines(snapshot: bytes, runs: int) -> None:
    """Compare the two engines on the snapshot as it is."""
    oxigraph = open_store("memory:", snapshot)
    second: Store = runpy.run_path(str(SECOND_ENGINE))["RdflibStore"](snapshot)
    told(f"{'question':28} {'rows':>5} {'oxigraph ms':>12} {'rdflib ms':>11} {'ratio':>7}  equal")
    for name in QUESTIONS:
        given = ENDS.get(name, {})
        rows, others = ask(oxigraph, name, **given), ask(second, name, **given)
        fast = milliseconds(partial(ask, oxigraph, name, **given), runs)
        slow = milliseconds(partial(ask, second, name, **given), 1)
        told(
            f"{name:28} {len(rows):5} {fast:12.1f} {slow:11.1f} {slow / fast:7.0f}"
            f"  {'yes' if rows == others else 'NO'}"
        )


def growth(snapshot: bytes, copies: int, runs: int) -> None:
    """Show how the time of each question grows with the data, in Oxigraph."""
    small, large = (open_store("memory:", copied(snapshot, number)) for number in (1, copies))
    told(f"{'question':28} {'1 copy ms':>10} {f'{copies} copies ms':>14} {'growth':>7}")
    for name in QUESTIONS:
        given = ENDS.get(name, {})
        one = milliseconds(partial(ask, small, name, **given), runs)
        many = milliseconds(partial(ask, large, name, **given), runs)
        told(f"{name:28} {one:10.1f} {many:14.1f} {many / one:7.1f}")


def main() -> None:
    """Read the arguments and run one of the two comparisons."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--copies", type=int, default=1, help="how many copies of the corpus")
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median is taken")
    given = parser.parse_args()
    snapshot = build(shipped_corpus()).to_bytes()
    if given.copies > 1:
        growth(snapshot, given.copies, given.runs)
    else:
        engines(snapshot, given.runs)


if __name__ == "__main__":
    main()
