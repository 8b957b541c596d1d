"""Where the nodes of a selection's picture stand: who asks, what is asked, who is asked."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import networkx as nx

from explorer.layout import Places

APART: float = 430.0
"""Pixels from one column to the next."""
WIDEST_GAP = 180.0
"""Pixels between two nodes of a column that has room to spare."""
LETTERS, LINE, AROUND = 24, 20.0, 34.0
"""Letters in a line of a label; pixels of a line, and around a label."""


def in_columns(net: nx.MultiDiGraph[str], asked: Sequence[str]) -> Places:
    """Place recommendations in the middle in their order, issuers to the left, all else right.

    The same network gives the same places, in pixels, the centre of each label.
    """
    middle = [node for node in asked if node in net]
    sources = {one for one, other, _ in net.edges if other in middle} - set(middle)
    columns = (
        _beside(net, sources, middle), middle, _beside(net, set(net) - sources - {*middle}, middle)
    )  # fmt: skip
    rows = [[_height(net, node) for node in nodes] for nodes in columns]
    tallest = max(map(sum, rows))
    places: Places = {}
    for number, (nodes, heights) in enumerate(zip(columns, rows, strict=True)):
        gap = min((tallest - sum(heights)) / (len(nodes) + 1), WIDEST_GAP)
        y = -(sum(heights) + gap * (len(nodes) - 1)) / 2
        for node, height in zip(nodes, heights, strict=True):
            places[node] = ((number - 1) * APART, round(y + height / 2, 1))
            y += height + gap
    return places


def _beside(net: nx.MultiDiGraph[str], nodes: set[str], middle: Sequence[str]) -> list[str]:
    """Sort nodes by the mean place of the recommendations they are linked to."""
    at = {node: number for number, node in enumerate(middle)}

    def mean(node: str) -> tuple[float, str]:
        near = [at[other] for other in nx.all_neighbors(net, node) if other in at]
        return (sum(near) / len(near) if near else len(middle), node)

    return sorted(nodes, key=mean)


def _height(net: nx.MultiDiGraph[str], node: str) -> float:
    text = f"{net.nodes[node].get('label')} (organisation)"
    return AROUND + LINE * len(textwrap.wrap(text, LETTERS))
