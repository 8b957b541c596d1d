"""What an import would change, for people to see before they decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Become = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True)
class FieldChange:
    """One field of a known recommendation, as it was and as it would be."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """What becomes of one recommendation; `row` is the first that speaks of it.

    `statuses` counts the statuses that are new; `kept` is what a list says otherwise than a person
    decided, and is not taken.
    """

    what: Become
    row: int
    recommendation: str
    label: str
    fields: tuple[FieldChange, ...] = ()
    statuses: int = 0
    kept: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Counts:
    """Every row of the file, accounted for.

    `rows` = `blank` + `refused` + `recommendations` + `merged` + `repeated`, where a merged row
    adds an issuer to a recommendation of an earlier row, and a repeated one adds none;
    `recommendations` = `new` + `changed` + `unchanged`. `issuers` counts pairs of recommendation
    and issuer; `statuses`, `actors` and `themes` what is new of each.
    """

    rows: int
    blank: int
    refused: int
    recommendations: int
    merged: int
    repeated: int
    new: int
    changed: int
    unchanged: int
    issuers: int
    statuses: int
    actors: int
    themes: int
