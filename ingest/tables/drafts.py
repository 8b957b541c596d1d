"""What the rows of a table say, before it is held against what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.tables.structure import Row, RowError


@dataclass(frozen=True)
class Unmapped:
    """What of a list did not come in: a value or a column, in how many rows, and where first."""

    what: str
    value: str
    rows: int
    first_row: int


@dataclass
class Draft:
    """One recommendation as its rows give it: the fields that are said, and statuses.

    `ident` is the id written in the row or made of what the rows say. A draft that `corrects` is a
    person's word on every field it gives; one of a foreign list has wording of its own making.
    """

    ident: str
    rows: list[Row]
    values: dict[str, Any]
    statuses: list[dict[str, Any]] = field(default_factory=list)
    corrects: bool = False


@dataclass
class Drafts:
    """All that a table says, in the order of its rows, and what could not be taken from it.

    Every row is accounted for: `rows` = `blank` + `refused` + one a draft + `merged` + `repeated`.
    """

    rows: int = 0
    drafts: list[Draft] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    blank: int = 0
    merged: int = 0
    repeated: int = 0
    _unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    _first: dict[tuple[str, str], int] = field(default_factory=dict)

    def leave(self, what: str, value: str, row: int) -> None:
        """Note that a value of a row did not come in."""
        self._unmapped[what, value] += 1
        self._first.setdefault((what, value), row)

    @property
    def unmapped(self) -> list[Unmapped]:
        """What did not come in, most rows first."""
        found = [Unmapped(*key, count, self._first[key]) for key, count in self._unmapped.items()]
        return sorted(found, key=lambda one: (-one.rows, one.what, one.value))


def listed(names: Sequence[str], most: int = 12) -> str:
    """Return names as running text; beyond `most`, how many more there are."""
    shown = list(names[:most])
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} others"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
