"""A selection over time: when its recommendations were made, and when what was said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from explorer.charts import ACCENT, COLOURS, GREY, bars
from explorer.choosing.asking import Chosen
from explorer.choosing.marking import mark_of, said_since
from explorer.choosing.table import paged
from explorer.facets import years_of
from explorer.languages.saying import say
from explorer.marks import NEW
from explorer.markup import element, plain
from explorer.screen import put
from explorer.selection import UNDATED
from explorer.words import date_in_words, marked_word, word
from graph.answers import WhatHappenedToRow

MADE = "Recommendations made"
SINCE = "Of all these, new or changed"
PAGE = 100


@dataclass(frozen=True, order=True)
class Event:
    """Something that happened to a recommendation at a time."""

    when: str
    what: str
    recommendation: str
    who: str
    change: str = ""


def show(found: Chosen) -> None:
    """Show the view."""
    statements = [row for item in found.items for row in statements_on(found, item.iri)]
    rows, years = _rows(found, statements)
    undated = sum(UNDATED in years_of(item.first.date) for item in found.items)
    if years:
        words = {marked_word(name): colour for name, colour in COLOURS.items()}
        st.echarts_chart(
            bars(years, rows, {say(MADE): ACCENT, say(SINCE): GREY, **words}, apart=say(SINCE)),
            height=360, key="timeline chart",
            alt=say("Recommendations made, and statements on their status, by year; the table "
                    "below says the same in words"),
        )  # fmt: skip
    note = say(
        "Recommendations with a date: {dated:,}; without: {undated:,}. Statements on their status: "
        "{statements:,}, each at the day for which it speaks. What spans several years counts in "
        "each.",
        dated=len(found.items) - undated, undated=undated, statements=len(statements),
    )  # fmt: skip
    put(element("p", note, class_="rg-small"))
    st.header(plain(say("The same as a table")))
    events = _events(found, statements)
    st.dataframe(
        [{say("When"): one.when, say("What"): one.what, say("Recommendation"): one.recommendation,
          say("Who"): one.who, **({say("Change"): one.change} if found.before else {})}
         for one in paged(events, PAGE)],
        hide_index=True, alt=say("Events in their order"), height=420,
    )  # fmt: skip


def statements_on(found: Chosen, recommendation: str) -> list[WhatHappenedToRow]:
    """Return all that was said on the status of a recommendation on the chosen axis."""
    return [row for row in found.prepared.spoken.get(recommendation, ()) if row.axis == found.axis]


def _rows(
    found: Chosen, statements: Sequence[WhatHappenedToRow]
) -> tuple[dict[str, list[int]], list[str]]:
    made = Counter(year for item in found.items for year in years_of(item.first.date))
    said = Counter((str(row.as_of_latest.year), row.status) for row in statements)
    years = sorted({year for year in made if year != UNDATED} | {year for year, _ in said})
    if years:
        years = [str(year) for year in range(int(years[0]), int(years[-1]) + 1)]
    statuses = [name for name in COLOURS if any(status == name for _, status in said)]
    rows = {say(MADE): [made[year] for year in years]}
    rows |= {marked_word(name): [said[year, name] for year in years]
             for name in statuses}  # fmt: skip
    if found.before:
        fresh = Counter(str(row.as_of_latest.year) for row in statements if _since(found, row))
        fresh.update(year for item in found.items if _is_new(found, item.iri)
                     for year in years_of(item.first.date))  # fmt: skip
        rows[say(SINCE)] = [fresh[year] for year in years]
    return rows, years


def _since(found: Chosen, row: WhatHappenedToRow) -> str:
    """Return, as sign and word, that a statement is new or reads otherwise; else nothing."""
    return said_since(found, row.recommendation, row.assessment)


def _is_new(found: Chosen, recommendation: str) -> bool:
    mark = found.before.mark(recommendation) if found.before else None
    return mark is not None and mark.change == NEW


def _events(found: Chosen, statements: Sequence[WhatHappenedToRow]) -> list[Event]:
    names = found.session.names
    made = [
        Event(date_in_words(item.first.date), say("recommended"), item.first.label,
              f"{names.all(*item.first.issuers)} → {names.all(*item.first.addressees)}",
              mark_of(found, item.iri))
        for item in found.items
    ]  # fmt: skip
    said = [
        Event(date_in_words(row.as_of), marked_word(row.status), names.of(row.recommendation),
              f"{names.of(row.assessor)} ({word(row.relation)})", _since(found, row))
        for row in statements
    ]  # fmt: skip
    return sorted([*made, *said])
