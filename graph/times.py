"""How far apart two dates lie: what differs over years need not be a contradiction."""

from __future__ import annotations

import re

END = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?[?~%]?")
"""A year, month or day; the months from 21 on are seasons."""


def years_apart(one: str | None, other: str | None) -> int:
    """Return the full years that surely lie between two EDTF dates.

    It is 0 where they overlap, where less than a year lies between, and where a date is missing,
    open on that side or of a kind not known here.
    """
    if not one or not other:
        return 0
    return max(_years(_ends(one)[1], _ends(other)[0]), _years(_ends(other)[1], _ends(one)[0]), 0)


def _ends(edtf: str) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    first, slash, last = edtf.partition("/")
    return _end(first, 1, 1), _end(last if slash else first, 12, 31)


def _end(text: str, month: int, day: int) -> tuple[int, ...] | None:
    found = END.fullmatch(text)
    return (int(found[1]), int(found[2] or month), int(found[3] or day)) if found else None


def _years(last: tuple[int, ...] | None, first: tuple[int, ...] | None) -> int:
    """Return the full years from a last day to a first one that comes after it."""
    if last is None or first is None:
        return 0
    return first[0] - last[0] - (first[1:] < last[1:])
