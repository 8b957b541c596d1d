"""A network becomes a picture: nodes and edges for vis-network, and what they say in words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import networkx as nx

from explorer.entitypages import link_in_words, name_of
from explorer.languages.saying import SEMICOLON, say
from explorer.layout import APART, Places, room_for_words
from explorer.markup import Html, element, joined, listed_html, say_html, seen
from explorer.words import Names, date_in_words, link_words
from graph.network import EdgeRow, go_betweens
from ontology.identifiers import curie

LARGEST: Final = 25
"""More nodes than this cannot be read at first sight; the table holds them all."""
LIMITS: Final = (LARGEST, 50, 100, 150)
"""How many entities may be drawn; at the last a warning is due, beyond it there is the table."""
NAMED: Final = 3
"""So many of those that stand between others are named."""

USUAL: Final = 1240
"""Pixels of width that a picture has on a usual screen."""
PROJECTED: Final = 1800
ZOOM: Final = 1.6
"""The same on a projector, and how much larger than life a picture may be there."""

BENT: Final = 0.39
"""How far vis-network bends the middle of a line of length 1 and roundness 1 away."""


@dataclass(frozen=True)
class Look:
    """How nodes of one sort are drawn: word, shape, corner, (fill, line) by day and night."""

    word: str
    shape: str
    corner: int
    light: tuple[str, str]
    dark: tuple[str, str]
    dashed: bool = False


LOOKS: Final[dict[str, Look]] = {
    "organisation": Look("organisation", "box", 18, ("#dce9f8", "#1f5fa8"), ("#1c3450", "#7fb2ec")),
    "organ": Look("organ", "box", 9, ("#eef4fb", "#4a7fbd"), ("#1a2734", "#6d9ccf")),
    "state": Look("state", "ellipse", 0, ("#dff1e4", "#2b7a4b"), ("#1b3a28", "#7cc79a")),
    "person": Look("person", "ellipse", 0, ("#f7e6d6", "#9c5715"), ("#45301c", "#e5ae76")),
    "group": Look("group", "box", 12, ("#e8e4f5", "#5f4aa0"), ("#302a4a", "#b8a8ee"), dashed=True),
    "text": Look("text", "box", 0, ("#f8f0d0", "#836600"), ("#3d3413", "#dcc15a")),
    "document": Look("document", "box", 0, ("#ececec", "#5c5c5c"), ("#333230", "#b5b2ac")),
    "recommendation": Look("demand", "box", 6, ("#f7e1ec", "#a3306b"), ("#45243a", "#ec9bc6")),
    "post": Look("post", "box", 6, ("#d9f0f0", "#14706f"), ("#173b3b", "#74c8c6")),
    "election": Look("election", "box", 6, ("#d9f0f0", "#14706f"), ("#173b3b", "#74c8c6")),
    "case": Look("case", "box", 6, ("#f6e3df", "#a1382a"), ("#47231d", "#f0998a")),
    "matter": Look("matter", "box", 6, ("#ececec", "#5c5c5c"), ("#333230", "#b5b2ac")),
}  # fmt: skip
"""Each sort of node. Shape, corners and the word in the node tell it apart, not colour alone."""

INK: Final = {"light": "#1d1c1a", "dark": "#f4f2ee"}
LINE: Final = {"light": "#78756f", "dark": "#918d85"}
STRONG: Final = {"light": "#1f5fa8", "dark": "#8abaf0"}
GROUND: Final = {"light": "#ffffff", "dark": "#171614"}

_SORTS: Final = {
    "instrument": "text", "version": "text", "provision": "text", "document": "document",
    "recommendation": "recommendation", "ask": "recommendation", "post": "post",
    "election": "election", "case": "case", "organBody": "organ", "stateOrgan": "organ",
    "person": "person", "state": "state", "group": "group",
}  # fmt: skip


@dataclass(frozen=True)
class Link:
    """One line of a picture: all statements of one kind from one node to another.

    `label` is in English, so that the key of a line is the same in every language.
    """

    source: str
    target: str
    label: str
    allegation: bool
    statements: tuple[str, ...]

    @property
    def key(self) -> str:
        """A name for the line, the same each time; one statement may stand behind several."""
        alleged = "alleged " if self.allegation else ""
        return f"{curie(self.source)} {alleged}{self.label} {curie(self.target)}"

    @property
    def words(self) -> str:
        """What stands on the line, in the language of the page."""
        count = f" ({len(self.statements)})" if len(self.statements) > 1 else ""
        words = link_words(self.label) + count
        return say("{link} (alleged)", link=words) if self.allegation else words


def sort_of(kind: str, subkind: str | None) -> str:
    """Return the sort a node is drawn as."""
    if kind == "actor":
        return _SORTS.get(subkind or "", "organisation")
    return _SORTS.get(kind, "matter")


def edge_words(edge: Mapping[str, Any]) -> str:
    """Return the words on an edge; those of the vocabularies we reuse are put in small letters."""
    label = str(edge["label"])
    return label if edge["kind"] == "transfer" else label.lower()


def links_of(net: nx.MultiDiGraph[str]) -> list[Link]:
    """Return the lines of a network; statements that say the same between the same two are one."""
    found: dict[tuple[str, str, str, bool], list[str]] = {}
    for source, target, edge in net.edges(data=True):
        same = (str(source), str(target), edge_words(edge), bool(edge["allegation"]))
        found.setdefault(same, []).append(str(edge["statement"]))
    return [Link(*same, tuple(sorted(of))) for same, of in sorted(found.items())]


def sentence(link: Link, net: nx.MultiDiGraph[str]) -> str:
    """Return a line of a picture in words."""
    one, other = (net.nodes[end]["label"] for end in (link.source, link.target))
    words = link_words(link.label)
    words = say("{link} (alleged)", link=words) if link.allegation else words
    told = say("{source} → {link} → {target}", source=one, link=words, target=other)
    count = len(link.statements)
    return say("{told} ({count} statements)", told=told, count=count) if count > 1 else told


def sentence_html(link: Link, names: Names) -> Html:
    """Return the same, each name with its language."""
    one, other = name_of(names, link.source), name_of(names, link.target)
    words = link_in_words(link.label)
    words = say_html("{link} (alleged)", link=words) if link.allegation else words
    told = say_html("{source} → {link} → {target}", source=one, link=words, target=other)
    count = len(link.statements)
    return say_html("{told} ({count} statements)", told=told, count=count) if count > 1 else told


def line_of(row: EdgeRow, names: Names) -> dict[str, str]:
    """Return an edge as a line of the table that says the same as the picture."""
    words = link_words(edge_words({"label": row.label, "kind": row.kind}))
    return {
        say("From"): row.source_label,
        say("Link"): say("{link} (alleged)", link=words) if row.allegation else words,
        say("To"): row.target_label,
        say("When"): date_in_words(row.date) if row.date else "",
        say("Who says so"): names.all(*row.attributed_to),
    }


def centre_in_words(net: nx.MultiDiGraph[str], names: Names) -> Html:
    """Return who stands between most others in a picture, counted; empty where nobody does."""
    found = go_betweens(net)[:NAMED]
    if not found:
        return joined()
    told = [
        say_html("{name} ({ways:,} of {of:,})", name=name_of(names, one.node),
                 ways=one.ways, of=one.of)
        for one in found
    ]  # fmt: skip
    return say_html(
        "Who stands between most others here: {names}. Counted are the pairs of others with a "
        "shortest way that passes through it, in this picture only: it tells what is recorded, not "
        "who has power.",
        names=listed_html(told, SEMICOLON),
    )


def title_of(net: nx.MultiDiGraph[str], one: str, other: str) -> str:
    """Return the title of a picture of two poles."""
    names = {"one": net.nodes[one]["label"], "other": net.nodes[other]["label"]}
    return say("{one} and {other}: their links", **names)


def height_of(places: Places, *, large: bool = False) -> int:
    """Return the height, in pixels, of the frame in which a picture fills a usual window.

    `large` is for a projector: as wide as the window, and larger than life where there is room.
    """
    columns = [x for x, _ in places.values()]
    rows = [y for _, y in places.values()]
    most, width, tallest = (ZOOM, PROJECTED, 780) if large else (1.0, USUAL, 780)
    scale = min(most, width / (max(columns) - min(columns) + 230))
    return round(min(tallest, max(380, (max(rows) - min(rows) + 100) * scale)))


def spec(net: nx.MultiDiGraph[str], places: Places, poles: Sequence[str] = ()) -> dict[str, Any]:
    """Return the picture as plain data: `nodes` and `edges` as vis-network takes them.

    Nodes and edges hold their colours by day, and those by day and night under `light` and `dark`.
    What lies between the poles is drawn stronger than the rest.
    """
    nodes = [
        _node(str(node), dict(net.nodes[node]), places[node], node in poles)
        for node in sorted(net.nodes)
    ]
    between = {
        node for node in net.nodes if node in poles or all(_linked(net, node, p) for p in poles)
    }
    return {"nodes": nodes, "edges": list(_edges(links_of(net), places, between))}


def _linked(net: nx.MultiDiGraph[str], one: str, other: str) -> bool:
    return net.has_edge(one, other) or net.has_edge(other, one)


def _node(
    iri: str, given: dict[str, Any], place: tuple[float, float], pole: bool
) -> dict[str, Any]:
    look = LOOKS[sort_of(str(given["kind"]), given.get("subkind"))]
    words = f"{given['label']} ({say(look.word)})"
    return {
        "id": iri,
        # One font for all of it: where vis-network 9.1 reads markup in a label (`multi`), an
        # ampersand makes it take the whole label for a regular expression.
        "label": seen(words),
        "title": _title(words),
        "x": place[0],
        "y": place[1],
        "shape": look.shape,
        "shapeProperties": {
            "borderRadius": look.corner,
            "borderDashes": [5, 3] if look.dashed else False,
        },
        "borderWidth": 3 if pole else 1.5,
        "margin": 14 if pole else 7 if look.shape == "box" else 4,
        "widthConstraint": {"minimum": 60, "maximum": 190 if pole else 215},
        "font": _font("light", 20 if pole else 16),
        "color": _colour(look.light),
        "light": {"color": _colour(look.light), "font": _font("light", 20 if pole else 16)},
        "dark": {"color": _colour(look.dark), "font": _font("dark", 20 if pole else 16)},
    }


def _colour(pair: tuple[str, str]) -> dict[str, Any]:
    both = {"background": pair[0], "border": pair[1]}
    return {**both, "highlight": both, "hover": both}


def _font(mode: str, size: int) -> dict[str, Any]:
    return {"size": size, "color": INK[mode], "face": "sans-serif"}


def _title(text: str) -> str:
    """Return a tooltip. pyvis would show all tooltips as HTML if one of them held `href`."""
    return re.sub("(?i)href", lambda found: f"{found[0][:2]}\u2060{found[0][2:]}", seen(text))


def _edges(
    links: Iterable[Link], places: Places, strong: AbstractSet[str]
) -> Iterable[dict[str, Any]]:
    links = list(links)
    of = Counter(frozenset((link.source, link.target)) for link in links)
    before: Counter[frozenset[str]] = Counter()
    for link in links:
        pair = frozenset((link.source, link.target))
        nth = before[pair]
        before[pair] += 1
        weak = not pair <= strong
        start, end = places[link.source], places[link.target]
        yield {
            "id": link.key,
            "source": link.source,
            "to": link.target,
            "label": seen(link.words),
            "title": _title(link.words),
            "arrows": "to",
            "dashes": [6, 5] if link.allegation else False,
            "width": 1.2 if weak else 2.2,
            "widthConstraint": {"maximum": round(room_for_words(start, end))},
            "smooth": _bend(nth, of[pair], start, end),
            **_line("light", weak=weak),
            "light": _line("light", weak=weak),
            "dark": _line("dark", weak=weak),
        }


def _bend(
    nth: int, of: int, start: tuple[float, float], end: tuple[float, float]
) -> dict[str, Any]:
    """Bend the lines between the same two nodes away from each other, to both sides alike."""
    if abs(start[0] - end[0]) < 1:  # one above the other: around what stands between them
        return {"enabled": True, "type": "curvedCW", "roundness": 0.1 + 0.1 * nth}
    below = nth - (of - 1) / 2
    if below == 0:
        return {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal",
                "roundness": 0.4}  # fmt: skip
    # A line that runs back bends the other way, so that lanes stay apart.
    clockwise = (below < 0) == (start[0] < end[0])
    way = "curvedCW" if clockwise else "curvedCCW"
    away = APART * abs(below) / (BENT * math.dist(start, end))
    return {"enabled": True, "type": way, "roundness": round(away, 3)}


def _line(mode: str, *, weak: bool) -> dict[str, Any]:
    line = LINE[mode] if weak else STRONG[mode]
    return {
        "color": {"color": line, "highlight": INK[mode], "hover": INK[mode]},
        "font": {"size": 13 if weak else 15, "color": INK[mode], "background": GROUND[mode],
                 "strokeWidth": 0, "face": "sans-serif", "align": "horizontal"},
    }  # fmt: skip


OPTIONS: Final[dict[str, Any]] = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "zoomView": False, "dragNodes": True, "tooltipDelay": 150,
                    "keyboard": {"enabled": True, "bindToWindow": False}},
    # Letters that are small can still be read on the fine screen of a telephone.
    "nodes": {"scaling": {"label": {"drawThreshold": 3}}},
    "edges": {"selectionWidth": 2, "arrows": {"to": {"enabled": True, "scaleFactor": 0.7}}},
    "layout": {"improvedLayout": False},
}  # fmt: skip


@cache
def vis_network() -> str:
    """Return the vis-network program that pyvis brings along."""
    return (files("pyvis") / "templates/lib/vis-9.1.2/vis-network.min.js").read_text("utf-8")


def legend(net: nx.MultiDiGraph[str]) -> Html:
    """Return the words, shapes and colours of the nodes that are in the picture."""
    sorts = {sort_of(str(n["kind"]), n.get("subkind")) for _, n in net.nodes(data=True)}
    entries = []
    for name, look in LOOKS.items():
        if name in sorts:
            fill, line = (
                f"light-dark({a},{b})" for a, b in zip(look.light, look.dark, strict=True)
            )
            corner = "50%" if look.shape == "ellipse" else f"{look.corner // 2}px"
            style = f"background:{fill};border-color:{line};border-radius:{corner}"
            style += ";border-style:dashed" if look.dashed else ""
            swatch = element("span", class_="rg-swatch", aria_hidden="true", style=style)
            entries.append(element("li", swatch, say(look.word)))
    if any(edge["allegation"] for _, _, edge in net.edges(data=True)):
        dash = element("span", class_="rg-dash", aria_hidden="true")
        entries.append(element("li", dash, say("alleged: somebody says so")))
    return element("ul", *entries, class_="rg-legend", aria_label=say("Legend"))
