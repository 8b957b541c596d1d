"""EDTF dates become pairs of days."""

import datetime as dt

import pytest
from edtf import parse_edtf

from ingest.dates import read_period


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2021-11-23/2021-11-25", dt.date(2021, 11, 23), dt.date(2021, 11, 25)),
        ("../2025-11", None, dt.date(2025, 11, 30)),
        ("2022/..", dt.date(2022, 1, 1), None),
        ("2022/", dt.date(2022, 1, 1), None),
        ("/2022-02", None, dt.date(2022, 2, 28)),
    ],
)
def test_a_coarse_date_is_the_pair_of_days_it_can_mean(
    text: str, earliest: dt.date | None, latest: dt.date | None
) -> None:
    period = read_period(text)
    assert (period.earliest, period.latest, period.edtf) == (earliest, latest, text)


def test_only_a_full_date_names_one_day() -> None:
    assert read_period("2025-11-24").day == dt.date(2025, 11, 24)
    assert read_period("2025-11").day is None


@pytest.mark.parametrize(
    "text",
    [
        "November 2025",
        "2025-13",
        "2025-02-30",
        "",
        "2025/2024",
        "24.11.2025",
        "2025-1-1",
        "/..",
        "../",
        "Y17E88888888",
        f"[{'2012,' * 99}2012]",
    ],
)
def test_what_is_no_date_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r"write 2025|ends before it starts"):
        read_period(text)


@pytest.mark.parametrize("text", ["1999", "2024-02", "2023-12", "1900-01-31", "2024-02-29/2024-03"])
def test_plain_dates_mean_what_the_library_says_they_mean(text: str) -> None:
    said, period = parse_edtf(text), read_period(text)
    assert [day[:3] for day in (said.lower_strict(), said.upper_strict())] == [
        day.timetuple()[:3] for day in (period.earliest, period.latest) if day
    ]
