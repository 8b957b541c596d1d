"""The private file of names: who a case's person is, for the reviewer alone, and erased at will.

Nothing else of the program reads it: no name goes from here into the graph, the journal, an
export, a page or a log.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, Literal

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from ingest.disk import left_over, read_file, write_atomically
from ingest.fields import Slug
from ontology.errors import NotFoundError, ReformError, StoreError, UsageError

FILE = "names.jsonl"
PATIENCE = 10.0
"""Seconds that a second writer waits for the first."""
SHORTEST = 12
"""Characters of a passphrase at least."""
_COST = {"n": 2**17, "r": 8, "p": 1}
"""What one guess of a passphrase costs (scrypt): about 128 MB and a third of a second."""

Plain = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]
Ask = Callable[[bool], str]
"""Asks a person for the passphrase; told whether it is a new one."""


class Person(BaseModel):
    """Who a case's person is; `id` is random and says nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    format: Literal[1] = 1
    id: Slug
    case: Slug
    name: Plain


class _Sealed(BaseModel):
    """The whole file under a passphrase: what the key is derived with, and the rest."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    format: Literal[1] = 1
    salt: str
    sealed: str


class Names:
    """The names file of a workspace, open to its user alone, sealed where its user wished so."""

    def __init__(self, home: Path, ask: Ask) -> None:
        """Take the workspace, and what asks for the passphrase when there is one."""
        self.path = home / FILE
        self._lock = FileLock(home / "names.lock", timeout=PATIENCE, mode=0o600)
        self._ask = ask
        self._passphrase: str | None = None

    def read(self) -> list[Person]:
        """Return all entries.

        Raises StoreError for a damaged file, ReformError for a wrong passphrase.
        """
        try:
            data = read_file(self.path)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be read ({error.strerror}). Check the rights."
            ) from error
        if data.startswith(b'{"format":1,"salt"'):
            data = self._opened(data)
        return [self._person(n, line) for n, line in enumerate(data.splitlines(), 1)]

    def add(self, case: str, name: str, *, seal: bool = False) -> Person:
        """Note who a case's person is, under a random id; with `seal` under a passphrase from now.

        Raises UsageError for what is no name, and what `read` raises.
        """
        try:
            person = Person(id=secrets.token_hex(5), case=case, name=name)
        except ValidationError:
            # Not `from`: the error of pydantic holds the name.
            raise UsageError(
                "The name: is empty, too long or not plain text. Correct it."
            ) from None
        self.read()  # what is damaged is told before a lock lies beside it
        with self._held():
            known = self.read()
            if seal and self._passphrase is None:
                self._passphrase = self._ask(True)
                if len(self._passphrase) < SHORTEST:
                    raise UsageError(
                        f"The passphrase: has fewer than {SHORTEST} characters. Take a longer one."
                    )
            self._write([*known, person])
        return person

    def erase(self, ident: str) -> Person:
        """Remove an entry for good; the file's former bytes are overwritten where they lay.

        Raises NotFoundError when there is none of that id, and what `read` raises.
        """
        if all(person.id != ident for person in self.read()):
            raise self._unknown(ident)
        with self._held():
            known = self.read()
            found = next((person for person in known if person.id == ident), None)
            if found is None:
                raise self._unknown(ident)
            self._write([person for person in known if person is not found])
        return found

    @staticmethod
    def _unknown(ident: str) -> NotFoundError:
        return NotFoundError(f"{ident}: is no entry. `reformgraph names list` lists them.")

    @contextmanager
    def _held(self) -> Iterator[None]:
        try:
            self._lock.acquire()
        except Timeout as error:
            raise StoreError(f"{self.path}: is held by another process. Try again.") from error
        except OSError as error:
            raise self._unwritten(error) from error
        try:
            yield
        finally:
            self._lock.release()

    def _write(self, people: list[Person]) -> None:
        """Write the file anew, and leave nothing of the old one: no bytes, no temporary file."""
        for path in left_over(self.path.parent, of=FILE):
            _overwrite(path)
            path.unlink(missing_ok=True)
        lines = b"".join(_line(person.model_dump()) for person in people)
        try:
            with _old(self.path):
                write_atomically(self.path, self._sealed(lines) if self._passphrase else lines)
        except OSError as error:
            raise self._unwritten(error) from error

    def _unwritten(self, error: OSError) -> ReformError:
        return ReformError(
            f"{self.path}: cannot be written ({error.strerror}). Free some space and try again."
        )

    def _person(self, number: int, line: bytes) -> Person:
        try:
            told = json.loads(line)
            form = told["format"]
            if type(form) is int and form > 1:
                raise StoreError(
                    f"{self.path} line {number}: was written by a later version of reformgraph. "
                    "Update reformgraph."
                )
            return Person.model_validate(told)
        except (ValueError, TypeError, KeyError, RecursionError):
            raise self._damaged(number) from None

    def _damaged(self, number: int) -> StoreError:
        return StoreError(f"{self.path} line {number}: is damaged. Restore it from a copy.")

    def _sealed(self, data: bytes) -> bytes:
        salt = secrets.token_bytes(16)
        sealed = _key(self._passphrase or "", salt).encrypt(data)
        told = {"salt": base64.b64encode(salt).decode(), "sealed": sealed.decode()}
        return _line({"format": 1, **told})

    def _opened(self, data: bytes) -> bytes:
        try:
            sealed = _Sealed.model_validate_json(data)
            salt = base64.b64decode(sealed.salt, validate=True)
        except ValueError:
            raise self._damaged(1) from None
        passphrase = self._passphrase or self._ask(False)
        try:
            opened = _key(passphrase, salt).decrypt(sealed.sealed)
        except (InvalidToken, ValueError):
            raise ReformError(
                f"{self.path}: does not open with this passphrase, or is damaged. Try again."
            ) from None
        self._passphrase = passphrase
        return opened


def _key(passphrase: str, salt: bytes) -> Fernet:
    derived = Scrypt(salt=salt, length=32, **_COST).derive(passphrase.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def _line(told: dict[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


@contextmanager
def _old(path: Path) -> Iterator[None]:
    """Overwrite what lay under a name before, once something else has taken it."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        yield
        return
    try:
        before = os.fstat(descriptor)
        yield
        if not os.path.samestat(before, path.stat()):
            _blank(descriptor, before.st_size)
    finally:
        os.close(descriptor)


def _overwrite(path: Path) -> None:
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDWR)
        try:
            _blank(descriptor, os.fstat(descriptor).st_size)
        finally:
            os.close(descriptor)


def _blank(descriptor: int, size: int) -> None:
    """Write zeros over all bytes; a disk may yet keep copies that no program can reach."""
    with suppress(OSError):
        os.pwrite(descriptor, bytes(size), 0)
        os.fsync(descriptor)
