"""`reformgraph sparql`: what it prints and where, and its exit codes."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from typer.testing import CliRunner, Result

import explorer
from explorer.cli import app

COMMAND = [sys.executable, "-c", "from explorer.cli import app; app()"]
ROOMS = str(Path(explorer.__file__).parent.parent)
BODIES = "SELECT ?body ?name { ?body rg:actorKind ?kind ; skos:prefLabel ?name } ORDER BY ?body"
runner = CliRunner()

pytestmark = pytest.mark.usefixtures("other_reform")


def run(query: str, *words: str) -> Result:
    return runner.invoke(app, ["sparql", "-", *words], input=query)


def refusal(result: Result, code: int) -> str:
    """Return the one line on stderr of a command that ended with that code."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    return line


def test_an_answer_is_a_table_whose_addresses_a_query_may_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "150")
    file = tmp_path / "bodies.rq"
    file.write_text(BODIES, "utf-8")
    result = runner.invoke(app, ["sparql", str(file), "--rows", "3"])
    assert result.exit_code == 0, result.output
    heading, first, *others = result.stdout.splitlines()
    assert heading.split() == ["body", "name"]
    assert first.startswith("<actor/")
    assert len(others) == 2
    assert result.stderr == "The answer is cut: only the first 3 are shown.\n"
    # Too wide for a table, each row is a block.
    monkeypatch.setenv("COLUMNS", "30")
    result = runner.invoke(app, ["sparql", str(file), "--rows", "3"])
    assert result.stdout.startswith("— 1 of 3\nbody")


def test_a_program_reads_json_and_csv_from_a_pipe() -> None:
    def piped(form: str) -> str:
        done = subprocess.run(
            [*COMMAND, "sparql", "-", "--format", form, "--rows", "2"],
            input=BODIES, env={**os.environ, "PYTHONPATH": ROOMS}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stderr == "The answer is cut: only the first 2 are shown.\n"
        return done.stdout

    found = json.loads(piped("json"))
    assert found["head"]["vars"] == ["body", "name"]
    names = [row["name"]["value"] for row in found["results"]["bindings"]]
    rows = list(csv.reader(io.StringIO(piped("csv"))))
    assert rows[0] == ["body", "name"]
    assert [row[1] for row in rows[1:]] == names
    assert len(names) == 2


def test_a_graph_is_printed_as_turtle_and_a_truth_as_a_word() -> None:
    result = run("CONSTRUCT { ?a skos:prefLabel ?l } { ?a rg:actorKind ?k ; skos:prefLabel ?l }")
    assert len(rdflib.Graph().parse(data=result.stdout, format="turtle")) > 5
    assert run("ASK { ?s ?p ?o }").stdout == "yes\n"
    assert run("SELECT * { ?s rg:none ?o }").stdout == "Nothing was found.\n"
    assert "not csv. Use turtle." in refusal(run("DESCRIBE <actor/x>", "--format", "csv"), 2)
    assert "give no graph" in refusal(run(BODIES, "--format", "turtle"), 2)


def test_a_table_for_the_eye_is_smaller_than_an_answer_for_programs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("explorer.sparql.LARGEST_TABLE", 50)
    shown, whole = run(BODIES), run(BODIES, "--format", "csv")
    assert shown.stdout == "No row fits into what is shown.\n"
    assert "The answer is cut" in shown.stderr
    assert len(whole.stdout.splitlines()) > 2


def test_a_text_cannot_deceive_the_terminal() -> None:
    result = run("SELECT ?x { BIND('a\\u001b[2Jb\\u202ec' AS ?x) }", "--format", "table")
    assert result.stdout.split() == ["x", "a\ufffd[2Jb\ufffdc"]


def test_what_is_refused_is_told_in_a_line_before_anything_is_built(tmp_path: Path) -> None:
    file = tmp_path / "asking.rq"
    file.write_text("SELECT * {\n SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }\n}", "utf-8")
    result = runner.invoke(app, ["sparql", str(file)])
    assert refusal(result, 1).startswith("asking.rq line 2 column 2: “SERVICE”: SERVICE asks")
    assert "query line 1 column 1: DROP changes data" in refusal(run("DROP ALL"), 1)
    assert "asks nothing" in refusal(run(""), 1)
    assert "characters, and 20,000 are the limit" in refusal(run("é" * 200_000), 1)
    file.write_bytes(b"ASK {\n '\xff' ?p ?o }")
    result = runner.invoke(app, ["sparql", str(file)])
    assert "asking.rq line 2 column 3: is not UTF-8" in refusal(result, 1)
    result = runner.invoke(app, ["sparql", str(tmp_path / "absent.rq")])
    assert "absent.rq: cannot be read" in refusal(result, 1)
    assert list(Path(os.environ["REFORMGRAPH_HOME"]).iterdir()) == []


def test_a_wrong_option_is_a_usage_error() -> None:
    assert run(BODIES, "--format", "xml").exit_code == 2
    assert run(BODIES, "--rows", "0").exit_code == 2
    assert runner.invoke(app, ["sparql"]).exit_code == 2
