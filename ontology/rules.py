"""The rules as data: every shape in shapes/ with its number, severity and message."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Literal

from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from ontology.errors import UnknownTermError
from ontology.terms import local_name
from ontology.turtle import read_turtle

Severity = Literal["Violation", "Warning", "Info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("Violation", "Warning", "Info")
"""Gravest first: the order of every report."""

SHAPE_FILES: Final = ("core", "vocabularies", "consistency", "recommended")
"""The files of the rules, in ontology/shapes/."""

PLACEHOLDER: Final = re.compile(r"\{[?$](\w+)\}")
"""A gap in a message, which the query of its rule fills."""


@dataclass(frozen=True)
class Rule:
    """One shape, for people: its number, name, severity, message, IRI and file."""

    number: int
    name: str
    severity: Severity
    message: str
    shape: URIRef
    file: str


def _file(name: str) -> Traversable:
    return files("ontology") / "shapes" / f"{name}.ttl"


@cache
def load_shapes() -> Graph:
    """Return all rules as one graph; callers must not change it.

    Raises ReformError for a file that is not as it was shipped.
    """
    shapes = Graph(bind_namespaces="none")
    for name in SHAPE_FILES:
        read_turtle(_file(name), shapes)
    return shapes


@dataclass(frozen=True)
class Count:
    """How many values of a property a member of a class has; `most` is None without a limit."""

    path: URIRef
    least: int
    most: int | None
    message: str


@cache
def value_counts() -> dict[URIRef, tuple[Count, ...]]:
    """Return, for each class, how many values rules want of it: what is told without a query."""
    shapes, found = load_shapes(), defaultdict(set)
    for shape in shapes.subjects(SH.severity, SH.Violation):
        path = shapes.value(shape, SH.path)
        least = shapes.value(shape, SH.minCount) or shapes.value(shape, SH.qualifiedMinCount)
        most = shapes.value(shape, SH.maxCount)
        if isinstance(path, URIRef) and (least is not None or most is not None):
            count = Count(
                path, int(str(least or 0)), None if most is None else int(str(most)),
                str(shapes.value(shape, SH.message)),
            )  # fmt: skip
            for target in shapes.objects(shape, SH.targetClass):
                found[URIRef(str(target))].add(count)
    return {of: tuple(sorted(all_, key=lambda c: c.path)) for of, all_ in found.items()}


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, by number."""
    found = []
    for name in SHAPE_FILES:
        shapes = read_turtle(_file(name), Graph(bind_namespaces="none"))
        for shape, severity in shapes.subject_objects(SH.severity):
            found.append(
                Rule(
                    number=int(str(shapes.value(shape, SH.order))),
                    name=str(shapes.value(shape, SH.name)),
                    severity=severity_of(severity),
                    message=str(shapes.value(shape, SH.message)),
                    shape=URIRef(str(shape)),
                    file=f"{name}.ttl",
                )
            )
    return tuple(sorted(found, key=lambda rule: (rule.number, rule.shape)))


def rules_table() -> str:
    """Return all rules as a Markdown table: number, rule, severity, message, where to change it."""
    lines = [
        "| No. | Rule | Severity | Message | Shape |",
        "| ---: | --- | --- | --- | --- |",
    ]
    for rule in rules():
        message = PLACEHOLDER.sub("…", rule.message)
        shape = f"`{local_name(rule.shape)}` in `{rule.file}`"
        lines.append(f"| {rule.number} | {rule.name} | {rule.severity} | {message} | {shape} |")
    return "\n".join(lines) + "\n"


def severity_of(node: Node | None) -> Severity:
    """Return the word for a SHACL severity.

    Raises UnknownTermError for a severity of another vocabulary.
    """
    name = local_name(str(node))
    for severity in SEVERITIES:
        if severity == name:
            return severity
    raise UnknownTermError(f"{node} is not a severity. Use sh:Violation, sh:Warning or sh:Info.")
