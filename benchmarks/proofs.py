"""What is promised and how often it was tried: one table, to be run by hand before a release.

    python -m benchmarks.proofs [SCALE [PART ...]]

Run from the project's folder. SCALE multiplies the numbers of the suite, 10 unless said; with
parts named, only those are run. Prints a table in Markdown, and below it a line for each failure;
exit code 1 when there is one.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console

from benchmarks import canaries, durability, load
from benchmarks.cases import Proof

PARTS: dict[str, Callable[[Path, int], Iterator[Proof]]] = {
    "durability": durability.all_proofs,
    "load": load.all_proofs,
    "canaries": canaries.all_proofs,
}
"""Each yields proofs; they work in a folder of their own."""


def main() -> int:
    """Run all proofs and print the table; return the exit code."""
    scale = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    out, errors = Console(soft_wrap=True, highlight=False, markup=False), Console(stderr=True)
    chosen = sys.argv[2:] or list(PARTS)
    if strange := set(chosen) - set(PARTS):
        errors.print(f"{', '.join(sorted(strange))}: no such part. There are {', '.join(PARTS)}.")
        return 2
    out.print("| promise | cases | failures | seconds |\n|---|---:|---:|---:|")
    broken: list[str] = []
    for prover in (PARTS[name] for name in chosen):
        with tempfile.TemporaryDirectory() as folder:
            began = time.monotonic()
            for proof in prover(Path(folder), scale):
                took, began = time.monotonic() - began, time.monotonic()
                out.print(
                    f"| {proof.promise} | {proof.cases:,} | {len(proof.failures)} | {took:.0f} |"
                )
                broken += proof.failures
    for line in broken:
        errors.print(line)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
