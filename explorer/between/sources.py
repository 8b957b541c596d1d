"""How sources are shown: opened where they stand, or numbered and listed at the end of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from explorer.entitypages import in_english, in_language, link_to, name_of
from explorer.markup import Html, element, joined, listed_html, say_html
from explorer.words import Names, date_in_words
from graph.answers import PassageRow
from ontology.identifiers import curie

Where = Callable[[tuple[str, ...]], Html]
"""Shows the passages, given by their IRIs, on which something stands."""


def unlinked(_: str, text: str, language: str | None = None) -> Html:
    """Return the bare name of an entity, where there is no page to lead to."""
    return element("span", text, lang=language, dir="auto") if language else joined(text)


@dataclass(frozen=True)
class Shown:
    """How things are shown: their names, their sources, and the link to the page of each."""

    names: Names
    where: Where
    link: Callable[[str, str, str | None], Html] = link_to

    def of(self, iri: str) -> str:
        """Return the name of an entity as text."""
        return self.names.of(iri)

    def name(self, iri: str) -> Html:
        """Return the name of an entity, which says its language where the page has another."""
        return name_of(self.names, iri)

    def linked(self, iri: str) -> Html:
        """Return the name of an entity as a link to its page."""
        return self.link(iri, self.names.of(iri), self.names.language(iri))

    def named(self, iris: Iterable[str | None]) -> Html:
        """Return the names of entities with commas between them, each a link to its page."""
        links = [self.linked(iri) for iri in iris if iri]
        return listed_html(links)


class Numbered:
    """Numbers passages in the order in which they are named, for a list at the end."""

    def __init__(self, passages: Mapping[str, PassageRow], names: Names) -> None:
        """Take all passages by IRI, and the names of their publishers."""
        self._passages = passages
        self._names = names
        self._numbers: dict[str, int] = {}

    def __call__(self, passages: tuple[str, ...]) -> Html:
        """Return the numbers of some passages, each a link to its line in the list."""
        found = [self._numbers.setdefault(one, len(self._numbers) + 1) for one in passages]
        links = [element("a", f"[{number}]", href=f"#source-{number}") for number in found]
        return element("span", *(joined(" ", link) for link in links), class_="rg-refs")

    def listed(self) -> Html:
        """Return the list of all passages that were named."""
        lines = [
            element("li", self._line(passage), id=f"source-{number}")
            for passage, number in self._numbers.items()
        ]
        return element("ol", *lines, class_="rg-sources")

    def _line(self, passage: str) -> Html:
        row = self._passages.get(passage)
        if row is None:
            return joined(curie(passage))
        language = self._names.language(row.document)
        told = [
            name_of(self._names, row.publisher) if row.publisher else None,
            date_in_words(row.date),
            say_html("section “{section}”", section=in_language(language, row.section)),
            _within(row, language),
        ]
        link = element("a", row.link, href=row.link) if row.link else None
        return joined(
            element("strong", row.document_title, dir="auto", lang=language), ". ",
            listed_html(part for part in told if part), ". ", link,
        )  # fmt: skip


def _within(row: PassageRow, language: str | None) -> Html | None:
    """Return where in its section a passage stands, for people: offsets are no help to them."""
    if row.locator or not row.first_words:
        return in_english(row.locator)
    first = row.first_words.rstrip(",;:")
    return say_html("beginning “{words}”", words=in_language(language, first))
