"""Time the first page and a change of a facet against an empty Streamlit page, in one run.

    python -m benchmarks.explorer                 the shipped corpus
    python -m benchmarks.explorer --home FOLDER   the workspace in FOLDER, such as one with imports

A real browser (Chromium) opens them; they take turns, so that what else the machine does falls on
all. The empty page stands there twice: as Streamlit serves it unless it is told otherwise, which is
what `ratio` holds the explorer against, and as it serves it with the settings of the explorer. A
facet change is timed in the page, from the key that takes a value of the list “Status”: to the
first answer, which is the new count (on the empty page, the text that tells the choice), and to the
end, when the script has run and all that it sent is drawn. Shown are medians. Needs Playwright and
a Chromium, as the tests do.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from explorer.serving import OPTIONS, free_port

EMPTY = """import streamlit as st
st.title("Empty")
chosen = st.multiselect("Status", ["one", "two", "three"])
st.html(f'<p class="told">{len(chosen)} chosen</p>')
"""
QUIET = ("browser.gatherUsageStats", "server.address", "server.headless")
"""What Streamlit's own settings are not left to: it shall ask no other machine, open no browser."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TIMED = """(selector) => {
  const shown = () => document.querySelector(selector)?.textContent;
  const state = () => document.querySelector(".stApp").getAttribute("data-test-script-state");
  const before = shown();
  window.timed = null;
  document.addEventListener("keydown", () => {
    const pressed = performance.now();
    let first = null;
    const look = () => {
      if (first === null && shown() !== before) first = performance.now() - pressed;
      if (first === null || state() !== "notRunning") return setTimeout(look, 2);
      window.timed = [first, performance.now() - pressed];
    };
    look();
  }, {capture: true, once: true});
}"""
"""Waits for the next key; then leaves in `timed` the milliseconds to the first answer, and to the
end."""


@contextmanager
def empty_page(folder: Path, settings: Mapping[str, str]) -> Iterator[str]:
    """Serve a page with a title and one list under settings of Streamlit; yields its address."""
    script = folder / "empty.py"
    script.write_text(EMPTY)
    port = free_port()
    options = [f"--{name}={value}" for name, value in settings.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    server = subprocess.Popen(
        [*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        cwd=folder,  # from the folder of the project it would read the project's own settings
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def explorer(home: Path) -> Iterator[str]:
    """Serve the explorer on a workspace; yields its address."""
    code = "from explorer.cli import app; app()"
    server = subprocess.Popen(
        [sys.executable, "-c", code, "explore", "--port", "0"],
        env={**os.environ, "REFORMGRAPH_HOME": str(home)}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stderr is not None
    try:
        for line in server.stderr:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                yield found[0]
                break
    finally:
        server.terminate()
        server.wait()


def opened(browser: Browser, address: str, selector: str) -> tuple[Page, float]:
    """Open a page without anything in the cache; return it with the milliseconds it took."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    start = time.perf_counter()
    page.goto(address)
    page.locator(selector).wait_for(timeout=300_000)
    return page, 1000 * (time.perf_counter() - start)


def changed(page: Page, selector: str) -> list[tuple[float, float]]:
    """Choose a value of the list “Status”, take it away again; return the milliseconds of each.

    The first number is to the first answer, the second to the end.
    """
    times = []
    for key in ("Enter", "Backspace"):
        page.get_by_role("combobox", name=re.compile("^Status")).click()
        if key == "Enter":
            page.keyboard.press("ArrowDown")
            page.get_by_role("option").first.wait_for()
        page.wait_for_timeout(150)
        page.evaluate(TIMED, selector)
        page.keyboard.press(key)
        first, whole = page.wait_for_function("window.timed", timeout=60_000).json_value()
        times.append((first, whole))
        page.keyboard.press("Escape")
        page.wait_for_timeout(400)
    return times


def measure(browser: Browser, pages: Mapping[str, tuple[str, str]], runs: int) -> None:
    """Print the medians of pages, the last of which is the explorer, and its ratio to the first.

    `pages` has for each its address and the selector of what answers a choice.
    """
    for address, selector in pages.values():
        opened(browser, address, selector)[0].context.close()  # what is made once is made
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(runs):
        for name, (address, selector) in pages.items():
            page, opening = opened(browser, address, selector)
            page.wait_for_timeout(1500)
            times.setdefault(("first page", name), []).append(opening)
            changed(page, selector)
            for first, whole in [one for _ in range(3) for one in changed(page, selector)]:
                times.setdefault(("facet change", name), []).append(first)
                times.setdefault(("all of it drawn", name), []).append(whole)
            page.context.close()
    sys.stdout.write("".join(f"{name:>16}" for name in ("ms", *pages, "ratio")) + "\n")
    for what in ("first page", "facet change", "all of it drawn"):
        medians = [statistics.median(times[what, name]) for name in pages]
        row = [*(f"{one:.0f}" for one in medians), f"{medians[-1] / medians[0]:.2f}"]
        sys.stdout.write(f"{what:>16}" + "".join(f"{one:>16}" for one in row) + "\n")


def main() -> None:
    """Read the arguments, serve both, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--home", type=Path, help="a workspace; else a new one is made")
    parser.add_argument("--runs", type=int, default=5, help="how often each page is opened")
    given = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        home = given.home or Path(made) / "home"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        quiet = {name: OPTIONS[name] for name in QUIET}
        with (
            empty_page(Path(made), quiet) as plain, empty_page(Path(made), OPTIONS) as ours,
            explorer(home) as full,
        ):  # fmt: skip
            time.sleep(3)
            pages = {"empty": (plain, ".told"), "empty, ours": (ours, ".told"),
                     "explorer": (full, ".rg-chosen")}  # fmt: skip
            measure(browser, pages, given.runs)
        browser.close()


if __name__ == "__main__":
    main()
