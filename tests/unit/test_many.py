"""What is read by the thousand is what the grammars read one by one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gztrack.domain import amounts, many
from gztrack.domain.amounts import parse_amount
from gztrack.domain.many import Periods, Stretch, Values
from gztrack.domain.periods import NoSuchPeriodError, Period, parse_period
from gztrack.domain.units import Unit, parse_unit
from gztrack.errors import InputError

TODAY = date(2026, 11, 24)
UNITS = ("vehicles/year", "%", "CNY (cumulative)", "m", "千瓦", "K", "")

HEADS = (
    "",
    ">",
    "≥",
    "~ ",
    "-",
    "+",
    "over ",
    "约",
    "CNY ",
    "-¥",
    "RMB ",
    "百分之",
    "no less than ",
    "x",
    "二",
    "１",
)
TAILS = (
    "",
    "k",
    " m",
    "万",
    "亿元",
    "%",
    " %",
    "bn CNY",
    " vehicles",
    "多",
    "e",
    "e3",
    "..",
    "千瓦",
    " 2",
    "三",
    "²",
    "_",
    "١",
)
DIGITS = st.from_regex(r"\A[0-9]{1,17}(?:\.[0-9]{1,17})?\Z")
VALUES = st.one_of(
    st.builds(lambda head, digits, tail: head + digits + tail, st.sampled_from(HEADS), DIGITS, st.sampled_from(TAILS)),
    st.text("0123456789.,_ +-<>=~%kmbneKM万亿千百元¥二三十点\xa0１", max_size=12),
)  # fmt: skip


def single(text: str, unit: str) -> object:
    """What the grammar makes of one value."""
    try:
        found = parse_amount(text, unit)
    except InputError as error:
        return str(error)
    return found.value, type(found.value), found.qualifier


def one_of_many(values: Values, text: str) -> object:
    """What the reader of many makes of it."""
    try:
        value, qualifier = values.read(text)
    except InputError as error:
        return str(error)
    return value, type(value), qualifier


@given(st.lists(VALUES, min_size=1, max_size=6), st.sampled_from(UNITS))
@example(["123456789.123456bn"], "%")
@example(["0.30k", "0.000", "-0", "007", "999999999999999.9"], "")
@settings(max_examples=500)
def test_values_are_read_as_the_grammar_reads_them(texts: list[str], unit: str) -> None:
    values = Values(parse_unit(unit))

    for text in texts:
        assert one_of_many(values, text) == single(text, unit)


WORDS = [
    *("2020", "20", "5", "12", "31", "2019-13", "2020-06", "2020-Q2", "Q3", "q3-2019", "H1", "W05", "2019W5"),
    *("2020-05-17", "2021..2025", "..", "-", "today", "yesterday", "3", "days", "weeks", "ago", "last", "this"),
    *("month", "friday", "jun", "June.", "December", ",2020", "昨天", "上月", "天前", "3天前", "2020年", "年", "前"),
    *("2020年上半年", "2019-2020年", "2019年至2021年", "1.5", "310k", "31万", "%", "百分之80", "over", "＞"),
    *("２０２０", "Ｑ3", "2019－06", "1899", "2201", "1900-W01", "2200-W53", "9999999", "million", "…", "至"),
]  # fmt: skip
PERIODS = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join),
    st.from_regex(r"\A[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?\Z"),
    st.text("0123456789-. HQWhqw年月季度前", max_size=9),
    st.dates(date(1890, 1, 1), date(2210, 1, 1)).map(date.isoformat),
)


def meaning(text: str, today: date = TODAY) -> object:
    """What the grammar makes of one period."""
    try:
        return parse_period(text, today)
    except InputError as error:
        return error


def kept(periods: Periods, text: str) -> object:
    """What the reader of many makes of it."""
    try:
        return periods.read(text)
    except InputError as error:
        return error


ANY_DAY = date(2020, 1, 1)


@given(st.lists(PERIODS.filter(str.split), min_size=1, max_size=6))
@settings(max_examples=500)
def test_periods_are_read_as_the_grammar_reads_them(texts: list[str]) -> None:
    periods = Periods(TODAY)

    for text in texts:
        one, found = meaning(text), kept(periods, text)
        # "today .. 2020" is a period too, though none that ends after it starts on every day.
        meant = any(isinstance(each, Period | NoSuchPeriodError) for each in (one, meaning(text, ANY_DAY)))
        assert periods.is_meant(text) == meant
        if isinstance(found, Stretch):
            assert isinstance(one, Period)
            assert found.period == one
            days = {"start": one.start.isoformat(), "end": one.end.isoformat()}
            assert found.fields == {"period": one.label, **days}
        elif isinstance(one, Period):  # a week at the end of all days, which no record takes
            assert not 1900 <= one.start.year <= one.end.year <= 2200
        else:
            assert str(found) == str(one)


def test_what_a_value_has_around_its_digits_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = amounts.taken_apart

    def counted(text: str, unit: Unit) -> amounts.Typed:
        read.append(text)
        return real(text, unit)

    monkeypatch.setattr(amounts, "taken_apart", counted)
    monkeypatch.setattr(many, "taken_apart", counted)
    values = Values(parse_unit("vehicles/year"))

    for number in range(1000):
        assert values.read(f"over {number}.5 k vehicles") == (number * 1000 + 500, "more than")
        assert values.read(f"{number}") == (number, "exact")

    assert len(read) == 4


def test_a_period_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(text: str, today: date) -> object:
        read.append(text)
        return parse_period(text, today)

    monkeypatch.setattr(many, "parse_period", counted)
    periods = Periods(TODAY)

    for number in range(1000):
        assert periods.is_meant("2020-Q2")
        assert not periods.is_meant("million")
        assert not periods.is_meant(f"{number}.5 2020")
        assert periods.read("2020-Q2").period.label == "2020-Q2"
        assert periods.read(f"{1990 + number % 30}-05-{1 + number % 31:02}").period.months is None

    assert read == ["2020-Q2", "million", "million"]


@pytest.mark.parametrize("text", ["2020-02-30", "2020-W01-1", "20200101", "1899-12-31", "2201-01-01"])
def test_what_is_no_plain_date_is_left_to_the_grammar(text: str) -> None:
    with pytest.raises(InputError) as one:
        parse_period(text, TODAY)

    with pytest.raises(InputError) as many_:
        Periods(TODAY).read(text)

    assert str(many_.value) == str(one.value)


def test_what_is_remembered_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "MOST", 4)
    values, periods = Values(parse_unit("%")), Periods(TODAY)

    for year in range(1950, 1970):
        assert periods.is_meant(f"{year}")
        assert periods.read(f"{year}").period.label == f"{year}"
        assert values.read(f"{'~' * (year % 2)}5{' ' * (year % 7)}%")[0] == 5
