"""The documents at hand: the user's folder, and what the workspace keeps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from explorer.settings import Settings
from explorer.workspace import documents_digest
from ingest.documents import Documents

ORIGINALS = "originals"
READINGS = "readings"


def documents_of(settings: Settings, named: Mapping[str, Path] | None = None) -> Documents:
    """Return the documents of the settings; `named` says which file is which document.

    Raises ReformError when a file that is named is none.
    """
    return Documents(
        settings.documents,
        named=named,
        originals=settings.home / ORIGINALS,
        readings=settings.home / READINGS,
    )


def shared_documents(settings: Settings) -> Documents:
    """Return the documents of the settings, the same ones until a file in the folder changes."""
    return _shared(documents_digest(settings), settings.documents, settings.home)


@lru_cache(maxsize=2)
def _shared(digest: str, folder: Path | None, home: Path) -> Documents:
    del digest  # the key under which they are kept
    return Documents(folder, originals=home / ORIGINALS, readings=home / READINGS)
