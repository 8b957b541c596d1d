"""A selection as a network, for programs that draw and measure networks: GraphML and GEXF."""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from xml.sax.saxutils import escape

import networkx as nx

from graph.exports.taking import Taken, change_of, writable
from graph.network import Net, network
from graph.rows import UNASSESSED
from graph.statuses import what_happened_to
from ontology.identifiers import curie
from ontology.terms import SCHEMES


def network_of(taken: Taken) -> Net:
    """Return the recommendations, all that is linked to one, and the links among all of these."""
    whole = network(taken.store, taken.stamp.as_of)
    chosen = {iri for iri in taken.recommendations if iri in whole}
    near = {other for iri in chosen for other in nx.all_neighbors(whole, iri)}
    part: Net = nx.MultiDiGraph(whole.subgraph(chosen | near))
    # Links to other recommendations would begin what nobody chose.
    part.remove_nodes_from(
        [
            node
            for node, given in part.nodes(data=True)
            if given["kind"] == "recommendation" and node not in chosen
        ]
    )
    return part


def graphml(taken: Taken) -> bytes:
    """Return a selection as GraphML; the same selection gives the same bytes."""
    out = io.BytesIO()
    nx.write_graphml_xml(_in_texts(taken), out, prettyprint=True)
    return out.getvalue()


def gexf(taken: Taken) -> bytes:
    """Return a selection as GEXF; the same selection gives the same bytes."""
    out = io.BytesIO()
    nx.write_gexf(_in_texts(taken), out, prettyprint=True)
    told = "; ".join(f"{name}: {text}" for name, text in taken.stamp.lines())
    meta = (
        f'<meta lastmodifieddate="{taken.stamp.made_on}"><creator>reformgraph</creator>'
        f"<description>{escape(writable(told))}</description></meta>"
    )
    # networkx writes today's date, and nothing on what is told here.
    text = out.getvalue().decode()
    return re.sub(r"<meta\b.*?</meta>", lambda _: meta, text, count=1, flags=re.DOTALL).encode()


def _in_texts(taken: Taken) -> Net:
    """Return the network with texts for attributes, in a fixed order and with the stamp."""
    net, standing = network_of(taken), _standing(taken)
    plain: Net = nx.MultiDiGraph()
    for name, text in taken.stamp.lines():
        plain.graph[name.lower().replace(" ", "_")] = writable(text)
    for node in sorted(net):
        given = net.nodes[node]
        texts = {"label": given["label"], "kind": given["kind"], "address": node}
        if given["subkind"]:
            texts["subkind"] = given["subkind"]
        if given["kind"] == "recommendation":
            texts |= {axis: " ".join(standing.get((node, axis), [UNASSESSED])) for axis in SCHEMES}
            if taken.stamp.compared:
                texts["change"] = change_of(taken, node)
        plain.add_node(curie(node), **{name: writable(text) for name, text in texts.items()})
    for number, (source, target, key) in enumerate(sorted(net.edges(keys=True)), 1):
        given = net.edges[source, target, key]
        texts = {
            "label": given["label"],
            "kind": given["kind"],
            "statement": given["statement"],
            "allegation": "yes" if given["allegation"] else "no",
            "attributed_to": _addresses(given["attributed_to"]),
            "date": given["date"] or "",
            "passages": _addresses(given["passages"]),
        }
        texts = {name: writable(text) for name, text in texts.items()}
        plain.add_edge(curie(source), curie(target), key=f"e{number}", **texts)
    return plain


def _standing(taken: Taken) -> dict[tuple[str, str], list[str]]:
    """Return the current statuses of each recommendation on each axis, sorted."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in what_happened_to(taken.store, as_of=taken.stamp.as_of):
        if row.current:
            found.setdefault((row.recommendation, row.axis), set()).add(row.status)
    return {key: sorted(statuses) for key, statuses in found.items()}


def _addresses(iris: Collection[str]) -> str:
    return " ".join(curie(iri) for iri in iris)
