"""Where each node of a picture stands: two poles left and right, what links them in between."""

from __future__ import annotations

import networkx as nx

Places = dict[str, tuple[float, float]]

REACH = 380.0
"""Pixels from the middle to a pole: half a label each, and room for an edge's words."""
ROW = 58.0
"""Pixels between two labels, one above the other."""
TALLEST = 12
"""Labels in the middle, one above the other, before they take turns left and right."""


def between(net: nx.MultiDiGraph, one: str, other: str) -> Places:
    """Place `one` at the left, `other` at the right, and each node by its steps from both.

    What is as near to one as to the other stands in the middle; what is nearer to a pole stands
    above and below it. The same network gives the same places.
    """
    steps = nx.Graph(net.to_undirected(as_view=True))
    from_one = nx.single_source_shortest_path_length(steps, one)
    from_other = nx.single_source_shortest_path_length(steps, other)
    sides: dict[int, list[str]] = {-1: [], 0: [], 1: []}
    for node in sorted(set(steps) - {one, other}):
        near, far = from_one.get(node, 1), from_other.get(node, 1)
        sides[(near > far) - (near < far)].append(node)
    places: Places = {one: (-REACH, 0.0), other: (REACH, 0.0)}
    _fill_middle(places, _by_sort(net, sides[0]))
    for side in (-1, 1):
        _fill_side(places, _near_partners(steps, sides[side], places), side)
    return places


def _by_sort(net: nx.MultiDiGraph, nodes: list[str]) -> list[str]:
    """Put nodes of one kind together, those with most links in the middle of all."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for node in nodes:
        given = net.nodes[node]
        kinds.setdefault((str(given.get("kind")), str(given.get("subkind"))), []).append(node)
    return [node for kind in sorted(kinds) for node in sorted(kinds[kind])]


def _fill_middle(places: Places, nodes: list[str]) -> None:
    turns = len(nodes) > TALLEST
    row = ROW * 0.62 if turns else ROW
    for i, node in enumerate(nodes):
        x = (1 if i % 2 else -1) * 105.0 if turns else 0.0
        places[node] = (x, round((i - (len(nodes) - 1) / 2) * row, 1))


def _near_partners(steps: nx.Graph, nodes: list[str], places: Places) -> list[str]:
    """Order nodes by the height of what they are linked to, so that fewer edges cross."""

    def height(node: str) -> float:
        rows = [places[near][1] for near in steps[node] if near in places]
        return sum(rows) / len(rows) if rows else 0.0

    return sorted(nodes, key=lambda node: (height(node), node))


def _fill_side(places: Places, nodes: list[str], side: int) -> None:
    """Stack nodes above and below a pole, every second one a little outwards."""
    above = len(nodes) // 2
    for i, node in enumerate(nodes):
        rank = above - i if i < above else i - above + 1
        y = (-1 if i < above else 1) * (ROW * 0.9 + rank * ROW * 0.9)
        places[node] = (side * (REACH + (40.0 if rank % 2 else -25.0)), round(y, 1))
