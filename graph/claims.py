"""What is said: claims of every kind, counts, safeguards and documented cases."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.answers import (
    NOT_STATED,
    HowManyRow,
    Iris,
    WhatHappenedInCasesRow,
    WhatIsSaidAboutRow,
    WhichSafeguardsRow,
)
from graph.asking import Group, grouped, in_order, solutions
from graph.store import Store
from ontology.terms import RG, local_name, scheme

KINDS = {
    "SafeguardStatement": "safeguard",
    "AbsenceClaim": "absence",
    "StatisticalClaim": "statistic",
    "Relation": "allegation",
    "Claim": "claim",
}
"""Class of a claim to the word for it in a row; the first that fits."""


def what_is_said_about(
    store: Store,
    *,
    subject: str | None = None,
    claimant: str | None = None,
    contradicted: bool | None = None,
    as_of: dt.date | None = None,
) -> list[WhatIsSaidAboutRow]:
    """Return what is said about an entity, or by a claimant, with what contradicts it.

    `contradicted` keeps what has a counter-claim of somebody else on record, or (false) what has
    none. With `as_of`, only counter-claims made by then count.
    """
    rows = solutions(store, "what_is_said_about", subject=subject, claimant=claimant, until=as_of)
    speakers = _speakers(store, as_of)
    against = _against(store, speakers)
    found = [
        WhatIsSaidAboutRow(
            claim=group.text("claim"),
            kind=_kind(group),
            claimants=group.all("by"),
            reported_by=group.all("reportedBy"),
            stance=group.maybe_word("stance"),
            proposition=group.maybe("proposition"),
            proposition_label=group.maybe("propositionLabel"),
            summary=group.text("summary"),
            about=group.all("about"),
            as_of=_as_of(group),
            date=group.maybe("date"),
            disputes=tuple(one for one in group.all("disputes") if one in speakers),
            disputed_by=tuple(one for one in group.all("disputedBy") if one in speakers),
            contradicted_by=tuple(sorted(against[group.text("claim")])),
            passages=group.all("passage"),
        )
        for group in grouped(rows, "claim")
    ]
    return in_order(row for row in found if contradicted in (None, bool(row.contradicted_by)))


def _speakers(store: Store, as_of: dt.date | None) -> dict[str, Iris]:
    """Return who makes each claim that is on record on a day."""
    rows = solutions(store, "what_is_said_about", until=as_of)
    return {group.text("claim"): group.all("by") for group in grouped(rows, "claim")}


def _against(store: Store, speakers: dict[str, Iris]) -> dict[str, set[str]]:
    """Return which of the claims exclude which; nobody stands against himself."""
    found: dict[str, set[str]] = defaultdict(set)
    for group in grouped(solutions(store, "where_sources_disagree"), "one", "other"):
        one, other = group.text("one"), group.text("other")
        if {one, other} <= speakers.keys() and apart(speakers[one], speakers[other]):
            found[one].add(other)
            found[other].add(one)
    return found


def apart(one: Iris, other: Iris) -> bool:
    """Tell whether nobody is among both speakers: one who says two things is no dissent."""
    return set(one).isdisjoint(other)


def _kind(group: Group) -> str:
    types = {local_name(name) for name in group.all("type")}
    return next((word for name, word in KINDS.items() if name in types), "claim")


def which_safeguards(
    store: Store, *, body: str | None = None, as_of: dt.date | None = None
) -> list[WhichSafeguardsRow]:
    """Return every safeguard for a body (or for each body of which one is known).

    `availability` is stated, denied or reported, one row for each statement, and `not stated`
    where no source says.
    """
    rows = solutions(store, "which_safeguards", body=body, until=as_of)
    order = {safeguard: place for place, safeguard in enumerate(scheme("safeguard"))}
    found = [_safeguard(group) for group in grouped(rows, "statement")]
    bodies = {row.body for row in found} | ({body} if body else set())
    known = {(row.body, row.safeguard) for row in found}
    found += [
        WhichSafeguardsRow(one, safeguard, NOT_STATED, None, (), (), None, None, None, ())
        for one in bodies
        for safeguard in order
        if (one, safeguard) not in known
    ]
    return sorted(in_order(found), key=lambda row: (row.body, order.get(row.safeguard, len(order))))


def _safeguard(group: Group) -> WhichSafeguardsRow:
    return WhichSafeguardsRow(
        body=group.text("body"),
        safeguard=group.word("safeguard"),
        availability=group.word("availability").removeprefix("availability").lower(),
        summary=group.maybe("summary"),
        claimants=group.all("by"),
        reported_by=group.all("reportedBy"),
        as_of=_as_of(group),
        date=group.maybe("date"),
        statement=group.text("statement"),
        passages=group.all("passage"),
    )


def how_many(
    store: Store,
    *,
    subject: str | None = None,
    claimant: str | None = None,
    as_of: dt.date | None = None,
) -> list[HowManyRow]:
    """Return the numbers somebody states, each with what it counts; they never add up."""
    rows = solutions(store, "how_many", subject=subject, claimant=claimant, until=as_of)
    return in_order(
        HowManyRow(
            claim=group.text("claim"),
            quantity=group.numbers("quantity")[0],
            unit=group.text("unit"),
            scope=group.text("scope"),
            period=group.maybe("period"),
            about=group.all("about"),
            claimants=group.all("by"),
            reported_by=group.all("reportedBy"),
            as_of=_as_of(group),
            summary=group.text("summary"),
            passages=group.all("passage"),
        )
        for group in grouped(rows, "claim")
    )


# --- cases -------------------------------------------------------------------------------------


def what_happened_in_cases(
    store: Store,
    *,
    requesting_state: str | None = None,
    requested_state: str | None = None,
    outcome: str | None = None,
    mechanism: str | None = None,
    as_of: dt.date | None = None,
) -> list[WhatHappenedInCasesRow]:
    """Return the steps of documented cases in the order told.

    With `as_of`, later steps are left out, and cases of which nothing had happened by then; a step
    without a date counts from the day of its document, or else of its record. The `outcome` stays
    the one told last.
    """
    rows = solutions(
        store,
        "what_happened_in_cases",
        requestingState=requesting_state,
        requestedState=requested_state,
        outcome=outcome and RG[outcome],
        mechanism=mechanism and RG[mechanism],
    )
    return in_order(row for case in grouped(rows, "case") for row in _steps(case, as_of))


def _steps(case: Group, as_of: dt.date | None) -> Iterator[WhatHappenedInCasesRow]:
    events = [event for event in grouped(case.rows, "event") if event.has("event")]
    dated = [day for event in events if (day := _happened(event))]
    moment = case.maybe_moment("recorded")
    recorded = moment.date() if moment else None
    began = (
        case.maybe_day("earliest")
        or case.maybe_day("latest")
        or min(dated, default=None)
        or case.maybe_day("issued")
        or recorded
    )
    if _is_later(began, as_of):
        return
    shown = [
        event
        for event in events
        if not _is_later(_happened(event) or event.maybe_day("eventIssued") or recorded, as_of)
    ]
    either: Sequence[Group | None] = shown or [None]
    for event in either:
        yield _step(case, event)


def _happened(event: Group) -> dt.date | None:
    return event.maybe_day("eventEarliest") or event.maybe_day("eventLatest")


def _is_later(day: dt.date | None, as_of: dt.date | None) -> bool:
    return as_of is not None and (day is None or day > as_of)


def _step(case: Group, event: Group | None) -> WhatHappenedInCasesRow:
    return WhatHappenedInCasesRow(
        case=case.text("case"),
        sequence=int(event.numbers("sequence")[0]) if event else None,
        label=case.text("label"),
        documented_by=case.all("documentedBy"),
        requesting_state=case.maybe("aRequestingState"),
        requesting_state_basis=case.word("requestingStateBasis"),
        requested_state=case.maybe("aRequestedState"),
        detaining_state=case.maybe("detainingState"),
        mechanism=case.word("aMechanism"),
        outcome=case.word("anOutcome"),
        event=event.maybe("event") if event else None,
        event_label=event.maybe("eventLabel") if event else None,
        kind=event.maybe_word("kind") if event else None,
        type=event.word("type").lower() if event else None,
        by=event.maybe("by") if event else None,
        date=event.maybe("date") if event else None,
        despite=event.maybe("despite") if event else None,
        passages=event.all("eventPassage") if event else case.all("casePassage"),
    )


def _as_of(group: Group) -> str | None:
    """Return for when somebody speaks, as EDTF: what is coarser than a day, or the day."""
    return group.maybe("asOfEdtf") or group.maybe("asOf")
