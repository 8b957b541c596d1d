"""The command that says who may enter the explorer, in which role."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from explorer.terminal import line_given, print_line
from ontology.errors import UsageError

if TYPE_CHECKING:
    from explorer.access.users import Users

# Everything heavy is imported where it is used, so that --help answers at once.


class Action(StrEnum):
    """What to do with the users."""

    add = "add"
    list = "list"
    remove = "remove"
    password = "password"


class RoleName(StrEnum):
    """What a user may do."""

    reader = "reader"
    reviewer = "reviewer"
    curator = "curator"


def access(
    action: Annotated[Action, typer.Argument(help="add, list, remove, or change a password.")],
    name: Annotated[
        str | None, typer.Argument(help="The user's name; decisions stand under it.")
    ] = None,
    role: Annotated[
        RoleName | None,
        typer.Option(help="For `add`: readers see, reviewers decide, curators do everything."),
    ] = None,
    email: Annotated[
        str | None,
        typer.Option(help="For `add`: log in through your provider with this address instead."),
    ] = None,
) -> None:
    """Say who may enter the explorer; as soon as there is one user, everybody has to log in.

    A password is asked for, or read from standard input; it is kept as a slow, salted hash.
    """
    users = _users()
    if action is Action.list:
        print_line(_told(users))
    elif name is None:
        raise UsageError(f"access {action.value}: wants a name. Say `access {action.value} NAME`.")
    else:
        print_line(ACTIONS[action](users, name, role, email))


def _add(users: Users, name: str, role: RoleName | None, email: str | None) -> str:
    from ingest.roles import Role

    if role is None:
        raise UsageError("access add: wants a role. Say --role reader, reviewer or curator.")
    password = None if email else _password()
    user = users.add(name, Role(role.value), password=password, email=email)
    return f"{user.name}: may enter as {user.role.value}."


def _remove(users: Users, name: str, role: RoleName | None, email: str | None) -> str:
    del role, email
    users.remove(name)
    return f"{name}: may not enter any more."


def _change(users: Users, name: str, role: RoleName | None, email: str | None) -> str:
    del role, email
    user = users.named(name)
    users.set_password(user.name, _password())
    return f"{user.name}: has another password; whoever logged in with the old one is out."


ACTIONS: dict[Action, Callable[[Users, str, RoleName | None, str | None], str]] = {
    Action.add: _add, Action.remove: _remove, Action.password: _change,
}  # fmt: skip


def _told(users: Users) -> str:
    from explorer.markup import seen

    lines = [
        seen(f"{one.name}  {one.role.value}  {one.email or 'password'}") for one in users.read()
    ]
    return "\n".join(lines) or "There are no users: who sits at this machine may do everything."


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return line_given("the password")


def _users() -> Users:
    from explorer.access.users import Users
    from explorer.settings import read_settings
    from explorer.workspace import open_home

    return Users(open_home(read_settings().home))


COMMANDS: dict[str, Callable[..., None]] = {"access": access}
