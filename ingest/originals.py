"""Originals: the bytes of whatever was taken in, under their SHA-256, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ingest.decisions import Addition, Import, Record
from ingest.disk import digest_of, write_atomically
from ingest.journal import Journal
from ontology.errors import ReformError, StoreError

LARGEST = 100 * 1024 * 1024
"""Bytes of an original: twice what a reader takes now, for it took as much once."""


class Originals:
    """A folder of files, each named by the SHA-256 of its bytes and open to its user alone."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when something is first kept."""
        self.folder = folder

    def keep(self, data: bytes) -> str:
        """Keep some bytes and return their SHA-256; what is there already stays as it is.

        Raises ReformError when they cannot be written, or what is there cannot be read.
        """
        name = hashlib.sha256(data).hexdigest()
        path = self.folder / name
        if not (path.is_file() and _is(path, name)):
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_atomically(path, data)
            except OSError as error:
                raise ReformError(
                    f"{path}: cannot be written ({error.strerror}). Free some space and try again."
                ) from error
        return name

    @contextmanager
    def keeping(self, journal: Journal, who: str, *bodies: bytes) -> Iterator[list[str]]:
        """Keep some files for a decision; what was not here before goes again if it is refused.

        Nothing goes that a decision names: somebody else may have taken in the same meanwhile, or
        a line that could not be written may yet stand.
        """
        names = [hashlib.sha256(data).hexdigest() for data in bodies]
        new = {name for name in names if self.path(name) is None}
        for data in bodies:
            self.keep(data)
        try:
            yield names
        except ReformError:
            with suppress(StoreError), journal.writing(who) as writer:
                for name in new.difference(named_in(writer.book.records)):
                    (self.folder / name).unlink(missing_ok=True)
            raise

    def path(self, sha256: str) -> Path | None:
        """Return the file that has those bytes, or None when it is not kept here.

        Raises StoreError when a file of that name holds other bytes or cannot be read.
        """
        path = self.folder / sha256
        if not path.is_file():
            return None
        if not _is(path, sha256):
            raise StoreError(f"{path}: has been changed since it was kept. Restore it from a copy.")
        return path

    def held(self, sha256: str) -> Path:
        """Return the file that has those bytes.

        Raises StoreError when it is not there or was changed.
        """
        path = self.path(sha256)
        if path is None:
            raise StoreError(f"{self.folder / sha256}: is missing. Restore it from a copy.")
        return path

    def read(self, sha256: str) -> bytes:
        """Return the bytes kept under a hash; raises what `held` raises."""
        path = self.held(sha256)
        try:
            return path.read_bytes()
        except OSError as error:
            raise _unreadable(path, error) from error


def named_in(records: Iterable[Record]) -> list[str]:
    """Return the SHA-256 of every original and mapping that some records name, sorted."""
    found: set[str] = set()
    for record in records:
        decision = record.decision
        if isinstance(decision, Addition | Import):
            found.add(decision.sha256)
        if isinstance(decision, Import) and decision.mapping:
            found.add(decision.mapping)
    return sorted(found)


def _is(path: Path, sha256: str) -> bool:
    """Tell whether a file holds the bytes of a hash; one that is too large does not.

    Raises StoreError when it cannot be read.
    """
    try:
        return path.stat().st_size <= LARGEST and digest_of(path) == sha256
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> StoreError:
    return StoreError(f"{path}: cannot be read ({error.strerror}). Make it readable and try again.")
