"""What is held back is counted where somebody can do something about it, and shown nowhere."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner, Result

from explorer.cli import app

runner = CliRunner()


def run(*words: str) -> Result:
    return runner.invoke(app, list(words))


def shown(page: str) -> str:
    """Return what a page shows as HTML."""
    script = f"from explorer.views import {page}\n{page}.show()\n"
    opened = AppTest.from_string(script, default_timeout=60).run()
    assert not opened.exception
    return "\n".join(str(part.body) for part in opened.html)


@pytest.fixture
def unknown(other_reform: Path) -> Path:
    """The corpus of another reform with one case of unknown consent, in which a step has a slip."""
    file = other_reform / "ombrel-courier-2013.yaml"
    told = file.read_text("utf-8").replace("disclosure: publishedBySource", "", 1)
    told = told.replace("case-3efdaa-arrest", "arrest-of-the-skipper").replace(
        "by: tresmark, date: \"2013-04\"", "by: odo-brankel, date: \"2013-04\""
    )  # fmt: skip
    file.write_text(told, "utf-8")
    return file


def test_the_check_counts_cases_and_tells_a_breach_in_one_by_its_line_alone(unknown: Path) -> None:
    result = run("check")
    line = unknown.read_text("utf-8").split("arrest-of-the-skipper")[0].count("\n") + 1
    place = f"ombrel-courier-2013.yaml line {line}"
    assert result.exit_code == 1
    assert f"Violation  {place}: an entry that is held back: " in result.stdout
    assert "Held back: 1 case of unknown consent, with 3 statements." in result.stdout
    assert f"Readable: {place}: the id of a case, or of a step of one, is not random." in (
        result.stdout
    )
    assert "Arrest in Tresmark" not in result.stdout
    told = json.loads(run("check", "--json").stdout)["held_back"]
    assert told == {"cases": 1, "statements": 3, "not_listed": [], "readable_ids": [place]}


@pytest.mark.usefixtures("unknown")
def test_nothing_shows_a_case_that_is_held_back() -> None:
    assert run("show", "case/case-3efdaa").exit_code == 2
    told = run("ask", "what_happened_in_cases", "--format", "json").stdout
    assert "case-3efdaa" not in told
    assert "case-870a64" in told


@pytest.mark.usefixtures("unknown")
def test_who_works_on_cases_is_told_how_many_and_who_looks_only_that_there_are() -> None:
    assert "1 case of unknown consent: held back" in shown("review")
    page = shown("check")
    assert "fewer than 5 cases of unknown consent" in page
    assert "Arrest in Tresmark" not in page


@pytest.mark.usefixtures("other_reform")
def test_where_nothing_is_held_back_nothing_is_said() -> None:
    assert "eld back" not in run("check").stdout
    assert "eld back" not in shown("review")
    assert "eld back" not in shown("check")
