"""The check: data against the rules, passages against the documents, and one report of both."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from explorer.documents import documents_of
from explorer.rdffiles import findings_of
from explorer.settings import Settings
from explorer.workspace import open_desk
from ingest.passage_checks import PassageCheck, TableOf, check_passages, counted, no_table
from ingest.passages import Verdict
from ingest.pipeline import snapshot_of
from ingest.publishing import HeldBack
from ingest.reading import Corpus, read_corpus
from ontology.errors import UsageError
from ontology.identifiers import is_data, tells_nothing
from ontology.origins import Origin
from ontology.rules import rules
from ontology.triples import Triples
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

NOT_LOOKED_UP = frozenset({Verdict.NOT_AT_HAND, Verdict.LOCATOR_ONLY})
"""What is said of a passage that was not looked for."""

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


HELD_BACK = "an entry that is held back"
"""What names an entry of which nothing goes out."""


@dataclass(frozen=True)
class Report:
    """What was found; `passages` is None for RDF files, which have none to look up."""

    findings: list[Finding]
    origins: dict[str, Origin]
    passages: list[PassageCheck] | None
    documents: bool = True
    """Whether there were documents to look the passages up in."""
    unread: Sequence[str] = ()
    """A line on each file that could not be read; its document counts as not at hand."""
    named: Mapping[str, Path] = field(default_factory=dict)
    """The files of which the user said which document they are, by document id."""
    held: HeldBack | None = None
    """What is on record and does not go out; None for RDF files, of which nothing goes out."""
    overdue: Sequence[str] = ()
    """A line on each place in a corpus file that was taken before and breaks a later rule."""
    readable: Sequence[Origin] = ()
    """Where cases and steps stand whose ids are not random; a digest goes out in their place."""

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
        lines += self.unread
        lines += self.overdue
        lines += self.held_back()
        for document, path in self.named.items():
            told = [f"{n} {words}" for words, n in passages_told(self._of(document)).items() if n]
            lines.append(f"{document} in {path}: {', '.join(told) or 'no passages'}.")
        counts = passages_told(self.passages).items()
        lines.append("Passages: " + ", ".join(f"{n} {words}" for words, n in counts) + ".")
        if not self.documents:
            lines.append("Set REFORMGRAPH_DOCUMENTS to the folder of documents to look them up.")
        return text + "\n".join(lines)

    def held_back(self) -> list[str]:
        """Return in lines how much is on record and does not go out, and what tells too much."""
        return [
            *(self.held.lines() if self.held else []),
            *(
                f"Readable: {place}: the id of a case, or of a step of one, is not random. Write "
                "case- and six random hexadecimal digits, and a step as that with a word after it."
                for place in self.readable
            ),
        ]

    def _of(self, document: str) -> list[PassageCheck]:
        return [check for check in self.passages or () if check.document == document]

    def as_json(self) -> str:
        """Return the report as JSON."""
        told = json.loads(report_json(self.findings, self.origins))
        if self.passages is not None:
            told["passages"] = {
                "counts": counted(self.passages),
                "found": [
                    {"passage": check.iri, "verdict": check.verdict.value, "detail": check.detail,
                     "span": check.span, "file": check.origin.file, "line": check.origin.line}
                    for check in self.passages
                ],
                "unread": list(self.unread),
                "overdue": list(self.overdue),
                "copies": [
                    {"document": document, "file": str(path), "counts": counted(self._of(document))}
                    for document, path in self.named.items()
                ],
            }  # fmt: skip
        if self.held is not None:
            told["held_back"] = {
                **self.held.as_dict(), "readable_ids": [str(place) for place in self.readable]
            }  # fmt: skip
        return json.dumps({"passed": self.passed, **told}, ensure_ascii=False, indent=2)

    def as_turtle(self) -> str:
        """Return the findings as a SHACL validation report; passages have no place in one."""
        return report_turtle(self.findings, self.origins)


def check_given(settings: Settings, paths: Sequence[Path], copies: Sequence[str] = ()) -> Report:
    """Check what is named: nothing (the corpus of the settings), a folder of corpus files, RDF.

    `copies` say as `ID=FILE` which file is a copy of which document.
    Raises ReformError for what cannot be read, UsageError for what cannot be meant.
    """
    named = _named(copies)
    if not paths:
        return check_known(settings, named)
    folders = [path for path in paths if path.is_dir()]
    if not folders:
        if named:
            raise UsageError("--document: goes with a corpus, not with RDF files. Leave one out.")
        return Report(findings_of(paths), {}, None)
    if len(paths) > 1:
        raise UsageError(
            f"{folders[0]}: is a folder of corpus files, which is checked alone. Name it only."
        )
    return check_corpus(read_corpus(folders[0]), settings, named)


def check_known(
    settings: Settings, named: Mapping[str, Path] | None = None, *, public: bool = False
) -> Report:
    """Check all that is known: the corpus of the settings and the journal's decisions.

    With `public`, check what the explorer shows of it, and tell of the rest how much it is.
    """
    desk = open_desk(settings)
    return check_corpus(desk.corpus(), settings, named, desk.table, public=public)


def _named(copies: Sequence[str]) -> dict[str, Path]:
    named: dict[str, Path] = {}
    for given in copies:
        document, equals, file = given.partition("=")
        if not (document and equals and file):
            raise UsageError(f"{given}: does not say which document is which file. Say ID=FILE.")
        if document in named:
            raise UsageError(f"{document}: is named twice. Give one file for each document.")
        named[document] = Path(os.path.expanduser(file))  # noqa: PTH111 - it raises nothing
    return named


def check_corpus(
    corpus: Corpus,
    settings: Settings,
    named: Mapping[str, Path] | None = None,
    table_of: TableOf = no_table,
    *,
    public: bool = False,
) -> Report:
    """Hold facts against the rules, and their passages against the documents at hand.

    `named` are the user's files by document id, `table_of` returns what was imported
    as one; with `public`, only what may go out is told. Raises UsageError for an id that no
    document has, ReformError for a named file that cannot be read.
    """
    snapshot = snapshot_of(corpus)
    named = named or {}
    _refuse_unknown(corpus, named)
    documents = documents_of(settings, named)
    passages = check_passages(corpus, documents, table_of)
    looked_up = any(check.verdict not in NOT_LOOKED_UP for check in passages)
    told = {str(subject) for (subject, _, _), _ in snapshot.quads}
    if public:
        passages = [check for check in passages if check.iri in told]
        findings = validate(Triples(triple for triple, _ in snapshot.quads))
    else:
        recorded = Triples(triple for triple, _ in snapshot.recorded)
        findings = [_without_words(found, told) for found in validate(recorded)]
    return Report(
        findings,
        snapshot.origins,
        passages,
        settings.documents is not None or looked_up,
        list(documents.unread.values()),
        named,
        snapshot.held.rounded() if public else snapshot.held,
        _in_short(corpus.overdue) if public else corpus.overdue,
        [
            Origin(*place) for (kind, ident), place in corpus.places.items()
            if not tells_nothing(kind, ident)
        ],
    )  # fmt: skip


def _in_short(overdue: Sequence[str]) -> list[str]:
    """Return in a line how many places there are: what stands in one may be held back."""
    told = f"{len(overdue):,} places in corpus files break rules that came after they were taken."
    return [f"Warning: {told} `reformgraph check` names them."] if overdue else []


def _without_words(finding: Finding, told: Container[str]) -> Finding:
    """Return a finding on what is held back with the rule's name alone: a log may keep it."""
    nodes = (node for node in (finding.focus, finding.value) if node and is_data(node))
    if all(str(node) in told for node in nodes):
        return finding
    rule = next(rule.name for rule in rules() if str(rule.shape) == finding.shape)
    return replace(finding, message=rule, label=HELD_BACK, value=None, value_label=None)


def _refuse_unknown(corpus: Corpus, named: Mapping[str, Path]) -> None:
    known = sorted({file.facts.document.id for file in corpus.files})
    for document in named:
        if document not in known:
            near = difflib.get_close_matches(document, known, 1)
            advice = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known[:12])}."
            raise UsageError(f"{document}: no document has this id. {advice}")
