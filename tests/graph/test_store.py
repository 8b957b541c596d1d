"""A store takes a snapshot and answers SELECTs with plain Python values."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from rdflib import Literal, URIRef

from graph.store import open_store, value_of
from ontology.errors import StoreError, UsageError

XSD = "http://www.w3.org/2001/XMLSchema#"
A, B, P = "https://example.org/a", "https://example.org/b", "https://example.org/p"


def quad(target: str, document: str = "d") -> str:
    return f"<{A}> <{P}> {target} <https://example.org/{document}> .\n"


def values(*targets: str) -> list[object]:
    snapshot = "".join(quad(target) for target in targets).encode()
    rows = open_store("memory:", snapshot).select(f"SELECT ?value WHERE {{ <{A}> <{P}> ?value }}")
    return [row["value"] for row in rows]


def typed(lexical: str, name: str) -> str:
    return f'"{lexical}"^^<{XSD}{name}>'


def test_values_are_plain_python():
    assert values(f"<{B}>") == [B]
    assert values('"text"') == ["text"]
    assert values('"text"@en') == ["text"]
    assert values(typed("7", "integer")) == [7]
    assert values(typed("7.5", "decimal")) == [7.5]
    assert values(typed("true", "boolean")) == [True]
    assert values(typed("2021-11-24", "date")) == [dt.date(2021, 11, 24)]
    assert values(typed("2021-11-24T10:00:00Z", "dateTime")) == [
        dt.datetime(2021, 11, 24, 10, tzinfo=dt.UTC)
    ]


def test_a_value_that_its_type_forbids_stays_text():
    assert value_of("2021-13-45", f"{XSD}date") == "2021-13-45"
    assert value_of("perhaps", f"{XSD}boolean") == "perhaps"
    assert value_of("many", f"{XSD}integer") == "many"


def test_a_triple_that_two_documents_state_counts_once():
    store = open_store("memory:", (quad('"same"', "one") + quad('"same"', "two")).encode())
    assert store.select(f"SELECT ?v WHERE {{ <{A}> <{P}> ?v }}") == [{"v": "same"}]


def test_a_variable_without_a_value_is_none():
    store = open_store("memory:", quad('"x"').encode())
    rows = store.select(f"SELECT ?v ?w WHERE {{ ?s <{P}> ?v OPTIONAL {{ ?s <{B}> ?w }} }}")
    assert rows == [{"v": "x", "w": None}]


@pytest.mark.parametrize(
    ("target", "value"),
    [
        (f"<{B}>", URIRef(B)),
        ('"text"', Literal("text")),
        ('"text"@en', Literal("text", lang="en")),
        (typed("2021-11-24", "date"), Literal(dt.date(2021, 11, 24))),
    ],
)
def test_a_bound_value_is_matched_and_not_read_as_a_query(target, value):
    store = open_store("memory:", (quad(target) + quad('"other"')).encode())
    rows = store.select(f"SELECT ?s ?v WHERE {{ ?s <{P}> ?v }}", {"v": value})
    assert [row["s"] for row in rows] == [A]
    assert store.select(f"SELECT ?v WHERE {{ ?s <{P}> ?v }}", {"v": Literal('" } #')}) == []


def test_the_digest_is_that_of_the_snapshot():
    snapshot = quad('"x"').encode()
    assert open_store("memory:", snapshot).digest == hashlib.sha256(snapshot).hexdigest()


def test_a_file_is_as_good_as_its_bytes(tmp_path):
    file = tmp_path / "snapshot.nq"
    file.write_bytes(quad('"x"').encode())
    assert open_store("memory:", file).digest == open_store("memory:", file.read_bytes()).digest


def test_a_missing_file_is_told_in_one_line(tmp_path):
    with pytest.raises(StoreError, match=r"gone\.nq: cannot be read .*Build it"):
        open_store("memory:", tmp_path / "gone.nq")


def test_a_damaged_snapshot_is_told_in_one_line():
    with pytest.raises(StoreError, match=r"snapshot cannot be read .*Build it again") as caught:
        open_store("memory:", b"<https://example.org/a> cut off")
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("where", ["disk:", "https://example.org/sparql", ""])
def test_other_engines_are_refused_by_name(where):
    with pytest.raises(UsageError, match=r"Use `memory:`"):
        open_store(where, b"")


@pytest.mark.parametrize(
    "query",
    ["SELECT", "ASK { ?s ?p ?o }", "DROP ALL", "INSERT DATA { <https://example.org/a> a 1 }"],
)
def test_only_a_select_is_answered(query):
    store = open_store("memory:", quad('"x"').encode())
    with pytest.raises(StoreError):
        store.select(query)
    assert len(store.select("SELECT ?s WHERE { ?s ?p ?o }")) == 1


def test_a_value_for_a_variable_that_is_not_shown_is_refused():
    store = open_store("memory:", quad('"x"').encode())
    with pytest.raises(StoreError):
        store.select("SELECT ?s WHERE { ?s ?p ?o }", {"o": Literal("x")})
