"""The template and the current recommendations as a workbook or CSV, safe to open."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ingest.reading import Corpus
from ingest.tables.columns import COLUMNS, SHEET, cells_of
from ontology.spreadsheets import guarded
from ontology.terms import scheme

Form = Literal["xlsx", "csv"]
WORDS = "Words and ids"
WIDTHS = {"label": 40, "summary": 60, "id": 30, "issuers": 30, "addressees": 30, "asks": 30}
EMPTY_ROWS = 500
"""Rows below the filled ones that still offer the allowed words."""
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def template(corpus: Corpus, form: Form, *, filled: bool) -> bytes:
    """Return the template, empty or filled with the current recommendations.

    Text that begins like a formula is kept from running: marked as text in a workbook, with an
    apostrophe before it in CSV, which the import takes away again.
    """
    rows = [cells_of(entry) for _, entry in corpus.entries("recommendations")] if filled else []
    return _csv(rows) if form == "csv" else _xlsx(rows, corpus)


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows([[guarded(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")  # without the mark Excel would not take it for UTF-8


def _xlsx(rows: list[list[str]], corpus: Corpus) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    _fill(sheet, [[column.name for column in COLUMNS], *rows])
    for number, column in enumerate(COLUMNS, 1):
        shape = sheet.column_dimensions[get_column_letter(number)]
        shape.width = WIDTHS.get(column.name, 16)
        shape.number_format = "@"  # text, so that 2025-11 does not become a day of the program's
    last = len(rows) + 1 + EMPTY_ROWS
    for name, words in (("axis", ["response", "adoption", "practice"]), ("basis", scheme("basis"))):
        place = get_column_letter([column.name for column in COLUMNS].index(name) + 1)
        offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        offered.add(f"{place}2:{place}{last}")
        sheet.add_data_validation(offered)
    words_sheet = book.create_sheet(WORDS)
    _fill(words_sheet, [["column", "write", "meaning"], *_words(corpus)])
    for letter, width in (("A", 14), ("B", 40), ("C", 80)):
        words_sheet.column_dimensions[letter].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, rows: list[list[str]]) -> None:
    """Write rows as text: the type of each cell says so, whatever it begins with."""
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            if not text:
                continue
            cell = sheet.cell(number, place, UNWRITABLE.sub("", text))
            cell.data_type = "s"
            cell.number_format = "@"
            if guarded(text) != text:
                cell.quotePrefix = True  # it stays text when somebody edits it
    for head in sheet[1]:
        head.font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _words(corpus: Corpus) -> Iterator[list[str]]:
    """Yield what may be written in each column, and what it means."""
    yield from ([column.name, "", column.tells] for column in COLUMNS)
    for axis in ("response", "adoption", "practice"):
        yield from (["status", word, f"{label} ({axis})"] for word, label in scheme(axis).items())
    yield from (["basis", word, label] for word, label in scheme("basis").items())
    yield from (
        ["new actors", f"Name [{word}]", label] for word, label in scheme("actorKind").items()
    )
    yield from _ids(corpus)


def _ids(corpus: Corpus) -> Iterator[list[str]]:
    """Yield the ids that a column may hold, each with its label."""
    columns = (
        ("issuers", "actors", ""), ("asks", "asks", ""), ("themes", "themes", ""),
        ("provision", "versions", "version:"), ("provision", "provisions", "provision:"),
        ("process", "processes", ""), ("made_in", "mentioned_documents", ""),
    )  # fmt: skip
    for column, section, prefix in columns:
        for _, entry in corpus.entries(section):
            label = entry.title if section == "mentioned_documents" else entry.label
            if label is not None:
                yield [column, f"{prefix}{entry.id}", label]
    for file in corpus.files:
        if file.curation is None:
            yield ["made_in", file.facts.document.id, file.facts.document.title]
