"""The desk where decisions are made: each is checked against all that is known, then recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from ingest.decisions import (
    Addition,
    Declaration,
    Description,
    Import,
    Record,
    Undo,
    Verdict,
    live,
)
from ingest.documents import Documents
from ingest.drafting import Place, entry, places_of, says_a_name, section_at, strings_in
from ingest.fields import Span
from ingest.folding import TakenIn, documents_in, folded, reviewer_id, slug
from ingest.journal import FILE, Book, Journal
from ingest.objections import BrokenRulesError, RefusedError, Rules, refuse_contradiction
from ingest.originals import Originals
from ingest.readers import Reading
from ingest.reading import Corpus, LoadedFile, joined, read_files
from ingest.reviewing import Waiting, labels_of, proposed, waiting_of
from ingest.sources import Actor, Document
from ingest.tables.batches import Batch, read_batch
from ingest.tables.mapping import read_mapping
from ingest.tables.reading import read_table
from ingest.tables.structure import Table
from ingest.yamlfiles import CorpusMistakesError
from ontology.errors import CorpusError, NotFoundError, ReformError, UsageError


@dataclass(frozen=True)
class Source:
    """A file as somebody hands it in: its name and its bytes."""

    name: str
    data: bytes


class Desk:
    """The corpus files and the journal of one workspace, read together and decided upon."""

    def __init__(self, corpus: Traversable, home: Path, documents: Documents | None = None) -> None:
        """Take the folder of corpus files, the workspace, and the documents at hand."""
        self._folder = corpus
        self.documents = documents or Documents(originals=home / "originals")
        self.journal = Journal(home)
        self.originals = Originals(home / "originals")
        self._batches: dict[tuple[object, ...], Batch] = {}
        self._rules = Rules()

    @cached_property
    def _files(self) -> list[LoadedFile]:
        return read_files(self._folder)

    def files(self, records: Sequence[Record]) -> list[LoadedFile]:
        """Return all sources of facts: the corpus files, and those decisions that count."""
        return folded(self._files, records, self._batch)

    def _batch(
        self, record: Record, decision: Import, before: list[LoadedFile]
    ) -> tuple[Sequence[LoadedFile], Collection[str]]:
        """Read an imported batch; a decision of before it may change what it finds known."""
        key = (record.id, tuple((file.name, file.number) for file in before))
        if key not in self._batches:
            self._batches[key] = self._read_batch(record, decision, before)
        batch = self._batches[key]
        return batch.loaded(number=record.number), batch.replaces

    def _read_batch(self, record: Record, decision: Import, before: list[LoadedFile]) -> Batch:
        mapping = self.originals.read(decision.mapping) if decision.mapping else None
        batch = read_batch(
            self.originals.read(decision.sha256), decision.name, mapping, Corpus(before),
            at=record.at, by=reviewer_id(record.who), links=decision.links,
            mapping_name=decision.mapping_name,
        )  # fmt: skip
        if batch.errors:
            what = f"the import of {decision.name} does not fit any more: {batch.errors[0]}"
            raise CorpusError(FILE, record.number, what, "Undo it, or what changed since")
        return batch

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
            refuse_contradiction(known, draft)
            self._refuse_names(draft)
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

    # --- batches ---

    def preview(self, who: str, source: Source, mapping: Source | None = None) -> Batch:
        """Return what a file of rows would bring in; nothing is recorded.

        Raises ReformError for a file that is no table, CorpusMistakesError for a wrong mapping.
        """
        return read_batch(
            source.data, source.name, mapping.data if mapping else None, self.corpus(),
            at=dt.datetime.now(dt.UTC).replace(microsecond=0), by=reviewer_id(who),
            mapping_name=mapping.name if mapping else "mapping.yaml",
        )  # fmt: skip

    def take_batch(
        self, who: str, source: Source, mapping: Source | None, batch: Batch, reason: str | None
    ) -> Record:
        """Keep a file and its mapping and record them as one decision, all rows or none.

        Raises RefusedError for a batch with mistakes, with nothing new, or which breaks a rule.
        """
        if batch.errors:
            raise RefusedError("\n".join(str(error) for error in batch.errors))
        if batch.brings_nothing:
            raise RefusedError(f"{source.name}: says nothing that is not known. Nothing was done.")
        kept = self.originals.keep(source.data)
        return self.record(
            who,
            Import(
                document=batch.document.id, name=source.name[:255], sha256=kept,
                mapping=self.originals.keep(mapping.data) if mapping else None,
                mapping_name=mapping.name[:255] if mapping else "mapping.yaml",
                links=batch.links, reason=reason,
            ),
        )  # fmt: skip

    def table(self, document: str) -> Table | None:
        """Return the table that was imported as a document, or None when it is none.

        Raises StoreError when its file is missing or was changed.
        """
        for record in live(self.journal.read().records):
            decision = record.decision
            if isinstance(decision, Import) and decision.document == document:
                data = self.originals.read(decision.sha256)
                form = None
                if decision.mapping:
                    mapping = self.originals.read(decision.mapping)
                    form = read_mapping(decision.mapping_name, mapping)[0].file
                return read_table(
                    data, decision.name, encoding=form.encoding if form else None,
                    delimiter=form.delimiter if form else None,
                    sheet=form.sheet if form else None,
                )  # fmt: skip
        return None

    # --- documents ---

    def take_in(
        self, who: str, reading: Reading, data: bytes, *, ident: str | None, url: str | None = None
    ) -> Record:
        """Keep a document that was read, unchanged, and record who took it in, when, from where.

        A file that is the recorded copy of a document in the corpus is taken in as that document.
        Raises RefusedError when it is here already, StoreError when it cannot be written.
        """
        known = self._document_with(reading.sha256)
        taken = known or ident or slug(reading.title or Path(reading.name).stem)
        addition = Addition(
            document=taken, name=reading.name[:255], sha256=reading.sha256, size=len(data),
            media_type=reading.media_type, url=url,
        )  # fmt: skip
        self.originals.keep(data)
        self.documents.remember(reading)
        return self.record(who, addition)

    def _document_with(self, sha256: str) -> str | None:
        for file in self._files:
            recorded = file.facts.document.file
            if recorded and recorded.sha256 == sha256:
                return file.facts.document.id
        return None

    def taken_in(self) -> dict[str, TakenIn]:
        """Return the documents in the workspace by id."""
        return documents_in(live(self.journal.read().records))

    def describe(
        self,
        who: str,
        ident: str,
        said: dict[str, Any],
        actors: Sequence[Actor] = (),
        withhold: Sequence[str] = (),
    ) -> Record:
        """Say what a document is; `said` has the fields of `Document` that are known.

        What was said before stands where `said` is silent; a field given as None is taken away.
        `actors` are new ones, such as a publisher not known as yet; `withhold` lists words, the
        names of affected persons, whose places are kept and never shown.
        Raises UsageError for a missing or wrong field, NotFoundError for no such document.
        """
        held = self.taken_in().get(ident)
        if held is None:
            raise NotFoundError(f"{ident}: is not in the workspace. Take it in with `add` first.")
        reading = self.reading(ident)
        before: dict[str, Any] = {
            "title": reading.title or held.addition.name, "language": reading.language or "en",
            "url": held.addition.url, "read": "whole",
        }  # fmt: skip
        if held.described:
            before = held.described.model_dump(exclude_unset=True)
        fields = {**before, **said, "id": ident, "review": "described in the workspace"}
        fields["recorded"] = dt.datetime.now(dt.UTC)
        fields["file"] = {
            "name": reading.name, "sha256": reading.sha256, "characters": len(reading.text)
        }  # fmt: skip
        fields["withheld"] = sorted(
            {tuple(span) for span in before.get("withheld") or []}
            | set(places_of(reading, withhold))
        )
        # A new publisher was said once; a later description must not lose it.
        known = {actor.id for actor in actors}
        kept = [a for a in held.actors if a.id not in known]
        document = entry(Document, fields)
        return self.record(who, Description(document=document, actors=[*kept, *actors]))

    def reading(self, ident: str) -> Reading:
        """Return a document of the workspace or the corpus as the readers see it.

        Raises NotFoundError when it is not at hand, ReformError when it cannot be read any more.
        """
        held = self.taken_in().get(ident)
        if held is not None:
            sha256, name = held.addition.sha256, held.addition.name
        else:
            file = self._described(ident).file
            if file is None:
                raise NotFoundError(f"{ident}: has no text here. Take it in with `add`.")
            sha256, name = file.sha256, file.name
        found = self.documents.reading(sha256, name)
        if found is None:
            raise NotFoundError(
                f"{ident}: its text is not at hand. Take it in with `add`, or name its folder in "
                "REFORMGRAPH_DOCUMENTS."
            )
        return found

    def _described(self, ident: str) -> Document:
        """Return what is known of a document.

        Raises UsageError when nobody has described it, NotFoundError when it is not known at all.
        """
        for file in self.corpus().files:
            if file.facts.document.id == ident:
                return file.facts.document
        if ident in self.taken_in():
            raise UsageError(
                f"{ident}: nobody has said yet who published it and what it is. "
                f"Say `reformgraph describe {ident} --publisher ACTOR --kind KIND`."
            )
        raise NotFoundError(f"{ident}: is no document here. Take it in with `add` first.")

    def is_described(self, ident: str) -> bool:
        """Tell whether somebody has said what a document is."""
        try:
            self._described(ident)
        except UsageError:
            return False
        return True

    def withheld(self, ident: str) -> list[Span]:
        """Return where names of affected persons stand in a document."""
        return self._described(ident).withheld if self.is_described(ident) else []

    def waiting(self, ident: str) -> list[Waiting]:
        """Return the candidates of a document with the decisions about them."""
        corpus, records = self.corpus(), self.journal.read().records
        candidates = proposed(self.reading(ident), labels_of(corpus))
        return waiting_of(ident, candidates, records, corpus)

    def place(self, ident: str, spans: Sequence[Span]) -> Place:
        """Return stretches of a document, for a fact to hang on; with none, the document alone.

        Raises NotFoundError, and UsageError for a document that nobody has described yet.
        """
        document = self._described(ident)
        if not spans:
            try:
                reading = self.reading(ident)
            except NotFoundError:  # a look or a locator needs no text
                return Place()
            return Place(reading.text, (), "text", document.withheld, reading.gaps)
        reading = self.reading(ident)
        section = section_at(reading, spans[0][0])
        return Place(reading.text, spans, section, document.withheld, reading.gaps)

    # --- checks ---

    def _refuse_names(self, draft: Record) -> None:
        """Refuse a decision that says a name which its document withholds."""
        decision = draft.decision
        if not isinstance(decision, Verdict | Declaration):
            return
        held = self.taken_in().get(decision.document)
        if held and held.described and held.described.withheld:
            text = self.reading(decision.document).text
            said = " ".join(strings_in(decision.facts.model_dump()))
            if says_a_name(f"{said} {decision.reason or ''}", text, held.described.withheld):
                raise RefusedError(
                    "The decision gives away a name that its document withholds. "
                    "Say it without the name, and let the passage begin and end elsewhere."
                )

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
        return self._rules.broken_by(corpus, records[-1].number if records else 0)


def _changes_facts(draft: Record) -> bool:
    """Tell whether the graph would be another; to reject, be unsure or add a file says nothing."""
    return draft.decision.action not in ("add", "reject", "unsure", "remind")
