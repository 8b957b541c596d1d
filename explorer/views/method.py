"""How the data came about and what they cannot say, counted from the data themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from explorer.entitypages import link_to
from explorer.markup import Html, element, joined, plain
from explorer.screen import put
from explorer.session import Session, current
from explorer.voices import ONE_VOICE
from explorer.words import AXES, AXIS_QUESTIONS, Names, date_in_words, word
from graph.answers import WhatHappenedToRow, WhichDocumentsRow, WhichRecommendationsRow
from graph.coverage import Voices, voices, which_documents
from graph.questions import what_happened_to, which_demands_return, which_recommendations
from ontology.terms import RG, definition, scheme

GAPS_SHOWN = 25
"""How many entries of a list of gaps are shown; the number of all is told."""

STATUSES_TOLD = (
    "A status is somebody's statement: a person or body says of one recommendation, on one day, "
    "where it stands, and a passage shows it. It is never a property of the recommendation.",
    "Three questions are kept apart, and none is filled from another: "
    + " ".join(f"{title} ({AXIS_QUESTIONS[axis][:-1].lower()})." for axis, title in AXES.items()),
    "What somebody said later replaces what the same one said before; what others said stays. "
    "Where two differ, both are shown, and the recommendation is called contested.",
    "“No information” means that somebody looked, on a day, and found nothing. “Unassessed” means "
    "that nobody has said anything. Neither is a “no”.",
)
COUNTS_TOLD = (
    "Counts are of recommendations in these documents, not of all that was ever asked. A document "
    "with many asks weighs more than one with few, and says nothing of its importance.",
    "One demand made by five organisations is five recommendations, and one ask.",
    "A share of adopted recommendations measures neither success nor effect: who asks for what is "
    "coming anyway is always heard.",
    "Numbers that a source states are its numbers; they are never added up, here or elsewhere.",
)


def show() -> None:
    """Show the page."""
    session = current()
    st.title("How these data came about")
    _told("How a status is decided", STATUSES_TOLD)
    _told("What counts can and cannot say", COUNTS_TOLD)
    rows = what_happened_to(session.store)
    recommendations = _recommendations(session)
    found = voices(rows)
    st.subheader("Who says so")
    put(_shares(found, len(recommendations), session.names))
    st.subheader("How a status is known")
    put(_bases(found))
    documents = which_documents(session.store)
    st.subheader("Which documents are in")
    put(_documents(documents, rows, recommendations.values(), session.names))
    st.subheader("Who reviewed")
    put(_reviews(documents))
    st.subheader("Known gaps")
    put(_gaps(session, found, recommendations, documents))


def _recommendations(session: Session) -> dict[str, WhichRecommendationsRow]:
    return {row.recommendation: row for row in which_recommendations(session.store)}


def _told(title: str, sentences: Iterable[str]) -> None:
    st.subheader(plain(title))
    put(element("ul", *(element("li", one) for one in sentences), class_="rg-list"))


# --- voices --------------------------------------------------------------------------------------


def _shares(found: Voices, recommendations: int, names: Names) -> Html:
    total = sum(found.by_relation.values())
    if not total:
        return element("p", "Nobody has stated a status yet.", class_="rg-empty")
    lead = (
        f"{total} statuses stand, about {len(found.assessed)} of {recommendations} "
        f"recommendations. {len(found.one_voice)} of these rest on {ONE_VOICE}."
    )
    relations = [(word(name), count) for name, count in found.by_relation.items()]
    assessors = [(link_to(iri, names.of(iri)), count) for iri, count in found.by_assessor.items()]
    return joined(
        element("p", lead),
        element("div", _counts("Relation to the ask", relations, total),
                _counts("Assessor", assessors, total), class_="rg-cards"),
    )  # fmt: skip


def _bases(found: Voices) -> Html:
    total = sum(found.by_basis.values())
    entries = [
        element("li", element("b", f"{count} "), element("strong", word(name)), ": ",
                definition(RG[name]))
        for name in scheme("basis") if (count := found.by_basis.get(name, 0)) or total
    ]  # fmt: skip
    return element("ul", *entries, class_="rg-list")


def _counts(title: str, counted: Sequence[tuple[Html | str, int]], total: int) -> Html:
    head = element("tr", *(element("th", one, scope="col") for one in (title, "Statuses", "Share")))
    lines = [
        element("tr", element("th", name, scope="row"), element("td", count),
                element("td", f"{100 * count / total:.0f} %"))
        for name, count in counted
    ]  # fmt: skip
    table = element("table", element("thead", head), element("tbody", *lines), class_="rg-table")
    return element("div", table, class_="rg-scroll")


# --- documents -----------------------------------------------------------------------------------


def _documents(
    documents: Sequence[WhichDocumentsRow],
    rows: Sequence[WhatHappenedToRow],
    recommendations: Iterable[WhichRecommendationsRow],
    names: Names,
) -> Html:
    """Return the documents with what was read of each and how much of the data hangs on it."""
    asked = Counter(document for row in recommendations for document in row.documents)
    stated = Counter(document for row in rows for document in row.documents)
    titles = ("Document", "By", "Kind", "Date", "Read", "Asks", "Statuses")
    head = element("tr", *(element("th", title, scope="col") for title in titles))
    lines = [
        element(
            "tr",
            element("th", link_to(one.document, one.title), scope="row", lang=one.language),
            element("td", names.all(one.publisher)),
            element("td", word(one.kind)),
            element("td", date_in_words(one.date)),
            element(
                "td", f"{one.read}, {one.read_on}" if one.read_on else one.read, title=one.read_note
            ),
            element("td", asked[one.document]),
            element("td", stated[one.document]),
        )
        for one in sorted(documents, key=lambda one: (one.date or "", one.title))
    ]
    table = element("table", element("thead", head), element("tbody", *lines), class_="rg-table")
    return joined(
        element("p", f"{len(documents)} documents; {_list_of(Counter(o.read for o in documents))}. "
                "“Read” says how much of a document was seen by who recorded it."),
        element("div", table, class_="rg-scroll"),
    )  # fmt: skip


def _list_of(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counted.items()))


def _reviews(documents: Sequence[WhichDocumentsRow]) -> Html:
    counted = Counter(review for one in documents for review in one.reviews)
    entries = [
        element("li", f"{review}: {count} {'document' if count == 1 else 'documents'}")
        for review, count in counted.most_common()
    ]
    return element("ul", *entries, class_="rg-list")


# --- gaps ----------------------------------------------------------------------------------------


def _gaps(
    session: Session,
    found: Voices,
    recommendations: Mapping[str, WhichRecommendationsRow],
    documents: Sequence[WhichDocumentsRow],
) -> Html:
    unassessed = [iri for iri in recommendations if iri not in found.assessed | set(found.looked)]
    unread = [one for one in documents if one.read != "whole"]
    undated = [one for one in documents if not one.date]
    linked = {iri for row in which_demands_return(session.store)
              for iri in (row.earlier, row.later)}  # fmt: skip
    alone = [iri for iri in recommendations if iri not in linked]
    labels = {iri: row.label for iri, row in recommendations.items()}
    looked = {iri: f"{labels[iri]} (last look {day})" for iri, day in found.looked.items()
              if iri in labels}  # fmt: skip
    return joined(
        _gap("nobody has said anything", {iri: labels[iri] for iri in unassessed}),
        _gap("somebody looked, and found nothing", looked),
        _gap(ONE_VOICE, {i: labels[i] for i in found.one_voice if i in labels}),
        _gap("linked to no earlier or later demand", {iri: labels[iri] for iri in alone}),
        _gap("not read to the end", {one.document: one.title for one in unread}, "document"),
        _gap("without a date", {one.document: one.title for one in undated}, "document"),
    )


def _gap(what: str, entities: Mapping[str, str], of: str = "recommendation") -> Html | None:
    """Return one kind of gap as a list that opens; None where there is none."""
    if not entities:
        return None
    ordered = sorted(entities.items(), key=lambda entry: (entry[1], entry[0]))
    entries = [element("li", link_to(iri, name)) for iri, name in ordered[:GAPS_SHOWN]]
    if len(ordered) > GAPS_SHOWN:
        entries.append(element("li", f"and {len(ordered) - GAPS_SHOWN} more", class_="rg-muted"))
    count = f"1 {of}" if len(ordered) == 1 else f"{len(ordered):,} {of}s"
    return element(
        "details",
        element("summary", element("strong", f"{count}: "), what),
        element("ul", *entries, class_="rg-list"),
        class_="rg-finding",
    )
