"""The explorer in a browser: no error, no foreign request, a picture that draws, text as text.

It runs with the tests, not apart from them; without a Chromium it fails and says what to do.
"""

import http.client
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from explorer import picturepage
from explorer.layout import between
from explorer.main import PAGES
from explorer.markup import element
from explorer.settings import read_settings
from explorer.workspace import open_current
from graph.network import TIES, Net, around, network, only

HOME = "https://w3id.org/reformgraph/id/"
Opens = Callable[..., Any]
"""The fixture `visit`: opens a window of a size and a colour scheme."""


@pytest.fixture
def site(shipped: str) -> str:
    """The explorer on the shipped corpus, as `reformgraph explore` serves it."""
    return shipped


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_draws_and_a_click_tells_what_stands_behind(
    site: str, visit: Opens, scheme: str
) -> None:
    at = visit(scheme=scheme)
    at.open(f"{site}/links")
    at.draws(".stage")
    stage = at.page.locator(".stage").first
    node = f"{HOME}version/interpol-aimc-agreement/2022"
    place, box = stage.evaluate("(s, id) => s.placeOf(id)", node), stage.bounding_box()
    assert box is not None
    at.page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    card = at.page.locator(".rg-card h2", has_text=re.compile("agreement, 2022$"))
    card.wait_for()
    assert "focus=" in at.page.url
    older = stage.evaluate("(s, id) => s.placeOf(id)", f"{HOME}version/interpol-aimc-mou/1999")
    x, y = (place["x"] + older["x"]) / 2, (place["y"] + older["y"]) / 2
    at.page.mouse.click(box["x"] + x, box["y"] + y)
    line = at.page.locator(".stHtml strong", has_text=re.compile("→ replaces →"))
    line.wait_for()
    at.is_clean()


WHOLE = """stage => {
  const nodes = stage.network.body.data.nodes.getIds();
  const {clientWidth, clientHeight} = stage;
  return clientHeight < 300 && nodes.length > 20 && nodes.every(id => {
    const {left, top, right, bottom} = stage.network.getBoundingBox(id);
    const from = stage.network.canvasToDOM({x: left, y: top});
    const to = stage.network.canvasToDOM({x: right, y: bottom});
    return from.x >= 0 && from.y >= 0 && to.x <= clientWidth && to.y <= clientHeight;
  });
}"""
"""Whether every node of a picture stands inside of it, and the picture is low."""


def test_the_picture_can_be_saved_as_an_image_and_stands_whole_on_a_telephone(
    site: str, visit: Opens
) -> None:
    at = visit()
    at.open(f"{site}/links")
    at.draws(".stage")
    with at.page.expect_download() as saved:
        at.page.get_by_role("button", name="PNG").click()
    assert saved.value.suggested_filename == "links.png"
    assert Path(saved.value.path()).stat().st_size > 20_000
    at.page.set_viewport_size({"width": 390, "height": 844})
    whole = at.page.locator(".stage").first.evaluate_handle("stage => stage")
    at.page.wait_for_function(WHOLE, arg=whole)
    at.is_clean()


