"""Names for people of what the rules find: labels, or those of what a status or link is about."""

from __future__ import annotations

from typing import Final

import rdflib
from rdflib import PROV, RDF, RDFS, SKOS, BNode, Graph, URIRef
from rdflib.term import Node

from ontology.identifiers import curie
from ontology.terms import DCT, OA, RG, local_name

NAMED_BY: Final[dict[URIRef, str]] = {
    RG.assesses: "status of",
    RG.laterRecommendation: "lineage of",
    RG.safeguard: "safeguard:",
    RG.proposition: "claim:",
    RG.candidate: "candidacy of",
    RG.signatory: "signature of",
    RDF.subject: "link of",
    PROV.used: "curation of",
    OA.hasSource: "a passage of",
}
"""What names an entry without a label of its own, and the words before that name."""


def label_of(node: Node, triples: Graph) -> str:
    """Return a name for people: label, title, what the entry is about, or a short address."""
    if isinstance(node, rdflib.Literal):
        return str(node)
    if isinstance(node, BNode):
        return "an entry without an address"
    borrowed = _own_label(node, triples) or _borrowed_label(node, triples)
    if borrowed is None and (passage := triples.value(None, OA.hasSelector, node)) is not None:
        borrowed = _borrowed_label(passage, triples)
    return borrowed or _short(node)


def _own_label(node: Node, triples: Graph) -> str | None:
    """Return the label or title, the English one before another."""
    for predicate in (SKOS.prefLabel, DCT.title, RDFS.label):
        named = sorted(
            (getattr(name, "language", None) not in (None, "en"), str(name))
            for name in triples.objects(node, predicate)
        )
        if named:
            return named[0][1]
    return None


def _borrowed_label(node: Node, triples: Graph) -> str | None:
    for predicate, words in NAMED_BY.items():
        other = triples.value(node, predicate)
        if other is not None:
            return f"{words} {_own_label(other, triples) or _short(other)}"
    return None


def _short(node: Node) -> str:
    short = curie(str(node))
    return local_name(short) if "://" in short else short
