"""Two releases of the data, side by side."""

from __future__ import annotations

import pytest

from graph.releases import totals, what_changed_in_data
from graph.store import open_store
from ontology.terms import ID

PANEL = "recommendation/open-locks-2014-panel"


@pytest.fixture
def released(river_engines) -> bytes:
    return river_engines.snapshot


def told(old: bytes, new: bytes) -> list[tuple[str, str, tuple[str, ...]]]:
    rows = what_changed_in_data(open_store("memory:", old), open_store("memory:", new))
    return [
        (row.entity.removeprefix(ID), row.change,
         tuple(name.rpartition("#")[2] for name in row.properties))
        for row in rows
    ]  # fmt: skip


def test_the_same_data_tell_the_same(released: bytes) -> None:
    assert told(released, released) == []


def test_a_word_that_reads_otherwise_is_a_change_of_that_property(released: bytes) -> None:
    label = b"A panel for complaints thrown out as idle"
    assert label in released
    changed = released.replace(label, b"A panel for idle complaints")
    assert told(released, changed) == [(PANEL, "changed", ("prefLabel",))]


def test_what_is_only_in_one_of_them_came_or_went(released: bytes) -> None:
    node = f"<{ID}{PANEL}> ".encode()
    without = b"".join(
        line for line in released.splitlines(keepends=True) if not line.startswith(node)
    )
    assert told(without, released) == [(PANEL, "added", ())]
    assert told(released, without) == [(PANEL, "removed", ())]
    rows = what_changed_in_data(open_store("memory:", without), open_store("memory:", released))
    assert totals(rows) == {"recommendation": {"added": 1, "removed": 0, "changed": 0}}
