"""The commands that verify a workspace, back it up and restore it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from explorer.terminal import error_line, print_line, working
from ontology.errors import EXIT_STORE

# Everything heavy is imported where it is used, so that --help answers at once.


def verify(
    head: Annotated[
        str | None,
        typer.Option(help="A head that you wrote down earlier: is it still in the chain?"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Verify the workspace: the chain of decisions, the originals, the snapshot, the rights.

    Prints the head of the chain, to be written down elsewhere. Exit code 3 when something is
    damaged, with a line that names it.
    """
    from explorer import safekeeping
    from explorer.settings import read_settings

    with working("verifying"):
        told = safekeeping.verify(read_settings(), head)
    print_line(told.as_json() if as_json else told.as_text())
    for fault in told.faults:
        error_line(fault)
    raise typer.Exit(0 if told.passed else EXIT_STORE)


def backup(
    file: Annotated[Path, typer.Argument(help="The archive to write, outside the workspace.")],
) -> None:
    """Write decisions, originals and settings into one archive, and read it again to check it."""
    from explorer.settings import read_settings
    from ingest.safekeeping import back_up

    with working("writing"):
        kept = back_up(read_settings().home, file)
    print_line(f"{file}: {kept.told()}, head {kept.head}")


def restore(
    file: Annotated[Path, typer.Argument(help="An archive that `backup` wrote.")],
) -> None:
    """Put an archive back into an empty workspace; it is checked before anything is written."""
    from explorer.settings import read_settings
    from ingest.safekeeping import restore as put_back

    home = read_settings().home
    with working("restoring"):
        kept = put_back(file, home)
    print_line(f"{home}: {kept.told()}, head {kept.head}")


COMMANDS: dict[str, Callable[..., None]] = {
    "verify": verify,
    "backup": backup,
    "restore": restore,
}
