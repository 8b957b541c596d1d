"""Free queries on the command line: read one, have it answered apart, print what it found."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from explorer.markup import seen
from explorer.settings import Settings
from explorer.terminal import working
from explorer.workspace import current_snapshot
from graph.freequeries.gate import BASE, admit
from graph.freequeries.limits import Limits, QueryRefused, Reason
from graph.freequeries.pool import FreeQueries
from graph.freequeries.results import Answer, Term, as_csv, as_json, text_of
from ingest.readers import bytes_of
from ontology.errors import UsageError
from ontology.terms import PREFIXES

LARGEST = 10_000_000
"""Bytes of the largest file that is looked at."""
LARGEST_TABLE = 2_000_000
"""Bytes of an answer that is shown as a table; programs may ask for more."""
OPEN_WAYS = {
    "network": "On this system nothing but the refusal of SERVICE keeps a query from the network.",
    "memory": "On this system nothing bounds the memory of a query but its time.",
}
"""What to tell where the system does not shut in the process that answers."""


def answer_query(
    settings: Settings, file: str, form: str | None, rows: int, tell: Callable[[str], None]
) -> str:
    """Return the answer to the query in a file, or on standard input for `-`.

    Without a form it is a table, or Turtle for a graph. `tell` gets what is no part of the answer:
    that it is cut, and what this system does not shut in. Raises QueryRefused for a query that is
    not answered, UsageError for a form that its answer cannot have.
    """
    limits = Limits(rows=rows)
    if form in (None, "table"):  # to lay out more for the eye takes longer than to find it
        limits = replace(limits, size=LARGEST_TABLE)
    name = "query" if file == "-" else Path(file).name
    try:
        query = _read(file, limits)
        admit(query, limits)
        with working("building what is out of date"):
            snapshot = current_snapshot(settings)
        with FreeQueries(snapshot, limits=limits, workers=1) as queries:
            with working("asking"):
                answer = queries.answer(query)
            open_ways = queries.unconfined()
    except QueryRefused as error:
        raise error.named(name) from error
    for way in open_ways:
        tell(OPEN_WAYS[way])
    printed = print_answer(answer, form)
    if answer.cut:
        tell(answer.cut)
    return printed


def _read(file: str, limits: Limits) -> str:
    """Read a query, a little beyond what is allowed at most."""
    most = 4 * limits.length + 4
    data = sys.stdin.buffer.read(most) if file == "-" else bytes_of(Path(file), LARGEST)[:most]
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(data) == most:
            return data.decode("utf-8-sig", "replace")
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise QueryRefused(
            Reason.form, "is not UTF-8", "Save it as UTF-8", line=line, column=column
        ) from error


def print_answer(answer: Answer, form: str | None = None) -> str:
    """Return an answer as it is printed: a table if no form is said, or Turtle for a graph.

    Raises UsageError for a form that the answer cannot have.
    """
    if answer.turtle is not None:
        if form not in (None, "table", "turtle"):
            raise UsageError(
                f"--format: CONSTRUCT and DESCRIBE give a graph, not {form}. Use turtle."
            )
        return answer.turtle
    if form == "turtle":
        raise UsageError("--format: SELECT and ASK give no graph. Use table, json or csv.")
    if form == "json":
        return as_json(answer)
    if form == "csv":
        return as_csv(answer).replace("\r\n", "\n")
    if answer.truth is not None:
        return "yes" if answer.truth else "no"
    cells = [[seen(short(term)) for term in row] for row in answer.rows]
    if not cells:
        return "No row fits into what is shown." if answer.cut else "Nothing was found."
    return _table(answer.columns, cells)


def _table(columns: Sequence[str], shown: Sequence[Sequence[str]]) -> str:
    """Return a table where it fits the terminal, else one block of lines for each row."""
    widths = [max(len(name), *(len(row[i]) for row in shown)) + 2 for i, name in enumerate(columns)]
    width = shutil.get_terminal_size((100, 24)).columns
    console = Console(
        width=max(width, 20), highlight=False, markup=False, emoji=False, color_system=None
    )
    with console.capture() as printed:
        if sum(widths) <= width:
            table = Table(box=None, pad_edge=False)
            for name in columns:
                table.add_column(Text(name))
            for row in shown:
                table.add_row(*map(Text, row))
            console.print(table)
        else:
            for i, row in enumerate(shown, 1):
                console.print(Text(f"— {i} of {len(shown)}"))
                block = Table.grid(padding=(0, 2))
                for name, cell in zip(columns, row, strict=True):
                    if cell:
                        block.add_row(Text(name), Text(cell, overflow="fold"))
                console.print(block)
    return "\n".join(line.rstrip() for line in printed.get().splitlines())


def short(term: Term | None) -> str:
    """Return an address as a query may have it, without declaring anything; other text as it is."""
    text = text_of(term)
    return text if term is None or term["type"] != "uri" else short_iri(text)


def short_iri(iri: str) -> str:
    """Return an address as a query may have it, without declaring anything."""
    if iri.startswith(BASE):
        return f"<{iri.removeprefix(BASE)}>"
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "").isalnum():
            return f"{prefix}:{local}"
    return f"<{iri}>"
