"""From files to snapshot: the same bytes for the same files, wherever and whenever it is built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from ingest.reading import Corpus, read_corpus
from ingest.triples import quads
from ingest.writing import Triple
from ontology.identifiers import iri
from ontology.origins import Origin
from ontology.terms import ONTOLOGY, load_ontology

Quad = tuple[Triple, URIRef]


@dataclass(frozen=True)
class Snapshot:
    """Everything known, as triples with the document that states each, and where it is written."""

    corpus: Corpus
    quads: frozenset[Quad]
    origins: dict[str, Origin]

    def data(self) -> Graph:
        """Return the triples of the corpus, without the ontology, as one graph."""
        merged = Graph(bind_namespaces="none")
        for triple, _ in self.quads:
            merged.add(triple)
        return merged

    def to_bytes(self) -> bytes:
        """Return the ontology and the corpus as sorted N-Quads."""
        ontology = ((triple, ONTOLOGY) for triple in _named(load_ontology()))
        lines = {_line(triple, name) for triple, name in (*self.quads, *ontology)}
        return b"".join(sorted(lines))


def build(folder: Traversable) -> Snapshot:
    """Read a corpus folder and return its snapshot.

    Raises CorpusMistakesError, with file and line of each mistake.
    """
    return snapshot_of(read_corpus(folder))


def snapshot_of(corpus: Corpus) -> Snapshot:
    """Return the snapshot of all that is known: corpus files, imported batches and decisions."""
    return Snapshot(corpus, frozenset(quads(corpus)), _origins(corpus))


def _origins(corpus: Corpus) -> dict[str, Origin]:
    """Return the file and line at which each node's entry is written."""
    return {
        str(iri(kind, ident)): Origin(file, line)
        for (kind, ident), (file, line) in corpus.places.items()
    }


def _named(triples: Graph) -> Iterator[Triple]:
    """Yield the triples without blank nodes: those have no name that could be kept."""
    for subject, predicate, target in triples:
        if not isinstance(subject, BNode) and not isinstance(target, BNode):
            yield URIRef(str(subject)), URIRef(str(predicate)), target


def _line(triple: Triple, name: URIRef) -> bytes:
    subject, predicate, target = triple
    quad = ox.Quad(
        ox.NamedNode(subject), ox.NamedNode(predicate), _term(target), ox.NamedNode(name)
    )
    return ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b""


def _term(node: Node) -> ox.NamedNode | ox.Literal:
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(node.datatype or XSD.string))
    return ox.NamedNode(str(node))
