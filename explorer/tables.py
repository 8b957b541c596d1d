"""Answers as tables: for a terminal, as CSV for a spreadsheet, as JSON for a program."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from explorer.languages.saying import say
from explorer.words import Names, heading, language_in_words, link_words, side_words, word
from graph.questions import Question
from ontology.identifiers import curie, is_data
from ontology.spreadsheets import guarded

_TOLD: Final[Mapping[str, Callable[[str], str]]] = {
    "link": link_words, "side_a": side_words, "side_b": side_words,
    "language": language_in_words, "title_language": language_in_words,
}  # fmt: skip
"""The columns whose values are neither names nor words of a list."""


def columns_of(row: type) -> list[str]:
    """Return the columns of an answer, in the order of its class."""
    return [field.name for field in dataclasses.fields(row)]


def in_words(question: Question) -> str:
    """Return what a question answers, with its columns, choices and concepts by their words."""
    titles = {*columns_of(question.row), *(one.name for one in question.parameters)}

    def words(found: re.Match[str]) -> str:
        name = found[1]
        return say("“{words}”", words=heading(name) if name in titles else word(name))

    return re.sub("`([^`]+)`", words, say(question.doc))


def as_records(rows: Sequence[Any]) -> list[dict[str, object]]:
    """Return rows as plain data: IRIs in full, dates as YYYY-MM-DD, several values as a list."""
    return [{name: _plain(getattr(row, name)) for name in columns_of(type(row))} for row in rows]


def as_json(rows: Sequence[Any]) -> str:
    """Return rows as a JSON list of objects."""
    return json.dumps(as_records(rows), ensure_ascii=False, indent=2)


def as_csv(rows: Sequence[Any], row: type, names: Names) -> str:
    """Return rows as CSV with labels, after RFC 4180.

    What each row is about is told by its address, too: in the first column where its label stands
    beside it, else in a column `address` after the first. Another entity whose label is not its
    alone has its address behind it. A text that a spreadsheet would take for a formula gets an
    apostrophe before it.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows([_harmless(cell) for cell in line] for line in as_grid(rows, row, names))
    return file.getvalue()


def as_grid(rows: Sequence[Any], row: type, names: Names) -> list[list[str | float]]:
    """Return rows with labels, below a line with the names of the columns.

    What each row is about is told by its address, too, as in `as_csv`; numbers stay numbers.
    """
    columns = columns_of(row)
    first = columns[0]
    addressed = "label" not in columns and any(is_data(str(getattr(one, first))) for one in rows)
    lines: list[list[str | float]] = [[first, *["address"] * addressed, *columns[1:]]]
    for one in rows:
        cells = [_number_or_text(_value(one, name), names) for name in columns]
        if addressed:
            address = getattr(one, first)
            cells[:1] = [names.cell(address, apart=False), curie(address)]
        lines.append(cells)
    return lines


def as_cells(rows: Sequence[Any], names: Names) -> list[dict[str, str]]:
    """Return rows as text for people, by column."""
    return [
        {name: _in_words(name, _value(row, name), names) for name in columns_of(type(row))}
        for row in rows
    ]


def _in_words(column: str, value: object, names: Names) -> str:
    told = _TOLD.get(column)
    return told(value) if told and isinstance(value, str) else names.cell(value)


def _value(row: object, name: str) -> object:
    """Return a cell's value: where a row has its label beside it, its entity's address."""
    value = getattr(row, name)
    beside = [field.name for field in dataclasses.fields(row)]  # type: ignore[arg-type]
    return curie(value) if name == beside[0] and "label" in beside else value


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _number_or_text(value: object, names: Names) -> str | float:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return value
    return names.cell(value, apart=True)


def _harmless(cell: str | float) -> str:
    return guarded(cell) if isinstance(cell, str) else f"{cell:.10g}"
