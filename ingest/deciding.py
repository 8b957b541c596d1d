"""The desk where decisions are made: each is checked against all that is known, then recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import BaseModel

from ingest.decisions import Addition, Description, Import, Record, Undo, Verdict, live, taken_back
from ingest.folding import TakenIn, documents_in, folded
from ingest.journal import Book, Journal
from ingest.originals import Originals
from ingest.pipeline import snapshot_of
from ingest.reading import Corpus, CorpusMistakesError, LoadedFile, joined, read_files
from ontology.errors import NotFoundError, ReformError
from ontology.validation import Finding, validate


class RefusedError(ReformError):
    """A decision which would break a rule or contradict another one; nothing was recorded."""


class BrokenRulesError(RefusedError):
    """A decision which would bring in mistakes or Violations; the message has a line for each."""


class Desk:
    """The corpus files and the journal of one workspace, read together and decided upon."""

    def __init__(self, corpus: Traversable, home: Path) -> None:
        """Take the folder of corpus files and the workspace."""
        self._folder = corpus
        self.journal = Journal(home)
        self.originals = Originals(home / "originals")
        self._batches: dict[str, LoadedFile] = {}

    @cached_property
    def _files(self) -> list[LoadedFile]:
        return read_files(self._folder)

    def files(self, records: Sequence[Record]) -> list[LoadedFile]:
        """Return all sources of facts: the corpus files, and those decisions that count."""
        return folded(self._files, records, self._batch)

    def _batch(self, record: Record, decision: Import, before: Sequence[LoadedFile]) -> LoadedFile:
        raise NotImplementedError

    def corpus(self, book: Book | None = None) -> Corpus:
        """Return all that is known, checked for what one source says about another.

        Raises CorpusMistakesError, and StoreError for a damaged journal.
        """
        return joined(self.files((book or self.journal.read()).records))

    def record(self, who: str, decision: BaseModel) -> Record:
        """Check a decision against all that is known, put it on record, and return the record.

        The journal is held from the first look to the last write, so that two people cannot decide
        the same. Raises RefusedError when the decision contradicts another, or would bring in a
        mistake or a Violation that was not there, and StoreError when it cannot be written.
        """
        with self.journal.writing(who) as writer:
            draft = writer.draft(decision)
            known = writer.book.records
            _refuse_contradiction(known, draft)
            if _changes_facts(draft):
                self._refuse_new_faults(known, [*known, draft])
            return writer.append(draft)

    def undo(self, who: str, decision: str, reason: str | None = None) -> Record:
        """Take back one decision, named by its number or id, and no other.

        Raises NotFoundError when there is none, RefusedError when it is taken back already or when
        other decisions stand on it.
        """
        records = self.journal.read().records
        found = next((r for r in records if decision in (str(r.number), r.id)), None)
        if found is None:
            raise NotFoundError(f"{decision}: is no decision. `reformgraph journal` lists them.")
        try:
            return self.record(who, Undo(undoes=found.id, reason=reason))
        except BrokenRulesError as error:
            raise RefusedError(
                f"Decision {found.number} cannot be taken back alone, since others stand on it. "
                f"Undo those first: {str(error).splitlines()[0]}"
            ) from error

    def _refuse_new_faults(self, before: Sequence[Record], after: Sequence[Record]) -> None:
        """Refuse what breaks a rule; faults that were there before are not this decision's."""
        faults = self._faults(after)
        if faults and (new := [line for line in faults if line not in self._faults(before)]):
            raise BrokenRulesError("\n".join(new))

    def _faults(self, records: Sequence[Record]) -> list[str]:
        try:
            corpus = joined(self.files(records))
        except CorpusMistakesError as error:
            return str(error).splitlines()
        except ReformError as error:
            return [str(error)]
        own = Corpus([file for file in corpus.files if not file.imported], corpus.places)
        found = validate(snapshot_of(own).data())
        return [_line(finding) for finding in found if finding.severity == "Violation"]


def _changes_facts(draft: Record) -> bool:
    """Tell whether the graph would be another; to reject, be unsure or add a file says nothing."""
    return draft.decision.action not in ("add", "reject", "unsure", "remind")


def _line(finding: Finding) -> str:
    return f"{finding.label}: {finding.message}"


def _refuse_contradiction(known: list[Record], draft: Record) -> None:
    counted = {record.id: record for record in live(known)}
    decision = draft.decision
    if isinstance(decision, Undo):
        _refuse_second_undo(known, decision)
    elif isinstance(decision, Verdict):
        for record in counted.values():
            if _decides_the_same(record.decision, decision):
                raise RefusedError(
                    f"{record.who} has decided this already (decision {record.number}, "
                    f"{record.decision.action}). Undo that first."
                )
    elif isinstance(decision, Addition):
        _refuse_second_copy(documents_in(counted.values()), decision)
    elif isinstance(decision, Description) and decision.document.id not in documents_in(
        counted.values()
    ):
        raise RefusedError(
            f"{decision.document.id}: is not in the workspace. Take it in with `add` first."
        )


def _refuse_second_copy(taken: Mapping[str, TakenIn], decision: Addition) -> None:
    for ident, held in taken.items():
        if held.addition.sha256 == decision.sha256:
            raise RefusedError(
                f"{decision.name}: is in the workspace already, as document `{ident}`. "
                f"Say `reformgraph review {ident}`."
            )
        if ident == decision.document:
            raise RefusedError(
                f"{decision.name}: `{ident}` is another document's id. Name another with --id."
            )


def _refuse_second_undo(known: list[Record], decision: Undo) -> None:
    if decision.undoes in taken_back(known):
        number = next(record.number for record in known if record.id == decision.undoes)
        raise RefusedError(f"Decision {number} has been taken back already.")


def _decides_the_same(one: BaseModel, other: Verdict) -> bool:
    """Tell whether two verdicts are about the same words; what was unsure may be decided."""
    return (
        isinstance(one, Verdict)
        and one.action != "unsure"
        and one.document == other.document
        and any(
            a.start < b.end and b.start < a.end and (a.kind == "status") == (b.kind == "status")
            for a in one.proposals
            for b in other.proposals
        )
    )
