"""The parts of an entity's page: each has rows, is shown as cards or a table, and saved as CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from explorer.entity.choosing import ANEW
from explorer.languages.saying import say, speaking
from explorer.markup import Html, element, joined, plain
from explorer.screen import note_unknown, put
from explorer.session import Session
from explorer.tables import as_csv
from ontology.identifiers import parse

LONGEST: Final = 40
"""Rows of a part that are shown at once."""


@dataclass(frozen=True)
class Part:
    """One part of a page: its rows, the class of them, and how some of them are shown.

    `title` and `note` are messages, said in the language of the page when the part is shown.
    """

    title: str
    rows: Sequence[Any]
    row: type
    show: Callable[[Sequence[Any]], Html]
    note: str = ""

    @property
    def key(self) -> str:
        """What stands for it in an address and in the name of a file, in every language."""
        return _key(self.title)


def _key(text: str) -> str:
    return text.lower().replace(" ", "-")


def show_parts(session: Session, entity: str, parts: Sequence[Part], *, together: bool) -> None:
    """Show the parts that have rows: one below the other, or the one that is chosen."""
    there = [part for part in parts if part.rows]
    if st.session_state.pop(ANEW, False):
        _turn_back()
    if not there:
        told = say("Nothing else is recorded of it by this day.")
        put(element("p", told, class_="rg-empty"))
        return
    if together:
        for part in there:
            _show(session, entity, part)
        return
    _show(session, entity, _choose({part.key: part for part in there}))


def _choose(parts: Mapping[str, Part]) -> Part:
    """Ask which part to show; the address says it by its key, since titles are in a language."""
    asked = st.query_params.get("part", "")
    wanted = asked if asked in parts else _key(asked)  # links of old have the English title
    if wanted not in parts:
        note_unknown("part", list(parts), say("Part"))
    st.session_state["part"] = wanted if wanted in parts else next(iter(parts))

    def go() -> None:
        _turn_back()
        st.query_params["part"] = st.session_state["part"]

    chosen = st.segmented_control(
        plain(say("Part")), list(parts), key="part", required=True, on_change=go,
        format_func=lambda key: plain(say(parts[key].title)), label_visibility="collapsed",
    )  # fmt: skip
    return parts[chosen or st.session_state["part"]]


def _turn_back() -> None:
    if "page" in st.session_state:
        st.session_state["page"] = 1


def _show(session: Session, entity: str, part: Part) -> None:
    count = len(part.rows)
    st.header(plain(f"{say(part.title)} ({count:,})"))
    if part.note:
        put(element("p", say(part.note), class_="rg-small"))
    put(part.show(_of_page(part)))

    def rows() -> str:
        with speaking("en"):  # as files are
            return as_csv(part.rows, part.row, session.names)

    slug = parse(entity)[1].replace("/", "-")
    st.download_button(
        plain(say("Save as CSV")), rows, file_name=f"{slug}-{part.key}.csv", mime="text/csv",
        key=f"csv {part.key}", icon=":material/download:", on_click="ignore", type="tertiary",
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
