"""The journal: one line a decision, appended and on the disk before it is said to be saved."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import io
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import BaseModel, ValidationError

from ingest.decisions import Record
from ingest.disk import LARGEST, read_file, sync_folder, write_all
from ingest.fields import INCOMING
from ontology.errors import StoreError

FILE = "journal.jsonl"
START = "0" * 64
"""What the first record names as the hash of the record before it."""
PATIENCE = 10.0
"""Seconds that a second writer waits for the first."""
_SUM = b',"sum":"'
"""What stands before the SHA-256 of a line, which ends it: so damage shows in the last, too."""
LONGEST = 32 * 1024 * 1024
"""Bytes of the longest line that is read as a record."""
MOST_COMMAS = 250_000
"""In a record; a file of facts may have a sixth, and each value takes a kilobyte of memory."""
FORMAT = 2
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    1: lambda told: {**told, "format": 2},  # it had no sum
}
"""From each older format of a record to the next one."""


@dataclass(frozen=True)
class Book:
    """What the journal holds: its records with the hash of each, and a torn end's length.

    `sound` counts the bytes of whole records; what follows them is a line that was never saved.
    """

    records: list[Record] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    sound: int = 0
    torn: int = 0

    @property
    def head(self) -> str:
        """The hash of the last record, which vouches for all before it."""
        return self.hashes[-1] if self.hashes else START

    def holds(self, head: str) -> bool:
        """Tell whether this journal is the one that once had a head, or goes on from it."""
        return head == START or head in self.hashes


class Journal:
    """The file of decisions in a workspace, open to its user alone."""

    def __init__(self, home: Path) -> None:
        """Take the workspace; the file is made with the first decision."""
        self.path = home / FILE
        self._lock = FileLock(home / "journal.lock", timeout=PATIENCE, mode=0o600)
        self._owner = home / "journal.owner"

    def read(self) -> Book:
        """Read every record and follow the chain.

        Raises what `read_book` raises.
        """
        try:
            data = read_file(self.path)
        except FileNotFoundError:
            return Book()
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be read ({error.strerror}). Check the rights."
            ) from error
        return read_book(data, str(self.path))

    @contextmanager
    def writing(self, who: str) -> Iterator[Writer]:
        """Hold the journal for the length of one decision; others wait, then are told who has it.

        Raises StoreError when somebody else holds it, or when it is damaged.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise StoreError(f"{self.path}: {self._held()}. Try again in a moment.") from error
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be written ({error.strerror}). Check rights and space."
            ) from error
        try:
            self._tell_owner(who)
            yield Writer(self.path, self.read(), who)
        finally:
            with suppress(OSError):
                self._owner.unlink(missing_ok=True)
            self._lock.release()

    def _tell_owner(self, who: str) -> None:
        """Leave word of who holds the journal; where that fails, others are told less."""
        since = dt.datetime.now(dt.UTC).strftime("%H:%M:%S UTC")
        with suppress(OSError):
            # A pipe in its place would keep us waiting, and a link have us write elsewhere.
            careful = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | careful
            descriptor = os.open(self._owner, flags, 0o600)
            try:
                write_all(descriptor, f"{who} (process {os.getpid()}) since {since}".encode())
            finally:
                os.close(descriptor)

    def _held(self) -> str:
        try:
            return f"is held by {read_file(self._owner).decode('utf-8', 'replace')}"
        except OSError:
            return "is held by another process"


class Writer:
    """Appends to a journal that is held."""

    def __init__(self, path: Path, book: Book, who: str) -> None:
        """Take the file, what it holds, and who decides."""
        self.path = path
        self.book = book
        self.who = who

    def draft(self, decision: BaseModel) -> Record:
        """Return the record that a decision would be."""
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        number = len(self.book.records) + 1
        fields = {
            "number": number, "id": secrets.token_hex(5), "at": now, "who": self.who,
            "decision": decision, "previous": self.book.head,
        }  # fmt: skip
        return Record.model_validate(fields, context=INCOMING)

    def append(self, record: Record) -> Record:
        """Write a drafted record; when this returns, it is on the disk.

        Raises StoreError when it cannot be written; the journal is then as it was.
        """
        line = _line(record)
        if _is_too_long(line) or self.book.sound + len(line) >= LARGEST:
            raise StoreError(
                f"{self.path}: cannot be written (it would be too long to be read again). Decide "
                "on less at once, or begin another workspace; nothing was saved."
            )
        try:
            made = not self.path.exists()
            # On Windows a file is text, with line ends of its own, unless it is said to be binary.
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            descriptor = os.open(self.path, flags, 0o600)
            try:
                if made:  # before the record is there, so that it fails without one
                    sync_folder(self.path.parent)
                _append(descriptor, self.book.sound, line + b"\n")
            finally:
                os.close(descriptor)
        except _LeftOpenError as error:
            raise StoreError(
                f"{self.path}: cannot be written ({error}), and what was begun cannot be taken "
                "back. Whether the decision counts, `reformgraph journal` tells."
            ) from error
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be written ({error.strerror}). Free some space, then decide "
                "again; nothing was saved."
            ) from error
        hashes = [*self.book.hashes, hashlib.sha256(line).hexdigest()]
        self.book = Book([*self.book.records, record], hashes, self.book.sound + len(line) + 1)
        return record


