"""What all rows share: passages to hang on, and the words that are computed, never stored."""

from __future__ import annotations

from typing import Final

from ontology.identifiers import iri, parse

UNASSESSED: Final = "unassessed"
"""Nobody has assessed it: computed, never stored, and never to be read as “not adopted”."""

CONTESTED: Final = "contested"
"""Two assessors' current statuses differ: computed, never stored."""

NOT_STATED: Final = "not stated"
"""No source says: an open question, not a “no”."""

NOT_KNOWN_TO_HAVE_ENDED: Final = "not known to have ended"
"""A source called the text in force on an earlier day, and no source tells of its end."""

COMPUTED: Final[dict[str, str]] = {
    UNASSESSED: "Nobody has assessed it",
    CONTESTED: "Assessors differ",
    NOT_STATED: "No source says",
    NOT_KNOWN_TO_HAVE_ENDED: "In force when a source last said so; no source tells of its end",
}
"""The words which no source gives and the ontology does not hold, with what they mean."""

Iris = tuple[str, ...]


def document_of(passage: str) -> str:
    """Return the IRI of the document a passage stands in.

    Raises UsageError when the IRI is not a passage of ours.
    """
    _, slug = parse(passage)
    return str(iri("document", slug.partition("/")[0]))


class Sourced:
    """A row that hangs on passages."""

    passages: Iris

    @property
    def passage(self) -> str | None:
        """The first passage."""
        return self.passages[0] if self.passages else None

    @property
    def document(self) -> str | None:
        """The document of the first passage."""
        return document_of(self.passages[0]) if self.passages else None

    @property
    def documents(self) -> Iris:
        """Every document that holds one of the passages."""
        return tuple(sorted({document_of(passage) for passage in self.passages}))
