"""What the data cover: which documents are in, and whose voices the statuses are."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.answers import WhatHappenedToRow, WhichDocumentsRow
from graph.asking import Group, grouped, in_order, solutions
from graph.statuses import NO_INFORMATION, is_only_the_issuer
from graph.store import Store


def which_documents(
    store: Store, *, publisher: str | None = None, as_of: dt.date | None = None
) -> list[WhichDocumentsRow]:
    """Return the documents, of one publisher or of all, with how much of each was read.

    With `as_of`, those issued by then; a document without a date counts from its record.
    """
    rows = solutions(store, "which_documents", aPublisher=publisher, until=as_of)
    return in_order(_document(group) for group in grouped(rows, "document"))


def _document(group: Group) -> WhichDocumentsRow:
    return WhichDocumentsRow(
        document=group.text("document"),
        title=group.text("title"),
        title_language=group.text("titleLanguage"),
        publisher=group.maybe("publisher"),
        kind=group.word("kind"),
        date=group.maybe("date"),
        language=group.text("language"),
        origin=group.word("origin"),
        read=group.text("extent"),
        read_on=group.maybe_day("readOn"),
        read_note=group.maybe("readNote"),
        url=group.maybe("url"),
        recorded=group.maybe_moment("recorded"),
        recorded_by=group.all("recordedBy"),
        reviews=group.all("review"),
    )


@dataclass(frozen=True)
class Voices:
    """Whose statements the current assessments are, each counted once.

    `by_relation` and `by_basis` count assessments by their concept, `by_assessor` by the IRI of
    who assessed, most first; `assessed` holds the recommendations somebody says something of,
    `one_voice` those of which nobody but their issuer does and all issuers agree, `looked` those of
    which nothing is known after a look, with the last day of a look.
    """

    by_relation: dict[str, int]
    by_basis: dict[str, int]
    by_assessor: dict[str, int]
    assessed: frozenset[str]
    one_voice: frozenset[str]
    looked: dict[str, dt.date]


def voices(assessments: Iterable[WhatHappenedToRow]) -> Voices:
    """Count the assessments that stand, as `what_happened_to` returns them.

    A look that found nothing is no voice: it is counted apart, in `looked`.
    """
    current = [row for row in assessments if row.current]
    spoken = [row for row in current if row.status != NO_INFORMATION]
    of_each: dict[str, list[WhatHappenedToRow]] = defaultdict(list)
    for row in spoken:
        of_each[row.recommendation].append(row)
    assessed = frozenset(of_each)
    looked: dict[str, dt.date] = {}
    for row in current:
        if row.recommendation not in assessed:
            day = row.looked_on or row.as_of_latest
            looked[row.recommendation] = max(day, looked.get(row.recommendation, day))
    return Voices(
        by_relation=_counted(row.relation for row in spoken),
        by_basis=_counted(row.basis for row in spoken),
        by_assessor=_counted(row.assessor for row in spoken),
        assessed=assessed,
        one_voice=frozenset(iri for iri, rows in of_each.items() if is_only_the_issuer(rows)),
        looked=looked,
    )


def _counted(words: Iterable[str]) -> dict[str, int]:
    """Return how often each word comes, most first, then by the word."""
    return dict(sorted(Counter(words).items(), key=lambda entry: (-entry[1], entry[0])))
