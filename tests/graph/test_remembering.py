"""A store that remembers: the same answers, asked for once, and not without end."""

from __future__ import annotations

import threading
import time

import pytest
from rdflib import Literal, URIRef

from graph import remembering
from graph.remembering import RememberingStore
from graph.store import NOTHING, Bindings, Row, open_store
from ontology.errors import StoreError


class Slow:
    """A store that counts how often it is asked, and takes its time."""

    digest = "0" * 64

    def __init__(self, rows: int = 1) -> None:
        self.asked: list[str] = []
        self.rows = rows

    def select(self, query: str, bindings: Bindings = NOTHING) -> list[Row]:
        self.asked.append(query)
        if query == "wrong":
            raise ValueError(query)
        time.sleep(0.05)
        return [{"n": str(bindings.get("n", n))} for n in range(self.rows)]


def test_what_is_asked_again_is_answered_from_memory_with_the_same_rows() -> None:
    behind = Slow()
    store = RememberingStore(behind)
    first = store.select("a", {"n": Literal("1")})
    first[0]["n"] = "changed by who asked"
    assert store.select("a", {"n": Literal("1")}) == [{"n": "1"}]
    assert store.select("a", {"n": Literal("2")}) == [{"n": "2"}]
    assert store.select("a", {"n": URIRef("1")}) == [{"n": "1"}], "an address is no text"
    assert store.select("b") == [{"n": "0"}]
    assert behind.asked == ["a", "a", "a", "b"]
    assert store.digest == behind.digest


def test_those_who_ask_the_same_at_once_wait_for_one_answer() -> None:
    behind = Slow()
    store = RememberingStore(behind)
    found: list[list[Row]] = []
    readers = [threading.Thread(target=lambda: found.append(store.select("a"))) for _ in range(20)]
    for one in readers:
        one.start()
    for one in readers:
        one.join(timeout=20)
    assert behind.asked == ["a"]
    assert found == [[{"n": "0"}]] * 20


def test_a_question_that_failed_can_be_asked_again() -> None:
    behind = Slow()
    store = RememberingStore(behind)
    for _ in range(2):
        with pytest.raises(ValueError, match="wrong"):
            store.select("wrong")
    assert behind.asked == ["wrong", "wrong"]


def test_the_answers_asked_for_longest_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    behind = Slow(rows=4)
    monkeypatch.setattr(remembering, "MOST", 2.5 * remembering._size(behind.select("", {})))
    behind.asked.clear()
    store = RememberingStore(behind)
    for query in ("a", "b", "a", "c", "a", "b"):
        store.select(query)
    assert behind.asked == ["a", "b", "c", "b"]
    long = {"n": Literal("\u0623" * 10_000)}  # more than all that may be kept
    store.select("d", long)
    store.select("d", long)
    assert behind.asked[-2:] == ["d", "d"]


def test_nothing_is_left_of_questions_that_nobody_asks_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remembering, "MOST", 5_000)
    store = RememberingStore(Slow(rows=4))
    for number in range(20):
        for _ in range(2):
            store.select("a", {"n": Literal(number)})
    with pytest.raises(ValueError, match="wrong"):
        store.select("wrong")
    assert (len(store._kept), len(store._asking)) == (2, 0)


def test_what_the_store_behind_refuses_is_refused_in_its_words() -> None:
    store = RememberingStore(open_store("memory:", b""))
    with pytest.raises(StoreError, match="cannot be answered"):
        store.select("SELECT ?s WHERE { ?s ?p ?o }", {"s": URIRef("https://example.org/> ?p")})
