"""Each rule finds its own breach, and nothing where nothing is broken."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.term import Node

from ontology.identifiers import KINDS
from ontology.rules import Rule, load_shapes, rules, rules_table
from ontology.terms import ID, ONTOLOGY, RG, SHAPES, load_ontology, local_name
from ontology.validation import Finding, validate

FOLDER = Path(__file__).parent / "shapes"
RULES = {rule.shape.removeprefix(SHAPES): rule for rule in rules()}
GRAPHS = ("statuses", "claims")
WORDS = load_ontology()
FROM_DESIGN = 41
"""Rules numbered up to here are those the design asks for."""


class Example(NamedTuple):
    """A change to a clean graph, named for the test's output."""

    rule: str
    graph: str
    update: str


def _examples(key: str) -> list[Example]:
    found = []
    for graph in GRAPHS:
        for rule, table in tomllib.loads((FOLDER / f"{graph}.toml").read_text("utf-8")).items():
            updates = table.get(key, [])
            for update in [updates] if isinstance(updates, str) else updates:
                found.append(Example(rule, graph, update))
    return found


FAILING, PASSING = _examples("fail"), _examples("pass")
EXAMPLES = FAILING + PASSING


@cache
def _clean(graph: str) -> Graph:
    return Graph().parse(FOLDER / f"{graph}.ttl")


def _changed(example: Example) -> Graph:
    clean = _clean(example.graph)
    changed = Graph(namespace_manager=clean.namespace_manager)
    changed += clean
    changed.update(example.update)
    assert set(changed) != set(clean), f"the example of {example.rule} changes nothing"
    return changed


def _moved(node: Node, number: int) -> Node:
    """Give a node of the data an address that belongs to one example alone."""
    if isinstance(node, BNode):
        return BNode(f"{node}x{number}")
    return URIRef(f"{node}/x{number}") if str(node).startswith(ID) else node


@cache
def _found() -> dict[Example, list[Finding]]:
    """Hold all examples against all rules in one run: a run apiece would take minutes."""
    together = Graph()
    for number, example in enumerate(EXAMPLES):
        for subject, predicate, target in _changed(example):
            together.add((_moved(subject, number), predicate, _moved(target, number)))
    found: dict[Example, list[Finding]] = {example: [] for example in EXAMPLES}
    for finding in validate(together):
        mark = re.search(r"x(\d+)$", finding.focus)
        assert mark is not None, finding
        found[EXAMPLES[int(mark[1])]].append(finding)
    return found


def _names(examples: list[Example]) -> list[str]:
    return [example.rule for example in examples]


@pytest.mark.parametrize("graph", GRAPHS)
def test_nothing_is_found_in_a_clean_graph(graph: str) -> None:
    assert validate(_clean(graph)) == []


@pytest.mark.parametrize("example", FAILING, ids=_names(FAILING))
def test_a_breach_is_found_by_its_own_rule_and_by_no_other(example: Example) -> None:
    rule = RULES[example.rule]
    found = _found()[example]
    assert {local_name(finding.shape) for finding in found} == {example.rule}
    for finding in found:
        assert finding.severity == rule.severity
        assert re.fullmatch(_pattern(rule.message), finding.message), finding.message
        assert "http" not in finding.message
        assert "{?" not in finding.message


def _pattern(message: str) -> str:
    """Return what the message of a rule may become once its gaps are filled."""
    return ".+".join(re.escape(part) for part in re.split(r"\{[?$]\w+\}", message))


@pytest.mark.parametrize("example", PASSING, ids=_names(PASSING))
def test_what_only_looks_like_a_breach_is_left_alone(example: Example) -> None:
    found = _found()[example]
    assert example.rule not in {local_name(finding.shape) for finding in found}


def test_every_rule_has_an_example_that_fails_and_one_that_passes() -> None:
    assert set(_names(FAILING)) == set(RULES)
    passing = set(_names(PASSING))
    for name, rule in RULES.items():
        if name not in passing:
            graph = next(example.graph for example in FAILING if example.rule == name)
            assert _targets(rule, _clean(graph)), f"{name}: the clean graph has nothing to look at"


