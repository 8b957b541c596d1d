"""The command that takes recommendations away, in any format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from explorer.terminal import day, print_line, working


class Form(StrEnum):
    """The names of explorer.exporting.EXPORTS, which is too heavy to be read for --help."""

    csv = "csv"
    xlsx = "xlsx"
    jsonld = "jsonld"
    turtle = "turtle"
    graphml = "graphml"
    gexf = "gexf"
    svg = "svg"
    png = "png"
    html = "html"
    site = "site"
    markdown = "markdown"
    docx = "docx"
    pdf = "pdf"


class Axis(StrEnum):
    """What a status is about."""

    adoption = "adoption"
    practice = "practice"
    response = "response"


Day = Annotated[
    dt.date | None,
    typer.Option(parser=day, help="Only what was said by this day: 2025-11-24.", metavar="DAY"),
]
Since = Annotated[
    dt.date | None,
    typer.Option(parser=day, help="Tell what changed in the world since this day.", metavar="DAY"),
]
MadeOn = Annotated[
    dt.date | None,
    typer.Option(parser=day, help="The day it bears, if not today.", metavar="DAY"),
]


def _facet(tells: str) -> typer.models.OptionInfo:
    given: typer.models.OptionInfo = typer.Option(help=f"{tells} May be repeated.")
    return given


def export(
    form: Annotated[Form, typer.Option("--format", help="What to make; docx is a briefing.")],
    out: Annotated[
        Path | None,
        typer.Option(help="The file to write, `recommendations` if not said; `-` prints."),
    ] = None,
    status: Annotated[list[str] | None, _facet("A status, unassessed or contested.")] = None,
    response: Annotated[list[str] | None, _facet("What the addressee answered.")] = None,
    addressee: Annotated[list[str] | None, _facet("Who is asked: name or id.")] = None,
    issuer: Annotated[list[str] | None, _facet("Who asks: name or id.")] = None,
    theme: Annotated[list[str] | None, _facet("A subject: name or id.")] = None,
    instrument: Annotated[list[str] | None, _facet("A text whose change was judged.")] = None,
    document: Annotated[list[str] | None, _facet("Where it stands or was made.")] = None,
    year: Annotated[list[str] | None, _facet("When it was made: 2022, or undated.")] = None,
    assessor: Annotated[list[str] | None, _facet("Who says what became of it.")] = None,
    basis: Annotated[list[str] | None, _facet("How the assessor knows.")] = None,
    voices: Annotated[
        list[str] | None, _facet("How many speak: contested, onlyIssuer, oneOther, agreed, nobody.")
    ] = None,
    change: Annotated[
        list[str] | None, _facet("With --since or --release: new, changed or same.")
    ] = None,
    words: Annotated[str | None, typer.Option(help="Words that stand in it or its names.")] = None,
    axis: Annotated[Axis, typer.Option(help="What --status is about.")] = Axis.adoption,
    as_of: Day = None,
    since: Since = None,
    release: Annotated[
        Path | None, typer.Option(help="Tell what changed in the data since this snapshot.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="A title instead of the choices.")] = None,
    made_on: MadeOn = None,
    fresh_ids: Annotated[
        bool, typer.Option("--fresh-ids", help="Give cases ids of this file's own.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over what is there.")] = False,
) -> None:  # fmt: skip
    """Take recommendations away with all they hang on: who says what, passages, documents.

    Only what is public goes out. The choices are those of the page Recommendations; without any,
    all recommendations go. Each file names the data version, the as-of date and the journal's head.
    For example: `reformgraph export --format docx --issuer mena-rights-group --out brief.docx`
    """
    from explorer.deciding import today
    from explorer.exportfile import Wish
    from explorer.exportfile import export as write
    from explorer.settings import read_settings

    given = {
        "status": status, "response": response, "addressee": addressee, "issuer": issuer,
        "theme": theme, "instrument": instrument, "document": document, "year": year,
        "assessor": assessor, "basis": basis, "voices": voices, "change": change,
        "q": words and [words], "axis": [axis.value], "as_of": as_of and [as_of.isoformat()],
        "since": since and [since.isoformat()],
    }  # fmt: skip
    query = {name: values for name, values in given.items() if values}
    with working("writing"):
        wish = Wish(form.value, query, out, made_on or today(), title, fresh_ids, replace, release)
        told = write(read_settings(), wish)
    print_line(told)


COMMANDS: dict[str, Callable[..., None]] = {"export": export}
