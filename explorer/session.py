"""What the pages share: the store opened once for each snapshot, names, passages, settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from explorer.freshness import current_inputs
from explorer.settings import Settings, read_settings
from explorer.words import Names, names_in
from explorer.workspace import current_snapshot, open_desk
from graph.answers import PassageRow
from graph.entities import passages
from graph.remembering import RememberingStore
from graph.store import Store, open_store
from ingest.reading import Corpus


@dataclass(frozen=True)
class Session:
    """One snapshot, open for asking; `inputs` is the digest of all that it is made from."""

    inputs: str
    settings: Settings
    store: Store
    names: Names
    passages: dict[str, PassageRow]


def current() -> Session:
    """Return the session of the current snapshot; what is out of date is built first.

    Raises ReformError when the corpus has mistakes.
    """
    settings = read_settings()
    return _opened(current_inputs(settings), str(settings), settings)


@st.cache_resource(show_spinner="Opening the graph …", max_entries=2)
def _opened(inputs: str, chosen: str, _settings: Settings) -> Session:
    del chosen  # with the inputs, the key under which the session is kept
    path: Path = current_snapshot(_settings)
    store = RememberingStore(open_store(_settings.store, path))
    return Session(inputs, _settings, store, names_in(store), passages(store))


def whole_address(session: Session, page: str, query: Mapping[str, Sequence[str]]) -> str:
    """Return the address at which anybody sees this page as it is: a public one where one is set.

    `page` is its name in an address, empty for the first one, `query` its parameters.
    """
    public = session.settings.public_url
    here = (st.context.url or "").partition("?")[0].rstrip("/")
    base = f"{public}/{page}" if public else here if page else f"{here}/"
    return f"{base}?{urlencode(query, doseq=True)}" if query else base


def current_corpus() -> Corpus:
    """Return all that is known, corpus files and decisions, with the lines they stand on.

    Raises CorpusMistakesError, and StoreError for a damaged journal.
    """
    settings = read_settings()
    return _corpus(current_inputs(settings), settings)


def corpus_of(session: Session) -> Corpus:
    """Return the same as of this session, without looking again whether a file has changed.

    Raises CorpusMistakesError, and StoreError for a damaged journal.
    """
    return _corpus(session.inputs, session.settings)


@st.cache_resource(show_spinner="Reading the corpus …", max_entries=2)
def _corpus(inputs: str, _settings: Settings) -> Corpus:
    del inputs
    return open_desk(_settings).corpus()
