"""Whom the names in a candidate may mean: known actors with scores, or names that are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.languages.saying import say
from explorer.review.known import Known
from ingest.drafting import says_a_name
from ingest.extraction import Candidate
from ingest.fields import Span
from ontology.identifiers import is_data, parse


@dataclass(frozen=True)
class Suggestion:
    """Something known that may be meant: `why` tells of what it was read, `score` how near."""

    ident: str
    label: str
    score: float
    why: str


def suggested(candidate: Candidate, names: Sequence[str]) -> list[Suggestion]:
    """Return the known actors that some names of a candidate may mean, best first."""
    best: dict[str, Suggestion] = {}
    for link in candidate.links:
        if link.kind == "actor" and link.name in names and is_data(link.iri):
            ident = parse(link.iri)[1]
            if ident not in best or best[ident].score < link.score:
                best[ident] = Suggestion(ident, link.label, link.score, link.name)
    return sorted(best.values(), key=lambda one: -one.score)


def unknown(
    candidate: Candidate, names: Sequence[str], text: str, withheld: Sequence[Span]
) -> list[Suggestion]:
    """Return the names of a candidate that are like no known actor's, to be added as new ones.

    A name that the document withholds is not among them.
    """
    linked = {link.name for link in candidate.links}
    return [
        Suggestion(name, name, 0.0, say("Nobody of this name is known; it would be a new actor."))
        for name in dict.fromkeys(names)
        if name not in linked and not says_a_name(name, text, withheld)
    ]


def exact(suggestions: Sequence[Suggestion]) -> list[str]:
    """Return what may be filled in: for each name the one actor that has exactly this name."""
    sure = [one for one in suggestions if one.score >= 1.0]
    by_name = {one.why: [other.ident for other in sure if other.why == one.why] for one in sure}
    return [idents[0] for idents in by_name.values() if len(idents) == 1]


def publisher(known: Known, document: str) -> list[Suggestion]:
    """Return the publisher of a document, who may be meant where nobody is named."""
    if document not in known.described:
        return []
    ident = known.described[document].publisher
    why = say("The document's publisher.")
    return [Suggestion(ident, known.actors.get(ident, ident), 0.5, why)]
