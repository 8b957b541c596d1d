"""What a reasoner would conclude from PROV, FOAF and our own axioms holds no contradiction."""

from collections.abc import Iterable
from importlib.resources import files

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import FOAF, ORG, OWL, PROV, RDF, RDFS
from rdflib.term import Node

from ingest.pipeline import build
from ontology.identifiers import iri
from ontology.terms import RG, load_ontology

ENTITY_HAS = (
    PROV.wasDerivedFrom, PROV.wasAttributedTo, PROV.wasGeneratedBy, PROV.wasRevisionOf,
    PROV.generatedAtTime,
)  # fmt: skip
ACTIVITY_HAS = (PROV.wasAssociatedWith, PROV.used, PROV.generated, PROV.endedAtTime)
ENTITY_IS_OF = (PROV.wasDerivedFrom, PROV.wasRevisionOf, PROV.used, PROV.generated)
ABOVE = [
    (ORG.FormalOrganization, ORG.Organization),
    (ORG.OrganizationalUnit, ORG.Organization),
    (ORG.Organization, FOAF.Organization),  # ORG declares the two equivalent
    *((kind, FOAF.Agent) for kind in (FOAF.Organization, FOAF.Person, FOAF.Group)),
]
APART = [
    (PROV.Entity, PROV.Activity),
    (FOAF.Document, FOAF.Organization),
    (FOAF.Organization, FOAF.Person),
]
"""Axioms of PROV-O, FOAF and ORG which the data could break; ours come from the ontology."""


def concluded(data: Graph) -> Graph:
    """The types of each node, with those which subclasses, domains and ranges add."""
    model = load_ontology()
    for below, above in ABOVE:
        model.add((below, RDFS.subClassOf, above))
    kinds = Graph()

    def add(node: Node, found: Iterable[Node]) -> None:
        for kind in found:
            for above in model.transitive_objects(kind, RDFS.subClassOf):
                kinds.add((node, RDF.type, above))

    for subject, predicate, target in data:
        if predicate == RDF.type:
            add(subject, [target])
        for link in model.transitive_objects(predicate, RDFS.subPropertyOf):
            add(subject, [PROV.Entity] if link in ENTITY_HAS else [])
            add(subject, [PROV.Activity] if link in ACTIVITY_HAS else [])
            add(target, [PROV.Entity] if link in ENTITY_IS_OF else [])
            add(target, [PROV.Activity] if link == PROV.wasGeneratedBy else [])
    return kinds


def contradictions(data: Graph) -> set[tuple[str, str, str]]:
    """Each node which is in two classes that share nothing, with the two classes."""
    kinds = concluded(data)
    apart = [*APART, *load_ontology().subject_objects(OWL.disjointWith)]
    return {
        (str(node), str(one), str(other))
        for one, other in apart
        for node in kinds.subjects(RDF.type, one)
        if (node, RDF.type, other) in kinds
    }


def test_the_shipped_corpus_contradicts_nothing() -> None:
    assert contradictions(build(files("ingest") / "corpus").data()) == set()


NODE = iri("event", "a")


@pytest.mark.parametrize(
    "triples",
    [
        [(NODE, RDF.type, RG.Look), (NODE, PROV.wasAttributedTo, iri("actor", "b"))],
        [(NODE, RDF.type, RG.ReformProcess), (NODE, PROV.wasGeneratedBy, iri("curation", "b"))],
        [(NODE, RDF.type, RG.Claim), (NODE, RDF.type, RG.State)],
        [(NODE, RDF.type, RG.SourceDocument), (NODE, RDF.type, ORG.OrganizationalUnit)],
        [(NODE, RG.issuedBy, iri("actor", "b")), (NODE, PROV.used, iri("document", "b"))],
    ],
)
def test_a_contradiction_would_be_found(triples: list[tuple[URIRef, URIRef, URIRef]]) -> None:
    data = Graph()
    for triple in triples:
        data.add(triple)
    assert {node for node, _, _ in contradictions(data)} == {str(NODE)}


@pytest.mark.parametrize("kind", [RG.Act, RG.Intervention, RG.Election])
def test_an_event_may_carry_evidence_and_a_speaker(kind: URIRef) -> None:
    """PROV keeps entities and activities apart; our events are neither, so both may be said."""
    data = Graph()
    data.add((NODE, RDF.type, kind))
    data.add((NODE, RG.evidence, iri("passage", "a/b")))
    data.add((NODE, PROV.wasAttributedTo, iri("actor", "b")))
    data.add((NODE, PROV.wasGeneratedBy, iri("curation", "a")))
    assert contradictions(data) == set()
