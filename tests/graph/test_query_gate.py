"""The gate before free queries: what it refuses by name, where, and what it lets pass."""

from __future__ import annotations

import time
from importlib.resources import files

import pyoxigraph as ox
import pytest

from graph.freequeries.gate import BASE, admit, parse_error
from graph.freequeries.limits import Limits, QueryRefused, Reason
from ontology.terms import PREFIXES


def refusal(query: str, limits: Limits | None = None) -> QueryRefused:
    with pytest.raises(QueryRefused) as caught:
        admit(query, limits)
    assert "\n" not in str(caught.value)
    return caught.value


SERVICE_HIDDEN = [
    "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }",
    "select * { service silent <http://a/> { ?s ?p ?o } }",
    "SELECT * { SERVICE# a remark\n<http://a/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://a/> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <http://a/> { ?s ?p ?o } } } }",
    "SELECT * { BIND(IRI('http://a/') AS ?a) SERVICE ?a { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://a/> { ?s ?p ?o } }",
    "SELECT * { SERV\\U00000049CE <http://a/> { ?s ?p ?o } }",
    # The engine knows no border of a word: all of these are SERVICE for it.
    "SELECT * { SERVICErg:b { ?s ?p ?o } }",
    "SELECT * { SERVICESILENTrg:b { ?s ?p ?o } }",
    "PREFIX : <http://a/> SELECT * { SERVICE:b { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICErg:b { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1.SERVICErg:b { ?s ?p ?o } }",
    "SELECT * { ?s ?p rg:a.b.SERVICE rg:b { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", SERVICE_HIDDEN)
def test_service_is_refused_by_name_however_it_is_written(query: str) -> None:
    refused = refusal(query)
    assert refused.reason is Reason.forbidden
    assert "SERVICE asks another machine" in refused.what


@pytest.mark.parametrize(
    "query",
    [
        # After a comparison the engine reads on where a reader of addresses sees one.
        "SELECT * { ?s ?p ?o FILTER(1<2)SERVICE#>\nrg:b { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(1<2+'x>'+'y')SERVICE rg:b { ?s ?p ?o } #'\n}",
        "SELECT * { ?s ?p ?o FILTER(1<2#>'''\n)SERVICE rg:b { ?s ?p ?o } #'''\n}",
    ],
)
def test_a_comparison_that_may_be_an_address_is_refused(query: str) -> None:
    ox.Store().query(query, prefixes=PREFIXES)  # for the engine it is SPARQL
    assert "may be an address or a comparison" in refusal(query).what


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("LOAD <http://a/>", "LOAD"),
        ("load silent <file:a> into graph <http://a/>", "LOAD"),
        ("INSERT DATA { rg:a rg:b rg:c }", "INSERT"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("PREFIX x: <http://x/> WITH x:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH"),
        ("CLEAR ALL", "CLEAR"),
        ("DROP DEFAULT", "DROP"),
        ("CREATE GRAPH <http://a/>", "CREATE"),
        ("ADD <http://a/> TO DEFAULT", "ADD"),
        ("MOVE <http://a/> TO DEFAULT", "MOVE"),
        ("COPY <http://a/> TO DEFAULT", "COPY"),
        ("SELECT * { ?s ?p ?o } ; DROP ALL", "DROP"),
        ("\\u004cOAD <http://a/>", "LOAD"),
    ],
)
def test_every_update_is_refused_by_name(query: str, word: str) -> None:
    refused = refusal(query)
    assert refused.reason is Reason.forbidden
    assert refused.what.startswith(f"{word} changes data")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s rdfs:label 'SERVICE <http://a/>' , \"DROP ALL\", '''LOAD ' '' x''' }",
        "# SERVICE LOAD\nSELECT ?service $load { ?service rdfs:label ?load } # DROP",
        "SELECT * { ?s a <http://a/SERVICE#LOAD> ; rg:service ?o ; rg:drop 1.5e3 }",
        "SELECT * { ?s ?p ?o FILTER(?s < 3 && ?o > 5 || ?o <= 4) }",
        "SELECT * { ?s ?p ?o FILTER(?s<3&&?o>5) }",
        "SELECT * { ?s ?p 'x'@en-service , \"\\u0053ERVICE\\n\" }",
        "SELECT * { <actor/interpol> rg:partyTo/rdfs:label|^rg:of* ?o . ?s !(rg:a|^rg:b)+ [] }",
        "ASK { <http://a/b_(c)#d> ?p _:b.c }",
        "PREFIX x.y-z: <http://a/> CONSTRUCT { ?s a x.y-z:a%20b\\/c } WHERE { ?s a x.y-z: }",
        "DESCRIBE <actor/interpol>",
        "\ufeffASK { VALUES (?a ?b) { (UNDEF 'é\U0001f600') } }",
    ],
)
def test_what_only_looks_like_it_passes_and_is_sparql(query: str) -> None:
    ox.Store().query(admit(query).text, base_iri=BASE, prefixes=PREFIXES)


