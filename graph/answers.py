"""The rows of every answer: what each question returns, column by column.

An entity is its IRI. A concept is its local name, such as `adopted` or `textRead`; computed words
are `UNASSESSED` and the others below. A date is EDTF text as the source gives it, and so is the day
or month for which somebody speaks (`as_of`); the day of a look or of a reading is a `date`. Columns
that may hold several values are sorted tuples.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from graph.lookups import Entity, PassageRow, StatementRow
from graph.rows import (
    COMPUTED,
    CONTESTED,
    NOT_STATED,
    UNASSESSED,
    Iris,
    Sourced,
)
from graph.statusrows import WhatHappenedToRow, WhichRecommendationsRow, WhoDisagreesRow

__all__ = [
    "COMPUTED", "CONTESTED", "NOT_STATED", "UNASSESSED", "Entity",
    "HowAreTheyLinkedRow", "HowManyRow", "Iris", "PassageRow", "Sourced", "StatementRow",
    "WhatChangedRow", "WhatHappenedInCasesRow", "WhatHappenedToRow", "WhatIsSaidAboutRow",
    "WhereSourcesDisagreeRow", "WhichDemandsReturnRow", "WhichDemandsWaitRow",
    "WhichDocumentsRow", "WhichRecommendationsRow", "WhichRulesGovernRow", "WhichSafeguardsRow",
    "WhoAskedWhomRow", "WhoDisagreesRow", "WhoSignedRow", "WhoStoodForRow",
    "WhoseRulesBindTheDataRow",
]  # fmt: skip

# --- recommendations and what became of them -----------------------------------------------------


@dataclass(frozen=True)
class WhichDemandsWaitRow(Sourced):
    """One ask that nobody says was adopted; `first_asked` is EDTF, without an end."""

    ask: str
    label: str
    first_asked: str | None
    issuers: Iris
    addressees: Iris
    statuses: tuple[str, ...]
    assessors: Iris
    recommendations: Iris
    passages: Iris


@dataclass(frozen=True)
class WhichDemandsReturnRow(Sourced):
    """A later recommendation and the earlier one it takes up.

    `lineage` is the judgement that it does, or the ask which both express. It holds from the day of
    the later text; `judged_on` is when it was judged, EDTF. `later_statuses` and
    `earlier_statuses` hold the current words on the adoption axis. Without `order_known`, which
    of the two came first is not known.
    """

    earlier: str
    later: str
    earlier_label: str
    later_label: str
    kind: str
    order_known: bool
    judged_by: str
    judged_on: str | None
    basis: str
    why: str
    earlier_issuers: Iris
    later_issuers: Iris
    earlier_date: str | None
    later_date: str | None
    earlier_statuses: tuple[str, ...]
    later_statuses: tuple[str, ...]
    lineage: str
    passages: Iris


@dataclass(frozen=True)
class WhoAskedWhomRow(Sourced):
    """One recommendation, one of its issuers and one of its addressees."""

    recommendation: str
    label: str
    issuer: str
    addressee: str
    addressee_kind: str | None
    issuer_basis: str
    addressee_basis: str
    condition: str | None
    condition_on: str | None
    made_in: str | None
    date: str | None
    reported_by: Iris
    passages: Iris


# --- who signed, who stood -----------------------------------------------------------------------


@dataclass(frozen=True)
class WhoSignedRow(Sourced):
    """One printed signature, beside how many are stated and how many are listed."""

    signed: str
    position: int | None
    signatory: str
    signed_as: str | None
    stated_counts: tuple[float, ...]
    listed_count: int
    signature: str
    passages: Iris


@dataclass(frozen=True)
class WhoStoodForRow(Sourced):
    """One candidacy as one source tells it."""

    election: str
    post: str
    candidate: str
    nominated_by: str | None
    according_to: Iris
    reported_by: Iris
    date: str | None
    candidacy: str
    passages: Iris


# --- instruments ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class WhichRulesGovernRow(Sourced):
    """A dated text to which the parties asked for belong.

    `in_force` is `inForce`, `notInForce`, `not stated` or `not known to have ended`: the last where
    a source called it in force and none tells of its end. On a day, it is `not stated`, too, where
    the dates leave open whether the text held on that day; so it is on any day after the source's
    where a text without a date replaces it. `seen_in` is the document on whose word
    this rests, and `seen_on` its date, EDTF; both are None where only dates tell. On a day,
    what came later, `ended` and `replaced_by`, is not told.
    """

    version: str
    label: str
    instrument: str | None
    parties: Iris
    date: str | None
    ended: dt.date | None
    draft: bool
    replaces: Iris
    replaced_by: Iris
    in_force: str
    seen_on: str | None
    seen_in: str | None
    according_to: Iris
    passages: Iris


@dataclass(frozen=True)
class WhoseRulesBindTheDataRow(Sourced):
    """Whose rules bind data that go one way; `asymmetric` when the other way has other rules."""

    version: str
    provider: str
    recipient: str
    rules_of: str
    label: str
    asymmetric: bool
    according_to: Iris
    transfer: str
    passages: Iris


@dataclass(frozen=True)
class WhatChangedRow(Sourced):
    """A text, draft, amending act or provision that is new in the period."""

    what: str
    kind: str
    label: str
    instrument: str | None
    number: str | None
    date: str | None
    replaces: Iris
    passages: Iris


# --- claims --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WhatIsSaidAboutRow(Sourced):
    """One thing somebody says about the subject.

    `kind` is claim, absence, statistic, safeguard or allegation. `contradicted_by` holds what
    excludes it, whether or not somebody said so.
    """

    claim: str
    kind: str
    claimants: Iris
    reported_by: Iris
    stance: str | None
    proposition: str | None
    proposition_label: str | None
    summary: str
    about: Iris
    as_of: str | None
    date: str | None
    disputes: Iris
    disputed_by: Iris
    contradicted_by: Iris
    passages: Iris


@dataclass(frozen=True)
class WhichSafeguardsRow(Sourced):
    """One safeguard of a body: stated, denied, reported, or `not stated` by any source."""

    body: str
    safeguard: str
    availability: str
    summary: str | None
    claimants: Iris
    reported_by: Iris
    as_of: str | None
    date: str | None
    statement: str | None
    passages: Iris


@dataclass(frozen=True)
class WhichDocumentsRow:
    """One document: `read` is whole, most or beginning, `reviews` what its records say of review.

    `origin` is seed, external or imported; `recorded` the moment of the first record. The title is
    in `title_language`, which may be another than that of the text.
    """

    document: str
    title: str
    title_language: str
    publisher: str | None
    kind: str
    date: str | None
    language: str
    origin: str
    read: str
    read_on: dt.date | None
    read_note: str | None
    url: str | None
    recorded: dt.datetime | None
    recorded_by: Iris
    reviews: Iris


@dataclass(frozen=True)
class HowManyRow(Sourced):
    """One number somebody states, with what it counts; numbers are never added up."""

    claim: str
    quantity: float
    unit: str
    scope: str
    period: str | None
    about: Iris
    claimants: Iris
    reported_by: Iris
    as_of: str | None
    summary: str
    passages: Iris


@dataclass(frozen=True)
class WhatHappenedInCasesRow(Sourced):
    """One step of a documented case; a case without steps has one row with no event."""

    case: str
    sequence: int | None
    label: str
    documented_by: Iris
    requesting_state: str | None
    requesting_state_basis: str
    requested_state: str | None
    detaining_state: str | None
    mechanism: str
    outcome: str
    event: str | None
    event_label: str | None
    kind: str | None
    type: str | None
    by: str | None
    date: str | None
    despite: str | None
    passages: Iris


@dataclass(frozen=True)
class WhereSourcesDisagreeRow:
    """Two sides of one matter. `kind` is fact, judgement, count or status.

    `when_a` and `when_b` are EDTF: for when each side speaks, else when it was said. `years_apart`
    are the full years between: the world may have changed, and each side be right in its time.
    """

    kind: str
    what: str
    side_a: str
    who_a: Iris
    statement_a: str
    passages_a: Iris
    side_b: str
    who_b: Iris
    statement_b: str
    passages_b: Iris
    when_a: str | None
    when_b: str | None
    years_apart: int


@dataclass(frozen=True)
class HowAreTheyLinkedRow(Sourced):
    """One step of a way from one entity to another; `way` counts the ways, shortest first."""

    way: int
    step: int
    source: str
    link: str
    target: str
    forward: bool
    attributed_to: Iris
    allegation: bool
    date: str | None
    statement: str
    passages: Iris
