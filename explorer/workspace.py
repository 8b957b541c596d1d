"""The workspace: the snapshot is built there when missing or out of date, and opened from there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.settings import Settings
from ontology.errors import ReformError, StoreError

if TYPE_CHECKING:
    from graph.store import Store
    from ingest.deciding import Desk
    from ingest.journal import Book
    from ingest.roles import Member

SNAPSHOT = "snapshot.nq"
STAMP = "snapshot.json"
MOST_OVERDUE = 5
"""Lines that are told at each start."""


def open_home(home: Path) -> Path:
    """Return the workspace, made for its user alone when it is not there.

    Raises ReformError when it cannot be made, or when others may look into it.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ReformError(
            f"{home}: cannot be made ({error.strerror}). Set REFORMGRAPH_HOME to another folder."
        ) from error
    if os.name == "posix" and home.stat().st_mode & 0o077:
        raise ReformError(
            f"{home}: other users may look into it. Say `chmod 700` for it, "
            "or set REFORMGRAPH_HOME to another folder."
        )
    return home


def open_desk(settings: Settings, member: Callable[[], Member | None] = lambda: None) -> Desk:
    """Return the desk of the workspace, where decisions are read and made.

    `member` tells who has logged in; on the command line nobody does, and all is the owner's.
    """
    from explorer.documents import documents_of
    from ingest.deciding import Desk

    return Desk(
        settings.corpus_folder, settings.home, documents_of(settings), member, _taken(settings)
    )


def _taken(settings: Settings) -> frozenset[str]:
    """Return the SHA-256 of files of the user's own corpus that the last snapshot was made from.

    Versions before this one noted none: then it is those not written to since.
    """
    from ingest.reading import corpus_files, data_of

    stamp = read_stamp(settings.home)
    if settings.corpus is None or stamp is None:
        return frozenset()
    if stamp.corpus is not None:
        return frozenset(map(str, stamp.corpus))
    built = (settings.home / STAMP).stat().st_mtime_ns
    return frozenset(
        hashlib.sha256(data_of(source)).hexdigest()
        for source in corpus_files(settings.corpus)
        if isinstance(source, Path) and source.is_file() and source.stat().st_mtime_ns <= built
    )


def build_snapshot(settings: Settings, out: Path | None = None) -> Path:
    """Build the snapshot of corpus and journal, write it, whole or not at all; return its file.

    Without `out` it goes to the workspace. Raises CorpusMistakesError for faults in the corpus,
    StoreError for a damaged journal, UsageError for an `out` in the workspace.
    """
    from ingest.disk import refuse_within, sweep, write_atomically
    from ingest.pipeline import snapshot_of

    if out is not None:
        refuse_within(settings.home, out)
    made_from = inputs_digest(settings)
    desk = open_desk(settings)
    book = desk.journal.read()
    corpus = desk.corpus(book)
    data = snapshot_of(corpus).to_bytes()
    try:
        if out is not None:
            write_atomically(out, data)
            return out
        home = open_home(settings.home)
        for folder in (home, home / "originals", home / "readings", home / "releases"):
            sweep(folder)
        path = home / SNAPSHOT
        for kept in (path, home / STAMP):
            if os.path.lexists(kept) and not kept.is_file():
                raise StoreError(f"{kept}: is no file. Take it away; it is made anew.")
        stamp = Stamp(
            inputs=made_from, snapshot=hashlib.sha256(data).hexdigest(),
            replaces=_digest_of(path), decisions=len(book.records), head=book.head,
            corpus=[file.sha256 for file in corpus.files if file.sha256], overdue=corpus.overdue,
        )  # fmt: skip
        # First, so that a crash between the two leaves no snapshot that nobody vouches for.
        write_atomically(home / STAMP, json.dumps(asdict(stamp)).encode())
        write_atomically(path, data)
    except OSError as error:
        where = out or settings.home
        raise ReformError(
            f"{where}: cannot be written ({error.strerror}). Free some space or name another place."
        ) from error
    return path


@dataclass(frozen=True)
class Stamp:
    """What a snapshot was built from: inputs by their digest, and the journal's length and head.

    `replaces` is the digest of the snapshot before, which may still be there after a crash;
    `corpus` has those of the corpus files, None from a version that noted none, and `overdue` what
    rules that came later say against them.
    """

    inputs: str
    snapshot: str
    replaces: str | None = None
    decisions: int = 0
    head: str = "0" * 64
    corpus: Sequence[str] | None = None
    overdue: Sequence[str] = field(default_factory=list)

    def refuse_lost(self, book: Book, journal: Path) -> None:
        """Raise StoreError when a journal no longer holds what the snapshot was built with."""
        if not book.holds(self.head):
            raise StoreError(
                f"{journal} line {self.decisions}: is not the decision that the last snapshot was "
                "built with; the journal was cut off or written anew. Restore it from a copy, or "
                "say `reformgraph build` to go on with it as it is."
            )


