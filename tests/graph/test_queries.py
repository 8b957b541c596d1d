"""The queries are files, one for each question, written so that every engine answers alike."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

import graph
from graph.asking import query_text, solutions
from graph.questions import QUESTIONS
from ontology.errors import NotFoundError, StoreError

ROOM = Path(graph.__file__).parent
QUERIES = sorted(path.stem for path in (ROOM / "queries").glob("*.rq"))
MODULES = sorted([*ROOM.glob("*.py"), *(ROOM.parent / "explorer").rglob("*.py")])
SETS_ITS_OWN = {
    "how_are_they_linked": "network",
    "which_demands_wait": "which_recommendations",
    "who_disagrees": "who_disagrees",
}


def bare(query: str) -> str:
    """Return a query without IRIs, texts and comments, in which a keyword is a keyword."""
    return re.sub(r'<[^<>\s]*>|"[^"]*"|#[^\n]*', " ", query)


def parameters_used(name: str) -> set[str]:
    """Return the variables that Python binds when it runs a query, from the code."""
    return {
        keyword.arg
        for _, call in calls(ROOM.glob("*.py"), "solutions")
        if any(isinstance(arg, ast.Constant) and arg.value == name for arg in call.args)
        for keyword in call.keywords
        if keyword.arg
    }


def calls(modules, *names):
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", None))
                if called in names:
                    yield path, node


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_is_a_select_that_parses(name):
    assert prepareQuery(query_text(name)).algebra.name == "SelectQuery"


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_opens_with_its_question(name):
    opening = re.match(r"(# [^\n]+\n)+", query_text(name))
    assert opening
    assert "?" in opening.group()


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_has_short_lines(name):
    assert max(len(line) for line in query_text(name).splitlines()) <= 100


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_uses_nothing_slow_and_nothing_remote(name):
    words = bare(query_text(name)).upper()
    assert not re.search(r"\b(NOT\s+EXISTS|EXISTS|SERVICE|FROM|GRAPH|VALUES)\b", words)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_declares_only_the_prefixes_it_uses(name):
    text = query_text(name)
    for prefix in re.findall(r"^PREFIX (\w+):", text, re.MULTILINE):
        assert len(re.findall(rf"\b{prefix}:", text)) > 1, prefix


def test_every_query_has_its_function_and_the_reverse():
    asked = {
        arg.value
        for _, call in calls(ROOM.glob("*.py"), "solutions")
        for arg in call.args
        if isinstance(arg, ast.Constant)
    }
    assert asked == set(QUERIES)
    for name in QUESTIONS:
        assert SETS_ITS_OWN.get(name, name) in QUERIES


@pytest.mark.parametrize("name", QUERIES)
def test_a_parameter_is_projected_and_kept_out_of_what_engines_read_differently(name):
    text = query_text(name)
    projected = {str(variable) for variable in prepareQuery(text).algebra["PV"]}
    for parameter in parameters_used(name):
        assert parameter in projected
        assert not re.search(rf"BOUND\(\?{parameter}\)|BIND\(\?{parameter}\b", bare(text))


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_has_no_sub_select_and_no_aggregate(name):
    nested = []

    def walk(node):
        if isinstance(node, CompValue):
            nested.append(node.name)
            for value in node.values():
                walk(value)
        elif isinstance(node, list | tuple):
            for value in node:
                walk(value)

    walk(prepareQuery(query_text(name)).algebra)
    assert nested.count("Project") == 1
    assert not {"Group", "AggregateJoin", "ToMultiSet"} & set(nested)


def test_no_query_is_made_from_pieces():
    """Values go in as bindings: no f-string, %, + or format is handed to an engine."""
    found = []
    for path, call in calls(MODULES, "select", "query", "solutions", "query_text"):
        for arg in [*call.args, *[keyword.value for keyword in call.keywords]]:
            made = any(
                isinstance(node, ast.JoinedStr)
                or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod))
                or (isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format")
                for node in ast.walk(arg)
            )
            if made:
                found.append(f"{path.name} line {call.lineno}")
    assert not found


def test_a_hostile_value_is_a_value(river):
    hostile = "https://example.org/> ?p ?o } #"
    with pytest.raises(StoreError, match="cannot be answered"):
        solutions(river, "what_happened_to", recommendation=hostile)


def test_an_unknown_query_is_told():
    with pytest.raises(NotFoundError, match="there is no query `who_knows`"):
        query_text("who_knows")
