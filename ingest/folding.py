"""The journal's decisions as sources of facts, beside the corpus files."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.decisions import Addition, Declaration, Description, Import, Record, Verdict, live
from ingest.facts import CorpusFile
from ingest.journal import FILE
from ingest.reading import Curation, LoadedFile
from ingest.sources import Actor, Document
from ontology.errors import CorpusError

LONGEST_SLUG = 48
ADDING = {"accept", "state"}
"""The decisions that say something in the graph; to reject or to be unsure says nothing."""

BatchReader = Callable[
    [Record, Import, list[LoadedFile]], tuple[Sequence[LoadedFile], Collection[str]]
]
"""Reads an imported batch, given the sources of facts before it: what it says, what it replaces."""


def slug(text: str) -> str:
    """Return a name as the last part of an address: ASCII words joined by hyphens.

    A name in another script has none that ASCII could keep; it gets the start of its SHA-256.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_SLUG].strip("-")
    return words or hashlib.sha256(text.encode()).hexdigest()[:10]


def reviewer_id(who: str) -> str:
    """Return the id of the actor who a reviewer is in the graph.

    Where the address loses more of a name than its capitals, some of its SHA-256 keeps it apart
    from others: two people must never speak as one.
    """
    plain = slug(who)
    if plain == who.strip().casefold().replace(" ", "-"):
        return f"reviewer-{plain}"
    return f"reviewer-{plain}-{hashlib.sha256(who.strip().encode()).hexdigest()[:6]}"


@dataclass(frozen=True)
class TakenIn:
    """A document in the workspace: how it came, and what it is once somebody has said so."""

    addition: Addition
    record: Record
    described: Document | None = None
    actors: Sequence[Actor] = ()


def documents_in(records: Iterable[Record]) -> dict[str, TakenIn]:
    """Return the documents taken in by live records, by id, with their last description."""
    found: dict[str, TakenIn] = {}
    for record in records:
        decision = record.decision
        if isinstance(decision, Addition):
            found[decision.document] = TakenIn(decision, record)
        elif isinstance(decision, Description) and decision.document.id in found:
            known = found[decision.document.id]
            found[decision.document.id] = TakenIn(
                known.addition, known.record, decision.document, decision.actors
            )
    return found


def folded(
    corpus: Sequence[LoadedFile], records: Sequence[Record], read_batch: BatchReader
) -> list[LoadedFile]:
    """Return the corpus files and the decisions that count as one list of sources of facts.

    Raises CorpusError, with the line of the journal, for a decision whose document nobody
    described, and what `read_batch` raises.
    """
    counted = live(list(records))
    last = {r.decision.document.id: r for r in counted if isinstance(r.decision, Description)}
    files = list(corpus)
    documents = {file.facts.document.id: file.facts.document for file in corpus}
    taken = documents_in(counted)
    for ident, record in last.items():
        if ident not in taken:
            raise CorpusError(
                FILE, record.number, f"the document `{ident}` has been taken back",
                "Take it in again, or undo this decision too",
            )  # fmt: skip
        documents[ident] = _described(record)
    named: set[str] = set()
    for record in counted:
        decision = record.decision
        if isinstance(decision, Import):
            batch, replaces = read_batch(record, decision, files)
            files = [file.without(replaces) for file in files] if replaces else files
            documents |= {file.facts.document.id: file.facts.document for file in batch}
            if not batch:  # what it says is in the corpus files by now
                continue
            found, *rest = batch
            files += rest
        elif isinstance(decision, Description) and last[decision.document.id] is record:
            document = documents[decision.document.id]
            facts = CorpusFile(format=1, document=document, passages={}, actors=decision.actors)
            found = LoadedFile(FILE, facts, number=record.number)
        elif isinstance(decision, Verdict | Declaration) and decision.action in ADDING:
            if decision.replaces:
                files = [file.without(set(decision.replaces)) for file in files]
            found = _decided(record, decision, documents)
        else:
            continue
        if (reviewer := reviewer_id(record.who)) not in named:
            named.add(reviewer)
            found = with_reviewer(found, record.who)
        files.append(found)
    return files


def _described(record: Record) -> Document:
    assert isinstance(record.decision, Description)
    return record.decision.document.model_copy(
        update={
            "recorded": record.at,
            "recorded_by": reviewer_id(record.who),
            "review": f"described by {record.who}",
        }
    )


def _decided(
    record: Record, decision: Verdict | Declaration, documents: Mapping[str, Document]
) -> LoadedFile:
    document = documents.get(decision.document)
    if document is None:
        raise CorpusError(
            FILE, record.number, f"nobody has said what document `{decision.document}` is",
            f"Say `reformgraph describe {decision.document}`, or undo the decision",
        )  # fmt: skip
    recorded = [
        entry.model_copy(update={"recorded": entry.recorded or record.at})
        for entry in decision.facts.assessments
    ]
    sections = {name: getattr(decision.facts, name) for name in type(decision.facts).model_fields}
    facts = CorpusFile.model_construct(
        format=1, document=document, **{**sections, "assessments": recorded}
    )
    curation = Curation(record.id, reviewer_id(record.who), record.at, _review(record, decision))
    return LoadedFile(FILE, facts, number=record.number, curation=curation)


def _review(record: Record, decision: Verdict | Declaration) -> str:
    """Say how a decision came about, in the words that the check and method pages show."""
    if isinstance(decision, Declaration):
        return f"stated by {record.who}"
    rules = ", ".join(sorted({f"{p.rule} (version {p.rules_version})" for p in decision.proposals}))
    return f"decided by {record.who} on a proposal of rule {rules}"


def with_reviewer(file: LoadedFile, who: str) -> LoadedFile:
    """Return a source of facts that also says who the reviewer is who decided upon it."""
    actor = Actor(
        id=reviewer_id(who), label=who, kind="curator",
        description="A reviewer of this workspace, by the name they chose.",
    )  # fmt: skip
    facts = file.facts.model_copy(update={"actors": [*file.facts.actors, actor]})
    return replace(file, facts=facts)
