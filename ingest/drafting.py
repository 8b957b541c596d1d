"""Drafts of facts: what a person says about a passage, written as the entries of the corpus."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import ErrorDetails

from ingest.characters import fault_in, without_cloaks
from ingest.facts import Assessment, Facts, Look, Recommendation, Sections
from ingest.fields import INCOMING, Label, Slug, Span
from ingest.folding import slug
from ingest.passages import anchor
from ingest.quotes import stretch
from ingest.readers import Reading
from ingest.sources import Entry, Passage, Provision
from ingest.spellings import places, says_name
from ingest.yamlfiles import line_of, read_yaml
from ontology.errors import ReformError, UsageError
from ontology.terms import scheme

M = TypeVar("M", bound=BaseModel)
WITHHELD = "[name withheld]"
AXES = ("response", "adoption", "practice")


@dataclass(frozen=True)
class Place:
    """A document's text, and the stretches of it on which a fact hangs.

    `spans` are characters, end exclusive. `withheld` are the spans at which names of affected
    persons stand, `gaps` the running heads and page numbers that interrupt the text. A document of
    which no text is at hand has a `locator` only.
    """

    text: str = ""
    spans: Sequence[Span] = ()
    section: str = "text"
    withheld: Sequence[Span] = ()
    gaps: Sequence[Span] = ()
    locator: str = ""

    def passages(self) -> dict[str, Passage]:
        """Return the stretches as passages under new keys.

        Raises UsageError for a stretch that cannot be anchored.
        """
        token = secrets.token_hex(3)
        if not self.spans:
            if not self.locator:
                return {}
            fields = {"section": self.section, "locator": self.locator}
            return {f"p{token}": entry(Passage, fields)}
        found: dict[str, Passage] = {}
        for i, (start, end) in enumerate(self.spans, 1):
            try:
                place = anchor(self.text, start, end, self.withheld, self.gaps)
            except ValueError as error:
                raise UsageError(f"passage {error}. Name others.") from error
            found[f"p{token}-{i}"] = entry(
                Passage,
                {
                    "section": self.section, "span": (place.start, place.end),
                    "first": place.first, "last": place.last, "raw": place.raw,
                    "normalised": place.normalised,
                },
            )  # fmt: skip
        return found


def section_at(reading: Reading, offset: int, withheld: Sequence[Span] = ()) -> str:
    """Return the heading under which a character of a document stands, without names withheld."""
    headings = [b for b in reading.blocks if b.kind == "heading" and b.start <= offset]
    if not headings:
        return "beginning"
    text = quoted(reading.text, headings[-1].start, headings[-1].end, withheld)
    text = without_cloaks(text).strip()
    if fault_in(text):  # letters of two scripts in a word, say, that only the document may mix
        text = ""
    if len(text) < 2:  # a letter or a digit alone
        return f"section {text}".strip()
    return text if len(text) <= 120 else f"{text[:119]}…"


def places_of(reading: Reading, words: Sequence[str]) -> list[Span]:
    """Return where some words, such as a person's name, stand in a document, in any spelling.

    Case, accents, kinds of apostrophe and hyphen, spaces and line ends make no difference.
    Raises UsageError for words that stand nowhere: a slip would withhold nothing.
    """
    found: list[Span] = []
    for name in words:
        hits = list(places(reading.text, name))
        if not hits:
            raise UsageError(f"“{name}” does not stand in {reading.name}. Write it as it is there.")
        found += hits
    return found


def says_a_name(said: str, text: str, withheld: Sequence[Span]) -> bool:
    """Tell whether a name that stands withheld in a text is said, or one word of it.

    All its words in a row count, of any length, and each of three letters or more by itself.
    A word is told from its parts: hyphens and underscores join ids, not names.
    """
    return any(says_name(said, name) for name in {text[a:b] for a, b in withheld})


def quoted(text: str, start: int, end: int, withheld: Sequence[Span]) -> str:
    """Return a stretch of a text on one line, for the eye only, without the names withheld."""
    return " ".join(without_names(text, start, end, withheld).split())


def without_names(text: str, start: int, end: int, withheld: Sequence[Span]) -> str:
    """Return a stretch of a text as it stands there, but for the names withheld."""
    pieces, at = [], start
    for a, b in sorted(withheld):
        if a < end and b > start:
            pieces += [text[at : max(a, at)], WITHHELD]
            at = max(at, b)
    return "".join([*pieces, text[at:end]])


def strings_in(value: object) -> Iterator[str]:
    """Yield every text in nested values, keys among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from strings_in(key)
            yield from strings_in(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from strings_in(inner)


def new_id(document: str, label: str) -> str:
    """Return an id for a new entry: readable, and drawn so that no other has it."""
    return f"{slug(document)[:20].strip('-')}-{slug(label)[:30].strip('-')}-{secrets.token_hex(3)}"


def recommendation(document: str, place: Place, said: dict[str, Any], **more: Any) -> Facts:
    """Return one recommendation on its passages.

    `said` has the fields of `Recommendation` without id and passages; `more` has entries that come
    with it, by section: new asks, themes, actors.
    Raises UsageError for a missing or wrong field.
    """
    passages = place.passages()
    wanted = entry(
        Recommendation,
        {"id": new_id(document, said.get("label") or ""), "passages": list(passages), **said},
    )
    return entry(Facts, {"passages": passages, "recommendations": [wanted], **more})


def assessment(
    document: str,
    place: Place,
    said: dict[str, Any],
    look: dict[str, Any] | None = None,
    article: dict[str, Any] | None = None,
    actors: Sequence[dict[str, Any]] = (),
) -> Facts:
    """Return what somebody says became of a recommendation, on its passages or after a look.

    `said` has the fields of `Assessment` without id and passages; the axis may be left out where
    only one has the status. `look` has the fields of `Look` without id. `article` has `of` (a
    version), `number` and `summary` of a provision nobody has written yet, which shows the status;
    `actors` are new ones that come along.
    Raises UsageError for a missing or wrong field.
    """
    given = {**said, "axis": said.get("axis") or axis_of(said.get("status") or "")}
    looks = [entry(Look, {"id": new_id(document, "look"), **look})] if look else []
    passages = place.passages()
    provisions = [_provision(article, list(passages))] if article else []
    if provisions:
        given["provision"] = f"provision:{provisions[0].id}"
    judged = entry(
        Assessment,
        {
            "id": new_id(document, given["status"]),
            "passages": list(passages),
            "look": looks[0].id if looks else None,
            **given,
        },
    )
    sections = {"looks": looks, "provisions": provisions, "assessments": [judged]}
    return entry(Facts, {"passages": passages, "actors": list(actors), **sections})


def _provision(article: dict[str, Any], passages: list[str]) -> Provision:
    number = article.get("number") or ""
    return entry(
        Provision,
        {
            "id": f"{article.get('of')}/{slug(number)}",
            "label": f"Article {number}",
            "passages": passages,
            **article,
        },
    )


def axis_of(status: str) -> str:
    """Return the axis that a status belongs to.

    Raises UsageError when none or several have it.
    """
    found = [axis for axis in AXES if status in scheme(axis)]
    if len(found) == 1:
        return found[0]
    words = "; ".join(f"{axis}: {', '.join(scheme(axis))}" for axis in AXES)
    if found:
        raise UsageError(f"`{status}` is a status of {' and '.join(found)}. Say which with --axis.")
    raise UsageError(f"`{status}` is not a status. Use one of {words}.")


def entry(model: type[M], fields: dict[str, Any]) -> M:
    """Return an entry of the corpus made of fields; None counts as not given.

    Raises UsageError, in one line, at the first field that is missing or wrong.
    """
    try:
        given = {k: v for k, v in fields.items() if v is not None}
        return model.model_validate(given, context=INCOMING)
    except ValidationError as error:
        raise UsageError(in_a_line(error)) from error


def in_a_line(error: ValidationError, first: ErrorDetails | None = None) -> str:
    """Return what is wrong with an entry, the first thing if none is named, as a line."""
    first = first or error.errors()[0]
    name = ".".join(str(step) for step in first["loc"]) or error.title.lower()
    what = first["msg"].removeprefix("Value error, ")
    return f"`{name}`: {what[:1].lower()}{what[1:]}. Correct it."


def from_file(name: str, data: bytes, place: Place) -> Facts:
    """Return the facts of a YAML file with sections as in a corpus file.

    A passage may be given as `section` with `span`, or with `first` and `last` words that stand
    in the text; what else it needs is worked out from the document.
    Raises CorpusMistakesError with the lines of mistakes, ReformError for a passage that is not in
    the document.
    """
    draft, lines = read_yaml(name, data, Draft, "Begin with a section, such as `recommendations:`")
    passages: dict[str, Passage] = {}
    for key, given in draft.passages.items():
        try:
            passages[key] = given.anchored(place)
        except UsageError as error:
            line = line_of(lines, ("passages", key))
            raise ReformError(f"{name} line {line}: {error}") from error
    return entry(Facts, {**draft.model_dump(exclude_unset=True), "passages": passages})


class GivenPassage(Entry):
    """A passage as a person gives it: by its span, by its words, or by a locator alone."""

    section: Label
    span: Span | None = None
    first: str | None = None
    last: str | None = None
    locator: Label | None = None

    def anchored(self, place: Place) -> Passage:
        """Return the passage with its place, words and hashes in the document.

        Raises UsageError when it is not there once.
        """
        span = self.span
        if span is None and self.first and self.last:
            span = stretch(place.text, self.first, self.last, gaps=place.gaps)
        if span is None:
            return entry(Passage, {"section": self.section, "locator": self.locator})
        found = replace(place, spans=[span], section=self.section).passages()
        return next(iter(found.values())).model_copy(update={"locator": self.locator})


class Draft(Sections):
    """Facts whose passages are still to be found in the document."""

    passages: dict[Slug, GivenPassage] = Field(default_factory=dict)
