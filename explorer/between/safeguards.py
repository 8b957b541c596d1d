"""What an affected person can do at one body and at another: each cell with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.between.sources import Shown
from explorer.languages.saying import data_language, say
from explorer.markup import Html, element, joined, say_html, table
from explorer.words import date_in_words, word
from graph.answers import NOT_STATED, WhichSafeguardsRow

MARKS = {"stated": "●", "reported": "◐", "denied": "✕", NOT_STATED: "?"}
"""A mark for each word, so that no two differ by colour alone."""

LEGEND = (
    "● stated: a source says that it is there. ◐ reported: a source tells that somebody says so. "
    "✕ denied: a source says that it is not there. ? not stated: no source here says either, "
    "which is not a “no”."
)


def matrix(found: Mapping[str, Sequence[WhichSafeguardsRow]], shown: Shown) -> Html:
    """Return the safeguards as rows and the bodies as columns; nothing where none says anything."""
    if all(row.availability == NOT_STATED for rows in found.values() for row in rows):
        return joined()
    kinds = list(dict.fromkeys(row.safeguard for rows in found.values() for row in rows))
    lines = [
        (
            word(kind),
            *(
                _cell([row for row in rows if row.safeguard == kind], shown)
                for rows in found.values()
            ),
        )
        for kind in kinds
    ]
    header = (say("Safeguard"), *(shown.name(body) for body in found))
    return joined(
        table(header, lines, say("Safeguards")), element("p", say(LEGEND), class_="rg-small")
    )


def _cell(rows: Sequence[WhichSafeguardsRow], shown: Shown) -> Html:
    differ = len({row.availability for row in rows}) > 1
    note = element("div", say("≠ the sources differ"), class_="rg-small") if differ else None
    return joined(note, (_said(row, shown) for row in rows))


def _said(row: WhichSafeguardsRow, shown: Shown) -> Html:
    mark = f"{MARKS.get(row.availability, '')} {word(row.availability)}"
    tone = row.availability.replace(" ", "-")
    if row.availability == NOT_STATED:
        return element("div", mark, class_="rg-offer rg-muted")
    day = date_in_words(row.as_of or row.date) if row.as_of or row.date else ""
    who = say_html("by {name}", name=shown.named(row.claimants))
    return element(
        "div",
        element("span", mark, class_=f"rg-chip rg-o-{tone}"),
        element("span", " ", who, f" · {day}" if day else "", class_="rg-small"),
        element("div", row.summary, dir="auto", lang=data_language()) if row.summary else None,
        shown.where(row.passages),
        class_="rg-offer",
    )
