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
    due = [one for one in reminders(desk.journal.read().records) if one[0] <= today]
    lines = []
    for on, record, reminder in due:
        reason = f": {reminder.reason}" if reminder.reason else ""
        lines.append(f"{on}  recommendation/{reminder.recommendation}{reason} "
                     f"({record.who}, decision {record.number})")  # fmt: skip
    lines.append(f"{len(due)} to look at again. `undo NUMBER` takes one off the list.")
    return "\n".join(seen(line) for line in lines)


def journal_told(desk: Desk) -> str:
    """Return a line for each decision, newest first."""
    records = desk.journal.read().records
    undone, early = taken_back(records), dated_before(records)
    numbers = {r.id: r.number for r in records}
    lines = [
        f"{r.number:>4}  {r.at:%Y-%m-%d %H:%M}  {r.who}: {in_words(r, numbers)}"
        f"{'  (taken back)' if r.id in undone else ''}"
        f"{f'  (dated before decision {r.number - 1})' if r in early else ''}"
        for r in reversed(records)
    ]
    return "\n".join(seen(line) for line in lines) or "Nothing has been decided yet."


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


def saved(record: Record) -> str:
    """Return the line that says a decision is on the disk."""
    return seen(f"Saved as decision {record.number}: {record.who} {in_words(record)}.")
