"""Two actors and what lies between them; what is around one: each with its source, each by URL."""

import datetime as dt
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from streamlit.testing.v1 import AppTest

from explorer import picture
from explorer.between.facts import Between, between
from explorer.between.file import page as file_of
from explorer.between.sections import SECTIONS, in_short
from explorer.between.sources import Numbered, Shown, unlinked
from explorer.drawing import figure
from explorer.languages.saying import catalogue, speaking
from explorer.layout import around_one
from explorer.layout import between as places_between
from explorer.markup import joined
from explorer.settings import read_settings
from explorer.words import GIVES_DATA, Names
from explorer.workspace import open_current
from graph.entities import labels, passages
from graph.exports.taking import Stamp
from graph.network import TIES, Net, around, network, on_the_ways, only
from graph.store import Store
from ingest.triples import RELATIONS
from ontology.terms import label

Opens = Callable[..., AppTest]
Reads = Callable[[AppTest], str]

ACTOR = "https://w3id.org/reformgraph/id/actor/"
ONE, OTHER = f"{ACTOR}interpol", f"{ACTOR}aimc"
LETTER = """\
format: 1
document:
  id: letter
  title: A letter
  publisher: reformgraph-maintainers
  kind: report
  language: en
  issued: "2020"
  origin: external
  read: whole
  recorded: "2026-11-22T10:00:00Z"
  review: invented for the tests
passages:
  whole: {section: The letter, locator: page 1}
actors:
  - {id: reformgraph-maintainers, label: maintainers, kind: group}
"""


def test_the_saved_pair_of_the_shipped_corpus_is_shown_first(open_page: Opens, html: Reads) -> None:
    page = open_page("links")
    assert page.title[0].value == (
        r"INTERPOL and Arab Interior Ministers' Council\: how are they linked?"
    )
    table = page.dataframe[0].value
    assert {"party to", "gives data under the rules of INTERPOL"} <= set(table["Link"])
    shown = html(page)
    assert "What each offers a person affected" in [part.value for part in page.header]
    assert "? not stated" in shown
    assert "✕ denied" in shown


@pytest.mark.usefixtures("other_reform")
def test_without_a_saved_pair_the_closest_organisations_are_shown(open_page: Opens) -> None:
    page = open_page("links")
    assert page.title[0].value == (
        r"Highland Lakes Council and Ombrel River Commission\: how are they linked?"
    )


def test_a_corpus_without_actors_has_no_links_to_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Opens, html: Reads
) -> None:
    monkeypatch.setenv("REFORMGRAPH_CORPUS", str(tmp_path))
    (tmp_path / "letter.yaml").write_text(LETTER)
    page = open_page("links")
    assert "tells of no link between two actors yet" in html(page)
    assert not page.selectbox


@pytest.mark.usefixtures("other_reform")
def test_a_chosen_link_shows_who_says_so_and_where(open_page: Opens, html: Reads) -> None:
    sentence = "Highland Lakes Council → party to → Agreement of 2011"
    shown = html(open_page("links", {"focus": sentence}))
    assert f"<strong>{sentence}</strong>" in shown
    assert (
        '<dt>Says who</dt><dd><a href="actor?id=open-locks-network">Open Locks Network</a></dd>'
        in shown
    )
    assert "In your copy: verified" in shown


@pytest.mark.usefixtures("other_reform")
def test_a_chosen_entity_shows_its_links(open_page: Opens, html: Reads) -> None:
    shown = html(open_page("links", {"focus": "Agreement of 2011"}))
    assert '<h2 dir="auto">Agreement of 2011</h2>' in shown
    assert "Agreement of 2011 → replaces → Memorandum of 2001" in shown


@pytest.mark.usefixtures("other_reform")
def test_one_actor_has_no_links_with_itself(open_page: Opens, html: Reads) -> None:
    same = {"one": "Highland Lakes Council", "other": "actor/highland-lakes-council"}
    assert "Choose two different actors" in html(open_page("links", same))


@pytest.mark.usefixtures("other_reform")
def test_an_actor_without_such_links_is_told(open_page: Opens, html: Reads) -> None:
    page = open_page("links", {"one": "Lantern Farms League", "drawn": "ties"})
    assert "No such link of Lantern Farms League is recorded" in html(page)


@pytest.mark.usefixtures("other_reform")
def test_a_presentation_clears_the_desk_and_keeps_the_picture(
    open_page: Opens, html: Reads
) -> None:
    page = open_page("links", {"presentation": "true"})
    assert page.toggle[0].value is True
    shown = html(page)
    assert ".st-key-desk { display: none; }" in shown
    assert "rg-flow" in shown
    assert "Choose an entity or a link" not in shown


