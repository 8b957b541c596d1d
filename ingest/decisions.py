"""Decisions: what a person may put on record, as pydantic models of one journal line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from ingest.facts import Facts
from ingest.fields import Label, RecommendationRef, Recorded, Sha256, Slug, Text, WebAddress
from ingest.sources import Actor, Document, Entry

Node = Annotated[str, StringConstraints(pattern=r"^[a-z]+:[a-z0-9/_-]+$")]
"""An entry written `kind:id`."""


FileName = Annotated[str, StringConstraints(min_length=1, max_length=255)]


class Proposal(Entry):
    """What a rule proposed: the place and the rule, no words of the document.

    `start` and `end` are characters of the document's text, end exclusive. `addressees` and
    `proposers` are the known actors that the rule took the names for.
    """

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(gt=0)]
    kind: Literal["ask", "reported ask", "mandate", "status"]
    rule: str
    rules_version: str
    score: float
    addressees: list[Slug] = []
    proposers: list[Slug] = []
    response: str = ""


class Addition(Entry):
    """A document is taken in: its bytes are kept, nothing is said in the graph as yet."""

    action: Literal["add"] = "add"
    document: Slug
    name: FileName
    sha256: Sha256
    size: Annotated[int, Field(gt=0)]
    media_type: str
    url: WebAddress | None = None


class Description(Entry):
    """What a document is: who published it, when, where; a later description replaces it.

    `actors` brings along a publisher whom nobody has written down yet.
    """

    action: Literal["describe"] = "describe"
    document: Document
    actors: list[Actor] = []


class Verdict(Entry):
    """A person accepts, rejects or leaves open what rules proposed in one document.

    Several proposals accepted together are merged; several recommendations in `facts` split one.
    """

    action: Literal["accept", "reject", "unsure"]
    document: Slug
    proposals: Annotated[list[Proposal], Field(min_length=1)]
    facts: Facts = Facts()
    replaces: list[Node] = []
    reason: Text | None = None

    @model_validator(mode="after")
    def _accepts_something(self) -> Verdict:
        if self.action == "accept" and not self.facts.says_something:
            raise ValueError("accepts nothing: give the recommendation or status that it becomes")
        return self


class Declaration(Entry):
    """A person states facts by hand, each with its passage; entries named are replaced."""

    action: Literal["state"] = "state"
    document: Slug
    facts: Facts
    replaces: list[Node] = []
    reason: Text | None = None


class Reminder(Entry):
    """A person wants to look again at a recommendation on a day."""

    action: Literal["remind"] = "remind"
    recommendation: RecommendationRef
    on: dt.date
    reason: Text | None = None


class Import(Entry):
    """A file of many rows is taken in as one batch; its facts are read from it at every build.

    `links` says what the names in it were taken for, so that the batch keeps its ids when more
    becomes known. `document` is the batch's own.
    """

    action: Literal["import"] = "import"
    document: Slug
    name: FileName
    sha256: Sha256
    mapping: Sha256 | None = None
    mapping_name: FileName = "mapping.yaml"
    links: dict[str, str] = {}
    reason: Text | None = None


class Undo(Entry):
    """A decision is taken back; the record of it stays."""

    action: Literal["undo"] = "undo"
    undoes: Slug
    reason: Text | None = None


Decision = Annotated[
    Addition | Description | Verdict | Declaration | Reminder | Import | Undo,
    Field(discriminator="action"),
]


class Record(Entry):
    """One line of the journal: who decided what, when; `previous` chains it to the line before.

    `id` is random, so that it can be named in public without telling how many decisions there are.
    """

    format: Literal[2] = 2
    number: Annotated[int, Field(gt=0)]
    id: Slug
    at: Recorded
    who: Label
    decision: Decision
    previous: Sha256


def reminders(records: Sequence[Record]) -> list[tuple[dt.date, Record, Reminder]]:
    """Return who wants to look again at what and when, the earliest first."""
    found = [
        (record.decision.on, record, record.decision)
        for record in live(records)
        if isinstance(record.decision, Reminder)
    ]
    return sorted(found, key=lambda one: (one[0], one[1].number))


def dated_before(records: Sequence[Record]) -> list[Record]:
    """Return the records whose time is before that of the record before them: a clock was wrong.

    The order of decisions is that of the lines, whatever the times say. Less than a minute does
    not count: clocks are set right by so much.
    """
    return [
        later
        for earlier, later in pairwise(records)
        if earlier.at - later.at > dt.timedelta(minutes=1)
    ]


def taken_back(records: Sequence[Record]) -> set[str]:
    """Return the ids of the records that are undone.

    An undo that is itself undone does not count, so that what it took back is there again.
    """
    undone: set[str] = set()
    for record in reversed(records):
        if isinstance(record.decision, Undo) and record.id not in undone:
            undone.add(record.decision.undoes)
    return undone


def live(records: Sequence[Record]) -> list[Record]:
    """Return the records that count: not the undone ones, and no undo itself."""
    undone = taken_back(records)
    return [r for r in records if r.id not in undone and not isinstance(r.decision, Undo)]
