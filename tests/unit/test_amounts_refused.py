"""What the grammar of values refuses, in which words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gztrack.domain.amounts import parse_amount, parse_change, parse_goal
from gztrack.domain.units import parse_unit
from gztrack.errors import InputError

VALUES: list[tuple[str, str, str]] = [
    ("", "", "empty: type a number, like 310000 or 310k"),
    (" \t ", "", "empty: type a number, like 310000 or 310k"),
    ("\u200b", "", "empty: type a number, like 310000 or 310k"),
    ("nan", "", "'nan' is no value: type a number, or log nothing"),
    ("-NaN", "", "'-NaN' is no value: type a number, or log nothing"),
    ("N/A", "", "'N/A' is no value: type a number, or log nothing"),
    ("inf", "", "infinity is no value: type a number"),
    ("-Infinity", "", "infinity is no value: type a number"),
    ("∞", "", "infinity is no value: type a number"),
    ("-", "", "no number in '-': type digits, like 310000 or 310k"),
    ("a lot", "", "no number in 'a lot': type digits, like 310000 or 310k"),
    ("k", "", "no number in 'k': type digits, like 310000 or 310k"),
    ("5 5", "", "two numbers, the second is '5': type one, without blanks in it"),
    ("310 000", "", "two numbers, the second is '000': type one, without blanks in it"),
    ("310000 2020", "stations", "two numbers, the second is '2020': type one, without blanks in it"),
    ("31万5千", "", "two numbers, the second is '5千': type one, without blanks in it"),
    ("310k\n320k", "", "two numbers, the second is '320k': type one, without blanks in it"),
    ("40-60", "", "two numbers, the second is '-60': type one, without blanks in it"),
    ("40..60", "", "a range is no value: type one number"),
    ("1,23", "", "ambiguous: write 1.23 or 123"),
    ("1,2345", "", "ambiguous: write 1.2345 or 12345"),
    ("0,123", "", "ambiguous: write 0.123 or 123"),
    ("1.234,5", "", "ambiguous: write 1234.5 or 1.2345"),
    ("1.234.567", "", "points do not group digits: write 1,234,567"),
    ("1.2.3", "", "one decimal point at most: write 1234.5 or 1,234.5"),
    ("1,23,456", "", "digits go in threes: write 123,456"),
    ("12,34.5", "", "digits go in threes: write 1,234.5"),
    ("310,000,", "", "digits go in threes: write 310,000"),
    ("31_0000", "", "digits go in threes: write 310,000"),
    ("1,000_000", "", "two kinds of separators: write 1000000"),
    ("1234567890123456", "", "more than 15 significant digits: round it"),
    ("1e18", "", "too large: values stay below 1,000,000 trillion"),
    ("-1000000 tn", "", "too large: values stay below 1,000,000 trillion"),
    ("1e400", "", "too large: values stay below 1,000,000 trillion"),
    ("1e99999999", "", "the exponent is out of range: write 3.1e5"),
    ("1e-16", "", "more than 15 decimals: round it"),
    ("1e-400", "", "more than 15 decimals: round it"),
    ("9" * 300, "", "too long for one number: type digits, like 310000"),
    ("5 k bn", "", "two scales: keep one, like 310k"),
    (">~5", "", "two qualifiers: keep one, like >10000"),
    ("about over 5", "", "two qualifiers: keep one, like >10000"),
    ("$5 yuan", "", "two currencies, USD and CNY: keep one"),
    ("CNY 5", "stations", "CNY does not fit: the unit is stations, type the number alone"),
    ("20亿元", "%", "CNY does not fit: the unit is %, type the number alone"),
    ("USD 5", "CNY/year", "USD does not fit: the unit is CNY/year, convert it first"),
    ("5亿美元", "CNY/year", "USD does not fit: the unit is CNY/year, convert it first"),
    ("5%", "stations", "% does not fit: the unit is stations, type the number alone"),
    ("5 %", "CNY/year", "% does not fit: the unit is CNY/year, type the number alone"),
    ("5 labs", "stations", "'labs' does not fit: the unit is stations"),
    ("5 vehicles", "%", "'vehicles' does not fit: the unit is %"),
    ("5 men", "stations", "'men' does not fit: the unit is stations"),
    ("5 ()", "CNY/year", "'()' does not fit: the unit is CNY/year"),
    ("5 labs", "", "'labs' does not fit: type the number alone"),
    ("5\x1b[31m", "", "'?[31m' does not fit: type the number alone"),
    ("+5000", "vehicles", "'+' marks a change (--by): write 5,000"),
]


@pytest.mark.parametrize(("text", "unit", "message"), VALUES)
def test_a_value_is_refused_with_what_would_be_right(text: str, unit: str, message: str) -> None:
    assert _refusal(lambda: parse_amount(text, unit)) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty: type a number, like 310000 or 310k"),
        ("~5", "a change takes no 'about': write +5"),
        (">-5k", "a change takes no 'more than': write -5,000"),
    ],
)
def test_a_change_is_refused_with_what_would_be_right(text: str, message: str) -> None:
    assert _refusal(lambda: parse_change(text)) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty: type a number, like 310000 or 310k"),
        ("40-60", "a hyphen makes no range: write 40..60"),
        ("40 – 60", "a hyphen makes no range: write 40..60"),
        ("60..40", "the lower limit comes first: write 40..60"),
        ("5..5", "the lower limit comes first: write two different limits"),
        ("40..", "a range has two limits: write 40..60"),
        ("..60", "a range has two limits: write 40..60"),
        ("40...60", "a range has two limits: write 40..60"),
        (">40..60", "a range takes no qualifier: write 40..60"),
        ("40..60..80", "a range is no value: type one number"),
        ("40..60 %", "% does not fit: the unit is stations, type the number alone"),
        ("+5", "'+' marks a change (--by): write 5"),
    ],
)
def test_a_goal_is_refused_with_what_would_be_right(text: str, message: str) -> None:
    assert _refusal(lambda: parse_goal(text, "stations")) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("bn CNY", "'bn' in the unit 'bn CNY': leave the scale to the value, like 200bn"),
        ("CNY bn", "'bn' in the unit 'CNY bn': leave the scale to the value, like 200bn"),
        ("CNY m", "'m' in the unit 'CNY m': leave the scale to the value, like 200bn"),
        ("k vehicles", "'k' in the unit 'k vehicles': leave the scale to the value, like 200bn"),
        (
            "million tonnes",
            "'million' in the unit 'million tonnes': leave the scale to the value, like 200bn",
        ),
        ("万元", "'万' in the unit '万元': leave the scale to the value, like 200bn"),
        ("百万辆", "'百万' in the unit '百万辆': leave the scale to the value, like 200bn"),
        ("1000 t", "a unit starts with a word, not '1': write vehicles/year, % or CNY"),
        ("-x", "a unit starts with a word, not '-': write vehicles/year, % or CNY"),
    ],
)
def test_a_unit_with_a_number_or_scale_is_refused(text: str, message: str) -> None:
    assert _refusal(lambda: parse_unit(text)) == message


def _refusal(parse: Callable[[], object]) -> str:
    with pytest.raises(InputError) as refused:
        parse()
    return str(refused.value)
