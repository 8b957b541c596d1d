"""A selection as tables: one CSV, or a workbook with a sheet for each kind of thing."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from explorer.archives import archive, members_of
from explorer.markup import seen
from explorer.selected import Selected
from explorer.tables import as_csv, as_grid, columns_of
from explorer.words import AXES, heading
from graph.answers import (
    UNASSESSED,
    Iris,
    PassageRow,
    WhatHappenedToRow,
    WhichDocumentsRow,
    WhichRecommendationsRow,
)
from graph.exports.taking import AS_BEFORE, CREDIT, Change, Stamp, Taken, writable
from graph.statuses import is_contested
from ontology.spreadsheets import is_formula

NARROWEST, WIDEST = 12, 60
"""Widths of a column in letters."""
NOTES: Final = (
    "A status is somebody's statement: the sheet Statuses tells whose, on what basis, as of when "
    "and in which passage. Those who differ stand side by side.",
    "“unassessed” means that nobody has said anything, “no information” that somebody looked and "
    "found nothing. Neither is “not adopted”.",
    "Summaries are the maintainers' own words; the passages tell where the sources say it.",
)
LONGEST_CELL: Final = 32_767
"""The most characters that a cell of a workbook can hold."""


@dataclass(frozen=True)
class _Asked:
    """What both tables of recommendations begin with."""

    recommendation: str
    label: str
    summary: str
    issuers: Iris
    addressees: Iris
    date: str | None
    made_in: str | None
    themes: Iris
    asks: Iris


@dataclass(frozen=True)
class StandingRow(_Asked):
    """One recommendation and one current voice on one axis, with the stamp of the export."""

    axis: str
    status: str
    assessor: str | None
    assessor_relation: str | None
    basis: str | None
    status_as_of: str | None
    spoken: str | None
    contested: bool
    only_issuer: bool
    passages: Iris
    status_passages: Iris
    as_of: dt.date | None
    data_version: str
    journal_head: str


@dataclass(frozen=True)
class AskedRow(_Asked):
    """One recommendation in the workbook."""

    adoption: tuple[str, ...]
    practice: tuple[str, ...]
    response: tuple[str, ...]
    contested: bool
    only_issuer: bool
    passages: Iris


@dataclass(frozen=True)
class _Changed:
    """What the tables of recommendations end with where the selection was held against something.

    What changed, the status at which it stood, and what it was held against.
    """

    change: str
    stood_at: str
    compared_with: str


@dataclass(frozen=True)
class ChangedStandingRow(_Changed, StandingRow):
    """A row of the CSV that tells what changed, too."""


@dataclass(frozen=True)
class ChangedAskedRow(_Changed, AskedRow):
    """A row of the workbook that tells what changed, too."""


@dataclass(frozen=True)
class GoneRow:
    """A recommendation that is no longer there."""

    label: str
    stood_at: str


@dataclass(frozen=True)
class SpokenRow:
    """One assessment in the workbook."""

    recommendation: str
    axis: str
    status: str
    assessor: str
    relation: str
    basis: str
    as_of: str
    current: bool
    reported_by: Iris
    provision: str | None
    looked_on: dt.date | None
    note: str | None
    passages: Iris


@dataclass(frozen=True)
class PlaceRow:
    """One passage in the workbook."""

    passage: str
    document: str
    section: str
    locator: str | None
    start: int | None
    end: int | None
    link: str | None


def csv_of(taken: Taken) -> bytes:
    """Return a selection as CSV: a row for each current voice of each, with the stamp."""
    known = Selected(taken)
    rows = [_standing(axis, row, taken) for axis, row in known.standing()]
    kind = ChangedStandingRow if taken.stamp.compared else StandingRow
    # Without the mark at the beginning some spreadsheets do not take it for UTF-8.
    return as_csv(rows, kind, known.names).encode("utf-8-sig")


def _standing(axis: str, row: WhichRecommendationsRow, taken: Taken) -> StandingRow:
    stamp, changed = taken.stamp, _changed(taken, row.recommendation)
    if changed and axis != taken.compared_on:
        changed["stood_at"] = ""  # it stood there on another axis
    return (ChangedStandingRow if changed else StandingRow)(
        **_shared(row, StandingRow),
        axis=AXES[axis],
        as_of=stamp.as_of,
        data_version=stamp.data_version,
        journal_head=stamp.journal_head,
        **changed,
    )


def _changed(taken: Taken, recommendation: str) -> dict[str, Any]:
    """Return the columns of _Changed, none where the selection was held against nothing."""
    if not taken.stamp.compared:
        return {}
    change = taken.changes.get(recommendation, Change(AS_BEFORE))
    return {
        "change": change.told, "stood_at": change.stood_at,
        "compared_with": taken.stamp.compared,
    }  # fmt: skip


def workbook(taken: Taken) -> bytes:
    """Return a selection as a workbook; the same selection gives the same bytes."""
    known, book = Selected(taken), Workbook()
    about = book.active
    assert isinstance(about, Worksheet)
    about.title = "About"
    _fill(about, [["", "About this file"], *map(list, taken.stamp.lines()),
                  *(["How to read it", note] for note in NOTES)])  # fmt: skip
    sheets: dict[str, tuple[type, list[Any]]] = {
        "Recommendations": (
            ChangedAskedRow if taken.stamp.compared else AskedRow,
            [_asked(known, item.first) for item in known.items],
        ),
        "Statuses": (SpokenRow, [_spoken(row) for rows in known.spoken.values() for row in rows]),
        "Passages": (PlaceRow, [_place(row) for row in known.passages.values()]),
        "Documents": (WhichDocumentsRow, known.documents),
    }
    if taken.gone:
        sheets["No longer there"] = (
            GoneRow,
            [GoneRow(one.label, one.stood_at) for one in taken.gone],
        )
    for title, (row, rows) in sheets.items():
        head, *lines = as_grid(rows, row, known.names)
        _fill(book.create_sheet(title), [[heading(str(name)) for name in head], *lines])
    return _saved(book, taken.stamp)


def _asked(known: Selected, row: WhichRecommendationsRow) -> AskedRow:
    spoken = [one for one in known.spoken[row.recommendation] if one.current]
    on = {axis: [one for one in spoken if one.axis == axis] for axis in AXES}
    words: dict[str, Any] = {
        axis: tuple(sorted({one.status for one in rows})) or (UNASSESSED,)
        for axis, rows in on.items()
    }
    contested = any(map(is_contested, on.values()))
    changed = _changed(known.taken, row.recommendation)
    return (ChangedAskedRow if changed else AskedRow)(
        **_shared(row, AskedRow) | words | {"contested": contested} | changed
    )


def _spoken(row: WhatHappenedToRow) -> SpokenRow:
    return SpokenRow(**_shared(row, SpokenRow) | {"axis": AXES[row.axis]})


def _place(row: PassageRow) -> PlaceRow:
    return PlaceRow(**_shared(row, PlaceRow))


def _shared(row: object, wanted: type) -> dict[str, Any]:
    """Return what a row of an answer has for the columns of a sheet."""
    return {name: getattr(row, name) for name in columns_of(wanted) if hasattr(row, name)}


def _fill(sheet: Worksheet, lines: Sequence[Sequence[str | float]]) -> None:
    """Write lines below a header that stays in sight; the width of a column follows its texts."""
    widths: dict[int, int] = {}
    for number, line in enumerate(lines, 1):
        for place, value in enumerate(line, 1):
            cell = sheet.cell(number, place)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if value == "":
                continue
            if isinstance(value, str):
                text = writable(seen(value))[:LONGEST_CELL]
                cell.value, cell.data_type = text, "s"
                cell.quotePrefix = is_formula(text)  # it stays text when somebody edits it
            else:
                cell.value = value
            widths[place] = max(widths.get(place, NARROWEST), min(len(str(value)) + 2, WIDEST))
    for place, width in widths.items():
        sheet.column_dimensions[get_column_letter(place)].width = width
    for head in sheet[1]:
        head.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    if len(lines) > 1:
        sheet.auto_filter.ref = sheet.dimensions


def _saved(book: Workbook, stamp: Stamp) -> bytes:
    """Save a workbook that names no person and no machine, dated by its stamp."""
    made = dt.datetime.combine(stamp.made_on, dt.time())
    book.properties.creator, book.properties.title = CREDIT, writable(stamp.name)
    book.properties.created = made
    out = io.BytesIO()
    book.save(out)
    members = members_of(out.getvalue())
    core = members["docProps/core.xml"].decode()
    # openpyxl writes the moment of saving, whatever was said before.
    told = f"\\g<1>{made.isoformat()}Z<"
    members["docProps/core.xml"] = re.sub(r"(<dcterms:modified[^>]*>)[^<]*<", told, core).encode()
    return archive(members)
