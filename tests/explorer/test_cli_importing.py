"""Spreadsheets and foreign lists on the command line: previewed, taken whole, taken back whole."""

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from explorer.cli import app

LIST = "State,Text,From\nMalta,Lower the fees.,Crews\nMalta,Lower the fees,Pilots\n"
runner = CliRunner()

pytestmark = pytest.mark.usefixtures("home")


def run(*words: str) -> Result:
    return runner.invoke(app, list(words))


def said(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def recommendations() -> list[dict[str, str]]:
    answer = said(run("ask", "which_recommendations", "--format", "csv"))
    return list(csv.DictReader(io.StringIO(answer)))


@pytest.fixture
def foreign(tmp_path: Path, mapping: str) -> list[str]:
    """The words of a command that imports the foreign list."""
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "list.yaml").write_text(mapping, encoding="utf-8")
    return ["import", str(tmp_path / "list.csv"), "--mapping", str(tmp_path / "list.yaml")]


def test_the_current_recommendations_come_back_unchanged(tmp_path: Path, home: Path) -> None:
    for name in ("now.xlsx", "now.csv"):
        said(run("template", str(tmp_path / name), "--current"))
        result = run("import", str(tmp_path / name), "--yes")
        assert result.exit_code == 1
        assert "says nothing that is not known" in result.stderr
    assert not (home / "journal.jsonl").exists()


def test_a_corrected_row_changes_one_recommendation_until_it_is_taken_back(
    tmp_path: Path,
) -> None:
    before = recommendations()
    file = tmp_path / "now.csv"
    said(run("template", str(file), "--current"))
    text = file.read_text(encoding="utf-8-sig")
    label = before[0]["label"]
    file.write_text(text.replace(label, "Another label"), encoding="utf-8")
    told = said(run("import", str(file), "--yes"))
    assert f"label: {label} → Another label" in told
    assert "Saved as decision 1: Ada imported now.csv" in told
    labels = [row["label"] for row in recommendations()]
    assert "Another label" in labels
    assert len(labels) == len(before)
    said(run("undo", "1"))
    assert recommendations() == before


def test_a_foreign_list_is_one_recommendation_for_a_text_and_a_state(foreign: list[str]) -> None:
    before = len(recommendations())
    told = said(run(*foreign, "--yes"))
    assert "2 rows: 1 recommendations, 1 rows that add an issuer to one" in told
    found = [row for row in recommendations() if "to Malta" in row["label"]]
    assert [row["issuers"] for row in found] == ["Crews; Pilots"]
    again = run(*foreign, "--yes")
    assert again.exit_code == 1
    assert "says nothing that is not known" in again.stderr
    report = json.loads(said(run("check", "--json")))
    assert report["passed"] is True
    assert report["passages"]["counts"]["verified"] == 2, "the rows of the file"
    said(run("undo", "1"))
    assert len(recommendations()) == before


def test_what_a_person_decided_is_not_taken_from_a_longer_list_and_is_told(
    foreign: list[str], tmp_path: Path
) -> None:
    said(run(*foreign, "--yes"))
    (ident,) = [r["recommendation"] for r in recommendations() if "to Malta" in r["label"]]
    row = f"id,label,themes\n{ident.removeprefix('recommendation/')},Fees in Malta,openness\n"
    (tmp_path / "rows.csv").write_text(row, encoding="utf-8")
    said(run("import", str(tmp_path / "rows.csv"), "--yes"))
    before = recommendations()
    (tmp_path / "list.csv").write_text(f"{LIST}Malta,Lower the fees,Cooks\n", encoding="utf-8")
    told = run(*foreign, "--yes")
    assert f"not taken: row 2 says otherwise of {ident}, which a person decided" in told.output
    assert "issuers: stays crews; pilots, not crews; pilots; cooks" in told.output
    assert "themes:" not in told.output, "the list has no column for them"
    assert "or that a person has not decided otherwise. Nothing was done." in told.stderr
    assert recommendations() == before


def test_nothing_is_taken_in_unless_somebody_says_so(foreign: list[str], home: Path) -> None:
    result = run(*foreign)
    assert result.exit_code == 2
    assert "Say --yes" in result.stderr
    assert json.loads(said(run(*foreign, "--json")))["counts"]["recommendations"] == 1
    assert not (home / "journal.jsonl").exists()
    assert not (home / "originals").exists()


