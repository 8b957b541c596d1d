"""What is new, gone or otherwise among recommendations, held against an earlier state of them.

The earlier state is an earlier day, for what changed in the world, or an earlier release, for what
changed in our data. Both are found here, in one way, so that every view marks both alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from explorer.facets import Prepared, sets_of
from explorer.languages.saying import say
from explorer.selection import CHANGES
from explorer.voices import Item
from explorer.words import AXES
from graph.answers import WhatHappenedToRow

NEW, CHANGED, SAME, GONE = "new", "changed", "same", "gone"
SIGNS: Final = {NEW: "+", CHANGED: "~", SAME: "=", GONE: "\u2212"}
"""A sign for each, so that no two differ by colour alone."""

ASPECTS: Final = {
    "status": "the status",
    "said": "what is said of the status",
    "passages": "the passages",
    "wording": "the wording",
    "ends": "who asks or is asked",
    "frame": "the date, themes, asks or documents",
}
"""What can read otherwise of a recommendation."""


@dataclass(frozen=True)
class Mark:
    """How a recommendation differs from what it was; of what is new there is no `was`.

    `aspects` are keys of ASPECTS. `said` are the statements on its status that are new or read
    otherwise, `unsaid` those that are no longer there or read otherwise now.
    """

    change: str
    was: Item | None = None
    aspects: tuple[str, ...] = ()
    said: tuple[WhatHappenedToRow, ...] = ()
    unsaid: tuple[WhatHappenedToRow, ...] = ()


def mark_in_words(mark: Mark) -> str:
    """Return a mark in words, with what reads otherwise: `altered: the status, the passages`."""
    told = say(CHANGES[mark.change])
    if not mark.aspects:
        return told
    return f"{told}: {', '.join(say(ASPECTS[name]) for name in mark.aspects)}"


@dataclass(frozen=True)
class Held:
    """What a selection is held against, in words; how what differs does; and what is gone.

    Statuses are those on one axis.
    """

    told: str
    axis: str
    marks: Mapping[str, Mark]
    gone: Sequence[Item]


def held(
    marks: Mapping[str, Mark], gone: Sequence[Item], axis: str, since: dt.date | None, release: str
) -> Held:
    """Return what a selection is held against: `release` by name and digest, or else a day.

    `gone` fitted the selection then and are no longer there, `axis` is that of the statuses.
    """
    what = "our data" if release else "the world"
    told = f"what changed in {what} since then, on {AXES[axis].lower()}"
    return Held(f"{f'release {release}' if release else since} ({told})", axis, marks, gone)


def gone_of(marks: Mapping[str, Mark], fitted: Iterable[Item]) -> list[Item]:
    """Return those that are no longer there, of some that were."""
    return [one for one in fitted if one.iri in marks and marks[one.iri].change == GONE]


@dataclass(frozen=True)
class Compared:
    """Two states, each with the facet `change`, and the marks of all that is not the same."""

    now: Prepared
    then: Prepared
    marks: Mapping[str, Mark]

    @property
    def values(self) -> dict[str, list[str]]:
        """The values of each facet, now or then: what became of those that are gone is asked."""
        return {
            name: list(dict.fromkeys((*values, *self.then.values.get(name, {}))))
            for name, values in self.now.values.items()
        }


def compared(now: Prepared, then: Prepared) -> Compared:
    """Hold all recommendations against what they were on the same axis."""
    was = {item.iri: item for item in then.items}
    is_ = {item.iri: item for item in now.items}
    marks = {
        item.iri: mark
        for item in now.items
        if (mark := _mark(now, then, item, was.get(item.iri))) is not None
    }
    marks |= {
        item.iri: Mark(GONE, item, unsaid=_spoken(then, item.iri))
        for item in then.items if item.iri not in is_
    }  # fmt: skip
    return Compared(_with_changes(now, marks), _with_changes(then, marks), marks)


def _with_changes(of: Prepared, marks: Mapping[str, Mark]) -> Prepared:
    changes = [marks[item.iri].change if item.iri in marks else SAME for item in of.items]
    found = sets_of([(change,) for change in changes])
    ordered = {name: found[name] for name in SIGNS if name in found}
    return replace(of, values={**of.values, "change": ordered})


def _mark(now: Prepared, then: Prepared, item: Item, was: Item | None) -> Mark | None:
    """Return how an item differs from what it was; None where it does not."""
    spoken = _spoken(now, item.iri)
    if was is None:
        return Mark(NEW, said=spoken)
    before = {_stated(row): row for row in _spoken(then, item.iri)}
    after = {_stated(row): row for row in spoken}
    said = tuple(row for key, row in after.items() if key not in before)
    unsaid = tuple(row for key, row in before.items() if key not in after)
    differing = {
        "status": item.bucket != was.bucket,
        "said": bool(said or unsaid),
        "passages": _read_elsewhere(_passages(now, item), _passages(then, was)),
        "wording": (item.first.label, item.first.summary) != (was.first.label, was.first.summary),
        "ends": _ends(item) != _ends(was),
        "frame": _frame(item) != _frame(was),
    }
    aspects = tuple(name for name in ASPECTS if differing[name])
    return Mark(CHANGED, was, aspects, said, unsaid) if aspects else None


def _spoken(of: Prepared, recommendation: str) -> tuple[WhatHappenedToRow, ...]:
    rows: Iterable[WhatHappenedToRow] = of.spoken.get(recommendation, ())
    return tuple(row for row in rows if row.axis == of.axis)


def _stated(row: WhatHappenedToRow) -> tuple[object, ...]:
    """Return what a statement says; whether a later one took its place is not its own saying."""
    return (
        row.assessment, row.status, row.assessor, row.relation, row.basis, row.as_of,
        row.reported_by, row.provision, row.looked_on, row.inferred_from, row.note,
    )  # fmt: skip


def _passages(of: Prepared, item: Item) -> dict[str, tuple[str, ...]]:
    """Return the passages of a recommendation and of each statement on it."""
    rows = _spoken(of, item.iri)
    return {item.iri: item.first.passages, **{row.assessment: row.passages for row in rows}}


def _read_elsewhere(now: Mapping[str, object], then: Mapping[str, object]) -> bool:
    return any(now[one] != then[one] for one in now.keys() & then.keys())


def _ends(item: Item) -> tuple[object, ...]:
    return item.first.issuers, item.first.addressees


def _frame(item: Item) -> tuple[object, ...]:
    first = item.first
    return first.date, first.themes, first.asks, first.documents, first.made_in
