"""The picture: the same each time, readable, whole in itself, and text stays text in it."""

import json
import re
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

from explorer import picture, picturepage
from explorer.drawing import figure
from explorer.layout import around_one, between, with_room
from explorer.markup import element
from explorer.settings import read_settings
from explorer.workspace import open_current
from graph.network import TIES, Net, around, network, only

HOSTILE = "</script><script>document.title='pwned'</script> href=x <b>b</b> & <"


def made(*edges: tuple[str, str, str], labels: dict[str, str] | None = None) -> Net:
    """Make a small network of actors."""
    net: Net = nx.MultiDiGraph()
    for i, (source, label, target) in enumerate(edges):
        for node in (source, target):
            name = (labels or {}).get(node, node.upper())
            net.add_node(node, label=name, kind="actor", subkind="ngo")
        net.add_edge(
            source, target, key=f"s{i}", statement=f"s{i}", label=label, kind="relation",
            allegation=label.startswith("alleged"),
        )  # fmt: skip
    return net


@pytest.fixture(scope="module")
def shipped() -> tuple[Net, str, str]:
    """The first picture of the shipped corpus and its two poles."""
    store = open_current(read_settings())
    one, other = (f"https://w3id.org/reformgraph/id/actor/{name}" for name in ("interpol", "aimc"))
    net = around(only(network(store), TIES), [one, other], 1, picture.LARGEST)
    return net, one, other


def page_of(net: Net, one: str, other: str) -> str:
    table = element("p", "the same in words")
    return picturepage.page(net, between(net, one, other), "A & <b>", table, (one, other))


def test_the_shipped_picture_is_small_enough_to_read(shipped: tuple[Net, str, str]) -> None:
    net, *_ = shipped
    assert 10 <= len(net) <= 25


def test_no_label_stands_on_another(shipped: tuple[Net, str, str]) -> None:
    places = between(*shipped)
    assert set(places) == set(shipped[0])
    assert_apart(places.values())


def assert_apart(places: Iterable[tuple[float, float]]) -> None:
    for (ax, ay), (bx, by) in combinations(places, 2):
        assert abs(ax - bx) >= 215 or abs(ay - by) >= 36


AROUND = (
    ("Council", "unit of", "a"), ("a", "part of legal framework of", "Council"),
    ("a", "established by", "Council"), ("Council", "gives data under the rules of a", "a"),
    ("Council", "party to", "b"), ("Council", "has raised concern about", "c"),
    ("Council", "has raised concern about", "d"), ("e", "part of legal framework of", "Council"),
    ("f", "part of legal framework of", "Council"), ("f", "unit of", "Council"),
    ("g", "unit of", "Council"),
)  # fmt: skip


def test_the_words_on_lines_that_meet_stand_apart() -> None:
    net = made(*AROUND)
    drawn = figure(picture.spec(net, around_one(net, "Council"), ["Council"]), "", "")
    words = re.findall(r'<text x="([-\d.]+)" y="([-\d.]+)" font-size="12"[^>]*>([^<]+)<', drawn)
    assert len(words) == len(AROUND)
    for (x, y, one), (other_x, other_y, other) in combinations(words, 2):
        beside = abs(float(x) - float(other_x)) >= 6 * (len(one) + len(other)) / 2
        assert beside or abs(float(y) - float(other_y)) >= 12, (one, other)


def test_poles_stand_left_and_right_of_what_links_them() -> None:
    net = made(("a", "x", "m"), ("b", "x", "m"), ("a", "x", "n"), ("o", "x", "b"))
    places = between(net, "a", "b")
    assert places["n"][0] < places["a"][0] < places["m"][0] < places["b"][0] < places["o"][0]


def test_many_between_take_turns_left_and_right() -> None:
    edges = [(pole, "x", f"m{i}") for i in range(20) for pole in ("a", "b")]
    places = between(made(*edges), "a", "b")
    middle = [place for node, place in places.items() if node.startswith("m")]
    assert len({x for x, _ in middle}) == 2
    assert_apart(places.values())


def test_many_outside_a_pole_stand_in_two_columns() -> None:
    places = between(made(("a", "x", "b"), *(("a", "x", f"o{i}") for i in range(18))), "a", "b")
    outside = [place for node, place in places.items() if node.startswith("o")]
    assert len({x for x, _ in outside}) == 2
    assert max(x for x, _ in outside) < places["a"][0]
    assert_apart(places.values())


def test_words_on_lines_give_way_to_labels_and_to_what_comes_first() -> None:
    places = {"a": (0.0, 0.0), "b": (600.0, 0.0), "c": (0.0, 200.0), "d": (600.0, -200.0)}
    words = {
        "first": ("a", "b", "14"), "same middle": ("c", "d", "2"), "free": ("c", "b", "3"),
        "over b": ("d", "b", "1"), "as long": ("a", "d", "9" * 40),
    }  # fmt: skip
    assert with_room(places, words) == {"first", "free", "over b", "as long"}
    assert with_room({**places, "e": (300.0, 0.0)}, words) == {"free", "over b", "as long"}


