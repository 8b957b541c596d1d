"""How the data came about and what they cannot say, counted from the data themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from explorer.entitypages import link_to, named
from explorer.languages.saying import data_language, listed, number, say, say_number
from explorer.markup import Html, element, folded, joined, plain, say_html, table
from explorer.screen import put
from explorer.session import Session, current
from explorer.voices import ONE_VOICE
from explorer.words import AXES, AXIS_QUESTIONS, Names, date_in_words, in_time, word
from graph.answers import WhatHappenedToRow, WhichDocumentsRow, WhichRecommendationsRow
from graph.coverage import Voices, voices, which_documents
from graph.questions import what_happened_to, which_demands_return, which_recommendations
from ontology.terms import RG, definition, scheme

RECOMMENDATIONS = ("1 recommendation:", "{count:,} recommendations:")
DOCUMENTS = ("1 document:", "{count:,} documents:")
COUNTED_SHOWN = 12
"""How many assessors stand open in the list of those with most statuses."""
GAPS_SHOWN = 25
"""How many entries of a list of gaps are shown; the number of all is told."""

STATUSES_TOLD = (
    "A status is somebody's statement: a person or body says of one recommendation, on one day, "
    "where it stands, and a passage shows it. It is never a property of the recommendation.",
    "Three questions are kept apart, and none is filled from another: {questions}",
    "What somebody said later replaces what the same one said before; what others said stays. "
    "Where two differ, both are shown, and the recommendation is called contested.",
    "“No information” means that somebody looked, on a day, and found nothing; it takes no earlier "
    "word back. “Unassessed” means that nobody has said anything. Neither is a “no”.",
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
    st.title(plain(say("How these data came about")))
    _told("How a status is decided", STATUSES_TOLD)
    _told("What counts can and cannot say", COUNTS_TOLD)
    rows = what_happened_to(session.store)
    recommendations = _recommendations(session)
    found = voices(rows)
    st.header(plain(say("Who says so")))
    put(_shares(found, len(recommendations), session.names))
    st.header(plain(say("How a status is known")))
    put(_bases(found))
    documents = which_documents(session.store)
    st.header(plain(say("Which documents are in")))
    put(_documents(documents, rows, recommendations.values(), session.names))
    st.header(plain(say("Who reviewed")))
    put(_reviews(documents))
    st.header(plain(say("Known gaps")))
    put(_gaps(session, found, recommendations, documents))


def _recommendations(session: Session) -> dict[str, WhichRecommendationsRow]:
    return {row.recommendation: row for row in which_recommendations(session.store)}


def _told(title: str, sentences: Iterable[str]) -> None:
    st.header(plain(say(title)))
    questions = " ".join(
        say("{one}: {other}", one=say(AXES[axis]), other=say(asks))
        for axis, asks in AXIS_QUESTIONS.items()
    )
    told = [element("li", say(one, questions=questions)) for one in sentences]
    put(element("ul", *told, class_="rg-list"))


# --- voices --------------------------------------------------------------------------------------


def _shares(found: Voices, recommendations: int, names: Names) -> Html:
    total = sum(found.by_relation.values())
    if not total:
        return element("p", say("Nobody has stated a status yet."), class_="rg-empty")
    lead = say(
        "{total} statuses stand, on the three questions together, about {assessed} of "
        "{recommendations} recommendations, of which {alone} rest on {voice}.",
        total=total, assessed=len(found.assessed), recommendations=recommendations,
        alone=len(found.one_voice), voice=say(ONE_VOICE),
    )  # fmt: skip
    relations = [(word(name), count) for name, count in found.by_relation.items()]
    assessors = [(named(names, [iri]), count) for iri, count in found.by_assessor.items()]
    return joined(
        element("p", lead),
        element("div", _counts(say("Relation to the ask"), relations, total),
                _counts(say("Assessor"), assessors, total), class_="rg-cards"),
    )  # fmt: skip


def _bases(found: Voices) -> Html:
    total = sum(found.by_basis.values())
    entries = [
        element("li", element("b", f"{count} "), element("strong", word(name)), ": ",
                element("span", definition(RG[name]), lang=data_language()))
        for name in scheme("basis") if (count := found.by_basis.get(name, 0)) or total
    ]  # fmt: skip
    return element("ul", *entries, class_="rg-list")


def _counts(title: str, counted: Sequence[tuple[Html | str, int]], total: int) -> Html:
    lines = [(name, number(count), f"{100 * count / total:.0f}\u00a0%") for name, count in counted]
    heads = (title, say("Statuses"), say("Share"))
    first, others = lines[:COUNTED_SHOWN], lines[COUNTED_SHOWN:]
    more = say("and {count:,} more", count=len(others))
    return element(
        "div",
        table(heads, first, title, narrow=True),
        folded(more, table(heads, others, more, narrow=True)) if others else None,
    )


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
    titles = (say("Document"), say("By"), say("Kind"), say("Date"), say("Read"), say("Asks"),
              say("Statuses"))  # fmt: skip
    lines = [
        (
            link_to(one.document, one.title, names.language(one.document)),
            named(names, [one.publisher]),
            word(one.kind),
            date_in_words(one.date),
            element("span", _extent(one), title=one.read_note),
            asked[one.document],
            stated[one.document],
        )
        for one in sorted(documents, key=lambda one: (in_time(one.date), one.title))
    ]
    read = Counter(one.read for one in documents)
    told = say(
        "{count} documents; {read}. “Read” says how much of a document was seen by who recorded "
        "it.",
        count=len(documents), read=listed(say("{one}: {other}", one=say(name), other=read[name])
                                        for name in sorted(read)),
    )  # fmt: skip
    title = say("Which documents are in")
    many = say_number(len(documents), "1 document", "{count:,} documents")
    return joined(
        element("p", told),
        folded(element("strong", many), table(titles, lines, title, narrow=True)),
    )


def _extent(one: WhichDocumentsRow) -> str:
    return listed([say(one.read), str(one.read_on)]) if one.read_on else say(one.read)


def _reviews(documents: Sequence[WhichDocumentsRow]) -> Html:
    counted = Counter(review for one in documents for review in one.reviews)
    entries = [
        element(
            "li",
            element("span", review, lang=data_language()),
            ": ",
            say_number(count, "1 document", "{count:,} documents"),
        )
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
    names = session.names
    looked = [iri for iri in found.looked if iri in recommendations]
    alone_said = [iri for iri in found.one_voice if iri in recommendations]
    return joined(
        _gap(names, "nobody has said anything", unassessed),
        _gap(names, "somebody looked, and found nothing", looked, found.looked),
        _gap(names, ONE_VOICE, alone_said),
        _gap(names, "linked to no earlier or later demand", alone),
        _gap(names, "not read to the end", [one.document for one in unread], of=DOCUMENTS),
        _gap(names, "without a date", [one.document for one in undated], of=DOCUMENTS),
    )


def _gap(
    names: Names,
    what: str,
    entities: Sequence[str],
    looked: Mapping[str, object] | None = None,
    *,
    of: tuple[str, str] = RECOMMENDATIONS,
) -> Html | None:
    """Return one kind of gap as a list that opens; None where there is none.

    `looked` has the day of the last look at each, where there was one.
    """
    if not entities:
        return None
    ordered = sorted(entities, key=lambda iri: (names.of(iri), iri))
    entries = []
    for iri in ordered[:GAPS_SHOWN]:
        name = link_to(iri, names.of(iri), names.language(iri))
        day = looked[iri] if looked else None
        told = say_html("{name} (last look {day})", name=name, day=str(day)) if day else name
        entries.append(element("li", told))
    if (more := len(ordered) - GAPS_SHOWN) > 0:
        entries.append(element("li", say("and {count:,} more", count=more), class_="rg-muted"))
    title = joined(element("strong", say_number(len(ordered), *of)), " ", say(what))
    return folded(title, element("ul", *entries, class_="rg-list"))
