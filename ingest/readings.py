"""Readings kept: what the readers made of a document, so that it is read once only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest.disk import read_file, write_atomically
from ingest.readers import READERS_VERSION, Reading, media_type, read_limited
from ontology.errors import ReformError

LIBRARIES = ("py3langid", "pypdf", "python-docx", "selectolax")
"""What the readers stand on: another version may give other offsets."""
HELD = 8
"""How many readings are held in memory."""


@dataclass(frozen=True)
class _Kept:
    """A reading as it lies on the disk: what made it, and a hash that shows damage."""

    made_by: str
    digest: str
    reading: Reading


_READING = TypeAdapter(Reading)
_KEPT = TypeAdapter(_Kept)


@cache
def made_by() -> str:
    """Return the version of the readers and of the libraries they stand on."""
    return "; ".join([READERS_VERSION, *(f"{name} {version(name)}" for name in LIBRARIES)])


class Readings:
    """Readings by the SHA-256 of the bytes read: in a folder when there is one, else in memory.

    The folder holds derived data, open to its user alone; it may be deleted at any time.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take the folder, which is made when something is first kept, or None."""
        self.folder = folder
        self._held: dict[tuple[str, str], Reading] = {}

    def of(self, data: bytes, name: str) -> Reading:
        """Return what the readers make of some bytes; `name` may tell the format.

        Raises ReformError when they cannot be read.
        """
        key = (hashlib.sha256(data).hexdigest(), media_type(data, name))
        reading = self._held.get(key) or self._kept(*key)
        if reading is None:
            reading = read_limited(data, name)
            self._keep(reading)
        self._hold(reading)
        return replace(reading, name=name)

    def remember(self, reading: Reading) -> None:
        """Keep what was read elsewhere in a limited process, so that it is not read again."""
        self._keep(reading)
        self._hold(reading)

    def _hold(self, reading: Reading) -> None:
        self._held[reading.sha256, reading.media_type] = reading
        while len(self._held) > HELD:
            self._held.pop(next(iter(self._held)), None)

    def _kept(self, sha256: str, kind: str) -> Reading | None:
        if self.folder is None:
            return None
        try:
            kept = _KEPT.validate_json(read_file(self.folder / f"{sha256}.json"))
        except (OSError, ValidationError):
            return None
        reading = kept.reading
        whole = kept.made_by == made_by() and kept.digest == _digest(reading)
        return reading if whole and (reading.sha256, reading.media_type) == (sha256, kind) else None

    def _keep(self, reading: Reading) -> None:
        if self.folder is None:
            return
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            kept = _Kept(made_by(), _digest(reading), reading)
            write_atomically(self.folder / f"{reading.sha256}.json", _KEPT.dump_json(kept))
        except (OSError, ReformError):
            pass  # what cannot be kept is read again


def _digest(reading: Reading) -> str:
    return hashlib.sha256(_READING.dump_json(reading)).hexdigest()
