"""Which recommendations were adopted: counts, facets, table, and who was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import streamlit as st

from explorer.markup import Html, address, element, joined, marked, plain
from explorer.screen import ask_day, note_unknown, put
from explorer.session import Session, current
from explorer.tables import as_csv
from explorer.voices import (
    ONE_VOICE,
    Item,
    buckets,
    counted,
    items_of,
    sorted_items,
    tally,
)
from explorer.words import AXES, AXIS_QUESTIONS, MARKS, Names, date_in_words, marked_word, word
from graph.answers import CONTESTED, UNASSESSED, WhichRecommendationsRow
from graph.questions import which_recommendations
from ontology.identifiers import parse
from ontology.terms import RG, definition

HITS = 12
"""Hits of a search shown with their text; the table holds all."""


def show() -> None:
    """Show the page."""
    session = current()
    st.title("Which recommendations were adopted?")
    axis, as_of = _axis_and_day()
    rows = which_recommendations(session.store, axis=axis, as_of=as_of)
    items = sorted_items(items_of(rows), axis)
    if not items:
        put(element("p", "No recommendation is recorded by this day.", class_="rg-empty"))
        return
    put(_summary(items, axis))
    wanted, chosen = _facets(session.names, items, axis)
    if not chosen:
        text = "No recommendation fits all of these choices. Take one away."
        put(element("p", text, class_="rg-empty"))
        return
    if wanted:
        put(_hits(chosen, wanted, session.names))
    _table(session, chosen, len(items))
    _downloads(session.names, chosen, axis)
    st.subheader("Who was asked, and what came of it")
    put(
        _heatmap(
            tally(chosen, lambda item: item.first.addressees, lambda item: (item.bucket,)),
            axis,
            session.names,
        )
    )


def _axis_and_day() -> tuple[str, dt.date | None]:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    names = list(AXES)
    note_unknown("axis", [plain(AXES[name]) for name in names], "Axis")
    axis = left.segmented_control(
        "Axis", names, default=names[0], format_func=lambda name: plain(AXES[name]), key="axis",
        bind="query-params", required=True, label_visibility="collapsed",
    )  # fmt: skip
    as_of = ask_day(right, "Only what was said by this day. Empty: all that is known.")
    return axis or names[0], as_of


def _summary(items: Sequence[Item], axis: str) -> Html:
    """Return the counts by status as a strip and as numbers."""
    counts = counted(items, axis)
    strip = [
        element(
            "span", class_=f"rg-s-{name}", style=f"flex:{count}", title=f"{word(name)}: {count}"
        )
        for name, count in counts.items()
    ]
    numbers = [
        element("li", element("span", class_=f"rg-dot rg-s-{name}", aria_hidden="true"),
                element("b", count), marked_word(name), title=_meaning(name))
        for name, count in counts.items()
    ]  # fmt: skip
    alone = sum(item.first.only_issuer for item in items)
    notes = [
        f"{AXIS_QUESTIONS[axis]} {len(items)} recommendations, each status somebody's statement.",
        "“Unassessed” means that nobody has said anything: it is not “not adopted”.",
    ]
    if alone:
        notes.append(f"{alone} of those assessed rest on {ONE_VOICE}.")
    return joined(
        element("div", *strip, class_="rg-strip", aria_hidden="true"),
        element("ul", *numbers, class_="rg-counts"),
        element("p", " ".join(notes), class_="rg-small"),
    )


def _meaning(status: str) -> str:
    computed = {
        UNASSESSED: "Nobody has said anything on this axis.",
        CONTESTED: "Assessors give different statuses; all stand side by side.",
    }
    return computed.get(status) or definition(RG[status])


# --- facets --------------------------------------------------------------------------------------


def _facets(names: Names, items: Sequence[Item], axis: str) -> tuple[str, list[Item]]:
    """Ask for the facets; return the words searched for and the items that fit all facets."""
    first, second = st.columns([1, 1])
    wanted = first.text_input(
        "Search", key="q", bind="query-params", type="search", icon=":material/search:",
        placeholder="words of a recommendation, an actor, a theme",
    )  # fmt: skip
    there = {status for item in items for status in (*item.statuses, item.bucket)}
    statuses = [name for name in buckets(axis) if name in there]
    with second:
        status = _choice("Status", "status", statuses, word)
    columns = st.container(key="facets").columns(4)
    with columns[0]:
        asked = _entities("Asked of", "addressee", names, (i.first.addressees for i in items))
    with columns[1]:
        asking = _entities("Asked by", "issuer", names, (i.first.issuers for i in items))
    with columns[2]:
        theme = _entities("Theme", "theme", names, (i.first.themes for i in items))
    with columns[3]:
        document = _entities("Document", "document", names, (i.first.documents for i in items))
    chosen = [
        item
        for item in items
        if _one_of(status, (*item.statuses, item.bucket))
        and _one_of(asked, item.first.addressees)
        and _one_of(asking, item.first.issuers)
        and _one_of(theme, item.first.themes)
        and _one_of(document, item.first.documents)
        and (not wanted or _matches(item, wanted, names))
    ]
    return wanted or "", chosen


def _matches(item: Item, wanted: str, names: Names) -> bool:
    first = item.first
    around = names.all(*first.issuers, *first.addressees, *first.themes, *first.asks)
    text = f"{first.label} {first.summary} {around}".casefold()
    return all(part in text for part in wanted.casefold().split())


def _one_of(wanted: Sequence[str], given: Iterable[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(given)


def _entities(title: str, key: str, names: Names, given: Iterable[Iterable[str]]) -> list[str]:
    found = sorted({iri for several in given for iri in several}, key=names.unique)
    return _choice(title, key, found, names.unique)


def _choice(title: str, key: str, options: Sequence[str], named: object) -> list[str]:
    assert callable(named)
    note_unknown(key, [named(option) for option in options], title)
    return st.multiselect(
        plain(title), options, format_func=named, key=key, bind="query-params", placeholder="any"
    )


# --- hits, table, heatmap ------------------------------------------------------------------------


def _hits(items: Sequence[Item], wanted: str, names: Names) -> Html:
    entries = [
        element(
            "li",
            element("a", marked(item.first.label, wanted), href=page_of(item.iri)),
            element("div", marked(item.first.summary, wanted), class_="rg-small", dir="auto"),
            element("div", f"{names.all(*item.first.issuers)} → ",
                    marked(names.all(*item.first.addressees), wanted), class_="rg-small"),
        )
        for item in items[:HITS]
    ]  # fmt: skip
    more = len(items) - HITS
    tail = element("p", f"{more} more are in the table.", class_="rg-small") if more > 0 else None
    return joined(element("ul", *entries, class_="rg-hits"), tail)


def page_of(recommendation: str) -> str:
    """Return the address of a recommendation's page."""
    return address("recommendation", id=parse(recommendation)[1])


