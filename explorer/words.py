"""Names for people: labels of entities, words of concepts, dates, and every cell of an answer."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from functools import cache

from explorer.languages.saying import (
    SEMICOLON,
    data_language,
    in_order,
    listed,
    number,
    say,
    speaking,
    spoken,
)
from graph.answers import COMPUTED, CONTESTED, UNASSESSED, WhatIsSaidAboutRow
from graph.coverage import which_documents
from graph.disagreement import SIGNATURES_LISTED
from graph.entities import labels
from graph.store import Store
from ontology.errors import UnknownTermError
from ontology.identifiers import curie, is_data
from ontology.terms import RG, label, scheme, scheme_names

AXES = {"adoption": "Adoption", "practice": "Practice", "response": "Response"}
"""The three axes of a status, in the order they are shown."""

AXIS_QUESTIONS = {
    "adoption": "Did the text change?",
    "practice": "Is it followed?",
    "response": "What does the addressee answer?",
}
"""What each axis asks."""

MARKS = {
    "adopted": "●", "partiallyAdopted": "◐", "notAdopted": "○", "contraryMeasure": "✕",
    "underConsideration": "◔", "notAddressed": "◌", "overtaken": "↷", "noInformation": "?",
    "accepted": "●", "acceptedInPart": "◐", "acknowledged": "◔", "rejected": "✕",
    "noResponseRecorded": "?", "inPractice": "●", "partlyInPractice": "◐", "notInPractice": "○",
    "claimedInPractice": "◔", UNASSESSED: "\u2013", CONTESTED: "≠",
}  # fmt: skip
"""A mark for each status, so that no two differ by colour alone."""


TONGUES = {
    "en": "English", "fr": "French", "es": "Spanish", "ar": "Arabic", "de": "German",
    "ro": "Romanian", "ru": "Russian",
}  # fmt: skip
"""What a language is called, by its tag; another is shown by its tag."""

COMPUTED_WORDS = {
    **{word: word for word in COMPUTED},
    **{word: word for word in (
        *AXES, "fact", "judgement", "count", "status", "claim", "absence", "allegation",
        "safeguard", "statistic", "act", "intervention", "version", "draft", "amendment",
        "provision", "whole", "most", "beginning", "seed", "external", "imported", "yes", "no",
        "perhaps",
    )},
    "sameAsk": "makes the same demand as",
    "narrowerAsk": "makes a narrower demand than",
    "broaderAsk": "makes a broader demand than",
    "inForce": "in force",
    "notInForce": "not in force",
}  # fmt: skip
"""The words of an answer that are no concepts: what it computes, and the kinds of its rows."""


@cache
def concepts(language: str) -> dict[str, str]:
    """Return the words of all schemes in a language: local name to label, and the computed ones."""
    found: dict[str, str] = {}
    for name in scheme_names():
        found |= scheme(name, language)
    # What an answer calls `denied` is `availabilityDenied` among the concepts.
    offers = scheme("availability", language).items()
    found |= {name.removeprefix("availability").lower(): words for name, words in offers}
    with speaking(language):
        return found | {name: say(text) for name, text in COMPUTED_WORDS.items()}


def word(name: str) -> str:
    """Return the label of a concept in the page's language: `not adopted` for `notAdopted`."""
    return concepts(spoken()).get(name, name)


def language_in_words(tag: str | None) -> str:
    """Return what the language of a tag is called: `Arabic` for `ar`."""
    return say(TONGUES.get(tag or "", tag or ""))


def marked_word(status: str) -> str:
    """Return a status with its mark before it."""
    return f"{MARKS[status]} {word(status)}" if status in MARKS else word(status)


def date_in_words(edtf: str | None) -> str:
    """Return an EDTF date as people write it: `../2025-11` becomes `by 2025-11`."""
    if not edtf:
        return say("undated")
    first, slash, last = edtf.partition("/")
    if not slash:
        return in_order(edtf)
    if first in ("", ".."):
        return say("by {day}", day=last)
    if last in ("", ".."):
        return say("since {day}", day=first)
    return say("{first} to {last}", first=first, last=last)


def in_time(edtf: str | None) -> tuple[str, bool]:
    """Return by what an EDTF date is put in order: what is done by a day stands just before it.

    What bears no date stands first.
    """
    day = (edtf or "").lstrip("./")
    return day, day == edtf


def claim_in_words(row: WhatIsSaidAboutRow) -> str:
    """Return what is claimed, and how: a summary is not understood without it.

    Both are our words, so neither is quoted.
    """
    return f"{row.proposition_label}. {row.summary}" if row.proposition_label else row.summary


