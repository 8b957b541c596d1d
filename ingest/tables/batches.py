"""A batch: one file of rows, held against what is known, as facts and as a preview."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from collections.abc import Mapping as Links
from dataclasses import dataclass, field

from ingest.drafting import strings_in
from ingest.facts import CorpusFile
from ingest.fields import shown
from ingest.journal import FILE
from ingest.readers.isolated import Limits
from ingest.reading import Corpus, Curation, LoadedFile
from ingest.sources import Document, SourceFile
from ingest.tables.assembly import Assembly
from ingest.tables.drafts import Drafts, Unmapped
from ingest.tables.foreign import ForeignList
from ingest.tables.known import Known
from ingest.tables.mapping import FileForm, Mapping, missing_columns, read_mapping
from ingest.tables.own import WANTED, OwnTable
from ingest.tables.preview import Change, Counts
from ingest.tables.reading import read_table
from ingest.tables.structure import RowError, Table, Wanted, each_once
from ingest.yamlfiles import CorpusMistakesError
from ontology.errors import ReformError

REVIEW = "imported, not reviewed"


@dataclass(frozen=True)
class Batch:
    """What a file brings in, or why it is refused.

    `facts` has the batch's own document first, then the documents whose recommendations it
    corrects; it is empty when there are errors or nothing new. `replaces` names the readings that
    the new ones take the place of, as `kind:id`. `links` says what names stand for: keep it with
    the decision and hand it in again, so that the batch keeps its ids when more becomes known.
    """

    document: Document
    counts: Counts
    changes: tuple[Change, ...]
    unmapped: tuple[Unmapped, ...]
    errors: tuple[RowError, ...] = ()
    facts: tuple[CorpusFile, ...] = ()
    replaces: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)

    @property
    def brings_nothing(self) -> bool:
        """Whether all that the file says is known already."""
        return not self.errors and not self.facts

    def texts(self) -> Iterator[str]:
        """Yield every text of its facts."""
        for one in self.facts:
            yield from strings_in(one.model_dump(mode="json"))

    def own_words(self) -> Iterator[str]:
        """Yield every text of its facts that may not be a document's own, as its title is."""
        for one in self.facts:
            yield from strings_in(one.model_dump(mode="json", exclude={"document": {"title"}}))

    def loaded(self, name: str = FILE, number: int | None = None) -> list[LoadedFile]:
        """Return the facts as sources; `name` and `number` are file and line of the decision."""
        document = self.document
        curation = Curation(document.id, document.recorded_by, document.recorded, document.review)
        return [
            LoadedFile(
                name, facts, number=number, imported=True,
                curation=None if facts.document.id == document.id else curation,
            )
            for facts in self.facts
        ]  # fmt: skip


def read_batch(
    data: bytes,
    name: str,
    mapping: bytes | None,
    corpus: Corpus,
    *,
    at: dt.datetime,
    by: str,
    links: Links[str, str] | None = None,
    mapping_name: str = "mapping.yaml",
    limits: Limits | None = None,
) -> Batch:
    """Read a file by the template, or by a mapping, and hold it against what is known.

    `at` and `by` are when and by which actor it is imported. The same file, mapping, corpus and
    `links` give the same facts. Mistakes in rows are in the batch, which then has no facts.
    Raises CorpusMistakesError for a mapping with mistakes, or that does not fit the file, and
    ReformError for a file that is no table.
    """
    read = None
    if mapping is not None:
        read = read_mapping(mapping_name, mapping, is_saved=links is not None)
    form = read[0].file if read else FileForm()
    needed = frozenset(column for _, column in read[0].needed()) if read else frozenset()
    table = read_table(
        data, name, limits=limits, wanted=Wanted((needed,)) if read else WANTED,
        encoding=form.encoding, delimiter=form.delimiter, sheet=form.sheet,
    )  # fmt: skip
    if read and (missing := list(missing_columns(*read, mapping_name, table.header))):
        raise CorpusMistakesError(missing)
    known = Known(corpus, links)
    if table.has_hidden and links is None:  # what was taken in before stays readable
        raise ReformError(
            f"{name}: has hidden rows or columns, which nobody looks at. Show them all, take out "
            "what is not meant, and save it anew."
        )
    found = (
        ForeignList(table, read[0], known).drafts()
        if read
        else OwnTable(table, known, at.date()).drafts()
    )
    told = hashlib.sha256(data + (mapping or b"")).hexdigest()[:10]
    source = SourceFile(
        name=name, sha256=hashlib.sha256(data).hexdigest(), characters=max(1, table.characters)
    )
    document = (
        _foreign_document(read[0], source, told, known, at, by)
        if read
        else _own_document(source, told, at, by)
    )
    return _assembled(found, document, table, known)


def _assembled(found: Drafts, document: Document, table: Table, known: Known) -> Batch:
    assembly = Assembly(document, table.name, known)
    for draft in found.drafts:
        assembly.add(draft)
    errors = [*found.errors, *assembly.errors]
    counts = assembly.counts(found, errors)
    if errors:
        return Batch(
            document, counts, tuple(assembly.changes), tuple(found.unmapped), each_once(errors)
        )
    facts = assembly.facts()
    if facts and document.id in known.documents:
        own, *facts = facts
        if own.passages or own.actors or own.themes:
            raise ReformError(
                f"{table.name}: has been imported already, as document `{document.id}`. "
                "Undo that import first."
            )
    return Batch(
        document, counts, tuple(assembly.changes), tuple(found.unmapped), (), tuple(facts),
        tuple(assembly.replaces), known.links(),
    )  # fmt: skip


def _own_document(source: SourceFile, told: str, at: dt.datetime, by: str) -> Document:
    return Document(
        id=f"spreadsheet-{told}", title=f"Spreadsheet {shown(source.name)}", publisher=by,
        kind="recommendationList", language="en", issued=at.date().isoformat(),
        file=source, read="whole", recorded=at, recorded_by=by, review=REVIEW,
    )  # fmt: skip


def _foreign_document(
    mapping: Mapping, source: SourceFile, told: str, known: Known, at: dt.datetime, by: str
) -> Document:
    said = mapping.document
    return Document(
        id=f"{said.id}-{told}", title=f"{said.title}: {shown(source.name)}"[:160],
        publisher=known.actors.find_or_make(said.publisher.name, said.publisher.kind),
        kind=said.kind, language=said.language, issued=said.date, url=said.url,
        file=source, read="whole", recorded=at, recorded_by=by, review=REVIEW,
    )  # fmt: skip
