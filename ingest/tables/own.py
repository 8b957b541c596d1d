"""Rows of our own template: each is one recommendation, and a status if one is written."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import Any

from ingest.dates import Period
from ingest.fields import SLUG
from ingest.linking import nearest
from ingest.passages import normalise
from ingest.tables.columns import BY_NAME, COLUMNS, NONE, SEPARATOR, Column
from ingest.tables.drafts import Draft, Drafts
from ingest.tables.known import Known, NoSuchNameError
from ingest.tables.structure import Row, RowError, Table, Wanted
from ontology.errors import ReformError
from ontology.spreadsheets import unguarded
from ontology.terms import scheme

NEEDED = ("axis", "status", "as_of", "by", "basis")
WANTED = Wanted(
    (frozenset({"id"}), frozenset({"label", "summary", "issuers", "addressees"})),
    frozenset(BY_NAME),
)
"""What a header must have, and may have."""
WORDS = {"axis": ("response", "adoption", "practice")}


class OwnTable:
    """Reads a table whose header is that of the template; columns may be missing."""

    def __init__(self, table: Table, known: Known, today: dt.date) -> None:
        """Take the table; no status may be later than `today`, the day of the import.

        Raises ReformError when a column is not one of the template.
        """
        self.table = table
        self.known = known
        self.today = today
        self.at = _columns(table)
        self.found = Drafts(rows=len(table.rows))
        self._seen: dict[str, int] = {}
        self._idents = list(known.recommendations)

    def drafts(self) -> Drafts:
        """Return what the rows say."""
        for row in self.table.rows:
            if row.blank:
                self.found.blank += 1
                continue
            before = len(self.found.errors)
            draft = self._draft(row)
            if draft is not None and len(self.found.errors) == before:
                self.found.drafts.append(draft)
        return self.found

    def _wrong(self, row: Row, column: str, what: str, todo: str) -> None:
        self.found.errors.append(RowError(self.table.name, row.number, column, what, todo))

    def _text(self, row: Row, name: str) -> str:
        return unguarded(row.cell(self.at[name])).strip() if name in self.at else ""

    def _draft(self, row: Row) -> Draft | None:
        names = {i: name for name, i in self.at.items()}
        for i, fault in row.faults.items():
            self._wrong(row, names.get(i, ""), fault, "Paste its value instead")
        if any(cell.strip() for cell in row.cells[len(self.table.header) :]):
            self._wrong(row, "", "has more cells than the header", "Quote cells with delimiters")
        values = {
            column.field: value
            for column in COLUMNS
            if column.of == "recommendation" and column.name != "id"
            if (value := self._value(row, column)) is not None
        }
        status = self._status(row)
        ident = self._text(row, "id")
        if ident:
            self._check_id(row, ident)
        else:
            for name in ("label", "summary", "issuers", "addressees"):
                if not self._text(row, name):
                    self._wrong(row, name, "is empty in a row without id", "Fill it in")
            ident = _ident(values)
        if ident in self._seen:
            self._wrong(row, "id", f"`{ident}` stands in row {self._seen[ident]} too", "Keep one")
        self._seen.setdefault(ident, row.number)
        return Draft(ident, [row], values, [status] if status else [], corrects=True)

    def _check_id(self, row: Row, ident: str) -> None:
        if re.fullmatch(SLUG, ident) is None:
            todo = "Write the id of a known recommendation, or leave the cell empty for a new one"
            self._wrong(row, "id", f"`{ident[:60]}` is no id", todo)
        elif ident not in self.known.recommendations:
            close = nearest(ident, self._idents)
            meant = f"Write `{close}` if that is meant, or leave" if close else "Leave"
            self._wrong(row, "id", f"there is no recommendation `{ident}`",
                        f"{meant} the cell empty for a new one")  # fmt: skip

    def _value(self, row: Row, column: Column) -> Any:
        """Return what a cell says, an empty string for a value taken away, None for nothing."""
        text = self._text(row, column.name)
        if not text:
            return None
        if text == NONE:
            if not column.optional:
                self._wrong(row, column.name, "cannot be taken away", "Write the new value")
            return ""
        if column.many:
            parts = [part.strip() for part in text.split(SEPARATOR) if part.strip()]
            found = [self._entry(row, column, part) for part in parts]
            return list(dict.fromkeys(one for one in found if one))
        if column.kind in ("actor", "document", "process", "text of law"):
            return self._entry(row, column, text)
        if column.kind == "date":
            self._period(row, column.name, text)
        return text

    def _period(self, row: Row, column: str, text: str) -> Period | None:
        try:
            return self.known.read_date(text)
        except ValueError as error:
            what, _, todo = str(error).partition("; ")
            self._wrong(row, column, what, todo[:1].upper() + todo[1:] or "Correct the date")
            return None

    def _entry(self, row: Row, column: Column, name: str) -> str | None:
        """Return the id that a name in a cell stands for, noting what is wrong with it."""
        try:
            names = {"actor": self.known.actors, "theme": self.known.themes, "ask": self.known.asks}
            if column.kind in names:
                return names[column.kind].read(name)
            kind, ident = column.kind, name
            if column.kind == "text of law":
                kind, _, ident = name.partition(":")
            if kind in self.known.ids and ident in self.known.ids[kind]:
                return name
            raise NoSuchNameError(f"there is no {column.kind} “{name}”", "Write the id of one")
        except NoSuchNameError as error:
            self._wrong(row, column.name, error.what, error.todo)
            return None

    def _status(self, row: Row) -> dict[str, Any] | None:
        given = {c.name: self._text(row, c.name) for c in COLUMNS if c.of == "status"}
        if not any(given.values()):
            return None
        missing = [name for name in NEEDED if not given[name]]
        for name in missing:
            self._wrong(row, name, "is empty, but a status is begun", "Fill it in")
        status: dict[str, Any] = {
            BY_NAME[name].field: self._value(row, BY_NAME[name]) for name in given if given[name]
        }
        if not missing:
            self._check_words(row, given)
            status["as_of"] = self._as_of(row, given["as_of"])
        return status

    def _check_words(self, row: Row, given: dict[str, str]) -> None:
        axis, status = given["axis"], given["status"]
        if axis not in WORDS["axis"]:
            self._wrong(
                row, "axis", f"`{axis}` is no axis", f"Use one of: {', '.join(WORDS['axis'])}"
            )
        elif status not in scheme(axis):
            self._wrong(row, "status", f"`{status}` is not a status of the {axis} axis",
                        f"Use one of: {', '.join(scheme(axis))}")  # fmt: skip
        elif status == "noInformation":
            self._wrong(row, "status", "`noInformation` needs a look: who searched where",
                        "Enter it with `reformgraph assess`")  # fmt: skip
        elif status in ("adopted", "partiallyAdopted") and not given["provision"]:
            self._wrong(row, "provision", f"is empty, but `{status}` cites a text",
                        "Write provision:ID or version:ID")  # fmt: skip
        if given["basis"] not in scheme("basis"):
            self._wrong(row, "basis", f"`{given['basis']}` is no basis",
                        f"Use one of: {', '.join(scheme('basis'))}")  # fmt: skip

    def _as_of(self, row: Row, text: str) -> str | None:
        period = self._period(row, "as_of", text)
        if period is None:
            return None
        if (first := period.earliest or period.latest) and first > self.today:
            self._wrong(row, "as_of", f"{text} is later than today", "Write a day that has come")
        return text


def _columns(table: Table) -> dict[str, int]:
    """Return where each column of the template stands in a table."""
    at = {name: i for i, name in enumerate(table.header) if name}
    known = ", ".join(BY_NAME)
    for name in at:
        if name not in BY_NAME:
            close = nearest(name.casefold(), list(BY_NAME))
            todo = f"Write `{close}`" if close else f"Use those of the template: {known}"
            raise ReformError(
                f"{table.name} row 1 column {name[:60]}: is no column of the template. {todo}; "
                "for a list with columns of its own give a mapping."
            )
    if not WANTED.fits(at):
        raise ReformError(
            f"{table.name} row 1: lacks the column id, or else label, summary, issuers and "
            "addressees. Begin with the template."
        )
    return at


def _ident(values: dict[str, Any]) -> str:
    """Return the id of a recommendation without one: the same for the same words and actors."""
    said = [normalise(str(values.get("label", ""))).casefold()]
    said += [",".join(sorted(values.get(name) or [])) for name in ("issuers", "addressees")]
    return f"imported-{hashlib.sha256('|'.join(said).encode()).hexdigest()[:12]}"
