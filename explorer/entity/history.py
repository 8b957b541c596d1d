"""When each thing said about a recommendation was recorded, by whom, and who reviewed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdflib.namespace import PROV

from explorer.entity.parts import table
from explorer.entitypages import named
from explorer.markup import Html
from explorer.session import Session
from explorer.words import marked_word
from graph.answers import WhatHappenedToRow
from graph.entities import describe
from ontology.terms import RG

Line = tuple[str, str, Html, str]


def history(session: Session, recommendation: str, rows: Sequence[WhatHappenedToRow]) -> Html:
    """Return as a table when the recommendation and each assessment of it entered the data."""
    lines = sorted(_lines(session, recommendation, rows), key=lambda line: (line[0], line[1]))
    return table(("Recorded", "What", "Recorded by", "Review"), lines, "History of the record")


def _lines(
    session: Session, recommendation: str, rows: Sequence[WhatHappenedToRow]
) -> Iterator[Line]:
    yield from _recorded(session, recommendation, "the recommendation")
    for row in rows:
        said = f"{marked_word(row.status)}, says {session.names.of(row.assessor)}, {row.as_of}"
        yield from _recorded(session, row.assessment, said)


def _recorded(session: Session, statement: str, what: str) -> Iterator[Line]:
    for curation in _values(session, statement, str(PROV.wasGeneratedBy)):
        moments = _values(session, curation, str(PROV.endedAtTime))
        yield (
            ", ".join(moment[:10] for moment in moments),
            what,
            named(session.names, _values(session, curation, str(PROV.wasAssociatedWith))),
            "; ".join(_values(session, curation, str(RG.reviewStatus))),
        )


def _values(session: Session, entity: str, name: str) -> list[str]:
    return [
        line.value
        for line in describe(session.store, entity).statements
        if line.outgoing and line.property == name
    ]
