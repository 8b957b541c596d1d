"""Files of many rows on the command line: told what they would bring, taken whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from explorer import importingrdf
from explorer.markup import seen
from explorer.recorded import saved
from ingest.deciding import Desk
from ingest.imports import Source
from ingest.objections import RefusedError
from ingest.rdf.syntax import form_of
from ingest.readers import bytes_of
from ingest.tables.batches import Batch
from ingest.tables.mapping import shipped_mapping, shipped_mappings
from ingest.tables.preview import Change
from ingest.tables.reading import LIMITS
from ingest.tables.template import Form, template
from ontology.errors import ReformError, UsageError

MOST = 20
"""How many changes, and how many values that did not come in, a preview tells one by one."""


def mapping_of(given: str | None) -> Source | None:
    """Return a mapping by the name of a shipped one, or by its file.

    Raises NotFoundError when it is neither.
    """
    if given is None:
        return None
    path = Path(given)
    if given not in shipped_mappings() and path.is_file():
        return Source(path.name, bytes_of(path, LIMITS.size))
    return Source(f"{given}.yaml", shipped_mapping(given))


def take_in(
    desk: Desk,
    who: str,
    path: Path,
    mapping: str | None,
    keep: Callable[[str], bool],
    reason: str | None,
) -> str:
    """Preview a file, ask, and record it as one decision; return the line that says so.

    Raises RefusedError with a line for each mistake in it.
    """
    if _is_rdf(path, mapping):
        return importingrdf.take_in(desk, who, path, keep, reason)
    source, form = Source(path.name, bytes_of(path, LIMITS.size)), mapping_of(mapping)
    batch = desk.preview(who, source, form)
    if batch.errors:
        raise RefusedError(*map(str, batch.errors))
    if not keep(told(batch)):
        return "Nothing was done."
    return saved(desk.take_batch(who, source, form, batch, reason))


def _is_rdf(path: Path, mapping: str | None) -> bool:
    if form_of(path.name) is None:
        return False
    if mapping is not None:
        raise UsageError(f"{path}: RDF needs no mapping; that is for tables. Leave out --mapping.")
    return True


def told(batch: Batch) -> str:
    """Return in lines what a batch would bring in, and what of its rows would not come in."""
    counts = batch.counts
    lines = [
        f"{batch.document.title}",
        f"  {counts.rows:,} rows: {counts.recommendations:,} recommendations, {counts.merged:,} "
        f"rows that add an issuer to one, {counts.repeated:,} that say it again, "
        f"{counts.blank:,} blank, {counts.refused:,} refused",
        f"  {counts.new:,} recommendations new, {counts.changed:,} changed, "
        f"{counts.unchanged:,} as they are; {counts.issuers:,} pairs of recommendation and issuer",
        f"  new besides: {counts.statuses:,} statuses, {counts.actors:,} actors, "
        f"{counts.themes:,} themes",
    ]
    changed = [change for change in batch.changes if change.what == "changed"]
    for change in changed[:MOST]:
        lines += _change(change)
    if len(changed) > MOST:
        lines.append(f"  and {len(changed) - MOST} changed ones more")
    kept = [change for change in batch.changes if change.kept]
    for change in kept[:MOST]:
        lines += _kept(change)
    if len(kept) > MOST:
        lines.append(f"  and {len(kept) - MOST} more that a person decided")
    for one in batch.unmapped[:MOST]:
        lines.append(f"  not taken: {one.what} “{one.value}” in {one.rows:,} rows, "
                     f"first in row {one.first_row}")  # fmt: skip
    if len(batch.unmapped) > MOST:
        lines.append(f"  and {len(batch.unmapped) - MOST} values more that were not taken")
    return "\n".join(seen(line) for line in lines)


def _change(change: Change) -> list[str]:
    head = f"  row {change.row} changes recommendation/{change.recommendation}"
    return [head, *(f"    {f.field}: {f.old or '—'} → {f.new or '—'}" for f in change.fields)]


def _kept(change: Change) -> list[str]:
    head = (
        f"  not taken: row {change.row} says otherwise of "
        f"recommendation/{change.recommendation}, which a person decided"
    )
    return [
        head,
        *(f"    {f.field}: stays {f.old or '—'}, not {f.new or '—'}" for f in change.kept),
    ]


def as_json(desk: Desk, who: str, path: Path, mapping: str | None) -> str:
    """Return a preview as JSON; nothing is recorded."""
    if _is_rdf(path, mapping):
        return importingrdf.as_json(desk, who, path)
    source = Source(path.name, bytes_of(path, LIMITS.size))
    batch = desk.preview(who, source, mapping_of(mapping))
    return json.dumps(
        {
            "document": batch.document.id, "counts": asdict(batch.counts),
            "changes": [asdict(change) for change in batch.changes if change.what != "new"],
            "not_taken": [asdict(one) for one in batch.unmapped],
            "errors": [str(error) for error in batch.errors],
        },
        ensure_ascii=False, indent=2,
    )  # fmt: skip


def write_template(desk: Desk, out: Path, *, filled: bool) -> str:
    """Write the template, or the current recommendations in its form; return what was written.

    The file's ending decides between a workbook and CSV. Raises UsageError for another ending,
    ReformError for a file in the workspace or one that is there already, perhaps filled in.
    """
    from ingest.disk import refuse_within, write_atomically

    refuse_within(desk.journal.path.parent, out)
    if os.path.lexists(out):
        raise ReformError(f"{out}: is there already. Name another file.")
    if out.suffix.casefold() not in (".csv", ".xlsx"):
        raise UsageError(f"{out}: ends in neither .xlsx nor .csv. Name a file that does.")
    form: Form = "csv" if out.suffix.casefold() == ".csv" else "xlsx"
    write_atomically(out, template(desk.corpus(), form, filled=filled))
    return f"{out}: written. Fill it in, then say `reformgraph import {out.name}`."
