"""Where the nodes of a picture stand: the same place each time, and no label on another."""

from __future__ import annotations

import math
import textwrap
from itertools import combinations
from typing import Final

import networkx as nx

LINE: Final = 22
"""Characters in one line of a label."""
CHARACTER, LINE_HEIGHT = 7.5, 18.0
"""Width of a character and height of a line, in pixels, at 14 pixels of font size."""
PADDING: Final = 14.0
"""Pixels between the words of a label and the edge of its box."""
GAP: Final = 34.0
"""Pixels left free between two boxes, so that an edge and its words find room."""
ROUNDS: Final = 400

Place = tuple[float, float]


def lines(label: str) -> list[str]:
    """Break a label into the lines that a picture should draw."""
    return textwrap.wrap(label, LINE) or [""]


def box(label: str) -> tuple[float, float]:
    """Return width and height, in pixels, of the box around a label drawn in `lines`."""
    drawn = lines(label)
    width = max(len(line) for line in drawn) * CHARACTER + 2 * PADDING
    return width, len(drawn) * LINE_HEIGHT + 2 * PADDING


def positions(net: nx.MultiDiGraph[str], seed: int = 1) -> dict[str, Place]:
    """Return the centre of each node's box, in pixels; equal networks give equal pictures.

    Links pull nodes together (Fruchterman and Reingold, as in networkx); then boxes that overlap
    are pushed apart.
    """
    nodes = sorted(net)
    boxes = [box(net.nodes[node]["label"]) for node in nodes]
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(nodes)
    plain.add_edges_from(
        sorted({(min(edge), max(edge)) for edge in net.edges() if len(set(edge)) > 1})
    )
    start = {
        node: (math.cos(turn), math.sin(turn))
        for i, node in enumerate(nodes)
        for turn in [2 * math.pi * i / len(nodes)]
    }
    pulled = nx.spring_layout(
        plain, pos=start, k=1.6 / math.sqrt(max(len(nodes), 1)), iterations=200, seed=seed,
        method="force",
    )  # fmt: skip
    room = math.sqrt(sum((width + GAP) * (height + GAP) for width, height in boxes))
    # Boxes are wider than high, so the picture is too.
    places = [
        (float(x) * room * 1.1, float(y) * room * 0.7) for x, y in (pulled[node] for node in nodes)
    ]
    return {
        node: (round(x, 1), round(y, 1))
        for node, (x, y) in zip(nodes, _apart(places, boxes), strict=True)
    }


def _apart(places: list[Place], boxes: list[tuple[float, float]]) -> list[Place]:
    """Push boxes apart until none overlaps; when that does not end, spread the picture a little."""
    while True:
        for _ in range(ROUNDS):
            if not _push(places, boxes):
                return places
        places = [(x * 1.1, y * 1.1) for x, y in places]


def _push(places: list[Place], boxes: list[tuple[float, float]]) -> bool:
    """Move each two boxes that overlap apart, on the axis that needs less; tell whether any did."""
    moved = False
    for i, j in combinations(range(len(places)), 2):
        dx, dy = places[j][0] - places[i][0], places[j][1] - places[i][1]
        over_x = (boxes[i][0] + boxes[j][0]) / 2 + GAP - abs(dx)
        over_y = (boxes[i][1] + boxes[j][1]) / 2 + GAP - abs(dy)
        if over_x > 0.5 and over_y > 0.5:
            moved = True
            x = math.copysign(over_x / 2, dx) if over_x < over_y else 0.0
            y = math.copysign(over_y / 2, dy) if over_x >= over_y else 0.0
            places[i] = (places[i][0] - x, places[i][1] - y)
            places[j] = (places[j][0] + x, places[j][1] + y)
    return moved
