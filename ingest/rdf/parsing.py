"""RDF of anybody, parsed strictly and from bytes alone, or refused with the line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, SH, XSD
from rdflib.term import Node

from ingest.rdf.syntax import NOWHERE, Text, form_of, refuse_form
from ingest.readers.isolated import Limits
from ingest.writing import Triple
from ontology.errors import CorpusError, ReformError

LIMITS: Final = Limits(computing=7.0, memory=340 * 1024 * 1024, size=24_000_000)
"""What one RDF file may cost."""

MOST: Final = 60_000
"""Statements of one file."""

_OF_DATA: Final = frozenset(map(str, (SH.order, SH.name, SH.description)))
"""Words of SHACL that are said of data, too: its place in a list, and what it is called."""

_PLACE: Final = re.compile(r"^Parser error at [^:]*: | \(line \d+\)$")


def graph_of(files: Iterable[tuple[str, bytes]]) -> Graph:
    """Return the statements of some files, each with its name, as one graph, in this process.

    Raises CorpusError or ReformError, with the line, for what is not as the ending says, and for
    rules and imports: they would be left out in silence.
    """
    merged = Graph(bind_namespaces="none")
    for number, (name, data) in enumerate(files):
        mark = f"{number}-"  # blank nodes of two files are two nodes
        text = Text(name, data)
        for quad, line in parsed(text):
            _refuse_rules(text, quad, line)
            subject, target = _node(quad.subject, mark), _node(quad.object, mark)
            merged.add((subject, URIRef(quad.predicate.value), target))
    return merged


def statements_in(triples: bytes) -> Iterator[Triple]:
    """Yield statements written as N-Triples by this program."""
    for quad in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES):
        assert isinstance(quad.subject, ox.NamedNode)
        yield URIRef(quad.subject.value), URIRef(quad.predicate.value), _node(quad.object)


def _node(term: object, mark: str = "") -> Node:
    if isinstance(term, ox.Literal):
        # A wrong number or day stays as it is, for the rules to find.
        if term.language:
            return Literal(term.value, lang=term.language)
        if term.datatype.value == str(XSD.string):
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    if isinstance(term, ox.BlankNode):
        return BNode(f"{mark}{term.value}")
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


def _refuse_rules(text: Text, quad: ox.Quad, line: int) -> None:
    """Refuse what asks for other rules, or for another file, than those that are looked at.

    Raises CorpusError, with the line.
    """
    said = [quad.predicate.value]
    if quad.predicate.value == str(RDF.type) and isinstance(quad.object, ox.NamedNode):
        said.append(quad.object.value)
    for term in said:
        if term.startswith(str(SH)) and term not in _OF_DATA:
            what = f"sh:{term.removeprefix(str(SH))[:40]} belongs to rules, and a check has its own"
            raise text.fault(line, what, "Take it out; docs/shapes.md lists the rules")
    if quad.predicate.value == str(OWL.imports):
        what = "imports another file, and none is fetched"
        raise text.fault(line, what, "Take it out, and name that file beside this one")


def _relative(text: Text, rest: str) -> CorpusError:
    what = f"“{rest[:60]}” is a relative address, and nothing says to what"
    return text.fault(text.line_with(f'"{rest}"', rest), what, "Write it in full")


def _line_of(text: Text, message: str) -> int | None:
    """Return the line of what a message quotes: not every parser tells where it stands."""
    quoted = re.search(r"'([^']*)'", message)
    return text.line_with(f'"{quoted[1]}"', quoted[1]) if quoted else None
