"""The commands for files of many rows: what they bring in, and the template to fill in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from explorer.decidingcommands import Reason, Who, asks_to_keep, desk_here, desk_of
from explorer.terminal import print_line, working


def import_file(
    file: Annotated[
        Path, typer.Argument(help="CSV or XLSX: the template filled in, or a list; or RDF.")
    ],
    mapping: Annotated[
        str | None,
        typer.Option(help="How to read a foreign list: a shipped mapping's name, or a YAML file."),
    ] = None,
    who: Who = None,
    reason: Reason = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Take it in without being asked after the preview.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the preview as JSON, and do nothing.")
    ] = False,
) -> None:
    """Take in a file of many rows, or of RDF, as one decision, previewed, all of it or nothing.

    What comes in is marked as imported, not reviewed, until somebody looks at it. `template` writes
    a spreadsheet to fill in.
    """
    from explorer import importing

    desk, name = desk_of(who)
    if as_json:
        with working("reading"):
            text = importing.as_json(desk, name, file, mapping)
        print_line(text)
        return
    print_line(importing.take_in(desk, name, file, mapping, asks_to_keep(yes), reason))


def template(
    out: Annotated[Path, typer.Argument(help="The file to write: .xlsx or .csv.")],
    current: Annotated[
        bool, typer.Option("--current", help="Filled with the recommendations as they are now.")
    ] = False,
) -> None:
    """Write a spreadsheet to fill in: empty, or with the current recommendations to correct."""
    from explorer import importing

    with working("writing"):
        text = importing.write_template(desk_here(), out, filled=current)
    print_line(text)


COMMANDS: dict[str, Callable[..., None]] = {"import": import_file, "template": template}
