"""One way to ask, whatever engine answers: a SPARQL SELECT with bound values in, plain rows out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Protocol

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from ontology.errors import StoreError, UsageError

Value = str | int | float | bool | dt.date | dt.datetime | None
"""What a cell of an answer holds: an IRI or a text is a str, an unbound variable None."""

Row = dict[str, Value]
Bindings = Mapping[str, URIRef | Literal]
NOTHING: Final[Bindings] = {}


class Store(Protocol):
    """A read-only snapshot that answers questions."""

    @property
    def digest(self) -> str:
        """The SHA-256 of the snapshot, so that an answer can be kept as long as it holds."""

    def select(self, query: str, bindings: Bindings = NOTHING) -> list[Row]:
        """Return the solutions of a SELECT; variables in `bindings` have a value beforehand.

        Each bound variable must be projected by the query. Raises StoreError when the engine
        refuses the query.
        """


class MemoryStore:
    """The snapshot in memory, in an embedded Oxigraph."""

    def __init__(self, snapshot: bytes) -> None:
        """Load N-Quads; raises StoreError when they cannot be read."""
        self._digest = hashlib.sha256(snapshot).hexdigest()
        self._store = ox.Store()
        try:
            # One default graph for all documents: a triple that two of them state counts once.
            self._store.bulk_extend(
                ox.Quad(quad.subject, quad.predicate, quad.object)
                for quad in ox.parse(snapshot, format=ox.RdfFormat.N_QUADS)
            )
        except (SyntaxError, ValueError, MemoryError) as error:  # also for a line too long
            raise StoreError(
                f"the snapshot cannot be read ({error}). Build it again with `reformgraph build`."
            ) from error

    @property
    def digest(self) -> str:
        """The SHA-256 of the snapshot."""
        return self._digest

    def select(self, query: str, bindings: Bindings = NOTHING) -> list[Row]:
        """Return the solutions of a SELECT, in the engine's order."""
        given: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
        try:
            given = {ox.Variable(name): _term(value) for name, value in bindings.items()}
            solutions = self._store.query(query, substitutions=given)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise StoreError(f"the query cannot be answered ({error}). Correct it.") from error
        if not isinstance(solutions, ox.QuerySolutions):
            raise StoreError("the query is not a SELECT. Only SELECT gives rows.")
        names = [variable.value for variable in solutions.variables]
        return [{name: _value(solution[name]) for name in names} for solution in solutions]


def open_store(where: str, snapshot: bytes | Path) -> Store:
    """Open a snapshot (its bytes, or the file that holds them) in the engine named by `where`.

    Raises UsageError for an engine that is not supported, StoreError for a damaged snapshot.
    """
    if where != "memory:":
        raise UsageError(f"store “{where}” is not supported. Use `memory:`.")
    if isinstance(snapshot, bytes):
        return MemoryStore(snapshot)
    try:
        return MemoryStore(snapshot.read_bytes())
    except OSError as error:
        raise StoreError(
            f"{snapshot.name}: cannot be read ({error.strerror}). "
            "Build it with `reformgraph build`."
        ) from error


def value_of(lexical: str, datatype: str | None) -> Value:
    """Return a literal as a plain Python value; a datatype we do not use stays text.

    A value that its datatype does not allow stays text as well: the shapes report it, and a
    question must not fail because of it.
    """
    read = _READERS.get(datatype or "")
    if read is None:
        return lexical
    try:
        return read(lexical)
    except ValueError:
        return lexical


def _boolean(lexical: str) -> bool:
    if lexical not in ("true", "false", "1", "0"):
        raise ValueError(lexical)
    return lexical in ("true", "1")


_READERS: dict[str, Callable[[str], Value]] = {
    str(XSD.integer): int,
    str(XSD.decimal): float,
    str(XSD.double): float,
    str(XSD.boolean): _boolean,
    str(XSD.date): dt.date.fromisoformat,
    str(XSD.dateTime): dt.datetime.fromisoformat,
}


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return value_of(term.value, term.datatype.value)
    if isinstance(term, ox.NamedNode):
        return term.value
    return str(term)


def _term(value: URIRef | Literal) -> ox.NamedNode | ox.Literal:
    if isinstance(value, URIRef):
        return ox.NamedNode(str(value))
    if value.language:
        return ox.Literal(str(value), language=value.language)
    return ox.Literal(str(value), datatype=ox.NamedNode(str(value.datatype or XSD.string)))
