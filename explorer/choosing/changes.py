"""What changed in the chosen recommendations: in the world since a day, or since a release."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from explorer.choosing import comparison
from explorer.choosing.address import touched
from explorer.choosing.asking import Chosen
from explorer.choosing.marking import signed, signed_mark
from explorer.choosing.preparing import Before
from explorer.choosing.table import paged
from explorer.entitypages import TEXTS, ends_of, in_english, name_of, page_of
from explorer.languages.saying import say
from explorer.marks import CHANGED, GONE, SIGNS, Mark
from explorer.marks import NEW as ADDED
from explorer.markup import Html, element, joined, plain, say_html
from explorer.releases import Release
from explorer.screen import put
from explorer.selection import CHANGES
from explorer.voices import Item
from explorer.words import date_in_words, marked_word, word
from graph import releases
from graph.answers import WhatChangedRow, WhatHappenedToRow
from graph.questions import what_changed
from graph.store import Store

PAGE = 50
NEW = "not on record"


def show(found: Chosen) -> None:
    """Show the view."""
    comparison.ask(found, *st.columns(2))
    selection, before = found.selection, found.before
    if selection.since and not selection.is_compared:  # which is told above every view
        return
    if before is None:
        text = say("Choose the day since when changes in the world are to be told, or the release "
                   "since which changes in our data are.")  # fmt: skip
        put(element("p", text, class_="rg-empty"))
        return
    changes = changes_of(found, before)
    texts = _texts(found, selection.since) if selection.since else []
    if selection.since:
        put(element("p", _told(found, changes, texts, selection.since), class_="rg-lead"))
    if changes:
        put(_table(before, paged(changes, PAGE)))
    if texts:
        st.header(plain(say("New in the texts of these instruments")))
        put(_texts_table(found, texts))
    if before.release:
        _all_of_the_data(found, before.release)


def changes_of(found: Chosen, before: Before) -> list[Item]:
    """Return what is new or otherwise among what is chosen, and what is gone; what moved first."""
    here = [item for item in found.items if before.mark(item.iri)]
    return sorted([*here, *before.gone], key=lambda item: _rank(before.marks[item.iri]))


def _rank(mark: Mark) -> tuple[bool, bool]:
    return "status" not in mark.aspects and mark.change == CHANGED, not mark.said


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
    found: Chosen, changes: Sequence[Item], texts: Sequence[WhatChangedRow], since: dt.date
) -> str:
    assert found.before is not None
    last = found.selection.as_of
    until = say("up to {day}", day=last) if last else say("up to all that is known")
    if not changes and not texts:
        return say(
            "After {since}, {until}, nothing is on record for these recommendations. That is not "
            "to say that nothing happened.", since=since, until=until,
        )  # fmt: skip
    marks = [found.before.marks[item.iri] for item in changes]
    return say(
        "After {since}, {until}, of those chosen above: recommendations that are new: {new:,}; "
        "statements on a status: {said:,}; recommendations that now stand otherwise: {moved:,}; "
        "changes in the texts: {texts:,}.",
        since=since, until=until, new=sum(mark.change == ADDED for mark in marks),
        said=sum(len(mark.said) for mark in marks),
        moved=sum("status" in mark.aspects for mark in marks), texts=len(texts),
    )  # fmt: skip


def _table(before: Before, changes: Sequence[Item]) -> Html:
    said = say("What was said in between")
    if before.release:
        said = say("Statements that are new, gone or otherwise in our data")
    titles = (say("Recommendation"), say("Change"), say("Stood at"), say("Stands at"), said)
    head = element("tr", *(element("th", title, scope="col") for title in titles))
    lines = [_line(before, item) for item in changes]
    return _scrolled(say("What changed"), head, lines)


def _line(before: Before, item: Item) -> Html:
    mark = before.marks[item.iri]
    where = None if mark.change == GONE else page_of(item.iri)
    stood = marked_word(mark.was.bucket) if mark.was else say(NEW)
    stands = say(CHANGES[GONE]) if mark.change == GONE else marked_word(item.bucket)
    said = [(row, SIGNS[ADDED]) for row in mark.said] + [(row, SIGNS[GONE]) for row in mark.unsaid]
    return element(
        "tr",
        element("th", element("a", in_english(item.first.label), href=where),
                element("div", date_in_words(item.first.date), class_="rg-small"),
                scope="row", dir="auto"),
        element("td", signed_mark(mark), _as_it_read(before, mark)),
        element("td", stood, class_="rg-line"),
        element("td", stands, class_="rg-line"),
        element("td", *(element("div", f"{sign} ", _said(before, row)) for row, sign in said)),
    )  # fmt: skip


def _as_it_read(before: Before, mark: Mark) -> Html | None:
    """Return how a recommendation read, where its words or those between whom it stands changed."""
    if mark.was is None or not {"wording", "ends"} & set(mark.aspects):
        return None
    first, names = mark.was.first, before.names
    ends = ends_of(names, first)
    text = say_html("It read: “{label}” ({ends}) {summary}", label=in_english(first.label),
                    ends=ends, summary=in_english(first.summary))  # fmt: skip
    return element("div", text, class_="rg-small", dir="auto")


def _said(before: Before, row: WhatHappenedToRow) -> Html:
    return joined(
        f"{date_in_words(row.as_of)}: {marked_word(row.status)}, ",
        name_of(before.names, row.assessor), f" ({word(row.relation)}, {word(row.basis)})",
    )  # fmt: skip


def _texts_table(found: Chosen, rows: Sequence[WhatChangedRow]) -> Html:
    names = found.session.names
    titles = (say("Text"), say("Kind"), say("Date"), say("Instrument"))
    head = element("tr", *(element("th", title, scope="col") for title in titles))
    lines = [
        element(
            "tr",
            element("th", in_english(row.label) or name_of(names, row.what), scope="row"),
            element("td", say(TEXTS[row.kind])),
            element("td", date_in_words(row.date)),
            element("td", name_of(names, row.instrument) if row.instrument else None),
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


def _all_of_the_data(found: Chosen, release: Release) -> None:
    """Offer what changed in all of the data, chosen or not, counted by kind."""
    more = st.expander(plain(say("All that changed in the data")), key="all data",
                       on_change=touched)  # fmt: skip
    if not more.open:  # it takes a while
        return
    key = f"{found.session.store.digest} {release.digest}"
    counts = _data_counts(key, found.session.store, release.store)
    titles = (say("Kind"), signed(ADDED), signed(CHANGED), signed(GONE))
    head = element("tr", *(element("th", title, scope="col") for title in titles))
    lines = [
        element("tr", element("th", kind, scope="row"), element("td", of[releases.ADDED]),
                element("td", of[releases.CHANGED]), element("td", of[releases.REMOVED]))
        for kind, of in counts.items()
    ]  # fmt: skip
    with more:
        put(_scrolled(say("All that changed in the data"), head, lines))
        put(element("p", say("Each of them is told by the command:"), " ",
                    element("code", "reformgraph compare OLD.nq"), class_="rg-small"))  # fmt: skip


@st.cache_data(show_spinner="Comparing …", max_entries=4)
def _data_counts(key: str, _new: Store, _old: Store) -> dict[str, dict[str, int]]:
    del key
    return releases.totals(releases.what_changed_in_data(_old, _new))
