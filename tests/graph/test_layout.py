"""A picture is the same each time, and one can read every label in it."""

from __future__ import annotations

from itertools import combinations, product

import networkx as nx
import pytest

from graph.layout import LINE, box, lines, positions
from graph.network import TIES, around, network, only
from ontology.identifiers import iri

NAMES = ["States", "Commission for the Control of something with a long name", "AB", "Council of"]


def labelled(plain: nx.Graph) -> nx.MultiDiGraph:
    net = nx.MultiDiGraph()
    for number, name in enumerate(plain):
        net.add_node(str(name), label=f"{NAMES[number % 4]} {number}", kind="actor")
    net.add_edges_from((str(one), str(other)) for one, other in plain.edges)
    return net


def overlaps(net: nx.MultiDiGraph) -> list[tuple[str, str]]:
    places = positions(net)
    found = []
    for one, other in combinations(net, 2):
        (x, y), (u, v) = places[one], places[other]
        (w1, h1), (w2, h2) = box(net.nodes[one]["label"]), box(net.nodes[other]["label"])
        if abs(x - u) < (w1 + w2) / 2 and abs(y - v) < (h1 + h2) / 2:
            found.append((one, other))
    return found


PICTURES = {
    "nothing": nx.empty_graph(0),
    "one": nx.empty_graph(1),
    "two without a link": nx.empty_graph(2),
    "a star": nx.star_graph(24),
    "a chain": nx.path_graph(25),
    "all with all": nx.complete_graph(12),
    "two stars": nx.disjoint_union(nx.star_graph(11), nx.star_graph(11)),
    "a loop": nx.Graph([("a", "a"), ("a", "b")]),
    "many": nx.gnm_random_graph(40, 60, seed=1),
    "more than are pushed off links": nx.gnm_random_graph(80, 100, seed=1),
}


@pytest.mark.parametrize("plain", PICTURES.values(), ids=PICTURES)
def test_no_label_stands_on_another(plain):
    assert overlaps(labelled(plain)) == []


@pytest.mark.parametrize("plain", PICTURES.values(), ids=PICTURES)
def test_a_network_gives_the_same_picture_each_time(plain):
    net = labelled(plain)
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(net.nodes(data=True))))
    turned.add_edges_from(reversed(list(net.edges())))
    assert positions(net) == positions(turned)


def test_a_picture_lies_flat():
    places = positions(labelled(nx.path_graph(12))).values()
    across = max(x for x, _ in places) - min(x for x, _ in places)
    down = max(y for _, y in places) - min(y for _, y in places)
    assert across > down


def crossings(net: nx.MultiDiGraph) -> list[tuple[str, str, str]]:
    """Return the links that run through the box of a node at neither end."""
    places, found = positions(net), []
    for (one, other), node in product(net.edges(), net):
        (ax, ay), (bx, by), (x, y) = places[one], places[other], places[node]
        width, height = box(net.nodes[node]["label"])
        steps = [(ax + (bx - ax) * i / 100, ay + (by - ay) * i / 100) for i in range(101)]
        if node not in (one, other) and any(
            abs(u - x) < width / 2 and abs(v - y) < height / 2 for u, v in steps
        ):
            found.append((one, other, node))
    return found


def test_no_link_runs_through_the_box_of_another(interpol, river):
    """What two hubs have in common would stand on the link between the hubs."""
    for store, longest, one, other in (
        (interpol, 2, "interpol", "aimc"),
        (river, 1, "ombrel-commission", "highland-lakes-council"),
    ):
        centres = [str(iri("actor", one)), str(iri("actor", other))]
        part = around(only(network(store), TIES), centres, longest, limit=25)
        assert crossings(part) == []


def test_a_label_is_broken_into_lines_and_nothing_is_lost():
    label = NAMES[1]
    assert " ".join(lines(label)) == label
    assert all(len(line) <= LINE for line in lines(label))
    assert lines("") == [""]
    assert box(label)[1] > box("short")[1]


def test_the_links_of_interpol_and_the_aimc_can_be_read(interpol):
    centres = [str(iri("actor", "interpol")), str(iri("actor", "aimc"))]
    for net in (network(interpol), only(network(interpol), TIES)):
        part = around(net, centres, longest=2, limit=25)
        assert len(part) == 25
        assert overlaps(part) == []
