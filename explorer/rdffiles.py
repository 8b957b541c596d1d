"""RDF files of anybody: parsed strictly and without a network, or refused with file and line."""

from __future__ import annotations

import codecs
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.errors import CorpusError, ReformError, UsageError

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of the largest file that is read."""

FORMATS: Final[dict[str, ox.RdfFormat]] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def read_rdf(paths: Sequence[Path]) -> Graph:
    """Return the triples of several files as one graph; named graphs are merged.

    Raises CorpusError, with the line, for a file that is not as its ending says, and ReformError
    for one that cannot be read, is too large, or declares a DOCTYPE.
    """
    # rdflib would print a traceback for a date that is none; the rules tell it in a line.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    merged = Graph(bind_namespaces="none")
    for path in paths:
        for subject, predicate, target in _triples(path):
            merged.add((subject, predicate, target))
    return merged


def _triples(path: Path) -> Iterator[tuple[Node, Node, Node]]:
    data, form = _bytes(path)
    names = path.stem  # blank nodes of two files are two nodes
    try:
        for quad in ox.parse(data, format=form):
            yield (
                _term(quad.subject, names), _term(quad.predicate, names), _term(quad.object, names)
            )  # fmt: skip
    except SyntaxError as error:
        what = str(error.msg).splitlines()[0]
        raise CorpusError(path, error.lineno, f"is not valid RDF: {what}", "Mend it") from error
    except (ValueError, OSError) as error:
        raise CorpusError(path, None, f"is not valid RDF: {error}", "Mend it") from error


def _bytes(path: Path) -> tuple[bytes, ox.RdfFormat]:
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        endings = ", ".join(FORMATS)
        raise UsageError(f"{path}: is no RDF file by its name. Give a folder of corpus files, "
                         f"or a file that ends in one of: {endings}.")  # fmt: skip
    try:
        if path.exists() and not path.is_file():
            raise ReformError(f"{path}: is no file that can be read. Give a file or a folder.")
        if path.stat().st_size > LARGEST:
            raise ReformError(f"{path}: is larger than {LARGEST // 2**20} MB. Split it.")
        data = path.read_bytes()
    except OSError as error:
        raise ReformError(
            f"{path}: cannot be read ({error.strerror}). Check the name and the rights."
        ) from error
    data = data.removeprefix(codecs.BOM_UTF8)
    # Entities declared there can unfold to gigabytes, and NULs hide the word in UTF-16.
    if form == ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in data.replace(b"\0", b"").upper():
        raise ReformError(f"{path}: declares a DOCTYPE, which is not read. Take it out.")
    return data, form


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, names: str) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(f"{names}-{term.value}")
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise ValueError("a triple inside a triple is not supported")
