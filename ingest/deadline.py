"""A bound on the whole time of something that waits for another machine."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitedTooLong
from typing import TypeVar

T = TypeVar("T")


class LateError(Exception):
    """The time was up before the work was done."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what `work` returns, or raise what it raises; raise LateError after `seconds`.

    Libraries bound the wait for the next byte, so a server that drips holds them for ever, and a
    look-up of a name has no bound at all. Late work is left behind in a thread of its own, which
    does not keep the program from ending.
    """
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # it is raised where somebody waits
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        return outcome.result(timeout=seconds)
    except WaitedTooLong as error:
        if outcome.done():
            raise
        raise LateError from error
