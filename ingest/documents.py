"""Source documents at hand: bytes of a file become text with character offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.disk import digest_of
from ingest.originals import Originals
from ingest.passages import Span
from ingest.readers import PLAIN, Limits, Reading, bytes_of, media_type
from ingest.readers.decoding import decode
from ingest.readings import Readings
from ontology.errors import ReformError


@dataclass(frozen=True)
class SourceText:
    """A document at hand: where it lies, the hash of its bytes, its text.

    Offsets into `text` count Unicode code points. Of a text file it is the file as decoded, line
    ends and all; of HTML, PDF and DOCX it is what the readers make of it. `gaps` are the ranges
    that interrupt it: running heads, page numbers, footnotes.
    """

    path: Path
    sha256: str
    text: str
    gaps: tuple[Span, ...] = ()


def read_document(path: Path, name: str = "", readings: Readings | None = None) -> SourceText:
    """Read a file of text, HTML, PDF or DOCX; `name` takes the place of the file's own.

    Raises ReformError when it cannot be read.
    """
    name = name or path.name
    if not path.is_file():
        raise ReformError(f"{path}: is not a file. Check the name.")
    data = bytes_of(path, Limits().size)
    if media_type(data, name) == PLAIN:
        return SourceText(path, hashlib.sha256(data).hexdigest(), decode(data, name)[0])
    reading = (readings or Readings()).of(data, name)
    return SourceText(path, reading.sha256, reading.text, reading.gaps)


class Documents:
    """The documents at hand: files the user named, the user's folder, and the originals kept.

    A file is a document's copy when the user says so, when its hash agrees, or when it bears the
    recorded file name in the user's folder (`REFORMGRAPH_DOCUMENTS`); the passages are then
    verified one by one. `unread` holds, by document, the line on a file that could not be read.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        named: Mapping[str, Path] | None = None,
        originals: Path | None = None,
        readings: Path | None = None,
    ) -> None:
        """Take the user's folder, files by document id, and the workspace's two folders.

        Raises ReformError when the first is no folder or a named file is none.
        """
        self.folder = folder
        self.named = dict(named or {})
        self.unread: dict[str, str] = {}
        if folder is not None and not folder.is_dir():
            raise ReformError(
                f"{folder}: is not a folder. Set REFORMGRAPH_DOCUMENTS to the folder of documents."
            )
        for path in self.named.values():
            if not path.is_file():
                raise ReformError(f"{path}: is not a file. Check the name.")
        self._originals = Originals(originals) if originals else None
        self._readings = Readings(readings)
        self._by_hash: dict[str, Path] | None = None
        self._told: dict[tuple[Path, str], SourceText | str] = {}

    def find(self, document: str, name: str, sha256: str) -> SourceText | None:
        """Return the text of a document: as the user named it, else by its bytes, else by name.

        A file of the folder or the workspace that cannot be read counts as not at hand; the line
        on it is then in `unread`. Raises ReformError when the file that the user named cannot be
        read.
        """
        if document in self.named:
            return read_document(self.named[document], readings=self._readings)
        try:
            path = self._bytes(name, sha256)
            if path is not None:  # the recorded name, for it may tell the format
                return self._text(path, name)
            by_name = self._by_name(name)
            return self._text(by_name, by_name.name) if by_name else None
        except ReformError as error:
            self.unread[document] = str(error)
            return None

    def reading(self, sha256: str, name: str) -> Reading | None:
        """Return the whole reading of the bytes with that hash, or None when they are not at hand.

        `name` is the recorded file name. Raises ReformError when they cannot be read.
        """
        path = self._bytes(name, sha256)
        return self._readings.of(bytes_of(path, Limits().size), name) if path else None

    def remember(self, reading: Reading) -> None:
        """Keep what the readers made of a document that is being taken in."""
        self._readings.remember(reading)

    def _bytes(self, name: str, sha256: str) -> Path | None:
        """Return a file with those bytes, from the folder or the originals."""
        # Nearly always the recorded name has the bytes; only else is every file looked into.
        by_name = self._by_name(name)
        if by_name and _digest(by_name) == sha256:
            return by_name
        if self._originals and (kept := self._originals.path(sha256)):
            return kept
        return self._hashes().get(sha256)

    def _by_name(self, name: str) -> Path | None:
        if self.folder is None:
            return None
        path = self.folder / Path(name).name
        return path if path.is_file() else None

    def _hashes(self) -> dict[str, Path]:
        if self._by_hash is None:
            try:
                entries = sorted(self.folder.iterdir()) if self.folder else []
            except OSError as error:
                raise ReformError(
                    f"{self.folder}: cannot be read ({error.strerror}). Check the rights."
                ) from error
            found = {_digest(path): path for path in entries if path.is_file()}
            self._by_hash = {digest: path for digest, path in found.items() if digest}
        return self._by_hash

    def _text(self, path: Path, name: str) -> SourceText:
        """Read a file once; a failure is remembered, too."""
        if (path, name) not in self._told:
            try:
                self._told[path, name] = read_document(path, name, self._readings)
            except ReformError as error:
                self._told[path, name] = str(error)
        told = self._told[path, name]
        if isinstance(told, str):
            raise ReformError(told)
        return told


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, or nothing when it cannot be read or is too large for it."""
    try:
        return digest_of(path, Limits().size)
    except OSError:
        return ""
