"""The questions anyone may ask: a title in plain words, typed parameters, and the function."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph import answers
from graph.store import Store

Kind = Literal[
    "actor", "recommendation", "instrument", "version", "theme", "document", "post", "election",
    "entity", "status", "axis", "basis", "mechanism", "outcome", "disagreement", "date", "text",
    "number",
]  # fmt: skip
"""What a parameter takes: an entity of a kind, any entity, a word of a scheme, or a plain value."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question; `default` is the text used when none is given."""

    name: str
    kind: Kind
    doc: str
    required: bool = False
    default: str | None = None


@dataclass(frozen=True)
class Question:
    """A named question: `title` in plain words, `row` the class of its rows."""

    name: str
    title: str
    doc: str
    function: Callable[..., Sequence[Any]]
    row: type
    parameters: tuple[Parameter, ...]


def which_recommendations(
    store: Store,
    *,
    issuer: str | None = None,
    addressee: str | None = None,
    theme: str | None = None,
    document: str | None = None,
    status: str | None = None,
    axis: str = "adoption",
    assessor: str | None = None,
    basis: str | None = None,
    text: str | None = None,
    as_of: dt.date | None = None,
) -> list[answers.WhichRecommendationsRow]:
    """Return recommendations with every current voice on one axis; `document` is where it stands
    or what it was made in."""
    raise NotImplementedError


def what_happened_to(
    store: Store, *, recommendation: str | None = None, as_of: dt.date | None = None
) -> list[answers.WhatHappenedToRow]:
    raise NotImplementedError


def who_disagrees(
    store: Store, *, axis: str | None = None, as_of: dt.date | None = None
) -> list[answers.WhoDisagreesRow]:
    raise NotImplementedError


def which_demands_return(
    store: Store, *, recommendation: str | None = None, as_of: dt.date | None = None
) -> list[answers.WhichDemandsReturnRow]:
    raise NotImplementedError


def who_asked_whom(
    store: Store,
    *,
    issuer: str | None = None,
    addressee: str | None = None,
    document: str | None = None,
    as_of: dt.date | None = None,
) -> list[answers.WhoAskedWhomRow]:
    raise NotImplementedError


def who_signed(
    store: Store, *, document: str | None = None, signatory: str | None = None
) -> list[answers.WhoSignedRow]:
    raise NotImplementedError


def which_rules_govern(
    store: Store, *, party: str | None = None, other: str | None = None, as_of: dt.date | None = None
) -> list[answers.WhichRulesGovernRow]:
    raise NotImplementedError


def whose_rules_bind_the_data(
    store: Store, *, party: str | None = None, other: str | None = None, as_of: dt.date | None = None
) -> list[answers.WhoseRulesBindTheDataRow]:
    raise NotImplementedError


def what_is_said_about(
    store: Store,
    *,
    subject: str | None = None,
    claimant: str | None = None,
    as_of: dt.date | None = None,
) -> list[answers.WhatIsSaidAboutRow]:
    raise NotImplementedError


def which_safeguards(
    store: Store, *, body: str | None = None, as_of: dt.date | None = None
) -> list[answers.WhichSafeguardsRow]:
    raise NotImplementedError


def what_happened_in_cases(
    store: Store,
    *,
    requesting_state: str | None = None,
    requested_state: str | None = None,
    outcome: str | None = None,
    mechanism: str | None = None,
    as_of: dt.date | None = None,
) -> list[answers.WhatHappenedInCasesRow]:
    raise NotImplementedError


def how_many(
    store: Store, *, subject: str | None = None, as_of: dt.date | None = None
) -> list[answers.HowManyRow]:
    raise NotImplementedError


def who_stood_for(
    store: Store,
    *,
    post: str | None = None,
    candidate: str | None = None,
    election: str | None = None,
    as_of: dt.date | None = None,
) -> list[answers.WhoStoodForRow]:
    raise NotImplementedError


def where_sources_disagree(
    store: Store, *, kind: str | None = None, as_of: dt.date | None = None
) -> list[answers.WhereSourcesDisagreeRow]:
    raise NotImplementedError


def what_changed(
    store: Store,
    *,
    instrument: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[answers.WhatChangedRow]:
    raise NotImplementedError


def how_are_they_linked(
    store: Store, *, one: str, other: str, longest: int = 3, as_of: dt.date | None = None
) -> list[answers.HowAreTheyLinkedRow]:
    raise NotImplementedError


QUESTIONS: dict[str, Question] = {}


def ask(store: Store, name: str, **params: str) -> Sequence[Any]:
    """Ask a question with its parameters as text; `as_of` is YYYY-MM-DD.

    Raises NotFoundError for an unknown question or entity, UsageError for a wrong parameter.
    """
    raise NotImplementedError
