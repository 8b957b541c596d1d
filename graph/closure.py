"""What one needs to understand some recommendations: their statements, and all these hang on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rdflib.namespace import RDF

from graph.asking import solutions
from graph.claims import what_is_said_about
from graph.statuses import what_happened_to, which_demands_return
from graph.store import Store
from ontology.identifiers import is_data, parse
from ontology.terms import CITO, ELI, SKOSXL


@dataclass(frozen=True, order=True)
class Triple:
    """One statement: `text` is an IRI where `link` is true, else a text of a datatype or language.

    `language` is empty but for a text in a language.
    """

    subject: str
    property: str
    text: str
    link: bool
    datatype: str = ""
    language: str = ""


Statements = Mapping[str, Collection[Triple]]
"""Triples by their subject."""

_ASIDE: Final = frozenset(map(str, (ELI.has_member, SKOSXL.altLabel, CITO.citesAsEvidence)))
"""Links that lead on to things nobody asked about; they stay where both ends are there anyway."""


def statements(store: Store) -> dict[str, list[Triple]]:
    """Return every triple of the data, by subject, sorted."""
    found: dict[str, list[Triple]] = defaultdict(list)
    for row in solutions(store, "statements"):
        link = row["link"] is True
        found[str(row["subject"])].append(
            Triple(
                str(row["subject"]),
                str(row["property"]),
                str(row["text"]),
                link,
                "" if link else str(row["datatype"] or ""),
                str(row["language"] or ""),
            )
        )
    return {subject: sorted(found[subject]) for subject in sorted(found)}


def closure(
    store: Store, recommendations: Collection[str], as_of: dt.date | None = None
) -> list[Triple]:
    """Return what is stated of some recommendations, and of all that those statements name.

    Along come issuers, addressees, asks, themes, parts, the assessments, responses, claims and
    lineages of the day, provisions with their texts, passages, documents, and who recorded
    it. Of an actor or a text only what it is: whom else it is linked to is not part of it.
    """
    stated = statements(store)
    beside = _stated_elsewhere(stated)
    assessed = _assessments(store, as_of)
    held: set[str] = set()
    waiting = [*recommendations, *_said_of(store, set(recommendations), as_of)]
    while waiting:
        node = waiting.pop()
        if node in held or node not in stated:
            continue
        held.add(node)
        # Also of one that only a lineage names: without its assessments it would pass for
        # unassessed.
        waiting += assessed.get(node, [])
        waiting += [
            triple.text
            for triple in stated[node]
            if triple.link and triple.property not in _ASIDE and triple not in beside
        ]
    return [
        triple
        for node in sorted(held)
        for triple in stated[node]
        if triple not in beside and (not _leads_out(triple) or triple.text in held)
    ]


def statements_about(store: Store, entity: str) -> list[Triple]:
    """Return what is stated of one thing, and every statement that names it, whole and sorted."""
    return [
        triple
        for subject, said in statements(store).items()
        if subject == entity or any(one.link and one.text == entity for one in said)
        for triple in said
    ]


def _leads_out(triple: Triple) -> bool:
    return triple.link and triple.property in _ASIDE


def _stated_elsewhere(stated: Statements) -> frozenset[Triple]:
    """Return the plain links for which a relation, with passage and voice, stands."""
    found = set()
    for node, triples in stated.items():
        if parse(node)[0] == "relation":
            values = {triple.property: triple.text for triple in triples}
            ends = [values.get(str(end)) for end in (RDF.subject, RDF.predicate, RDF.object)]
            if all(ends):
                found.add(Triple(str(ends[0]), str(ends[1]), str(ends[2]), link=True))
    return frozenset(found)


def _assessments(store: Store, as_of: dt.date | None) -> dict[str, list[str]]:
    """Return the assessments made by a day, by recommendation."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in what_happened_to(store, as_of=as_of):
        found[row.recommendation].append(row.assessment)
    return found


def _said_of(store: Store, chosen: Collection[str], as_of: dt.date | None) -> Iterator[str]:
    """Yield the lineages and claims that name a recommendation and hold, or were made, by a day."""
    for demand in which_demands_return(store, as_of=as_of):
        if is_data(demand.lineage) and {demand.later, demand.earlier} & set(chosen):
            yield demand.lineage
    for claim in what_is_said_about(store, as_of=as_of):
        if set(claim.about) & set(chosen):
            yield claim.claim
            yield from claim.disputed_by
