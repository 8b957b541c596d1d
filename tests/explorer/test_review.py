"""The review page: documents come in, candidates are decided, statements are made by hand."""

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.languages.saying import speaking
from explorer.review.journal import what
from explorer.review.known import known
from explorer.settings import Settings, read_settings
from explorer.workspace import open_desk
from ingest.deciding import Desk
from ingest.decisions import Record, Verdict
from ingest.documents import Documents
from ingest.extraction import RULES_VERSION
from ingest.imports import Source
from ingest.readers import Reading, read_bytes

Reads = Callable[[AppTest], str]

LETTER = """\
Open letter on the lower locks

We call on the Ombrel River Commission to publish the hours of each lock.

We urge the Ombrel River Commission to repair the old weir and to train its keepers.

We urge Tresmark to pay for a ferry at Sedge Bridge.

In 2014 the Commission rejected the proposal of Wilmot Farrow to publish its minutes.
"""
HIDING = """\
<html><body><h1>A page on locks</h1><p>The locks are old and the keepers few.</p>
<p style="display:none">Nobody should see this sentence about the locks.</p></body></html>
"""
WITHHELD = "Wilmot Farrow"
OTHER_REFORM = Path(__file__).resolve().parent.parent / "graph" / "another_reform"

pytestmark = pytest.mark.usefixtures("other_reform")


def desk() -> Desk:
    return open_desk(read_settings())


def records() -> list[Record]:
    return list(desk().journal.read().records)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace into which somebody else has taken the letter, and said what it is."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    home.mkdir(mode=0o700)
    data = LETTER.encode()
    here = open_desk(Settings(home=home, corpus=OTHER_REFORM))
    here.take_in("Cleo", read_bytes(data, "letter.txt"), data, ident="locks-letter")
    here.describe(
        "Cleo", "locks-letter",
        {"publisher": "open-locks-network", "kind": "openLetter", "issued": "2016-05-01",
         "language": "en"},
        withhold=[WITHHELD],
    )  # fmt: skip
    return home


@pytest.fixture
def letter(other_reform: Path, prepared: Path) -> str:
    """The letter in the workspace of a test; returns its id."""
    shutil.copytree(prepared, other_reform.parent / "home", dirs_exist_ok=True)
    return "locks-letter"


def open_review(who: str = "Ada", **query: str) -> AppTest:
    """Open the page as if its address held these parameters, under a name."""
    page = AppTest.from_string(
        "from explorer.views import review\nreview.show()\n", default_timeout=60
    )
    page.session_state["who"] = who
    for key, value in query.items():
        page.query_params[key] = value
    return run(page)


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, [error.message for error in page.exception]
    return page


def lines(page: AppTest, kind: str) -> str:
    """Return what a page says in boxes of one kind, without the escapes."""
    return "\n".join(str(box.value) for box in page.get(kind)).replace("\\", "")


def press(page: AppTest, label: str) -> AppTest:
    wanted = [one for one in page.button if one.label.replace("\\", "") == label]
    assert wanted, (label, [one.label for one in page.button])
    wanted[0].click()
    return run(page)


def field(page: AppTest, kind: str, label: str, nth: int = 0) -> Any:
    found = [one for one in getattr(page, kind) if one.label.replace("\\", "") == label]
    assert found, (label, [one.label for one in getattr(page, kind)])
    return found[nth]


def write_new(page: AppTest, kind: str, label: str, value: object, nth: int = 0) -> None:
    """Write what is no option as yet; a widget of the test driver takes options only."""
    page.session_state[field(page, kind, label, nth).key] = value


