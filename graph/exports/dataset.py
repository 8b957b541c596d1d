"""An export described as a data set: what it is, of which data, under which licence."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, VOID, XSD

from graph.closure import Triple
from graph.exports.taking import LICENCE, Taken
from ontology.identifiers import iri
from ontology.terms import ID, ONTOLOGY, RG

MAINTAINERS = iri("actor", "reformgraph-maintainers")
FORMATS = {"turtle": "text/turtle", "jsonld": "application/ld+json"}
"""The open formats in which the same statements are written, with their media types."""


def described(taken: Taken, triples: Collection[Triple]) -> Iterator[Triple]:
    """Yield the description of an export that holds some triples.

    The data set has an address of its own, made from what was chosen and of which data.
    """
    stamp = taken.stamp
    chosen = "\n".join((stamp.data_version, str(stamp.as_of), *sorted(taken.recommendations)))
    node = iri("dataset", f"selection-{hashlib.sha256(chosen.encode()).hexdigest()[:16]}")
    whole = iri("dataset", f"snapshot-{stamp.data_version[:16]}")
    journal = iri("dataset", f"journal-{stamp.journal_head[:16]}")
    yield _link(node, RDF.type, DCAT.Dataset)
    yield _link(node, RDF.type, VOID.Dataset)
    compared = f" (compared with {stamp.compared})" if stamp.compared else ""
    yield _text(node, DCTERMS.title, f"{stamp.name}{compared}", language="en")
    yield _text(node, DCTERMS.issued, str(stamp.made_on), XSD.date)
    yield _link(node, DCTERMS.license, LICENCE)
    yield _link(node, DCTERMS.publisher, MAINTAINERS)
    yield _link(node, DCTERMS.conformsTo, ONTOLOGY)
    yield _link(node, PROV.wasDerivedFrom, whole)
    yield _link(node, VOID.vocabulary, ONTOLOGY)
    yield _text(node, VOID.uriSpace, str(ID))
    yield _text(node, VOID.triples, str(len(triples)), XSD.integer)
    if stamp.as_of:
        yield _text(node, RG.asOf, str(stamp.as_of), XSD.date)
    if stamp.link and stamp.link.startswith(("http://", "https://")):
        yield _link(node, FOAF.page, stamp.link)
    for name, media in FORMATS.items():
        form = iri("dataset", f"selection-{str(node)[-16:]}/{name}")
        yield _link(node, DCAT.distribution, form)
        yield _link(form, RDF.type, DCAT.Distribution)
        yield _link(form, DCTERMS.license, LICENCE)
        yield _link(form, DCAT.mediaType, f"https://www.iana.org/assignments/media-types/{media}")
    yield _link(whole, RDF.type, DCAT.Dataset)
    yield _text(whole, DCTERMS.title, "snapshot of reformgraph", language="en")
    yield _text(whole, DCTERMS.identifier, f"sha256:{stamp.data_version}")
    yield _link(whole, PROV.wasDerivedFrom, journal)
    yield _link(journal, RDF.type, PROV.Entity)
    yield _text(journal, DCTERMS.title, "journal of decisions", language="en")
    yield _text(journal, DCTERMS.identifier, f"sha256:{stamp.journal_head}")


def _link(subject: str, name: str, value: str) -> Triple:
    return Triple(str(subject), str(name), str(value), link=True)


def _text(
    subject: str, name: str, value: str, datatype: str = XSD.string, *, language: str = ""
) -> Triple:
    kind = str(RDF.langString) if language else str(datatype)
    return Triple(str(subject), str(name), value, link=False, datatype=kind, language=language)
