"""Who may decide what: readers see, reviewers decide, curators also answer for what others did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pydantic import BaseModel

from ingest.decisions import Decision, Declaration, Description, Record, Undo, Verdict, live
from ingest.folding import reviewer_id
from ingest.objections import RefusedError


class Role(StrEnum):
    """What somebody who has logged in may do."""

    reader = "reader"
    reviewer = "reviewer"
    curator = "curator"


@dataclass(frozen=True)
class Member:
    """Somebody who has logged in, by the name under which their decisions stand."""

    name: str
    role: Role


_REVIEWER: Final = re.compile(r"(?:actor:)?(reviewer-[a-z0-9-]+)")
_REVIEWS: Final = frozenset(
    {"accept", "reject", "unsure", "state", "remind", "add", "describe", "undo"}
)
"""Decisions of a reviewer; any other, also one that this table does not know, is a curator's."""


def may(member: Member, action: str) -> bool:
    """Tell whether a role allows decisions of a kind at all."""
    match member.role:
        case Role.reader:
            return False
        case Role.reviewer:
            return action in _REVIEWS
        case Role.curator:
            return True


def may_undo(member: Member, record: Record) -> bool:
    """Tell whether somebody may take back a decision: a reviewer her own, a curator all."""
    return may(member, "undo") and (member.role is Role.curator or record.who == member.name)


def refuse_beyond(member: Member, known: Sequence[Record], draft: Record) -> None:
    """Refuse a decision that is not this member's to make.

    Raises RefusedError that says whom to ask.
    """
    decision = draft.decision
    if draft.who != member.name:
        raise RefusedError(
            f"{draft.who}: {member.name} is logged in and decides under that name only. Log in as "
            "who decides."
        )
    if not may(member, decision.action):
        asked = "a curator" if member.role is Role.reviewer else "a reviewer or curator"
        raise RefusedError(
            f"{member.name}: the role {member.role.value} does not allow this "
            f"({decision.action}). Ask {asked}."
        )
    _refuse_other_mouths(member, known, decision)
    if isinstance(decision, Undo):
        undone = next(record for record in known if record.id == decision.undoes)
        if not may_undo(member, undone):
            raise RefusedError(
                f"Decision {undone.number} is by {undone.who}; a reviewer takes back her own. "
                "Ask a curator."
            )
    if isinstance(decision, Description) and member.role is not Role.curator:
        _refuse_other_words(member, known, decision)


def _refuse_other_mouths(member: Member, known: Sequence[Record], decision: BaseModel) -> None:
    """Let nobody state as another who decides here, nor say who that is.

    Who publishes a document speaks in all that is said on it without a speaker.
    """
    own = {reviewer_id(member.name)}
    if isinstance(decision, Verdict | Declaration):
        said = decision.facts.model_dump(mode="json")
    elif isinstance(decision, Description):
        said = _who_publishes(decision)
        before = _described_before(known, decision.document.id)
        own |= set(reviewers_in(_who_publishes(before.decision) if before else {}))
    else:
        return
    for name in reviewers_in(said):
        if name not in own:
            raise RefusedError(
                f"{name}: decides here and speaks for itself; {member.name} is logged in. Name "
                "another actor."
            )


def reviewers_in(value: object) -> Iterator[str]:
    """Yield the ids of those who decide here that stand anywhere in some facts."""
    if isinstance(value, str) and (found := _REVIEWER.fullmatch(value)):
        yield found[1]
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from reviewers_in(one)


def _who_publishes(decision: Decision) -> dict[str, object]:
    """Return what a description says of those who speak in a document."""
    assert isinstance(decision, Description)
    return decision.model_dump(mode="json", include={"document": {"publisher"}, "actors": True})


def _described_before(known: Sequence[Record], document: str) -> Record | None:
    """Return the last decision that counts which said what a document is."""
    said = [
        record
        for record in live(known)
        if isinstance(record.decision, Description) and record.decision.document.id == document
    ]
    return said[-1] if said else None


def _refuse_other_words(member: Member, known: Sequence[Record], decision: Description) -> None:
    """Let a reviewer withhold more names in any document, and say no other's document anew."""
    said = _described_before(known, decision.document.id)
    if said is None or said.who == member.name:
        return
    before = said.decision
    assert isinstance(before, Description)
    is_all_kept = set(before.document.withheld) <= set(decision.document.withheld)
    if is_all_kept and _but_names(before) == _but_names(decision):
        return
    raise RefusedError(
        f"{decision.document.id}: {said.who} has said what it is; a reviewer may withhold more "
        "names in it, and change nothing else. Ask a curator."
    )


def _but_names(said: Description) -> dict[str, object]:
    left_out = {"withheld", "recorded", "recorded_by", "review"}
    return said.model_dump(exclude={"document": left_out})
