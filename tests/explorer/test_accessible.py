"""Every page for everybody: what axe-core finds, how wide it is, and the keyboard alone."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from explorer.main import PAGES

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast"]
"""What differs by night."""
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
FITS = """() => ["html", "[data-testid=stMain]"].map(s => document.querySelector(s))
  .every(e => e.scrollWidth <= e.clientWidth)"""
SKIPPED = """() => {
  const shown = [...document.querySelectorAll("[data-testid=stMain] :is(h1, h2, h3, h4, h5, h6)")]
    .filter(head => head.checkVisibility());
  return shown.filter((head, i) => head.tagName[1] - (i ? shown[i - 1].tagName[1] : 0) > 1)
    .map(head => `${head.tagName} skips a level: ${head.innerText}`);
}"""
AT_THE_TOP = """() => [...document.querySelectorAll("[data-testid=stSidebarNavItems]")]
  .every(menu => !menu.checkVisibility())"""
"""Whether the menu at the side, which a narrow page has, is gone after the page was made wide."""
IS_IN = """scheme => scheme ===
  getComputedStyle(document.querySelector("[data-testid=stApp]")).colorScheme"""
BEGINNINGS = [(("light", "dark"), (1920, 390)), (("dark", "light"), (390, 1920))]
"""The pages take turns: by day on a wide screen, then by night and narrow; or the other way."""
USUAL = 1280
"""The width in pixels at which the rules are held against a page."""
SHOWN = {
    "recommendation": "?id=mrg-2026-notice-and-reasons",
    "actor": "?id=interpol",
    "instrument": "?id=interpol-aimc-agreement",
    "recommendations": "?view=sides",
}
"""What is opened of a page that shows more with something chosen."""
TITLES = {
    "recommendations": "Which recommendations were adopted?",
    "recommendation": "Notify applicants and give reasons",
    "links": "INTERPOL and Arab Interior Ministers' Council: how are they linked?",
    "questions": "What do you want to know?",
    "check": "Can this graph be relied on?",
    "review": "What do people decide?",
}
"""What stands at the top; every other page has a title, too."""
ACCEPTED: dict[tuple[str, str], str] = {}
"""What Streamlit's own parts do against a rule, by rule and selector, with the reason: nothing."""

Opens = Callable[..., Any]


def violations(page: Page, rules: list[str]) -> list[str]:
    """Return what axe-core finds, a line for each place."""
    found = page.evaluate(RUN, rules)["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}"
        for rule in found
        for node in rule["nodes"]
        if (rule["id"], " ".join(map(str, node["target"]))) not in ACCEPTED
    ]


def test_every_page_opens_breaks_no_rule_by_day_or_night_and_never_scrolls_sideways(
    shipped: str, visit: Opens
) -> None:
    at = visit()
    page, wrong = at.page, []
    for i, name in enumerate(PAGES):
        schemes, widths = BEGINNINGS[i % 2]
        page.emulate_media(color_scheme=schemes[0])
        page.set_viewport_size({"width": widths[0], "height": 900})
        at.open(f"{shipped}/{name if i else ''}{SHOWN.get(name, '')}")  # the first is at the root
        title = page.locator("h1").first.inner_text()
        assert title
        assert TITLES.get(name, "") in title
        wrong += [f"{name}: {one}" for one in page.evaluate(SKIPPED)]
        wrong += [f"{name}: {one}" for one in too_wide(page, [*widths, USUAL])]
        page.wait_for_function(AT_THE_TOP)
        page.evaluate(AXE)
        for scheme, rules in zip(schemes, (RULES, COLOURS), strict=True):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(IS_IN, arg=scheme)
            wrong += [f"{name}, {scheme}: {one}" for one in violations(page, rules)]
    assert wrong == []
    at.is_clean()


def too_wide(page: Page, widths: list[int]) -> list[str]:
    """Return the widths at which a page that is open scrolls sideways."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        try:
            page.wait_for_function(FITS, timeout=20_000)
        except PlaywrightTimeout:
            found.append(f"scrolls sideways at {width} pixels")
    return found


def test_arabic_breaks_no_rule_and_runs_from_right_to_left(shipped: str, visit: Opens) -> None:
    at = visit((1280, 900))
    page = at.page
    at.open(f"{shipped}/?lang=ar&view=heatmap")
    page.evaluate(AXE)
    assert violations(page, RULES) == []
    assert page.locator("h1").first.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert too_wide(page, [390]) == []
    page.locator(".rg-heat td a").first.click()  # the language goes along
    page.wait_for_url(re.compile("addressee=.*lang=ar"))
    at.is_clean()


def test_the_first_page_can_be_used_with_the_keyboard_alone(shipped: str, visit: Opens) -> None:
    at = visit((1280, 900))
    page = at.page
    at.open(shipped)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        pytest.fail(f"Tab does not lead to {selector}")

    tab_to("[data-testid=stPopoverButton]")  # the languages
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Español")).to_be_attached()
    page.keyboard.press("Escape")
    tab_to("input[type=search]")
    page.keyboard.type("appeal")
    page.keyboard.press("Enter")
    page.locator(".rg-hits mark").first.wait_for()
    at.settled()
    tab_to("input[role=combobox]")
    page.keyboard.type("a")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=appeal.*status="))
    page.keyboard.press("Escape")
    at.is_clean()
