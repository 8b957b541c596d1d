"""The review queue: what rules propose in a document, and what people have decided about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.decisions import Proposal, Record, Verdict, live
from ingest.extraction import RULES_VERSION, Candidate, find_asks, find_statuses
from ingest.fields import Span
from ingest.linking import KnownAsks, Label
from ingest.passages import anchor
from ingest.readers import Reading
from ingest.reading import Corpus
from ontology.errors import NotFoundError
from ontology.identifiers import iri, is_data, parse


@dataclass(frozen=True)
class Waiting:
    """A candidate in the queue of a document, and the decision about it, if there is one.

    `known` is the recommendation or assessment on record that has some of its words as passage.
    """

    document: str
    candidate: Candidate
    decision: Record | None = None
    known: str | None = None

    @property
    def id(self) -> str:
        """The name by which a person decides it: document and characters."""
        one = self.candidate
        mark = "status-" if one.kind == "status" else ""
        return f"{self.document}/{mark}{one.start}-{one.end}"

    @property
    def state(self) -> str:
        """One of open, accept, reject, unsure; known where it is on record without a proposal."""
        decided = self.decision.decision if self.decision else None
        if isinstance(decided, Verdict):
            return decided.action
        return "known" if self.known else "open"

    def span(self, text: str, withheld: Sequence[Span]) -> Span:
        """Return the passage: the words proposed, or their sentence where they alone will not do.

        No hash may cover less than a sentence in which a withheld name stands, and a passage must
        begin with words that stand only once in the document's text.
        """
        one = self.candidate
        if any(a < one.end and b > one.start for a, b in withheld):
            return one.sentence_start, one.sentence_end
        try:
            anchor(text, one.start, one.end)
        except ValueError:
            return one.sentence_start, one.sentence_end
        return one.start, one.end

    def proposal(self) -> Proposal:
        """Return the candidate as a decision keeps it: no words of the document."""
        one = self.candidate
        return Proposal(
            start=one.start, end=one.end, kind=one.kind, rule=one.rule or "unnamed",
            rules_version=RULES_VERSION, score=one.score, response=one.response,
            addressees=_actors(one, one.addressees), proposers=_actors(one, one.proposers),
        )  # fmt: skip


def _actors(candidate: Candidate, names: Sequence[str]) -> list[str]:
    """Return the ids of the known actors nearest to some names, one for each name."""
    best: dict[str, tuple[float, str]] = {}
    for link in candidate.links:
        if link.kind == "actor" and link.name in names and is_data(link.iri):
            best.setdefault(link.name, (link.score, parse(link.iri)[1]))
    return list(dict.fromkeys(ident for _, ident in best.values()))


def proposed(reading: Reading, labels: Sequence[Label]) -> list[Candidate]:
    """Return what the rules propose in a document, asks and statements of status, in its order.

    Raises TooMuchError.
    """
    found = [*find_statuses(reading, labels), *find_asks(reading, labels)]
    return sorted(found, key=lambda one: (one.start, one.kind == "status"))


def waiting_of(
    document: str, candidates: Sequence[Candidate], records: Sequence[Record], corpus: Corpus
) -> list[Waiting]:
    """Return candidates of a document, each with the decision about it and what is on record."""
    recorded = list(_recorded(corpus, document))
    decided = [
        (record, proposal)
        for record in live(records)
        if isinstance(record.decision, Verdict) and record.decision.document == document
        for proposal in record.decision.proposals
    ]
    return [
        Waiting(document, one, _decision_about(one, decided), _known(one, recorded))
        for one in candidates
    ]


def _decision_about(
    candidate: Candidate, decided: Sequence[tuple[Record, Proposal]]
) -> Record | None:
    """Return the last decision on a proposal that shares words with the candidate."""
    status = candidate.kind == "status"
    hits = [
        record
        for record, proposal in decided
        if proposal.start < candidate.end
        and candidate.start < proposal.end
        and (proposal.kind == "status") == status
    ]
    return hits[-1] if hits else None


def _recorded(corpus: Corpus, document: str) -> Iterator[tuple[Span, str]]:
    """Yield the passages of a document on which recommendations and assessments rest."""
    files = [file for file in corpus.files if file.facts.document.id == document]
    spans = {key: p.span for file in files for key, p in file.facts.passages.items() if p.span}
    for file in files:
        for kind, entries in (
            ("recommendation", file.facts.recommendations),
            ("assessment", file.facts.assessments),
        ):
            for one in entries:
                yield from ((spans[k], f"{kind}/{one.id}") for k in one.passages if k in spans)


def _known(candidate: Candidate, recorded: Sequence[tuple[Span, str]]) -> str | None:
    kind = "assessment/" if candidate.kind == "status" else "recommendation/"
    return next(
        (
            ident
            for (start, end), ident in recorded
            if start < candidate.end and candidate.start < end and ident.startswith(kind)
        ),
        None,
    )


def pick(waiting: Sequence[Waiting], ident: str) -> Waiting:
    """Return the candidate of that id.

    Raises NotFoundError when the queue has none.
    """
    for one in waiting:
        if one.id == ident:
            return one
    raise NotFoundError(f"{ident}: is no candidate. `reformgraph review` lists them.")


def labels_of(corpus: Corpus) -> list[Label]:
    """Return the names by which actors, instruments and themes are known, aliases among them."""
    found: list[Label] = []
    for section, kind in (("actors", "actor"), ("instruments", "instrument")):
        for _, entry in corpus.entries(section):
            node = str(iri(kind, entry.id))
            names = [entry.label, *(alias.name for alias in entry.aliases)]
            found += [Label(node, name, kind) for name in names if name]
    found += [
        Label(str(iri("theme", entry.id)), entry.label, "theme")
        for _, entry in corpus.entries("themes")
    ]
    return found


def asks_of(corpus: Corpus) -> KnownAsks:
    """Return the asks known so far, to compare a new one with."""
    return KnownAsks(
        [(entry.id, f"{entry.label}. {entry.definition}") for _, entry in corpus.entries("asks")]
    )
