"""Proofs that nothing is lost: kills, calls that fail, full disks, damaged bytes, races.

Each proof works on copies of a small workspace, which begins in the oldest format of the journal,
and returns how many cases it tried and a line for each that broke the promise. The suite runs
them with small numbers, `python -m benchmarks.proofs` with larger ones. POSIX only.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from benchmarks.cases import (
    BUILDING,
    DECIDING,
    IMPORTING,
    SAVING,
    Operation,
    Proof,
    copied,
    ids,
    prepare,
    prepare_empty,
    reject,
    take_in,
)
from benchmarks.faults import Failing, half, in_child, outcome, watched
from explorer.safekeeping import verify
from explorer.settings import Settings
from explorer.workspace import SNAPSHOT
from ingest.disk import left_over
from ingest.journal import FILE, read_book
from ingest.objections import RefusedError
from ingest.safekeeping import back_up, restore
from ontology.errors import ReformError, StoreError


def failing_calls(
    home: Path, operations: tuple[Operation, ...], codes: tuple[int, ...] = (errno.ENOSPC,)
) -> Proof:
    """Make each call of each operation fail once, in turn: with a full disk, with a bad one."""
    proof = Proof("Each system call fails once, in turn: old state or new state, and it is told")
    for operation in operations:
        for code in codes:
            nth = 1
            while _fail_once(home, operation, nth, code, proof):
                nth += 1
    return proof


def _fail_once(home: Path, operation: Operation, nth: int, code: int, proof: Proof) -> bool:
    """Try one case; return whether there was an n-th call that could fail."""
    with copied(home) as settings:
        before = ids(settings.home)
        failing, told = Failing(nth, code), ""
        try:
            with watched(settings.home.parent, failing):
                operation.run(settings, settings.home.parent, 1)
        except ReformError as error:
            told = str(error)
        except Exception as error:
            proof.expect(False, f"{operation.name}: {failing.failed} ended in {error!r}")
        if not failing.failed:
            proof.expect(not told, f"{operation.name} fails of itself: {told}")
            return False
        proof.cases += 1
        where = f"{operation.name}, call {nth} ({failing.failed}, {errno.errorcode[code]})"
        after = ids(settings.home)
        proof.expect(after[: len(before)] == before, f"{where}: decisions are lost")
        if operation not in (*BUILDING, SAVING):
            new = len(after) - len(before)
            proof.expect(new == (0 if told else 1), f"{where}: {new} new decisions; told: {told}")
        proof.expect("\n" not in told, f"{where}: told in several lines")
        expect_whole(proof, settings, where)
        (settings.home.parent / "1.tar").unlink(missing_ok=True)
        if told:
            try:
                operation.run(settings, settings.home.parent, 1)
            except ReformError as error:
                proof.expect(False, f"{where}: cannot be done again: {error}")
    return True


def expect_whole(proof: Proof, settings: Settings, where: str) -> None:
    """Note a failure unless `verify` passes."""
    told = verify(settings)
    proof.expect(told.passed, f"{where}: {' '.join(told.faults)}")


# --- kills ---


def kills(home: Path, number: int, seed: int = 1) -> Proof:
    """Kill a process that decides, imports or builds: at a random moment, or at a random call."""
    proof = Proof("kill -9 while deciding, importing, building: all that was said to be saved is")
    dice = random.Random(seed)
    deciding, building = (DECIDING, 0.15, 60), (BUILDING, 0.4, 20)
    ways = (deciding, building, deciding, (IMPORTING, 2.0, 17), deciding, building)
    for i in range(number):
        operations, longest, calls = ways[i % len(ways)]
        with copied(home) as settings:
            before = ids(settings.home)
            at_call = dice.randint(1, calls) if dice.random() < 0.5 else None
            acked = _killed(settings, operations, dice.uniform(0, longest), at_call)
            proof.cases += 1
            where = f"kill {i} ({operations[0].name}, call {at_call})"
            for line in acked:
                if line.startswith("!"):
                    proof.expect(False, f"{where}: {line}")
            after = ids(settings.home)
            due = [*before, *(line for line in acked if len(line) == 10)]
            proof.expect(after[: len(due)] == due, f"{where}: a saved decision is gone")
            proof.expect(len(after) <= len(due) + 1, f"{where}: decisions that nobody made")
            expect_whole(proof, settings, where)
    return proof


def _killed(
    settings: Settings, operations: tuple[Operation, ...], after: float, at_call: int | None
) -> list[str]:
    """Run operations in a child until it dies; return what it said was saved."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work_until_killed(settings, operations, at_call, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        told.readline()  # it has begun
        if at_call is None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        said = told.read()
    os.waitpid(child, 0)
    # A line without an end was not said.
    return said.decode().split("\n")[:-1]


