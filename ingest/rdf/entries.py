"""The entries of a foreign file: each with its kind, its classes and an address of ours."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox
from rdflib.namespace import RDF

from ingest.rdf.vocabulary import ASIDE, KIND_OF, SELECTORS
from ontology.identifiers import iri, is_data, parse, passage_iri
from ontology.terms import ID, OA

Subject = ox.NamedNode | ox.BlankNode
TYPE = ox.NamedNode(str(RDF.type))
_HAS_SELECTOR, _HAS_SOURCE, _VALUE = (
    ox.NamedNode(str(one)) for one in (OA.hasSelector, OA.hasSource, RDF.value)
)


LEVELS = frozenset({"name", "passage", "provision", "signature", "version"})
"""Kinds whose addresses have levels: a provision below its text, a passage below its document."""


ROW = "row="
"""How the value of a selector begins that names a row of a table (RFC 7111)."""

ROUNDS = 64
"""How far two blank nodes may be apart of which one is told by the other."""


class NamingError(Exception):
    """An entry that can have no address of ours: the entry, what is wrong, and what to do."""

    def __init__(self, node: Subject, what: str, todo: str) -> None:
        """Keep the parts of the line."""
        self.node, self.what, self.todo = node, what, todo
        super().__init__(what)


@dataclass
class Entries:
    """What a file speaks of: the kind of each subject, and the address of ours that it gets."""

    kinds: dict[Subject, str] = field(default_factory=dict)
    names: dict[Subject, str] = field(default_factory=dict)


def canonical(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return triples sorted, each once, blank nodes named by what is said of them.

    So a node keeps its name in every format and order, and whatever else a file says. A standard
    way, RDFC-1.0, takes endless time for some graphs; here nodes that differ in nothing but their
    place among each other are refused. Raises NamingError for those.
    """
    found = set(triples)
    plain = {one for one in found if not any(True for _ in _blank(one))}
    for group in _groups(found - plain):
        names = _named(group)

        for one in group:
            subject, target = (_renamed(end, names) for end in (one.subject, one.object))
            plain.add(ox.Triple(subject, one.predicate, target))
    return sorted(plain, key=str)


def _renamed(term: Any, names: Mapping[object, str]) -> Any:
    return ox.BlankNode(names[term]) if term in names else term


def _named(group: Iterable[ox.Triple]) -> dict[object, str]:
    """Return a name for each blank node, made of all that is said of it and its neighbours."""
    around: dict[object, list[tuple[str, str, object]]] = defaultdict(list)
    for one in group:
        for way, node, other in ((">", one.subject, one.object), ("<", one.object, one.subject)):
            if isinstance(node, ox.BlankNode):
                around[node].append((way, one.predicate.value, other))
    names: dict[object, str] = dict.fromkeys(around, "")
    told = 0
    for _ in range(ROUNDS):
        names = {
            node: _digest(
                sorted((way, of, names.get(other, str(other))) for way, of, other in said)
            )
            for node, said in around.items()
        }
        if len(set(names.values())) in (told, len(names)):
            break
        told = len(set(names.values()))
    seen: set[str] = set()
    for tied, name in names.items():
        if name in seen:
            assert isinstance(tied, ox.BlankNode)
            what = "says nothing by which it could be told from another one"
            raise NamingError(tied, what, "Give each an address")
        seen.add(name)
    return names


def _digest(said: list[tuple[str, str, str]]) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _blank(triple: ox.Triple) -> Iterator[ox.BlankNode]:
    for term in (triple.subject, triple.object):
        if isinstance(term, ox.BlankNode):
            yield term


