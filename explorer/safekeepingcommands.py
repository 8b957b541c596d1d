"""The commands that verify a workspace, back it up, restore it, and keep or erase names."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from explorer.terminal import error_line, line_given, print_line, working
from ontology.errors import EXIT_STORE, NotFoundError, UsageError

if TYPE_CHECKING:
    from ingest.names import Names

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
    with_names: Annotated[
        bool, typer.Option("--with-names", help="With the private names; guard the archive then.")
    ] = False,
) -> None:
    """Write decisions, originals and settings into one archive, and read it again to check it."""
    from explorer.settings import read_settings
    from ingest.safekeeping import back_up

    with working("writing"):
        kept = back_up(read_settings().home, file, with_names=with_names)
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


class NamesAction(StrEnum):
    """What to do with the private names."""

    add = "add"
    list = "list"


def names(
    action: Annotated[NamesAction, typer.Argument(help="add or list.")],
    case: Annotated[str | None, typer.Argument(help="The id of the case, for `add`.")] = None,
    seal: Annotated[
        bool, typer.Option("--seal", help="Encrypt the file of names under a passphrase.")
    ] = False,
) -> None:
    """Note for yourself who the person of a case is; it never leaves the file of names.

    The name is asked for, or read from standard input, so that no history of the shell keeps it.
    """
    from explorer.markup import seen

    kept = _names()
    if action is NamesAction.list:
        told = [f"{one.id}  {one.case}  {seen(one.name)}" for one in kept.read()]
        print_line("\n".join(told) or "No names are kept.")
        return
    if case is None:
        raise UsageError("names add: wants a case. Say `reformgraph names add CASE`.")
    _refuse_unknown_case(case)
    name = typer.prompt("Name", err=True) if sys.stdin.isatty() else line_given("The name")
    print_line(f"{kept.add(case, name, seal=seal).id}: noted for {case}, for you alone.")


def erase(
    ident: Annotated[str, typer.Argument(metavar="ID", help="As `names list` shows it.")],
) -> None:
    """Erase a name for good; decisions and their chain stay as they are."""
    erased = _names().erase(ident)
    print_line(f"{erased.id}: erased. A backup made `--with-names` holds it until you delete that.")


def _names() -> Names:
    from explorer.settings import read_settings
    from explorer.workspace import open_home
    from ingest.names import Names

    return Names(open_home(read_settings().home), _ask_passphrase)


def _ask_passphrase(new: bool) -> str:
    if not sys.stdin.isatty():
        return line_given("The passphrase")
    asked = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
    return str(asked)


def _refuse_unknown_case(case: str) -> None:
    from explorer.settings import read_settings
    from explorer.workspace import open_desk

    with working("reading"):
        known = {entry.id for _, entry in open_desk(read_settings()).corpus().entries("cases")}
    if case not in known:
        raise NotFoundError(f"{case}: is no case. Give the id of one, without `case/`.")


COMMANDS: dict[str, Callable[..., None]] = {
    "verify": verify,
    "backup": backup,
    "restore": restore,
    "names": names,
    "erase": erase,
}