def _targets(rule: Rule, data: Graph) -> set[Node]:
    shapes, shape = load_shapes(), rule.shape
    found: set[Node] = set()
    for wanted in shapes.objects(shape, SH.targetClass):
        for kind in WORDS.transitive_subjects(RDFS.subClassOf, wanted):
            found |= set(data.subjects(RDF.type, kind))
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        found |= set(data.subjects(predicate))
    for predicate in shapes.objects(shape, SH.targetObjectsOf):
        found |= set(data.objects(None, predicate))
    return found


def test_every_rule_of_the_design_is_there() -> None:
    assert set(range(1, FROM_DESIGN + 1)) <= {rule.number for rule in RULES.values()}


def test_a_number_beyond_the_design_is_given_once() -> None:
    ours = [rule.number for rule in RULES.values() if rule.number > FROM_DESIGN]
    assert sorted(ours) == list(range(FROM_DESIGN + 1, FROM_DESIGN + 1 + len(ours)))


def test_every_target_has_its_severity_name_message_and_number() -> None:
    shapes = load_shapes()
    for predicate in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf):
        for shape in shapes.subjects(predicate):
            assert isinstance(shape, URIRef)
            assert shape.startswith(SHAPES)
            for said in (SH.severity, SH.name, SH.message, SH.order):
                assert len(list(shapes.objects(shape, said))) == 1, f"{shape} {said}"


def test_severity_and_message_stand_where_they_are_heeded() -> None:
    # pyshacl ignores a severity on the sh:sparql node.
    shapes = load_shapes()
    for inner in (*shapes.objects(None, SH.sparql), *shapes.objects(None, SH.property)):
        assert (inner, SH.severity, None) not in shapes
        assert (inner, SH.message, None) not in shapes


def test_a_message_is_a_sentence_without_addresses() -> None:
    for rule in RULES.values():
        assert rule.message[0].isupper() or rule.message[0] in "“{", rule.message
        assert rule.message[-1] in ".?", rule.message
        assert "http" not in rule.message
        assert not re.search(r"\b(rg|sh|prov|dct|skos|eli|oa|org):", rule.message), rule.message


def test_a_file_holds_only_the_severities_it_is_for() -> None:
    for rule in RULES.values():
        assert (rule.severity == "Violation") == (rule.file != "recommended.ttl"), rule.shape


def test_a_query_runs_once_for_the_whole_graph() -> None:
    shapes = load_shapes()
    for shape, constraint in shapes.subject_objects(SH.sparql):
        query = str(shapes.value(constraint, SH.select))
        assert list(shapes.objects(shape, SH.targetNode)) == [ONTOLOGY]
        assert "?value" in query
        assert "NOT EXISTS" not in query


def test_dates_are_compared_only_when_they_are_dates() -> None:
    # rdflib calls xsd:date < "a string" true; SPARQL calls it an error.
    shapes = load_shapes()
    dated = "earliest|latest|endedEarliest|endedLatest|asOf|issued|version_date|generatedAtTime"
    for constraint in shapes.objects(None, SH.sparql):
        query = str(shapes.value(constraint, SH.select))
        for name in set(re.findall(rf":(?:{dated}) \?(\w+)", query)):
            if re.search(rf"\?{name} [<>]|[<>]=? \?{name}\b", query):
                assert f"DATATYPE(?{name})" in query, query


def test_the_shapes_are_valid_shacl() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=load_shapes(), meta_shacl=True)
    assert conforms, text


def test_every_term_the_rules_speak_of_is_declared() -> None:
    declared = set(WORDS.subjects())
    for rule in RULES.values():
        source = files("ontology") / "shapes" / rule.file
        for term in re.findall(r"\brg:(\w+)", source.read_text("utf-8")):
            assert RG[term] in declared, term


def test_the_rule_on_addresses_knows_every_kind() -> None:
    shapes = load_shapes()
    constraint = shapes.value(SHAPES.AddressIsOfAKnownKind, SH.sparql)
    listed = re.search(r"\^\(([a-z|]+)\)", str(shapes.value(constraint, SH.select)))
    assert listed is not None
    assert set(listed[1].split("|")) == KINDS


def test_the_page_of_rules_is_up_to_date() -> None:
    page = (Path(__file__).parents[2] / "docs" / "shapes.md").read_text("utf-8")
    assert rules_table() in page, "run `cog -r docs/shapes.md`"


def test_no_rule_breaks_the_table_on_the_page() -> None:
    for rule in RULES.values():
        assert "|" not in rule.name + rule.message
