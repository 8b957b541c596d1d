"""Bytes of a spreadsheet or CSV file become a table, in a process that is limited."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ingest.readers.isolated import Limits, work_limited
from ingest.tables.delimited import read_delimited
from ingest.tables.structure import Table, Wanted
from ingest.tables.workbook import OLD_OR_LOCKED, ZIP, read_workbook
from ontology.errors import ReformError

LIMITS: Final = Limits(memory=300 * 1024 * 1024, size=10 * 1024 * 1024)
"""What one table may cost; a cell of a few letters takes fifty bytes and more."""


def read_table(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    wanted: Wanted | None = None,
    limits: Limits | None = None,
) -> Table:
    """Read a CSV or XLSX file in a process limited in time and memory, without network.

    It comes without rows where the header does not have what is wanted.
    Raises ReformError when they are no table, or more than the limits allow.
    """
    given = [encoding, delimiter, sheet, wanted]
    return work_limited(table_of, data, name, *given, limits=limits or LIMITS)


def table_of(
    data: bytes,
    name: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    wanted: Wanted | None = None,
) -> Table:
    """Read a CSV or XLSX file in this process; the format is told by the bytes, not by the name.

    It comes without rows where the header does not have what is wanted.
    Raises ReformError when they are no table with a header and rows.
    """
    table = _read(data, name, encoding, delimiter, sheet, wanted)
    header = [cell.strip() for cell in table.header]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise ReformError(f"{name} row 1: is blank. Put the names of the columns there.")
    doubled = next((cell for cell in header if cell and header.count(cell) > 1), None)
    if doubled is not None:
        raise ReformError(f"{name} row 1: names the column “{doubled}” twice. Rename one of them.")
    if not any(not row.blank for row in table.rows):
        raise ReformError(f"{name}: has no row below its header. Fill in one at least.")
    if wanted and not wanted.fits(header):
        return Table(name, tuple(header), (), table.characters)
    return replace(table, header=tuple(header))


def _read(
    data: bytes,
    name: str,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    wanted: Wanted | None,
) -> Table:
    if not data:
        raise ReformError(f"{name}: is empty. Give a table with a header row.")
    if data.startswith(OLD_OR_LOCKED):
        raise ReformError(
            f"{name}: is encrypted or an old XLS file. Save it as XLSX, without a password."
        )
    if data.startswith(ZIP):
        return read_workbook(data, name, sheet, wanted)
    return read_delimited(data, name, encoding, delimiter)
