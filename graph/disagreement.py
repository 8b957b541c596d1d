"""Where sources disagree: facts, judgements, counts and statuses, side by side."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.actors import places, printed_lists, who_stood_for
from graph.answers import Iris, WhereSourcesDisagreeRow, WhoStoodForRow
from graph.asking import Group, grouped, in_order, solutions
from graph.claims import apart, what_is_said_about, which_safeguards
from graph.entities import labels
from graph.statuses import who_disagrees
from graph.store import Row, Store
from graph.times import years_apart
from ontology.terms import RG, label

SIGNATURES_LISTED: Final = " signatures listed"
"""What stands after the number of signatures in a list, where that is a side."""


@dataclass(frozen=True)
class _Side:
    """What one side says, who says it, and where."""

    statement: str
    text: str
    who: Iris
    passages: Iris
    when: str | None = None
    counts: bool = False


def where_sources_disagree(
    store: Store, *, kind: str | None = None, as_of: dt.date | None = None
) -> list[WhereSourcesDisagreeRow]:
    """Return what two sides tell differently.

    `kind` is fact, judgement, count or status. Who is right is not decided. Nobody disagrees with
    himself: two statements that share a speaker are left out.
    """
    sides = _sides(store, as_of)
    found = [
        *_statements_apart(store, sides),
        *_signatures_apart(store, sides, as_of),
        *_statuses_apart(store, as_of),
    ]
    return in_order(row for row in set(found) if kind in (None, row.kind))


def _statements_apart(store: Store, sides: dict[str, _Side]) -> Iterator[WhereSourcesDisagreeRow]:
    """Yield each two statements once, also where they exclude each other in several ways."""
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for group in grouped(solutions(store, "where_sources_disagree"), "one", "other"):
        first, second = sorted((group.text("one"), group.text("other")))
        pairs[first, second] += group.rows
    for (first, second), rows in pairs.items():
        one, other = sides.get(first), sides.get(second)
        if one and other and apart(one.who, other.who):
            yield _row(_kind(Group(rows), one, other), Group(rows).text("what"), one, other)


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
            row.as_of or row.date,
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
            row.as_of or row.date,
        )
        for row in which_safeguards(store, as_of=as_of)
        if row.statement
    ]
    found += [
        _Side(
            row.candidacy, names.get(row.post, row.post), row.according_to, row.passages, row.date
        )
        for row in _of_one_post(who_stood_for(store, as_of=as_of))
    ]
    return {side.statement: side for side in found}


def _of_one_post(candidacies: Sequence[WhoStoodForRow]) -> list[WhoStoodForRow]:
    """Return the candidacies none of whose speakers tells of another post as well.

    One person may stand for two posts: whoever tells of both contradicts nobody.
    """
    posts: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in candidacies:
        for speaker in row.according_to:
            posts[row.election, row.candidate, speaker].add(row.post)
    return [
        row
        for row in candidacies
        if all(len(posts[row.election, row.candidate, one]) == 1 for one in row.according_to)
    ]


def _signatures_apart(
    store: Store, sides: dict[str, _Side], as_of: dt.date | None
) -> Iterator[WhereSourcesDisagreeRow]:
    """Yield documents of which another number of signatures is stated than a list has."""
    for signed in grouped(solutions(store, "who_signed", until=as_of), "document"):
        lists = _lists(signed)
        for claim in grouped(signed.rows, "count"):
            stated = sides.get(claim.text("count"))
            for size, listed in lists.items():
                if stated and size not in claim.numbers("stated") and apart(stated.who, listed.who):
                    yield _row("count", signed.text("document"), stated, listed)


def _lists(signed: Group) -> dict[int, _Side]:
    """Return the lists of signatures of a document by their length; equal ones are one side."""
    rows: dict[int, list[Row]] = defaultdict(list)
    for printed in printed_lists(grouped(signed.rows, "signature")).values():
        rows[places(printed)] += [row for signature in printed for row in signature.rows]
    return {
        size: _Side(
            signed.text("document"),
            f"{size}{SIGNATURES_LISTED}",
            Group(found).all("by"),
            Group(found).all("passage"),
        )
        for size, found in rows.items()
    }


def _statuses_apart(store: Store, as_of: dt.date | None) -> Iterator[WhereSourcesDisagreeRow]:
    for row in who_disagrees(store, as_of=as_of):
        yield _row(
            "status",
            row.recommendation,
            _Side(row.assessment_a, row.status_a, (row.assessor_a,), row.passages_a, row.as_of_a),
            _Side(row.assessment_b, row.status_b, (row.assessor_b,), row.passages_b, row.as_of_b),
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
        when_a=one.when,
        when_b=other.when,
        years_apart=years_apart(one.when, other.when),
    )
