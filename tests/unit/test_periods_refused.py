"""What the grammar of periods refuses, in which words."""

from __future__ import annotations

from datetime import date

import pytest

from gztrack.domain.periods import parse_due, parse_period
from gztrack.errors import InputError

TODAY = date(2020, 6, 18)
NO_PERIOD = "write 2020, 2019-Q3, 2020-05 or 2020-05-17"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty: type a period, like 2020, 2019-Q3, 2020-05 or 2020-05-17"),
        (" \xa0", "empty: type a period, like 2020, 2019-Q3, 2020-05 or 2020-05-17"),
        ("2024-Q5", "no such quarter: 2024-Q1 to 2024-Q4"),
        ("2024-Q0", "no such quarter: 2024-Q1 to 2024-Q4"),
        ("2024-H3", "no such half: 2024-H1 and 2024-H2"),
        ("2024-13", "no such month: 2024-01 to 2024-12"),
        ("2024-00-05", "no such month: 2024-01 to 2024-12"),
        ("2023-02-29", "no such day: February 2023 has 28"),
        ("2024-02-30", "no such day: February 2024 has 29"),
        ("2023-06-31", "no such day: June 2023 has 30"),
        ("2023-06-00", "no such day: June 2023 has 30"),
        ("2021-W53", "no such week: 2021-W01 to 2021-W52"),
        ("2020-W54", "no such week: 2020-W01 to 2020-W53"),
        ("2020年第五季度", "no such quarter: 2020-Q1 to 2020-Q4"),
        ("2020年13月", "no such month: 2020-01 to 2020-12"),
        ("2014/15", "a fiscal year needs its months: write 2014-04..2015-03"),
        ("2014/2015", "a fiscal year needs its months: write 2014-04..2015-03"),
        ("1999/00", "a fiscal year needs its months: write 1999-04..2000-03"),
        ("2014-15", "no such month: 2014-01 to 2014-12; for a fiscal year write 2014-04..2015-03"),
        ("2011/12", "ambiguous: write 2011-04..2012-03 or 2011-12"),
        ("2020/5", "no slash: write 2020-05"),
        ("2014/2017", "no slash: write 2014..2017"),
        ("2021-2025", "a hyphen makes no range: write 2021..2025"),
        ("2021–2025", "a hyphen makes no range: write 2021..2025"),
        ("2021..25", "write both years in full: 2021..2025"),
        ("2025..2021", "it ends before it starts: write 2021..2025"),
        ("2019-Q3..Q1", "it ends before it starts: write 2019-Q1..2019-Q3"),
        ("2020-06..2020-05", "it ends before it starts: write 2020-05..2020-06"),
        ("2019..2020-06", "both ends alike: write 2019-01..2020-06"),
        ("2020-05-17..2020-06", "both ends alike: write 2020-05-17..2020-06-30"),
        ("2020..", "a range has two ends: write 2019-01..2019-09 or 2021..2025"),
        ("..2020", "a range has two ends: write 2019-01..2019-09 or 2021..2025"),
        ("2019..2020..2021", "a range has two ends: write 2019-01..2019-09 or 2021..2025"),
        ("2019年前三季度..2020", "a range has two ends, not more: write 2019-01-01..2020-12-31"),
        ("1899", "out of range: years 1900 to 2200"),
        ("2201-01-01", "out of range: years 1900 to 2200"),
        ("99999999999 days ago", "out of range: years 1900 to 2200"),
        ("50000 days ago", "out of range: years 1900 to 2200"),
        ("2020/05/17", "hyphens part a date: write 2020-05-17"),
        ("2020.5.7", "hyphens part a date: write 2020-05-07"),
        ("20200517", "hyphens part a date: write 2020-05-17"),
        ("202005", "hyphens part a date: write 2020-05"),
        ("17.05.2020", "the year comes first: write 2020-05-17"),
        ("31/12/2025", "the year comes first: write 2025-12-31"),
        ("12/31/2025", "the year comes first: write 2025-12-31"),
        ("31／12／2025", "the year comes first: write 2025-12-31"),
        ("29/02/2024", "the year comes first: write 2024-02-29"),
        ("05/06/2025", "ambiguous: write 2025-06-05 or 2025-05-06"),
        ("5-5-2025", "the year comes first: write 2025-05-05"),
        ("31/02/2025", "the year comes first: write it like 2020-05-17"),
        ("13/13/2025", "the year comes first: write it like 2020-05-17"),
        ("31/12/3025", "the year comes first: write it like 2020-05-17"),
        ("01/01/2025..31/12/2025", "the year comes first: write 2025-01-01"),
        ("12/2025", "the year comes first: write 2025-12"),
        ("13/2025", f"no period in '13/2025': {NO_PERIOD}"),
        ("q3", "the year is missing: write 2020-Q3"),
        ("soon", f"no period in 'soon': {NO_PERIOD}"),
        ("last fooday", f"no period in 'last fooday': {NO_PERIOD}"),
        ("2020年foo", f"no period in '2020年foo': {NO_PERIOD}"),
        ("20201399", f"no period in '20201399': {NO_PERIOD}"),
        ("20", f"no period in '20': {NO_PERIOD}"),
        ("²⁰²⁰", f"no period in '²⁰²⁰': {NO_PERIOD}"),
    ],
)
def test_a_period_is_refused_with_what_would_be_right(text: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_period(text, TODAY)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/12/2025", "the year comes first: write 2025-12-31"),
        ("01/02/2025", "ambiguous: write 2025-02-01 or 2025-01-02"),
    ],
)
def test_a_due_date_with_its_year_last_is_refused_with_what_would_be_right(text: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_due(text, TODAY)
    assert str(refused.value) == message


def test_an_empty_due_date_is_refused_with_what_would_be_right() -> None:
    with pytest.raises(InputError, match=r"^empty: type a date, a period or none$"):
        parse_due(" ", TODAY)
