"""Two snapshots side by side: what the newer one added, took away and tells otherwise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pyoxigraph as ox

from explorer.markup import seen
from explorer.settings import Settings
from explorer.workspace import current_snapshot
from graph.releases import ADDED, CHANGED, REMOVED, DataChangeRow, totals, what_changed_in_data
from graph.store import Store, open_store
from ontology.errors import ReformError
from ontology.identifiers import curie

LARGEST = 1_000_000_000
"""Bytes of a snapshot; one of all lists of the UPR has a seventh."""
SIGNS = {ADDED: "+", REMOVED: "-", CHANGED: "~"}


def compare(settings: Settings, old: Path, new: Path | None, as_json: bool) -> str:
    """Return what changed from one snapshot to another, or to the workspace's own.

    Raises ReformError for a file that is no snapshot: it is not this workspace that is damaged.
    """
    newer = _opened(new) if new else open_store(settings.store, current_snapshot(settings))
    rows = what_changed_in_data(_opened(old), newer)
    if as_json:
        return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2)
    return "\n".join([*_counts(rows), *(_line(row) for row in rows)])


def _opened(path: Path) -> Store:
    if not path.is_file():
        raise ReformError(f"{path}: is no file. Name a snapshot that `reformgraph build` made.")
    if path.stat().st_size > LARGEST:
        raise ReformError(f"{path}: is larger than {LARGEST:,} bytes. Name a snapshot.")
    _look_through(path)
    return open_store("memory:", path)


def _look_through(path: Path) -> None:
    """Refuse what is no N-Quads before it is held in memory."""
    try:
        if sum(1 for _ in ox.parse(path=path, format=ox.RdfFormat.N_QUADS)) == 0:
            raise ReformError(f"{path}: states nothing. Name a snapshot.")
    except (SyntaxError, ValueError, MemoryError, OSError) as error:  # a line may be too long
        line = f" line {error.lineno}" if isinstance(error, SyntaxError) else ""
        what = str(error).removeprefix("Parser error at ")
        raise ReformError(
            f"{path}{line}: is no snapshot ({what}). Name one that `reformgraph build` made."
        ) from error


def _counts(rows: Sequence[DataChangeRow]) -> list[str]:
    if not rows:
        return ["The two state the same."]
    lines = [
        f"{kind}: {counts[ADDED]} added, {counts[REMOVED]} removed, {counts[CHANGED]} changed"
        for kind, counts in totals(rows).items()
    ]
    return [*lines, ""]


def _line(row: DataChangeRow) -> str:
    what = ", ".join(curie(name) for name in row.properties)
    told = f"{SIGNS[row.change]} {curie(row.entity)}  {row.label}{f'  ({what})' if what else ''}"
    return seen(told)
