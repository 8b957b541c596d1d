"""All that is known between two actors by a day, asked of the graph once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib.namespace import ORG

from explorer.words import claim_in_words
from graph.answers import (
    HowAreTheyLinkedRow,
    WhatIsSaidAboutRow,
    WhichRulesGovernRow,
    WhichSafeguardsRow,
    WhoseRulesBindTheDataRow,
)
from graph.entities import ties
from graph.lasting import Text, texts
from graph.lookups import TieRow
from graph.network import TIES, Net, only, ways_between
from graph.questions import (
    what_is_said_about,
    which_rules_govern,
    which_safeguards,
    whose_rules_bind_the_data,
)
from graph.store import Store


@dataclass(frozen=True)
class Between:
    """What lies between two actors; each list in the order in which it is told.

    `members` and `safeguards` are by actor. `said` holds what one says about the other, the other
    about the one, and others about both, in this order; `summaries` what is said of either, by
    claim.
    """

    one: str
    other: str
    as_of: dt.date | None
    texts: Sequence[WhichRulesGovernRow]
    transfers: Sequence[WhoseRulesBindTheDataRow]
    safeguards: Mapping[str, Sequence[WhichSafeguardsRow]]
    ways: Sequence[HowAreTheyLinkedRow]
    members: Mapping[str, Sequence[TieRow]]
    said: tuple[Sequence[WhatIsSaidAboutRow], ...]
    summaries: Mapping[str, str]

    @property
    def shared_members(self) -> list[str]:
        """The members that a source names for the one, and a source for the other."""
        named = [{row.other for row in rows} for rows in self.members.values()]
        return sorted(set.intersection(*named))


def between(
    store: Store, net: Net, one: str, other: str, *, longest: int, as_of: dt.date | None = None
) -> Between:
    """Return what lies between two actors; `net` is the network of that day.

    Ways are those of at most `longest` steps over ties. Raises UsageError for more than
    graph.network.LONGEST.
    """
    tied = only(net, TIES)
    about_one = what_is_said_about(store, subject=one, as_of=as_of)
    about_other = what_is_said_about(store, subject=other, as_of=as_of)
    return Between(
        one=one,
        other=other,
        as_of=as_of,
        texts=_texts(store, one, other, as_of),
        transfers=whose_rules_bind_the_data(store, party=one, other=other, as_of=as_of),
        safeguards={body: which_safeguards(store, body=body, as_of=as_of) for body in (one, other)},
        ways=ways_between(tied, one, other, longest) if {one, other} <= set(tied) else [],
        members={body: _members(store, body, as_of) for body in (one, other)},
        said=_said(one, other, about_one, about_other),
        summaries={row.claim: claim_in_words(row) for row in (*about_one, *about_other)},
    )


def _texts(store: Store, one: str, other: str, as_of: dt.date | None) -> list[WhichRulesGovernRow]:
    """Return the texts of both that had begun by a day, ended or not, the oldest first."""
    every = which_rules_govern(store, party=one, other=other)
    if as_of:
        held = {row.version: row for row in
                which_rules_govern(store, party=one, other=other, as_of=as_of)}  # fmt: skip
        known = texts(store)
        past = {row.version: _on(as_of, row, known[row.version]) for row in every
                if row.ended and row.ended <= as_of}  # fmt: skip
        begun = past | held
        every = [
            replace(row, replaced_by=tuple(one for one in row.replaced_by if one in begun))
            for row in begun.values()
        ]
    return sorted(every, key=lambda row: (row.date is None, row.date or "", row.version))


def _on(day: dt.date, row: WhichRulesGovernRow, text: Text) -> WhichRulesGovernRow:
    """Return a text that had ended by a day, with what was known of its force then."""
    force = text.force(day)
    return replace(row, in_force=force.word, seen_in=force.source, seen_on=force.told_on)


def _members(store: Store, body: str, as_of: dt.date | None) -> list[TieRow]:
    return [
        row for row in ties(store, body, as_of=as_of)
        if row.property == str(ORG.memberOf) and row.towards
        and not row.allegation and not row.past
    ]  # fmt: skip


def _said(
    one: str,
    other: str,
    about_one: Sequence[WhatIsSaidAboutRow],
    about_other: Sequence[WhatIsSaidAboutRow],
) -> tuple[list[WhatIsSaidAboutRow], ...]:
    return (
        [row for row in about_other if one in row.claimants],
        [row for row in about_one if other in row.claimants],
        [row for row in about_one if other in row.about and not {one, other} & {*row.claimants}],
    )
