"""A selection in numbers: for each facet its values, and how many recommendations have each."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer.choosing.address import link_of
from explorer.choosing.asking import Chosen
from explorer.choosing.marking import named, was
from explorer.languages.saying import number, say
from explorer.marks import SIGNS
from explorer.markup import Html, element, joined
from explorer.screen import put
from explorer.selection import FACETS, Selection
from explorer.words import MARKS

MOST = 12
"""Values of a facet that are shown; the list of choices above holds all."""


def show(found: Chosen) -> None:
    """Show the view."""
    cards = [_card(found, name, found.counts[name]) for name in FACETS]
    put(element("div", *(card for card in cards if card), class_="rg-columns"))
    note = say(
        "A recommendation with several values counts for each, so the numbers of a list may add "
        "up to more than there are. Each list counts what fits all other choices. A value leads "
        "to its recommendations."
    )
    put(element("p", note, class_="rg-small"))


def _card(found: Chosen, facet: str, counts: Mapping[str, int]) -> Html | None:
    then = found.before.counts[facet] if found.before and facet != "change" else {}
    counts = {**dict.fromkeys(then, 0), **counts}
    there = [(value, count) for value, count in counts.items() if count or then.get(value)]
    if not there:
        return None
    if facet not in ("status", "response", "year", "change"):
        there.sort(key=lambda entry: -entry[1])
    most = max(count for _, count in there) or 1
    entries = [
        _entry(found, facet, value, count, most,
               was(found, count, then.get(value, 0)) if facet != "change" else None)
        for value, count in there[:MOST]
    ]  # fmt: skip
    more = len(there) - MOST
    return element(
        "section",
        element("h2", say(FACETS[facet])),
        element("ul", *entries, class_="rg-bars"),
        element("p", say("{count:,} more", count=more), class_="rg-small") if more > 0 else None,
        class_="rg-card",
    )


def _entry(
    found: Chosen, facet: str, value: str, count: int, most: int, before: Html | None
) -> Html:
    signs = MARKS if facet in ("status", "response") else SIGNS if facet == "change" else {}
    mark = f"{signs[value]} " if value in signs else ""
    where = link_of(found.selection.with_facet(facet, [value])) if count else None
    return element(
        "li",
        element("a" if count else "span", mark, named(found, facet, value), href=where),
        element("span", element("b", number(count)), before),
        element("span", class_="rg-bar", aria_hidden="true",
                style=f"width:{max(1, round(100 * count / most))}%"),
    )  # fmt: skip


def link_here(selection: Selection) -> str:
    """Return the address of a selection in the view that is open."""
    view = st.session_state.get("view")
    others = {"view": str(view)} if view and view != "table" else {}
    return link_of(selection, **others)


def capped(told: int, shown: int, what: str) -> Html:
    """Return a line that says what is not shown of what there is; nothing if all is."""
    if shown >= told:
        return joined()
    text = say(
        "{what}: the {shown:,} with most of {told:,} are shown; the choices above reach the rest.",
        what=what, shown=shown, told=told,
    )  # fmt: skip
    return element("p", text, class_="rg-small")