def word(page: AppTest, nth: int = 0, **given: Any) -> None:
    """Fill in the form of a recommendation with sound values, or others that are given."""
    said: Mapping[str, Any] = {
        "label": "Tell when locks open", "summary": "The hours should be public.",
        "issuers": ["open-locks-network"], "asks": ["daily-gauge-readings"], "themes": ["openness"],
        **given,
    }  # fmt: skip
    field(page, "text_input", "Label, in your own words", nth).set_value(said["label"])
    field(page, "text_area", "Summary, in your own words", nth).set_value(said["summary"])
    for title, name in (("Asked by", "issuers"), ("Ask expressed", "asks"), ("Themes", "themes")):
        write_new(page, "multiselect", title, said[name], nth)
    if "addressees" in said:
        field(page, "multiselect", "Asked of", nth).set_value(said["addressees"])


# --- who decides, taking in, describing ----------------------------------------------------------


@pytest.mark.usefixtures("letter")
def test_nothing_is_decided_without_a_name(html: Reads) -> None:
    page = open_review(who="", document="locks-letter")
    assert "Nobody is named" in html(page)
    assert "may be a pseudonym" in html(page)
    word(page)
    press(page, "Accept")
    assert "Nobody is named" in lines(page, "error")
    assert len(records()) == 2


def test_the_name_of_the_settings_stands_there_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFORMGRAPH_REVIEWER", "Dora")
    page = AppTest.from_string("from explorer.views import review\nreview.show()\n")
    assert field(run(page), "text_input", "Who decides").value == "Dora"


def test_an_upload_is_shown_before_it_is_kept_and_what_fails_is_told_in_a_line(html: Reads) -> None:
    page = open_review(tab="Take in")
    page.file_uploader[0].set_value(
        [("letter.txt", LETTER.encode(), "text/plain"),
         ("torn.pdf", b"%PDF-1.4 torn", "application/pdf"), ("empty.txt", b"", "text/plain"),
         ("page.html", HIDING.encode(), "text/html")]
    )  # fmt: skip
    run(page)
    assert "English" in html(page)
    assert "May be recommendations: 4; statements of what became of one: 1" in html(page)
    assert "hidden text: " in lines(page, "warning")
    assert "torn.pdf: is damaged" in lines(page, "error")
    assert "empty.txt: " in lines(page, "error")
    assert records() == []
    assert not (read_settings().home / "originals").exists()
    press(page, "Keep")
    assert "Saved as decision 1" in lines(page, "success")
    assert page.query_params["document"] == "letter"
    assert field(page, "text_input", "Title").value == "letter.txt"


def test_what_is_left_is_not_kept() -> None:
    page = open_review(tab="Take in")
    page.file_uploader[0].set_value([("letter.txt", LETTER.encode(), "text/plain")])
    press(run(page), "Leave it")
    assert not [one for one in page.button if one.label == "Keep"]
    assert records() == []


def test_nothing_is_fetched_before_the_button_is_pressed(
    monkeypatch: pytest.MonkeyPatch, html: Reads
) -> None:
    from ingest import fetching

    asked = []

    def fetch(url: str) -> fetching.Fetched:
        asked.append(url)
        now = dt.datetime.now(dt.UTC)
        return fetching.Fetched(url, url, now, "text/plain", "letter.txt", LETTER.encode())

    monkeypatch.setattr(fetching, "fetch", fetch)
    page = open_review(tab="Take in")
    field(page, "text_input", "Web address").set_value("https://locks.example/letter.txt")
    run(page)
    assert asked == []
    press(page, "Fetch")
    assert asked == ["https://locks.example/letter.txt"]
    assert "https://locks.example/letter.txt" in html(page)
    press(page, "Keep")
    assert "https://locks.example/letter.txt" in str(records()[0].decision)


