"""From files to snapshot: the same bytes for the same files, wherever and whenever it is built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from ingest.publishing import HeldBack, publish
from ingest.reading import Corpus, read_corpus
from ingest.triples import quads
from ingest.writing import Quad, Triple
from ontology.identifiers import iri
from ontology.origins import Origin
from ontology.terms import ONTOLOGY, load_ontology


@dataclass(frozen=True)
class Snapshot:
    """Everything known, as triples with the document that states each, and where it is written.

    `recorded` is all of it, `quads` what may go out, `held` counts the difference. Whatever is
    shown, answered or taken away is made from `to_bytes`, and so from what may go out.
    """

    corpus: Corpus
    recorded: frozenset[Quad]
    quads: frozenset[Quad]
    held: HeldBack
    origins: dict[str, Origin]

    def data(self) -> Graph:
        """Return the triples that may go out, without the ontology, as one graph."""
        return _merged(self.quads)

    def record(self) -> Graph:
        """Return all triples on record as one graph: for the check, and for nobody else."""
        return _merged(self.recorded)

    def to_bytes(self) -> bytes:
        """Return the ontology and what may go out of the corpus as sorted N-Quads."""
        lines = {_line(triple, name) for triple, name in self.quads}
        return b"".join(sorted(lines | _ontology_lines()))


def build(folder: Traversable) -> Snapshot:
    """Read a corpus folder and return its snapshot.

    Raises CorpusMistakesError, with file and line of each mistake.
    """
    return snapshot_of(read_corpus(folder))


def snapshot_of(corpus: Corpus) -> Snapshot:
    """Return the snapshot of all that is known: corpus files, imported batches and decisions."""
    recorded = frozenset(quads(corpus))
    published = publish(recorded)
    return Snapshot(corpus, recorded, published.quads, published.held, _origins(corpus))


def _merged(quads: Iterable[Quad]) -> Graph:
    merged = Graph(bind_namespaces="none")
    for triple, _ in quads:
        merged.add(triple)
    return merged


def _origins(corpus: Corpus) -> dict[str, Origin]:
    """Return the file and line at which each node's entry is written."""
    return {
        str(iri(kind, ident)): Origin(file, line)
        for (kind, ident), (file, line) in corpus.places.items()
    }


@cache
def _ontology_lines() -> frozenset[bytes]:
    """Return the ontology as lines of N-Quads; it comes with the package and does not change."""
    return frozenset(_line(triple, ONTOLOGY) for triple in _named(load_ontology()))


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
