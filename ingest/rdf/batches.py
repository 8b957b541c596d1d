"""A batch of RDF: what a file says, as sources of facts beside the corpus files."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rdflib import URIRef
from rdflib.namespace import DCTERMS, PROV, RDF

from ingest.facts import CorpusFile, Sections
from ingest.fields import shown
from ingest.journal import FILE
from ingest.rdf.index import indexed, sections_of
from ingest.rdf.parsing import statements_in
from ingest.rdf.passages import Values, passage_triples, read_passage
from ingest.rdf.reading import read_checked
from ingest.reading import Corpus, Curation, LoadedFile, declared
from ingest.sources import Document, Passage, SourceFile
from ingest.tables.batches import REVIEW
from ingest.writing import Triple, instant
from ontology.errors import ReformError
from ontology.identifiers import SELECTORS, curie, iri, parse

RESERVED = re.compile(r"actor/reviewer-|document/rdf-")
"""Addresses under which this program speaks of those who decide, and of imports."""

APPENDED = frozenset({"name", "scheme"})
"""Kinds of entry that belong to another and are declared nowhere themselves."""

MOST = 10_000
"""How many new entries one file may bring, since all rules are held against each."""

Node = tuple[str, str]
"""An entry by its kind and id."""


@dataclass(frozen=True)
class RdfBatch:
    """What an RDF file says.

    `said` is all of it in addresses of ours, `triples` what is written as it stands, with the link
    to the record of the import. `new` names the entries nobody here knew. `sections` holds of them
    what forms and look-ups ask for, `passages` those of documents known here, by document.
    `left_out` counts what is not taken.
    """

    document: Document
    said: frozenset[Triple]
    triples: tuple[Triple, ...]
    new: frozenset[Node]
    sections: Sections
    passages: Mapping[str, tuple[Document, dict[str, Passage]]]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many new entries there are, by kind."""
        return dict(sorted(Counter(kind for kind, _ in self.new).items()))

    def texts(self) -> Iterator[str]:
        """Yield every address and value of the file."""
        for subject, _, target in sorted(self.said):
            yield str(subject)
            yield str(target)

    def own_words(self) -> Iterator[str]:
        """Yield every value of the file that may not be a document's own, as its title is."""
        for _, predicate, target in sorted(self.said):
            if predicate != DCTERMS.title:
                yield str(target)

    def loaded(self, name: str = FILE, number: int | None = None) -> list[LoadedFile]:
        """Return the batch as sources of facts; `name` and `number` are file and line of it."""
        of = self.document
        curation = Curation(of.id, of.recorded_by, of.recorded, of.review)
        sections = {name: getattr(self.sections, name) for name in Sections.model_fields}
        looked_up = {
            ("passage", f"{ident}/{key}")
            for ident, (_, found) in self.passages.items()
            for key in found
        }
        bare = CorpusFile(format=1, document=of, passages={})
        shown = CorpusFile.model_construct(format=1, document=of, passages={}, **sections)
        told = LoadedFile(
            name, bare, number=number, imported=True, triples=self.triples,
            declares=tuple(sorted(self.new - indexed(self.sections) - looked_up)),
        )  # fmt: skip
        shadow = LoadedFile(name, shown, number=number, imported=True, shadow=True)
        return [told, shadow] + [
            LoadedFile(
                name, CorpusFile(format=1, document=document, passages=found), number=number,
                curation=curation, imported=True,
            )
            for document, found in self.passages.values()
        ]  # fmt: skip


def read_rdf_batch(
    data: bytes,
    name: str,
    corpus: Corpus,
    *,
    at: dt.datetime,
    by: str,
    is_saved: bool = False,
) -> RdfBatch:
    """Read an RDF file and hold its entries against those that are known.

    One that `is_saved` came in before, and is not held to rules that came later.
    `at` and `by` are when and by which actor it is imported. The same file and entries give the
    same batch. Raises CorpusError or ReformError, in one line, for what may not come in.
    """
    read = read_checked(data, name, is_saved=is_saved)
    known = declared(corpus.files)
    said, aside = _without_deciders(name, frozenset(statements_in(read.triples)), known)
    left_out = {
        **read.left_out,
        **({"statements on who decides elsewhere": aside} if aside else {}),
    }
    digest = hashlib.sha256(data).hexdigest()
    document = Document(
        id=f"rdf-{digest[:10]}", title=f"RDF file {shown(name)}", publisher=by,
        kind="recommendationList", language="en", issued=at.date().isoformat(),
        file=SourceFile(name=name, sha256=digest, characters=read.characters), read="whole",
        recorded=at, recorded_by=by, review=REVIEW,
    )  # fmt: skip
    if ("document", document.id) in known:
        raise ReformError(
            f"{name}: has been imported already, as document `{document.id}`. "
            "Undo that import first."
        )
    new = frozenset(_new(name, said, known))
    if len(new) > MOST and not is_saved:
        raise ReformError(f"{name}: brings more than {MOST:,} new entries. Split it.")
    values = _values(said)
    passages = _looked_up(name, values, new, corpus)
    apart = {
        str(iri("passage", f"{ident}/{key}")) for ident, (_, of) in passages.items() for key in of
    }
    triples = {one for one in said if entry_of(str(one[0])) not in apart}
    return RdfBatch(
        document, said, tuple(sorted(triples | set(_record(document, new)))), new,
        sections_of(values, new), passages, left_out,
    )  # fmt: skip


