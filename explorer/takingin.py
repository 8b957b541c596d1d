"""Taking documents in on the command line: read first, told, and kept when the user says so."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from explorer.deciding import made, read_actor
from explorer.markup import seen
from explorer.recorded import saved
from explorer.terminal import working
from ingest.deciding import Desk
from ingest.decisions import Addition, Record
from ingest.drafting import in_a_line
from ingest.extraction import TooMuchError, not_read
from ingest.readers import Limits, Reading, ReadingFailure, bytes_of, read_files, read_limited
from ingest.sources import Actor, Document
from ingest.tables.known import Names
from ontology.errors import ReformError, StoreError, UsageError

T = TypeVar("T")
BEGINNING = 160
"""Characters shown of a document before it is kept."""


@dataclass(frozen=True)
class Coming:
    """A document that was read and may be kept: where it came from, its bytes, what they say."""

    data: bytes
    reading: Reading
    url: str | None = None


def coming(sources: Sequence[str], home: Path) -> Iterator[Coming | ReformError]:
    """Read files, all files of folders, and web addresses; a failure does not stop the others.

    What the program itself keeps in the workspace, private names among it, is no document.
    """
    addresses = [s for s in sources if s.casefold().startswith(("http://", "https://"))]
    paths = [path for s in sources if s not in addresses for path in _files_in(Path(s))]
    own = Path(os.path.realpath(home))
    kept = [path for path in paths if Path(os.path.realpath(path)).parent == own]
    paths = [path for path in paths if path not in kept]
    for path in kept:
        yield ReformError(f"{path}: is a file of the workspace itself. Give a document.")
    for path, result in zip(paths, _shown(read_files(paths)) if paths else (), strict=True):
        if isinstance(result, ReadingFailure):
            yield ReformError(result.message)
            continue
        try:
            data = bytes_of(path, Limits().size)
        except ReformError as error:
            yield error
            continue
        if hashlib.sha256(data).hexdigest() == result.sha256:
            yield Coming(data, result)
        else:
            yield ReformError(f"{path.name}: was changed while it was read. Try again.")
    for address in addresses:
        try:
            yield _fetched(address)
        except ReformError as error:
            yield error


def _shown(results: Iterator[T]) -> Iterator[T]:
    """Yield what is read, and show on a terminal that work goes on until it is."""
    while True:
        with working("reading"):
            found = next(results, None)
        if found is None:
            return
        yield found


def _files_in(path: Path) -> list[Path]:
    """Return the files of a folder, without hidden ones, or the one file."""
    if not path.is_dir():
        return [path]
    return sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith("."))


def read_here(data: bytes, name: str, url: str | None = None) -> Coming:
    """Read some bytes in a limited process; nothing is kept.

    Raises ReformError when they cannot be read.
    """
    return Coming(data, read_limited(data, name), url)


def _fetched(url: str) -> Coming:
    from ingest.fetching import fetch

    found = fetch(url)
    return read_here(found.data, found.name, found.url)


def told_coming(one: Coming) -> str:
    """Return in lines what a document is, before it is kept."""
    reading = one.reading
    about = [
        reading.media_type, f"{len(one.data):,} bytes", f"{len(reading.text):,} characters",
        f"{len(reading.pages)} pages" if reading.pages else "", reading.language,
    ]  # fmt: skip
    lines = [f"{reading.name}: {', '.join(part for part in about if part)}"]
    if one.url:
        lines.append(f"  from {one.url}")
    lines.append(f"  begins: {' '.join(reading.text.split())[:BEGINNING]}")
    lines += [f"  note: {finding.message}" for finding in reading.findings]
    if unread := not_read(reading):
        lines.append(f"  note: {unread}")
    return "\n".join(seen(line) for line in lines)


def add(
    desk: Desk,
    who: str,
    sources: Sequence[str],
    ident: str | None,
    said: Said,
    keep: Callable[[str], bool],
    tell: Callable[[str], None],
) -> list[str]:
    """Take in files, folders and addresses; return a line for each that could not be.

    `keep` is asked about what was fetched; `tell` gets what was done with each. Raises UsageError
    for a value that no document may have, before any is taken in.
    """
    said.refuse_wrong()
    if said.anything and not said.enough:
        raise UsageError(
            "reformgraph add: what is said of a document is kept with its publisher and its kind. "
            "Give --publisher and --kind as well, or say all of it with `reformgraph describe`."
        )
    failed: list[str] = []
    for one in coming(sources, desk.journal.path.parent):
        if isinstance(one, ReformError):
            failed.append(str(one))
            continue
        try:
            if one.url and not keep(told_coming(one)):
                tell("Not kept.")
                continue
            tell(seen(_take_in(desk, who, one, ident, said)))
        except StoreError:
            raise
        except ReformError as error:
            failed.append(str(error))
    return failed


def _take_in(desk: Desk, who: str, one: Coming, ident: str | None, said: Said) -> str:
    record = desk.take_in(who, one.reading, one.data, ident=ident, url=one.url)
    assert isinstance(record.decision, Addition)
    document = record.decision.document
    lines = [saved(record)]
    if one.url is None and not said.withhold:  # its beginning may hold a name to be withheld
        lines.append(told_coming(one))
    if said.enough and desk.is_described(document):
        raise UsageError(
            f"{document}: is taken in, but had been described already: nothing is kept of what you "
            f"say of it now. Say it with `reformgraph describe {document}`."
        )
    if said.enough:
        lines.append(saved(describe(desk, who, document, said)))
    try:
        waiting = [w for w in desk.waiting(document) if w.state == "open"]
        lines.append(f"{len(waiting)} candidates wait: reformgraph review {document}")
    except TooMuchError as error:  # it is kept all the same, for what people find themselves
        lines.append(f"  note: {error}")
    return "\n".join(lines)


def describe(desk: Desk, who: str, ident: str, said: Said) -> Record:
    """Record what a document is; a new publisher comes along as an actor."""
    fields = {name: value for name, value in said.fields.items() if value is not None}
    names = Names("actor", desk.corpus(), None)
    if "publisher" in fields:
        fields["publisher"] = read_actor(names, fields["publisher"])
    actors = [Actor.model_validate(one) for one in made(names)]
    return desk.describe(who, ident, fields, actors, said.withhold)


@dataclass(frozen=True)
class Said:
    """What a person says of a document on the command line."""

    fields: dict[str, Any] = field(default_factory=dict)
    withhold: Sequence[str] = ()

    def refuse_wrong(self) -> None:
        """Raise UsageError, in one line, for the first value that is wrong by itself."""
        given = {name: value for name, value in self.fields.items() if value is not None}
        given.pop("publisher", None)  # a name, which becomes an actor's id when it is looked up
        try:
            Document.model_validate(given)
        except ValidationError as error:
            wrong = [one for one in error.errors() if one["loc"][:1] and one["loc"][0] in given]
            if wrong:
                raise UsageError(in_a_line(error, wrong[0])) from error

    @property
    def anything(self) -> bool:
        """Whether anything is said at all."""
        return bool(self.withhold) or any(value is not None for value in self.fields.values())

    @property
    def enough(self) -> bool:
        """Whether it can be recorded at once: publisher and kind are known."""
        return bool(self.fields.get("publisher") and self.fields.get("kind"))
