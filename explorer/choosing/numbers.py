"""A selection in numbers: for each facet its values, and how many recommendations have each."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from explorer.choosing.asking import Chosen, named_value
from explorer.languages.saying import in_address, say
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
    there = [(value, count) for value, count in counts.items() if count]
    if not there:
        return None
    if facet not in ("status", "response", "year"):
        there.sort(key=lambda entry: -entry[1])
    most = max(count for _, count in there)
    entries = [_entry(found, facet, value, count, most) for value, count in there[:MOST]]
    more = len(there) - MOST
    return element(
        "section",
        element("h4", say(FACETS[facet])),
        element("ul", *entries, class_="rg-bars"),
        element("p", say("{count:,} more", count=more), class_="rg-small") if more > 0 else None,
        class_="rg-card",
    )


def _entry(found: Chosen, facet: str, value: str, count: int, most: int) -> Html:
    mark = f"{MARKS[value]} " if facet in ("status", "response") and value in MARKS else ""
    where = link_of(found.selection.with_facet(facet, [value]))
    return element(
        "li",
        element("a", mark + named_value(found.session, facet, value), href=where),
        element("b", f"{count:,}"),
        element("span", class_="rg-bar", aria_hidden="true",
                style=f"width:{max(1, round(100 * count / most))}%"),
    )  # fmt: skip


def link_of(selection: Selection, **others: str) -> str:
    """Return the address of a selection on the page of the recommendations."""
    others |= in_address()
    query = {**selection.to_query(), **{name: [value] for name, value in others.items()}}
    return "./?" + urlencode(query, doseq=True)


def capped(told: int, shown: int, what: str) -> Html:
    """Return a line that says what is not shown of what there is; nothing if all is."""
    if shown >= told:
        return joined()
    text = say(
        "{what}: the {shown:,} with most of {told:,} are shown; the choices above reach the rest.",
        what=what, shown=shown, told=told,
    )  # fmt: skip
    return element("p", text, class_="rg-small")
