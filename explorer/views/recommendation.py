"""One recommendation: what it asks, where it stands, and what everybody says became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import streamlit as st

from explorer.access.here import member_here
from explorer.citing import cite_recommendation
from explorer.entity.choosing import chosen, say_empty
from explorer.entity.history import history
from explorer.entity.keeping import keep
from explorer.entity.lineage import show_lineage
from explorer.entity.parts import facts
from explorer.entity.telling import chip, claims
from explorer.entity.wording import wording
from explorer.entitypages import in_english, link_to, name_of, named
from explorer.languages.saying import data_language, say
from explorer.markup import Html, address, element, joined, listed_html, plain, say_html
from explorer.quoting import passage_cards
from explorer.screen import ask_day, put, put_title
from explorer.session import Session, current
from explorer.voices import ONE_VOICE, Item, items_of
from explorer.words import AXES, AXIS_QUESTIONS, Names, date_in_words, marked_word, word
from graph.answers import WhatHappenedToRow
from graph.entities import describe
from graph.questions import (
    what_happened_to,
    what_is_said_about,
    which_demands_return,
    which_recommendations,
)
from graph.statuses import is_contested, is_only_the_issuer, years_between
from ingest.roles import may
from ontology.identifiers import parse
from ontology.terms import DCT, RG


def show() -> None:
    """Show the page."""
    session = current()
    known = _items(session, None)
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    # The day is asked for before anything is shown, so that the address counts in the first run.
    as_of = ask_day(right, say("Only what was said by this day. Empty: all that is known."))
    with left:
        options = sorted(known, key=lambda of: known[of].first.label)
        found = chosen("recommendation", options, lambda of: known[of].first.label)
    if found is None:
        st.title(plain(say("What is asked, and what became of it?")))
        say_empty(say("Choose a recommendation above.") if known
                  else say("No recommendation is recorded."))  # fmt: skip
        return
    every = known if as_of is None else _items(session, as_of)
    put_title(known[found].first.label, session.names.language(found))
    item = every.get(found)
    if item is None:
        date = date_in_words(known[found].first.date)
        say_empty(say("It is not known to have been made by {day}. Its own date: {date}.",
                      day=as_of, date=date))  # fmt: skip
        return
    _show_item(session, item, every, as_of)


def _show_item(session: Session, item: Item, every: dict[str, Item], as_of: dt.date | None) -> None:
    rows = what_happened_to(session.store, recommendation=item.iri, as_of=as_of)
    put(_chips(session, rows))
    left, right = st.columns([3, 2], gap="large")
    with left:
        put(element("p", item.first.summary, class_="rg-lead", dir="auto", lang=data_language()))
        put(_facts(session, item, every))
    with right:
        st.markdown(f"**{plain(say('Where it says so'))}**")
        put(passage_cards(session, item.first.passages, opened=True))
    _assessments(session, rows)
    if any(row.provision for row in rows):
        st.header(plain(say("Asked, drafted, adopted")))
        put(wording(session, rows))
    show_lineage(session, item.iri, every, which_demands_return(session.store, as_of=as_of))
    _claims(session, item.iri, as_of)
    st.header(plain(say("History of the record")))
    put(history(session, item.iri, rows))
    _state(item.iri)
    keep(session, item.iri, as_of, lambda stamp: cite_recommendation(
        item.first, session.passages, session.names, stamp))  # fmt: skip


def _items(session: Session, as_of: dt.date | None) -> dict[str, Item]:
    """Return what was recommended by a day, by IRI, with its voices of that day."""
    rows = which_recommendations(session.store, as_of=as_of)
    return {item.iri: item for item in items_of(rows)}


# --- what it is ----------------------------------------------------------------------------------


def _chips(session: Session, rows: Sequence[WhatHappenedToRow]) -> Html:
    """Return one chip for each current voice, on every axis that has one."""
    current_ones = [row for row in rows if row.current]
    chips = [
        element(
            "span", element("strong", marked_word(row.status)),
            element("span", listed_html([name_of(session.names, row.assessor),
                                         date_in_words(row.as_of)])),
            class_=f"rg-chip rg-s-{row.status}",
        )
        for row in sorted(current_ones, key=lambda row: (list(AXES).index(row.axis), row.as_of))
    ]  # fmt: skip
    if not chips:
        chips = [chip("unassessed")]
    return element("div", *chips)


def _facts(session: Session, item: Item, every: dict[str, Item]) -> Html:
    first, names = item.first, session.names
    entity = describe(session.store, item.iri)
    values = {
        line.property: line.value for line in entity.statements if line.outgoing
    }  # one value each of those used below
    condition = in_english(values.get(str(RG.condition)))
    condition_on = values.get(str(RG.conditionOn))
    parts = [
        line.value for line in entity.statements
        if line.outgoing and line.property == str(DCT.hasPart)
    ]  # fmt: skip
    wholes = [
        line.value for line in entity.statements
        if line.outgoing and line.property == str(DCT.isPartOf)
    ]  # fmt: skip
    same = [
        other for of, other in every.items()
        if of != item.iri and set(other.first.asks) & set(first.asks)
    ]  # fmt: skip
    pairs: list[tuple[str, Html | str | None]] = [
        (say("Asked by"), _basis(named(names, first.issuers), values.get(str(RG.issuerBasis)))),
        (say("Asked of"),
         _basis(named(names, first.addressees), values.get(str(RG.addresseeBasis)))),
        (say("Issued"), say("{date}; perhaps not yet on this day", date=date_in_words(first.date))
                        if first.issued == "perhaps" else date_in_words(first.date)),
        (say("Made in"), named(names, [first.made_in])),
        (say("What it asks for"), named(names, first.asks)
                     or say("Not linked to an ask yet; imported, not reviewed")),
        (say("Themes"), named(names, first.themes)),
        (say("Only if, or until"), condition),
        (say("Depends on"), named(names, [condition_on])),
        (say("Parts"), _links(names, (every[of] for of in parts if of in every))),
        (say("Part of"), _links(names, (every[of] for of in wholes if of in every))),
        (say("Also asked by"), _links(names, same, with_issuers=True)),
        (say("Note"), in_english("; ".join(line.value for line in entity.statements
                                           if line.property.endswith("core#note")))),
    ]  # fmt: skip
    return facts(pairs)


def _basis(names: Html, basis: str | None) -> Html:
    """Return names, and how they are known unless the source itself states them."""
    given = (basis or "").rpartition("#")[2]
    if not given or given == "statedBySource":
        return names
    return joined(names, element("span", f" ({word(given)})", class_="rg-muted"))


def _links(names: Names, items: Iterable[Item], *, with_issuers: bool = False) -> Html | None:
    entries = [
        element(
            "li",
            link_to(one.iri, one.first.label, names.language(one.iri)),
            joined(" — ", named(names, one.first.issuers)) if with_issuers else None,
            " ", *map(chip, one.statuses),
        )
        for one in items
    ]  # fmt: skip
    return element("ul", *entries, class_="rg-list") if entries else None


# --- what became of it ---------------------------------------------------------------------------


def _assessments(session: Session, rows: Sequence[WhatHappenedToRow]) -> None:
    st.header(plain(say("What became of it, and who says so")))
    for axis, title in AXES.items():
        of_axis = [row for row in rows if row.axis == axis]
        now = [row for row in of_axis if row.current]
        head = [element("strong", say(title)), f" {say(AXIS_QUESTIONS[axis])} ", _verdict(now)]
        put(element("p", *head))
        if of_axis:
            ordered = sorted(of_axis, key=lambda row: (not row.current, row.as_of))
            cards = [_card(session, row) for row in ordered]
            put(element("div", *cards, class_="rg-cards"))


def _verdict(now: Sequence[WhatHappenedToRow]) -> Html:
    """Return in a chip what the current voices amount to; nothing where several agree."""
    if not now:
        told = say("Nobody says anything on this, as far as is known. That is not a “no”.")
        return joined(chip("unassessed"), element("span", told, class_="rg-small"))
    if is_contested(now):
        years = years_between(now)
        told = say("They speak for times {years:,} years apart or more: each may be right in its "
                   "own.", years=years) if years > 1 else ""  # fmt: skip
        note = element("span", told, class_="rg-small") if told else None
        return joined(chip("contested"), note)
    if is_only_the_issuer(now):
        return element("span", say(ONE_VOICE), class_="rg-chip")
    return joined("")


def _as_of(row: WhatHappenedToRow) -> str:
    day = date_in_words(row.as_of)
    return say("{date}; perhaps not yet on this day", date=day) if row.spoken == "perhaps" else day


def _card(session: Session, row: WhatHappenedToRow) -> Html:
    names = session.names
    looked = None
    if row.look:
        found = in_english(describe(session.store, row.look).summary)
        looked = say_html("after a look on {day}: {what}", day=str(row.looked_on), what=found)
    details: list[tuple[str, Html | str | None]] = [
        (say("Says who"), joined(named(names, [row.assessor]), f" ({word(row.relation)})")),
        (say("Told by"), named(names, row.reported_by)),
        (say("As of"), _as_of(row)),
        (say("On what"), word(row.basis)),
        (say("Provision"), named(names, [row.provision])),
        (say("Process"), name_of(names, row.process) if row.process else None),
        (say("Looked"), looked),
        (say("Inferred from"), named(names, [row.inferred_from])),
        (say("Note"), in_english(row.note)),
        (say("Recorded"), row.recorded.date().isoformat() if row.recorded else None),
    ]
    past = None
    if not row.current:
        why = (say("taken back by a later one") if row.revised_by
               else say("said before; a later one stands"))  # fmt: skip
        past = element("p", why, class_="rg-small")
    return element(
        "div",
        element("h3", marked_word(row.status)),
        past,
        facts(details),
        passage_cards(session, row.passages),
        class_=f"rg-card rg-s-{row.status}" + ("" if row.current else " rg-past"),
    )


# --- what else is said, and where more can be said -----------------------------------------------


def _claims(session: Session, recommendation: str, as_of: dt.date | None) -> None:
    rows = what_is_said_about(session.store, subject=recommendation, as_of=as_of)
    if rows:
        st.header(plain(say("What else is said about it")))
        put(claims(session, rows, what_is_said_about(session.store, as_of=as_of)))


def _state(recommendation: str) -> None:
    """Lead to where a person states what became of it, or answers it."""
    member = member_here()
    if member and not may(member, "state"):
        told = say("A reader sees and states nothing. Ask a curator for more.")
        put(element("p", told, class_="rg-small"))
        return
    slug = parse(recommendation)[1]
    ways = (
        (say("State what became of it"), "a status"),
        (say("Answer as the addressee"), "a response"),
        (say("You looked and found nothing"), "nothing found"),
        (say("Say what it asks for"), "an ask"),
        (say("Look again on a day"), "look again"),
    )  # fmt: skip
    links = [
        element(
            "li", element("a", words, href=address("review", tab="By hand", state=act, of=slug))
        )
        for words, act in ways
    ]
    put(element("ul", *links, class_="rg-legend"))
