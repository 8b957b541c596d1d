"""What the rules find is told in words, with the place, as text, JSON and Turtle."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, SKOS, XSD

from ontology.errors import ReformError, UnknownTermError
from ontology.identifiers import iri, passage_iri, selector_iri
from ontology.labelling import label_of
from ontology.origins import Origin
from ontology.rules import SEVERITIES, load_shapes
from ontology.terms import OA, RG, SHAPES, load_ontology
from ontology.triples import Triples
from ontology.validation import (
    Finding,
    conforms,
    counts,
    origin_of,
    place_of,
    report_json,
    report_text,
    report_turtle,
    validate,
)

FOLDER = Path(__file__).parent / "shapes"
STATUS = iri("assessment", "practice")
PASSAGE = passage_iri("report", "p1")
ORIGINS = {
    str(STATUS): Origin("harbour.yaml", 120),
    str(PASSAGE): Origin("harbour.yaml", 9),
    str(iri("actor", "watch")): Origin("actors.yaml", 3),
}


@pytest.fixture
def harbour() -> Graph:
    return Graph().parse(FOLDER / "statuses.ttl")


def _only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


# --- what a finding says ---------------------------------------------------------------------


def test_a_missing_date_is_told_with_the_entry_and_the_property(harbour: Graph) -> None:
    harbour.remove((STATUS, RG.asOf, None))
    finding = _only(validate(harbour))
    assert finding == Finding(
        severity="Violation",
        message="A status needs the one day on which it is said to hold, or the last day of the "
        "month, year or period.",
        focus=STATUS,
        value=None,
        label="status of Allow an appeal",
        shape=str(SHAPES.AssessmentHasDate),
        path=None,
        component=str(SH.MinCountConstraintComponent),
    )


def test_a_wrong_value_is_told_with_its_name(harbour: Graph) -> None:
    harbour.add((iri("look", "practice"), PROV.used, iri("actor", "watch")))
    finding = _only(validate(harbour))
    assert finding.value == iri("actor", "watch")
    assert finding.value_label == "Harbour Watch"


def test_a_rule_for_the_whole_graph_names_the_entry_at_fault(harbour: Graph) -> None:
    provision = iri("provision", "statute/new-appeal")
    harbour.remove((None, RG.evidencedByProvision, provision))
    finding = _only(validate(harbour))
    assert finding.focus == iri("assessment", "appeal")
    assert finding.value is None
    assert "“Allow an appeal” is said to be adopted" in finding.message


def test_the_gravest_findings_come_first(harbour: Graph) -> None:
    harbour.remove((None, RG.inProcess, None))
    harbour.remove((STATUS, RG.asOf, None))
    harbour.remove((iri("assessment", "appeal"), None, None))
    severities = [finding.severity for finding in validate(harbour)]
    assert severities == sorted(severities, key=SEVERITIES.index)
    assert len(set(severities)) > 1


def test_an_entry_without_a_label_is_still_found(harbour: Graph) -> None:
    for predicate in (SKOS.prefLabel, RG.evidencedByProvision):
        harbour.remove((iri("assessment", "appeal"), predicate, None))
        harbour.remove((iri("recommendation", "appeal"), predicate, None))
    found = {finding.shape: finding for finding in validate(harbour)}
    assert set(found) == {str(SHAPES.EntityHasLabel), str(SHAPES.AdoptionCitesText)}
    message = found[str(SHAPES.AdoptionCitesText)].message
    assert message.startswith("“status of recommendation/appeal” is said to be adopted")


def test_a_day_that_is_not_in_the_calendar_is_no_date(harbour: Graph) -> None:
    letter = iri("document", "letter")
    harbour.remove((letter, RG.earliest, None))
    harbour.add((letter, RG.earliest, Literal("2023-02-30", datatype=XSD.date)))
    assert _only(validate(harbour)).shape == str(SHAPES.DatesAreCalendarDays)


def test_text_where_a_date_belongs_is_not_compared(harbour: Graph) -> None:
    letter = iri("document", "letter")
    harbour.remove((letter, RG.latest, None))
    harbour.add((letter, RG.latest, Literal("after the war")))
    assert _only(validate(harbour)).shape == str(SHAPES.DatesAreCalendarDays)


# --- which data are held against the rules ---------------------------------------------------


def test_data_that_hold_the_ontology_already_are_judged_alike(harbour: Graph) -> None:
    harbour.remove((STATUS, RG.asOf, None))
    assert validate(harbour + load_ontology()) == validate(harbour)


def test_triples_are_judged_like_a_graph(harbour: Graph) -> None:
    harbour.remove((STATUS, RG.asOf, None))
    harbour.add((STATUS, RDFS.comment, Literal("Seen", datatype=XSD.string)))
    harbour.add((RG.Assessment, RDF.type, RG.Recommendation))
    given_up = Triples(harbour)
    assert validate(given_up) == validate(harbour) != []


def test_data_in_named_graphs_are_judged_as_one(harbour: Graph) -> None:
    dataset = Dataset()
    for number, triple in enumerate(sorted(harbour)):
        dataset.graph(URIRef(f"https://example.org/{number % 3}")).add(triple)
    assert validate(dataset) == []


def test_validating_changes_neither_the_data_nor_the_rules(harbour: Graph) -> None:
    before, rules_before = set(harbour), len(load_shapes())
    validate(harbour)
    assert set(harbour) == before
    assert len(load_shapes()) == rules_before


def test_the_order_of_triples_does_not_matter(harbour: Graph) -> None:
    harbour.remove((None, RG.inProcess, None))
    harbour.remove((None, RG.asOf, None))
    backwards = Graph()
    for triple in sorted(harbour, reverse=True):
        backwards.add(triple)
    assert validate(backwards) == validate(harbour)


def test_a_backslash_in_a_label_is_a_letter_like_others(harbour: Graph) -> None:
    harbour.remove((iri("assessment", "appeal"), RG.evidencedByProvision, None))
    harbour.set(
        (iri("recommendation", "appeal"), SKOS.prefLabel, Literal(r"Allow \d \1", lang="en"))
    )
    assert r"“Allow \d \1” is said to be adopted" in _only(validate(harbour)).message


def test_a_node_without_address_is_found_whatever_it_is_called(harbour: Graph) -> None:
    nameless = BNode("my notes-1")
    harbour.add((nameless, RDF.type, RG.Look))
    harbour.add((nameless, RG.halo, Literal("x")))
    found = {finding.shape: finding.focus for finding in validate(harbour)}
    assert found[str(SHAPES.TermIsDeclared)] == nameless


def test_an_address_that_is_none_is_told_in_a_line(harbour: Graph) -> None:
    harbour.add((STATUS, DCTERMS.relation, URIRef("https://example.org/{x}")))
    with pytest.raises(ReformError, match="malformed"):
        validate(harbour)


def test_a_text_with_its_datatype_written_out_is_the_same_text(harbour: Graph) -> None:
    for subject, predicate, target in list(harbour):
        if isinstance(target, Literal) and target.datatype is None and target.language is None:
            harbour.remove((subject, predicate, target))
            harbour.add((subject, predicate, Literal(str(target), datatype=XSD.string)))
    assert (None, RG.readExtent, Literal("whole", datatype=XSD.string)) in harbour
    assert validate(harbour) == []


def test_data_cannot_declare_a_term_of_ours(harbour: Graph) -> None:
    harbour.add((RG.halfAdopted, SKOS.inScheme, RG.adoptionScheme))
    harbour.add((RG.halfAdopted, RDF.type, SKOS.Concept))
    fees = iri("assessment", "fees")
    harbour.set((fees, RG.status, RG.halfAdopted))
    assert str(SHAPES.StatusIsKnown) in {finding.shape for finding in validate(harbour)}


def test_shapes_among_the_data_are_not_run(harbour: Graph) -> None:
    shape = URIRef("https://example.org/shape")
    harbour.add((shape, RDF.type, SH.NodeShape))
    harbour.add((shape, SH.targetClass, RG.StatusAssessment))
    harbour.add((shape, SH["class"], FOAF.Person))
    harbour.add((SHAPES.AssessmentHasDate, SH.deactivated, Literal(True)))
    harbour.remove((STATUS, RG.asOf, None))
    assert _only(validate(harbour)).shape == str(SHAPES.AssessmentHasDate)


def test_one_rule_can_be_run_alone(harbour: Graph) -> None:
    harbour.remove((STATUS, None, None))
    harbour.add((STATUS, RDF.type, RG.StatusAssessment))
    finding = _only(validate(harbour, only=[SHAPES.AssessmentHasDate]))
    assert finding.shape == str(SHAPES.AssessmentHasDate)


def test_an_unknown_rule_is_refused(harbour: Graph) -> None:
    with pytest.raises(UnknownTermError, match=r"docs/shapes\.md"):
        validate(harbour, only=[SHAPES.NoSuchRule])


def test_data_that_stop_the_validator_are_refused_in_one_line(
    harbour: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("pyshacl.validate", stumble)
    with pytest.raises(ReformError, match="cannot be held against the rules") as refused:
        validate(harbour)
    assert "\n" not in str(refused.value)


def test_nothing_is_loaded_inferred_or_run_beyond_the_rules(
    harbour: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}
    run = pyshacl.validate

    def watched(data: Graph, **settings: Any) -> Any:
        seen.update(settings)
        return run(data, **settings)

    monkeypatch.setattr("pyshacl.validate", watched)
    validate(harbour)
    assert seen["inference"] == "none"
    assert not any(seen[name] for name in ("advanced", "js", "do_owl_imports", "meta_shacl"))


# --- labels and places -----------------------------------------------------------------------


def test_everything_has_a_name_for_people(harbour: Graph) -> None:
    assert label_of(iri("actor", "watch"), harbour) == "Harbour Watch"
    assert label_of(iri("document", "letter"), harbour) == "Letter of 2023"
    assert label_of(PASSAGE, harbour) == "a passage of Report on the harbour"
    assert label_of(selector_iri(PASSAGE, "words"), harbour) == "a passage of Report on the harbour"
    assert label_of(iri("lineage", "fees"), harbour) == "lineage of Lower the fees"
    assert label_of(iri("theme", "ghost"), harbour) == "theme/ghost"
    assert label_of(Literal("words"), harbour) == "words"
    assert label_of(BNode(), harbour) == "an entry without an address"
    assert label_of(URIRef("https://example.org/a/b"), harbour) == "b"


def test_the_english_label_is_taken_before_another(harbour: Graph) -> None:
    watch = iri("actor", "watch")
    harbour.add((watch, SKOS.prefLabel, Literal("A la vigie", lang="fr")))
    assert label_of(watch, harbour) == "Harbour Watch"


def test_entries_that_name_each_other_have_names() -> None:
    loop, other = Graph(), passage_iri("report", "p2")
    loop.add((PASSAGE, OA.hasSource, other))
    loop.add((other, OA.hasSource, PASSAGE))
    assert label_of(PASSAGE, loop) == "a passage of passage/report/p2"


def test_a_selector_is_found_on_the_line_of_its_passage() -> None:
    assert origin_of(selector_iri(PASSAGE, "position"), ORIGINS) == Origin("harbour.yaml", 9)
    assert origin_of(PASSAGE, ORIGINS) == Origin("harbour.yaml", 9)
    assert origin_of(passage_iri("report", "p2"), ORIGINS) is None
    assert origin_of("https://example.org/elsewhere", ORIGINS) is None


def _finding(focus: str, value: str | None = None, message: str = "It is wrong.") -> Finding:
    return Finding(
        severity="Warning",
        message=message,
        focus=focus,
        value=value,
        label="An entry",
        shape=str(SHAPES.AssessmentHasDate),
        path=None,
    )


def test_a_finding_without_a_line_of_its_own_leads_to_what_it_points_at() -> None:
    watch = iri("actor", "watch")
    assert place_of(_finding(iri("theme", "x"), watch), ORIGINS) == Origin("actors.yaml", 3)
    assert place_of(_finding(STATUS, watch), ORIGINS) == Origin("harbour.yaml", 120)
    assert place_of(_finding(iri("theme", "x")), ORIGINS) is None


# --- reports ---------------------------------------------------------------------------------


def test_warnings_and_infos_alone_conform() -> None:
    warning = _finding(STATUS)
    assert conforms([warning, dataclasses.replace(warning, severity="Info")])
    assert not conforms([warning, dataclasses.replace(warning, severity="Violation")])
    assert counts([warning, warning]) == {"Violation": 0, "Warning": 2, "Info": 0}


def test_the_text_gives_severity_file_line_entry_and_message() -> None:
    assert report_text([_finding(STATUS)], ORIGINS).splitlines() == [
        "Warning    harbour.yaml line 120: An entry: It is wrong.",
        "0 Violations, 1 Warning, 0 Infos.",
    ]


def test_the_text_names_the_entry_once_and_the_wrong_value() -> None:
    told = dataclasses.replace(
        _finding(STATUS, Literal("2025"), "“An entry” is wrong."), value_label="2025"
    )
    line = report_text([told], ORIGINS).splitlines()[0]
    assert line == "Warning    harbour.yaml line 120: “An entry” is wrong. Found: 2025"


def test_the_text_does_not_repeat_what_an_entry_is_about() -> None:
    told = dataclasses.replace(
        _finding(STATUS, None, "“An ask” is open."), label="status of An ask"
    )
    assert report_text([told], ORIGINS).startswith("Warning    harbour.yaml line 120: “An ask” is")


def test_the_text_goes_through_the_files_line_by_line() -> None:
    lines = report_text([_finding(STATUS), _finding(PASSAGE)], ORIGINS).splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == [
        "Warning    harbour.yaml line 9",
        "Warning    harbour.yaml line 120",
    ]


def test_a_finding_in_a_foreign_file_is_told_by_its_address() -> None:
    line = report_text([_finding("https://example.org/x")], {}).splitlines()[0]
    assert line == "Warning    <https://example.org/x>: An entry: It is wrong."


def test_the_text_cannot_steer_a_terminal() -> None:
    line = report_text([_finding(STATUS, message="red \x1b[31m\u202e and\na line")], ORIGINS)
    assert line.splitlines()[0].endswith("red \\u001b[31m\\u202e and a line")


def test_the_json_gives_counts_and_places() -> None:
    told = json.loads(report_json([_finding(STATUS)], ORIGINS))
    assert told["conforms"] is True
    assert told["counts"] == {"Violation": 0, "Warning": 1, "Info": 0}
    (entry,) = told["findings"]
    assert (entry["file"], entry["line"]) == ("harbour.yaml", 120)
    assert entry["focus"] == str(STATUS)
    assert entry["rule"] == "A status has its as-of date"


def test_the_turtle_is_a_shacl_report_and_always_the_same(harbour: Graph) -> None:
    harbour.remove((STATUS, RG.asOf, None))
    harbour.add((iri("document", "letter"), DCTERMS.title, Literal("Another title")))
    findings = validate(harbour)
    text = report_turtle(findings, ORIGINS)
    report = Graph().parse(data=text, format="turtle")
    (whole,) = report.subjects(RDF.type, SH.ValidationReport)
    assert report.value(whole, SH.conforms) == Literal(False)
    results = list(report.objects(whole, SH.result))
    assert len(results) == len(findings) == 2
    for result in results:
        for needed in (
            SH.focusNode,
            SH.resultSeverity,
            SH.sourceShape,
            SH.sourceConstraintComponent,
            SH.resultMessage,
        ):
            assert len(list(report.objects(result, needed))) == 1
    assert "harbour.yaml line 120" in text
    assert report_turtle(validate(harbour), ORIGINS) == text


def test_a_clean_report_says_so() -> None:
    assert report_text([], {}) == "0 Violations, 0 Warnings, 0 Infos.\n"
    assert json.loads(report_json([], {})) == {
        "conforms": True,
        "counts": {"Violation": 0, "Warning": 0, "Info": 0},
        "findings": [],
    }
    report = Graph().parse(data=report_turtle([], {}), format="turtle")
    assert (None, SH.conforms, Literal(True)) in report
