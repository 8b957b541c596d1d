"""Free queries, asked from any thread: each waits its turn, none longer than its limits."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from graph.freequeries.gate import BASE, Admitted, admit, parse_error
from graph.freequeries.limits import Limits, QueryRefused, Reason
from graph.freequeries.results import Answer
from ontology.errors import StoreError
from ontology.terms import PREFIXES

# Not `-m`: that would look for our rooms where the user stands, and not where they are.
_BEGIN: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from graph.freequeries.worker import main; main()"
)
_LOADING: Final = 300.0
# What the engine says last, and what it means for who asked.
_CRASHES: Final = (
    (
        b"total order",
        "sorts values of several kinds, which the engine cannot",
        "Say ORDER BY STR(?x), or leave ORDER BY out",
    ),
    (b"overflowed its stack", "is nested too deeply for the engine", "Make it flatter"),
)


class FreeQueries:
    """Answers free queries on one snapshot, in processes of its own.

    Several threads may ask at once. They are served in the order in which they came; a session
    has one process at most.
    """

    def __init__(
        self,
        snapshot: Path,
        digest: str | None = None,
        limits: Limits | None = None,
        workers: int = 2,
    ) -> None:
        """Take the snapshot's file; with a SHA-256 in `digest`, no other content will do.

        Nothing is started before the first query.
        """
        self.limits = limits or Limits()
        self._snapshot, self._digest = snapshot, digest
        self._idle: list[_Seat] = [_Seat() for _ in range(workers)]
        self._queue: list[_Ticket] = []
        self._served: list[str] = []
        self._change = threading.Condition()
        self._close = weakref.finalize(self, _end_all, list(self._idle))

    def answer(self, query: str, *, rows: int | None = None, who: str | None = None) -> Answer:
        """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE.

        `rows` replaces the limit of that name; `who` is the session that asks. Raises QueryRefused
        for what the gate or the parser refuses, what takes too much, and when too many wait;
        StoreError when the snapshot cannot be read or is another one.
        """
        admitted = admit(query, self.limits)
        with self._turn(who) as seat:
            return self._ask(seat, admitted, rows or self.limits.rows)

    def unconfined(self) -> tuple[str, ...]:
        """Return what this system cannot shut, tried in the process itself: `network`, `memory`."""
        with self._turn(None) as seat:
            return self._worker(seat).unconfined

    def close(self) -> None:
        """End the processes; queries that run are ended, too."""
        self._close()

    def __enter__(self) -> FreeQueries:
        """Close at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes."""
        self.close()

    @contextmanager
    def _turn(self, who: str | None) -> Iterator[_Seat]:
        """Wait for a seat, and give it back."""
        ticket = _Ticket(who)
        with self._change:
            if len(self._queue) >= self.limits.waiting:
                raise _busy()
            self._queue.append(ticket)
            try:
                if not self._change.wait_for(lambda: self._is_next(ticket), self.limits.wait):
                    raise _busy()
                seat = self._idle.pop()
            finally:
                self._queue.remove(ticket)
                self._change.notify_all()
            if who is not None:
                self._served.append(who)
        try:
            yield seat
        finally:
            with self._change:
                self._idle.append(seat)
                if who is not None:
                    self._served.remove(who)
                self._change.notify_all()

    def _is_next(self, ticket: _Ticket) -> bool:
        ready = (one for one in self._queue if one.who not in self._served)
        return bool(self._idle) and next(ready, None) is ticket

    def _worker(self, seat: _Seat) -> _Worker:
        """Return the seat's process, ready; a dead one is replaced."""
        if not self._close.alive:
            raise StoreError("no more queries are answered here. Open the explorer again.")
        if seat.worker is None or not seat.worker.is_alive():
            seat.worker = _Worker(self._snapshot, self.limits)
        try:
            seat.worker.prepare(self._digest)
        except BaseException:
            seat.end()
            raise
        return seat.worker

    def _ask(self, seat: _Seat, admitted: Admitted, rows: int) -> Answer:
        worker = self._worker(seat)
        request = {
            "text": admitted.text, "graphs": admitted.graphs, "rows": rows,
            "size": self.limits.size, "seconds": self.limits.seconds,
            "base": BASE, "prefixes": PREFIXES,
        }  # fmt: skip
        try:
            told = worker.exchange(request, self.limits.seconds, 2 * self.limits.size + 1_000_000)
        except BaseException:
            seat.end()
            raise
        if isinstance(told, _Death):
            seat.end()
            if self._close.alive:
                # It loads while the refusal is read.
                seat.worker = _Worker(self._snapshot, self.limits)
            raise _refusal_of(told, self.limits)
        return _read(told, admitted, rows, self.limits)


