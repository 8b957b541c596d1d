"""Each page shows what it should, for the shipped corpus and another, and what its URL holds."""

import datetime as dt
import importlib.util
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from explorer import door
from explorer.languages.saying import speaking
from explorer.main import PAGES
from graph.questions import QUESTIONS
from ontology.identifiers import iri

Opens = Callable[..., AppTest]
Reads = Callable[[AppTest], str]
Query = str | Sequence[str]

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_door_opens_on_the_recommendations(html: Reads) -> None:
    page = AppTest.from_file(str(ROOT / "explorer" / "main.py"), default_timeout=120).run()
    assert not page.exception
    assert page.title[0].value == "Which recommendations were adopted?"
    assert 'class="rg-end' in html(page)


def test_the_two_doors_open_on_the_same_page_with_the_same_guard() -> None:
    spec = importlib.util.spec_from_file_location("top_level_app", ROOT / "app.py")
    assert spec is not None
    assert spec.loader is not None
    top = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(top)
    for found in (top.app, door.app):
        assert Path(found.script_path).samefile(ROOT / "explorer" / "main.py")
        assert found._user_middleware == door.MIDDLEWARE
        assert found._user_routes == door.ROUTES


def test_the_script_shows_nothing_of_its_own_code() -> None:
    page = AppTest.from_file(str(ROOT / "explorer" / "main.py"), default_timeout=120).run()
    assert not page.exception
    assert [text.value for text in page.markdown] == []


def test_a_mistake_in_the_corpus_is_shown_in_a_line(other_reform: Path, html: Reads) -> None:
    (other_reform / "open-locks-2012.yaml").write_text("format: 2\n")
    page = AppTest.from_file(str(ROOT / "explorer" / "main.py"), default_timeout=120).run()
    assert not page.exception
    assert "cannot be shown" in page.error[0].value
    assert "open-locks-2012.yaml line 1: `format`" in html(page)


# --- recommendations -----------------------------------------------------------------------------


@pytest.mark.usefixtures("other_reform")
def test_the_recommendations_are_counted_by_status(open_page: Opens, html: Reads) -> None:
    page = open_page("recommendations")
    shown = html(page)
    assert re.search("<b>1</b><a href=[^>]*status=contested[^>]*>≠ contested</a>", shown)
    assert re.search("<b>6</b><a href=[^>]*status=unassessed[^>]*>\u2013 unassessed</a>", shown)
    assert re.search("<b>1</b><a [^>]*>. no information</a><span [^>]*> [(]2 by any voice", shown)
    assert "rest on one voice, the issuer&#x27;s" in shown
    table = page.dataframe[0].value
    assert len(table) == 12
    assert "● adopted / ◐ partially adopted" in list(table["Status"])


@pytest.mark.usefixtures("other_reform")
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"status": "contested"}, 1),
        ({"status": ["contested", "unassessed"]}, 7),
        ({"status": "adopted"}, 1),
        ({"addressee": "Tresmark"}, 1),
        ({"issuer": "Open Locks Network", "status": "not addressed"}, 1),
        ({"q": "PANEL idle"}, 1),
        ({"as_of": "2012-12-31"}, 6),
        ({"axis": "Practice", "status": "unassessed"}, 11),
    ],
)
def test_the_address_holds_the_facets(
    query: Mapping[str, Query], count: int, open_page: Opens
) -> None:
    assert len(open_page("recommendations", query).dataframe[0].value) == count


@pytest.mark.usefixtures("other_reform")
def test_who_found_nothing_does_not_outweigh_who_says_something(
    open_page: Opens, html: Reads
) -> None:
    page = open_page("recommendations", {"status": "not adopted"})
    assert "A panel for complaints thrown out as idle" in list(
        page.dataframe[0].value["Recommendation"]
    )
    assert '<b>2</b><a href="./?status=notAdopted">○ not adopted</a>' in html(page)
    assert "≠ contested" not in html(open_page("recommendation", {"id": "open-locks-2014-panel"}))


