"""Whether anything a snapshot is made from has changed, without reading it all at each click."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from explorer.settings import Settings
from explorer.workspace import code_folders, inputs_digest, is_input, journal_path
from ingest.reading import corpus_files

SETTLED: Final = 2_000_000_000
"""Nanoseconds after which a file's time says for sure that nobody has written to it since.

A second write within the clock's last tick leaves the same time; git calls such a file racy.
"""
Mark = tuple[str, int, int, int, int]

_read: dict[tuple[Mark, ...], str] = {}
"""The digest of the files with these marks; only the last one is kept."""


def current_inputs(settings: Settings) -> str:
    """Return `inputs_digest`, from memory where no file was added, lost or written to.

    A file is known by its path, size, inode, and the times of its last write and change.
    Raises StoreError as `inputs_digest` does.
    """
    folders = code_folders()
    read = [journal_path(settings), *corpus_files(settings.corpus_folder)]
    if not all(isinstance(path, Path) for path in (*folders, *read)):
        return inputs_digest(settings)  # in an archive there are no times
    marks = (*(mark for path in read for mark in _marks_of(Path(str(path)))),
             *(mark for folder in folders for mark in _marks_in(str(folder))))  # fmt: skip
    known = _read.get(marks)  # at once: another session may clear it between two looks
    if known is not None:
        return known
    now = time.time_ns()
    digest = inputs_digest(settings)
    _read.clear()
    if all(now - max(written, changed) > SETTLED for _, _, _, written, changed in marks):
        _read[marks] = digest
    return digest


def _marks_in(folder: str) -> Iterator[Mark]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _marks_in(entry.path)
            elif entry.is_file() and is_input(entry.name):  # a link may lead nowhere
                yield _mark(entry.path, entry.stat())


def _marks_of(path: Path) -> Iterator[Mark]:
    if path.exists():
        yield _mark(str(path), path.stat())


def _mark(path: str, status: os.stat_result) -> Mark:
    return path, status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns
