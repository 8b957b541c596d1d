"""The queries of the rules, answered by Oxigraph: it takes a tenth of the time rdflib needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
from rdflib import XSD, BNode, Graph, Literal, URIRef, Variable
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier, Node

from ontology.triples import Triple

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class QueriedGraph(Graph):
    """A graph of rdflib whose queries are answered by Oxigraph, from other triples than its own.

    So a query may be about all data where the graph has only what else is to be looked at.
    """

    def __init__(self, asked: Iterable[Triple]) -> None:
        """Take the triples that queries are about, and none else.

        Raises ValueError when an address or a language in them cannot be one.
        """
        super().__init__(bind_namespaces="none")
        self._asked = ox.Store()
        for subject, predicate, target in asked:  # in bulk it would set 200 MB aside
            quad = ox.Quad(_named(subject), ox.NamedNode(str(predicate)), _term(target))
            self._asked.add(quad)

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """Answer a SELECT; the arguments are those of rdflib, of which only initBindings counts."""
        given = dict(zip(("processor", "result", "initNs", "initBindings"), args, strict=False))
        bound = (given | kwargs).get("initBindings") or {}
        solutions = self._asked.query(
            str(query_object),
            substitutions={ox.Variable(str(name)): _term(node) for name, node in bound.items()},
        )
        assert isinstance(solutions, ox.QuerySolutions)
        answer = Result("SELECT")
        answer.vars = [Variable(variable.value) for variable in solutions.variables]
        answer.bindings = [
            {name: _node(found, name) for name in answer.vars if (found := solution[str(name)])}
            for solution in solutions
        ]
        return answer


def _named(node: Node) -> ox.NamedNode | ox.BlankNode:
    """Return an address as it is; Oxigraph does not take every name of a blank node."""
    if isinstance(node, BNode):
        return ox.BlankNode(f"b{node.encode().hex()}")
    return ox.NamedNode(str(node))


def _term(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if not isinstance(node, Literal):
        return _named(node)
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(node.datatype or XSD.string))


def _node(term: Term, variable: Variable) -> Identifier:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(bytes.fromhex(term.value[1:]).decode())
    assert isinstance(term, ox.Literal)
    # pyshacl puts all but ?value into the message, as a pattern in which a backslash is special.
    text = term.value if str(variable) == "value" else term.value.replace("\\", "\\\\")
    if term.language:
        return Literal(text, lang=term.language)
    return Literal(text, datatype=URIRef(term.datatype.value), normalize=False)
