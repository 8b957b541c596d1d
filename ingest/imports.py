"""Imports as decisions: the kept file and its mapping are read again at every build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.decisions import Import, Record
from ingest.folding import reviewer_id
from ingest.journal import FILE
from ingest.originals import Originals
from ingest.rdf.batches import RdfBatch, read_rdf_batch
from ingest.rdf.syntax import form_of
from ingest.reading import Corpus, LoadedFile
from ingest.roles import reviewers_in
from ingest.tables.batches import Batch, read_batch
from ingest.tables.mapping import read_mapping
from ingest.tables.reading import read_table
from ingest.tables.structure import RowError, Table, each_once
from ontology.errors import CorpusError, ReformError

MOST: Final = 10_000
"""How many recommendations one import may bring, change or give a status: each takes memory."""


@dataclass(frozen=True)
class Source:
    """A file as somebody hands it in: its name and its bytes."""

    name: str
    data: bytes


def preview(who: str, source: Source, mapping: Source | None, corpus: Corpus) -> Batch:
    """Return what a file of rows would bring in.

    Raises ReformError for a file that is no table or brings too much at once, CorpusMistakesError
    for a wrong mapping.
    """
    batch = read_batch(
        source.data, source.name, mapping.data if mapping else None, corpus,
        at=dt.datetime.now(dt.UTC).replace(microsecond=0), by=reviewer_id(who),
        mapping_name=mapping.name if mapping else "mapping.yaml",
    )  # fmt: skip
    brought = sum(1 for one in batch.changes if one.what != "unchanged" or one.statuses)
    if brought > MOST:
        raise ReformError(
            f"{source.name}: brings {brought:,} recommendations that are new, changed or have a "
            f"new status, and one import may bring {MOST:,}. Split it into several files."
        )
    wrong = each_once(other_mouths(batch, source.name, who))
    return replace(batch, errors=wrong, facts=()) if wrong else batch


def other_mouths(batch: Batch, name: str, who: str) -> Iterator[RowError]:
    """Yield where the rows of a file speak as somebody else who decides here.

    What the import is put on record with is `who`, whatever the rows say; but nobody is to be made
    to say through a file what she has not said.
    """
    own = reviewer_id(who)
    rows = {change.recommendation: change for change in batch.changes}
    for facts in batch.facts:
        for one in facts.assessments:
            yield from _others("by", rows[one.of].row, [one.by, *one.reported_by], name, own)
        for asked in facts.recommendations:
            change = rows[asked.id]
            before = [field.old for field in change.fields if field.field == "issuers"]
            if change.what == "new" or before:
                known = "".join(before).split("; ")
                new = [issuer for issuer in asked.issuers if issuer not in known]
                yield from _others("issuers", change.row, new, name, own)


def _others(column: str, row: int, actors: list[str], name: str, own: str) -> Iterator[RowError]:
    for other in reviewers_in(actors):
        if other != own:
            what = f"`{other}` decides here and speaks for itself, not through a file"
            yield RowError(name, row, column, what, "Name another actor")


def lists_in(records: Iterable[Record]) -> set[str]:
    """Return the ids of the documents that came as lists of rows: they have no running text."""
    return {one.decision.document for one in records if isinstance(one.decision, Import)}


class Imports:
    """Reads the batches that were imported, each once."""

    def __init__(self, originals: Originals) -> None:
        """Take the folder in which the files are kept."""
        self._originals = originals
        self._batches: dict[tuple[object, ...], Batch | RdfBatch] = {}

    def read(
        self, record: Record, decision: Import, before: list[LoadedFile]
    ) -> tuple[Sequence[LoadedFile], Collection[str]]:
        """Return what a batch says and what it replaces, given the sources of facts before it.

        A decision of before it may change what it finds known.
        Raises StoreError for a file that is missing, CorpusError for rows that fit no more.
        """
        key = (record.id, tuple((file.name, file.number) for file in before))
        if key not in self._batches:
            read = self._read_rdf if form_of(decision.name) else self._read
            self._batches[key] = read(record, decision, before)
        batch = self._batches[key]
        replaces = batch.replaces if isinstance(batch, Batch) else ()
        return batch.loaded(number=record.number), replaces

    def _read_rdf(self, record: Record, decision: Import, before: list[LoadedFile]) -> RdfBatch:
        data = self._originals.read(decision.sha256)
        try:
            return read_rdf_batch(
                data, decision.name, Corpus(before),
                at=record.at, by=reviewer_id(record.who), is_saved=True,
            )  # fmt: skip
        except ReformError as error:
            what = f"the import does not fit any more: {error}"
            raise CorpusError(
                FILE, record.number, what, "Undo it, or what changed since"
            ) from error

    def _read(self, record: Record, decision: Import, before: list[LoadedFile]) -> Batch:
        mapping = self._originals.read(decision.mapping) if decision.mapping else None
        batch = read_batch(
            self._originals.read(decision.sha256), decision.name, mapping, Corpus(before),
            at=record.at, by=reviewer_id(record.who), links=decision.links,
            mapping_name=decision.mapping_name,
        )  # fmt: skip
        if batch.errors:
            what = f"the import of {decision.name} does not fit any more: {batch.errors[0]}"
            raise CorpusError(FILE, record.number, what, "Undo it, or what changed since")
        return batch

    def table(self, counted: Sequence[Record], document: str) -> Table | None:
        """Return the table that was imported as a document, or None when it is none.

        Raises StoreError when its file is missing or was changed.
        """
        for record in counted:
            decision = record.decision
            if not isinstance(decision, Import) or form_of(decision.name):
                continue
            if decision.document == document:
                data = self._originals.read(decision.sha256)
                form = None
                if decision.mapping:
                    mapping = self._originals.read(decision.mapping)
                    read = read_mapping(decision.mapping_name, mapping, is_saved=True)
                    form = read[0].file
                return read_table(
                    data, decision.name, encoding=form.encoding if form else None,
                    delimiter=form.delimiter if form else None,
                    sheet=form.sheet if form else None,
                )  # fmt: skip
        return None
