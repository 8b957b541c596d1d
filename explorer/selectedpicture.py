"""The picture of a selection: who asked whom for what, as SVG, PNG and as a page of its own."""

from __future__ import annotations

from typing import Any

from explorer import picture
from explorer.between.file import picture_table
from explorer.drawing import svg
from explorer.layout import Places, in_columns
from explorer.markup import element, joined
from explorer.picturepage import page
from explorer.selected import Selected
from explorer.typesetting import png_of_svg
from explorer.voices import Item
from explorer.words import marked_word
from graph.exports.networks import network_of
from graph.exports.taking import Taken
from graph.network import Net, edge_rows, only

KIND = frozenset({"recommendation"})
"""The links that are drawn: who asks what, and what is asked of whom."""


def as_svg(taken: Taken) -> bytes:
    """Return the picture of a selection as SVG; the same selection gives the same bytes."""
    known = Selected(taken)
    net, places = _drawn(known)
    below = _below(known, net)
    drawn = svg(_spec(net, places), taken.stamp.name, " ".join(below), below)
    return drawn.encode()


def as_png(taken: Taken) -> bytes:
    """Return the picture of a selection as PNG."""
    return png_of_svg(as_svg(taken))


def as_page(taken: Taken) -> bytes:
    """Return the picture of a selection as a page that needs no network, with its table."""
    known = Selected(taken)
    net, places = _drawn(known)
    notes = [element("p", line) for line in _below(known, net)]
    table = joined(notes, picture_table(edge_rows(net), known.names))
    return page(net, places, taken.stamp.name, table).encode()


def _drawn(known: Selected) -> tuple[Net, Places]:
    """Return as many recommendations as can be read at first sight, with who asks and is asked."""
    whole = only(network_of(known.taken), KIND)
    chosen: set[str] = set()
    shown: list[Item] = []
    for item in known.items:
        more = {item.iri, *item.first.issuers, *item.first.addressees} & set(whole)
        if shown and len(chosen | more) > picture.LARGEST:
            break
        shown.append(item)
        chosen |= more
    net: Net = whole.subgraph(chosen).copy()
    for item in shown:
        if item.iri in net:
            status = marked_word(item.bucket).replace(" ", "\u00a0")  # stays on one line
            change = known.taken.changes.get(item.iri)
            told = f"{status}; {change.told}" if change else status
            net.nodes[item.iri]["label"] = f"{item.first.label} [{told}]"
    middle = [item.iri for item in shown if item.iri in net]
    asking = {one for one, other, _ in net.edges if other in middle} - {*middle}
    return net, in_columns(net, [sorted(asking), middle, sorted(set(net) - asking - {*middle})])


def _spec(net: Net, places: Places) -> dict[str, Any]:
    """Return the picture as data; the columns say what words on each line would repeat."""
    drawn = picture.spec(net, places)
    return {**drawn, "edges": [{**edge, "label": ""} for edge in drawn["edges"]]}


def _below(known: Selected, net: Net) -> list[str]:
    """Return what stands under the picture: how to read it, what is left out, the stamp."""
    shown = sum(item.iri in net for item in known.items)
    lines = [
        "Left: who asks. Middle: what is asked, with what the current voices say on adoption. "
        "Right: who is asked. A status is somebody's statement; “unassessed” is not “not adopted”."
    ]
    if shown < len(known.items):
        lines.append(
            f"Drawn are the first {shown} of {len(known.items)} recommendations; "
            "the tables hold all."
        )
    return [*lines, "; ".join(f"{name}: {text}" for name, text in known.taken.stamp.lines())]
