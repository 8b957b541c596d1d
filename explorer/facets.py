"""The recommendations of a snapshot, prepared once so that each choice among them is quick."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from explorer.selection import FACETS, UNDATED, Selection
from explorer.voices import Item, buckets, items_of, sorted_items
from explorer.words import Names
from graph.answers import CONTESTED, UNASSESSED, WhatHappenedToRow
from graph.instruments import instruments_of
from graph.questions import what_happened_to, which_recommendations
from graph.store import Store

Counts = dict[str, dict[str, int]]
"""For each facet: its values, each with the number of recommendations."""


@dataclass(frozen=True)
class Prepared:
    """All recommendations on one axis as of one day, in the order in which they are shown.

    A set of them is an int whose bit `i` stands for `items[i]`. `spoken` has every assessment of a
    recommendation on every axis, `values` the sets of each value of each facet.
    """

    axis: str
    as_of: dt.date | None
    items: tuple[Item, ...]
    spoken: Mapping[str, tuple[WhatHappenedToRow, ...]]
    instruments: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, int]]
    texts: tuple[str, ...]

    def chosen(self, selection: Selection) -> list[Item]:
        """Return the recommendations that fit a selection."""
        found = reduce(and_, self._fitting(selection).values(), self._with_words(selection.words))
        return [self.items[i] for i, bit in enumerate(reversed(f"{found:b}")) if bit == "1"]

    def counts(self, selection: Selection) -> Counts:
        """Return how many fit with each value of a facet, all other facets as they are chosen."""
        fitting = self._fitting(selection)
        words = self._with_words(selection.words)
        found: Counts = {}
        for name in FACETS:
            others = (bits for other, bits in fitting.items() if other != name)
            rest = reduce(and_, others, words)
            found[name] = {
                value: (bits & rest).bit_count() for value, bits in self.values[name].items()
            }
        return found

    def looked_on(self, assessment: str, recommendation: str) -> dt.date | None:
        """Return the day of the look behind an assessment, if it tells of one."""
        for row in self.spoken.get(recommendation, ()):
            if row.assessment == assessment:
                return row.looked_on
        return None

    def _fitting(self, selection: Selection) -> dict[str, int]:
        """Return for each facet in which something is chosen the recommendations that fit it."""
        return {
            name: reduce(or_, (self.values[name].get(one, 0) for one in selection.facet(name)))
            for name in FACETS
            if selection.facet(name)
        }

    def _with_words(self, words: str) -> int:
        """Return the recommendations whose texts hold every one of the words."""
        wanted = words.casefold().split()
        if not wanted:
            return (1 << len(self.items)) - 1
        return _as_bits(
            (i for i, text in enumerate(self.texts) if all(one in text for one in wanted)),
            len(self.items),
        )


def prepared(store: Store, names: Names, axis: str, as_of: dt.date | None) -> Prepared:
    """Ask the store for all recommendations on an axis, as of a day, and prepare them."""
    items = sorted_items(items_of(which_recommendations(store, axis=axis, as_of=as_of)), axis)
    spoken: dict[str, list[WhatHappenedToRow]] = {}
    for row in what_happened_to(store, as_of=as_of):
        spoken.setdefault(row.recommendation, []).append(row)
    told = {iri: tuple(rows) for iri, rows in spoken.items()}
    instruments = instruments_of(store, as_of=as_of)
    return Prepared(
        axis, as_of, tuple(items), told, instruments,
        _values(items, told, instruments, axis, names),
        tuple(_text(item, names) for item in items),
    )  # fmt: skip


def _values(
    items: Sequence[Item],
    spoken: Mapping[str, Sequence[WhatHappenedToRow]],
    instruments: Mapping[str, tuple[str, ...]],
    axis: str,
    names: Names,
) -> dict[str, dict[str, int]]:
    """Return the values of each facet in the order in which they are offered."""
    columns: dict[str, list[Iterable[str]]] = {
        "status": [item.standings for item in items],
        "addressee": [item.first.addressees for item in items],
        "issuer": [item.first.issuers for item in items],
        "theme": [item.first.themes for item in items],
        "voices": [(voices_of(item),) for item in items],
        "response": [_responses(spoken.get(item.iri, ())) for item in items],
        "assessor": [{str(voice.assessor) for voice in item.voices} for item in items],
        "basis": [{voice.basis for voice in item.voices if voice.basis} for item in items],
        "instrument": [instruments.get(item.iri, ()) for item in items],
        "document": [{*item.first.documents, *_made_in(item)} for item in items],
        "year": [years_of(item.first.date) for item in items],
        "change": [],  # known only where they are held against an earlier state: see marks.py
    }
    found = {name: sets_of(column) for name, column in columns.items()}
    fixed = {"status": buckets(axis), "response": buckets("response")}
    for name, sets in found.items():
        if name in fixed:
            order = [one for one in fixed[name] if one in sets]
        elif name == "year":
            order = sorted(sets, key=lambda year: (year != UNDATED, year), reverse=True)
        else:
            order = sorted(sets, key=lambda one: (-sets[one].bit_count(), names.of(one), one))
        found[name] = {one: sets[one] for one in order}
    return found


def sets_of(column: Sequence[Iterable[str]]) -> dict[str, int]:
    """Return each value with the set of the places of a column at which it stands."""
    places: dict[str, list[int]] = {}
    for i, several in enumerate(column):
        for value in several:
            places.setdefault(value, []).append(i)
    return {value: _as_bits(which, len(column)) for value, which in places.items()}


def _as_bits(places: Iterable[int], size: int) -> int:
    flags = bytearray(size // 8 + 1)
    for i in places:
        flags[i >> 3] |= 1 << (i & 7)
    return int.from_bytes(flags, "little")


def voices_of(item: Item) -> str:
    """Return the key of VOICES that tells how many speak to an item's status."""
    informed = item.informed
    if not informed:
        return "nobody"
    if item.first.contested:
        return CONTESTED
    if item.first.only_issuer:
        return "onlyIssuer"
    return "oneOther" if len({voice.assessor for voice in informed}) == 1 else "agreed"


def years_of(edtf: str | None) -> tuple[str, ...]:
    """Return the years that a date names, those between included; `undated` without any."""
    years = [int(found) for found in re.findall(r"\b\d{4}\b", re.sub(r"-\d\d", "", edtf or ""))]
    if not years:
        return (UNDATED,)
    return tuple(str(year) for year in range(min(years), max(years) + 1))


def _responses(rows: Iterable[WhatHappenedToRow]) -> set[str]:
    found = {row.status for row in rows if row.current and row.axis == "response"}
    return found or {UNASSESSED}


def _made_in(item: Item) -> tuple[str, ...]:
    return (item.first.made_in,) if item.first.made_in else ()


def _text(item: Item, names: Names) -> str:
    first = item.first
    around = names.all(*first.issuers, *first.addressees, *first.themes, *first.asks)
    return f"{first.label} {first.summary} {around}".casefold()