class _LeftOpenError(Exception):
    """What could neither be written nor be cut off again."""


def _append(descriptor: int, sound: int, data: bytes) -> None:
    """Write after the sound records and sync; what fails half-way is cut off again."""
    if os.fstat(descriptor).st_size < sound:  # else what is missing would be filled with zeros
        raise OSError(errno.ESTALE, "it was cut off or taken away in the meantime")
    os.ftruncate(descriptor, sound)  # a torn line was never saved
    os.lseek(descriptor, sound, os.SEEK_SET)
    try:
        write_all(descriptor, data)
        os.fsync(descriptor)
    except BaseException as error:
        try:
            os.ftruncate(descriptor, sound)
        except OSError as second:
            raise _LeftOpenError(second.strerror) from error
        raise


def read_book(data: bytes, name: str) -> Book:
    """Read the records of a journal, given as bytes, and follow the chain.

    A last line that was cut off is left out: it was never said to be saved. `name` is what the
    messages call the journal. Raises StoreError at the first record that is damaged, missing or
    out of place, or of a format that a later version of this program writes.
    """
    records: list[Record] = []
    hashes: list[str] = []
    opened = io.BytesIO(data)
    for number, line in enumerate(iter(lambda: opened.readline(LONGEST + 2), b""), 1):
        if not line.endswith(b"\n"):
            if _is_too_long(line) or _goes_on(line):  # no crash leaves more than a whole record
                raise _fault(name, number, "is damaged at its end")
            return Book(records, hashes, len(data) - len(line), len(line))
        records.append(_record(line[:-1], number, hashes[-1] if hashes else START, name))
        hashes.append(hashlib.sha256(line[:-1]).hexdigest())
    return Book(records, hashes, len(data))


def _record(line: bytes, number: int, head: str, name: str) -> Record:
    told = None if _is_too_long(line) else _json(line)
    if not isinstance(told, dict):
        raise _fault(name, number, "is not a record")
    form = told.get("format")
    if type(form) is int and form > FORMAT:
        raise StoreError(
            f"{name} line {number}: was written by a later version of reformgraph (format {form}). "
            "Update reformgraph."
        )
    if form == FORMAT:
        body, _, end = line.rpartition(_SUM)
        if end != _end(body):
            raise _fault(name, number, "is damaged")
        del told["sum"]
    try:
        while type(form) is int and form in UPGRADES:
            told = UPGRADES[form](told)
            form = told["format"]
        record = Record.model_validate_json(json.dumps(told))
    except ValidationError as error:
        raise _fault(name, number, "is damaged") from error
    if record.number != number:
        raise _fault(name, number, f"is numbered {record.number}: a record is missing or moved")
    if record.previous != head:
        raise _fault(name, number, "does not follow from the record before it")
    return record


def _fault(name: str, number: int, what: str) -> StoreError:
    return StoreError(
        f"{name} line {number}: {what}. Restore the journal from a copy; nothing was lost "
        "from the documents."
    )


def _line(record: Record) -> bytes:
    """Return a record as one line of JSON: sorted keys, no white space, what is empty left out.

    The SHA-256 of all that comes before it stands at the end.
    """
    told = record.model_dump(mode="json", exclude_defaults=True)
    told["format"] = record.format
    told["decision"]["action"] = record.decision.action
    line = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return line[:-1] + _SUM + _end(line[:-1])


def _end(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode() + b'"}'


def _json(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _is_too_long(line: bytes) -> bool:
    return len(line) > LONGEST or line.count(b",") > MOST_COMMAS


def _goes_on(tail: bytes) -> bool:
    """Tell whether a line without an end holds more than one record, whole or cut off."""
    text = tail.decode("utf-8", "replace")
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return end < len(text)