def _work_until_killed(
    settings: Settings, operations: tuple[Operation, ...], at_call: int | None, writer: int
) -> NoReturn:
    say, calls = os.write, 0

    def call(name: str, real: Callable[..., Any], how: Any) -> Any:
        nonlocal calls
        given, named = how
        calls += 1
        if calls == at_call:
            half(name, real, given)
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)

    try:
        say(writer, b"begun\n")
        with watched(settings.home, call):
            for number in range(1, 100_000):
                for operation in operations:
                    done = operation.run(settings, settings.home.parent, number)
                    say(writer, f"{getattr(done, 'id', 'built')}\n".encode())
    except BaseException as error:  # the child must not go on as its parent
        say(writer, f"! {error!r}\n".encode())
    os._exit(1)


# --- full disks ---


def full_disks(home: Path, number: int, seed: int = 2) -> Proof:
    """Let the disk be full at a random byte of what an operation writes."""
    proof = Proof("A disk that is full at a random byte (RLIMIT_FSIZE): refused in a line")
    dice = random.Random(seed)
    for i in range(number):
        operation = (*DECIDING, *IMPORTING, *BUILDING, SAVING)[i % 6]
        size = (home / FILE).stat().st_size
        most = dice.randint(0, 100_000) if i % 6 > 3 else dice.randint(size, size + 100)
        with copied(home) as settings:
            before, old = ids(settings.home), (settings.home / SNAPSHOT).read_bytes()
            told = in_child(partial(operation.run, settings, settings.home.parent, 1), most)
            proof.cases += 1
            where = f"full disk {i} ({operation.name}, {most} bytes): {told}"
            proof.expect(told.startswith("refused") or i % 6 == 5, f"{where}: not refused")
            proof.expect("again" in told or "another place" in told or i % 6 == 5, where)
            proof.expect(ids(settings.home) == before, f"{where}: decisions are others")
            proof.expect((settings.home / SNAPSHOT).read_bytes() == old, f"{where}: snapshot")
            left = [entry for entry in left_over(settings.home) if entry.stat().st_size]
            proof.expect(not left, f"{where}: left {left}")
            expect_whole(proof, settings, where)
    return proof


# --- damaged journals ---


def bit_flips(home: Path, number: int, seed: int = 3) -> Proof:
    """Flip one bit of a journal: it is found, or the decisions are the same."""
    proof = Proof("One bit of the journal flipped: found, never other decisions in silence")
    dice = random.Random(seed)
    with copied(home) as settings:
        for n in range(1, 4):
            for operation in DECIDING:
                operation.run(settings, settings.home, n)
        whole = (settings.home / FILE).read_bytes()
    records = read_book(whole, FILE).records
    # The first records are in the oldest format, where only the chain shows damage.
    for _ in range(number):
        at, bit = dice.randrange(len(whole)), dice.randrange(8)
        flipped = bytearray(whole)
        flipped[at] ^= 1 << bit
        proof.cases += 1
        with suppress(StoreError):
            same = read_book(bytes(flipped), FILE).records == records
            proof.expect(same, f"byte {at}, bit {bit}: other decisions in silence")
    return proof


def cuts(home: Path) -> Proof:
    """Cut the journal at each byte of its last record: what was saved before is there."""
    proof = Proof(
        "The journal cut at each byte of its last record: all earlier decisions are there"
    )
    whole = (home / FILE).read_bytes()
    records = read_book(whole, FILE).records
    begin = whole.rindex(b"\n", 0, -1) + 1
    for at in range(begin, len(whole)):
        book = read_book(whole[:at], FILE)
        proof.cases += 1
        right = (book.records, book.torn) == (records[:-1], at - begin)
        proof.expect(right, f"cut at {at}: {len(book.records)} decisions, torn {book.torn}")
    return proof


# --- two at once ---


def races(home: Path, number: int) -> Proof:
    """Let two reviewers decide one candidate at the same moment: one of them does."""
    promise = "Two reviewers decide one candidate at once: one is saved, one is told"
    return _races(home, number, promise, reject)


def races_for_a_document(home: Path, number: int) -> Proof:
    """Let two reviewers take in one document at the same moment: it is kept, by one of them."""
    promise = "Two reviewers take in one document at once: one is saved, its bytes are kept"
    return _races(home, number, promise, take_in)


