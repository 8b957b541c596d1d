"""The small pieces of every entry as triples: texts, dates, links and moments."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS, XSD
from rdflib.term import Node

from ingest.dates import read_period
from ontology.identifiers import iri
from ontology.terms import RG

Triple = tuple[URIRef, URIRef, Node]
Quad = tuple[Triple, URIRef]
"""A triple with the document that states it."""

_TEXTS: dict[str, URIRef] = {
    "label": SKOS.prefLabel,
    "title": DCTERMS.title,
    "summary": DCTERMS.description,
    "definition": SKOS.definition,
    "note": SKOS.note,
}


def texts(node: URIRef, **given: str | None) -> Iterator[Triple]:
    """Write label, title, summary, definition and note, where given, as English text."""
    for name, text in given.items():
        if text:
            yield node, _TEXTS[name], Literal(text, lang="en")


def period_of(
    node: URIRef, edtf: str | None, day: URIRef | None = None, *, undated: bool = False
) -> Iterator[Triple]:
    """Write a date as a pair of days and as EDTF; with `undated`, say so when there is none."""
    if edtf is None:
        if undated:
            yield node, RG.dateStatus, RG.notGivenBySource
        return
    period = read_period(edtf)
    yield node, RG.edtf, Literal(edtf)
    if period.earliest:
        yield node, RG.earliest, day_of(period.earliest)
    if period.latest:
        yield node, RG.latest, day_of(period.latest)
    if day is not None and period.day:
        yield node, day, day_of(period.day)


def as_of(node: URIRef, edtf: str | None) -> Iterator[Triple]:
    """Write for which day something is said; for a month or year its first and last day, and EDTF.

    Nobody who reads the day then takes it for one that a source named.
    """
    if edtf is None:
        return
    period = read_period(edtf)
    if period.day and edtf == period.day.isoformat():
        yield node, RG.asOf, day_of(period.day)
        return
    yield node, RG.asOfEdtf, Literal(edtf)
    if period.earliest:
        yield node, RG.asOfEarliest, day_of(period.earliest)
    if period.latest:
        yield node, RG.asOfLatest, day_of(period.latest)


def by_predicate(quads: Iterable[Quad]) -> defaultdict[URIRef, list[Quad]]:
    """Return triples by their predicate: to look for one takes rdflib long."""
    found: defaultdict[URIRef, list[Quad]] = defaultdict(list)
    for quad in quads:
        found[quad[0][1]].append(quad)
    return found


# rdflib takes 10 µs for a date, and a long list repeats its dates.
@lru_cache(maxsize=10_000)
def day_of(day: dt.date) -> Literal:
    """Return a day as xsd:date."""
    return Literal(day)


def links(node: URIRef, predicate: URIRef, kind: str, slugs: Iterable[str]) -> Iterator[Triple]:
    """Link a node to entries of one kind."""
    for slug in slugs:
        yield node, predicate, iri(kind, slug)


def link(node: URIRef, predicate: URIRef, kind: str, slug: str | None) -> Iterator[Triple]:
    """Link a node to one entry, or to none."""
    return links(node, predicate, kind, [slug] if slug else [])


def any_iri(reference: str) -> URIRef:
    """Return the IRI of a reference written `kind:id`."""
    kind, _, ident = reference.partition(":")
    return RG[ident] if kind == "concept" else iri(kind, ident)


@lru_cache(maxsize=10_000)
def instant(moment: dt.datetime) -> Literal:
    """Return a moment as xsd:dateTime in UTC, so that the zone of a file does not matter."""
    return Literal(moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=XSD.dateTime)
