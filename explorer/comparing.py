"""Two snapshots side by side: what the newer one added, took away and tells otherwise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from explorer.markup import seen
from explorer.releases import open_release
from explorer.settings import Settings
from explorer.workspace import current_snapshot
from graph.releases import ADDED, CHANGED, REMOVED, DataChangeRow, totals, what_changed_in_data
from graph.store import open_store
from ontology.identifiers import curie

SIGNS = {ADDED: "+", REMOVED: "-", CHANGED: "~"}


def compare(settings: Settings, old: Path, new: Path | None, as_json: bool) -> str:
    """Return what changed from one snapshot to another, or to the workspace's own.

    Raises ReformError for a file that is no snapshot: it is not this workspace that is damaged.
    """
    newer = (
        open_release(new).store if new else open_store(settings.store, current_snapshot(settings))
    )
    rows = what_changed_in_data(open_release(old).store, newer)
    if as_json:
        return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2)
    return "\n".join([*_counts(rows), *(_line(row) for row in rows)])


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