@pytest.mark.usefixtures("other_reform")
def test_an_address_means_the_same_in_every_language(open_page: Opens, html: Reads) -> None:
    query = {"shown": "the ways between them", "drawn": "all that is said", "lang": "fr",
             "focus": "Highland Lakes Council → party to → Agreement of 2011"}  # fmt: skip
    page = open_page("links", query, "from explorer.languages.choosing import begin\nbegin()\n")
    assert page.selectbox(key="shown").value == query["shown"]
    assert page.selectbox(key="drawn").value == query["drawn"]
    assert not page.warning
    shown = html(page)
    one, other = (f'<span lang="en" dir="auto">{name}</span>'
                  for name in ("Highland Lakes Council", "Agreement of 2011"))  # fmt: skip
    assert f"<strong>{one} → partie à → {other}</strong>" in shown
    assert re.search(
        rf"<h1>{one} et <span lang=.en. [^<]+</span>\N{{NO-BREAK SPACE}}: quels", shown
    )
    with speaking("fr"):  # AppTest says the words of an option itself
        page.selectbox(key="drawn").set_value("ties").run()
    assert page.query_params["drawn"] == "ties"
    assert page.query_params["focus"] == query["focus"]


@pytest.mark.usefixtures("other_reform")
def test_the_picture_of_the_ways_stands_in_the_address(open_page: Opens) -> None:
    page = open_page("links", {"shown": "the ways between them", "longest": "1"})
    assert {row["From"] for _, row in page.dataframe[0].value.iterrows()} <= {
        "Highland Lakes Council", "Ombrel River Commission",
    }  # fmt: skip


@pytest.mark.usefixtures("other_reform")
def test_the_page_around_an_entity_follows_its_id(open_page: Opens) -> None:
    page = open_page("around", {"id": "version/lakes-agreement/2011"})
    assert page.title[0].value == r"Agreement of 2011\: what is around it?"
    assert "replaces" in set(page.dataframe[0].value["Link"])
    told = open_page("around", {"id": "actor/nobody"})
    assert "is not linked to anything" in told.warning[0].value
    assert told.title[0].value == "What is around it?"


# --- what lies between two -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def store() -> Store:
    """The shipped corpus."""
    return open_current(read_settings())


@pytest.fixture(scope="module")
def net(store: Store) -> Net:
    return network(store)


@pytest.fixture(scope="module")
def found(store: Store, net: Net) -> Between:
    """What lies between the pair that is shown first."""
    return between(store, net, ONE, OTHER, longest=3)


def sections(found: Between, store: Store) -> dict[str, str]:
    shown = Shown(Names(labels(store)), lambda found: joined(*(f"<{one}>" for one in found)))
    return {title: section(found, shown) for title, section in SECTIONS.items()}


def test_what_links_two_entities_is_said_in_every_language(net: Net) -> None:
    stated = [{"label": label(one), "kind": "relation"} for one in RELATIONS.values()]
    drawn = [data for _, _, data in net.edges(data=True) if data["kind"] != "transfer"]
    words = {picture.edge_words(edge) for edge in (*stated, *drawn)}
    assert len(words) > 30
    assert not words - set(catalogue("fr"))
    assert GIVES_DATA.format(name="INTERPOL") in {
        data["label"] for _, _, data in net.edges(data=True)
    }


def test_texts_stand_in_time_with_what_replaced_what(found: Between, store: Store) -> None:
    assert [row.date for row in found.texts] == ["1999", "2022"]
    told = sections(found, store)["The texts between them, in time"]
    assert told.index(">1999<") < told.index("Replaced by") < told.index(">2022<")


def test_a_text_and_a_source_of_later_are_not_known_on_an_earlier_day(store: Store) -> None:
    day, later = dt.date(2010, 1, 1), dt.date(2023, 6, 1)
    net = network(store, day)
    (only_one,) = between(store, net, ONE, OTHER, longest=2, as_of=day).texts
    assert (only_one.date, only_one.ended, only_one.replaced_by) == ("1999", None, ())
    ended, _ = between(store, net, ONE, OTHER, longest=2, as_of=later).texts
    assert (ended.in_force, ended.seen_in, ended.seen_on) == ("notInForce", None, None)


def test_data_go_each_way_under_named_rules(found: Between, store: Store) -> None:
    told = sections(found, store)["Whose rules bind the data that pass between them"]
    assert told.count('class="rg-arrow"') == 2
    first, second = told.split("rg-flow")[1:]
    assert "bound by the rules of <strong>INTERPOL</strong>" in first
    assert "bound by the rules of <strong>Arab Interior" in second


