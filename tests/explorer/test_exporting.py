"""Every format of a selection opens in its program, carries its stamp, and is text only."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import openpyxl
import pyoxigraph as ox
import pypdf
import pytest
from typer.testing import CliRunner, Result

from explorer import picture
from explorer.cli import app
from explorer.exporting import EXPORTS
from explorer.exportingcommands import Form
from graph.exports.taking import Stamp, Taken
from graph.questions import which_recommendations
from graph.store import MemoryStore, Store
from ingest.pipeline import build

HEAD = "c0ffee" + 58 * "0"
AS_OF = dt.date(2016, 6, 1)
TOLD_WITHOUT_TEXT = {"png"}
OTHER_REFORM = Path(__file__).parents[1] / "graph" / "another_reform"
HOSTILE = "=HYPERLINK(1) <script>x</script> \x01\ufffe [a](javascript:b) | **c** #d"
runner = CliRunner()


def taken(store: Store, some: int | None = None, **stamped: object) -> Taken:
    rows = which_recommendations(store, as_of=AS_OF)
    iris = list(dict.fromkeys(row.recommendation for row in rows))[:some]
    given = {"selection": "What was chosen", "made_on": dt.date(2026, 11, 23), "as_of": AS_OF}
    return Taken(store, tuple(iris), Stamp(store.digest, HEAD, **given | stamped))  # type: ignore[arg-type]


def hostile_text(quad: ox.Quad) -> ox.Quad:
    """Return a statement whose text, if it has one in a language, is hostile to every format."""
    text = quad.object
    if isinstance(text, ox.Literal) and text.language:
        text = ox.Literal(f"{HOSTILE} {text.value}", language=text.language)
    return ox.Quad(quad.subject, quad.predicate, text, quad.graph_name)


@pytest.fixture(scope="module")
def hostile() -> Store:
    """A corpus in which every text would run, link or count as something where it is not text."""
    quads = ox.parse(build(OTHER_REFORM).to_bytes(), format=ox.RdfFormat.N_QUADS)
    return MemoryStore(ox.serialize(map(hostile_text, quads), format=ox.RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def made(hostile: Store) -> dict[str, bytes]:
    """Every format of the same selection."""
    return {name: kind.make(taken(hostile)) for name, kind in EXPORTS.items()}


def text_of(name: str, data: bytes) -> str:
    """All the text in an export, also in the members of a zip file and on the pages of a PDF."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "".join(packed.read(member).decode("utf-8") for member in packed.namelist()
                           if not member.endswith((".jpeg", ".png")))  # fmt: skip
    if name == "pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return data.decode("utf-8")


@pytest.mark.parametrize("name", sorted(set(EXPORTS) - TOLD_WITHOUT_TEXT))
def test_every_export_names_data_version_day_and_journal_head(
    name: str, made: dict[str, bytes], hostile: Store
) -> None:
    text = re.sub(r"\s+", "", text_of(name, made[name]))  # a page breaks long hashes
    assert hostile.digest in text
    assert HEAD in text
    assert str(AS_OF) in text


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_selection_gives_the_same_bytes(
    name: str, made: dict[str, bytes], hostile: Store
) -> None:
    assert EXPORTS[name].make(taken(hostile)) == made[name]


def test_the_command_knows_every_format() -> None:
    assert [form.value for form in Form] == list(EXPORTS)


