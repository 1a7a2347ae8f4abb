"""Values in Chinese numerals: what is read, and what is refused in which words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gztrack.domain.amounts import GoalAmount, Number, digits, parse_amount, parse_change, parse_goal
from gztrack.errors import InputError

VALUES: list[tuple[str, str, Number]] = [
    ("零", "", 0),
    ("十", "", 10),
    ("十五", "", 15),
    ("一十五", "", 15),
    ("三百", "", 300),
    ("一百零五", "", 105),
    ("一百一十五", "", 115),
    ("一百十五", "", 115),
    ("两千零二", "", 2002),
    ("两万", "", 20_000),
    ("十万", "", 100_000),
    ("二十万", "", 200_000),
    ("二十 万", "", 200_000),
    ("三万五千", "", 35_000),
    ("三万零五十", "", 30_050),
    ("三万零五", "", 30_005),
    ("一千二百亿", "", 120_000_000_000),
    ("一亿二千万", "", 120_000_000),
    ("一亿零二千", "", 100_002_000),
    ("三万二千亿", "", 3_200_000_000_000),
    ("三万亿", "", 3_000_000_000_000),
    ("一万亿零五百万", "", 1_000_005_000_000),
    ("三点五", "", 3.5),
    ("零点零五", "", 0.05),
    ("二十点五万", "", 205_000),
    ("一点二亿", "", 120_000_000),
    ("负三百", "", -300),
    ("负3.5万", "", -35_000),
    ("壹佰贰拾萬", "", 1_200_000),
    ("兩億", "", 200_000_000),
    ("一百〇五", "", 105),
    ("百分之八十", "%", 80),
    ("百分之八十五点五", "%", 85.5),
    ("百分之80.5", "% of GDP", 80.5),
    ("百分之百", "%", 100),
    ("负百分之三", "%", -3),
    ("百分之八十", "", 80),
    ("人民币二十亿元", "CNY", 2_000_000_000),
    ("五亿美元", "USD/year", 500_000_000),
    ("十五辆", "辆", 15),
    ("两百家", "家", 200),
    ("五千瓦", "千瓦", 5),
    ("五千千瓦", "千瓦", 5000),
    ("3千万", "", 30_000_000),
    ("1.5亿", "", 150_000_000),
]


@pytest.mark.parametrize(("text", "unit", "value"), VALUES)
def test_a_chinese_numeral_is_read(text: str, unit: str, value: Number) -> None:
    assert parse_amount(text, unit).value == value


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [("约二十万", "about"), ("超过三百", "more than"), ("近百分之八十", "about"), ("不到十万", "less than")],
)
def test_a_qualifier_stands_before_it(text: str, qualifier: str) -> None:
    assert parse_amount(text).qualifier == qualifier


def test_a_change_and_a_range_take_it_too() -> None:
    assert parse_change("+五千").value == 5000
    assert parse_change("负五千").value == -5000
    assert parse_goal("二十..三十万") == GoalAmount(200_000, 300_000, "between")
    assert parse_goal(">=二十万") == GoalAmount(200_000, None, "at least")


@pytest.mark.parametrize(
    ("text", "unit", "message"),
    [
        ("一千二", "", "ambiguous: write 1,200 or 1,002"),
        ("一百一", "", "ambiguous: write 110 or 101"),
        ("三万五", "", "ambiguous: write 35,000 or 30,005"),
        ("一千二万", "", "ambiguous: write 12,000,000 or 10,020,000"),
        ("一亿二", "", "ambiguous: write 120,000,000 or 100,000,002"),
        ("一亿二千", "", "ambiguous: write 120,000,000 or 100,002,000"),
        ("一千二点五", "", "ambiguous: write 1,200.5 or 1,002.5"),
        ("二〇二五", "", "numerals digit by digit: write 2025"),
        ("三五", "", "numerals digit by digit: write 35"),
        ("百万", "", "a numeral is missing before 百: write 一百万"),
        ("亿", "", "a numeral is missing before 亿: write 一亿"),
        ("二三十", "", "no number in '二三十': type digits, like 310000 or 310k"),
        ("五万万", "", "no number in '五万万': type digits, like 310000 or 310k"),
        ("百千", "", "no number in '百千': type digits, like 310000 or 310k"),
        ("百分之", "%", "no number in '百分之': type digits, like 310000 or 310k"),
        ("百分之百分之五", "%", "no number in '百分之百分之五': type digits, like 310000 or 310k"),
        ("二十多万", "", "'多' leaves it open: write >二十万"),
        ("约20余万", "", "'余' leaves it open: write >20万"),
        ("百分之八十", "辆", "% does not fit: the unit is 辆, type the number alone"),
        ("十五家", "辆", "'家' does not fit: the unit is 辆"),
        ("三点", "", "'点' does not fit: type the number alone"),
        ("九千九百九十九亿亿", "", "no number in '九千九百九十九亿亿': type digits, like 310000 or 310k"),
        ("一千万万亿", "", "no number in '一千万万亿': type digits, like 310000 or 310k"),
    ],
)
def test_what_is_no_numeral_or_two_is_refused_with_what_would_be_right(
    text: str, unit: str, message: str
) -> None:
    with pytest.raises(InputError) as refused:
        parse_amount(text, unit)
    assert str(refused.value) == message


DIGITS = "零一二三四五六七八九"


def section(value: int) -> str:
    """A number below a myriad as it is written."""
    text, gap = "", False
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + sign
        gap = not digit
    return text


def chinese(value: int) -> str:
    """A whole number as it is written: 零 wherever places are left out between two others."""
    if value == 0:
        return "零"
    for size, sign in ((10**8, "亿"), (10**4, "万")):
        if value >= size:
            high, low = divmod(value, size)
            between = "零" if low and low < size // 10 else ""
            return chinese(high) + sign + between + (chinese(low) if low else "")
    return section(value)


@settings(max_examples=500, deadline=None)
@given(st.integers(0, 10**15 - 1) | st.integers(0, 10**6) | st.integers(0, 999).map(lambda n: n * 10**10))
def test_a_whole_number_is_read_as_it_is_written(value: int) -> None:
    text = chinese(value)
    assert parse_amount(text).value == value
    assert parse_amount(text.replace("二千", "两千")).value == value
    assert parse_amount(text.replace("零", "〇")).value == value
    if value:
        assert parse_amount(f"负{text}").value == -value


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="零〇一二两五九十百千万亿点负多百分之元辆5.", max_size=10))
def test_any_row_of_numerals_is_a_value_or_a_refusal_on_one_line(text: str) -> None:
    try:
        said = digits(parse_amount(text, "辆").value)
    except InputError as refused:
        said = str(refused)
    assert said.isprintable()


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="零一二五九十百千万亿", min_size=1, max_size=7))
def test_what_is_read_is_what_its_digits_say_in_order(text: str) -> None:
    """Whatever spelling is taken, no digit is lost and none is moved."""
    try:
        value = parse_amount(text).value
    except InputError:
        return
    typed = [str(DIGITS.index(sign)) for sign in text if sign in DIGITS[1:]]
    if "十" not in text:
        assert [digit for digit in str(value) if digit != "0"] == typed