def _without_deciders(
    name: str, said: frozenset[Triple], known: set[Node]
) -> tuple[frozenset[Triple], int]:
    """Return statements without those on who decides elsewhere, and how many those are.

    Raises ReformError where somebody else's statement rests on them: here nobody else may speak
    for those who decide.
    """
    theirs = {
        subject
        for subject in {one[0] for one in said}
        if RESERVED.match(curie(subject)) and parse(subject) not in known
    }
    kept = frozenset(one for one in said if one[0] not in theirs)
    for subject, predicate, target in sorted(kept):
        if target in theirs:
            raise ReformError(
                f"{name}: {curie(subject)}, {curie(predicate)}: {curie(str(target))} is an address "
                "for those who decide here. Give whom you mean another."
            )
    return kept, len(said) - len(kept)


def _values(said: Iterable[Triple]) -> Values:
    found: dict[URIRef, dict[URIRef, list[object]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, target in sorted(said):
        found[subject][predicate].append(target)
    return found  # type: ignore[return-value]


def entry_of(node: str) -> str:
    """Return the address of the entry that a node is, or of the passage whose selector it is.

    Raises UsageError for what is no address of ours.
    """
    above, _, step = node.rpartition("/")
    kind, ident = parse(node)
    return above if kind == "passage" and ident.count("/") > 1 and step in SELECTORS else node


def _new(name: str, said: Iterable[Triple], known: set[Node]) -> Iterator[Node]:
    """Yield the entries that nobody here has declared as yet.

    Raises ReformError for one to which something is added, and which is not here.
    """
    typed = {entry_of(str(s)) for s, predicate, _ in said if predicate == RDF.type}
    for node in sorted({entry_of(str(subject)) for subject, _, _ in said}):
        kind, ident = parse(node)
        if (kind, ident) in known or kind in APPENDED:
            continue
        if node not in typed:
            raise ReformError(
                f"{name}: {curie(node)} is not known here and has no class (rdf:type). "
                "Say what it is."
            )
        yield kind, ident


def _record(document: Document, new: Iterable[Node]) -> Iterator[Triple]:
    """Say of each new entry that this import brought it, and since when a status is on record."""
    curation = iri("curation", document.id)
    for kind, ident in new:
        node = iri(kind, ident)
        if kind != "passage":  # a part of its document
            yield node, PROV.wasGeneratedBy, curation
        if kind == "assessment":
            yield node, PROV.generatedAtTime, instant(document.recorded)


def _looked_up(
    name: str, values: Values, new: Iterable[Node], corpus: Corpus
) -> dict[str, tuple[Document, dict[str, Passage]]]:
    """Return the new passages of documents that are known here, by document.

    Raises ReformError for one that is told otherwise than passages are here.
    """
    documents = {file.facts.document.id: file.facts.document for file in corpus.files}
    found: dict[str, tuple[Document, dict[str, Passage]]] = {}
    for kind, ident in sorted(new):
        of, _, key = ident.partition("/")
        if kind != "passage" or of not in documents:
            continue
        node = iri(kind, ident)
        passage = read_passage(node, values)
        told = {
            (subject, predicate, target)
            for subject in (node, *(URIRef(f"{node}/{step}") for step in SELECTORS))
            for predicate, targets in values.get(subject, {}).items()
            for target in targets
        }
        if passage is None or not told <= set(passage_triples(documents[of], key, passage)):
            raise ReformError(
                f"{name}: {curie(node)} is not told as a passage is here. "
                "Give document, section, offsets, both hashes, and first and last words."
            )
        found.setdefault(of, (documents[of], {}))[1][key] = passage
    return found
