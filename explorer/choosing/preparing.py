"""All recommendations as they are, and as they were at what they are held against, made once."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from explorer.access.here import user_here
from explorer.facets import Counts, Prepared, prepared
from explorer.languages.saying import say
from explorer.marks import Compared, Mark, compared, gone_of
from explorer.releases import LARGEST, Release, kept, open_release, read_release
from explorer.selection import SHORT, Selection
from explorer.session import Session
from explorer.voices import Item
from explorer.words import Names
from graph.entities import labels
from ingest.readers import bytes_of
from ontology.errors import NotAtHandError, ReformError

FILE: Final = "release file"
"""Session: the file of a release that somebody gave."""
REFUSED: Final = "release refused"
_READ: Final = "release read"
MOST: Final = 4
"""So many given files are held in memory, the last ones."""


@dataclass(frozen=True)
class Against:
    """What all recommendations are held against: a release, or else an earlier day."""

    release: Release | None
    names: Names
    compared: Compared


@dataclass(frozen=True)
class Before:
    """What a choice is held against: the same choice as it was.

    `gone` fitted it then and are no longer there, `left` fitted it then and fit no longer.
    """

    release: Release | None
    names: Names
    marks: dict[str, Mark]
    items: list[Item]
    counts: Counts
    gone: list[Item]
    left: list[Item]

    def mark(self, recommendation: str) -> Mark | None:
        """Return how a recommendation differs from what it was; None where it does not."""
        return self.marks.get(recommendation)


def ready(session: Session, axis: str, as_of: dt.date | None) -> Prepared:
    """Return all recommendations on an axis as of a day, made once for each snapshot."""
    return _ready(session.store.digest, axis, as_of, session)


@st.cache_resource(show_spinner="Reading the recommendations …", max_entries=8)
def _ready(digest: str, axis: str, as_of: dt.date | None, _session: Session) -> Prepared:
    del digest  # a part of the key
    return prepared(_session.store, _session.names, axis, as_of)


def against(session: Session, selection: Selection) -> Against | None:
    """Return what a selection is to be held against; None where it names nothing to compare with.

    Raises NotAtHandError for a release that is not here, ReformError for one that cannot be read.
    """
    if selection.release:
        release = release_of(session, selection.release)
        key = f"{session.store.digest} {release.digest}"
        names = _names(key, session, release)
        found = _compared(key, selection.axis, selection.as_of, None, session, release, names)
        return Against(release, names, found)
    if not selection.is_compared:
        return None
    key, names = session.store.digest, session.names
    found = _compared(key, selection.axis, selection.as_of, selection.since, session, None, names)
    return Against(None, names, found)


@st.cache_resource(show_spinner="Comparing …", max_entries=8)
def _compared(
    key: str, axis: str, as_of: dt.date | None, since: dt.date | None,
    _session: Session, _release: Release | None, _names: Names,
) -> Compared:  # fmt: skip
    del key
    now = ready(_session, axis, as_of)
    if _release is None:
        return compared(now, ready(_session, axis, since))
    return compared(now, prepared(_release.store, _names, axis, as_of))


@st.cache_resource(max_entries=4)
def _names(key: str, _session: Session, _release: Release) -> Names:
    """Return the names of both, those of today first."""
    del key
    return _session.names.also(labels(_release.store))


def as_it_was(found: Against, selection: Selection, now: list[Item]) -> Before:
    """Return a choice as it was; `now` is what fits today, whatever has changed of it."""
    then, whole = found.compared.then, selection.with_facet("change", ())
    fitted = then.chosen(whole)
    here = {item.iri for item in now}
    marks = dict(found.compared.marks)
    gone = gone_of(marks, fitted)
    gone_iris = {one.iri for one in gone}
    left = [one for one in fitted if one.iri not in here and one.iri not in gone_iris]
    return Before(found.release, found.names, marks, then.chosen(selection),
                  then.counts(selection), gone, left)  # fmt: skip


# --- where releases come from --------------------------------------------------------------------


def release_of(session: Session, short: str) -> Release:
    """Return the release that an address names, kept in the workspace or given as a file.

    Raises NotAtHandError when it is not at hand, ReformError when its file cannot be read.
    """
    for (who, digest), release in list(_shelf().held.items()):
        if (who, digest[:SHORT]) == (_who(), short):
            return release
    for digest, path in at_hand(session.settings.home)[0].items():
        if digest[:SHORT] == short:
            return _kept(digest, path)
    raise NotAtHandError(
        say("The release {digest}, with which this is to be compared, is not at hand. Give its "
            "file under “Compare”, or keep it in the folder releases of the workspace.",
            digest=short)
    )  # fmt: skip


def at_hand(home: Path) -> tuple[dict[str, Path], list[str]]:
    """Return the releases that are kept, by digest, and a line for each that cannot be read."""
    found, faults = {}, []
    for path in kept(home):
        try:
            status = path.stat()
            found[_digest(str(path), status.st_size, status.st_mtime_ns)] = path
        except (OSError, ReformError) as error:
            faults.append(str(error))
    return found, faults


def given() -> list[Release]:
    """Return the releases that whoever looks at this page gave as files."""
    who = _who()
    return [release for (whose, _), release in list(_shelf().held.items()) if whose == who]


def take_given() -> str:
    """Read a file that was just given; return how an address names it, empty without a new one.

    It is held in memory for whoever gave it, and by nobody else seen. What is wrong with it is
    told where it is given.
    """
    upload = st.session_state.get(FILE)
    if upload is None or upload.file_id == st.session_state.get(_READ):
        return ""
    st.session_state[_READ] = upload.file_id
    st.session_state.pop(REFUSED, None)
    try:
        with st.spinner(say("Reading the release …")):
            release = read_release(upload.getvalue(), upload.name)
    except ReformError as error:
        st.session_state[REFUSED] = str(error)
        return ""
    _shelf().put(_who(), release)
    return release.short


class _Shelf:
    """The files that were given, the last ones, in memory alone."""

    def __init__(self) -> None:
        self.held: OrderedDict[tuple[str, str], Release] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, who: str, release: Release) -> None:
        with self._lock:
            self.held[who, release.digest] = release
            self.held.move_to_end((who, release.digest))
            while len(self.held) > MOST:
                self.held.popitem(last=False)


@st.cache_resource
def _shelf() -> _Shelf:
    return _Shelf()


def _who() -> str:
    user = user_here()
    return user.id if user else ""  # a name may be given anew to somebody else


@st.cache_data(max_entries=256, show_spinner=False)
def _digest(path: str, size: int, changed: int) -> str:
    del size, changed  # parts of the key
    return hashlib.sha256(bytes_of(Path(path), LARGEST)).hexdigest()


@st.cache_resource(show_spinner="Opening the release …", max_entries=2)
def _kept(digest: str, _path: Path) -> Release:
    del digest
    return open_release(_path)
