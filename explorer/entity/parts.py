"""The parts of an entity's page: each has rows, is shown as cards or a table, and saved as CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from explorer.entity.choosing import ANEW
from explorer.markup import Html, element, joined, plain
from explorer.screen import note_unknown, put
from explorer.session import Session
from explorer.tables import as_csv
from ontology.identifiers import parse

LONGEST: Final = 40
"""Rows of a part that are shown at once."""


@dataclass(frozen=True)
class Part:
    """One part of a page: its rows, the class of them, and how some of them are shown."""

    title: str
    rows: Sequence[Any]
    row: type
    show: Callable[[Sequence[Any]], Html]
    note: str = ""


def show_parts(session: Session, entity: str, parts: Sequence[Part], *, together: bool) -> None:
    """Show the parts that have rows: one below the other, or the one that is chosen."""
    there = [part for part in parts if part.rows]
    anew = st.session_state.pop(ANEW, False)
    if anew:
        _turn_back()
    if not there:
        put(element("p", "Nothing else is recorded of it by this day.", class_="rg-empty"))
        return
    if together:
        for part in there:
            _show(session, entity, part)
        return
    titles = [part.title for part in there]
    if anew:
        st.session_state["part"] = titles[0]
    else:
        note_unknown("part", titles, "Part")
    title = st.segmented_control(
        "Part", titles, key="part", bind="query-params", required=True,
        default=None if anew else titles[0],
        format_func=lambda one: plain(one), label_visibility="collapsed", on_change=_turn_back,
    )  # fmt: skip
    _show(session, entity, next((part for part in there if part.title == title), there[0]))


def _turn_back() -> None:
    if "page" in st.session_state:
        st.session_state["page"] = 1


def _show(session: Session, entity: str, part: Part) -> None:
    count = len(part.rows)
    st.subheader(plain(f"{part.title} ({count:,})"))
    if part.note:
        put(element("p", part.note, class_="rg-small"))
    put(part.show(_of_page(part)))
    slug = parse(entity)[1].replace("/", "-")
    st.download_button(
        "Save as CSV", lambda: as_csv(part.rows, part.row, session.names),
        file_name=f"{slug}-{part.title.lower().replace(' ', '-')}.csv", mime="text/csv",
        key=f"csv {part.title}", icon=":material/download:", on_click="ignore", type="tertiary",
    )  # fmt: skip


def _of_page(part: Part) -> Sequence[Any]:
    """Return the rows of the page that is chosen, where there are too many for one."""
    pages = -(-len(part.rows) // LONGEST)
    if pages < 2:
        return part.rows
    page = st.pagination(pages, key="page", bind="query-params")
    return part.rows[(page - 1) * LONGEST : page * LONGEST]


def cards(found: Sequence[Html]) -> Html:
    """Return cards beside each other as far as there is room."""
    return element("div", *found, class_="rg-cards")


def facts(pairs: Sequence[tuple[str, Html | str | None]]) -> Html:
    """Return what is known of something, name by name; what is empty is left out."""
    return element(
        "dl",
        *(
            joined(element("dt", name), element("dd", value, dir="auto"))
            for name, value in pairs
            if value
        ),
        class_="rg-facts",
    )


def table(header: Sequence[str], rows: Sequence[Sequence[Html | str]], title: str) -> Html:
    """Return a table with a header; the first cell of a row tells what the row is about."""
    head = element("tr", *(element("th", name, scope="col") for name in header))
    lines = [
        element("tr", element("th", row[0], scope="row", dir="auto"),
                *(element("td", cell, dir="auto") for cell in row[1:]))
        for row in rows
    ]  # fmt: skip
    whole = element(
        "table", element("thead", head), element("tbody", *lines), class_="rg-table rg-rows"
    )
    return element("div", whole, class_="rg-scroll", role="region", tabindex=0, aria_label=title)