def test_one_wrong_row_refuses_the_batch_and_each_is_told(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(
        "label,summary,issuers,addressees,themes\n"
        "Good,Good enough.,Me [ngo],You [ngo],All [new]\n"
        "Bad,Bad enough.,Nobody,You [ngo],All [new]\n"
        "Worse,Worse still.,Me [ngo],You [wrong],All [new]\n",
        encoding="utf-8",
    )
    result = run("import", str(file), "--yes")
    assert result.exit_code == 1
    assert [line[: len("rows.csv row 3")] for line in result.stderr.splitlines()] == [
        "rows.csv row 3", "rows.csv row 4",
    ]  # fmt: skip
    assert not (home / "journal.jsonl").exists()


def test_what_somebody_says_of_an_imported_recommendation_stands_in_the_way_of_undoing_it(
    foreign: list[str], tmp_path: Path
) -> None:
    said(run(*foreign, "--yes"))
    ident = next(r["recommendation"] for r in recommendations() if "Malta" in r["label"])
    letter = tmp_path / "letter.txt"
    letter.write_text("Malta answered that it will lower the fees soon.", encoding="utf-8")
    said(run("add", str(letter), "--publisher", "Isle News [media]",
             "--kind", "pressArticle"))  # fmt: skip
    words = ["--document", "letter", "--first", "Malta answered", "--last", "fees soon."]
    said(run("assess", ident, "accepted", "--by", "malta", "--basis", "addresseeReported", *words))
    result = run("undo", "1")
    assert result.exit_code == 1
    assert "cannot be taken back alone" in result.stderr
    said(run("undo", "4"))
    said(run("undo", "1"))


def test_a_mapping_that_is_none_is_told(foreign: list[str]) -> None:
    result = run(*foreign[:2], "--mapping", "nothing-such")
    assert result.exit_code == 2
    assert "upr-info" in result.stderr


# --- RDF -----------------------------------------------------------------------------------------

LAMPS = """\
@prefix rg: <https://w3id.org/reformgraph/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://lamps.example/club> a foaf:Agent , foaf:Organization ; rg:actorKind rg:ngo ;
    skos:prefLabel "Lamp Club"@en .
"""


@pytest.mark.usefixtures("other_reform")
@pytest.mark.parametrize(("form", "name"), [("turtle", "all.ttl"), ("jsonld", "all.jsonld")])
def test_an_export_comes_back_as_known(form: str, name: str, tmp_path: Path, home: Path) -> None:
    said(run("export", "--format", form, "--out", str(tmp_path / name)))
    result = run("import", str(tmp_path / name), "--yes")
    assert (result.exit_code, result.stderr) == (
        1, f"{name}: says nothing that is not known. Nothing was done.\n"
    )  # fmt: skip
    assert not (home / "journal.jsonl").exists()


@pytest.mark.usefixtures("other_reform")
def test_rdf_is_told_taken_in_and_taken_back_as_a_whole(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "lamps.ttl"
    file.write_text(LAMPS, encoding="utf-8")
    assert run("import", str(file)).exit_code == 2, "nobody said --yes"
    assert json.loads(said(run("import", str(file), "--json")))["new"] == {"actor": 1}
    assert not (home / "journal.jsonl").exists()
    told = said(run("import", str(file), "--yes"))
    assert "  4 statements: 4 new, 0 known already\n  new entries: 1 actor\n" in told
    assert "Saved as decision 1: Ada imported lamps.ttl as rdf-" in told
    said(run("verify"))
    backup = tmp_path / "all.backup"
    said(run("backup", str(backup)))
    assert hashlib.sha256(LAMPS.encode()).hexdigest().encode() in backup.read_bytes()
    assert "Held back" not in said(run("check"))
    said(run("undo", "1"))
    assert "(taken back)" in said(run("journal"))


@pytest.mark.usefixtures("other_reform")
@pytest.mark.parametrize(
    ("text", "words", "code", "line"),
    [(LAMPS.replace("rg:ngo", "rg:king"), [], 1, "lamps.ttl line 4: https://lamps.example/club, "),
     (LAMPS.replace("a foaf:Agent ,", "a <x> ,"), [], 1, "lamps.ttl line 4: is not valid RDF: "),
     (LAMPS.replace(" ; rg:actorKind rg:ngo", ""), [], 1, "lamps.ttl: actor/foreign-"),
     (LAMPS, ["--mapping", "upr-info"], 2, "RDF needs no mapping")],
)  # fmt: skip
def test_rdf_that_may_not_come_in_is_refused_in_a_line(
    text: str, words: list[str], code: int, line: str, tmp_path: Path, home: Path
) -> None:
    (tmp_path / "lamps.ttl").write_text(text, encoding="utf-8")
    result = run("import", str(tmp_path / "lamps.ttl"), "--yes", *words)
    assert (result.exit_code, result.stderr.count("\n")) == (code, 1)
    assert line in result.stderr
    assert list(home.iterdir()) == []
