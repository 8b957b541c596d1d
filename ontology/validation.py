"""Hold data against the rules in shapes/ and tell what breaks them, in words and with the place."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Final, cast

import pyshacl
import rdflib
from rdflib import RDF, RDFS, SH, SKOS, XSD, BNode, Graph, URIRef
from rdflib.term import Node

from ontology.errors import ReformError, UnknownTermError
from ontology.labelling import NAMED_BY, label_of
from ontology.origins import Origin
from ontology.querying import QueriedGraph
from ontology.rules import PLACEHOLDER, SEVERITIES, Severity, load_shapes, rules, severity_of
from ontology.screening import Suspects, suspects
from ontology.terms import ID, OA, ONTOLOGY, PREFIXES, RG, load_ontology
from ontology.triples import Triples

# rdflib would print a traceback for a date that is none; the rules tell it in a line.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)
LONGEST_VALUE: Final = 80
"""Characters of a wrong value that a line of the text report shows."""


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


def validate(data: Graph | Triples, only: Collection[str] | None = None) -> list[Finding]:
    """Hold data against all rules, or against those whose IRIs are in `only`.

    The ontology and its schemes are merged in first, so that the data need not (but may) hold
    them; a Dataset counts as the union of its graphs. A graph is left as it is; Triples are
    changed, which saves the memory of a copy. Gravest findings come first.

    Raises UnknownTermError for a rule that is not there, ReformError when the data stop pyshacl or
    the rules are not as they were shipped.
    """
    wanted = _known([str(rule.shape) for rule in rules()] if only is None else only)
    merged = _merged(data)
    try:
        found = suspects(merged, wanted)
        report, seen = _run(merged, found)
    except Exception as error:  # foreign data can trip rdflib and pyshacl in many ways
        raise ReformError(
            f"The data cannot be held against the rules ({type(error).__name__}). "
            "Look for malformed addresses and literals, such as numbers without digits."
        ) from error
    results = [
        node for node in report.objects(None, SH.result) if _is_at_fault(report, node, found)
    ]
    _describe(seen, merged, (report.value(n, p) for n in results for p in (SH.focusNode, SH.value)))
    found_at = {_finding(report, node, seen) for node in results}
    return sorted(found_at, key=_order)


def conforms(findings: Collection[Finding]) -> bool:
    """Tell whether no finding is a Violation; Warnings and Infos are allowed."""
    return not any(finding.severity == "Violation" for finding in findings)


@cache
def _ontology() -> Graph:
    """Return what the rules and labels ask of the ontology; the rest would only slow them.

    Findings are told in English, and a rule that asks for a label would find one in each language.
    """
    asked = (RDF.type, RDFS.subClassOf, RDFS.isDefinedBy, SKOS.inScheme, SKOS.prefLabel)
    words = load_ontology()
    kept = Graph(bind_namespaces="none")
    for predicate in asked:
        for subject, target in words.subject_objects(predicate):
            if getattr(target, "language", None) in (None, "en"):
                kept.add((subject, predicate, target))
    return kept


def _merged(data: Graph | Triples) -> Triples:
    """Return the data with the ontology, which alone speaks of its own terms.

    Data can neither declare nor change one.
    """
    if not isinstance(data, Triples):
        quads = data.quads() if isinstance(data, rdflib.Dataset) else data
        data = Triples((subject, predicate, target) for subject, predicate, target, *_ in quads)
    for node in [node for node in data.of if str(node).startswith(RG)]:
        del data.of[node]
    for said in data.of.values():
        for predicate, values in said.items():
            if any(_plain(value) is not value for value in values):
                said[predicate] = dict.fromkeys(map(_plain, values))
    for triple in _ontology():
        data.add(triple)
    return data


def _plain(node: Node) -> Node:
    """Return a text without its datatype: RDF 1.1 calls "x" and "x"^^xsd:string one, rdflib two."""
    if isinstance(node, rdflib.Literal) and node.datatype == XSD.string:
        return rdflib.Literal(str(node))
    return node


def _known(shapes: Collection[str]) -> list[URIRef]:
    wanted = {str(shape) for shape in shapes}
    missing = sorted(wanted - {str(rule.shape) for rule in rules()})
    if missing:
        raise UnknownTermError(f"{missing[0]} is not a rule. Use those of docs/shapes.md.")
    return [URIRef(shape) for shape in sorted(wanted)]


def _run(merged: Triples, found: Suspects) -> tuple[Graph, QueriedGraph]:
    """Run pyshacl on what the rules have to look at; return its report, and what was looked at.

    Queries are asked of all data. The other rules see the entries that may break them, with all
    that they lead to; what else of that seems at fault there may only lack its own links.
    """
    seen, shapes, report = QueriedGraph(merged), load_shapes(), Graph(bind_namespaces="none")
    for triple in _ontology():
        seen.add(triple)
    others = [rule for rule in found.whole if (rule, SH.sparql, None) not in shapes]
    speakers = {speaker for of in found.of.values() for speaker in of.values()}
    for triple in merged if others else merged.reached(speakers):
        seen.add(triple)
    if found.whole:
        report += _report(seen, found.whole)
    for rule, of in found.of.items():
        if of:
            # pyshacl would take other addresses for short ones, and has no word for what has none.
            is_plain = all(isinstance(n, URIRef) and re.match("https?://", n) for n in of)
            report += _report(seen, [rule], [str(node) for node in of] if is_plain else None)
    return report, seen


def _report(
    seen: Graph, shapes: Sequence[URIRef], focus: list[str | URIRef] | None = None
) -> Graph:
    """Run pyshacl with everything off that could load, infer or change anything."""
    _, report, _ = pyshacl.validate(
        seen,
        shacl_graph=load_shapes(),
        inference="none",
        advanced=False,
        js=False,
        meta_shacl=False,
        do_owl_imports=False,
        inplace=True,
        use_shapes=[*shapes],
        focus_nodes=focus,
    )
    if not isinstance(report, Graph):
        raise ReformError("The data cannot be held against the rules. Check that they are RDF.")
    return report


def _is_at_fault(report: Graph, node: Node, found: Suspects) -> bool:
    rule = URIRef(str(report.value(node, SH.sourceShape)))
    return rule in found.whole or report.value(node, SH.focusNode) in found.of[rule]


def _describe(seen: Graph, merged: Triples, nodes: Iterable[Node | None]) -> None:
    """Add what names some entries for people: see `label_of`."""
    named = {node for node in nodes if node is not None}
    named |= {
        node
        for node, said in merged.of.items()
        if not named.isdisjoint(said.get(OA.hasSelector, ()))
    }
    for node in named:
        for one in (node, *(v for by in NAMED_BY for v in merged.values(node, by))):
            for triple in merged.about(one):
                seen.add(triple)


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
        severity=severity_of(report.value(node, SH.resultSeverity)),
        message=_filled(str(report.value(node, SH.resultMessage)), label),
        focus=cast(str, focus),
        value=cast("str | None", value),
        label=label,
        shape=str(report.value(node, SH.sourceShape)),
        path=str(path) if isinstance(path, URIRef) else None,
        value_label=None if value is None else label_of(value, merged),
        component=str(report.value(node, SH.sourceConstraintComponent)),
    )


def _filled(message: str, label: str) -> str:
    """Fill what a query left open because an entry it speaks of has no label."""
    return PLACEHOLDER.sub(
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


def counts(findings: Collection[Finding]) -> dict[Severity, int]:
    """Return how many findings have each severity, gravest first."""
    severities = [finding.severity for finding in findings]
    return {severity: severities.count(severity) for severity in SEVERITIES}


def place_of(finding: Finding, origins: Mapping[str, Origin]) -> Origin | None:
    """Return where the entry at fault is written, or else the entry that it points at."""
    for node in (finding.focus, finding.value):
        if node is not None and (place := origin_of(node, origins)) is not None:
            return place
    return None


def origin_of(iri: str, origins: Mapping[str, Origin]) -> Origin | None:
    """Return where an entry is written, or the nearest entry above it: a selector's passage."""
    address = str(iri)
    while address.startswith(ID):
        if address in origins:
            return origins[address]
        address = address.rpartition("/")[0]
    return None


