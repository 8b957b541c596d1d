"""What lies between two actors as parts of a page, in the app and in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

from explorer.between.facts import Between
from explorer.between.safeguards import matrix
from explorer.between.sources import Shown
from explorer.entity.parts import cards, facts
from explorer.entity.telling import force_in_words
from explorer.entitypages import claimed, in_english, link_in_words, name_of, names_of
from explorer.languages.saying import data_language, for_number, say, say_number
from explorer.markup import Html, element, joined, say_html
from explorer.words import Names, date_in_words, word
from graph.answers import (
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
    one, other = name_of(names, found.one), name_of(names, found.other)
    ways = len({row.way for row in found.ways})
    lines = [
        say_number(len(found.texts), "1 text to which both belong",
                   "{count:,} texts to which both belong", "no text to which both belong"),
        _data_in_short(found),
        say_number(ways, "1 way from one to the other", "{count:,} ways from one to the other",
                   "no way from one to the other"),
        _statements_in_short(len(found.said[0]), one, other),
        _statements_in_short(len(found.said[1]), other, one),
    ]  # fmt: skip
    return element("ul", *(element("li", line) for line in lines if line), class_="rg-short")


def _statements_in_short(count: int, by: Html, about: Html) -> Html:
    message = for_number(
        count, "1 statement of {by} about {about}", "{count:,} statements of {by} about {about}",
        "no statement of {by} about {about}",
    )  # fmt: skip
    return say_html(message, count=f"{count:,}", by=by, about=about)


def _data_in_short(found: Between) -> str:
    ways = {(row.provider, row.recipient) for row in found.transfers}
    if not ways:
        return ""
    if len({row.rules_of for row in found.transfers}) == 1:
        both = say("data go both ways, under the rules of one")
        return both if len(ways) > 1 else say("data go one way, under the rules of one")
    both = say("data go both ways, each way under other rules")
    return both if len(ways) > 1 else say("data go one way, under several rules")


# --- texts ---------------------------------------------------------------------------------------


def texts(found: Between, shown: Shown) -> Html:
    """Return the texts to which both belong as a line in time, with what replaced what."""
    if not found.texts:
        return joined()
    entries = [element("li", _text(row, shown)) for row in found.texts]
    return element("ol", *entries, class_="rg-times")


def _text(row: WhichRulesGovernRow, shown: Shown) -> Html:
    seen_in = shown.linked(row.seen_in) if row.seen_in else None
    pairs: list[tuple[str, Html | str | None]] = [
        (say("Kind"), say("a draft") if row.draft else None),
        (say("Version of"), shown.named([row.instrument])),
        (say("Replaces"), shown.named(row.replaces)),
        (say("Replaced by"), shown.named(row.replaced_by)),
        (say("Ended"), say("by {day}", day=row.ended) if row.ended else None),
        (say("In force"), force_in_words(row.in_force, seen_in, row.seen_on)),
        (say("Says"), shown.named(row.according_to)),
    ]
    return joined(
        element("div", date_in_words(row.date), class_="rg-when"),
        element("h3", shown.link(row.version, row.label, data_language())),
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
    note = say(
        "Each way other rules bind the data: what protects them in one does not in the other."
    )
    return joined(arrows, element("p", note, class_="rg-small") if both else None)


def _arrow(found: Between, start: str, end: str, shown: Shown) -> Html:
    rows = [row for row in found.transfers if (row.provider, row.recipient) == (start, end)]
    told: Sequence[Html] = [_rules(row, shown) for row in rows]
    if not rows:
        told = [element("p", say("No source here says under whose rules."), class_="rg-muted")]
    return element(
        "div",
        element("div", shown.name(start), class_="rg-end-of"),
        element("div", element("div", say("data"), class_="rg-arrow"), *told, class_="rg-way"),
        element("div", shown.name(end), class_="rg-end-of"),
        class_="rg-flow", role="group",
        aria_label=say("Data from {one} to {other}", one=shown.of(start), other=shown.of(end)),
    )  # fmt: skip


def _rules(row: WhoseRulesBindTheDataRow, shown: Shown) -> Html:
    whose = element("strong", shown.name(row.rules_of))
    said_in = say_html("{text}, says {who}", text=shown.named([row.version]),
                       who=shown.named(row.according_to))  # fmt: skip
    return element(
        "div",
        element("p", say_html("bound by the rules of {name}", name=whose)),
        element("p", said_in, class_="rg-small"),
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
        text = say("No way of so few steps is known over ties that a source states.")
        return element("p", text, class_="rg-muted")
    told = [element("li", _way(rows, found.one, shown)) for rows in every[:MOST_WAYS]]
    more = len(every) - len(told)
    note = say(
        "{count:,} more: the question “How are two entities linked?” gives all ways.", count=more
    )
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
        element("div", shown.name(start),
                *([" \u2013 ", shown.name(stop)] for stop in stops[1:]), class_="rg-stops"),
        element("ul", *(element("li", _step(row, shown)) for row in steps),
                class_="rg-list"),
    )  # fmt: skip


def _step(row: HowAreTheyLinkedRow, shown: Shown) -> Html:
    link = link_in_words(row.link if row.link.startswith("gives data") else row.link.lower())
    who = shown.named(row.attributed_to)
    return joined(
        say_html(
            "{source} → {link} → {target}",
            source=shown.linked(row.source),
            link=say_html("{link} (alleged)", link=link) if row.allegation else link,
            target=shown.linked(row.target),
        ),
        element(
            "span", f" · {date_in_words(row.date)}" if row.date else "",
            joined(" · ", say_html("says {who}", who=who)) if row.attributed_to else None,
            class_="rg-small",
        ),
        shown.where(row.passages),
    )  # fmt: skip


def members(found: Between, shown: Shown) -> Html:
    """Return who is named as a member of both, and of each."""
    if not any(found.members.values()):
        return joined()
    shared = found.shared_members
    text = say(
        "No source here names anybody as a member of both; that does not mean that nobody is."
    )
    head = say_html("Members of both: {names}.", names=shown.named(shared)) if shared else text
    lines = [
        element(
            "li",
            element("strong", shown.name(body), ": "),
            names_of(shown.names, [row.other for row in rows]) or say("none is named"),
            shown.where(tuple(dict.fromkeys(one for row in rows for one in row.passages))[:12])
            if rows else None,
        )
        for body, rows in found.members.items()
    ]  # fmt: skip
    note = say("Only who is named in a source that is in the corpus; the lists are not whole.")
    return joined(
        element("p", head),
        element("ul", *lines, class_="rg-list"),
        element("p", note, class_="rg-small"),
    )


# --- what is said --------------------------------------------------------------------------------


def said(found: Between, shown: Shown) -> Html:
    """Return what each says about the other, and what others say about both."""
    one, other = shown.name(found.one), shown.name(found.other)
    heads = (
        say_html("{one} about {other}", one=one, other=other),
        say_html("{one} about {other}", one=other, other=one),
        say("Others about both"),
    )
    parts = []
    for head, rows in zip(heads, found.said, strict=True):
        told = cards([_claim(row, found, shown) for row in rows])
        text = say("Nothing is recorded; that does not mean that nothing was said.")
        none = element("p", text, class_="rg-muted")
        parts.append(joined(element("h3", head, f" ({len(rows)})"), told if rows else none))
    return joined(parts) if any(found.said) else joined()


def _claim(row: WhatIsSaidAboutRow, found: Between, shown: Shown) -> Html:
    day = date_in_words(row.as_of or row.date) if row.as_of or row.date else None
    pairs: list[tuple[str, Html | str | None]] = [
        (say("Says"), shown.named(row.claimants)),
        (say("Stance"), word(row.stance) if row.stance else None),
        (say("When"), day),
        (say("Told by"), shown.named(row.reported_by)),
        (
            say("Against it"),
            in_english(
                "; ".join(
                    found.summaries.get(one, shown.of(one))
                    for one in dict.fromkeys((*row.disputed_by, *row.contradicted_by))
                )
            ),
        ),
        (say("Kind"), say("an allegation of its speaker") if row.kind == "allegation" else None),
    ]
    return element(
        "div",
        claimed(row, names_of(shown.names, row.claimants), "h4"),
        element("p", row.summary, dir="auto", lang=data_language()),
        facts(pairs),
        shown.where(row.passages),
        class_="rg-card",
    )


SECTIONS: Final[dict[str, Section]] = {
    "The texts between them, in time": texts,
    "Whose rules bind the data that pass between them": data,
    "What each offers a person affected": safeguards,
    "The ways from one to the other": ways,
    "Who is a member of both": members,
    "What they say about each other": said,
}
"""Every part by its title, in the order in which it is shown; one without facts is empty."""
