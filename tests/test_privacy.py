"""No affected person's name leaves the documents: not into files, snapshots, answers, pictures."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from rdflib.namespace import FOAF, RDF

from ingest.documents import Documents
from ingest.months import month_of
from ingest.passage_checks import check_passages
from ingest.passages import Verdict, normalise
from ingest.pipeline import Snapshot, build
from ingest.reading import shipped_corpus
from ontology.identifiers import parse, tells_nothing
from ontology.terms import RG


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return build(shipped_corpus())


@pytest.fixture(scope="module")
def names(snapshot: Snapshot, documents: Path) -> list[str]:
    """Return the withheld names, read from the documents, without those told in a public role."""
    public = {
        normalise(name)
        for _, actor in snapshot.corpus.entries("actors")
        for name in (actor.label or "", *(alias.name for alias in actor.aliases))
    }
    found = set()
    for file in snapshot.corpus.files:
        document = file.facts.document
        if not document.withheld:
            continue
        assert document.file is not None
        source = Documents(documents).find(document.id, document.file.name, document.file.sha256)
        assert source is not None, f"{document.file.name} is not at hand"
        found |= {normalise(source.text[a:b]) for a, b in document.withheld}
    surnames_told_openly = {word for name in public for word in name.split()}
    return sorted(found - public - surnames_told_openly)


def _assert_absent(names: list[str], text: str, where: str) -> None:
    # A fragment of an address is percent-encoded.
    plain = normalise(f"{text} {unquote(text)}").casefold()
    for name in names:
        # Not even the test's own message may tell the name.
        held = re.search(rf"\b{re.escape(name.casefold())}\b", plain) is None
        assert held, f"a withheld name stands in {where}"


def test_names_are_withheld_at_all(names: list[str]) -> None:
    assert len(names) >= 5


def test_no_file_of_the_project_holds_a_withheld_name(
    names: list[str], project_texts: dict[str, str]
) -> None:
    for path, text in project_texts.items():
        _assert_absent(names, path, "a file name")
        _assert_absent(names, text, path)


def test_no_snapshot_holds_a_withheld_name(names: list[str], snapshot: Snapshot) -> None:
    _assert_absent(names, snapshot.to_bytes().decode("utf-8"), "the snapshot")


def test_no_passage_gives_a_withheld_name_away(snapshot: Snapshot, documents: Path) -> None:
    checks = check_passages(snapshot.corpus, Documents(documents))
    assert [check.iri for check in checks if check.verdict is Verdict.EXPOSED] == []


def test_a_case_is_linked_to_no_person(snapshot: Snapshot) -> None:
    data = snapshot.data()
    people = set(data.subjects(RDF.type, FOAF.Person))
    cases = set(data.subjects(RDF.type, RG.DocumentedCase))
    of_a_case = cases | set(data.subjects(RG.inCase))
    assert people
    assert of_a_case
    for node in of_a_case | {s for s in data.subjects() if set(data.objects(s)) & of_a_case}:
        assert not set(data.objects(node)) & people, node
    for person in people:
        assert not set(data.objects(person)) & of_a_case, person


def test_every_shipped_case_is_told_as_its_source_published_it_by_month(snapshot: Snapshot) -> None:
    data, record = snapshot.data(), snapshot.record()
    assert snapshot.held.lines() == []
    cases = set(data.subjects(RDF.type, RG.DocumentedCase))
    assert cases == set(record.subjects(RDF.type, RG.DocumentedCase))
    for case in cases:
        assert set(record.objects(case, RG.disclosure)) == {RG.publishedBySource}, case
        assert tells_nothing(*parse(case)), case
    steps = set(data.subjects(RG.inCase))
    assert len(steps) >= 20
    for node in steps | cases:
        assert tells_nothing(*parse(node)), node
        for date in data.objects(node, RG.edtf):
            assert month_of(str(date)) == str(date), node
