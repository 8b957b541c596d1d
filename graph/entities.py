"""Look up one entity, a name, or a passage."""

from __future__ import annotations

from graph.answers import Entity, FoundRow, PassageRow
from graph.store import Store


def labels(store: Store) -> dict[str, str]:
    """Return the label of every entity (actors, recommendations, documents, themes, ...)."""
    raise NotImplementedError


def describe(store: Store, iri: str) -> Entity:
    """Return one entity with all statements in and out.

    Raises NotFoundError when the snapshot does not hold it.
    """
    raise NotImplementedError


def search(store: Store, text: str) -> list[FoundRow]:
    """Return entities whose label, other name or summary holds the text, best first."""
    raise NotImplementedError


def passage(store: Store, iri: str) -> PassageRow:
    """Return where a passage stands.

    Raises NotFoundError when the snapshot does not hold it.
    """
    raise NotImplementedError


def passages(store: Store) -> dict[str, PassageRow]:
    """Return every passage by its IRI."""
    raise NotImplementedError
