"""Where the nodes of a picture stand: the same place each time, and no label on another."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Mapping
from itertools import combinations, product
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
CLEAR: Final = 12.0
"""Pixels left free between a box and each of the parallel links that pass by."""
ROUNDS: Final = 300
FEW: Final = 6000
"""Links times nodes up to which boxes are pushed off links: more would take seconds."""

Place = tuple[float, float]
Size = tuple[float, float]
Link = tuple[int, int]


def lines(label: str) -> list[str]:
    """Break a label into the lines that a picture should draw."""
    return textwrap.wrap(label, LINE) or [""]


def box(label: str) -> Size:
    """Return width and height, in pixels, of the box around a label drawn in `lines`."""
    drawn = lines(label)
    width = max(len(line) for line in drawn) * CHARACTER + 2 * PADDING
    return width, len(drawn) * LINE_HEIGHT + 2 * PADDING


def positions(net: nx.MultiDiGraph[str], seed: int = 1) -> dict[str, Place]:
    """Return the centre of each node's box, in pixels; equal networks give equal pictures.

    Links pull nodes together (Fruchterman and Reingold, as in networkx) and the picture is turned
    to lie flat; then boxes are pushed off each other and off links that they do not belong to.
    """
    if not net:
        return {}
    nodes = sorted(net)
    place_of = {node: i for i, node in enumerate(nodes)}
    links = Counter(
        (min(ends), max(ends))
        for one, other in sorted(net.edges())
        for ends in [(place_of[one], place_of[other])]
        if one != other
    )
    boxes = [box(net.nodes[node]["label"]) for node in nodes]
    room = math.sqrt(sum((width + GAP) * (height + GAP) for width, height in boxes))
    # Boxes are wider than high, so the picture is too.
    places = [(x * room * 1.1, y * room * 0.7) for x, y in _flat(_pulled(len(nodes), links, seed))]
    return {
        node: (round(x, 1), round(y, 1))
        for node, (x, y) in zip(nodes, _apart(places, boxes, links), strict=True)
    }


def _pulled(count: int, links: Mapping[Link, int], seed: int) -> list[Place]:
    """Return places from the force layout, which begins with a circle."""
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(count))
    plain.add_edges_from(sorted(links))
    turn = 2 * math.pi / count
    start = {i: (math.cos(i * turn), math.sin(i * turn)) for i in range(count)}
    found = nx.spring_layout(
        plain, pos=start, k=1.6 / math.sqrt(count), iterations=200, seed=seed,
        method="force",
    )  # fmt: skip
    return [(float(found[i][0]), float(found[i][1])) for i in range(count)]


def _flat(places: list[Place]) -> list[Place]:
    """Turn places about their centre so that they spread most from left to right."""
    count = len(places)
    centre_x, centre_y = (sum(place[axis] for place in places) / count for axis in (0, 1))
    moved = [(x - centre_x, y - centre_y) for x, y in places]
    across = sum(x * x for x, _ in moved) - sum(y * y for _, y in moved)
    angle = math.atan2(2 * sum(x * y for x, y in moved), across) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in moved]


def _apart(places: list[Place], boxes: list[Size], links: Mapping[Link, int]) -> list[Place]:
    """Push boxes off each other and off links; what does not end is spread a little."""
    if len(links) * len(places) <= FEW:
        for _ in range(ROUNDS):
            moved = _push_off_links(places, boxes, links)
            if not _push(places, boxes) and not moved:
                break
    while True:
        for _ in range(ROUNDS):
            if not _push(places, boxes):
                return places
        places = [(x * 1.1, y * 1.1) for x, y in places]


def _push(places: list[Place], boxes: list[Size]) -> bool:
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


def _push_off_links(places: list[Place], boxes: list[Size], links: Mapping[Link, int]) -> bool:
    """Move each box off the links that run through it, straight away; tell whether any did."""
    moved = False
    for ((i, j), parallel), k in product(links.items(), range(len(places))):
        if k in (i, j):
            continue
        (ax, ay), (bx, by), (x, y) = places[i], places[j], places[k]
        length = math.hypot(bx - ax, by - ay) or 1.0
        along_x, along_y = (bx - ax) / length, (by - ay) / length
        along = (x - ax) * along_x + (y - ay) * along_y
        aside = (y - ay) * along_x - (x - ax) * along_y
        width, height = boxes[k]
        # Half of the box as seen along the link, and as seen across it.
        reach = (width * abs(along_x) + height * abs(along_y)) / 2
        need = (width * abs(along_y) + height * abs(along_x)) / 2 + CLEAR * parallel - abs(aside)
        if need > 0.5 and -reach < along < length + reach:
            moved = True
            step = math.copysign(need, aside)
            places[k] = (x - along_y * step, y + along_x * step)
    return moved
