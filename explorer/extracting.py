"""Candidates of a document on the command line: what it asks, or says came of an ask."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from explorer.markup import seen
from explorer.settings import Settings
from explorer.workspace import open_current
from graph.entities import labels
from graph.store import Store
from ingest.extraction import Candidate, Extraction, extract_files, not_read
from ingest.linking import Label
from ontology.errors import UsageError
from ontology.identifiers import is_data, parse

LINKED = {"actor": "actor", "instrument": "instrument", "version": "instrument", "theme": "theme"}
"""The kinds of entity a candidate may be linked to, and what the extraction calls them."""


@dataclass(frozen=True)
class Model:
    """A language model to be asked as well: the server's address, and the model's name there."""

    server: str | None = None
    name: str | None = None


def extract(
    settings: Settings,
    paths: Sequence[Path],
    statuses: bool,
    model: Model,
    tell: Callable[[str], None],
) -> Extraction:
    """Find the candidates of some files, linked to the actors, instruments and themes known.

    `tell` gets which document is in a language that no rule knows, and what a model's answers
    lacked. Raises UsageError when only its server or only its
    name is given, ReformError when the server cannot be used.
    """
    if bool(model.server) != bool(model.name):
        raise UsageError(
            "--model: goes with --model-server. Give both --model-server URL and --model NAME."
        )
    known = known_labels(open_current(settings))
    found = extract_files(paths, labels=known, statuses=statuses)
    for unread in filter(None, map(not_read, found.readings)):
        tell(unread)
    if model.server and model.name:
        return _with_model(settings, found, known, model.server, model.name, tell)
    return found


def _with_model(
    settings: Settings,
    found: Extraction,
    known: Sequence[Label],
    server: str,
    model: str,
    tell: Callable[[str], None],
) -> Extraction:
    """Return the candidates with those that a model proposes; the texts are sent to it.

    `tell` gets a line for each piece without a usable answer, and how many results were dropped.
    """
    from ingest.llm import propose

    candidates = list(found.candidates)
    for reading in found.readings:
        answer = propose(
            reading, base_url=server, model=model, api_key=settings.model_key, labels=known
        )
        candidates += answer.candidates
        for note in answer.notes:
            tell(note)
        if answer.dropped:
            tell(f"{reading.name}: {answer.dropped} results dropped, whose quote is not there.")
    candidates.sort(key=lambda one: (one.doc, one.start))
    return replace(found, candidates=candidates)


def known_labels(store: Store) -> list[Label]:
    """Return the names by which the graph knows actors, instruments and themes."""
    return [
        Label(iri, name, LINKED[parse(iri)[0]])
        for iri, name in labels(store).items()
        if is_data(iri) and parse(iri)[0] in LINKED
    ]


def as_json(found: Extraction) -> str:
    """Return the candidates as a JSON list."""
    return json.dumps(found.as_json(), ensure_ascii=False, indent=2)


def as_text(found: Extraction) -> str:
    """Return the candidates for people, document by document, and what was odd in each."""
    lines = [_block(candidate) for candidate in found.candidates]
    lines += [
        f"{reading.name}: {finding.message}"
        for reading in found.readings
        for finding in reading.findings
    ]
    lines.append(
        f"{len(found.candidates)} candidate{'s' * (len(found.candidates) != 1)}. A person decides "
        "which of them are facts: `reformgraph add FILE` takes the document in for that."
    )
    return "\n".join(seen(line) for line in lines)


def _block(one: Candidate) -> str:
    page = f" page {one.page}" if one.page else ""
    who = f"{', '.join(one.proposers) or 'not named'} → {', '.join(one.addressees) or 'not named'}"
    return f"{one.doc}{page} {one.start}-{one.end}  {one.kind}  {one.score:.2f}  {who}: {one.text}"
