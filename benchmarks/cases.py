"""What proofs work on: a small workspace, what is done in it, and the cases that failed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from explorer.settings import Settings
from explorer.workspace import build_snapshot, open_desk
from ingest.decisions import Proposal, Reminder, Verdict
from ingest.imports import Source
from ingest.journal import FILE, Journal
from ingest.readers import read_bytes
from ingest.safekeeping import back_up

TESTS = Path(__file__).resolve().parent.parent / "tests"
OLDEST = TESTS / "ingest" / "formats"
DAY = dt.date(2027, 1, 1)
CORPUS = """\
format: 1
document:
  {id: yearly-notes, title: Yearly notes, publisher: gauge-keepers, kind: ngoReport, language: en,
   issued: 2024-06, url: "https://example.org/notes", read: whole,
   recorded: 2026-01-01T12:00:00+02:00, recorded_by: clerks, review: Written for a test.}
passages: {}
actors:
  - {id: gauge-keepers, label: Gauge Keepers, kind: ngo}
  - {id: clerks, label: The clerks, kind: curator}
"""
"""As little as a corpus may hold, since each case reads it several times."""


@dataclass
class Proof:
    """A promise, the cases tried, and a line for each in which it was broken."""

    promise: str
    cases: int = 0
    failures: list[str] = field(default_factory=list)

    def expect(self, held: bool, what: str) -> None:
        """Note a failure unless something held."""
        if not held:
            self.failures.append(what)


@dataclass(frozen=True)
class Operation:
    """Something a user does, which leaves the workspace as it was or as it shall be."""

    name: str
    run: Callable[[Settings, Path, int], object]


def prepare(folder: Path) -> Path:
    """Make the workspace that all cases start from, with decisions of the oldest format."""
    home = folder / "prepared" / "home"
    shutil.copytree(OLDEST / "originals-1", home / "originals")
    shutil.copy(OLDEST / "journal-1.jsonl", home / FILE)
    for path in (home, home / "originals", *home.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    (folder / "corpus").mkdir()
    (folder / "corpus" / "notes.yaml").write_text(CORPUS, encoding="utf-8")
    # The list that comes along is read in a process of its own at each look, which takes a while.
    open_desk(settings_of(home)).undo("Ada", "8")
    take_in(settings_of(home), folder, 0)
    build_snapshot(settings_of(home))
    return home


def prepare_empty(folder: Path) -> Path:
    """Make a workspace without any decision."""
    home = folder / "empty" / "home"
    home.mkdir(mode=0o700, parents=True)
    return home


def settings_of(home: Path) -> Settings:
    """Return the settings of a workspace with a small corpus."""
    return Settings(home=home, corpus=home.parents[1] / "corpus", documents=None)


@contextmanager
def copied(home: Path) -> Iterator[Settings]:
    """Yield the settings of a copy of a workspace, which is removed in the end."""
    copy = home.parents[1] / "copy" / "home"
    shutil.copytree(home, copy)
    try:
        yield settings_of(copy)
    finally:
        shutil.rmtree(copy.parent)


def remind(settings: Settings, _: Path, number: int) -> object:
    """Decide something that says nothing in the graph."""
    reminder = Reminder(
        recommendation="letter-read-gauges-daily-0c1a73", on=DAY, reason=f"Look number {number}."
    )
    return open_desk(settings).record("Ada", reminder)


def take_in(settings: Settings, _: Path, number: int) -> object:
    """Take in a document: its bytes are kept, then the decision."""
    data = f"Letter {number}.\n\nWe call on the River Board to read gauge {number}.\n".encode()
    reading = read_bytes(data, f"letter-{number}.txt")
    return open_desk(settings).take_in("Ada", reading, data, ident=f"letter-{number}")


def verdict(number: int) -> Verdict:
    """Return the rejection of one of many candidates."""
    proposal = Proposal(
        start=number, end=number + 1, kind="ask", rule="own voice", rules_version="2", score=0.5
    )
    return Verdict(action="reject", document="letter-0", proposals=[proposal])


def reject(settings: Settings, _: Path, number: int) -> object:
    """Reject a candidate."""
    return open_desk(settings).record("Ada", verdict(number))


def take_list(settings: Settings, _: Path, number: int) -> object:
    """Import a list of two rows: file, mapping and decision."""
    rows = f"State,Text,From\nMalta,Lower fee {number}.,Crews\nMalta,Raise fee {number}.,Pilots\n"
    source = Source(f"list-{number}.csv", rows.encode())
    mapping = Source("list.yaml", _MAPPING.read_bytes())
    desk = open_desk(settings)
    return desk.take_batch("Ada", source, mapping, desk.preview("Ada", source, mapping), None)


_MAPPING = next(p for p in (OLDEST / "originals-1").iterdir() if b"columns:" in p.read_bytes())


def build(settings: Settings, *_: object) -> object:
    """Build the snapshot."""
    return build_snapshot(settings)


def save(settings: Settings, folder: Path, number: int) -> object:
    """Write a backup."""
    return back_up(settings.home, folder / f"{number}.tar")


DECIDING = (
    Operation("remind", remind), Operation("add", take_in), Operation("reject", reject),
)  # fmt: skip
IMPORTING = (Operation("import", take_list),)
BUILDING = (Operation("build", build),)
SAVING = Operation("backup", save)


def ids(home: Path) -> list[str]:
    """Return the ids of all decisions in a workspace."""
    return [record.id for record in Journal(home).read().records]
