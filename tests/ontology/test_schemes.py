"""The closed lists of words: complete, ordered, and the words of law 1 of the design."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SH, SKOS

from ontology.terms import LANGUAGES, RG, load_ontology, scheme, scheme_iri, scheme_names

HERE = Path(str(files("ontology")))
TRIPLES = load_ontology(alignments=True)
WORDS = {
    "response": "noResponseRecorded acknowledged accepted acceptedInPart rejected",
    "adoption": "adopted partiallyAdopted notAdopted notAddressed contraryMeasure "
    "underConsideration overtaken noInformation",
    "practice": "inPractice partlyInPractice notInPractice claimedInPractice noInformation",
    "basis": "textRead issuerReported addresseeReported thirdPartyReported curatorInferred",
    "relationToRecommendation": "issuer addressee thirdParty curator",
    "lineage": "repeats narrows broadens replaces",
    "stance": "asserts denies doubts",
    "safeguard": "access deletion appeal provisionalMeasures independentBody reasons hearing "
    "compensation",
}


@pytest.mark.parametrize("name", WORDS)
def test_a_list_holds_exactly_its_words_in_their_order(name: str) -> None:
    assert list(scheme(name)) == WORDS[name].split()


@pytest.mark.parametrize("name", scheme_names())
def test_a_list_has_title_definition_and_at_least_two_words(name: str) -> None:
    iri = scheme_iri(name)
    assert isinstance(TRIPLES.value(iri, DCTERMS.title), Literal)
    assert TRIPLES.value(iri, DCTERMS.title) in TRIPLES.objects(iri, SKOS.prefLabel)
    assert isinstance(TRIPLES.value(iri, SKOS.definition), Literal)
    assert len(scheme(name)) >= 2


@pytest.mark.parametrize("name", scheme_names())
def test_every_list_and_its_words_have_one_label_in_each_of_four_languages(name: str) -> None:
    iri = scheme_iri(name)
    for term in [iri, *(RG[word] for word in scheme(name))]:
        labels = list(TRIPLES.objects(term, SKOS.prefLabel))
        assert sorted(str(label.language) for label in labels) == sorted(LANGUAGES), term
        assert all(label.strip() == str(label) != "" for label in labels), term
    for language in LANGUAGES:
        words = [label.casefold() for label in scheme(name, language).values()]
        assert len(set(words)) == len(words), language


def test_arabic_labels_are_in_arabic_letters_and_the_others_in_latin_ones() -> None:
    arabic = re.compile(r"[\u0600-\u06ff ]+")
    for word in (RG[name] for listed in scheme_names() for name in scheme(listed)):
        for label in TRIPLES.objects(word, SKOS.prefLabel):
            assert bool(arabic.fullmatch(label)) == (label.language == "ar"), label


@pytest.mark.parametrize("name", scheme_names())
def test_every_word_of_a_list_is_a_top_concept_with_a_place_of_its_own(name: str) -> None:
    iri = scheme_iri(name)
    words = set(TRIPLES.subjects(SKOS.inScheme, iri))
    assert words == set(TRIPLES.subjects(SKOS.topConceptOf, iri))
    places = [TRIPLES.value(word, SH.order) for word in words]
    assert None not in places
    assert len(set(places)) == len(places)


def test_each_list_has_a_file_of_its_own_name() -> None:
    for source in HERE.glob("schemes/*.ttl"):
        held = list(Graph().parse(source).subjects(RDF.type, SKOS.ConceptScheme))
        first, *more = source.stem.split("-")
        assert held == [RG[first + "".join(word.capitalize() for word in more) + "Scheme"]]


def test_every_word_of_ours_is_in_a_list() -> None:
    words = {w for w in TRIPLES.subjects(RDF.type, SKOS.Concept) if str(w).startswith(RG)}
    assert not [word for word in words if (word, SKOS.inScheme, None) not in TRIPLES]


def test_only_no_information_and_curator_serve_two_lists() -> None:
    words = {w for w in TRIPLES.subjects(RDF.type, SKOS.Concept) if str(w).startswith(RG)}
    shared = {w for w in words if len(list(TRIPLES.objects(w, SKOS.inScheme))) > 1}
    assert shared == {RG.noInformation, RG.curator}


def test_what_is_computed_is_no_word() -> None:
    words = {word for name in scheme_names() for word in scheme(name)}
    assert not words & {"unassessed", "contested", "notStated", "oneVoice"}


# --- mappings to the words of others --------------------------------------------------------------


def test_every_foreign_status_word_is_matched_to_one_of_ours() -> None:
    ours = {RG[word] for axis in ("response", "adoption", "practice") for word in scheme(axis)}
    foreign = {
        word for word in TRIPLES.subjects(RDF.type, SKOS.Concept) if not str(word).startswith(RG)
    }
    assert len(foreign) == 20
    for word in foreign:
        matched = {
            target
            for link in (SKOS.closeMatch, SKOS.relatedMatch)
            for target in TRIPLES.objects(word, link)
        }
        assert matched
        assert matched <= ours


def test_no_match_is_called_exact() -> None:
    assert (None, SKOS.exactMatch, None) not in TRIPLES


def test_a_word_is_close_to_one_word_of_an_axis_at_most() -> None:
    for word in TRIPLES.subjects(SKOS.inScheme):
        close = list(TRIPLES.objects(word, SKOS.closeMatch))
        assert len(close) <= 1
        assert not set(close) & set(TRIPLES.objects(word, SKOS.relatedMatch))


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("humanRightsCommitteeA", "adopted"),
        ("humanRightsCommitteeD", "noResponseRecorded"),
        ("humanRightsCommitteeE", "contraryMeasure"),
        ("universalPeriodicReviewSupported", "accepted"),
        ("gaoClosedNotImplemented", "notAdopted"),
    ],
)
def test_a_grade_is_close_to_the_word_that_means_it(foreign: str, ours: str) -> None:
    word = URIRef(f"https://w3id.org/reformgraph/alignments#{foreign}")
    assert list(TRIPLES.objects(word, SKOS.closeMatch)) == [RG[ours]]


@pytest.mark.parametrize(
    "foreign", ["humanRightsCommitteeC", "universalPeriodicReviewNoted", "gaoOpen"]
)
def test_a_word_wider_than_any_of_ours_is_close_to_none(foreign: str) -> None:
    word = URIRef(f"https://w3id.org/reformgraph/alignments#{foreign}")
    assert list(TRIPLES.objects(word, SKOS.relatedMatch))
    assert not list(TRIPLES.objects(word, SKOS.closeMatch))
