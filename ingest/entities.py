"""Entities as RDF: the document with its passages, actors, instruments and their articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, RDF, SKOS

from ingest import sources
from ingest.dates import read_period
from ingest.passages import text_fragment
from ingest.reading import LoadedFile
from ingest.writing import Triple, day_of, instant, period_of, texts
from ontology.identifiers import curie, iri, passage_iri, selector_iri
from ontology.terms import CITO, ELI, OA, RG, SKOSXL

FRAGMENT_SPEC = URIRef("https://wicg.github.io/scroll-to-text-fragment/")
ROW_SPEC = URIRef("http://tools.ietf.org/rfc/rfc7111")
ACTOR_CLASSES: dict[str, URIRef] = {
    "intergovernmentalOrganization": ORG.FormalOrganization,
    "organBody": ORG.OrganizationalUnit,
    "state": RG.State,
    "stateOrgan": ORG.OrganizationalUnit,
    "ngo": FOAF.Organization,
    "court": ORG.Organization,
    "unBody": ORG.Organization,
    "parliamentaryBody": ORG.Organization,
    "media": FOAF.Organization,
    "lawFirm": FOAF.Organization,
    "academicBody": FOAF.Organization,
    "professionalAssociation": FOAF.Organization,
    "company": FOAF.Organization,
    "person": FOAF.Person,
    "group": RG.ActorGroup,
    "curator": FOAF.Organization,
}


class EntityWriter:
    """Writes the entities of one corpus file as triples."""

    def __init__(self, file: LoadedFile) -> None:
        """Take the file; its document is the source of all it says."""
        self.document = file.facts.document
        self.facts = file.facts
        self.iri = iri("document", self.document.id)
        self._source = file.curation.id if file.curation else self.document.id
        self.decision = file.curation
        self.imported = file.imported
        self.recorded = file.curation.at if file.curation else self.document.recorded
        self.curation = iri("curation", self._source)

    # --- pieces that many entries share ---

    def _evidence(self, node: URIRef, passages: Iterable[str]) -> Iterator[Triple]:
        for key in passages:
            yield node, RG.evidence, passage_iri(self.document.id, key)

    def _statement(self, node: URIRef, entry: sources.Statement) -> Iterator[Triple]:
        """Write what every statement has: who says it, who relays it, where, and when."""
        yield from self._evidence(node, entry.passages)
        for actor in entry.by or [self.document.publisher]:
            yield node, PROV.wasAttributedTo, iri("actor", actor)
        for actor in entry.reported_by:
            yield node, RG.reportedBy, iri("actor", actor)
        yield node, PROV.wasGeneratedBy, self.curation
        yield from period_of(node, entry.date)
        yield from texts(node, note=entry.note)

    def passages(self) -> Iterator[Triple]:
        """Yield the triples of every passage."""
        for key, passage in self.facts.passages.items():
            yield from self._passage(key, passage)

    # --- the document ---

    def _document(self) -> Iterator[Triple]:
        document, node = self.document, self.iri
        yield node, RDF.type, RG.SourceDocument
        yield node, RDF.type, FOAF.Document
        yield node, DCTERMS.title, Literal(document.title, lang=document.titled_in)
        yield from texts(node, note=document.issued_note)
        yield node, DCTERMS.publisher, iri("actor", document.publisher)
        yield node, DCTERMS.type, RG[document.kind]
        yield node, DCTERMS.language, Literal(document.language)
        yield node, DCTERMS.identifier, Literal(document.id)
        yield node, RG.provenanceStatus, RG[document.origin]
        yield node, RG.readExtent, Literal(document.read)
        if document.read_on:
            yield node, RG.readOn, day_of(document.read_on)
        if document.read_note:
            yield node, RG.readNote, Literal(document.read_note, lang="en")
        yield from period_of(node, document.issued, day=DCTERMS.issued, undated=True)
        if document.url:
            yield node, FOAF.page, URIRef(document.url)
        if document.copy_of:
            yield node, SKOS.note, Literal(document.copy_of, lang="en")
        if document.file:
            yield node, RG.fileName, Literal(document.file.name)
            yield node, RG.sha256File, Literal(document.file.sha256)
            yield node, RG.characters, Literal(document.file.characters)
        for cited in document.cites:
            yield node, CITO.citesAsEvidence, iri("document", cited)
        yield from self._curation(document.recorded_by, document.recorded, document.review)

    def _curation(self, by: str, at: dt.datetime, review: str) -> Iterator[Triple]:
        yield self.curation, RDF.type, PROV.Activity
        if self.imported:
            yield self.curation, RDF.type, RG.Import
        yield self.curation, PROV.wasAssociatedWith, iri("actor", by)
        yield self.curation, PROV.endedAtTime, instant(at)
        yield self.curation, PROV.used, self.iri
        yield self.curation, RG.reviewStatus, Literal(review, lang="en")

    def _passage(self, key: str, passage: sources.Passage) -> Iterator[Triple]:
        node = passage_iri(self.document.id, key)
        yield node, RDF.type, RG.Passage
        yield node, OA.hasSource, self.iri
        yield node, RG.section, Literal(passage.section)
        if passage.locator:
            yield node, RG.locator, Literal(passage.locator)
        if passage.row and passage.raw:
            yield from self._row(node, passage)
        if passage.first and passage.last:
            words = selector_iri(node, "words")
            yield node, OA.hasSelector, words
            yield words, RDF.type, OA.FragmentSelector
            yield words, DCTERMS.conformsTo, FRAGMENT_SPEC
            yield words, RDF.value, Literal(text_fragment(passage.first, passage.last))
        if passage.span is None:
            return
        position = selector_iri(node, "position")
        yield node, OA.hasSelector, position
        yield position, RDF.type, OA.TextPositionSelector
        yield position, OA.start, Literal(passage.span[0])
        yield position, OA.end, Literal(passage.span[1])
        yield node, RG.sha256Raw, Literal(passage.raw)
        yield node, RG.sha256Normalised, Literal(passage.normalised)

    def _row(self, node: URIRef, passage: sources.Passage) -> Iterator[Triple]:
        row = selector_iri(node, "row")
        yield node, OA.hasSelector, row
        yield row, RDF.type, OA.FragmentSelector
        yield row, DCTERMS.conformsTo, ROW_SPEC
        yield row, RDF.value, Literal(passage.locator)
        yield node, RG.sha256Raw, Literal(passage.raw)
        yield node, RG.sha256Normalised, Literal(passage.normalised)

    def _mentioned_documents(self, entry: sources.MentionedDocument) -> Iterator[Triple]:
        node = iri("document", entry.id)
        yield node, RDF.type, FOAF.Document
        yield node, DCTERMS.type, RG[entry.kind]
        yield from texts(node, title=entry.title, note=entry.note)
        if entry.publisher:
            yield node, DCTERMS.publisher, iri("actor", entry.publisher)
        yield from period_of(node, entry.date, day=DCTERMS.issued, undated=True)
        yield from self._evidence(node, entry.passages)

    # --- actors, posts, elections ---

    def _aliases(self, node: URIRef, names: Sequence[sources.Alias]) -> Iterator[Triple]:
        for i, alias in enumerate(names, 1):
            yield node, SKOS.altLabel, Literal(alias.name, lang="en")
            if alias.passage:
                name = iri("name", f"{curie(node)}/{self._source}/{i}")
                yield node, SKOSXL.altLabel, name
                yield name, RDF.type, SKOSXL.Label
                yield name, SKOSXL.literalForm, Literal(alias.name, lang="en")
                yield from self._evidence(name, [alias.passage])

    def _actors(self, entry: sources.Actor) -> Iterator[Triple]:
        node = iri("actor", entry.id)
        yield from self._aliases(node, entry.aliases)
        yield from texts(node, label=entry.label, summary=entry.description)
        if entry.criterion:
            yield node, RG.membershipCriterion, Literal(entry.criterion, lang="en")
        if entry.kind:
            yield node, RDF.type, FOAF.Agent
            yield node, RDF.type, ACTOR_CLASSES[entry.kind]
            yield node, RG.actorKind, RG[entry.kind]

    def _posts(self, entry: sources.Post) -> Iterator[Triple]:
        node = iri("post", entry.id)
        yield node, RDF.type, ORG.Post
        yield node, ORG.postIn, iri("actor", entry.organisation)
        yield from texts(node, label=entry.label)
        yield from self._aliases(node, entry.aliases)

    def _elections(self, entry: sources.Election) -> Iterator[Triple]:
        node = iri("election", entry.id)
        yield node, RDF.type, RG.Election
        yield node, RG.electedBy, iri("actor", entry.electorate)
        yield from texts(node, label=entry.label)
        yield from period_of(node, entry.date)
        yield from self._evidence(node, entry.passages)

    # --- instruments ---

    def _instruments(self, entry: sources.Instrument) -> Iterator[Triple]:
        node = iri("instrument", entry.id)
        yield node, RDF.type, RG.Instrument
        yield node, RG.instrumentKind, RG[entry.kind]
        yield from texts(node, label=entry.label)
        yield from self._aliases(node, entry.aliases)

    def _versions(self, entry: sources.Version) -> Iterator[Triple]:
        node = iri("version", entry.id)
        yield node, RDF.type, ELI.LegalResource
        if entry.of:
            yield iri("instrument", entry.of), ELI.has_member, node
            yield node, ELI.is_member_of, iri("instrument", entry.of)
        yield node, RG.draft, Literal(entry.draft)
        yield from texts(node, label=entry.label, note=entry.note)
        yield from period_of(node, entry.date, day=ELI.version_date, undated=True)
        if entry.ended:
            ended = read_period(entry.ended)
            if ended.earliest:
                yield node, RG.endedEarliest, Literal(ended.earliest)
            if ended.latest:
                yield node, RG.endedLatest, Literal(ended.latest)
        if entry.in_force is not None:
            force = "InForce-inForce" if entry.in_force else "InForce-notInForce"
            yield node, ELI.in_force, ELI[force]
        if entry.amends:
            yield node, ELI.amends, iri("version", entry.amends)
        for part in entry.consolidates:
            yield node, ELI.consolidates, iri("version", part)
        if entry.passed_by:
            yield node, ELI.passed_by, iri("actor", entry.passed_by)
        yield from self._evidence(node, entry.passages)

    def _provisions(self, entry: sources.Provision) -> Iterator[Triple]:
        node = iri("provision", entry.id)
        yield node, RDF.type, ELI.LegalResourceSubdivision
        yield node, ELI.is_part_of, iri("version", entry.of)
        if entry.number:
            yield node, ELI.number, Literal(entry.number)
        else:
            yield node, RG.numberStatus, RG.notGivenBySource
        if entry.revision_of:
            yield node, PROV.wasRevisionOf, iri("provision", entry.revision_of)
        yield from texts(node, label=entry.label, summary=entry.summary)
        yield from self._evidence(node, entry.passages)

    def _processes(self, entry: sources.Process) -> Iterator[Triple]:
        node = iri("process", entry.id)
        yield node, RDF.type, RG.ReformProcess
        yield node, RG.closed, Literal(entry.closed)
        if entry.generated:
            yield node, PROV.generated, iri("version", entry.generated)
        if entry.conducted_by:
            yield node, RG.conductedBy, iri("actor", entry.conducted_by)
        yield from texts(node, label=entry.label)
        yield from period_of(node, entry.date)
        yield from self._evidence(node, entry.passages)
