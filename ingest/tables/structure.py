"""What a table is once it is read: a header, numbered rows of text, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

MOST_ROWS = 100_000
MOST_COLUMNS = 256
LONGEST_CELL = 32_767
"""Characters in one cell; a spreadsheet program has the same bound."""
SHOWN_ROWS = 5
"""How many of the rows with the same mistake its line names besides the first."""
MOST_UNPACKED = 300 * 1024 * 1024
"""Bytes of a workbook once it is unpacked."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number from 1, the header counted, and its cells as text.

    `faults` tells, by column from 0, what a cell holds that is no text, such as a formula.
    """

    number: int
    cells: tuple[str, ...]
    faults: dict[int, str] = field(default_factory=dict)

    def cell(self, column: int) -> str:
        """Return the text of a column from 0, without space around it; short rows end in blanks."""
        return self.cells[column].strip() if column < len(self.cells) else ""

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the row."""
        return not self.faults and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """A file read as a table; `header` is its first row, `characters` the length of its text."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    characters: int
    has_hidden: bool = False
    """Whether rows or columns of it are hidden, which a person who looks at it does not see."""


@dataclass(frozen=True)
class Wanted:
    """What a header must have: all of one of `needed`, and nothing but `known` if that is told."""

    needed: tuple[frozenset[str], ...] = ()
    known: frozenset[str] | None = None

    def fits(self, header: Iterable[str]) -> bool:
        """Return whether a header has it, so that its rows are worth the time."""
        names = {cell.strip() for cell in header} - {""}
        enough = not self.needed or any(one <= names for one in self.needed)
        return enough and (self.known is None or names <= self.known)


@dataclass(frozen=True)
class RowError:
    """What is wrong in one row, and what to do; `column` is a column's name, or empty.

    `also` are the further rows in which the same is wrong.
    """

    file: str
    row: int
    column: str
    what: str
    todo: str
    also: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Return the one line for people."""
        column = f" column {self.column}" if self.column else ""
        return f"{self.file} row {self.row}{column}: {self.what}{self._elsewhere}. {self.todo}."

    @property
    def _elsewhere(self) -> str:
        if not self.also:
            return ""
        shown = ", ".join(map(str, self.also[:SHOWN_ROWS]))
        more = ", …" if len(self.also) > SHOWN_ROWS else ""
        rows = "row" if len(self.also) == 1 else "rows"
        return f" (and in {len(self.also):,} {rows} more: {shown}{more})"


def each_once(errors: Iterable[RowError]) -> tuple[RowError, ...]:
    """Return errors in the order of their first rows, one for all rows with the same mistake."""
    rows: dict[RowError, list[int]] = {}
    for error in sorted(errors, key=lambda error: error.row):
        rows.setdefault(replace(error, row=0), []).append(error.row)
    return tuple(replace(error, row=at[0], also=tuple(at[1:])) for error, at in rows.items())
