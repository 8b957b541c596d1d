"""Passages against the documents at hand: what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ingest.documents import Documents, SourceText
from ingest.fields import Span
from ingest.passages import Anchor, Verdict, exposes, sha256, shows_name, verify
from ingest.reading import Corpus
from ingest.sources import Document, Passage
from ingest.tables.rows import verify_rows
from ingest.tables.structure import Table
from ontology.identifiers import passage_iri
from ontology.origins import Origin

TableOf = Callable[[str], Table | None]
"""Returns the table that was imported as a document, or None when it is not at hand."""


def no_table(_: str) -> None:
    """Return no table: corpus files have none."""


@dataclass(frozen=True)
class PassageCheck:
    """What became of one passage; `detail` says it for people.

    `span` is where it stands in the copy at hand, when it does.
    """

    iri: str
    verdict: Verdict
    origin: Origin
    detail: str
    document: str = ""
    span: Span | None = None


def check_passages(
    corpus: Corpus,
    documents: Documents,
    table_of: TableOf = no_table,
) -> list[PassageCheck]:
    """Look for every passage of the corpus in the documents at hand.

    `table_of` returns the table that was imported as a document, for passages that are rows,
    whoever wrote them down; a list is not read as text for their sake.
    Raises ReformError when a file that the user named cannot be read, StoreError when a file that
    was imported is missing or was changed.
    """
    found: list[PassageCheck] = []
    sources: dict[str, SourceText | None] = {}
    tables = lru_cache(maxsize=2)(table_of)
    for file in corpus.files:
        document, passages = file.facts.document, file.facts.passages
        rows = {key: passage for key, passage in passages.items() if _is_row(passage)}
        if rows:
            found += _check_rows(document.id, rows, tables(document.id), corpus)
        if document.id not in sources and any(passage.anchor for passage in passages.values()):
            sources[document.id] = _source(document, documents)
        for key, passage in passages.items():
            if key in rows:
                continue
            node = str(passage_iri(document.id, key))
            place = Origin(*corpus.places["passage", f"{document.id}/{key}"])
            verdict, detail, span = _check(passage, sources.get(document.id), document)
            if verdict is Verdict.NOT_AT_HAND:
                detail = documents.unread.get(document.id, detail)
            found.append(PassageCheck(node, verdict, place, detail, document.id, span))
    return found


ROWS = {
    Verdict.VERIFIED: "The row stands where the import says.",
    Verdict.MOVED: "The row stands elsewhere in the file.",
    Verdict.CHANGED: "The row is not in the file.",
    Verdict.LOCATOR_ONLY: "It is no row of the file; read the place that the locator names.",
}


def _is_row(passage: Passage) -> bool:
    return passage.row is not None and passage.normalised is not None and passage.anchor is None


def _check_rows(
    document: str, passages: Mapping[str, Passage], table: Table | None, corpus: Corpus
) -> Iterator[PassageCheck]:
    verdicts = verify_rows(passages.values(), table) if table else []
    for i, key in enumerate(passages):
        verdict = verdicts[i][0] if table else Verdict.NOT_AT_HAND
        detail = ROWS.get(verdict, "The file is not at hand, so the row was not looked up.")
        place = Origin(*corpus.places["passage", f"{document}/{key}"])
        yield PassageCheck(str(passage_iri(document, key)), verdict, place, detail, document)


def _source(document: Document, documents: Documents) -> SourceText | None:
    recorded = document.file
    return documents.find(document.id, recorded.name, recorded.sha256) if recorded else None


def _check(
    passage: Passage, source: SourceText | None, document: Document
) -> tuple[Verdict, str, Span | None]:
    place = passage.anchor
    if place is None:
        said = "It has no offsets; read the place that the locator names."
        return Verdict.LOCATOR_ONLY, said, None
    if source is None:
        said = "The document is not at hand, so the passage was not looked up."
        return Verdict.NOT_AT_HAND, said, None
    verdict, span = verify(place, source.text, source.gaps)
    if verdict is Verdict.CHANGED:
        said = "The words of the passage are not in this copy. Read the document again."
    elif verdict is Verdict.MOVED and span is not None:
        recorded = document.file
        same = recorded is not None and recorded.sha256 == source.sha256
        advice = "Correct its span." if same else "The copy is not the one that was read."
        said = f"The passage now stands at {span[0]}-{span[1]}. {advice}"
    elif _exposes(place, source, document):
        verdict = Verdict.EXPOSED
        said = "Its words or hash give away a name. Take the whole sentence."
    else:
        said = "The passage stands where the corpus says."
    return verdict, said, span


def _exposes(place: Anchor, source: SourceText, document: Document) -> bool:
    """Tell whether a verified passage gives a withheld name away.

    Withheld spans are offsets into the copy that was read. In another one they hold inside a
    passage whose characters are the same; whether it is a whole sentence cannot be told there,
    since line ends around it may have gone.
    """
    if document.file and document.file.is_read_as(source.sha256, source.text):
        return exposes(place, source.text, document.withheld)
    same = sha256(source.text[place.start : place.end]) == place.raw
    return same and shows_name(place, source.text, document.withheld)


def counted(checks: Iterable[PassageCheck]) -> dict[str, int]:
    """Return how many passages have each verdict, in the order of Verdict."""
    verdicts = [check.verdict for check in checks]
    return {verdict.value: verdicts.count(verdict) for verdict in Verdict}
