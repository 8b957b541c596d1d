"""Recommendations with all their voices: what they have in common, counted and sorted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from explorer.words import Names
from graph.answers import CONTESTED, UNASSESSED, WhichRecommendationsRow
from graph.statuses import NO_INFORMATION
from ontology.terms import scheme

ONE_VOICE: Final = "one voice, the issuer's"


@dataclass(frozen=True)
class Item:
    """One recommendation and every current voice on one axis; none when nobody assessed it."""

    first: WhichRecommendationsRow
    voices: tuple[WhichRecommendationsRow, ...]

    @property
    def iri(self) -> str:
        """The address of the recommendation."""
        return self.first.recommendation

    @property
    def statuses(self) -> tuple[str, ...]:
        """The different statuses the voices give, or `unassessed`."""
        return tuple(dict.fromkeys(voice.status for voice in self.voices)) or (UNASSESSED,)

    @property
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
    found = [item.bucket for item in items]
    return {word: found.count(word) for word in buckets(axis) if word in found}


def sorted_items(items: Iterable[Item], axis: str) -> list[Item]:
    """Sort items by status in the order of the axis, then by label."""
    order = buckets(axis)
    return sorted(items, key=lambda item: (order.index(item.bucket), item.first.label))


def matches(item: Item, wanted: str, names: Names) -> bool:
    """Tell whether every word of the search stands in an item's texts or names."""
    first = item.first
    around = names.all(*first.issuers, *first.addressees, *first.themes, *first.asks)
    text = f"{first.label} {first.summary} {around}".casefold()
    return all(part in text for part in wanted.casefold().split())


def tally(items: Iterable[Item], axis: str) -> dict[str, dict[str, int]]:
    """Return for each addressee how many items are counted under each word.

    A recommendation to several addressees counts for each of them.
    """
    found: dict[str, dict[str, int]] = {}
    for item in items:
        for addressee in item.first.addressees:
            row = found.setdefault(addressee, {})
            row[item.bucket] = row.get(item.bucket, 0) + 1
    order = buckets(axis)
    return {
        addressee: {word: row[word] for word in order if word in row}
        for addressee, row in sorted(
            found.items(), key=lambda entry: (-sum(entry[1].values()), entry[0])
        )
    }
