"""Two snapshots side by side: what the newer one added, took away and tells otherwise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from explorer.settings import Settings
from explorer.workspace import current_snapshot
from graph.releases import ADDED, CHANGED, REMOVED, DataChangeRow, totals, what_changed_in_data
from graph.store import Store, open_store
from ontology.errors import StoreError, UsageError
from ontology.identifiers import curie

LARGEST = 1_000_000_000
"""Bytes of a snapshot; one of all lists of the UPR has a seventh."""
SIGNS = {ADDED: "+", REMOVED: "-", CHANGED: "~"}


def compare(settings: Settings, old: Path, new: Path | None, as_json: bool) -> str:
    """Return what changed from one snapshot to another, or to the workspace's own.

    Raises UsageError for a file that is not there, StoreError for one that is no snapshot.
    """
    newer = _opened(new) if new else open_store(settings.store, current_snapshot(settings))
    rows = what_changed_in_data(_opened(old), newer)
    if as_json:
        return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2)
    return "\n".join([*_counts(rows), *(_line(row) for row in rows)])


def _opened(path: Path) -> Store:
    if not path.is_file():
        raise UsageError(f"{path}: is no file. Name a snapshot that `reformgraph build` made.")
    if path.stat().st_size > LARGEST:
        raise UsageError(f"{path}: is larger than {LARGEST:,} bytes. Name a snapshot.")
    try:
        return open_store("memory:", path)
    except StoreError as error:
        raise StoreError(f"{path}: {error}") from error


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
    return f"{SIGNS[row.change]} {curie(row.entity)}  {row.label}{f'  ({what})' if what else ''}"
