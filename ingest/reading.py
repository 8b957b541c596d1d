"""Corpus files: YAML becomes checked facts, and every mistake is told with file and line."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from ingest.facts import Case, CorpusFile, SignatureList
from ingest.fields import Concept, Ref
from ingest.linking import nearest
from ingest.readers import bytes_of
from ingest.sources import Actor, Entry
from ingest.writing import Triple
from ingest.yamlfiles import LARGEST, CorpusMistakesError, Lines, Location, line_of, read_yaml
from ontology.errors import CorpusError, ReformError
from ontology.identifiers import iri, parse
from ontology.terms import scheme, scheme_names

SHIPPED = "corpus"
SECTIONS: dict[str, str] = {
    "mentioned_documents": "document",
    "actors": "actor",
    "posts": "post",
    "elections": "election",
    "instruments": "instrument",
    "versions": "version",
    "provisions": "provision",
    "processes": "process",
    "themes": "theme",
    "asks": "ask",
    "recommendations": "recommendation",
    "looks": "look",
    "assessments": "assessment",
    "lineages": "lineage",
    "propositions": "proposition",
    "claims": "claim",
    "absence_claims": "claim",
    "statistical_claims": "claim",
    "safeguards": "safeguard",
    "transfers": "transfer",
    "relations": "relation",
    "signature_lists": "signature",
    "candidacies": "candidacy",
    "cases": "case",
}
"""The sections of a corpus file and the kind of entry in each."""


@dataclass(frozen=True)
class Curation:
    """Who put facts on record and when, and what is known of their review; `by` is an actor."""

    id: str
    by: str
    at: dt.datetime
    review: str


@dataclass(frozen=True)
class LoadedFile:
    """One source of facts about one document: a corpus file, or one decision in the journal.

    `lines` tells those of a YAML file; a decision stands on one line, `number`. A decision that
    adds to a document described elsewhere has its own `curation`. `kept` tells, for a section from
    which entries were dropped since a decision replaced them, where the others were written.
    `imported` marks the facts of a whole batch, which nobody has looked at one by one.
    `triples` are what came as RDF, and `declares` names, as kind and id, the entries there that no
    facts show. A `shadow` shows such triples as facts, for look-ups; it is never written itself.
    `sha256` is that of a corpus file; `overdue` is what rules that came later say against one that
    was taken before.
    """

    name: str
    facts: CorpusFile
    lines: Lines = field(default_factory=dict)
    number: int | None = None
    curation: Curation | None = None
    kept: Mapping[str, Sequence[int]] = field(default_factory=dict)
    imported: bool = False
    triples: Sequence[Triple] = ()
    declares: Sequence[tuple[str, str]] = ()
    shadow: bool = False
    sha256: str | None = None
    overdue: Sequence[CorpusError] = ()

    def line(self, location: Location) -> int:
        """Return the line (from 1) of the deepest known part of a location in the file."""
        if self.number is not None:
            return self.number
        if len(location) > 1 and location[0] in self.kept and isinstance(location[1], int):
            section = str(location[0])
            location = (section, self.kept[section][location[1]], *location[2:])
        return line_of(self.lines, location)

    def without(self, replaced: Collection[str]) -> LoadedFile:
        """Return the file without the entries that are named, each as `kind:id`."""
        update, kept = {}, dict(self.kept)
        for section, kind in SECTIONS.items():
            entries = getattr(self.facts, section)
            stay = [i for i, entry in enumerate(entries) if f"{kind}:{entry.id}" not in replaced]
            if len(stay) < len(entries):
                update[section] = [entries[i] for i in stay]
                before = kept.get(section, range(len(entries)))
                kept[section] = [before[i] for i in stay]
        if not update:
            return self
        return replace(self, facts=self.facts.model_copy(update=update), kept=kept)


@dataclass
class Corpus:
    """All sources of facts, and where each entry is written."""

    files: list[LoadedFile]
    places: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    @property
    def overdue(self) -> list[str]:
        """In a line each, what rules that came later say against files that were taken before."""
        return [f"Warning: {one}" for file in self.files for one in file.overdue]

    def entries(self, section: str) -> Iterator[tuple[LoadedFile, Any]]:
        """Yield each entry of one section with its file."""
        for file in self.files:
            for entry in getattr(file.facts, section):
                yield file, entry


def shipped_corpus() -> Traversable:
    """Return the folder of the corpus that comes with the package."""
    return files("ingest") / SHIPPED


def read_corpus(folder: Traversable) -> Corpus:
    """Read every YAML file of a folder and check what one file says about another.

    Raises CorpusMistakesError with all mistakes found.
    """
    return joined(read_files(folder))


def read_files(folder: Traversable, taken: Collection[str] = ()) -> list[LoadedFile]:
    """Read every YAML file of a folder, each for itself.

    Those whose SHA-256 is in `taken` were read by an earlier version: what only later rules say
    against them is kept in `overdue`. Raises CorpusMistakesError with all mistakes found.
    """
    loaded: list[LoadedFile] = []
    mistakes: list[CorpusError] = []
    for source in corpus_files(folder):
        try:
            loaded.append(_read(source.name, data_of(source), taken))
        except CorpusMistakesError as found:
            mistakes += found.mistakes
    if not loaded and not mistakes:
        raise ReformError(f"{folder}: holds no corpus file. Add one that ends in .yaml.")
    # A reference into a file that did not load would only add noise to the real mistake.
    if mistakes:
        raise CorpusMistakesError(mistakes)
    return loaded


def corpus_files(folder: Traversable) -> list[Traversable]:
    """Return the files of a folder that are read as a corpus, by name; none of those below it."""
    found = (entry for entry in folder.iterdir() if entry.name.endswith((".yaml", ".yml")))
    return sorted(found, key=lambda entry: entry.name)


def data_of(source: Traversable) -> bytes:
    """Return what a corpus file holds; one of the user's own may be a pipe, or have no end.

    Raises ReformError for those.
    """
    return bytes_of(source, LARGEST) if isinstance(source, Path) else source.read_bytes()


def joined(loaded: Sequence[LoadedFile]) -> Corpus:
    """Return files as one corpus, checked for what one says about another.

    Raises CorpusMistakesError with all mistakes found.
    """
    corpus = Corpus(list(loaded))
    if mistakes := list(_mistakes_between(corpus)):
        raise CorpusMistakesError(mistakes)
    return corpus


def _read(name: str, data: bytes, taken: Collection[str]) -> LoadedFile:
    try:
        return read_file(name, data)
    except CorpusMistakesError as error:
        if hashlib.sha256(data).hexdigest() not in taken:
            raise
        return replace(read_file(name, data, is_saved=True), overdue=tuple(error.mistakes))


@lru_cache(maxsize=256)
def read_file(name: str, data: bytes, *, is_saved: bool = False) -> LoadedFile:
    """Read one corpus file; the same bytes are read once, and nobody changes what was read.

    One that `is_saved` was taken before, and is not held to rules that came later.
    Raises CorpusMistakesError when it is not YAML or breaks the models of `ingest.facts`.
    """
    begin = "Begin with `format: 1`"
    facts, lines = read_yaml(name, data, CorpusFile, begin, is_saved=is_saved)
    return LoadedFile(name, facts, lines, sha256=hashlib.sha256(data).hexdigest())


# --- what one entry says about another ----------------------------------------------------------


def _mistakes_between(corpus: Corpus) -> Iterator[CorpusError]:
    """Yield doubled entries, references to nothing, and concepts the ontology does not have."""
    yield from _register(corpus)
    names: dict[str, list[str]] = {}
    for file in corpus.files:
        for location, marker, value in markers(file.facts):
            problem = (
                _wrong_concept(marker, value)
                if isinstance(marker, Concept)
                else _wrong_reference(corpus, file, marker, value, names)
            )
            if problem:
                yield CorpusError(file.name, file.line(location), *problem)
        yield from _wrong_statuses(file)


def _register(corpus: Corpus) -> Iterator[CorpusError]:
    """Fill `corpus.places`; yield entries written twice and actors nobody describes."""
    described: set[str] = set()
    for file in corpus.files:
        for kind, ident, location, entry in _own(file):
            place = (file.name, file.line(location))
            known = corpus.places.get((kind, ident))
            described_here = isinstance(entry, Actor) and entry.label is not None
            again = ident in described if isinstance(entry, Actor) else known is not None
            if again and (described_here or not isinstance(entry, Actor)):
                assert known is not None
                yield CorpusError(
                    *place,
                    f"{kind} `{ident}` is already written in {known[0]} line {known[1]}",
                    "Keep one, or give this one another id",
                )
            if known is None or described_here:
                corpus.places[kind, ident] = place
            if described_here:
                described.add(ident)
    for file, actor in corpus.entries("actors"):
        if actor.id not in described:
            line = corpus.places["actor", actor.id][1]
            yield CorpusError(
                file.name, line, f"actor `{actor.id}` has no label", "Give `label` and `kind`"
            )


def declared(loaded: Sequence[LoadedFile]) -> set[tuple[str, str]]:
    """Return kind and id of every entry that some sources of facts declare, as in its address."""
    return {
        parse(iri(kind, ident)) if kind in ("case", "event") else (kind, ident)
        for file in loaded
        for kind, ident, _, _ in _own(file)
    }


def _own(file: LoadedFile) -> Iterator[tuple[str, str, Location, Entry]]:
    """Yield kind, id, location and entry of all that a file declares."""
    facts = file.facts
    if file.curation is None and not file.shadow:
        yield "document", facts.document.id, ("document",), facts.document
    for key, passage in facts.passages.items():
        yield "passage", f"{facts.document.id}/{key}", ("passages", key), passage
    for section, kind in SECTIONS.items():
        for i, entry in enumerate(getattr(facts, section)):
            yield kind, entry.id, (section, i), entry
            if isinstance(entry, Case):
                for j, event in enumerate(entry.events):
                    yield "event", event.id, (section, i, "events", j), event
            if isinstance(entry, SignatureList):
                for j, signature in enumerate(entry.signatures):
                    yield kind, f"{entry.id}/{j + 1}", (section, i, "signatures", j), signature
    for kind, ident in file.declares:
        yield kind, ident, (), Entry()


def markers(entry: BaseModel, at: Location = ()) -> Iterator[tuple[Location, Ref | Concept, str]]:
    """Yield every reference and concept in an entry, with its place and value."""
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if value is not None and value != []:
            yield from _in_value(value, (*at, name), _marker(type(entry), name))


def _in_value(
    value: object, at: Location, marker: Ref | Concept | None
) -> Iterator[tuple[Location, Ref | Concept, str]]:
    if isinstance(value, BaseModel):
        yield from markers(value, at)
    elif isinstance(value, str):
        if marker is not None:
            yield at, marker, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _in_value(inner, (*at, key), marker)
    elif isinstance(value, Sequence):
        for i, inner in enumerate(value):
            yield from _in_value(inner, (*at, i), marker)


@cache
def _marker(model: type[BaseModel], name: str) -> Ref | Concept | None:
    """Return the marker of a field, kept since the fields of many thousand entries are asked."""
    info = model.model_fields[name]
    found = [m for m in info.metadata if isinstance(m, Ref | Concept)] + _marked(info.annotation)
    return found[0] if found else None


def _marked(annotation: object) -> list[Ref | Concept]:
    if get_origin(annotation) is Annotated:
        found = [m for m in get_args(annotation)[1:] if isinstance(m, Ref | Concept)]
        if found:
            return found
    return [m for inner in get_args(annotation) for m in _marked(inner)]


@cache
def _words(scheme_name: str) -> tuple[str, ...]:
    return tuple(scheme(scheme_name))


@cache
def _all_words() -> frozenset[str]:
    return frozenset(word for name in scheme_names() for word in _words(name))


def _wrong_concept(marker: Concept, value: str) -> tuple[str, str] | None:
    known = _words(marker.scheme)
    if value in known:
        return None
    return f"`{value}` is not a word of the {marker.scheme}", f"Use one of: {', '.join(known)}"


def _wrong_reference(
    corpus: Corpus, file: LoadedFile, marker: Ref, value: str, names: dict[str, list[str]]
) -> tuple[str, str] | None:
    """Return what is wrong with a reference; `names` keeps the ids of each kind once looked up."""
    kind, ident = marker.kinds[0], value
    if len(marker.kinds) > 1:
        kind, colon, ident = value.partition(":")
        if not colon or kind not in marker.kinds:
            kinds = ", ".join(marker.kinds)
            return f"`{value}` does not say what it is", f"Write kind:id with one of: {kinds}"
    if kind == "concept":
        return None if ident in _all_words() else (f"no concept `{ident}`", "See docs/ontology.md")
    if kind == "passage":
        ident = f"{file.facts.document.id}/{ident}"
    if (kind, ident) in corpus.places:
        return None
    if kind not in names:
        names[kind] = [name for of, name in corpus.places if of == kind]
    close = nearest(ident, names[kind])
    todo = f"Write `{close}` if that is meant" if close else f"Add the {kind}, or correct the id"
    return f"there is no {kind} `{ident}`", todo


def _wrong_statuses(file: LoadedFile) -> Iterator[CorpusError]:
    for i, entry in enumerate(file.facts.assessments):
        known = _words(entry.axis)
        if entry.status not in known:
            yield CorpusError(
                file.name,
                file.line(("assessments", i, "status")),
                f"`{entry.status}` is not a status of the {entry.axis} axis",
                f"Use one of: {', '.join(known)}",
            )
