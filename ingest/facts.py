"""The facts a curator writes down: pydantic models of one corpus file, entry by entry."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ingest.fields import (
    ActorKind,
    ActorRef,
    AnyRef,
    Basis,
    CaseOutcome,
    DocumentKind,
    DocumentRef,
    Edtf,
    EventKind,
    Givenness,
    InstrumentKind,
    Label,
    Mechanism,
    PassageRef,
    RecommendationRef,
    Ref,
    SafeguardKind,
    Sha256,
    Slug,
    SlugPath,
    Span,
    Text,
    TextRef,
    VersionRef,
    Words,
)
from ingest.passages import Anchor


class Entry(BaseModel):
    """Anything in a corpus file: unknown keys are refused, so that a slip is not lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Statement(Entry):
    """What somebody says: it hangs on at least one passage and is attributed.

    `by` defaults to the publisher of the document; `reported_by` names who relays it.
    """

    id: Slug
    passages: Annotated[list[PassageRef], Field(min_length=1)]
    by: list[ActorRef] = []
    reported_by: list[ActorRef] = []
    date: Edtf | None = None
    note: Text | None = None


# --- the document and its passages -----------------------------------------------------------


class SourceFile(Entry):
    """The bytes the passages were taken from."""

    name: str
    sha256: Sha256
    characters: Annotated[int, Field(gt=0)]


class Document(Entry):
    """The source document of this file: what it is, where it is, how much of it was read."""

    id: Slug
    title: Label
    publisher: ActorRef
    kind: DocumentKind
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    issued: Edtf | None = None
    issued_note: Text | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    file: SourceFile | None = None
    origin: Literal["seed", "external"] = "external"
    read: Literal["whole", "most", "beginning"]
    copy_of: Text | None = None
    withheld: list[Span] = []
    cites: list[DocumentRef] = []
    recorded: AwareDatetime
    recorded_by: ActorRef = "reformgraph-maintainers"
    review: Text


class Passage(Entry):
    """A place in the document: offsets, hashes, first and last words; or a locator alone."""

    section: Label
    span: Span | None = None
    first: Words | None = None
    last: Words | None = None
    raw: Sha256 | None = None
    normalised: Sha256 | None = None
    locator: Label | None = None

    @model_validator(mode="after")
    def _is_found_one_way(self) -> Passage:
        anchored = [self.span, self.first, self.last, self.raw, self.normalised]
        given = [value for value in anchored if value is not None]
        if len(given) not in (0, len(anchored)) or not (given or self.locator):
            raise ValueError(
                "needs span, first, last, raw and normalised together (`reformgraph anchor` "
                "prints them), or a locator when the text is not at hand"
            )
        if self.span and self.span[0] >= self.span[1]:
            raise ValueError(f"span {list(self.span)} does not end after it starts")
        return self

    @property
    def anchor(self) -> Anchor | None:
        """Where the passage stands, or None when it has a locator only."""
        if self.span and self.first and self.last and self.raw and self.normalised:
            return Anchor(*self.span, self.first, self.last, self.raw, self.normalised)
        return None


class MentionedDocument(Entry):
    """A letter, resolution or report the source speaks of; we hold no copy of it."""

    id: Slug
    title: Label
    kind: DocumentKind
    publisher: ActorRef | None = None
    date: Edtf | None = None
    passages: Annotated[list[PassageRef], Field(min_length=1)]
    note: Text | None = None


# --- actors, posts, elections ----------------------------------------------------------------


class Alias(Entry):
    """Another spelling, and where it stands when a source uses it."""

    name: Label
    passage: PassageRef | None = None


class Actor(Entry):
    """An organisation, state, body, group or person in a public role.

    Give `label` and `kind` in one file only; other files may add aliases and passages.
    """

    id: Slug
    label: Label | None = None
    kind: ActorKind | None = None
    aliases: list[Alias] = []
    criterion: Text | None = None
    description: Text | None = None


class Post(Entry):
    """An office that people stand for or hold."""

    id: Slug
    label: Label
    organisation: ActorRef
    aliases: list[Alias] = []


class Election(Entry):
    """A vote that fills posts."""

    id: Slug
    label: Label
    electorate: ActorRef
    date: Edtf
    passages: Annotated[list[PassageRef], Field(min_length=1)]


# --- instruments -----------------------------------------------------------------------------


class Instrument(Entry):
    """A constitution, statute, agreement or declaration as a work over time."""

    id: Slug
    label: Label
    kind: InstrumentKind
    aliases: list[Alias] = []


class Version(Entry):
    """One dated (or expressly undated) text of an instrument, or an act that amends one."""

    id: SlugPath
    of: Annotated[str, Ref("instrument")] | None = None
    label: Label
    date: Edtf | None = None
    draft: bool = False
    ended: Edtf | None = None
    in_force: bool | None = None
    amends: VersionRef | None = None
    consolidates: list[VersionRef] = []
    passed_by: ActorRef | None = None
    passages: Annotated[list[PassageRef], Field(min_length=1)]
    note: Text | None = None


class Provision(Entry):
    """An article or paragraph of exactly one version; `number` is the source's own label."""

    id: SlugPath
    of: VersionRef
    label: Label
    number: str | None = None
    revision_of: Annotated[str, Ref("provision")] | None = None
    summary: Text
    passages: Annotated[list[PassageRef], Field(min_length=1)]


class Process(Entry):
    """A procedure that can change a text, such as an amendment of a statute."""

    id: Slug
    label: Label
    date: Edtf | None = None
    closed: bool
    generated: VersionRef | None = None
    conducted_by: ActorRef | None = None
    passages: Annotated[list[PassageRef], Field(min_length=1)]


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


class Look(Entry):
    """A search for information: who looked, when, in which documents, for what."""

    id: Slug
    on: dt.date
    by: ActorRef
    documents: Annotated[list[DocumentRef], Field(min_length=1)]
    summary: Text


class Assessment(Entry):
    """What one assessor says became of one recommendation, as of one day."""

    id: Slug
    of: RecommendationRef
    axis: Literal["response", "adoption", "practice"]
    status: str
    as_of: dt.date
    by: ActorRef
    reported_by: list[ActorRef] = []
    basis: Basis
    passages: list[PassageRef] = []
    look: Annotated[str, Ref("look")] | None = None
    provision: TextRef | None = None
    process: Annotated[str, Ref("process")] | None = None
    inferred_from: RecommendationRef | None = None
    revises: Annotated[str, Ref("assessment")] | None = None
    recorded: AwareDatetime | None = None
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
    as_of: dt.date | None = None
    disputes: list[Annotated[str, Ref("claim")]] = []


class AbsenceClaim(Claim):
    """Somebody says that a body or a text lacks something."""

    absent_from: AnyRef
    absence_of: Annotated[str, Ref("concept", "instrument", "version", "actor")]
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
    as_of: dt.date | None = None


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
    relation: str
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
    """A documented case. The affected person has no name, no node and no traits here."""

    label: Label
    requesting_state: ActorRef | None = None
    requesting_state_basis: Givenness
    requested_state: ActorRef | None = None
    detaining_state: ActorRef | None = None
    mechanism: Mechanism
    outcome: CaseOutcome
    disclosure: Literal["consentGiven", "publishedBySource", "consentUnknown"]
    events: list[Event] = []


class CorpusFile(Entry):
    """One source document with everything taken from it."""

    format: Literal[1]
    document: Document
    passages: dict[Slug, Passage]
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
