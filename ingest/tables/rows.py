"""Rows of a table as passages: what a row is known by, and where it is found again.

Apart from `structure`, which the process that reads a table loads: it needs no passages, and what
they load would take it longer than to read most tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.passages import Verdict, normalise, sha256
from ingest.sources import Passage
from ingest.tables.structure import Row, Table


def row_text(cells: Sequence[str]) -> str:
    """Return the text of a row that its hashes are of: the cells joined by tabs, no blank end."""
    return "\t".join(cells).rstrip("\t")


def row_passage(row: Row, section: str) -> Passage:
    """Return the passage that a row is: its number and the two hashes of its text."""
    text = row_text(row.cells)
    return Passage(
        section=section, locator=f"row={row.number}",
        raw=sha256(text), normalised=sha256(normalise(text)),
    )  # fmt: skip


def verify_rows(passages: Iterable[Passage], table: Table) -> list[tuple[Verdict, int | None]]:
    """Look for rows in the table at hand: VERIFIED, MOVED with the new number, or CHANGED.

    A passage that is no row of a table is LOCATOR_ONLY here.
    """
    numbers: dict[str, list[int]] = {}
    for row in table.rows:
        numbers.setdefault(sha256(normalise(row_text(row.cells))), []).append(row.number)
    found: list[tuple[Verdict, int | None]] = []
    for passage in passages:
        same = numbers.get(passage.normalised or "", [])
        if passage.row is None or passage.normalised is None:
            found.append((Verdict.LOCATOR_ONLY, None))
        elif passage.row in same:
            found.append((Verdict.VERIFIED, passage.row))
        else:
            found.append((Verdict.MOVED, same[0]) if same else (Verdict.CHANGED, None))
    return found