@pytest.mark.usefixtures("other_reform")
def test_a_search_shows_its_hits_marked(open_page: Opens, html: Reads) -> None:
    shown = html(open_page("recommendations", {"q": "idle"}))
    assert "complaints thrown out as <mark>idle</mark>" in shown
    assert 'href="recommendation?id=open-locks-2014-panel"' in shown


@pytest.mark.usefixtures("other_reform")
def test_nothing_found_is_said_so(open_page: Opens, html: Reads) -> None:
    page = open_page("recommendations", {"q": "zebra", "status": "contested"})
    shown = html(page)
    assert "No recommendation fits all of these choices. Leave one out:" in shown
    # Only what helps is offered.
    assert re.findall(">(Without .+?)</a>", shown) == ["Without “Search”: 1"]
    assert '<a href="./?status=contested">' in shown
    assert not page.dataframe


def test_two_of_one_label_are_two_choices(other_reform: Path, open_page: Opens) -> None:
    path = other_reform / "open-locks-2012.yaml"
    text = path.read_text("utf-8")
    old = "label: petitioners of the Ombrel valley"
    assert text.count(old) == 1
    path.write_text(text.replace(old, "label: Open Locks Network"), "utf-8")
    wanted = {"issuer": "Open Locks Network (actor/river-petitioners)"}
    every, chosen = open_page("recommendations"), open_page("recommendations", wanted)
    assert not chosen.warning
    assert 0 < len(chosen.dataframe[0].value) < len(every.dataframe[0].value)
    flow = open_page("recommendations", {"view": "flow"}).dataframe[0].value
    asking = {name for name in flow["From"] if name.startswith("by Open Locks Network (")}
    assert asking == {f"by Open Locks Network (actor/{name})"
                      for name in ("open-locks-network", "river-petitioners")}  # fmt: skip


@pytest.mark.usefixtures("other_reform")
def test_a_choice_that_is_not_there_is_told(open_page: Opens) -> None:
    asked = {"addressee": "Atlantis", "axis": "practice", "status": "notAdopted"}
    status, addressee = (told.value for told in open_page("recommendations", asked).warning)
    assert "not adopted is no choice here and was left out" in status
    assert "Atlantis is no choice here and was left out" in addressee


@pytest.mark.usefixtures("other_reform")
def test_the_heatmap_counts_each_addressee_and_leads_to_its_rows(
    open_page: Opens, html: Reads
) -> None:
    shown = html(open_page("recommendations", {"view": "heatmap"}))
    assert '<th scope="row">Council of the Ombrel River Commission</th>' in shown
    assert "status=unassessed&amp;addressee=tresmark" in shown


@pytest.mark.usefixtures("other_reform")
def test_before_the_day_of_the_statement_it_is_unassessed(open_page: Opens, html: Reads) -> None:
    assert "● adopted" in html(open_page("recommendations", {"as_of": "2015-03-01"}))
    shown = html(open_page("recommendations", {"as_of": "2015-02-28"}))
    assert "● adopted" not in shown
    assert "unassessed" in shown


# --- one recommendation --------------------------------------------------------------------------


@pytest.mark.usefixtures("other_reform")
def test_assessments_stand_side_by_side_with_who_when_on_what(
    open_page: Opens, html: Reads
) -> None:
    page = open_page("recommendation", {"id": "open-locks-2014-reasons"})
    assert page.title[0].value == "Announce closures with reasons"
    shown = html(page)
    assert "≠ contested" in shown
    assert "● adopted</h3>" in shown
    assert "◐ partially adopted</h3>" in shown
    assert ">Open Locks Network</a> (issuer)</dd>" in shown
    assert "<dt>On what</dt>" in shown
    assert "<dt>As of</dt>" in shown


