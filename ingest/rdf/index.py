"""What forms and look-ups ask of the entries of an RDF file: labels, who asks whom, statuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, RDF, SKOS
from rdflib.term import Node

from ingest.facts import (
    Ask,
    Assessment,
    ImportedRecommendation,
    Relation,
    Sections,
    Signature,
    SignatureList,
    Theme,
)
from ingest.fields import RelationName
from ingest.rdf.passages import Values
from ingest.reading import SECTIONS
from ingest.sources import Actor
from ontology.identifiers import iri, is_data, parse
from ontology.terms import RG, scheme, scheme_iri

STANDING: dict[URIRef, RelationName] = {
    ORG.unitOf: "unitOf",
    ORG.subOrganizationOf: "partOf",
    FOAF.member: "member",
    ORG.memberOf: "memberOf",
}
"""The links by which an assessor's standing is derived."""

AXES = {str(scheme_iri(axis)): axis for axis in ("response", "adoption", "practice")}

Told = Mapping[URIRef, Sequence[Node]]


def sections_of(values: Values, new: Iterable[tuple[str, str]]) -> Sections:
    """Return the new entries of `KINDS`, of relations only those of units and members.

    They hold what is asked of an entry beside the graph; the graph has the statements themselves.
    """
    nodes = {node: values[iri(*node)] for node in sorted(new) if iri(*node) in values}
    of = {kind: [(i, told) for (k, i), told in nodes.items() if k == kind] for kind in KINDS}
    return Sections.model_construct(
        actors=[_actor(ident, told) for ident, told in of["actor"]],
        asks=[Ask.model_construct(id=ident, **_concept(told, ident)) for ident, told in of["ask"]],
        themes=[Theme.model_construct(id=i, **_concept(told, i)) for i, told in of["theme"]],
        recommendations=[_recommendation(ident, told) for ident, told in of["recommendation"]],
        assessments=[one for ident, told in of["assessment"] for one in _assessment(ident, told)],
        relations=[one for ident, told in of["relation"] for one in _relation(ident, told)],
        signature_lists=[one for ident, told in of["signature"] for one in _signature(ident, told)],
    )


KINDS = ("actor", "ask", "theme", "recommendation", "assessment", "relation", "signature")


def indexed(sections: Sections) -> set[tuple[str, str]]:
    """Return kind and id of each entry."""
    return {(kind, one.id) for name, kind in SECTIONS.items() for one in getattr(sections, name)}


def _actor(ident: str, told: Told) -> Actor:
    kinds = [str(one).removeprefix(RG) for one in told.get(RG.actorKind, ())]
    kind = kinds[0] if len(kinds) == 1 and kinds[0] in scheme("actorKind") else None
    return Actor.model_construct(id=ident, label=_text(told, SKOS.prefLabel) or ident, kind=kind)


def _concept(told: Told, ident: str) -> dict[str, Any]:
    label = _text(told, SKOS.prefLabel) or ident
    return {"label": label, "definition": _text(told, SKOS.definition)}


def _recommendation(ident: str, told: Told) -> ImportedRecommendation:
    return ImportedRecommendation.model_construct(
        id=ident, label=_text(told, SKOS.prefLabel) or ident,
        summary=_text(told, DCTERMS.description), passages=[],
        issuers=list(_named(told, RG.issuedBy, "actor")),
        addressees=list(_named(told, RG.addressedTo, "actor")),
        asks=list(_named(told, RG.expressesAsk, "ask")),
        themes=list(_named(told, RG.theme, "theme")),
        made_in=next(_named(told, RG.madeIn, "document"), None),
    )  # fmt: skip


def _assessment(ident: str, told: Told) -> Iterator[Assessment]:
    axes = [AXES[str(one)] for one in told.get(RG.axis, ()) if str(one) in AXES]
    of, by = (
        _named(told, RG.assesses, "recommendation"),
        _named(told, PROV.wasAttributedTo, "actor"),
    )
    days = [*told.get(RG.asOf, ()), *told.get(RG.asOfEdtf, ())]
    words = [[str(one).removeprefix(RG) for one in told.get(p, ())] for p in (RG.status, RG.basis)]
    revised = next(_named(told, PROV.wasRevisionOf, "assessment"), None)
    for axis, rec, actor, day, status, basis in zip(axes, of, by, days, *words, strict=False):
        if status in scheme(axis):
            yield Assessment.model_construct(
                id=ident, of=rec, axis=axis, status=status, basis=basis, as_of=str(day), by=actor,
                revises=revised,
            )  # fmt: skip


def _relation(ident: str, told: Told) -> Iterator[Relation]:
    ends = [told.get(one, ()) for one in (RDF.subject, RDF.predicate, RDF.object)]
    if any(len(end) != 1 for end in ends):
        return
    subject, predicate, target = (str(end[0]) for end in ends)
    # What is only alleged puts nobody on a side.
    alleged = any(str(one) == "true" for one in told.get(RG.allegation, ()))
    if URIRef(predicate) in STANDING and is_data(subject) and is_data(target) and not alleged:
        yield Relation.model_construct(
            id=ident, passages=[], summary="", subject=":".join(parse(subject)),
            relation=STANDING[URIRef(predicate)], object=":".join(parse(target)),
            # Where its last day is not told, the rules do not see an end either.
            date=(_text(told, RG.edtf) or None) if RG.latest in told else None,
        )  # fmt: skip


def _signature(ident: str, told: Told) -> Iterator[SignatureList]:
    """Yield a signature as a list of one: whoever signed a document speaks as its issuer."""
    for document in _named(told, RG.signs, "document"):
        signed = [
            Signature.model_construct(signatory=actor)
            for actor in _named(told, RG.signatory, "actor")
        ]
        yield SignatureList.model_construct(
            id=ident, document=document, passages=[], signatures=signed
        )


def _named(told: Told, predicate: URIRef, kind: str) -> Iterator[str]:
    for node in told.get(predicate, ()):
        if is_data(str(node)) and parse(str(node))[0] == kind:
            yield parse(str(node))[1]


def _text(told: Told, predicate: URIRef) -> str:
    """Return the English text, or else one in any language, or nothing."""
    found = [one for one in told.get(predicate, ()) if isinstance(one, Literal)]
    found.sort(key=lambda one: (one.language not in (None, "en"), str(one)))
    return str(found[0]) if found else ""
