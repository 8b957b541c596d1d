"""The commands that take in documents and put decisions on record."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from explorer.terminal import day, error_line, print_line, working
from ontology.errors import UsageError

if TYPE_CHECKING:
    from ingest.deciding import Desk

# Everything heavy is imported where it is used, so that --help answers at once.

Who = Annotated[str | None, typer.Option("--who", help="Who decides; else the setting `reviewer`.")]
Reason = Annotated[str | None, typer.Option(help="Why, for those who read the journal.")]
Title = Annotated[str | None, typer.Option(help="Its title.")]
Publisher = Annotated[
    str | None,
    typer.Option(help="Who published it: an actor's id or name, or `Name [ngo]` for a new one."),
]
Kind = Annotated[str | None, typer.Option(help="What it is, such as ngoReport or resolution.")]
Issued = Annotated[str | None, typer.Option(help="When it was published: 2026-03, 2026-03-14.")]
Language = Annotated[str | None, typer.Option(help="Its language: en, fr, ar.")]
Url = Annotated[str | None, typer.Option(help="Its address on the web.")]
Read = Annotated[str | None, typer.Option(help="How much you read: whole, most, beginning.")]
CopyOf = Annotated[str | None, typer.Option(help="What it is a copy of.")]
Withhold = Annotated[
    list[str] | None,
    typer.Option(help="A name that stands in it and is never to be shown; kept as places only."),
]


class Outcome(StrEnum):
    """What a person may decide about a candidate."""

    accept = "accept"
    reject = "reject"
    unsure = "unsure"


class State(StrEnum):
    """Where a candidate stands."""

    open = "open"
    unsure = "unsure"
    known = "known"
    accept = "accept"
    reject = "reject"
    all = "all"


def add(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, or web addresses to fetch now.")
    ],
    who: Who = None,
    ident: Annotated[
        str | None, typer.Option("--id", help="Its id; else made from its title.")
    ] = None,
    title: Title = None,
    publisher: Publisher = None,
    kind: Kind = None,
    issued: Issued = None,
    language: Language = None,
    url: Url = None,
    read: Read = None,
    copy_of: CopyOf = None,
    withhold: Withhold = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Keep what was fetched without being asked.")
    ] = False,
) -> None:
    """Take documents into the workspace; what was fetched is shown before it is kept.

    Exit code 1 when one could not be taken in; the others are. With a publisher and a kind, the
    document is described as well; whatever else is said of it wants both. For example:
    `reformgraph add letter.txt --publisher "Harbour Watch [ngo]" --kind resolution`
    """
    from explorer import takingin

    desk, name = desk_of(who)
    said = takingin.Said(
        {"title": title, "publisher": publisher, "kind": kind, "issued": issued,
         "language": language, "url": url, "read": read, "copy_of": copy_of},
        withhold or (),
    )  # fmt: skip
    failed = takingin.add(desk, name, sources, ident, said, asks_to_keep(yes), print_line)
    for line in failed:
        error_line(line)
    raise typer.Exit(1 if failed else 0)


def describe(
    document: Annotated[str, typer.Argument(help="The document's id.")],
    who: Who = None,
    title: Title = None,
    publisher: Publisher = None,
    kind: Kind = None,
    issued: Issued = None,
    language: Language = None,
    url: Url = None,
    read: Read = None,
    copy_of: CopyOf = None,
    withhold: Withhold = None,
) -> None:
    """Say what a document is; what you do not mention stays as it was said before."""
    from explorer import recorded, takingin

    desk, name = desk_of(who)
    said = takingin.Said(
        {"title": title, "publisher": publisher, "kind": kind, "issued": issued,
         "language": language, "url": url, "read": read, "copy_of": copy_of},
        withhold or (),
    )  # fmt: skip
    with working("checking"):
        record = takingin.describe(desk, name, document, said)
    print_line(recorded.saved(record))


def review(
    document: Annotated[
        str | None, typer.Argument(help="A document's id; without one they are listed.")
    ] = None,
    state: Annotated[State, typer.Option(help="Which candidates.")] = State.open,
    due: Annotated[
        bool, typer.Option("--due", help="What somebody wanted to look at again by now.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, without words.")] = False,
) -> None:
    """List the documents of the workspace, or the candidates of one that wait for a decision."""
    from explorer import deciding, recorded

    desk = desk_here()
    if due:
        print_line(recorded.due_told(desk, deciding.today()))
        return
    with working("reading"):
        if document is None:
            text = deciding.documents_told(desk)
        else:
            states = list(deciding.STATES) if state is State.all else [state.value]
            told = deciding.queue_json if as_json else deciding.queue_told
            text = told(desk, document, states)
    print_line(text)


def decide(
    outcome: Annotated[Outcome, typer.Argument(help="accept, reject or unsure.")],
    candidates: Annotated[
        list[str], typer.Argument(help="Candidates as `review` lists them; several are merged.")
    ],
    who: Who = None,
    label: Annotated[str | None, typer.Option(help="A short name, in your words.")] = None,
    summary: Annotated[str | None, typer.Option(help="What is asked, in your words.")] = None,
    issuer: Annotated[
        list[str] | None,
        typer.Option(help="Who asks: an actor's id or name, or `Name [ngo]` for a new one."),
    ] = None,
    addressee: Annotated[
        list[str] | None, typer.Option(help="Who is asked, given likewise.")
    ] = None,
    ask: Annotated[list[str] | None, typer.Option(help="The known ask it expresses.")] = None,
    new_ask: Annotated[str | None, typer.Option(help="A new ask, by its label.")] = None,
    theme: Annotated[list[str] | None, typer.Option(help="A theme's id.")] = None,
    new_theme: Annotated[str | None, typer.Option(help="A new theme, by its label.")] = None,
    date: Annotated[str | None, typer.Option(help="When it was made, if the source says.")] = None,
    condition: Annotated[str | None, typer.Option(help="Until or unless what.")] = None,
    span: Annotated[
        list[str] | None,
        typer.Option(metavar="START-END", help="Other bounds of the passage; several are allowed."),
    ] = None,
    facts: Annotated[
        Path | None,
        typer.Option(help="A YAML file of sections instead: to split, or to accept a status."),
    ] = None,
    reason: Reason = None,
) -> None:
    """Accept, reject or leave open what rules proposed; what you accept enters the graph.

    For example: `reformgraph decide accept letter/133-196 --label "Publish the fees"
    --issuer "Harbour Watch [ngo]" --addressee "Harbour Board [organBody]"
    --new-ask "Publish every fee" --new-theme Fees`
    """
    from explorer import deciding, recorded

    desk, name = desk_of(who)
    said = {
        "label": label, "summary": summary or label, "issuers": issuer or [],
        "addressees": addressee or [], "asks": ask or [], "themes": theme or [], "date": date,
        "condition": condition, "spans": span or [],
    }  # fmt: skip
    with working("checking"):
        record = deciding.decide(
            desk, name, outcome.value, candidates,
            deciding.Accepted(said, new_ask, new_theme, facts), reason,
        )  # fmt: skip
    print_line(recorded.saved(record))


def assess(
    recommendation: Annotated[str, typer.Argument(help="The recommendation's id.")],
    status: Annotated[str, typer.Argument(help="Such as adopted, rejected, noInformation.")],
    who: Who = None,
    by: Annotated[
        str | None,
        typer.Option(help="Who says so: an actor's id or name, or `Name [ngo]`; else you."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(help="The day for which it is said, or the month or year: 2025-11-24, 2025."),
    ] = None,
    basis: Annotated[
        str, typer.Option(help="How it is known: textRead, issuerReported, and so on.")
    ] = "textRead",
    axis: Annotated[
        str | None, typer.Option(help="response, adoption or practice, where it may be two.")
    ] = None,
    document: Annotated[str | None, typer.Option(help="The document that shows it.")] = None,
    first: Annotated[str | None, typer.Option(help="First words of the passage.")] = None,
    last: Annotated[str | None, typer.Option(help="Last words of the passage.")] = None,
    provision: Annotated[
        str | None, typer.Option(help="The text that changed: provision:ID or version:ID.")
    ] = None,
    version: Annotated[
        str | None, typer.Option(help="For an article not written yet: the version it stands in.")
    ] = None,
    article: Annotated[str | None, typer.Option(help="Its number, as the text has it.")] = None,
    says: Annotated[str | None, typer.Option(help="What it says, in your words.")] = None,
    looked_in: Annotated[
        list[str] | None, typer.Option(help="After a look: a document you looked in.")
    ] = None,
    searched: Annotated[
        str | None, typer.Option(help="After a look: what you looked for, and what you found.")
    ] = None,
    revises: Annotated[str | None, typer.Option(help="The assessment it corrects.")] = None,
    note: Annotated[str | None, typer.Option(help="What should be known about it.")] = None,
) -> None:
    """State what became of a recommendation, on a passage or after a look that found nothing.

    An earlier assessment stays on record beside the new one. The addressee's own answer is a
    status of the response, given `--by` the addressee. For example, on a passage:
    `reformgraph assess RECOMMENDATION adopted --document ID --first "The board now"
    --last "its fees" --as-of 2026-02-19`
    """
    from explorer import deciding, recorded

    desk, name = desk_of(who)
    said = {
        "of": recommendation.removeprefix("recommendation/"), "status": status, "axis": axis,
        "as_of": as_of or str(deciding.today()), "by": by, "basis": basis,
        "provision": provision, "revises": revises, "note": note,
    }  # fmt: skip
    evidence = deciding.Evidence(
        document, first, last, looked_in or (), searched, version, article, says
    )
    with working("checking"):
        record = deciding.assess(desk, name, said, evidence)
    print_line(recorded.saved(record))


def state(
    document: Annotated[str, typer.Argument(help="The document the facts are taken from.")],
    file: Annotated[Path, typer.Argument(help="YAML: sections as in a corpus file.")],
    who: Who = None,
    replaces: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND:ID", help="An entry that the file writes anew."),
    ] = None,
    reason: Reason = None,
) -> None:
    """State facts by hand: recommendations, claims, whatever a corpus file can say.

    docs/corpus.md tells what a file may hold.
    """
    from explorer import deciding, recorded

    desk, name = desk_of(who)
    with working("checking"):
        record = deciding.state(desk, name, document, file, replaces or [], reason)
    print_line(recorded.saved(record))


def remind(
    recommendation: Annotated[str, typer.Argument(help="The recommendation's id.")],
    on: Annotated[
        dt.date, typer.Argument(parser=day, metavar="DAY", help="When to look: 2027-01-31.")
    ],
    who: Who = None,
    reason: Reason = None,
) -> None:
    """Put a recommendation on the list of what to look at again; `review --due` shows it.

    For example: `reformgraph remind mrg-2026-provisional-measures 2027-01-31`
    """
    from explorer import deciding, recorded

    desk, name = desk_of(who)
    print_line(recorded.saved(deciding.remind(desk, name, recommendation, on, reason)))


def undo(
    decision: Annotated[str, typer.Argument(help="Its number, as `journal` lists it.")],
    who: Who = None,
    reason: Reason = None,
) -> None:
    """Take back one decision and no other; the record of it stays."""
    from explorer import recorded

    desk, name = desk_of(who)
    with working("checking"):
        record = desk.undo(name, decision, reason)
    print_line(recorded.saved(record, recorded.numbers_in(desk)))


def journal() -> None:
    """List all decisions, newest first: who, when, what, and what was taken back."""
    from explorer import recorded

    print_line(recorded.journal_told(desk_here()))


def desk_here() -> Desk:
    """Return the desk of the workspace, for reading."""
    from explorer.settings import read_settings
    from explorer.workspace import open_desk

    return open_desk(read_settings())


def desk_of(who: str | None) -> tuple[Desk, str]:
    """Return the desk of the workspace, and the name of who decides there."""
    from explorer.deciding import name_of
    from explorer.settings import read_settings
    from explorer.workspace import open_desk, open_home

    settings = read_settings()
    name = name_of(settings, who)
    open_home(settings.home)
    return open_desk(settings), name


def asks_to_keep(yes: bool) -> Callable[[str], bool]:
    """Return what answers whether a fetched document is kept: the person at the terminal."""

    def ask(told: str) -> bool:
        print_line(told)
        if yes:
            return True
        if not sys.stdin.isatty():
            raise UsageError("what was shown is kept only when you say so. Say --yes.")
        return typer.confirm("Keep it?")

    return ask


COMMANDS: dict[str, Callable[..., None]] = {
    "add": add,
    "describe": describe,
    "review": review,
    "decide": decide,
    "assess": assess,
    "state": state,
    "remind": remind,
    "undo": undo,
    "journal": journal,
}
