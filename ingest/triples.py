"""Facts become RDF: each entry of the corpus is written as triples in the ontology's terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, RDF, SKOS, XSD

from ingest import facts
from ingest.entities import EntityWriter
from ingest.reading import SECTIONS, Corpus, LoadedFile
from ingest.standing import Standing
from ingest.writing import Triple, any_iri, as_of, instant, link, links, period_of, texts
from ontology.identifiers import iri
from ontology.terms import CITO, RG, scheme_iri

RELATIONS: dict[str, URIRef] = {
    "unitOf": ORG.unitOf,
    "partOf": ORG.subOrganizationOf,
    "memberOf": ORG.memberOf,
    "holds": ORG.holds,
    "linkedTo": ORG.linkedTo,
    "member": FOAF.member,
    "exampleMember": RG.exampleMember,
    "partyTo": RG.partyTo,
    "establishedBy": RG.establishedBy,
    "reportsTo": RG.reportsTo,
    "replaces": DCTERMS.replaces,
    "refersToStandard": RG.refersToStandard,
    "partOfLegalFrameworkOf": RG.partOfLegalFrameworkOf,
    "commentedOn": RG.commentedOn,
    "submitted": RG.submitted,
    "raisedConcernAbout": RG.raisedConcernAbout,
    "authored": RG.authored,
    "issuesNoticesFor": RG.issuesNoticesFor,
    "cooperatesWith": RG.cooperatesWith,
}
"""The links between entities a corpus may write, and the property of each."""


class FileWriter(EntityWriter):
    """Writes everything in one corpus file as triples."""

    def __init__(self, file: LoadedFile, standing: Standing) -> None:
        """Take the file, and what is known of every assessor's standing."""
        super().__init__(file)
        self.standing = standing
        self._file = file

    def triples(self) -> Iterator[Triple]:
        """Yield the triples of the document, its passages and every entry."""
        if self._file.shadow:
            return
        if self.decision is None:
            yield from self._document()
        else:
            yield from self._curation(self.decision.by, self.decision.at, self.decision.review)
        yield from self.passages()
        yield from self._file.triples
        for section in SECTIONS:
            write: Callable[[Any], Iterator[Triple]] = getattr(self, f"_{section}")
            for entry in getattr(self.facts, section):
                yield from write(entry)

    # --- asks and recommendations ---

    def _themes(self, entry: facts.Theme) -> Iterator[Triple]:
        node = iri("theme", entry.id)
        yield node, RDF.type, SKOS.Concept
        yield from _in_scheme(node, "themes", "Themes")
        yield from texts(node, label=entry.label, definition=entry.definition)

    def _asks(self, entry: facts.Ask) -> Iterator[Triple]:
        node = iri("ask", entry.id)
        yield node, RDF.type, RG.Ask
        yield from _in_scheme(node, "asks", "Asks")
        for broader in entry.broader:
            yield node, SKOS.broader, iri("ask", broader)
        yield from texts(node, label=entry.label, definition=entry.definition, note=entry.note)

    def _recommendations(self, entry: facts.Recommendation) -> Iterator[Triple]:
        node = iri("recommendation", entry.id)
        yield node, RDF.type, RG.Recommendation
        # Its issuers are the ones who say it.
        yield from self._statement(node, entry.model_copy(update={"by": entry.issuers}))
        yield from texts(node, label=entry.label, summary=entry.summary)
        if not entry.date:
            yield node, RG.dateStatus, RG.notGivenBySource
        yield from links(node, RG.issuedBy, "actor", entry.issuers)
        yield from links(node, RG.addressedTo, "actor", entry.addressees)
        yield node, RG.issuerBasis, RG[entry.issuer_basis]
        yield node, RG.addresseeBasis, RG[entry.addressee_basis]
        yield from links(node, RG.expressesAsk, "ask", entry.asks)
        yield from links(node, RG.theme, "theme", entry.themes)
        yield from link(node, RG.madeIn, "document", entry.made_in)
        for part in entry.parts:
            yield node, DCTERMS.hasPart, iri("recommendation", part)
            yield iri("recommendation", part), DCTERMS.isPartOf, node
        if entry.condition:
            yield node, RG.condition, Literal(entry.condition, lang="en")
        yield from link(node, RG.conditionOn, "actor", entry.condition_on)
        yield from link(node, RG.concernsCase, "case", entry.case)
        yield from link(node, RG.about, "election", entry.election)

    def _looks(self, entry: facts.Look) -> Iterator[Triple]:
        node = iri("look", entry.id)
        yield node, RDF.type, RG.Look
        yield node, RG.lookedOn, Literal(entry.on)
        yield node, PROV.wasAssociatedWith, iri("actor", entry.by)
        yield from links(node, PROV.used, "document", entry.documents)
        yield from texts(node, label=f"Look of {entry.on}", summary=entry.summary)

    def _assessments(self, entry: facts.Assessment) -> Iterator[Triple]:
        node = iri("assessment", entry.id)
        yield node, RDF.type, RG.StatusAssessment
        yield node, RG.assesses, iri("recommendation", entry.of)
        yield node, RG.axis, scheme_iri(entry.axis)
        yield node, RG.status, RG[entry.status]
        yield from as_of(node, entry.as_of)
        yield node, PROV.generatedAtTime, instant(entry.recorded or self.recorded)
        yield node, PROV.wasAttributedTo, iri("actor", entry.by)
        yield node, PROV.wasGeneratedBy, self.curation
        yield node, RG.assessorRelation, RG[self.standing.of(entry.by, entry.of, entry.as_of)]
        yield node, RG.basis, RG[entry.basis]
        yield from links(node, RG.reportedBy, "actor", entry.reported_by)
        yield from self._evidence(node, entry.passages)
        yield from link(node, RG.afterLook, "look", entry.look)
        yield from link(node, RG.inProcess, "process", entry.process)
        yield from link(node, RG.inferredFrom, "recommendation", entry.inferred_from)
        yield from link(node, PROV.wasRevisionOf, "assessment", entry.revises)
        if entry.provision:
            yield node, RG.evidencedByProvision, any_iri(entry.provision)
        yield from texts(node, note=entry.note)

    def _lineages(self, entry: facts.Lineage) -> Iterator[Triple]:
        node = iri("lineage", entry.id)
        yield node, RDF.type, RG.Lineage
        yield node, RG.laterRecommendation, iri("recommendation", entry.later)
        yield node, RG.earlierRecommendation, iri("recommendation", entry.earlier)
        yield node, RG.lineageKind, RG[entry.kind]
        yield node, PROV.wasAttributedTo, iri("actor", entry.by)
        yield node, PROV.wasGeneratedBy, self.curation
        yield node, RG.basis, RG[entry.basis]
        yield from self._evidence(node, entry.passages)
        yield from texts(node, note=entry.note)

    # --- claims ---

    def _propositions(self, entry: facts.Proposition) -> Iterator[Triple]:
        node = iri("proposition", entry.id)
        yield node, RDF.type, RG.Proposition
        yield node, RG.propositionKind, RG[entry.kind]
        yield from texts(node, label=entry.label)
        yield from links(node, RG.conflictsWith, "proposition", entry.conflicts_with)

    def _claims(self, entry: facts.Claim) -> Iterator[Triple]:
        node = iri("claim", entry.id)
        yield node, RDF.type, RG.Claim
        yield from self._statement(node, entry)
        yield from texts(node, summary=entry.summary)
        yield node, RG.proposition, iri("proposition", entry.proposition)
        yield node, RG.stance, RG[entry.stance]
        for thing in entry.about:
            yield node, RG.about, any_iri(thing)
        yield from as_of(node, entry.as_of)
        yield from links(node, CITO.disputes, "claim", entry.disputes)

    def _absence_claims(self, entry: facts.AbsenceClaim) -> Iterator[Triple]:
        node = iri("claim", entry.id)
        yield node, RDF.type, RG.AbsenceClaim
        yield from self._claims(entry)
        yield node, RG.absentFrom, any_iri(entry.absent_from)
        yield node, RG.absenceOf, any_iri(entry.absence_of)
        yield from links(node, RG.comparator, "actor", entry.comparators)

    def _statistical_claims(self, entry: facts.StatisticalClaim) -> Iterator[Triple]:
        node = iri("claim", entry.id)
        yield node, RDF.type, RG.StatisticalClaim
        yield from self._claims(entry)
        yield node, RG.quantity, Literal(f"{entry.quantity:f}".rstrip("0").rstrip("."),
                                         datatype=XSD.decimal)  # fmt: skip
        yield from ((node, RG[name], Literal(text, lang="en"))
                    for name, text in (("unit", entry.unit), ("scope", entry.scope)))  # fmt: skip
        yield from link(node, RG.countsSignaturesOf, "document", entry.counts_signatures_of)

    def _safeguards(self, entry: facts.SafeguardStatement) -> Iterator[Triple]:
        node = iri("safeguard", entry.id)
        yield node, RDF.type, RG.SafeguardStatement
        yield from self._statement(node, entry)
        yield from texts(node, summary=entry.summary)
        yield node, RG.body, iri("actor", entry.body)
        yield node, RG.safeguard, RG[entry.safeguard]
        yield node, RG.availability, RG[f"availability{entry.availability.capitalize()}"]
        yield from as_of(node, entry.as_of)

    # --- relations ---

    def _transfers(self, entry: facts.Transfer) -> Iterator[Triple]:
        node = iri("transfer", entry.id)
        yield node, RDF.type, RG.DataTransferCondition
        yield from self._statement(node, entry)
        yield from texts(node, label=entry.label)
        yield node, RG.underInstrument, iri("version", entry.under)
        yield node, RG.provider, iri("actor", entry.provider)
        yield node, RG.recipient, iri("actor", entry.recipient)
        yield node, RG.subjectToRulesOf, iri("actor", entry.rules_of)

    def _relations(self, entry: facts.Relation) -> Iterator[Triple]:
        node = iri("relation", entry.id)
        subject, predicate, target = (
            any_iri(entry.subject), RELATIONS[entry.relation], any_iri(entry.object)
        )  # fmt: skip
        yield node, RDF.type, RG.Relation
        yield from self._statement(node, entry)
        yield from texts(node, summary=entry.summary)
        yield node, RDF.subject, subject
        yield node, RDF.predicate, predicate
        yield node, RDF.object, target
        yield node, RG.allegation, Literal(entry.allegation)
        # An allegation stays a statement of its speaker; only the rest is also a plain edge.
        if not entry.allegation:
            yield subject, predicate, target

    def _signature_lists(self, entry: facts.SignatureList) -> Iterator[Triple]:
        for i, signature in enumerate(entry.signatures, 1):
            node = iri("signature", f"{entry.id}/{i}")
            yield node, RDF.type, RG.Signature
            yield node, RG.signs, iri("document", entry.document)
            yield node, RG.signatory, iri("actor", signature.signatory)
            if signature.position:
                yield node, RG.position, Literal(signature.position)
            if signature.signed_as:
                yield node, RG.signedAs, Literal(signature.signed_as, lang="en")
            yield node, PROV.wasAttributedTo, iri("actor", self.document.publisher)
            yield node, PROV.wasGeneratedBy, self.curation
            yield from self._evidence(node, entry.passages)

    def _candidacies(self, entry: facts.Candidacy) -> Iterator[Triple]:
        node = iri("candidacy", entry.id)
        yield node, RDF.type, RG.Candidacy
        yield from self._statement(node, entry)
        yield node, RG.candidate, iri("actor", entry.candidate)
        yield node, RG.forPost, iri("post", entry.post)
        yield node, RG.inElection, iri("election", entry.election)
        yield from link(node, RG.nominatedBy, "actor", entry.nominated_by)

    # --- cases ---

    def _cases(self, entry: facts.Case) -> Iterator[Triple]:
        node = iri("case", entry.id)
        yield node, RDF.type, RG.DocumentedCase
        yield from self._statement(node, entry)
        yield from texts(node, label=entry.label)
        yield from links(node, RG.documentedBy, "actor", entry.by or [self.document.publisher])
        yield node, RG.requestingStateBasis, RG[entry.requesting_state_basis]
        yield from link(node, RG.requestingState, "actor", entry.requesting_state)
        yield from link(node, RG.requestedState, "actor", entry.requested_state)
        yield from link(node, RG.detainingState, "actor", entry.detaining_state)
        yield node, RG.usesMechanism, RG[entry.mechanism]
        yield node, RG.caseOutcome, RG[entry.outcome]
        yield node, RG.disclosure, RG[entry.disclosure]
        for i, event in enumerate(entry.events, 1):
            yield from self._event(node, i, event)

    def _event(self, case: URIRef, sequence: int, entry: facts.Event) -> Iterator[Triple]:
        node = iri("event", entry.id)
        yield node, RDF.type, RG.Act if entry.type == "act" else RG.Intervention
        yield node, RG.inCase, case
        yield node, RG.eventKind, RG[entry.kind]
        yield node, RG.sequence, Literal(sequence)
        yield from link(node, RG.byActor, "actor", entry.by)
        yield from link(node, RG.despite, "event", entry.despite)
        yield from texts(node, label=entry.label)
        yield from period_of(node, entry.date)
        yield node, PROV.wasAttributedTo, iri("actor", self.document.publisher)
        yield node, PROV.wasGeneratedBy, self.curation
        yield from self._evidence(node, entry.passages)


def _in_scheme(node: URIRef, slug: str, title: str) -> Iterator[Triple]:
    """Put a concept of the data into its list, and describe the list."""
    listed = iri("scheme", slug)
    yield node, SKOS.inScheme, listed
    yield listed, RDF.type, SKOS.ConceptScheme
    yield from texts(listed, label=title)


def quads(corpus: Corpus) -> Iterator[tuple[Triple, URIRef]]:
    """Yield every triple of the corpus with the document whose file states it."""
    standing = Standing(corpus)
    for file in corpus.files:
        writer = FileWriter(file, standing)
        for triple in writer.triples():
            yield triple, writer.iri
