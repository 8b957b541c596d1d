"""What goes out: what is on the list of what may be public, and of cases what may be told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

from rdflib import URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from ingest.cases import CaseFile
from ingest.coarsening import coarsened
from ingest.writing import Quad, by_predicate
from ontology import publicity
from ontology.identifiers import curie

SMALLEST = 5
"""Fewer persons than this are not counted for everybody."""


@dataclass(frozen=True)
class HeldBack:
    """What is on record and does not go out; counts alone, and never what it is.

    `cases` and `statements` are of cases that may not be told, None where it is not told how many;
    `unlisted` counts the triples of each class and property that nobody has put on the list of
    what may be public.
    """

    cases: int | None
    statements: int | None
    unlisted: dict[tuple[str, str], int]

    def rounded(self) -> HeldBack:
        """Return the same for everybody who may look: of few persons not even how few they are."""
        few = self.cases is None or 0 < self.cases < SMALLEST
        return replace(self, cases=None if few else self.cases, statements=None)

    def lines(self) -> list[str]:
        """Return what is held back in lines for people; none when nothing is."""
        told = []
        if self.cases != 0:
            cases = f"fewer than {SMALLEST}" if self.cases is None else str(self.cases)
            what = "case" if self.cases == 1 else "cases"
            more = (
                "what is said of them"
                if self.statements is None
                else f"{self.statements} statements"
            )
            told.append(
                f"Held back: {cases} {what} of unknown consent, with {more}. "
                "Say `disclosure: publishedBySource` or `consentGiven` where that is so."
            )
        elif self.statements:
            told.append(
                f"Held back: {self.statements} statements on cases that another document published."
            )
        told += [
            f"Held back: {predicate} of {name}, {count} times. It is not on the list of what may "
            "be public; add it to ontology/public.toml when it may."
            for (name, predicate), count in sorted(self.unlisted.items())
        ]
        return told

    def as_dict(self) -> dict[str, object]:
        """Return what is held back for a report as JSON."""
        return {
            "cases": self.cases,
            "statements": self.statements,
            "not_listed": [
                {"class": name, "property": predicate, "triples": count}
                for (name, predicate), count in sorted(self.unlisted.items())
            ],
        }


@dataclass(frozen=True)
class Published:
    """What goes out of all that is on record, and what is held back."""

    quads: frozenset[Quad]
    held: HeldBack


def publish(quads: Collection[Quad]) -> Published:
    """Return what may go out of all that is on record.

    Nothing goes out of a case of unknown consent, nor what is said of that case or hangs on it
    alone. Of a case that its source published goes out what that source says, by month and State.
    Of everything goes out what `ontology/public.toml` lists.
    """
    cases = CaseFile(quads)
    held = cases.held_back()
    told = quads
    if held:
        told = [
            ((subject, predicate, target), graph)
            for (subject, predicate, target), graph in quads
            if not {subject, target, graph} & held
        ]
    listed, unlisted = _listed(list(coarsened(told, cases.on_published())))
    statements = len((cases.statements & held) - cases.unknown)
    return Published(frozenset(listed), HeldBack(len(cases.unknown), statements, unlisted))


def _listed(quads: Collection[Quad]) -> tuple[list[Quad], dict[tuple[str, str], int]]:
    """Return what the list lets out, and how often it lacks a property of a class."""
    classes: defaultdict[URIRef, set[Node]] = defaultdict(set)
    sorted_out = by_predicate(quads)
    for (subject, _, target), _ in sorted_out[RDF.type]:
        classes[subject].add(target)
    kinds = {subject: frozenset(found) for subject, found in classes.items()}
    let_out: list[Quad] = []
    unlisted: Counter[tuple[str, str]] = Counter()
    for predicate, told in sorted_out.items():
        for quad in told:
            (subject, _, target), _ = quad
            of = kinds.get(subject, frozenset())
            listed = publicity.of(of)
            if predicate in listed.public and (
                predicate != RDF.type or target in publicity.classes()
            ):
                let_out.append(quad)
            elif predicate not in listed.kept:
                named = " and ".join(sorted(curie(str(kind)) for kind in of))
                unlisted[named or "something untyped", curie(predicate)] += 1
    return let_out, dict(unlisted)
