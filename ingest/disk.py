"""Files that are on the disk whole or not at all, also after a crash."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ontology.errors import ReformError


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all: temporary file, fsync, rename.

    Raises ReformError where something else than a file has that name, a device for instance, and
    where there is no such folder.
    """
    if path.exists() and not path.is_file():
        raise ReformError(f"{path}: is no file that could be replaced. Give another name.")
    if not path.parent.is_dir():
        raise ReformError(f"{path.parent}: is not a folder. Make it, or give another name.")
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        sync_folder(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Have a folder's list of names on the disk; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
