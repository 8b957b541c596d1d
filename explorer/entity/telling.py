"""What somebody says, asks, assesses or ties, as cards and rows that lead to its passages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from explorer.entity.parts import cards, facts, table
from explorer.entitypages import link_to, named
from explorer.markup import Html, element, joined
from explorer.quoting import passage_fold
from explorer.selection import Selection
from explorer.session import Session
from explorer.voices import Item, counted
from explorer.words import date_in_words, marked_word, word
from graph.answers import WhatHappenedToRow, WhatIsSaidAboutRow
from graph.lookups import TieRow
from ontology.terms import RG


def chip(status: str, after: str = "") -> Html:
    """Return a status as a chip, with a few words after it."""
    return element("span", marked_word(status), after, class_=f"rg-chip rg-s-{status}")


def recommendations(session: Session, items: Sequence[Item]) -> Html:
    """Return recommendations as a table with the status that each voice gives."""
    names = session.names
    rows = [
        (
            link_to(item.iri, item.first.label),
            joined(chip(status) for status in item.statuses),
            named(names, item.first.issuers),
            named(names, item.first.addressees),
            date_in_words(item.first.date),
        )
        for item in items
    ]
    header = ("Recommendation", "Adoption", "Asked by", "Asked of", "Issued")
    return table(header, rows, "Recommendations")


def choice(items: Sequence[Item], facet: str, value: str, as_of: dt.date | None) -> Html:
    """Return how many have each status, each count a link to just those recommendations."""
    whole = Selection(as_of=as_of).with_facet(facet, [value])

    def link(selection: Selection, words: Html | str) -> Html:
        return element("a", words, href=f"./?{urlencode(selection.to_query(), doseq=True)}")

    chips = [
        element("span", link(whole.with_facet("status", [status]),
                             f"{marked_word(status)}: {count:,}"),
                class_=f"rg-chip rg-s-{status}")
        for status, count in counted(items, "adoption").items()
    ]  # fmt: skip
    return element("p", *chips, " ", link(whole, "Look at them in every view"))


def claim(
    session: Session, row: WhatIsSaidAboutRow, every: Mapping[str, WhatIsSaidAboutRow]
) -> Html:
    """Return what somebody says as a card; `every` holds what may be said against it."""
    names = session.names
    kind = "" if row.kind == "claim" else row.kind
    against = [every[one] for one in (*row.disputed_by, *row.contradicted_by) if one in every]
    pairs: list[tuple[str, Html | str | None]] = [
        ("Says", joined(named(names, row.claimants), f" {word(row.stance)} it" if row.stance in
                        ("denies", "doubts") else "")),
        ("Told by", named(names, row.reported_by)),
        ("Kind", kind),
        ("When", date_in_words(row.date) if row.date else str(row.as_of or "")),
        ("About", named(names, row.about)),
        ("Against it", element("ul", *(
            element("li", one.summary, " (", named(names, one.claimants), ")")
            for one in dict.fromkeys(against)
        ), class_="rg-list") if against else None),
    ]  # fmt: skip
    return element(
        "div",
        element("p", row.summary, dir="auto"),
        facts(pairs),
        passage_fold(session, row.passages),
        class_="rg-card",
    )


def tie(session: Session, row: TieRow, here: str) -> Html:
    """Return a link of one entity, `here`, with another as a card."""
    names = session.names
    words = names.of(row.property)
    # Other vocabularies write their labels in capitals of their own: “unit Of”, “Replaces”.
    words = words if row.property.startswith(RG) else words.lower()
    other = link_to(row.other, names.of(row.other))
    ends = (other, names.of(here)) if row.towards else (names.of(here), other)
    pairs: list[tuple[str, Html | str | None]] = [
        ("When", date_in_words(row.date) if row.date else None),
        ("Says", named(names, row.attributed_to)),
        ("Told by", named(names, row.reported_by)),
        ("Kind", "an allegation of its speaker" if row.allegation else None),
    ]
    return element(
        "div",
        element("h4", ends[0], f" — {words} → ", ends[1]),
        element("p", row.summary, dir="auto") if row.summary else None,
        facts(pairs),
        passage_fold(session, row.passages),
        class_="rg-card",
    )


def assessment(session: Session, row: WhatHappenedToRow) -> Html:
    """Return what somebody says became of a recommendation as a card."""
    names = session.names
    pairs: list[tuple[str, Html | str | None]] = [
        ("Says", joined(named(names, [row.assessor]), f" ({word(row.relation)})")),
        ("As of", str(row.as_of)),
        ("On what", word(row.basis)),
        ("Provision", named(names, [row.provision])),
        ("Told by", named(names, row.reported_by)),
        ("Note", row.note),
    ]
    return element(
        "div",
        element("h4", link_to(row.recommendation, names.of(row.recommendation))),
        element("p", chip(row.status)),
        None
        if row.current
        else element("p", "Said before; another one stands.", class_="rg-small"),
        facts(pairs),
        passage_fold(session, row.passages),
        class_=f"rg-card rg-s-{row.status}" + ("" if row.current else " rg-past"),
    )


def claims(
    session: Session, rows: Sequence[WhatIsSaidAboutRow], every: Sequence[WhatIsSaidAboutRow]
) -> Html:
    """Return what is said as cards; `every` holds all that is said, for what stands against it."""
    known = {row.claim: row for row in every}
    return cards([claim(session, row, known) for row in rows])
