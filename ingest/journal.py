"""The journal: one line a decision, appended and on the disk before it is said to be saved."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import BaseModel, ValidationError

from ingest.decisions import Record
from ingest.disk import sync_folder
from ontology.errors import StoreError

FILE = "journal.jsonl"
START = "0" * 64
"""What the first record names as the hash of the record before it."""
PATIENCE = 10.0
"""Seconds that a second writer waits for the first."""


@dataclass(frozen=True)
class Book:
    """What the journal holds: its records, the hash of the last one, and a torn end's length.

    `sound` counts the bytes of whole records; what follows them is a line that was never saved.
    """

    records: list[Record] = field(default_factory=list)
    head: str = START
    sound: int = 0
    torn: int = 0


class Journal:
    """The file of decisions in a workspace, open to its user alone."""

    def __init__(self, home: Path) -> None:
        """Take the workspace; the file is made with the first decision."""
        self.path = home / FILE
        self._lock = FileLock(home / "journal.lock", timeout=PATIENCE, mode=0o600)
        self._owner = home / "journal.owner"

    def read(self) -> Book:
        """Read every record and follow the chain.

        A last line that was cut off is left out: it was never said to be saved.
        Raises StoreError at the first record that is damaged, missing or out of place.
        """
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return Book()
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be read ({error.strerror}). Check the rights."
            ) from error
        lines = data.split(b"\n")
        torn = len(lines.pop())
        records: list[Record] = []
        head = START
        for number, line in enumerate(lines, 1):
            records.append(self._record(number, line, head))
            head = hashlib.sha256(line).hexdigest()
        return Book(records, head, len(data) - torn, torn)

    def _record(self, number: int, line: bytes, head: str) -> Record:
        try:
            record = Record.model_validate_json(line)
        except ValidationError as error:
            what = "is damaged" if _is_json(line) else "is not a record"
            raise self._fault(number, what) from error
        if record.number != number:
            raise self._fault(number, f"is numbered {record.number}: a record is missing or moved")
        if record.previous != head:
            raise self._fault(number, "does not follow from the record before it")
        return record

    def _fault(self, number: int, what: str) -> StoreError:
        return StoreError(
            f"{self.path} line {number}: {what}. Restore the journal from a copy; nothing was lost "
            "from the documents."
        )

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
            since = dt.datetime.now(dt.UTC).strftime("%H:%M:%S UTC")
            self._owner.write_text(f"{who} (process {os.getpid()}) since {since}", "utf-8")
            yield Writer(self.path, self.read(), who)
        finally:
            self._owner.unlink(missing_ok=True)
            self._lock.release()

    def _held(self) -> str:
        try:
            return f"is held by {self._owner.read_text('utf-8')}"
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
        return Record(
            number=number, id=secrets.token_hex(5), at=now, who=self.who,
            decision=decision, previous=self.book.head,
        )  # fmt: skip

    def append(self, record: Record) -> Record:
        """Write a drafted record; when this returns, it is on the disk.

        Raises StoreError when it cannot be written; the journal is then as it was.
        """
        line = _line(record)
        try:
            made = not self.path.exists()
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _append(descriptor, self.book.sound, line + b"\n")
            finally:
                os.close(descriptor)
            if made:
                sync_folder(self.path.parent)
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be written ({error.strerror}). Free some space, then decide "
                "again; nothing was saved."
            ) from error
        head = hashlib.sha256(line).hexdigest()
        self.book = Book([*self.book.records, record], head, self.book.sound + len(line) + 1)
        return record


def _append(descriptor: int, sound: int, data: bytes) -> None:
    """Write after the sound records and sync; what fails half-way is cut off again."""
    os.ftruncate(descriptor, sound)  # a torn line was never saved
    os.lseek(descriptor, sound, os.SEEK_SET)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, sound)
        raise


def _line(record: Record) -> bytes:
    """Return a record as one line of JSON: sorted keys, no white space, what is empty left out."""
    told = record.model_dump(mode="json", exclude_defaults=True)
    told["format"] = record.format
    told["decision"]["action"] = record.decision.action
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
