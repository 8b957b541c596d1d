"""What changed in the data between two snapshots: what came, what went, what reads otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from graph.asking import in_order
from graph.closure import statements
from graph.entities import labels, name_of
from graph.store import Store
from ontology.identifiers import is_data, parse

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class DataChangeRow:
    """An entity that is only in one of two snapshots, or of which they state different things.

    `change` is added, removed or changed; `properties` are the IRIs of what reads otherwise.
    """

    entity: str
    kind: str
    label: str
    change: str
    properties: tuple[str, ...]


def what_changed_in_data(old: Store, new: Store) -> list[DataChangeRow]:
    """Return every entity that two snapshots tell differently, by kind and address.

    It compares what is stated, not what became of anything in the world: a mended slip is a
    change, too. Without a change the answer is empty.
    """
    before, after = statements(old), statements(new)
    names = {**labels(old), **labels(new)}
    rows = []
    for entity in before.keys() | after.keys():
        one, other = before.get(entity), after.get(entity)
        if one == other:
            continue
        change = ADDED if one is None else REMOVED if other is None else CHANGED
        differing = set(one or ()) ^ set(other or ()) if change == CHANGED else ()
        rows.append(
            DataChangeRow(
                entity=entity,
                kind=parse(entity)[0] if is_data(entity) else "",
                label=name_of(entity, names),
                change=change,
                properties=tuple(sorted({triple.property for triple in differing})),
            )
        )
    return sorted(in_order(rows), key=lambda row: (row.kind, row.change))


def totals(rows: Collection[DataChangeRow]) -> dict[str, dict[str, int]]:
    """Return how many of each kind were added, removed and changed."""
    counted = Counter((row.kind, row.change) for row in rows)
    return {
        kind: {change: counted[kind, change] for change in (ADDED, REMOVED, CHANGED)}
        for kind in sorted({row.kind for row in rows})
    }
