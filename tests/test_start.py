"""The two lines: what start.py installs, which browser it takes, what it says and returns."""

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="the stand-in programs are shell scripts"
)
ROOT = Path(__file__).resolve().parent.parent
WORKS, FAILS = "exit 0", "exit 1"
Program = Callable[[str, str], Path]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """start.py on a project folder of its own, as an ordinary user with nothing on the path."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "IS_ROOT", False)
    monkeypatch.delenv("REFORMGRAPH_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return module


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Puts a stand-in program on the path; each notes its name and words in calls.txt."""

    def write(name: str, script: str) -> Path:
        file = tmp_path / "bin" / name
        file.parent.mkdir(exist_ok=True)
        note = f'echo "${{0##*/}} $*" >> {tmp_path}/calls.txt'
        file.write_text(f"#!/bin/sh\n{note}\n{script}\n", encoding="utf-8")
        file.chmod(0o755)
        return file

    return write


def calls(tmp_path: Path) -> list[str]:
    return (tmp_path / "calls.txt").read_text(encoding="utf-8").splitlines()


def test_the_browser_that_is_named_is_taken(
    start: ModuleType, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = program("my-browser", WORKS)
    program("chromium", WORKS)
    monkeypatch.setenv("REFORMGRAPH_CHROMIUM", str(named))
    assert start.chromium(program("python", FAILS)) == str(named)


def test_a_named_browser_that_does_not_start_is_an_error(
    start: ModuleType, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFORMGRAPH_CHROMIUM", str(program("my-browser", FAILS)))
    with pytest.raises(start.StartError, match="my-browser, which does not start"):
        start.chromium(program("python", FAILS))


def test_a_browser_on_the_path_that_does_not_start_is_passed_over(
    start: ModuleType, program: Program
) -> None:
    program("chromium", FAILS)
    chrome = program("google-chrome", WORKS)
    assert start.chromium(program("python", FAILS)) == str(chrome)


def test_root_gets_the_browser_from_apt(
    start: ModuleType, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "IS_ROOT", True)
    chromium = program("unpacked", WORKS).with_name("chromium")
    program(
        "apt-get", f'case "$*" in *install*) /bin/mv {chromium.parent}/unpacked {chromium};; esac'
    )
    assert start.chromium(program("python", FAILS)) == str(chromium)
    assert not [call for call in calls(tmp_path) if "playwright install" in call]


def test_apt_is_left_alone_where_a_browser_is_there(
    start: ModuleType, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "IS_ROOT", True)
    program("apt-get", WORKS)
    program("chromium", WORKS)
    start.chromium(program("python", FAILS))
    assert calls(tmp_path) == ["chromium --version"]


def test_who_is_not_root_gets_playwrights_own_and_apt_is_left_alone(
    start: ModuleType, program: Program, tmp_path: Path
) -> None:
    program("apt-get", WORKS)
    own = program("own", WORKS)
    installed = tmp_path / "installed"
    python = program(
        "python",
        f'case "$*" in *"playwright install chromium") : > {installed};; esac\n'
        f"if [ -e {installed} ]; then echo {own}; fi",
    )
    assert start.chromium(python) == str(own)
    assert not [call for call in calls(tmp_path) if call.startswith("apt-get")]


def test_root_gets_the_library_that_playwright_lacks_from_apt(
    start: ModuleType, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "IS_ROOT", True)
    library = tmp_path / "library"
    program("apt-get", f'case "$*" in *libatomic1) : > {library};; esac')
    start.have_playwright(program("python", f"[ -e {library} ]"))
    assert calls(tmp_path)[-1] == "python -m playwright --version"


def test_a_playwright_that_does_not_start_is_an_error(start: ModuleType, program: Program) -> None:
    with pytest.raises(start.StartError, match="apt install libatomic1"):
        start.have_playwright(program("python", FAILS))


def test_tests_run_and_fail_where_no_browser_is_to_be_had(
    start: ModuleType, program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program("pytest", WORKS)
    python = program("python", '[ "$*" = "-m playwright --version" ]')
    assert start.run_tests(python, ["-x"]) == ["browser"]
    assert "No Chromium is to be had" in capsys.readouterr().err
    assert calls(tmp_path)[-1] == "pytest -n auto --dist loadfile --no-loadscope-reorder -x"


def test_the_environment_is_made_once_and_renewed_when_a_pin_changes(
    start: ModuleType, program: Program, tmp_path: Path
) -> None:
    python = program("python", WORKS)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(python.parent)

    def installs() -> list[str]:
        (tmp_path / "calls.txt").unlink(missing_ok=True)
        start.environment("requirements.txt")
        return [call.partition("install -qq ")[2] for call in calls(tmp_path) if "-qq" in call]

    both = ["--require-hashes -r requirements.txt", "--no-deps --no-build-isolation -e ."]
    assert installs() == both
    assert installs() == []
    (tmp_path / "requirements.txt").write_text("another pin", encoding="utf-8")
    assert installs() == both


def test_an_installation_that_fails_is_tried_again_next_time(
    start: ModuleType, program: Program, tmp_path: Path
) -> None:
    python = program("python", 'case "$*" in *install*) exit 1;; esac')
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(python.parent)
    for _ in range(2):
        with pytest.raises(start.StartError, match="could not be installed"):
            start.environment("requirements.txt")


def test_a_python_without_venv_is_told_what_to_install(
    start: ModuleType, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(program("bare-python", FAILS)))
    with pytest.raises(start.StartError, match="apt install python3-venv"):
        start.environment("requirements.txt")


def test_every_check_runs_and_those_that_fail_are_named(
    start: ModuleType, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "README.md").write_text("<!-- [[[cog ]]] [[[end]]] -->", encoding="utf-8")
    checks = (("first", "one --check"), ("second", "two"), ("third", "three"))
    monkeypatch.setattr(start, "CHECKS", checks)
    program("one", FAILS)
    program("two", WORKS)
    program("cog", FAILS)
    assert start.run_checks(program("python", WORKS)) == ["first", "third", "documents"]
    assert calls(tmp_path) == ["one --check", "two ", f"cog --check {tmp_path}/README.md"]


@pytest.mark.parametrize(("word", "code"), [("check", 0), ("test", 1)])
def test_the_exit_code_tells_whether_anything_failed(
    word: str,
    code: int,
    start: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["start.py", "--here", word, "-k", "status"])
    monkeypatch.setattr(start, "run_checks", lambda _: [])
    monkeypatch.setattr(start, "run_tests", lambda _, words: ["tests"] if words else [])
    assert start.main() == code
    assert ("Failed: tests." in capsys.readouterr().err) == bool(code)
