"""Who is logged in, and who tried too often: kept in memory, gone when the server stops."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from explorer.access.users import User, Users

LIFE = 12 * 3600
"""Seconds that a log-in lasts."""
FREE = 4
"""Failed log-ins of a name or an address before it has to wait."""
LONGEST_WAIT = 60
"""Seconds to wait at most: nobody can keep somebody else out for longer."""
FORGOTTEN = 3600
"""Seconds without a failure after which a name or an address begins anew."""
MOST = 10_000
"""Log-ins, and names and addresses with failures, that are remembered."""


@dataclass(frozen=True)
class _LogIn:
    credentials: tuple[str, str | None, str | None]
    until: float


class Sessions:
    """The log-ins that hold, each under a random token that only the browser has."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know nobody as yet."""
        self._clock = clock
        self._held: OrderedDict[bytes, _LogIn] = OrderedDict()

    def begin(self, user: User) -> str:
        """Log somebody in; return the token."""
        token = secrets.token_urlsafe(32)
        self._held[_digest(token)] = _LogIn(user.credentials, self._clock() + LIFE)
        while len(self._held) > MOST:
            self._held.popitem(last=False)
        return token

    def user(self, token: str | None, users: Users) -> User | None:
        """Return who a token was given to, if that user is there still, with the same password."""
        held = self._held.get(_digest(token)) if token else None
        if held is None or held.until <= self._clock():
            return None
        return next((one for one in users.read() if one.credentials == held.credentials), None)

    def end(self, token: str | None) -> None:
        """Log somebody out."""
        if token:
            self._held.pop(_digest(token), None)


class Throttle:
    """Makes who fails often wait, longer each time: by name and by address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know of no failure as yet."""
        self._clock = clock
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def attempt(self, *keys: str) -> int:
        """Count an attempt before its outcome is known; return how many seconds to wait first.

        With 0 the attempt may be made; else it is not counted.
        """
        now = self._clock()
        waits = [self._failures[key][1] - now for key in keys if key in self._failures]
        if (left := max(waits, default=0.0)) > 0:
            return int(left) + 1
        for key in keys:
            count, until = self._failures.pop(key, (0, now))
            count = 1 if until + FORGOTTEN < now else count + 1
            wait = min(2.0 ** (count - FREE), LONGEST_WAIT) if count > FREE else 0.0
            self._failures[key] = count, now + wait
        while len(self._failures) > MOST:
            self._failures.popitem(last=False)
        return 0

    def succeeded(self, *keys: str) -> None:
        """Forget the failures of a name and an address."""
        for key in keys:
            self._failures.pop(key, None)


def _digest(token: str) -> bytes:
    # A look-up by the token itself could tell, by its time, how much of a guess is right.
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


SESSIONS: Final = Sessions()
"""Of this server: the door begins and ends log-ins, the pages ask who it is."""