def test_a_description_needs_publisher_and_kind_and_keeps_no_withheld_name(html: Reads) -> None:
    data = LETTER.encode()
    desk().take_in("Cleo", read_bytes(data, "letter.txt"), data, ident="locks-letter")
    page = open_review(tab="Document", document="locks-letter")
    press(page, "Save what it is")
    assert "Something is missing: publisher, kind" in lines(page, "error")
    field(page, "selectbox", "Publisher").set_value("open-locks-network")
    field(page, "selectbox", "Kind").set_value("openLetter")
    page.text_area[0].set_value(WITHHELD)
    press(page, "Save what it is")
    assert "Saved as decision 2" in lines(page, "success")
    assert WITHHELD not in (read_settings().home / "journal.jsonl").read_text("utf-8")
    page = open_review(tab="Document", document="locks-letter")
    assert "Places withheld now: 1." in html(page)
    assert page.text_area[0].value == ""


# --- the queue -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("letter")
def test_the_queue_shows_the_passage_marked_and_never_a_withheld_name(html: Reads) -> None:
    page = open_review(document="locks-letter", kind="only statuses")
    shown = html(page)
    assert "<b>5</b>○ open" in shown
    assert "<mark>" in shown
    assert "[name withheld]" in shown
    told = [shown, *(str(table.value) for table in page.dataframe), *map(str, page.main)]
    assert not any("Farrow" in text for text in told)


@pytest.mark.usefixtures("letter")
def test_a_text_that_is_read_otherwise_is_not_shown_until_names_are_withheld_anew(
    monkeypatch: pytest.MonkeyPatch, html: Reads
) -> None:
    read = Documents.reading

    def shifted(documents: Documents, sha256: str, name: str) -> Reading | None:
        found = read(documents, sha256, name)
        return replace(found, text=f"\n\n\n{found.text}") if found else None

    monkeypatch.setattr(Documents, "reading", shifted)
    page = open_review(document="locks-letter")
    assert "Withhold each name anew" in lines(page, "info")
    by_hand_page = open_review(tab="By hand", document="locks-letter")
    assert "Withhold each name anew" in lines(by_hand_page, "error")
    for shown in (html(page), html(by_hand_page)):
        assert "repair the old weir" not in shown
        assert "Farrow" not in shown


@pytest.mark.usefixtures("letter")
def test_next_and_previous_move_the_mark(html: Reads) -> None:
    page = open_review(document="locks-letter")
    assert "publish the hours of each lock</mark>" in html(page)
    press(page, "Next")
    assert "repair the old weir</mark>" in html(page)
    assert page.query_params["candidate"].startswith("1")
    press(page, "Previous")
    assert "publish the hours of each lock</mark>" in html(page)


@pytest.mark.usefixtures("letter")
def test_only_the_actor_of_exactly_this_name_is_filled_in_and_others_are_offered() -> None:
    page = open_review(document="locks-letter")
    assert field(page, "multiselect", "Asked of").value == ["ombrel-commission"]
    assert field(page, "multiselect", "Asked by").value == []
    press(page, "+ Open Locks Network · 0.50")
    assert field(page, "multiselect", "Asked by").value == ["open-locks-network"]


# --- deciding ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("letter")
def test_an_accepted_candidate_is_a_recommendation_and_undone_it_is_gone(html: Reads) -> None:
    page = open_review(document="locks-letter")
    word(page)
    press(page, "Accept")
    assert "Saved as decision 3" in lines(page, "success")
    assert "repair the old weir</mark>" in html(page)
    labels = [one.label for _, one in desk().corpus().entries("recommendations")]
    assert "Tell when locks open" in labels
    press(page, "Undo 3")
    assert "Tell when locks open" not in [
        one.label for _, one in desk().corpus().entries("recommendations")
    ]


@pytest.mark.usefixtures("letter")
def test_what_is_missing_copied_or_counterfeit_is_told_in_a_line_and_what_was_typed_stays() -> None:
    page = open_review(document="locks-letter")
    press(page, "Accept")
    assert "Something is missing: label, summary, asked by, ask, themes" in lines(page, "error")
    copied = " ".join(LETTER.split()[:24])
    word(page, summary=copied)
    press(page, "Accept")
    assert "word for word" in lines(page, "error")
    assert page.text_area[0].value == copied
    word(page, label="Tell when lo\u0441ks open")
    press(page, "Accept")
    assert "mixes Cyrillic and Latin letters in one word (U+0441)" in lines(page, "error")
    assert len(records()) == 2


