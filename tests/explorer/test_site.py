"""The public pages: each link leads to a page, nothing runs or asks, and texts stay texts."""

from __future__ import annotations

import datetime as dt
import json
import posixpath
import re
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from selectolax.lexbor import LexborHTMLParser

from explorer.site.making import members
from graph.exports.taking import Stamp, Taken
from graph.questions import QUESTIONS, what_happened_to, which_recommendations
from graph.store import MemoryStore, Store
from ingest.pipeline import build
from ontology.terms import ID

OTHER_REFORM = Path(__file__).parents[1] / "graph" / "another_reform"
HOSTILE = "<script>document.title='x'</script><img src=//h.invalid onerror=x()> \" ' &amp;"
HEAD = "c0ffee" + 58 * "0"
HOME = "https://example.org/reform"


def hostile_text(quad: ox.Quad) -> ox.Quad:
    """Return a statement whose text, if it has one in a language, is hostile to a page."""
    text = quad.object
    if isinstance(text, ox.Literal) and text.language:
        text = ox.Literal(f"{HOSTILE} {text.value}", language=text.language)
    return ox.Quad(quad.subject, quad.predicate, text, quad.graph_name)


@pytest.fixture(scope="module")
def store() -> Store:
    quads = ox.parse(build(OTHER_REFORM).to_bytes(), format=ox.RdfFormat.N_QUADS)
    return MemoryStore(ox.serialize(map(hostile_text, quads), format=ox.RdfFormat.N_QUADS))


def taken(store: Store, some: int | None = None, home: str | None = None) -> Taken:
    iris = list(dict.fromkeys(row.recommendation for row in which_recommendations(store)))
    stamp = Stamp(store.digest, HEAD, dt.date(2026, 11, 23), "What was chosen", home=home)
    return Taken(store, tuple(iris[:some]), stamp)


@pytest.fixture(scope="module")
def files(store: Store) -> dict[str, bytes]:
    return members(taken(store, home=HOME))


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, LexborHTMLParser]:
    return {path: LexborHTMLParser(data.decode()) for path, data in files.items()
            if path.endswith(".html")}  # fmt: skip


def path_of(iri: str) -> str:
    return f"id/{iri.removeprefix(str(ID))}.html"


def test_every_link_within_the_site_leads_to_a_file_and_every_page_is_reached(
    files: dict[str, bytes], pages: dict[str, LexborHTMLParser]
) -> None:
    reached = {"index.html"}
    for path, page in pages.items():
        for link in page.css("a[href], link[rel=alternate]"):
            address = link.attributes["href"] or ""
            if "://" in address:
                assert link.tag == "a"
                continue
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
            assert address == "#text" or to in files, f"{path}: {address}"
            reached.add(to)
    assert set(files) - reached == set()


def test_there_is_a_page_for_each_recommendation_and_each_question(
    files: dict[str, bytes], store: Store
) -> None:
    for iri in taken(store).recommendations:
        assert path_of(iri) in files
    asked = [one for one in QUESTIONS.values() if not any(p.required for p in one.parameters)]
    for question in asked:
        assert f"question/{question.name}.html" in files


def test_no_page_runs_or_fetches_anything(pages: dict[str, LexborHTMLParser]) -> None:
    tags = {node.tag for page in pages.values() for node in page.css("*")}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "input", "video"}
    for page in pages.values():
        (policy,) = page.css("meta[http-equiv]")
        assert (policy.attributes["content"] or "").startswith("default-src 'none'; style-src")
        assert not page.css("link[rel=stylesheet]")
        names = {name for node in page.css("*") for name in node.attributes}
        assert not [name for name in names if name.startswith("on") or name == "src"]
    body = pages["index.html"].body
    assert body is not None
    assert HOSTILE in body.text()


def test_a_page_of_a_recommendation_says_who_says_what_became_of_it(
    pages: dict[str, LexborHTMLParser], store: Store
) -> None:
    for row in what_happened_to(store):
        body = pages[path_of(row.recommendation)].body
        assert body is not None
        assert f"as of {row.as_of}; basis: " in body.text()


def test_a_page_of_a_text_says_who_last_called_it_in_force(
    pages: dict[str, LexborHTMLParser],
) -> None:
    told = {}
    for year in ("2009", "2014"):
        body = pages[f"id/version/navigation-rules/{year}.html"].body
        assert body is not None
        told[year] = body.text()
    assert "In force: not in force" in told["2009"]
    assert "Ended: by 2014-11-20" in told["2009"]
    assert "In force: not known to have ended" in told["2014"]
    assert "called it in force, 2015-03-01" in told["2014"]


def test_each_page_has_its_language_title_way_to_the_text_and_stamp(
    pages: dict[str, LexborHTMLParser], store: Store
) -> None:
    for path, page in pages.items():
        assert page.css_first("html[lang=en]"), path
        assert len(page.css("h1")) == 1, path
        assert page.css_first("a.skip[href='#text']"), path
        assert page.css_first("main#text"), path
        foot = page.css_first("footer")
        assert foot is not None
        assert store.digest in foot.text(), path
        assert HEAD in foot.text(), path
        levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4")]
        steps = pairwise(levels)
        assert all(after <= before + 1 for before, after in steps), path


def test_the_public_address_makes_canonical_ones_and_only_that(
    pages: dict[str, LexborHTMLParser], store: Store
) -> None:
    for path, page in pages.items():
        (canonical,) = page.css("link[rel=canonical]")
        assert canonical.attributes["href"] == f"{HOME}/{path}"
    without = members(taken(store, 1))
    assert not re.search(b"rel=.canonical", b"".join(without.values()))


def test_a_title_in_another_language_says_so_wherever_it_stands() -> None:
    title = b'"What became of the Navigation Rules"@'
    data = build(OTHER_REFORM).to_bytes()
    assert title in data
    made = members(taken(MemoryStore(data.replace(title + b"en", title + b"fr"))))
    places = [page for page in made.values() if b">What became of the Navigation Rules" in page]
    assert len(places) > 3
    for page in places:
        body = page.partition(b"</title>")[2]
        around = re.findall(b"<([^<>]*)>What became of the Navigation Rules", body)
        assert all(b'lang="fr"' in tag for tag in around), around


def test_beside_each_page_lies_what_is_stated_as_json_ld(files: dict[str, bytes]) -> None:
    beside = [path for path in files if path.endswith(".jsonld")]
    path = next(path for path in beside if "/recommendation/" in path)
    assert isinstance(json.loads(files[path])["@context"], dict)
    triples = Graph().parse(data=files[path], format="json-ld")
    assert {str(one) for one in triples.subjects()} == {
        f"{ID}{path.removeprefix('id/').removesuffix('.jsonld')}"
    }


def test_a_site_of_a_selection_has_only_what_it_hangs_on(
    store: Store, files: dict[str, bytes]
) -> None:
    some = members(taken(store, 1))
    assert path_of(taken(store, 1).recommendations[0]) in some
    assert set(some) < set(files)
    assert not [path for path in some if path.startswith("question/")]
