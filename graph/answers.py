"""The rows of every answer: what each question returns, column by column.

An entity is its IRI. A concept is its local name, such as `adopted` or `textRead`; computed words
are `UNASSESSED` and the others below. A date is EDTF text as the source gives it; a day on which
somebody speaks is a `date`. Columns that may hold several values are sorted tuples.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from ontology.identifiers import iri, parse

UNASSESSED: Final = "unassessed"
"""Nobody has assessed it: computed, never stored, and never to be read as “not adopted”."""

CONTESTED: Final = "contested"
"""Two assessors' current statuses differ: computed, never stored."""

NOT_STATED: Final = "not stated"
"""No source says: an open question, not a “no”."""

COMPUTED: Final[dict[str, str]] = {
    UNASSESSED: "Nobody has assessed it",
    CONTESTED: "Assessors differ",
    NOT_STATED: "No source says",
}
"""The words which no source gives and the ontology does not hold, with what they mean."""

Iris = tuple[str, ...]


def document_of(passage: str) -> str:
    """Return the IRI of the document a passage stands in.

    Raises UsageError when the IRI is not a passage of ours.
    """
    _, slug = parse(passage)
    return str(iri("document", slug.partition("/")[0]))


class Sourced:
    """A row that hangs on passages."""

    passages: Iris

    @property
    def passage(self) -> str | None:
        """The first passage."""
        return self.passages[0] if self.passages else None

    @property
    def document(self) -> str | None:
        """The document of the first passage."""
        return document_of(self.passages[0]) if self.passages else None

    @property
    def documents(self) -> Iris:
        """Every document that holds one of the passages."""
        return tuple(sorted({document_of(passage) for passage in self.passages}))


# --- recommendations and what became of them -----------------------------------------------------


@dataclass(frozen=True)
class WhichRecommendationsRow(Sourced):
    """One recommendation and one current voice on the axis asked for.

    Without a voice, `status` is `unassessed` and what describes the voice is None.
    """

    recommendation: str
    label: str
    summary: str
    issuers: Iris
    addressees: Iris
    asks: Iris
    themes: Iris
    made_in: str | None
    date: str | None
    status: str
    assessor: str | None
    assessor_relation: str | None
    basis: str | None
    status_as_of: dt.date | None
    assessment: str | None
    status_passages: Iris
    contested: bool
    only_issuer: bool
    passages: Iris


@dataclass(frozen=True)
class WhatHappenedToRow(Sourced):
    """One assessment of a recommendation, whether it still stands or not."""

    recommendation: str
    axis: str
    as_of: dt.date
    status: str
    assessor: str
    relation: str
    basis: str
    reported_by: Iris
    recorded: dt.datetime | None
    provision: str | None
    process: str | None
    look: str | None
    looked_on: dt.date | None
    inferred_from: str | None
    revised_by: str | None
    superseded_by: str | None
    current: bool
    note: str | None
    assessment: str
    passages: Iris


@dataclass(frozen=True)
class WhoDisagreesRow:
    """Two current assessments of one recommendation whose assessors and statuses differ."""

    recommendation: str
    label: str
    axis: str
    assessor_a: str
    status_a: str
    as_of_a: dt.date
    basis_a: str
    assessment_a: str
    passages_a: Iris
    assessor_b: str
    status_b: str
    as_of_b: dt.date
    basis_b: str
    assessment_b: str
    passages_b: Iris


@dataclass(frozen=True)
class WhichDemandsReturnRow(Sourced):
    """A later recommendation and the earlier one it takes up; somebody judged that it does.

    `later_statuses` and `earlier_statuses` hold the current words on the adoption axis.
    """

    earlier: str
    later: str
    earlier_label: str
    later_label: str
    kind: str
    judged_by: str
    basis: str
    why: str
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

    `in_force` is `inForce`, `notInForce` or `not stated`; on a day, it is `not stated` where the
    dates leave open whether the text held on that day.
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

    `kind` is claim, absence, statistic, safeguard or allegation.
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
    as_of: dt.date | None
    date: str | None
    disputes: Iris
    disputed_by: Iris
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
    as_of: dt.date | None
    date: str | None
    statement: str | None
    passages: Iris


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
    as_of: dt.date | None
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
    """Two sides of one matter. `kind` is fact, judgement, count or status."""

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


# --- one entity ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class PassageRow:
    """Where a passage stands; None for what is not known because the text is not at hand."""

    passage: str
    document: str
    document_title: str
    publisher: str | None
    date: str | None
    section: str
    start: int | None
    end: int | None
    fragment: str | None
    locator: str | None
    url: str | None
    file_name: str | None
    file_sha256: str | None
    sha256_raw: str | None
    sha256_normalised: str | None

    @property
    def link(self) -> str | None:
        """The address of the passage on the web, or None when the document has none."""
        return f"{self.url}#{self.fragment or ''}".rstrip("#") if self.url else None


@dataclass(frozen=True)
class StatementRow(Sourced):
    """One triple of an entity, seen from it: `value` is an IRI when `value_is_iri`.

    `property` is an IRI with a label (`ontology.terms.label`). `outgoing` tells the direction.
    `statement` is the node that carries the passages; the entity itself when it is one.
    """

    property: str
    value: str
    value_is_iri: bool
    outgoing: bool
    allegation: bool
    statement: str | None
    attributed_to: Iris
    passages: Iris


@dataclass(frozen=True)
class Entity:
    """One entity with everything known of it."""

    iri: str
    label: str
    types: Iris
    summary: str | None
    statements: tuple[StatementRow, ...]
    attributed_to: Iris
    passages: Iris


@dataclass(frozen=True)
class FoundRow:
    """One hit of a search by name."""

    iri: str
    kind: str
    label: str
    matched: str
