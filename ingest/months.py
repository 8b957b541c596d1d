"""Days become months, in dates and in our own words: a day can tell who was arrested on it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection

EDTF_DAY = re.compile(r"(-?\d{4}-\d\d)-(?:\d\d|XX|uu)([?~%]?)(?:T[^/]*)?")
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
NUMBERS = rf"{NUMBER}(?:\s*(?:-|\u2013|,|/|to|and|or)\s*{NUMBER})*"
ON = r"(?:(?P<on>[Oo])n\s+)?(?:the\s+)?"
DAY_FIRST = re.compile(rf"\b{ON}\b{NUMBERS}\s+(?:of\s+)?(?P<month>{MONTH})(?![A-Za-z])")
MONTH_FIRST = re.compile(
    rf"\b{ON}\b(?P<month>{MONTH})\s+(?:the\s+)?{NUMBERS}(?!\d)(?:,?\s+(?P<year>\d{{4}})\b)?"
)
ISO = re.compile(r"\b(\d{4}-\d\d)-\d\d(?:T[\d:.Z+-]*)?\b")
FIGURES = re.compile(rf"\b{NUMBER}([./-])(?:1[0-2]|0?[1-9])\1((?:19|20)\d\d)\b")


def month_of(edtf: str, spared: Collection[str] = ()) -> str:
    """Return an EDTF date no finer than the month; the days in `spared` stay."""
    ends = [end if end in spared else EDTF_DAY.sub(r"\1\2", end) for end in edtf.split("/")]
    return ends[0] if len(ends) == 2 and ends[0] == ends[1] else "/".join(ends)


def first_of_month(day: dt.date) -> dt.date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def last_of_month(day: dt.date) -> dt.date:
    """Return the last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_in(text: str) -> str:
    """Return a text of ours with months in place of days, as far as days are written in figures."""
    text = DAY_FIRST.sub(_month, text)
    text = MONTH_FIRST.sub(_month, text)
    text = ISO.sub(r"\1", text)
    return FIGURES.sub(r"\2", text)


def _month(found: re.Match[str]) -> str:
    on = {"O": "In ", "o": "in "}.get(found["on"] or "", "")
    year = found.groupdict().get("year")
    return f"{on}{found['month']}{f' {year}' if year else ''}"
