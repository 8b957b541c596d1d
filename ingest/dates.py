"""EDTF dates become pairs of days, because sources say "November 2025" or "2016"."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
import time
from dataclasses import dataclass
from functools import cache

from edtf import parse_edtf
from edtf.parser import parser_classes
from edtf.parser.edtf_exceptions import EDTFParseException
from edtf.parser.parser_classes import (
    EDTFObject,
    ExponentialYear,
    Level2Interval,
    Level2Season,
    MultipleDates,
    OneOfASet,
    PartialUncertainOrApproximate,
    PartialUnspecified,
)

LONGEST = 60
"""Characters of a date; the library searches longer ones for minutes."""
_FALLS_OVER = re.compile(r"E|^/\.\.|^\.\./(?!\d{4}|\d*X|\.\.$)")
"""What it does not survive: to calculate Y17E88888888, and an end that is open before no date."""
_PLAIN = re.compile(r"([1-9][0-9]{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
# It tells on standard output what it stumbles over, where a command may be writing JSON.
vars(parser_classes)["print"] = lambda *_: None
_LEVEL_2 = (
    ExponentialYear,
    Level2Interval,
    Level2Season,
    MultipleDates,
    OneOfASet,
    PartialUncertainOrApproximate,
    PartialUnspecified,
)


@dataclass(frozen=True)
class Period:
    """The earliest and latest day a date can mean; None where it is open or not known.

    `is_level_2` tells of a form that was taken once and is no more.
    """

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None
    is_level_2: bool = False

    @property
    def day(self) -> dt.date | None:
        """The one day meant, or None when the date is coarser than a day."""
        return self.earliest if self.earliest == self.latest else None


def _day(value: time.struct_time | float) -> dt.date | None:
    if isinstance(value, float) and math.isinf(value):
        return None
    assert isinstance(value, time.struct_time)
    if value.tm_mday > calendar.monthrange(value.tm_year, value.tm_mon)[1]:
        raise ValueError(f"{value.tm_year}-{value.tm_mon:02} has no day {value.tm_mday}")
    return dt.date(value.tm_year, value.tm_mon, value.tm_mday)


# The parser takes some 10 ms a date, and a corpus repeats its dates.
@cache
def read_period(text: str) -> Period:
    """Read an EDTF date (Library of Congress) such as 2025-11 or ../2022.

    Dates of level 2 were saved once; of what comes in now `fault_in_form` refuses them.
    Raises ValueError when the text is not such a date or names a day that does not exist.
    """
    return _plain(text) or _parsed(text)


def _plain(text: str) -> Period | None:
    """Read the forms that nearly all dates have; None for others, and for days that are none."""
    start, slash, end = text.partition("/")
    if not slash:
        start = end = text
    first, last = _bounds(start), _bounds(end)
    if slash and ".." in (start, end) and (one := first or last):
        return Period(text, one[0] if first else None, one[1] if last else None)
    if first is None or last is None or first[0] > last[1]:
        return None
    return Period(text, first[0], last[1])


def _bounds(text: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of a year, a month or a day; None for anything else."""
    if (found := _PLAIN.fullmatch(text)) is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    first, last = month or 1, month or 12
    end = calendar.monthrange(year, last)[1]
    if day > end:
        return None
    return dt.date(year, first, day or 1), dt.date(year, last, day or end)


def _parsed(text: str) -> Period:
    try:
        if len(text) > LONGEST or _FALLS_OVER.search(text):
            raise ValueError(text)
        parsed = parse_edtf(text)
        # An end that is not known is open; the parser would put it ten years from the other one.
        earliest = None if text.startswith("/") else _day(parsed.lower_strict())
        latest = None if text.endswith("/") else _day(parsed.upper_strict())
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(
            f"{text[:60]!r} is not a date; write 2025, 2025-11, 2025-11-24 or 2021-11-23/2021-11-25"
        ) from error
    if earliest and latest and earliest > latest:
        raise ValueError(f"{text!r} ends before it starts")
    return Period(text, earliest, latest, _is_level_2(text, parsed))


def _is_level_2(text: str, parsed: EDTFObject) -> bool:
    return isinstance(parsed, _LEVEL_2) or "S" in text  # as in 1950S2, to so many digits


def fault_in_form(text: str) -> str | None:
    """Say what is wrong with a date that comes in now, in a form that is read; None if nothing is.

    Levels 0 and 1 of EDTF are taken. Raises ValueError as `read_period` does.
    """
    period = read_period(text)
    if not period.is_level_2:
        return None
    first, last = (str(day) if day else ".." for day in (period.earliest, period.latest))
    meant = first if first == last else f"{first}/{last}"
    return f"{text!r} is of level 2 of EDTF, which is not taken; write {meant}"