def test_each_cell_of_the_matrix_that_says_something_has_its_source(
    found: Between, store: Store
) -> None:
    table = sections(found, store)["What each offers a person affected"]
    offers = re.findall(r'<div class="rg-offer">(.*?)</td>|<div class="rg-offer rg-muted">', table)
    assert len([said for said in offers if said]) > 5
    for said in filter(None, offers):
        assert "&lt;https://w3id.org/reformgraph/id/passage/" in said
    assert table.count("? not stated") - 1 == sum(
        row.availability == "not stated" for rows in found.safeguards.values() for row in rows
    )


def test_a_way_is_told_step_by_step_with_its_sources(found: Between, store: Store) -> None:
    told = sections(found, store)["The ways from one to the other"]
    assert (
        "INTERPOL \u2013 INTERPOL\u2013AIMC cooperation agreement, 2022 \u2013 Arab Interior"
        in told
    )
    steps = told.split('<ul class="rg-list">')[1:]
    assert all("id/passage/" in step for step in steps)


def test_what_each_says_is_told_apart_from_what_others_say(found: Between) -> None:
    of_one, of_other, of_others = found.said
    assert of_one
    assert all(ONE in row.claimants and OTHER in row.about for row in of_one)
    assert all(OTHER in row.claimants for row in of_other)
    assert of_others
    assert not any({ONE, OTHER} & {*row.claimants} for row in of_others)


def test_any_two_actors_of_another_reform_can_be_asked(river_store: Store) -> None:
    lakes, river = f"{ACTOR}highland-lakes-council", f"{ACTOR}ombrel-commission"
    found = between(river_store, network(river_store), lakes, river, longest=3)
    assert len(found.texts) == 2
    assert "2 texts to which both belong" in in_short(found, Names(labels(river_store)))


@pytest.fixture
def river_store(other_reform: Path) -> Store:
    assert other_reform.is_dir()
    return open_current(read_settings())


# --- the file ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def file(found: Between, net: Net, store: Store) -> str:
    """The page as a file."""
    part = around(only(net, TIES), [ONE, OTHER], 1, picture.LARGEST)
    stamp = Stamp("a" * 64, "b" * 64, dt.date(2026, 11, 23), "Links of the two")
    places = places_between(part, ONE, OTHER)
    return file_of(found, part, places, Names(labels(store)), passages(store), stamp)


def test_the_file_holds_everything_with_numbered_sources(file: str) -> None:
    for title in (*SECTIONS, "In short", "The picture as a table", "Sources", "About this page"):
        assert f"<h2>{title.replace(chr(39), '&#x27;')}</h2>" in file
    named = set(re.findall(r'href="#(source-\d+)"', file))
    assert len(named) > 10
    assert named == set(re.findall(r'<li id="(source-\d+)"', file))
    assert f"Data version: sha256:{'a' * 64}" in file
    assert f"Journal head: sha256:{'b' * 64}" in file
    assert "beginning “" in file  # where no paragraph is known; offsets say nothing to people
    assert not re.search(r"characters \d", file)


def test_the_file_is_in_the_language_that_is_spoken(found: Between, net: Net, store: Store) -> None:
    part = around(only(net, TIES), [ONE, OTHER], 1, picture.LARGEST)
    stamp = Stamp("a" * 64, "b" * 64, dt.date(2026, 11, 23), "Links of the two")
    with speaking("ar"):
        told = file_of(found, part, places_between(part, ONE, OTHER), Names(labels(store)),
                       passages(store), stamp)  # fmt: skip
    assert '<html lang="ar" dir="rtl">' in told
    for english in (*SECTIONS, "Sources", "says ", "In short", "Data version", "Who says so"):
        assert f">{english}" not in told
    assert 'يبدأ بعبارة «<span lang="en"' in told


