"""What it costs to import UPR Info's lists: rows accounted for, seconds, and the rules' verdict.

    python -m benchmarks.upr_import FILE.csv...            counts and seconds
    python -m benchmarks.upr_import FILE.csv... --check    holds the result against all rules too

Run from the project's folder. Exits with 1 when a row is not accounted for, a file gives other
facts the second time, or there is a Violation.
"""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time
from pathlib import Path

from ingest.pipeline import snapshot_of
from ingest.reading import Corpus, LoadedFile, joined, read_files, shipped_corpus
from ingest.tables.batches import Batch, read_batch
from ingest.tables.mapping import shipped_mapping
from ontology.validation import counts, validate

AT = dt.datetime.now(dt.UTC).replace(microsecond=0)


def read(path: Path, files: list[LoadedFile], links: dict[str, str] | None = None) -> Batch:
    """Return one list as a batch, held against what was read before."""
    return read_batch(
        path.read_bytes(), path.name, shipped_mapping("upr-info"), Corpus(files),
        at=AT, by="reformgraph-maintainers", links=links,
    )  # fmt: skip


def accounted(batch: Batch) -> bool:
    """Print what became of the rows; tell whether none is missing."""
    n = batch.counts
    sys.stdout.write(
        f"  {n.rows} rows = {n.recommendations} recommendations + {n.merged} that add an issuer "
        f"+ {n.repeated} repeated + {n.blank} blank + {n.refused} refused\n"
        f"  {n.issuers} issuers, {n.statuses} responses, {n.actors} new actors, "
        f"{n.themes} new themes\n"
    )
    for one in batch.unmapped:
        sys.stdout.write(f"  not mapped: {one.what} {one.value}, {one.rows} rows\n")
    return n.rows == n.recommendations + n.merged + n.repeated + n.blank + n.refused


def main(paths: list[Path], check: bool) -> int:
    """Import the lists one after another and print the figures."""
    files, good = list(read_files(shipped_corpus())), True
    for number, path in enumerate(paths, 1):
        start = time.perf_counter()
        batch = read(path, files)
        sys.stdout.write(f"{path.name}: {time.perf_counter() - start:.1f} s\n")
        good &= accounted(batch) and not batch.errors and read(path, files, batch.links) == batch
        files += batch.loaded(number=number)
    start = time.perf_counter()
    snapshot = snapshot_of(joined(files))
    sys.stdout.write(f"{len(snapshot.quads)} quads: {time.perf_counter() - start:.1f} s\n")
    start = time.perf_counter()
    size = len(snapshot.to_bytes())
    sys.stdout.write(f"{size / 1e6:.0f} MB written: {time.perf_counter() - start:.1f} s\n")
    if check:
        start = time.perf_counter()
        found = counts(validate(snapshot.data()))
        sys.stdout.write(f"rules: {found}: {time.perf_counter() - start:.0f} s\n")
        good &= found["Violation"] == 0
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"memory at most {memory} MB\n")
    return 0 if good else 1


if __name__ == "__main__":
    named = [Path(word) for word in sys.argv[1:] if word != "--check"]
    sys.exit(main(named, "--check" in sys.argv))
