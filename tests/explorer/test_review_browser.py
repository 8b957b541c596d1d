"""Reviewing in a browser: from an upload to the table and back, a status from its day on, keys."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from explorer.settings import Settings
from explorer.workspace import open_desk

OTHER_REFORM = Path(__file__).resolve().parent.parent / "graph" / "another_reform"
LETTER = """\
Open letter on the lower locks

We call on the Ombrel River Commission to publish the hours of each lock.

We urge the Ombrel River Commission to repair the old weir.
"""
Opens = Callable[..., Any]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review") / "home"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(scope="module")
def site(
    home: Path,
    serve: Callable[[dict[str, str]], AbstractContextManager[str]],
    surroundings_of: Callable[..., dict[str, str]],
) -> Iterator[str]:
    """The explorer on another reform, for a reviewer who has a name."""
    corpus = home.parent / "corpus"
    shutil.copytree(OTHER_REFORM, corpus)
    given = {"corpus": str(corpus), "documents": str(corpus), "reviewer": "Ada"}
    with serve(surroundings_of(home, **given)) as address:
        yield address


def choose(page: Page, label: str, wanted: str) -> None:
    """Choose or write something in a box that searches."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(wanted)
    page.get_by_role("option").filter(has_text=wanted).first.click()
    page.keyboard.press("Tab")


def test_from_an_upload_to_the_table_and_undone_out_of_it_again(
    site: str, home: Path, visit: Opens
) -> None:
    at = visit()
    page = at.page
    at.open(f"{site}/review?tab=Take+in")
    page.locator("input[type=file]").set_input_files(
        {"name": "letter.txt", "mimeType": "text/plain", "buffer": LETTER.encode()}
    )
    expect(page.get_by_text("May be recommendations: 2")).to_be_visible()
    assert not (home / "journal.jsonl").exists()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Saved as decision 1")).to_be_visible()
    choose(page, "Publisher", "Lower Locks Society")
    choose(page, "What is Lower Locks Society?", "non-governmental organisation")
    choose(page, "Kind", "open letter")
    page.get_by_role("button", name="Save what it is").click()
    expect(page.get_by_text("Saved as decision 2")).to_be_visible()
    expect(page.locator("mark", has_text="publish the hours of each lock")).to_be_visible()
    # Typed on and on, while the page runs after each field: nothing of it may be lost.
    page.get_by_label("Label, in your own words").fill("Tell when locks open")
    summary = page.get_by_role("textbox", name="Summary, in your own words")
    summary.click()
    page.keyboard.type("A lock's hours should be public.")
    choose(page, "Asked by", "Lower Locks Society")
    choose(page, "Ask expressed", "publish gauge readings daily")
    choose(page, "Themes", "openness")
    at.settled()
    page.locator("h1").click()  # out of the fields: the key is no letter in one of them
    page.keyboard.press("a")
    expect(page.get_by_text("Saved as decision 3")).to_be_visible()
    expect(page.locator("mark", has_text="repair the old weir")).to_be_visible()
    table = visit()
    table.open(f"{site}/?q=hours")
    expect(table.page.get_by_text("1 of 13 shown")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("Saved as decision 4")).to_be_visible()
    table.open(f"{site}/?q=hours")
    expect(table.page.get_by_text("No recommendation fits")).to_be_visible()
    at.is_clean()
    table.is_clean()


def test_a_status_by_hand_counts_from_its_day_on(site: str, visit: Opens) -> None:
    at = visit()
    page = at.page
    of = f"{site}/recommendation?id=open-locks-2012-compensation"
    at.open(of)
    page.get_by_role("link", name="State what became of it").click()
    at.settled()
    choose(page, "In which document it stands", "Reply to the Open Locks")
    page.get_by_label("Words in it").fill("complaints panel")
    page.keyboard.press("Enter")
    at.settled()
    page.get_by_role("combobox", name="Paragraph").click()
    page.get_by_role("option").first.click()
    expect(page.locator("mark")).to_be_visible()
    choose(page, "Status", "Adoption: ○ not adopted")
    page.get_by_role("textbox", name="As of").fill("2016-09-01")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_text("Saved as decision")).to_be_visible()
    for day, told in (("2016-08-31", False), ("2016-09-01", True)):
        at.open(f"{of}&as_of={day}")
        chips = " ".join(page.locator(".rg-chip").all_inner_texts())
        assert ("○ not adopted\nAda, 2016-09-01" in chips) is told, chips
    at.is_clean()


def test_letters_typed_into_a_field_decide_nothing(site: str, home: Path, visit: Opens) -> None:
    with_letter(home)
    at = visit()
    at.open(f"{site}/review?document=second-letter")
    before = (home / "journal.jsonl").read_bytes()
    at.page.get_by_label("Label, in your own words").click()
    at.page.keyboard.type("a sound maxim upon zeal")
    at.page.locator("h1").click()
    at.settled()
    assert at.page.get_by_label("Label, in your own words").input_value()
    assert (home / "journal.jsonl").read_bytes() == before
    at.page.get_by_text("Letter keys").click()  # off
    at.settled()
    at.page.locator("h1").click()
    at.page.keyboard.press("u")
    at.page.get_by_text("Letter keys").click()  # on
    at.settled()
    assert (home / "journal.jsonl").read_bytes() == before
    at.page.locator("h1").click()
    at.page.keyboard.press("n")
    expect(at.page.locator("mark", has_text="repair the old weir")).to_be_visible()
    at.is_clean()


def with_letter(home: Path) -> None:
    """Take another copy of the letter in, as on the command line."""
    from ingest.readers import read_bytes

    data = f"{LETTER}\nWe ask Tresmark to listen.\n".encode()
    here = open_desk(Settings(home=home, corpus=home.parent / "corpus"))
    here.take_in("Cleo", read_bytes(data, "second.txt"), data, ident="second-letter")
