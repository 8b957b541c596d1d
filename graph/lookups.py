"""The rows of a look-up: one entity, its statements, a passage."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from graph.rows import Iris, Sourced


@dataclass(frozen=True)
class PassageRow:
    """Where a passage stands; None for what is not known because the text is not at hand."""

    passage: str
    document: str
    document_title: str
    publisher: str | None
    date: str | None
    section: str
    start: int | None
    end: int | None
    fragment: str | None
    locator: str | None
    url: str | None
    file_sha256: str | None
    sha256_raw: str | None
    sha256_normalised: str | None

    @property
    def link(self) -> str | None:
        """The address of the passage on the web, or None when the document has none."""
        return f"{self.url}#{self.fragment or ''}".rstrip("#") if self.url else None

    @property
    def first_words(self) -> str:
        """The words with which the passage begins, as far as its link has them; else nothing."""
        _, mark, words = (self.fragment or "").partition(":~:text=")
        parts = [one for one in words.split(",") if not one.endswith("-")]  # that is what precedes
        return unquote(parts[0]) if mark and parts else ""


@dataclass(frozen=True)
class StatementRow(Sourced):
    """One triple of an entity, seen from it: `value` is an IRI when `value_is_iri`.

    `property` is an IRI with a label (`ontology.terms.label`). `outgoing` tells the direction.
    `statement` is the node that carries the passages; the entity itself when it is one.
    """

    property: str
    value: str
    value_is_iri: bool
    outgoing: bool
    allegation: bool
    statement: str | None
    attributed_to: Iris
    passages: Iris


@dataclass(frozen=True)
class Entity:
    """One entity with everything known of it."""

    iri: str
    label: str
    types: Iris
    summary: str | None
    statements: tuple[StatementRow, ...]
    attributed_to: Iris
    passages: Iris


@dataclass(frozen=True)
class TieRow(Sourced):
    """One link of an entity with another; `towards` it when the other is the subject.

    `date` is EDTF; `past` tells that it had ended before the day asked for.
    """

    property: str
    other: str
    towards: bool
    allegation: bool
    date: str | None
    past: bool
    summary: str | None
    attributed_to: Iris
    reported_by: Iris
    statement: str
    passages: Iris


@dataclass(frozen=True)
class StandsInRow(Sourced):
    """One statement with its passages in a document.

    `label` or `summary` says it; where neither is given, `about`, `word` and `to` do: a status or
    the kind of a lineage is a local name, another link an IRI.
    """

    statement: str
    label: str | None
    summary: str | None
    about: str | None
    word: str | None
    to: str | None
    attributed_to: Iris
    reported_by: Iris
    passages: Iris
