"""What is known of a selection that is taken away, asked for once: rows, voices, passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rdflib.namespace import DCTERMS

from explorer.voices import Item, items_of
from explorer.words import AXES, Names, names_in
from graph.answers import (
    PassageRow,
    WhatHappenedToRow,
    WhatIsSaidAboutRow,
    WhichDemandsReturnRow,
    WhichDocumentsRow,
    WhichRecommendationsRow,
)
from graph.closure import Triple, statements
from graph.entities import passages
from graph.exports.taking import Taken
from graph.questions import (
    what_happened_to,
    what_is_said_about,
    which_demands_return,
    which_documents,
    which_recommendations,
)


@dataclass(frozen=True)
class Selected:
    """A selection with what was said of it by its day; each part is asked for when needed."""

    taken: Taken

    @cached_property
    def names(self) -> Names:
        """The names of all entities."""
        return names_in(self.taken.store)

    @cached_property
    def items(self) -> list[Item]:
        """The recommendations with their voices on adoption, in the order of the selection.

        One that had not been made by the day is left out.
        """
        return [self._by_axis["adoption"][iri] for iri in self._made]

    @cached_property
    def _made(self) -> list[str]:
        known = self._by_axis["adoption"]
        return [iri for iri in dict.fromkeys(self.taken.recommendations) if iri in known]

    @cached_property
    def _by_axis(self) -> dict[str, dict[str, Item]]:
        store, as_of = self.taken.store, self.taken.stamp.as_of
        return {
            axis: {
                item.iri: item
                for item in items_of(which_recommendations(store, axis=axis, as_of=as_of))
            }
            for axis in AXES
        }

    @property
    def every(self) -> list[str]:
        """Every recommendation that had been made by the day, chosen or not."""
        return list(self._by_axis["adoption"])

    def on_axis(self, axis: str) -> list[Item]:
        """Return the recommendations with their voices on an axis."""
        return [self._by_axis[axis][iri] for iri in self._made]

    def standing(self) -> Iterable[tuple[str, WhichRecommendationsRow]]:
        """Yield each recommendation with each current voice, by axis.

        On adoption there is a row without any voice, too: unassessed.
        """
        for iri in self._made:
            for axis in AXES:
                item = self._by_axis[axis][iri]
                rows = item.voices or (item.first,) * (axis == "adoption")
                yield from ((axis, row) for row in rows)

    @cached_property
    def spoken(self) -> dict[str, list[WhatHappenedToRow]]:
        """Every assessment on every axis, by recommendation, oldest first."""
        return {iri: self.told.get(iri, []) for iri in self._made}

    @cached_property
    def told(self) -> dict[str, list[WhatHappenedToRow]]:
        """The assessments of every recommendation that has any, chosen or not, oldest first."""
        found: dict[str, list[WhatHappenedToRow]] = defaultdict(list)
        for row in what_happened_to(self.taken.store, as_of=self.taken.stamp.as_of):
            found[row.recommendation].append(row)
        return dict(found)

    def of_wholes(self, recommendation: str) -> dict[str, list[WhatHappenedToRow]]:
        """Return what is now said of each whole of which a recommendation is part."""
        wholes = [one.text for one in self.statements.get(recommendation, ())
                  if one.property == str(DCTERMS.isPartOf)]  # fmt: skip
        now = {of: [row for row in self.told.get(of, ()) if row.current] for of in wholes}
        return {of: rows for of, rows in now.items() if rows}

    @cached_property
    def lineages(self) -> dict[str, list[WhichDemandsReturnRow]]:
        """Earlier and later demands, by recommendation; not those that merely share an ask."""
        found: dict[str, list[WhichDemandsReturnRow]] = {iri: [] for iri in self._made}
        for row in which_demands_return(self.taken.store, as_of=self.taken.stamp.as_of):
            for iri in (row.later, row.earlier):
                if iri in found:
                    found[iri].append(row)
        return found

    @cached_property
    def claims(self) -> dict[str, list[WhatIsSaidAboutRow]]:
        """What else is said about each recommendation."""
        found: dict[str, list[WhatIsSaidAboutRow]] = {iri: [] for iri in self._made}
        for row in what_is_said_about(self.taken.store, as_of=self.taken.stamp.as_of):
            for iri in set(row.about) & set(found):
                found[iri].append(row)
        return found

    @cached_property
    def passages(self) -> dict[str, PassageRow]:
        """The passages on which the recommendations and what is said of them stand, sorted."""
        wanted = {of for item in self.items for of in item.first.passages}
        for by_recommendation in (self.spoken, self.lineages, self.claims):
            wanted |= {of for rows in by_recommendation.values() for row in rows
                       for of in row.passages}  # fmt: skip
        wanted |= {of for iri in self._made for rows in self.of_wholes(iri).values()
                   for row in rows for of in row.passages}  # fmt: skip
        known = passages(self.taken.store)
        return {of: known[of] for of in sorted(wanted) if of in known}

    @cached_property
    def statements(self) -> dict[str, list[Triple]]:
        """Every triple of the data by its subject, for what no answer tells."""
        return statements(self.taken.store)

    @cached_property
    def documents(self) -> list[WhichDocumentsRow]:
        """The documents in which those passages stand, by publisher and title."""
        wanted = {row.document for row in self.passages.values()}
        wanted |= {item.first.made_in for item in self.items if item.first.made_in}
        found = [row for row in which_documents(self.taken.store) if row.document in wanted]
        return sorted(found, key=lambda row: (self.names.all(row.publisher), row.document))