@pytest.mark.usefixtures("other_reform")
def test_what_nobody_assessed_is_not_a_no(open_page: Opens, html: Reads) -> None:
    shown = html(open_page("recommendation", {"id": "open-locks-2012-river-back"})) + html(
        open_page("recommendation", {"id": "open-locks-2014-gauges"})
    )
    assert "\u2013 unassessed" in shown
    assert "That is not a “no”." in shown


@pytest.mark.usefixtures("other_reform")
def test_the_words_of_a_passage_are_marked_when_the_document_is_at_hand(
    open_page: Opens, html: Reads
) -> None:
    shown = html(open_page("recommendation", {"id": "open-locks-2014-gauges"}))
    assert "In your copy: verified" in shown
    assert "<mark>We asked once more for daily gauge readings.</mark>" in shown


@pytest.mark.usefixtures("other_reform")
def test_without_documents_the_place_alone_is_shown(
    monkeypatch: pytest.MonkeyPatch, open_page: Opens, html: Reads
) -> None:
    monkeypatch.delenv("REFORMGRAPH_DOCUMENTS")
    shown = html(open_page("recommendation", {"id": "open-locks-2014-gauges"}))
    assert "<mark>" not in shown
    assert "characters 308 to 352" in shown
    assert "#:~:text=" in shown


@pytest.mark.usefixtures("other_reform")
def test_lineage_and_shared_demands_are_shown(open_page: Opens, html: Reads) -> None:
    shown = html(open_page("recommendation", {"id": "open-locks-2014-gauges"}))
    assert "This one repeats" in shown
    assert "judged: 2015-03-01" in shown
    assert "Also asked by" in shown


def chips(page: AppTest) -> str:
    """Return the line of chips below a recommendation's title."""
    return next(str(part.body) for part in page.html if 'class="rg-chip' in str(part.body))


@pytest.mark.usefixtures("other_reform")
@pytest.mark.parametrize(
    ("day", "said", "unsaid", "verdict"),
    [
        ("2015-02-28", ["unassessed"], ["adopted"], "Nobody says anything on this"),
        ("2015-03-31", ["● adopted", "2015-03-01"], ["partially"], "one voice, the issuer"),
        ("2016-06-30", ["● adopted", "◐ partially adopted"], ["unassessed"], "≠ contested"),
    ],
)
def test_the_day_in_the_address_counts_the_first_time_the_page_is_shown(
    day: str, said: list[str], unsaid: list[str], verdict: str, open_page: Opens, html: Reads
) -> None:
    page = open_page("recommendation", {"id": "open-locks-2014-reasons", "as_of": day})
    assert page.date_input[0].value == dt.date.fromisoformat(day)
    for words in said:
        assert words in chips(page)
    for words in unsaid:
        assert words not in chips(page)
    assert verdict in html(page)


def test_a_shared_address_does_not_tell_what_was_said_later(open_page: Opens, html: Reads) -> None:
    shared = {"id": "mrg-2026-notice-and-reasons", "as_of": "2026-01-31"}
    assert "unassessed" in chips(open_page("recommendation", shared))
    assert "adopted" not in html(open_page("recommendation", shared))


@pytest.mark.usefixtures("other_reform")
def test_the_rest_of_the_page_keeps_to_the_day(open_page: Opens, html: Reads) -> None:
    earlier = {"id": "open-locks-2012-gauge-data"}
    for day, told in (("2013-12-31", False), ("2015-12-31", True)):
        shown = html(open_page("recommendation", earlier | {"as_of": day}))
        assert ("Also asked by" in shown) is told
        assert ("repeats this one" in shown) is told
    later = {"id": "open-locks-2014-panel"}
    for day, status in (("2015-03-31", "◔ under consideration"), ("2015-04-30", "○ not adopted")):
        assert f"2012-05-14 · {status}" in html(open_page("recommendation", later | {"as_of": day}))


