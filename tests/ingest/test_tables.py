"""Tables: CSV and XLSX as they are in the wild, and what is refused in one line."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from ingest.passages import Verdict
from ingest.readers.isolated import Limits
from ingest.sources import Passage
from ingest.tables import workbook
from ingest.tables.delimited import read_delimited
from ingest.tables.reading import read_table, table_of
from ingest.tables.rows import row_passage, verify_rows
from ingest.tables.structure import LONGEST_CELL, Table, Wanted
from ingest.tables.workbook import read_workbook
from ontology.errors import ReformError

PORTS = "Port,Demand,By\nÖrebro,“Lower” the fees,Harbour Watch\nLübeck,Dredge,Crews\n"


def _rows(data: bytes, **form: str) -> list[tuple[str, ...]]:
    table = read_delimited(data, "ports.csv", **form)
    return [table.header, *(row.cells for row in table.rows)]


def _book(*rows: list[object], title: str = "Ports") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _repacked(data: bytes, **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
        for name, held in more.items():
            new.writestr(name, held)
    return out.getvalue()


# --- CSV -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_line_ends_and_delimiters_are_told_from_the_file(end: str, delimiter: str) -> None:
    text = PORTS.replace(",", delimiter).replace("\n", end)
    assert _rows(text.encode()) == [tuple(line.split(",")) for line in PORTS.splitlines()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    assert _rows(PORTS.encode(encoding))[1] == ("Örebro", "“Lower” the fees", "Harbour Watch")


def test_an_encoding_that_is_named_is_used() -> None:
    assert _rows(PORTS.encode("mac_roman"), encoding="mac_roman")[2][0] == "Lübeck"


def test_a_byte_order_mark_goes_before_the_encoding_that_is_named() -> None:
    assert _rows(PORTS.encode("utf-8-sig"), encoding="mac_roman")[0][0] == "Port"


def test_an_encoding_nobody_named_is_never_guessed() -> None:
    with pytest.raises(ReformError, match=r"ports.csv byte 15: is not UTF-8 text. Save the file"):
        _rows(PORTS.encode("mac_roman"))


def test_quoted_cells_keep_delimiters_line_ends_and_quotes() -> None:
    data = b'A,B\n"one, two","three\rfour"\nfive"six,"say ""no"""\n'
    assert _rows(data)[1:] == [("one, two", "three\rfour"), ('five"six', 'say "no"')]


def test_rows_are_counted_as_records_whatever_lines_they_fill() -> None:
    table = read_delimited(b'A\n"one\ntwo\nthree"\n\nfour\n', "a.csv")
    assert [(row.number, row.cells) for row in table.rows if not row.blank] == [
        (2, ("one\ntwo\nthree",)),
        (4, ("four",)),
    ]


def test_a_quotation_mark_left_open_is_told() -> None:
    with pytest.raises(
        ReformError, match=r"a.csv row 3: opens a quotation mark that is not closed"
    ):
        read_delimited(b'A,B\n1,2\n3,"4\n5,6\n7,8\n', "a.csv")


def test_a_huge_cell_is_refused() -> None:
    data = b"A,B\n1," + b"x" * (LONGEST_CELL + 2) + b"\n"
    with pytest.raises(
        ReformError, match=r"a.csv row 2: holds a cell of more than 32,767 characters"
    ):
        read_delimited(data, "a.csv")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "a.csv: is empty."),
        (b" \n \n", "a.csv: is empty."),
        (b"A,B\n", "a.csv: has no row below its header."),
        (b"A,B\n,\n", "a.csv: has no row below its header."),
        (b",,\n1,2\n", "a.csv row 1: is blank."),
        (b"A,A\n1,2\n", "a.csv row 1: names the column “A” twice."),
        (bytes(range(32)) * 40, "a.csv: is not a table."),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 99, "a.csv byte 0: is not UTF-8 text."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "a.csv: is encrypted or an old XLS"),
        (b"PK\x03\x04" + b"\0" * 99, "a.csv: is cut off or damaged."),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(ReformError) as error:
        table_of(data, "a.csv")
    assert str(error.value).startswith(said)
    assert "\n" not in str(error.value)


def test_more_rows_or_columns_than_the_bounds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.tables.delimited.MOST_ROWS", 3)
    monkeypatch.setattr("ingest.tables.workbook.MOST_ROWS", 3)
    with pytest.raises(ReformError, match="has more than 3 rows"):
        read_delimited(b"A\n1\n2\n3\n4\n", "a.csv")
    with pytest.raises(ReformError, match="has more than 3 rows"):
        read_workbook(_book(["A"], [1], [2], [3], [4]), "a.xlsx")
    with pytest.raises(ReformError, match=r"a.csv row 1: has more than 256 columns"):
        read_delimited(b"A," * 300 + b"\n1\n", "a.csv")


def test_cells_of_a_workbook_with_a_text_earn_time_and_others_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    earned: list[int] = []
    monkeypatch.setattr("ingest.tables.workbook.earn_work", earned.append)
    monkeypatch.setattr("ingest.tables.workbook.CELLS_A_SECOND", 4)
    read_workbook(_book(["A", "B"], ["a", "b"], ["c", "d"], ["e", "f"]), "a.xlsx")
    assert earned == [1, 1]
    read_workbook(_book(["A"], *[[None, "=A1+B2"]] * 9), "a.xlsx")
    assert earned == [1, 1]


