"""Taking in and deciding on the command line: each function does one command and tells it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explorer.markup import seen
from explorer.settings import Settings
from ingest import drafting
from ingest.deciding import Desk
from ingest.decisions import Declaration, Record, Reminder, Verdict, live, taken_back
from ingest.facts import Facts
from ingest.folding import reviewer_id, slug
from ingest.readers import Limits, Reading, bytes_of, read_limited
from ingest.reviewing import Waiting, asks_of, pick
from ingest.sources import Actor
from ontology.errors import NotFoundError, ReformError, UsageError

AROUND = 160
"""Characters shown before and after a passage."""


def name_of(settings: Settings, given: str | None) -> str:
    """Return under which name decisions are recorded.

    Raises UsageError when nobody has said it: the record must tell who decided.
    """
    who = given or settings.reviewer
    if not who:
        raise UsageError(
            "nobody is named as the one who decides. Say --who NAME, or set REFORMGRAPH_REVIEWER."
        )
    return who


# --- documents ---


@dataclass(frozen=True)
class Coming:
    """A document that was read and may be kept: where it came from, its bytes, what they say."""

    data: bytes
    reading: Reading
    url: str | None = None


def coming(sources: Sequence[str]) -> Iterator[Coming | ReformError]:
    """Read files, all files of folders, and web addresses; a failure does not stop the others."""
    for source in sources:
        if source.casefold().startswith(("http://", "https://")):
            yield _tried(lambda source=source: _fetched(source))
            continue
        path = Path(source)
        paths = sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
        for each in paths:
            if not each.name.startswith("."):
                yield _tried(lambda each=each: read_here(bytes_of(each, Limits().size), each.name))


def _tried(read: Any) -> Coming | ReformError:
    try:
        found: Coming = read()
    except ReformError as error:
        return error
    return found


def read_here(data: bytes, name: str, url: str | None = None) -> Coming:
    """Read some bytes in a limited process; nothing is kept.

    Raises ReformError when they cannot be read.
    """
    return Coming(data, read_limited(data, name), url)


def _fetched(url: str) -> Coming:
    from ingest.fetching import fetch

    found = fetch(url)
    return read_here(found.data, found.name, found.url)


def told_coming(one: Coming) -> str:
    """Return in lines what a document is, before it is kept."""
    reading = one.reading
    about = [
        reading.media_type, f"{len(one.data):,} bytes", f"{len(reading.text):,} characters",
        f"{len(reading.pages)} pages" if reading.pages else "", reading.language,
    ]  # fmt: skip
    lines = [f"{reading.name}: {', '.join(part for part in about if part)}"]
    if one.url:
        lines.append(f"  from {one.url}")
    lines.append(f"  begins: {' '.join(reading.text.split())[:AROUND]}")
    lines += [f"  note: {finding.message}" for finding in reading.findings]
    return "\n".join(seen(line) for line in lines)


def describe(desk: Desk, who: str, ident: str, said: Said) -> Record:
    """Record what a document is; a new publisher comes along as an actor."""
    fields = {name: value for name, value in said.fields.items() if value is not None}
    actors = []
    if said.new_publisher:
        publisher = Actor(
            id=slug(said.new_publisher), label=said.new_publisher, kind=said.publisher_kind or "ngo"
        )
        actors.append(publisher)
        fields["publisher"] = publisher.id
    return desk.describe(who, ident, fields, actors, said.withhold)


@dataclass(frozen=True)
class Said:
    """What a person says of a document on the command line."""

    fields: dict[str, Any] = field(default_factory=dict)
    new_publisher: str | None = None
    publisher_kind: str | None = None
    withhold: Sequence[str] = ()

    @property
    def enough(self) -> bool:
        """Whether it can be recorded at once: publisher and kind are known."""
        return bool((self.fields.get("publisher") or self.new_publisher) and self.fields["kind"])


# --- the queue ---


def documents_told(desk: Desk) -> str:
    """Return a line for each document of the workspace: what waits in it."""
    lines = []
    for ident, held in desk.taken_in().items():
        waiting = desk.waiting(ident)
        states = {state: sum(1 for one in waiting if one.state == state) for state in STATES}
        counts = ", ".join(f"{count} {word}" for word, count in _worded(states) if count)
        missing = "" if desk.is_described(ident) else "; not described yet"
        lines.append(f"{ident}  {held.addition.name}: {counts or 'no candidates'}{missing}")
    return "\n".join(seen(line) for line in lines) or (
        "No document has been taken in. Say `reformgraph add FILE`."
    )


STATES = {"open": "open", "unsure": "unsure", "accept": "accepted", "reject": "rejected"}


def _worded(states: dict[str, int]) -> list[tuple[str, int]]:
    return [(STATES[state], count) for state, count in states.items()]


def queue_told(desk: Desk, ident: str, states: Sequence[str]) -> str:
    """Return the candidates of a document in those states, each with its words and suggestions."""
    waiting = [one for one in desk.waiting(ident) if one.state in states]
    reading, asks = desk.reading(ident), asks_of(desk.corpus())
    withheld = desk.withheld(ident)
    blocks = []
    for one in waiting:
        candidate, proposed = one.candidate, one.proposal()
        page = f"  page {candidate.page}" if candidate.page else ""
        lines = [f"{one.id}  {candidate.kind}{page}  {one.state}"]
        if one.decision:
            lines[0] += f" by {one.decision.who} (decision {one.decision.number})"
        lines.append(f"  {drafting.quoted(reading.text, candidate.start, candidate.end, withheld)}")
        if candidate.kind == "status":
            lines.append(f"  says: {candidate.response}")
        else:
            lines.append(f"  from {_who(candidate.proposers, proposed.proposers)}"
                         f" to {_who(candidate.addressees, proposed.addressees)}")  # fmt: skip
            near = [f"{c.iri} ({c.relation}, {c.score:.2f})" for c in asks.compare(candidate.text)]
            if near:
                lines.append(f"  known asks near it: {'; '.join(near[:3])}")
        blocks.append("\n".join(seen(line) for line in lines))
    blocks.append(f"{len(waiting)} candidates.")
    return "\n\n".join(blocks)


def _who(names: Sequence[str], proposed: Sequence[str]) -> str:
    told = ", ".join(names) or "nobody named"
    return f"{told} [{', '.join(proposed)}]" if proposed else told


def queue_json(desk: Desk, ident: str, states: Sequence[str]) -> str:
    """Return the candidates of a document as JSON, without its words."""
    return json.dumps(
        [
            {"id": one.id, "state": one.state, **one.proposal().model_dump(mode="json")}
            for one in desk.waiting(ident)
            if one.state in states
        ],
        indent=2,
    )


# --- decisions ---


def candidates(desk: Desk, idents: Sequence[str]) -> list[Waiting]:
    """Return the candidates that are named, all of one document.

    Raises UsageError for candidates of several documents, NotFoundError for what is none.
    """
    documents = {ident.partition("/")[0] for ident in idents}
    if len(documents) != 1:
        raise UsageError("candidates of several documents cannot be decided as one.")
    waiting = desk.waiting(documents.pop())
    return [pick(waiting, ident) for ident in idents]


def decide(
    desk: Desk, who: str, verdict: str, idents: Sequence[str], facts: Facts, reason: str | None
) -> Record:
    """Record what became of some candidates."""
    chosen = candidates(desk, idents)
    decision = Verdict.model_validate(
        {
            "action": verdict, "document": chosen[0].document, "facts": facts, "reason": reason,
            "proposals": [one.proposal() for one in chosen],
        }
    )  # fmt: skip
    return desk.record(who, decision)


def accepted(
    desk: Desk, idents: Sequence[str], said: dict[str, Any], new: dict[str, str | None]
) -> Facts:
    """Return the recommendation that a person makes of candidates, with new asks and themes.

    What rules proposed is told, not taken: a missing issuer or addressee is an error that names it.
    """
    chosen = candidates(desk, idents)
    document = chosen[0].document
    spans = said.pop("spans") or [one.span(desk.withheld(document)) for one in chosen]
    for name, proposed in (("issuers", "proposers"), ("addressees", "addressees")):
        if not said[name]:
            near = sorted({a for one in chosen for a in getattr(one.proposal(), proposed)})
            hint = f" Proposed: {', '.join(near)}." if near else ""
            raise UsageError(f"nobody is named as {name[:-1]}. Say --{name[:-1]} ACTOR.{hint}")
    more = {}
    if new["ask"]:
        more["asks"] = [
            {"id": slug(new["ask"]), "label": new["ask"], "definition": said["summary"]}
        ]
        said["asks"] = [*said["asks"], slug(new["ask"])]
    if new["theme"]:
        more["themes"] = [
            {"id": slug(new["theme"]), "label": new["theme"], "definition": new["theme"]}
        ]
        said["themes"] = [*said["themes"], slug(new["theme"])]
    return drafting.recommendation(document, desk.place(document, spans), said, **more)


def assess(desk: Desk, who: str, said: dict[str, Any], evidence: Evidence) -> Record:
    """Record what somebody says became of a recommendation, on a passage or after a look."""
    said = {**said, "by": said["by"] or reviewer_id(who)}
    host = evidence.document or (evidence.looked_in[0] if evidence.looked_in else None)
    if host is None:
        raise UsageError(
            "no evidence is named. Say --document with --first and --last, or --looked-in."
        )
    look = None
    if evidence.looked_in:
        look = {
            "on": said["as_of"], "by": said["by"], "documents": list(evidence.looked_in),
            "summary": evidence.searched,
        }  # fmt: skip
    place = desk.place(host, evidence.spans(desk, host))
    facts = drafting.assessment(host, place, said, look)
    return desk.record(who, Declaration(document=host, facts=facts))


@dataclass(frozen=True)
class Evidence:
    """The passage or the look on which a statement rests, as given on the command line."""

    document: str | None = None
    first: str | None = None
    last: str | None = None
    looked_in: Sequence[str] = ()
    searched: str | None = None

    def spans(self, desk: Desk, host: str) -> list[tuple[int, int]]:
        """Return the place of the words in the document, or none after a look."""
        if not (self.first and self.last):
            return []
        return [drafting.span_of(desk.reading(host).text, self.first, self.last)]


def state(desk: Desk, who: str, document: str, file: Path, replaces: Sequence[str]) -> Record:
    """Record the facts of a YAML file about one document."""
    data = bytes_of(file, Limits().size)
    facts = drafting.from_file(file.name, data, desk.place(document, []))
    return desk.record(who, Declaration(document=document, facts=facts, replaces=list(replaces)))


def remind(desk: Desk, who: str, recommendation: str, on: dt.date, reason: str | None) -> Record:
    """Record that somebody wants to look again at a recommendation on a day."""
    ident = recommendation.removeprefix("recommendation/")
    if not any(entry.id == ident for _, entry in desk.corpus().entries("recommendations")):
        raise NotFoundError(f"{recommendation}: is no recommendation. `ask` finds them.")
    return desk.record(who, Reminder(recommendation=ident, on=on, reason=reason))


def due_told(desk: Desk, today: dt.date) -> str:
    """Return the recommendations that somebody wanted to look at again by now, oldest first."""
    due = sorted(
        (record.decision.on, record.number, record)
        for record in live(desk.journal.read().records)
        if isinstance(record.decision, Reminder) and record.decision.on <= today
    )
    lines = []
    for on, number, record in due:
        assert isinstance(record.decision, Reminder)
        reason = f": {record.decision.reason}" if record.decision.reason else ""
        lines.append(f"{on}  recommendation/{record.decision.recommendation}{reason} "
                     f"({record.who}, decision {number})")  # fmt: skip
    lines.append(f"{len(due)} to look at again. `undo NUMBER` takes one off the list.")
    return "\n".join(seen(line) for line in lines)


def journal_told(desk: Desk) -> str:
    """Return a line for each decision, newest first."""
    records = desk.journal.read().records
    undone = taken_back(records)
    lines = [
        f"{r.number:>4}  {r.at:%Y-%m-%d %H:%M}  {r.who}: {in_words(r)}"
        f"{'  (taken back)' if r.id in undone else ''}"
        for r in reversed(records)
    ]
    return "\n".join(seen(line) for line in lines) or "Nothing has been decided yet."


def in_words(record: Record) -> str:
    """Return what was decided in a few words."""
    decision = record.decision
    if isinstance(decision, Verdict):
        words = {"accept": "accepted", "reject": "rejected", "unsure": "was unsure about"}
        rules = ", ".join(sorted({f"{p.rule} {p.rules_version}" for p in decision.proposals}))
        return f"{words[decision.action]} {_what(decision.facts)} in {decision.document} ({rules})"
    if isinstance(decision, Declaration):
        return f"stated {_what(decision.facts)} on {decision.document}"
    told = {
        "add": "took in {document} ({name})", "describe": "described {document[id]}",
        "import": "imported {name} as {document}", "undo": "took back {undoes}",
        "remind": "will look again at {recommendation} on {on}",
    }[decision.action]  # fmt: skip
    return told.format(**decision.model_dump(mode="json"))


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
