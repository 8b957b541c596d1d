"""What is chosen: an address holds it, and among prepared recommendations it counts right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import partial
from html import unescape
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from explorer.choosing import sides, table
from explorer.choosing.asking import VIEWS
from explorer.facets import Prepared, prepared, years_of
from explorer.languages.saying import listed
from explorer.selection import Selection, read_query, resolved, words_of
from explorer.session import current, whole_address
from explorer.words import Names
from graph.entities import labels
from graph.store import Store, open_store
from ingest.pipeline import build
from ontology.identifiers import iri
from tests.explorer.conftest import OTHER_REFORM

Reads = Callable[[AppTest], str]

TRESMARK = str(iri("actor", "tresmark"))


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store("memory:", build(OTHER_REFORM).to_bytes())


@pytest.fixture(scope="module")
def names(store: Store) -> Names:
    return Names(labels(store))


@pytest.fixture(scope="module")
def all_of_them(store: Store, names: Names) -> Prepared:
    return prepared(store, names, "adoption", None)


# --- the address ---------------------------------------------------------------------------------


def test_an_address_gives_back_the_selection_it_was_made_of() -> None:
    given = Selection(
        axis="practice", as_of=dt.date(2026, 2, 19), since=dt.date(2025, 1, 1), words="appeal body",
        status=("adopted", "contested"), addressee=(TRESMARK,), year=("2021",), voices=("nobody",),
    )  # fmt: skip
    query = given.to_query()
    assert query["addressee"] == ["tresmark"]
    found, lost = read_query(query)
    assert not lost
    values = {"status": given.status, "addressee": [TRESMARK], "year": ["2021"],
              "voices": ["nobody"]}  # fmt: skip
    assert resolved(found, values, lambda _, value: value) == (given, [])


def test_what_is_not_chosen_does_not_stand_in_the_address() -> None:
    assert Selection().to_query() == {}


@pytest.mark.parametrize(
    "written", ["tresmark", "actor/tresmark", TRESMARK, "Tresmark", "TRESMARK"]
)
def test_an_entity_may_be_written_by_id_address_or_name(
    written: str, all_of_them: Prepared, names: Names
) -> None:
    found, _ = read_query({"addressee": [written]})
    named = partial(words_of, name_of=names.unique)
    selection, lost = resolved(found, all_of_them.values, named)
    assert selection.addressee == (TRESMARK,)
    assert not lost


def test_what_is_not_there_is_lost_and_named() -> None:
    found, lost = read_query({"axis": ["zzz"], "as_of": ["2026-13-01"], "since": ["0001-01-01"]})
    assert [(one.title, one.value, one.is_day) for one in lost] == [
        ("Axis", "zzz", False), ("As of", "2026-13-01", True), ("Since", "0001-01-01", True),
    ]  # fmt: skip
    assert found == Selection()
    _, more = resolved(Selection(issuer=("atlantis",)), {}, lambda _, value: value)
    assert [(one.title, one.value) for one in more] == [("Asked by", "atlantis")]


def test_a_selection_says_itself_in_words() -> None:
    told = Selection(status=("adopted", "contested"), words="appeal", as_of=dt.date(2026, 2, 19))
    line = told.in_words(lambda facet, value: words_of(facet, value, str), listed)
    assert line == "Status: adopted or contested; Words: “appeal” (adoption, as of 2026-02-19)"


# --- counting ------------------------------------------------------------------------------------


def test_every_count_is_what_choosing_the_value_shows(all_of_them: Prepared) -> None:
    chosen = Selection(status=("unassessed",), words="the")
    for facet, counts in all_of_them.counts(chosen).items():
        for value, count in counts.items():
            shown = all_of_them.chosen(chosen.with_facet(facet, [value]))
            assert len(shown) == count, (facet, value)


def test_each_facet_lets_through_what_has_one_of_its_values(all_of_them: Prepared) -> None:
    everything = all_of_them.chosen(Selection())
    assert tuple(everything) == all_of_them.items
    for facet in ("status", "voices", "response", "year"):  # of these everything has one
        values = list(all_of_them.values[facet])
        assert all_of_them.chosen(Selection().with_facet(facet, values)) == everything
    both = all_of_them.chosen(Selection(addressee=(TRESMARK,), status=("unassessed",)))
    assert {item.bucket for item in both} == {"unassessed"}
    assert all(TRESMARK in item.first.addressees for item in both)


def test_voices_tell_who_differs_and_where_only_the_issuer_spoke(all_of_them: Prepared) -> None:
    contested = all_of_them.chosen(Selection(voices=("contested",)))
    alone = all_of_them.chosen(Selection(voices=("onlyIssuer",)))
    silent = all_of_them.chosen(Selection(voices=("nobody",)))
    assert contested
    assert all(len({voice.status for voice in item.voices}) > 1 for item in contested)
    assert alone
    assert all(item.first.only_issuer for item in alone)
    assert all(voice.status == "noInformation" for item in silent for voice in item.voices)


def test_the_day_of_a_look_is_known_of_what_found_nothing(all_of_them: Prepared) -> None:
    looks = [
        all_of_them.looked_on(str(voice.assessment), item.iri)
        for item in all_of_them.items
        for voice in item.voices
        if voice.status == "noInformation"
    ]
    assert looks
    assert all(isinstance(day, dt.date) for day in looks)


@pytest.mark.parametrize(
    ("edtf", "years"),
    [
        ("2021-11-14/2021-11-21", ("2021",)), ("2015/2017", ("2015", "2016", "2017")),
        ("../2025-11", ("2025",)), ("2026-02-19", ("2026",)), (None, ("undated",)),
    ],
)  # fmt: skip
def test_a_date_counts_in_each_of_its_years(edtf: str | None, years: tuple[str, ...]) -> None:
    assert years_of(edtf) == years


# --- the views -----------------------------------------------------------------------------------


@pytest.fixture
def shown(other_reform: object) -> AppTest:
    del other_reform
    script = "from explorer.views import recommendations\nrecommendations.show()\n"
    return AppTest.from_string(script, default_timeout=120)


def test_every_view_shows_the_selection_or_says_what_to_do(shown: AppTest, html: Reads) -> None:
    for view in VIEWS:
        shown.query_params["view"] = view
        shown.query_params["status"] = ["contested", "unassessed"]
        shown.run()
        assert "<b>7 of 12 shown</b>" in html(shown), view
    assert "Choose the day since when" in html(shown)  # the last one, what changed


LEADING = (
    r'<td[^>]*><a href="\./\?(?P<query>[^"]+)">(?P<count>[\d,]+)<',
    r'<li><a href="\./\?(?P<query>[^"]+)">[^<]+</a><span><b>(?P<count>[\d,]+)</b>',
    r'<li><b>(?P<count>[\d,]+)</b><a href="\./\?(?P<query>[^"]+)">',
    r'<a href="\./\?(?P<query>[^"]+)">[^<:]+: (?P<count>[\d,]+)</a>',
)
"""How pages write a number that leads to what it counts: heatmap, numbers, sides, an actor."""


@pytest.mark.usefixtures("river")
def test_a_number_leads_to_as_many_as_it_says(
    all_of_them: Prepared, names: Names, open_page: Callable[..., AppTest], html: Reads
) -> None:
    pages = [("recommendations", {"view": view}) for view in ("heatmap", "numbers", "sides")]
    pages.append(("actor", {"id": "ombrel-council", "part": "is-asked"}))
    for pattern, page in zip(LEADING, pages, strict=True):
        found = list(re.finditer(pattern, html(open_page(*page))))
        assert len(found) > 3, page
        for one in found:
            asked, _ = read_query(parse_qs(unescape(one["query"])))
            chosen, lost = resolved(asked, all_of_them.values, partial(words_of, name_of=names.of))
            assert not lost
            assert len(all_of_them.chosen(chosen)) == int(one["count"]), one[0]


def test_what_is_chosen_in_the_network_stands_in_the_address(shown: AppTest, html: Reads) -> None:
    shown.query_params.update({"view": "network", "limit": "50", "focus": TRESMARK})
    text = html(shown.run())
    assert 'class="rg-list"><li><a href="recommendation?' in text
    assert shown.query_params["focus"] == TRESMARK
    shown.selectbox(key="focus").set_value("").run()
    assert "focus" not in shown.query_params


def test_a_number_of_thousands_of_digits_in_an_address_breaks_nothing(shown: AppTest) -> None:
    shown.query_params.update({"page": "9" * 5000, "limit": "1" * 5000})
    assert not shown.run().exception
    assert shown.dataframe


def test_another_view_begins_at_its_first_page(
    shown: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "PAGE", 5)
    monkeypatch.setattr(sides, "PAGE", 5)
    shown.query_params["page"] = "2"
    assert shown.run().query_params["page"] == "2"
    shown.segmented_control(key="view").set_value("sides").run()
    assert "page" not in shown.query_params


def test_assessors_stand_side_by_side_and_who_differs_is_said(shown: AppTest, html: Reads) -> None:
    shown.query_params["view"] = "sides"
    text = html(shown.run())
    assert "≠ they disagree" in text
    assert "one voice, the issuer&#x27;s" in text
    assert "last looked on" in text
    assert "unassessed</td>" in text
    heads = re.findall(r'<th scope="col">([^<]*)</th>', text)
    assert heads[2:4] == ["issuer", "addressee"]
    for name in ("Open Locks Network", "Secretariat of the Ombrel River Commission"):
        assert f"<td><div><div>{name}</div>" in text, name


def test_what_changed_between_two_days_tells_before_and_after(shown: AppTest, html: Reads) -> None:
    shown.query_params.update({"view": "changes", "since": "2014-01-01", "as_of": "2016-12-31"})
    text = html(shown.run())
    assert "not on record" in text
    assert "After 2014-01-01, up to 2016-12-31" in text
    for view in ("changes", "table"):
        shown.query_params.update({"since": "2016-12-31", "view": view})
        text = html(shown.run())
        assert "2016-12-31 is not before 2016-12-31, so nothing is compared" in text, view
        assert "changes in the world" not in text, view


@pytest.mark.usefixtures("river")
def test_a_whole_address_begins_with_the_public_one_and_holds_the_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REFORMGRAPH_PUBLIC_URL", "https://example.org/reform/")
    session, query = current(), {"one": ["A & B"], "drawn": ["ties"]}
    assert whole_address(session, "", {}) == "https://example.org/reform/"
    found = whole_address(session, "links", query)
    assert found == "https://example.org/reform/links?one=A+%26+B&drawn=ties"


def test_a_first_visitor_is_told_what_this_is_and_asked_three_questions(
    shown: AppTest, html: Reads
) -> None:
    text = html(shown.run())
    assert text.count("<li><a href=") >= 3
    assert "Who asked whom for what reform" in text
    shown.query_params["status"] = "adopted"
    assert "rg-questions" not in html(shown.run())
