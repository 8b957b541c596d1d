"""The facts a curator writes down: pydantic models of one corpus file, entry by entry."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ingest.fields import (
    ActorRef,
    AnyRef,
    AsOf,
    Basis,
    CaseOutcome,
    DocumentRef,
    Edtf,
    EventKind,
    Givenness,
    Label,
    Mechanism,
    PassageRef,
    RecommendationRef,
    Recorded,
    Ref,
    RelationName,
    SafeguardKind,
    Slug,
    Text,
    TextRef,
    VersionRef,
)
from ingest.sources import (
    Actor,
    Document,
    Election,
    Entry,
    Instrument,
    MentionedDocument,
    Passage,
    Post,
    Process,
    Provision,
    Statement,
    Version,
)

# --- asks and recommendations ----------------------------------------------------------------


class Theme(Entry):
    """A subject that recommendations share."""

    id: Slug
    label: Label
    definition: Text


class Ask(Entry):
    """What is wanted, whoever words it: several issuers may express one ask."""

    id: Slug
    label: Label
    definition: Text
    broader: list[Annotated[str, Ref("ask")]] = []
    note: Text | None = None


class Recommendation(Statement):
    """One demand as its issuers put it; several passages where they say it more than once."""

    label: Label
    summary: Text
    issuers: Annotated[list[ActorRef], Field(min_length=1)]
    issuer_basis: Givenness = "statedBySource"
    addressees: Annotated[list[ActorRef], Field(min_length=1)]
    addressee_basis: Givenness = "statedBySource"
    asks: Annotated[list[Annotated[str, Ref("ask")]], Field(min_length=1)]
    themes: Annotated[list[Annotated[str, Ref("theme")]], Field(min_length=1)]
    made_in: DocumentRef | None = None
    parts: list[RecommendationRef] = []
    condition: Text | None = None
    condition_on: ActorRef | None = None
    case: Annotated[str, Ref("case")] | None = None
    election: Annotated[str, Ref("election")] | None = None

    @model_validator(mode="after")
    def _is_its_issuers_word(self) -> Recommendation:
        if self.by:
            raise ValueError(
                "takes no `by`: its issuers say it; who relays it stands under `reported_by`"
            )
        return self


class ImportedRecommendation(Recommendation):
    """A row of a list taken in whole: nobody has looked at it, so its ask is not known yet."""

    issuers: list[ActorRef] = []
    asks: list[Annotated[str, Ref("ask")]] = []
    themes: list[Annotated[str, Ref("theme")]] = []

    @model_validator(mode="after")
    def _says_that_no_issuer_is_given(self) -> ImportedRecommendation:
        if not self.issuers and self.issuer_basis != "notGivenBySource":
            raise ValueError("has no issuer, and does not say that the source gives none")
        return self


class Look(Entry):
    """A search for information: who looked, when, in which documents, for what."""

    id: Slug
    on: dt.date
    by: ActorRef
    documents: Annotated[list[DocumentRef], Field(min_length=1)]
    summary: Text


class Assessment(Entry):
    """What one assessor says became of one recommendation, as of one day, month or year."""

    id: Slug
    of: RecommendationRef
    axis: Literal["response", "adoption", "practice"]
    status: str
    as_of: AsOf
    by: ActorRef
    reported_by: list[ActorRef] = []
    basis: Basis
    passages: list[PassageRef] = []
    look: Annotated[str, Ref("look")] | None = None
    provision: TextRef | None = None
    process: Annotated[str, Ref("process")] | None = None
    inferred_from: RecommendationRef | None = None
    revises: Annotated[str, Ref("assessment")] | None = None
    recorded: Recorded | None = None
    note: Text | None = None


class Lineage(Entry):
    """A later recommendation repeats, narrows, broadens or replaces an earlier one; who judged."""

    id: Slug
    later: RecommendationRef
    earlier: RecommendationRef
    kind: Literal["repeats", "narrows", "broadens", "replaces"]
    by: ActorRef = "reformgraph-maintainers"
    basis: Basis = "curatorInferred"
    passages: list[PassageRef] = []
    note: Text


# --- claims ----------------------------------------------------------------------------------


class Proposition(Entry):
    """Something that can be asserted, denied or doubted."""

    id: Slug
    label: Label
    kind: Literal["factual", "evaluative"]
    conflicts_with: list[Annotated[str, Ref("proposition")]] = []


class Claim(Statement):
    """Somebody asserts, denies or doubts a proposition."""

    summary: Text
    proposition: Annotated[str, Ref("proposition")]
    stance: Literal["asserts", "denies", "doubts"] = "asserts"
    about: list[AnyRef] = []
    as_of: AsOf | None = None
    disputes: list[Annotated[str, Ref("claim")]] = []


class AbsenceClaim(Claim):
    """Somebody says that a body or a text lacks something."""

    absent_from: AnyRef
    absence_of: Annotated[str, Ref("concept", "theme", "instrument", "version", "actor")]
    comparators: list[ActorRef] = []


class StatisticalClaim(Claim):
    """Somebody states a number; we never derive one from it. `date` is the period counted."""

    quantity: Annotated[float, Field(ge=0)]
    unit: Label
    scope: Text
    counts_signatures_of: DocumentRef | None = None


class SafeguardStatement(Statement):
    """Somebody says what a body offers an affected person, or does not offer."""

    summary: Text
    body: ActorRef
    safeguard: SafeguardKind
    availability: Literal["stated", "denied", "reported"]
    as_of: AsOf | None = None


# --- relations between entities --------------------------------------------------------------


class Transfer(Statement):
    """Whose rules bind data that go one way under an instrument."""

    label: Label
    under: VersionRef
    provider: ActorRef
    recipient: ActorRef
    rules_of: ActorRef


class Relation(Statement):
    """A plain link between two entities. An allegation gets no plain edge."""

    subject: AnyRef
    relation: RelationName
    object: AnyRef
    allegation: bool = False
    summary: Text


class Signature(Entry):
    """A printed signature: its number in the list and the capacity given there."""

    signatory: ActorRef
    position: Annotated[int, Field(gt=0)] | None = None
    signed_as: Label | None = None


class SignatureList(Entry):
    """Who signed a document, as a passage prints it."""

    id: Slug
    document: DocumentRef
    passages: Annotated[list[PassageRef], Field(min_length=1)]
    signatures: Annotated[list[Signature], Field(min_length=1)]


class Candidacy(Statement):
    """Somebody stands for a post in an election, according to a source."""

    candidate: ActorRef
    post: Annotated[str, Ref("post")]
    election: Annotated[str, Ref("election")]
    nominated_by: ActorRef | None = None


# --- cases -----------------------------------------------------------------------------------


class Event(Entry):
    """One step of a case, in the order told: an act of a state, or a protective intervention."""

    id: Slug
    type: Literal["act", "intervention"]
    kind: EventKind
    label: Label
    by: ActorRef | None = None
    date: Edtf | None = None
    despite: Annotated[str, Ref("event")] | None = None
    passages: Annotated[list[PassageRef], Field(min_length=1)]


class Case(Statement):
    """A documented case. The affected person has no name, no node and no traits here.

    `id` is random, such as case-9f31ab. Of a case of unknown consent nothing goes out.
    """

    label: Label
    requesting_state: ActorRef | None = None
    requesting_state_basis: Givenness
    requested_state: ActorRef | None = None
    detaining_state: ActorRef | None = None
    mechanism: Mechanism
    outcome: CaseOutcome
    disclosure: Literal["consentGiven", "publishedBySource", "consentUnknown"] = "consentUnknown"
    events: list[Event] = []


class Sections(Entry):
    """The entries that hang on passages of one source document, by kind."""

    mentioned_documents: list[MentionedDocument] = []
    actors: list[Actor] = []
    posts: list[Post] = []
    elections: list[Election] = []
    instruments: list[Instrument] = []
    versions: list[Version] = []
    provisions: list[Provision] = []
    processes: list[Process] = []
    themes: list[Theme] = []
    asks: list[Ask] = []
    recommendations: list[Recommendation] = []
    looks: list[Look] = []
    assessments: list[Assessment] = []
    lineages: list[Lineage] = []
    propositions: list[Proposition] = []
    claims: list[Claim] = []
    absence_claims: list[AbsenceClaim] = []
    statistical_claims: list[StatisticalClaim] = []
    safeguards: list[SafeguardStatement] = []
    transfers: list[Transfer] = []
    relations: list[Relation] = []
    signature_lists: list[SignatureList] = []
    candidacies: list[Candidacy] = []
    cases: list[Case] = []


class Facts(Sections):
    """What is taken from one source document: its passages, and what hangs on them."""

    passages: dict[Slug, Passage] = {}

    @property
    def says_something(self) -> bool:
        """Whether there is any entry: a passage alone says nothing."""
        return any(getattr(self, section) for section in Sections.model_fields)


class CorpusFile(Facts):
    """One source document with everything taken from it."""

    format: Literal[1]
    document: Document
    passages: dict[Slug, Passage]
