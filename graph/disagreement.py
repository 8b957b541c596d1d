"""Where sources disagree: facts, judgements, counts and statuses, side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from graph.actors import who_stood_for
from graph.answers import Iris, WhereSourcesDisagreeRow
from graph.asking import Group, grouped, in_order, solutions
from graph.claims import what_is_said_about, which_safeguards
from graph.entities import labels
from graph.statuses import who_disagrees
from graph.store import Store
from ontology.terms import RG, label


@dataclass(frozen=True)
class _Side:
    """What one side says, who says it, and where."""

    statement: str
    text: str
    who: Iris
    passages: Iris
    counts: bool = False


def where_sources_disagree(
    store: Store, *, kind: str | None = None, as_of: dt.date | None = None
) -> list[WhereSourcesDisagreeRow]:
    """Return what two sides tell differently.

    `kind` is fact, judgement, count or status. Who is right is not decided.
    """
    sides = _sides(store, as_of)
    found = [
        *_statements_apart(store, sides),
        *_signatures_apart(store, sides),
        *_statuses_apart(store, as_of),
    ]
    return in_order(row for row in set(found) if kind in (None, row.kind))


def _statements_apart(store: Store, sides: dict[str, _Side]) -> Iterator[WhereSourcesDisagreeRow]:
    for group in grouped(solutions(store, "where_sources_disagree"), "one", "other"):
        one, other = sides.get(group.text("one")), sides.get(group.text("other"))
        if one and other:
            first, second = sorted((one, other), key=lambda side: side.statement)
            yield _row(_kind(group, first, second), group.text("what"), first, second)


def _kind(group: Group, one: _Side, other: _Side) -> str:
    if one.counts and other.counts:
        return "count"
    return "judgement" if str(RG.evaluative) in group.all("kind") else "fact"


def _sides(store: Store, as_of: dt.date | None) -> dict[str, _Side]:
    """Return every claim, safeguard statement and candidacy as a side, by its IRI."""
    names = labels(store)
    found = [
        _Side(
            row.claim,
            f"{row.stance}: {row.proposition_label or row.summary}",
            row.claimants,
            row.passages,
            counts=row.kind == "statistic",
        )
        for row in what_is_said_about(store, as_of=as_of)
        if row.stance
    ]
    found += [
        _Side(
            row.statement,
            f"{row.availability}: {label(RG[row.safeguard])}",
            row.claimants,
            row.passages,
        )
        for row in which_safeguards(store, as_of=as_of)
        if row.statement
    ]
    found += [
        _Side(row.candidacy, names.get(row.post, row.post), row.according_to, row.passages)
        for row in who_stood_for(store, as_of=as_of)
    ]
    return {side.statement: side for side in found}


def _signatures_apart(store: Store, sides: dict[str, _Side]) -> Iterator[WhereSourcesDisagreeRow]:
    """Yield documents of which another number of signatures is stated than listed."""
    for signed in grouped(solutions(store, "who_signed"), "document"):
        document, listed = signed.text("document"), len(signed.all("signature"))
        for claim in grouped(signed.rows, "count"):
            stated = sides.get(claim.text("count"))
            if stated and listed not in claim.numbers("stated"):
                text = f"{listed} signatures listed"
                yield _row(
                    "count", document, stated, _Side(document, text, (), signed.all("passage"))
                )


def _statuses_apart(store: Store, as_of: dt.date | None) -> Iterator[WhereSourcesDisagreeRow]:
    for row in who_disagrees(store, as_of=as_of):
        yield _row(
            "status",
            row.recommendation,
            _Side(row.assessment_a, row.status_a, (row.assessor_a,), row.passages_a),
            _Side(row.assessment_b, row.status_b, (row.assessor_b,), row.passages_b),
        )


def _row(kind: str, what: str, one: _Side, other: _Side) -> WhereSourcesDisagreeRow:
    return WhereSourcesDisagreeRow(
        kind=kind,
        what=what,
        side_a=one.text,
        who_a=one.who,
        statement_a=one.statement,
        passages_a=one.passages,
        side_b=other.text,
        who_b=other.who,
        statement_b=other.statement,
        passages_b=other.passages,
    )
