"""Whether a workspace is whole: chain, originals, snapshot, rights; what is at fault is named."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

from explorer.settings import FILE as SETTINGS
from explorer.settings import Settings
from explorer.workspace import SNAPSHOT, inputs_digest, journal_path, open_desk, read_stamp
from ingest.decisions import dated_before, live
from ingest.disk import digest_of, left_over
from ingest.journal import START, Book
from ingest.originals import named_in
from ingest.pipeline import snapshot_of
from ingest.safekeeping import missing_originals
from ontology.errors import ReformError, StoreError, UsageError

SHORTEST_HEAD = 16
"""Characters of a head that somebody must have written down at least."""
MOST = 20
"""How many faults of one kind are told one by one."""


@dataclass
class Verified:
    """What a look at a workspace found: counts, the head of the chain, faults and notes."""

    home: str
    decisions: int = 0
    counting: int = 0
    head: str = START
    originals: int = 0
    snapshot: str | None = None
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether nothing is at fault."""
        return not self.faults

    def as_json(self) -> str:
        """Return all of it as JSON."""
        return json.dumps({**asdict(self), "passed": self.passed}, indent=2, ensure_ascii=False)

    def as_text(self) -> str:
        """Return counts, head and notes in lines, without the faults."""
        built = f"SHA-256 {self.snapshot}" if self.snapshot else "none"
        return "\n".join([
            f"decisions  {self.decisions}, of which {self.counting} count",
            f"head       {self.head}",
            f"originals  {self.originals}",
            f"snapshot   {built}",
            *(f"note       {note}" for note in self.notes),
            f"{self.home}: {'everything is whole' if self.passed else 'is damaged'}.",
        ])  # fmt: skip


def verify(settings: Settings, head: str | None = None) -> Verified:
    """Look at all that a workspace keeps; nothing is changed.

    `head` is one that somebody wrote down earlier, or its first characters: the chain must still
    hold it. Raises UsageError when it is none.
    """
    if head is not None and not re.fullmatch(rf"[0-9a-f]{{{SHORTEST_HEAD},64}}", head):
        raise UsageError(
            f"--head: “{head}” is no head. Give {SHORTEST_HEAD} to 64 characters of 0-9 and a-f."
        )
    told = Verified(str(settings.home))
    if not settings.home.is_dir():
        told.notes.append("there is no workspace yet")
    told.faults += _rights(settings.home)
    desk = open_desk(settings)
    try:
        book = desk.journal.read()
    except StoreError as error:
        told.faults.append(str(error))
        return told
    told.decisions, told.head = len(book.records), book.head
    told.counting = len(live(book.records))
    if book.torn:
        told.notes.append(
            f"{desk.journal.path} line {told.decisions + 1}: was cut off before it was saved; "
            "the next decision takes its place"
        )
    told.notes += _few([
        f"{desk.journal.path} line {one.number}: is dated {one.at:%Y-%m-%d %H:%M} UTC, before "
        f"decision {one.number - 1}: a clock was wrong; what counts is the order of the lines"
        for one in dated_before(book.records)
    ])  # fmt: skip
    faults = missing_originals(desk.originals, book.records)
    told.originals = len(named_in(live(book.records))) - len(faults)
    told.faults += _few(faults)
    _check_head(told, book, head, desk.journal.path)
    if not faults:
        _check_snapshot(told, settings, book)
    if left := [path for folder in _folders(settings.home) for path in left_over(folder)]:
        told.notes.append(
            f"temporary files of a process that died: {len(left)}; a later build removes them"
        )
    return told


def _check_head(told: Verified, book: Book, head: str | None, journal: Path) -> None:
    if head is None:
        return
    found = [n for n, one in enumerate(book.hashes, 1) if one.startswith(head)]
    if found:
        told.notes.append(f"the head given is that of decision {found[0]}")
    elif not START.startswith(head):
        told.faults.append(
            f"{journal}: the head given is not in its chain; it was cut off or written anew. "
            "Restore it from a copy."
        )


def _check_snapshot(told: Verified, settings: Settings, book: Book) -> None:
    """Build in memory what corpus and journal give, and hold the snapshot against it."""
    path, stamp = settings.home / SNAPSHOT, read_stamp(settings.home)
    try:
        if stamp is not None:
            stamp.refuse_lost(book, journal_path(settings))
        due = hashlib.sha256(snapshot_of(open_desk(settings).corpus(book)).to_bytes()).hexdigest()
    except ReformError as error:
        told.faults += _few(str(error).splitlines())
        return
    if not path.is_file():
        told.notes.append("no snapshot is built yet")
        return
    try:
        told.snapshot = digest_of(path)
    except OSError as error:
        told.faults.append(f"{path}: cannot be read ({error.strerror}). Take it away.")
        return
    if told.snapshot == due:
        return
    if (
        stamp is not None
        and told.snapshot in (stamp.snapshot, stamp.replaces)
        and (told.snapshot != stamp.snapshot or inputs_digest(settings) != stamp.inputs)
    ):
        told.notes.append("the snapshot is out of date; the next question builds it anew")
        return
    told.faults.append(
        f"{path}: is not what corpus and journal give. Say `reformgraph build` to build it anew."
    )


def _folders(home: Path) -> list[Path]:
    return [home, *(entry for entry in sorted(home.glob("*/")) if not entry.is_symlink())]


def _rights(home: Path) -> list[str]:
    """Return a line for each folder and file in a workspace which others may look into."""
    if os.name != "posix" or not home.is_dir():
        return []
    open_to_others = [
        f"{path}: other users may look into it. Say `chmod {'700' if path.is_dir() else '600'}` "
        "for it."
        for path in (home, *sorted(home.rglob("*")))
        # settings.toml is the user's own file; the folder keeps others from it.
        if path.name != SETTINGS and path.lstat().st_mode & 0o077 and not path.is_symlink()
    ]
    return _few(open_to_others)


def _few(faults: list[str]) -> list[str]:
    if (more := len(faults) - MOST) <= 0:
        return faults
    return [*faults[:MOST], f"and {more} more of this kind: not shown. Mend these first."]
