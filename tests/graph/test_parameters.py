"""Parameters come as text; a typing slip is told, never answered with an empty table."""

from __future__ import annotations

import inspect
import typing

import pytest

from graph.parameters import Kind, words_of
from graph.questions import QUESTIONS, ask
from graph.rows import CONTESTED, UNASSESSED
from ontology.errors import NotFoundError, UsageError
from ontology.identifiers import expand, iri

COMMISSION = str(iri("actor", "ombrel-commission"))


@pytest.mark.parametrize("text", ["ombrel-commission", "actor/ombrel-commission", COMMISSION])
def test_an_entity_is_given_by_slug_short_form_or_address(text, river):
    rows = ask(river, "who_asked_whom", addressee=text)
    assert rows
    assert {row.addressee for row in rows} == {COMMISSION}


def test_an_address_with_levels_is_an_entity_too(river):
    rows = ask(river, "what_is_said_about", subject="version/navigation-rules/2014")
    assert {row.proposition_label for row in rows} == {
        "The fee rule stands in article 5",
        "The fee rule stands in article 9",
    }


def test_an_entity_that_is_not_there_is_told_with_a_guess(river):
    with pytest.raises(NotFoundError, match=r"addressee: .*Did you mean “ombrel-commission”\?"):
        ask(river, "who_asked_whom", addressee="ombrel-comission")


def test_an_entity_of_another_kind_is_not_taken(river):
    with pytest.raises(NotFoundError, match="there is no actor"):
        ask(river, "who_asked_whom", addressee="document/open-locks-2012")


def test_a_slug_that_may_mean_several_is_not_guessed(interpol):
    several = r"Give one of: actor/uk-parliamentarians-2021, document/uk-parliamentarians-2021"
    with pytest.raises(UsageError, match=several):
        ask(interpol, "what_is_said_about", subject="uk-parliamentarians-2021")
    assert ask(interpol, "what_is_said_about", claimant="uk-parliamentarians-2021")


def test_an_empty_text_is_no_parameter(river):
    assert ask(river, "which_recommendations", theme="") == ask(river, "which_recommendations")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"as_of": "24.11.2015"}, "as_of: .*is not a day"),
        ({"as_of": "2015-02-30"}, "as_of: .*is not a day"),
        ({"axis": "speed"}, "axis: .*Use one of: response, adoption, practice"),
        ({"status": "implemented"}, "status: .*adopted.*unassessed, contested"),
        ({"status": "accepted"}, "status: .*not a known word"),
        ({"basis": "hearsay"}, "basis: .*textRead"),
        ({"issuers": "kaldoria"}, "“issuers” is not a parameter"),
    ],
)
def test_a_value_that_cannot_be_read_is_told(given, message, river):
    with pytest.raises(UsageError, match=message) as caught:
        ask(river, "which_recommendations", **given)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_status_is_read_on_the_axis_asked_for(river):
    (row,) = ask(river, "which_recommendations", axis="response", status="accepted")
    assert row.recommendation.endswith("open-locks-2012-gauge-data")


def test_a_number_is_one_or_more(river):
    ends = {"one": "kaldoria", "other": "tresmark"}
    for wrong in ("0", "-1", "many", "1.5"):
        with pytest.raises(UsageError, match=r"longest: .*is not a number"):
            ask(river, "how_are_they_linked", **ends, longest=wrong)
    with pytest.raises(UsageError, match="too long"):
        ask(river, "how_are_they_linked", **ends, longest="9")


def test_a_parameter_that_is_needed_is_asked_for(river):
    with pytest.raises(UsageError, match="how_are_they_linked needs `other`"):
        ask(river, "how_are_they_linked", one="kaldoria")


def test_an_unknown_question_is_told_with_the_known_ones(river):
    with pytest.raises(NotFoundError, match="which_recommendations"):
        ask(river, "what_is_the_weather")


def test_a_question_names_the_parameters_of_its_function():
    for name, question in QUESTIONS.items():
        known = [given for given in inspect.signature(question.function).parameters]
        assert sorted(["store", *[one.name for one in question.parameters]]) == sorted(known), name


def test_there_are_ten_to_twenty_questions_each_with_title_and_doc():
    assert 10 <= len(QUESTIONS) <= 20
    for question in QUESTIONS.values():
        assert question.title.endswith("?")
        assert question.doc
        assert all(parameter.doc for parameter in question.parameters)


def test_no_question_speaks_of_the_first_subject():
    for question in QUESTIONS.values():
        told = " ".join([question.title, question.doc, *[one.doc for one in question.parameters]])
        assert "interpol" not in told.lower()


def test_every_list_of_words_is_offered():
    lists = {kind for kind in typing.get_args(Kind) if words_of(kind)}
    assert lists == {
        "status", "axis", "basis", "actor kind", "mechanism", "outcome", "disagreement",
        "yes or no",
    }  # fmt: skip
    assert {UNASSESSED, CONTESTED} <= set(words_of("status"))
    with pytest.raises(UsageError, match="is not an axis"):
        words_of("status", "speed")


