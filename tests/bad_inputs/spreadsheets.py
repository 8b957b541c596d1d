"""Spreadsheets, lists and mappings that are none, or would do something when they are read."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from bad_inputs.case import Case, Content

MAPPING = (Path(__file__).parent.parent / "fee-list.yaml").read_text(encoding="utf-8")
LIST = "State,Text,From\nMalta,Lower the fees.,Crews\n"
MIB = 1024 * 1024


def table(name: str, file: str, content: Content, says: str = "", lines: int = 1) -> Case:
    """A foreign list with a good mapping."""
    words = ("import", file, "--mapping", "m.yaml", "--yes")
    return Case(f"table: {name}", words, says, {file: content, "m.yaml": MAPPING}, lines=lines)


def own(name: str, file: str, content: Content, says: str = "", lines: int = 1) -> Case:
    """A file in the form of our own template."""
    return Case(f"template: {name}", ("import", file, "--yes"), says, {file: content}, lines=lines)


def mapping(name: str, old: str, new: str, says: str = "", lines: int = 1) -> Case:
    """A good list with a mapping in which something is wrong."""
    assert old in MAPPING, old
    words = ("import", "l.csv", "--mapping", "m.yaml", "--yes")
    made = {"l.csv": LIST, "m.yaml": MAPPING.replace(old, new, 1)}
    return Case(f"mapping: {name}", words, says, made, lines=lines)


def book(*rows: list[object], change: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    """Return a workbook of some rows."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows or ([*LIST.splitlines()[0].split(",")], ["Malta", "Lower the fees.", "Crews"]):
        sheet.append(row)
    if change is not None:
        change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def repacked(changed: dict[str, bytes | None]) -> bytes:
    """Return a workbook with some parts changed, put in, or (None) left out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book())) as kept,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for name in kept.namelist():
            if name not in changed:
                made.writestr(name, kept.read(name))
        for name, data in changed.items():
            if data is not None:
                made.writestr(name, data)
    return stream.getvalue()


SHEET = (
    '<?xml version="1.0"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
    '2006/main"><sheetData>{rows}</sheetData></worksheet>'
)


def sheet(rows: str, before: str = "") -> bytes:
    return repacked({"xl/worksheets/sheet1.xml": SHEET.format(rows=rows, before=before).encode()})


def _hidden(workbook: openpyxl.Workbook) -> None:
    for one in workbook.worksheets:
        one.sheet_state = "hidden"


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
CSV = [
    table("an empty file", "l.csv", b"", "is empty"),
    table("nothing but space", "l.csv", b" \n \n"),
    table("a header alone", "l.csv", "State,Text,From\n", "no row"),
    table("a blank header", "l.csv", ",,\na,b,c\n", "blank"),
    table("a column named twice", "l.csv", "State,State,From\na,b,c\n", "twice"),
    table("a column that is missing", "l.csv", "State,Words,From\na,b,c\n", "Text", lines=2),
    table("a header of another list", "l.csv", "a,b,c\n1,2,3\n", lines=5),
    table("another delimiter than any", "l.csv", "State^Text^From\na^b^c\n", lines=5),
    table("an actor whose name nobody can read", "l.csv", "State,Text,From\n???,b,c\n", "is no name"),
    table("an issuer of one letter", "l.csv", "State,Text,From\nMalta,b,c\n", "column From"),
    table("a column that hides a sign in its name", "l.csv", "State\u200b,Text,From\na,b,c\n", "U+200B", lines=2),
    table("NUL", "l.csv", b"State,Text,From\na,b\0,c\n", "not a table"),
    table("NUL late in it", "l.csv", b"State,Text,From\n" + b"a,b,c\n" * 20_000 + b"a,\0,c\n", "not a table"),
    table("UTF-16 without its mark", "l.csv", LIST.encode("utf-16-le"), "not a table"),
    table("bytes that are not UTF-8", "l.csv", b"State,Text,From\nMalt\xe9,b,c\n", "UTF-8"),
    table("a quotation mark that is not closed", "l.csv", 'State,Text,From\n"a,b,c\nd,e,f\n', "quotation mark"),
    table("a cell of a million characters", "l.csv", lambda: b"State,Text,From\na," + b"b" * 1_000_000 + b",c\n", "characters"),
    table("a row of 2 million columns", "l.csv", lambda: b"State,Text,From\n" + b"a," * 2_000_000 + b"\n", "columns"),
    table("a header of 2 million columns", "l.csv", lambda: b"a," * 2_000_000 + b"\nb\n", "columns"),
    table("a header of one long quotation", "l.csv", lambda: b'"' + b"a" * 500_000 + b'"\nb\n', ""),
    table("a page of HTML", "l.csv", "<html><body><table><tr><td>State</td></tr></table></body></html>"),
    table("a picture", "l.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
    table("a PDF", "l.csv", b"%PDF-1.7\n" + bytes(range(256)) * 9),
    table("a script of a shell", "l.csv", "#!/bin/sh\nrm -rf /\n", lines=5),
    table("JSON", "l.csv", '[{"State": "a"}]'),
    table("a file of 101 MB", "l.csv", lambda: bytes(101 * MIB), "larger than"),
]  # fmt: skip
BOOKS = [
    table("a workbook cut in the middle", "l.xlsx", lambda: book()[:2000], "damaged"),
    table("a workbook of one sheet without anything", "l.xlsx", lambda: book([]), "empty"),
    table("a workbook whose sheets are hidden", "l.xlsx", lambda: repacked({"xl/workbook.xml": _with_hidden()}), ""),
    table("a workbook with formulas", "l.xlsx", lambda: book(["State", "Text", "From"], ["Malta", "=HYPERLINK(\"https://example.org\")", "Crews"]), "formula"),
    table("a workbook with an error in a cell", "l.xlsx", lambda: book(["State", "Text", "From"], ["Malta", "#REF!", "Crews"]), ""),
    table("a workbook with a formula for a header", "l.xlsx", lambda: book(["State", "=A1", "From"], ["Malta", "b", "Crews"]), "", lines=2),
    table("a workbook with macros", "l.xlsm", lambda: repacked({"xl/vbaProject.bin": b"macro"}), "macros"),
    table("a workbook with macros of the old kind", "l.xlsx", lambda: repacked({"xl/macrosheets/sheet1.xml": b"<a/>"}), "macros"),
    table("a workbook with a control that runs", "l.xlsx", lambda: repacked({"xl/activeX/activeX1.bin": b"x"}), "macros"),
    table("a workbook under a password", "l.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "encrypted"),
    table("an old XLS", "l.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "old XLS"),
    table("an ODS", "l.ods", lambda: _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}), "no XLSX"),
    table("a DOCX under the name of a workbook", "l.xlsx", lambda: _zip({"word/document.xml": b"<a/>"}), "no XLSX"),
    table("a workbook that unpacks to 301 MB", "l.xlsx", lambda: repacked({"xl/worksheets/sheet1.xml": b" " * (301 * MIB)}), "unpacks"),
    table("a workbook without a sheet", "l.xlsx", lambda: repacked({"xl/worksheets/sheet1.xml": None}), ""),
    table("a workbook whose sheet is no XML", "l.xlsx", lambda: repacked({"xl/worksheets/sheet1.xml": b"words"}), ""),
    table("a workbook without its list of types", "l.xlsx", lambda: repacked({"[Content_Types].xml": None}), "damaged"),
    table("a workbook with a billion laughs", "l.xlsx", lambda: sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&amp;b;</t></is></c></row>', LAUGHS), ""),
    table("a workbook that reads a file from here", "l.xlsx", lambda: sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'), ""),
    table("a workbook with elements 50,000 deep", "l.xlsx", lambda: sheet("<row>" * 50_000), ""),
    table("a workbook with a cell in a column that is none", "l.xlsx", lambda: sheet('<row r="1"><c r="ZZZZZZ1" t="inlineStr"><is><t>a</t></is></c></row>'), ""),
    table("a workbook with a shared text that is not there", "l.xlsx", lambda: sheet('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>'), ""),
    table("a workbook with a number that is none", "l.xlsx", lambda: sheet('<row r="1"><c r="A1" t="n"><v>one</v></c></row>'), ""),
    table("a workbook with a row of 16,000 columns", "l.xlsx", lambda: book(["State", "Text", "From", *map(str, range(16_000))], ["a"] * 16_000), "columns"),
    table("a workbook with a row beyond the last", "l.xlsx", lambda: sheet('<row r="99999999999"><c r="A99999999999" t="inlineStr"><is><t>a</t></is></c></row>'), "rows"),
    table("a workbook with cells merged where there are none", "l.xlsx", lambda: sheet('</sheetData><mergeCells><mergeCell ref="ZZZZ:1"/></mergeCells><sheetData>'), "damaged"),
    table("a workbook with a cell of 40,000 characters", "l.xlsx", lambda: sheet('<row r="1">' + "".join(f'<c r="{at}1" t="inlineStr"><is><t>{name}</t></is></c>' for at, name in zip("ABC", ("State", "Text", "From"), strict=True)) + '</row><row r="2"><c r="A2" t="inlineStr"><is><t>' + "a" * 40_000 + "</t></is></c></row>"), "characters"),
]  # fmt: skip


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _with_hidden() -> bytes:
    with zipfile.ZipFile(io.BytesIO(book())) as kept:
        return kept.read("xl/workbook.xml").replace(b'state="visible"', b'state="hidden"')


HEAD = "id,label,summary,issuers,addressees,asks,themes\n"
OWN = [
    own("a foreign list without a mapping", "l.csv", LIST),
    own("an id nobody knows", "l.csv", HEAD + "nobody,A label,A summary of it.,Crews [ngo],Malta [state],,\n"),
    own("an actor of a kind that is none", "l.csv", HEAD + ",A label,A summary of it.,Crews [pirates],Malta [state],,Fees [new]\n"),
    own("a new theme that is a picture", "l.csv", HEAD + ",A label,A summary of it.,Crews [ngo],Malta [state],,\U0001f4a1 [new]\n", "is no name"),
    own("an actor without a kind", "l.csv", HEAD + ",A label,A summary of it.,Nobody Known Here,Malta [state],,Fees [new]\n"),
    own("a label that is a formula", "l.xlsx", lambda: book(HEAD.strip().split(","), ["", "=1+1", "A summary of it.", "Crews [ngo]", "Malta [state]", "", "Fees [new]"]), lines=2),
    own("a label of 5,000 letters", "l.csv", HEAD + f",{'a' * 5000},A summary of it.,Crews [ngo],Malta [state],,Fees [new]\n"),
    own("a label with a control character", "l.csv", HEAD + ",A \x07 label,A summary of it.,Crews [ngo],Malta [state],,Fees [new]\n"),
    own("a label that turns its direction", "l.csv", HEAD + ",A \u202e label,A summary of it.,Crews [ngo],Malta [state],,Fees [new]\n"),
]  # fmt: skip
OWN += [
    own(
        f"a label with {name}",
        "l.csv",
        HEAD + f",{label},A summary of it.,Crews [ngo],Malta [state],,Fees [new]\n",
        says,
    )
    for name, label, says in (
        (
            "a space nobody sees",
            "A\u200b label",
            "row 2 column label: holds an invisible character (U+200B",
        ),
        ("accents in a pile", "A lab" + "\u0301" * 40 + "el", "accents on one letter"),
        ("a sign of music nobody sees", "A la\U0001d173bel", "U+1D173"),
        ("letters of two scripts", "A l\u0430bel", "mixes Cyrillic and Latin letters"),
    )
]
OWN += [
    own("a label of a workbook with a mark of direction", "l.xlsx", lambda: book(HEAD.strip().split(","), ["", "A\u200f label", "A summary of it.", "Crews [ngo]", "Malta [state]", "", "Fees [new]"]), "right-to-left mark"),
    own("a summary that hides a word", "l.csv", HEAD + ",A label,A sum\u00admary of it.,Crews [ngo],Malta [state],,Fees [new]\n", "soft hyphen"),
    own("a date of level 2", "l.csv", HEAD.replace("id,", "id,date,") + ",2004-06-~11,A label,A summary of it.,Crews [ngo],Malta [state],,Fees [new]\n", "Write 2004-06-11"),
]  # fmt: skip
MAPPINGS = [
    mapping("a title that hides a space", "title: The fee list", 'title: "The\\u200b list"', "U+200B"),
    mapping("a summary of two scripts in a word", "Made by {issuers}", "M\u0430de by {issuers}", "mixes Cyrillic"),
    mapping("a title that turns its direction", "title: The fee list", 'title: "The \\u202e list"', "direction"),
    mapping("one that is empty", MAPPING, "", ""),
    mapping("one that is no YAML", "format: 1", "format: [1", ""),
    mapping("a format of the future", "format: 1", "format: 99", ""),
    mapping("a column that the list has not", "text: Text", "text: Words", ""),
    mapping("a kind of actor that is none", "kind: state", "kind: planet", ""),
    mapping("a key that is none", "group_by:", "run: rm\ngroup_by:", "not a key"),
    mapping("an encoding that is none", "columns:", "file: {encoding: klingon}\ncolumns:", "encoding"),
    mapping("an encoding that packs bytes", "columns:", "file: {encoding: zip}\ncolumns:", ""),
    mapping("an encoding that turns letters", "columns:", "file: {encoding: rot13}\ncolumns:", ""),
    mapping("an encoding that unfolds escapes", "columns:", "file: {encoding: unicode_escape}\ncolumns:", ""),
    mapping("an encoding that looks at attributes", "columns:", "file: {encoding: undefined}\ncolumns:", ""),
    mapping("a delimiter of two letters", "columns:", "file: {delimiter: ab}\ncolumns:", ""),
    mapping("a gap that is not filled", "Made by {issuers}", "Made by {issuers.__class__}", ""),
    mapping("a gap that is nothing", "Made by {issuers}", "Made by {}", ""),
    mapping("a gap that is not closed", "Made by {issuers}", "Made by {issuers", ""),
    mapping("an id that is none", "id: fee-list", "id: ../../x", ""),
    mapping("an id of 5,000 letters", "id: fee-list", f"id: {'a' * 5000}", ""),
    mapping("a bomb of aliases", "columns:", "a: &a [x]\nb: &b [*a, *a]\ncolumns:", ""),
    mapping("a tag that makes an object", "format: 1", "format: !!python/object/apply:os.system [x]", ""),
]  # fmt: skip


def _both(name: str, says: str, make: Callable[[Path], None], file: str = "l.csv") -> Case:
    def write(folder: Path) -> None:
        (folder / "m.yaml").write_text(MAPPING)
        make(folder)

    return Case(
        f"table: {name}", ("import", file, "--mapping", "m.yaml", "--yes"), says, make=write
    )


FILES = [
    _both("a file that is not there", "cannot be read", lambda f: None),
    _both("a folder", "", lambda f: (f / "l.csv").mkdir()),
    _both("a pipe into which nobody writes", "no file", lambda f: os.mkfifo(f / "l.csv")),
    _both("a device without an end", "no file", lambda f: (f / "l.csv").symlink_to("/dev/zero")),
    _both("a link to itself", "cannot be read", lambda f: (f / "l.csv").symlink_to("l.csv")),
    Case("mapping: one that nobody knows", ("import", "l.csv", "--mapping", "nothing"), "", {"l.csv": LIST}, code=2),
    Case("mapping: a path that goes up", ("import", "l.csv", "--mapping", "../../etc/passwd"), "", {"l.csv": LIST}, code=2),
    Case("mapping: a pipe", ("import", "l.csv", "--mapping", "m"), "", {"l.csv": LIST}, code=2, make=lambda f: os.mkfifo(f / "m")),
    Case("mapping: a picture", ("import", "l.csv", "--mapping", "m"), "", {"l.csv": LIST, "m": b"\x89PNG\xff"}),
]  # fmt: skip
CASES = [*CSV, *BOOKS, *OWN, *MAPPINGS, *FILES]
