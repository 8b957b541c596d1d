"""Source documents: bytes of a file become text with character offsets."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import ReformError


@dataclass(frozen=True)
class SourceText:
    """A document at hand: where it lies, the hash of its bytes, its decoded text.

    Offsets into `text` count Unicode code points. Line ends are those of the file.
    """

    path: Path
    sha256: str
    text: str


def read_document(path: Path) -> SourceText:
    """Read a UTF-8 text file.

    Raises ReformError when the file cannot be read or is not UTF-8.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except OSError as error:
        raise ReformError(
            f"{path}: cannot be read ({error.strerror}). Check the name and the rights."
        ) from error
    except UnicodeDecodeError as error:
        raise ReformError(
            f"{path} byte {error.start}: is not UTF-8 text. Convert the file to UTF-8."
        ) from error
    return SourceText(path, hashlib.sha256(data).hexdigest(), text)


class DocumentFolder:
    """The user's own folder of source documents (`REFORMGRAPH_DOCUMENTS`).

    A file is a document's copy when its hash agrees or when it bears the recorded file name:
    the name is the user's word for it, and its passages are then verified one by one.
    """

    def __init__(self, folder: Path | None) -> None:
        """Take the folder, or None when the user has no documents at hand."""
        self.folder = folder
        if folder is not None and not folder.is_dir():
            raise ReformError(
                f"{folder}: is not a folder. Set REFORMGRAPH_DOCUMENTS to the folder of documents."
            )
        self._by_hash: dict[str, Path] | None = None

    def find(self, name: str, sha256: str) -> SourceText | None:
        """Return the document with those bytes, else with that file name, else None."""
        if self.folder is None:
            return None
        named = self.folder / Path(name).name
        # Nearly always the recorded name has the bytes; only else is every file looked into.
        if named.is_file() and _digest(named) == sha256:
            return read_document(named)
        found = self._hashes().get(sha256) or (named if named.is_file() else None)
        return read_document(found) if found else None

    def _hashes(self) -> dict[str, Path]:
        if self._by_hash is None:
            assert self.folder is not None
            files = [path for path in sorted(self.folder.iterdir()) if path.is_file()]
            self._by_hash = {_digest(path): path for path in files}
        return self._by_hash


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
