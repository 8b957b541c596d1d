"""What is chosen: facets, words, axis and days, as one value that an address can hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from explorer.languages.saying import COLON, OR, SEMICOLON, listed, say
from explorer.voices import ONE_VOICE
from explorer.words import AXES, word
from ontology.identifiers import curie

Said = TypeVar("Said", bound=str)

FACETS: Final[dict[str, str]] = {
    "status": "Status",
    "addressee": "Asked of",
    "issuer": "Asked by",
    "theme": "Theme",
    "voices": "Voices",
    "response": "Response",
    "assessor": "Who says so",
    "basis": "Basis",
    "instrument": "Instrument",
    "document": "Document",
    "year": "Year",
    "change": "Change",
}
"""Every facet by its name in an address, with its title."""

VOICES: Final[dict[str, str]] = {
    "contested": "they disagree",
    "onlyIssuer": ONE_VOICE,
    "oneOther": "one voice, not the issuer's",
    "agreed": "several who agree",
    "nobody": "nobody says anything",
}
"""How many speak to the status of a recommendation, and whether they differ."""

CHANGES: Final[dict[str, str]] = {
    "new": "new",
    "changed": "altered",
    "same": "as before",
    "gone": "no longer there",
}
"""How a recommendation stands to an earlier state of it, where one is chosen to compare with."""

UNDATED: Final = "undated"
ENTITIES: Final = {
    "addressee": "actor", "issuer": "actor", "assessor": "actor", "theme": "theme",
    "instrument": "instrument", "document": "document",
}  # fmt: skip
"""The facets whose values are entities, and of what kind these are."""

SHORT: Final = 12
"""So many signs of its SHA-256 name a release."""

FIRST_DAY: Final = dt.date(1900, 1, 1)
LAST_DAY: Final = dt.date(2100, 1, 1)
"""The days that may be asked for."""

Query = Mapping[str, Sequence[str]]
"""The parameters of an address: each name with its values."""


@dataclass(frozen=True)
class Selection:
    """What somebody chose. A facet without a value lets everything pass.

    Values of a facet are IRIs, local names of concepts, keys of VOICES, or years as text.
    `since` is the day from which changes in the world are told, `release` the earlier release of
    the data from which changes in these are told, as the first signs of its SHA-256. At most one
    of them is given, and neither leaves anything out.
    """

    axis: str = next(iter(AXES))
    as_of: dt.date | None = None
    since: dt.date | None = None
    release: str = ""
    words: str = ""
    status: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    response: tuple[str, ...] = ()
    assessor: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    change: tuple[str, ...] = ()

    @property
    def is_compared(self) -> bool:
        """Whether it is held against something: a release, or a day before its own."""
        if self.since is None:
            return bool(self.release)
        return self.as_of is None or self.since < self.as_of

    def facet(self, name: str) -> tuple[str, ...]:
        """Return the values chosen in a facet of FACETS."""
        values: tuple[str, ...] = getattr(self, name)
        return values

    def with_facet(self, name: str, values: Sequence[str]) -> Selection:
        """Return the selection with other values in a facet of FACETS."""
        changed: dict[str, Any] = {name: tuple(values)}
        return replace(self, **changed)

    def to_query(self) -> dict[str, list[str]]:
        """Return the parameters of an address that gives this selection; defaults are left out.

        The values are the same in every language of the interface.
        """
        found = {
            "axis": "" if self.axis == next(iter(AXES)) else self.axis,
            "as_of": str(self.as_of or ""),
            "since": str(self.since or ""),
            "release": self.release,
            "q": self.words.strip(),
        }
        query = {name: [value] for name, value in found.items() if value}
        for name in FACETS:
            if values := self.facet(name):
                query[name] = [code_of(name, value) for value in values]
        return query

    def in_words(
        self,
        named: Callable[[str, str], Said],
        between: Callable[[Iterable[Said | str], str], Said],
    ) -> Said:
        """Return the selection as a line, as text or as HTML.

        `named` gives the words for a facet and its value, `between` puts several together with a
        mark between them.
        """
        said: list[Said | str] = [
            between(
                [say(title), between([named(name, one) for one in self.facet(name)], OR)], COLON
            )
            for name, title in FACETS.items()
            if self.facet(name)
        ]
        if self.words.strip():
            said.append(say("Words: “{words}”", words=self.words.strip()))
        said = said or [say("All recommendations")]
        axis = say(AXES[self.axis]).lower()
        how = [say("{axis}, as of {day}", axis=axis, day=self.as_of) if self.as_of else axis]
        if self.since and self.is_compared:
            how.append(say("changes in the world since {day}", day=self.since))
        if self.release:
            how.append(say("changes in our data since release {digest}", digest=self.release))
        return between([between(said, SEMICOLON), f"({listed(how, SEMICOLON)})"], " ")


@dataclass(frozen=True)
class Lost:
    """What an address asks for and nothing here answers: the title of the choice and the value."""

    title: str
    value: str
    is_day: bool = False


def read_query(query: Query) -> tuple[Selection, list[Lost]]:
    """Return the selection of an address, with facets as they are written, and what is lost."""
    lost: list[Lost] = []
    axis = _last(query, "axis")
    known = {text.casefold(): name for name, label in AXES.items() for text in (name, label)}
    if axis and axis.casefold() not in known:
        lost.append(Lost("Axis", axis))
    given = {name: tuple(dict.fromkeys(filter(None, query.get(name, ())))) for name in FACETS}
    as_of = _day(query, "as_of", "As of", lost)
    since = _day(query, "since", "Since", lost)
    release = _release(query, lost)
    if release and since:
        lost.append(Lost("Since", str(since)))
    selection = Selection(
        axis=known.get(axis.casefold(), next(iter(AXES))),
        as_of=as_of,
        since=None if release else since,
        release=release,
        words=_last(query, "q"),
        **given,
    )
    return selection, lost


def resolved(
    selection: Selection,
    values: Mapping[str, Collection[str]],
    named: Callable[[str, str], str],
) -> tuple[Selection, list[Lost]]:
    """Return a selection whose facets hold only values that are there, and what is lost.

    A value is found by itself, by its code in an address, or by its words, which `named` gives for
    a facet and a value.
    """
    lost = []
    for name, title in FACETS.items():
        asked = selection.facet(name)
        if not asked:
            continue
        there = values.get(name, ())
        found = []
        unknown = [one for one in asked if one not in there]
        written = _written(name, there, named) if unknown else {}
        for one in asked:
            value = one if one in there else written.get(_plain(one))
            if value is None:
                lost.append(Lost(title, word(one)))
            elif value not in found:
                found.append(value)
        selection = selection.with_facet(name, found)
    return selection, lost


def code_of(facet: str, value: str) -> str:
    """Return how a value of a facet is written in an address."""
    kind = ENTITIES.get(facet)
    short = curie(value) if kind else value
    return short.removeprefix(f"{kind}/") if kind else short


def words_of(facet: str, value: str, name_of: Callable[[str], str]) -> str:
    """Return the words for a value of a facet; `name_of` gives those of an entity."""
    if facet in ENTITIES:
        return name_of(value)
    if facet == "voices":
        return say(VOICES[value])
    if facet == "change":
        return say(CHANGES[value])
    return say(value) if facet == "year" else word(value)


def _written(
    facet: str, there: Collection[str], named: Callable[[str, str], str]
) -> dict[str, str]:
    """Return each value by all the ways in which an address may write it."""
    found: dict[str, str] = {}
    for value in there:
        for text in (named(facet, value), curie(value), code_of(facet, value)):
            found[_plain(text)] = value
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _last(query: Query, name: str) -> str:
    return next(iter(reversed(query.get(name, ()))), "").strip()


def _release(query: Query, lost: list[Lost]) -> str:
    text = _last(query, "release")
    digest = text.casefold()[:SHORT]
    if text and not re.fullmatch(f"[0-9a-f]{{{SHORT}}}", digest):
        lost.append(Lost("Release", text))
        return ""
    return digest


def day_of(text: str) -> dt.date | None:
    """Return the day that an address means by 2026-02-19; None where it may not be asked for."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    # Python reads 20260219 and 2026-W08-4, too; a field for days does not.
    return day if FIRST_DAY <= day <= LAST_DAY and text == str(day) else None


def _day(query: Query, name: str, title: str, lost: list[Lost]) -> dt.date | None:
    text = _last(query, name)
    day = day_of(text)
    if text and day is None:
        lost.append(Lost(title, text, is_day=True))
    return day
