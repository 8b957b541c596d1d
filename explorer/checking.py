"""The check: data against the rules, passages against the documents, and one report of both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from explorer.rdffiles import read_rdf
from explorer.settings import Settings
from ingest.documents import DocumentFolder
from ingest.passage_checks import PassageCheck, check_passages, counted
from ingest.passages import Verdict
from ingest.pipeline import build
from ontology.errors import UsageError
from ontology.origins import Origin
from ontology.validation import (
    Finding,
    conforms,
    report_json,
    report_text,
    report_turtle,
    validate,
)

FATAL = frozenset({Verdict.CHANGED, Verdict.EXPOSED})
"""What must not become of a passage."""


PASSAGE_WORDS = {
    Verdict.VERIFIED: "verified",
    Verdict.MOVED: "moved",
    Verdict.CHANGED: "changed",
    Verdict.EXPOSED: "exposing a withheld name",
    Verdict.NOT_AT_HAND: "of documents not at hand",
    Verdict.LOCATOR_ONLY: "with a locator only",
}
"""What is said of a number of passages with each verdict."""


def passages_told(checks: Iterable[PassageCheck]) -> dict[str, int]:
    """Return how many passages have each verdict, under the words for a number of them."""
    counts = counted(checks)
    return {words: counts[verdict.value] for verdict, words in PASSAGE_WORDS.items()}


@dataclass(frozen=True)
class Report:
    """What was found; `passages` is None for RDF files, which have none to look up."""

    findings: list[Finding]
    origins: dict[str, Origin]
    passages: list[PassageCheck] | None
    documents: bool = True
    """Whether a folder of documents was there to look the passages up in."""

    @property
    def passed(self) -> bool:
        """Whether there is no Violation, no changed passage and none that gives a name away."""
        lost = any(check.verdict in FATAL for check in self.passages or ())
        return conforms(self.findings) and not lost

    def as_text(self) -> str:
        """Return the report in lines for people."""
        text = report_text(self.findings, self.origins)
        if self.passages is None:
            return text
        lines = [
            f"{check.verdict.value:<9}  {check.origin}: {check.detail}"
            for check in self.passages
            if check.verdict in FATAL | {Verdict.MOVED}
        ]
        told = passages_told(self.passages).items()
        lines.append("Passages: " + ", ".join(f"{count} {words}" for words, count in told) + ".")
        if not self.documents:
            lines.append("Set REFORMGRAPH_DOCUMENTS to the folder of documents to look them up.")
        return text + "\n".join(lines)

    def as_json(self) -> str:
        """Return the report as JSON."""
        told = json.loads(report_json(self.findings, self.origins))
        if self.passages is not None:
            told["passages"] = {
                "counts": counted(self.passages),
                "found": [
                    {"passage": check.iri, "verdict": check.verdict.value, "detail": check.detail,
                     "file": check.origin.file, "line": check.origin.line}
                    for check in self.passages
                ],
            }  # fmt: skip
        return json.dumps({"passed": self.passed, **told}, ensure_ascii=False, indent=2)

    def as_turtle(self) -> str:
        """Return the findings as a SHACL validation report; passages have no place in one."""
        return report_turtle(self.findings, self.origins)


def check_given(settings: Settings, paths: Sequence[Path]) -> Report:
    """Check what is named: nothing (the corpus of the settings), a folder of corpus files, RDF.

    Raises ReformError for what cannot be read.
    """
    if not paths:
        return check_corpus(settings.corpus_folder, settings)
    folders = [path for path in paths if path.is_dir()]
    if not folders:
        return Report(validate(read_rdf(paths)), {}, None)
    if len(paths) > 1:
        raise UsageError("a folder of corpus files is checked alone. Name the folder only.")
    return check_corpus(folders[0], settings)


def check_corpus(folder: Traversable, settings: Settings) -> Report:
    """Check a folder of corpus files, and its passages in the user's folder of documents."""
    snapshot = build(folder)
    documents = DocumentFolder(settings.documents)
    passages = check_passages(snapshot.corpus, documents)
    return Report(
        validate(snapshot.data()), snapshot.origins, passages, settings.documents is not None
    )
