"""The grammar of values: what is read, and as what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gztrack.domain.amounts import Amount, Number, digits, parse_amount, parse_change
from gztrack.domain.units import NO_UNIT, Unit, parse_unit
from gztrack.errors import InputError

PLAIN: list[tuple[str, Number]] = [
    ("310000", 310000),
    ("310,000", 310000),
    ("310_000", 310000),
    ("1,234,567.5", 1234567.5),
    ("310k", 310000),
    ("310K", 310000),
    ("3.1e5", 310000),
    ("3.1E+5", 310000),
    ("1e-3", 0.001),
    ("31万", 310000),
    ("31萬", 310000),
    ("2000亿", 200_000_000_000),
    ("2千亿", 200_000_000_000),
    ("3万亿", 3_000_000_000_000),
    ("3百万", 3_000_000),
    ("5千", 5000),
    ("200bn", 200_000_000_000),
    ("200b", 200_000_000_000),
    ("200 B", 200_000_000_000),
    ("1.5m", 1_500_000),
    ("1.5M", 1_500_000),
    ("1.5 mn", 1_500_000),
    ("1.5mln", 1_500_000),
    ("2t", 2_000_000_000_000),
    ("2 tn", 2_000_000_000_000),
    ("310 thousand", 310000),
    ("1.5 million", 1_500_000),
    ("200 Billion", 200_000_000_000),
    ("2 trillion", 2_000_000_000_000),
    ("81.9%", 81.9),
    ("81.9 percent", 81.9),
    ("-3.2%", -3.2),
    ("- 3.2 %", -3.2),
    ("-31万", -310000),
    ("+81.9%", 81.9),
    (".5", 0.5),
    ("5.", 5),
    ("18.0", 18),
    ("-0", 0),
    ("  42  ", 42),
    ("1,000 k", 1_000_000),
    ("RMB 200 billion", 200_000_000_000),
    ("rmb200bn", 200_000_000_000),
    ("180 CNY bn", 180_000_000_000),
    ("180 bn CNY", 180_000_000_000),
    ("180bnCNY", 180_000_000_000),
    ("¥2bn", 2_000_000_000),
    ("¥-5", -5),
    ("-¥5", -5),
    ("20亿元", 2_000_000_000),
    ("人民币20亿元", 2_000_000_000),
    ("200 billion yuan", 200_000_000_000),
    ("RMB 2 billion yuan", 2_000_000_000),
    ("US$5m", 5_000_000),
    ("5亿美元", 500_000_000),
]


@pytest.mark.parametrize(("text", "value"), PLAIN)
def test_a_number_is_read_with_its_scale_and_currency(text: str, value: Number) -> None:
    assert parse_amount(text) == Amount(value, "exact", False)


@pytest.mark.parametrize(("text", "kind"), [("310k", int), ("18.0", int), ("1.1m", int), ("81.9", float)])
def test_a_whole_value_is_kept_as_int_and_any_other_as_float(text: str, kind: type) -> None:
    assert type(parse_amount(text).value) is kind


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        (">10000", "more than"),
        ("> 10000", "more than"),
        (">=10000", "at least"),
        ("≥10000", "at least"),
        ("~10000", "about"),
        ("≈10000", "about"),
        ("<10000", "less than"),
        ("<=10000", "at most"),
        ("≤10000", "at most"),
        ("over 10000", "more than"),
        ("Over 10,000", "more than"),
        ("more than 10000", "more than"),
        ("at least 10000", "at least"),
        ("no less than 10000", "at least"),
        ("about 10000", "about"),
        ("approx. 10000", "about"),
        ("nearly 10000", "about"),
        ("almost 10k", "about"),
        ("under 10000", "less than"),
        ("less than 10000", "less than"),
        ("at most 10000", "at most"),
        ("up to 10000", "at most"),
        ("no more than 10000", "at most"),
        ("超过1万", "more than"),
        ("约1万", "about"),
        ("至少1万", "at least"),
        ("不超过1万", "at most"),
        ("不到1万", "less than"),
        ("10000", "exact"),
    ],
)
def test_a_leading_sign_or_word_sets_the_qualifier(text: str, qualifier: str) -> None:
    assert parse_amount(text, "stations") == Amount(10000, qualifier, False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("３１０，０００", 310000),
        ("－３．２％", -3.2),
        ("−3.2%", -3.2),
        ("–3.2%", -3.2),
        ("310\xa0000", 310000),
        ("310\u2009000", 310000),
        ("1\u202f234\u202f567", 1234567),
        ("\u200b310k\ufeff", 310000),
        ("\xa0310k\u3000", 310000),
        ("31\xa0万", 310000),
        ("￥２０亿", 2_000_000_000),
    ],
)
def test_pasted_text_is_folded_first(text: str, value: Number) -> None:
    assert parse_amount(text).value == value


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("310,000 vehicles", "vehicles/year", 310000),
        ("310,000 vehicles/year", "vehicles/year", 310000),
        ("310k Vehicles / year", "vehicles/year", 310000),
        ("1 vehicle", "vehicles/year", 1),
        ("310k vehicles per year", "vehicles/year", 310000),
        ("310k vehicles a year", "vehicles/year", 310000),
        ("310k vehicles/yr", "vehicles/year", 310000),
        ("310k /year", "vehicles/year", 310000),
        ("19 laboratory", "laboratories", 19),
        ("5 boxes", "box", 5),
        ("CNY 180 bn/year", "CNY/year", 180_000_000_000),
        ("180 bn CNY per year", "CNY/year", 180_000_000_000),
        ("2bn (cumulative)", "CNY (cumulative)", 2_000_000_000),
        ("2bn yuan cumulative", "CNY (cumulative)", 2_000_000_000),
        ("81.9", "%", 81.9),
        ("81.9 % of GDP", "% of GDP", 81.9),
        ("81.9 %", "% of GDP", 81.9),
        ("31万千瓦", "千瓦", 310000),
        ("5 千瓦", "千瓦", 5),
        ("5 m", "m", 5),
        ("5 mn", "m", 5_000_000),
        ("5M", "m", 5_000_000),
        ("5 t CO2", "t CO2", 5),
        ("5 t", "t CO2", 5),
        ("5 m", "m/s", 5),
        ("¥5", "JPY", 5),
        ("¥5", "RMB", 5),
    ],
)
def test_the_indicators_own_unit_may_follow(text: str, unit: str, value: Number) -> None:
    assert parse_amount(text, unit).value == value


@pytest.mark.parametrize(
    ("text", "value"), [("+5000", 5000), ("-5k", -5000), ("−31万", -310000), ("5000", 5000), ("+0.3 %", 0.3)]
)
def test_a_change_is_signed_and_relative(text: str, value: Number) -> None:
    assert parse_change(text) == Amount(value, "exact", True)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("vehicles/year", Unit("vehicles/year", "", False, "vehicles/year")),
        ("%", Unit("%", "", True, "%")),
        ("percent", Unit("percent", "", True, "%")),
        ("% of GDP", Unit("% of GDP", "", True, "% of GDP")),
        ("percentage points", Unit("percentage points", "", False, "percentage points")),
        ("CNY/year", Unit("CNY/year", "CNY", False, "/year")),
        ("CNY (cumulative)", Unit("CNY (cumulative)", "CNY", False, "(cumulative)")),
        ("RMB", Unit("RMB", "CNY", False, "")),
        ("元/年", Unit("元/年", "CNY", False, "/年")),
        ("yuan per  head", Unit("yuan per head", "CNY", False, "per head")),
        ("USD", Unit("USD", "USD", False, "")),
        ("TEU", Unit("TEU", "", False, "TEU")),
        ("千瓦", Unit("千瓦", "", False, "千瓦")),
        ("  ", NO_UNIT),
    ],
)
def test_a_unit_is_taken_apart(text: str, unit: Unit) -> None:
    assert parse_unit(text) == unit


SCALES = {"": 0, "k": 3, "m": 6, "bn": 9, "tn": 12, "万": 4, "亿": 8}


@settings(max_examples=200, deadline=None)
@given(
    coefficient=st.integers(1, 99_999_999),
    decimals=st.integers(0, 6),
    scale=st.sampled_from(sorted(SCALES)),
    sign=st.sampled_from(["", "-"]),
)
def test_scaling_is_exact_in_decimals(coefficient: int, decimals: int, scale: str, sign: str) -> None:
    padded = str(coefficient).rjust(decimals + 1, "0")
    written = f"{padded[: len(padded) - decimals]}.{padded[len(padded) - decimals :]}" if decimals else padded
    power = SCALES[scale] - decimals
    if len(str(coefficient)) + power > 18:
        return
    value = parse_amount(f"{sign}{written}{scale}").value
    expected = int(sign + "1") * coefficient
    assert value == (expected * 10**power if power >= 0 else float(f"{expected}e{power}"))
    assert isinstance(value, int) == (power >= 0 or coefficient % 10**-power == 0)


@settings(max_examples=200, deadline=None)
@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_whole_number_reads_the_same_with_and_without_groups(value: int) -> None:
    assert parse_amount(str(value)).value == parse_amount(digits(value)).value == value


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_a_value_or_a_refusal_on_one_line(text: str) -> None:
    try:
        amount = parse_amount(text, "vehicles/year")
    except InputError as refused:
        message = str(refused)
        assert message.isprintable()
        assert not message.endswith(".")
    else:
        assert abs(amount.value) < 10**18
