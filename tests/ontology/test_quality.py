"""The ontology against the checklists its users run: FOOPS!, OOPS!, ROBOT report, SEMIC."""

import re
from collections import Counter, defaultdict
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from ontology.terms import DCT, ONTOLOGY, PREFIXES, RG, VERSION, load_ontology
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS, VANN, XSD
from rdflib.term import Node

ROOT = Path(__file__).parents[2]
TRIPLES = load_ontology(alignments=True)
REUSED = Graph().parse(
    data=(files("ontology") / "support" / "reused-terms.ttl").read_text("utf-8"), format="turtle"
)
BIBO = Namespace("http://purl.org/ontology/bibo/")
DOCUMENTED = ROOT / "docs" / "ontology-quality.md"
HEADER_VOCABULARIES = ("dct", "vann", "bibo", "owl", "rdfs", "prov", "foaf", "schema")


def typed(*classes: URIRef) -> set[URIRef]:
    """Our own terms which are of one of these classes."""
    return {
        URIRef(str(node))
        for kind in classes
        for node in TRIPLES.subjects(RDF.type, kind)
        if str(node).startswith(RG)
    }


CLASSES = typed(OWL.Class)
PROPERTIES = typed(OWL.ObjectProperty, OWL.DatatypeProperty)
CONCEPTS = typed(SKOS.Concept)
SCHEMES = typed(SKOS.ConceptScheme)
OWN = CLASSES | PROPERTIES | CONCEPTS | SCHEMES


def own_label(term: URIRef) -> str:
    """The one label of a term of ours."""
    return str(TRIPLES.value(term, RDFS.label) or TRIPLES.value(term, SKOS.prefLabel))


def own_definition(term: URIRef) -> str:
    return str(TRIPLES.value(term, SKOS.definition))


def header(*properties: URIRef) -> None:
    """Fail unless the ontology's header has each of the properties."""
    missing = [name for name in properties if (ONTOLOGY, name, None) not in TRIPLES]
    assert not missing


def rows(where: str) -> list[tuple[Node, ...]]:
    """The answers to one query, written as the body of a WHERE."""
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    found = TRIPLES.query(f"{prefixes}SELECT DISTINCT * WHERE {{ {where} }}")
    return [tuple(row) for row in found if isinstance(row, tuple)]


# --- FOOPS! --------------------------------------------------------------------------------------


def test_foops_om1_the_header_has_the_minimum_metadata() -> None:
    header(DCT.title, DCT.description, DCT.license, OWL.versionIRI, DCT.creator)
    header(VANN.preferredNamespaceUri)


def test_foops_om2_the_header_has_the_recommended_metadata() -> None:
    header(VANN.preferredNamespacePrefix, OWL.versionInfo, DCT.created, DCT.bibliographicCitation)


def test_foops_om3_the_header_has_what_is_true_of_the_detailed_metadata() -> None:
    header(DCT.publisher, BIBO.status, DCT.source, DCT.issued)


def test_foops_om3_no_doi_and_no_logo_are_invented() -> None:
    foaf_logo = URIRef("http://xmlns.com/foaf/0.1/logo")
    for absent in (BIBO.doi, foaf_logo, DCT.identifier):
        assert (ONTOLOGY, absent, None) not in TRIPLES


def test_foops_om4_1_and_oops_p41_a_licence_is_declared() -> None:
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert list(TRIPLES.objects(ONTOLOGY, DCT.license)) == [licence]


def test_foops_om5_1_creator_and_creation_date_are_given() -> None:
    header(DCT.creator, DCT.created)


def test_foops_om5_2_publisher_and_date_of_issue_are_given() -> None:
    header(DCT.issued, DCT.publisher)


def test_foops_find1_the_preferred_prefix_is_the_one_in_use() -> None:
    prefix, space = (
        str(TRIPLES.value(ONTOLOGY, name))
        for name in (VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri)
    )
    assert PREFIXES[prefix] == space == str(RG)


def test_foops_purl1_and_http1_the_address_is_persistent_and_uses_https() -> None:
    assert str(ONTOLOGY).startswith("https://w3id.org/")


def test_foops_ver1_the_version_has_an_address_of_its_own() -> None:
    version = TRIPLES.value(ONTOLOGY, OWL.versionIRI)
    assert version == URIRef(f"{ONTOLOGY}/{VERSION}")
    assert str(TRIPLES.value(ONTOLOGY, OWL.versionInfo)) == VERSION


def test_foops_uri2_the_address_in_the_file_is_the_address_of_the_ontology() -> None:
    assert set(TRIPLES.subjects(RDF.type, OWL.Ontology)) == {ONTOLOGY}
    assert str(RG) == f"{ONTOLOGY}#"


