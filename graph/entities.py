"""Look up one entity, a name, or a passage."""

from __future__ import annotations

import unicodedata

from rdflib import URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, SKOS

from graph.answers import Entity, FoundRow, Iris, PassageRow, StatementRow
from graph.asking import Group, grouped, in_order, solutions
from graph.store import Store
from ontology.errors import NotFoundError, UnknownTermError
from ontology.identifiers import curie, is_data, parse
from ontology.terms import RG, label

_NAMES = {str(SKOS.prefLabel): 0, str(DCTERMS.title): 0, str(SKOS.altLabel): 1}
"""How well a name fits a search: labels before other names before summaries."""


def labels(store: Store) -> dict[str, str]:
    """Return the name of every entity and concept by its IRI: its label, or a document's title."""
    rows = solutions(store, "entities")
    return {group.text("entity"): group.text("label") for group in grouped(rows, "entity")}


def subkinds(store: Store) -> dict[str, str]:
    """Return what kind of actor, instrument or document an entity is, as a local name."""
    groups = grouped(solutions(store, "entities"), "entity")
    return {group.text("entity"): group.word("subkind") for group in groups if group.has("subkind")}


def name_of(iri: str, names: dict[str, str]) -> str:
    """Return the label of an IRI, of a term of the ontology, or else its short form."""
    if iri in names:
        return names[iri]
    try:
        return label(iri)
    except UnknownTermError:
        return curie(iri)


def describe(store: Store, iri: str) -> Entity:
    """Return one entity with all statements in and out, allegations marked.

    Raises NotFoundError when the snapshot does not hold it.
    """
    rows = solutions(store, "entity", entity=iri)
    if not rows:
        raise NotFoundError(f"{curie(iri)} is not in the graph. Look for it with a search.")
    own = Group([row for row in rows if row["subject"] is None and row["allegation"] is None])
    return Entity(
        iri=iri,
        label=name_of(iri, labels(store)),
        types=_values(own, RDF.type),
        summary=min(_values(own, DCTERMS.description), default=None),
        statements=tuple(
            in_order(
                _statement(group)
                for group in grouped(rows, "property", "value", "subject", "allegation")
                if group.text("property") != str(RDF.type)
            )
        ),
        attributed_to=_values(own, PROV.wasAttributedTo),
        passages=_values(own, RG.evidence),
    )


def _values(own: Group, wanted: URIRef) -> Iris:
    return Group([row for row in own.rows if row["property"] == str(wanted)]).all("value")


def _statement(group: Group) -> StatementRow:
    """Return a triple; where no relation states it, the node it comes from is the statement."""
    outgoing, stated = not group.has("subject"), group.has("statement")
    by, passages = ("by", "passage") if outgoing or stated else ("subjectBy", "subjectPassage")
    return StatementRow(
        property=group.text("property"),
        value=group.text("value" if outgoing else "subject"),
        value_is_iri=not outgoing or group.flag("valueIsIri"),
        outgoing=outgoing,
        allegation=group.flag("allegation"),
        statement=group.maybe("statement" if stated else "subject"),
        attributed_to=group.all(by),
        passages=group.all(passages),
    )


def search(store: Store, text: str) -> list[FoundRow]:
    """Return entities whose label, other name or summary holds the text, best first.

    Capitals and accents do not matter. What begins with the text comes before what holds it.
    """
    wanted = _folded(text)
    if not wanted:
        return []
    names = labels(store)
    best: dict[str, tuple[tuple[int, bool, int], str]] = {}
    for row in solutions(store, "names"):
        iri, words = str(row["entity"]), str(row["words"])
        if wanted in _folded(words) and is_data(iri):
            early = _folded(words).startswith(wanted)
            rank = (_NAMES.get(str(row["property"]), 2), not early, len(words))
            best[iri] = min(best.get(iri, (rank, words)), (rank, words))
    order = sorted(best, key=lambda iri: (best[iri][0], iri))
    return [FoundRow(iri, parse(iri)[0], name_of(iri, names), best[iri][1]) for iri in order]


def _folded(text: str) -> str:
    """Return a text without capitals, accents and doubled spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def passages(store: Store) -> dict[str, PassageRow]:
    """Return every passage by its IRI."""
    groups = grouped(solutions(store, "passages"), "passage")
    return {group.text("passage"): _passage(group) for group in groups}


def passage(store: Store, iri: str) -> PassageRow:
    """Return where a passage stands.

    Raises NotFoundError when the snapshot does not hold it.
    """
    rows = solutions(store, "passages", passage=iri)
    if not rows:
        raise NotFoundError(f"{curie(iri)} is not a passage of the graph. Check its address.")
    return _passage(Group(rows))


def _passage(group: Group) -> PassageRow:
    start, end = group.numbers("start"), group.numbers("end")
    return PassageRow(
        passage=group.text("passage"),
        document=group.text("document"),
        document_title=group.text("title"),
        publisher=group.maybe("publisher"),
        date=group.maybe("date"),
        section=group.text("section"),
        start=int(start[0]) if start else None,
        end=int(end[0]) if end else None,
        fragment=group.maybe("fragment"),
        locator=group.maybe("locator"),
        url=group.maybe("url"),
        file_name=group.maybe("fileName"),
        file_sha256=group.maybe("fileHash"),
        sha256_raw=group.maybe("raw"),
        sha256_normalised=group.maybe("normalised"),
    )
