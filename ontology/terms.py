"""The words of the model: namespaces, the ontology as triples, labels and concept schemes."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import (
    DCAT,
    DCMITYPE,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    VANN,
    VOID,
    XSD,
)

from ontology.errors import UnknownTermError
from ontology.turtle import read_turtle


class Terms(Namespace):
    """A vocabulary whose terms are each made once: every triple asks for one."""

    @cache  # noqa: B019 - a vocabulary lives as long as the program
    def term(self, name: str) -> URIRef:
        """Return the term with that local name."""
        return URIRef(f"{self}{name}")


RG: Final = Terms("https://w3id.org/reformgraph/ontology#")
ID: Final = Namespace("https://w3id.org/reformgraph/id/")
SHAPES: Final = Namespace("https://w3id.org/reformgraph/shapes#")

BIBO: Final = Namespace("http://purl.org/ontology/bibo/")
CITO: Final = Namespace("http://purl.org/spar/cito/")
ELI: Final = Namespace("http://data.europa.eu/eli/ontology#")
OA: Final = Terms("http://www.w3.org/ns/oa#")
SKOSXL: Final = Namespace("http://www.w3.org/2008/05/skos-xl#")
DCT: Final = DCTERMS
SCHEMA: Final = SDO

PREFIXES: Final[dict[str, str]] = {
    "rg": str(RG),
    "id": str(ID),
    "sh": str(SH),
    "shapes": str(SHAPES),
    "bibo": str(BIBO),
    "cito": str(CITO),
    "dcat": str(DCAT),
    "dcmitype": str(DCMITYPE),
    "dct": str(DCT),
    "eli": str(ELI),
    "foaf": str(FOAF),
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "skos": str(SKOS),
    "skosxl": str(SKOSXL),
    "vann": str(VANN),
    "void": str(VOID),
    "xsd": str(XSD),
}
"""Prefix to namespace, for binding, for queries and for short forms."""

ONTOLOGY: Final = URIRef("https://w3id.org/reformgraph/ontology")
"""The IRI of the ontology, and of the named graph which holds it in a snapshot."""

VERSION: Final = "0.1.0"

LANGUAGES: Final = ("en", "fr", "es", "ar")
"""The languages in which every concept has a label; definitions are in English."""

SCHEMES: Final[dict[str, URIRef]] = {
    "response": RG.responseScheme,
    "adoption": RG.adoptionScheme,
    "practice": RG.practiceScheme,
}
"""The three axes of a status and the concept scheme of each."""


def _turtle(folder: str) -> list[Traversable]:
    found = [
        entry for entry in (files("ontology") / folder).iterdir() if entry.name.endswith(".ttl")
    ]
    return sorted(found, key=lambda entry: entry.name)


def load_ontology(*, alignments: bool = False) -> Graph:
    """Return a fresh graph of the classes, properties and concept schemes.

    With `alignments`, the mappings to words of other bodies and vocabularies are added.
    Raises ReformError for a file that is not as it was shipped.
    """
    sources = [files("ontology") / "reform.ttl", *_turtle("schemes")]
    if alignments:
        sources += _turtle("alignments")
    triples = Graph(bind_namespaces="none")
    for source in sources:
        read_turtle(source, triples)
    for prefix, namespace in PREFIXES.items():
        triples.bind(prefix, namespace, override=True, replace=True)
    return triples


@cache
def _ontology() -> Graph:
    return load_ontology()


@cache
def load_terms() -> Graph:
    """Return our own terms, and the foreign ones which we reuse as they are; not to be changed."""
    return _ontology() + read_turtle(
        files("ontology") / "support" / "reused-terms.ttl", Graph(bind_namespaces="none")
    )


@cache
def _labels(language: str) -> dict[str, str]:
    return {
        str(subject): str(name)
        for predicate in (RDFS.label, SKOS.prefLabel)
        for subject, name in load_terms().subject_objects(predicate)
        # A reused term may have its label in no language.
        if isinstance(name, Literal) and (name.language or "en") == language
    }


def label(iri: str, language: str = "en") -> str:
    """Return the label of a class, property, concept or scheme in a language, else in English.

    Raises UnknownTermError when neither the ontology nor its list of reused terms names it.
    """
    try:
        return _labels(language).get(str(iri)) or _labels("en")[str(iri)]
    except KeyError:
        raise UnknownTermError(
            f"{iri} is not a term of the ontology. Declare it in ontology/reform.ttl."
        ) from None


def definition(iri: str) -> str:
    """Return the English definition of one of our own terms.

    Raises UnknownTermError when the ontology does not define it.
    """
    found = _ontology().value(URIRef(iri), SKOS.definition)
    if found is None:
        raise UnknownTermError(f"{iri} is not defined by the ontology.")
    return str(found)


@cache
def _scheme_names() -> dict[str, URIRef]:
    return {
        str(node).removeprefix(RG).removesuffix("Scheme"): URIRef(str(node))
        for node in _ontology().subjects(RDF.type, SKOS.ConceptScheme)
    }


def scheme_names() -> list[str]:
    """Return the names of all closed schemes, such as `adoption`, sorted."""
    return sorted(_scheme_names())


def scheme_iri(name: str) -> URIRef:
    """Return the IRI of a scheme named `adoption` or `adoptionScheme`.

    Raises UnknownTermError when there is none.
    """
    short = name.removesuffix("Scheme")
    try:
        return _scheme_names()[short]
    except KeyError:
        raise UnknownTermError(
            f"“{name}” is not a list of concepts. Use one of: {', '.join(scheme_names())}."
        ) from None


def scheme(name: str, language: str = "en") -> dict[str, str]:
    """Return the concepts of a scheme in their order: local name to label in a language.

    Raises UnknownTermError when there is no such scheme.
    """
    return dict(_concepts(scheme_iri(name), language))


@cache
def _concepts(listed: URIRef, language: str) -> dict[str, str]:
    triples = _ontology()
    concepts = sorted(
        triples.subjects(SKOS.inScheme, listed),
        key=lambda concept: (int(str(triples.value(concept, SH.order))), concept),
    )
    return {str(concept).removeprefix(RG): label(str(concept), language) for concept in concepts}


def local_name(iri: str) -> str:
    """Return what follows the last `#` or `/` of an IRI."""
    return re.split(r"[#/]", str(iri))[-1]
