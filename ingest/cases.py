"""Cases of affected persons: which of them may be told, and what hangs on the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from rdflib import URIRef
from rdflib.namespace import DCTERMS, PROV, RDF
from rdflib.term import Node

from ingest.writing import Quad, by_predicate
from ontology.terms import ID, RG

LOOSE = DCTERMS.hasPart
"""A link to what must not be told that is left out, while the rest of the statement stays."""

OPPOSES = RG.conflictsWith
"""A link that keeps nothing in the graph: its end goes when nobody else speaks of it."""

OF_A_DOCUMENT = tuple(f"{ID}{kind}/" for kind in ("passage", "curation", "name"))
"""What bears the id of its document, or says how something came out of it."""


class CaseFile:
    """What all that is on record says of cases: who said what of which, and what may be told."""

    def __init__(self, quads: Collection[Quad]) -> None:
        """Take all that is on record, each triple with the document that states it."""
        self._quads = quads
        listed = by_predicate(quads)
        self.statements: set[Node] = {s for (s, _, _), _ in listed[PROV.wasGeneratedBy]}
        """Everything that somebody says: what a round of curation put on record."""
        self._events = [(event, case) for (event, _, case), _ in listed[RG.inCase]]
        footing: defaultdict[Node, set[Node]] = defaultdict(set)
        for (case, _, word), _ in listed[RG.disclosure]:
            footing[case].add(word)
        homes: dict[Node, URIRef] = {
            case: of for (case, _, kind), of in listed[RDF.type] if kind == RG.DocumentedCase
        }
        self.published = {c: of for c, of in homes.items() if footing[c] == {RG.publishedBySource}}
        """The cases that a document published, each with that document."""
        self.unknown = {
            case
            for case in homes
            if case not in self.published and footing[case] != {RG.consentGiven}
        }
        """The cases of which nothing may go out. What is not clearly allowed is not."""
        self._naming = self._index() if homes else {}

    def _index(self) -> Mapping[Node, list[tuple[URIRef, URIRef]]]:
        """Return for each thing the statements that name it, each with its document."""
        naming: defaultdict[Node, list[tuple[URIRef, URIRef]]] = defaultdict(list)
        for (subject, predicate, target), graph in self._quads:
            if subject in self.statements and isinstance(target, URIRef) and predicate != LOOSE:
                naming[target].append((subject, graph))
        return naming

    def held_back(self) -> set[Node]:
        """Return the nodes that must not go out: cases, what speaks of them, what hangs on that.

        What another document says of a published case is not what its own source published, so it
        stays too; and so does a document that says nothing else, with its title and passages.
        """
        held: set[Node] = {*self._steps(self.unknown), *self._strangers()}
        before = -1
        while held and len(held) > before:
            before = len(held)
            held |= self._speaking_of(held)
            held |= self._closed_documents(held)
        return held | self._hanging_on(held)

    def on_published(self) -> set[Node]:
        """Return the cases that a document published, their steps, and what is said of those."""
        return self._speaking_of(self._steps(self.published))

    def _steps(self, cases: Collection[Node]) -> set[Node]:
        return {*cases, *(event for event, case in self._events if case in cases)}

    def _strangers(self) -> set[Node]:
        """Return statements on a published case, or a step of one, that are another document's."""
        at_home = {**self.published}
        at_home |= {e: self.published[c] for e, c in self._events if c in self.published}
        return {
            subject
            for node, home in at_home.items()
            for subject, graph in self._naming.get(node, ())
            if graph != home
        }

    def _speaking_of(self, nodes: Collection[Node]) -> set[Node]:
        """Return the nodes, the statements that name one, those that name these, and so on."""
        return _reached(nodes, lambda node: (s for s, _ in self._naming.get(node, ())))

    def _closed_documents(self, held: Collection[Node]) -> set[Node]:
        """Return documents that say nothing but what is held, with their passages and records."""
        open_to: set[URIRef] = set()
        theirs: defaultdict[URIRef, set[Node]] = defaultdict(set)
        for (subject, _, _), graph in self._quads:
            if subject in held:
                theirs[graph].add(graph)
            elif subject in self.statements:
                open_to.add(graph)
            elif str(subject).startswith(OF_A_DOCUMENT):
                theirs[graph].add(subject)
        closed = [those for graph, those in theirs.items() if graph in those - open_to]
        return set().union(*closed)

    def _hanging_on(self, held: set[Node]) -> set[Node]:
        """Return what nothing leads to but what is held: passages, actors, looks, propositions."""
        if not held:
            return set()
        ahead: defaultdict[Node, set[Node]] = defaultdict(set)
        for (subject, predicate, target), _ in self._quads:
            if isinstance(target, URIRef) and target.startswith(ID) and predicate != OPPOSES:
                ahead[subject].add(target)
        behind = _reached(held, lambda node: ahead[node])
        open_to = {s for (s, _, _), graph in self._quads if graph not in held}
        # What only a closed document describes, and nothing else names, goes with it.
        alone = {s for (s, _, _), graph in self._quads if graph in held} - open_to
        shown = _reached(open_to - behind, lambda node: ahead[node] - held)
        return (behind | alone) - shown - held


def _reached(start: Iterable[Node], ahead: Callable[[Node], Iterable[Node]]) -> set[Node]:
    """Return the nodes at the start, and all to which links lead from there."""
    found: set[Node] = set()
    waiting = list(start)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += ahead(node)
    return found
