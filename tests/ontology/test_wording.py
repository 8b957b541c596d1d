"""The wording of the ontology: ROBOT report, SEMIC style guide, and the table of what is met."""

import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from ontology.terms import ONTOLOGY, PREFIXES, RG, VERSION, load_ontology

ROOT = Path(__file__).parents[2]
DOCUMENTED = ROOT / "docs" / "ontology-quality.md"
TRIPLES = load_ontology(alignments=True)
OWN = {URIRef(str(term)) for term in TRIPLES.subjects(RDFS.isDefinedBy)}
CLASSES = {term for term in OWN if (term, RDF.type, OWL.Class) in TRIPLES}


def own_label(term: URIRef) -> str:
    names = [*TRIPLES.objects(term, RDFS.label), *TRIPLES.objects(term, SKOS.prefLabel)]
    return next(str(name) for name in names if getattr(name, "language", None) in (None, "en"))


def own_definition(term: URIRef) -> str:
    return str(TRIPLES.value(term, SKOS.definition))


def rows(where: str) -> list[tuple[Node, ...]]:
    """The answers to one query, written as the body of a WHERE."""
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    found = TRIPLES.query(f"{prefixes}SELECT DISTINCT * WHERE {{ {where} }}")
    return [tuple(row) for row in found if isinstance(row, tuple)]


# --- ROBOT report: the rules which are not about OBO, as queries ----------------------------------

ROBOT = {
    "annotation_whitespace": '?entity ?property ?value FILTER(isLiteral(?value) && '
    'REGEX(STR(?value), "^\\\\s|\\\\s$|\\\\s\\\\s"))',
    "deprecated_boolean_datatype": "?entity owl:deprecated ?value "
    "FILTER(DATATYPE(?value) != xsd:boolean)",
    "deprecated_class_reference": "?entity owl:deprecated true ; a owl:Class . "
    "{ ?entity rdfs:subClassOf|owl:equivalentClass|owl:disjointWith ?value } UNION "
    "{ ?value rdfs:subClassOf|owl:equivalentClass|owl:disjointWith ?entity }",
    "deprecated_property_reference": "?entity owl:deprecated true . "
    "{ ?entity rdfs:subPropertyOf|owl:inverseOf ?value } UNION "
    "{ ?value rdfs:subPropertyOf|owl:inverseOf ?entity }",
    "duplicate_definition": "?entity skos:definition ?value . ?other skos:definition ?value "
    "FILTER(?entity != ?other)",
    "duplicate_label": "?entity rdfs:label ?value . ?other rdfs:label ?value "
    "FILTER(?entity != ?other)",
    "equivalent_pair": "?entity owl:equivalentClass ?value FILTER(!isBlank(?value))",
    "illegal_use_of_built_in_vocabulary": "?entity ?property ?value FILTER(STRSTARTS(STR(?entity),"
    ' STR(rdf:)) || STRSTARTS(STR(?entity), STR(rdfs:)) || STRSTARTS(STR(?entity), STR(owl:)))',
    "invalid_entity_uri": '?entity rdf:type ?value FILTER(REGEX(STR(?entity), "[\\\\s<>{}|^`]"))',
    "label_formatting": "?entity rdfs:label|skos:prefLabel ?value "
    'FILTER(REGEX(?value, "[\\n\\t\\r]"))',
    "label_whitespace": "?entity rdfs:label|skos:prefLabel ?value "
    'FILTER(REGEX(?value, "^\\\\s|\\\\s$"))',
    "lowercase_definition": '?entity skos:definition ?value FILTER(!REGEX(?value, "^[A-Z]"))',
    "missing_definition": "?entity rdfs:isDefinedBy ?value "
    "FILTER NOT EXISTS { ?entity skos:definition ?d }",
    "missing_label": "?entity rdfs:isDefinedBy ?value "
    "FILTER NOT EXISTS { ?entity rdfs:label|skos:prefLabel ?l }",
    "missing_ontology_description": "?entity a owl:Ontology "
    "FILTER NOT EXISTS { ?entity dct:description ?d }",
    "missing_ontology_license": "?entity a owl:Ontology "
    "FILTER NOT EXISTS { ?entity dct:license ?d }",
    "missing_ontology_title": "?entity a owl:Ontology FILTER NOT EXISTS { ?entity dct:title ?d }",
    "missing_superclass": "?entity a owl:Class FILTER NOT EXISTS { ?entity rdfs:subClassOf ?d }",
    "misused_replaced_by": "?entity dct:isReplacedBy ?value "
    "FILTER NOT EXISTS { ?entity owl:deprecated true }",
    "multiple_definitions": "?entity skos:definition ?a, ?b FILTER(?a != ?b)",
    "multiple_labels": "?entity rdfs:label|skos:prefLabel ?a, ?b "
    "FILTER(STR(?a) != STR(?b) && LANG(?a) = LANG(?b))",
}  # fmt: skip


