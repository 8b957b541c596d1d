"""How long a process that reads may compute: what was read of a file earns time for the rest.

A file may be large without much to read, so that its size says nothing of the time it needs.
"""

from __future__ import annotations

import math
import sys

CHARACTERS_A_SECOND = 250_000
"""After so many characters of text a second more is given; most texts need a tenth of it."""
MOST_CHARACTERS = 5_000_000
"""What a text may have, and so what earns."""


def limit_work(seconds: float) -> None:
    """End this process when it has computed longer, whatever the load.

    Where it was never limited before, its start counts: who asked waits for that as well.
    """
    if sys.platform != "win32":
        _end_at(math.ceil((_work_done() if _is_limited() else 0.0) + seconds))


def earn_work(seconds: int) -> None:
    """Let a process whose work is limited compute so many seconds longer."""
    if sys.platform != "win32" and _is_limited():
        import resource

        end, _ = resource.getrlimit(resource.RLIMIT_CPU)
        _end_at(end + seconds)


def earn_by_text(more: int, done: int = 0) -> None:
    """Let a process whose work is limited compute longer for `more` characters after `done`."""
    after, before = (min(n, MOST_CHARACTERS) // CHARACTERS_A_SECOND for n in (done + more, done))
    if after > before:
        earn_work(after - before)


def _is_limited() -> bool:
    import resource

    end, hard = resource.getrlimit(resource.RLIMIT_CPU)
    return end not in (resource.RLIM_INFINITY, hard)


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
