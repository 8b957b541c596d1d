"""Each entry becomes triples in the ontology's terms, and hangs on its passage."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, SKOS, XSD

from ingest.entities import ACTOR_CLASSES
from ingest.fields import RelationName
from ingest.pipeline import build
from ingest.triples import RELATIONS
from ontology.identifiers import iri, passage_iri, selector_iri
from ontology.terms import OA, RG, SKOSXL, scheme

Write = Callable[..., Path]
ASK = passage_iri("harbour-watch-2024", "ask")


def _graph(folder: Path) -> Graph:
    return build(folder).data()


def test_a_status_is_somebodys_statement_and_no_property_of_the_recommendation(
    corpus_folder: Write,
) -> None:
    data = _graph(corpus_folder())
    node = iri("assessment", "fees-not-adopted")
    assert data.value(node, RG.assesses) == iri("recommendation", "publish-every-fee")
    assert data.value(node, RG.status) == RG.notAdopted
    assert data.value(node, RG.axis) == RG.adoptionScheme
    assert data.value(node, PROV.wasAttributedTo) == iri("actor", "harbour-watch")
    assert data.value(node, RG.assessorRelation) == RG.issuer
    assert not list(data.triples((iri("recommendation", "publish-every-fee"), RG.status, None)))


def test_a_title_is_in_the_language_of_its_text_unless_the_file_says_another(
    corpus_folder: Write,
) -> None:
    report = iri("document", "harbour-watch-2024")
    for written, told in (
        ("language: fr", "fr"), ("language: fr\n  title_language: en", "en"),
    ):  # fmt: skip
        title = _graph(corpus_folder(("language: en", written))).value(report, DCTERMS.title)
        assert title == Literal("Yearly notes", lang=told)


def test_a_record_time_comes_from_the_file_and_is_told_in_utc(corpus_folder: Write) -> None:
    data = _graph(corpus_folder())
    recorded = data.value(iri("assessment", "fees-not-adopted"), PROV.generatedAtTime)
    assert recorded == Literal("2026-01-01T10:00:00Z", datatype=XSD.dateTime)


def test_a_passage_has_offsets_hashes_and_words_and_no_sentence(corpus_folder: Write) -> None:
    data = _graph(corpus_folder())
    assert data.value(selector_iri(ASK, "position"), OA.start) == Literal(14)
    fragment = str(data.value(selector_iri(ASK, "words"), RDF.value))
    assert fragment.startswith(":~:text=Harbour%20Watch%20asks")
    assert not any("publish every fee before" in str(value) for value in data.objects())


def test_words_seen_without_the_text_at_hand_lead_to_their_place_too(corpus_folder: Write) -> None:
    seen = "{section: Page, locator: paragraph 2, first: Fees were, last: no list.}"
    data = _graph(corpus_folder(("passages:\n", f"passages:\n  seen: {seen}\n")))
    passage = passage_iri("harbour-watch-2024", "seen")
    fragment = data.value(selector_iri(passage, "words"), RDF.value)
    assert str(fragment) == ":~:text=Fees%20were,no%20list."
    assert data.value(selector_iri(passage, "position"), OA.start) is None
    assert data.value(passage, RG.sha256Raw) is None


def test_a_document_tells_when_and_as_far_as_where_it_was_read(corpus_folder: Write) -> None:
    told = "read_on: 2026-11-22\n  read_note: The first page, in a copy.\n  recorded:"
    data = _graph(corpus_folder(("recorded:", told)))
    document = iri("document", "harbour-watch-2024")
    assert data.value(document, RG.readOn) == Literal("2026-11-22", datatype=XSD.date)
    assert str(data.value(document, RG.readNote)) == "The first page, in a copy."


def test_a_coarse_date_is_no_issue_day(corpus_folder: Write) -> None:
    coarse = _graph(corpus_folder())
    document = iri("document", "harbour-watch-2024")
    assert coarse.value(document, DCTERMS.issued) is None
    assert coarse.value(document, RG.latest) == Literal("2024-06-30", datatype=XSD.date)
    exact = _graph(corpus_folder(("issued: 2024-06", "issued: 2024-06-07")))
    assert exact.value(document, DCTERMS.issued) == Literal("2024-06-07", datatype=XSD.date)


def test_a_document_without_a_date_says_so(corpus_folder: Write) -> None:
    data = _graph(corpus_folder(("  issued: 2024-06\n", "")))
    document = iri("document", "harbour-watch-2024")
    assert data.value(document, RG.dateStatus) == RG.notGivenBySource
    assert data.value(document, RG.earliest) is None


def test_a_link_is_an_edge_and_a_statement_with_its_passage(corpus_folder: Write) -> None:
    data = _graph(corpus_folder())
    edge = (iri("actor", "harbour-watch"), ORG.linkedTo, iri("actor", "harbour-board"))
    assert edge in data
    assert data.value(iri("relation", "watch-linked"), RG.evidence) == ASK


def test_an_allegation_is_never_a_plain_edge(corpus_folder: Write) -> None:
    data = _graph(corpus_folder(("relation: linkedTo", "allegation: true\n    relation: linkedTo")))
    edge = (iri("actor", "harbour-watch"), ORG.linkedTo, iri("actor", "harbour-board"))
    assert edge not in data
    assert data.value(iri("relation", "watch-linked"), RDF.object) == edge[2]


def test_a_spelling_keeps_the_passage_in_which_it_stands(corpus_folder: Write) -> None:
    data = _graph(corpus_folder())
    spelling = data.value(iri("actor", "harbour-watch"), SKOSXL.altLabel)
    assert data.value(spelling, SKOSXL.literalForm) == Literal("HW", lang="en")
    assert data.value(spelling, RG.evidence) == ASK
    assert (iri("actor", "harbour-watch"), SKOS.altLabel, Literal("HW", lang="en")) in data


def test_every_statement_of_the_graph_hangs_on_a_passage(corpus_folder: Write) -> None:
    data = _graph(corpus_folder())
    for kind in (RG.Recommendation, RG.StatusAssessment, RG.Relation, RG.ReformProcess):
        for node in data.subjects(RDF.type, kind):
            assert isinstance(data.value(node, RG.evidence), URIRef), node


def test_every_word_a_corpus_may_write_has_its_term() -> None:
    assert set(RELATIONS) == set(get_args(RelationName))
    assert set(ACTOR_CLASSES) == set(scheme("actorKind"))
