"""Two visits from beginning to end: an analyst's, who leaves with a briefing, and an advocate's.

They ask of the shipped corpus what stands in one document of it, so that no other one that comes in
changes the answers.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from playwright.sync_api import Locator, Page, expect

from ontology.identifiers import iri

Opens = Callable[..., Any]
WIDE = (1400, 900)
DAY = "2026-02-19"
AT_HAND = bool(os.environ.get("REFORMGRAPH_DOCUMENTS"))
ASKED = "Notify applicants and give reasons for decisions under article 28(3)"
STANDS = {
    ASKED: "adopted, says MENA Rights Group (the issuer)",
    "Introduce an appeal for applicants dismissed as abusive":
        "not adopted, says MENA Rights Group (the issuer)",
    "Provide for provisional measures in the CCF Statute":
        "not addressed, says MENA Rights Group (the issuer)",
    "Do not let the General Secretariat assess requests before the CCF":
        "contrary measure, says reformgraph maintainers",
    "Define “abusive” in article 28(3)": "unassessed",
}  # fmt: skip
"""What became of the asks on the Statute by that day, and who says so."""


def choose(at: Any, facet: str, words: str) -> None:
    """Choose a value of a list with the keyboard, and see it told in words, then all drawn."""
    at.choose(facet, words)
    expect(at.page.get_by_text(re.compile(f"shown · .*{facet}: {words}"))).to_be_visible()
    at.settled()


def type_day(page: Page, title: str, day: str) -> None:
    """Write a day into its field, part by part."""
    page.get_by_role("spinbutton", name=f"year, {title}").click()
    page.keyboard.type(day.replace("-", ""))
    page.keyboard.press("Escape")  # puts the calendar away


def saved(page: Page, button: str) -> Path:
    """Press a button that gives a file, and return the file."""
    with page.expect_download() as given:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(given.value.path())


def shows_its_words(passage: Locator) -> None:
    """Assert that a passage is marked in its place, or said not to be at hand."""
    if AT_HAND:
        expect(passage.locator("mark")).not_to_be_empty()
    else:
        expect(passage).to_contain_text("Not at hand")


def test_an_analyst_finds_what_was_adopted_and_who_says_so_and_leaves_with_a_briefing(
    shipped: str, visit: Opens
) -> None:
    at = visit(WIDE)
    page = at.page
    at.open(shipped)
    expect(page.get_by_text("Who asked whom for what reform, what came of it")).to_be_visible()
    choose(at, "Asked by", "MENA Rights Group")
    page.get_by_text("More choices").click()
    at.settled()
    choose(at, "Instrument", "Statute of the CCF")
    expect(page.get_by_role("combobox", name="Document")).to_be_visible()  # more can be chosen
    type_day(page, "As of", DAY)
    page.wait_for_url(re.compile(f"as_of={DAY}"))
    chosen = page.url

    # Who says so: a column for each standing.
    page.get_by_text("Side by side", exact=True).click()
    row = page.get_by_role("row").filter(has_text=ASKED)
    expect(row).to_contain_text("adopted")
    expect(row).to_contain_text(f"reported by the issuer, as of {DAY}")

    # One of them: one voice, and the words on which it rests.
    row.get_by_role("link", name=ASKED).click()
    page.wait_for_url(re.compile(f"recommendation[?]id=.*as_of={DAY}"))
    at.settled()
    expect(page.get_by_role("heading", name=ASKED)).to_be_visible()
    expect(page.get_by_text("one voice, the issuer's")).to_be_visible()
    voice = page.locator(".rg-card").filter(has=page.get_by_role("heading", name="adopted"))
    expect(voice).to_contain_text(re.compile(rf"MENA Rights Group \(issuer\).*{DAY}", re.DOTALL))
    shows_its_words(voice.locator(".rg-passage").first)

    # The whole choice as a briefing.
    at.open(chosen)
    page.get_by_role("button", name="Link and files").click()
    form = page.get_by_role("combobox", name="Take away as")
    form.click()
    page.get_by_role("option", name="Briefing as DOCX").click()
    expect(form).to_have_value("Briefing as DOCX")
    at.settled()
    is_the_briefing(saved(page, "Save"))
    at.is_clean()


def is_the_briefing(file: Path) -> None:
    """Assert that a file, opened again, tells asks, statuses, voices, days and sources."""
    opened = docx.Document(str(file))
    lines = [paragraph.text for paragraph in opened.paragraphs]
    assert f"Briefing as of {DAY}" in lines[1]
    (table,) = opened.tables
    told = {row.cells[1].text: row.cells[4].text for row in table.rows}
    for label, status in STANDS.items():
        assert told[label].startswith(status), label
        assert DAY in told[label] or status == "unassessed"
        assert any(line.endswith(label) for line in lines), f"no chapter on “{label}”"
    assert any(f"adopted, says MENA Rights Group (issuer), as of {DAY}" in line for line in lines)
    after = lines[lines.index("Sources") :]
    assert any("MENA Rights Group (2026-02-19)" in line for line in after)
    for name, value in (
        ("Selection", "Asked by: MENA Rights Group"), ("As of", DAY),
        ("Data version", r"sha256:[0-9a-f]{64}"), ("Link", ".*issuer=mena-rights-group"),
    ):  # fmt: skip
        assert any(re.match(f"{name}: {value}", line) for line in after), name


def test_an_advocate_shows_how_two_bodies_are_linked_and_takes_the_picture_along(
    shipped: str, visit: Opens, tmp_path: Path
) -> None:
    at = visit(WIDE)
    page = at.page
    at.open(shipped)
    page.get_by_role("link", name="INTERPOL and Arab Interior Ministers' Council").click()
    page.wait_for_url(re.compile("/links"))
    at.settled()

    # The links, and under whose rules data pass by the agreement of 2022.
    give = "Data from Arab Interior Ministers' Council to INTERPOL"
    way = page.get_by_role("group", name=give)
    expect(way).to_contain_text("bound by the rules of Arab Interior Ministers' Council")
    expect(way).to_contain_text("agreement, 2022, says MENA Rights Group")
    source = way.get_by_text("Where it is written")
    source.click()
    shows_its_words(way.locator(".rg-passage").first)
    safeguards_are_told(page)

    # What is taken along.
    at.draws(".stage")
    assert saved(page, "PNG").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in saved(page, "Picture as SVG").read_text("utf-8")[:500]
    whole = tmp_path / "links.html"
    whole.write_bytes(saved(page, "This page as a file").read_bytes())
    at.is_clean()
    draws_without_a_network(visit, whole)


def safeguards_are_told(page: Page) -> None:
    """Assert that what each body offers is told as stated, denied, reported or not stated."""
    table = page.get_by_role("table").filter(has_text="Safeguard")
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="access"))
    cells = row.first.get_by_role("cell")
    expect(cells.nth(0)).to_contain_text("● stated")
    expect(cells.nth(1)).to_contain_text("✕ denied by MENA Rights Group")
    cells.nth(1).get_by_text("Where it is written").first.click()
    shows_its_words(cells.nth(1).locator(".rg-passage").first)
    for word in ("reported", "not stated"):
        expect(page.get_by_text(f"{word}: ")).to_be_visible()


def draws_without_a_network(visit: Opens, file: Path) -> None:
    """Assert that an exported page, opened where there is no network, draws and tells."""
    alone = visit(offline=True)
    asked: list[str] = []
    alone.page.on("request", lambda request: asked.append(request.url))
    alone.page.goto(file.as_uri())
    alone.draws("#mynetwork")
    for words in ("Whose rules bind the data", "Sources", "Data version: sha256:"):
        expect(alone.page.get_by_text(words).first).to_be_visible()
    assert iri("actor", "interpol") in alone.page.content()
    assert asked == [file.as_uri()]
    alone.is_clean()
