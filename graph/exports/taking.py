"""What is taken away: some recommendations of a snapshot, and the stamp every export carries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.store import Store

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
CREDIT: Final = "reformgraph maintainers"


@dataclass(frozen=True)
class Stamp:
    """What an export says of itself; given from outside, so that the same gives the same bytes.

    `data_version` is the SHA-256 of the snapshot, `journal_head` the head of the journal it was
    built with, `selection` what was chosen in words, `link` the address that shows it again,
    `title` what it shall be called, else it is called by its selection, `home` the public address
    of the explorer or site. Without `as_of`, all that is known counts. `compared` tells what the
    selection was held against, an earlier day or release, where it was.
    """

    data_version: str
    journal_head: str
    made_on: dt.date
    selection: str
    as_of: dt.date | None = None
    link: str | None = None
    title: str | None = None
    home: str | None = None
    compared: str | None = None

    @property
    def name(self) -> str:
        """What the export is called."""
        return self.title or self.selection

    @property
    def day(self) -> str:
        """The as-of date in words."""
        return f"as of {self.as_of}" if self.as_of else "all that is known"

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield what it says, each with its name."""
        yield "Selection", self.selection
        yield "As of", str(self.as_of) if self.as_of else self.day
        yield "Data version", f"sha256:{self.data_version}"
        yield "Journal head", f"sha256:{self.journal_head}"
        if self.compared:
            yield "Compared with", self.compared
        yield "Made on", str(self.made_on)
        if self.link:
            yield "Link", self.link
        yield "Licence", f"CC BY 4.0, {LICENCE}"
        yield "Credit", CREDIT


@dataclass(frozen=True)
class Change:
    """How a recommendation differs from what it was held against, in words.

    What it was called then, and the status at which it stood, are empty of what is new.
    """

    told: str
    label: str = ""
    stood_at: str = ""


@dataclass(frozen=True)
class Taken:
    """A selection on its way out: IRIs of recommendations of a store, in the order shown.

    Where it was held against something (`stamp.compared`), `changes` has those that differ, and
    `gone` those that are no longer there; statuses are then those on the axis `compared_on`.
    """

    store: Store
    recommendations: tuple[str, ...]
    stamp: Stamp
    changes: Mapping[str, Change] = field(default_factory=dict)
    gone: tuple[Change, ...] = ()
    compared_on: str = ""


AS_BEFORE: Final = "as before"


def change_of(taken: Taken, recommendation: str) -> str:
    """Return in words how a recommendation differs; empty where nothing was compared."""
    change = taken.changes.get(recommendation)
    return change.told if change else AS_BEFORE if taken.stamp.compared else ""


_UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: object) -> str:
    """Return a text with a visible mark for each character that XML does not allow."""
    return _UNWRITABLE.sub("\ufffd", str(text))
