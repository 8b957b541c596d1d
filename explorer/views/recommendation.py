"""One recommendation: what it asks, where it stands, and what everybody says became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import streamlit as st

from explorer.access.here import member_here
from explorer.markup import Html, address, element, joined, plain
from explorer.quoting import passage_cards
from explorer.screen import ask_day, put
from explorer.session import Session, current
from explorer.voices import ONE_VOICE, Item, items_of
from explorer.words import AXES, AXIS_QUESTIONS, Names, date_in_words, marked_word, word
from graph.answers import WhatHappenedToRow, WhichDemandsReturnRow
from graph.entities import describe
from graph.questions import (
    what_happened_to,
    what_is_said_about,
    which_demands_return,
    which_recommendations,
)
from graph.statuses import is_contested, is_only_the_issuer
from ingest.roles import may
from ontology.identifiers import iri, parse
from ontology.terms import DCT, RG

NOTHING_SAID = "Nobody has said anything on this, as far as is known. That is not a “no”."


def show() -> None:
    """Show the page."""
    session = current()
    known = _items(session, None)
    chosen, as_of = _choices(known)
    if chosen is None:
        text = "Choose a recommendation above." if known else "No recommendation is recorded."
        put(element("p", text, class_="rg-empty"))
        return
    every = known if as_of is None else _items(session, as_of)
    st.title(plain(chosen.first.label))
    item = every.get(chosen.iri)
    if item is None:
        date = date_in_words(chosen.first.date)
        text = f"It is not known to have been made by {as_of}. Its own date: {date}."
        put(element("p", text, class_="rg-empty"))
        return
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
    _lineage(session, item, as_of)
    _claims(session, item.iri, as_of)
    _state(item.iri)
    _share(item.iri)


def _items(session: Session, as_of: dt.date | None) -> dict[str, Item]:
    """Return what was recommended by a day, by IRI, with its voices of that day."""
    rows = which_recommendations(session.store, as_of=as_of)
    return {item.iri: item for item in items_of(rows)}


def _choices(every: dict[str, Item]) -> tuple[Item | None, dt.date | None]:
    """Return the recommendation and the day that the address names, or ask for them."""
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    # The day is asked for before anything is shown, so that the address counts in the first run.
    as_of = ask_day(right, "Only what was said by this day. Empty: all that is known.")
    with left:
        return _chosen(every), as_of


def _chosen(every: dict[str, Item]) -> Item | None:
    """Return the recommendation named by `id` in the address, or ask for one."""
    slug = st.query_params.get("id", "")
    wanted = f"recommendation/{slug.removeprefix('recommendation/')}"
    found = next((item for of, item in every.items() if of.endswith(f"/id/{wanted}")), None)
    if slug and found is None:
        st.warning(f"There is no recommendation {plain(slug)}. Choose one.")
    options = sorted(every, key=lambda of: every[of].first.label)
    if not options:
        return None

    def go() -> None:
        picked = st.session_state[f"chooser {slug}"]
        if picked:
            st.query_params["id"] = parse(picked)[1]

    # The key changes with the address, so that the box follows it, back and forth.
    st.selectbox(
        "Recommendation", options, index=options.index(found.iri) if found else None,
        format_func=lambda of: every[of].first.label, key=f"chooser {slug}", on_change=go,
        placeholder="Choose a recommendation",
    )  # fmt: skip
    return found


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
    facts: list[tuple[str, Html | str | None]] = [
        ("Asked by", _basis(names.all(*first.issuers), values.get(str(RG.issuerBasis)))),
        ("Asked of", _basis(names.all(*first.addressees), values.get(str(RG.addresseeBasis)))),
        ("Issued", date_in_words(first.date)
                   + ("; perhaps not yet on this day" if first.issued == "perhaps" else "")),
        ("Made in", names.of(first.made_in) if first.made_in else None),
        ("Ask", names.all(*first.asks) or "Not linked to an ask yet; imported, not reviewed"),
        ("Themes", names.all(*first.themes)),
        ("Condition", condition),
        ("Depends on", names.of(condition_on) if condition_on else None),
        ("Parts", _links(every[of] for of in parts if of in every)),
        ("Part of", _links(every[of] for of in wholes if of in every)),
        ("Also asked by", _links(same, with_issuers=names)),
        ("Note", "; ".join(line.value for line in entity.statements
                           if line.property.endswith("core#note")) or None),
    ]  # fmt: skip
    pairs = [
        joined(element("dt", name), element("dd", value, dir="auto"))
        for name, value in facts
        if value
    ]
    return element("dl", *pairs, class_="rg-facts")


def _basis(names: str, basis: str | None) -> Html:
    """Return names, and how they are known unless the source itself states them."""
    given = (basis or "").rpartition("#")[2]
    if not given or given == "statedBySource":
        return joined(names)
    return joined(names, element("span", f" ({word(given)})", class_="rg-muted"))


def _links(items: Iterable[Item], with_issuers: Names | None = None) -> Html | None:
    entries = [
        element(
            "li",
            element("a", one.first.label, href=address("recommendation", id=parse(one.iri)[1])),
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
    details: list[tuple[str, str | None]] = [
        ("Says who", f"{names.of(row.assessor)} ({word(row.relation)})"),
        ("Told by", names.all(*row.reported_by) or None),
        ("As of", str(row.as_of)),
        ("On what", word(row.basis)),
        ("Provision", names.of(row.provision) if row.provision else None),
        ("Process", names.of(row.process) if row.process else None),
        ("Looked", looked),
        ("Inferred from", names.of(row.inferred_from) if row.inferred_from else None),
        ("Note", row.note),
        ("Recorded", row.recorded.date().isoformat() if row.recorded else None),
    ]
    pairs = [joined(element("dt", a), element("dd", b, dir="auto")) for a, b in details if b]
    past = None
    if not row.current:
        why = "taken back by a later one" if row.revised_by else "said before; a later one stands"
        past = element("p", why, class_="rg-small")
    return element(
        "div",
        element("h4", marked_word(row.status)),
        past,
        element("dl", *pairs, class_="rg-facts"),
        passage_cards(session, row.passages),
        class_=f"rg-card rg-s-{row.status}" + ("" if row.current else " rg-past"),
    )


# --- what it belongs to --------------------------------------------------------------------------


def _lineage(session: Session, item: Item, as_of: dt.date | None) -> None:
    rows = which_demands_return(session.store, recommendation=item.iri, as_of=as_of)
    if rows:
        st.subheader("Earlier and later demands")
        put(element("div", *(_return(session, row, item.iri) for row in rows), class_="rg-cards"))


def _return(session: Session, row: WhichDemandsReturnRow, here: str) -> Html:
    names = session.names
    later = row.later == here
    other, label = (row.earlier, row.earlier_label) if later else (row.later, row.later_label)
    kind = word(row.kind)
    statuses = row.earlier_statuses if later else row.later_statuses
    date = row.earlier_date if later else row.later_date
    link = element("a", label, href=address("recommendation", id=parse(other)[1]))
    return element(
        "div",
        element("p", f"This one {kind} ", link) if later
        else element("p", link, f" {kind} this one"),
        element("p", f"{date_in_words(date)} · ", ", ".join(marked_word(s) for s in statuses),
                class_="rg-small"),
        element("p", row.why, dir="auto"),
        element("p", f"judged by {names.of(row.judged_by)}, {word(row.basis)}", class_="rg-small"),
        passage_cards(session, row.passages),
        class_="rg-card",
    )  # fmt: skip


def _claims(session: Session, recommendation: str, as_of: dt.date | None) -> None:
    rows = what_is_said_about(session.store, subject=recommendation, as_of=as_of)
    if not rows:
        return
    st.subheader("What else is said about it")
    names = session.names
    cards = [
        element(
            "div",
            element("p", row.summary, dir="auto"),
            element("p", f"{names.all(*row.claimants)} {word(row.stance) if row.stance else ''}",
                    f" · told by {names.all(*row.reported_by)}" if row.reported_by else "",
                    class_="rg-small"),
            passage_cards(session, row.passages),
            class_="rg-card",
        )
        for row in rows
    ]  # fmt: skip
    put(element("div", *cards, class_="rg-cards"))


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


def _share(recommendation: str) -> None:
    slug = parse(recommendation)[1]
    st.subheader("Cite and share")
    put(element("p", "The address of this page holds its state. Its lasting name is:",
                class_="rg-small"))  # fmt: skip
    st.code(str(iri("recommendation", slug)), language=None)
    put(element("p", "The same on the command line, with the line in the corpus:",
                class_="rg-small"))  # fmt: skip
    st.code(f"reformgraph show recommendation/{slug}", language=None)
