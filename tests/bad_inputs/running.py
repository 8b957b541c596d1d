"""Runs commands on bad inputs: each in a process forked from one that has imported all there is.

Reads one line of JSON for each command from its standard input and writes one line for each end.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import json
import multiprocessing.context
import os
import resource
import select
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import rdflib
import typer.main

IMPORTED = (
    "explorer.anchoring", "explorer.asking", "explorer.chain", "explorer.checking",
    "explorer.cli", "explorer.deciding", "explorer.extracting", "explorer.importing",
    "explorer.safekeeping", "explorer.sparql", "explorer.takingin", "explorer.workspace",
    "graph.store", "ingest.fetching", "ingest.names", "ingest.rdf.taking", "ingest.readers.docx", "ingest.readers.html",
    "ingest.readers.language", "ingest.readers.pdf", "ingest.safekeeping",
    "ingest.tables.batches", "ingest.tables.workbook", "ontology.validation", "openpyxl", "pyshacl",
)  # fmt: skip
MOST_MEMORY = 4 * 1024**3
"""Bytes of address space; only so that a case which goes wrong does not stop the machine."""
WAYS_OUT = {
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.gethostbyaddr",
}  # fmt: skip


def main() -> None:
    """Import, then run what is asked until nobody asks."""
    for name in IMPORTED:
        importlib.import_module(name)
    _prepare(Path(sys.argv[1]))
    gc.collect()
    gc.freeze()  # a collector that looks at all there is would copy it for each case
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run(json.loads(line))) + "\n")
        sys.stdout.flush()


def _prepare(corpus: Path) -> None:
    """Do once what each command would do again: read ontology, rules and corpus, lay out commands.

    None of it depends on what a case gives, and to do it for each takes longer than most cases.
    """
    reading = importlib.import_module("ingest.reading")
    reading.read_file = functools.cache(reading.read_file)
    reading.read_corpus(corpus)
    terms = importlib.import_module("ontology.terms")
    for name in terms.scheme_names():
        terms.scheme(name)
    importlib.import_module("ontology.validation").validate(rdflib.Graph())
    importlib.import_module("ingest.readers.isolated")._load_what_all_need()
    commands = typer.main.get_command(sys.modules["explorer.cli"].app)
    typer.main.get_command = lambda _: commands


def run(asked: dict[str, Any]) -> dict[str, Any]:
    """Run one command to its end, or to the end of its time."""
    folder = Path(asked["folder"])
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        _be_the_command(asked, folder)
    ended = os.pidfd_open(child)
    in_time = bool(select.select([ended], [], [], asked["seconds"])[0])
    os.close(ended)
    seconds = time.monotonic() - begun
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what it started and did not end
    _, status, used = os.wait4(child, 0)
    return {
        "code": os.waitstatus_to_exitcode(status) if in_time else "not ended",
        "seconds": round(seconds, 2),
        "computed": round(used.ru_utime + used.ru_stime, 2),
        "megabytes": used.ru_maxrss // 1024,
    }


def _be_the_command(asked: dict[str, Any], folder: Path) -> None:
    os.setpgid(0, 0)
    code: Any = 1
    try:
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            os.dup2(os.open(folder / name, flags, 0o600), number)
        sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
        for name in [name for name in os.environ if name.startswith("REFORMGRAPH_")]:
            del os.environ[name]
        os.environ.update(asked["environment"])
        os.chdir(asked["inputs"])
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        sys.addaudithook(_tell_of_ways_out(folder / "network"))
        if not asked["apart"]:
            # To start a reader's process anew would take a second for each case.
            isolated = importlib.import_module("ingest.readers.isolated")
            isolated._Context = multiprocessing.context.ForkContext
        sys.argv = ["reformgraph", *asked["words"]]
        sys.modules["explorer.cli"].app()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1 if end.code else 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _tell_of_ways_out(told: Path) -> Any:
    def tell(event: str, arguments: tuple[Any, ...]) -> None:
        if event in WAYS_OUT:
            with told.open("a") as file:
                file.write(f"{event} {arguments[1:]}\n")
            raise PermissionError(event)

    return tell


if __name__ == "__main__":
    main()
