"""Passages are looked up in the documents at hand, and what became of each is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.documents import Documents
from ingest.passage_checks import check_passages, counted
from ingest.passages import Verdict
from ingest.pipeline import build
from ontology.identifiers import passage_iri

Write = Callable[..., Path]
NAME = "notes.txt"


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (lambda text: text, Verdict.VERIFIED),
        (lambda text: "New first line.\n" + text, Verdict.MOVED),
        (lambda text: text.replace("every fee", "no fee"), Verdict.CHANGED),
    ],
    ids=["as read", "moved", "changed"],
)
def test_a_passage_is_looked_up_in_the_document_at_hand(
    corpus_folder: Write,
    tmp_path: Path,
    notes: str,
    change: Callable[[str], str],
    verdict: Verdict,
) -> None:
    (tmp_path / NAME).write_text(change(notes), encoding="utf-8")
    checks = check_passages(build(corpus_folder()).corpus, Documents(tmp_path))
    found = {check.iri: check for check in checks}[str(passage_iri("harbour-watch-2024", "ask"))]
    assert found.verdict is verdict
    assert found.origin.file == "harbour.yaml"
    assert sum(counted(checks).values()) == 2


def test_a_passage_that_gives_a_withheld_name_away_is_told(
    corpus_folder: Write, tmp_path: Path, notes: str
) -> None:
    (tmp_path / NAME).write_text(notes, encoding="utf-8")
    watch = notes.index("Harbour Watch")
    withheld = f"  withheld: [[{watch}, {watch + 13}]]\n  recorded_by"
    checks = check_passages(
        build(corpus_folder(("  recorded_by", withheld))).corpus, Documents(tmp_path)
    )
    assert counted(checks)["exposes a withheld name"] == 1


def test_without_documents_every_passage_is_not_at_hand(corpus_folder: Write) -> None:
    checks = check_passages(build(corpus_folder()).corpus, Documents())
    assert counted(checks)["document not at hand"] == 2


def test_a_line_end_that_is_gone_exposes_no_name(
    corpus_folder: Write, tmp_path: Path, notes: str
) -> None:
    """In another copy nobody can tell whether a passage is a whole sentence."""
    copy = notes.replace("\n", " ")
    (tmp_path / NAME).write_text(copy, encoding="utf-8")
    inside = notes.index("publish")
    withheld = f"  withheld: [[{inside}, {inside + 7}]]\n  recorded_by"
    corpus = build(corpus_folder(("  recorded_by", withheld))).corpus
    assert counted(check_passages(corpus, Documents(tmp_path)))["verified"] == 2


def test_a_file_that_cannot_be_read_breaks_no_other_check(
    corpus_folder: Write, tmp_path: Path
) -> None:
    (tmp_path / NAME).write_bytes(b"")
    documents = Documents(tmp_path)
    checks = check_passages(build(corpus_folder()).corpus, documents)
    assert counted(checks)["document not at hand"] == 2
    assert {check.detail for check in checks} == {documents.unread["harbour-watch-2024"]}
