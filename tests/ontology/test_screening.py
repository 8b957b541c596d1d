"""Most entries are cleared quickly; pyshacl looks at the rest, and at every rule with a query."""

from rdflib import RDF, SH, BNode, Literal, URIRef

from ontology.rules import load_shapes, rules
from ontology.screening import suspects
from ontology.terms import RG, SHAPES
from ontology.triples import Triples


def test_only_rules_with_a_query_are_run_whole() -> None:
    shapes = load_shapes()
    with_query = {rule.shape for rule in rules() if (rule.shape, SH.sparql, None) in shapes}
    whole = suspects(Triples(), [rule.shape for rule in rules()]).whole
    assert set(whole) == with_query != set()


def test_an_entry_is_suspected_by_what_it_lacks_and_by_who_speaks_of_it() -> None:
    status, asked = URIRef("https://example.org/status"), BNode()
    data = Triples([(status, RDF.type, RG.StatusAssessment), (status, RG.addressedTo, asked)])
    data.add((asked, RDF.type, URIRef("http://xmlns.com/foaf/0.1/Group")))
    only = [SHAPES.AssessmentHasDate, SHAPES.GroupAddresseeHasCriterion]
    assert suspects(data, only).of == {only[0]: {status: status}, only[1]: {asked: status}}
    data.add((status, RG.asOf, Literal("2024-05-01", datatype=RG.day)))
    data.add((asked, RG.membershipCriterion, Literal("all ports")))
    assert suspects(data, only).of == {only[0]: {status: status}, only[1]: {}}


def test_many_values_of_a_property_are_kept_each_once_and_led_to() -> None:
    hub, ends = BNode(), [BNode() for _ in range(30)]
    data = Triples((hub, RG.about, end) for end in [*ends, *ends])
    data.add((ends[-1], RG.about, hub))
    assert len(list(data)) == 31
    assert set(data.reached([hub])) == set(data)
