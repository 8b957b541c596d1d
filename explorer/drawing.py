"""A picture as SVG: the same nodes and lines as in the app, drawn without any program."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any, Final

from explorer.languages.saying import spoken
from explorer.markup import Html, element, joined
from graph.exports.taking import writable

LETTERS, LINE, SIZE = 26, 19, 15
"""Letters in a line of a label, its height and its size in pixels."""
WORDS: Final = 15
"""Height in pixels of a line of the words on an edge."""
LETTER: Final = 7.6
"""Width of a letter in pixels: a little more than the usual typefaces need."""
AS_IN_VIS: Final = 0.52
"""By how much of its roundness vis-network bends a line, so that the words stand where they do."""
MARGIN: Final = 40
FONT: Final = "Noto Sans, Noto Naskh Arabic, DejaVu Sans, Arial, sans-serif"
GROUND: Final = "#ffffff"
INK: Final = "#1d1c1a"
_ARROW: Final = element(
    "defs",
    element(
        "marker", element("path", d="M0 0L10 5L0 10z", fill="context-stroke"), id="arrow",
        viewBox="0 0 10 10", refX=9, refY=5, markerWidth=7, markerHeight=7, orient="auto",
    ),
)  # fmt: skip

Point = tuple[float, float]


def svg(drawn: Mapping[str, Any], title: str, description: str, below: Iterable[str] = ()) -> str:
    """Return a picture made by `picture.spec` as an SVG file that asks nobody for anything.

    `title` and `description` are read out, lines of `below` stand under the picture.
    """
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return declared + figure(drawn, title, description, below)


def figure(
    drawn: Mapping[str, Any], title: str, description: str, below: Iterable[str] = ()
) -> Html:
    """Return the same as an SVG element, to stand in a page."""
    nodes = {node["id"]: _Box(node) for node in drawn["nodes"]}
    left = min((box.left for box in nodes.values()), default=0) - MARGIN
    top = min((box.top for box in nodes.values()), default=0) - MARGIN - 2 * LINE
    right = max((box.right for box in nodes.values()), default=0) + MARGIN
    bottom = max((box.bottom for box in nodes.values()), default=0) + MARGIN
    wide = max(right - left, 900)
    lines = [part for text in below for part in textwrap.wrap(writable(text), int(wide / LETTER))]
    height = bottom - top + (len(lines) + 1) * LINE
    paths = [_line(edge, nodes) for edge in drawn["edges"]]
    return element(
        "svg",
        element("title", writable(title)),
        element("desc", writable(description)),
        _ARROW,
        element("rect", x=_at(left), y=_at(top), width=_at(wide), height=_at(height), fill=GROUND),
        _words(title, left + MARGIN, top + MARGIN, 20),
        element("g", *(path for path, _ in paths)),
        element("g", *(box.drawn() for box in nodes.values())),
        element("g", *(words for _, words in paths)),
        element("g", *(
            _words(line, left + MARGIN, bottom + (number + 1) * LINE, 12)
            for number, line in enumerate(lines)
        )),
        xmlns="http://www.w3.org/2000/svg", role="img", lang=spoken(),
        viewBox=f"{_at(left)} {_at(top)} {_at(wide)} {_at(height)}",
        width=_at(wide), height=_at(height), font_family=FONT,
    )  # fmt: skip


class _Box:
    """A node: its lines of text and the space they take around its middle."""

    def __init__(self, node: Mapping[str, Any]) -> None:
        """Take a node of `picture.spec`."""
        self.node = node
        self.lines = textwrap.wrap(writable(node["label"]), LETTERS) or [""]
        self.x, self.y = float(node["x"]), float(node["y"])
        self.round = node["shape"] == "ellipse"
        # A text in an ellipse needs more room than one in a box.
        self.width = max(map(len, self.lines)) * LETTER * (1.25 if self.round else 1) + 22
        self.height = len(self.lines) * LINE * (1.3 if self.round else 1) + 16
        self.left, self.right = self.x - self.width / 2, self.x + self.width / 2
        self.top, self.bottom = self.y - self.height / 2, self.y + self.height / 2

    def drawn(self) -> Html:
        """Return the node as SVG."""
        colour = self.node["light"]["color"]
        dashed = self.node["shapeProperties"]["borderDashes"]
        look = {
            "fill": colour["background"],
            "stroke": colour["border"],
            "stroke_width": _at(float(self.node["borderWidth"])),
            "stroke_dasharray": "5 3" if dashed else None,
        }
        if self.round:
            shape = element(
                "ellipse", cx=_at(self.x), cy=_at(self.y), rx=_at(self.width / 2),
                ry=_at(self.height / 2), **look,
            )  # fmt: skip
        else:
            shape = element(
                "rect", x=_at(self.left), y=_at(self.top), width=_at(self.width),
                height=_at(self.height), rx=self.node["shapeProperties"]["borderRadius"], **look,
            )  # fmt: skip
        first = self.y - (len(self.lines) - 1) * LINE / 2 + SIZE * 0.35
        texts = [
            _words(line, self.x, first + number * LINE, SIZE, middle=True)
            for number, line in enumerate(self.lines)
        ]
        return element("g", shape, *texts)

    def edge_towards(self, other: Point) -> Point:
        """Return where a line from the middle towards a point leaves the node."""
        across, down = other[0] - self.x, other[1] - self.y
        reach = max(
            abs(across) / (self.width / 2 + 2), abs(down) / (self.height / 2 + 2), 0.001
        )  # fmt: skip
        return (self.x + across / reach, self.y + down / reach) if reach > 1 else (self.x, self.y)


def _line(edge: Mapping[str, Any], nodes: Mapping[str, _Box]) -> tuple[Html, Html]:
    """Return a line with its arrow, and the words on it."""
    one, other = nodes[edge["source"]], nodes[edge["to"]]
    smooth = edge["smooth"]
    across, down = other.x - one.x, other.y - one.y
    if smooth["type"] == "cubicBezier":
        first = (one.x + across / 2, one.y)
        second = (other.x - across / 2, other.y)
    else:
        side = AS_IN_VIS * smooth["roundness"] * (1 if smooth["type"] == "curvedCW" else -1)
        first = second = (
            one.x + across / 2 - down * side,
            one.y + down / 2 + across * side,
        )  # fmt: skip
    start, end = one.edge_towards(first), other.edge_towards(second)
    colour = edge["light"]["color"]["color"]
    path = element(
        "path", element("title", writable(edge["title"])), fill="none", stroke=colour,
        d=f"M{_pair(start)}C{_pair(first)} {_pair(second)} {_pair(end)}",
        stroke_width=_at(float(edge["width"])), marker_end="url(#arrow)",
        stroke_dasharray="6 5" if edge["dashes"] else None,
    )  # fmt: skip
    middle = tuple((a + 3 * b + 3 * c + d) / 8
                   for a, b, c, d in zip(start, first, second, end, strict=True))  # fmt: skip
    letters = int(edge["widthConstraint"]["maximum"] / LETTER)
    words = textwrap.wrap(writable(edge["label"]), letters, break_long_words=False)
    highest = middle[1] + 4 - (len(words) - 1) * WORDS / 2
    return path, joined(
        _words(line, middle[0], highest + number * WORDS, 12, middle=True, halo=True)
        for number, line in enumerate(words)
    )


def _words(
    text: str, x: float, y: float, size: int, *, middle: bool = False, halo: bool = False
) -> Html:
    return element(
        "text", writable(text), x=_at(x), y=_at(y), font_size=size, fill=INK,
        text_anchor="middle" if middle else None, stroke=GROUND if halo else None,
        stroke_width=4 if halo else None, paint_order="stroke" if halo else None,
    )  # fmt: skip


def _pair(point: Point) -> str:
    return f"{_at(point[0])} {_at(point[1])}"


def _at(length: float) -> str:
    """Return a length without needless digits, the same on every machine."""
    return f"{length:.1f}".removesuffix(".0")