def test_a_workbook_opens_with_a_sheet_for_each_kind_of_thing(
    made: dict[str, bytes], hostile: Store
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    sheets = ["About", "Recommendations", "Statuses", "Passages", "Documents"]
    assert book.sheetnames == sheets
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    asked = list(book["Recommendations"].values)
    assert len(asked) == len(taken(hostile).recommendations) + 1
    heads, *lines = book["Statuses"].values
    who, basis, day = (heads.index(name) for name in ("Assessor", "Basis", "As of"))
    assert lines
    assert all(line[who] and line[basis] and line[day] <= str(AS_OF) for line in lines)
    assert book.properties.creator == "reformgraph maintainers"


def test_no_cell_of_a_workbook_is_a_formula(made: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    labels = [cell for cell in cells if str(cell.value).startswith("=HYPERLINK")]
    assert labels
    assert all(cell.quotePrefix for cell in labels)


def test_csv_tells_of_each_voice_and_of_the_day(made: dict[str, bytes], hostile: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(made["csv"].decode("utf-8-sig"))))
    assert {row["recommendation"] for row in rows} == {
        iri.partition("/id/")[2] for iri in taken(hostile).recommendations
    }
    spoken = [row for row in rows if row["status"] != "unassessed"]
    assert spoken
    assert all(row["assessor"] and row["basis"] and row["status_as_of"] for row in spoken)
    assert {row["as_of"] for row in rows} == {str(AS_OF)}


def test_a_picture_is_drawn_of_nothing_but_shapes_and_text(made: dict[str, bytes]) -> None:
    drawing = ElementTree.fromstring(made["svg"])
    names = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    shapes = {"svg", "title", "desc", "defs", "marker", "path", "rect", "ellipse", "text", "g"}
    assert names <= shapes
    attributes = {name for element in drawing.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on") or "href" in name]
    assert "<script>" in "".join(drawing.itertext())  # a label says so, and is only text
    assert made["png"].startswith(b"\x89PNG\r\n")


def test_too_many_for_one_picture_are_told_and_left_to_the_tables(
    hostile: Store, made: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert b"Drawn are the first" not in made["svg"]
    monkeypatch.setattr(picture, "LARGEST", 6)
    many = taken(hostile)
    told = re.search(r"Drawn are the first (\d+) of (\d+)", EXPORTS["svg"].make(many).decode())
    assert told
    assert 0 < int(told[1]) < int(told[2]) == len(many.recommendations)


# --- the command ---------------------------------------------------------------------------------


def run(*words: object) -> Result:
    return runner.invoke(app, ["export", *map(str, words)])


def refused(result: Result, code: int) -> str:
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    return line


@pytest.mark.usefixtures("other_reform")
def test_the_command_writes_what_fits_and_never_over_a_file(tmp_path: Path) -> None:
    out = tmp_path / "some.csv"
    result = run("--format", "csv", "--status", "unassessed", "--out", out)
    assert result.exit_code == 0, result.output
    assert str(out) in result.stdout
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert {row["status"] for row in rows if row["axis"] == "Adoption"} == {"unassessed"}
    assert "is there already" in refused(run("--format", "csv", "--out", out), 1)
    assert run("--format", "csv", "--out", out, "--replace").exit_code == 0
    every = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert len(every) > len(rows)


@pytest.mark.usefixtures("other_reform")
def test_the_command_says_what_is_not_there() -> None:
    told = refused(run("--format", "csv", "--status", "nope"), 2)
    assert "--status: “nope” is not there. Use one of: adopted, " in told
    assert "nothing fits" in refused(run("--format", "csv", "--words", "zzzz"), 1)
    assert "cannot be printed" in refused(run("--format", "xlsx", "--out", "-"), 2)


@pytest.mark.usefixtures("other_reform")
def test_a_printed_export_has_its_title_its_day_and_its_public_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REFORMGRAPH_PUBLIC_URL", "https://example.org/reform/")
    words = ("--format", "markdown", "--title", "On locks", "--as-of", "2016-06-01",
             "--made-on", "2026-11-23", "--out", "-")  # fmt: skip
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("# On locks\n\nAll recommendations (adoption, as of 2016")
    assert "Briefing as of 2016-06-01, made on 2026-11-23" in result.stdout
    assert r"https\://example.org/reform/?as\_of=2016-06-01" in result.stdout


@pytest.mark.usefixtures("other_reform")
def test_two_exports_with_fresh_ids_share_no_id_of_a_case() -> None:
    def cases(*more: str) -> set[str]:
        return set(re.findall(r"/id/(case/[^>\s]+)", run("--format", "turtle", "--out", "-",
                                                         *more).stdout))  # fmt: skip

    known, one, other = cases(), cases("--fresh-ids"), cases("--fresh-ids")
    assert len(known) == len(one) == len(other)
    assert not known & one
    assert not one & other


def test_a_network_of_the_selection_opens_in_networkx(made: dict[str, bytes]) -> None:
    net = nx.read_graphml(io.BytesIO(made["graphml"]))
    assert any("<script>" in given["label"] for _, given in net.nodes(data=True))