def _table(session: Session, items: Sequence[Item], total: int) -> None:
    names = session.names
    event = st.dataframe(
        [_line(item, names) for item in items],
        key="table", on_select="rerun", selection_mode="single-row", hide_index=True,
        alt="Recommendations with status, issuer, addressee and who says so",
        height=min(35 * len(items) + 38, 470),
        column_config={
            "Status": st.column_config.TextColumn(width=150),
            "Recommendation": st.column_config.TextColumn(width=360),
            "Asked by": st.column_config.TextColumn(width=170),
            "Asked of": st.column_config.TextColumn(width=170),
            "Who says so": st.column_config.TextColumn(width=230),
            "As of": st.column_config.TextColumn(width=95),
            "Issued": st.column_config.TextColumn(width=95),
        },
    )  # fmt: skip
    count = f"{len(items)} of {total}" if len(items) < total else str(total)
    put(element("p", f"{count} shown. Tick a row to open its page.", class_="rg-small"))
    rows = event.selection.rows if event else []
    if rows:
        from explorer.main import pages

        slug = parse(items[rows[0]].iri)[1]
        st.switch_page(pages()["recommendation"], query_params={"id": slug})


def _line(item: Item, names: Names) -> dict[str, str]:
    first = item.first
    return {
        "Status": " / ".join(marked_word(status) for status in item.statuses),
        "Recommendation": first.label,
        "Asked by": names.all(*first.issuers),
        "Asked of": names.all(*first.addressees),
        "Who says so": "; ".join(_voice(voice, names) for voice in item.voices),
        "As of": ", ".join(sorted({str(voice.status_as_of) for voice in item.voices})),
        "Issued": date_in_words(first.date),
        "Document": names.all(*first.documents),
    }


def _voice(row: WhichRecommendationsRow, names: Names) -> str:
    assert row.assessor is not None
    relation = f" ({word(row.assessor_relation)})" if row.assessor_relation else ""
    return names.of(row.assessor) + relation


def _downloads(names: Names, items: Sequence[Item], axis: str) -> None:
    rows = [row for item in items for row in (item.voices or (item.first,))]
    st.download_button(
        "Download as CSV", as_csv(rows, WhichRecommendationsRow, names),
        file_name=f"recommendations-{axis}.csv", mime="text/csv", icon=":material/download:",
        on_click="ignore",
    )  # fmt: skip


def _heatmap(rows: dict[str, dict[str, int]], axis: str, names: Names) -> Html:
    """Return addressee by status as a table whose cells are shaded and lead to their rows."""
    used = [name for name in buckets(axis) if any(name in row for row in rows.values())]
    most = max(count for row in rows.values() for count in row.values())
    heads = [element("th", element("span", MARKS.get(name, ""), aria_hidden="true"), " ",
                     word(name), scope="col") for name in used]  # fmt: skip
    lines = [
        element(
            "tr",
            element("th", names.of(addressee), scope="row"),
            *(_cell(row.get(name, 0), most, names.unique(addressee), name, axis) for name in used),
        )
        for addressee, row in rows.items()
    ]
    corner = element("th", "Asked of", scope="col", class_="rg-muted")
    table = element(
        "table", element("thead", element("tr", corner, *heads)), element("tbody", *lines),
        class_="rg-table rg-heat",
    )  # fmt: skip
    note = "A recommendation to several addressees counts for each. A number leads to its rows."
    return joined(element("div", table, class_="rg-scroll"),
                  element("p", note, class_="rg-small"))  # fmt: skip


def _cell(count: int, most: int, addressee: str, status: str, axis: str) -> Html:
    if not count:
        return element("td", style="--rg-heat:0%")
    where = address(
        "./", axis=None if axis == next(iter(AXES)) else AXES[axis], addressee=addressee,
        status=word(status),
    )  # fmt: skip
    share = 12 + round(48 * count / most)
    return element("td", element("a", count, href=where), style=f"--rg-heat:{share}%")
