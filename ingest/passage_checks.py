"""Passages against the documents at hand: what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.documents import DocumentFolder, SourceText
from ingest.fields import Span
from ingest.passages import Verdict, exposes, verify
from ingest.reading import Corpus
from ingest.sources import Passage
from ontology.identifiers import passage_iri
from ontology.origins import Origin


@dataclass(frozen=True)
class PassageCheck:
    """What became of one passage; `detail` says it for people."""

    iri: str
    verdict: Verdict
    origin: Origin
    detail: str


def check_passages(corpus: Corpus, documents: DocumentFolder) -> list[PassageCheck]:
    """Look for every passage of the corpus in the documents at hand."""
    found: list[PassageCheck] = []
    for file in corpus.files:
        document = file.facts.document
        source = documents.find(document.file.name, document.file.sha256) if document.file else None
        for key, passage in file.facts.passages.items():
            node = passage_iri(document.id, key)
            place = corpus.places["passage", f"{document.id}/{key}"]
            verdict, detail = _check(passage, source, document.withheld)
            found.append(PassageCheck(str(node), verdict, Origin(*place), detail))
    return found


def _check(
    passage: Passage, source: SourceText | None, withheld: Sequence[Span]
) -> tuple[Verdict, str]:
    place = passage.anchor
    if place is None:
        return Verdict.LOCATOR_ONLY, "It has no offsets; read the place that the locator names."
    if source is None:
        return Verdict.NOT_AT_HAND, "The document is not at hand, so the passage was not looked up."
    verdict, span = verify(place, source.text)
    if verdict is Verdict.CHANGED:
        return verdict, "The words of the passage are not in this copy. Read the document again."
    if verdict is Verdict.MOVED and span is not None:
        return verdict, f"The passage now stands at {span[0]}-{span[1]}. Correct its span."
    # Withheld spans are offsets into the document as it was read, so only there can they be held
    # against a passage.
    if exposes(place, source.text, withheld):
        return Verdict.EXPOSED, "Its words or hash give away a name. Take the whole sentence."
    return verdict, "The passage stands where the corpus says."


def counted(checks: Iterable[PassageCheck]) -> dict[str, int]:
    """Return how many passages have each verdict, in the order of Verdict."""
    verdicts = [check.verdict for check in checks]
    return {verdict.value: verdicts.count(verdict) for verdict in Verdict}
