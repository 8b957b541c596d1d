"""Run a query of this room and fold its solutions: one row of an answer from several of the store.

A query is written so that every engine gives the same rows; tests/graph/test_queries.py holds us
to it. A parameter is a variable that stays unbound without a value. It is projected, and stands
in triple patterns, in the filter of an OPTIONAL, and in COALESCE, which passes what cannot be
compared; never in BOUND, BIND or a sub-select, where engines differ. Where neither a statement nor
its document has a day, that of its record counts, by which it had been said; a moment and a day are
compared as text, since engines differ there, too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import astuple
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from rdflib import Literal, URIRef

from graph.store import Row, Store
from ontology.errors import NotFoundError
from ontology.terms import local_name

Answer = TypeVar("Answer")


@cache
def query_text(name: str) -> str:
    """Return the text of a query in graph/queries.

    Raises NotFoundError when there is none of that name.
    """
    source = files("graph") / "queries" / f"{name}.rq"
    if not source.is_file():
        raise NotFoundError(f"there is no query `{name}`. See graph/queries.")
    return source.read_text("utf-8")


def solutions(store: Store, name: str, **parameters: str | dt.date | Literal | None) -> list[Row]:
    """Run a query; an IRI is given as str, a text as Literal, None leaves the variable unbound."""
    bindings: dict[str, URIRef | Literal] = {}
    for variable, value in parameters.items():
        if isinstance(value, dt.date):
            bindings[variable] = Literal(value)
        elif isinstance(value, Literal):
            bindings[variable] = value
        elif value is not None:
            bindings[variable] = URIRef(value)
    return store.select(query_text(name), bindings)


class Group:
    """The solutions that tell of one thing; a column may differ between them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Take solutions that agree on the thing they tell of."""
        self.rows = rows

    def maybe(self, column: str) -> str | None:
        """Return the value of a column as text, or None; the smallest where there are several."""
        return min(self.all(column), default=None)

    def text(self, column: str) -> str:
        """Return the value of a column as text, empty when there is none."""
        return self.maybe(column) or ""

    def all(self, column: str) -> tuple[str, ...]:
        """Return all values of a column, sorted."""
        found = {str(row[column]) for row in self.rows if row[column] is not None}
        return tuple(sorted(found))

    def word(self, column: str) -> str:
        """Return a concept as its local name."""
        return local_name(self.text(column))

    def maybe_word(self, column: str) -> str | None:
        """Return a concept as its local name, or None."""
        return self.word(column) or None

    def maybe_day(self, column: str) -> dt.date | None:
        """Return a day, or None; the earliest where there are several."""
        found = [row[column] for row in self.rows]
        days = [value for value in found if isinstance(value, dt.date)]
        return min((day for day in days if not isinstance(day, dt.datetime)), default=None)

    def maybe_moment(self, column: str) -> dt.datetime | None:
        """Return a moment, or None; the earliest where there are several."""
        found = [row[column] for row in self.rows]
        return min((value for value in found if isinstance(value, dt.datetime)), default=None)

    def numbers(self, column: str) -> tuple[float, ...]:
        """Return all numbers of a column, sorted; a whole number is an int."""
        found = {value for row in self.rows if isinstance(value := row[column], int | float)}
        return tuple(int(value) if value == int(value) else value for value in sorted(found))

    def flag(self, column: str) -> bool:
        """Tell whether any solution says true."""
        return any(row[column] is True for row in self.rows)

    def has(self, column: str) -> bool:
        """Tell whether any solution has a value."""
        return any(row[column] is not None for row in self.rows)


def grouped(rows: Iterable[Row], *columns: str) -> list[Group]:
    """Put together the solutions that agree on some columns."""
    found: dict[Hashable, list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[column] for column in columns), []).append(row)
    return [Group(members) for members in found.values()]


def in_order(rows: Iterable[Answer]) -> list[Answer]:
    """Sort rows by their columns from left to right; None comes last."""
    return sorted(rows, key=lambda row: _sortable(astuple(row)))  # type: ignore[call-overload]


def _sortable(value: Any) -> tuple[int, Any]:
    if value is None:
        return (3, 0)
    if isinstance(value, tuple):
        return (2, [_sortable(one) for one in value])
    if isinstance(value, int | float):
        return (0, value)
    return (1, str(value))
