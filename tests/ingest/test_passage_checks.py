"""Passages are looked up in the documents at hand, and what became of each is told."""

import datetime as dt
import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.documents import Documents
from ingest.facts import CorpusFile
from ingest.passage_checks import check_passages, counted
from ingest.passages import Verdict
from ingest.pipeline import build
from ingest.reading import Corpus, Curation, LoadedFile
from ingest.sources import Document, SourceFile
from ingest.tables.rows import row_passage
from ingest.tables.structure import Row, Table
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


def test_a_row_is_looked_up_in_its_table_whoever_wrote_it_down(tmp_path: Path) -> None:
    """A person links a row of a workbook: nothing reads the workbook as a text."""
    with zipfile.ZipFile(tmp_path / "list.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    digest = hashlib.sha256((tmp_path / "list.xlsx").read_bytes()).hexdigest()
    at, row = dt.datetime(2026, 2, 1, tzinfo=dt.UTC), Row(2, ("Light the locks", "Tresmark"))
    document = Document(
        id="the-list", title="The list", publisher="watch", kind="recommendationList",
        language="en", recorded=at, recorded_by="clerks", read="whole", review="imported",
        file=SourceFile(name="list.xlsx", sha256=digest, characters=1),
    )  # fmt: skip
    files = [
        LoadedFile("journal.jsonl", CorpusFile.model_construct(
            format=1, document=document, passages=passages
        ), number=number, curation=Curation(f"d{number}", "clerks", at, "stated by Bea"))
        for number, passages in enumerate([{"row-2": row_passage(row, "Row 2")}, {}], 1)
    ]  # fmt: skip
    places = {("passage", "the-list/row-2"): ("journal.jsonl", 1)}
    documents = Documents(tmp_path)
    table = Table("list.xlsx", ("Text", "To"), (row,), 40)
    checks = check_passages(Corpus(files, places), documents, {"the-list": table}.get)
    assert [check.verdict for check in checks] == [Verdict.VERIFIED]
    assert documents.unread == {}
    (gone,) = check_passages(Corpus(files, places), documents)
    assert gone.detail == "The file is not at hand, so the row was not looked up."
