"""Which words of RDF a foreign file may use: the classes and properties that our own data have."""

from __future__ import annotations

from functools import cache
from typing import Final

from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, SKOS, VOID, XSD

from ontology.terms import CITO, ELI, OA, RG, SKOSXL, load_ontology

KIND_OF: Final[dict[str, str]] = {
    str(iri): kind
    for kind, classes in {
        "recommendation": [RG.Recommendation],
        "ask": [RG.Ask],
        "theme": [SKOS.Concept],
        "scheme": [SKOS.ConceptScheme],
        "assessment": [RG.StatusAssessment],
        "lineage": [RG.Lineage],
        "look": [RG.Look],
        "proposition": [RG.Proposition],
        "claim": [RG.Claim, RG.AbsenceClaim, RG.StatisticalClaim],
        "safeguard": [RG.SafeguardStatement],
        "relation": [RG.Relation],
        "transfer": [RG.DataTransferCondition],
        "candidacy": [RG.Candidacy],
        "signature": [RG.Signature],
        "election": [RG.Election],
        "post": [ORG.Post],
        "instrument": [RG.Instrument],
        "version": [ELI.LegalResource],
        "provision": [ELI.LegalResourceSubdivision],
        "process": [RG.ReformProcess],
        "case": [RG.DocumentedCase],
        "event": [RG.Act, RG.Intervention],
        "document": [RG.SourceDocument, FOAF.Document],
        "passage": [RG.Passage, OA.TextPositionSelector, OA.FragmentSelector],
        "name": [SKOSXL.Label],
        "actor": [
            FOAF.Agent, FOAF.Organization, FOAF.Person, FOAF.Group, ORG.Organization,
            ORG.FormalOrganization, ORG.OrganizationalUnit, RG.State, RG.ActorGroup,
        ],
        "curation": [PROV.Activity, RG.Import],
        "dataset": [DCAT.Dataset, DCAT.Distribution, VOID.Dataset],
    }.items()
    for iri in classes
}  # fmt: skip
"""The kind of address that an entry of each class has."""

SELECTORS: Final[dict[str, str]] = {
    str(OA.TextPositionSelector): "position", str(OA.FragmentSelector): "words"
}  # fmt: skip
"""The classes that say where a passage stands, and the last step of their addresses."""

ASIDE: Final = frozenset({"curation", "dataset"})
"""Kinds that say how a file came about elsewhere: told, and not taken."""

REUSED: Final = frozenset(
    map(
        str,
        [
            RDF.type, RDF.subject, RDF.predicate, RDF.object, RDF.value,
            SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.note, SKOS.broader, SKOS.inScheme,
            SKOSXL.altLabel, SKOSXL.literalForm,
            DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.type, DCTERMS.language,
            DCTERMS.identifier, DCTERMS.issued, DCTERMS.conformsTo, DCTERMS.hasPart,
            DCTERMS.isPartOf, DCTERMS.replaces,
            PROV.wasAttributedTo, PROV.wasGeneratedBy, PROV.generatedAtTime, PROV.used,
            PROV.wasAssociatedWith, PROV.wasRevisionOf, PROV.generated, PROV.endedAtTime,
            ORG.unitOf, ORG.subOrganizationOf, ORG.memberOf, ORG.holds, ORG.postIn, ORG.linkedTo,
            FOAF.member, FOAF.page, CITO.citesAsEvidence, CITO.disputes,
            OA.hasSource, OA.hasSelector, OA.start, OA.end,
            ELI.has_member, ELI.is_member_of, ELI.is_part_of, ELI.amends, ELI.consolidates,
            ELI.in_force, ELI.number, ELI.passed_by, ELI.version_date,
        ],
    )
)  # fmt: skip
"""The properties of other vocabularies that our data have; no names of persons, no quotations."""

DATATYPES: Final = frozenset(
    map(
        str,
        [XSD.string, RDF.langString, XSD.date, XSD.dateTime, XSD.boolean, XSD.integer,
         XSD.nonNegativeInteger, XSD.decimal],
    )
)  # fmt: skip
"""The datatypes that our data have."""

RECORDED: Final = frozenset(map(str, [PROV.wasGeneratedBy, PROV.generatedAtTime]))
"""How and when a statement was put on record: here that is told by the import itself."""


SINGLE: Final = frozenset(
    map(str, [SKOS.prefLabel, SKOS.definition, DCTERMS.title, DCTERMS.description])
)
"""Texts of which an entry has one, in English: pages and questions show that one."""


def is_english(value: object) -> bool:
    """Tell whether a value is a text in English, or in no language."""
    language = getattr(value, "language", None) or "en"
    return str(language).casefold().partition("-")[0] == "en"


@cache
def _declared() -> Graph:
    return load_ontology()


@cache
def properties() -> frozenset[str]:
    """Return every property that a foreign file may use."""
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    own = {str(iri) for kind in kinds for iri in _declared().subjects(RDF.type, kind)}
    return REUSED | {iri for iri in own if iri.startswith(RG)}


@cache
def words() -> frozenset[str]:
    """Return every term of ours: classes, properties, concepts and lists of concepts."""
    return frozenset(str(iri) for iri in _declared().subjects() if str(iri).startswith(RG))