def test_foops_voc1_the_metadata_come_from_well_known_vocabularies() -> None:
    known = tuple(PREFIXES[name] for name in HEADER_VOCABULARIES)
    assert all(
        str(name).startswith(known) for name in TRIPLES.predicates(ONTOLOGY) if name != RDF.type
    )


def test_foops_voc2_classes_and_properties_extend_those_of_other_vocabularies() -> None:
    parents = [
        str(parent)
        for term in CLASSES | PROPERTIES
        for link in (RDFS.subClassOf, RDFS.subPropertyOf)
        for parent in TRIPLES.objects(term, link)
    ]
    used = {name for name, space in PREFIXES.items() if any(p.startswith(space) for p in parents)}
    assert used >= {"dct", "eli", "foaf", "oa", "org", "prov", "schema", "skos"}


def test_foops_voc3_and_robot_missing_label_every_term_has_a_label() -> None:
    named = {*TRIPLES.subjects(RDFS.label), *TRIPLES.subjects(SKOS.prefLabel)}
    assert named >= OWN


def test_foops_voc4_and_oops_p08_every_term_has_a_definition_and_says_who_defines_it() -> None:
    assert not [term for term in OWN if (term, SKOS.definition, None) not in TRIPLES]
    assert not [term for term in OWN if TRIPLES.value(term, RDFS.isDefinedBy) != ONTOLOGY]


@pytest.mark.parametrize("syntax", ["turtle", "xml", "json-ld"])
def test_foops_rdf1_the_ontology_survives_each_syntax(syntax: str) -> None:
    triples = load_ontology()
    again = Graph().parse(data=triples.serialize(format=syntax), format=syntax)
    assert set(again) == set(triples)


# --- OOPS! ---------------------------------------------------------------------------------------


def test_oops_p03_no_property_is_called_is() -> None:
    assert not [term for term in PROPERTIES if own_label(term) in {"is", "is a", "same as"}]


def test_oops_p04_every_class_hangs_on_another() -> None:
    assert not [term for term in CLASSES if (term, RDFS.subClassOf, None) not in TRIPLES]


def test_oops_p06_no_class_or_property_is_its_own_ancestor() -> None:
    for link in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader):
        for term in OWN:
            ancestors = {a for p in TRIPLES.objects(term, link) for a in TRIPLES.transitive_objects(p, link)}  # fmt: skip
            assert term not in ancestors


def test_oops_p10_the_main_classes_are_pairwise_disjoint() -> None:
    main = [RG[name] for name in ("Recommendation", "Ask", "StatusAssessment", "Claim", "Instrument", "Passage")]  # fmt: skip
    main.append(URIRef(PREFIXES["foaf"] + "Agent"))
    apart = {frozenset(pair) for pair in TRIPLES.subject_objects(OWL.disjointWith)}
    wanted = {frozenset((a, b)) for a in main for b in main if a != b}
    assert apart >= wanted


def test_oops_p10_no_class_is_below_two_disjoint_ones() -> None:
    for term in CLASSES:
        above = set(TRIPLES.transitive_objects(term, RDFS.subClassOf))
        assert not [(a, b) for a, b in TRIPLES.subject_objects(OWL.disjointWith) if {a, b} <= above]


def test_oops_p11_and_p19_domains_and_ranges_are_left_to_the_shapes() -> None:
    assert (None, RDFS.domain, None) not in TRIPLES
    assert (None, RDFS.range, None) not in TRIPLES


def test_oops_p20_a_label_is_short_and_a_definition_is_a_sentence() -> None:
    for term in OWN:
        assert len(own_label(term).split()) <= 6
        assert len(own_definition(term).split()) > len(own_label(term).split())


def test_oops_p21_no_term_is_a_lumber_room() -> None:
    lumber = re.compile(r"\b(other|others|misc\w*|various|general|unknown thing)\b", re.IGNORECASE)
    assert not [term for term in OWN if lumber.search(own_label(term))]


def test_oops_p22_names_follow_one_convention() -> None:
    camel = re.compile(r"[a-z]+[0-9]*([A-Z][a-z0-9]*)*")
    assert not [t for t in CLASSES if not re.fullmatch(r"([A-Z][a-z]+)+", t.removeprefix(RG))]
    assert not [t for t in PROPERTIES | CONCEPTS if not camel.fullmatch(t.removeprefix(RG))]
    assert not [t for t in SCHEMES if not t.endswith("Scheme")]


def test_oops_p24_and_semic_sc_r5_no_term_stands_in_its_own_axioms() -> None:
    assert not [(s, p) for s, p, o in TRIPLES if s == o]


