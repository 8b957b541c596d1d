"""Every text of a corpus is hostile: on each page and in the picture it stays text.

The corpus holds what a corpus may hold; the rest of the thirty, and addresses that would run a
script, are put into the snapshot, as if the checks before it had failed.
"""

import dataclasses
import hashlib
import itertools
import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import yaml
from playwright.sync_api import Page

from explorer.main import PAGES
from explorer.settings import Settings
from explorer.workspace import SNAPSHOT, STAMP, build_snapshot, open_desk, read_stamp
from ingest.passages import anchor
from ingest.readers import read_bytes

OTHER_REFORM = Path(__file__).resolve().parent.parent / "graph" / "another_reform"
RUNS = "document.title='pwned'"
HOSTILE = (
    f'<img src=x onerror="{RUNS}">',
    f"<script>{RUNS}</script>",
    f"</script><script>{RUNS}</script>",
    f"</style><svg onload={RUNS}>",
    f"--><iframe srcdoc='<script>parent.{RUNS}</script>'></iframe>",
    f'<a href="javascript:{RUNS}">open</a>',
    f'" onmouseover="{RUNS}" x="',
    f"' onfocus='{RUNS}' autofocus='",
    "![p](https://evil.example/p.png)",
    f"[open](javascript:{RUNS})",
    "[open](https://evil.example/)",
    "<https://evil.example/> https://evil.example/a www.evil.example",
    "**bold** _it_ `code` ~~gone~~ # head\n- item",
    ":material/check: :red[red] :smile: $\\href{https://evil.example/}{x}$",
    "| a | b |\n|---|---|\n| <b>fat</b> | c |",
    "<b>fat</b> <i>slanted</i> <marquee>moves</marquee>",
    "{{7*7}} ${7*7} {% raw %} %s %(x)s {0} {x!r}",
    "href='https://evil.example/' title='href'",
    f"`];{RUNS};//",
    f"\\u003cscript\\u003e{RUNS}\\u003c/script\\u003e",
    f"&lt;script&gt;{RUNS}&lt;/script&gt; &amp;lt; &#60;b&#62;",
    f"<img src=https://evil.example/p.png><video src=https://evil.example/v onerror={RUNS}>",
    "<style>*{display:none}</style><link rel=stylesheet href=//evil.example/a.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><base href=//evil.example/>",
    '=HYPERLINK("https://evil.example/","open")',
    "مرحبا بكم في القائمة <b>fat</b> שלום",
    "\u202eevil.example\u202c \u2066then\u2069 \u200fleft",
    "in\u200bvis\u200dib\ufeffle \u00ad\u2060",
    "long" * 700,
    "x\u0000y\u0007z\u001b[31mred\u0085\u2028",
)
TEXTS = {
    "label", "summary", "note", "title", "section", "review", "definition", "description", "reason",
}  # fmt: skip
ADDRESSES = (f"javascript:{RUNS}", "data:text/html,pwned")
NUMBER = re.compile(r" \((\d+)\)$")


def hostile(number: int) -> str:
    return f"{HOSTILE[number % len(HOSTILE)]} ({number})"


def in_a_corpus(number: int, most: int) -> str:
    """The hostile text, or a stand-in for one that a corpus does not take."""
    text = hostile(number)
    strange = any(unicodedata.category(c) in {"Cc", "Cf", "Zl"} for c in text.replace("\n", ""))
    return f"stand-in ({number})" if strange or "\n" in text or len(text) > most else text


def make_hostile(given: Any, numbers: Iterator[int]) -> None:
    """Replace every text of a corpus file."""
    if isinstance(given, dict):
        for key, value in given.items():
            if isinstance(value, str) and key in TEXTS:
                given[key] = in_a_corpus(next(numbers), 150)
            make_hostile(value, numbers)
    elif isinstance(given, list):
        for value in given:
            make_hostile(value, numbers)


