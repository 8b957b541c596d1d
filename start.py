"""Make or refresh the environment in .venv, then open the explorer, run the checks, or the tests.

    python3 start.py explore    install what a reader needs and open the explorer
    python3 start.py check      what a change must pass besides the tests
    python3 start.py test       the checks and all tests, those in a browser included

Words after `explore` go to `reformgraph explore`, words after `test` to pytest.
Only the standard library is used, since this runs before anything is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHECKS = (
    ("format", "ruff format --check"),
    ("lint", "ruff check"),
    ("types", "mypy"),
    ("rooms", "lint-imports --no-logo"),
    ("dependencies", "deptry ."),
)


class StartError(Exception):
    """A step without which the next ones make no sense; the text says what to do."""


def say(title: str) -> None:
    """Announce a step, at once even where the output is a file."""
    print(f"-- {title}", flush=True)


def succeeds(
    *command: str | Path, variables: dict[str, str] | None = None, quiet: bool = False
) -> bool:
    """Whether a program starts and exits 0; quiet hides what it prints, errors excepted."""
    nowhere = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run(command, cwd=ROOT, env=variables, stdin=nowhere, stdout=nowhere)
    except OSError:
        return False
    return done.returncode == 0


def starts(*command: str | Path) -> bool:
    """Whether a program answers a harmless question; nothing is printed."""
    try:
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def environment(requirements: str) -> Path:
    """Have the pinned packages of one file, and this project, in .venv; returns its Python."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not starts(python, "-m", "pip", "--version"):
        say("making the environment in .venv")
        make_venv()
    pins = (ROOT / requirements).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    wanted = hashlib.sha256(pins).hexdigest()
    stamp = VENV / f"{requirements}.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    say(f"installing {requirements} (a minute or two the first time)")
    began = time.monotonic()
    pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "-qq")
    if not succeeds(*pip, "--require-hashes", "-r", requirements):
        raise StartError(
            "The packages could not be installed, see above. Is the network within reach?"
        )
    if not succeeds(*pip, "--no-deps", "--no-build-isolation", "-e", "."):
        raise StartError("The project itself could not be installed, see above.")
    stamp.write_text(wanted)
    say(f"installed in {time.monotonic() - began:.0f} s")
    return python


def make_venv() -> None:
    """Make .venv anew; Debian packs the venv module apart, so fetch it there when root."""
    command = (sys.executable, "-m", "venv", "--clear", VENV)
    if starts(*command) or (apt_install("python3-venv") and succeeds(*command)):
        return
    raise StartError(
        "This Python cannot make a virtual environment. "
        "On Debian or Ubuntu: apt install python3-venv, then try again."
    )


