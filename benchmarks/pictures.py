"""Take a picture of every page, by day and by night, on the shipped corpus without documents.

    python -m benchmarks.pictures            all of them, into docs/pictures/
    python -m benchmarks.pictures links      those whose names begin so

Writes docs/pictures/README.md as well, which shows them with words for who does not see them. No
documents are at hand, so that no words of a source can stand in a picture. Needs Playwright and a
Chromium, as the tests do.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.explorer import BROWSERS, explorer
from graph.questions import QUESTIONS

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
USUAL, NARROW, PROJECTOR = (1280, 900), (390, 844), (1920, 1080)
COLOURS = 256
LARGEST = 150_000
"""Bytes of one picture; more is refused."""


class Sight(NamedTuple):
    """What is taken: its name, its address, what it shows in words, from where on, how large."""

    name: str
    address: str
    words: str
    heading: str | None = None
    size: tuple[int, int] = USUAL


SIGHTS = (
    Sight("recommendations", "",
          "The first page: three questions to begin with, the choices, how many recommendations "
          "have which status, and the table"),
    Sight("recommendations-narrow", "", "The first page on a telephone", size=NARROW),
    Sight("recommendations-heatmap", "?view=heatmap",
          "The same as a heatmap: who was asked, by status, with numbers that can be clicked",
          "VIEW"),
    Sight("recommendations-flow", "?instrument=ccf-statute&view=flow",
          "The asks on one instrument as a flow from who asks to who is asked to the status",
          "VIEW"),
    Sight("recommendations-sides",
          "?issuer=mena-rights-group&instrument=ccf-statute&as_of=2026-02-19&view=sides",
          "Assessors side by side: a column for each, with status, relation, basis, day", "VIEW"),
    Sight("links", "links",
          "How two organisations are linked: in short, and the picture with a legend"),
    Sight("links-data", "links",
          "Whose rules bind the data each way, and the safeguards of both bodies side by side",
          "Whose rules bind the data that pass between them"),
    Sight("links-presentation", "links?presentation=true",
          "The same page for a projector: larger letters, the picture first", size=PROJECTOR),
    Sight("around", "around?id=actor/aimc", "What is around one organisation"),
    Sight("questions", f"questions?{urlencode({'question': QUESTIONS['which_safeguards'].title})}",
          "A named question with its parameters, and the rows that answer it"),
    Sight("sparql", "sparql", "A free query, with examples and limits"),
    Sight("recommendation", "recommendation?id=mrg-2026-notice-and-reasons",
          "One recommendation: what is asked of whom, and where it says so"),
    Sight("recommendation-status", "recommendation?id=mrg-2026-notice-and-reasons",
          "What became of it, and who says so: one card for each voice",
          "What became of it, and who says so"),
    Sight("actor", "actor?id=aimc", "An organisation: what it asks, is asked and is said to be"),
    Sight("instrument", "instrument?id=ccf-statute", "A legal text: its versions in time"),
    Sight("document", "document?id=mrg-2026", "A document: what was read of it, what stands on it"),
    Sight("case", "case?id=case-e3ed0d",
          "A case without a name: which State asked which for what, and what was done"),
    Sight("election", "election?id=interpol-election-2021",
          "An election: who stood for which post, put forward by whom, says who"),
    Sight("method", "method", "How the data came about, counted"),
    Sight("check", "check", "Whether the graph can be relied on"),
    Sight("review", "review", "Where people decide what enters the graph"),
)  # fmt: skip
SCHEMES = {"light": "by day", "dark": "by night"}


def take(page: Page, site: str, sight: Sight) -> bytes:
    """Return a picture of a page that has run to its end."""
    page.set_viewport_size({"width": sight.size[0], "height": sight.size[1]})
    page.goto(f"{site}/{sight.address}")
    page.locator(".rg-end").wait_for(state="attached", timeout=120_000)
    page.locator("[data-test-script-state=notRunning]").first.wait_for(state="attached")
    if page.locator(".stException").count():
        raise SystemExit(f"{sight.name}: an error stands on the page. Mend it first.")
    if sight.heading:
        place = (
            page.get_by_role("radiogroup", name="View")
            if sight.heading == "VIEW"
            else page.get_by_role("heading", name=sight.heading)
        )
        place.first.evaluate("element => element.scrollIntoView({block: 'start'})")
        # The bar at the top lies over what is scrolled to it.
        page.locator("[data-testid=stMain]").evaluate("main => main.scrollBy(0, -70)")
    page.wait_for_timeout(1500)  # until what moves stands still
    return page.screenshot()


def small(picture: bytes) -> bytes:
    """Return a picture with few colours."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    fewer = whole.quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    fewer.save(out, "PNG", optimize=True)
    return out.getvalue()


def take_all(browser: Browser, site: str, wanted: tuple[Sight, ...]) -> None:
    """Write a file for each sight and scheme."""
    for scheme in SCHEMES:
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        for sight in wanted:
            picture = small(take(page, site, sight))
            if len(picture) > LARGEST:
                raise SystemExit(f"{sight.name}: {len(picture):,} bytes. Take a smaller part.")
            (FOLDER / f"{sight.name}-{scheme}.png").write_bytes(picture)
            sys.stdout.write(f"{sight.name}-{scheme}.png {len(picture):,} bytes\n")
        context.close()


def gallery() -> str:
    """Return the page that shows all of them."""
    lines = ["# Every page, by day and by night", "",
             "Taken by `python -m benchmarks.pictures` on the shipped corpus, with no document at",
             "hand."]  # fmt: skip
    for sight in SIGHTS:
        lines += ["", f"## {sight.words}", "", f"`/{sight.address}`", ""]
        lines += [
            f"![{sight.words}, {told}]({sight.name}-{scheme}.png)"
            for scheme, told in SCHEMES.items()
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Serve the explorer, take the pictures, write the page that shows them."""
    wanted = tuple(one for one in SIGHTS if one.name.startswith(tuple(sys.argv[1:]) or ""))
    for name in [name for name in os.environ if name.startswith("REFORMGRAPH_")]:
        del os.environ[name]
    FOLDER.mkdir(exist_ok=True)
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with explorer(Path(made) / "home") as site:
            take_all(browser, site, wanted)
        browser.close()
    (FOLDER / "README.md").write_text(gallery(), "utf-8")


if __name__ == "__main__":
    main()
