"""What may be public: the list of classes and properties that leave the workspace, and no other."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from rdflib import URIRef
from rdflib.term import Node

from ontology.identifiers import expand
from ontology.terms import RG

OF_PEOPLE: Final = frozenset({RG.DocumentedCase, RG.Act, RG.Intervention})
"""The classes whose members are about an affected person: no other class adds to their list."""


@dataclass(frozen=True)
class Listed:
    """The properties of something that may be public, and those of which it is known they stay."""

    public: frozenset[URIRef]
    kept: frozenset[URIRef]


@cache
def of(kinds: frozenset[Node]) -> Listed:
    """Return what is listed for a member of some classes; nothing for what has none."""
    asked = kinds & OF_PEOPLE or kinds
    return Listed(_properties("public", asked), _properties("kept", asked))


@cache
def classes() -> frozenset[URIRef]:
    """Return the classes that may be told of something."""
    table = _table()
    return frozenset(expand(name) for name in (*table["classes"], *table["public"]))


def _properties(part: str, kinds: Collection[Node]) -> frozenset[URIRef]:
    return frozenset(
        expand(predicate)
        for name, properties in _table()[part].items()
        if expand(name) in kinds
        for predicate in properties
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("ontology") / "public.toml").read_text("utf-8"))
