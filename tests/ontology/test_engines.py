"""The rules find the same as pyshacl finds alone, on all data, with the queries of rdflib."""

import mmap
import os
import resource
from pathlib import Path

import pyshacl
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS, XSD

from ontology.querying import QueriedGraph
from ontology.rules import load_shapes, rules
from ontology.terms import ONTOLOGY, RG, load_ontology
from ontology.validation import validate

EXAMPLES = Path(__file__).parent / "shapes"


def _broken() -> Graph:
    """Return the two clean examples with dates turned round, words missing and links cut."""
    data = Graph()
    for path in sorted(EXAMPLES.glob("*.ttl")):
        data.parse(path, format="turtle")
    long_ago = Literal("1900-01-01", datatype=XSD.date)
    for node in list(data.subjects(RG.asOf)):
        data.set((node, RG.asOf, long_ago))
    for node in list(data.subjects(RG.latest)):
        data.set((node, RG.latest, long_ago))
    for node in list(data.subjects(RDF.type, RG.Recommendation))[::2]:
        data.remove((node, SKOS.prefLabel, None))
    for predicate in (RG.evidence, RG.inProcess, RG.membershipCriterion, RG.assessorRelation):
        data.remove((None, predicate, None))
    return data


def _alone(data: Graph, of: list[str | URIRef] | None = None) -> set[tuple[str, str, str]]:
    """Return rule, entry and constraint of each breach that pyshacl finds with nothing before."""
    _, report, _ = pyshacl.validate(
        data + load_ontology(), shacl_graph=load_shapes(), use_shapes=of
    )
    assert isinstance(report, Graph)
    alone = set()
    for result in report.objects(None, SH.result):
        focus = report.value(result, SH.focusNode)
        if focus == ONTOLOGY:
            focus = report.value(result, SH.value)
        told = (SH.sourceShape, SH.sourceConstraintComponent)
        shape, component = (str(report.value(result, one)) for one in told)
        alone.add((shape, str(focus), component))
    return alone


def test_pyshacl_alone_finds_the_same() -> None:
    data = _broken()
    found = {(one.shape, str(one.focus), one.component) for one in validate(data)}
    assert found == _alone(data)
    assert len({shape for shape, _, _ in found}) >= 8


OF_VALUES = {
    SH.datatype, SH.minInclusive, SH.pattern, SH.maxLength, SH.languageIn, SH.nodeKind, SH["in"],
}  # fmt: skip
ODD = [
    Literal("x", lang="fr"), Literal("-1", datatype=XSD.integer), Literal("word " * 200),
    Literal("none", datatype=XSD.integer), Literal("2024-02-30", datatype=XSD.date),
    Literal("2024-01-01", datatype=XSD.dateTime), BNode("odd"),
]  # fmt: skip


def test_odd_values_are_found_as_pyshacl_alone_finds_them() -> None:
    shapes, data, examples = load_shapes(), Graph(), Graph()
    said_of = {rule.shape: shapes.cbd(rule.shape) for rule in rules()}
    of_values = [rule for rule, said in said_of.items() if OF_VALUES & set(said.predicates())]
    for path in sorted(EXAMPLES.glob("*.ttl")):
        examples.parse(path, format="turtle")
    paths = {path for rule in of_values for path in said_of[rule].objects(None, SH.path)}
    for place, predicate in enumerate(sorted(paths & {*examples.predicates()}, key=str)):
        like = min(examples.subjects(predicate), key=str)
        for number, odd in enumerate(ODD):
            node = BNode() if number % 2 else URIRef(f"https://example.org/{place}/{number}")
            for said, value in examples.predicate_objects(like):
                data.add((node, said, value))
            data.set((node, predicate, odd))
    found = {(one.shape, str(one.focus), one.component) for one in validate(data, of_values)}
    assert found == _alone(data, [*of_values])
    assert len({rule for rule, _, _ in found}) >= 20


def test_to_take_in_what_is_asked_sets_little_memory_aside() -> None:
    child = os.fork()
    if child == 0:
        used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * mmap.PAGESIZE
        resource.setrlimit(resource.RLIMIT_AS, (used + 64 * 1024 * 1024,) * 2)
        QueriedGraph([(RG.asOf, RG.asOf, Literal("a text"))])
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
