"""Two corpora, each in two engines: Oxigraph answers, rdflib checks the answer."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest
from rdflib import Dataset, Graph, Literal
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from graph.questions import ask
from graph.store import NOTHING, Bindings, Row, Store, open_store, value_of
from ingest.pipeline import build
from ontology.terms import ID

ANOTHER_REFORM = Path(__file__).parent / "another_reform"


class RdflibStore:
    """The snapshot in rdflib: slow, written by other people, and so a good second opinion."""

    def __init__(self, snapshot: bytes) -> None:
        self.digest = hashlib.sha256(snapshot).hexdigest()
        quads = Dataset()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib warns of itself
            quads.parse(data=snapshot, format="nquads")
        self.triples = Graph()
        for subject, predicate, target, _ in quads.quads():
            self.triples.add((subject, predicate, target))

    def select(self, query: str, bindings: Bindings = NOTHING) -> list[Row]:
        result = self.triples.query(_prepared(query), initBindings=dict(bindings))
        names = [str(name) for name in result.vars or []]
        return [{name: _value(found.get(name)) for name in names} for found in result.bindings]


@cache
def _prepared(query: str) -> Query:
    """Parse a query once: that takes rdflib longer than many answers."""
    return prepareQuery(query)


def _value(term):
    if isinstance(term, Literal):
        return value_of(str(term), term.datatype and str(term.datatype))
    return None if term is None else str(term)


def as_text(value) -> str:
    """Return a cell as the tables of the tests write it: IRIs short, nothing as a dash."""
    if value is None or value in ((), ""):
        return "-"
    if isinstance(value, tuple):
        return ", ".join(as_text(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).removeprefix(ID).partition("/")[2] if ID in str(value) else str(value)


@pytest.fixture(scope="session")
def table():
    """A function that asks a question and returns some columns of its rows as lines of text."""

    def lines(store: Store, name: str, columns: str, **given: str) -> list[str]:
        rows = ask(store, name, **given)
        return [
            " | ".join(as_text(getattr(row, column)) for column in columns.split()) for row in rows
        ]

    return lines


@dataclass(frozen=True)
class Engines:
    """One corpus in both engines."""

    snapshot: bytes
    oxigraph: Store
    rdflib: Store


def engines(folder: Traversable) -> Engines:
    snapshot = build(folder).to_bytes()
    return Engines(snapshot, open_store("memory:", snapshot), RdflibStore(snapshot))


@pytest.fixture(scope="session")
def interpol_engines(seeds: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Engines:
    folder = tmp_path_factory.mktemp("seeds")
    for name, text in seeds.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return engines(folder)


@pytest.fixture(scope="session")
def river_engines() -> Engines:
    return engines(ANOTHER_REFORM)


@pytest.fixture(scope="session")
def interpol(interpol_engines: Engines) -> Store:
    """The first files of the corpus that comes with the project."""
    return interpol_engines.oxigraph


@pytest.fixture(scope="session")
def river(river_engines: Engines) -> Store:
    """An invented corpus about the reform of a river commission."""
    return river_engines.oxigraph
