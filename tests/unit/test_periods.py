"""The grammar of periods: what is read, its canonical label, its days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gztrack.domain.grammar.calendar import WEEKDAYS, weeks_in_year
from gztrack.domain.periods import Due, Period, last_complete, parse_day, parse_due, parse_period, spelled
from gztrack.errors import InputError

TODAY = date(2020, 6, 18)  # a Thursday


@pytest.mark.parametrize(
    ("text", "label", "start", "end"),
    [
        ("2020", "2020", "2020-01-01", "2020-12-31"),
        ("2020-H1", "2020-H1", "2020-01-01", "2020-06-30"),
        ("2020h2", "2020-H2", "2020-07-01", "2020-12-31"),
        ("2019H1", "2019-H1", "2019-01-01", "2019-06-30"),
        ("2019-Q3", "2019-Q3", "2019-07-01", "2019-09-30"),
        ("2019Q3", "2019-Q3", "2019-07-01", "2019-09-30"),
        ("2019-q3", "2019-Q3", "2019-07-01", "2019-09-30"),
        ("2019 Q3", "2019-Q3", "2019-07-01", "2019-09-30"),
        ("Q3 2019", "2019-Q3", "2019-07-01", "2019-09-30"),
        ("H1 2019", "2019-H1", "2019-01-01", "2019-06-30"),
        ("2020-05", "2020-05", "2020-05-01", "2020-05-31"),
        ("2020-5", "2020-05", "2020-05-01", "2020-05-31"),
        ("2020-02", "2020-02", "2020-02-01", "2020-02-29"),
        ("1900-02", "1900-02", "1900-02-01", "1900-02-28"),
        ("June 2020", "2020-06", "2020-06-01", "2020-06-30"),
        ("2020 sep", "2020-09", "2020-09-01", "2020-09-30"),
        ("2020-W05", "2020-W05", "2020-01-27", "2020-02-02"),
        ("2020w5", "2020-W05", "2020-01-27", "2020-02-02"),
        ("2020-W01", "2020-W01", "2019-12-30", "2020-01-05"),
        ("2020-W53", "2020-W53", "2020-12-28", "2021-01-03"),
        ("2020-05-17", "2020-05-17", "2020-05-17", "2020-05-17"),
        ("2020-5-7", "2020-05-07", "2020-05-07", "2020-05-07"),
        ("2020-02-29", "2020-02-29", "2020-02-29", "2020-02-29"),
        ("  2020-05 ", "2020-05", "2020-05-01", "2020-05-31"),
        ("２０２０－０５", "2020-05", "2020-05-01", "2020-05-31"),
    ],
)
def test_a_period_is_read(text: str, label: str, start: str, end: str) -> None:
    assert parse_period(text, TODAY) == Period(label, date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "label", "start", "end"),
    [
        ("2019-01..2019-09", "2019-01..2019-09", "2019-01-01", "2019-09-30"),
        ("2019-01..09", "2019-01..2019-09", "2019-01-01", "2019-09-30"),
        ("2019-01 .. 2019-09", "2019-01..2019-09", "2019-01-01", "2019-09-30"),
        ("2019-01…2019-09", "2019-01..2019-09", "2019-01-01", "2019-09-30"),
        ("2019-Q1..Q3", "2019-Q1..Q3", "2019-01-01", "2019-09-30"),
        ("2019Q1..2019Q3", "2019-Q1..Q3", "2019-01-01", "2019-09-30"),
        ("2019-Q1..3", "2019-Q1..Q3", "2019-01-01", "2019-09-30"),
        ("2019-Q3..2020-Q2", "2019-Q3..2020-Q2", "2019-07-01", "2020-06-30"),
        ("2019-H1..H2", "2019-H1..H2", "2019-01-01", "2019-12-31"),
        ("2020-W05..W08", "2020-W05..W08", "2020-01-27", "2020-02-23"),
        ("2021..2025", "2021..2025", "2021-01-01", "2025-12-31"),
        ("2020..2020", "2020", "2020-01-01", "2020-12-31"),
        ("2020-05-01..2020-05-17", "2020-05-01..2020-05-17", "2020-05-01", "2020-05-17"),
        ("2020-05-01..17", "2020-05-01..2020-05-17", "2020-05-01", "2020-05-17"),
        ("2020-05-28..06-03", "2020-05-28..2020-06-03", "2020-05-28", "2020-06-03"),
        ("2020-01-01..yesterday", "2020-01-01..2020-06-17", "2020-01-01", "2020-06-17"),
    ],
)
def test_a_range_is_read(text: str, label: str, start: str, end: str) -> None:
    assert parse_period(text, TODAY) == Period(label, date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("today", "2020-06-18"),
        ("Today", "2020-06-18"),
        ("yesterday", "2020-06-17"),
        ("1 day ago", "2020-06-17"),
        ("3 days ago", "2020-06-15"),
        ("2 weeks ago", "2020-06-04"),
        ("last friday", "2020-06-12"),
        ("last thursday", "2020-06-11"),
        ("last Wed", "2020-06-17"),
        ("last week", "2020-W24"),
        ("last month", "2020-05"),
        ("last quarter", "2020-Q1"),
        ("last half", "2019-H2"),
        ("last year", "2019"),
        ("this month", "2020-06"),
        ("今天", "2020-06-18"),
        ("昨天", "2020-06-17"),
        ("前天", "2020-06-16"),
        ("3天前", "2020-06-15"),
        ("上个月", "2020-05"),
        ("上季度", "2020-Q1"),
        ("去年", "2019"),
    ],
)
def test_words_go_by_today_and_become_what_they_name(text: str, label: str) -> None:
    assert parse_period(text, TODAY).label == label


@pytest.mark.parametrize(
    ("today", "label"),
    [(date(2020, 1, 31), "2019-Q4"), (date(2020, 3, 31), "2019-Q4"), (date(2020, 4, 1), "2020-Q1")],
)
def test_the_last_quarter_is_the_one_before_this(today: date, label: str) -> None:
    assert parse_period("last quarter", today).label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2020年", "2020"),
        ("2020年全年", "2020"),
        ("2020年5月", "2020-05"),
        ("2020 年 5 月份", "2020-05"),
        ("２０２０年５月", "2020-05"),
        ("2020年十二月", "2020-12"),
        ("2020年5月17日", "2020-05-17"),
        ("2020年上半年", "2020-H1"),
        ("2020年下半年", "2020-H2"),
        ("2020年第三季度", "2020-Q3"),
        ("2020年三季度", "2020-Q3"),
        ("2020年第3季度", "2020-Q3"),
        ("2019年前三季度", "2019-Q1..Q3"),
        ("2019年前两个季度", "2019-Q1..Q2"),
        ("2019年前9个月", "2019-01..2019-09"),
        ("2019年前十一个月", "2019-01..2019-11"),
        ("2020年1-5月", "2020-01..2020-05"),
        ("2020年1月至5月", "2020-01..2020-05"),
        ("2016-2020年", "2016..2020"),
        ("2016年至2020年", "2016..2020"),
        ("2019年1月..2019年5月", "2019-01..2019-05"),
        ("2025年底", "2025-12-31"),
        ("2020年第5周", "2020-W05"),
    ],
)
def test_chinese_periods_are_read(text: str, label: str) -> None:
    assert parse_period(text, TODAY).label == label


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2020", 12),
        ("2020-H1", 6),
        ("2020-Q1", 3),
        ("2020-05", 1),
        ("2019-Q1..Q3", 9),
        ("2022-01..2022-11", 11),
        ("2021..2025", 60),
        ("2020-05-01..2020-05-31", 1),
        ("2020-05-01..2020-05-30", None),
        ("2020-05-31", None),
        ("2020-W05", None),
    ],
)
def test_coverage_is_in_whole_months(text: str, months: int | None) -> None:
    assert parse_period(text, TODAY).months == months


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("none", Due("none", None, None)),
        (" None ", Due("none", None, None)),
        ("2020-12-31", Due("2020-12-31", None, date(2020, 12, 31))),
        ("2025", Due("2025", date(2025, 1, 1), date(2025, 12, 31))),
        ("2027q2", Due("2027-Q2", date(2027, 4, 1), date(2027, 6, 30))),
        ("2021..2025", Due("2021..2025", date(2021, 1, 1), date(2025, 12, 31))),
        ("2025年底", Due("2025-12-31", None, date(2025, 12, 31))),
    ],
)
def test_a_due_date_is_a_date_a_period_or_none(text: str, due: Due) -> None:
    assert parse_due(text, TODAY) == due


@pytest.mark.parametrize(
    ("text", "day"),
    [("2020-05-17", date(2020, 5, 17)), ("2019", date(2019, 12, 31)), ("yesterday", date(2020, 6, 17))],
)
def test_of_a_period_given_for_a_day_the_last_day_counts(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2020", "year 2020, ends 2020-12-31"),
        ("2020-H1", "first half 2020, ends 2020-06-30"),
        ("2019-Q3", "Q3 2019, ends 2019-09-30"),
        ("2020-06", "June 2020, ends 2020-06-30"),
        ("2020-W05", "week 5 of 2020, ends 2020-02-02"),
        ("2020-05-17", "Sunday 17 May 2020"),
        ("2019-01..2019-09", "Jan to Sep 2019, ends 2019-09-30"),
        ("2019-07..2020-06", "July 2019 to June 2020, ends 2020-06-30"),
        ("2019-Q1..Q3", "Q1 to Q3 2019, ends 2019-09-30"),
        ("2019-Q2..Q3", "Q2 to Q3 2019, ends 2019-09-30"),
        ("2019-H1..H2", "both halves of 2019, ends 2019-12-31"),
        ("2019-Q3..2020-Q2", "Q3 2019 to Q2 2020, ends 2020-06-30"),
        ("2020-W05..W08", "weeks 5 to 8 of 2020, ends 2020-02-23"),
        ("2021..2025", "2021 to 2025, ends 2025-12-31"),
        ("2020-05-01..17", "1 May 2020 to 17 May 2020, ends 2020-05-17"),
    ],
)
def test_a_period_is_spelled_in_english(text: str, words: str) -> None:
    assert spelled(parse_period(text, TODAY)) == words


@pytest.mark.parametrize(
    ("months", "today", "label"),
    [
        (12, TODAY, "2019"),
        (6, TODAY, "2019-H2"),
        (3, TODAY, "2020-Q1"),
        (1, TODAY, "2020-05"),
        (1, date(2020, 1, 1), "2019-12"),
        (3, date(2020, 1, 1), "2019-Q4"),
        (1, date(2020, 6, 30), "2020-05"),
        (1, date(2020, 7, 1), "2020-06"),
        (9, TODAY, "2019-Q1..Q3"),
        (9, date(2020, 10, 1), "2020-Q1..Q3"),
        (11, TODAY, "2019-01..2019-11"),
        (24, TODAY, "2018..2019"),
        (13, TODAY, "2019-05..2020-05"),
    ],
)
def test_the_last_complete_period_is_over(months: int, today: date, label: str) -> None:
    period = last_complete(months, today)
    assert period.label == label
    assert period.end < today
    assert period.months == months


DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
YEARS = st.integers(1900, 2200)
KINDS: tuple[st.SearchStrategy[str], ...] = (
    YEARS.map(str),
    st.builds("{}-H{}".format, YEARS, st.integers(1, 2)),
    st.builds("{}Q{}".format, YEARS, st.integers(1, 4)),
    st.builds("{}-{}".format, YEARS, st.integers(1, 12)),
    YEARS.flatmap(
        lambda year: st.builds("{}-W{}".format, st.just(year), st.integers(1, weeks_in_year(year)))
    ),
    DAYS.map(date.isoformat),
)
LABELS = st.one_of(*KINDS, *(st.builds("{}..{}".format, kind, kind) for kind in KINDS))


@settings(max_examples=300, deadline=None)
@given(LABELS, DAYS)
def test_a_canonical_label_reads_back_to_the_same_period_on_any_day(text: str, today: date) -> None:
    try:
        period = parse_period(text, TODAY)
    except InputError as refused:
        turned = str(refused).removeprefix("it ends before it starts: write ")
        period = parse_period(turned, TODAY)
    assert parse_period(period.label, today) == period
    assert date(1900, 1, 1) <= period.start <= period.end <= date(2200, 12, 31)


@settings(max_examples=200, deadline=None)
@given(LABELS, st.text("0123456789-./HQWqw年月季度前上半 ", max_size=6))
def test_any_text_is_a_period_or_a_refusal_on_one_line(text: str, more: str) -> None:
    for typed in (text[:4] + more, more, f"{text}..{more}"):
        period, message = Period("", TODAY, TODAY), ""
        try:
            period = parse_period(typed, TODAY)
        except InputError as refused:
            message = str(refused)
        assert period.start <= period.end
        assert bool(period.label) != bool(message)
        assert message.isprintable()


@settings(max_examples=100, deadline=None)
@given(DAYS.filter(lambda day: day.year > 1901), st.integers(0, 6))
def test_the_last_weekday_lies_one_to_seven_days_back(today: date, weekday: int) -> None:
    day = parse_day(f"last {WEEKDAYS[weekday]}", today)
    assert day.weekday() == weekday
    assert 1 <= (today - day).days <= 7
