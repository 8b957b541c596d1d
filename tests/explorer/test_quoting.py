"""The words of a passage come from the user's own copy, verified, and without withheld names."""

import re
from pathlib import Path

import pytest

from explorer.quoting import Quote, passage_card, quote
from explorer.session import Session, current, current_corpus
from ingest.documents import Documents
from ingest.drafting import WITHHELD
from ingest.passages import Verdict
from ontology.identifiers import passage_iri

VOTE = str(passage_iri("ombrel-courier-2013", "vote"))


@pytest.fixture
def session(other_reform: Path) -> Session:
    assert other_reform.is_dir()
    return current()


def _withhold(corpus: Path, spans: str) -> None:
    path = corpus / "ombrel-courier-2013.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("  read: whole", f"  withheld: {spans}\n  read: whole", 1), "utf-8"
    )


def test_a_passage_stands_in_its_surroundings(session: Session) -> None:
    told = quote(session, VOTE)
    assert told.verdict is Verdict.VERIFIED
    assert told.words.startswith("The Council votes on")
    assert told.before
    assert told.after.strip()
    assert not told.after[-1:].isspace()


def test_without_a_folder_no_words_are_shown(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REFORMGRAPH_DOCUMENTS")
    assert quote(current(), VOTE) == Quote(Verdict.NOT_AT_HAND)
    assert session.settings.documents is not None


def test_a_moved_passage_is_shown_where_it_stands_now(other_reform: Path) -> None:
    path = other_reform / "ombrel-courier-2013.txt"
    path.write_text("A line before.\n" + path.read_text("utf-8"), "utf-8")
    told = quote(current(), VOTE)
    assert told.verdict is Verdict.MOVED
    assert told.words.startswith("The Council votes on")


def test_a_changed_passage_shows_no_words(other_reform: Path) -> None:
    path = other_reform / "ombrel-courier-2013.txt"
    path.write_text(path.read_text("utf-8").replace("The Council votes", "Nobody votes"), "utf-8")
    told = quote(current(), VOTE)
    assert told == Quote(Verdict.CHANGED)
    assert "not in your copy" in passage_card(current(), VOTE)


def test_a_withheld_name_is_left_out(other_reform: Path) -> None:
    text = (other_reform / "ombrel-courier-2013.txt").read_text("utf-8")
    name = "Odo Brankel"
    start = text.index(name)
    _withhold(other_reform, f"[[{start}, {start + len(name)}]]")
    for key in ("vote", "candidates"):
        told = quote(current(), str(passage_iri("ombrel-courier-2013", key)))
        assert name not in told.before + told.words + told.after
    assert WITHHELD in told.words


def test_in_another_copy_names_cannot_be_found_so_no_words_are_shown(other_reform: Path) -> None:
    _withhold(other_reform, "[[105, 116]]")
    path = other_reform / "ombrel-courier-2013.txt"
    path.write_text("A line before.\n" + path.read_text("utf-8"), "utf-8")
    told = quote(current(), VOTE)
    assert (told.before, told.words, told.after) == ("", "", "")
    assert "its words are not shown" in passage_card(current(), VOTE)


def test_where_the_same_bytes_give_another_text_no_words_are_shown(other_reform: Path) -> None:
    """Withheld spans are offsets, and another version of a reader may give other ones."""
    _withhold(other_reform, "[[105, 116]]")
    path = other_reform / "ombrel-courier-2013.yaml"
    text = path.read_text("utf-8")
    recorded = re.search(r"characters: (\d+)", text)
    assert recorded
    path.write_text(text.replace(recorded[0], f"characters: {int(recorded[1]) + 1}"), "utf-8")
    told = quote(current(), VOTE)
    assert (told.before, told.words, told.after) == ("", "", "")


def test_a_link_that_leads_nowhere_breaks_nothing(other_reform: Path) -> None:
    (other_reform / "gone.txt").symlink_to(other_reform / "nowhere.txt")
    assert quote(current(), VOTE).verdict is Verdict.VERIFIED


def test_no_shipped_passage_shows_a_withheld_name(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFORMGRAPH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("REFORMGRAPH_DOCUMENTS", str(documents))
    session, shown = current(), 0
    for file in current_corpus().files:
        document = file.facts.document
        if document.file is None or not document.withheld:
            continue
        source = Documents(documents).find(document.id, document.file.name, document.file.sha256)
        assert source is not None
        names = {source.text[a:b] for a, b in document.withheld}
        for key in file.facts.passages:
            told = quote(session, str(passage_iri(document.id, key)))
            # Not even the message may tell the name.
            assert not any(name in told.before + told.words + told.after for name in names), key
            shown += WITHHELD in told.before + told.words + told.after
    assert shown > 3
