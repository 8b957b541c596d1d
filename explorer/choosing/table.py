"""A selection as a table, a page of it at a time, with the hits of a search marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from explorer.choosing.address import keep, touched
from explorer.choosing.asking import Chosen
from explorer.choosing.marking import mark_of
from explorer.entitypages import ends_of, name_of, page_of
from explorer.languages.saying import SEMICOLON, data_language, listed, say
from explorer.markup import Html, element, joined, listed_html, marked, plain
from explorer.screen import left_out, put, ticked
from explorer.voices import Item
from explorer.words import Names, date_in_words, marked_word, word
from graph.answers import WhichRecommendationsRow
from graph.statuses import NO_INFORMATION
from ontology.identifiers import parse

PAGE = 50
"""Rows that are sent to the browser at once."""
HITS = 12
"""Hits of a search shown with their text; the table holds all."""

One = TypeVar("One")


def show(found: Chosen) -> None:
    """Show the view."""
    names = found.session.names
    if found.selection.words.strip():
        put(_hits(found, found.selection.words, names))
    items = paged(found.items, PAGE)
    put(_list(found, items))
    wide = st.container(key="wide")
    event = wide.dataframe(
        [_line(item, found) for item in items],
        key=f"table {st.session_state.get('page') or 1}", on_select=touched,
        selection_mode="single-row", hide_index=True,
        alt=say("Recommendations with status, issuer, addressee and who says so"),
        height=min(35 * len(items) + 38, 470),
        column_config={
            say("Status"): st.column_config.TextColumn(width=170),
            say("Change"): st.column_config.TextColumn(width=190),
            say("Recommendation"): st.column_config.TextColumn(width=340),
            say("Who says so"): st.column_config.TextColumn(width=230),
            say("As of"): st.column_config.TextColumn(width=95),
            say("Asked by"): st.column_config.TextColumn(width=170),
            say("Asked of"): st.column_config.TextColumn(width=170),
            say("Issued"): st.column_config.TextColumn(width=95),
        },
    )  # fmt: skip
    with wide:
        put(element("p", say("Tick a row to open its page."), class_="rg-small"))
    for item in ticked(event, items):
        from explorer.main import pages

        day = found.selection.as_of
        query = {"id": parse(item.iri)[1], **({"as_of": str(day)} if day else {})}
        st.switch_page(pages()["recommendation"], query_params=query)


def paged(rows: Sequence[One], size: int) -> Sequence[One]:
    """Let somebody choose a page of rows where there are more than fit; return its rows."""
    pages = -(-len(rows) // size)
    if pages < 2:
        st.session_state["page"] = 1
        return rows
    asked = st.session_state.get("page")
    if isinstance(asked, str):
        st.warning(plain(left_out(say("Page"), asked)))
    page = min(max(asked if isinstance(asked, int) else 1, 1), pages)
    keep("page", page)
    with st.container(horizontal=True, vertical_alignment="center"):
        # Wide enough for all, since Streamlit else hides pages though there is room for them.
        st.pagination(pages, key="page", on_change=touched, width=100 + 44 * min(pages, 7))
        first = (page - 1) * size
        told = say("{first:,} to {last:,} of {total:,}", first=first + 1,
                   last=min(first + size, len(rows)), total=len(rows))  # fmt: skip
        put(element("p", told, class_="rg-small rg-beside"))
    return rows[first : first + size]


def _hits(found: Chosen, wanted: str, names: Names) -> Html:
    items = found.items
    entries = [
        element(
            "li",
            element("a", marked(item.first.label, wanted), href=page_of(item.iri),
                    lang=data_language(), dir="auto"),
            element("span", f" {mark_of(found, item.iri)}".rstrip(), class_="rg-was"),
            element("div", marked(item.first.summary, wanted), class_="rg-small", dir="auto",
                    lang=data_language()),
            element(
                "div",
                marked(names.all(*item.first.issuers), wanted), " → ",
                marked(names.all(*item.first.addressees), wanted), " · ",
                marked(names.all(*item.first.themes), wanted), class_="rg-small",
                lang=data_language(), dir="auto",
            ),
        )
        for item in items[:HITS]
    ]  # fmt: skip
    more = len(items) - HITS
    tail = say("{count:,} more are in the table.", count=more) if more > 0 else ""
    return joined(
        element("ul", *entries, class_="rg-hits rg-wide"),
        element("p", tail, class_="rg-small rg-wide") if tail else None,
    )


def _line(item: Item, found: Chosen) -> dict[str, str]:
    first, names = item.first, found.session.names
    days = sorted({date_in_words(voice.status_as_of) for voice in item.voices})
    changed = {say("Change"): mark_of(found, item.iri)} if found.before else {}
    return {
        say("Status"): " / ".join(marked_word(status) for status in item.statuses),
        **changed,
        say("Recommendation"): first.label,
        say("Who says so"): listed((_voice(voice, found) for voice in item.voices), SEMICOLON),
        say("As of"): listed(days),
        say("Asked by"): names.all(*first.issuers),
        say("Asked of"): names.all(*first.addressees),
        say("Issued"): date_in_words(first.date),
        say("Document"): names.all(*first.documents),
    }


def _voice(row: WhichRecommendationsRow, found: Chosen) -> str:
    said = _speaking_as(row, found)
    return found.session.names.of(str(row.assessor)) + (f" ({listed(said)})" if said else "")


def _speaking_as(row: WhichRecommendationsRow, found: Chosen) -> list[str]:
    """Return as what somebody speaks, and the day of a look that found nothing."""
    said = [word(row.assessor_relation)] if row.assessor_relation else []
    if row.status == NO_INFORMATION and row.assessment:
        looked = found.prepared.looked_on(row.assessment, row.recommendation)
        said += [say("looked on {day}, found nothing", day=looked)] if looked else []
    return said


# --- on a narrow screen ----------------------------------------------------------------------


def _list(found: Chosen, items: Sequence[Item]) -> Html:
    """Return the same as a list, which stands in place of the table on a narrow screen.

    There the table would hide who says so, or the status.
    """
    entries = [_entry(found, item, found.selection.words) for item in items]
    return element("ul", *entries, class_="rg-hits rg-narrow")


def _entry(found: Chosen, item: Item, wanted: str) -> Html:
    names, first = found.session.names, item.first
    around = [ends_of(names, first), _day(first.date)]
    voices = [_line_of(found, voice) for voice in item.voices]
    return element(
        "li",
        element("a", marked(first.label, wanted), href=page_of(item.iri), lang=data_language(),
                dir="auto"),
        element("span", f" {mark_of(found, item.iri)}".rstrip(), class_="rg-was"),
        voices or element("div", _chip(item.bucket)),
        element("div", marked(first.summary, wanted), class_="rg-small", dir="auto",
                lang=data_language()) if wanted.strip() else None,
        element("div", listed_html(around), class_="rg-small"),
    )  # fmt: skip


def _line_of(found: Chosen, voice: WhichRecommendationsRow) -> Html:
    """Return what one voice says, who it is, and as of when."""
    who = name_of(found.session.names, str(voice.assessor))
    said = [*map(joined, _speaking_as(voice, found)), _day(voice.status_as_of)]
    return element("div", _chip(str(voice.status)), " ", who, " (", listed_html(said), ")")


def _day(edtf: str | None) -> Html:
    """Return a day that is not broken over two lines."""
    return element("span", date_in_words(edtf), class_="rg-line")


def _chip(status: str) -> Html:
    return element("span", marked_word(status), class_=f"rg-chip rg-s-{status}")