@pytest.mark.parametrize("rule", ROBOT)
def test_robot_rule_finds_nothing(rule: str) -> None:
    assert rows(ROBOT[rule]) == []


def test_robot_rules_would_find_something_in_a_bad_ontology() -> None:
    """A query with a slip finds nothing, for ever: each is shown one ontology that breaks it."""
    bad = Graph().parse(data=BAD_ONTOLOGY, format="turtle")
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    blind = [
        rule for rule, where in ROBOT.items()
        if not bad.query(f"{prefixes}SELECT * WHERE {{ {where} }}").bindings
    ]  # fmt: skip
    assert blind == []


BAD_ONTOLOGY = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <https://example.org/> .
x: a owl:Ontology .
x:A a owl:Class ; rdfs:label "a\\tb" , " c" , "d" ; skos:definition "lower." , "Two." ;
  rdfs:isDefinedBy x: ; owl:deprecated true ; owl:disjointWith x:B ; owl:equivalentClass x:B .
x:B a owl:Class ; rdfs:label "d" ; skos:definition "Two." ; owl:deprecated "yes" ;
  dct:isReplacedBy x:C .
x:C rdfs:isDefinedBy x: .
x:p a owl:ObjectProperty ; owl:deprecated true ; rdfs:subPropertyOf x:q .
rdf:type rdfs:label "type" .
<https://example.org/a^b> a owl:Class .
"""


# --- SEMIC style guide ----------------------------------------------------------------------------


def test_semic_gc_r3_every_label_and_definition_is_in_english_once() -> None:
    for term in OWN:
        names = [*TRIPLES.objects(term, RDFS.label), *TRIPLES.objects(term, SKOS.prefLabel)]
        names = [name for name in names if getattr(name, "language", None) in (None, "en")]
        texts = [*TRIPLES.objects(term, SKOS.definition), *names[:1]]
        assert len(texts) == 2
        assert len(set(names)) == 1
        assert {text.language for text in texts if isinstance(text, Literal)} == {"en"}


def test_semic_gc_r4_the_words_are_british() -> None:
    american = re.compile(
        r"\b\w*(organiz|recogniz|normaliz|center|color|behavior|favor|labor|defense|labeled)\w*\b",
        re.IGNORECASE,
    )
    texts = [
        str(o) for o in TRIPLES.objects() if isinstance(o, Literal) and o.language in (None, "en")
    ]
    assert not [text for text in texts if american.search(text)]


def test_semic_gc_r4_names_are_in_ascii_and_without_abbreviations() -> None:
    accepted = {"sha", "edtf", "ngo", "un"}
    for term in OWN:
        words = {w.casefold() for w in re.findall(r"[A-Z]?[a-z]+", term.removeprefix(RG))}
        assert term.isascii()
        assert not [w for w in words if not re.search("[aeiouy]", w) and w not in accepted]


def test_semic_gc_r4_class_names_are_singular() -> None:
    plural = re.compile(r"(?<![su])s$")
    assert not [term for term in CLASSES if plural.search(term) and not term.endswith("Process")]


@pytest.mark.parametrize("term", sorted(OWN), ids=lambda term: term.removeprefix(RG))
def test_semic_gc_r5_a_definition_is_well_made(term: URIRef) -> None:
    name, text = own_label(term), own_definition(term)
    assert text[0].isupper()
    assert text.endswith(".")
    assert not re.search(r"\b(not|no|never|none|nor|without|cannot|neither)\b", text), "a negation"
    assert not text.casefold().startswith(name.casefold())
    assert not re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE), "circular"


def test_semic_sc_r2_the_model_has_no_nameless_parts() -> None:
    assert not [node for triple in TRIPLES for node in triple if isinstance(node, BNode)]


def test_semic_pc_r3_the_version_is_semantic() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)


def test_semic_pc_r4_only_the_whole_is_versioned() -> None:
    versioned = {*TRIPLES.subjects(OWL.versionInfo), *TRIPLES.subjects(OWL.versionIRI)}
    assert versioned == {ONTOLOGY}


def test_semic_pc_r6_the_page_for_people_lists_every_term() -> None:
    page = (ROOT / "docs" / "ontology.md").read_text("utf-8")
    names = set(re.findall(r"`(?:rg:)?(\w+)`", page))
    assert not {term.removeprefix(RG) for term in OWN} - names


# --- the table of what is met, and what is not ---------------------------------------------------


def documented() -> list[list[str]]:
    """The rows of docs/ontology-quality.md: check, result, test or reason."""
    lines = DOCUMENTED.read_text("utf-8").splitlines()
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line[:1] == "|"]
    results = {"met", "not met", "by review", "waived"}
    return [row for row in cells if len(row) == 3 and row[1] in results]


def test_every_check_of_the_lists_is_in_the_table_once() -> None:
    foops = (
        "CN1 DOC1 FIND1 FIND2 FIND3 FIND_3_BIS HTTP1 OM1 OM2 OM3 OM4.1 OM4.2 OM5.1 OM5.2 PURL1 "
        "RDF1 URI1 URI2 VER1 VER2 VOC1 VOC2 VOC3 VOC4"
    )
    semic = "GC-R3 GC-R4 GC-R5 SC-R2 SC-R4 SC-R5 PC-R3 PC-R4 PC-R6"
    wanted = [f"FOOPS {name}" for name in foops.split()]
    wanted += [f"OOPS P{number:02}" for number in range(1, 42)]
    wanted += [f"ROBOT {rule}" for rule in ROBOT]
    wanted += [f"SEMIC {name}" for name in semic.split()]
    assert sorted(" ".join(row[0].split()[:2]) for row in documented()) == sorted(wanted)


def test_what_the_table_calls_met_is_a_test_and_nothing_else_is() -> None:
    written = defaultdict(list)
    for source in sorted(Path(__file__).parent.glob("test_*.py")):
        for name in re.findall(r"^def (test_\w+)", source.read_text("utf-8"), re.MULTILINE):
            written[name].append(source.name)
    for _check, result, *rest in documented():
        tests = re.findall(r"`(test_\w+)`", rest[0])
        if result in {"met", "waived"}:
            assert tests
            assert not [name for name in tests if name not in written]
        else:
            assert not tests
            assert len(rest[0].split()) >= 4, "say why"


def test_the_counts_above_the_table_are_those_of_the_table() -> None:
    counted = Counter((row[0].split()[0], row[1]) for row in documented())
    text = DOCUMENTED.read_text("utf-8")
    for name, first in re.findall(
        r"^\| (FOOPS|OOPS|ROBOT|SEMIC)([^|]*\|.*)\|$", text, re.MULTILINE
    ):
        figures = re.findall(r"\| (\d+)", first)
        results = ("met", "waived", "by review", "not met")
        if figures:
            assert [int(f) for f in figures] == [counted[name, result] for result in results]


def test_the_table_is_in_the_order_of_the_lists() -> None:
    lists = [row[0].split()[0] for row in documented()]
    order = ["FOOPS", "OOPS", "ROBOT", "SEMIC"]
    assert all(order.index(a) <= order.index(b) for a, b in pairwise(lists))
