"""The command `reformgraph`: each command reads its words, calls one function, prints."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from explorer import (
    accesscommands,
    decidingcommands,
    exportingcommands,
    importingcommands,
    safekeepingcommands,
)
from explorer.terminal import ReformGroup, day, error_line, number, print_line, working

# Everything heavy is imported where it is used, so that --help answers at once.

app = typer.Typer(
    name="reformgraph",
    cls=ReformGroup,
    help="Who asked whom for what reform, what came of it, who says so, as of when, and where.\n\n"
    "Begin with `reformgraph explore`, which opens the pages, or with `reformgraph ask`, which "
    "lists the questions. Every command answers `--help`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",  # in `Name [ngo]` the other mode takes [ngo] for a style
)

LOOK, DECIDE = "Ask and look", "Take in and decide"
KEEP, CURATE = "Build, check and keep", "Write corpus files"
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Format(StrEnum):
    """How an answer is printed."""

    table = "table"
    json = "json"
    csv = "csv"


class QueryFormat(StrEnum):
    """How the answer to a free query is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    turtle = "turtle"


@app.command(rich_help_panel=LOOK)
def explore(
    port: Annotated[
        int,
        typer.Option(parser=number(0, 65535), metavar="NUMBER", help="0 takes any free one."),
    ] = 8501,
    address: Annotated[
        str, typer.Option(help="Where to listen; elsewhere than here only with users (`access`).")
    ] = "127.0.0.1",
) -> None:
    """Open the explorer on 127.0.0.1; what is missing or out of date is built first."""
    from explorer.serving import check_address, check_providers, serve
    from explorer.settings import read_settings
    from explorer.workspace import current_snapshot

    settings = read_settings()
    check_address(settings, address)
    check_providers(settings)
    with working("building what is out of date"):
        current_snapshot(settings)
    raise typer.Exit(serve(settings, port, tell=error_line, address=address))


@app.command(rich_help_panel=KEEP)
def build(
    out: Annotated[
        Path | None, typer.Option(help="Write the snapshot here instead of into the workspace.")
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Keep it, too, as a release to compare with later."),
    ] = None,
) -> None:
    """Build the snapshot from the corpus: sorted N-Quads, the same bytes each time.

    The snapshot is all that is asked and shown. Other commands build it when it is out of date.
    """
    from explorer import releases
    from explorer.settings import read_settings
    from explorer.workspace import overdue, told

    settings = read_settings()
    with working("building the snapshot"):
        path = releases.build(settings, out, keep)
    print_line(told(path))
    for line in overdue(settings.home):
        error_line(line)


@app.command(rich_help_panel=KEEP)
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="RDF files, or folders of corpus files.")
    ] = None,
    copies: Annotated[
        list[str] | None,
        typer.Option(
            "--document",
            metavar="ID=FILE",
            help="This file is a copy of that document, perhaps a changed one; may be repeated.",
        ),
    ] = None,
    as_json: AsJson = False,
    as_ttl: Annotated[bool, typer.Option("--ttl", help="Print a SHACL report as Turtle.")] = False,
) -> None:
    """Hold the corpus, or any RDF file, against the rules, and its passages against the documents.

    Exit code 1 for Violations and for passages that changed; Warnings and Infos are counted.
    """
    from explorer.checking import check_given
    from explorer.settings import read_settings

    with working("checking"):
        report = check_given(read_settings(), files or [], copies or [])
    print_line(report.as_json() if as_json else report.as_turtle() if as_ttl else report.as_text())
    raise typer.Exit(0 if report.passed else 1)


