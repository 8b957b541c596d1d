"""Look up one entity, its ties, the names, the passages and what stands on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from rdflib import URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, SKOS

from graph.answers import Entity, Iris, PassageRow, StatementRow
from graph.asking import Group, grouped, in_order, solutions
from graph.lasting import Text, lasts, link_had_ended, texts
from graph.lookups import StandsInRow, TieRow
from graph.store import Store
from ontology.errors import NotFoundError, UnknownTermError
from ontology.identifiers import curie
from ontology.terms import RG, label


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
        raise NotFoundError(
            f"“{curie(iri)}” is not in the graph. Choose one in `reformgraph explore`."
        )
    own = Group([row for row in rows if row["subject"] is None and row["allegation"] is None])
    return Entity(
        iri=iri,
        label=min((*_values(own, SKOS.prefLabel), *_values(own, DCTERMS.title)), default=None)
        or name_of(iri, {}),
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


def ties(store: Store, entity: str, *, as_of: dt.date | None = None) -> list[TieRow]:
    """Return the links of an entity with others, as somebody states them.

    With `as_of`, what began or was said later is left out, and what had ended is marked as past: a
    link whose period was over, or one with a text that had ended for certain.
    """
    rows = solutions(store, "ties", entity=entity, until=as_of)
    known = texts(store) if as_of else {}
    return in_order(
        TieRow(
            property=group.text("property"),
            other=group.text("other"),
            towards=group.flag("towards"),
            allegation=group.flag("allegation"),
            date=group.maybe("date"),
            past=as_of is not None and _is_past(group, known, entity, as_of),
            summary=group.maybe("summary"),
            attributed_to=group.all("by"),
            reported_by=group.all("reportedBy"),
            statement=group.text("statement"),
            passages=group.all("passage"),
        )
        for group in grouped(rows, "statement", "property", "other", "towards")
    )


def _is_past(group: Group, known: Mapping[str, Text], entity: str, day: dt.date) -> bool:
    prop = group.text("property")
    held = [text for end in (entity, group.text("other")) if (text := known.get(end))]
    return (lasts(prop) and any(text.had_ended(day) for text in held)) or link_had_ended(
        prop, group.maybe("date"), group.maybe_day("latest"), day
    )


def what_stands_in(store: Store, document: str) -> list[StandsInRow]:
    """Return every statement on a passage of a document, with its passages there."""
    rows = solutions(store, "what_stands_in", document=document)
    return in_order(
        StandsInRow(
            statement=group.text("statement"),
            label=group.maybe("label"),
            summary=group.maybe("summary"),
            about=group.maybe("about"),
            word=_word(group.maybe("word")),
            to=group.maybe("to"),
            attributed_to=group.all("by"),
            reported_by=group.all("reportedBy"),
            passages=group.all("passage"),
        )
        for group in grouped(rows, "statement")
    )


def _word(term: str | None) -> str | None:
    """Return a concept of ours as its local name; a property of a link stays an IRI."""
    return term.removeprefix(RG) if term and term.startswith(RG) else term


def passages(store: Store) -> dict[str, PassageRow]:
    """Return every passage by its IRI."""
    groups = grouped(solutions(store, "passages"), "passage")
    return {group.text("passage"): _passage(group) for group in groups}


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
        file_sha256=group.maybe("fileHash"),
        sha256_raw=group.maybe("raw"),
        sha256_normalised=group.maybe("normalised"),
    )
