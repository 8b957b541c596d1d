"""What extraction costs: time against pypdf's own reading of the same files, and peak memory.

    python benchmarks/extraction.py FILE.pdf...

Run from the project's folder. Prints one line of figures; exits with 1 when a bound is broken.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pypdf
from rich.progress import Progress

from ingest.extraction import extract_files

MOST_TIMES = 3.0  # of the time that pypdf takes for the text alone
MOST_MEMORY = 500  # MB, the larger of this process and the reading one


def text_alone(paths: list[Path]) -> tuple[float, int]:
    """Return the seconds pypdf takes for the text of all pages, and the number of pages."""
    begun, pages = time.perf_counter(), 0
    for path in paths:
        reader = pypdf.PdfReader(path)
        for page in reader.pages:
            page.extract_text()
        pages += len(reader.pages)
    return time.perf_counter() - begun, pages


def main() -> int:
    """Measure and print; return 1 when a bound is broken."""
    paths = [Path(argument) for argument in sys.argv[1:]]
    with Progress() as progress:
        task = progress.add_task("extracting", total=len(paths))
        begun = time.perf_counter()
        extraction = extract_files(paths, progress=lambda _: progress.advance(task))
        whole = time.perf_counter() - begun
    memory = max(
        resource.getrusage(who).ru_maxrss // 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    alone, pages = text_alone(paths)
    sys.stdout.write(
        f"{len(paths)} files, {pages} pages, {len(extraction.candidates)} candidates: "
        f"{whole:.1f} s, {whole / alone:.2f} times pypdf alone ({alone:.1f} s), {memory} MB\n"
    )
    return int(whole > MOST_TIMES * alone or memory > MOST_MEMORY)


if __name__ == "__main__":
    sys.exit(main())
