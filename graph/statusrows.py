"""The rows of answers on statuses: what became of recommendations, who says so, who disagrees."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from graph.rows import Iris, Sourced


@dataclass(frozen=True)
class WhichRecommendationsRow(Sourced):
    """One recommendation and one current voice on the axis asked for.

    Without a voice, `status` is `unassessed` and what describes the voice is None. `issued` and
    `spoken` are `yes` or, where the recommendation or the status need not have been given by the
    day asked for, `perhaps`.
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
    issued: str
    status: str
    assessor: str | None
    assessor_relation: str | None
    basis: str | None
    status_as_of: str | None
    spoken: str | None
    assessment: str | None
    status_passages: Iris
    contested: bool
    only_issuer: bool
    passages: Iris


@dataclass(frozen=True)
class WhatHappenedToRow(Sourced):
    """One assessment of a recommendation, whether it still stands or not.

    `as_of` is EDTF, `as_of_latest` the last day it can mean. `spoken` is `yes` or, where the
    status need not have been given by the day asked for, `perhaps`.
    """

    recommendation: str
    axis: str
    as_of: str
    as_of_latest: dt.date
    spoken: str
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
    """Two current assessments of one recommendation whose assessors and statuses differ.

    `years_apart` are the full years between what they speak for: each may be right in its time.
    """

    recommendation: str
    label: str
    axis: str
    assessor_a: str
    status_a: str
    as_of_a: str
    basis_a: str
    assessment_a: str
    passages_a: Iris
    assessor_b: str
    status_b: str
    as_of_b: str
    basis_b: str
    assessment_b: str
    passages_b: Iris
    years_apart: int
