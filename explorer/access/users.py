"""The users of a workspace: names, roles, and passwords as hashes that are slow to guess from."""

from __future__ import annotations

import json
import os
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from filelock import FileLock, Timeout
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from ingest.disk import read_file, write_atomically
from ingest.fields import INCOMING, Label
from ingest.roles import Member, Role
from ontology.errors import NotFoundError, ReformError, StoreError, UsageError

FILE = "access.json"
PATIENCE = 10.0
"""Seconds that a second writer waits for the first."""
SHORTEST, LONGEST = 12, 1000
"""Characters of a password."""
SHORTEST_KEY = 32
"""Characters of the key that signs what a provider says of somebody."""
LONGEST_ADDRESS = 254
"""Characters of an e-mail address."""
_ROUNDS, _LANES, _KIBIBYTES = 3, 4, 64 * 1024
"""What one guess of a password costs (Argon2id, the second choice of RFC 9106): 64 MB."""


def folded(address: str) -> str:
    """Return an e-mail address with small letters for A to Z, and for no others.

    Elsewhere the small letter of a sign may be another's: that of the sign of Kelvin is k.
    """
    return address.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


EMail = Annotated[
    str,
    StringConstraints(max_length=LONGEST_ADDRESS, pattern=r"^[^@\s\x00-\x20]+@[^@\s\x00-\x20]+$"),
    AfterValidator(folded),
]


class User(BaseModel):
    """Somebody who may log in: with a password, or as the owner of an e-mail address.

    `id` is random, so that a name given anew is not the user of before.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    id: str
    name: Label
    role: Role
    password: str | None = None
    email: EMail | None = None

    @property
    def member(self) -> Member:
        """Who this is to those who ask what may be decided."""
        return Member(self.name, self.role)

    @property
    def credentials(self) -> tuple[str, str | None, str | None]:
        """What a log-in stood on; when it changes, the log-in ends."""
        return self.id, self.password, self.email


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    format: Literal[1] = 1
    users: list[User] = []


class Users:
    """The file of users in a workspace, open to its owner alone."""

    def __init__(self, home: Path) -> None:
        """Take the workspace; the file is made with the first user."""
        self.path = home / FILE
        self._lock = FileLock(home / "access.lock", timeout=PATIENCE, mode=0o600)
        self._held: tuple[tuple[int, int, int], list[User]] | None = None

    def read(self) -> list[User]:
        """Return all users; the file is read again only when it is another.

        Raises StoreError for a file that cannot be read or is damaged.
        """
        try:
            found = self.path.stat()
            state = (found.st_ino, found.st_mtime_ns, found.st_size)
            if self._held is None or self._held[0] != state:
                self._held = state, _File.model_validate_json(read_file(self.path)).users
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be read ({error.strerror}). Check the rights."
            ) from error
        except ValidationError:
            raise StoreError(
                f"{self.path}: is damaged. Remove it and add the users again with `access add`."
            ) from None
        return self._held[1]

    def add(self, name: str, role: Role, *, password: str | None = None, email: str | None = None
            ) -> User:  # fmt: skip
        """Let somebody in from now on, by a password or by an e-mail address.

        Raises ReformError for a name or address that is taken, UsageError for what is unfit.
        """
        name = _in_one_form(name)
        hashed = None if password is None else hash_of(password)
        try:
            user = User.model_validate(
                {"id": secrets.token_hex(5), "name": name, "role": role, "password": hashed,
                 "email": email},
                context=INCOMING,
            )  # fmt: skip
        except ValidationError as error:
            wrong = error.errors()[0]["loc"][0]
            raise UsageError(f"{wrong}: is empty, too long or not plain. Correct it.") from None

        def added(users: list[User]) -> list[User]:
            if any(key_of(user.name) == key_of(one.name) for one in users):
                raise ReformError(f"{name}: is a user already. Take another name, or remove it.")
            if email and any(user.email == one.email for one in users):
                raise ReformError(f"{email}: is the address of a user already. Remove that first.")
            return [*users, user]

        self._change(added)
        return user

    def remove(self, name: str) -> None:
        """Let somebody in no longer; whoever is logged in under that name is out at once.

        Raises NotFoundError when there is no such user.
        """
        gone = self.named(name)
        self._change(lambda users: [one for one in users if one.id != gone.id])

    def set_password(self, name: str, password: str) -> None:
        """Give a user another password; every log-in with the old one ends.

        Raises NotFoundError when there is no such user, UsageError for a short password.
        """
        changed = self.named(name).model_copy(update={"password": hash_of(password)})
        self._change(lambda users: [changed if one.id == changed.id else one for one in users])

    def named(self, name: str) -> User:
        """Return the user of a name; raises NotFoundError when there is none."""
        found = self._found(name)
        if found is None:
            raise NotFoundError(f"{name}: is no user. `reformgraph access list` lists them.")
        return found

    def with_password(self, name: str, password: str) -> User | None:
        """Return the user whose name and password these are, or None.

        It takes as long for a name that nobody has.
        """
        found = self._found(name)
        known = found.password if found and found.password else _NOBODY
        try:
            Argon2id.verify_phc_encoded(password[:LONGEST].encode("utf-8", "replace"), known)
        except InvalidKey:
            return None
        return found

    def with_email(self, email: str) -> User | None:
        """Return the user of an e-mail address, or None."""
        return next((one for one in self.read() if one.email == folded(email)), None)

    def _found(self, name: str) -> User | None:
        """Return the user who is called just so, else one whose name is the same when folded."""
        users = self.read()
        return next((one for one in users if one.name == name), None) or next(
            (one for one in users if key_of(one.name) == key_of(name)), None
        )

    def _change(self, change: Callable[[list[User]], list[User]]) -> None:
        change(self.read())  # what is refused leaves no lock behind
        try:
            with self._lock:
                data = _File(users=change(self.read())).model_dump(mode="json", exclude_none=True)
                write_atomically(self.path, f"{json.dumps(data, indent=1)}\n".encode())
        except Timeout as error:
            raise StoreError(f"{self.path}: is held by another process. Try again.") from error
        except OSError as error:
            raise ReformError(
                f"{self.path}: cannot be written ({error.strerror}). Free some space and try again."
            ) from error


def hash_of(password: str) -> str:
    """Return what is kept of a password: a salted, slow hash with its parameters in it.

    Raises UsageError for a password that is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(f"the password: has not {SHORTEST} to {LONGEST} characters. Take another.")
    derived = Argon2id(
        salt=os.urandom(16), length=32, iterations=_ROUNDS, lanes=_LANES, memory_cost=_KIBIBYTES
    )
    return derived.derive_phc_encoded(password.encode("utf-8", "replace"))


def key_of(name: str) -> str:
    """Return what the names of two users may not share: one, whatever its capitals and spaces."""
    return _in_one_form(name).casefold()


def _in_one_form(name: str) -> str:
    """Return a name with each letter composed and with plain single spaces."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
"""What the password of an unknown name is held against: nobody has it."""
