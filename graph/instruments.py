"""Which texts hold between whom, whose rules bind data, and what changed in a text."""

from __future__ import annotations

import datetime as dt

from graph.answers import (
    Iris,
    WhatChangedRow,
    WhichRulesGovernRow,
    WhoseRulesBindTheDataRow,
)
from graph.asking import Group, grouped, in_order, solutions
from graph.lasting import Text, link_had_ended, texts
from graph.store import Store
from ontology.terms import RG


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
    to the day of that source, `seen_in`; from then on, and where no day is asked for, it is `not
    known to have ended`.
    """
    rows = solutions(store, "which_rules_govern", party=party, other=other, until=as_of)
    known, wanted = texts(store), {one for one in (party, other) if one}
    held = (row for row in rows if not as_of or _was_party(Group([row]), as_of))
    return in_order(
        _governs(group, text, as_of)
        for group in grouped(held, "version")
        if wanted <= set(group.all("aParty"))
        and not ((text := known[group.text("version")]) and as_of and text.had_ended(as_of))
    )


def _was_party(row: Group, day: dt.date) -> bool:
    """Tell whether a party was one on a day, by the dates of the link that says so, if it has any.

    Without, it is one as long as there is the text.
    """
    date, last = row.maybe("linkDate"), row.maybe_day("linkLatest")
    first = row.maybe_day("linkEarliest") or last
    return not (first and first > day) and not link_had_ended(RG.partyTo, date, last, day)


def _governs(group: Group, text: Text, as_of: dt.date | None) -> WhichRulesGovernRow:
    force = text.force(as_of)
    return WhichRulesGovernRow(
        version=group.text("version"),
        label=group.text("label"),
        instrument=group.maybe("instrument"),
        parties=group.all("aParty"),
        date=group.maybe("date"),
        ended=None if as_of else text.ended_latest,
        draft=group.flag("draft"),
        replaces=group.all("replaces"),
        replaced_by=group.all("replacedBy"),
        in_force=force.word,
        seen_on=force.told_on,
        seen_in=force.source,
        according_to=group.all("by"),
        passages=tuple(sorted({*group.all("linkPassage"), *group.all("versionPassage")})),
    )


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
    ended = {iri for iri, text in texts(store).items() if as_of and text.had_ended(as_of)}
    held = [
        group
        for group in grouped(rows, "transfer")
        if group.text("version") not in ended and not (as_of and _was_past(group, as_of))
    ]
    return in_order(
        WhoseRulesBindTheDataRow(
            version=group.text("version"),
            provider=group.text("provider"),
            recipient=group.text("recipient"),
            rules_of=group.text("rules"),
            label=group.text("label"),
            asymmetric=any(_differs(group, back) for back in held),
            according_to=group.all("by"),
            transfer=group.text("transfer"),
            passages=group.all("passage"),
        )
        for group in held
    )


def _differs(one: Group, other: Group) -> bool:
    """Tell whether one direction goes the way back of another under one text, by other rules."""
    back = (other.text("version"), other.text("recipient"), other.text("provider"))
    way = (one.text("version"), one.text("provider"), one.text("recipient"))
    return way == back and one.text("rules") != other.text("rules")


def _was_past(transfer: Group, day: dt.date) -> bool:
    date, last = transfer.maybe("date"), transfer.maybe_day("last")
    return link_had_ended(RG.subjectToRulesOf, date, last, day)


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
