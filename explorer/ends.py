"""How a statement reads from each of its two ends, for lines in a terminal."""

from __future__ import annotations

from typing import Final

from ontology.identifiers import curie

TOLD_ELSEWHERE: Final = frozenset(
    {
        "skos:prefLabel", "dct:title", "dct:description", "dct:identifier", "rg:evidence",
        "skosxl:altLabel", "oa:hasSelector", "rg:earliest", "rg:latest", "rg:asOfEarliest",
        "rg:asOfLatest", "rg:asOfEdtf",
    }
)  # fmt: skip
"""What the lines of a name, a summary, a passage or a date tell already."""

_ENDS: Final[dict[str, tuple[str, str]]] = {
    "cito:citesAsEvidence": ("cites as evidence", "cited as evidence by"),
    "cito:disputes": ("disputes", "disputed by"),
    "dct:conformsTo": ("follows", "followed by"),
    "dct:hasPart": ("has the part", "is part of"),
    "dct:isPartOf": ("is part of", "has the part"),
    "dct:issued": ("published on", ""),
    "dct:language": ("language", ""),
    "dct:publisher": ("published by", "published"),
    "dct:replaces": ("replaces", "replaced by"),
    "dct:type": ("kind", ""),
    "eli:amends": ("amends", "amended by"),
    "eli:consolidates": ("consolidates", "consolidated in"),
    "eli:has_member": ("has the version", "is a version of"),
    "eli:in_force": ("in force", ""),
    "eli:is_member_of": ("is a version of", "has the version"),
    "eli:is_part_of": ("is part of", "has the part"),
    "eli:passed_by": ("passed by", "passed"),
    "foaf:member": ("has the member", "member of the group"),
    "foaf:page": ("on the web", ""),
    "oa:hasSource": ("stands in", "has the passage"),
    "org:holds": ("holds", "held by"),
    "org:linkedTo": ("linked to", "linked to"),
    "org:memberOf": ("member of", "has the member"),
    "org:postIn": ("post in", "has the post"),
    "org:subOrganizationOf": ("belongs to", "has under it"),
    "org:unitOf": ("unit of", "has the unit"),
    "prov:endedAtTime": ("ended on", ""),
    "prov:generated": ("brought about", "brought about by"),
    "prov:generatedAtTime": ("recorded on", ""),
    "prov:used": ("looked at", "looked at in"),
    "prov:wasAssociatedWith": ("done by", "did"),
    "prov:wasAttributedTo": ("said by", "says"),
    "prov:wasGeneratedBy": ("recorded in", "put on record"),
    "prov:wasRevisionOf": ("revises", "revised by"),
    "rg:about": ("about", "spoken of in"),
    "rg:absentFrom": ("absent from", "does not hold"),
    "rg:addressedTo": ("asked of", "asked in"),
    "rg:afterLook": ("found in the look", "led to"),
    "rg:assesses": ("says what became of", "assessed in"),
    "rg:authored": ("wrote", "written by"),
    "rg:body": ("offered by", "has the safeguard"),
    "rg:byActor": ("done by", "did"),
    "rg:candidate": ("candidate", "stood as"),
    "rg:commentedOn": ("commented on", "commented on by"),
    "rg:comparator": ("compared with", "compared with in"),
    "rg:concernsCase": ("about the case", "told of in"),
    "rg:conductedBy": ("conducted by", "conducted"),
    "rg:conflictsWith": ("conflicts with", "conflicts with"),
    "rg:cooperatesWith": ("cooperates with", "cooperates with"),
    "rg:detainingState": ("held in", "held the person of"),
    "rg:documentedBy": ("documented by", "documented"),
    "rg:earlierRecommendation": ("earlier one", "taken up later, as judged in"),
    "rg:edtf": ("when", ""),
    "rg:electedBy": ("elected by", "elects in"),
    "rg:establishedBy": ("established by", "established"),
    "rg:evidencedByProvision": ("shown by", "shows"),
    "rg:exampleMember": ("has among its members", "among the members of"),
    "rg:expressesAsk": ("makes the demand", "demand made by"),
    "rg:forPost": ("for the post", "stood for in"),
    "rg:inCase": ("step of", "has the step"),
    "rg:inElection": ("in the election", "has the candidacy"),
    "rg:inProcess": ("in the process", "has the stage"),
    "rg:issuedBy": ("asked by", "asks in"),
    "rg:issuesNoticesFor": ("issues notices for", "notices issued by"),
    "rg:laterRecommendation": ("later one", "takes up an earlier one, as judged in"),
    "rg:madeIn": ("made in", "holds"),
    "rg:nominatedBy": ("put forward by", "put forward"),
    "rg:partOfLegalFrameworkOf": ("part of the legal framework of", "legal framework holds"),
    "rg:partyTo": ("party to", "has the party"),
    "rg:proposition": ("on the question", "answered in"),
    "rg:provider": ("given by", "gives"),
    "rg:raisedConcernAbout": ("raised concern about", "concern raised by"),
    "rg:recipient": ("received by", "receives"),
    "rg:refersToStandard": ("refers to the standard", "referred to by"),
    "rg:reportedBy": ("reported by", "reports"),
    "rg:reportsTo": ("reports to", "gets reports from"),
    "rg:requestedState": ("asked to act", "asked to act in"),
    "rg:requestingState": ("asked for by", "asked for the person of"),
    "rg:signatory": ("signed by", "signed in"),
    "rg:signs": ("signature under", "has the signature"),
    "rg:subjectToRulesOf": ("under the rules of", "its rules bind"),
    "rg:submitted": ("submitted", "submitted by"),
    "rg:theme": ("theme", "theme of"),
    "rg:underInstrument": ("under", "governs"),
    "skos:altLabel": ("also called", ""),
    "skos:broader": ("narrower than", "broader than"),
    "skos:inScheme": ("in the list", "lists"),
}


def told_from(property_iri: str, label: str, *, outgoing: bool) -> str:
    """Return the words between an entity and a value, from the entity's end.

    `label` is the name of the property, for one that has no words here.
    """
    out, back = _ENDS.get(curie(property_iri), (label, f"named under “{label}” in"))
    return out if outgoing else back
