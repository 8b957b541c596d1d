"""The statements of a foreign file, checked one by one and told in addresses of ours."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from rdflib.namespace import SKOS

from ingest.dates import fault_in_form, read_period
from ingest.rdf import addresses, literals
from ingest.rdf.entries import (
    TYPE,
    Entries,
    NamingError,
    canonical,
    entries_of,
    short,
    subjects_aside,
)
from ingest.rdf.parsing import LIMITS, parsed
from ingest.rdf.syntax import Text, form_of
from ingest.rdf.vocabulary import (
    KIND_OF,
    RECORDED,
    SINGLE,
    is_english,
    properties,
    words,
)
from ingest.readers.isolated import work_limited
from ontology.errors import CorpusError
from ontology.identifiers import curie
from ontology.terms import RG

_LABEL, _OTHER_NAME = str(SKOS.prefLabel), ox.NamedNode(str(SKOS.altLabel))
PERIOD: Final = frozenset(map(str, [RG.asOfEdtf, RG.asOfEarliest, RG.asOfLatest]))
"""What tells for which month, year or period somebody speaks: a page shows the first of them."""


@dataclass(frozen=True)
class Said:
    """A statement, and the line on which it ends."""

    triple: ox.Triple
    line: int


@dataclass(frozen=True)
class Read:
    """What a file says: N-Triples, and what of it was left out, by its reason.

    `characters` is the length of its text.
    """

    triples: bytes
    characters: int
    left_out: dict[str, int]


def read_checked(data: bytes, name: str, *, is_saved: bool = False) -> Read:
    """Read a file that wants to be taken in, in a limited process.

    One that `is_saved` came in before, and is not held to rules that came later.
    Raises CorpusError or ReformError with the line of the first thing that is wrong with it.
    """
    return work_limited(checked, data, name, is_saved, limits=LIMITS)


def checked(data: bytes, name: str, is_saved: bool = False) -> Read:
    """Read a file that wants to be taken in, in this process."""
    text = Text(name, data)
    quads = parsed(text)
    left_out: Counter[str] = Counter()
    graphs = {q.graph_name for q, _ in quads if not isinstance(q.graph_name, ox.DefaultGraph)}
    if graphs:
        left_out["names of graphs"] = len(graphs)
    said = [Said(ox.Triple(q.subject, q.predicate, q.object), line) for q, line in quads]
    aside = subjects_aside(one.triple for one in said)
    if aside:
        left_out["statements on how the file came about"] = sum(
            one.triple.subject in aside for one in said
        )
        said = [one for one in said if one.triple.subject not in aside]
    for one in said:
        _refuse(text, one)
    _refuse_dates(text, said)
    if not is_saved:
        _refuse_forms(text, said)
    _refuse_doubles(text, said)
    lines = {one.triple.subject: one.line for one in reversed(said)}
    try:
        entries_of(one.triple for one in said)
        triples = canonical(one.triple for one in said)
    except NamingError as error:
        what = f"{short(error.node)} {error.what}"
        raise text.fault(lines[error.node], what, error.todo) from error
    entries = entries_of(triples)
    kept = list(_renamed(triples, entries, left_out))
    if not kept:
        raise text.fault(None, "says nothing that could be taken in", "Look into it")
    written = ox.serialize(sorted(kept, key=str), format=ox.RdfFormat.N_TRIPLES) or b""
    return Read(written, max(1, len(text.text)), dict(left_out))


def _renamed(
    triples: Iterable[ox.Triple], entries: Entries, left_out: Counter[str]
) -> Iterable[ox.Triple]:
    """Yield the triples in addresses of ours, without what says how the file came about."""
    for triple in triples:
        subject = triple.subject
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)
        if triple.predicate.value in RECORDED:
            left_out["statements on who put it on record elsewhere"] += 1
            continue
        target = triple.object
        if isinstance(target, ox.NamedNode | ox.BlankNode) and target in entries.names:
            target = ox.NamedNode(entries.names[target])
        predicate = triple.predicate
        if predicate.value in SINGLE and not is_english(target):
            if predicate.value != _LABEL:
                left_out["texts in other languages"] += 1
                continue
            left_out["labels in other languages, but as other names"] += 1
            predicate = _OTHER_NAME
        node = ox.NamedNode(entries.names[subject])
        yield ox.Triple(node, predicate, target)


def _refuse(text: Text, said: Said) -> None:
    """Refuse a statement whose terms may not come in.

    Raises CorpusError with the line, as far as it can be told.
    """
    triple = said.triple
    subject, predicate, target = triple.subject, triple.predicate.value, triple.object
    if isinstance(subject, ox.NamedNode):
        _refuse_address(text, said, subject)
        if addresses.is_term(subject.value):
            what = f"speaks of {curie(subject.value)}, a term of a vocabulary"
            raise _fault(text, said, what, "Leave terms to their vocabularies", subject.value)
    if predicate not in properties():
        known = "is no property of ours" if predicate.startswith(RG) else "is not known here"
        what = f"the property {curie(predicate)} {known}"
        raise _fault(text, said, what, "Take it out, or see docs/ontology.md", predicate)
    if isinstance(target, ox.Literal):
        if fault := literals.fault_of(target, predicate):
            raise _fault(text, said, *fault, target.value)
    elif isinstance(target, ox.NamedNode):
        _refuse_address(text, said, target)
        if triple.predicate == TYPE and target.value not in KIND_OF:
            what = f"the class {curie(target.value)} is not known here"
            raise _fault(text, said, what, "Take one of docs/ontology.md", target.value)
        if target.value.startswith(RG) and target.value not in words():
            what = f"{curie(target.value)} is no term of ours"
            raise _fault(text, said, what, "Take one of docs/ontology.md", target.value)


def _refuse_dates(text: Text, statements: Iterable[Said]) -> None:
    """Refuse a date whose first or last day is another than it says, and half a period.

    Raises CorpusError with the line, as far as it can be told.
    """
    told: dict[tuple[object, str], dict[str, Said]] = defaultdict(dict)
    for said in statements:
        triple = said.triple
        if isinstance(triple.object, ox.Literal):
            told[triple.subject, triple.predicate.value][triple.object.value] = said
    for (subject, predicate), values in told.items():
        for value, said in values.items():
            if predicate in PERIOD and (
                (subject, str(RG.asOfEdtf)) not in told or (subject, str(RG.asOf)) in told
            ):
                what = "belongs with rg:asOfEdtf, and not beside rg:asOf"
                raise _fault(text, said, what, "Give one day, or a period with its days", value)
            if predicate in literals.DATES:
                period = read_period(value)
                days = (period.earliest, period.latest)
                for bound, day in zip(literals.DATES[predicate], days, strict=True):
                    given = set(told.get((subject, bound), ()))
                    if given != ({str(day)} if day else set()) and (given or predicate in PERIOD):
                        what = f"is “{value}”, and {curie(bound)} says otherwise"
                        raise _fault(text, said, what, "Mend one of them", value)


def _refuse_forms(text: Text, statements: Iterable[Said]) -> None:
    """Refuse a date of a form that is no more taken.

    Raises CorpusError with the line, as far as it can be told.
    """
    for said in statements:
        value = said.triple.object
        if said.triple.predicate.value in literals.DATES and isinstance(value, ox.Literal):
            what, _, todo = (fault_in_form(value.value) or "").partition("; ")
            if what:
                raise _fault(text, said, f"is {what}", todo.capitalize(), value.value)


def _refuse_doubles(text: Text, statements: Iterable[Said]) -> None:
    """Refuse a second label, title, description or definition in English.

    Raises CorpusError with the line, as far as it can be told.
    """
    told: dict[tuple[object, str], object] = {}
    for said in statements:
        triple = said.triple
        key = (triple.subject, triple.predicate.value)
        if key[1] not in SINGLE or not is_english(triple.object):
            continue
        if told.setdefault(key, triple.object) != triple.object:
            value = triple.object.value if isinstance(triple.object, ox.Literal) else ""
            raise _fault(text, said, "is said twice", "Keep one", value)


def _refuse_address(text: Text, said: Said, node: ox.NamedNode) -> None:
    if fault := addresses.fault_of(node.value):
        what, todo = fault
        shown = re.sub("//[^/]*@", "//…@", node.value)[:80]
        raise _fault(text, said, f"the address {shown} {what}", todo, node.value)


def _fault(text: Text, said: Said, what: str, todo: str, value: str) -> CorpusError:
    """Tell a fault with entry and property, and its line."""
    triple, line = said.triple, said.line
    if form_of(text.name) == ox.RdfFormat.JSON_LD:  # whose statements end with their object
        line = text.line_with(f'"{value}"', value if len(value) > 3 else "") or line
    where = f"{short(triple.subject)}, {curie(triple.predicate.value)}: "
    return text.fault(line, where + what, todo)