CLAIMED = {
    "asserts": "According to {who}: {claim}", "denies": "Denied by {who}: {claim}",
    "doubts": "Doubted by {who}: {claim}", "allegation": "Alleged by {who}: {claim}",
}  # fmt: skip
"""How who speaks is named before what is said, so that it passes for no fact."""


def way_of_claiming(row: WhatIsSaidAboutRow) -> str:
    """Return the message in English, with `who` and `claim` in it, that tells a claim."""
    # An allegation and a statement of safeguards take no stance on a proposition.
    return CLAIMED.get(row.stance or row.kind, CLAIMED["asserts"])


GIVES_DATA = "gives data under the rules of {name}"
"""The words of a link whose label ends in a name."""


def link_words(label: str) -> str:
    """Return what a link between two entities says, in the language of the page."""
    before = GIVES_DATA.partition("{")[0]
    if label.startswith(before):
        return say(GIVES_DATA, name=label.removeprefix(before))
    return say(label)


def side_words(told: str) -> str:
    """Return what one of two sides tells, which an answer says in English, in the page's words.

    The label of what is told stays in its language, unless it is a concept's.
    """
    listed = told.removesuffix(SIGNATURES_LISTED)
    if listed != told and listed.isdecimal():
        return say("{count:,} signatures listed", count=int(listed))
    head, colon, rest = told.partition(": ")
    if not colon or head not in concepts("en"):
        return word(told)
    named = {words: name for name, words in concepts("en").items()}
    return say("{one}: {other}", one=word(head), other=word(named.get(rest, rest)))


_TITLES = {"ask": "Demand", "asks": "Demands"}
"""Columns whose names are verbs elsewhere on the pages: “Ask” the button, “Asks” an actor."""


def title_of(column: str) -> str:
    """Return the message that names a column for people: `status_as_of` gives `Status as of`."""
    return _TITLES.get(column, column.replace("_", " ").capitalize())


def heading(column: str) -> str:
    """Return the name of a column for people, in the language of the page."""
    return say(title_of(column))


class Names:
    """Labels of the entities of one snapshot."""

    def __init__(
        self, labels: Mapping[str, str], languages: Mapping[str, str] | None = None
    ) -> None:
        """Take the labels by IRI, and the languages of those that are not in English."""
        self._labels = labels
        self._languages = languages or {}
        self._times = Counter(labels.values())

    def also(self, labels: Mapping[str, str]) -> Names:
        """Return names that know other entities, too; what is known here keeps its name."""
        return Names({**labels, **self._labels}, self._languages)

    def known(self) -> list[str]:
        """Return every entity that has a label."""
        return list(self._labels)

    def unique(self, iri: str) -> str:
        """Return the label of an entity, with its address where another has the same label."""
        name = self.of(iri)
        return f"{name} ({curie(iri)})" if self._times[name] > 1 else name

    def of(self, iri: str) -> str:
        """Return the label of an entity or term; without one, its short address."""
        if iri in self._labels:
            return self._labels[iri]
        try:
            return label(iri, spoken())
        except UnknownTermError:
            return curie(iri)

    def link(self, term: str) -> str:
        """Return the words of a link between two entities, from the property that it is."""
        words = self.of(term)
        # Other vocabularies write their labels in capitals of their own: “unit Of”, “Replaces”.
        return link_words(words if term.startswith(RG) else words.lower())

    def language(self, iri: str) -> str | None:
        """Return the language of the label of an entity where it is not that of the page."""
        return data_language(self._languages.get(iri, "en")) if iri in self._labels else None

    def with_language(self, iri: str) -> tuple[str, str | None]:
        """Return the label of an entity, and its language where it is not that of the page."""
        return self.of(iri), self.language(iri)

    def all(self, *iris: str | None) -> str:
        """Return the labels of several entities, side by side."""
        return listed(self.of(iri) for iri in iris if iri)

    def cell(self, value: object, *, apart: bool = False) -> str:
        """Return any value of an answer's row as text for people.

        With `apart`, an entity has its address behind it where another has the same label.
        """
        if value is None:
            return ""
        if isinstance(value, bool):
            return say("yes") if value else say("no")
        if isinstance(value, float):
            return number(value, ",.10g")
        if isinstance(value, dt.datetime):
            return value.strftime("%Y-%m-%d %H:%M")
        if isinstance(value, tuple | list):
            return listed((self.cell(one, apart=apart) for one in value), SEMICOLON)
        text = str(value)
        if is_data(text) or text.startswith(str(RG)):
            return self.unique(text) if apart else self.of(text)
        return word(text)


def names_in(store: Store) -> Names:
    """Return the names of all entities of a snapshot, and the languages of titles."""
    languages = {row.document: row.title_language for row in which_documents(store)}
    return Names(labels(store), languages)
