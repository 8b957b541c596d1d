"""One documented case: which State asked which for whom, by what channel, and what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from explorer.entity.choosing import chosen, say_empty
from explorer.entity.keeping import keep
from explorer.entity.parts import Part, facts, show_parts
from explorer.entity.telling import recommendations
from explorer.entitypages import in_english, name_of, named
from explorer.languages.saying import listed, say
from explorer.markup import Html, element, plain, say_html
from explorer.quoting import passage_fold
from explorer.screen import ask_day, put, put_title
from explorer.session import Session, current
from explorer.voices import Item, items_of
from explorer.words import Names, date_in_words, word
from graph.answers import Entity, WhatHappenedInCasesRow, WhichRecommendationsRow
from graph.entities import describe
from graph.questions import what_happened_in_cases, which_recommendations
from ontology.terms import RG, local_name

NAMELESS = (
    "No name of the affected person is kept here. Of a case goes out what its source published, or "
    "what the person consented to: by month, by State, attributed."
)


def show() -> None:
    """Show the page."""
    session = current()
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    as_of = ask_day(right, say("Only what was said by this day. Empty: all that is known."))
    rows = what_happened_in_cases(session.store, as_of=as_of)
    names = session.names
    with left:
        cases = sorted({row.case for row in rows}, key=lambda one: (names.of(one), one))
        steps = {row.event: row.case for row in rows if row.event}
        case = chosen("case", cases, names.unique, steps.get)
    if case is None:
        st.title(plain(say("What happened in a documented case?")))
        text = say("Choose a case above.") if cases else say(
            "No case is told here. One of unknown consent is held back: see the page Review."
        )  # fmt: skip
        say_empty(text)
        put(element("p", say(NAMELESS), class_="rg-small"))
        return
    put_title(names.of(case), names.language(case))
    put(element("p", say(NAMELESS), class_="rg-small"))
    own = [row for row in rows if row.case == case]
    entity = describe(session.store, case)
    put(_facts(names, own[0], entity))
    put(passage_fold(session, entity.passages))
    show_parts(session, case, _parts(session, own, entity, as_of), together=True)
    keep(session, case, as_of)


def _facts(names: Names, row: WhatHappenedInCasesRow, entity: Entity) -> Html:
    consent = [
        local_name(line.value) for line in entity.statements if line.property == str(RG.disclosure)
    ]
    notes = [line.value for line in entity.statements if line.property.endswith("core#note")]
    return facts(
        [
            (say("Told by"), named(names, row.documented_by)),
            (say("Asked for by"), named(names, [row.requesting_state]) or say("not stated")),
            (say("How that is known"), word(row.requesting_state_basis)),
            (say("Asked of"), named(names, [row.requested_state]) or say("not stated")),
            (say("Held in"), named(names, [row.detaining_state])),
            (say("Channel"), word(row.mechanism)),
            (say("How it ended"), word(row.outcome)),
            (say("Why it may be told"), listed(map(word, consent))),
            (say("Note"), in_english("; ".join(notes))),
        ]
    )


def _parts(
    session: Session,
    rows: Sequence[WhatHappenedInCasesRow],
    entity: Entity,
    as_of: dt.date | None,
) -> Sequence[Part]:
    steps = sorted((row for row in rows if row.event), key=lambda row: row.sequence or 0)
    asking = {
        line.value for line in entity.statements
        if not line.outgoing and line.property == str(RG.concernsCase)
    }  # fmt: skip
    items = {
        item.iri: item for item in items_of(which_recommendations(session.store, as_of=as_of))
        if item.iri in asking
    }  # fmt: skip

    def asked(rows: Sequence[WhichRecommendationsRow]) -> Html:
        shown: list[Item] = [items[row.recommendation] for row in rows]
        return recommendations(session, shown)

    return (
        Part("Acts and measures in time", steps, WhatHappenedInCasesRow,
             lambda rows: _steps(session, rows),
             "An act is what an authority did; a measure is what was done to protect the person."),
        Part("Recommendations about it", [item.first for item in items.values()],
             WhichRecommendationsRow, asked),
    )  # fmt: skip


def _steps(session: Session, rows: Sequence[WhatHappenedInCasesRow]) -> Html:
    return element("ol", *(_step(session, row) for row in rows), class_="rg-list rg-steps")


def _step(session: Session, row: WhatHappenedInCasesRow) -> Html:
    names = session.names
    kind = word(row.kind or "")
    told = (
        say("act: {kind}", kind=kind) if row.type == "act" else say("measure: {kind}", kind=kind),
        say_html("by {name}", name=named(names, [row.by])) if row.by else None,
        say_html("despite: {what}", what=name_of(names, row.despite)) if row.despite else None,
    )
    parts = [part for part in told if part]
    return element(
        "li",
        element("strong", date_in_words(row.date)), " ", in_english(row.event_label),
        element("div", *([part, " · "] for part in parts[:-1]), parts[-1], class_="rg-small"),
        passage_fold(session, row.passages),
    )  # fmt: skip
