"""The server's log tells where something happened and of what kind, never what the data said.

A message or the text of an exception may hold a name, a path or the words of a document. A log is
copied into reports and kept for years, so what is written is the place in the program alone.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

_LOG = logging.getLogger("explorer")


def withhold_values() -> None:
    """Let nothing of what a message says be logged from now on, in the whole process."""
    logging.setLogRecordFactory(_bare)
    sys.excepthook = _log_exception
    threading.excepthook = _log_thread
    sys.unraisablehook = _log_unraisable
    logging.captureWarnings(True)


def _bare(
    name: str, level: int, fn: str, lno: int, msg: object, args: object,
    exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | None,
    func: str | None = None, sinfo: str | None = None, **more: object,
) -> logging.LogRecord:  # fmt: skip
    """Return a record with the place of the call, and of an exception its kind and its way."""
    del msg, args, sinfo, more
    told = f"{_short(fn)} line {lno}"
    if exc_info and exc_info[0]:
        told += f": {_kinds(exc_info[1])}{_way(exc_info[2])}"
    return logging.LogRecord(name, level, fn, lno, told, None, None, func)


def _kinds(error: BaseException | None) -> str:
    """Return the kinds of an exception and of those that it came from."""
    kinds: list[str] = []
    while error is not None and len(kinds) < 10:
        kinds.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return " from ".join(kinds)


def _way(trace: TracebackType | None) -> str:
    return "".join(
        f"\n  {_short(frame.filename)} line {frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(trace)
    )


def _short(file: str) -> str:
    """Return the end of a path: its beginning may be the name of a user."""
    return "/".join(Path(file).parts[-2:])


def _log_exception(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _LOG.error("", exc_info=(kind, error, trace))


def _log_thread(given: threading.ExceptHookArgs) -> None:
    if given.exc_value is not None:
        _log_exception(given.exc_type, given.exc_value, given.exc_traceback)


def _log_unraisable(given: sys.UnraisableHookArgs) -> None:
    if given.exc_value is not None:
        _log_exception(given.exc_type, given.exc_value, given.exc_traceback)
