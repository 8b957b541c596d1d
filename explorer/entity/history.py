"""When each thing said about a recommendation was recorded, by whom, and who reviewed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdflib.namespace import PROV

from explorer.entitypages import in_english, name_of, named
from explorer.languages.saying import listed, say
from explorer.markup import Html, joined, say_html, table
from explorer.session import Session
from explorer.words import date_in_words, marked_word
from graph.answers import WhatHappenedToRow
from graph.entities import describe
from ontology.terms import RG

Line = tuple[str, str, Html, Html]


def history(session: Session, recommendation: str, rows: Sequence[WhatHappenedToRow]) -> Html:
    """Return as a table when the recommendation and each assessment of it entered the data."""
    lines = sorted(_lines(session, recommendation, rows), key=lambda line: (line[0], line[1]))
    header = (say("Recorded"), say("What"), say("Recorded by"), say("Review"))
    return table(header, lines, say("History of the record"))


def _lines(
    session: Session, recommendation: str, rows: Sequence[WhatHappenedToRow]
) -> Iterator[Line]:
    yield from _recorded(session, recommendation, say("the recommendation"))
    for row in rows:
        yield from _recorded(session, row.assessment, said(session, row))


def said(session: Session, row: WhatHappenedToRow) -> Html:
    """Return in a line what somebody says became of a recommendation, and as of when."""
    return say_html("{status}, says {who}, {day}", status=marked_word(row.status),
        who=name_of(session.names, row.assessor), day=date_in_words(row.as_of),
    )  # fmt: skip


def _recorded(session: Session, statement: str, what: str) -> Iterator[Line]:
    for curation in _values(session, statement, str(PROV.wasGeneratedBy)):
        moments = _values(session, curation, str(PROV.endedAtTime))
        yield (
            listed(moment[:10] for moment in moments),
            what,
            named(session.names, _values(session, curation, str(PROV.wasAssociatedWith))),
            in_english("; ".join(_values(session, curation, str(RG.reviewStatus)))) or joined(),
        )


def _values(session: Session, entity: str, name: str) -> list[str]:
    return [
        line.value
        for line in describe(session.store, entity).statements
        if line.outgoing and line.property == name
    ]