def report_text(findings: Collection[Finding], origins: Mapping[str, Origin]) -> str:
    """Return one line a finding, `Warning  FILE line N: message`, and a line of counts.

    Gravest first, then in the order of files and lines, as one goes through them to correct them.
    """

    def order(finding: Finding) -> tuple[int, str, int, str]:
        place = place_of(finding, origins)
        file, line = (place.file, place.line) if place else (finding.focus, 0)
        return SEVERITIES.index(finding.severity), str(file), line, finding.message

    lines = [_text_line(finding, origins) for finding in sorted(findings, key=order)]
    told = counts(findings)
    lines.append(
        f"{_number(told['Violation'], 'Violation')}, {_number(told['Warning'], 'Warning')}, "
        f"{_number(told['Info'], 'Info')}."
    )
    return "\n".join(lines) + "\n"


def _text_line(finding: Finding, origins: Mapping[str, Origin]) -> str:
    """Tell one finding; an entry of a foreign file is told by its address, having no line."""
    place = place_of(finding, origins) or f"<{finding.focus}>"
    told = finding.message
    named = min((finding.label.removeprefix(f"{words} ") for words in NAMED_BY.values()), key=len)
    if named not in told:
        told = f"{finding.label}: {told}"
    if finding.value_label is not None and finding.value_label not in told:
        told += f" Found: {finding.value_label[:LONGEST_VALUE]}"
    return _printable(f"{finding.severity:<9}  {place}: {told}")


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _printable(text: str) -> str:
    """Keep a text to one line without characters that could steer a terminal."""
    return "".join(
        letter if letter.isprintable() else " " if letter.isspace() else f"\\u{ord(letter):04x}"
        for letter in text
    )


