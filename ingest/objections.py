"""What stands against a decision: another decision, or a rule that it would break."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pydantic import BaseModel
from rdflib.term import Node

from ingest.decisions import (
    Addition,
    Description,
    Record,
    Reminder,
    Undo,
    Verdict,
    live,
    taken_back,
)
from ingest.folding import TakenIn, documents_in
from ingest.reading import SECTIONS, Corpus, LoadedFile, joined
from ingest.standing import Standing
from ingest.triples import FileWriter
from ingest.yamlfiles import CorpusMistakesError
from ontology.errors import NotFoundError, ReformError, UsageError
from ontology.rules import rules
from ontology.terms import RG
from ontology.triples import Triples
from ontology.validation import Finding, validate

SAYING_NOTHING = frozenset({"add", "reject", "unsure", "remind"})
"""The decisions after which the graph is the same."""
FilesOf = Callable[[Sequence[Record]], list[LoadedFile]]
"""Returns all sources of facts, given the decisions."""


class RefusedError(ReformError):
    """A decision which would break a rule or contradict another one; nothing was recorded."""


class BrokenRulesError(RefusedError):
    """A decision which would bring in mistakes or Violations; the message has a line for each."""


class Rules:
    """Holds facts against the rules; a batch is written as triples anew only when it says more."""

    def __init__(self) -> None:
        """Know no batch as yet."""
        self._rows: dict[tuple[int | None, str], tuple[LoadedFile, Triples]] = {}

    def refuse_new_faults(self, before: Sequence[Record], draft: Record, files: FilesOf) -> None:
        """Refuse what breaks a rule; faults that were there before are not this decision's.

        Raises BrokenRulesError.
        """
        if draft.decision.action in SAYING_NOTHING:
            return
        faults = self._faults(files, [*before, draft])
        if not faults:
            return
        known = self._faults(files, before)
        new = [line for line in faults if line not in known]
        # With a mistake between the files the rules are not reached: only undo may mend that.
        if new or not isinstance(draft.decision, Undo):
            raise BrokenRulesError(*(new or faults))

    def _faults(self, files: FilesOf, records: Sequence[Record]) -> list[str]:
        try:
            corpus = joined(files(records))
        except CorpusMistakesError as error:
            return str(error).splitlines()
        except ReformError as error:
            return [str(error)]
        return self.broken_by(corpus, records[-1].number if records else 0)

    def broken_by(self, corpus: Corpus, last: int) -> list[str]:
        """Return the Violations that the decision with the number `last` may have caused.

        That is all but those within earlier batches, which were held against the rules when they
        came; of them only what somebody speaks of comes along, with all that it speaks of.
        """
        standing = Standing(corpus)
        data, earlier = Triples(), list[Triples]()
        for file in corpus.files:
            if file.imported and file.number != last:
                earlier.append(self._rows_of(file, standing))
            else:
                for triple in FileWriter(file, standing).triples():
                    data.add(triple)
        _bring_along(data, earlier)
        grave = [str(rule.shape) for rule in rules() if rule.severity == "Violation"]
        return [_line(finding) for finding in validate(data, grave)]

    def _rows_of(self, file: LoadedFile, standing: Standing) -> Triples:
        key = (file.number, file.facts.document.id)
        written = self._rows.get(key)
        # A batch says more, and tells of who took it in, once one before it is taken back.
        if written is None or written[0] != file:
            rows = Triples(FileWriter(file, standing).triples())
            self._rows[key] = written = (file, rows)
        return written[1]


def _bring_along(data: Triples, earlier: list[Triples]) -> None:
    """Add what is spoken of from earlier batches, and what that speaks of in its turn.

    The statuses there of what has a status here come along, too: two of a day are too many.
    """
    ahead: set[Node] = {target for _, _, target in data} if earlier else set()
    judged = {one for node in data.of for one in data.values(node, RG.assesses)}
    for rows in earlier:
        ahead |= {n for n in rows.of if not judged.isdisjoint(rows.values(n, RG.assesses))}
    seen: set[Node] = set()
    while ahead:
        node = ahead.pop()
        seen.add(node)
        for rows in earlier:
            for triple in rows.about(node):
                data.add(triple)
                if triple[2] not in seen:
                    ahead.add(triple[2])


def _line(finding: Finding) -> str:
    return f"{finding.label}: {finding.message}"


def refuse_unknown(known: Sequence[Record], draft: Record, corpus: Callable[[], Corpus]) -> None:
    """Refuse to decide on a document, or to remember a recommendation, that is not there.

    Raises NotFoundError, and what `corpus` raises, which is called only where that matters.
    """
    decision = draft.decision
    if isinstance(decision, Verdict):
        described = {file.facts.document.id for file in corpus().files}
        if decision.document not in described | set(documents_in(live(known))):
            raise NotFoundError(f"{decision.document}: is no document here. Take it in first.")
    if isinstance(decision, Reminder):
        entries = corpus().entries("recommendations")
        if decision.recommendation not in {one.id for _, one in entries}:
            raise NotFoundError(f"{decision.recommendation}: is no recommendation.")


def refuse_contradiction(known: list[Record], draft: Record) -> None:
    """Refuse what another decision has settled already.

    Raises RefusedError, with who decided what.
    """
    counted = {record.id: record for record in live(known)}
    decision = draft.decision
    if isinstance(decision, Undo):
        _refuse_second_undo(known, decision)
        undone = next(record for record in known if record.id == decision.undoes)
        if isinstance(undone.decision, Undo):  # what that one took back would count again
            back = next(record for record in known if record.id == undone.decision.undoes)
            refuse_contradiction(known, back)
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


def refuse_lost(corpus: Corpus, replaces: Iterable[str]) -> None:
    """Refuse to take the place of entries, each written `kind:id`, that are not there.

    Raises UsageError.
    """
    for node in replaces:
        kind, _, ident = node.partition(":")
        sections = [section for section, of in SECTIONS.items() if of == kind]
        found = [
            file for section in sections for file, one in corpus.entries(section) if one.id == ident
        ]
        if not found:
            raise UsageError(f"--replaces: there is no `{node}`. Name a known entry as KIND:ID.")
        if all(file.shadow for file in found):  # its statements would stand beside the new ones
            raise UsageError(
                f"--replaces: `{node}` came as RDF and stays. Undo that import, or let a new "
                "status revise it."
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
