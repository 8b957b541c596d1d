"""How well the rules extract: the scores on the seed documents and on the UN reports.

    python benchmarks/scores.py GOLD DOCUMENTS REPORTS

Run from the project's folder. GOLD is the maintainers' folder with score.py and seeds.json,
DOCUMENTS the folder of the seed documents, REPORTS the one with score.py, the reports (PDF) and
the lists of their recommendations (CSV). Prints what the two scorers print.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rich.console import Console
from rich.progress import Progress

from ingest.extraction import extract_files


def score(title: str, documents: list[Path], scorer: Path, gold: list[Path]) -> bool:
    """Extract from documents, let the scorer compare, print; return whether all went well."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=len(documents))
        extraction = extract_files(documents, progress=lambda _: progress.advance(task))
    for failure in extraction.failures:
        sys.stderr.write(f"{failure.message}\n")
    sys.stdout.write(f"{title}: {len(documents)} documents\n")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.json"
        found.write_text(json.dumps(extraction.as_json()), encoding="utf-8")
        command: list[str | Path] = [sys.executable, scorer, found, *gold, "--per-doc"]
        return subprocess.run(command).returncode == 0 and not extraction.failures


def main() -> int:
    """Score both sets; return 1 when a document or a scorer failed."""
    if len(sys.argv) != 4:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    gold, documents, reports = map(Path, sys.argv[1:])
    named = json.loads((gold / "seeds.json").read_text(encoding="utf-8"))["documents"]
    seeds = [documents / document["doc"] for document in named]
    right = [
        score("Seed documents", seeds, gold / "score.py", [gold / "seeds.json"]),
        score(
            "UN reports",
            sorted(reports.glob("*.pdf")),
            reports / "score.py",
            sorted(reports.glob("*.csv")),
        ),
    ]
    return int(not all(right))


if __name__ == "__main__":
    sys.exit(main())
