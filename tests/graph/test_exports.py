"""A selection in open formats: whole, valid alone, described, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import io
import json

import networkx as nx
import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, PROV, RDF, VOID

from graph.closure import closure, statements
from graph.exports.jsonld import jsonld
from graph.exports.networks import gexf, graphml
from graph.exports.rdf import turtle
from graph.exports.taking import Stamp, Taken
from graph.questions import what_happened_to, which_demands_return, which_recommendations
from graph.store import MemoryStore, Store
from ontology.terms import RG
from ontology.validation import conforms, validate

MADE_ON = dt.date(2026, 11, 23)
HEAD = "c0ffee" + 58 * "0"


def taken(store: Store, some: int | None = None, as_of: dt.date | None = None) -> Taken:
    rows = which_recommendations(store, as_of=as_of)
    iris = list(dict.fromkeys(row.recommendation for row in rows))[:some]
    stamp = Stamp(store.digest, HEAD, MADE_ON, "What was chosen", as_of, "https://example.org/?q=x")
    return Taken(store, tuple(iris), stamp)


def read(data: bytes) -> Graph:
    return Graph().parse(data=data, format="turtle")


@pytest.mark.parametrize("some", [1, None])
def test_what_is_taken_away_conforms_to_the_rules_on_its_own(river: Store, some: int) -> None:
    triples = read(turtle(taken(river, some)))
    findings = validate(triples)
    assert conforms(findings), [found.message for found in findings]
    assert len(set(triples.subjects(RDF.type, RG.Recommendation))) >= (some or 8)


def test_both_parsers_read_the_same_from_turtle_and_json_ld(river: Store) -> None:
    chosen = taken(river)
    as_turtle, as_json = turtle(chosen), jsonld(chosen)
    triples = read(as_turtle)
    assert len(triples) > 500
    assert set(Graph().parse(data=as_json, format="json-ld")) == set(triples)
    one = {str(quad.triple) for quad in ox.parse(as_turtle, format=ox.RdfFormat.TURTLE)}
    other = {str(quad.triple) for quad in ox.parse(as_json, format=ox.RdfFormat.JSON_LD)}
    assert one == other
    assert len(one) == len(triples)


def test_json_ld_needs_nothing_from_elsewhere_and_reads_plainly(river: Store) -> None:
    whole = json.loads(jsonld(taken(river)))
    assert isinstance(whole["@context"], dict)
    assert "@import" not in whole["@context"]
    asked = next(one for one in whole["@graph"] if one.get("@type") == "Recommendation")
    assert asked["@id"].startswith("recommendation/")
    assert asked["issuedBy"].startswith("actor/")
    assert isinstance(asked["skos:prefLabel"]["en"], str)


@pytest.mark.parametrize("make", [turtle, jsonld, graphml, gexf])
def test_the_same_selection_gives_the_same_bytes(river: Store, make) -> None:
    assert make(taken(river)) == make(taken(river))


def test_a_data_set_tells_its_licence_its_version_its_day_and_where_it_comes_from(
    river: Store,
) -> None:
    triples = read(turtle(taken(river, 1, dt.date(2016, 1, 1))))
    (made,) = set(triples.subjects(RDF.type, VOID.Dataset))
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert triples.value(made, DCTERMS.license) == licence
    assert triples.value(made, DCTERMS.issued) == Literal(MADE_ON)
    assert triples.value(made, RG.asOf) == Literal(dt.date(2016, 1, 1))
    whole = triples.value(made, PROV.wasDerivedFrom)
    assert triples.value(whole, DCTERMS.identifier) == Literal(f"sha256:{river.digest}")
    journal = triples.value(whole, PROV.wasDerivedFrom)
    assert triples.value(journal, DCTERMS.identifier) == Literal(f"sha256:{HEAD}")
    assert len(set(triples.objects(made, DCAT.distribution))) == 2


def test_what_was_said_after_the_day_does_not_go_along(river: Store) -> None:
    rows = sorted(what_happened_to(river), key=lambda row: row.as_of_latest)
    first, last = rows[0], rows[-1]
    assert first.as_of_latest < last.as_of_latest
    day = last.as_of_latest - dt.timedelta(days=1)
    both = [first.recommendation, last.recommendation]
    said = {triple.subject for triple in closure(river, both, day)}
    assert first.assessment in said
    assert last.assessment not in said
    assert last.assessment in {triple.subject for triple in closure(river, both)}


def test_a_demand_that_only_a_lineage_names_is_not_left_without_its_statuses(
    river: Store,
) -> None:
    judged = {row.recommendation for row in what_happened_to(river)}
    rows = [row for row in which_demands_return(river) if "/lineage/" in row.lineage]
    row = next(row for row in rows if row.later in judged)
    said = {triple.subject for triple in closure(river, [row.earlier])}
    assert row.later in said
    for assessment in what_happened_to(river, recommendation=row.later):
        assert assessment.assessment in said


def test_whom_an_actor_is_linked_to_otherwise_stays_at_home(river: Store) -> None:
    links = set()
    for node, said in statements(river).items():
        if "/relation/" in node:
            values = {one.property: one.text for one in said}
            links.add(tuple(values[str(end)] for end in (RDF.subject, RDF.predicate, RDF.object)))
    known = [triple for said in statements(river).values() for triple in said]
    assert links & {(one.subject, one.property, one.text) for one in known}
    gone = closure(river, taken(river).recommendations)
    assert {one.subject for one in gone} & {subject for subject, _, _ in links}
    assert not links & {(one.subject, one.property, one.text) for one in gone}
    for iri in taken(river).recommendations:
        alone = closure(river, [iri])
        named = {one.text for one in alone if one.link}
        assert {one.subject for one in alone if "/actor/" in one.subject} <= named


def test_networks_open_in_networkx_with_the_words_of_each_link(river: Store) -> None:
    chosen = taken(river)
    one = nx.read_graphml(io.BytesIO(graphml(chosen)), force_multigraph=True)
    other = nx.read_gexf(io.BytesIO(gexf(chosen)))
    assert set(one) == set(other)
    assert one.number_of_edges() == other.number_of_edges() > len(chosen.recommendations)
    assert one.graph["data_version"] == f"sha256:{river.digest}"
    node = chosen.recommendations[0].partition("/id/")[2]
    assert one.nodes[node]["adoption"]
    assert all(given["statement"] for *_, given in one.edges(data=True))


def test_a_network_holds_no_sign_that_xml_forbids() -> None:
    rec, actor = "recommendation/r", "actor/a"
    space = "https://w3id.org/reformgraph/id/"
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    lines = [
        f"<{space}{rec}> {kind} <{RG}Recommendation> .",
        f"<{space}{rec}> <{RG}issuedBy> <{space}{actor}> .",
        f'<{space}{rec}> {label} "a \\u0001 <b> & \\uFFFE sign"@en .',
        f'<{space}{actor}> {label} "Actor"@en .',
    ]
    store = MemoryStore("\n".join(lines).encode())
    for make, reader in ((graphml, nx.read_graphml), (gexf, nx.read_gexf)):
        net = reader(io.BytesIO(make(taken(store))))
        assert net.nodes[rec]["label"] == "a \ufffd <b> & \ufffd sign"