def test_oops_p32_and_robot_duplicate_label_no_two_terms_share_a_label() -> None:
    for kind in (CLASSES, PROPERTIES, CONCEPTS, SCHEMES):
        counted = Counter(own_label(term).casefold() for term in kind)
        assert not [name for name, times in counted.items() if times > 1]
    labels = Counter(str(name) for name in TRIPLES.objects(None, RDFS.label))
    assert not [name for name, times in labels.items() if times > 1]


def test_oops_p34_and_p35_every_class_and_property_in_use_is_typed() -> None:
    known = TRIPLES + REUSED
    for link in (RDFS.subClassOf, OWL.disjointWith):
        used = {*TRIPLES.subjects(link), *TRIPLES.objects(None, link)}
        assert not [term for term in used if (term, RDF.type, OWL.Class) not in known]
    used = {*TRIPLES.subjects(RDFS.subPropertyOf), *TRIPLES.objects(None, RDFS.subPropertyOf)}
    assert not [term for term in used if (term, RDF.type, None) not in known]


def test_oops_p36_no_address_ends_in_a_file_extension() -> None:
    assert not re.search(r"\.(ttl|owl|rdf|xml|jsonld|n3|html?)\b", f"{ONTOLOGY} {RG}")


def test_oops_p38_there_is_exactly_one_ontology_declaration() -> None:
    assert list(TRIPLES.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]


def test_oops_p39_the_namespace_is_written_in_full_in_each_file() -> None:
    folder = Path(str(files("ontology")))
    sources = [folder / "reform.ttl", *folder.glob("schemes/*.ttl")]
    assert all(f"@prefix rg: <{RG}> ." in source.read_text("utf-8") for source in sources)
    assert not [source for source in sources if "@base" in source.read_text("utf-8")]


def test_oops_p40_nothing_is_said_about_terms_of_others() -> None:
    external = "https://w3id.org/reformgraph/alignments#"
    subjects = {str(subject) for subject in TRIPLES.subjects()} - {str(ONTOLOGY)}
    assert not [subject for subject in subjects if not subject.startswith((str(RG), external))]


def test_oops_constructs_that_can_go_wrong_are_not_used() -> None:
    """Inverses, equivalences, chains, restrictions: without them their pitfalls cannot occur."""
    used = {*TRIPLES.predicates(), *TRIPLES.objects(None, RDF.type)}
    risky = [
        OWL.inverseOf, OWL.equivalentClass, OWL.equivalentProperty, OWL.propertyChainAxiom,
        OWL.Restriction, OWL.allValuesFrom, OWL.someValuesFrom, OWL.TransitiveProperty,
        OWL.SymmetricProperty, OWL.sameAs, OWL.imports,
    ]  # fmt: skip
    assert not used & set(risky)


def test_oops_p23_values_use_datatypes_of_xml_schema() -> None:
    types = {o.datatype for o in TRIPLES.objects() if isinstance(o, Literal) and o.datatype}
    assert types <= {XSD.date, XSD.integer}
    assert not typed(RDFS.Datatype)


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
    "multiple_labels": "?entity rdfs:label|skos:prefLabel ?a, ?b FILTER(STR(?a) != STR(?b))",
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
        texts = [*TRIPLES.objects(term, SKOS.definition), *names[:1]]
        assert len(texts) == 2
        assert len(set(names)) == 1
        assert {text.language for text in texts if isinstance(text, Literal)} == {"en"}


def test_semic_gc_r4_the_words_are_british() -> None:
    american = re.compile(
        r"\b\w*(organiz|recogniz|normaliz|center|color|behavior|favor|labor|defense|labeled)\w*\b",
        re.IGNORECASE,
    )
    texts = [str(o) for o in TRIPLES.objects() if isinstance(o, Literal)]
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


# --- the table of what is met, and what is not -----------------------------------------------------


def documented() -> list[list[str]]:
    """The rows of docs/ontology-quality.md: check, result, test or reason."""
    lines = DOCUMENTED.read_text("utf-8").splitlines()
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line[:1] == "|"]
    return [row for row in cells if row[1] in {"met", "not met", "by review", "waived"}]


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
    assert sorted(row[0].split(" ", 2)[0] + " " + row[0].split(" ", 2)[1] for row in documented()) == sorted(wanted)  # fmt: skip


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


def test_the_table_is_in_the_order_of_the_lists() -> None:
    lists = [row[0].split()[0] for row in documented()]
    order = ["FOOPS", "OOPS", "ROBOT", "SEMIC"]
    assert all(order.index(a) <= order.index(b) for a, b in pairwise(lists))
