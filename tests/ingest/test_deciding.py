"""Decisions: checked against all that is known, folded into the facts, taken back one by one."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.deciding import Desk, UndescribedError
from ingest.decisions import Declaration, Record, Reminder, Verdict
from ingest.drafting import Place, assessment, recommendation, section_at
from ingest.extraction import RULES_VERSION
from ingest.facts import Facts
from ingest.folding import reviewer_id
from ingest.imports import Source
from ingest.objections import BrokenRulesError, RefusedError
from ingest.pipeline import snapshot_of
from ingest.quotes import stretch
from ingest.readers import Reading, read_bytes
from ingest.reviewing import Waiting, pick
from ingest.sources import Actor
from ontology.errors import NotFoundError, StoreError, UsageError
from ontology.identifiers import iri

LETTER = (
    "Open letter on tides\n\n"
    "We call on the Harbour Board to print the tide tables in two languages. "
    "We urge the Harbour Board to dredge the old basin and to mark the reef.\n\n"
    "In 2025 the Harbour Board rejected the proposal of Petra Quill to mark the reef.\n"
)
AGAIN = dt.date(2026, 5, 1)
Folder = Callable[..., Path]


@pytest.fixture
def desk(corpus_folder: Folder, tmp_path: Path) -> Desk:
    return Desk(corpus_folder(), tmp_path / "home")


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory, small: str) -> Path:
    """The workspace with the letter taken in and described, made once since that takes a while."""
    folder = tmp_path_factory.mktemp("described")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "harbour.yaml").write_text(small, encoding="utf-8")
    desk = Desk(folder / "corpus", folder / "home")
    data = LETTER.encode()
    desk.take_in("Ada", read_bytes(data, "letter.txt"), data, ident="letter")
    desk.describe("Ada", "letter", {"publisher": "harbour-watch", "kind": "openLetter"})
    return folder / "home"


@pytest.fixture
def letter(desk: Desk, described: Path) -> Desk:
    """A desk with a described letter."""
    shutil.copytree(described, desk.journal.path.parent)
    return desk


def ask(desk: Desk, words: str) -> Waiting:
    return next(one for one in desk.waiting("letter") if words in one.candidate.text)


def facts_of(desk: Desk, *spans: tuple[int, int], label: str = "Print tides twice") -> Facts:
    return recommendation(
        "letter",
        desk.place("letter", spans),
        {
            "label": label, "summary": label, "issuers": ["harbour-watch"],
            "addressees": ["harbour-board"], "asks": ["publish-fees"], "themes": ["fees"],
        },
    )  # fmt: skip


def accept(desk: Desk, words: str, who: str = "Ada", label: str = "Print tides twice") -> Record:
    one = ask(desk, words)
    facts = facts_of(desk, one.span(LETTER, []), label=label)
    return desk.record(
        who,
        Verdict(action="accept", document="letter", proposals=[one.proposal()], facts=facts),
    )


def recommendations(desk: Desk) -> list[str]:
    return [entry.id for _, entry in desk.corpus().entries("recommendations")]


def test_a_proposal_says_nothing_in_the_graph_until_somebody_accepts_it(letter: Desk) -> None:
    before = snapshot_of(letter.corpus()).to_bytes()
    assert ask(letter, "tide tables").state == "open"
    record = accept(letter, "tide tables")
    assert ask(letter, "tide tables").state == "accept"
    node = f"/recommendation/{record.decision.facts.recommendations[0].id}>"
    assert node.encode() not in before
    assert node.encode() in snapshot_of(letter.corpus()).to_bytes()


def test_the_record_tells_which_rule_proposed_what_and_keeps_no_words_of_it(letter: Desk) -> None:
    record = accept(letter, "tide tables")
    proposal = record.decision.proposals[0]
    assert LETTER[proposal.start : proposal.end].startswith("call on the Harbour Board")
    assert (proposal.rule, proposal.rules_version) == ("own voice", RULES_VERSION)
    assert proposal.addressees == ["harbour-board"]
    assert "tide tables in two" not in letter.journal.path.read_text()


def test_the_graph_tells_who_decided_when_and_on_what_proposal(letter: Desk) -> None:
    record = accept(letter, "tide tables")
    told = snapshot_of(letter.corpus()).to_bytes().decode()
    curation = iri("curation", record.id)
    assert f"<{curation}>" in told
    by_rule = f"rule own voice (version {RULES_VERSION})"
    assert f'"decided by Ada on a proposal of {by_rule}"@en' in told
    assert f"<{iri('actor', 'reviewer-ada')}>" in told


def test_a_rejected_and_an_unsure_proposal_say_nothing(letter: Desk) -> None:
    before = snapshot_of(letter.corpus()).to_bytes()
    for action, words in (("reject", "tide tables"), ("unsure", "old basin")):
        proposals = [ask(letter, words).proposal()]
        letter.record(
            "Ada", Verdict(action=action, document="letter", proposals=proposals, reason="Why not.")
        )
        assert ask(letter, words).state == action
    assert snapshot_of(letter.corpus()).to_bytes() == before


def test_two_people_cannot_decide_the_same_words(letter: Desk) -> None:
    accept(letter, "tide tables", who="Ada")
    with pytest.raises(RefusedError, match="Ada has decided this already"):
        accept(letter, "tide tables", who="Bo")
    assert len(letter.journal.read().records) == 3


def test_what_somebody_was_unsure_about_can_still_be_decided(letter: Desk) -> None:
    proposals = [ask(letter, "tide tables").proposal()]
    letter.record("Bo", Verdict(action="unsure", document="letter", proposals=proposals))
    accept(letter, "tide tables", who="Ada")
    assert ask(letter, "tide tables").state == "accept"


def test_several_proposals_can_be_merged_and_one_can_be_split(letter: Desk) -> None:
    two = [ask(letter, "old basin"), ask(letter, "mark the reef")]
    merged = facts_of(letter, *(one.span(LETTER, []) for one in two), label="Dredge and mark")
    proposals = [one.proposal() for one in two]
    letter.record(
        "Ada", Verdict(action="accept", document="letter", proposals=proposals, facts=merged)
    )
    assert {ask(letter, w).state for w in ("old basin", "mark the reef")} == {"accept"}
    assert len(merged.recommendations[0].passages) == 2

    one = ask(letter, "tide tables")
    start = one.candidate.start
    parts = [facts_of(letter, span, label=label) for span, label in (
        ((start, start + 40), "Print them"), ((start + 44, one.candidate.end), "In two languages")
    )]  # fmt: skip
    both = Facts(
        passages={**parts[0].passages, **parts[1].passages},
        recommendations=[*parts[0].recommendations, *parts[1].recommendations],
    )
    letter.record(
        "Ada",
        Verdict(action="accept", document="letter", proposals=[one.proposal()], facts=both),
    )
    assert len(recommendations(letter)) == 4


def test_undo_takes_back_one_decision_and_touches_no_other(letter: Desk) -> None:
    empty = snapshot_of(letter.corpus()).to_bytes()
    first = accept(letter, "tide tables", label="First")
    alone = snapshot_of(letter.corpus()).to_bytes()
    second = accept(letter, "old basin", label="Second")
    letter.undo("Bo", str(second.number))
    assert snapshot_of(letter.corpus()).to_bytes() == alone
    letter.undo("Bo", first.id)
    assert snapshot_of(letter.corpus()).to_bytes() == empty
    assert ask(letter, "tide tables").state == "open"


def test_an_undo_can_be_undone_and_nothing_is_taken_back_twice(letter: Desk) -> None:
    record = accept(letter, "tide tables")
    after = snapshot_of(letter.corpus()).to_bytes()
    undone = letter.undo("Bo", str(record.number))
    with pytest.raises(RefusedError, match="taken back already"):
        letter.undo("Bo", str(record.number))
    letter.undo("Bo", str(undone.number))
    assert snapshot_of(letter.corpus()).to_bytes() == after
    with pytest.raises(NotFoundError, match="is no decision"):
        letter.undo("Bo", "99")


def test_what_others_stand_on_cannot_be_taken_back_alone(letter: Desk) -> None:
    accept(letter, "tide tables")
    for number in ("1", "2"):
        with pytest.raises(RefusedError, match="cannot be taken back alone"):
            letter.undo("Bo", number)
    letter.undo("Bo", "3")
    letter.undo("Bo", "2")
    letter.undo("Bo", "1")
    assert letter.taken_in() == {}


def judged(desk: Desk, **said: object) -> Facts:
    words = ("In 2025 the Harbour Board", "to mark the reef.")
    span = stretch(LETTER, *words)
    given = {
        "of": "publish-every-fee", "status": "underConsideration", "as_of": dt.date(2025, 3, 1),
        "by": "reviewer-ada", "basis": "textRead", **said,
    }  # fmt: skip
    return assessment("letter", desk.place("letter", [span]), given)


def test_a_status_stated_by_hand_stands_beside_the_earlier_one(letter: Desk) -> None:
    letter.record("Ada", Declaration(document="letter", facts=judged(letter)))
    found = {e.id: e for _, e in letter.corpus().entries("assessments")}
    assert len(found) == 2
    stated = next(e for e in found.values() if e.by == "reviewer-ada")
    assert stated.axis == "adoption"
    assert stated.recorded is not None


def test_looking_and_finding_nothing_is_on_record_with_the_documents(letter: Desk) -> None:
    look = {"on": dt.date(2026, 1, 2), "by": "reviewer-ada", "documents": ["letter"],
            "summary": "We read it for any word on fees and found none."}  # fmt: skip
    facts = assessment(
        "letter", letter.place("letter", []),
        {"of": "publish-every-fee", "status": "noInformation", "axis": "adoption",
         "as_of": dt.date(2026, 1, 2), "by": "reviewer-ada", "basis": "curatorInferred",
         "note": "Silence, not a finding."}, look,
    )  # fmt: skip
    letter.record("Ada", Declaration(document="letter", facts=facts))
    assert next(letter.corpus().entries("looks"))[1].documents == ["letter"]


def test_an_entry_is_written_anew_only_where_it_is_named(letter: Desk) -> None:
    shipped = next(e for _, e in letter.corpus().entries("recommendations"))
    changed = shipped.model_copy(update={"label": "Publish each fee", "passages": []})
    spans = [ask(letter, "tide tables").span(LETTER, [])]
    passages = letter.place("letter", spans).passages()
    changed = changed.model_copy(update={"passages": list(passages)})
    facts = Facts(passages=passages, recommendations=[changed])
    with pytest.raises(BrokenRulesError, match="is already written in"):
        letter.record("Ada", Declaration(document="letter", facts=facts))
    record = letter.record(
        "Ada",
        Declaration(document="letter", facts=facts, replaces=["recommendation:publish-every-fee"]),
    )
    labels = [e.label for _, e in letter.corpus().entries("recommendations")]
    assert labels == ["Publish each fee"]
    letter.undo("Ada", str(record.number))
    labels = [e.label for _, e in letter.corpus().entries("recommendations")]
    assert labels == ["Publish every fee"]


def test_a_decision_that_breaks_a_rule_is_refused_and_not_recorded(letter: Desk) -> None:
    for facts, what in (
        (judged(letter, of="no-such-thing"), "there is no recommendation"),
        (judged(letter, status="adopted"), "no provision of a dated text is cited"),
    ):
        with pytest.raises(BrokenRulesError, match=what):
            letter.record("Ada", Declaration(document="letter", facts=facts))
    assert len(letter.journal.read().records) == 2


def test_a_document_must_be_described_before_facts_hang_on_it(desk: Desk) -> None:
    data = LETTER.encode()
    desk.take_in("Ada", read_bytes(data, "letter.txt"), data, ident="letter")
    assert desk.waiting("letter"), "looking needs no description"
    with pytest.raises(UndescribedError, match="nobody has said yet who published it"):
        desk.place("letter", [(24, 60)])


def test_a_document_is_taken_in_once_and_its_bytes_stay_as_they_are(letter: Desk) -> None:
    data = LETTER.encode()
    with pytest.raises(RefusedError, match="in the workspace already, as document `letter`"):
        letter.take_in("Bo", read_bytes(data, "copy.txt"), data, ident="another")
    with pytest.raises(RefusedError, match="is another document's id"):
        letter.take_in("Bo", read_bytes(b"Other words.", "b.txt"), b"Other words.", ident="letter")
    kept = letter.originals.path(read_bytes(data, "x.txt").sha256)
    assert kept is not None
    assert kept.read_bytes() == data
    assert kept.stat().st_mode & 0o077 == 0
    kept.write_bytes(b"changed")
    with pytest.raises(StoreError, match="has been changed since it was kept"):
        letter.originals.path(kept.name)


def test_a_copy_of_a_document_in_the_corpus_is_taken_in_as_that_document(
    corpus_folder: Folder, tmp_path: Path, notes: str
) -> None:
    reading = read_bytes(notes.encode(), "notes.txt")
    desk = Desk(corpus_folder(("a" * 64, reading.sha256)), tmp_path / "home")
    desk.take_in("Ada", reading, notes.encode(), ident=None)
    waiting = desk.waiting("harbour-watch-2024")
    assert [one.known for one in waiting if one.candidate.kind != "status"] == [
        "recommendation/publish-every-fee"
    ]


def test_a_publisher_nobody_knew_comes_along_and_a_later_description_keeps_it(desk: Desk) -> None:
    data = LETTER.encode()
    desk.take_in("Ada", read_bytes(data, "letter.txt"), data, ident="letter")
    guild = Actor(id="tide-guild", label="Tide Guild", kind="ngo")
    desk.describe("Ada", "letter", {"publisher": "tide-guild", "kind": "openLetter"}, [guild])
    desk.describe("Bo", "letter", {"issued": "2025-03"})
    document = next(f.facts.document for f in desk.corpus().files if f.number == 3)
    assert (document.publisher, document.issued, document.recorded_by) == (
        "tide-guild", "2025-03", "reviewer-bo",
    )  # fmt: skip
    with pytest.raises(UsageError, match="kind"):
        desk.describe("Bo", "letter", {"kind": None})
    with pytest.raises(NotFoundError, match="not in the workspace"):
        desk.describe("Bo", "missing", {"issued": "2025"})


def test_a_withheld_name_enters_neither_the_journal_nor_the_graph(letter: Desk) -> None:
    letter.describe("Ada", "letter", {}, withhold=["petra  QUILL"])
    assert "quill" not in letter.journal.path.read_text().casefold()
    status = next(one for one in letter.waiting("letter") if one.candidate.kind == "status")
    start, end = status.span(LETTER, letter.withheld("letter"))
    assert LETTER[start:end].endswith("reef.")
    with pytest.raises(UsageError, match="take the whole sentence"):
        letter.place("letter", [(LETTER.index("Petra"), end)]).passages()
    letter.record("Ada", Declaration(document="letter", facts=judged(letter)))
    with pytest.raises(RefusedError, match="gives away a name"):
        letter.record(
            "Ada", Declaration(document="letter", facts=judged(letter, note="Asked by Ms Quill."))
        )
    assert "quill" not in letter.journal.path.read_text().casefold()
    with pytest.raises(UsageError, match="does not stand in"):
        letter.describe("Ada", "letter", {}, withhold=["Nobody Here"])


def test_a_reminder_says_nothing_in_the_graph(letter: Desk) -> None:
    before = snapshot_of(letter.corpus()).to_bytes()
    letter.record("Ada", Reminder(recommendation="publish-every-fee", on=dt.date(2026, 5, 1)))
    assert snapshot_of(letter.corpus()).to_bytes() == before


def test_the_same_journal_gives_the_same_bytes(letter: Desk, corpus_folder: Folder) -> None:
    accept(letter, "tide tables")
    letter.record("Bo", Declaration(document="letter", facts=judged(letter, by="reviewer-bo")))
    again = Desk(corpus_folder(), letter.journal.path.parent)
    assert snapshot_of(again.corpus()).to_bytes() == snapshot_of(letter.corpus()).to_bytes()


def test_a_candidate_is_picked_by_document_and_characters(letter: Desk) -> None:
    one = ask(letter, "tide tables")
    assert pick(letter.waiting("letter"), one.id) == one
    with pytest.raises(NotFoundError, match="is no candidate"):
        pick(letter.waiting("letter"), "letter/1-2")


def test_a_passage_that_is_nowhere_is_refused() -> None:
    with pytest.raises(UsageError, match="passage"):
        Place(LETTER, [(5, 5)]).passages()
    with pytest.raises(UsageError, match="0 times"):
        stretch(LETTER, "no such words", "reef")
    with pytest.raises(UsageError, match="do not stand after"):
        stretch(LETTER, "Open letter", "no such words")


# --- what decisions may do to one another, and to people -----------------------------------------


def test_an_undo_is_not_undone_when_somebody_else_decided_meanwhile(letter: Desk) -> None:
    first = accept(letter, "tide tables", who="Ada")
    undone = letter.undo("Ada", str(first.number))
    accept(letter, "tide tables", who="Bo")
    with pytest.raises(RefusedError, match="Bo has decided this already"):
        letter.undo("Ada", str(undone.number))
    assert len(recommendations(letter)) == 2


def test_nothing_is_accepted_without_saying_what_it_becomes(letter: Desk) -> None:
    with pytest.raises(ValueError, match="accepts nothing"):
        Verdict(
            action="accept", document="letter",
            proposals=[ask(letter, "tide tables").proposal()],
        )  # fmt: skip


def test_what_is_not_there_is_neither_rejected_nor_remembered(letter: Desk) -> None:
    proposal = ask(letter, "tide tables").proposal()
    with pytest.raises(NotFoundError, match="is no document here"):
        letter.record("Ada", Verdict(action="reject", document="missing", proposals=[proposal]))
    with pytest.raises(NotFoundError, match="is no recommendation"):
        letter.record("Ada", Reminder(recommendation="missing", on=dt.date(2026, 5, 1)))


def test_two_names_that_look_alike_in_an_address_are_two_people() -> None:
    pairs = [("Анна Ivanova", "Ольга Ivanova"), ("José", "Jose"), ("A. Lee (Club)", "A Lee Club")]
    for one, other in pairs:
        assert reviewer_id(one) != reviewer_id(other)
    assert reviewer_id("Ada Lind") == "reviewer-ada-lind"


@pytest.mark.parametrize("who", ["Ada\nEve", "A"])
def test_a_name_that_cannot_be_recorded_is_one_line(desk: Desk, who: str) -> None:
    data = LETTER.encode()
    with pytest.raises(UsageError, match="`who`"):
        desk.take_in(who, read_bytes(data, "letter.txt"), data, ident="letter")
    with pytest.raises(UsageError, match="`document`"):
        desk.take_in("Ada", read_bytes(data, "letter.txt"), data, ident="Bad Id!")
    assert not (desk.originals.folder / read_bytes(data, "x").sha256).exists()


def test_what_is_refused_leaves_no_copy_behind(letter: Desk) -> None:
    other = b"Another document altogether."
    reading = read_bytes(other, "two.txt")
    with pytest.raises(RefusedError):
        letter.take_in("Bo", reading, other, ident="letter")
    assert letter.originals.path(reading.sha256) is None


@pytest.mark.parametrize(
    "say",
    [
        lambda desk: desk.undo("Ada", "2", "As Petra Quill wished."),
        lambda desk: desk.describe("Ada", "letter", {"title": "The case of Petra Quill"}),
        lambda desk: desk.record(
            "Ada",
            Reminder(
                recommendation="publish-every-fee", on=dt.date(2026, 5, 1), reason="For Petra Quill"
            ),
        ),
    ],
)
def test_no_decision_of_any_kind_says_a_withheld_name(
    letter: Desk, say: Callable[[Desk], object]
) -> None:
    letter.describe("Ada", "letter", {}, withhold=["Petra Quill"])
    with pytest.raises(RefusedError, match="gives away a name"):
        say(letter)
    assert "quill" not in letter.journal.path.read_text().casefold()


def test_a_name_cannot_be_withheld_while_a_decision_says_it(letter: Desk) -> None:
    said = accept(letter, "tide tables", label="Petra Quill wants tide tables")
    with pytest.raises(RefusedError, match=f"Decision {said.number} says that name already"):
        letter.describe("Ada", "letter", {}, withhold=["Petra Quill"])
    letter.undo("Ada", str(said.number))
    letter.describe("Ada", "letter", {}, withhold=["Petra Quill"])


def test_a_text_that_is_read_otherwise_shows_nothing_until_names_are_withheld_anew(
    letter: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter.describe("Ada", "letter", {}, withhold=["Petra Quill"])
    proposal, read = ask(letter, "tide tables").proposal(), letter.documents.reading
    rejecting = Verdict(
        action="reject", document="letter", reason="As Petra Quill has it", proposals=[proposal]
    )

    def shifted(sha256: str, name: str) -> Reading | None:
        found = read(sha256, name)
        return replace(found, text=f"\n\n{found.text}") if found else None

    monkeypatch.setattr(letter.documents, "reading", shifted)
    for look in (lambda: letter.withheld("letter"), lambda: letter.place("letter", [(30, 60)]),
                 lambda: letter.record("Ada", rejecting),
                 lambda: letter.describe("Ada", "letter", {"issued": "2025"})):  # fmt: skip
        with pytest.raises(RefusedError, match="Withhold each name anew"):
            look()
    letter.describe("Ada", "letter", {}, withhold=["Petra Quill"])
    ((start, end),) = letter.withheld("letter")
    assert shifted(*_file(letter)).text[start:end] == "Petra Quill"  # type: ignore[union-attr]


def _file(desk: Desk) -> tuple[str, str]:
    added = desk.taken_in()["letter"].addition
    return added.sha256, added.name


def test_copied_words_are_refused_wherever_they_are_said(letter: Desk) -> None:
    words = " ".join(LETTER.split()[4:24])
    facts = facts_of(letter, ask(letter, "tide tables").span(LETTER, []))
    wordy = facts.recommendations[0].model_copy(update={"condition": words})
    with pytest.raises(RefusedError, match="in your own words"):
        letter.record(
            "Ada",
            Declaration(
                document="letter", facts=facts.model_copy(update={"recommendations": [wordy]})
            ),
        )


@pytest.mark.parametrize(
    "say",
    [
        lambda desk, words: desk.undo("Ada", "2", words),
        lambda desk, words: desk.describe("Ada", "letter", {"copy_of": words}),
        lambda desk, words: desk.record(
            "Ada", Reminder(recommendation="publish-every-fee", on=AGAIN, reason=words)
        ),
        lambda desk, words: desk.record(
            "Ada",
            Verdict(action="reject", document="letter", reason=words,
                    proposals=[ask(desk, "tide tables").proposal()]),
        ),
    ],
)  # fmt: skip
def test_a_reason_and_a_description_are_in_ones_own_words(
    letter: Desk, say: Callable[[Desk, str], object]
) -> None:
    before = letter.journal.read().head
    with pytest.raises(RefusedError, match="in your own words"):
        say(letter, " ".join(LETTER.split()[4:20]))
    assert letter.journal.read().head == before


def test_a_title_is_the_documents_own_and_no_bar_to_a_row_about_it(letter: Desk) -> None:
    words = " ".join(LETTER.split()[4:20])
    letter.describe("Ada", "letter", {"title": words})
    record = accept(letter, "tide tables")
    ident = record.decision.facts.recommendations[0].id  # type: ignore[union-attr]
    row = Source("rows.csv", f"id,summary\n{ident},Say when the tide comes.\n".encode())
    letter.take_batch("Ada", row, None, letter.preview("Ada", row), None)
    copy = Source("copy.csv", f"id,summary\n{ident},{words.replace(',', '')}\n".encode())
    with pytest.raises(RefusedError, match="in your own words"):
        letter.take_batch("Ada", copy, None, letter.preview("Ada", copy), None)


HIDING = "Print the\u200b tides"
"""Words with a space in them that nobody sees."""
SAID: dict[str, Callable[[Desk], object]] = {
    "a title": lambda desk: desk.describe("Ada", "letter", {"title": HIDING}),
    "an address": lambda desk: desk.describe("Ada", "letter", {"url": "https://a\u200b.example"}),
    "a publisher": lambda desk: desk.describe(
        "Ada", "letter", {"publisher": "tides"}, [Actor(id="tides", label=HIDING, kind="ngo")]
    ),
    "a label": lambda desk: accept(desk, "tide tables", label=HIDING),
    "a reason to undo": lambda desk: desk.undo("Ada", "2", HIDING),
    "a reason to look again": lambda desk: desk.record(
        "Ada", Reminder(recommendation="publish-every-fee", on=AGAIN, reason=HIDING)
    ),
    "a reason to reject": lambda desk: desk.record(
        "Ada",
        Verdict(action="reject", document="letter", reason=HIDING,
                proposals=[ask(desk, "tide tables").proposal()]),
    ),
    "a name of who decides": lambda desk: desk.describe("Ad\u200ba", "letter", {"read": "most"}),
}  # fmt: skip


def test_no_decision_holds_a_sign_that_hides(letter: Desk) -> None:
    before = letter.journal.read().head
    for say in SAID.values():
        with pytest.raises(UsageError, match=r"an invisible character \(U\+200B.*Correct it\."):
            say(letter)
    assert letter.journal.read().head == before


def test_a_decision_that_was_saved_is_read_whatever_is_refused_by_now(
    letter: Desk, monkeypatch: pytest.MonkeyPatch, corpus_folder: Folder
) -> None:
    with monkeypatch.context() as then:  # a version before this rule
        then.setattr("ingest.fields.fault_in", lambda _: None)
        then.setattr("ingest.fields.fault_in_form", lambda _: None)
        letter.describe("Ada", "letter", {"title": HIDING, "issued": "2004-06-~11"})
        accept(letter, "tide tables", who="Ad\u200ba", label=HIDING)
    again = Desk(corpus_folder(), letter.journal.path.parent)
    told = snapshot_of(again.corpus()).to_bytes().decode()
    assert HIDING in told
    assert "2004-06-~11" in told
    again.undo("Ada", "4")


def test_a_section_is_named_without_what_hides_in_a_heading() -> None:
    page = "<body><h2>The\u200f har\u00adbour</h2><p>We call on the Board to wait.</p></body>"
    reading = read_bytes(f"<html>{page}</html>".encode(), "page.html")
    assert section_at(reading, len(reading.text) - 5) == "The harbour"


def test_a_passage_under_a_heading_of_one_letter_has_a_section() -> None:
    page = b"<html><body><h2>A</h2><p>We call on the Harbour Board to wait.</p></body></html>"
    reading = read_bytes(page, "page.html")
    place = Place(reading.text, [(3, len(reading.text))], section_at(reading, 5))
    assert next(iter(place.passages().values())).section == "section A"


def test_with_a_mistake_in_the_corpus_only_undo_is_possible(
    letter: Desk, corpus_folder: Folder
) -> None:
    record = accept(letter, "tide tables")
    folder = corpus_folder(("asks: [publish-fees]", "asks: [no-such-ask]"))
    broken = Desk(folder, letter.journal.path.parent)
    with pytest.raises(BrokenRulesError, match="there is no ask"):
        broken.describe("Ada", "letter", {"issued": "2025"})
    broken.undo("Ada", str(record.number))
