"""Browser sessions without a browser: many at once, and pages while queries try to do harm.

The suite runs it with few sessions, `python -m benchmarks.proofs` with fifty.
"""

from __future__ import annotations

import asyncio
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import count, cycle, islice
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

from benchmarks.cases import Proof
from explorer.main import PAGES

RECOMMENDATION = "mrg-2026-notice-and-reasons"
PATIENCE = 120.0
"""Seconds after which a page counts as hung."""

BOMBS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT ?a { ?a ?b ?c . ?d ?e ?f FILTER(?c = CONCAT(STR(?a), STR(?f))) }",
    "SELECT ?a { ?a ?b ?c . ?d ?e ?f FILTER REGEX(CONCAT(STR(?c), STR(?f)), '(x+x+)+y$') }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<http://a/>|^!<http://a/>)+ ?b . ?b (!<http://a/>)+ ?c }",
    "SELECT ?a { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?g ?h ?i FILTER(?i != ?c) } }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?d",
    "SELECT (GROUP_CONCAT(?c) AS ?t) { ?a ?b ?c . ?d ?e ?f }",
    "ASK { " + "OPTIONAL { ?s ?p ?o } " * 200 + "}",
    "SELECT * { " + "?s ?p ?o . " * 200 + "}",
    "SELECT * { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }",
)
"""Queries that take all the time or memory there is, end the engine, or reach for the network."""


@dataclass(frozen=True)
class Visit:
    """A page that was asked for, how long it took (seconds), what it said, what went wrong."""

    page: str
    seconds: float
    fault: str = ""
    notices: tuple[str, ...] = ()


class Client:
    """One browser session, as the server sees it."""

    def __init__(self, socket: ClientConnection) -> None:
        """Take the open connection."""
        self.socket = socket

    async def visit(self, page: str, **asked: str) -> Visit:
        """Ask for a page with what its address says; wait until it has run to its end."""
        began, notices = time.monotonic(), []
        try:
            async with asyncio.timeout(PATIENCE):
                fault = await self._run(page, asked, notices)
        except (TimeoutError, WebSocketException) as error:
            fault = f"{type(error).__name__} {error}".strip()
        return Visit(page, time.monotonic() - began, fault, tuple(notices))

    async def _run(self, page: str, asked: dict[str, str], notices: list[str]) -> str:
        wish = BackMsg()
        wish.rerun_script.page_name = page
        wish.rerun_script.query_string = urlencode(asked)
        await self.socket.send(wish.SerializeToString())
        ended, faults = False, []
        while True:
            data = await self.socket.recv()
            assert isinstance(data, bytes)
            told = ForwardMsg.FromString(data)
            element = told.delta.new_element
            if element.HasField("exception"):
                faults.append(f"an exception is shown: {element.exception.type}")
            if element.HasField("alert"):
                notices.append(element.alert.body)
            ended |= "rg-end" in element.html.body and "No snapshot" not in element.html.body
            if told.HasField("page_not_found"):
                faults.append("there is no such page")
            if told.HasField("script_finished"):
                if told.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY or not ended:
                    faults.append("the page did not run to its last line")
                return "; ".join(faults)


@asynccontextmanager
async def session(address: str) -> AsyncIterator[Client]:
    """Open a session with the explorer at an address, as a browser on this machine does."""
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(
        stream, subprotocols=[Subprotocol("streamlit")], origin=Origin(address),
        max_size=None, ping_interval=None, proxy=None,
    ) as socket:  # fmt: skip
        yield Client(socket)


