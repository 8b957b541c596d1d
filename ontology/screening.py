"""Which entries may break which rule, told quickly: pyshacl then looks at those alone.

The constraints of SHACL are told here in the words of pyshacl, which is right but takes a
millisecond for an entry. A rule with anything that is not known here is left to pyshacl whole.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Final

from pyshacl.rdfutil.compare import compare_literal
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.rules import load_shapes, rules
from ontology.triples import Triples

Values = Collection[Node]
Path = Callable[[Triples, Node], Values]
Constraint = Callable[[Triples, Node, Values], bool]
"""Tells whether the values of an entry, the second, keep to it."""
Test = Callable[[Triples, Node], bool]
"""Tells whether an entry, or a value, keeps to a shape."""


class UnknownConstraintError(Exception):
    """A rule says something that is not known here."""


@dataclass(frozen=True)
class Screen:
    """A rule that can be told quickly: whom it is about, and the test."""

    rule: URIRef
    classes: frozenset[Node]
    subjects_of: frozenset[Node]
    objects_of: frozenset[Node]
    keeps: Test


@dataclass
class Suspects:
    """The rules to be run whole, and the entries that may break another, by rule."""

    whole: list[URIRef] = field(default_factory=list)
    of: dict[URIRef, dict[Node, Node]] = field(default_factory=lambda: defaultdict(dict))
    """For each entry at fault one that speaks of it, or itself."""


def suspects(data: Triples, only: Iterable[URIRef]) -> Suspects:
    """Return which entries may break which of some rules; all that break one are among them."""
    found, screens = Suspects(), list[Screen]()
    for rule in only:
        if (screen := _screens().get(rule)) is None:
            found.whole.append(rule)
        else:
            screens.append(screen)
    pointing = {p: [s for s in screens if p in s.objects_of] for s in screens for p in s.objects_of}
    kinds: dict[tuple[frozenset[Node], frozenset[Node]], list[Screen]] = {}
    for node, said in data.of.items():
        kind = classes, properties = data.classes(node), frozenset(said)
        if kind not in kinds:
            kinds[kind] = [s for s in screens if s.classes & classes or s.subjects_of & properties]
        for screen in kinds[kind]:
            if not screen.keeps(data, node):
                found.of[screen.rule][node] = node
        for predicate in pointing.keys() & properties:
            for screen in pointing[predicate]:
                _look_at_objects(data, node, predicate, screen, found.of[screen.rule])
    return found


def _look_at_objects(
    data: Triples, node: Node, predicate: Node, screen: Screen, found: dict[Node, Node]
) -> None:
    for target in data.values(node, predicate):
        if target not in found and not screen.keeps(data, target):
            found[target] = node


@cache
def _screens() -> dict[URIRef, Screen]:
    shapes, found = load_shapes(), dict[URIRef, Screen]()
    for rule in rules():
        node = rule.shape
        try:
            found[node] = Screen(
                node,
                classes=frozenset(shapes.objects(node, SH.targetClass)),
                subjects_of=frozenset(shapes.objects(node, SH.targetSubjectsOf)),
                objects_of=frozenset(shapes.objects(node, SH.targetObjectsOf)),
                keeps=_test(shapes, node),
            )
        except UnknownConstraintError:
            continue
    return found


# --- shapes --------------------------------------------------------------------------------------

_TOLD_ELSEWHERE: Final = frozenset(
    {
        RDF.type, SH.order, SH.name, SH.severity, SH.message, SH.path, SH.targetClass,
        SH.targetSubjectsOf, SH.targetObjectsOf, SH.qualifiedMinCount, SH.qualifiedMaxCount,
    }
)  # fmt: skip


def _test(shapes: Graph, shape: Node) -> Test:
    """Return the test of a shape.

    Raises UnknownConstraintError when it says what is not known here.
    """
    constraints = []
    for predicate, said in shapes.predicate_objects(shape):
        if predicate in _CONSTRAINTS:
            constraints.append(_CONSTRAINTS[predicate](shapes, shape, said))
        elif predicate not in _TOLD_ELSEWHERE:
            raise UnknownConstraintError(predicate)
    written = shapes.value(shape, SH.path)
    path = _path(shapes, written) if written is not None else lambda _, node: (node,)

    def keeps(data: Triples, node: Node) -> bool:
        values = path(data, node)
        return all(constraint(data, node, values) for constraint in constraints)

    return keeps


def _path(shapes: Graph, path: Node) -> Path:
    if isinstance(path, URIRef):
        return lambda data, node: data.values(node, path)
    steps = [_path(shapes, step) for step in shapes.items(path)]
    listed = shapes.value(path, SH.alternativePath)
    ways = [_path(shapes, way) for way in shapes.items(listed)] if listed is not None else []
    if ways:
        return lambda data, node: {value for way in ways for value in way(data, node)}
    if not steps:
        raise UnknownConstraintError(path)

    def along(data: Triples, node: Node) -> Values:
        ends: Values = (node,)
        for step in steps:
            ends = {value for end in ends for value in step(data, end)}
        return ends

    return along


def _tests(shapes: Graph, listed: Node) -> list[Test]:
    return [_test(shapes, shape) for shape in shapes.items(listed)]


# --- constraints, each made of the graph of shapes, the shape, and what it says -----------------


def _min_count(_: Graph, __: Node, said: Node) -> Constraint:
    least = int(str(said))
    return lambda _, __, values: len(values) >= least


def _max_count(_: Graph, __: Node, said: Node) -> Constraint:
    most = int(str(said))
    return lambda _, __, values: len(values) <= most


def _has_value(_: Graph, __: Node, said: Node) -> Constraint:
    return lambda _, __, values: said in values


def _in(shapes: Graph, _: Node, said: Node) -> Constraint:
    allowed = set(shapes.items(said))
    return lambda _, __, values: all(value in allowed for value in values)


def _class(_: Graph, __: Node, said: Node) -> Constraint:
    return lambda data, _, values: all(said in data.classes(value) for value in values)


def _node_kind(_: Graph, __: Node, said: Node) -> Constraint:
    if said != SH.IRI:
        raise UnknownConstraintError(said)
    return lambda _, __, values: all(isinstance(value, URIRef) for value in values)


_PYTHON: Final[dict[Node, type]] = {
    XSD.string: str, XSD.integer: int, XSD.decimal: Decimal, XSD.boolean: bool, XSD.date: dt.date,
    XSD.dateTime: dt.datetime,
}  # fmt: skip


def _datatype(_: Graph, __: Node, said: Node) -> Constraint:
    kind = _PYTHON.get(said, object)

    def is_one(value: Node) -> bool:
        if not isinstance(value, Literal) or value.ill_typed:
            return False
        plain = XSD.string if value.language is None else RDF.langString
        return (value.datatype or plain) == said and isinstance(value.value, kind)

    return lambda _, __, values: all(map(is_one, values))


def _pattern(_: Graph, __: Node, said: Node) -> Constraint:
    search = re.compile(str(said)).search
    return lambda _, __, values: all(
        isinstance(value, Literal | URIRef) and search(value) is not None for value in values
    )


def _max_length(_: Graph, __: Node, said: Node) -> Constraint:
    most = int(str(said))
    return lambda _, __, values: all(
        isinstance(value, Literal | URIRef) and len(value) <= most for value in values
    )


def _language_in(shapes: Graph, _: Node, said: Node) -> Constraint:
    wanted = {str(tag).lower() for tag in shapes.items(said)}

    def has_one(value: Node) -> bool:
        tag = value.language if isinstance(value, Literal) else None
        return tag is not None and not wanted.isdisjoint((tag.lower(), tag.lower().split("-")[0]))

    return lambda _, __, values: all(map(has_one, values))


def _min_inclusive(_: Graph, __: Node, said: Node) -> Constraint:
    def is_enough(value: Node) -> bool:
        try:
            return (
                isinstance(value, Literal)
                and not isinstance(value.value, str)
                and compare_literal(value, said) >= 0  # type: ignore[no-untyped-call]
            )
        except (TypeError, NotImplementedError):
            return False

    return lambda _, __, values: all(map(is_enough, values))


def _equals(_: Graph, __: Node, said: Node) -> Constraint:
    return lambda data, node, values: set(values) == set(data.values(node, said))


def _disjoint(_: Graph, __: Node, said: Node) -> Constraint:
    return lambda data, node, values: set(values).isdisjoint(data.values(node, said))


def _not(shapes: Graph, _: Node, said: Node) -> Constraint:
    test = _test(shapes, said)
    return lambda data, _, values: not any(test(data, value) for value in values)


def _or(shapes: Graph, _: Node, said: Node) -> Constraint:
    tests = _tests(shapes, said)
    return lambda data, _, values: all(any(test(data, v) for test in tests) for v in values)


def _and(shapes: Graph, _: Node, said: Node) -> Constraint:
    tests = _tests(shapes, said)
    return lambda data, _, values: all(test(data, v) for test in tests for v in values)


def _xone(shapes: Graph, _: Node, said: Node) -> Constraint:
    tests = _tests(shapes, said)
    return lambda data, _, values: all(sum(test(data, v) for test in tests) == 1 for v in values)


def _qualified(shapes: Graph, shape: Node, said: Node) -> Constraint:
    test = _test(shapes, said)
    least = int(str(shapes.value(shape, SH.qualifiedMinCount) or 0))
    most = shapes.value(shape, SH.qualifiedMaxCount)

    def keeps(data: Triples, _: Node, values: Values) -> bool:
        count = sum(test(data, value) for value in values)
        return least <= count and (most is None or count <= int(str(most)))

    return keeps


_CONSTRAINTS: Final[dict[Node, Callable[[Graph, Node, Node], Constraint]]] = {
    SH.minCount: _min_count, SH.maxCount: _max_count, SH.hasValue: _has_value, SH["in"]: _in,
    SH["class"]: _class, SH.nodeKind: _node_kind, SH.datatype: _datatype, SH.pattern: _pattern,
    SH.maxLength: _max_length,
    SH.languageIn: _language_in, SH.minInclusive: _min_inclusive, SH.equals: _equals,
    SH.disjoint: _disjoint, SH["not"]: _not, SH["or"]: _or, SH["and"]: _and, SH.xone: _xone,
    SH.qualifiedValueShape: _qualified,
}  # fmt: skip
