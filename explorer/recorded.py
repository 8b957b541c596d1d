"""What was decided, in words: the journal, what is due, the line that says a decision is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from explorer.markup import seen
from ingest.deciding import Desk
from ingest.decisions import (
    Declaration,
    Record,
    Verdict,
    dated_before,
    reminders,
    taken_back,
)
from ingest.facts import Facts


def due_told(desk: Desk, today: dt.date) -> str:
    """Return the recommendations that somebody wanted to look at again by now, oldest first."""
    wanted = reminders(desk.journal.read().records)
    due = [one for one in wanted if one[0] <= today]
    lines = []
    for on, record, reminder in due:
        reason = f": {reminder.reason}" if reminder.reason else ""
        lines.append(f"{on}  recommendation/{reminder.recommendation}{reason} "
                     f"({record.who}, decision {record.number})")  # fmt: skip
    later = f" {len(wanted) - len(due)} on a later day." if len(wanted) > len(due) else ""
    todo = "`reformgraph undo NUMBER` takes one off the list."
    lines.append(
        f"{len(due)} to look at again.{later} {todo}"
        if due
        else f"Nothing is to be looked at again by now.{later}"
    )
    return "\n".join(seen(line) for line in lines)


def journal_told(desk: Desk) -> str:
    """Return a line for each decision, newest first."""
    records = desk.journal.read().records
    undone, early = taken_back(records), dated_before(records)
    numbers = numbers_in(desk)
    lines = [
        f"{r.number:>4}  {r.at:%Y-%m-%d %H:%M}  {r.who}: {in_words(r, numbers)}"
        f"{'  (taken back)' if r.id in undone else ''}"
        f"{f'  (dated before decision {r.number - 1})' if r in early else ''}"
        for r in reversed(records)
    ]
    return "\n".join(seen(line) for line in lines) or "Nothing has been decided yet."


def numbers_in(desk: Desk) -> dict[str, int]:
    """Return the number of each decision by its id."""
    return {record.id: record.number for record in desk.journal.read().records}


def in_words(record: Record, numbers: Mapping[str, int] | None = None) -> str:
    """Return what was decided in a few words; `numbers` are those of the decisions by id."""
    decision = record.decision
    if isinstance(decision, Verdict):
        words = {"accept": "accepted", "reject": "rejected", "unsure": "was unsure about"}
        rules = ", ".join(sorted({f"{p.rule} {p.rules_version}" for p in decision.proposals}))
        return f"{words[decision.action]} {_what(decision.facts)} in {decision.document} ({rules})"
    if isinstance(decision, Declaration):
        return f"stated {_what(decision.facts)} on {decision.document}"
    told = {
        "add": "took in {document} ({name})", "describe": "described {document[id]}",
        "import": "imported {name} as {document}", "undo": "took back decision {undoes}",
        "remind": "will look again at {recommendation} on {on}",
    }[decision.action]  # fmt: skip
    fields = decision.model_dump(mode="json")
    if numbers and "undoes" in fields:
        fields["undoes"] = numbers[fields["undoes"]]
    return told.format(**fields)


def _what(facts: Facts) -> str:
    named = [
        f"{section.rstrip('s')} {entry.id}"
        for section in ("recommendations", "assessments", "claims")
        for entry in getattr(facts, section)
    ]
    return ", ".join(named) or "a proposal"


def saved(record: Record, numbers: Mapping[str, int] | None = None) -> str:
    """Return the line that says a decision is on the disk; `numbers` as in `in_words`."""
    return seen(f"Saved as decision {record.number}: {record.who} {in_words(record, numbers)}.")
