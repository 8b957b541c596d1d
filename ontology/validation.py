"""Hold data against the rules in shapes/ and tell what breaks them, in words and with the place."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, cast

import pyshacl
import rdflib
from rdflib import RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.term import Node

from ontology.errors import ReformError, UnknownTermError
from ontology.identifiers import curie
from ontology.terms import DCT, OA, ONTOLOGY, RG, load_ontology, local_name

Severity = Literal["Violation", "Warning", "Info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("Violation", "Warning", "Info")
"""Gravest first: the order of every report."""

SHAPE_FILES: Final = ("core", "vocabularies", "consistency", "recommended")
"""The files of the rules, in ontology/shapes/."""

_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True)
class Finding:
    """One breach of one rule by one entry.

    `focus` is the IRI of the entry at fault and `label` its name for people; `value` is what is
    wrong with it, as an RDF term, where the rule points at one; `shape` is the IRI of the rule,
    `path` that of the property, `component` that of the SHACL constraint component.
    """

    severity: Severity
    message: str
    focus: str
    value: str | None
    label: str
    shape: str
    path: str | None
    value_label: str | None = None
    component: str = str(SH.SPARQLConstraintComponent)


@dataclass(frozen=True)
class Rule:
    """One shape, for people: its number, name, severity, message, IRI and file."""

    number: int
    name: str
    severity: Severity
    message: str
    shape: URIRef
    file: str


def validate(data: Graph, only: Collection[str] | None = None) -> list[Finding]:
    """Hold data against all rules, or against those whose IRIs are in `only`.

    The ontology and its schemes are merged into a copy first, so that the data need not (but may)
    hold them; a Dataset counts as the union of its graphs. Gravest findings come first.

    Raises UnknownTermError for a rule that is not there, ReformError when the data stop pyshacl.
    """
    merged = _merged(data)
    report = _run(merged, None if only is None else _known(only))
    found = {_finding(report, node, merged) for node in report.objects(None, SH.result)}
    return sorted(found, key=_order)


def conforms(findings: Collection[Finding]) -> bool:
    """Tell whether no finding is a Violation; Warnings and Infos are allowed."""
    return not any(finding.severity == "Violation" for finding in findings)


@cache
def load_shapes() -> Graph:
    """Return all rules as one graph; callers must not change it."""
    shapes = Graph(bind_namespaces="none")
    for name in SHAPE_FILES:
        source = files("ontology") / "shapes" / f"{name}.ttl"
        shapes.parse(data=source.read_text("utf-8"), format="turtle")
    return shapes


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, by number."""
    found = []
    for name in SHAPE_FILES:
        source = files("ontology") / "shapes" / f"{name}.ttl"
        shapes = Graph(bind_namespaces="none").parse(
            data=source.read_text("utf-8"), format="turtle"
        )
        for shape, severity in shapes.subject_objects(SH.severity):
            found.append(
                Rule(
                    number=int(str(shapes.value(shape, SH.order))),
                    name=str(shapes.value(shape, SH.name)),
                    severity=_severity(severity),
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
        message = _PLACEHOLDER.sub("…", rule.message)
        shape = f"`{local_name(rule.shape)}` in `{rule.file}`"
        lines.append(f"| {rule.number} | {rule.name} | {rule.severity} | {message} | {shape} |")
    return "\n".join(lines) + "\n"


@cache
def _ontology() -> Graph:
    return load_ontology()


def _merged(data: Graph) -> Graph:
    merged = Graph(bind_namespaces="none")
    merged += _ontology()
    quads = data.quads() if isinstance(data, rdflib.Dataset) else data
    for statement in quads:
        merged.add((statement[0], statement[1], statement[2]))
    return merged


def _known(shapes: Collection[str]) -> list[str]:
    wanted = {str(shape) for shape in shapes}
    missing = sorted(wanted - {str(rule.shape) for rule in rules()})
    if missing:
        raise UnknownTermError(f"{missing[0]} is not a rule. Use those of docs/shapes.md.")
    return sorted(wanted)


def _run(merged: Graph, only: list[str] | None) -> Graph:
    """Run pyshacl with everything off that could load, infer or change anything."""
    try:
        _, report, _ = pyshacl.validate(
            merged,
            shacl_graph=load_shapes(),
            inference="none",
            advanced=False,
            js=False,
            meta_shacl=False,
            do_owl_imports=False,
            inplace=True,
            use_shapes=only,
        )
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as e:
        raise ReformError(
            f"The data cannot be held against the rules ({type(e).__name__}). "
            "Look for malformed literals, such as numbers without digits."
        ) from e
    if not isinstance(report, Graph):
        raise ReformError("The data cannot be held against the rules. Check that they are RDF.")
    return report


def _finding(report: Graph, node: Node, merged: Graph) -> Finding:
    focus, value = report.value(node, SH.focusNode), report.value(node, SH.value)
    if focus == ONTOLOGY and value is not None:  # a rule that runs once for the whole graph
        focus, value = value, None
    if value == focus:
        value = None
    assert focus is not None
    path = report.value(node, SH.resultPath)
    label = label_of(focus, merged)
    return Finding(
        severity=_severity(report.value(node, SH.resultSeverity)),
        message=_filled(str(report.value(node, SH.resultMessage)), label),
        focus=cast(str, focus),
        value=cast("str | None", value),
        label=label,
        shape=str(report.value(node, SH.sourceShape)),
        path=str(path) if isinstance(path, URIRef) else None,
        value_label=None if value is None else label_of(value, merged),
        component=str(report.value(node, SH.sourceConstraintComponent)),
    )


def _severity(node: Node | None) -> Severity:
    name = local_name(str(node))
    for severity in SEVERITIES:
        if severity == name:
            return severity
    raise UnknownTermError(f"{node} is not a severity. Use sh:Violation, sh:Warning or sh:Info.")


def _filled(message: str, label: str) -> str:
    """Fill what a query left open because an entry it speaks of has no label."""
    return _PLACEHOLDER.sub(
        lambda gap: label if gap[1] == "label" else "something without a name", message
    )


def _order(finding: Finding) -> tuple[int, str, str, str, str]:
    return (
        SEVERITIES.index(finding.severity),
        finding.shape,
        str(finding.focus),
        finding.message,
        str(finding.value),
    )


def label_of(node: Node, triples: Graph) -> str:
    """Return a name for people: English label, title, place of a passage, or short address."""
    if isinstance(node, rdflib.Literal):
        return str(node)
    if isinstance(node, rdflib.BNode):
        return "an entry without an address"
    for predicate in (SKOS.prefLabel, DCT.title, RDFS.label):
        named = sorted(
            (getattr(name, "language", None) not in (None, "en"), str(name))
            for name in triples.objects(node, predicate)
        )
        if named:
            return named[0][1]
    source = triples.value(node, OA.hasSource)
    if source is not None:
        return f"a passage of {label_of(source, triples)}" if source != node else "a passage"
    passage = triples.value(None, OA.hasSelector, node)
    if passage is not None and (passage, RDF.type, RG.Passage) in triples:
        return label_of(passage, triples)
    short = curie(str(node))
    return local_name(short) if "://" in short else short