def test_every_query_of_the_project_passes() -> None:
    texts = [
        entry.read_text("utf-8")
        for entry in (files("graph") / "queries").iterdir()
        if entry.name.endswith(".rq")
    ]
    assert len(texts) > 20
    for text in texts:
        assert admit(text).graphs == ()


def test_the_place_is_told_by_line_and_column() -> None:
    refused = refusal("SELECT *\nWHERE {\n  ?s ?p ?o . SERVICE <http://a/> {}\n}")
    assert (refused.line, refused.column) == (3, 14)
    assert str(refused).startswith(
        "query line 3 column 14: “SERVICE”: SERVICE asks another machine"
    )
    assert str(refused.named("mine.rq")).startswith("mine.rq line 3 column 14: ")


@pytest.mark.parametrize(
    ("inside", "deep"),
    [("{}", 127), ("()", 126), ("[]", 127)],
)
def test_brackets_may_be_nested_128_deep_and_no_deeper(inside: str, deep: int) -> None:
    opening, closing = inside
    around = ("ASK { FILTER (", ") }") if inside == "()" else ("ASK {", "}")
    admit(f"{around[0]}{opening * deep}1{closing * deep}{around[1]}")
    refused = refusal(f"{around[0]}{opening * (deep + 1)}1{closing * (deep + 1)}{around[1]}")
    assert "nested more than 128 deep" in refused.what


def test_a_row_of_negations_counts_as_depth() -> None:
    assert "nested" in refusal("ASK { FILTER(" + "!" * 200 + "true) }").what


def test_a_long_query_is_refused_before_it_is_read() -> None:
    assert "20,001 characters" in refusal("{" * 20_001).what


def test_from_is_read_in_full_whatever_way_it_is_written() -> None:
    query = (
        "PREFIX my: <http://a/> SELECT * FROM <document/one> FROM NAMED my:two\\/x\n"
        "FROM rg:three FROM <http://b/> { ?s ?p ?o }"
    )
    assert [graph for graph, _, _ in admit(query).graphs] == [
        f"{BASE}document/one", "http://a/two/x", f"{PREFIXES['rg']}three", "http://b/",
    ]  # fmt: skip
    assert admit(query).graphs[3][1:] == (2, 20)


@pytest.mark.parametrize(
    ("query", "what", "place"),
    [
        ("", "asks nothing", (1, 1)),
        ("PREFIX a: <http://a/>\n", "asks nothing", (2, 1)),
        ("FIND * { ?s ?p ?o }", "“FIND” does not begin a query", (1, 1)),
        ("SELECT * {\n ?s foo:bar ?o }", "the prefix “foo:” is not declared", (2, 5)),
        ("SELECT * { ( }", "“}” closes nothing", (1, 14)),
        ("SELECT * {\n {\n }", "“{” is never closed", (1, 10)),
        ("SELECT * { ?s ?p 'x }", "a text in quotes does not end", (1, 18)),
        ("SELECT * { ?s ?p 'a\\qb' }", "a text in quotes does not end, or has a `\\`", (1, 18)),
        ("SELECT * { ?s ?p § }", "the character “§” cannot stand here", (1, 18)),
        ("SELECT * { ?s ?p \x00 }", "the character U+0000 cannot stand here", (1, 18)),
        ("SELECT * { ?s ?p \u00aa }", "the character “ª” cannot stand here", (1, 18)),
        ("SELECT * { ?s ?p '\ud800' }", "U+D800 is half a character", (1, 19)),
        ("S\\u0045LECT * { }", "is a word with letters written as codes", (1, 1)),
    ],
)
def test_a_mistake_is_told_with_its_place(query: str, what: str, place: tuple[int, int]) -> None:
    refused = refusal(query)
    assert what in refused.what
    assert (refused.line, refused.column) == place


@pytest.mark.parametrize(
    ("query", "what"),
    [
        (
            "SELECT *\nWHERE { ?s ?p ; }",
            "is not SPARQL, at “}” or just before it, after “{ ?s ?p ;”",
        ),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", "the SELECT contains a variable"),
        ("SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999", "the query limit should be"),
    ],
)
def test_what_the_parser_refuses_is_told_with_what_stood_there(query: str, what: str) -> None:
    admit(query)
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(query)
    assert what in parse_error(query, str(caught.value)).what


@pytest.mark.parametrize(
    "piece", ["a.", "'", '"""x', "<", "<a", "a:b.", "\\u0041", "#", "@a-", "?", "1e", "{(", "\n"]
)
def test_a_long_hostile_text_is_read_in_no_time(piece: str) -> None:
    begin = time.process_time()
    with pytest.raises(QueryRefused):
        admit((piece * 9_000)[:19_998] + "\n§")
    assert time.process_time() - begin < 1
