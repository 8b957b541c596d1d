"""Mapping files: what the columns of a foreign list mean, checked and told with line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from ingest.characters import fault_in
from ingest.fields import (
    ActorKind,
    Basis,
    Concept,
    DocumentKind,
    Edtf,
    Label,
    Seeming,
    Slug,
    WebAddress,
)
from ingest.readers.decoding import text_encoding
from ingest.reading import markers
from ingest.sources import Entry
from ingest.yamlfiles import CorpusMistakesError, Lines, Location, line_of, read_yaml
from ontology.errors import CorpusError, NotFoundError
from ontology.terms import scheme

GAP = re.compile(r"\{([^{}]*)\}")
ROLES = ("addressees", "issuers", "themes", "date")
"""What a label or summary may show besides columns."""


def _encoding(name: str) -> str:
    try:
        text_encoding(name)
    except LookupError as error:
        raise ValueError(
            f"there is no encoding `{name}`; write utf-8, cp1252 or mac_roman"
        ) from error
    return name


Header = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Encoding = Annotated[str, AfterValidator(_encoding)]


class FileForm(Entry):
    """How the file is written, where that cannot be told from its bytes."""

    encoding: Encoding | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    sheet: Annotated[str, StringConstraints(min_length=1)] | None = None
    html_entities: bool = False


class Publisher(Entry):
    """Who publishes the list; an actor that is known, or one to be made."""

    name: Label
    kind: ActorKind


class ListDocument(Entry):
    """What document the list is; each file of it gets an id of its own from its bytes."""

    id: Slug
    title: Annotated[Label, Field(max_length=100)]
    publisher: Publisher
    kind: DocumentKind = "recommendationList"
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    date: Edtf | None = None
    url: WebAddress | None = None


class ActorColumn(Entry):
    """A column that names actors; `values` renames some, `unknown` are words for "not given"."""

    column: Header
    kind: ActorKind
    separator: Annotated[str, StringConstraints(min_length=1, max_length=5)] | None = None
    values: dict[str, Label] = {}
    unknown: list[str] = []


class ThemeColumn(Entry):
    """A column that names themes; `drop` lists values that are no theme."""

    column: Header
    separator: Annotated[str, StringConstraints(min_length=1, max_length=5)] | None = None
    values: dict[str, Label] = {}
    drop: list[str] = []


class DateColumn(Entry):
    """A column that holds dates, or something of which `values` gives the date."""

    column: Header
    values: dict[str, Edtf] = {}


class Meaning(Entry):
    """The status that a word of the list stands for, and what is lost by that."""

    status: str
    note: Annotated[str, StringConstraints(min_length=3, max_length=400), Seeming] | None = None


class ResponseColumn(Entry):
    """A column that says how the addressees respond, or what became of a recommendation."""

    column: Header
    axis: Literal["response", "adoption", "practice"] = "response"
    by: Literal["addressees", "publisher"] = "addressees"
    basis: Basis = "thirdPartyReported"
    values: Annotated[dict[str, Meaning], Field(min_length=1)]
    as_of: DateColumn

    @model_validator(mode="after")
    def _are_statuses(self) -> ResponseColumn:
        known = scheme(self.axis)
        wrong = [meaning.status for meaning in self.values.values() if meaning.status not in known]
        if wrong:
            raise ValueError(
                f"`{wrong[0]}` is not a status of the {self.axis} axis; use {', '.join(known)}"
            )
        return self


class Columns(Entry):
    """Which column holds what."""

    text: Header
    addressees: ActorColumn
    issuers: ActorColumn
    themes: ThemeColumn | None = None
    date: DateColumn | None = None
    response: ResponseColumn | None = None

    def used(self) -> list[tuple[Location, str]]:
        """Return each column that is used, with its place in the mapping."""
        found: list[tuple[Location, str]] = [(("text",), self.text)]
        for name in ("addressees", "issuers", "themes", "date", "response"):
            part = getattr(self, name)
            if part is not None:
                found.append(((name, "column"), part.column))
        if self.response:
            found.append((("response", "as_of", "column"), self.response.as_of.column))
        return [(("columns", *at), column) for at, column in found]


class Mapping(Entry):
    """A foreign list: the file, the document it is, its columns, and how rows are put together.

    Rows that agree in the `group_by` columns are one recommendation with several issuers. `label`
    and `summary` show columns and roles in braces, never the text: that stays out of the graph.
    """

    format: Literal[1]
    file: FileForm = FileForm()
    document: ListDocument
    columns: Columns
    group_by: Annotated[list[Header], Field(min_length=1)]
    label: Annotated[str, StringConstraints(min_length=3, max_length=100), Seeming]
    summary: Annotated[str, StringConstraints(min_length=3, max_length=400), Seeming]
    ignore: list[Header] = []

    @model_validator(mode="after")
    def _keeps_the_text_out(self) -> Mapping:
        for name in ("label", "summary"):
            if f"{{{self.columns.text}}}" in getattr(self, name):
                raise ValueError(
                    f"`{name}` would show the text; that stays in the file, so leave it out"
                )
            if set("{}") & set(GAP.sub("", getattr(self, name))):
                raise ValueError(f"`{name}` has a brace without its other half")
        return self

    def needed(self) -> list[tuple[Location, str]]:
        """Return each column that the file must have, with its place in the mapping."""
        found = self.columns.used()
        found += [(("group_by", i), column) for i, column in enumerate(self.group_by)]
        for name in ("label", "summary"):
            found += [
                ((name,), gap) for gap in GAP.findall(getattr(self, name)) if gap not in ROLES
            ]
        return found


def read_mapping(name: str, data: bytes, *, is_saved: bool = False) -> tuple[Mapping, Lines]:
    """Read a mapping file, with its lines; one that `is_saved` came with an earlier import.

    Raises CorpusMistakesError, with the line of each mistake.
    """
    mapping, lines = read_yaml(name, data, Mapping, "Begin with `format: 1`", is_saved=is_saved)
    mistakes = [
        CorpusError(name, line_of(lines, at), f"`{value}` is not a word of the {marker.scheme}",
                    f"Use one of: {', '.join(scheme(marker.scheme))}")
        for at, marker, value in markers(mapping)
        if isinstance(marker, Concept) and value not in scheme(marker.scheme)
    ]  # fmt: skip
    if mistakes:
        raise CorpusMistakesError(mistakes)
    return mapping, lines


def missing_columns(
    mapping: Mapping, lines: Lines, name: str, header: tuple[str, ...]
) -> Iterator[CorpusError]:
    """Yield what the mapping speaks of and the header of the file does not have."""
    # A name that differs by what nobody sees would else look like the one that is missed.
    faults = {one: fault_in(one) for one in header}
    known = ", ".join(f"{one} ({fault})" if fault else one for one, fault in faults.items())
    for at, column in mapping.needed():
        if column not in header:
            yield CorpusError(
                name, line_of(lines, at), f"the file has no column “{column}”",
                f"Name one of: {known}",
            )  # fmt: skip


def shipped_mappings() -> list[str]:
    """Return the names of the mappings that come with the package."""
    folder = files("ingest") / "mappings"
    found = (entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return sorted(name.removesuffix(".yaml") for name in found)


def shipped_mapping(name: str) -> bytes:
    """Return a mapping that comes with the package, by its name such as `upr-info`.

    Raises NotFoundError when there is none of that name.
    """
    if name not in shipped_mappings():
        raise NotFoundError(
            f"{name}: is no mapping. Give a file, or one of: {', '.join(shipped_mappings())}."
        )
    return (files("ingest") / "mappings" / f"{name}.yaml").read_bytes()
