"""The invented corpus is a fair second subject: complete, verified, and none of it is real."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.documents import Documents
from ingest.facts import CorpusFile
from ingest.passage_checks import check_passages
from ingest.pipeline import build
from ingest.reading import SECTIONS, shipped_corpus
from ontology.terms import scheme, scheme_names
from ontology.validation import validate

FOLDER = Path(__file__).parent / "another_reform"


@pytest.fixture(scope="module")
def snapshot():
    return build(FOLDER)


def test_every_passage_stands_in_its_document(snapshot):
    checks = check_passages(snapshot.corpus, Documents(FOLDER))
    assert len(checks) > 50
    assert {check.verdict.value for check in checks} == {"verified"}


def test_it_breaks_no_rule(snapshot):
    graves = [one for one in validate(snapshot.data()) if one.severity == "Violation"]
    assert graves == []


def test_it_holds_every_kind_of_entry(snapshot):
    for section in SECTIONS:
        assert list(snapshot.corpus.entries(section)), section
    assert set(SECTIONS) | {"format", "document", "passages"} == set(CorpusFile.model_fields)


def test_it_shares_no_actor_but_the_curator_with_the_shipped_corpus(snapshot):
    ours = {entry.id for _, entry in snapshot.corpus.entries("actors")}
    theirs = {entry.id for _, entry in build(shipped_corpus()).corpus.entries("actors")}
    assert ours & theirs == {"reformgraph-maintainers"}


def test_it_speaks_of_every_axis_and_most_words(snapshot):
    used = {entry.status for _, entry in snapshot.corpus.entries("assessments")}
    assert "accepted" in used
    assert {"adopted", "partiallyAdopted", "notAdopted", "notAddressed"} <= used
    assert {"contraryMeasure", "underConsideration", "noInformation"} <= used
    assert {"claimedInPractice", "notInPractice"} <= used
    assert used <= {word for name in scheme_names() for word in scheme(name)}
