"""Which texts hold between whom, whose rules bind data, and what changed in a text."""

from __future__ import annotations

import datetime as dt

from graph.answers import (
    NOT_STATED,
    Iris,
    WhatChangedRow,
    WhichRulesGovernRow,
    WhoseRulesBindTheDataRow,
)
from graph.asking import Group, grouped, in_order, solutions
from graph.rows import NOT_KNOWN_TO_HAVE_ENDED
from graph.store import Store

IN_FORCE = "inForce"


def which_rules_govern(
    store: Store,
    *,
    party: str | None = None,
    other: str | None = None,
    as_of: dt.date | None = None,
) -> list[WhichRulesGovernRow]:
    """Return the dated texts to which a party, or both parties, belong.

    With `as_of`, texts that began later or had ended for certain are left out; a text without a
    date counts from the day of a document that tells of it. What a source calls in force is so up
    to the day of that source; from then on it is `not known to have ended`.
    """
    rows = solutions(store, "which_rules_govern", party=party, other=other, until=as_of)
    return in_order(
        WhichRulesGovernRow(
            version=group.text("version"),
            label=group.text("label"),
            instrument=group.maybe("instrument"),
            parties=group.all("aParty"),
            date=group.maybe("date"),
            ended=group.maybe_day("endedLatest"),
            draft=group.flag("draft"),
            replaces=group.all("replaces"),
            replaced_by=group.all("replacedBy"),
            in_force=_in_force(group, as_of),
            according_to=group.all("by"),
            passages=tuple(sorted({*group.all("linkPassage"), *group.all("versionPassage")})),
        )
        for group in grouped(rows, "version")
    )


def _in_force(group: Group, as_of: dt.date | None) -> str:
    """Return what a source says of now, or what the dates tell of a day."""
    stated = group.word("force").removeprefix("InForce-") or NOT_STATED
    if as_of is None:
        return stated
    began, ended = group.maybe_day("latest"), group.maybe_day("endedEarliest")
    if began is None or began > as_of:
        return NOT_STATED
    if ended:
        return IN_FORCE if ended > as_of else NOT_STATED
    if stated != IN_FORCE:
        return NOT_STATED
    told = max(group.all("told"), default="")
    return IN_FORCE if as_of.isoformat() <= told else NOT_KNOWN_TO_HAVE_ENDED


def whose_rules_bind_the_data(
    store: Store,
    *,
    party: str | None = None,
    other: str | None = None,
    as_of: dt.date | None = None,
) -> list[WhoseRulesBindTheDataRow]:
    """Return whose rules bind the data, for each direction in which they go under a text.

    With `as_of`, directions under texts that did not hold on that day are left out.
    """
    rows = solutions(store, "whose_rules_bind_the_data", party=party, other=other, until=as_of)
    return in_order(
        WhoseRulesBindTheDataRow(
            version=group.text("version"),
            provider=group.text("provider"),
            recipient=group.text("recipient"),
            rules_of=group.text("rules"),
            label=group.text("label"),
            asymmetric=group.has("back"),
            according_to=group.all("by"),
            transfer=group.text("transfer"),
            passages=group.all("passage"),
        )
        for group in grouped(rows, "transfer")
    )


def what_changed(
    store: Store,
    *,
    instrument: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[WhatChangedRow]:
    """Return the texts, drafts, amending acts and provisions that are new in a period.

    Both days belong to the period. `replaces` holds what a text replaces, what an act amends,
    or the provision of a draft that a provision revises.
    """
    rows = solutions(store, "what_changed", instrument=instrument, since=since, until=until)
    return in_order(
        WhatChangedRow(
            what=group.text("what"),
            kind=_kind(group),
            label=group.text("label"),
            instrument=group.maybe("instrument"),
            number=group.maybe("number"),
            date=group.maybe("date"),
            replaces=group.all("replaces"),
            passages=group.all("passage"),
        )
        for group in grouped(rows, "what")
    )


def instruments_of(store: Store, *, as_of: dt.date | None = None) -> dict[str, Iris]:
    """Return for each recommendation the instruments it is about, or that an assessment names.

    With `as_of`, assessments of a later day count for nothing. What names none is left out.
    """
    groups = grouped(solutions(store, "instruments_of", until=as_of), "recommendation")
    return {group.text("recommendation"): group.all("instrument") for group in groups}


def _kind(group: Group) -> str:
    if group.text("what") != group.text("version"):
        return "provision"
    if group.flag("draft"):
        return "draft"
    return "amendment" if group.has("amends") else "version"