def read_stamp(home: Path) -> Stamp | None:
    """Return the stamp of the snapshot in a workspace; None when there is none that can be read."""
    from ingest.disk import read_file

    try:
        stamp = Stamp(**json.loads(read_file(home / STAMP)))
        is_whole = isinstance(stamp.overdue, list) and isinstance(stamp.corpus, list | None)
        return stamp if is_whole else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def overdue(home: Path) -> list[str]:
    """Return in lines what rules that came later say against the corpus files of the snapshot."""
    stamp = read_stamp(home)
    lines = [str(one) for one in stamp.overdue] if stamp else []
    more = len(lines) - MOST_OVERDUE
    told = f"Warning: {more:,} more such places. `reformgraph check` lists them all."
    return lines[:MOST_OVERDUE] + ([told] if more > 0 else [])


def _digest_of(path: Path) -> str | None:
    from ingest.disk import digest_of

    try:
        return digest_of(path)
    except OSError:
        return None


def current_snapshot(settings: Settings) -> Path:
    """Return the snapshot of the workspace, built anew when missing, damaged or out of date.

    Raises StoreError when decisions that it was built with are gone, and what building raises.
    """
    path = settings.home / SNAPSHOT
    stamp = read_stamp(settings.home)
    if stamp is not None:
        if (inputs_digest(settings), _digest_of(path)) == (stamp.inputs, stamp.snapshot):
            return path
        journal = open_desk(settings).journal
        stamp.refuse_lost(journal.read(), journal.path)
    return build_snapshot(settings)


def open_current(settings: Settings) -> Store:
    """Open the store with the current snapshot."""
    from graph.store import open_store

    return open_store(settings.store, current_snapshot(settings))


def inputs_digest(settings: Settings) -> str:
    """Return one SHA-256 over what a snapshot is made from: journal, corpus, ontology, our code.

    A corpus file that cannot be read counts by the reason: it is refused where it is read.
    Raises StoreError for a journal that cannot be read.
    """
    from ingest.reading import corpus_files

    digest = hashlib.sha256(_journal_of(settings))
    corpus = ((source.name, _told(source)) for source in corpus_files(settings.corpus_folder))
    code = (
        (name, source.read_bytes())
        for folder in code_folders()
        for name, source in _files_in(folder)
    )
    for name, data in chain(corpus, code):
        digest.update(f"{name}\0{len(data)}\0".encode(errors="surrogateescape"))
        digest.update(data)
    return digest.hexdigest()


def _told(source: Traversable) -> bytes:
    from ingest.reading import data_of

    try:
        return data_of(source)
    except ReformError as error:
        return str(error).encode()


def code_folders() -> tuple[Traversable, ...]:
    """Return where our own part of that lies: rules, words, and what reads and writes."""
    return files("ontology"), files("ingest")


def journal_path(settings: Settings) -> Path:
    """Return where the journal lies, or will lie."""
    from ingest.journal import FILE

    return settings.home / FILE


def is_input(name: str) -> bool:
    """Tell whether a snapshot is made from our own files of this name."""
    return name.endswith((".yaml", ".yml", ".ttl", ".py"))


def _journal_of(settings: Settings) -> bytes:
    """Return what the journal holds; it also names, by SHA-256, every file that was imported."""
    from ingest.disk import read_file

    path = journal_path(settings)
    try:
        return read_file(path)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}). Check the rights.") from error


def documents_digest(settings: Settings) -> str:
    """Return one SHA-256 over names, sizes and times of the user's documents: has one changed?"""
    digest = hashlib.sha256(str(settings.documents).encode())
    if settings.documents is not None:
        for path in sorted(settings.documents.iterdir()):
            try:
                status = path.stat()
            except OSError:  # a link that leads nowhere
                continue
            told = f"{path.name}\0{status.st_size}\0{status.st_mtime_ns}\0"
            digest.update(told.encode(errors="surrogateescape"))  # not each name is UTF-8
    return digest.hexdigest()


def _files_in(folder: Traversable, within: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{within}/{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files_in(entry, name)
        elif entry.is_file() and is_input(entry.name):
            yield name, entry


def told(path: Path) -> str:
    """Return in a line what a snapshot file holds and its SHA-256."""
    data = path.read_bytes()
    lines = data.count(b"\n")
    return f"{path}: {lines:,} statements, SHA-256 {hashlib.sha256(data).hexdigest()}"
