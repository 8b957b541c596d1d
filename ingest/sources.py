"""Where facts come from and what they are about: documents, passages, actors, instruments."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ingest.fields import (
    ActorKind,
    ActorRef,
    DocumentKind,
    DocumentRef,
    Edtf,
    InstrumentKind,
    Label,
    LanguageTag,
    PassageRef,
    Recorded,
    Ref,
    Seeming,
    Sha256,
    Slug,
    SlugPath,
    Span,
    Text,
    VersionRef,
    WebAddress,
    Words,
)
from ingest.passages import Anchor

ROW = re.compile(r"row=([1-9][0-9]*)")
"""The locator of one row of a table (RFC 7111)."""


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

    def is_read_as(self, sha256: str, text: str) -> bool:
        """Tell whether recorded offsets, of withheld names above all, hold in a text.

        The bytes alone do not tell: another version of a PDF library may give other characters.
        """
        return (self.sha256, self.characters) == (sha256, len(text))


class Document(Entry):
    """The source document of this file: what it is, where it is, how much of it was read.

    `title_language` is that of the title where it is not the text's: a title of ours, in English.
    """

    id: Slug
    title: Label
    publisher: ActorRef
    kind: DocumentKind
    language: LanguageTag
    title_language: LanguageTag | None = None
    issued: Edtf | None = None
    issued_note: Text | None = None
    url: WebAddress | None = None
    file: SourceFile | None = None
    origin: Literal["seed", "external"] = "external"
    read: Literal["whole", "most", "beginning"]
    read_on: dt.date | None = None
    read_note: Text | None = None
    copy_of: Text | None = None
    withheld: list[Span] = []
    cites: list[DocumentRef] = []
    recorded: Recorded
    recorded_by: ActorRef = "reformgraph-maintainers"
    review: Text

    @property
    def titled_in(self) -> str:
        """The language of the title: that of the text where nothing else is said."""
        return self.title_language or self.language


class Passage(Entry):
    """A place in the document: offsets, hashes, first and last words; or a locator.

    Beside a locator alone, first and last words are those that were seen where no text is at hand.
    A row of a table has the locator `row=N` (RFC 7111) and the two hashes of its text.
    """

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
        if self.row and self.raw and self.normalised and anchored[:3] == [None] * 3:
            return self
        if self.locator and anchored[0] is anchored[3] is anchored[4] is None:
            if (self.first is None) != (self.last is None):
                raise ValueError("needs both first and last words, or neither")
            return self
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
    def row(self) -> int | None:
        """The row of a table, counted from 1 with the header, or None where it is no row."""
        number = ROW.fullmatch(self.locator or "")
        return int(number[1]) if number else None

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

    @model_validator(mode="after")
    def _is_described_in_one_place(self) -> Actor:
        if (self.label is None) != (self.kind is None):
            raise ValueError("needs label and kind together, or, if another file has them, neither")
        return self


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
    number: Annotated[str, Seeming] | None = None
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
