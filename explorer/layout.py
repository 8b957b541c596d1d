"""Where each node of a picture stands: two poles, what links them between, the rest outside."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from explorer.words import link_words

Places = dict[str, tuple[float, float]]
Box = tuple[float, float, float, float]
"""The middle of what is drawn, across and down, its width and its height, in pixels."""

REACH = 330.0
"""Pixels from the middle to a pole: half a label each, and room for an edge's words."""
OUTSIDE = 340.0
"""Pixels from a pole to what stands outside of it."""
WIDEST = 215.0
"""Pixels of the widest label of a node: what is left of the way to the next one is for words."""
LINE, LETTERS = 20.0, 24
"""Height of a line of a label in pixels, and how many letters it holds."""
PADDING, GAP, WORDS = 16.0, 14.0, 24.0
"""Pixels around the lines of a label, between two labels, and for the words on a short edge."""
WORDS_LINE, WORDS_LETTER = 17.0, 7.6
"""Height of a line of the words on an edge in pixels, and the width of a letter of them."""
LANE = 34.0
"""Pixels between two edges that run straight from pole to pole."""
APART = 30.0
"""Pixels between two edges beside each other, in the middle of their way."""
FEW = 4
"""So many labels between the poles stand above the straight edges; more stand below, too."""
ABREAST, ROOM, STEP = 4, 235.0, 112.0
"""Labels beside each other above the middle, and pixels from one to the next, across and up."""
TALLEST = 11
"""Labels one above the other before they take turns in columns beside each other."""


def between(net: nx.MultiDiGraph[str], one: str, other: str) -> Places:
    """Place `one` at the left, `other` at the right, and each node by its steps from both.

    What is as near to one as to the other stands in the middle, what is nearer to a pole outside
    of it. The same network gives the same places, in pixels, the centre of each label.
    """
    steps: nx.Graph[str] = nx.Graph(net.to_undirected(as_view=True))
    from_one = nx.single_source_shortest_path_length(steps, one)
    from_other = nx.single_source_shortest_path_length(steps, other)
    sides: dict[int, list[str]] = {-1: [], 0: [], 1: []}
    far = len(steps)
    for node in sorted(set(steps) - {one, other}):
        left, right = from_one.get(node, far), from_other.get(node, far)
        sides[(left > right) - (left < right)].append(node)
    lanes = net.number_of_edges(one, other) + net.number_of_edges(other, one)
    inner = [node for node in sides[0] if {one, other} <= set(steps[node])]
    reach = REACH + ROOM / 2 * (_turns(inner) - 1)
    places: Places = {one: (-reach, 0.0), other: (reach, 0.0)}
    inner = _near_partners(steps, _by_sort(net, inner), places)
    _fill_middle(places, net, inner, lanes)
    _fill_top(places, _by_sort(net, set(sides[0]) - set(inner)))
    for side in (-1, 1):
        nodes = _near_partners(steps, _by_sort(net, sides[side]), places)
        _fill_column(places, net, nodes, side * (reach + OUTSIDE))
    return _centred(places)


def in_columns(net: nx.MultiDiGraph[str], columns: Sequence[Sequence[str]]) -> Places:
    """Place the nodes of each column one below the other, so that no label touches another.

    A node stands as near as can be to the height of what it is linked to in the column before.
    A column that would be too tall takes turns left and right.
    """
    places: Places = {}
    steps: nx.Graph[str] = nx.Graph(net.to_undirected(as_view=True))
    x = 0.0
    for nodes in columns:
        ordered = sorted(nodes, key=lambda node: (_height_of_partners(steps, node, places), node))
        _fill_column(places, net, ordered, x or 0.1)
        x += OUTSIDE + ROOM * _turns(ordered)
    return _centred(places)


def around_one(net: nx.MultiDiGraph[str], centre: str) -> Places:
    """Place a node in the middle, at its right what it points to, at its left the rest.

    What is two steps away stands behind that over which it is reached, and so on.
    """
    steps: nx.Graph[str] = nx.Graph(net.to_undirected(as_view=True))
    far = nx.single_source_shortest_path_length(steps, centre)
    side: dict[str, int] = {centre: 0}
    for node in sorted(set(far) - {centre}, key=lambda node: (far[node], node)):
        before = min(near for near in steps[node] if far[near] == far[node] - 1)
        side[node] = side[before] or (1 if net.has_edge(centre, node) else -1)
    columns: dict[int, list[str]] = {}
    for node in sorted(set(net)):
        columns.setdefault(side.get(node, 1) * far.get(node, 1), []).append(node)
    return in_columns(net, [columns[column] for column in sorted(columns)])