def apt_install(*packages: str) -> bool:
    """Install Debian packages where that needs no password: as root, with apt."""
    if not (IS_ROOT and shutil.which("apt-get")):
        return False
    say(f"installing {' '.join(packages)} with apt")
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ("apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages)
    return succeeds("apt-get", "update", "-qq", variables=variables, quiet=True) and succeeds(
        *command, variables=variables, quiet=True
    )


def have_playwright(python: Path) -> None:
    """See that Playwright starts; its driver wants a library that a bare Debian lacks."""
    command = (python, "-m", "playwright", "--version")
    if starts(*command) or (apt_install("libatomic1") and starts(*command)):
        return
    raise StartError(
        "Playwright, which drives the browser in the tests, does not start. "
        "On Debian or Ubuntu: apt install libatomic1, then try again."
    )


def chromium(python: Path) -> str:
    """The browser for the tests: the one named, one that is there, apt's, or Playwright's own."""
    named = os.environ.get("REFORMGRAPH_CHROMIUM")
    if named:
        if starts(named, "--version"):
            return named
        raise StartError(
            f"REFORMGRAPH_CHROMIUM names {named}, which does not start. Mend or unset it."
        )
    found = installed_browser() or playwrights_own(python)
    if not found and apt_install("chromium", "fonts-liberation"):
        found = installed_browser()
    if not found:
        say("installing Playwright's own Chromium")
        libraries = ["--with-deps"] if IS_ROOT else []
        succeeds(python, "-m", "playwright", "install", *libraries, "chromium")
        found = playwrights_own(python)
    if not found:
        raise StartError(
            "No Chromium is to be had. Install one and name it in REFORMGRAPH_CHROMIUM."
        )
    return found


def installed_browser() -> str | None:
    """The first Chromium on the search path that starts."""
    paths = [shutil.which(name) for name in BROWSERS]
    return next((path for path in paths if path and starts(path, "--version")), None)


def playwrights_own(python: Path) -> str | None:
    """The Chromium that Playwright has installed earlier, if any."""
    script = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    told = subprocess.run((python, "-c", script), capture_output=True, text=True).stdout.strip()
    return told if told and starts(told, "--version") else None


def run_checks(python: Path) -> list[str]:
    """Run every check, whatever the others found; returns the names of those that failed."""
    failed = []
    for title, command in CHECKS:
        program, *words = command.split()
        say(f"{title}: {command}")
        if not succeeds(python.with_name(program), *words):
            failed.append(title)
    pages = [
        page
        for page in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
        if "[[[cog" in page.read_text(encoding="utf-8")
    ]
    if pages:
        say("documents: cog --check")
        with tempfile.TemporaryDirectory() as home:
            same = same_everywhere(python, home)
            if not succeeds(python.with_name("cog"), "--check", *pages, variables=same):
                failed.append("documents")
    return failed


def same_everywhere(python: Path, home: str) -> dict[str, str]:
    """Surroundings in which the commands shown in the documents print the same on any machine."""
    kept = {k: v for k, v in on_path(python).items() if not k.startswith("REFORMGRAPH_")}
    return {**kept, "REFORMGRAPH_HOME": home, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}


def on_path(python: Path) -> dict[str, str]:
    """The variables of this process, with the environment's commands first on the search path."""
    return {**os.environ, "PATH": f"{python.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def run_tests(python: Path, words: list[str]) -> list[str]:
    """Run bare pytest, which imports what is installed; returns what failed."""
    variables = on_path(python)
    failed = []
    try:
        have_playwright(python)
        variables["REFORMGRAPH_CHROMIUM"] = chromium(python)
    except StartError as error:
        print(error, file=sys.stderr)
        failed.append("browser")
    say(f"tests: pytest {' '.join(words)}".rstrip())
    # One process a core; the tests of a file stay together, since they share what they prepare,
    # and the files stay in the order of tests/conftest.py, the dearest first.
    parts = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", *words)
    if not succeeds(python.with_name("pytest"), *parts, variables=variables):
        failed.append("tests")
    return failed


def explore(python: Path, words: list[str]) -> int:
    """Become `reformgraph explore`, or on Windows, which cannot, wait for it."""
    command = [str(python.with_name("reformgraph")), "explore", *words]
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.run(command).returncode


def main() -> int:
    """Do what the command line says; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--here", action="store_true", help="use the environment of this very Python, as it is"
    )
    parser.add_argument("word", choices=["explore", "check", "test"])
    parser.add_argument("words", nargs=argparse.REMAINDER, help="passed on")
    wish = parser.parse_args()
    if wish.here:
        python = Path(sys.executable)
    elif wish.word == "explore":
        python = environment("requirements.txt")
    else:
        python = environment("requirements-dev.txt")
    if wish.word == "explore":
        return explore(python, wish.words)
    failed = run_checks(python)
    if wish.word == "test":
        failed += run_tests(python, wish.words)
    if failed:
        print(f"Failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    try:
        sys.exit(main())
    except StartError as stopped:
        sys.exit(str(stopped))
    except KeyboardInterrupt:
        sys.exit(130)
