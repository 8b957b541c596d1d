"""The ontology against the checklists of FOOPS! and OOPS!, as far as they run without the net."""

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS, VANN, XSD

from ontology.terms import DCT, ONTOLOGY, PREFIXES, RG, VERSION, load_ontology

TRIPLES = load_ontology(alignments=True)
REUSED = Graph().parse(
    data=(files("ontology") / "support" / "reused-terms.ttl").read_text("utf-8"), format="turtle"
)
BIBO = Namespace("http://purl.org/ontology/bibo/")
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
    names = [*TRIPLES.objects(term, RDFS.label), *TRIPLES.objects(term, SKOS.prefLabel)]
    return next(str(name) for name in names if getattr(name, "language", None) in (None, "en"))


def own_definition(term: URIRef) -> str:
    return str(TRIPLES.value(term, SKOS.definition))


def header(*properties: URIRef) -> None:
    """Fail unless the ontology's header has each of the properties."""
    missing = [name for name in properties if (ONTOLOGY, name, None) not in TRIPLES]
    assert not missing


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
            above = set(TRIPLES.objects(term, link))
            assert term not in {a for p in above for a in TRIPLES.transitive_objects(p, link)}


def test_oops_p10_the_main_classes_are_pairwise_disjoint() -> None:
    names = ["Recommendation", "Ask", "StatusAssessment", "Claim", "Instrument", "Passage"]
    main = [*(RG[name] for name in names), URIRef(PREFIXES["foaf"] + "Agent")]
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
        assert not [
            term for term in used if (term, RDF.type, OWL.Class) not in known and term not in RDF
        ]
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
