"""`reformgraph check`: rules and passages of a corpus, rules of any RDF file, exit codes."""

import json
import os
from pathlib import Path

import pytest
import rdflib
from typer.testing import CliRunner, Result

from explorer.cli import app

OTHER_REFORM = Path(__file__).resolve().parent.parent / "graph" / "another_reform"
runner = CliRunner()


def run(*words: str) -> Result:
    return runner.invoke(app, list(words))


def refusal(result: Result, code: int) -> str:
    """Return the one line on stderr of a command that ended with that code."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    return line


@pytest.mark.usefixtures("other_reform")
def test_check_counts_findings_and_passages() -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    *_, counts, passages = result.stdout.strip().splitlines()
    assert counts.startswith("0 Violations, ")
    assert passages.startswith("Passages: ")
    assert " 0 moved, 0 changed" in passages


def test_the_passages_are_counted_in_a_sentence(other_reform: Path) -> None:
    (other_reform / "ombrel-courier-2013.txt").unlink()
    path = other_reform / "waterways-audit-2016.yaml"
    text = path.read_text("utf-8")
    begin = text.index("    span: [290, 371]")
    end = text.index("  not-correct:")
    path.write_text(f"{text[:begin]}    locator: page 1\n{text[end:]}", "utf-8")
    counts = json.loads(run("check", "--json").stdout)["passages"]["counts"]
    assert counts["locator only"] == 1
    assert counts["document not at hand"] > 5
    assert run("check").stdout.strip().splitlines()[-1] == (
        f"Passages: {counts['verified']} verified, 0 moved, 0 changed, "
        f"0 exposing a withheld name, {counts['document not at hand']} of documents not at hand, "
        "1 with a locator only."
    )


@pytest.mark.usefixtures("other_reform")
def test_check_says_what_to_do_without_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REFORMGRAPH_DOCUMENTS")
    result = run("check")
    assert result.exit_code == 0
    assert "Passages: 0 verified" in result.stdout
    assert result.stdout.strip().endswith(
        "Set REFORMGRAPH_DOCUMENTS to the folder of documents to look them up."
    )


def test_a_changed_passage_fails_the_check(other_reform: Path) -> None:
    path = other_reform / "ombrel-courier-2013.txt"
    path.write_text(path.read_text("utf-8").replace("President", "Chair"), "utf-8")
    result = run("check")
    assert result.exit_code == 1
    assert "changed    ombrel-courier-2013.yaml line " in result.stdout


def test_a_moved_passage_passes_and_is_told(other_reform: Path) -> None:
    path = other_reform / "ombrel-courier-2013.txt"
    path.write_text("\n\n" + path.read_text("utf-8"), "utf-8")
    result = run("check")
    assert result.exit_code == 0, result.stdout
    assert "moved      ombrel-courier-2013.yaml line " in result.stdout


@pytest.mark.usefixtures("other_reform")
def test_check_as_json_holds_findings_with_file_and_line() -> None:
    told = json.loads(run("check", "--json").stdout)
    assert told["passed"] is True
    assert told["counts"]["Violation"] == 0
    assert all(found["line"] > 0 for found in told["findings"])
    assert told["passages"]["counts"]["verified"] == len(
        [p for p in told["passages"]["found"] if p["verdict"] == "verified"]
    )


@pytest.mark.usefixtures("other_reform")
def test_check_as_turtle_is_a_shacl_report() -> None:
    report = rdflib.Graph().parse(data=run("check", "--ttl").stdout, format="turtle")
    (whole,) = report.subjects(rdflib.RDF.type, rdflib.SH.ValidationReport)
    assert (whole, rdflib.SH.conforms, rdflib.Literal(True)) in report


def test_a_folder_of_corpus_files_can_be_named() -> None:
    result = run("check", str(OTHER_REFORM))
    assert result.exit_code == 0, result.output
    assert "0 Violations" in result.stdout


def test_any_rdf_file_can_be_checked(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text(
        "@prefix rg: <https://w3id.org/reformgraph/ontology#> .\n"
        "<https://w3id.org/reformgraph/id/assessment/x> a rg:StatusAssessment .\n"
    )
    result = run("check", str(path))
    assert result.exit_code == 1
    assert "Violation" in result.stdout
    assert "Passages" not in result.stdout
    path.write_text("<https://example.org/a> <https://example.org/b> 5 .\n")
    assert run("check", str(path)).exit_code == 0


def test_invalid_rdf_is_refused_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text("\n\n<a b> <https://example.org/b> 5 .\n")
    assert refusal(run("check", str(path)), 1).startswith(f"{path} line 3: is not valid RDF")


def test_a_doctype_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.rdf"
    path.write_text('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert "declares a DOCTYPE" in refusal(run("check", str(path)), 1)


def test_a_file_of_another_kind_is_a_usage_error(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("x")
    assert "is no RDF file by its name" in refusal(run("check", str(path)), 2)
    assert "cannot be read" in refusal(run("check", str(tmp_path / "nowhere.ttl")), 1)


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "endless.ttl")
    assert "is no file" in refusal(run("check", str(tmp_path / "endless.ttl")), 1)


def test_a_doctype_behind_a_long_comment_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "late.rdf"
    path.write_text(
        f'<?xml version="1.0"?><!--{"x" * 200_000}--><!DOCTYPE x [<!ENTITY a "b">]><x/>'
    )
    assert "declares a DOCTYPE" in refusal(run("check", str(path)), 1)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "marked.nt"
    path.write_bytes(
        b"\xef\xbb\xbf<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n"
    )
    assert "is not valid RDF" not in run("check", str(path)).stderr