@pytest.mark.usefixtures("letter")
def test_new_actor_ask_and_theme_come_with_the_recommendation() -> None:
    page = open_review(document="locks-letter")
    word(page, issuers=["Lower Locks Society"], asks=["Publish opening hours"],
         themes=["timetables"])  # fmt: skip
    run(page)
    press(page, "Accept")
    assert "what kind of actor Lower Locks Society is" in lines(page, "error")
    field(page, "selectbox", "What is Lower Locks Society?").set_value("ngo")
    wants = field(page, "text_input", "What does “Publish opening hours” want, in a sentence?")
    wants.set_value("That anybody can know when a lock opens.")
    covers = field(page, "text_input", "What does the theme “timetables” cover?")
    covers.set_value("When things open and close.")
    press(page, "Accept")
    assert "Saved as decision 3" in lines(page, "success")
    facts = records()[2].decision.facts  # type: ignore[union-attr]
    assert [facts.actors[0].kind, facts.asks[0].id, facts.themes[0].id] == [
        "ngo", "publish-opening-hours", "timetables"
    ]  # fmt: skip


@pytest.mark.usefixtures("letter")
def test_a_new_name_that_may_not_be_is_told_when_the_form_is_sent_and_stays() -> None:
    page = open_review(document="locks-letter")
    long = " ".join(["timetables"] * 40)
    word(page, themes=[long])
    run(page)
    field(page, "text_input", f"What does the theme “{long}” cover?").set_value("Hours.")
    press(page, "Accept")
    assert "`label`: string should have at most 160 characters" in lines(page, "error")
    assert field(page, "text_input", "Label, in your own words").value == "Tell when locks open"


@pytest.mark.usefixtures("letter")
def test_the_ends_of_a_passage_move_by_words_and_to_words(html: Reads) -> None:
    page = open_review(document="locks-letter")
    press(page, "Edit")
    press(page, "◀ last word")
    assert "publish the hours of each</mark> lock" in html(page)
    field(page, "text_input", "First words").set_value("publish the")
    field(page, "text_input", "Last words").set_value("each lock.")
    run(page)
    press(page, "Take these words")
    assert "<mark>publish the hours of each lock.</mark>" in html(page)
    word(page)
    press(page, "Accept")
    (passage,) = records()[2].decision.facts.passages.values()  # type: ignore[union-attr]
    assert LETTER[slice(*passage.span)] == "publish the hours of each lock."


@pytest.mark.usefixtures("letter")
def test_one_candidate_can_be_split_into_two_recommendations() -> None:
    page = open_review(document="locks-letter")
    press(page, "Split")
    word(page)
    word(page, 1, label="Hours on every lock", summary="A board tells them at the lock.",
         addressees=["ombrel-commission"])  # fmt: skip
    press(page, "Accept")
    assert "same passage" in lines(page, "error")
    press(page, "◀ last word")
    press(page, "Accept")
    decision = records()[2].decision
    assert isinstance(decision, Verdict)
    assert [one.label for one in decision.facts.recommendations] == [
        "Tell when locks open", "Hours on every lock"
    ]  # fmt: skip
    assert len(decision.proposals) == 1


@pytest.mark.usefixtures("letter")
def test_several_candidates_can_be_merged_into_one_recommendation() -> None:
    page = open_review(document="locks-letter")
    press(page, "Merge")
    word(page)
    press(page, "Accept")
    decision = records()[2].decision
    assert isinstance(decision, Verdict)
    assert len(decision.proposals) == 2
    assert len(decision.facts.passages) == 2
    assert len(decision.facts.recommendations) == 1


