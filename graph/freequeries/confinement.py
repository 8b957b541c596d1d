"""The bars around the process that answers: no way out, no new process, no end of memory."""

from __future__ import annotations

import mmap
import os
import socket
import sys
from pathlib import Path
from typing import Final

_LEAVES: Final = ("socket.", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile")
_STARTS: Final = frozenset({"subprocess.Popen", "os.system", "os.fork", "os.forkpty"})


def confine(memory: int) -> tuple[str, ...]:
    """Shut this process in for good; return what could not be shut, tried and not assumed.

    `memory` is in bytes, besides what is in use now. Whatever the process needs must be open, and
    its threads must run: nothing can be opened or started afterwards. What may be returned:
    `network`, `memory`.
    """
    if sys.platform != "win32":
        import resource

        # A socket is a file as well: with none free, not even the engine itself can make one.
        _bound(resource.RLIMIT_NOFILE, _first_free_file())
        _bound(resource.RLIMIT_AS, memory_in_use() + memory)
        _bound(resource.RLIMIT_NPROC, 0)
        _bound(resource.RLIMIT_FSIZE, 0)
        # What a crash would leave behind holds the data.
        _bound(resource.RLIMIT_CORE, 0)
        # A query that burns must not slow down the pages.
        os.nice(5)
    open_ways = [
        name for name, is_open in (("network", _can_connect), ("memory", lambda: _can_map(memory)))
        if is_open()
    ]  # fmt: skip
    sys.addaudithook(_refuse)
    return tuple(open_ways)


def allow_seconds(seconds: float) -> None:
    """End this process when it has computed longer from now on, whoever watches or does not."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        end = int(used.ru_utime + used.ru_stime + seconds) + 2
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (end, hard))


def _bound(kind: int, most: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    try:
        resource.setrlimit(kind, (most, most))
    except (ValueError, OSError):
        return  # macOS does not bound memory so; the trial below tells


def _first_free_file() -> int:
    """Return the lowest number that a new file would get: all below it are taken."""
    number = os.open(os.devnull, os.O_RDONLY)
    os.close(number)
    return number


def memory_in_use() -> int:
    """Return the bytes of address space in use, 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * mmap.PAGESIZE


def _can_connect() -> bool:
    try:
        socket.socket().close()
    except OSError:
        return False
    return True


def _can_map(size: int) -> bool:
    try:
        mmap.mmap(-1, size + mmap.PAGESIZE).close()
    except (OSError, MemoryError, ValueError, OverflowError):
        return False
    return True


def _refuse(event: str, _: tuple[object, ...]) -> None:
    if event.startswith(_LEAVES) or event in _STARTS:
        raise PermissionError(f"a query may not use {event}")