@dataclass(eq=False)
class _Ticket:
    who: str | None


@dataclass(eq=False)
class _Seat:
    """A place where one query at a time is answered."""

    worker: _Worker | None = None

    def end(self) -> None:
        if self.worker is not None:
            self.worker.end()
            self.worker = None


@dataclass(frozen=True)
class _Death:
    """How a process ended that had not answered: was its time over, which code, what it said."""

    overdue: bool
    code: int
    said: bytes


@dataclass(eq=False)
class _Worker:
    """One process, from outside."""

    snapshot: Path
    limits: Limits
    unconfined: tuple[str, ...] = ()
    is_ready: bool = False
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        """Start it, by a new Python that runs nothing of the app; it loads while we go on."""
        places = [str(Path(place).absolute()) for place in sys.path]
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", _BEGIN, json.dumps(places)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self._send({"snapshot": str(self.snapshot.absolute()), "memory": self.limits.memory})

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def prepare(self, digest: str | None) -> None:
        """Wait until it has loaded the snapshot, which must be the one of that digest."""
        if self.is_ready:
            return
        told = self._receive(_LOADING, 100_000)
        if isinstance(told, _Death) or "fault" in told:
            why = "the process ended" if isinstance(told, _Death) else told["fault"]
            raise StoreError(
                f"{self.snapshot.name}: cannot be loaded ({why}). "
                "Build it again with `reformgraph build`."
            )
        if digest is not None and told["digest"] != digest:
            raise StoreError(
                f"{self.snapshot.name}: was built anew in the meantime. Load the page again."
            )
        self.unconfined = tuple(told["unconfined"])
        self.is_ready = True

    def exchange(
        self, request: dict[str, Any], seconds: float, most: int
    ) -> dict[str, Any] | _Death:
        """Send a request and return the answer, or how the process died of it."""
        self._send(request)
        return self._receive(seconds, most)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was still to be sent to the dead

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(message).encode() + b"\n")
            self.process.stdin.flush()
        except OSError:
            return  # it died; who wants its answer will see that

    def _receive(self, seconds: float, most: int) -> dict[str, Any] | _Death:
        """Read one line; the process is killed when that takes longer."""
        assert self.process.stdout is not None
        timer = threading.Timer(seconds, self.process.kill)
        timer.daemon = True
        end = time.monotonic() + seconds
        timer.start()
        try:
            line = self.process.stdout.readline(most)
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            overdue = time.monotonic() >= end
            self.process.kill()
            assert self.process.stderr is not None
            return _Death(overdue, self.process.wait(), self.process.stderr.read())
        told = json.loads(line)
        assert isinstance(told, dict)
        return told


def _end_all(seats: list[_Seat]) -> None:
    for seat in seats:
        seat.end()


def _busy() -> QueryRefused:
    return QueryRefused(
        Reason.busy, "waits behind the queries of others", "Ask again in a few seconds"
    )


def _refusal_of(death: _Death, limits: Limits) -> QueryRefused:
    if death.overdue or death.code == -getattr(signal, "SIGXCPU", 0):
        return QueryRefused(
            Reason.time,
            f"was not answered within {limits.seconds:g} seconds",
            "Ask for less: join on what is known, leave out a part, or set a LIMIT",
        )
    for word, what, todo in _CRASHES:
        if word in death.said:
            return QueryRefused(Reason.crash, what, todo)
    return QueryRefused(
        Reason.crash,
        "needs more memory than a query may have, or more than the engine can do",
        "Ask for less, or make it flatter",
    )


def _read(told: dict[str, Any], admitted: Admitted, rows: int, limits: Limits) -> Answer:
    """Return an answer as the process told it, or raise what it refused."""
    if "syntax" in told:
        raise parse_error(admitted.text, told["syntax"])
    if "failed" in told:
        raise QueryRefused(Reason.form, f"cannot be answered ({told['failed']})", "Correct it")
    if "unknown" in told:
        iri, line, column = told["unknown"]
        raise QueryRefused(
            Reason.forbidden,
            f"there is no graph <{iri}> here, and none is fetched",
            "Leave FROM out, or name a document of the data",
            line=line,
            column=column,
        )
    cut = {
        "rows": f"The answer is cut: only the first {rows:,} are shown.",
        "size": f"The answer is cut: only the first {limits.size / 1_000_000:g} MB are shown.",
    }.get(told.get("cut") or "")
    return Answer(
        columns=tuple(told.get("columns", ())),
        rows=told.get("rows", ()),
        truth=told.get("truth"),
        turtle=told.get("turtle"),
        count=told.get("count", len(told.get("rows", ()))),
        cut=cut,
    )
