"""The network holds every link with its passages, and its parts are the same each time."""

from __future__ import annotations

import datetime as dt

import networkx as nx
import pytest

from graph.network import (
    KINDS,
    TIES,
    around,
    edge_rows,
    how_are_they_linked,
    network,
    only,
)
from ontology.errors import NotFoundError, UsageError
from ontology.identifiers import iri


def node(kind: str, slug: str) -> str:
    return str(iri(kind, slug))


COMMISSION = node("actor", "ombrel-commission")
LAKES = node("actor", "highland-lakes-council")
AGREEMENT = node("version", "lakes-agreement/2011")
MEMORANDUM = node("version", "lakes-memorandum/2001")


@pytest.fixture(scope="module")
def whole(river):
    return network(river)


def small(*edges: tuple[str, str], kind: str = "relation") -> nx.MultiDiGraph:
    net = nx.MultiDiGraph()
    for number, (one, other) in enumerate(edges):
        net.add_edge(one, other, key=f"s{number}", kind=kind, label="to", allegation=False)
    return net


def test_a_node_has_label_and_kind(whole):
    assert whole.nodes[COMMISSION] == {
        "label": "Ombrel River Commission",
        "kind": "actor",
        "subkind": "intergovernmentalOrganization",
    }
    assert whole.nodes[AGREEMENT]["kind"] == "version"
    assert whole.nodes[node("instrument", "ombrel-charter")]["subkind"] == "constitution"
    assert {data["kind"] for _, data in whole.nodes(data=True)} >= {
        "actor", "instrument", "version", "provision", "recommendation", "post", "case",
        "document", "safeguard",
    }  # fmt: skip


def test_a_link_has_its_statement_its_speaker_and_its_passages(whole):
    data = whole.edges[COMMISSION, LAKES, node("transfer", "agreement-out")]
    assert data["label"] == "gives data under the rules of Ombrel River Commission"
    assert data["kind"] == "transfer"
    assert data["attributed_to"] == (node("actor", "open-locks-network"),)
    assert data["document"] == node("document", "open-locks-2015")
    assert data["passage"] == data["passages"][0]
    assert not data["allegation"]


def test_every_link_is_sourced_and_of_a_known_kind(whole):
    for source, target, data in whole.edges(data=True):
        assert data["kind"] in KINDS
        if data["kind"] != "structure":
            assert data["passages"], (source, target)
            assert data["attributed_to"], (source, target)


def test_an_allegation_is_marked(whole):
    marked = [data["statement"] for _, _, data in whole.edges(data=True) if data["allegation"]]
    assert marked == [node("relation", "open-locks-2012-barges")]


def test_three_documents_that_state_one_link_give_three_edges(whole):
    edges = whole.get_edge_data(node("actor", "ombrel-council"), COMMISSION)
    assert len(edges) == 3
    assert {data["label"] for data in edges.values()} == {"unit of"}


def test_a_day_hides_what_began_later_and_what_had_ended(river):
    before, after = network(river, dt.date(2005, 1, 1)), network(river, dt.date(2012, 1, 1))
    assert MEMORANDUM in before
    assert AGREEMENT not in before
    assert AGREEMENT in after
    assert MEMORANDUM not in after
    assert not before.has_edge(COMMISSION, LAKES, node("transfer", "agreement-out"))
    assert before.has_edge(COMMISSION, LAKES, node("transfer", "memorandum-out"))


def test_a_day_hides_what_was_said_later(river):
    claims = only(network(river, dt.date(2014, 1, 1)), {"claim", "safeguard", "recommendation"})
    said = {key for *_, key in claims.edges(keys=True)}
    assert node("claim", "courier-2013-route") in said
    assert node("claim", "open-locks-2015-no-panel") not in said
    assert node("safeguard", "open-locks-2015-no-appeal") not in said
    undated = node("recommendation", "open-locks-2014-no-fee")
    assert undated not in said  # its document is of March 2015
    later = network(river, dt.date(2015, 3, 1))
    assert undated in {key for *_, key in later.edges(keys=True)}


def test_only_some_kinds_leave_no_node_alone(whole):
    ties = only(whole, TIES)
    assert {data["kind"] for *_, data in ties.edges(data=True)} <= TIES
    assert not list(nx.isolates(ties))
    assert len(ties) < len(whole)


def test_a_part_is_capped_and_hangs_together(whole):
    for limit in (2, 3, 5, 12, 25):
        part = around(whole, [COMMISSION, LAKES], longest=2, limit=limit)
        assert len(part) == limit
        assert {COMMISSION, LAKES} <= set(part)
        assert nx.number_weakly_connected_components(part) == 1


def test_a_part_takes_first_what_lies_between_the_centres(whole):
    part = around(only(whole, TIES), [COMMISSION, LAKES], limit=4)
    assert set(part) == {COMMISSION, LAKES, AGREEMENT, MEMORANDUM}


def test_a_part_goes_no_further_than_asked():
    chain = small(("a", "b"), ("b", "c"), ("c", "d"))
    assert set(around(chain, ["a"], longest=1)) == {"a", "b"}
    assert set(around(chain, ["a"], longest=2)) == {"a", "b", "c"}


def test_a_part_is_the_same_whatever_order_the_links_came_in():
    edges = [("hub", name) for name in "abcdefgh"] + [("a", "b"), ("c", "d")]
    parts = [set(around(small(*given), ["hub"], limit=5)) for given in (edges, edges[::-1])]
    assert parts[0] == parts[1]


def test_an_unknown_centre_is_told(whole):
    with pytest.raises(NotFoundError, match="“actor/nobody” has no links"):
        around(whole, [node("actor", "nobody")])


def test_ways_are_found_against_the_arrow_and_shortest_first(river):
    rows = how_are_they_linked(river, one=LAKES, other=COMMISSION, longest=2)
    assert {row.forward for row in rows if row.way == 1} == {True, False}
    lengths = [max(row.step for row in rows if row.way == way) for way in (1, 2, 3)]
    assert lengths == [1, 2, 2]


def test_ways_are_no_longer_than_asked(river):
    rows = how_are_they_linked(river, one=LAKES, other=COMMISSION, longest=1)
    assert {row.step for row in rows} == {1}
    with pytest.raises(UsageError, match="too long"):
        how_are_they_linked(river, one=LAKES, other=COMMISSION, longest=5)


def test_on_a_day_before_its_links_an_entity_has_none(river):
    day = dt.date(1900, 1, 1)
    assert how_are_they_linked(river, one=LAKES, other=COMMISSION, as_of=day) == []
    with pytest.raises(NotFoundError, match="“actor/nobody” has no links"):
        how_are_they_linked(river, one=LAKES, other=node("actor", "nobody"), as_of=day)


def test_what_somebody_says_is_no_tie(river):
    """Two bodies are not linked because one organisation speaks of both."""
    rows = how_are_they_linked(river, one=LAKES, other=node("actor", "odo-brankel"), longest=2)
    assert rows == []


def test_the_table_has_one_row_for_each_link(whole):
    rows = edge_rows(whole)
    assert len(rows) == whole.number_of_edges()
    assert rows == edge_rows(nx.MultiDiGraph(whole))
    (row,) = [row for row in rows if row.allegation]
    assert (row.source_label, row.label, row.target_label) == (
        "Odo Brankel", "linked to", "Brankel Barges",
    )  # fmt: skip


def test_two_networks_of_one_store_are_equal(river, whole):
    again = network(river)
    assert list(again.edges(keys=True, data=True)) == list(whole.edges(keys=True, data=True))
    assert list(again.nodes(data=True)) == list(whole.nodes(data=True))
