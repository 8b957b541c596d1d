"""The rules find the same as pyshacl finds alone, on all data, with the queries of rdflib."""

import mmap
import os
import resource
from pathlib import Path

import pyshacl
from rdflib import SH, Graph, Literal
from rdflib.namespace import RDF, SKOS, XSD

from ontology.querying import QueriedGraph
from ontology.rules import load_shapes
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


def test_pyshacl_alone_finds_the_same() -> None:
    data = _broken()
    found = {(one.shape, str(one.focus), one.component) for one in validate(data)}
    _, report, _ = pyshacl.validate(data + load_ontology(), shacl_graph=load_shapes())
    assert isinstance(report, Graph)
    alone = set()
    for result in report.objects(None, SH.result):
        focus = report.value(result, SH.focusNode)
        if focus == ONTOLOGY:
            focus = report.value(result, SH.value)
        of = (SH.sourceShape, SH.sourceConstraintComponent)
        shape, component = (str(report.value(result, one)) for one in of)
        alone.add((shape, str(focus), component))
    assert found == alone
    assert len({shape for shape, _, _ in found}) >= 8


def test_to_take_in_what_is_asked_sets_little_memory_aside() -> None:
    child = os.fork()
    if child == 0:
        used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * mmap.PAGESIZE
        resource.setrlimit(resource.RLIMIT_AS, (used + 64 * 1024 * 1024,) * 2)
        QueriedGraph([(RG.asOf, RG.asOf, Literal("a text"))])
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
