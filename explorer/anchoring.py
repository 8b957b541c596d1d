"""For curators: the YAML of a passage, and the JSON Schema of a corpus file."""

from __future__ import annotations

import json
from pathlib import Path

from explorer.documents import documents_of
from explorer.settings import Settings
from ingest.documents import SourceText, read_document
from ingest.facts import CorpusFile
from ingest.fields import Span
from ingest.passages import anchor, text_fragment
from ingest.quotes import stretch
from ingest.reading import corpus_files, data_of, read_file
from ingest.sources import Document
from ontology.errors import NotAtHandError, NotFoundError, ReformError, UsageError

SCHEMA = "https://w3id.org/reformgraph/corpus.schema.json"


def passage_yaml(settings: Settings, document: str, first: str, last: str) -> str:
    """Return a passage of a document as an entry of `passages` in a corpus file.

    `first` and `last` are words that stand in the text, or character offsets (end exclusive).
    Raises UsageError when they do not mark one place, NotFoundError when there is no such document,
    ReformError when its text is not here, or is not that in which names are withheld.
    """
    source, withheld = _source(settings, document)
    start, end = _span(source, first, last)
    try:
        place = anchor(source.text, start, end, withheld, source.gaps)
    except ValueError as error:
        raise UsageError(f"{source.path.name}: {error}.") from error
    return "\n".join(
        [
            "  KEY:",
            '    section: ""',
            f"    span: [{place.start}, {place.end}]",
            f"    first: {json.dumps(place.first, ensure_ascii=False)}",
            f"    last: {json.dumps(place.last, ensure_ascii=False)}",
            f"    raw: {place.raw}",
            f"    normalised: {place.normalised}",
            f"    # in a browser: {text_fragment(place.first, place.last)}",
        ]
    )


def _source(settings: Settings, document: str) -> tuple[SourceText, list[Span]]:
    """Return the text and the withheld spans of a document named by id or by its own file."""
    name = f"{document}.yaml"
    in_corpus = settings.corpus_folder / name
    if not in_corpus.is_file():
        if Path(document).is_file():
            return _own_file(settings, Path(document))
        raise NotFoundError(
            f"{document}: is neither a corpus file's id nor a file of text. Check the name."
        )
    facts = read_file(name, data_of(in_corpus)).facts.document
    if facts.file is None:
        raise NotAtHandError(f"{name}: the document has no text. Name a file of text instead.")
    documents = documents_of(settings)
    source = documents.find(facts.id, facts.file.name, facts.file.sha256)
    if source is None:
        raise NotAtHandError(
            documents.unread.get(facts.id)
            or f"{facts.file.name}: is not at hand. Set REFORMGRAPH_DOCUMENTS to its folder."
        )
    return source, _withheld(facts, source)


def _own_file(settings: Settings, path: Path) -> tuple[SourceText, list[Span]]:
    """Return a file of text; where it is a document of the corpus, with what is withheld there."""
    source = read_document(path)
    for entry in corpus_files(settings.corpus_folder):
        facts = read_file(entry.name, data_of(entry)).facts.document
        if facts.file and (facts.file.sha256 == source.sha256 or facts.file.name == path.name):
            return source, _withheld(facts, source)
    return source, []


def _withheld(facts: Document, source: SourceText) -> list[Span]:
    """Return the spans of names in a document; they are offsets into one copy of it only."""
    recorded = facts.file
    if facts.withheld and recorded and not recorded.is_read_as(source.sha256, source.text):
        raise ReformError(
            f"{source.path.name}: differs from the copy in which names are withheld. "
            "Take that copy, or mark the spans anew."
        )
    return facts.withheld


def _span(source: SourceText, first: str, last: str) -> tuple[int, int]:
    if first.isdecimal() and last.isdecimal():
        whole = len(source.text)
        if len(first + last) > 40 or not int(first) < int(last) <= whole:
            raise UsageError(
                f"{source.path.name}: {first}-{last} are not offsets in its {whole:,} characters. "
                "Correct them."
            )
        return int(first), int(last)
    try:
        return stretch(source.text, first, last, gaps=source.gaps)
    except UsageError as error:
        raise UsageError(f"{source.path.name}: {error}") from error


def corpus_schema() -> str:
    """Return the JSON Schema (2020-12) of a corpus file."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        **CorpusFile.model_json_schema(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2)