def test_the_same_network_gives_the_same_picture_in_any_order() -> None:
    edges = [("a", "x", "m"), ("b", "y", "m"), ("a", "z", "b"), ("a", "x", "n")]
    keyed = {edge: f"s{i}" for i, edge in enumerate(edges)}
    turned: Net = nx.MultiDiGraph()
    straight = made(*edges)
    for source, label, target in reversed(edges):
        for node in (target, source):
            turned.add_node(node, **straight.nodes[node])
        key = keyed[source, label, target]
        turned.add_edge(source, target, key=key, **straight.edges[source, target, key])
    assert page_of(turned, "a", "b") == page_of(straight, "a", "b")


def test_each_node_says_in_words_what_it_is(shipped: tuple[Net, str, str]) -> None:
    net, one, other = shipped
    drawn = picture.spec(net, between(net, one, other), (one, other))
    words = {look.word for look in picture.LOOKS.values()}
    for node in drawn["nodes"]:
        assert re.search(rf" \(({'|'.join(words)})\)$", node["label"])
    shapes = {(look.shape, look.corner, look.word) for look in picture.LOOKS.values()}
    assert len(shapes) == len(picture.LOOKS)


def test_text_and_lines_stand_out_by_day_and_night() -> None:
    for mode in ("light", "dark"):
        for look in picture.LOOKS.values():
            fill, line = getattr(look, mode)
            assert contrast(picture.INK[mode], fill) >= 4.5, (mode, look.word)
            assert contrast(line, picture.GROUND[mode]) >= 3, (mode, look.word)
        for colour in (picture.LINE[mode], picture.STRONG[mode]):
            assert contrast(colour, picture.GROUND[mode]) >= 3, mode


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours after WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_statements_that_say_the_same_are_one_line() -> None:
    net = made(("a", "unit Of", "b"), ("a", "unit Of", "b"), ("b", "alleged", "a"))
    one, other = picture.links_of(net)
    assert (one.label, one.statements) == ("unit of", ("s0", "s1"))
    assert picture.sentence(one, net) == "A → unit of → B (2 statements)"
    assert picture.sentence(other, net) == "B → alleged (alleged) → A"
    assert other.allegation


def test_a_statement_about_two_things_is_two_lines() -> None:
    net = made(("a", "x", "b"), ("a", "x", "c"))
    for *_, data in net.edges(data=True):
        data["statement"] = "the same"
    drawn = picture.spec(net, between(net, "a", "b"), ("a", "b"))
    assert len({edge["id"] for edge in drawn["edges"]}) == 2


def test_what_hangs_on_the_middle_stands_above_it() -> None:
    net = made(("a", "x", "m"), ("b", "x", "m"), ("p", "part of", "m"), ("a", "x", "b"))
    places = between(net, "a", "b")
    assert places["p"][1] < places["m"][1] < places["a"][1]


def test_an_allegation_is_dashed_and_explained() -> None:
    net = made(("a", "alleged", "b"))
    drawn = picture.spec(net, between(net, "a", "b"), ("a", "b"))
    assert drawn["edges"][0]["dashes"]
    assert "somebody says so" in picture.legend(net)


# --- the page ------------------------------------------------------------------------------------


def test_the_page_asks_nobody_for_anything(shipped: tuple[Net, str, str]) -> None:
    html = page_of(*shipped)
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert re.findall(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=", html) == []
    assert "default-src &#x27;none&#x27;" in html
    assert "<title>A &amp; &lt;b&gt;</title>" in html
    assert "<center>" not in html


def test_the_page_holds_the_policy_before_any_script(shipped: tuple[Net, str, str]) -> None:
    html = page_of(*shipped)
    assert 0 < html.index("Content-Security-Policy") < html.index("<script")


def test_the_page_holds_legend_and_table(shipped: tuple[Net, str, str]) -> None:
    html = page_of(*shipped)
    assert 'class="rg-legend"' in html
    assert "<p>the same in words</p></body>" in html


def test_a_hostile_label_stays_text() -> None:
    net = made(("a", HOSTILE, "b"), labels={"a": HOSTILE, "b": "b"})
    html = page_of(net, "a", "b")
    assert "popup.innerHTML" not in html.partition("<body>")[2]
    assert "<script>document.title" not in html
    drawn = picture.spec(net, between(net, "a", "b"))
    assert "href" not in json.dumps([node["title"] for node in drawn["nodes"]])
    # vis-network would take a label with an ampersand for a regular expression.
    assert all("multi" not in node["font"] for node in drawn["nodes"])


def test_pyvis_gets_no_text_where_it_does_not_escape() -> None:
    source = Path(picture.__file__).read_text("utf-8")
    assert "heading=" not in source
    assert "set_options" not in source