@app.command(
    rich_help_panel=LOOK,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def ask(
    context: typer.Context,
    question: Annotated[
        str | None, typer.Argument(help="The question; without one they are listed.")
    ] = None,
    as_of: Annotated[
        dt.date | None,
        typer.Option(parser=day, help="Only what was said by this day: 2025-11-24.", metavar="DAY"),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.table,
) -> None:
    """Ask a named question; its parameters follow as --NAME VALUE.

    Without a question, all are listed with their parameters. For example:
    `reformgraph ask which_recommendations --addressee interpol --status adopted`
    """
    from explorer.asking import answer, list_questions

    if question is None:
        print_line(list_questions(form.value))
        return
    given = {"as_of": as_of.isoformat()} if as_of else {}
    print_line(answer(question, [*context.args], given, form.value, tell=error_line))


@app.command(rich_help_panel=LOOK)
def sparql(
    file: Annotated[str, typer.Argument(help="A file with the query; `-` reads standard input.")],
    form: Annotated[
        QueryFormat | None,
        typer.Option("--format", help="How to print; a table, or Turtle for a graph, if not said."),
    ] = None,
    rows: Annotated[
        int,
        typer.Option(
            parser=number(1, 1_000_000), metavar="NUMBER", help="Rows or triples at most."
        ),
    ] = 1_000,
) -> None:
    """Ask in SPARQL: read-only, on the public data, apart from all else and within limits.

    The prefixes of the project need not be declared. docs/sparql.md has examples, as has the page
    SPARQL of the explorer.
    """
    from explorer.settings import read_settings
    from explorer.sparql import answer_query

    print_line(answer_query(read_settings(), file, form and form.value, rows, tell=error_line))


@app.command(rich_help_panel=LOOK)
def show(
    ident: Annotated[
        str, typer.Argument(metavar="ID", help="Its id, alone or with its kind: actor/interpol.")
    ],
    as_json: AsJson = False,
) -> None:
    """Show one entity with all its sources, from the line in the corpus to the answers.

    Entities are actors, documents, recommendations, texts, cases and so on; also a claim or an
    assessment has an id. For example: `reformgraph show mrg-2026-notice-and-reasons`
    """
    from explorer.chain import show_entity
    from explorer.settings import read_settings

    print_line(show_entity(read_settings(), ident, as_json=as_json))


@app.command(rich_help_panel=KEEP)
def compare(
    old: Annotated[Path, typer.Argument(help="A snapshot, as `build --out` writes it.")],
    new: Annotated[
        Path | None, typer.Argument(help="Another; the workspace's own if not said.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what changed in the data between two snapshots, such as two releases.

    `build --keep NAME` keeps a release. For example:
    `reformgraph compare releases/2026-03.nq`

    Exit code 1 for a file that is no snapshot or is damaged; 3 is for the workspace alone.
    """
    from explorer.comparing import compare
    from explorer.settings import read_settings

    with working("comparing"):
        told = compare(read_settings(), old, new, as_json)
    print_line(told)


@app.command(rich_help_panel=CURATE)
def anchor(
    document: Annotated[str, typer.Argument(help="Id of a corpus file, or a file of text.")],
    first: Annotated[str, typer.Argument(help="First words, or the offset of the first sign.")],
    last: Annotated[str, typer.Argument(help="Last words, or the offset after the last sign.")],
) -> None:
    """Print the YAML of a passage, to be pasted into a corpus file.

    For example: `reformgraph anchor letter.txt "We call on" "before it is due"`
    """
    from explorer.anchoring import passage_yaml
    from explorer.settings import read_settings

    print_line(passage_yaml(read_settings(), document, first, last))


@app.command(rich_help_panel=DECIDE)
def extract(
    files: Annotated[list[Path], typer.Argument(help="Text, HTML, PDF or DOCX.")],
    as_json: AsJson = False,
    statuses: Annotated[
        bool, typer.Option("--statuses", help="Statements of what became of an ask instead.")
    ] = False,
    server: Annotated[
        str | None,
        typer.Option(
            "--model-server",
            metavar="URL",
            help="Ask a language model, too: THE TEXT IS SENT THERE (the extra `llm`).",
        ),
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="The model's name there.")] = None,
) -> None:
    """Find candidate recommendations in documents; nothing enters the graph.

    Exit code 1 when a file could not be read; the candidates of the others are printed.
    """
    from explorer import extracting
    from explorer.settings import read_settings

    with working("reading"):
        asked = extracting.Model(server, model)
        found = extracting.extract(read_settings(), files, statuses, asked, tell=error_line)
    for failure in found.failures:
        error_line(failure.message)
    print_line(extracting.as_json(found) if as_json else extracting.as_text(found))
    raise typer.Exit(1 if found.failures else 0)


for module, panel in (
    (decidingcommands, DECIDE), (importingcommands, DECIDE), (exportingcommands, LOOK),
    (safekeepingcommands, KEEP), (accesscommands, KEEP),
):  # fmt: skip
    for name, command in module.COMMANDS.items():
        app.command(name, rich_help_panel=panel)(command)


@app.command(rich_help_panel=CURATE)
def schema() -> None:
    """Print the JSON Schema of corpus files, for editors."""
    from explorer.anchoring import corpus_schema

    print_line(corpus_schema())
