"""The answer to a free query, and its forms for programs: SPARQL's JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ontology.spreadsheets import guarded

Term = Mapping[str, Any]
"""A term as in SPARQL 1.1 Query Results JSON: `type`, `value`, and `xml:lang` or `datatype`."""

_NUMBERS = ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")


@dataclass(frozen=True)
class Answer:
    """What a query found: rows of a SELECT, the truth of an ASK, or the Turtle of a graph.

    `cut` says in a sentence where the answer ends before its end, or is None.
    """

    columns: tuple[str, ...] = ()
    rows: Sequence[Sequence[Term | None]] = ()
    truth: bool | None = None
    turtle: str | None = None
    count: int = 0
    cut: str | None = None

    def cells(self) -> list[list[str]]:
        """Return the rows as plain text; what is not bound is empty."""
        return [[text_of(term) for term in row] for row in self.rows]


def text_of(term: Term | None) -> str:
    """Return a term's value as plain text."""
    if term is None:
        return ""
    value = term["value"]
    if term["type"] == "triple":
        return f"<<( {' '.join(text_of(part) for part in value.values())} )>>"
    return f"_:{value}" if term["type"] == "bnode" else str(value)


def as_json(answer: Answer) -> str:
    """Return rows or truth as SPARQL 1.1 Query Results JSON."""
    if answer.truth is not None:
        return json.dumps({"head": {}, "boolean": answer.truth})
    bindings = [
        {name: term for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    found = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(found, ensure_ascii=False, indent=1)


def as_csv(answer: Answer) -> str:
    """Return rows or truth as SPARQL 1.1 Query Results CSV.

    One thing is not as there: a text that a spreadsheet would take for a formula gets an
    apostrophe before it.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    if answer.truth is not None:
        writer.writerows([["boolean"], [str(answer.truth).lower()]])
    else:
        writer.writerow(answer.columns)
        writer.writerows([[_harmless(term) for term in row] for row in answer.rows])
    return file.getvalue()


def _harmless(term: Term | None) -> str:
    text = text_of(term)
    is_number = term is not None and str(term.get("datatype", "")).endswith(_NUMBERS)
    return text if is_number else guarded(text)