def _turns(nodes: Sequence[str]) -> int:
    """Return beside each other how many columns nodes stand, so that none is too tall."""
    return max(1, -(-len(nodes) // TALLEST))


def _height_of_partners(steps: nx.Graph[str], node: str, places: Places) -> float:
    """Return the mean height of what is placed already and linked to a node."""
    found = [places[near][1] for near in steps[node] if near in places]
    return sum(found) / len(found) if found else 0.0


def _centred(places: Places) -> Places:
    """Return the places with as much above the poles as below, so that nothing is left empty."""
    middle = (max(y for _, y in places.values()) + min(y for _, y in places.values())) / 2
    return {node: (x, round(y - middle, 1)) for node, (x, y) in places.items()}


def _by_sort(net: nx.MultiDiGraph[str], nodes: Iterable[str]) -> list[str]:
    """Put nodes of one kind together."""

    def sort(node: str) -> tuple[str, str, str]:
        given = net.nodes[node]
        return str(given.get("kind")), str(given.get("subkind")), node

    return sorted(nodes, key=sort)


def _near_partners(steps: nx.Graph[str], nodes: list[str], places: Places) -> list[str]:
    """Move a node next to the one it is linked to, where it would otherwise stand apart."""
    ordered: list[str] = []
    for node in nodes:
        partner = next((i for i, near in enumerate(ordered) if steps.has_edge(near, node)), None)
        linked_out = any(near in places for near in steps[node])
        if partner is None or (linked_out and partner == len(ordered) - 1):
            ordered.append(node)
        else:
            ordered.insert(partner + 1, node)
    return ordered


def _fill_middle(places: Places, net: nx.MultiDiGraph[str], nodes: list[str], lanes: int) -> None:
    """Fill the middle, above and below the lanes from pole to pole."""
    above = nodes if lanes and len(nodes) <= FEW else nodes[: (len(nodes) + 1) // 2]
    below = nodes[len(above) :]
    edge = (lanes + 1) * LANE / 2 + GAP if lanes else GAP / 2
    turns = _turns(nodes)
    for part, side in ((above[::-1], -1), (below, 1)):
        for turn in range(turns):
            x = ROOM * (turn - (turns - 1) / 2)
            for node, y in _stack(net, part[turn::turns], turn).items():
                places[node] = (x, round(side * (edge + y), 1))


def _fill_top(places: Places, nodes: list[str]) -> None:
    """Put what hangs on the middle, but on neither pole, in rows above it."""
    top = min(y for _, y in places.values()) - STEP
    for i, node in enumerate(nodes):
        in_row = min(ABREAST, len(nodes) - i // ABREAST * ABREAST)
        x = (i % ABREAST - (in_row - 1) / 2) * ROOM
        places[node] = (x, round(top - i // ABREAST * STEP, 1))


def _fill_column(places: Places, net: nx.MultiDiGraph[str], nodes: list[str], x: float) -> None:
    """Fill what is outside a pole: one column, or several when one would be too tall."""
    turns = _turns(nodes)
    side = 1 if x > 0 else -1
    for turn in range(turns):
        rows = _stack(net, nodes[turn::turns], turn)
        middle = (max(rows.values(), default=0.0) + min(rows.values(), default=0.0)) / 2
        shift = (turn - (turns - 1) / 2) * LINE
        for node, y in rows.items():
            places[node] = (x + side * turn * ROOM, round(y - middle + shift, 1))


def _stack(net: nx.MultiDiGraph[str], nodes: list[str], turn: int) -> dict[str, float]:
    """Return the height of each label's middle, one below the other without touching."""
    found: dict[str, float] = {}
    y = turn * LINE
    for i, node in enumerate(nodes):
        height = max(_height(net, node), _height_of_words(net, node, nodes))
        if i and (net.has_edge(nodes[i - 1], node) or net.has_edge(node, nodes[i - 1])):
            y += WORDS
        found[node] = y + height / 2
        y += height + GAP
    return found


def with_room(places: Places, words: Mapping[str, tuple[str, str, str]]) -> set[str]:
    """Return the lines on which words can stand without touching a label or each other.

    `words` has for each line the nodes at its ends and what is to stand in its middle; what comes
    first there goes before the rest.
    """
    boxes = [(x, y, WIDEST, LINE + 2 * PADDING) for x, y in places.values()]
    found = set()
    for line, (source, target, text) in words.items():
        (x, y), (to_x, to_y) = places[source], places[target]
        wide = WORDS_LETTER * len(text) + PADDING
        box = ((x + to_x) / 2, (y + to_y) / 2, wide, WORDS_LINE + GAP / 2)
        if not any(_touch(box, other) for other in boxes):
            boxes.append(box)
            found.add(line)
    return found


def _touch(one: Box, other: Box) -> bool:
    return (2 * abs(one[0] - other[0]) < one[2] + other[2]
            and 2 * abs(one[1] - other[1]) < one[3] + other[3])  # fmt: skip


def room_for_words(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the pixels of width that the words on an edge may take, so that they hide no node."""
    return min(REACH, max(OUTSIDE, abs(start[0] - end[0])) - WIDEST)


def _height_of_words(net: nx.MultiDiGraph[str], node: str, stack: Sequence[str]) -> float:
    """Return the height a node needs for the words on its edges to stand apart from the next ones.

    Edges of one column meet in one node, so halfway there the words have half of the room.
    """
    letters = int((OUTSIDE - WIDEST) / WORDS_LETTER)
    lines: dict[str, list[float]] = {}
    edges = [*net.in_edges(node, data="label"), *net.out_edges(node, data="label")]
    for source, target, label in sorted(set(edges)):
        partner = target if source == node else source
        if partner not in stack:
            rows = textwrap.wrap(link_words(str(label)), letters)
            lines.setdefault(partner, []).append(WORDS_LINE * len(rows))
    return 2 * max(
        (sum(max(one, APART) for one in found) if len(found) > 1 else found[0]
         for found in lines.values()), default=0.0,
    )  # fmt: skip


def _height(net: nx.MultiDiGraph[str], node: str) -> float:
    text = f"{net.nodes[node].get('kind')} {net.nodes[node].get('label')}"
    return PADDING + LINE * len(textwrap.wrap(text, LETTERS))