def pages() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every page without end, each with what its address says."""
    known = {"recommendation": {"id": RECOMMENDATION}}
    # The first page has no name in its address.
    return cycle(("" if i == 0 else page, known.get(page, {})) for i, page in enumerate(PAGES))


async def at_once(address: str, sessions: int, reruns: int, until: float = 0) -> list[Visit]:
    """Let sessions begin on different pages, each with so many reruns, or until a moment.

    The moment is one of `time.monotonic`; the reruns count where it is past.
    """

    async def one(number: int) -> list[Visit]:
        done: list[Visit] = []
        async with session(address) as client:
            for page, asked in islice(pages(), number * len(PAGES) // sessions, None):
                if len(done) >= reruns and time.monotonic() >= until:
                    return done
                done.append(await client.visit(page, **asked))
                if done[-1].fault.startswith("Connection"):
                    return done
        return done

    ended = await asyncio.gather(*map(one, range(sessions)))
    return [visit for visits in ended for visit in visits]


def quantile(visits: Sequence[Visit], part: float) -> float:
    """Return the seconds within which that part of the visits ended."""
    ordered = sorted(visit.seconds for visit in visits)
    return ordered[math.ceil(part * len(ordered)) - 1]


def figures(visits: Sequence[Visit]) -> str:
    """Return how long visits took, in words."""
    return f"median {quantile(visits, 0.5):.2f} s, 95 of 100 within {quantile(visits, 0.95):.2f} s"


@contextmanager
def served(command: Sequence[str | Path], home: Path, **settings: str) -> Iterator[str]:
    """Serve the explorer in a workspace, from a foreign folder; yields its address."""
    given = {"PATH": os.defpath, "REFORMGRAPH_HOME": str(home), **settings}
    with tempfile.TemporaryDirectory() as elsewhere:
        server = subprocess.Popen(
            [*command, "explore", "--port", "0"],
            cwd=elsewhere, env=given, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert server.stderr is not None
        try:
            told = next((line for line in server.stderr if "http://" in line), "")
            found = re.search(r"http://[\d.]+:\d+", told)
            assert found, "the explorer did not start"
            yield found[0]
        finally:
            server.terminate()
            server.wait(timeout=30)


def many_sessions(address: str, sessions: int, seconds: float) -> Proof:
    """Keep sessions busy for a time: no page ends in an error."""
    visits = asyncio.run(at_once(address, sessions, 1, time.monotonic() + seconds))
    proof = Proof(
        f"{sessions} sessions at once for {seconds:,.0f} seconds: every page runs to its last "
        f"line ({figures(visits)})"
    )
    proof.cases = len(visits)
    proof.failures = [f"{visit.page or 'home'}: {visit.fault}" for visit in visits if visit.fault]
    return proof


def bombs(address: str, number: int) -> Proof:
    """Time the pages alone and while queries do their worst: they answer, and so do queries."""
    alone, beside, bombed, after = asyncio.run(_bombed(address, number))
    proof = Proof(
        f"{len(bombed)} queries that do their worst, sent by three sessions: pages go on "
        f"(alone {figures(alone)}; meanwhile {figures(beside)}), then a query is answered"
    )
    proof.cases = len(bombed) + len(alone) + len(beside)
    for visit in (*alone, *beside, *bombed, after):
        proof.expect(not visit.fault, f"{visit.page or 'home'}: {visit.fault}")
    for visit in bombed:
        proof.expect(bool(visit.notices), "a query that does its worst is not told to be refused")
    # Against the same machine a moment before: others may be at work on it.
    most = 1 + 4 * quantile(alone, 0.95)
    proof.expect(quantile(beside, 0.95) < most, f"pages took over {most:.1f} s while queries ran")
    proof.expect(after.seconds < 10 + most, f"a query after them took {after.seconds:.1f} s")
    return proof


async def _bombed(address: str, number: int) -> tuple[list[Visit], list[Visit], list[Visit], Visit]:
    every, sent, done = 3 * len(PAGES), iter(range(number)), asyncio.Event()
    bombed: list[Visit] = []

    async def attack() -> None:
        for i in sent:
            # A session keeps what stands in its boxes, whatever the address says later.
            async with session(address) as client:
                bombed.append(await client.visit("sparql", query=BOMBS[i % len(BOMBS)]))

    async def read() -> list[Visit]:
        visits: list[Visit] = []
        async with session(address) as client:
            for n, (page, asked) in zip(count(), pages(), strict=False):
                if done.is_set() and n >= every:
                    return visits
                visits.append(await client.visit(page, **asked))
        return visits

    await at_once(address, 1, every)  # whatever is read once has been read
    alone = await at_once(address, 1, every)
    reading = asyncio.create_task(read())
    await asyncio.gather(attack(), attack(), attack())
    done.set()
    async with session(address) as client:
        after = await client.visit("sparql", query="ASK { ?s ?p ?o }")
    return alone, await reading, bombed, after


def all_proofs(folder: Path, scale: int) -> Iterator[Proof]:
    """Run every proof of this module: 50 sessions, one minute of them a step of `scale`."""
    command = [sys.executable, "-P", "-c", "from explorer.cli import app; app()"]
    with served(command, folder / "home", PYTHONPATH=str(Path.cwd())) as address:
        yield bombs(address, 6 * scale)
        yield many_sessions(address, 50, 60 * scale)
