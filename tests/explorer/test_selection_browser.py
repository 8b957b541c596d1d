"""Choosing in a browser: the address follows each choice, and gives it back."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

Opens = Callable[..., Any]


def told(page: Page, words: str) -> None:
    expect(page.locator(".rg-chosen")).to_contain_text(re.compile(words))


def test_choices_follow_each_other_and_the_address_gives_them_back(
    shipped: str, visit: Opens
) -> None:
    at = visit()
    page = at.page
    at.open(shipped)
    at.choose("Status", "not addressed")
    told(page, r"^\d+ of \d+ shown · Status: not addressed \(")
    at.choose("Asked by", "MENA")
    told(page, "Asked by: MENA Rights Group")
    # The count in the words of the first choice has changed; it still stands.
    at.choose("Status", "not adopted")
    either = "(not adopted or not addressed|not addressed or not adopted)"
    told(page, rf"^\d+ of \d+ shown · Status: {either}")
    page.wait_for_url(re.compile("status=notAddressed.*issuer=mena-rights-group"))
    shared, both = page.url, page.locator(".rg-chosen").inner_text()
    page.go_back()
    told(page, r"^\d+ of \d+ shown · Status: not addressed; Asked by")
    page.get_by_role("button", name="Start anew").click()
    told(page, r"^\d+ shown · All")
    expect(page.locator("[data-testid=stMultiSelect] [data-tag]")).to_have_count(0)
    page.wait_for_url(re.compile(r"/\??$"))
    again = visit()
    again.open(shared)
    told(again.page, re.escape(both))
    again.page.get_by_text("Flow", exact=True).click()
    again.page.wait_for_url(re.compile("view=flow"))
    told(again.page, re.escape(both))
    again.page.get_by_role("button", name="Compare").click()
    expect(again.page.get_by_text("In our data, since the release")).to_be_visible()
    expect(again.page.get_by_text("A release as a file")).to_be_visible()
    at.is_clean()
    again.is_clean()


def test_what_is_chosen_can_be_taken_away_and_read_on_a_telephone(
    shipped: str, visit: Opens
) -> None:
    at = visit()
    page = at.page
    at.open(f"{shipped}/?status=adopted&issuer=mena-rights-group")
    expect(page.locator(".rg-narrow")).to_be_hidden()
    page.get_by_role("button", name="Link and files").click()
    expect(page.locator("[data-testid=stPopoverBody] code").first).to_have_text(
        f"{shipped}/?status=adopted&issuer=mena-rights-group"
    )
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save").click()
    text = Path(saved.value.path()).read_text("utf-8")
    assert saved.value.suggested_filename == "recommendations.csv"
    assert "notice-and-reasons" in text
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("[data-testid=stDataFrame]")).to_be_hidden()
    line = page.locator(".rg-narrow li", has_text="Notify applicants and give reasons")
    cut = "tags => tags.filter(tag => tag.scrollWidth > tag.clientWidth).map(tag => tag.innerText)"
    assert page.locator("[data-tag] > span:first-child").evaluate_all(cut) == []
    expect(line).to_contain_text("● adopted MENA Rights Group (issuer, 2026-02-19)")
    at.is_clean()
