"""Fuzzing of every reader: whatever the bytes, they are read or refused in a line.

    python -m benchmarks.fuzzing [--minutes N] [READER…]

Run from the project's folder. With atheris (the group `fuzz`) the inputs are guided by what code
they reach; without it they are made at random. Prints a table in Markdown, and below it each kind
of failure with an input that makes it, in base64; exit code 1 when there is one.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console

GUIDED_BY = ["ingest", "graph", "ontology", "pypdf", "docx", "openpyxl", "yaml"]
"""Whose code counts as reached."""
HAS_ATHERIS = importlib.util.find_spec("atheris") is not None


def main() -> int:
    """Fuzz the readers named, or all, one after the other; return the exit code."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.fuzzing")
    asked.add_argument("readers", nargs="*", metavar="READER")
    asked.add_argument(
        "--minutes", type=float, default=30.0, help="of work of a core for each reader"
    )
    asked.add_argument("--apart", metavar="FILE", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    seconds = int(60 * given.minutes)
    if given.apart is not None:
        _fuzz_here(given.readers[0], seconds, given.apart)
        return 0
    readers = given.readers or list(importlib.import_module("benchmarks.readers").targets())
    out = Console(soft_wrap=True, highlight=False, markup=False)
    out.print("Guided by coverage (atheris)." if HAS_ATHERIS else "Made at random, not guided.")
    out.print("\n| reader | inputs | refused | failures | seconds of work | of the clock |")
    out.print("|---|---:|---:|---:|---:|---:|")
    failed: list[str] = []
    for name in readers:
        began = time.monotonic()
        told = _fuzz_apart(name, seconds)
        failures = told.get("failures", {})
        out.print(
            f"| {name} | {told.get('inputs', 0):,} | {told.get('refused', 0):,} | "
            f"{len(failures)} | {told.get('work', 0):.0f} | {time.monotonic() - began:.0f} |"
        )
        failed += [f"{name}: {kind}: {data}" for kind, data in failures.items()]
    for line in failed:
        out.print(line)
    return 1 if failed else 0


def _fuzz_apart(name: str, seconds: int) -> dict[str, Any]:
    """Fuzz one reader in a process of its own; one that dies or hangs is a failure as well.

    Time is work of a core, not of the clock: on a machine that does much else, half an hour of the
    clock may be a minute of work. A process that had a tenth of a core or less has hung.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        command = [sys.executable, "-m", "benchmarks.fuzzing", name, "--apart", str(told)]
        try:
            done = subprocess.run(
                [*command, "--minutes", str(seconds / 60)],
                capture_output=True, timeout=10 * seconds + 120, check=False,
            )  # fmt: skip
            end, said = f"the process ended with {done.returncode}", done.stderr
            failed = done.returncode != 0
        except subprocess.TimeoutExpired as hung:
            end, said, failed = "the process hung", hung.stderr or b"", True
        found: dict[str, Any] = json.loads(told.read_text()) if told.exists() else {}
        if failed or not found:
            tail = said.decode(errors="replace")[-300:].replace("\n", " ")
            found.setdefault("failures", {})[end] = tail
        return found


def _fuzz_here(name: str, seconds: int, told: Path) -> None:
    """Fuzz one reader in this process and write down what came of it, now and then."""
    if not HAS_ATHERIS:
        readers = importlib.import_module("benchmarks.readers")
        outcome = readers.fuzz(readers.targets()[name], seconds, random.randrange(2**32))
        told.write_text(json.dumps({**vars(outcome), "work": time.process_time()}))
        return
    import atheris

    with atheris.instrument_imports(include=GUIDED_BY):
        readers = importlib.import_module("benchmarks.readers")
    target, outcome, chance = readers.targets()[name], readers.Outcome(), random.Random()
    began = written = time.process_time()

    def one(data: bytes) -> None:
        nonlocal written
        known = len(outcome.failures)
        outcome.try_one(target.read, data)
        now = time.process_time()
        if len(outcome.failures) > known or now - written > 1:
            told.write_text(json.dumps({**vars(outcome), "work": now - began}))
            written = now
        if now - began > seconds:
            # The fuzzer itself knows only the clock and offers no way to end it but this.
            os._exit(0)

    def made(data: bytes, longest: int, seed: int) -> bytes:
        chance.seed(seed)
        of_ours = not data or chance.random() < 0.3
        found = readers.mutated(target, chance) if of_ours else atheris.Mutate(data, longest)
        return bytes(found[:longest])

    limits = [f"-max_len={readers.LONGEST}", "-rss_limit_mb=2048"]
    atheris.Setup(["fuzzing", *limits], one, custom_mutator=made)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