@pytest.mark.parametrize(("day", "told"), [("2021-11-01", False), ("2021-12-01", True)])
def test_claims_about_it_keep_to_the_day(day: str, told: bool, open_page: Opens) -> None:
    asked = {"id": "statewatch-2021-pace-recommendations", "as_of": day}
    heads = [head.value for head in open_page("recommendation", asked).header]
    assert "What became of it, and who says so" in heads
    assert ("What else is said about it" in heads) is told


@pytest.mark.parametrize(
    ("of", "words"),
    [
        ("uk-parliamentarians-2021-oppose-al-raisi", "This one makes the same demand as"),
        ("mrg-2026-prompt-removal", "This one makes a narrower demand than"),
        ("statewatch-2021-ccf-appeals-procedure", "makes a narrower demand than this one"),
        ("statewatch-2021-implement-pace-ep", " demand than"),
    ],
)
def test_how_one_demand_takes_up_another_is_told_in_words(
    of: str, words: str, open_page: Opens, html: Reads
) -> None:
    assert words in html(open_page("recommendation", {"id": of}))


@pytest.mark.usefixtures("other_reform")
def test_before_it_was_made_a_recommendation_says_only_when_it_was(
    open_page: Opens, html: Reads
) -> None:
    page = open_page("recommendation", {"id": "open-locks-2015-suspend", "as_of": "2015-02-28"})
    assert page.title[0].value == "Suspend the exchange with the Lakes Council"
    assert "It is not known to have been made by 2015-02-28. Its own date: 2015-03-01." in html(
        page
    )
    assert "rg-chip" not in html(page)


@pytest.mark.usefixtures("other_reform")
@pytest.mark.parametrize(("day", "told"), [("2014-06-30", True), ("2014-12-31", False)])
def test_what_was_perhaps_not_yet_made_is_told(
    day: str, told: bool, open_page: Opens, html: Reads
) -> None:
    shown = html(open_page("recommendation", {"id": "open-locks-2014-gauges", "as_of": day}))
    assert ("2014; perhaps not yet on this day</dd>" in shown) is told
    assert "<dt>Issued</dt>" in shown


@pytest.mark.usefixtures("other_reform")
def test_who_finds_nothing_neither_agrees_nor_contradicts(open_page: Opens, html: Reads) -> None:
    shown = html(open_page("recommendation", {"id": "open-locks-2014-panel"}))
    assert "? no information</h3>" in shown
    assert "one voice, the issuer" in shown


@pytest.mark.usefixtures("other_reform")
def test_an_unknown_recommendation_offers_the_others(open_page: Opens, html: Reads) -> None:
    page = open_page("recommendation", {"id": "nothing"})
    assert "there is no nothing" in page.warning[0].value
    assert len(page.selectbox[0].options) == 12
    assert "Choose a recommendation above." in html(page)


@pytest.mark.usefixtures("other_reform")
def test_choosing_another_changes_the_address(open_page: Opens) -> None:
    page = open_page("recommendation", {"id": "open-locks-2014-gauges"})
    page.selectbox[0].select("Give the river back").run()
    assert not page.exception
    assert page.title[0].value == "Give the river back"


# --- questions, check ----------------------------------------------------------------------------


@pytest.mark.usefixtures("other_reform")
def test_every_question_can_be_opened(open_page: Opens) -> None:
    for question in QUESTIONS.values():
        page = open_page("questions", {"question": question.title})
        needed = any(parameter.required for parameter in question.parameters)
        assert bool(page.dataframe) is not needed, question.name
        told = page.html[0].body
        assert "`" not in told, question.name
        assert "Raises" not in told, question.name
        if not needed:
            assert f"reformgraph ask {question.name}" in page.code[-2].value


@pytest.mark.usefixtures("other_reform")
def test_parameters_of_a_question_stand_in_the_address(open_page: Opens) -> None:
    page = open_page(
        "questions",
        {"question": "Which safeguards does a body offer an affected person?",
         "body": "Highland Lakes Council", "as_of": "2015-03-01"},
    )  # fmt: skip
    assert page.code[-2].value == (
        "reformgraph ask which_safeguards --body actor/highland-lakes-council --as-of 2015-03-01"
    )
    assert page.date_input[0].value == dt.date(2015, 3, 1)
    assert "denied" in list(page.dataframe[0].value["Availability"])


