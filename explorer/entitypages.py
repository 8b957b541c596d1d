"""Which page shows an entity, and the link that leads there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Final

from explorer.languages.saying import data_language
from explorer.markup import Html, address, element, joined, listed_html, say_html
from explorer.words import GIVES_DATA, Names, link_words, way_of_claiming
from graph.answers import WhatIsSaidAboutRow, WhichRecommendationsRow
from ontology.identifiers import curie, is_data, parse

PAGE_OF_KIND: Final = {
    "recommendation": "recommendation",
    "actor": "actor",
    "instrument": "instrument",
    "version": "instrument",
    "provision": "instrument",
    "transfer": "instrument",
    "document": "document",
    "case": "case",
    "event": "case",
    "election": "election",
    "candidacy": "election",
    "post": "election",
}
"""The page of each kind of entity that has one; the page takes the entity's id as `id`."""


TEXTS: Final = {
    "version": "a version", "draft": "a draft", "amendment": "an amending act",
    "provision": "a provision",
}  # fmt: skip
"""What a text of an instrument is, in words."""


_day: ContextVar[dt.date | None] = ContextVar("the day as of which the page is", default=None)


def keep_day(day: dt.date | None) -> None:
    """Let the links to pages of entities, from here on, keep the day as of which this page is."""
    _day.set(day)


def page_of(iri: str) -> str | None:
    """Return the address of an entity's page, or None where it has no page of its own.

    A passage is shown on the page of its document, a theme as a choice of recommendations.
    """
    if not is_data(iri):
        return None
    kind, slug = parse(iri)
    if kind == "passage":
        document, _, key = slug.partition("/")
        return address("document", id=document, passage=key)
    if kind == "theme":
        return address("./", theme=slug)
    page = PAGE_OF_KIND.get(kind)
    if page is None:
        return None
    day = None if page == "document" else _day.get()  # what a document says has one day
    return address(page, id=slug if page == kind else curie(iri), as_of=str(day) if day else None)


def link_to(iri: str, text: str, language: str | None = None) -> Html:
    """Return the text as a link to an entity's page, or the bare text where it has none.

    `language` is that of the text where it is not the page's.
    """
    page = page_of(iri)
    return (
        element("a", text, href=page, **_apart(language)) if page else in_language(language, text)
    )


def _apart(language: str | None) -> dict[str, str]:
    """Return what keeps a text in another language apart from what stands around it."""
    return {"lang": language, "dir": "auto"} if language else {}


def name_of(names: Names, iri: str) -> Html:
    """Return the name of an entity without a link."""
    return in_language(names.language(iri), names.of(iri))


def names_of(names: Names, iris: Iterable[str | None]) -> Html:
    """Return the names of entities without links, with commas between them."""
    found = [name_of(names, iri) for iri in iris if iri]
    return listed_html(found)


def ends_of(names: Names, asked: WhichRecommendationsRow) -> Html:
    """Return who asks whom, without links, in the direction in which the page is read."""
    one, other = names_of(names, asked.issuers), names_of(names, asked.addressees)
    return say_html("{one} → {other}", one=one, other=other)


def claimed(row: WhatIsSaidAboutRow, who: Html, level: str) -> Html | None:
    """Return the head of a claim at a level such as `h3`: who speaks, and what it is about."""
    if not row.proposition_label:
        return None
    claim = in_english(row.proposition_label)
    return element(level, say_html(way_of_claiming(row), who=who, claim=claim))


def link_in_words(label: str) -> Html:
    """Return what `words.link_words` does, a name in it with its language."""
    before = GIVES_DATA.partition("{")[0]
    if label.startswith(before):
        return say_html(GIVES_DATA, name=in_english(label.removeprefix(before)))
    return joined(link_words(label))


def in_english(text: str | None) -> Html | None:
    """Return a note or another text of the data, which are in English; nothing where there is none.

    On a page in another language it says so, for whatever reads it aloud.
    """
    return in_language(data_language(), text) if text else None


def in_language(language: str | None, text: str) -> Html:
    """Return a text that says its language, where that is not the page's."""
    return element("span", text, **_apart(language)) if language else joined(text)


def named(names: Names, iris: Iterable[str | None]) -> Html:
    """Return the names of entities with commas between them, each a link to its page."""
    links = [link_to(iri, names.of(iri), names.language(iri)) for iri in iris if iri]
    return listed_html(links)