def quote_hostile(document: Any, passages: Any, file: Path, numbers: Iterator[int]) -> None:
    """Let passages quote hostile texts of the length of the words that stood there."""
    text = file.read_text("utf-8")
    for start, end in [place["span"] for place in passages.values() if "span" in place]:
        number, room = next(numbers), end - start - 33  # beside the words around it
        if "Quoted" not in text[start:end] and room > 20:
            words = in_a_corpus(number, room).replace("\n", " ").ljust(room)
            text = f"{text[:start]}Quoted {number:04} here: {words} and so on.    {text[end:]}"
    for place in passages.values():
        with suppress(ValueError):
            found = anchor(text, *place["span"])
            if max(len(found.first), len(found.last)) < 60:
                place.update(
                    first=found.first, last=found.last, raw=found.raw, normalised=found.normalised
                )
    file.write_text(text, "utf-8")
    document["file"]["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()


def worse(term: Any) -> Any:
    """The term of a snapshot with the hostile text whose number it bears, or a hostile address."""
    if isinstance(term, ox.Literal) and (found := NUMBER.search(term.value)):
        return ox.Literal(hostile(int(found[1])))
    if isinstance(term, ox.NamedNode) and term.value.startswith("https://open-locks.example/"):
        return ox.NamedNode(ADDRESSES["2015" in term.value])
    return term


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A workspace and the folder of its corpus, in which every text is hostile."""
    folder = tmp_path_factory.mktemp("hostile") / "corpus"
    shutil.copytree(OTHER_REFORM, folder)
    numbers = itertools.count()
    for path in sorted(folder.glob("*.yaml")):
        # PyYAML takes a bare `on` for “true”.
        content = yaml.safe_load(path.read_text("utf-8").replace(" on: ", ' "on": '))
        text = folder / f"{path.stem}.txt"
        if text.exists() and "withheld" not in path.read_text("utf-8"):
            quote_hostile(content["document"], content["passages"], text, numbers)
        make_hostile(content, numbers)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    assert next(numbers) > 3 * len(HOSTILE)
    home = folder.parent / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REFORMGRAPH_HOME", str(home))
        patch.setenv("REFORMGRAPH_CORPUS", str(folder))
        home.mkdir(mode=0o700)
        asks = (f"We call on the Council to read {text}.\n\n" for text in HOSTILE)
        letter = "".join(asks).replace("\0", "").encode()
        reading = read_bytes(letter, "<img src=x onerror=alert(1)>.txt")
        open_desk(Settings()).take_in("Ada", reading, letter, ident="hostile-letter")
        snapshot = build_snapshot(Settings())
    quads = ox.parse(snapshot.read_bytes(), format=ox.RdfFormat.N_QUADS)
    bad = [ox.Quad(q.subject, q.predicate, worse(q.object), q.graph_name) for q in quads]
    assert {f"<{address}>" for address in ADDRESSES} <= {str(quad.object) for quad in bad}
    data = ox.serialize(bad, format=ox.RdfFormat.N_QUADS)
    assert data is not None
    stamp = read_stamp(home)
    assert stamp is not None
    stamp = dataclasses.replace(stamp, snapshot=hashlib.sha256(data).hexdigest())
    (home / SNAPSHOT).write_bytes(data)
    (home / STAMP).write_text(json.dumps(dataclasses.asdict(stamp)))
    return home, folder


@pytest.fixture(scope="module")
def site(
    workspace: tuple[Path, Path],
    serve: Callable[[dict[str, str]], AbstractContextManager[str]],
    surroundings_of: Callable[..., dict[str, str]],
) -> Iterator[str]:
    home, folder = workspace
    given = surroundings_of(home, corpus=str(folder), documents=str(folder), reviewer="Ada")
    with serve(given) as address:
        yield address


def nothing_ran(page: Page, title: str) -> None:
    """Assert that all that is hostile is text: no element, no attribute, no address of it."""
    assert page.title() == title
    found = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(e =>
             ["onerror", "onload", "onmouseover", "onfocus", "srcdoc"].some(a => e.hasAttribute(a))
             || e.matches("marquee, video, base, meta[http-equiv=refresh]")
             || (e.matches("b, i, strong, em, del, h1") && /^(fat|slanted|bold|it|gone|head)$/
                  .test(e.textContent))
             || ["href", "src"].some(a =>
                  /^\\s*(javascript:|data:text|(https?:)?..(www.)?evil)/i.test(e.getAttribute(a))))
           .map(e => e.outerHTML.slice(0, 200))"""
    )
    assert found == [], page.url


def hover_over_everything(at: Any, stage: str, network: str) -> None:
    """Move the mouse over every node of a picture, so that each tooltip is shown."""
    at.draws(stage)
    page = at.page
    places = page.locator(stage).first.evaluate(
        f"""stage => {{
            const network = {network};
            network.setOptions({{interaction: {{tooltipDelay: 0}}}});
            return network.body.nodeIndices.map(n => network.canvasToDOM(network.getPosition(n)));
        }}"""
    )
    box = page.locator(stage).first.bounding_box()
    assert box is not None
    assert len(places) > 1
    shown = 0
    for place in places:
        page.mouse.move(box["x"] + place["x"], box["y"] + place["y"])
        page.wait_for_timeout(60)
        shown += page.locator(".vis-tooltip").count()
    assert shown


ASKED = {
    "recommendations": [{"q": "script"}],
    "recommendation": [{"id": "open-locks-2012-whole"}, {"id": "open-locks-2015-suspend"}],
    "actor": [{"id": "open-locks-network", "part": "what-it-says"}],
    "instrument": [{"id": "navigation-rules"}],
    "document": [{"id": "open-locks-2015"}, {"id": "open-locks-2015", "part": "in-the-text"}],
    "election": [{"id": "post/ombrel-president"}],
    "questions": [{"question": "Whose rules bind the data each way?"}],
    "sparql": [{"query": "SELECT * { ?s rdfs:label ?label ; dcterms:description ?d }"}],
    "review": [{}, {"tab": "By hand"}],
}
"""What the address of a page says; of those not named here, nothing."""
SHOWS = {
    "recommendations", "recommendation", "actor", "instrument", "document", "links", "check",
    "review",
}  # fmt: skip
"""Pages that must show something hostile for the test to say anything of them."""


def test_hostile_texts_stay_text_on_every_page_and_in_the_picture(
    site: str, visit: Callable[..., Any], tmp_path: Path
) -> None:
    at = visit()
    hostile_shown = set()
    for i, name in enumerate(PAGES):
        for given in ASKED.get(name, [{}]):
            at.open(f"{site}/{name if i else ''}?{urlencode(given)}")
            shown = at.page.inner_text("[data-testid=stMain]")
            if re.search("pwned|evil|7\\*7|<b>|مرحبا", shown):
                hostile_shown.add(name)
            nothing_ran(at.page, "reformgraph")
            if name == "links":
                hover_over_everything(at, ".stage", "stage.network")
                with at.page.expect_download() as saved:
                    at.page.get_by_role("button", name="This page as a file").click()
                saved.value.save_as(tmp_path / "links.html")
    assert hostile_shown >= SHOWS
    at.page.goto((tmp_path / "links.html").as_uri())
    title = at.page.title()
    assert "their links" in title or "evil.example" in title or "pwned" in title
    at.page.wait_for_function("window.network !== undefined")
    hover_over_everything(at, "#mynetwork", "window.network")
    nothing_ran(at.page, title)
    at.is_clean()
