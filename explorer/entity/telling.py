"""What somebody says, asks, assesses or ties, as cards and rows that lead to its passages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from explorer.choosing.address import link_of
from explorer.entity.parts import cards, facts
from explorer.entitypages import claimed, in_english, link_to, name_of, named, names_of
from explorer.languages.saying import data_language, number, say
from explorer.markup import Html, element, joined, say_html, table
from explorer.quoting import passage_fold
from explorer.selection import Selection
from explorer.session import Session
from explorer.voices import Item, buckets
from explorer.words import claim_in_words, date_in_words, marked_word, word
from graph.answers import NOT_STATED, Entity, WhatHappenedToRow, WhatIsSaidAboutRow
from graph.lookups import TieRow
from graph.rows import NOT_KNOWN_TO_HAVE_ENDED


def also_called(entity: Entity) -> Html | None:
    """Return the other names of an entity, but those that only write its name with other signs."""

    def plainly(name: str) -> str:
        return name.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold()

    known = plainly(entity.label)
    others = [line.value for line in entity.statements if line.property.endswith("core#altLabel")]
    return in_english("; ".join(one for one in others if plainly(one) != known))


def chip(status: str, after: str = "") -> Html:
    """Return a status as a chip, with a few words after it."""
    return element("span", marked_word(status), after, class_=f"rg-chip rg-s-{status}")


def recommendations(session: Session, items: Sequence[Item]) -> Html:
    """Return recommendations as a table with the status that each voice gives."""
    names = session.names
    rows = [
        (
            link_to(item.iri, item.first.label, names.language(item.iri)),
            joined(chip(status) for status in item.statuses),
            named(names, item.first.issuers),
            named(names, item.first.addressees),
            element("span", date_in_words(item.first.date), class_="rg-line"),
        )
        for item in items
    ]
    header = (say("Recommendation"), say("Adoption"), say("Asked by"), say("Asked of"),
              say("Issued"))  # fmt: skip
    return table(header, rows, say("Recommendations"))


def choice(items: Sequence[Item], facet: str, value: str, as_of: dt.date | None) -> Html:
    """Return how many are found under each status, each count a link to just those.

    One of which several voices give different statuses is found under each of them.
    """
    whole = Selection(as_of=as_of).with_facet(facet, [value])

    def link(selection: Selection, words: Html | str) -> Html:
        return element("a", words, href=link_of(selection))

    counts = Counter(status for item in items for status in item.standings)
    chips = [
        element("span", link(whole.with_facet("status", [status]),
                             f"{marked_word(status)}: {number(counts[status])}"),
                class_=f"rg-chip rg-s-{status}")
        for status in buckets("adoption") if status in counts
    ]  # fmt: skip
    views = element("span", link(whole, say("Look at them in every view")), class_="rg-line")
    return element("p", *chips, " ", views)


def claim(
    session: Session, row: WhatIsSaidAboutRow, every: Mapping[str, WhatIsSaidAboutRow]
) -> Html:
    """Return what somebody says as a card; `every` holds what may be said against it."""
    names = session.names
    against = [every[one] for one in (*row.disputed_by, *row.contradicted_by) if one in every]
    pairs: list[tuple[str, Html | str | None]] = [
        (say("Says"), named(names, row.claimants)),
        (say("Told by"), named(names, row.reported_by)),
        (say("Kind"), "" if row.kind == "claim" else say(row.kind)),
        (say("When"), date_in_words(row.date or row.as_of) if row.date or row.as_of else ""),
        (say("About"), named(names, row.about)),
        (say("Against it"), element("ul", *(
            element("li", element("span", claim_in_words(one), lang=data_language(), dir="auto"),
                    " (", named(names, one.claimants), ")")
            for one in dict.fromkeys(against)
        ), class_="rg-list") if against else None),
    ]  # fmt: skip
    return element(
        "div",
        claimed(row, names_of(names, row.claimants), "h3"),
        element("p", row.summary, dir="auto", lang=data_language()),
        facts(pairs),
        passage_fold(session, row.passages),
        class_="rg-card",
    )


def force_in_words(force: str, seen_in: Html | None, seen_on: str | None) -> Html:
    """Return whether a text is in force, with the source that says so, if any, and its date."""
    if force == NOT_STATED:
        return joined(say("no source says"))
    if seen_in is None:
        return joined(word(force))
    if force == NOT_KNOWN_TO_HAVE_ENDED:
        return say_html("not known to have been replaced; {who} last called it in force, {day}",
                        who=seen_in, day=date_in_words(seen_on))  # fmt: skip
    return say_html("{status}, says {who}, {day}", status=word(force), who=seen_in,
                    day=date_in_words(seen_on))  # fmt: skip


def tie(session: Session, row: TieRow, here: str) -> Html:
    """Return a link of one entity, `here`, with another as a card."""
    names = session.names
    other, own = named(names, [row.other]), name_of(names, here)
    ends = (other, own) if row.towards else (own, other)
    pairs: list[tuple[str, Html | str | None]] = [
        (say("When"), _when(row)),
        (say("Says"), named(names, row.attributed_to)),
        (say("Told by"), named(names, row.reported_by)),
        (say("Kind"), say("an allegation of its speaker") if row.allegation else None),
    ]
    return element(
        "div",
        element(
            "h3",
            say_html(
                "{one} — {words} → {other}",
                one=ends[0],
                words=names.link(row.property),
                other=ends[1],
            ),
        ),
        element("p", row.summary, dir="auto", lang=data_language()) if row.summary else None,
        facts(pairs),
        passage_fold(session, row.passages),
        class_="rg-card",
    )


def _when(row: TieRow) -> str | None:
    day = date_in_words(row.date) if row.date else None
    return say("{date}; past on this day", date=day or say("undated")) if row.past else day


def assessment(session: Session, row: WhatHappenedToRow) -> Html:
    """Return what somebody says became of a recommendation as a card."""
    names = session.names
    pairs: list[tuple[str, Html | str | None]] = [
        (say("Says"), joined(named(names, [row.assessor]), f" ({word(row.relation)})")),
        (say("As of"), date_in_words(row.as_of)),
        (say("On what"), word(row.basis)),
        (say("Provision"), named(names, [row.provision])),
        (say("Told by"), named(names, row.reported_by)),
        (say("Note"), in_english(row.note)),
    ]
    return element(
        "div",
        element("h3", named(names, [row.recommendation])),
        element("p", chip(row.status)),
        None
        if row.current
        else element("p", say("Said before; another one stands."), class_="rg-small"),
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
