"""Bad inputs of every kind: each refused in a line, soon, in little memory, with nothing changed.

The inputs are made when the tests run (`bad_inputs/`), so that no bomb lies in the repository.
"""

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
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
    spreadsheets,
)
from bad_inputs.case import Case

import explorer

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "graph" / "another_reform"
CASES: list[Case] = [
    *rdf.CASES, *queries.CASES, *documents.CASES, *backups.CASES, *names.CASES, *settings.CASES,
    *corpora.CASES, *spreadsheets.CASES, *outputs.CASES,
]  # fmt: skip
SECONDS = 10.0
MEGABYTES = 512
LARGE = 200_000_000
"""Bytes of a file that is not hashed; those that are larger hold nothing."""
LINE = re.compile(r"[^\n]+: [^\n]+[.?] [^\n]+[.?]")
"""What is wrong where, and what to do."""
Run = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """The function that runs a command in a process forked from one that is ready."""
    rooms = str(Path(explorer.__file__).parent.parent)
    server = subprocess.Popen(
        [sys.executable, str(HERE / "bad_inputs" / "running.py"), str(CORPUS)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": rooms},
    )  # fmt: skip
    assert server.stdin is not None
    assert server.stdout is not None

    def asked(command: dict[str, Any]) -> dict[str, Any]:
        server.stdin.write(json.dumps(command) + "\n")
        server.stdin.flush()
        return json.loads(server.stdout.readline())

    yield asked
    server.stdin.close()
    server.wait(timeout=20)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """A workspace in use: a snapshot, a document, decisions."""
    folder = tmp_path_factory.mktemp("prepared")
    home = folder / "home"
    (folder / "notes.txt").write_text("The Lakes Council urges the board to publish its fees.\n")
    for words in (["add", "notes.txt", "--id", "notes"], ["build"]):
        (folder / "stdin").write_bytes(b"")
        end = run(asked_of(words, folder, folder, home, {"REFORMGRAPH_REVIEWER": "Ada"}))
        assert end["code"] == 0, (folder / "stderr").read_text()
    return home


def asked_of(
    words: list[str], folder: Path, inputs: Path, home: Path, given: dict[str, str]
) -> dict[str, Any]:
    """Return what is asked of the process that runs commands."""
    environment = {"REFORMGRAPH_HOME": str(home), "REFORMGRAPH_CORPUS": str(CORPUS), **given}
    return {
        "words": words, "apart": False, "folder": str(folder), "inputs": str(inputs),
        "seconds": 3 * SECONDS, "environment": environment,
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
def test_a_bad_input_is_refused(case: Case, run: Run, home: Path, tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    case.write(inputs)
    if case.damage is not None:
        home = Path(shutil.copytree(home, tmp_path / "home", symlinks=True))
        case.damage(home)
    (tmp_path / "stdin").write_bytes(case.stdin)
    places = {"INPUTS": str(inputs), "HOME": str(home)}
    words = [filled(word, places) for word in case.words]
    given = {f"REFORMGRAPH_{name}": filled(value, places) for name, value in case.settings.items()}
    before = digest(home), digest(inputs)
    end = run(
        asked_of(words, tmp_path, inputs, home, {"REFORMGRAPH_REVIEWER": "Ada", **given})
        | {"apart": case.apart}
    )
    told = (tmp_path / "stderr").read_bytes().decode("utf-8").splitlines()
    shown = "\n".join(told[:40])
    assert end["code"] == case.code, (
        f"{end} {shown} {(tmp_path / 'stdout').read_text('utf-8', 'replace')[:2000]}"
    )
    assert len(told) == case.lines, shown
    assert all(LINE.fullmatch(line) for line in told), shown
    assert all(len(line) < 2000 for line in told), shown
    assert case.says in shown
    assert not (tmp_path / "network").exists()
    assert end["computed"] < SECONDS  # by the clock it may take longer on a busy machine
    assert end["megabytes"] < MEGABYTES
    assert (digest(home), digest(inputs)) == before