def test_a_ticked_row_opens_its_page_and_back_leads_to_the_choice(site: str, visit: Opens) -> None:
    at = visit()
    at.open(f"{site}/?axis=practice&as_of=2026-06-01")
    chosen = at.page.locator(".rg-chosen").inner_text()
    table = at.page.locator("[data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    at.page.mouse.click(box["x"] + 16, box["y"] + 35 + 17)
    at.page.wait_for_url(re.compile(r"/recommendation\?id="))
    at.settled()
    at.page.go_back()
    expect(at.page.locator(".rg-chosen")).to_have_text(chosen)
    at.page.wait_for_url(re.compile(r"/\?(axis=practice&as_of|as_of=2026-06-01&axis)=[^&]+$"))
    at.is_clean()


def test_a_search_goes_into_the_address_and_comes_back_from_it(site: str, visit: Opens) -> None:
    at = visit()
    at.open(site)
    at.page.get_by_role("searchbox", name="Search").fill("appeal")
    at.page.keyboard.press("Enter")
    at.page.locator(".rg-hits mark").first.wait_for()
    assert "q=appeal" in at.page.url
    again = visit()
    again.open(at.page.url)
    assert again.page.locator(".rg-hits mark").first.inner_text().lower() == "appeal"
    at.is_clean()


def test_a_number_of_the_heatmap_leads_to_its_rows(site: str, visit: Opens) -> None:
    at = visit()
    at.open(f"{site}/?view=heatmap")
    at.page.locator(".rg-heat td a").first.click()
    at.page.wait_for_url(re.compile("addressee="))
    at.settled()
    assert re.search(r"\d+ of \d+ shown", at.page.inner_text("body"))
    at.is_clean()


# --- the exported page ---------------------------------------------------------------------------


def exported(net: Net, one: str, other: str) -> str:
    return picturepage.page(
        net, between(net, one, other), "Links", element("p", "the same in words"), (one, other)
    )


def test_the_exported_picture_draws_from_a_file_without_any_request(
    visit: Opens, tmp_path: Path
) -> None:
    one, other = f"{HOME}actor/interpol", f"{HOME}actor/aimc"
    net = around(only(network(open_current(read_settings())), TIES), [one, other], 1, 25)
    path = tmp_path / "links.html"
    path.write_text(exported(net, one, other), "utf-8")
    at = visit()
    asked: list[str] = []
    at.page.on("request", lambda request: asked.append(request.url))
    at.page.goto(path.as_uri())
    at.draws("#mynetwork")
    assert asked == [path.as_uri()]
    assert at.page.evaluate("document.compatMode") == "CSS1Compat"
    at.is_clean()


def test_a_shared_day_counts_as_soon_as_the_page_is_there(site: str, visit: Opens) -> None:
    at = visit()
    shared = f"{site}/recommendation?id=mrg-2026-notice-and-reasons&as_of="
    at.open(f"{shared}2026-01-31")
    assert at.page.locator(".rg-chip").first.inner_text() == "\u2013 unassessed"
    assert "adopted" not in at.page.inner_text("[data-testid=stMain]").replace("adoption", "")
    at.open(f"{shared}2026-02-19")
    assert "● adopted" in at.page.locator(".rg-chip").first.inner_text()
    at.is_clean()


# --- whom the server answers -------------------------------------------------------------------


def answer(site: str, path: str, **headers: str) -> tuple[int, dict[str, str]]:
    """Return status and headers of what the server answers to a plain request."""
    connection = http.client.HTTPConnection(site.removeprefix("http://"), timeout=30)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=given)
    told = connection.getresponse()
    found = told.status, {name.lower(): value for name, value in told.getheaders()}
    connection.close()
    return found


def test_who_calls_the_machine_by_another_name_gets_no_page_and_no_connection(site: str) -> None:
    assert answer(site, "/")[0] == 200
    assert answer(site, "/", Host="localhost:1234")[0] == 200
    for name in ("evil.example", "127.0.0.1.evil.example", "10.0.0.1:8501", ""):
        assert answer(site, "/", Host=name)[0] == 400, name
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": "http://evil.example",
    }  # fmt: skip
    assert answer(site, "/_stcore/stream", Host="evil.example", **upgrade)[0] in (400, 403)
    assert answer(site, "/_stcore/stream", **upgrade)[0] == 403


def test_the_first_page_is_found_by_its_name_with_what_is_chosen(site: str) -> None:
    status, told = answer(
        site, f"/{next(iter(PAGES))}?status=adopted&q=%C3%A9t%C3%A9%20%2B&lang=fr"
    )
    assert (status, told["location"]) == (307, "./?status=adopted&q=%C3%A9t%C3%A9%20%2B&lang=fr")
    assert answer(site, "/recommendations")[1]["location"] == "./"


def test_every_answer_tells_the_browser_to_ask_no_other_machine(site: str) -> None:
    _, headers = answer(site, "/")
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer(site, "/_stcore/health")[1]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
