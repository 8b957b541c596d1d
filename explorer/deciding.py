"""Deciding on the command line: the queue, and decisions; one function a command."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer.markup import seen
from explorer.settings import Settings
from ingest import drafting
from ingest.deciding import Desk
from ingest.decisions import Declaration, Record, Reminder, Verdict
from ingest.drafting import WITHHELD
from ingest.extraction import TooMuchError
from ingest.facts import Facts
from ingest.folding import reviewer_id, slug
from ingest.objections import refuse_lost
from ingest.quotes import stretch
from ingest.readers import Limits, bytes_of
from ingest.reviewing import Waiting, asks_of, pick
from ingest.tables.known import Names, NoSuchNameError
from ontology.errors import ReformError, UsageError
from ontology.identifiers import curie, parse


def name_of(settings: Settings, given: str | None) -> str:
    """Return under which name decisions are recorded.

    Raises UsageError when nobody has said it: the record must tell who decided.
    """
    who = settings.reviewer if given is None else given.strip()
    if not who:
        raise UsageError(
            "nobody is named as the one who decides. Say --who NAME, or set REFORMGRAPH_REVIEWER."
        )
    return who


def today() -> dt.date:
    """Return the day as records tell it, in UTC: elsewhere it may be tomorrow already."""
    return dt.datetime.now(dt.UTC).date()


# --- the queue ---


def documents_told(desk: Desk) -> str:
    """Return a line for each document of the workspace: what waits in it."""
    lines = []
    for ident, held in desk.taken_in().items():
        try:
            waiting = desk.waiting(ident)
        except TooMuchError as error:
            lines.append(f"{ident}  {error}")
            continue
        states = Counter(one.state for one in waiting)
        counts = ", ".join(f"{states[one]} {word}" for one, word in STATES.items() if states[one])
        missing = "" if desk.is_described(ident) else "; not described yet"
        lines.append(f"{ident}  {held.addition.name}: {counts or 'no candidates'}{missing}")
    return "\n".join(seen(line) for line in lines) or (
        "No document has been taken in. Say `reformgraph add FILE`."
    )


STATES = {
    "open": "open", "unsure": "unsure", "known": "on record already", "accept": "accepted",
    "reject": "rejected",
}  # fmt: skip


def queue_told(desk: Desk, ident: str, states: Sequence[str]) -> str:
    """Return the candidates of a document in those states, each with its words and suggestions."""
    waiting = [one for one in desk.waiting(ident) if one.state in states]
    reading, asks = desk.reading(ident), asks_of(desk.corpus())
    withheld = desk.withheld(ident)
    blocks = []
    for one in waiting:
        candidate = one.candidate
        page = f"  page {candidate.page}" if candidate.page else ""
        lines = [f"{one.id}  {candidate.kind}{page}  {one.state}"]
        if one.decision:
            lines[0] += f" by {one.decision.who} (decision {one.decision.number})"
        if one.state == "known":
            lines[0] += f" as {one.known}"
        lines.append(f"  {drafting.quoted(reading.text, candidate.start, candidate.end, withheld)}")
        if candidate.kind == "status":
            lines.append(f"  says: {candidate.response}")
        else:
            who = [_who(one, names, reading.text, withheld)
                   for names in (candidate.proposers, candidate.addressees)]  # fmt: skip
            lines.append(f"  from {who[0]} to {who[1]}")
            near = [f"{c.iri} ({c.relation}, {c.score:.2f})" for c in asks.compare(candidate.text)]
            if near:
                lines.append(f"  known asks near it: {'; '.join(near[:3])}")
        blocks.append("\n".join(seen(line) for line in lines))
    todo = " `reformgraph decide --help` tells how to decide on one." if waiting else ""
    blocks.append(f"{len(waiting)} candidate{'s' * (len(waiting) != 1)}.{todo}")
    return "\n\n".join(blocks)


def _who(one: Waiting, names: Sequence[str], text: str, withheld: Sequence[tuple[int, int]]) -> str:
    """Return names as a document has them, each with the known actors it may mean, and scores."""
    told = []
    for name in names:
        shown = WITHHELD if drafting.says_a_name(name, text, withheld) else name
        near = [
            f"{parse(link.iri)[1]} {link.score:.2f}"
            for link in one.candidate.links
            if link.kind == "actor" and link.name == name
        ]
        told.append(f"{shown} [{', '.join(near)}]" if near else shown)
    return "; ".join(told) or "nobody named"


def queue_json(desk: Desk, ident: str, states: Sequence[str]) -> str:
    """Return the candidates of a document as JSON, without its words."""
    return json.dumps(
        [
            {
                "id": one.id,
                "state": one.state,
                **one.proposal().model_dump(mode="json"),
                "links": [
                    {"kind": link.kind, "id": curie(link.iri), "score": link.score}
                    for link in one.candidate.links
                ],
            }
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
    if "" in documents:
        raise UsageError(
            f"“{' '.join(idents)}” names no candidate. Write DOCUMENT/START-END, as `review` does."
        )
    if len(documents) != 1:
        raise UsageError(
            "candidates of several documents cannot be decided as one. Decide each apart."
        )
    waiting = desk.waiting(documents.pop())
    return [pick(waiting, ident) for ident in idents]


@dataclass(frozen=True)
class Accepted:
    """What a person makes of candidates: fields of a recommendation, or a file of facts."""

    said: dict[str, Any]
    new_ask: str | None = None
    new_theme: str | None = None
    file: Path | None = None


def decide(
    desk: Desk, who: str, verdict: str, idents: Sequence[str], given: Accepted, reason: str | None
) -> Record:
    """Record what became of some candidates."""
    chosen = candidates(desk, idents)
    document = chosen[0].document
    facts = Facts()
    if verdict == "accept" and given.file:
        facts = _facts_in(desk, document, given.file)
    elif verdict == "accept":
        facts = _recommendation(desk, chosen, given)
    proposals = [one.proposal() for one in chosen]
    return desk.record(
        who,
        drafting.entry(
            Verdict,
            {"action": verdict, "document": document, "proposals": proposals, "facts": facts,
             "reason": reason}
        ),
    )  # fmt: skip


def _facts_in(desk: Desk, document: str, file: Path) -> Facts:
    data = bytes_of(file, Limits().size)
    return drafting.from_file(file.name, data, desk.place(document, []))


def _recommendation(desk: Desk, chosen: Sequence[Waiting], given: Accepted) -> Facts:
    """Return the recommendation that a person makes of candidates, with new asks and themes.

    What rules proposed is told, not taken: a missing issuer or addressee is an error that names it.
    """
    document = chosen[0].document
    if any(one.candidate.kind == "status" for one in chosen):
        raise UsageError(
            "a statement of status is accepted with --facts FILE, or stated with `assess`."
        )
    said = dict(given.said)
    spans = _spans(desk, chosen, said.pop("spans"))
    for name, proposed in (("issuers", "proposers"), ("addressees", "addressees")):
        if not said[name]:
            near = sorted({a for one in chosen for a in getattr(one.proposal(), proposed)})
            hint = f" Proposed: {', '.join(near)}." if near else ""
            raise UsageError(f"nobody is named as {name[:-1]}. Say --{name[:-1]} ACTOR.{hint}")
    if not (said["asks"] or given.new_ask):
        text = " ".join(one.candidate.text for one in chosen)
        near = [f"{c.iri} ({c.relation})" for c in asks_of(desk.corpus()).compare(text)]
        hint = f" Near it: {', '.join(near[:3])}." if near else ""
        raise UsageError(f"no ask is named. Say --ask ASK, or --new-ask LABEL.{hint}")
    if not (said["themes"] or given.new_theme):
        known = ", ".join(entry.id for _, entry in desk.corpus().entries("themes"))
        raise UsageError(f"no theme is named. Say --theme THEME of {known}; or --new-theme LABEL.")
    new: dict[str, list[dict[str, Any]]] = {}
    for section, label in (("asks", given.new_ask), ("themes", given.new_theme)):
        if label:
            definition = said["summary"] if section == "asks" else label
            new[section] = [{"id": slug(label), "label": label, "definition": definition}]
            said[section] = [*said[section], slug(label)]
    actors = Names("actor", desk.corpus(), None)
    for name in ("issuers", "addressees"):
        said[name] = [read_actor(actors, text) for text in said[name]]
    new["actors"] = made(actors)
    return drafting.recommendation(document, desk.place(document, spans), said, **new)


def _spans(desk: Desk, chosen: Sequence[Waiting], given: Sequence[str]) -> list[tuple[int, int]]:
    """Return the bounds of the passages: those given, else those of the candidates."""
    document = chosen[0].document
    text, withheld = desk.reading(document).text, desk.withheld(document)
    if not given:
        return [one.span(text, withheld) for one in chosen]
    spans = [_span(one) for one in given]
    sentences = [(one.candidate.sentence_start, one.candidate.sentence_end) for one in chosen]
    for start, end in spans:
        if not any(start < stop and end > begin for begin, stop in sentences):
            raise UsageError(
                f"{start}-{end} has none of the words proposed. Name other bounds, or state the "
                "recommendation by hand."
            )
    return spans


def read_actor(names: Names, text: str) -> str:
    """Return the id of an actor given by id, label or alias, or as `Name [kind]` when new."""
    try:
        return names.read(text.removeprefix("actor/"))
    except NoSuchNameError as error:
        raise UsageError(str(error)) from error


def made(names: Names) -> list[dict[str, Any]]:
    """Return the actors that were given as new ones."""
    return [{"id": one.ident, "label": one.label, "kind": one.kind} for one in names.made.values()]


def _span(text: str) -> tuple[int, int]:
    start, _, end = text.partition("-")
    if not (start.isdigit() and end.isdigit()):
        raise UsageError(f"“{text}” is no span. Write START-END, such as 120-240.")
    return int(start), int(end)


def assess(desk: Desk, who: str, said: dict[str, Any], evidence: Evidence) -> Record:
    """Record what somebody says became of a recommendation, on a passage or after a look."""
    actors = Names("actor", desk.corpus(), None)
    by = read_actor(actors, said["by"]) if said["by"] else reviewer_id(who)
    said = {**said, "by": by}
    host = evidence.document or (evidence.looked_in[0] if evidence.looked_in else None)
    if host is None:
        raise UsageError(
            "no evidence is named. Say --document with --first and --last, or --looked-in."
        )
    look = None
    if evidence.looked_in:
        if len(said["as_of"]) != len("2025-11-24"):
            raise UsageError("A look is made on one day. Give it with --as-of, such as 2025-11-24.")
        look = {
            "on": said["as_of"], "by": said["by"], "documents": list(evidence.looked_in),
            "summary": evidence.searched,
        }  # fmt: skip
    place = desk.place(host, evidence.spans(desk, host))
    facts = drafting.assessment(host, place, said, look, evidence.provision, made(actors))
    return desk.record(who, Declaration(document=host, facts=facts))


@dataclass(frozen=True)
class Evidence:
    """The passage or the look on which a statement rests, as given on the command line."""

    document: str | None = None
    first: str | None = None
    last: str | None = None
    looked_in: Sequence[str] = ()
    searched: str | None = None
    version: str | None = None
    article: str | None = None
    says: str | None = None

    @property
    def provision(self) -> dict[str, Any] | None:
        """The article that shows the status, when nobody has written it yet."""
        if not (self.version or self.article or self.says):
            return None
        return {"of": self.version, "number": self.article, "summary": self.says}

    def spans(self, desk: Desk, host: str) -> list[tuple[int, int]]:
        """Return the place of the words in the document, or none after a look."""
        if not (self.first and self.last):
            return []
        reading = desk.reading(host)
        return [stretch(reading.text, self.first, self.last, gaps=reading.gaps)]


def state(
    desk: Desk, who: str, document: str, file: Path, replaces: Sequence[str], reason: str | None
) -> Record:
    """Record the facts of a YAML file about one document."""
    facts = _facts_in(desk, document, file)
    if not (facts.says_something or replaces):
        raise ReformError(f"{file}: states nothing. Write one entry at least, such as a status.")
    refuse_lost(desk.corpus(), replaces)
    return desk.record(
        who,
        drafting.entry(
            Declaration,
            {"document": document, "facts": facts, "replaces": list(replaces), "reason": reason},
        ),
    )


def remind(desk: Desk, who: str, recommendation: str, on: dt.date, reason: str | None) -> Record:
    """Record that somebody wants to look again at a recommendation on a day."""
    ident = recommendation.removeprefix("recommendation/")
    fields = {"recommendation": ident, "on": on, "reason": reason}
    return desk.record(who, drafting.entry(Reminder, fields))
