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
from explorer.entity.telling import claims
from explorer.entity.wording import wording
from explorer.entitypages import link_to, named
from explorer.markup import Html, address, element, joined, plain
from explorer.quoting import passage_cards
from explorer.screen import ask_day, put
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
from graph.statuses import is_contested, is_only_the_issuer
from ingest.roles import may
from ontology.identifiers import parse
from ontology.terms import DCT, RG

NOTHING_SAID = "Nobody has said anything on this, as far as is known. That is not a “no”."


def show() -> None:
    """Show the page."""
    session = current()
    known = _items(session, None)
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    # The day is asked for before anything is shown, so that the address counts in the first run.
    as_of = ask_day(right, "Only what was said by this day. Empty: all that is known.")
    with left:
        options = sorted(known, key=lambda of: known[of].first.label)
        found = chosen("recommendation", options, lambda of: known[of].first.label)
    if found is None:
        st.title("What is asked, and what became of it?")
        say_empty("Choose a recommendation above." if known else "No recommendation is recorded.")
        return
    every = known if as_of is None else _items(session, as_of)
    st.title(plain(known[found].first.label))
    item = every.get(found)
    if item is None:
        date = date_in_words(known[found].first.date)
        say_empty(f"It is not known to have been made by {as_of}. Its own date: {date}.")
        return
    _show_item(session, item, every, as_of)


def _show_item(session: Session, item: Item, every: dict[str, Item], as_of: dt.date | None) -> None:
    rows = what_happened_to(session.store, recommendation=item.iri, as_of=as_of)
    put(_chips(session, rows))
    left, right = st.columns([3, 2], gap="large")
    with left:
        put(element("p", item.first.summary, class_="rg-lead", dir="auto"))
        put(_facts(session, item, every))
    with right:
        st.markdown("**Where it says so**")
        put(passage_cards(session, item.first.passages, opened=True))
    _assessments(session, rows)
    if any(row.provision for row in rows):
        st.subheader("Asked, drafted, adopted")
        put(wording(session, rows))
    show_lineage(session, item.iri, every, which_demands_return(session.store, as_of=as_of))
    _claims(session, item.iri, as_of)
    st.subheader("History of the record")
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
            f" {session.names.of(row.assessor)}, {row.as_of}",
            class_=f"rg-chip rg-s-{row.status}",
        )
        for row in sorted(current_ones, key=lambda row: (list(AXES).index(row.axis), row.as_of))
    ]  # fmt: skip
    if not chips:
        chips = [element("span", marked_word("unassessed"), class_="rg-chip rg-s-unassessed")]
    return element("div", *chips)


def _facts(session: Session, item: Item, every: dict[str, Item]) -> Html:
    first, names = item.first, session.names
    entity = describe(session.store, item.iri)
    values = {
        line.property: line.value for line in entity.statements if line.outgoing
    }  # one value each of those used below
    condition = values.get(str(RG.condition))
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
        ("Asked by", _basis(named(names, first.issuers), values.get(str(RG.issuerBasis)))),
        ("Asked of", _basis(named(names, first.addressees), values.get(str(RG.addresseeBasis)))),
        ("Issued", date_in_words(first.date)
                   + ("; perhaps not yet on this day" if first.issued == "perhaps" else "")),
        ("Made in", named(names, [first.made_in])),
        ("Ask", names.all(*first.asks) or "Not linked to an ask yet; imported, not reviewed"),
        ("Themes", named(names, first.themes)),
        ("Only if, or until", condition),
        ("Depends on", named(names, [condition_on])),
        ("Parts", _links(every[of] for of in parts if of in every)),
        ("Part of", _links(every[of] for of in wholes if of in every)),
        ("Also asked by", _links(same, with_issuers=names)),
        ("Note", "; ".join(line.value for line in entity.statements
                           if line.property.endswith("core#note")) or None),
    ]  # fmt: skip
    return facts(pairs)


def _basis(names: Html, basis: str | None) -> Html:
    """Return names, and how they are known unless the source itself states them."""
    given = (basis or "").rpartition("#")[2]
    if not given or given == "statedBySource":
        return names
    return joined(names, element("span", f" ({word(given)})", class_="rg-muted"))