@pytest.mark.usefixtures("letter")
def test_a_candidate_can_be_rejected_or_left_open_with_a_reason(html: Reads) -> None:
    page = open_review(document="locks-letter")
    field(page, "text_input", "Reason, when you reject or are unsure").set_value("No ask.")
    press(page, "Reject")
    press(page, "Unsure")
    actions = [(r.decision.action, getattr(r.decision, "reason", None)) for r in records()[2:]]
    assert actions == [("reject", "No ask."), ("unsure", None)]
    shown = html(page)
    assert "<b>1</b>? unsure" in shown
    assert "<b>1</b>✕ rejected" in shown


@pytest.mark.usefixtures("letter")
def test_a_stale_page_tells_who_decided() -> None:
    page = open_review(document="locks-letter")
    here = desk()
    proposal = here.waiting("locks-letter")[0].proposal()
    said = {"action": "reject", "document": "locks-letter", "proposals": [proposal]}
    word(page)
    stale = page.button(key=next(b.key for b in page.button if b.label == "Accept"))
    here.record("Bo", Verdict.model_validate(said))
    stale.click()
    run(page)
    assert "Bo rejected this" in lines(page, "info")
    assert len(records()) == 3


@pytest.mark.usefixtures("letter")
def test_a_status_that_a_document_reports_can_be_accepted() -> None:
    page = open_review(document="locks-letter", kind="only statuses")
    field(page, "selectbox", "Which recommendation").set_value("open-locks-2014-reasons")
    press(page, "+ Response: ✕ rejected")
    field(page, "selectbox", "Who says so").set_value("ombrel-commission")
    field(page, "selectbox", "On what it rests").set_value("addresseeReported")
    field(page, "text_input", "As of").set_value("2014")
    press(page, "Accept")
    assert "Saved as decision 3" in lines(page, "success")
    (judged,) = records()[2].decision.facts.assessments  # type: ignore[union-attr]
    assert (judged.axis, judged.status, judged.as_of) == ("response", "rejected", "2014")


# --- by hand -------------------------------------------------------------------------------------


def by_hand(act: str, **query: str) -> AppTest:
    return open_review(tab="By hand", state=act, **query)


def pick_paragraph(page: AppTest, words: str) -> None:
    field(page, "selectbox", "In which document it stands").set_value("locks-letter")
    run(page)
    field(page, "text_input", "Words in it").set_value(words)
    run(page)
    box = field(page, "selectbox", "Paragraph")
    box.select_index(0)
    run(page)


@pytest.mark.usefixtures("letter")
def test_a_status_by_hand_is_filled_in_from_a_recommendations_page() -> None:
    page = by_hand("a status", of="open-locks-2012-whole")
    assert field(page, "selectbox", "Which recommendation").value == "open-locks-2012-whole"
    assert field(page, "selectbox", "Who says so").value == "reviewer-ada"
    press(page, "Put it on record")
    assert "document" in lines(page, "error")
    pick_paragraph(page, "repair weir")
    field(page, "selectbox", "Status").set_value("adoption:notAdopted")
    field(page, "text_input", "As of").set_value("2016-06-01")
    press(page, "Put it on record")
    assert "Saved as decision 3" in lines(page, "success")
    (judged,) = records()[2].decision.facts.assessments  # type: ignore[union-attr]
    assert (judged.by, judged.basis, judged.status) == ("reviewer-ada", "textRead", "notAdopted")
    assert field(page, "selectbox", "Status").value is None


@pytest.mark.usefixtures("letter")
def test_the_right_of_reply_has_its_own_passage() -> None:
    page = by_hand("a response", of="open-locks-2012-gauge-data")
    assert field(page, "selectbox", "On what it rests").value == "addresseeReported"
    pick_paragraph(page, "rejected the proposal")
    field(page, "selectbox", "Status").set_value("response:rejected")
    field(page, "selectbox", "Who says so").set_value("ombrel-commission")
    field(page, "text_input", "As of").set_value("2016-06-01")
    press(page, "Put it on record")
    assert "Saved as decision 3" in lines(page, "success")


