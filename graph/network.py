"""The graph as a network: who is linked to whom by what, as networkx wants it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import networkx as nx

from graph.store import Store

Net = nx.MultiDiGraph
"""Nodes are IRIs with `label`, `kind`, `subkind`. Edges have the statement's IRI as key, and
`label`, `statement`, `kind` (relation, transfer, candidacy, safeguard, recommendation, claim),
`attributed_to` and `passages` (tuples of IRIs), `passage`, `document`, `date` (EDTF), `earliest`,
`allegation`."""


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
    attributed_to: tuple[str, ...]
    date: str | None
    statement: str
    passages: tuple[str, ...]


def network(store: Store, as_of: dt.date | None = None) -> Net:
    """Return the whole network of the snapshot."""
    raise NotImplementedError


def around(net: Net, centres: Collection[str], longest: int = 1, limit: int = 25) -> Net:
    """Return the part of at most `limit` nodes within `longest` steps of the centres."""
    raise NotImplementedError


def links_between(
    net: Net, one: str, other: str, longest: int = 3
) -> list[list[tuple[str, str, str]]]:
    """Return the ways between two nodes, shortest first, as lists of edges (source, target, key);
    an edge may be walked against its direction."""
    raise NotImplementedError


def positions(net: Net, seed: int = 1) -> dict[str, tuple[float, float]]:
    """Return the same place (in pixels, the centre of its label) for the same node each time."""
    raise NotImplementedError


def edge_rows(net: Net) -> list[EdgeRow]:
    """Return the edges as rows, sorted."""
    raise NotImplementedError
