"""Stating something by hand, without any candidate: with its passage, its basis and its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from explorer.deciding import today
from explorer.languages.saying import say
from explorer.markup import Html, address, element, joined, plain
from explorer.review import choices
from explorer.review.acting import attempt, need
from explorer.review.known import Known
from explorer.review.linking import linking_form
from explorer.review.passage import Evidence, ask_passage
from explorer.review.statusform import status_form
from explorer.review.wording import Wording, as_of, day, recommendation_form
from explorer.screen import ask_one, own_place, put
from explorer.words import word
from ingest.decisions import Declaration, Record, Reminder, reminders
from ingest.drafting import entry, new_id
from ingest.facts import Claim, Facts, Proposition
from ingest.folding import reviewer_id
from ontology.terms import scheme

ACTS = {
    "a status": "You read the text, or somebody reports what became of a recommendation.",
    "a response": "What the addressee answers, in its own words: the right of reply.",
    "nothing found": "You looked, and found nothing on what became of it.",
    "a recommendation": "A recommendation that no rule proposed.",
    "a claim": "Somebody asserts, denies or doubts something.",
    "an ask": "What a recommendation asks for; one from a list has none until somebody says so.",
    "look again": "A day on which to look at a recommendation again.",
}
"""What may be stated by hand, and what each is."""


def show(known: Known, who: str) -> None:
    """Show the tab."""
    with own_place():
        _due(known, who)
    act = ask_one(st, "What to state", list(ACTS), "state", beside=True)
    put(element("p", say(ACTS[act]), class_="rg-small"))
    # After each decision the form begins anew.
    key = f"hand {act} {st.session_state.get('review round', 0)}"
    forms: dict[str, Callable[[Known, str, str], Callable[[], Record]]] = {
        "a status": _status, "a response": _response, "nothing found": _nothing_found,
        "a recommendation": _recommendation, "a claim": _claim, "an ask": linking_form,
        "look again": _look_again,
    }  # fmt: skip
    decide = forms[act](known, who, key)
    if st.button(plain(say("Put it on record")), type="primary", key=f"{key} save") and attempt(
        who, decide
    ):
        st.session_state["review round"] = st.session_state.get("review round", 0) + 1
        st.rerun()


def _filled() -> str:
    """Return the recommendation that the address names: the one whose page led here."""
    return st.query_params.get("of", "").removeprefix("recommendation/")


def _stated(known: Known, who: str, evidence: Evidence, facts: Facts) -> Record:
    return known.desk.record(who, Declaration(document=evidence.document, facts=facts))


# --- statuses ------------------------------------------------------------------------------------


def _with_evidence(
    known: Known, who: str, key: str, words: Callable[[], Wording], document: str = ""
) -> Callable[[], Record]:
    """Ask for the passage on one side and the words on the other."""
    left, right = st.columns([1, 1], gap="large")
    with left:
        evidence = ask_passage(known, key, document)
    with right:
        wording = words()

    def decide() -> Record:
        place = evidence.place(known)
        return _stated(known, who, evidence, wording.assessment(evidence.document, place))

    return decide


def _status(known: Known, who: str, key: str) -> Callable[[], Record]:
    filled = {"of": _filled(), "by": reviewer_id(who) if who else "", "basis": "textRead"}
    return _with_evidence(known, who, key, lambda: status_form(
        known, key, who, filled=filled, axes=("adoption", "practice")
    ))  # fmt: skip


def _response(known: Known, who: str, key: str) -> Callable[[], Record]:
    asked = known.recommendations.get(_filled())
    by = asked.addressees[0] if asked and len(asked.addressees) == 1 else ""
    filled = {"of": _filled(), "by": by, "basis": "addresseeReported"}
    return _with_evidence(known, who, key, lambda: status_form(
        known, key, who, filled=filled, axes=("response",)
    ))  # fmt: skip


def _nothing_found(known: Known, who: str, key: str) -> Callable[[], Record]:
    left, right = st.columns([1, 1], gap="large")
    described = list(known.described)
    with left:
        looked_in = st.multiselect(
            plain(say("Where you looked")),
            described,
            key=f"{key} documents",
            placeholder=say("documents"),
            format_func=lambda one: known.titles.get(one, one),
            persist_state="page",
        )
        searched = st.text_area(
            plain(say("What you searched for, and how")), key=f"{key} searched", height=90,
            persist_state="page",
        )  # fmt: skip
        looked_on = day(say("When you looked"), f"{key} on", start=today())
    mine = reviewer_id(who) if who else ""
    filled = {"of": _filled(), "by": mine, "basis": "curatorInferred", "axis": "adoption",
              "status": "noInformation"}  # fmt: skip
    with right:
        wording = status_form(known, key, who, filled=filled, axes=("adoption", "practice"))

    def decide() -> Record:
        wording.look = {"on": looked_on, "by": mine, "documents": looked_in, "summary": searched}
        need(where_you_looked=looked_in, what_you_searched_for=searched, who_says_so=mine)
        place = known.desk.place(looked_in[0], [])
        facts = wording.assessment(looked_in[0], place)
        return known.desk.record(who, Declaration(document=looked_in[0], facts=facts))

    return decide


# --- recommendations and claims ------------------------------------------------------------------


def _recommendation(known: Known, who: str, key: str) -> Callable[[], Record]:
    left, right = st.columns([1, 1], gap="large")
    with left:
        evidence = ask_passage(known, key)
    with right:
        wording = recommendation_form(known, key, evidence.words, document=evidence.document)

    def decide() -> Record:
        place = evidence.place(known)
        return _stated(known, who, evidence, wording.recommendation(evidence.document, place))

    return decide


def _claim(known: Known, who: str, key: str) -> Callable[[], Record]:
    left, right = st.columns([1, 1], gap="large")
    with left:
        evidence = ask_passage(known, key)
    said: dict[str, Any] = {}
    with right:
        said["summary"] = st.text_area(
            plain(say("What is said, in your own words")), key=f"{key} summary", height=90,
            persist_state="page",
        )  # fmt: skip
        by = choices.actors(say("Who says so"), f"{key} by", known)
        propositions = known.named("propositions")
        thesis = st.selectbox(
            plain(say("The proposition")), list(propositions), index=None, key=f"{key} proposition",
            format_func=lambda one: propositions.get(one, one), accept_new_options=True,
            placeholder=say("search, or write a new one"), persist_state="page",
        )  # fmt: skip
        kind = "factual"
        if thesis and thesis not in propositions:
            kind = st.selectbox(
                plain(say("The new proposition is")),
                list(scheme("propositionKind")),
                format_func=word,
                key=f"{key} kind",
                persist_state="page",
            )
        said["stance"] = st.selectbox(
            plain(say("Stance")), list(scheme("stance")), format_func=word, key=f"{key} stance",
            persist_state="page",
        )  # fmt: skip
        said["about"] = _about(known, key)
        said["as_of"] = as_of(f"{key} as of")

    def decide() -> Record:
        by.refuse_faults()
        place = evidence.place(known)
        need(summary=said["summary"], who_says_so=by.ids, proposition=thesis)
        new = []
        ident = thesis or ""
        if ident not in propositions:
            ident = new_id(evidence.document, ident)
            new = [entry(Proposition, {"id": ident, "label": thesis, "kind": kind})]
        passages = place.passages()
        claim = entry(Claim, {
            **said, "id": new_id(evidence.document, said["summary"]), "by": by.ids,
            "proposition": ident, "passages": list(passages),
        })  # fmt: skip
        facts = entry(Facts, {"passages": passages, "propositions": new, "claims": [claim],
                              "actors": by.new})  # fmt: skip
        return _stated(known, who, evidence, facts)

    return decide


def _about(known: Known, key: str) -> list[str]:
    named = {i: known.recommendations[i].label for i in known.own}
    if _filled() in known.recommendations:
        named[_filled()] = known.recommendations[_filled()].label
    options = {f"recommendation:{i}": label for i, label in named.items()}
    options |= {f"actor:{i}": label for i, label in known.actors.items()}
    options |= {f"instrument:{i}": label for i, label in known.named("instruments").items()}
    filled = f"recommendation:{_filled()}"
    if f"{key} about" not in st.session_state:
        st.session_state[f"{key} about"] = [filled] if filled in options else []
    return list(
        st.multiselect(
            plain(say("About")),
            list(options),
            format_func=lambda one: options.get(one, one),
            key=f"{key} about",
            placeholder=say("recommendations, actors, instruments"),
            persist_state="page",
        )
    )


# --- look again ----------------------------------------------------------------------------------


def _look_again(known: Known, who: str, key: str) -> Callable[[], Record]:
    of = choices.recommendation(known, f"{key} of", filled=_filled())
    on = day(say("On"), f"{key} on")
    reason = st.text_input(plain(say("What for")), key=f"{key} reason", persist_state="page")

    def decide() -> Record:
        need(recommendation=of, day=on)
        said = {"recommendation": of, "on": on, "reason": reason or None}
        return known.desk.record(who, entry(Reminder, said))

    return decide


def _due(known: Known, who: str) -> None:
    """List what somebody wanted to look at again, the due first."""
    found = reminders(known.records)
    if not found:
        return
    day_now = today()
    due = sum(on <= day_now for on, _, _ in found)
    title = say("To look at again: {due} due, {later} later", due=due, later=len(found) - due)
    with st.expander(plain(title), expanded=bool(due)):
        for on, record, reminder in found:
            left, right = st.columns([6, 1], vertical_alignment="center")
            with left:
                put(_reminder(known, on, record, reminder, day_now))
            if right.button(
                plain(say("Done")),
                key=f"done {record.id}",
                help=plain(say("Takes it off this list.")),
            ) and (attempt(who, partial(known.desk.undo, who, record.id, "Looked."))):
                st.rerun()


def _reminder(
    known: Known, on: dt.date, record: Record, reminder: Reminder, today: dt.date
) -> Html:
    ident = reminder.recommendation
    label = known.recommendations[ident].label if ident in known.recommendations else ident
    return element(
        "p", element("strong", say("{day} · due", day=on) if on <= today else str(on)), " ",
        element("a", label, href=address("recommendation", id=ident)),
        joined(f" {reminder.reason or ''} "),
        element("span", say("({who}, decision {number})", who=record.who, number=record.number),
                class_="rg-small"),
    )  # fmt: skip
