"""Which page shows an entity, and the link that leads there."""

from __future__ import annotations

from typing import Final

from explorer.markup import Html, address, element, joined
from ontology.identifiers import is_data, parse

PAGE_OF_KIND: Final = {"recommendation": "recommendation"}
"""The page of each kind of entity that has one; the page takes the entity's id as `id`."""


def page_of(iri: str) -> str | None:
    """Return the address of an entity's page, or None where it has no page of its own."""
    if not is_data(iri):
        return None
    kind, slug = parse(iri)
    page = PAGE_OF_KIND.get(kind)
    return address(page, id=slug) if page else None


def link_to(iri: str, text: str) -> Html:
    """Return the text as a link to an entity's page, or the bare text where it has none."""
    return element("a", text, href=page_of(iri)) if page_of(iri) else joined(text)
