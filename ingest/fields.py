"""The kinds of value in a corpus file: ids, references, concepts, dates, labels, spans."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Final, Literal

import pyoxigraph as ox
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
)

from ingest.characters import CLOAKS, fault_in
from ingest.dates import fault_in_form, read_period
from ontology import identifiers

INCOMING: Final = {"incoming": True}
"""The context in which what comes in now is validated: by rules that came later, too.

What was saved before is read without it, so that no decision is ever refused on reading.
"""

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
PATH = f"^{identifiers.SLUG.pattern}$"
SHA256 = r"^[0-9a-f]{64}$"
LONGEST_WORDS = 60
LONGEST_ID = 120
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
TURNS = re.compile("[\u202d\u202e]")
"""Overrides of direction: a label that holds one reads otherwise than it is."""


class Ref:
    """Marks a field as the id of another entry.

    With one kind the field holds the bare id; with several it is written `kind:id`, since ids
    are unique within a kind only. The kinds are those of `ontology.identifiers.KINDS`, and
    `concept` for a concept of the ontology.
    """

    def __init__(self, *kinds: str) -> None:
        """Remember the kinds the id may belong to."""
        self.kinds = kinds


class Concept:
    """Marks a field as a concept of one of the ontology's schemes."""

    def __init__(self, scheme: str) -> None:
        """Remember the scheme's local name, such as `documentKindScheme`."""
        self.scheme = scheme


def _edtf(text: str, info: ValidationInfo) -> str:
    read_period(text)
    if info.context and (fault := fault_in_form(text)):
        raise ValueError(fault)
    return text


def _as_of(given: object) -> object:
    return given.isoformat() if isinstance(given, dt.date) else given


def _ended(text: str) -> str:
    if read_period(text).latest is None:
        raise ValueError(
            f"{text!r} has no end; what is said holds by some last day, such as that of the source"
        )
    return text


def _since_computers(moment: dt.datetime) -> dt.datetime:
    if not 1970 <= moment.year <= 9998:  # in another zone it may be the year before or after
        raise ValueError("is no time at which something was put on record")
    return moment


def _seeming(text: str, info: ValidationInfo) -> str:
    """Refuse, where it is new, what reads otherwise than it is written."""
    if info.context and (fault := fault_in(text)):
        raise ValueError(f"{fault}; write it in plain letters")
    return text


def _one_line(text: str) -> str:
    if "\n" in text.strip():
        raise ValueError("is one line; write longer text in `summary` or `note`")
    if TURNS.search(text):
        raise ValueError("holds a sign that turns the direction of what follows; take it out")
    if not any(map(str.isalnum, text)):
        raise ValueError("holds no letter or digit; write what can be read")
    return _plain(text.strip())


def shown(name: str) -> str:
    """Return the name of a file or place in one line of 100 signs at most.

    What hides or turns is replaced; joiners and letters that look like others stay.
    """
    line = " ".join(name.split())
    for cloak in CLOAKS:
        line = cloak.sub("\ufffd", line)
    return line[:100]


def _plain(text: str) -> str:
    if CONTROLS.search(text):
        raise ValueError("holds a control character; take it out")
    return text


Seeming = AfterValidator(_seeming)
"""Marks a text that people read, and that is no copy of what a document has."""


def _web_address(text: str) -> str:
    try:
        ox.NamedNode(text)  # what the snapshot is written with; it knows which letters may stand
    except ValueError as error:
        raise ValueError(f"is not a web address ({error})") from error
    return text


Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=LONGEST_ID)]
SlugPath = Annotated[str, StringConstraints(pattern=PATH, max_length=2 * LONGEST_ID)]
Sha256 = Annotated[str, StringConstraints(pattern=SHA256)]
Label = Annotated[
    str, StringConstraints(min_length=2, max_length=160), AfterValidator(_one_line), Seeming
]
Text = Annotated[
    str,
    StringConstraints(min_length=3, max_length=2000, strip_whitespace=True),
    AfterValidator(_plain),
    Seeming,
]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_WORDS)]
Edtf = Annotated[str, AfterValidator(_edtf)]
AsOf = Annotated[str, BeforeValidator(_as_of), AfterValidator(_edtf), AfterValidator(_ended)]
"""The day for which something is said, or the month, year or period where no day is known."""
Recorded = Annotated[AwareDatetime, AfterValidator(_since_computers)]
"""When something was put on record."""
WebAddress = Annotated[
    str, StringConstraints(pattern=r"^https?://\S+$"), AfterValidator(_web_address), Seeming
]
Span = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(gt=0)]]
Givenness = Literal["statedBySource", "inferredByCurator", "notGivenBySource"]
Basis = Literal[
    "textRead", "issuerReported", "addresseeReported", "thirdPartyReported", "curatorInferred"
]

DocumentKind = Annotated[str, Concept("documentKindScheme")]
ActorKind = Annotated[str, Concept("actorKindScheme")]
InstrumentKind = Annotated[str, Concept("instrumentKindScheme")]
SafeguardKind = Annotated[str, Concept("safeguardScheme")]
EventKind = Annotated[str, Concept("eventKindScheme")]
Mechanism = Annotated[str, Concept("mechanismScheme")]
CaseOutcome = Annotated[str, Concept("caseOutcomeScheme")]

ActorRef = Annotated[str, Ref("actor")]
PassageRef = Annotated[str, Ref("passage")]
DocumentRef = Annotated[str, Ref("document")]
VersionRef = Annotated[str, Ref("version")]
TextRef = Annotated[str, Ref("version", "provision")]
RecommendationRef = Annotated[str, Ref("recommendation")]
AnyRef = Annotated[
    str,
    Ref(
        "actor", "document", "instrument", "version", "provision", "recommendation",
        "post", "election", "case", "process", "claim",
    ),
]  # fmt: skip
RelationName = Literal[
    "unitOf",
    "partOf",
    "memberOf",
    "holds",
    "linkedTo",
    "member",
    "exampleMember",
    "partyTo",
    "establishedBy",
    "reportsTo",
    "replaces",
    "refersToStandard",
    "partOfLegalFrameworkOf",
    "commentedOn",
    "submitted",
    "raisedConcernAbout",
    "authored",
    "issuesNoticesFor",
    "cooperatesWith",
]