def test_the_file_leads_to_no_page_that_is_not_there(file: str) -> None:
    below = file.rpartition('class="print"')[2]
    assert set(re.findall(r'href="([^#"][^:"]*)', below)) <= {"https", "http"}
    assert re.findall(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=", file) == []
    assert 0 < file.index("Content-Security-Policy") < file.index("<script")


def test_on_paper_the_picture_is_drawn_as_svg(file: str) -> None:
    assert "<svg" in file.rpartition('class="print"')[2]
    assert ".print{display:block}" in file
    assert "@page{size:A4" in file


def test_a_hostile_name_stays_text_in_every_part(found: Between, store: Store) -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    names = Names(dict.fromkeys(labels(store), evil))
    numbered = Numbered(passages(store), names)
    told = [section(found, Shown(names, numbered, unlinked)) for section in SECTIONS.values()]
    whole = joined(told, in_short(found, names), numbered.listed())
    assert "<script" not in whole
    assert "<img" not in whole
    assert "&lt;script&gt;" in whole


# --- what pictures look like ---------------------------------------------------------------------

CENTRES = (
    ("interpol", "aimc"), ("interpol", "ccf"), ("interpol", "pace"), ("interpol",), ("aimc",),
    ("ccf",), ("mena-rights-group",), ("fair-trials",),
)  # fmt: skip


def pictures(net: Net) -> Iterator[tuple[Net, dict[str, tuple[float, float]]]]:
    """Yield neighbourhoods of the shipped corpus as the pages draw them."""
    for kinds in (TIES, TIES | {"recommendation"}):
        some = only(net, kinds)
        for names in CENTRES:
            centres = [f"{ACTOR}{name}" for name in names]
            if set(centres) <= set(some):
                part = around(some, centres, 2, picture.LARGEST)
                both = len(centres) == 2
                places = places_between(part, *centres) if both else around_one(part, *centres)
                yield part, places
    yield_from = on_the_ways(only(net, TIES), ONE, OTHER, 4)
    yield yield_from, places_between(yield_from, ONE, OTHER)


def test_no_two_labels_of_real_neighbourhoods_touch(net: Net) -> None:
    drawn = 0
    for part, places in pictures(net):
        boxes = {
            node["id"]: (*places[node["id"]], *size(node))
            for node in picture.spec(part, places)["nodes"]
        }
        drawn += len(boxes) >= 20
        for (one, a), (other, b) in combinations(boxes.items(), 2):
            apart = abs(a[0] - b[0]) >= (a[2] + b[2]) / 2 or abs(a[1] - b[1]) >= (a[3] + b[3]) / 2
            assert apart, (one, other)
    assert drawn >= 5


def size(node: Mapping[str, object]) -> tuple[float, float]:
    """Return width and height in pixels that vis-network gives a label of 16 pixels."""
    lines = textwrap.wrap(str(node["label"]), 24)
    return min(215, max(map(len, lines)) * 8.6 + 14), len(lines) * 18.4 + 14


PRINTED = """
import hashlib
from explorer import picture
from explorer.picturepage import page
from explorer.words import Names
from explorer.layout import around_one, between
from explorer.markup import joined
from explorer.settings import read_settings
from explorer.workspace import open_current
from graph.network import TIES, around, network, on_the_ways, only
one, other = ONE, OTHER
net = only(network(open_current(read_settings())), TIES)
near, single = around(net, [one, other], 2), around(net, [one], 2)
ways = on_the_ways(net, one, other, 4)
pages = [page(part, between(part, one, other), "", joined()) for part in (near, ways)]
pages.append(page(single, around_one(single, one), "", joined()))
pages.append(picture.centre_in_words(near, Names({})))
printed = hashlib.sha256("".join(pages).encode()).hexdigest()
"""


def test_the_same_data_give_the_same_pictures_under_another_seed_of_hashing() -> None:
    code = PRINTED.replace("ONE, OTHER", f"{ONE!r}, {OTHER!r}")
    here: dict[str, str] = {}
    exec(code, here)
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    there = subprocess.run(
        [sys.executable, "-c", f"{code}print(printed)"], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )  # fmt: skip
    assert there.stdout.strip() == here["printed"]


def test_a_picture_says_who_stands_between_most_others() -> None:
    names = Names({"hub": "HUB <b>"})
    assert picture.centre_in_words(star("a", "b", "c"), names).startswith(
        "Who stands between most others here: HUB &lt;b&gt; (3 of 3)."
    )
    assert picture.centre_in_words(star("a"), names) == ""


def star(*others: str) -> Net:
    made: Net = nx.MultiDiGraph()
    for i, other in enumerate(others):
        for node in ("hub", other):
            made.add_node(node, label=node.upper(), kind="actor", subkind="ngo")
        made.add_edge("hub", other, key=f"s{i}", statement=f"s{i}", label="x", kind="relation",
                      allegation=False)  # fmt: skip
    return made


def test_hundreds_around_one_are_drawn_without_touching() -> None:
    net = star(*(f"n{i:03}" for i in range(149)))
    places = around_one(net, "hub")
    assert len(places) == 150
    for (ax, ay), (bx, by) in combinations(places.values(), 2):
        assert abs(ax - bx) >= 215 or abs(ay - by) >= 36


def test_a_picture_can_stand_in_a_page_as_svg() -> None:
    net = star("a", "<b>")
    drawn = picture.spec(net, around_one(net, "hub"), ("hub",))
    assert figure(drawn, "A & B", "").startswith("<svg")
    assert "<b>" not in figure(drawn, "A & B", "").lower().replace("<br>", "")
