"""Earlier releases of the data: snapshots kept in the workspace, and files that somebody gives."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from explorer.selection import SHORT
from explorer.settings import Settings
from explorer.words import AXES
from explorer.workspace import build_snapshot, open_home
from graph.entities import labels
from graph.instruments import instruments_of
from graph.questions import what_happened_to, which_recommendations
from graph.store import Store, open_store
from ingest.disk import write_atomically
from ingest.rdf.parsing import LIMITS, parsed
from ingest.rdf.syntax import Text
from ingest.readers import bytes_of
from ingest.readers.isolated import work_limited
from ontology.errors import ReformError, UsageError
from ontology.identifiers import is_data
from ontology.terms import RG

FOLDER: Final = "releases"
"""The folder of the workspace in which releases are looked for."""
ENDING: Final = ".nq"
LARGEST: Final = 1_000_000_000
"""Bytes of a snapshot; one of all lists of the UPR has a seventh."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True)
class Release:
    """An earlier release, open for asking: what it is called, and the SHA-256 of its file."""

    name: str
    digest: str
    statements: int
    store: Store

    def __str__(self) -> str:
        """Return its name with its digest in full."""
        return f"{self.name}, sha256:{self.digest}"

    @property
    def short(self) -> str:
        """How an address names it."""
        return self.digest[:SHORT]


def refuse_misnamed(name: str | None) -> None:
    """Raise UsageError for what is no name of a release; None is no wish for any."""
    if name is not None and not _NAME.fullmatch(name):
        raise UsageError(f"--keep: “{name}” is no name for a release. Say one such as 2026-03.")


def build(settings: Settings, out: Path | None = None, name: str | None = None) -> Path:
    """Build the snapshot, and keep it as a release where a name is given; return its file.

    A name that is none is refused before anything is built. Raises what `keep` raises.
    """
    refuse_misnamed(name)
    path = build_snapshot(settings, out)
    return keep(path, settings.home, name) if name else path


def keep(snapshot: Path, home: Path, name: str) -> Path:
    """Keep a copy of a snapshot among the releases of a workspace; return its file.

    Raises UsageError for a name that is none, ReformError where another release has that name.
    """
    refuse_misnamed(name)
    data = snapshot.read_bytes()
    folder = open_home(home) / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{name}{ENDING}"
    if path.exists() and path.read_bytes() != data:
        raise ReformError(f"{path}: is another release. Give this one a name of its own.")
    write_atomically(path, data)
    return path


def kept(home: Path) -> list[Path]:
    """Return the files of the releases that are kept in a workspace, by name."""
    return sorted((home / FOLDER).glob(f"*{ENDING}"))


def open_release(path: Path) -> Release:
    """Open the file of a release that the user of this machine named or keeps.

    Raises ReformError for a file that is no snapshot: it is not this workspace that is damaged.
    """
    if not path.is_file():
        raise ReformError(f"{path}: is no file. Name a snapshot that `reformgraph build` made.")
    if path.stat().st_size > LARGEST:
        raise ReformError(f"{path}: is larger than {LARGEST:,} bytes. Name a snapshot.")
    data = bytes_of(path, LARGEST)
    _look_through(data, path)
    return _opened(path.stem, data)


def _look_through(data: bytes, path: Path) -> None:
    """Refuse what is no N-Quads before it is held in memory."""
    try:
        if sum(1 for _ in ox.parse(data, format=ox.RdfFormat.N_QUADS)) == 0:
            raise ReformError(f"{path}: states nothing. Name a snapshot.")
    except (SyntaxError, ValueError, MemoryError) as error:  # a line may be too long
        line = f" line {error.lineno}" if isinstance(error, SyntaxError) else ""
        what = str(error).removeprefix("Parser error at ")
        raise ReformError(
            f"{path}{line}: is no snapshot ({what}). Name one that `reformgraph build` made."
        ) from error


def read_release(data: bytes, name: str) -> Release:
    """Open a release that came from anywhere, once the strict reader has let it pass.

    Raises CorpusError or ReformError, in one line, for what is no snapshot.
    """
    if not name.endswith(ENDING):
        raise ReformError(f"{name}: is no snapshot by its name. Give a file that ends in {ENDING}.")
    work_limited(try_out, data, name, limits=LIMITS)
    return _opened(name.removesuffix(ENDING), data)


def _opened(name: str, data: bytes) -> Release:
    store = open_store("memory:", data)
    return Release(name, hashlib.sha256(data).hexdigest(), data.count(b"\n"), store)


def try_out(data: bytes, name: str) -> None:
    """Refuse, in this process, what is no snapshot, and ask all that will be asked of it.

    What no question can be answered on in time is thus found out here, and not in the server.
    Raises CorpusError, with the line.
    """
    refuse_foreign(data, name)
    store = open_store("memory:", data)
    labels(store)
    what_happened_to(store)
    instruments_of(store)
    for axis in AXES:
        which_recommendations(store, axis=axis)


def refuse_foreign(data: bytes, name: str) -> None:
    """Refuse, in this process, a file that is not N-Quads about things of ours alone.

    Raises CorpusError, with the line.
    """
    text = Text(name, data)
    if not data.strip():
        raise text.fault(None, "is empty", "Give a file that `reformgraph build` made")
    for quad, line in parsed(text):
        subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        if not is_data(subject) and not f"{subject}#".startswith(str(RG)):
            what = "tells of something that is in no snapshot"
            raise text.fault(line, what, "Give a file that `reformgraph build` made")
