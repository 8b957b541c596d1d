"""Cases that their source published are told by month and by State, and no finer."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, XSD
from rdflib.term import Node

from ingest.months import first_of_month, last_of_month, month_of, months_in
from ingest.writing import Quad, Triple, by_predicate, period_of
from ontology.terms import OA, RG

STATES = frozenset({RG.requestingState, RG.requestedState, RG.detainingState})
AS_OF = frozenset({RG.asOf, RG.asOfEdtf, RG.asOfEarliest, RG.asOfLatest})
BOUNDS = {RG.earliest: first_of_month, RG.latest: last_of_month}


@dataclass(frozen=True)
class _Known:
    """What has to be known of all triples before one can be made coarser."""

    states: set[Node]
    assessments: set[Node]
    dated: set[Node]
    """The statements that give their date in EDTF, from which the days follow."""
    days: dict[URIRef, set[str]]
    """The days on which each document appeared, which are no days of a person's life."""


def coarsened(quads: Collection[Quad], about: Collection[Node]) -> Iterator[Quad]:
    """Yield the triples, with months for days in what is said of cases, and with States alone.

    `about` are the cases that a document published, and what is said of them. An interval may
    still end on the day of its document, and an assessment keeps the day as of which it holds.
    """
    if not about:
        yield from quads
        return
    listed = by_predicate(quads)
    known = _known(listed, about)
    passages = _passages_of(listed[RG.evidence], about)
    words = _words_with_days(listed, passages)
    for quad in quads:
        (subject, predicate, target), graph = quad
        if subject in about:
            for triple in _coarse(quad[0], known, known.days[graph]):
                yield triple, graph
        elif subject in passages:
            if target not in words:
                yield (subject, predicate, _text(target)), graph
        elif subject not in words:
            yield quad


def _known(listed: Mapping[URIRef, list[Quad]], about: Collection[Node]) -> _Known:
    days: defaultdict[URIRef, set[str]] = defaultdict(set)
    for predicate in (DCTERMS.issued, *BOUNDS):
        for (subject, _, target), graph in listed[predicate]:
            if subject == graph:
                days[graph].add(str(target))
    kinds = [(subject, kind) for (subject, _, kind), _ in listed[RDF.type]]
    return _Known(
        states={subject for subject, kind in kinds if kind == RG.State},
        assessments={s for s, kind in kinds if s in about and kind == RG.StatusAssessment},
        dated={subject for (subject, _, _), _ in listed[RG.edtf] if subject in about},
        days=days,
    )


def _coarse(triple: Triple, known: _Known, days: Collection[str]) -> Iterator[Triple]:
    subject, predicate, target = triple
    if predicate in STATES:
        if target in known.states:
            yield triple
    elif predicate == RG.edtf:
        told = str(target)
        yield from period_of(subject, month_of(told, days if "/" in told else ()))
    elif predicate in BOUNDS:
        if subject not in known.dated and isinstance(day := _value(target), dt.date):
            yield subject, predicate, Literal(BOUNDS[predicate](day))
    elif predicate in AS_OF:
        own = predicate == RG.asOf and str(target) in days
        if own or subject in known.assessments:
            yield triple
    else:
        yield subject, predicate, _text(target)


def _value(node: Node) -> object:
    return node.toPython() if isinstance(node, Literal) else None


def _text(node: Node) -> Node:
    """Return a text of ours with months for days, and anything else as it is."""
    if not isinstance(node, Literal) or node.datatype not in (None, XSD.string):
        return node
    told = months_in(str(node))
    return node if told == str(node) else Literal(told, node.language, node.datatype)


def _passages_of(evidence: Iterable[Quad], about: Collection[Node]) -> set[Node]:
    """Return the passages on which statements on cases hang, and no others."""
    cited: defaultdict[bool, set[Node]] = defaultdict(set)
    for (subject, _, passage), _ in evidence:
        cited[subject in about].add(passage)
    return cited[True] - cited[False]


def _words_with_days(listed: Mapping[URIRef, list[Quad]], passages: Collection[Node]) -> set[Node]:
    """Return the selectors of those passages whose first or last words tell a day."""
    selectors = {o for (s, _, o), _ in listed[OA.hasSelector] if s in passages}
    return {
        subject
        for (subject, _, words), _ in listed[RDF.value]
        if subject in selectors and months_in(unquote(str(words))) != unquote(str(words))
    }
