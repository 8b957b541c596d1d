"""CSV files: whatever line ends, quotes and delimiter they have, as a table of text."""

from __future__ import annotations

import codecs
import csv
import io
import re
from itertools import islice

from ingest.tables.structure import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Row, Table
from ontology.errors import ReformError

DELIMITERS = ",;\t|"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f]")


def read_delimited(
    data: bytes, name: str, encoding: str | None = None, delimiter: str | None = None
) -> Table:
    """Read a CSV file; without a delimiter, the one that parts its header best is taken.

    The text is UTF-8, or what its byte order mark says, unless an encoding is named. Rows are
    counted as RFC 7111 does: records from 1, the header included, whatever lines they fill.
    Raises ReformError when the bytes are no such table.
    """
    encoding = _encoding_of(data, encoding)
    text = _decoded(data, name, encoding)
    if not text.strip():
        raise ReformError(f"{name}: is empty. Give a table with a header row.")
    csv.field_size_limit(LONGEST_CELL)
    delimiter = delimiter or _delimiter(text)
    reader = csv.reader(_lines(data, encoding), delimiter=delimiter)
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    before = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number == 1:
                header = tuple(cells)
            else:
                rows.append(Row(number, tuple(cells)))
            if number > MOST_ROWS + 1:
                raise ReformError(f"{name}: has more than {MOST_ROWS:,} rows. Split it.")
            if len(cells) > MOST_COLUMNS:
                raise ReformError(
                    f"{name} row {number}: has more than {MOST_COLUMNS} columns. "
                    "Look at the delimiter."
                )
            start, before = before, reader.line_num
    except csv.Error as error:
        raise ReformError(
            f"{name} row {len(rows) + 2}: holds a cell of more than {LONGEST_CELL:,} characters. "
            "Shorten it, or close the quotation mark that opens it."
        ) from error
    last = islice(_lines(data, encoding), start, before)
    if before - start > 1 and "".join(last).count('"') % 2:
        raise ReformError(
            f"{name} row {len(rows) + 1}: opens a quotation mark that is not closed. Close it."
        )
    return Table(name, header, tuple(rows), len(text))


def _encoding_of(data: bytes, named: str | None) -> str:
    """Return the encoding that the byte order mark tells, else the one named, else UTF-8."""
    marked = next((found for mark, found in MARKS if data.startswith(mark)), None)
    return marked or named or "utf-8"


def _lines(data: bytes, encoding: str) -> io.TextIOWrapper:
    """Return the lines of a file one by one, decoded, with the line ends that they have."""
    return io.TextIOWrapper(io.BytesIO(data), encoding, newline="")


def _decoded(data: bytes, name: str, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReformError(
            f"{name} byte {error.start}: is not {encoding.upper()} text. Save the file as UTF-8, "
            "or name its encoding in a mapping."
        ) from error
    if "\0" in text or len(CONTROLS.findall(text[:65536])) > 20:
        raise ReformError(f"{name}: is not a table. Give CSV or XLSX.")
    return text


def _delimiter(text: str) -> str:
    """Return the delimiter that parts the first record into most cells, a comma where none does."""
    start = text[: 4 * LONGEST_CELL]

    def cells(delimiter: str) -> int:
        try:
            first = next(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter), [])
        except csv.Error:
            return 0
        return len(first)

    return max(DELIMITERS, key=cells)