def report_json(findings: Collection[Finding], origins: Mapping[str, Origin]) -> str:
    """Return whether the data conform, the counts, and each finding with file and line."""
    told = []
    for finding in findings:
        place = place_of(finding, origins)
        told.append(
            {
                **asdict(finding),
                "rule": _rule_name(finding.shape),
                "file": place.file if place else None,
                "line": place.line if place else None,
            }
        )
    whole = {"conforms": conforms(findings), "counts": counts(findings), "findings": told}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _rule_name(shape: str) -> str:
    return next((rule.name for rule in rules() if str(rule.shape) == shape), shape)


def report_turtle(findings: Collection[Finding], origins: Mapping[str, Origin]) -> str:
    """Return the findings as a sh:ValidationReport; file and line are in rdfs:comment.

    Data with Warnings and Infos alone conform, as with pyshacl's `allow_warnings`.
    """
    report, whole = Graph(bind_namespaces="none"), BNode("report")
    for prefix in ("rdfs", "rg", "sh", "shapes", "xsd"):
        report.bind(prefix, PREFIXES[prefix])
    report.add((whole, RDF.type, SH.ValidationReport))
    report.add((whole, SH.conforms, rdflib.Literal(conforms(findings))))
    for number, finding in enumerate(findings, 1):
        result = BNode(f"result{number:06}")
        report.add((whole, SH.result, result))
        report.add((result, RDF.type, SH.ValidationResult))
        report.add((result, SH.resultSeverity, SH[finding.severity]))
        report.add((result, SH.resultMessage, rdflib.Literal(finding.message)))
        report.add((result, SH.focusNode, _term(finding.focus)))
        report.add((result, SH.sourceShape, URIRef(finding.shape)))
        report.add((result, SH.sourceConstraintComponent, URIRef(finding.component)))
        if finding.path is not None:
            report.add((result, SH.resultPath, URIRef(finding.path)))
        if finding.value is not None:
            report.add((result, SH.value, _term(finding.value)))
        if (place := place_of(finding, origins)) is not None:
            report.add((result, RDFS.comment, rdflib.Literal(str(place))))
    return report.serialize(format="turtle")


def _term(value: str) -> Node:
    """Return the RDF term a finding holds; plain text stands for an address."""
    return value if isinstance(value, Node) else URIRef(value)
