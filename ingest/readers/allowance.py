"""How long a process that reads may compute: what was read of a file earns time for the rest."""

from __future__ import annotations

import math
import sys


def limit_work(seconds: float) -> None:
    """End this process when it has computed longer from now on, whatever the load."""
    if sys.platform != "win32":
        _end_at(math.ceil(_work_done() + seconds))


def shorten_work(seconds: float) -> None:
    """Let a process whose work is limited compute no longer than this from now on."""
    if sys.platform != "win32":
        import resource

        end, _ = resource.getrlimit(resource.RLIMIT_CPU)
        if end != resource.RLIM_INFINITY and _work_done() + seconds < end:
            limit_work(seconds)


def earn_work(seconds: int) -> None:
    """Let a process whose work is limited compute so many seconds longer."""
    if sys.platform != "win32":
        import resource

        end, _ = resource.getrlimit(resource.RLIMIT_CPU)
        if end != resource.RLIM_INFINITY:
            _end_at(end + seconds)


def _end_at(second: int) -> None:
    """Set the limit, within what the system itself allows this process."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    end = second if hard == resource.RLIM_INFINITY else min(second, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (end, hard))


def _work_done() -> float:
    """Return the seconds that this process has computed."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