@pytest.mark.usefixtures("letter")
def test_who_looked_and_found_nothing_says_where() -> None:
    page = by_hand("nothing found", of="open-locks-2012-whole")
    field(page, "multiselect", "Where you looked").set_value(["locks-letter", "open-locks-2012"])
    page.date_input[0].set_value(dt.date(2016, 6, 1))
    field(page, "text_input", "As of").set_value("2016-06-01")
    press(page, "Put it on record")
    assert "what you searched for" in lines(page, "error")
    page.text_area[0].set_value("Any word on what became of the river.")
    press(page, "Put it on record")
    assert "Saved as decision 3" in lines(page, "success")
    facts = records()[2].decision.facts  # type: ignore[union-attr]
    assert facts.assessments[0].status == "noInformation"
    assert facts.looks[0].documents == ["locks-letter", "open-locks-2012"]


@pytest.mark.usefixtures("letter")
def test_a_recommendation_that_no_rule_found_can_be_stated() -> None:
    page = by_hand("a recommendation")
    pick_paragraph(page, "ferry")
    word(page, label="A ferry", summary="Let people cross.", addressees=["tresmark"])
    press(page, "Put it on record")
    assert "Saved as decision 3" in lines(page, "success")


@pytest.mark.usefixtures("letter")
def test_a_claim_can_be_stated_on_words_of_a_document(html: Reads) -> None:
    page = by_hand("a claim", of="open-locks-2012-whole")
    field(page, "selectbox", "In which document it stands").set_value("locks-letter")
    run(page)
    field(page, "segmented_control", "The passage is given by").set_value("first and last words")
    run(page)
    field(page, "text_input", "First words").set_value("the proposal")
    field(page, "text_input", "Last words").set_value("its minutes")
    run(page)
    assert "<mark>the proposal of [name withheld] to publish its minutes</mark>" in html(page)
    field(page, "text_input", "First words").set_value("In 2014 the Commission")
    field(page, "text_input", "Last words").set_value("its minutes.")
    page.text_area[0].set_value("Minutes stay closed.")
    field(page, "multiselect", "Who says so").set_value(["open-locks-network"])
    field(page, "selectbox", "The proposition").set_value("twelve-signed")
    press(page, "Put it on record")
    assert "Saved as decision 3" in lines(page, "success")


def test_a_document_that_is_not_at_hand_gives_a_locator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REFORMGRAPH_DOCUMENTS")
    page = by_hand("a status", of="open-locks-2012-whole")
    field(page, "selectbox", "In which document it stands").set_value("open-locks-2012")
    run(page)
    assert "still name the place" in lines(page, "info")
    field(page, "text_input", "Section").set_value("Resolution")
    field(page, "text_input", "Place").set_value("page 2")
    field(page, "selectbox", "Status").set_value("adoption:notAdopted")
    field(page, "text_input", "As of").set_value("2016-06-01")
    press(page, "Put it on record")
    assert "Saved as decision 1" in lines(page, "success")


def test_a_day_to_look_again_is_listed_until_it_is_done() -> None:
    page = by_hand("look again", of="open-locks-2012-whole")
    page.date_input[0].set_value(dt.date(2020, 1, 1))
    press(page, "Put it on record")
    assert "To look at again: 1 due" in page.expander[0].label.replace("\\", "")
    press(page, "Done")
    assert not page.expander