FILTERS = [
    ("river", "which_recommendations", "issuer", "actor/open-locks-network", "issuers"),
    ("river", "which_recommendations", "addressee", "actor/ombrel-council", "addressees"),
    ("river", "which_recommendations", "theme", "theme/redress", "themes"),
    ("river", "which_recommendations", "document", "document/open-locks-2015", "documents"),
    ("river", "which_recommendations", "document", "document/ombrel-resolution-2012", "made_in"),
    ("river", "which_recommendations", "status", "notAdopted", "status"),
    ("river", "which_recommendations", "assessor", "actor/ombrel-secretariat", "assessor"),
    ("river", "which_recommendations", "basis", "issuerReported", "basis"),
    ("river", "what_happened_to", "recommendation", "recommendation/open-locks-2012-panel",
     "recommendation"),
    ("river", "which_demands_return", "recommendation", "recommendation/open-locks-2012-panel",
     "earlier later"),
    ("river", "which_demands_return", "recommendation", "recommendation/open-locks-2014-gauges",
     "earlier later"),
    ("interpol", "which_demands_return", "recommendation",
     "recommendation/statewatch-2021-oppose-al-raisi", "earlier later"),
    ("river", "who_asked_whom", "issuer", "actor/ombrel-fishers-union", "issuer"),
    ("river", "who_asked_whom", "addressee", "actor/velnia", "addressee"),
    ("river", "who_asked_whom", "addressee_kind", "state", "addressee_kind"),
    ("river", "who_asked_whom", "document", "document/ombrel-courier-2013", "documents"),
    ("interpol", "who_signed", "document", "document/uk-parliamentarians-2021", "signed"),
    ("river", "who_signed", "signatory", "actor/mirelle-tosk", "signatory"),
    ("river", "which_rules_govern", "party", "actor/kaldoria", "parties"),
    ("river", "which_rules_govern", "other", "actor/highland-lakes-council", "parties"),
    ("interpol", "what_is_said_about", "subject", "actor/aimc", "about"),
    ("interpol", "what_is_said_about", "claimant", "actor/interpol", "claimants"),
    ("river", "which_safeguards", "body", "actor/highland-lakes-council", "body"),
    ("interpol", "what_happened_in_cases", "requesting_state", "actor/china", "requesting_state"),
    ("interpol", "what_happened_in_cases", "requested_state", "actor/serbia", "requested_state"),
    ("interpol", "what_happened_in_cases", "outcome", "released", "outcome"),
    ("interpol", "what_happened_in_cases", "mechanism", "policeNotice", "mechanism"),
    ("interpol", "how_many", "subject", "document/coalition-letter-2021", "about"),
    ("interpol", "how_many", "claimant", "actor/nbc-news", "claimants"),
    ("river", "who_stood_for", "post", "post/ombrel-council-seat", "post"),
    ("river", "who_stood_for", "candidate", "actor/mirelle-tosk", "candidate"),
    ("river", "where_sources_disagree", "kind", "judgement", "kind"),
    ("river", "what_changed", "instrument", "instrument/navigation-rules", "instrument"),
]  # fmt: skip


def holds(row, columns: str, text: str) -> bool:
    """Tell whether a column of a row is, or holds, the value asked for."""
    wanted = str(expand(text)) if "/" in text else text
    found = [getattr(row, column) for column in columns.split()]
    return any(wanted == value or (isinstance(value, tuple) and wanted in value) for value in found)


@pytest.mark.parametrize(
    ("corpus", "name", "parameter", "text", "columns"),
    FILTERS,
    ids=[f"{name}-{parameter}={text}" for _, name, parameter, text, _ in FILTERS],
)
def test_a_parameter_leaves_just_the_rows_that_hold_it(
    corpus, name, parameter, text, columns, request
):
    store = request.getfixturevalue(corpus)
    everything, some = ask(store, name), ask(store, name, **{parameter: text})
    assert some == [row for row in everything if holds(row, columns, text)]
    assert 0 < len(some) < len(everything)


@pytest.mark.parametrize("end", ["party", "other"])
def test_a_direction_is_found_from_both_ends(end, interpol):
    everything = ask(interpol, "whose_rules_bind_the_data")
    assert ask(interpol, "whose_rules_bind_the_data", **{end: "aimc"}) == everything
    assert ask(interpol, "whose_rules_bind_the_data", **{end: "ccf"}) == []


def test_an_election_is_found_by_its_name(river, interpol):
    assert ask(river, "who_stood_for", election="ombrel-election-2013") == ask(
        river, "who_stood_for"
    )
    for row in ask(interpol, "who_stood_for", election="interpol-election-2021"):
        assert row.election.endswith("interpol-election-2021")
