"""Passages told in RDF, read back as the corpus writes them, so that a check can look them up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from pydantic import ValidationError
from rdflib import Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from ingest.entities import EntityWriter
from ingest.facts import CorpusFile
from ingest.rdf.entries import ROW
from ingest.reading import LoadedFile
from ingest.sources import Document, Passage
from ingest.writing import Triple
from ontology.terms import OA, RG

Values = Mapping[URIRef, Mapping[URIRef, Sequence[Node]]]
"""The values of each property of each subject."""


def read_passage(node: URIRef, values: Values) -> Passage | None:
    """Return a passage as the corpus writes it, or None when it is told in another way."""
    own = values[node]
    fields: dict[str, object] = {
        "section": _one(own, RG.section), "locator": _one(own, RG.locator),
        "raw": _one(own, RG.sha256Raw), "normalised": _one(own, RG.sha256Normalised),
    }  # fmt: skip
    for selector in own.get(OA.hasSelector, ()):
        said = values.get(URIRef(str(selector)), {})
        kinds = said.get(RDF.type, ())
        if OA.TextPositionSelector in kinds:
            fields["span"] = (_one(said, OA.start), _one(said, OA.end))
        elif OA.FragmentSelector in kinds:
            told = (_one(said, RDF.value) or "").removeprefix(":~:text=")
            if told.startswith(ROW):  # the locator says the same
                continue
            first, _, last = told.partition(",")
            fields["first"], fields["last"] = unquote(first), unquote(last or first)
    try:
        return Passage.model_validate({name: v for name, v in fields.items() if v is not None})
    except ValidationError:
        return None


def _one(values: Mapping[URIRef, Sequence[Node]], predicate: URIRef) -> str | None:
    found = values.get(predicate, ())
    return str(found[0]) if len(found) == 1 and isinstance(found[0], Literal) else None


def passage_triples(document: Document, key: str, passage: Passage) -> Iterator[Triple]:
    """Yield the statements of a passage as the corpus makes them."""
    facts = CorpusFile(format=1, document=document, passages={key: passage})
    return EntityWriter(LoadedFile("", facts)).passages()
