"""The desk where decisions are made: each is checked against all that is known, then recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from ingest.characters import without_cloaks
from ingest.decisions import Addition, Description, Import, Record, Undo, live
from ingest.documents import Documents
from ingest.drafting import Place, entry, in_a_line, places_of, section_at
from ingest.fields import INCOMING, Span
from ingest.folding import TakenIn, documents_in, folded, slug
from ingest.guarding import (
    read_otherwise,
    refuse_copies,
    refuse_copies_in,
    refuse_names,
    refuse_names_in,
    withheld_in,
)
from ingest.imports import Imports, Source, lists_in, other_mouths, preview
from ingest.journal import Book, Journal, Writer
from ingest.objections import (
    BrokenRulesError,
    RefusedError,
    Rules,
    refuse_contradiction,
    refuse_unknown,
)
from ingest.originals import Originals
from ingest.rdf.batches import RdfBatch
from ingest.readers import Reading
from ingest.reading import Corpus, LoadedFile, joined, read_files
from ingest.reviewing import Waiting, labels_of, proposed, waiting_of
from ingest.roles import Member, refuse_beyond
from ingest.sources import Actor, Document
from ingest.tables.batches import Batch
from ingest.tables.structure import Table
from ontology.errors import NotAtHandError, NotFoundError, ReformError, UsageError

PATIENT = 5
"""How often a decision is checked anew because somebody else was quicker, before all must wait."""


class UndescribedError(ReformError):
    """A document of which nobody has said who published it and what it is."""


class Desk:
    """The corpus files and the journal of one workspace, read together and decided upon."""

    def __init__(
        self,
        corpus: Traversable,
        home: Path,
        documents: Documents | None = None,
        member: Callable[[], Member | None] = lambda: None,
        taken: Collection[str] = (),
    ) -> None:
        """Take the folder of corpus files, the workspace, and the documents at hand.

        `member` tells at each decision who has logged in; where nobody has to, it is the owner's.
        `taken` has the SHA-256 of corpus files that an earlier version read.
        """
        self._folder, self._taken, self._member = corpus, taken, member
        self.documents = documents or Documents(originals=home / "originals")
        self.journal = Journal(home)
        self.originals = Originals(home / "originals")
        self._imports, self._rules = Imports(self.originals), Rules()
        self._joined: tuple[str, Corpus] | None = None

    @cached_property
    def _files(self) -> list[LoadedFile]:
        return read_files(self._folder, self._taken)

    def files(self, records: Sequence[Record]) -> list[LoadedFile]:
        """Return all sources of facts: the corpus files, and those decisions that count."""
        return folded(self._files, records, self._imports.read)

    def corpus(self, book: Book | None = None) -> Corpus:
        """Return all that is known, checked for what one source says about another.

        Raises CorpusMistakesError, and StoreError for a damaged journal.
        """
        book = book or self.journal.read()
        if self._joined is None or self._joined[0] != book.head:
            self._joined = book.head, joined(self.files(book.records))
        return self._joined[1]

    def record(self, who: str, decision: BaseModel, *bodies: bytes) -> Record:
        """Check a decision against all that is known, put it on record, and return the record.

        `bodies` are the files it names. The checks may take a while, so they are made before the
        journal is held, and again when somebody else was quicker. Raises RefusedError when the
        decision contradicts another, or would bring in a mistake or a Violation that was not
        there, UsageError for copied words, NotFoundError for what is not there, and StoreError
        when it cannot be written.
        """
        for _ in range(PATIENT):
            book = self.journal.read()
            draft = _drafted(Writer(self.journal.path, book, who), decision)
            self._check(book, draft)
            with self.journal.writing(who) as writer:
                if writer.book.head == book.head:
                    return self._append(writer, draft, bodies)
        with self.journal.writing(who) as writer:
            draft = _drafted(writer, decision)
            self._check(writer.book, draft)
            return self._append(writer, draft, bodies)

    def _append(self, writer: Writer, draft: Record, bodies: Sequence[bytes]) -> Record:
        for data in bodies:  # whoever was refused the same may have taken it away again
            self.originals.keep(data)
        return writer.append(draft)

    def _check(self, book: Book, draft: Record) -> None:
        if (member := self._member()) is not None:
            refuse_beyond(member, book.records, draft)
        refuse_unknown(book.records, draft, lambda: self.corpus(book))
        refuse_contradiction(book.records, draft)
        counted = live(book.records)
        taken = documents_in(counted)
        refuse_copies(draft, self._known(taken), self.text_of)
        withheld = withheld_in(self._files, taken, draft)
        refuse_names(draft, withheld, self.text_of, counted)
        self._rules.refuse_new_faults(book.records, draft, self.files)

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
            return self.record(who, entry(Undo, {"undoes": found.id, "reason": reason}))
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
        return preview(who, source, mapping, self.corpus())

    def take_batch(
        self, who: str, source: Source, mapping: Source | None, batch: Batch, reason: str | None
    ) -> Record:
        """Keep a file and its mapping and record them as one decision, all rows or none.

        Raises RefusedError for a batch with mistakes, with nothing new, or which breaks a rule.
        """
        if wrong := [*batch.errors, *other_mouths(batch, source.name, who)]:
            raise RefusedError(*map(str, wrong))
        if batch.brings_nothing:
            decided = any(change.kept for change in batch.changes)
            more = ", or that a person has not decided otherwise" if decided else ""
            what = f"says nothing that is not known{more}"
            raise RefusedError(f"{source.name}: {what}. Nothing was done.")
        self.refuse_texts(batch, is_mapped=mapping is not None)
        bodies = [source.data, *([mapping.data] if mapping else [])]
        with self.originals.keeping(self.journal, who, *bodies) as kept:
            fields = {
                "document": batch.document.id, "name": source.name[:255], "sha256": kept[0],
                "mapping": kept[1] if mapping else None, "links": batch.links, "reason": reason,
                "mapping_name": mapping.name[:255] if mapping else None,
            }  # fmt: skip
            return self.record(who, entry(Import, fields), *bodies)

    def refuse_texts(self, batch: Batch | RdfBatch, *, is_mapped: bool = False) -> None:
        """Refuse a batch that says a withheld name, or words of a document as somebody's own.

        What a mapping makes of a list are its own words.
        Raises RefusedError for the one, UsageError for the other.
        """
        taken = self.taken_in()
        described = withheld_in(self.corpus().files, taken)
        refuse_names_in(batch.texts(), described, self.text_of)
        if not is_mapped:
            refuse_copies_in(batch.own_words(), self._known(taken), self.text_of)

    def table(self, document: str) -> Table | None:
        """Return the table that was imported as a document, or None when it is none.

        Raises StoreError when its file is missing or was changed.
        """
        return self._imports.table(live(self.journal.read().records), document)

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
        addition = entry(
            Addition,
            {
                "document": taken, "name": reading.name[:255], "sha256": reading.sha256,
                "size": len(data), "media_type": reading.media_type, "url": url,
            },
        )  # fmt: skip
        with self.originals.keeping(self.journal, who, data):
            record = self.record(who, addition, data)
        self.documents.remember(reading)
        return record

    def _known(self, taken: Iterable[str]) -> list[str]:
        """Return the ids of the documents in the corpus files, and of those taken in."""
        return sorted({file.facts.document.id for file in self._files} | set(taken))

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
            "title": without_cloaks(reading.title or held.addition.name),
            "language": reading.language or "en",
            "url": held.addition.url, "read": "whole",
        }  # fmt: skip
        if held.described:
            before = held.described.model_dump(exclude_unset=True)
        fields = {**before, **said, "id": ident, "review": "described in the workspace"}
        fields["recorded"] = dt.datetime.now(dt.UTC)
        fields["file"] = {
            "name": reading.name, "sha256": reading.sha256, "characters": len(reading.text)
        }  # fmt: skip
        spans = {tuple(span) for span in before.get("withheld") or []}
        if spans and not _is_the_one_read(held.described, reading):
            if not withhold:
                raise RefusedError(read_otherwise(ident))
            spans = set()  # they were offsets into another text
        fields["withheld"] = sorted(spans | set(places_of(reading, withhold)))
        # A new publisher was said once; a later description must not lose it.
        known = {actor.id for actor in actors}
        kept = [a for a in held.actors if a.id not in known]
        document = entry(Document, fields)
        return self.record(who, Description(document=document, actors=[*kept, *actors]))

    def reading(self, ident: str) -> Reading:
        """Return a document of the workspace or the corpus as the readers see it.

        Raises NotFoundError when it is not known, NotAtHandError when its text is not here, and
        ReformError when it cannot be read any more.
        """
        held = self.taken_in().get(ident)
        if held is not None:
            sha256, name = held.addition.sha256, held.addition.name
        elif ident in lists_in(live(self.journal.read().records)):
            raise NotAtHandError(f"{ident}: is a list of rows and has no text. Name a row: row=12.")
        else:
            file = self._described(ident).file
            if file is None:
                raise NotAtHandError(f"{ident}: has no text here. Take it in with `add`.")
            sha256, name = file.sha256, file.name
        found = self.documents.reading(sha256, name)
        if found is None:
            raise NotAtHandError(
                f"{ident}: its text is not at hand. Take it in with `add`, or name its folder in "
                "REFORMGRAPH_DOCUMENTS."
            )
        return found

    def _described(self, ident: str) -> Document:
        """Return what is known of a document.

        Raises UndescribedError when nobody has described it, NotFoundError for one not known.
        """
        for file in self.corpus().files:
            if file.facts.document.id == ident:
                return file.facts.document
        if ident in self.taken_in():
            raise UndescribedError(
                f"{ident}: nobody has said yet who published it and what it is. "
                f"Say `reformgraph describe {ident} --publisher ACTOR --kind KIND`."
            )
        raise NotFoundError(f"{ident}: is no document here. Take it in with `add` first.")

    def is_described(self, ident: str) -> bool:
        """Tell whether somebody has said what a document is."""
        try:
            self._described(ident)
        except UndescribedError:
            return False
        return True

    def withheld(self, ident: str) -> list[Span]:
        """Return where names of affected persons stand in a document.

        Raises RefusedError when its text is read otherwise than when they were marked: then nobody
        knows where they stand.
        """
        try:
            document = self._described(ident)
        except UndescribedError:  # nobody has described it, nor withheld a name in it
            return []
        if document.withheld and not _is_the_one_read(document, self.reading(ident)):
            raise RefusedError(read_otherwise(ident))
        return document.withheld

    def waiting(self, ident: str) -> list[Waiting]:
        """Return the candidates of a document with the decisions about them."""
        book = self.journal.read()
        corpus = self.corpus(book)
        candidates = proposed(self.reading(ident), labels_of(corpus))
        return waiting_of(ident, candidates, book.records, corpus)

    def place(self, ident: str, spans: Sequence[Span]) -> Place:
        """Return stretches of a document, for a fact to hang on; with none, the document alone.

        Raises NotFoundError, and UndescribedError for a document that nobody has described yet.
        """
        self._described(ident)
        try:
            reading = self.reading(ident)
        except ReformError:  # a look or a locator needs no text
            if spans:
                raise
            return Place()
        withheld = self.withheld(ident)
        section = section_at(reading, spans[0][0], withheld) if spans else "text"
        return Place(reading.text, spans, section, withheld, reading.gaps)

    def text_of(self, ident: str) -> str:
        """Return the text of a document, or nothing when it is not at hand."""
        try:
            return self.reading(ident).text
        except ReformError:
            return ""


def _is_the_one_read(document: Document | None, reading: Reading) -> bool:
    """Tell whether offsets noted with a document hold in its text as it is read now."""
    file = document.file if document else None
    return file is not None and file.is_read_as(reading.sha256, reading.text)


def _drafted(writer: Writer, decision: BaseModel) -> Record:
    """Return a draft, held to the rules for what is new, wherever its entries were made.

    Raises UsageError for what cannot be recorded, the name of who decides included.
    """
    try:
        type(decision).model_validate(decision.model_dump(), context=INCOMING)
        return writer.draft(decision)
    except ValidationError as error:
        raise UsageError(in_a_line(error)) from error
