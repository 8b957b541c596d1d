"""A selection as a heatmap that is a table: who was asked by status, or who asks by theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from explorer.choosing.address import keep, link_of, touched
from explorer.choosing.asking import Chosen
from explorer.choosing.marking import named, was
from explorer.choosing.numbers import capped
from explorer.languages.saying import number, say
from explorer.markup import Html, element, joined, plain
from explorer.screen import left_out, put
from explorer.selection import FACETS
from explorer.voices import Item, buckets, tally
from explorer.words import MARKS

BY = {"addressee": "Asked of, by status", "issuer": "Asked by, by theme"}
"""What stands in the rows, and with it in the columns."""
ROWS, COLUMNS = 25, 14
"""At most so many are drawn."""


def show(found: Chosen) -> None:
    """Show the view."""
    by = st.session_state.get("by")
    if by and by not in BY:
        st.warning(plain(left_out(say("Rows and columns"), str(by))))
    keep("by", by if by in BY else "addressee")
    asked = st.segmented_control(
        plain(say("Rows and columns")), list(BY),
        format_func=lambda name: plain(say(BY[name])), key="by", required=True,
        label_visibility="collapsed", on_change=touched,
    )  # fmt: skip
    by = asked or "addressee"
    across = "status" if by == "addressee" else "theme"
    rows = tally(found.items, lambda item: _values(item, by), lambda item: _values(item, across))
    then: dict[str, dict[str, int]] = {}
    if found.before:
        then = tally(found.before.items, lambda item: _values(item, by),
                     lambda item: _values(item, across))  # fmt: skip
    rows |= {value: {} for value in then if value not in rows}
    if not rows:
        put(
            element(
                "p",
                say("None of these recommendations tells both. Choose others."),
                class_="rg-empty",
            )
        )
        return
    columns = _columns([*rows.values(), *then.values()], across, found.axis)
    shown = dict(list(rows.items())[:ROWS])
    put(_table(found, shown, then, columns[:COLUMNS], by, across))
    put(joined(capped(len(rows), len(shown), say("Rows")),
               capped(len(columns), min(len(columns), COLUMNS), say("Columns"))))  # fmt: skip
    note = say(
        "What has several values counts for each. The darker, the more; a number leads to them."
    )
    put(element("p", note, class_="rg-small"))


def _values(item: Item, facet: str) -> Iterable[str]:
    if facet == "status":
        return item.standings  # as the choice of a status finds it, to which a number leads
    values: tuple[str, ...] = getattr(item.first, f"{facet}s")
    return values


def _columns(rows: Iterable[Mapping[str, int]], across: str, axis: str) -> list[str]:
    totals: dict[str, int] = {}
    for counts in rows:
        for name, count in counts.items():
            totals[name] = totals.get(name, 0) + count
    if across == "status":
        return [name for name in buckets(axis) if name in totals]
    return sorted(totals, key=lambda name: (-totals[name], name))


def _table(
    found: Chosen,
    rows: Mapping[str, Mapping[str, int]],
    then: Mapping[str, Mapping[str, int]],
    columns: Sequence[str],
    by: str,
    across: str,
) -> Html:
    most = max((row.get(name, 0) for row in rows.values() for name in columns), default=1) or 1
    heads = [element("th", _mark(name), named(found, across, name), scope="col")
             for name in columns]  # fmt: skip
    lines = [
        element(
            "tr",
            element("th", named(found, by, value), scope="row"),
            *(_cell(found, row.get(name, 0), then.get(value, {}).get(name, 0), most,
                    {by: value, across: name}) for name in columns),
        )
        for value, row in rows.items()
    ]  # fmt: skip
    corner = element("th", f"{say(FACETS[by])} / {say(FACETS[across]).lower()}", scope="col",
                     class_="rg-muted")  # fmt: skip
    table = element(
        "table", element("caption", say(BY[by]), class_="rg-hidden"),
        element("thead", element("tr", corner, *heads)), element("tbody", *lines),
        class_="rg-table rg-heat",
    )  # fmt: skip
    return element(
        "div", table, class_="rg-scroll", tabindex=0, role="region", aria_label=say(BY[by])
    )


def _mark(name: str) -> Html:
    return (
        element("span", f"{MARKS[name]}\u2060\u00a0", aria_hidden="true")
        if name in MARKS
        else joined()
    )


def _cell(found: Chosen, count: int, then: int, most: int, values: Mapping[str, str]) -> Html:
    before = was(found, count, then)
    if not count:
        return element("td", "0" if before else None, before, style="--rg-heat:0%")
    selection = found.selection
    for facet, value in values.items():
        selection = selection.with_facet(facet, [value])
    share = 12 + round(48 * count / most)
    return element(
        "td",
        element("a", number(count), before, href=link_of(selection)),
        style=f"--rg-heat:{share}%",
    )
