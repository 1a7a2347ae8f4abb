"""Figures in narrow columns: what fits, and what says that it was rounded."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from figure_strategies import UNITS, values
from gztrack import language
from gztrack.domain.amounts import SIGN, Number, digits, exact, exact_goal, parse_amount, parse_goal, percent
from gztrack.domain.grammar import scales
from gztrack.domain.grammar.shortening import Short, short, short_goal


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "room", "expected"),
    [
        (60, "enterprises", "exact", 7, Short("60", "", False)),
        (1085, "centres", "exact", 7, Short("1,085", "", False)),
        (79800, "vehicles", "exact", 7, Short("79,800", "", False)),
        (91700, "stations", "exact", 7, Short("91,700", "", False)),
        (80000, "stations", "at least", 7, Short("≥80,000", "", False)),
        (780000, "vehicles", "exact", 7, Short("780", "k", False)),
        (780000, "vehicles", "exact", 10, Short("780,000", "", False)),
        (786512, "vehicles", "exact", 7, Short("786,512", "", False)),
        (1_500_000, "vehicles", "at least", 7, Short("≥1.5", "m", False)),
        (1_500_000, "vehicles", "at least", 10, Short("≥1,500,000", "", False)),
        (2_000_000, "vehicles/year", "more than", 10, Short(">2,000,000", "", False)),
        (1_234_567, "vehicles", "exact", 7, Short("~1.23", "m", True)),
        (1_234_567, "vehicles", "exact", 8, Short("1.234567", "m", False)),
        (1_234_567, "vehicles", "about", 7, Short("~1.23", "m", True)),
        (1_239_567, "vehicles", "at least", 7, Short("~≥1.23", "m", True)),
        (1_231_567, "vehicles", "at most", 7, Short("~≤1.24", "m", True)),
        (999_999, "vehicles", "exact", 6, Short("~1.00", "m", True)),
        (1234.5678, "", "exact", 7, Short("~1,235", "", True)),
        (81.954321, "", "exact", 7, Short("~82.0", "", True)),
        (0.000012345, "", "exact", 7, Short("~0", "", True)),
        (180_000_000_000, "CNY/year", "exact", 7, Short("CNY 180", "bn", False)),
        (2_000_000_000, "CNY (cumulative)", "more than", 9, Short(">CNY 2", "bn", False)),
        (2_000_000_000, "CNY (cumulative)", "more than", 7, Short(">CNY 2", "bn", False)),
        (200_000_000_000, "CNY/year", "more than", 7, Short(">CNY200", "bn", False)),
        (1_234_000_000, "CNY", "exact", 7, Short("1.234", "bn", False)),
        (2_000_000_000_000, "CNY", "exact", 7, Short("CNY 2", "tn", False)),
        (14.2, "%", "exact", 7, Short("14.2", "%", False)),
        (66.7, "%", "about", 7, Short("~66.7", "%", False)),
        (150_000, "%", "exact", 7, Short("150k", "%", False)),
        (-3_100, "vehicles", "exact", 7, Short("-3,100", "", False)),
        (1_500_000, "m", "exact", 7, Short("1.5", "mn", False)),
    ],
)
def test_a_figure_fits_its_column(
    value: Number, unit: str, qualifier: str, room: int, expected: Short
) -> None:
    assert short(value, unit, qualifier, room=room) == expected


@pytest.mark.parametrize(
    ("value", "room", "text"), [(30, 7, "30.0"), (108, 7, "108.0"), (30, 3, "30"), (30.25, 7, "30.25")]
)
def test_decimals_are_filled_up_where_they_fit(value: Number, room: int, text: str) -> None:
    assert short(value, "%", room=room, decimals=1).text == text


def test_a_figure_goes_by_scale_with_the_other_one_of_its_row() -> None:
    assert short(79800, "vehicles", room=7, scaled=True) == Short("79.8", "k", False)
    assert short(1085, "centres", room=7, scaled=True) == Short("1,085", "", False)


def test_plain_text_has_ascii_signs_and_counts_them() -> None:
    assert short(80000, "stations", "at least", room=7, ascii=True) == Short(">=80", "k", False)


@pytest.mark.parametrize(
    ("goal", "unit", "room", "expected"),
    [
        ((1_500_000, None, "at least"), "vehicles", 7, Short("≥1.5", "m", False)),
        ((300, None, ""), "laboratories", 7, Short("300", "", False)),
        ((40, 60, "between"), "%", 7, Short("40..60", "%", False)),
        ((40_000, 60_000, "between"), "stations", 7, Short("40..60", "k", False)),
        ((1_234_567, 2_345_678, "between"), "stations", 7, Short("~1..2", "m", True)),
    ],
)
def test_a_goal_fits_its_column(
    goal: tuple[Number, Number | None, str], unit: str, room: int, expected: Short
) -> None:
    assert short_goal(*goal, unit, room=room) == expected


@settings(max_examples=400, deadline=None)
@given(values(14), st.sampled_from(sorted(SIGN)), st.sampled_from(UNITS), st.integers(7, 16), st.booleans())
def test_short_text_fits_and_is_true_or_says_that_it_was_rounded(
    value: Number, qualifier: str, unit: str, room: int, scaled: bool
) -> None:
    assume(abs(value) < 10**9 or not unit.startswith("%"))
    text, scale, rounded = short(value, unit, qualifier, room=room, scaled=scaled)
    assert len(text) <= room
    if rounded:
        assert text.startswith("~")
    else:
        amount = parse_amount(f"{text} {scale}", unit)
        assert amount == (value, qualifier, False)


@settings(max_examples=200, deadline=None)
@given(values(figures=6), st.sampled_from(["at least", "more than", "at most", "less than"]))
def test_a_rounded_bound_stays_true(value: Number, qualifier: str) -> None:
    text, scale, _ = short(value, "", qualifier, room=7)
    shown = parse_amount(f"{text.removeprefix('~')} {scale}").value
    assert shown <= value if qualifier in ("at least", "more than") else shown >= value


@settings(max_examples=200, deadline=None)
@given(values())
def test_full_digits_are_shown_wherever_there_is_room_to_spare(value: Number) -> None:
    assert short(value, "stations", room=40).text == digits(value)


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "room", "expected"),
    [
        (200_000, "vehicles", "exact", 6, Short("20", "万", False)),
        (310_000, "vehicles/year", "exact", 9, Short("310,000", "", False)),
        (1_500_000, "vehicles", "at least", 7, Short("≥150", "万", False)),
        (1_234_567, "vehicles", "exact", 7, Short("~123", "万", True)),
        (150_000_000, "vehicles", "exact", 7, Short("1.5", "亿", False)),
        (180_000_000_000, "CNY/year", "exact", 7, Short("¥1,800", "亿", False)),
        (2_000_000_000_000, "CNY", "exact", 7, Short("¥2", "万亿", False)),
        (2_000_000_000_000, "EUR", "exact", 7, Short("EUR 2", "万亿", False)),
        (9_000, "vehicles", "exact", 4, Short("9000", "", False)),
        (150_000, "%", "exact", 7, Short("15万", "%", False)),
        (150_000, "%", "exact", 6, Short("15万", "%", False)),
        (1_500_000, "m", "exact", 7, Short("150", "万", False)),
    ],
)
def test_a_figure_fits_its_column_in_myriads(
    value: Number, unit: str, qualifier: str, room: int, expected: Short
) -> None:
    language.use("en", numbers="zh")
    assert short(value, unit, qualifier, room=room) == expected


def test_the_yuan_has_its_sign_where_signs_can_be_shown() -> None:
    language.use("zh")
    assert exact(180_000_000_000, "CNY/year") == "1,800 亿元/year"
    assert exact(180_000_000_000, "元/年", "more than") == ">1,800 亿元/年"
    assert exact(2_800_000_000_000, "元/年", with_unit=False) == "2.8 万亿元"
    assert exact(1_234, "元/年") == "1,234 元/年"
    assert exact(150_000_000, "辆/年") == "1.5 亿辆/年"
    assert exact(310_125, "辆/年") == "310,125 辆/年"
    assert exact(123_456_789, "辆/年") == "123,456,789 辆/年"
    assert exact(150_000_000, "vehicles/year") == "1.5 亿 vehicles/year"
    assert exact(2_000_000_000, "EUR") == "EUR 20 亿"
    assert exact_goal(1_000_000_000, 2_000_000_000, "between", "元") == "10..20 亿元"
    assert exact(180_000_000_000, "CNY/year", ascii=True) == "CNY 180,000,000,000/year"
    assert percent(1234.56) == "12万 %"
    with language.speaking("en"):
        assert exact(180_000_000_000, "CNY/year") == "CNY 180,000,000,000/year"
        assert percent(1234.56) == "123k %"


@settings(max_examples=300, deadline=None)
@given(values(14), st.sampled_from(sorted(SIGN)), st.sampled_from(UNITS), st.integers(7, 16), st.booleans())
def test_short_text_in_myriads_fits_and_is_true_or_says_that_it_was_rounded(
    value: Number, qualifier: str, unit: str, room: int, scaled: bool
) -> None:
    assume(abs(value) < 10**6 or not unit.startswith("%"))
    language.use("zh")
    text, scale, rounded = short(value, unit, qualifier, room=room, scaled=scaled)
    assert scales.cells(text) <= room
    if rounded:
        assert text.startswith("~")
    else:
        assert parse_amount(f"{text} {scale}", unit) == (value, qualifier, False)


@settings(max_examples=300, deadline=None)
@given(
    values(14),
    st.sampled_from(sorted(SIGN)),
    st.sampled_from([*UNITS, "元/年", "辆/年", "元"]),
    st.booleans(),
)
def test_exact_text_in_chinese_reads_back(value: Number, qualifier: str, unit: str, with_unit: bool) -> None:
    language.use("zh")
    assert parse_amount(exact(value, unit, qualifier, with_unit=with_unit), unit) == (value, qualifier, False)


@settings(max_examples=200, deadline=None)
@given(values(14), values(14), st.sampled_from([*UNITS, "元/年", "辆/年"]))
def test_an_exact_goal_in_chinese_reads_back(low: Number, high: Number, unit: str) -> None:
    assume(low < high)
    language.use("zh")
    goal = parse_goal(exact_goal(low, high, "between", unit), unit)
    assert (goal.value, goal.high, goal.comparator) == (low, high, "between")
