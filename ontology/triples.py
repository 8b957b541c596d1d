"""Triples by what they speak of: lighter and quicker to ask than a graph of rdflib."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from rdflib import RDF, RDFS
from rdflib.term import Node

Triple = tuple[Node, Node, Node]
FEW = 8
"""Up to so many values of a property are a tuple, which is small; more are a dictionary."""


class Triples:
    """Triples, each once; `of` has what is said of each node, by property."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        """Take the first triples."""
        self.of: dict[Node, dict[Node, Collection[Node]]] = {}
        self._above: dict[Node, frozenset[Node]] = {}
        for triple in triples:
            self.add(triple)

    def add(self, triple: Triple) -> None:
        """Add one more, unless it is there."""
        subject, predicate, target = triple
        said = self.of.setdefault(subject, {})
        values = said.get(predicate, ())
        if isinstance(values, dict):
            values[target] = None
        elif target not in values:
            more = (*values, target)
            said[predicate] = more if len(more) <= FEW else dict.fromkeys(more)

    def __iter__(self) -> Iterator[Triple]:
        """Yield every triple."""
        for node in self.of:
            yield from self.about(node)

    def about(self, node: Node) -> Iterator[Triple]:
        """Yield what is said of a node."""
        for predicate, values in self.of.get(node, {}).items():
            for target in values:
                yield node, predicate, target

    def values(self, node: Node, predicate: Node) -> Collection[Node]:
        """Return the values of a property, each once."""
        return self.of.get(node, {}).get(predicate, ())

    def reached(self, nodes: Iterable[Node]) -> Iterator[Triple]:
        """Yield what is said of some nodes, of what they speak of, and so on to the end."""
        ahead, seen = [*nodes], set[Node]()
        while ahead:
            if (node := ahead.pop()) not in seen and node in self.of:
                seen.add(node)
                for triple in self.about(node):
                    yield triple
                    ahead += triple[1:]  # a property may be described, too

    def classes(self, node: Node) -> frozenset[Node]:
        """Return the classes of a node, with all that are above them."""
        return frozenset().union(*(self.above(of) for of in self.values(node, RDF.type)))

    def above(self, one: Node) -> frozenset[Node]:
        """Return a class and all that are above it; after that no class may be added."""
        if one not in self._above:
            found, ahead = {one}, [one]
            while ahead:
                higher = set(self.values(ahead.pop(), RDFS.subClassOf)) - found
                found |= higher
                ahead += higher
            self._above[one] = frozenset(found)
        return self._above[one]
