"""Recommendations with all their voices: what they have in common, counted and sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from graph.answers import CONTESTED, UNASSESSED, WhichRecommendationsRow
from graph.statuses import NO_INFORMATION
from ontology.terms import scheme

ONE_VOICE: Final = "one voice, the issuer's"


@dataclass(frozen=True)
class Item:
    """One recommendation and every current voice on one axis; none when nobody assessed it.

    What is computed of it is kept: at each choice thousands are counted.
    """

    first: WhichRecommendationsRow
    voices: tuple[WhichRecommendationsRow, ...]

    @property
    def iri(self) -> str:
        """The address of the recommendation."""
        return self.first.recommendation

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        """The different statuses the voices give, or `unassessed`."""
        return tuple(dict.fromkeys(voice.status for voice in self.voices)) or (UNASSESSED,)

    @property
    def standings(self) -> tuple[str, ...]:
        """Every word by which it is found where a status is chosen: of each voice, and its own."""
        return tuple(dict.fromkeys((*self.statuses, self.bucket)))

    @property
    def informed(self) -> tuple[WhichRecommendationsRow, ...]:
        """The voices of those who found something; who looked and found nothing is left out."""
        return tuple(voice for voice in self.voices if voice.status != NO_INFORMATION)

    @cached_property
    def bucket(self) -> str:
        """The one word under which it is counted: its status, `unassessed` or `contested`."""
        if self.first.contested:
            return CONTESTED
        # Who looked and found nothing does not outweigh who says something.
        return next((one for one in self.statuses if one != NO_INFORMATION), self.statuses[0])


def items_of(rows: Iterable[WhichRecommendationsRow]) -> list[Item]:
    """Put the rows of `which_recommendations` together, one item for each recommendation."""
    found: dict[str, list[WhichRecommendationsRow]] = {}
    for row in rows:
        found.setdefault(row.recommendation, []).append(row)
    return [
        Item(rows[0], tuple(row for row in rows if row.assessor is not None))
        for rows in found.values()
    ]


def buckets(axis: str) -> list[str]:
    """Return every word an item can be counted under, in the order of the axis."""
    return [*scheme(axis), CONTESTED, UNASSESSED]


def counted(items: Sequence[Item], axis: str) -> dict[str, int]:
    """Return how many items are counted under each word; words without any are left out."""
    found = Counter(item.bucket for item in items)
    return {word: found[word] for word in buckets(axis) if word in found}


def sorted_items(items: Iterable[Item], axis: str) -> list[Item]:
    """Sort items by status in the order of the axis, then by label."""
    order = {name: i for i, name in enumerate(buckets(axis))}
    return sorted(items, key=lambda item: (order[item.bucket], item.first.label))


def tally(
    items: Iterable[Item],
    rows: Callable[[Item], Iterable[str]],
    columns: Callable[[Item], Iterable[str]],
) -> dict[str, dict[str, int]]:
    """Return for each row and each column how many items belong to both, the fullest row first.

    An item that belongs to several rows or columns counts for each of them.
    """
    found: dict[str, Counter[str]] = {}
    for item in items:
        for row in rows(item):
            found.setdefault(row, Counter()).update(columns(item))
    ordered = sorted(found.items(), key=lambda entry: (-entry[1].total(), entry[0]))
    return {row: dict(counts) for row, counts in ordered}
