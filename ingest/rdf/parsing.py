"""RDF files of anybody, parsed from bytes alone in a process of its own, or refused by the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from ingest.rdf.syntax import FORMATS, NOWHERE, Text, form_of, refuse_form
from ingest.readers.isolated import Limits, work_limited
from ingest.writing import Triple
from ontology.errors import CorpusError, ReformError, UsageError

LIMITS: Final = Limits(
    seconds=60.0, computing=7.0, computing_per_mb=0.1, memory=420 * 1024 * 1024, size=24_000_000
)
"""What one RDF file may cost."""

MOST: Final = 60_000
"""Statements of one file."""

_PLACE: Final = re.compile(r"^Parser error at [^:]*: | \(line \d+\)$")


def read_rdf(data: bytes, name: str, limits: Limits = LIMITS) -> bytes:
    """Return the statements of a file as N-Triples, checked for form; named graphs are merged.

    It is read in a limited process without network. Raises CorpusError or ReformError, in one
    line with file and line, for what is not as its ending says, and UsageError for no such ending.
    """
    if form_of(name) is None:
        raise UsageError(
            f"{name}: is no RDF file by its name. Give one that ends in {', '.join(FORMATS)}."
        )
    return work_limited(triples_of, data, name, limits=limits)


def triples_of(data: bytes, name: str) -> bytes:
    """Return the statements of a file as N-Triples, read in this process."""
    found = parsed(Text(name, data))
    triples = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad, _ in found)
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def statements_in(triples: bytes) -> Iterator[Triple]:
    """Yield statements written as N-Triples by this program."""
    for quad in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES):
        yield _node(quad.subject), URIRef(quad.predicate.value), _node(quad.object)  # type: ignore[misc]


def _node(term: object) -> Node:
    if isinstance(term, ox.Literal):
        # A wrong number or day stays as it is, for the rules to find.
        if term.language:
            return Literal(term.value, lang=term.language)
        if term.datatype.value == str(XSD.string):
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.NamedNode)
    return URIRef(term.value)


class _Lines:
    """A file that is read line by line, so that the parser is never far ahead of what it says."""

    def __init__(self, data: bytes) -> None:
        self._lines = data.splitlines(keepends=True)
        self._rest = b""
        self.line = 0

    def read(self, size: int) -> bytes:
        """Return what is left of the line, or of the next one, at most `size` bytes of it."""
        if not self._rest and self.line < len(self._lines):
            self._rest = self._lines[self.line]
            self.line += 1
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def parsed(text: Text) -> list[tuple[ox.Quad, int]]:
    """Return the statements of a text, in the format of its name's ending, each with its line.

    That is where the statement ends; in JSON-LD, the object that says it.
    Raises CorpusError, with the line, for one that is too deep, remote, or wrong.
    """
    form = form_of(text.name)
    assert form is not None
    refuse_form(text, form)
    base = NOWHERE if form == ox.RdfFormat.JSON_LD else None
    lines = _Lines(text.data)
    quads: list[tuple[ox.Quad, int]] = []
    try:
        for quad in ox.parse(lines, format=form, base_iri=base):  # type: ignore[arg-type]
            quads.append((quad, lines.line))
            for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
                _refuse_term(text, term, lines.line)
            if len(quads) > MOST:
                raise ReformError(f"{text.name}: makes more than {MOST:,} statements. Split it.")
    except SyntaxError as error:
        what = str(error.msg).splitlines()[0]
        line = error.lineno or _line_of(text, what) or lines.line
        what = _PLACE.sub("", what)
        raise text.fault(line, f"is not valid RDF: {what}", "Mend it") from error
    except (ValueError, OSError) as error:
        raise text.fault(lines.line, f"is not valid RDF: {error}", "Mend it") from error
    return quads


def _refuse_term(text: Text, term: object, line: int) -> None:
    """Refuse what RDF 1.1 does not know, and addresses that hang on a base which is not given.

    Raises CorpusError, with the line.
    """
    if isinstance(term, ox.NamedNode):
        if term.value.startswith(NOWHERE):
            raise _relative(text, term.value.removeprefix(NOWHERE))
    elif isinstance(term, ox.Triple):
        raise text.fault(line, "has a triple inside a triple, which is not read", "Take it out")
    elif isinstance(term, ox.Literal) and term.direction is not None:
        what = f"“{term.value[:40]}” has a base direction, which is not read"
        raise text.fault(line, what, "Take it out")


def _relative(text: Text, rest: str) -> CorpusError:
    what = f"“{rest[:60]}” is a relative address, and nothing says to what"
    return text.fault(text.line_with(f'"{rest}"', rest), what, "Write it in full")


def _line_of(text: Text, message: str) -> int | None:
    """Return the line of what a message quotes: not every parser tells where it stands."""
    quoted = re.search(r"'([^']*)'", message)
    return text.line_with(f'"{quoted[1]}"', quoted[1]) if quoted else None
