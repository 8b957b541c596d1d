"""One actor: what it asks, what is asked of it, what it says and what is said of it, its ties."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import streamlit as st

from explorer.entity.choosing import chosen, of_kind, say_empty
from explorer.entity.keeping import keep
from explorer.entity.parts import Part, cards, facts, show_parts
from explorer.entity.telling import also_called, assessment, choice, claims, recommendations, tie
from explorer.entitypages import in_english, link_to, name_of, named
from explorer.languages.saying import data_language, listed, say
from explorer.markup import Html, address, element, joined, plain, say_html, table
from explorer.quoting import passage_fold
from explorer.screen import ask_day, put, put_title
from explorer.session import Session, current
from explorer.voices import items_of
from explorer.words import Names, date_in_words, word
from graph.answers import (
    NOT_STATED,
    Entity,
    WhatHappenedToRow,
    WhatIsSaidAboutRow,
    WhichDocumentsRow,
    WhichRecommendationsRow,
    WhichSafeguardsRow,
    WhoSignedRow,
    WhoStoodForRow,
)
from graph.entities import describe, ties
from graph.lookups import TieRow
from graph.questions import (
    what_happened_to,
    what_is_said_about,
    which_documents,
    which_recommendations,
    which_safeguards,
    who_signed,
    who_stood_for,
)
from ontology.identifiers import is_data, parse
from ontology.terms import local_name


def show() -> None:
    """Show the page."""
    session = current()
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    as_of = ask_day(right, say("Only what was said by this day. Empty: all that is known."))
    with left:
        actor = chosen("actor", of_kind(session.names, "actor"), session.names.unique)
    if actor is None:
        st.title(plain(say("Who asks, who is asked, who answers?")))
        say_empty(
            say("Choose an actor above: a state, an organisation, an organ, a person in office.")
        )
        return
    put_title(session.names.of(actor), session.names.language(actor))
    entity = describe(session.store, actor)
    if entity.summary:
        put(element("p", entity.summary, class_="rg-lead", dir="auto", lang=data_language()))
    put(_facts(entity))
    put(_to_links(session, actor, as_of))
    with st.spinner(say("Looking up what is said …")):
        parts = _parts(session.store.digest, str(session.settings), actor, as_of, session)
    show_parts(session, actor, parts, together=False)
    keep(session, actor, as_of)


def _facts(entity: Entity) -> Html:
    def values(name: str) -> list[str]:
        return [
            line.value for line in entity.statements
            if line.outgoing and line.property.endswith(name)
        ]  # fmt: skip

    kinds = [word(local_name(kind)) for kind in values("#actorKind")]
    return facts(
        [
            (say("Kind"), listed(kinds)),
            (say("Also called"), also_called(entity)),
            (say("Who belongs to it"), in_english("; ".join(values("#membershipCriterion")))),
            (say("Note"), in_english("; ".join(values("core#note")))),
        ]
    )


def _to_links(session: Session, actor: str, as_of: dt.date | None) -> Html:
    """Return a link to the picture of the actor beside another to which it is tied."""
    others: Counter[str] = Counter()
    for row in ties(session.store, actor, as_of=as_of):
        if is_data(row.other) and parse(row.other)[0] == "actor" and not row.past:
            others[row.other] += 1 if row.towards else 2  # its own doing says more of it
    if not others:
        return joined()
    other, names = max(others, key=lambda one: (others[one], one)), session.names
    where = address("links", one=names.unique(actor), other=names.unique(other),
                    as_of=str(as_of) if as_of else None)  # fmt: skip
    told = say_html("Most linked to: {other}", other=name_of(names, other))
    return element("p", element("a", told, href=where))


@st.cache_resource(max_entries=16, show_spinner=False)
def _parts(
    digest: str, settings: str, actor: str, as_of: dt.date | None, _session: Session
) -> Sequence[Part]:
    del digest, settings  # with the actor and the day, the key under which they are kept
    session, store = _session, _session.store
    every = what_is_said_about(store, as_of=as_of)
    says = [row for row in every if {actor} & {*row.claimants, *row.reported_by}]
    about = [
        row for row in what_is_said_about(store, subject=actor, as_of=as_of)
        if actor not in row.claimants and row.kind != "allegation"
    ]  # fmt: skip
    assessed = [row for row in what_happened_to(store, as_of=as_of) if row.assessor == actor]
    stood = [
        row for row in who_stood_for(store, as_of=as_of)
        if actor in (row.candidate, row.nominated_by)
    ]  # fmt: skip
    safeguards = [
        row for row in which_safeguards(store, body=actor, as_of=as_of)
        if row.availability != NOT_STATED
    ]  # fmt: skip
    return (
        _asked(session, actor, "issuer", as_of),
        _asked(session, actor, "addressee", as_of),
        Part("Assesses", assessed, WhatHappenedToRow,
             lambda rows: cards([assessment(session, row) for row in rows]),
             "What it says became of recommendations."),
        Part("What it says", says, WhatIsSaidAboutRow, lambda rows: claims(session, rows, every),
             "What it says itself, and what it tells that others say."),
        Part("Is spoken of", about, WhatIsSaidAboutRow,
             lambda rows: claims(session, rows, every)),
        Part("Ties", ties(store, actor, as_of=as_of), TieRow,
             lambda rows: cards([tie(session, row, actor) for row in rows])),
        Part("Offers", safeguards, WhichSafeguardsRow, lambda rows: _offers(session, rows),
             "What an affected person can do there. What no source states is left out."),
        Part("Posts", stood, WhoStoodForRow, lambda rows: _stood(session, rows),
             "Posts for which it stood, or for which it put somebody forward."),
        Part("Documents", which_documents(store, publisher=actor, as_of=as_of), WhichDocumentsRow,
             lambda rows: _documents(session.names, rows),
             "What it published, among the documents read."),
        Part("Signed", who_signed(store, signatory=actor, as_of=as_of), WhoSignedRow,
             lambda rows: _signed(session, rows)),
    )  # fmt: skip


def _asked(session: Session, actor: str, facet: str, as_of: dt.date | None) -> Part:
    issuer = actor if facet == "issuer" else None
    addressee = actor if facet == "addressee" else None
    items = items_of(
        which_recommendations(session.store, issuer=issuer, addressee=addressee, as_of=as_of)
    )
    first = [item.first for item in items]
    by_iri = {item.iri: item for item in items}

    def shown(rows: Sequence[WhichRecommendationsRow]) -> Html:
        return joined(
            choice(items, facet, actor, as_of),
            recommendations(session, [by_iri[row.recommendation] for row in rows]),
        )

    title = "Asks" if facet == "issuer" else "Is asked"
    return Part(title, first, WhichRecommendationsRow, shown)


def _offers(session: Session, rows: Sequence[WhichSafeguardsRow]) -> Html:
    return cards(
        [
            element(
                "div",
                element("h3", f"{word(row.safeguard)}: {word(row.availability)}"),
                element("p", row.summary, dir="auto", lang=data_language())
                if row.summary else None,
                facts([(say("Says"), named(session.names, row.claimants)),
                       (say("Told by"), named(session.names, row.reported_by))]),
                passage_fold(session, row.passages),
                class_="rg-card",
            )
            for row in rows
        ]
    )  # fmt: skip


def _stood(session: Session, rows: Sequence[WhoStoodForRow]) -> Html:
    names = session.names
    lines = [
        (
            named(names, [row.election]),
            named(names, [row.post]),
            named(names, [row.candidate]),
            named(names, [row.nominated_by]),
            named(names, row.according_to),
            passage_fold(session, row.passages),
        )
        for row in rows
    ]
    header = (say("Election"), say("Post"), say("Candidate"), say("Put forward by"),
              say("Says"), say("Where"))  # fmt: skip
    return table(header, lines, say("Candidacies"))


def _documents(names: Names, rows: Sequence[WhichDocumentsRow]) -> Html:
    lines = [
        (
            link_to(row.document, row.title, names.language(row.document)),
            word(row.kind),
            date_in_words(row.date),
            row.language,
        )
        for row in rows
    ]
    header = (say("Document"), say("Kind"), say("Date"), say("Language"))
    return table(header, lines, say("Documents"))


def _signed(session: Session, rows: Sequence[WhoSignedRow]) -> Html:
    lines = [
        (
            named(session.names, [row.signed]),
            in_english(row.signed_as) or "",
            str(row.position or ""),
            passage_fold(session, row.passages),
        )
        for row in rows
    ]
    header = (say("Document"), say("Signed as"), say("Place in the list"), say("Where"))
    return table(header, lines, say("Signatures"))
