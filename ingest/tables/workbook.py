"""XLSX workbooks as tables of text: no formula is evaluated, and none is taken by its last value.

openpyxl reads and writes them: it is free (MIT), still what pandas uses, and of the libraries alive
the one that tells a formula from the value a program once computed for it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ingest.readers.allowance import earn_work
from ingest.tables.structure import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED,
    Row,
    Table,
    Wanted,
)
from ontology.errors import ReformError

ZIP = b"PK\x03\x04"
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HIDDEN = re.compile(rb"<(?:\w+:)?(?:row|col)\s[^<>]{0,400}?\bhidden\s*=\s*[\"'](?:1|true)[\"']")
CELLS_A_SECOND = 25_000
"""After so many cells with a text a second more is given for the rest; most need half of it."""
MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|macrosheets/.*|activeX/.*)$", re.IGNORECASE)


def read_workbook(
    data: bytes, name: str, sheet: str | None = None, wanted: Wanted | None = None
) -> Table:
    """Read one sheet of a workbook: the one named, else the first that is shown.

    Where the header does not have what is wanted, it comes without its rows.

    A formula or an error is a fault of its cell. Days become YYYY-MM-DD. Raises ReformError for
    what is no such workbook: packed too densely, with macros, without sheets.
    """
    _look_inside(data, name)
    import openpyxl  # here, since a CSV file is read without it

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        shown = [found for found in book.worksheets if found.sheet_state == "visible"]
        if sheet is not None and sheet not in [found.title for found in book.worksheets]:
            known = ", ".join(found.title for found in book.worksheets)
            raise ReformError(f"{name}: has no sheet “{sheet}”. Name one of: {known}.")
        if not shown:
            raise ReformError(f"{name}: has no sheet that is shown. Show the one to read.")
        chosen = next((found for found in book.worksheets if found.title == sheet), shown[0])
        chosen.reset_dimensions()  # what a file says of its own size may be wrong
        table = _table(chosen.iter_rows(), name, wanted or Wanted())
        return replace(table, has_hidden=_has_hidden(data, chosen._worksheet_path))  # type: ignore[attr-defined]
    except (ReformError, MemoryError):
        raise
    except Exception as error:  # a damaged workbook may break the library in any way
        raise ReformError(
            f"{name}: is damaged or no workbook ({type(error).__name__}). Save it as XLSX anew."
        ) from error


def _has_hidden(data: bytes, sheet: str) -> bool:
    """Whether a sheet, named by its part, has rows or columns that are hidden."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(sheet) as part:
        kept = b""
        while piece := part.read(1_000_000):
            if HIDDEN.search(kept + piece):
                return True
            kept = piece[-500:]
    return False


def _look_inside(data: bytes, name: str) -> None:
    """Refuse a workbook that holds macros or would unpack to more than fits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            inside = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ReformError(f"{name}: is cut off or damaged. Save it as XLSX anew.") from error
    names = {entry.filename for entry in inside}
    if "xl/workbook.xml" not in names:
        raise ReformError(f"{name}: is an archive but no XLSX workbook. Give CSV or XLSX.")
    if any(MACROS.search(entry) for entry in names):
        raise ReformError(f"{name}: holds macros. Save it as XLSX, without macros.")
    if sum(entry.file_size for entry in inside) > MOST_UNPACKED:
        raise ReformError(
            f"{name}: unpacks to more than {MOST_UNPACKED // 1024 // 1024} MB. Split it."
        )


def _table(lines: Iterable[tuple[Any, ...]], name: str, wanted: Wanted) -> Table:
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    empty = characters = filled = 0
    for number, line in enumerate(lines, 1):
        row = _row(number, line, name)
        characters += sum(map(len, row.cells))
        filled += sum(map(bool, row.cells))
        if filled >= CELLS_A_SECOND:  # a row has fewer
            earn_work(1)
            filled -= CELLS_A_SECOND
        if number == 1:
            header = row.cells
        elif row.cells or row.faults:
            rows += [Row(number - ahead, ()) for ahead in range(empty, 0, -1)]
            rows.append(row)
            empty = 0
            if any(header) and not row.blank and not wanted.fits(header):
                break
        else:  # a sheet often ends in formatted rows without text
            empty += 1
        if len(rows) + empty > MOST_ROWS:
            raise ReformError(f"{name}: has more than {MOST_ROWS:,} rows. Split it.")
    if not any(header) and not rows:
        raise ReformError(f"{name}: is empty. Give a table with a header row.")
    return Table(name, header, tuple(rows), characters)


def _row(number: int, line: tuple[Any, ...], name: str) -> Row:
    cells: list[str] = []
    faults: dict[int, str] = {}
    for column, cell in enumerate(line):
        if cell.data_type == "f":
            faults[column] = "holds a formula"
        elif cell.data_type == "e":
            faults[column] = f"holds the error {cell.value}"
        text = "" if column in faults or cell.value is None else _text(cell.value)
        if len(text) > LONGEST_CELL:
            raise ReformError(
                f"{name} row {number}: holds a cell of more than {LONGEST_CELL:,} characters. "
                "Shorten it."
            )
        cells.append(text)
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise ReformError(f"{name} row {number}: has more than {MOST_COLUMNS} columns. Split it.")
    return Row(number, tuple(cells), faults)


def _text(value: object) -> str:
    """Return a value as it would be written: whole numbers without a point, days as days."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
