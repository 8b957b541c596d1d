"""RDF files in commands and on the page: told what they would change, taken whole or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from explorer.markup import seen
from explorer.recorded import saved
from ingest.deciding import Desk
from ingest.imports import Source
from ingest.objections import RefusedError
from ingest.rdf.differences import Change
from ingest.rdf.parsing import LIMITS
from ingest.rdf.taking import Preview, in_a_line, preview, take
from ingest.readers import bytes_of

MOST = 20
"""How many entries a preview tells one by one."""


def take_in(
    desk: Desk, who: str, path: Path, keep: Callable[[str], bool], reason: str | None
) -> str:
    """Preview a file, ask, and record it as one decision; return the line that says so.

    Raises RefusedError, in one line, for a file that may not come in.
    """
    source = Source(path.name, bytes_of(path, LIMITS.size))
    found = preview(desk, who, source)
    if found.faults:
        raise RefusedError(seen(in_a_line(path.name, found.faults)))
    if not found.brings_nothing and not keep(told(found)):
        return "Nothing was done."
    return saved(take(desk, who, source, found, reason))


def as_json(desk: Desk, who: str, path: Path) -> str:
    """Return a preview as JSON; nothing is recorded."""
    found = preview(desk, who, Source(path.name, bytes_of(path, LIMITS.size)))
    return json.dumps(
        {
            "document": found.batch.document.id,
            "statements": found.difference.statements, "known": found.difference.known,
            "new": found.batch.counts, "left_out": dict(found.batch.left_out),
            "changes": [asdict(change) for change in found.difference.changes],
            "errors": list(found.faults),
        },
        ensure_ascii=False, indent=2,
    )  # fmt: skip


def told(found: Preview) -> str:
    """Return in lines what a file would change, and what of it is not taken."""
    is_, changes = found.difference, found.difference.changes
    fresh = is_.statements - is_.known
    counts = ", ".join(f"{count:,} {kind}" for kind, count in found.batch.counts.items())
    lines = [
        found.batch.document.title,
        f"  {is_.statements:,} statements: {fresh:,} new, {is_.known:,} known already",
        f"  new entries: {counts or 'none'}",
    ]
    for what in ("new", "adds"):
        of = [change for change in changes if change.what == what]
        for change in of[:MOST]:
            lines += _change(change)
        if len(of) > MOST:
            lines.append(f"  and {len(of) - MOST:,} more of those")
    for reason, count in found.batch.left_out.items():
        lines.append(f"  not taken: {count:,} {reason}")
    return "\n".join(seen(line) for line in lines)


def _change(change: Change) -> list[str]:
    named = f"{change.entry}: {change.label}" if change.label else change.entry
    if change.what == "new":
        return [f"  new: {named}"]
    return [f"  adds to {change.entry}", *(f"    {what}: {value}" for what, value in change.added)]
