"""What an RDF file changes: what is new, what it adds to what is known, what it contradicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, SKOS
from rdflib.term import Node

from ingest.rdf.batches import RdfBatch, entry_of
from ingest.rdf.vocabulary import SINGLE
from ingest.reading import Corpus
from ingest.standing import Standing
from ingest.triples import RELATIONS
from ingest.writing import Triple
from ontology.identifiers import curie, iri, is_data, parse
from ontology.rules import value_counts
from ontology.terms import CITO, RG, SKOSXL

THINGS = frozenset(
    {"actor", "ask", "theme", "instrument", "version", "provision", "process", "post", "election",
     "proposition"}
)  # fmt: skip
"""Kinds of entry that are nobody's statement: others may add to what is known of them."""

ADDED = frozenset(
    [SKOS.altLabel, SKOSXL.altLabel, SKOS.note, RG.theme, RG.expressesAsk, RG.about,
     DCTERMS.hasPart, DCTERMS.isPartOf, CITO.citesAsEvidence, CITO.disputes, *RELATIONS.values()]
)  # fmt: skip
"""What may be added to a known statement or document; all else is the word of who made it."""

LINKS = frozenset(RELATIONS.values())
LABELS = (SKOS.prefLabel, DCTERMS.title)


@dataclass(frozen=True)
class Change:
    """What becomes of one entry: it is new, or something is added to it."""

    what: str
    entry: str
    label: str
    added: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Difference:
    """What a file would change.

    `statements` counts what it says and `known` what of that was known; `contradicted` has a line
    for whatever may not come in.
    """

    statements: int
    known: int
    changes: tuple[Change, ...] = ()
    contradicted: tuple[str, ...] = ()


def difference(batch: RdfBatch, before: Collection[Triple], corpus: Corpus) -> Difference:
    """Hold a batch against all statements known before it, and against the sources they are in."""
    fresh = {one for one in batch.said if one not in before}
    by_entry: dict[str, list[Triple]] = defaultdict(list)
    for triple in sorted(fresh):
        by_entry[entry_of(str(triple[0]))].append(triple)
    known: dict[tuple[Node, Node], set[Node]] = defaultdict(set)
    for subject, predicate, target in before:
        if str(subject) in by_entry:
            known[subject, predicate].add(target)
    new = {str(iri(*node)) for node in batch.new}
    faults = [
        *_faults_of_additions(by_entry, new, known),
        *_faults_of_new(batch, fresh, before),
        *_changed_standing(batch, corpus),
    ]
    changes = [_change(node, triples, node in new) for node, triples in by_entry.items()]
    return Difference(
        len(batch.said), len(batch.said) - len(fresh), tuple(changes), tuple(sorted(set(faults)))
    )


def _change(node: str, triples: Iterable[Triple], is_new: bool) -> Change:
    said = list(triples)
    names = sorted(
        (getattr(target, "language", None) not in (None, "en"), str(target))
        for _, predicate, target in said
        if predicate in LABELS
    )
    label = names[0][1] if names else ""
    if is_new:
        return Change("new", curie(node), label)
    added = tuple((curie(str(predicate)), _shown(target)) for _, predicate, target in said)
    return Change("adds", curie(node), label, added)


def _shown(target: Node) -> str:
    return curie(str(target)) if isinstance(target, URIRef) else str(target)


def _faults_of_additions(
    by_entry: Mapping[str, list[Triple]],
    new: Collection[str],
    known: Mapping[tuple[Node, Node], set[Node]],
) -> Iterator[str]:
    """Yield what a file says of known entries that only their own makers may say."""
    for node, triples in by_entry.items():
        kind = parse(node)[0]
        if node in new or (kind in ("name", "scheme") and not _is_typed(node, known)):
            continue
        for subject, predicate, target in triples:
            there = known.get((subject, predicate), set())
            free = kind in THINGS and predicate != RDF.type
            if (free and not (there and str(predicate) in SINGLE)) or predicate in ADDED:
                continue
            held = f"here it is {min(map(_shown, there))[:60]}" if there else "here it has none"
            yield (
                f"{curie(node)} is known, and its {curie(str(predicate))} is not changed: {held}, "
                f"in the file {_shown(target)[:60]}. Take that out, or make an entry of your own"
            )


def _is_typed(node: str, known: Mapping[tuple[Node, Node], set[Node]]) -> bool:
    return (URIRef(node), RDF.type) in known


def _faults_of_new(
    batch: RdfBatch, fresh: Collection[Triple], before: Collection[Triple]
) -> Iterator[str]:
    """Yield what new statements lack, or say in the name of those who decide here."""
    curators = {s for s, predicate, of in before if (predicate, of) == (RG.actorKind, RG.curator)}
    asked = {subject for subject, predicate, _ in batch.said if predicate == RG.expressesAsk}
    stated = {
        (subject, predicate, target) for subject, predicate, target in _relations({*fresh, *before})
    }
    yield from _miscounted(batch)
    new = {iri(*node): node[0] for node in batch.new}
    for node, kind in sorted(new.items()):
        if kind == "recommendation" and node not in asked:
            yield f"{curie(node)} needs the ask it expresses (rg:expressesAsk). Add it"
    for subject, predicate, target in sorted(fresh):
        if predicate == PROV.wasAttributedTo and target in curators:
            yield (
                f"{curie(subject)} speaks for {curie(str(target))}, who decides here. "
                "Attribute it to who said it"
            )
        if (
            predicate in LINKS
            and is_data(str(target))
            and (subject, predicate, target) not in stated
        ):
            yield (
                f"{curie(subject)}, {curie(predicate)}: the link to {curie(str(target))} is "
                "nobody's statement. Add an rg:Relation with its passage"
            )


def _miscounted(batch: RdfBatch) -> Iterator[str]:
    """Yield what new entries have too few or too many of.

    The rules would tell the same, but take seconds for a thousand of them.
    """
    new = {iri(*node) for node in batch.new}
    values: dict[URIRef, dict[Node, set[str]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, target in {*batch.said, *batch.triples}:
        if subject in new:
            values[subject][predicate].add(_key(target))
    for node, told in sorted(values.items()):
        for of in sorted(told[RDF.type]):
            for count in value_counts().get(URIRef(str(of)), ()):
                found = len(told.get(count.path, ()))
                if found < count.least or (count.most is not None and found > count.most):
                    yield f"{curie(node)}: {count.message}"


def _key(node: Node) -> str:
    """Return an address as it is, and a value so that no two are alike."""
    return str(node) if isinstance(node, URIRef) else node.n3()


def _relations(triples: Iterable[Triple]) -> Iterator[tuple[Node, Node, Node]]:
    """Yield subject, predicate and object of every link that a relation states."""
    parts: dict[Node, dict[Node, Node]] = defaultdict(dict)
    for subject, predicate, target in triples:
        if predicate in (RDF.subject, RDF.predicate, RDF.object):
            parts[subject][predicate] = target
    for of in parts.values():
        if len(of) == 3:
            yield of[RDF.subject], of[RDF.predicate], of[RDF.object]


def _changed_standing(batch: RdfBatch, corpus: Corpus) -> Iterator[str]:
    """Yield the known statuses whose assessor would become another to the recommendation."""
    then, now = Standing(corpus), Standing(Corpus([*corpus.files, *batch.loaded()]))
    for _, entry in corpus.entries("assessments"):
        said = (entry.by, entry.of, entry.as_of)
        was, becomes = then.of(*said), now.of(*said)
        if was != becomes:
            yield (
                f"assessment/{entry.id} would become the word of the {becomes}, not of the {was}. "
                "Take out who is a unit or member of whom"
            )
