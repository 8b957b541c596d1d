"""One election: the posts, who stood for them, put forward by whom, and who holds them since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import streamlit as st

from explorer.entity.choosing import chosen, of_kind, say_empty
from explorer.entity.keeping import keep
from explorer.entity.parts import Part, cards, facts, show_parts
from explorer.entity.telling import claims, recommendations, tie
from explorer.entitypages import named
from explorer.languages.saying import say
from explorer.markup import Html, element, plain, table
from explorer.quoting import passage_fold
from explorer.screen import ask_day, put, put_title
from explorer.session import Session, current
from explorer.voices import items_of
from explorer.words import date_in_words
from graph.answers import (
    Entity,
    WhatIsSaidAboutRow,
    WhichRecommendationsRow,
    WhoStoodForRow,
)
from graph.entities import describe, ties
from graph.lookups import TieRow
from graph.questions import what_is_said_about, which_recommendations, who_stood_for
from ontology.terms import RG


def show() -> None:
    """Show the page."""
    session = current()
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    as_of = ask_day(right, say("Only what was said by this day. Empty: all that is known."))
    names = session.names
    with left:
        options = of_kind(names, "election")
        election = chosen("election", options, names.unique, _election_of(session))
    if election is None:
        st.title(plain(say("Who stood for which post?")))
        say_empty(say("Choose an election above.") if options
                  else say("No election is recorded yet."))  # fmt: skip
        return
    put_title(names.of(election), names.language(election))
    entity = describe(session.store, election)
    put(_facts(session, entity))
    put(passage_fold(session, entity.passages))
    show_parts(session, election, _parts(session, election, entity, as_of), together=True)
    keep(session, election, as_of)


def _election_of(session: Session) -> Callable[[str], str | None]:
    """Return the function that gives the election in which a candidacy or a post stands."""

    def election_of(iri: str) -> str | None:
        rows = who_stood_for(session.store)
        return next((row.election for row in rows if iri in (row.candidacy, row.post)), None)

    return election_of


def _facts(session: Session, entity: Entity) -> Html:
    def values(name: str) -> list[str]:
        return [line.value for line in entity.statements if line.outgoing and line.property == name]

    return facts(
        [
            (say("Date"), date_in_words(next(iter(values(str(RG.edtf))), None))),
            (say("Who votes"), named(session.names, values(str(RG.electedBy)))),
        ]
    )


def _parts(
    session: Session, election: str, entity: Entity, as_of: dt.date | None
) -> Sequence[Part]:
    store = session.store
    stood = sorted(
        who_stood_for(store, election=election, as_of=as_of),
        key=lambda row: (row.post, row.candidate, row.candidacy),
    )
    posts = sorted({row.post for row in stood})
    holders = [(post, row) for post in posts for row in ties(store, post, as_of=as_of)]
    post_of = {row.statement: post for post, row in holders}
    every = what_is_said_about(store, as_of=as_of)
    said = [row for row in every if {election, *posts} & set(row.about)]
    asking = {line.value for line in entity.statements
              if not line.outgoing and line.property == str(RG.about)}  # fmt: skip
    items = {
        item.iri: item for item in items_of(which_recommendations(store, as_of=as_of))
        if item.iri in asking
    }  # fmt: skip

    def asked(rows: Sequence[WhichRecommendationsRow]) -> Html:
        return recommendations(session, [items[row.recommendation] for row in rows])

    return (
        Part("Candidacies", stood, WhoStoodForRow, lambda rows: _stood(session, rows),
             "A row for each source that tells of one. To stand is not to win."),
        Part("Who holds the posts", [row for _, row in holders], TieRow,
             lambda rows: cards([tie(session, row, post_of[row.statement]) for row in rows]),
             "What the sources tell of the outcome, and of who held a post before."),
        Part("Recommendations about it", [item.first for item in items.values()],
             WhichRecommendationsRow, asked),
        Part("What is said of it", said, WhatIsSaidAboutRow,
             lambda rows: claims(session, rows, every)),
    )  # fmt: skip


def _stood(session: Session, rows: Sequence[WhoStoodForRow]) -> Html:
    names = session.names
    lines = [
        (
            named(names, [row.post]),
            named(names, [row.candidate]),
            named(names, [row.nominated_by]) or say("not stated"),
            named(names, row.according_to),
            named(names, row.reported_by),
            date_in_words(row.date) if row.date else "",
            element("div", passage_fold(session, row.passages)),
        )
        for row in rows
    ]
    header = (say("Post"), say("Candidate"), say("Put forward by"), say("Says"),
              say("Told by"), say("When"), say("Where"))  # fmt: skip
    return table(header, lines, say("Candidacies"))
