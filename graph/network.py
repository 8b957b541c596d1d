"""The graph as a network: who is linked to whom by what, as networkx wants it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, Final, TypeAlias

import networkx as nx
from rdflib.namespace import ORG

from graph.answers import HowAreTheyLinkedRow, Iris
from graph.asking import Group, grouped, in_order, solutions
from graph.entities import labels, name_of, subkinds
from graph.lasting import link_had_ended, texts
from graph.rows import document_of
from graph.store import Store
from ontology.errors import NotFoundError, UsageError
from ontology.identifiers import curie, is_data, parse
from ontology.terms import RG, label, local_name

__all__ = [
    "KINDS", "LONGEST", "TIES", "Edge", "EdgeRow", "GoBetween", "Net", "around", "edge_rows",
    "go_betweens", "how_are_they_linked", "network", "on_the_ways", "only", "ways_between",
]  # fmt: skip

Net: TypeAlias = "nx.MultiDiGraph[str]"
"""Nodes are IRIs with `label`, `kind` and `subkind` (kind of actor, instrument or document).

Edges have the statement's IRI as key and these attributes: `label`, `statement`, `kind` (one of
KINDS), `allegation`, `attributed_to` and `passages` (tuples of IRIs), `passage` and `document` (of
the first passage, or None), `date` (EDTF or None), `earliest` (a day or None).
"""

Edge = tuple[str, str, str]
"""Source, target and key of an edge."""

KINDS: Final = (
    "relation", "transfer", "structure", "case", "candidacy", "recommendation", "claim",
    "safeguard", "signature",
)  # fmt: skip
TIES: Final = frozenset({"relation", "transfer", "structure", "case", "candidacy"})
"""Kinds of edge that tie two entities; the rest only tell of what somebody says or wants."""
LONGEST: Final = 4
_LASTING: Final = frozenset({"relation", "transfer"})
"""Kinds of edge that hold for a time; the others tell of what happened, or of what is said."""

_LABELS = {
    str(RG.candidate): "stands for",
    str(RG.issuedBy): "issued",
    str(RG.signatory): "signed",
    str(ORG.subOrganizationOf): "part of",
}
"""Labels of edges that run against their property, from the one who acts, or read badly."""


@dataclass(frozen=True)
class EdgeRow:
    """One edge of a picture in words: its row in the table beside it."""

    source: str
    source_label: str
    label: str
    target: str
    target_label: str
    kind: str
    allegation: bool
    attributed_to: Iris
    date: str | None
    statement: str
    passages: Iris


@dataclass(frozen=True)
class GoBetween:
    """How often a node stands between others: on a shortest way of `ways` of `of` linked pairs."""

    node: str
    ways: int
    of: int


def network(store: Store, as_of: dt.date | None = None) -> Net:
    """Return the whole network of the snapshot.

    With `as_of`, what was said or began later is left out, and so are links that were past, and
    texts that began later or had ended by then for certain, with all links to them. What has no
    date counts from the day of its document, or else of its record; without that, it is shown only
    when no day is asked for.
    """
    names, kinds = labels(store), subkinds(store)
    rows = solutions(store, "network", until=as_of)
    groups = grouped(rows, "kind", "source", "property", "target", "statement")
    if as_of:
        apart = _texts_apart(store, as_of)
        groups = [group for group in groups if not _is_past(group, apart, as_of)]
    net: Net = nx.MultiDiGraph()
    ends = {end for group in groups for end in (group.text("source"), group.text("target"))}
    for node in sorted(ends):
        kind = parse(node)[0] if is_data(node) else "concept"
        net.add_node(node, label=name_of(node, names), kind=kind, subkind=kinds.get(node))
    for group in sorted(groups, key=_order):
        net.add_edge(
            group.text("source"),
            group.text("target"),
            key=group.text("statement"),
            **_attributes(group, names),
        )
        if group.text("kind") == "safeguard":
            net.nodes[group.text("target")]["kind"] = "safeguard"
    return net


def _order(group: Group) -> tuple[str, ...]:
    columns = ("source", "target", "kind", "statement", "property")
    return tuple(group.text(column) for column in columns)


def _texts_apart(store: Store, day: dt.date) -> frozenset[str]:
    """Return the texts that did not hold on a day for certain."""
    return frozenset(
        iri for iri, text in texts(store).items() if text.began_after(day) or text.had_ended(day)
    )


def _is_past(group: Group, apart: frozenset[str], day: dt.date) -> bool:
    """Tell whether a link did not hold on a day: it was past, or hangs on a text that did not."""
    ends = {*group.all("source"), *group.all("target"), *group.all("under")}
    return not apart.isdisjoint(ends) or (
        group.text("kind") in _LASTING
        and link_had_ended(
            group.text("property"), group.maybe("date"), group.maybe_day("latest"), day
        )
    )


def _attributes(group: Group, names: dict[str, str]) -> dict[str, Any]:
    passages = group.all("passage")
    return {
        "label": _label(group, names),
        "statement": group.text("statement"),
        "kind": group.text("kind"),
        "allegation": group.flag("allegation"),
        "attributed_to": group.all("by"),
        "passages": passages,
        "passage": passages[0] if passages else None,
        "document": document_of(passages[0]) if passages else None,
        "date": group.maybe("date"),
        "earliest": group.maybe_day("earliest"),
    }


def _label(group: Group, names: dict[str, str]) -> str:
    """Return the words on an edge, read from its source to its target."""
    kind, detail = group.text("kind"), group.text("detail")
    if kind == "transfer":
        return f"gives data under the rules of {name_of(detail, names)}"
    if kind == "safeguard":
        return f"safeguard {local_name(detail).removeprefix('availability').lower()}"
    if kind == "claim":
        return f"{label(detail)} about"
    known = group.text("property")
    name = _LABELS.get(known) or name_of(known, names)
    # Other vocabularies write their labels in capitals of their own: “unit Of”, “Replaces”.
    return name if known.startswith(RG) else name.lower()


# --- parts of the network ------------------------------------------------------------------------


def only(net: Net, kinds: Collection[str]) -> Net:
    """Return the network of some kinds of edge, without the nodes that are left alone."""
    kept = [
        (*edge, data) for *edge, data in net.edges(keys=True, data=True) if data["kind"] in kinds
    ]
    part: Net = nx.MultiDiGraph()
    ends = {end for source, target, _, _ in kept for end in (source, target)}
    part.add_nodes_from((node, net.nodes[node]) for node in net if node in ends)
    part.add_edges_from(kept)
    return part


def around(net: Net, centres: Collection[str], longest: int = 1, limit: int | None = 25) -> Net:
    """Return the part of at most `limit` nodes (None: all) within `longest` steps of the centres.

    What is near to several centres comes first, then what has more links to what is already
    there. Each node hangs together with a centre. Raises NotFoundError for an unknown centre.
    """
    for centre in centres:
        _must_hold(net, centre)
    plain = nx.Graph(net.to_undirected(as_view=True))
    near = {
        centre: nx.single_source_shortest_path_length(plain, centre, cutoff=longest)
        for centre in sorted(centres)
    }
    within = {node for found in near.values() for node in found}
    if limit is None or len(within) <= limit:
        return net.subgraph(within).copy()
    chosen = list(near)[:limit]
    ahead = within - set(chosen)
    while ahead and len(chosen) < limit:
        best = min(ahead, key=lambda node: _rank(node, near, plain, chosen))
        if not any(other in chosen for other in plain[best]):
            break
        chosen.append(best)
        ahead.remove(best)
    return net.subgraph(chosen).copy()


def _rank(
    node: str,
    near: dict[str, dict[str, int]],
    plain: nx.Graph[str],
    chosen: Collection[str],
) -> tuple[bool, int, int, int, str]:
    steps = [found[node] for found in near.values() if node in found]
    linked = sum(other in chosen for other in plain[node])
    return linked == 0, -len(steps), sum(steps), -linked, node


def _must_hold(net: Net, node: str) -> None:
    if node not in net:
        raise NotFoundError(f"“{curie(node)}” has no links in the graph. Choose another entity.")


def go_betweens(net: Net) -> list[GoBetween]:
    """Return the nodes that stand between others, those between most pairs first.

    A node stands between two others when a shortest way from one to the other passes through it.
    Meant for a part small enough to draw: the time grows with the cube of its nodes.
    """
    plain = nx.Graph(net.to_undirected(as_view=True))
    steps = dict(nx.all_pairs_shortest_path_length(plain))
    found = []
    for node in sorted(plain):
        pairs = [
            (one, other)
            for one, other in combinations(sorted(set(plain) - {node}), 2)
            if other in steps[one]
        ]
        ways = sum(
            node in steps[one] and steps[one][node] + steps[node][other] == steps[one][other]
            for one, other in pairs
        )
        if ways:
            found.append(GoBetween(node, ways, len(pairs)))
    return sorted(found, key=lambda one: (-one.ways, one.node))


def _ways(net: Net, one: str, other: str, longest: int) -> list[list[str]]:
    if longest > LONGEST:
        raise UsageError(f"a way of {longest} steps is too long. Ask for {LONGEST} at most.")
    _must_hold(net, one)
    _must_hold(net, other)
    plain = nx.Graph(net.to_undirected(as_view=True))
    # What is too far from both ends to be on a way is not walked through in vain.
    from_one = nx.single_source_shortest_path_length(plain, one, cutoff=longest)
    from_other = nx.single_source_shortest_path_length(plain, other, cutoff=longest)
    near = [node for node in from_one.keys() & from_other.keys()
            if from_one[node] + from_other[node] <= longest]  # fmt: skip
    if not {one, other} <= set(near):
        return []
    found = nx.all_simple_paths(plain.subgraph(near), one, other, cutoff=longest)
    return sorted(found, key=lambda way: (len(way), way))


def on_the_ways(net: Net, one: str, other: str, longest: int, limit: int = 25) -> Net:
    """Return what lies on the ways from one node to another, the shortest ways first.

    A way that would make it more than `limit` nodes is left out. Raises NotFoundError for an
    unknown end, UsageError for more than LONGEST steps.
    """
    chosen = {one, other}
    steps: set[frozenset[str]] = set()
    for way in _ways(net, one, other, longest):
        if len(chosen | {*way}) <= limit:
            chosen |= {*way}
            steps |= {frozenset(step) for step in pairwise(way)}
    part: Net = net.subgraph(chosen).copy()
    part.remove_edges_from([edge for edge in list(part.edges(keys=True))
                            if frozenset(edge[:2]) not in steps])  # fmt: skip
    return part


def _edges(net: Net, one: str, other: str) -> list[Edge]:
    """Return the edges between two nodes, in either direction."""
    return sorted(
        (source, target, str(key))
        for source, target in {(one, other), (other, one)}
        for key in net.get_edge_data(source, target, default={})
    )


def how_are_they_linked(
    store: Store,
    *,
    one: str,
    other: str,
    longest: int = 3,
    as_of: dt.date | None = None,
) -> list[HowAreTheyLinkedRow]:
    """Return the ways from one entity to another over links, transfers, texts and cases.

    One row for each link of each step; `forward` tells whether it runs from `one` to `other`.
    With `as_of`, a link without a date counts from the day of its document. Raises NotFoundError
    for an entity that never has a link, UsageError for more than LONGEST steps.
    """
    net = only(network(store, as_of), TIES)
    if as_of and not {one, other} <= set(net):
        for end in (one, other):
            _must_hold(only(network(store), TIES), end)
        return []
    return ways_between(net, one, other, longest)


def ways_between(net: Net, one: str, other: str, longest: int) -> list[HowAreTheyLinkedRow]:
    """Return the ways from one node of a network to another, one row for each link of each step.

    The shortest come first. Raises NotFoundError for an unknown end, UsageError for more than
    LONGEST steps.
    """
    rows = []
    for number, way in enumerate(_ways(net, one, other, longest), 1):
        for step, (here, there) in enumerate(pairwise(way), 1):
            for source, target, key in _edges(net, here, there):
                data = net.edges[source, target, key]
                rows.append(
                    HowAreTheyLinkedRow(
                        way=number,
                        step=step,
                        source=source,
                        link=data["label"],
                        target=target,
                        forward=source == here,
                        attributed_to=data["attributed_to"],
                        allegation=data["allegation"],
                        date=data["date"],
                        statement=data["statement"],
                        passages=data["passages"],
                    )
                )
    return in_order(rows)


def edge_rows(net: Net) -> list[EdgeRow]:
    """Return the edges as rows, sorted: what a picture shows, in words."""
    return in_order(
        EdgeRow(
            source=source,
            source_label=net.nodes[source]["label"],
            label=data["label"],
            target=target,
            target_label=net.nodes[target]["label"],
            kind=data["kind"],
            allegation=data["allegation"],
            attributed_to=data["attributed_to"],
            date=data["date"],
            statement=data["statement"],
            passages=data["passages"],
        )
        for source, target, data in net.edges(data=True)
    )