def _links(items: Iterable[Item], with_issuers: Names | None = None) -> Html | None:
    entries = [
        element(
            "li",
            link_to(one.iri, one.first.label),
            f" — {with_issuers.all(*one.first.issuers)}" if with_issuers else "",
            " ", *(element("span", marked_word(status), class_=f"rg-chip rg-s-{status}")
                   for status in one.statuses),
        )
        for one in items
    ]  # fmt: skip
    return element("ul", *entries, class_="rg-list") if entries else None


# --- what became of it ---------------------------------------------------------------------------


def _assessments(session: Session, rows: Sequence[WhatHappenedToRow]) -> None:
    st.subheader("What became of it, and who says so")
    for axis, title in AXES.items():
        of_axis = [row for row in rows if row.axis == axis]
        now = [row for row in of_axis if row.current]
        head = [element("strong", title), f" {AXIS_QUESTIONS[axis]} ", _verdict(now)]
        put(element("p", *head))
        if of_axis:
            ordered = sorted(of_axis, key=lambda row: (not row.current, row.as_of))
            cards = [_card(session, row) for row in ordered]
            put(element("div", *cards, class_="rg-cards"))


def _verdict(now: Sequence[WhatHappenedToRow]) -> Html:
    """Return in a chip what the current voices amount to; nothing where several agree."""
    if not now:
        chip = element("span", marked_word("unassessed"), class_="rg-chip rg-s-unassessed")
        return joined(chip, element("span", NOTHING_SAID, class_="rg-small"))
    if is_contested(now):
        return element("span", marked_word("contested"), class_="rg-chip rg-s-contested")
    if is_only_the_issuer(now):
        return element("span", ONE_VOICE, class_="rg-chip")
    return joined("")


def _card(session: Session, row: WhatHappenedToRow) -> Html:
    names = session.names
    looked = None
    if row.look:
        looked = f"after a look on {row.looked_on}: {describe(session.store, row.look).summary}"
    details: list[tuple[str, Html | str | None]] = [
        ("Says who", joined(named(names, [row.assessor]), f" ({word(row.relation)})")),
        ("Told by", named(names, row.reported_by)),
        ("As of", str(row.as_of)),
        ("On what", word(row.basis)),
        ("Provision", named(names, [row.provision])),
        ("Process", names.of(row.process) if row.process else None),
        ("Looked", looked),
        ("Inferred from", named(names, [row.inferred_from])),
        ("Note", row.note),
        ("Recorded", row.recorded.date().isoformat() if row.recorded else None),
    ]
    past = None
    if not row.current:
        why = "taken back by a later one" if row.revised_by else "said before; a later one stands"
        past = element("p", why, class_="rg-small")
    return element(
        "div",
        element("h4", marked_word(row.status)),
        past,
        facts(details),
        passage_cards(session, row.passages),
        class_=f"rg-card rg-s-{row.status}" + ("" if row.current else " rg-past"),
    )


# --- what else is said, and where more can be said -----------------------------------------------


def _claims(session: Session, recommendation: str, as_of: dt.date | None) -> None:
    rows = what_is_said_about(session.store, subject=recommendation, as_of=as_of)
    if rows:
        st.subheader("What else is said about it")
        put(claims(session, rows, what_is_said_about(session.store, as_of=as_of)))


def _state(recommendation: str) -> None:
    """Lead to where a person states what became of it, or answers it."""
    member = member_here()
    if member and not may(member, "state"):
        put(element("p", "A reader sees and states nothing. Ask a curator for more.",
                    class_="rg-small"))  # fmt: skip
        return
    slug = parse(recommendation)[1]
    ways = (
        ("State what became of it", "a status"), ("Answer as the addressee", "a response"),
        ("You looked and found nothing", "nothing found"), ("Say what it asks for", "an ask"),
        ("Look again on a day", "look again"),
    )  # fmt: skip
    links = [
        element(
            "li", element("a", words, href=address("review", tab="By hand", state=act, of=slug))
        )
        for words, act in ways
    ]
    put(element("ul", *links, class_="rg-legend"))
