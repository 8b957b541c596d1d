"""What changed in the world between two days, for the recommendations that are chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from explorer.choosing.asking import Chosen, ask_day, ready
from explorer.choosing.table import paged
from explorer.choosing.timeline import statements_on
from explorer.entitypages import page_of
from explorer.languages.saying import say
from explorer.markup import Html, element, joined, plain
from explorer.screen import put
from explorer.voices import Item
from explorer.words import date_in_words, marked_word, word
from graph.answers import WhatChangedRow, WhatHappenedToRow
from graph.questions import what_changed

PAGE = 50
NEW = "not on record"


@dataclass(frozen=True)
class Change:
    """A recommendation that is new, or of which something was said, in a period."""

    item: Item
    before: str
    said: tuple[WhatHappenedToRow, ...]


def show(found: Chosen) -> None:
    """Show the view."""
    selection = found.selection
    place = st.container(key="since-row").columns(3)[0]
    ask_day(place, "since", say("Since"), selection.since,
            say("What was said or made after this day, up to the day above or, without one, to the "
                "last that is known."))  # fmt: skip
    if selection.since is None:
        text = say("Choose the day since when changes are to be told.")
        put(element("p", text, class_="rg-empty"))
        return
    if selection.as_of and selection.as_of <= selection.since:
        text = say("That is not before the day above. Choose an earlier one.")
        put(element("p", text, class_="rg-empty"))
        return
    changes, texts = changes_of(found, selection.since), _texts(found, selection.since)
    put(element("p", _told(found, changes, texts, selection.since), class_="rg-lead"))
    if changes:
        put(_table(found, paged(changes, PAGE)))
    if texts:
        st.subheader(plain(say("New in the texts of these instruments")))
        put(_texts_table(found, texts))


def changes_of(found: Chosen, since: dt.date) -> list[Change]:
    """Return what is new in the chosen recommendations after a day, what moved first."""
    earlier = ready(found.session, found.axis, since)
    before = {item.iri: item.bucket for item in earlier.items}
    changes = []
    for item in found.items:
        said = tuple(row for row in statements_on(found, item.iri) if row.as_of > since)
        was = before.get(item.iri, NEW)
        if said or was == NEW or was != item.bucket:
            changes.append(Change(item, was, said))
    return sorted(changes, key=lambda one: (one.before == one.item.bucket, not one.said))


def _texts(found: Chosen, since: dt.date) -> list[WhatChangedRow]:
    instruments = sorted({
        one for item in found.items for one in found.prepared.instruments.get(item.iri, ())
    })  # fmt: skip
    first, last = since + dt.timedelta(days=1), found.selection.as_of
    store = found.session.store
    return [
        row for one in instruments
        for row in what_changed(store, instrument=one, since=first, until=last)
    ]  # fmt: skip


def _told(
    found: Chosen, changes: Sequence[Change], texts: Sequence[WhatChangedRow], since: dt.date
) -> str:
    last = found.selection.as_of
    until = say("up to {day}", day=last) if last else say("up to all that is known")
    if not changes and not texts:
        return say(
            "After {since}, {until}, nothing is on record for these recommendations. That is not "
            "to say that nothing happened.", since=since, until=until,
        )  # fmt: skip
    new = sum(one.before == NEW for one in changes)
    moved = sum(one.before not in (NEW, one.item.bucket) for one in changes)
    said = sum(len(one.said) for one in changes)
    return say(
        "After {since}, {until}: {new:,} new recommendations, {said:,} statements on their status, "
        "{moved:,} that now stand otherwise, {texts:,} changes in the texts. Of those chosen "
        "above, as they stand now.",
        since=since, until=until, new=new, said=said, moved=moved, texts=len(texts),
    )  # fmt: skip


def _table(found: Chosen, changes: Sequence[Change]) -> Html:
    titles = (say("Recommendation"), say("Stood at"), say("Stands at"),
              say("What was said in between"))  # fmt: skip
    head = element("tr", *(element("th", title, scope="col") for title in titles))
    lines = [
        element(
            "tr",
            element("th", element("a", one.item.first.label, href=page_of(one.item.iri)),
                    element("div", date_in_words(one.item.first.date), class_="rg-small"),
                    scope="row", dir="auto"),
            element("td", say(NEW) if one.before == NEW else marked_word(one.before),
                    class_="rg-line"),
            element("td", marked_word(one.item.bucket), class_="rg-line"),
            element("td", *(element("div", _said(found, row)) for row in one.said)),
        )
        for one in changes
    ]  # fmt: skip
    return _scrolled(say("What changed"), head, lines)


def _said(found: Chosen, row: WhatHappenedToRow) -> str:
    who = f"{found.session.names.of(row.assessor)} ({word(row.relation)}, {word(row.basis)})"
    return f"{row.as_of}: {marked_word(row.status)}, {who}"


def _texts_table(found: Chosen, rows: Sequence[WhatChangedRow]) -> Html:
    names = found.session.names
    titles = (say("Text"), say("Kind"), say("Date"), say("Instrument"))
    head = element("tr", *(element("th", title, scope="col") for title in titles))
    lines = [
        element(
            "tr",
            element("th", row.label or names.of(row.what), scope="row", dir="auto"),
            element("td", row.kind),
            element("td", date_in_words(row.date)),
            element("td", names.of(row.instrument) if row.instrument else ""),
        )
        for row in rows
    ]
    return _scrolled(say("New texts"), head, lines)


def _scrolled(title: str, head: Html, lines: Sequence[Html]) -> Html:
    table = element(
        "table", element("caption", title, class_="rg-hidden"), element("thead", head),
        element("tbody", *lines), class_="rg-table",
    )  # fmt: skip
    return joined(
        element("div", table, class_="rg-scroll", tabindex=0, role="region", aria_label=title)
    )