# --- the journal ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("letter")
def test_the_journal_tells_everything_newest_first_and_what_was_taken_back(html: Reads) -> None:
    page = open_review(document="locks-letter")
    word(page)
    press(page, "Accept")
    page = open_review(tab="Journal", who="Bo")
    shown = html(page)
    assert shown.index("accepted the recommendation") < shown.index("took in letter.txt")
    assert f"proposed by rule: own voice, version {RULES_VERSION}" in shown
    with speaking("fr"):
        told = what(known(), records()[2])
    assert '<span lang="en" dir="auto">Tell when locks open</span>' in told
    assert told.count('lang="en"') == 2  # and the title of the letter
    press(page, "Undo")
    page.text_input(key=f"journal reason {records()[2].id}").set_value("A slip.")
    press(page, "Take back 3")
    shown = html(page)
    assert "Taken back by Bo (decision 4)" in shown
    assert "reason: A slip." in shown
    assert "<s>accepted the recommendation" in shown


@pytest.mark.usefixtures("letter")
def test_what_others_stand_on_cannot_be_taken_back_alone() -> None:
    page = open_review(document="locks-letter")
    word(page)
    press(page, "Accept")
    page = open_review(tab="Journal")
    page.button(key=f"journal undo {records()[1].id}").click()
    press(run(page), "Take back 2")
    assert "others stand on it" in lines(page, "error")
    assert len(records()) == 3


@pytest.mark.usefixtures("letter")
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"tab": "Nowhere"}, "Nowhere is no choice"),
        ({"document": "nothing"}, "nothing is no choice"),
        ({"document": "locks-letter", "candidate": "9-9"}, "9-9 is no choice"),
        ({"tab": "By hand", "state": "x"}, "x is no choice"),
    ],
)
def test_what_an_address_asks_wrongly_is_told(query: dict[str, str], told: str) -> None:
    assert told in lines(open_review(**query), "warning")


@pytest.mark.usefixtures("letter")
def test_a_name_that_nobody_has_can_become_a_new_actor() -> None:
    data = b"Notes\n\nThe Wharf Guild calls on Tresmark to dredge the lower harbour.\n"
    here = desk()
    here.take_in("Cleo", read_bytes(data, "notes.txt"), data, ident="notes")
    page = open_review(document="notes")
    (new,) = [one for one in page.button if one.label.endswith("new")]
    press(page, new.label.replace("\\", ""))
    assert field(page, "selectbox", "What is Wharf Guild?").value is None


def test_a_document_of_the_corpus_tells_what_is_on_record_already(html: Reads) -> None:
    page = open_review(document="open-locks-2012", show="all")
    assert "= on record already" in html(page)
    assert "are a passage of “Publish all gauge readings daily”" in lines(page, "info")


def test_a_recommendation_is_linked_to_another_ask_and_keeps_all_else() -> None:
    page = by_hand("an ask", of="open-locks-2012-panel")
    before = {one.id: one for _, one in desk().corpus().entries("recommendations")}
    assert field(page, "multiselect", "Ask expressed").value == before["open-locks-2012-panel"].asks
    field(page, "multiselect", "Ask expressed").set_value(["consult-fishers"])
    press(page, "Put it on record")
    assert "Saved as decision 1" in lines(page, "success")
    after = {one.id: one for _, one in desk().corpus().entries("recommendations")}
    changed = after["open-locks-2012-panel"]
    assert changed.asks == ["consult-fishers"]
    assert changed.passages == before["open-locks-2012-panel"].passages
    assert len(after) == len(before)


def test_an_imported_row_gets_its_ask() -> None:
    table = b"label,summary,issuers,addressees,themes\nMore lamps,Light the locks.,Open Locks Network,Tresmark,openness\n"  # noqa: E501
    here = desk()
    source = Source("rows.csv", table)
    here.take_batch("Cleo", source, None, here.preview("Cleo", source), None)
    (ident,) = [one.id for _, one in here.corpus().entries("recommendations") if not one.asks]
    page = by_hand("an ask", of=ident)
    press(page, "Put it on record")
    assert "Something is missing: ask" in lines(page, "error")
    field(page, "multiselect", "Ask expressed").set_value(["daily-gauge-readings"])
    press(page, "Put it on record")
    assert "Saved as decision 2" in lines(page, "success")
