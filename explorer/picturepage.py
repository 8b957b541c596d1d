"""A picture as a page of its own: one HTML file that needs, asks and tells nobody anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Final

import networkx as nx
from pyvis.network import Network

from explorer.drawing import figure
from explorer.languages.saying import direction, say, spoken
from explorer.layout import Places
from explorer.markup import Html, element, escaped, joined
from explorer.picture import OPTIONS, legend, spec

CSP: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
)


def page(
    net: nx.MultiDiGraph[str], places: Places, title: str, table: Html, poles: Sequence[str] = ()
) -> str:
    """Return the picture as one HTML page that needs, asks and tells nobody anything.

    `table` is the same in words and stands below. On paper the picture is drawn as SVG. The same
    network gives the same bytes.
    """
    drawn = spec(net, places, poles)
    below = say("The table below says the same.")
    printed = element("div", figure(drawn, title, below), class_="print")
    network = Network(height="680px", width="100%", directed=True, cdn_resources="in_line")
    network.options = OPTIONS
    for node in drawn["nodes"]:
        given = {k: v for k, v in node.items() if k not in ("id", "light", "dark")}
        network.add_node(node["id"], **given)
    for edge in drawn["edges"]:
        given = {k: v for k, v in edge.items() if k not in ("source", "to", "light", "dark")}
        network.add_edge(edge["source"], edge["to"], **given)
    return hardened(network.generate_html(), title, joined(printed, legend(net), table))


def style_sheet(name: str) -> Html:
    """Return one of the style sheets that lie in this room, to stand in a page."""
    return element("style", Html((files("explorer") / name).read_text("utf-8")))


def hardened(html: str, title: str, below: Html) -> str:
    """Make a page of pyvis whole: no foreign address, a policy that forbids any, language, title.

    `below` is shown under the picture.
    """
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    html = re.sub(r"<link\b[^>]*>", "", html)
    html = re.sub(r"<script\b[^>]*\bsrc=[^>]*>\s*</script>", "", html)
    html = re.sub(r"<center>\s*<h1>\s*</h1>\s*</center>", "", html)
    head = joined(
        element("meta", http_equiv="Content-Security-Policy", content=CSP),
        element("meta", name="viewport", content="width=device-width"),
        element("title", title),
        style_sheet("picturepage.css"),
    )
    html = html.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{head}', 1)
    turned = f' dir="{direction()}"' if direction() else ""
    html = html.replace("<html>", f'<html lang="{spoken()}"{turned}>', 1)
    html = html.replace("<body>", f"<body>{element('h1', escaped(title))}", 1)
    start, end, rest = html.rpartition("</body>")
    return "<!doctype html>\n" + start + below + end + rest