@pytest.mark.usefixtures("river")
def test_a_question_says_its_choices_in_the_language_of_the_page_and_its_address_in_english(
    open_page: Opens,
) -> None:
    begun = "from explorer.languages.choosing import begin\nbegin()\n"
    page = open_page("questions", {"status": "not adopted", "lang": "fr"}, begun)
    status = page.selectbox(key="status")
    assert status.value == "notAdopted"
    assert {"tous", "non adoptée", "contestée"} <= set(status.options)
    assert page.selectbox(key="axis").value == "adoption"  # what is asked where nobody chooses
    assert "any" not in page.selectbox(key="issuer").options
    assert "--status notAdopted" in page.code[-2].value
    with speaking("fr"):  # AppTest says the words of an option itself
        status.set_value("").run()
    assert page.query_params["status"] == "any"
    assert "--status" not in page.code[-2].value
    assert not page.warning


@pytest.mark.usefixtures("river")
def test_another_question_is_not_asked_with_the_choices_of_the_one_before(open_page: Opens) -> None:
    page = open_page("questions", {"issuer": "open-locks-network", "status": "adopted"})
    assert not page.warning
    page.selectbox(key="question").set_value(QUESTIONS["who_asked_whom"].title).run()
    assert page.query_params["issuer"] == "open-locks-network"
    assert "status" not in page.query_params


@pytest.mark.usefixtures("river")
def test_a_row_that_was_ticked_and_is_no_longer_there_breaks_nothing(open_page: Opens) -> None:
    page = open_page("questions")
    page.session_state["rows"] = {"selection": {"rows": [9], "columns": [], "cells": []}}
    page.run()
    page.selectbox(key="addressee").set_value(str(iri("actor", "tresmark"))).run()
    assert not page.exception
    assert len(page.dataframe[0].value) == 1


@pytest.mark.usefixtures("other_reform")
def test_a_question_is_found_by_the_name_that_the_command_line_has_for_it(
    open_page: Opens,
) -> None:
    page = open_page("questions", {"question": "which_rules_govern"})
    assert page.selectbox(key="question").value == QUESTIONS["which_rules_govern"].title
    assert not page.warning


@pytest.mark.usefixtures("other_reform")
def test_a_question_without_an_answer_says_so(open_page: Opens, html: Reads) -> None:
    page = open_page(
        "questions", {"question": "How many, as counted by whom?", "as_of": "1990-01-01"}
    )
    shown = html(page)
    assert "Nothing on record fits all of these choices. That is not a “no”." in shown
    link = re.search('<a href="questions[?]([^"]+)">Without “As of”: [0-9]+</a>', shown)
    assert link
    assert "as_of" not in link[1]


@pytest.mark.usefixtures("other_reform")
def test_the_check_page_tells_findings_with_their_lines(open_page: Opens, html: Reads) -> None:
    page = open_page("check")
    shown = html(page)
    assert "No Violation, and no passage was found changed." in shown
    assert "<b>0</b>✕ Violations" in shown
    assert "open-locks-2012.yaml line " in shown
    assert "maintainers; invented for the tests" in shown


@pytest.mark.usefixtures("other_reform")
def test_the_check_page_can_show_one_severity(open_page: Opens) -> None:
    page = open_page("check", {"severity": "Warning"})
    assert [head.value for head in page.header[:1]] == ["Warnings"]
    assert "Infos" not in [head.value for head in page.header]


