"""`reformgraph extract`: candidates with their passages; a bad file does not lose the others."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from explorer.cli import app

LETTER = (
    "Dear members of the Council,\n\n"
    "The past year was dry. We call on the River Council to publish the gauge readings every week. "
    "Thank you for your time.\n"
)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def test_candidates_come_as_json_with_offsets_into_the_text(letter: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(letter), "--json"])
    assert result.exit_code == 0, result.output
    (found,) = json.loads(result.stdout)
    assert found["doc"] == "letter.txt"
    assert LETTER[found["start"] : found["end"]] == found["text"]
    assert "publish the gauge readings every week" in found["text"]
    assert found["addressees"] == ["River Council"]


def test_people_are_told_that_they_decide(letter: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(letter)])
    assert "River Council" in result.stdout
    assert "1 candidates. A person decides" in result.stdout


def test_a_known_body_is_offered_as_a_link_and_never_put_in_silently(tmp_path: Path) -> None:
    path = tmp_path / "plea.txt"
    path.write_text("We call on INTERPOL to publish its rules.", encoding="utf-8")
    (found,) = json.loads(CliRunner().invoke(app, ["extract", str(path), "--json"]).stdout)
    assert found["addressees"] == ["INTERPOL"]
    assert any(link["iri"].endswith("/id/actor/interpol") for link in found["links"])


def test_a_bad_file_is_one_line_and_loses_nothing(letter: Path, tmp_path: Path) -> None:
    bad = tmp_path / "broken.pdf"
    bad.write_bytes(b"%PDF-1.7 and nothing else")
    result = CliRunner().invoke(app, ["extract", str(bad), str(letter), "--json"])
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)) == 1
    assert result.stderr.count("\n") == 1
    assert "broken.pdf" in result.stderr
