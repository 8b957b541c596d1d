"""A selection as Turtle: sorted, with short prefixes, described as a data set of its own."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib.namespace import RDF

from graph.closure import Triple, closure, statements_about
from graph.exports.dataset import described
from graph.exports.taking import Stamp, Taken
from graph.store import Store
from ontology.terms import ID, PREFIXES

_KINDS = (
    "actor", "ask", "assessment", "claim", "curation", "dataset", "document", "recommendation",
    "theme",
)  # fmt: skip
"""Kinds of data whose addresses are written short; those with levels in them cannot be."""


def triples_of(taken: Taken) -> list[Triple]:
    """Return the statements of a selection and the description of the export, sorted."""
    found = closure(taken.store, taken.recommendations, taken.stamp.as_of)
    return sorted([*found, *described(taken, found)], key=_order)


def triples_about(store: Store, entity: str, stamp: Stamp) -> list[Triple]:
    """Return the statements about one thing and the description of the export, sorted."""
    found = statements_about(store, entity)
    return sorted([*found, *described(Taken(store, (entity,), stamp), found)], key=_order)


def _order(triple: Triple) -> tuple[str, bool, Triple]:
    """Sort by subject, and what a thing is before all else that is said of it."""
    return triple.subject, triple.property != str(RDF.type), triple


def turtle(taken: Taken) -> bytes:
    """Return a selection as Turtle; the same selection gives the same bytes."""
    return in_turtle(triples_of(taken))


def in_turtle(triples: Iterable[Triple]) -> bytes:
    """Return triples as Turtle, in the order given."""
    found = list(triples)
    kinds = {kind: f"{ID}{kind}/" for kind in _KINDS}
    known = {**{name: space for name, space in PREFIXES.items() if name != "id"}, **kinds}
    used = {triple.subject for triple in found} | {triple.property for triple in found}
    used |= {triple.text for triple in found if triple.link}
    used |= {triple.datatype for triple in found}
    prefixes = {
        name: space for name, space in known.items() if any(one.startswith(space) for one in used)
    }
    written = ox.serialize(
        (_oxigraph(triple) for triple in found), format=ox.RdfFormat.TURTLE, prefixes=prefixes
    )
    return _laid_out((written or b"").decode()).encode()


def _laid_out(text: str) -> str:
    """Sort the prefixes, whose order is left to chance, and part the subjects by empty lines."""
    lines = text.splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix ")]
    parted = [line if line.startswith("\t") else f"\n{line}" for line in lines[len(prefixes) :]]
    return "\n".join([*sorted(prefixes), *parted, ""])


def _oxigraph(triple: Triple) -> ox.Triple:
    return ox.Triple(ox.NamedNode(triple.subject), ox.NamedNode(triple.property), _value(triple))


def _value(triple: Triple) -> ox.NamedNode | ox.Literal:
    if triple.link:
        return ox.NamedNode(triple.text)
    if triple.language:
        return ox.Literal(triple.text, language=triple.language)
    return ox.Literal(triple.text, datatype=ox.NamedNode(triple.datatype))
