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
from edtf.parser.edtf_exceptions import EDTFParseException

LONGEST = 60
"""Characters of a date; the library searches longer ones for minutes."""
_FALLS_OVER = re.compile(r"E|^/\.\.|^\.\./(?!\d{4}|\d*X|\.\.$)")
"""What it does not survive: to calculate Y17E88888888, and an end that is open before no date."""


@dataclass(frozen=True)
class Period:
    """The earliest and latest day a date can mean; None where it is open or not known."""

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None

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
    """Read an EDTF date (Library of Congress, levels 0 and 1) such as 2025-11 or ../2022.

    Raises ValueError when the text is not such a date or names a day that does not exist.
    """
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
    return Period(text, earliest, latest)
