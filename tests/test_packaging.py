"""The four rooms as one distribution: together, whole, and usable from any folder."""

import functools
import importlib.util
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("ontology", "ingest", "graph", "explorer")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from this folder, without asking any other machine."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    (file,) = folder.glob("*.whl")
    return file


def room_files() -> set[str]:
    """Every module and data file of the four rooms, as a path from the project folder."""
    files = (file for room in ROOMS for file in (ROOT / room).rglob("*") if file.is_file())
    return {f.relative_to(ROOT).as_posix() for f in files if f.parent.name != "__pycache__"}


def test_all_four_rooms_come_from_one_folder() -> None:
    found = {room: importlib.util.find_spec(room) for room in ROOMS}
    origins = {Path(spec.origin).parent.parent for spec in found.values() if spec and spec.origin}
    assert all(found.values())
    assert len(origins) == 1


def test_the_wheel_holds_every_module_and_data_file(wheel: Path) -> None:
    assert room_files() <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_nothing_but_the_rooms_and_its_papers(wheel: Path) -> None:
    names = [Path(name) for name in zipfile.ZipFile(wheel).namelist()]
    assert {name.parts[0] for name in names if ".dist-info" not in name.parts[0]} == set(ROOMS)
    assert {"LICENSE", "LICENSE-DATA"} <= {name.name for name in names}
    assert not [name for name in names if "__pycache__" in name.parts]


def test_an_unpacked_wheel_finds_its_modules_and_data_from_a_foreign_folder(
    wheel: Path, tmp_path: Path
) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    zipfile.ZipFile(wheel).extractall(installed)
    script = (
        "from importlib.resources import as_file, files\n"
        f"for room in {ROOMS}:\n"
        "    with as_file(files(room)) as folder:\n"
        "        print(*(f for f in folder.rglob('*') if f.is_file()), sep='\\n')\n"
    )
    told = subprocess.run(
        [sys.executable, "-P", "-B", "-c", script],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = {Path(line).relative_to(installed).as_posix() for line in told.stdout.splitlines()}
    assert found == room_files()
    assert {".py", ".ttl", ".rq", ".yaml"} <= {Path(name).suffix for name in found}


def test_the_wheel_installs_and_runs_where_there_is_no_index(wheel: Path, tmp_path: Path) -> None:
    venv, elsewhere = tmp_path / "venv", tmp_path / "elsewhere"
    elsewhere.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    run = functools.partial(
        subprocess.run, cwd=elsewhere, capture_output=True, text=True, check=True,
        env={"PATH": os.defpath, "COLUMNS": "100", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )  # fmt: skip
    python = venv / "bin" / "python"
    run([sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-index",
         "--no-deps", wheel])  # fmt: skip
    # The packages it needs are those of this environment; the rooms are those just installed.
    (site,) = venv.glob("lib/python*/site-packages")
    (site / "packages.pth").write_text(sysconfig.get_path("purelib") + "\n")
    told = run([venv / "bin" / "reformgraph", "--help"]).stdout
    assert {"build", "explore", "verify"} <= set(told.split())
    where = run([python, "-P", "-c", "import explorer; print(explorer.__file__)"]).stdout
    assert Path(where).is_relative_to(site)
