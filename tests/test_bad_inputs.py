"""Bad inputs of every kind: each refused in a line, soon, in little memory, with nothing changed.

The inputs are made when the tests run (`bad_inputs/`), so that no bomb lies in the repository.
"""

import hashlib
import json
import os
import queue
import re
import shutil
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).resolve().parent))

from bad_inputs import (
    backups,
    corpora,
    documents,
    names,
    outputs,
    queries,
    rdf,
    settings,
    shapes,
    spreadsheets,
)
from bad_inputs.case import Case

import explorer

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "graph" / "another_reform"
CASES: list[Case] = [
    *rdf.CASES, *queries.CASES, *documents.CASES, *backups.CASES, *names.CASES, *settings.CASES,
    *corpora.CASES, *spreadsheets.CASES, *outputs.CASES, *shapes.CASES,
]  # fmt: skip
SECONDS = 10.0
MEGABYTES = 512
LARGE = 200_000_000
"""Bytes of a file that is not hashed; those that are larger hold nothing."""
LINE = re.compile(r"[^\n]+: [^\n]+[.?] [^\n]+[.?]")
"""What is wrong where, and what to do."""
AT_ONCE = 2
"""How many cases run at once, each beside others in a workspace of its own."""


@dataclass(frozen=True)
class End:
    """How a command ended: its code and cost, its lines on stderr, and what it left behind."""

    code: int | str
    computed: float
    megabytes: int
    lines: list[str]
    printed: str
    changed: bool
    asked_others: bool


class Runner:
    """Runs commands in processes forked from one that is ready, on a workspace in use."""

    def __init__(self, folder: Path) -> None:
        """Start the process, and prepare the workspace: a snapshot, a document, decisions."""
        rooms = str(Path(explorer.__file__).parent.parent)
        self.server = subprocess.Popen(
            [sys.executable, str(HERE / "bad_inputs" / "running.py"), str(CORPUS)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": rooms},
        )  # fmt: skip
        self.folder, self.home = folder, folder / "home"
        words = "The Lakes Council urges the board to publish its fees.\n"
        (folder / "notes.txt").write_text(words)
        (folder / "stdin").write_bytes(b"")
        for command in (["add", "notes.txt", "--id", "notes"], ["build"]):
            given = {"REFORMGRAPH_REVIEWER": "Ada"}
            end = self.ask(asked_of(command, folder, folder, self.home, given))
            assert end["code"] == 0, (folder / "stderr").read_text()

    def ask(self, command: dict[str, Any]) -> dict[str, Any]:
        """Have one command run."""
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write(json.dumps(command) + "\n")
        self.server.stdin.flush()
        return dict(json.loads(self.server.stdout.readline()))

    def run(self, number: int, case: Case) -> End:
        """Make the inputs of a case, run its command, and see what became of all."""
        folder, home = self.folder / str(number), self.home
        inputs = folder / "inputs"
        inputs.mkdir(parents=True)
        case.write(inputs)
        if case.damage is not None:
            home = Path(shutil.copytree(home, folder / "home", symlinks=True))
            case.damage(home)
        (folder / "stdin").write_bytes(case.stdin)
        places = {"INPUTS": str(inputs), "HOME": str(home)}
        words = [filled(word, places) for word in case.words]
        given = {f"REFORMGRAPH_{k}": filled(value, places) for k, value in case.settings.items()}
        before = digest(home), digest(inputs)
        end = self.ask(
            asked_of(words, folder, inputs, home, {"REFORMGRAPH_REVIEWER": "Ada", **given})
            | {"apart": case.apart}
        )
        told = End(
            end["code"], end["computed"], end["megabytes"],
            (folder / "stderr").read_bytes().decode("utf-8").splitlines(),
            (folder / "stdout").read_text("utf-8", "replace")[:2000],
            (digest(home), digest(inputs)) != before, (folder / "network").exists(),
        )  # fmt: skip
        shutil.rmtree(folder, ignore_errors=True)
        return told


@pytest.fixture(scope="module")
def ends(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, End]:
    """How the commands of all cases that are asked for ended, by the names of the cases."""
    asked = [
        item.callspec.params["case"] for item in request.session.items
        if isinstance(item, pytest.Function) and "case" in getattr(item, "fixturenames", ())
        and item.path == request.path
    ]  # fmt: skip
    left: queue.SimpleQueue[tuple[int, Case]] = queue.SimpleQueue()
    for numbered in enumerate(asked):
        left.put(numbered)
    found: dict[str, End] = {}

    def work(folder: Path) -> None:
        runner = Runner(folder)
        with suppress(queue.Empty):
            while True:
                number, case = left.get_nowait()
                found[case.name] = runner.run(number, case)
        assert runner.server.stdin is not None
        runner.server.stdin.close()
        runner.server.wait(timeout=20)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(work, [tmp_path_factory.mktemp("cases") for _ in range(AT_ONCE)]))
    return found


def asked_of(
    words: list[str], folder: Path, inputs: Path, home: Path, given: dict[str, str]
) -> dict[str, Any]:
    """Return what is asked of the process that runs commands."""
    environment = {"REFORMGRAPH_HOME": str(home), "REFORMGRAPH_CORPUS": str(CORPUS), **given}
    return {
        "words": words, "apart": False, "folder": str(folder), "inputs": str(inputs),
        "seconds": 12 * SECONDS, "environment": environment,
    }  # fmt: skip


def digest(folder: Path) -> str:
    """Return one hash over all that lies in a folder: names, kinds, rights and bytes."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        size = status.st_size if stat.S_ISREG(status.st_mode) else 0
        told = f"{path.relative_to(folder)}\0{status.st_mode}\0{size}\0"
        found.update(told.encode(errors="replace"))
        if stat.S_ISREG(status.st_mode) and status.st_size < LARGE:
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def filled(word: str, places: dict[str, str]) -> str:
    """Return a word with the folder that it begins with."""
    for name, folder in places.items():
        word = word.replace(f"{{{name}}}", folder)
    return word


@pytest.mark.parametrize("case", CASES, ids=[f"refused is {case.name}" for case in CASES])
def test_a_bad_input_is_refused(case: Case, ends: dict[str, End]) -> None:
    end = ends[case.name]
    shown = "\n".join([*end.lines[:40], end.printed])
    assert end.code == case.code, shown
    assert len(end.lines) == case.lines, shown
    assert all(LINE.fullmatch(line) for line in end.lines), shown
    assert all(len(line) < 2000 for line in end.lines), shown
    assert case.says in shown
    assert not end.asked_others
    assert end.computed < SECONDS  # by the clock it may take longer on a busy machine
    assert end.megabytes < MEGABYTES
    assert not end.changed


def test_each_bad_input_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
