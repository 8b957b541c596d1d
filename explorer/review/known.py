"""What the review page goes by: the desk, all that is known and decided, each document's queue."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable

import streamlit as st

from explorer.access.here import member_here
from explorer.freshness import current_inputs
from explorer.languages.saying import data_language, say
from explorer.settings import Settings, read_settings
from explorer.workspace import documents_digest, open_desk
from ingest.deciding import Desk
from ingest.decisions import Record, Verdict, live, taken_back
from ingest.extraction import Candidate
from ingest.facts import Recommendation
from ingest.folding import TakenIn, documents_in
from ingest.imports import lists_in
from ingest.linking import KnownAsks, Label
from ingest.readers import Reading
from ingest.reading import Corpus, corpus_files, data_of
from ingest.reviewing import Waiting, asks_of, labels_of, proposed, waiting_of
from ingest.sources import Document


@dataclass(frozen=True)
class Known:
    """One state of the workspace: whatever is decided later makes another."""

    desk: Desk
    settings: Settings
    records: Sequence[Record]
    corpus: Corpus

    @cached_property
    def taken(self) -> dict[str, TakenIn]:
        """The documents in the workspace, by id."""
        return documents_in(live(self.records))

    @cached_property
    def undone(self) -> set[str]:
        """The ids of the decisions that were taken back."""
        return taken_back(self.records)

    @cached_property
    def described(self) -> dict[str, Document]:
        """The documents of which somebody has said what they are, by id."""
        return {file.facts.document.id: file.facts.document for file in self.corpus.files}

    @cached_property
    def lists(self) -> set[str]:
        """The ids of the documents that came in as lists of rows: none has a queue."""
        return lists_in(live(self.records))

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of all documents by id; of one not described, the name of its file."""
        names = {ident: held.addition.name for ident, held in self.taken.items()}
        return names | {ident: document.title for ident, document in self.described.items()}

    def language(self, ident: str) -> str | None:
        """Return the language of a document's title where it is not that of the page."""
        document = self.described.get(ident)
        return data_language(document.titled_in) if document else None

    @cached_property
    def labels(self) -> list[Label]:
        """The names by which rules link what they find."""
        return labels_of(self.corpus)

    @cached_property
    def asks(self) -> KnownAsks:
        """The asks, to compare a new one with."""
        return asks_of(self.corpus)

    @cached_property
    def recommendations(self) -> dict[str, Recommendation]:
        """The recommendations by id."""
        return {entry.id: entry for _, entry in self.corpus.entries("recommendations")}

    @cached_property
    def own(self) -> dict[str, Recommendation]:
        """The recommendations of which people decided one by one, without whole batches."""
        found = self.corpus.entries("recommendations")
        return {entry.id: entry for file, entry in found if not file.imported}

    @cached_property
    def alike(self) -> KnownAsks:
        """The recommendations' words, to find the one a status is about."""
        return KnownAsks([(i, f"{one.label}. {one.summary}") for i, one in self.own.items()])

    def with_words(self, wanted: str) -> list[str]:
        """Return the recommendations in whose label or summary all wanted words stand."""
        words = [word.casefold() for word in wanted.split()]
        return [
            ident
            for ident, one in self.recommendations.items()
            if all(word in f"{one.label} {one.summary}".casefold() for word in words)
        ]

    def named(self, section: str) -> dict[str, str]:
        """Return the labels of all entries of a section by id, in the order of the labels."""
        found = {entry.id: entry.label for _, entry in self.corpus.entries(section) if entry.label}
        return dict(sorted(found.items(), key=lambda one: one[1].casefold()))

    @cached_property
    def actors(self) -> dict[str, str]:
        """The labels of the actors by id."""
        return self.named("actors")

    def withheld(self, ident: str) -> list[tuple[int, int]]:
        """Return where names of affected persons stand in a document.

        Raises RefusedError when it is read otherwise than when they were marked.
        """
        return self.desk.withheld(ident)

    def queue(self, ident: str) -> list[Waiting]:
        """Return the candidates of a document with the decisions about them."""
        reading = self.desk.reading(ident)
        with st.spinner(say("Looking for recommendations …")):
            found = _found(reading.sha256, _digest(self.labels), reading, self.labels)
        return waiting_of(ident, found, self.records, self.corpus)

    def last_of(self, who: str) -> Record | None:
        """Return the last decision of somebody on facts or candidates that still counts."""
        mine = [r for r in live(self.records) if r.who == who and r.decision.action in UNDOABLE]
        return mine[-1] if mine else None


UNDOABLE = {"accept", "reject", "unsure", "state", "remind"}
"""What one key takes back; to take in or describe a document is taken back in the journal."""


def known() -> Known:
    """Return what is known now, all decisions of others among it.

    Raises ReformError for mistakes in the corpus, StoreError for a damaged journal.
    """
    settings = read_settings()
    return _known(current_inputs(settings), documents_digest(settings), settings)


@st.cache_resource(show_spinner=False, max_entries=2)
def _known(inputs: str, documents: str, _settings: Settings) -> Known:
    del inputs  # with the documents, the key under which it is kept
    with st.spinner(say("Reading the corpus …")):
        desk = _desk(_folder_digest(_settings.corpus_folder), documents, str(_settings), _settings)
    book = desk.journal.read()
    return Known(desk, _settings, book.records, desk.corpus(book))


@st.cache_resource(show_spinner=False, max_entries=2)
def _desk(corpus: str, documents: str, chosen: str, _settings: Settings) -> Desk:
    del corpus, documents, chosen
    return open_desk(_settings, member_here)


def _folder_digest(folder: Traversable) -> str:
    return _digest([(entry.name, data_of(entry)) for entry in corpus_files(folder)])


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()


@st.cache_resource(show_spinner=False, max_entries=16)
def _found(
    sha256: str, labels: str, _reading: Reading, _labels: Sequence[Label]
) -> list[Candidate]:
    del sha256, labels
    return proposed(_reading, _labels)


def is_decided(one: Waiting) -> bool:
    """Tell whether a candidate was accepted or rejected."""
    decision = one.decision.decision if one.decision else None
    return isinstance(decision, Verdict) and decision.action != "unsure"