def _races(home: Path, number: int, promise: str, run: Callable[..., object]) -> Proof:
    proof = Proof(promise)
    with copied(home) as settings:
        before = len(ids(settings.home))
        for n in range(1, number + 1):
            start, go = os.pipe()
            ends = [_racer(partial(run, settings, home, n), start, go) for _ in range(2)]
            os.close(start)
            os.close(go)  # both begin
            told = sorted(_end_of(*end) for end in ends)
            proof.cases += 1
            saved = len(ids(settings.home)) - before
            right = told[0] == "done" and told[1].startswith(f"refused {RefusedError.__name__}")
            proof.expect(right and saved == n, f"race {n}: {saved} saved; {told}")
        expect_whole(proof, settings, "after the races")
    return proof


def _racer(work: Callable[[], object], start: int, go: int) -> tuple[int, int]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(go)
        os.read(start, 1)
        try:
            told = outcome(work)
        except BaseException as error:  # the child must not go on as its parent
            told = f"ended in {error!r}"
        os.write(writer, told.encode())
        os._exit(0)
    os.close(writer)
    return child, reader


def _end_of(child: int, reader: int) -> str:
    with os.fdopen(reader, "rb") as said:
        told = said.read().decode()
    os.waitpid(child, 0)
    return told


# --- backups ---


def damaged_backups(home: Path, number: int, seed: int = 4) -> Proof:
    """Flip a bit of a backup, or cut it off: it is refused, and nothing is written."""
    proof = Proof("A backup with one bit flipped, or cut off: refused, nothing restored")
    dice = random.Random(seed)
    folder = home.parent / "backups"
    folder.mkdir()
    file, target = folder / "whole.tar", folder / "target"
    back_up(home, file)
    whole = file.read_bytes()
    for i in range(number):
        at = dice.randrange(len(whole))
        bad = bytearray(whole)
        bad[at] ^= 1 << dice.randrange(8)
        (folder / "bad.tar").write_bytes(whole[:at] if i % 2 else bad)
        proof.cases += 1
        try:
            restore(folder / "bad.tar", target)
            proof.expect(False, f"case {i}, byte {at}: restored")
        except ReformError as error:
            proof.expect("\n" not in str(error), f"case {i}, byte {at}: told in several lines")
        proof.expect(
            sorted(entry.name for entry in folder.iterdir()) == ["bad.tar", "whole.tar"],
            f"case {i}, byte {at}: something was written",
        )
    restore(file, target)
    proof.expect(ids(target) == ids(home), "the whole backup gives other decisions")
    shutil.rmtree(folder)
    return proof


def failing_restores(home: Path) -> Proof:
    """Make each call of a restore fail once: the workspace is whole or as empty as it was."""
    proof = Proof("Each system call of a restore fails once: all is restored, or nothing")
    folder = home.parent / "restores"
    folder.mkdir()
    back_up(home, folder / "whole.tar")
    for nth in range(1, 10_000):
        (folder / "in").mkdir()
        failing, told = Failing(nth, errno.ENOSPC), ""
        try:
            with watched(folder / "in", failing):
                restore(folder / "whole.tar", folder / "in" / "home")
        except ReformError as error:
            told = str(error)
        left = [entry.name for entry in (folder / "in").iterdir()]
        if not failing.failed:
            break
        proof.cases += 1
        where = f"restore, call {nth} ({failing.failed}): {told}"
        proof.expect(left == ([] if told else ["home"]), f"{where}: left {left}")
        if not told:
            proof.expect(ids(folder / "in" / "home") == ids(home), where)
        shutil.rmtree(folder / "in")
    shutil.rmtree(folder)
    return proof


def all_proofs(folder: Path, scale: int) -> Iterator[Proof]:
    """Run every proof of this module; the suite's numbers times `scale`, where there are some."""
    home = prepare(folder)
    yield kills(home, 50 * scale)
    every = (*DECIDING, *IMPORTING, *BUILDING, SAVING)
    both = failing_calls(home, every, (errno.ENOSPC, errno.EIO))
    first = failing_calls(prepare_empty(folder), (DECIDING[1],), (errno.ENOSPC, errno.EIO))
    yield Proof(both.promise, both.cases + first.cases, both.failures + first.failures)
    yield full_disks(home, 12 * scale)
    yield bit_flips(home, 200 * scale)
    yield cuts(home)
    yield races(home, 20 * scale)
    yield races_for_a_document(home, 20 * scale)
    yield damaged_backups(home, 100 * scale)
    yield failing_restores(home)
