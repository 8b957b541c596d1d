"""What lies between two actors as parts of a page, in the app and in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

from explorer.between.facts import Between
from explorer.between.safeguards import matrix
from explorer.between.sources import Shown
from explorer.entity.parts import cards, facts
from explorer.markup import Html, element, joined
from explorer.words import Names, date_in_words, word
from graph.answers import (
    NOT_STATED,
    HowAreTheyLinkedRow,
    WhatIsSaidAboutRow,
    WhichRulesGovernRow,
    WhoseRulesBindTheDataRow,
)

MOST_WAYS: Final = 12
"""Ways that are told one by one; the question `how_are_they_linked` gives them all."""

Section = Callable[[Between, Shown], Html]


def in_short(found: Between, names: Names) -> Html:
    """Return in a few lines what lies between the two, for somebody who has ten seconds."""
    one, other = names.of(found.one), names.of(found.other)
    ways = len({row.way for row in found.ways})
    lines = [
        f"{_count(len(found.texts), 'text')} to which both belong",
        _data_in_short(found),
        f"{_count(ways, 'way')} from one to the other",
        f"{_count(len(found.said[0]), 'statement')} of {one} about {other}, "
        f"{_count(len(found.said[1]), 'statement')} of {other} about {one}",
    ]
    return element("ul", *(element("li", line) for line in lines if line), class_="rg-short")


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _data_in_short(found: Between) -> str:
    ways = {(row.provider, row.recipient) for row in found.transfers}
    if not ways:
        return ""
    rules = {row.rules_of for row in found.transfers}
    how = "each way under other rules" if len(rules) > 1 else "under the rules of one"
    return f"data go {'both ways' if len(ways) > 1 else 'one way'}, {how}"


# --- texts ---------------------------------------------------------------------------------------


def texts(found: Between, shown: Shown) -> Html:
    """Return the texts to which both belong as a line in time, with what replaced what."""
    if not found.texts:
        return joined()
    entries = [element("li", _text(row, shown)) for row in found.texts]
    return element("ol", *entries, class_="rg-times")


def _text(row: WhichRulesGovernRow, shown: Shown) -> Html:
    pairs: list[tuple[str, Html | str | None]] = [
        ("Kind", "a draft" if row.draft else None),
        ("Version of", shown.named([row.instrument])),
        ("Replaces", shown.named(row.replaces)),
        ("Replaced by", shown.named(row.replaced_by)),
        ("Ended", f"by {row.ended}" if row.ended else None),
        ("In force", word(row.in_force) if row.in_force != NOT_STATED else "no source says"),
        ("Says", shown.named(row.according_to)),
    ]
    return joined(
        element("div", date_in_words(row.date), class_="rg-when"),
        element("h4", shown.link(row.version, row.label)),
        facts(pairs),
        shown.where(row.passages),
    )


# --- data ----------------------------------------------------------------------------------------


def data(found: Between, shown: Shown) -> Html:
    """Return as two arrows which way data go, and whose rules bind them."""
    if not found.transfers:
        return joined()
    ways = ((found.one, found.other), (found.other, found.one))
    arrows = [_arrow(found, start, end, shown) for start, end in ways]
    both = any(row.asymmetric for row in found.transfers)
    note = "Each way other rules bind the data: what protects them in one does not in the other."
    return joined(arrows, element("p", note, class_="rg-small") if both else None)


def _arrow(found: Between, start: str, end: str, shown: Shown) -> Html:
    rows = [row for row in found.transfers if (row.provider, row.recipient) == (start, end)]
    told: Sequence[Html] = [_rules(row, shown) for row in rows]
    if not rows:
        told = [element("p", "No source here says under whose rules.", class_="rg-muted")]
    return element(
        "div",
        element("div", shown.of(start), class_="rg-end-of"),
        element("div", element("div", "data", class_="rg-arrow"), *told, class_="rg-way"),
        element("div", shown.of(end), class_="rg-end-of"),
        class_="rg-flow", role="group",
        aria_label=f"Data from {shown.of(start)} to {shown.of(end)}",
    )  # fmt: skip


def _rules(row: WhoseRulesBindTheDataRow, shown: Shown) -> Html:
    return element(
        "div",
        element("p", "bound by the rules of ", element("strong", shown.of(row.rules_of))),
        element("p", shown.named([row.version]), ", says ", shown.named(row.according_to),
                class_="rg-small"),
        shown.where(row.passages),
    )  # fmt: skip


# --- safeguards, ways, members -------------------------------------------------------------------


def safeguards(found: Between, shown: Shown) -> Html:
    """Return what an affected person can do at the one and at the other."""
    return matrix(found.safeguards, shown)


def ways(found: Between, shown: Shown) -> Html:
    """Return the ways from one to the other as sentences, the shortest first."""
    every = [list(rows) for _, rows in groupby(found.ways, key=lambda row: row.way)]
    if not every:
        text = "No way of so few steps is known over ties that a source states."
        return element("p", text, class_="rg-muted")
    told = [element("li", _way(rows, found.one, shown)) for rows in every[:MOST_WAYS]]
    more = len(every) - len(told)
    note = f"{more:,} more ways: the question “How are two entities linked?” gives them all."
    return joined(
        element("ol", *told, class_="rg-ways"),
        element("p", note, class_="rg-small") if more > 0 else None,
    )


def _way(rows: Sequence[HowAreTheyLinkedRow], start: str, shown: Shown) -> Html:
    """Return one way: a line that names what it passes, then each step with its sources."""
    stops, steps = [start], []
    for _, group in groupby(rows, key=lambda row: row.step):
        step = list(group)
        first = step[0]
        stops.append(first.target if first.forward else first.source)
        steps += step
    return joined(
        element("div", " \u2013 ".join(shown.of(stop) for stop in stops), class_="rg-stops"),
        element("ul", *(element("li", _step(row, shown)) for row in steps),
                class_="rg-list"),
    )  # fmt: skip


def _step(row: HowAreTheyLinkedRow, shown: Shown) -> Html:
    alleged = " (alleged)" if row.allegation else ""
    date = f", {date_in_words(row.date)}" if row.date else ""
    said = joined(", says ", shown.named(row.attributed_to)) if row.attributed_to else None
    link = row.link if row.link.startswith("gives data") else row.link.lower()
    return joined(
        shown.link(row.source, shown.of(row.source)), f" → {link}{alleged} → ",
        shown.link(row.target, shown.of(row.target)),
        element("span", date, said, class_="rg-small"),
        shown.where(row.passages),
    )  # fmt: skip


def members(found: Between, shown: Shown) -> Html:
    """Return who is named as a member of both, and of each."""
    if not any(found.members.values()):
        return joined()
    shared = found.shared_members
    text = "No source here names anybody as a member of both; that is no “no”."
    head = joined("Members of both: ", shown.named(shared), ".") if shared else text
    lines = [
        element(
            "li",
            element("strong", f"{shown.of(body)}: "),
            joined(", ".join(shown.of(row.other) for row in rows) or "none is named"),
            shown.where(tuple(dict.fromkeys(one for row in rows for one in row.passages))[:12])
            if rows else None,
        )
        for body, rows in found.members.items()
    ]  # fmt: skip
    note = "Only who is named in a source that is in the corpus; the lists are not whole."
    return joined(
        element("p", head),
        element("ul", *lines, class_="rg-list"),
        element("p", note, class_="rg-small"),
    )


# --- what is said --------------------------------------------------------------------------------


def said(found: Between, shown: Shown) -> Html:
    """Return what each says about the other, and what others say about both."""
    one, other = shown.of(found.one), shown.of(found.other)
    heads = (f"{one} about {other}", f"{other} about {one}", "Others about both")
    parts = []
    for head, rows in zip(heads, found.said, strict=True):
        told = cards([_claim(row, found, shown) for row in rows])
        none = element("p", "Nothing is recorded; that is no silence of theirs.", class_="rg-muted")
        parts.append(joined(element("h3", f"{head} ({len(rows)})"), told if rows else none))
    return joined(parts) if any(found.said) else joined()


def _claim(row: WhatIsSaidAboutRow, found: Between, shown: Shown) -> Html:
    day = str(row.as_of) if row.as_of else date_in_words(row.date) if row.date else None
    pairs: list[tuple[str, Html | str | None]] = [
        ("Says", shown.named(row.claimants)),
        ("Stance", word(row.stance) if row.stance else None),
        ("When", day),
        ("Told by", shown.named(row.reported_by)),
        (
            "Against it",
            "; ".join(
                found.summaries.get(one, shown.of(one))
                for one in dict.fromkeys((*row.disputed_by, *row.contradicted_by))
            ),
        ),
        ("Kind", "an allegation of its speaker" if row.kind == "allegation" else None),
    ]
    return element(
        "div", element("p", row.summary, dir="auto"), facts(pairs), shown.where(row.passages),
        class_="rg-card",
    )  # fmt: skip


SECTIONS: Final[dict[str, Section]] = {
    "The texts between them, in time": texts,
    "Whose rules bind the data that pass between them": data,
    "What each offers a person affected": safeguards,
    "The ways from one to the other": ways,
    "Who is a member of both": members,
    "What they say about each other": said,
}
"""Every part by its title, in the order in which it is shown; one without facts is empty."""