def test_a_passage_with_a_locator_only_is_no_fault(
    other_reform: Path, open_page: Opens, html: Reads
) -> None:
    path = other_reform / "waterways-audit-2016.yaml"
    text = path.read_text("utf-8")
    begin = text.index("    span: [290, 371]")
    end = text.index("  not-correct:")
    path.write_text(f"{text[:begin]}    locator: page 1\n{text[end:]}", "utf-8")
    shown = html(open_page("check"))
    assert "no passage was found changed" in shown
    assert "<b>1</b>passages with a locator only" in shown
    assert '<th scope="col">with a locator only</th>' in shown
    shown = html(open_page("recommendation", {"id": "open-locks-2012-gauge-data"}))
    assert "Only its place is recorded; read it there." in shown


def test_a_changed_passage_is_shown_on_the_check_page(
    other_reform: Path, open_page: Opens, html: Reads
) -> None:
    path = other_reform / "ombrel-courier-2013.txt"
    path.write_text(path.read_text("utf-8").replace("President", "Chair"), "utf-8")
    shown = html(open_page("check"))
    assert "There are Violations, or passages that changed" in shown
    assert "changed: The words of the passage are not in this copy." in shown


@pytest.mark.parametrize(
    ("page", "address", "told"),
    [
        ("recommendations", {"as_of": "foo"}, "foo is no day"),
        ("recommendations", {"axis": "zzz"}, "zzz is no choice"),
        (
            "recommendation",
            {"id": "mrg-2026-notice-and-reasons", "as_of": "2026-13-01"},
            "2026-13-01 is no day",
        ),
        ("actor", {"id": "interpol", "as_of": "20260219"}, "20260219 is no day"),
        ("election", {"as_of": "1789-07-14"}, "1789-07-14 is no day"),
        ("links", {"drawn": "nonsense"}, "nonsense is no choice"),
        ("links", {"steps": "-1", "limit": "1e9", "longest": "½"}, "½ is no choice"),
        ("around", {"steps": "99999999999999999999"}, "99999999999999999999 is no choice"),
        ("recommendations", {"view": "network", "limit": "24"}, "24 is no choice"),
        ("recommendations", {"view": "heatmap", "by": "zzz"}, "zzz is no choice"),
        ("recommendations", {"page": "-1"}, "-1 is no choice"),
        ("actor", {"id": "x" * 10_000}, f"{'x' * 80} …"),
        ("questions", {"question": "nonsense"}, "nonsense is no choice"),
        ("check", {"severity": "x"}, "x is no choice"),
    ],
)
def test_what_an_address_asks_wrongly_is_told_and_not_dropped(
    page: str, address: dict[str, Query], told: str, open_page: Opens
) -> None:
    opened = open_page(page, address)
    # Data in a text for people is escaped, so that it is never read as Markdown.
    assert any(told in warning.value.replace("\\", "") for warning in opened.warning)
    assert all(len(warning.value) < 500 for warning in opened.warning)
    assert not opened.error


ASKED = (
    "as_of", "since", "release", "axis", "q", "view", "by", "page", "limit", "focus", "status",
    "theme", "year", "change", "one", "other", "longest", "drawn", "steps", "shown", "presentation",
    "question", "about", "actor", "part", "passage", "severity", "tab", "document", "candidate",
    "of", "kind", "lang",
)  # fmt: skip
"""What addresses of some page or other ask."""


@pytest.mark.usefixtures("river")
@pytest.mark.parametrize("page", [name for name in PAGES if name != "sparql"])
def test_a_page_stands_whatever_its_address_asks(page: str, open_page: Opens, html: Reads) -> None:
    junk = (
        "9999-99-99", "-1", "../../etc/passwd", "<script>alert(1)</script>", "\0\x1b[31m",
        "\u202ecba", "'} ; DROP ALL #", "99999999999999999999", "\U0001f600", "%00", "actor/nobody",
    )  # fmt: skip
    given = {name: junk[i % len(junk)] for i, name in enumerate(ASKED)}
    opened = open_page(page, {**given, "id": "<b>" * 3000, "axis": ["zzz", "practice"]})
    assert not opened.error
    assert opened.title
    assert "<script>" not in html(opened)
    assert all(len(warning.value) < 900 for warning in opened.warning)
