"""Figures in full: digits, exact text that reads back, changes, percentages."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figure_strategies import UNITS, values
from gztrack.domain.amounts import SIGN, Number, digits, exact, parse_amount, percent, signed
from gztrack.domain.units import parse_unit
from gztrack.errors import InputError


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (310000, None, "310,000"),
        (1234567.5, None, "1,234,567.5"),
        (18, 1, "18.0"),
        (18.25, 1, "18.25"),
        (0, 2, "0.00"),
        (-1234.5, None, "-1,234.5"),
        (0.1 + 0.2, None, "0.3"),
        (1e-15, None, "0.000000000000001"),
        (1e17, None, "100,000,000,000,000,000"),
        (999_999_999_999_999_999, None, "999,999,999,999,999,999"),
    ],
)
def test_digits_are_grouped_padded_and_never_dropped(value: Number, decimals: int | None, text: str) -> None:
    assert digits(value, decimals) == text


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_not_written(value: float) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        digits(value)


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "text"),
    [
        (310000, "vehicles/year", "exact", "310,000 vehicles/year"),
        (2_000_000_000, "CNY", "more than", ">CNY 2,000,000,000"),
        (2_000_000_000, "CNY (cumulative)", "more than", ">CNY 2,000,000,000 (cumulative)"),
        (180_000_000_000, "RMB/year", "exact", "CNY 180,000,000,000/year"),
        (81.9, "%", "exact", "81.9 %"),
        (66.7, "%", "about", "~66.7 %"),
        (300000, "vehicles/year", "at least", "≥300,000 vehicles/year"),
        (-5, "CNY", "at most", "≤CNY -5"),
        (60, "", "less than", "<60"),
    ],
)
def test_exact_text_has_sign_currency_digits_and_unit(
    value: Number, unit: str, qualifier: str, text: str
) -> None:
    assert exact(value, unit, qualifier) == text


def test_exact_text_without_its_unit_keeps_the_currency() -> None:
    assert exact(2e9, "CNY (cumulative)", "more than", with_unit=False) == ">CNY 2,000,000,000"


def test_exact_text_pads_decimals() -> None:
    assert exact(18, "%", decimals=1) == "18.0 %"


def test_plain_text_has_ascii_signs_only() -> None:
    assert [exact(5, "", q, ascii=True) for q in SIGN] == ["5", ">=5", ">5", "~5", "<=5", "<5"]


@settings(max_examples=300, deadline=None)
@given(values(magnitude=18), st.sampled_from(sorted(SIGN)), st.sampled_from(UNITS), st.booleans())
def test_exact_text_reads_back_to_the_same_value_and_qualifier(
    value: Number, qualifier: str, unit: str, plain: bool
) -> None:
    amount = parse_amount(exact(value, unit, qualifier, ascii=plain), unit)
    assert amount == (value, qualifier, False)
    assert type(amount.value) is type(value)


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[a-zA-Z]{1,8}(/[a-z]{1,5}| [a-z(]{1,5})?", fullmatch=True), st.integers(0, 10**6))
def test_every_unit_that_is_accepted_may_follow_its_figures(unit: str, value: int) -> None:
    try:
        parse_unit(unit)
    except InputError:
        return
    assert parse_amount(exact(value, unit), unit).value == value


@pytest.mark.parametrize(
    ("value", "text"), [(360000, "+360,000"), (-5, "-5"), (0, "0"), (0.3, "+0.3"), (-1234.5, "-1,234.5")]
)
def test_a_change_is_written_with_its_sign(value: Number, text: str) -> None:
    assert signed(value) == text


def test_a_reckoned_pace_may_be_rounded() -> None:
    assert signed(359_712.23, figures=3) == "+360,000"


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (0.52, "52.0 %"),
        (1.146, "115 %"),
        (2.17, "217 %"),
        (0.045, "4.5 %"),
        (0, "0.0 %"),
        (1, "100 %"),
        (0.9996, "99.9 %"),
        (-0.1, "-10 %"),
        (-0.023, "-2.3 %"),
        (-0.0001, "0.0 %"),
        (11.46, "1146 %"),
        (123.4, "12340%"),
        (1234.5, "123k %"),
        (98_765.4, "9877k%"),
    ],
)
def test_a_percentage_fits_its_column(fraction: float, text: str) -> None:
    assert percent(fraction) == text


@pytest.mark.parametrize(
    ("fraction", "qualifier", "text"),
    [
        (0.5, "more than", ">50 %"),
        (0.49999999999999994, "at least", "≥50 %"),
        (2 / 3, "at least", "≥66 %"),
        (2 / 3, "at most", "≤67 %"),
        (2 / 3, "about", "~67 %"),
        (0.045, "more than", ">4.5 %"),
        (1.146, "more than", ">114 %"),
    ],
)
def test_a_percentage_from_a_bound_is_rounded_so_that_it_stays_true(
    fraction: float, qualifier: str, text: str
) -> None:
    assert percent(fraction, qualifier) == text


@pytest.mark.parametrize(
    ("fraction", "qualifier", "text"),
    [
        (1.146, "exact", "114.6 %"),
        (-0.1, "exact", "-10.0 %"),
        (0.5, "more than", ">50.0 %"),
        (11.46, "exact", "1,146.0 %"),
    ],
)
def test_with_room_a_percentage_has_one_decimal(fraction: float, qualifier: str, text: str) -> None:
    assert percent(fraction, qualifier, room=12) == text


@pytest.mark.parametrize("qualifier", sorted(SIGN))
def test_plain_percentages_fit_the_same_column(qualifier: str) -> None:
    for fraction in (0, 0.045, 0.52, 0.9996, 2.17, 98.7, -0.023, -0.98):
        text = percent(fraction, qualifier, ascii=True)
        assert text.isascii()
        assert len(text) <= 6


@settings(max_examples=200, deadline=None)
@given(st.floats(-1000, 1000), st.sampled_from(sorted(SIGN)))
def test_a_percentage_is_near_the_fraction_and_on_the_true_side(fraction: float, qualifier: str) -> None:
    text = percent(fraction, qualifier, room=14)
    shown = parse_amount(text, "%").value
    assert shown == pytest.approx(fraction * 100, abs=0.1 + 1e-9)
    if qualifier in ("at least", "more than"):
        assert shown <= fraction * 100 + 1e-6
    if qualifier in ("at most", "less than"):
        assert shown >= fraction * 100 - 1e-6


@given(st.floats(0, 1, exclude_max=True))
def test_what_is_short_of_the_whole_never_reads_100_percent(fraction: float) -> None:
    if round(fraction, 12) < 1:
        assert percent(fraction) != "100 %"