def test_rows_under_a_header_of_other_columns_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.tables.workbook.MOST_ROWS", 1)
    book = _book(["A", "B"], ["a"], ["c"])
    for other in (Wanted((frozenset("AC"), frozenset("D"))), Wanted(known=frozenset("A"))):
        assert table_of(book, "a.xlsx", wanted=other) == Table("a.xlsx", ("A", "B"), (), 3)
    with pytest.raises(ReformError, match="has more than 1 rows"):
        table_of(book, "a.xlsx", wanted=Wanted((frozenset("C"), frozenset("A")), frozenset("ABC")))


def test_reading_is_bounded_in_size_and_time() -> None:
    with pytest.raises(ReformError, match=r"a.csv: is larger than 1 MB"):
        read_table(b"A\n" * 1_000_000, "a.csv", limits=Limits(size=1_000_000))
    with pytest.raises(ReformError, match=r"a.csv: was not read within 0.001 seconds"):
        read_table(b"A\n" * 1_000_000, "a.csv", limits=Limits(seconds=0.001))


# --- XLSX ----------------------------------------------------------------------------------------


def test_a_workbook_is_read_as_text() -> None:
    held = _book(["A", "B"], [5.0, dt.datetime(2025, 11, 24)], [None, None], [True, 2.5])
    table = read_table(held, "ports.xlsx")
    assert table.header == ("A", "B")
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("5", "2025-11-24")),
        (3, ()),
        (4, ("true", "2.5")),
    ]


@pytest.mark.parametrize("which", ["row", "column", "none"])
def test_hidden_rows_and_columns_of_a_workbook_are_told(which: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_book(["A", "B"], ["a", "b"])))
    book.active.row_dimensions[2].hidden = which == "row"
    book.active.column_dimensions["B"].hidden = which == "column"
    out = io.BytesIO()
    book.save(out)
    assert table_of(out.getvalue(), "a.xlsx").has_hidden is (which != "none")


def test_a_formula_or_an_error_is_a_fault_of_its_cell_and_never_a_value() -> None:
    table = read_workbook(_book(["A", "B"], ["=1+1", "#REF!"]), "a.xlsx")
    assert table.rows[0].faults == {0: "holds a formula", 1: "holds the error #REF!"}
    assert table.rows[0].cells == ()


def test_the_first_sheet_that_is_shown_is_read_unless_another_is_named() -> None:
    book = openpyxl.load_workbook(io.BytesIO(_book(["hidden"], ["x"])))
    book.active.sheet_state = "hidden"
    for title in ("First", "Second"):
        sheet = book.create_sheet(title)
        sheet.append([title])
    out = io.BytesIO()
    book.save(out)
    assert read_workbook(out.getvalue(), "a.xlsx").header == ("First",)
    assert read_workbook(out.getvalue(), "a.xlsx", "Second").header == ("Second",)
    with pytest.raises(
        ReformError, match=r"has no sheet “Third”. Name one of: Ports, First, Second"
    ):
        read_workbook(out.getvalue(), "a.xlsx", "Third")


def test_macros_are_refused() -> None:
    with pytest.raises(ReformError, match=r"a.xlsx: holds macros. Save it as XLSX"):
        read_workbook(
            _repacked(_book(["A"], [1]), **{"xl/vbaProject.bin": b"x"}),
            "a.xlsx",
        )


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 1_000_000)
    bomb = _repacked(_book(["A"], [1]), **{"xl/media/zeros": b"0" * 1_000_001})
    with pytest.raises(ReformError, match="unpacks to more than"):
        read_workbook(bomb, "a.xlsx")


def test_entities_that_unfold_without_end_stop_the_reader_in_one_line() -> None:
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    sheet = (
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><worksheet xmlns="http://schemas.openxmlformats.'
        'org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a11;'
        "</t></is></c></row></sheetData></worksheet>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book(["A"], [1]))) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            data = sheet.encode() if entry.endswith("sheet1.xml") else old.read(entry)
            new.writestr(entry, data)
    with pytest.raises(ReformError) as error:
        read_table(out.getvalue(), "a.xlsx", limits=Limits(seconds=10, memory=512 * 1024 * 1024))
    assert str(error.value).count("\n") == 0


@pytest.mark.parametrize("cut", [200, 2000])
def test_a_workbook_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(ReformError, match=r"a.xlsx: is cut off or damaged"):
        table_of(_book(["A"], [1])[:-cut], "a.xlsx")


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("word/document.xml", "<x/>")
    with pytest.raises(ReformError, match="is an archive but no XLSX workbook"):
        table_of(out.getvalue(), "a.xlsx")


# --- rows as passages ----------------------------------------------------------------------------


def test_a_row_is_verified_moved_or_changed() -> None:
    table = read_delimited(PORTS.encode(), "ports.csv")
    first, second = (row_passage(row, f"Row {row.number}") for row in table.rows)
    plain = Passage(section="Page", locator="page 7")
    assert (second.row, second.locator) == (3, "row=3")
    assert verify_rows([first, second, plain], table) == [
        (Verdict.VERIFIED, 2),
        (Verdict.VERIFIED, 3),
        (Verdict.LOCATOR_ONLY, None),
    ]
    other = PORTS.replace("Örebro", "Gävle,Wait,Crews\nÖrebro").replace("Dredge", "Dig")
    assert verify_rows([first, second], read_delimited(other.encode(), "a.csv")) == [
        (Verdict.MOVED, 3),
        (Verdict.CHANGED, None),
    ]
    spaced = PORTS.replace("Dredge,", " Dredge ,")
    assert verify_rows([second], read_delimited(spaced.encode(), "a.csv")) == [
        (Verdict.VERIFIED, 3)
    ]


def test_the_process_that_reads_a_list_loads_nothing_that_it_does_not_need() -> None:
    script = (
        "import sys, ingest.tables.reading; heavy = ['rdflib', 'pydantic', 'openpyxl', 'yaml'];"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
