"""Files that are on the disk whole or not at all, also after a crash."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from ontology.errors import ReformError

_TEMPORARY = re.compile(r"\.(?P<of>[^/]+)\.[a-z0-9_]{8}\Z")
"""What `tempfile` calls a file that shall take another's name."""
LARGEST = 256 * 1024 * 1024
"""Bytes of the largest file of a workspace that is read whole, such as the journal."""
LARGEST_HASHED = 1_000_000_000
"""Bytes of the largest file of which a hash is made, such as a snapshot."""
LONGEST_WRITE = 3600.0
"""Seconds after which a temporary file must have been left by a process that died."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all: temporary file, fsync, rename.

    Raises ReformError where something else than a file has that name, a device for instance, and
    where there is no such folder.
    """
    with replacing(path) as descriptor:
        write_all(descriptor, data)


@contextmanager
def replacing(path: Path) -> Iterator[int]:
    """Yield the descriptor of a new file that takes a name when the block has come to its end.

    When the block raises, nothing is there but what was there before. Raises what
    `write_atomically` raises.
    """
    if path.exists() and not path.is_file():
        raise ReformError(f"{path}: is no file that could be replaced. Give another name.")
    if not path.parent.is_dir():
        raise ReformError(f"{path.parent}: is not a folder. Make it, or give another name.")
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        try:
            yield descriptor
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(name, path)  # noqa: PTH105 - seen by the tests that make each call fail
        sync_folder(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def refuse_within(home: Path, out: Path) -> None:
    """Refuse to write what somebody takes along into a workspace, over its decisions perhaps.

    Raises ReformError.
    """
    # Path.resolve raises an error of its own where links go round in a circle.
    folder = Path(os.path.realpath(out.absolute().parent))
    if folder.is_relative_to(os.path.realpath(home)):
        raise ReformError(f"{out}: lies in the workspace itself. Name a file elsewhere.")


def read_file(path: Path) -> bytes:
    """Return what a file of the workspace holds, LARGEST bytes at most.

    Raises OSError, also for a pipe or a device: a pipe could keep its reader waiting for ever, and
    a device need not end.
    """
    with _opened(path, LARGEST) as file:
        return file.read()


def digest_of(path: Path, most: int = LARGEST_HASHED) -> str:
    """Return the SHA-256 of a file of `most` bytes at most; raises what `read_file` raises."""
    with _opened(path, most) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _opened(path: Path, most: int) -> Iterator[BufferedReader]:
    with open(path, "rb", opener=without_waiting) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is a pipe or a device", str(path))
        if status.st_size > most:
            raise OSError(errno.EFBIG, f"it is larger than {most // 1_000_000} MB", str(path))
        yield file


def without_waiting(path: str, flags: int) -> int:
    """Open a named pipe too without waiting for somebody who writes into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def write_all(descriptor: int, data: bytes) -> None:
    """Write all bytes; the system may take a part of them at a time."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync_folder(folder: Path) -> None:
    """Have a folder's list of names on the disk; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def left_over(folder: Path, of: str | None = None) -> list[Path]:
    """Return the temporary files in a folder, all or those of one file."""
    if not folder.is_dir():
        return []
    found = ((path, _TEMPORARY.fullmatch(path.name)) for path in folder.iterdir())
    return sorted(path for path, is_one in found if is_one and of in (None, is_one["of"]))


def sweep(folder: Path) -> None:
    """Remove the temporary files of processes that died; those of running ones are younger."""
    for path in left_over(folder):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > LONGEST_WRITE:
                path.unlink()
