"""The guard asks about values and periods that are probably a slip, and names the slip."""

from __future__ import annotations

from datetime import date

import pytest

from gztrack.domain.guard import Beside, period_slip, value_slip

LAST = Beside(91_700, "91,700 in 2023")


@pytest.mark.parametrize(
    ("value", "last"), [(3.0, 0.3), (0.3, 3.0), (1.1, 0.11), (0.007, 0.07), (7e-9, 7e-8)]
)
def test_a_float_s_tail_hides_no_zero_too_many(value: float, last: float) -> None:
    assert "a zero too" in value_slip(value, Beside(last, str(last)), rate=False)


@pytest.mark.parametrize("value", [91_700, 9_171, 916_999, 50_000, -91_700, 0])
def test_less_than_ten_times_off_nothing_is_asked(value: float) -> None:
    assert value_slip(value, LAST, rate=False) == ""


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (917_000, "10 times the last value (91,700 in 2023); a zero too many?"),
        (9_170, "1/10 of the last value (91,700 in 2023); a zero too few?"),
        (917_001, "10 times the last value (91,700 in 2023). Is that right?"),
        (1_192_100, "13 times the last value (91,700 in 2023). Is that right?"),
        (917_000_000, "10,000 times the last value (91,700 in 2023); 万 and 亿 mixed up?"),
        (91_700_000, "1,000 times the last value (91,700 in 2023); k and m, or m and bn mixed up?"),
        (91.7, "1/1,000 of the last value (91,700 in 2023); k and m, or m and bn mixed up?"),
        (9, "1/10,189 of the last value (91,700 in 2023); 万 and 亿 mixed up?"),
    ],
)
def test_ten_times_off_and_more_is_asked_about(value: float, says: str) -> None:
    assert value_slip(value, LAST, rate=False) == says


@pytest.mark.parametrize(
    ("value", "beside", "says"),
    [
        (-5, Beside(640, "640 in 2025"), "below zero, and the last value was 640 in 2025. Is that right?"),
        (-64e6, Beside(640, "640 in 2025"), "below zero, and the last value was 640 in 2025. Is that right?"),
        (5, Beside(-640, "-640 in 2025"), "above zero, and the last value was -640 in 2025. Is that right?"),
        (-1, Beside(300, "300", target=True), "below zero, and the target is 300. Is that right?"),
        (-64, Beside(640, "640 in 2025"), "below zero, and the last value was 640 in 2025. Is that right?"),
        (-65, Beside(640, "640 in 2025"), ""),
        (-5, Beside(-640, "-640 in 2025"), "1/128 of the last value (-640 in 2025). Is that right?"),
    ],
)
def test_on_the_other_side_of_zero_no_times_are_told(value: float, beside: Beside, says: str) -> None:
    assert value_slip(value, beside, rate=False) == says


@pytest.mark.parametrize(("value", "asked"), [(131.9, False), (132.0, True), (31.9, False), (31.8, True)])
def test_rates_are_measured_in_points(value: float, asked: bool) -> None:
    assert bool(value_slip(value, Beside(81.9, "81.9 in 2019"), rate=True)) == asked


def test_nothing_is_held_against_zero_or_against_nothing() -> None:
    assert value_slip(1e9, Beside(0, "0 in 2019"), rate=False) == ""
    assert value_slip(1e9, None, rate=False) == ""


@pytest.mark.parametrize(
    ("value", "asked"), [(3_000, True), (3_001, False), (29_999_999, False), (30_000_000, True)]
)
def test_without_a_reading_a_hundred_times_the_target_is_asked_about(value: float, asked: bool) -> None:
    question = value_slip(value, Beside(300_000, "300,000", target=True), rate=False)
    assert bool(question) == asked
    assert not asked or "the target (300,000)" in question


@pytest.mark.parametrize(("end", "asked"), [(date(2026, 11, 24), False), (date(2026, 11, 25), True)])
def test_a_period_that_ends_after_today_is_asked_about(end: date, asked: bool) -> None:
    assert bool(period_slip("2026", end, date(2026, 11, 24))) == asked
