"""Faults to order: calls that fail, processes that die, disks that are full."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ontology.errors import ReformError

CALLS = ("open", "write", "fsync", "replace", "rename", "ftruncate", "mkdir")


@contextmanager
def watched(folder: Path, call: Callable[[str, Callable[..., Any], Any], Any]) -> Iterator[None]:
    """Lead every call of the system on files in a folder through a function."""
    opened: set[int] = set()
    real = {name: getattr(os, name) for name in (*CALLS, "close")}

    def through(name: str) -> Callable[..., Any]:
        def instead(*given: Any, **named: Any) -> Any:
            first = given[0]
            mine = first in opened if isinstance(first, int) else (
                str(first).startswith(str(folder))
            )  # fmt: skip
            if name == "close":
                opened.discard(first)
            if not mine or name == "close":
                return real[name](*given, **named)
            result = call(name, real[name], (given, named))
            if name == "open":
                opened.add(result)
            return result

        return instead

    for name in real:
        setattr(os, name, through(name))
    try:
        yield
    finally:
        for name, function in real.items():
            setattr(os, name, function)


class Failing:
    """Lets the n-th call fail, a write half-way; counts all calls."""

    def __init__(self, nth: int, code: int) -> None:
        """Take which call fails, and the error."""
        self.nth, self.code, self.calls = nth, code, 0
        self.failed = ""

    def __call__(self, name: str, real: Callable[..., Any], how: Any) -> Any:
        """Call, or fail."""
        given, named = how
        self.calls += 1
        if self.calls == self.nth:
            self.failed = name
            half(name, real, given)
            raise OSError(self.code, os.strerror(self.code), *given[:1])
        return real(*given, **named)


def half(name: str, real: Callable[..., Any], given: Any) -> None:
    """Do half of a write, and nothing of any other call."""
    if name == "write":
        real(given[0], bytes(given[1])[: len(given[1]) // 2])


def outcome(work: Callable[[], object]) -> str:
    """Do something and return how it ended, in a line; only what refuses it is caught."""
    try:
        work()
    except ReformError as error:
        return f"refused {type(error).__name__} {error}"
    return "done"


def in_child(work: Callable[[], object], largest_file: int | None = None) -> str:
    """Do something in a child and return how it ended, in a line."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if largest_file is not None:
                hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, hard))
            told = outcome(work)
        except BaseException as error:  # the child must not go on as its parent
            told = f"ended in {error!r}"
        os.write(writer, told.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        told = said.read().decode()
    os.waitpid(child, 0)
    return told
