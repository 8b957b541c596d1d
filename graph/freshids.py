"""Fresh ids for one export, so that what it says of a case cannot be joined with another by id."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from rdflib import Graph, URIRef
from rdflib.term import Node

from ontology.identifiers import ID_KINDS_OF_PEOPLE, iri, is_data, parse


def fresh_ids(triples: Graph, new: Callable[[], str] = lambda: secrets.token_hex(6)) -> Graph:
    """Return the triples with a new random id for each case and each step of one.

    Each call gives other ids, and no list of them is kept. Labels, dates and passages stay what
    they are, and by those two exports can still be compared. `new` makes hexadecimal digits.
    """
    given: dict[str, URIRef] = {}

    def renamed(node: Node) -> Node:
        if not isinstance(node, URIRef) or not _of_a_case(node):
            return node
        if node not in given:
            kind = parse(node)[0]
            end = "" if kind == "case" else "-step"
            given[node] = iri(kind, f"case-{new()}{end}")
        return given[node]

    fresh = Graph(bind_namespaces="none")
    for prefix, namespace in triples.namespaces():
        fresh.bind(prefix, namespace)
    for subject, predicate, target in triples:
        fresh.add((renamed(subject), predicate, renamed(target)))
    return fresh


def _of_a_case(node: str) -> bool:
    return is_data(node) and parse(node)[0] in ID_KINDS_OF_PEOPLE