def _groups(triples: Iterable[ox.Triple]) -> list[list[ox.Triple]]:
    leader: dict[ox.BlankNode, ox.BlankNode] = {}

    def first(node: ox.BlankNode) -> ox.BlankNode:
        while (above := leader.setdefault(node, node)) != node:
            leader[node] = leader[above]
            node = leader[node]
        return node

    triples = list(triples)
    for triple in triples:
        one, *others = _blank(triple)
        for other in others:
            leader[first(other)] = first(one)
    found: dict[ox.BlankNode, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        found[first(next(_blank(triple)))].append(triple)
    return list(found.values())


def subjects_aside(triples: Iterable[ox.Triple]) -> set[object]:
    """Return the subjects that tell how a file came about: curations and data sets."""
    found: set[object] = set()
    for triple in triples:
        node = triple.subject
        if isinstance(node, ox.NamedNode) and is_data(node.value):
            is_aside = parse(node.value)[0] in ASIDE
        else:
            of = triple.object.value if isinstance(triple.object, ox.NamedNode) else ""
            is_aside = triple.predicate == TYPE and KIND_OF.get(of) in ASIDE
        if is_aside:
            found.add(node)
    return found


def entries_of(triples: Iterable[ox.Triple]) -> Entries:
    """Return the entries of a file; its own addresses and blank nodes get one of ours, for good.

    Raises NamingError for an entry without a class, of several kinds, or of an address that tells
    another kind or another document.
    """
    classes: dict[Subject, set[str]] = defaultdict(set)
    above: dict[Subject, set[Subject]] = defaultdict(set)
    rows: set[Subject] = set()
    for triple in triples:
        subject, target = triple.subject, triple.object
        assert isinstance(subject, Subject)
        known = classes[subject]
        if triple.predicate == TYPE and isinstance(target, ox.NamedNode):
            known.add(target.value)
        elif triple.predicate == _HAS_SELECTOR and isinstance(target, Subject):
            above[target].add(subject)
        elif triple.predicate == _HAS_SOURCE and isinstance(target, Subject):
            above[subject].add(target)
        elif triple.predicate == _VALUE and isinstance(target, ox.Literal):
            rows |= {subject} if target.value.startswith(ROW) else set()
    found = Entries()
    for node, of in classes.items():
        found.kinds[node] = _kind(node, of)
    for node in sorted(classes, key=lambda node: _depth(found.kinds[node], classes[node])):
        of = classes[node]
        if found.kinds[node] == "passage" and of:
            step = "row" if node in rows else next((SELECTORS[c] for c in of & {*SELECTORS}), None)
            found.names[node] = _beneath(node, step, above[node], found.names)
        else:  # also a passage known here, to which something is added
            found.names[node] = _name(node, found.kinds[node])
    return found


def _depth(kind: str, classes: set[str]) -> int:
    """Put documents before their passages, and those before their selectors."""
    return (1 + bool(SELECTORS.keys() & classes)) if kind == "passage" else 0


def _kind(node: Subject, classes: Iterable[str]) -> str:
    of = {KIND_OF[one] for one in classes if one in KIND_OF}
    told = parse(node.value)[0] if isinstance(node, ox.NamedNode) and is_data(node.value) else None
    if told and "/" in parse(node.value)[1] and told not in LEVELS:
        raise NamingError(node, "has an address with levels", f"Write {ID}{told}/NAME")
    if not of:
        # What is known here already may be added to without saying again what it is.
        if told:
            return told
        raise NamingError(node, "has no class (rdf:type)", "Say what it is")
    if len(of) > 1:
        raise NamingError(node, f"is {' and '.join(sorted(of))} at once", "Keep one class")
    (kind,) = of
    if told not in (None, kind):
        raise NamingError(
            node, f"is of the kind {kind}, and its address says {told}", "Give it another address"
        )
    return kind


def _name(node: Subject, kind: str) -> str:
    if isinstance(node, ox.NamedNode) and is_data(node.value):
        return str(iri(*parse(node.value)))  # of a case, the address that tells nothing
    if isinstance(node, ox.NamedNode) and node.value.startswith(ID):
        raise NamingError(node, "is no address of ours", f"Write {ID}{kind}/NAME")
    if isinstance(node, ox.BlankNode):
        return str(iri(kind, f"foreign-{node.value}"))
    return str(iri(kind, f"foreign-{hashlib.sha256(node.value.encode()).hexdigest()[:12]}"))


def _beneath(
    node: Subject, step: str | None, above: set[Subject], names: Mapping[Subject, str]
) -> str:
    """Return the address of a passage below its document, or of a selector below its passage.

    `step` is the last of a selector's address, None for a passage.
    """
    what = "the selector of one passage" if step else "a passage of one document"
    if len(above) != 1:
        raise NamingError(node, f"is not {what}", "Link it to one")
    (whole,) = above
    over = str(names.get(whole, whole.value))
    if not is_data(over):
        raise NamingError(node, f"is not {what} that is described", "Describe it, too")
    if step:
        under = f"{over}/{step}"
    else:
        key = _name(node, "passage").rpartition("/")[2]
        under = str(passage_iri(parse(over)[1], key))
    if isinstance(node, ox.NamedNode) and is_data(node.value) and node.value != under:
        raise NamingError(node, "has an address that does not tell where it lies", f"Write {under}")
    return under


def short(node: object) -> str:
    """Return a node as a message names it."""
    text = node.value if isinstance(node, ox.NamedNode) else "a node without an address"
    return re.sub(f"^{re.escape(str(ID))}", "", text)
