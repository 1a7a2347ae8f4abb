"""Figures in full: exact text that reads back to the same value, changes, percentages.

Exact text has all digits and never an exponent. How a figure is fitted into a column is told in
`gztrack.domain.grammar.shortening`.
"""

from __future__ import annotations

from gztrack.domain.grammar import numerals, scales
from gztrack.domain.grammar.numerals import Number
from gztrack.domain.grammar.qualifiers import LOWER_BOUNDS, SIGN, SIGN_ASCII, UPPER_BOUNDS
from gztrack.domain.units import Unit, as_unit, typeset
from gztrack.language import numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PERCENT_CELLS = 6
"""Width of the board's percent column: ``52.0 %``, ``>50 %``, ``217 %``."""

ROUND_FROM, ROUND_FIGURES = 8, 6
"""In myriads: the power of ten from which, and the significant digits up to which, a figure goes by scale."""

_WHOLE = numerals.numeral(100)
_PERCENT_FORMS: tuple[tuple[int, int, str], ...] = ((0, 1, " %"), (0, 0, " %"), (0, 0, "%"))
"""Scale, decimals, end of the text: from the fullest to the shortest; those by scale follow."""


def digits(value: Number, decimals: int | None = None) -> str:
    """Writes a number in full: ``1,234,567.5``.

    Args:
        value: Any finite number; a float is written at 15 significant digits.
        decimals: Places filled up with zeros (``18.0``); more are written where there are more.

    Raises:
        ValueError: The value is NaN or infinite.
    """
    if isinstance(value, int) and not decimals:
        return f"{value:,}"
    return numerals.written(numerals.from_number(value), decimals or 0)


def signed(value: Number, decimals: int | None = None, *, figures: int | None = None) -> str:
    """Writes a change with its sign: ``+360,000``, ``-5``, ``0``.

    Args:
        value: Any finite number.
        decimals: As in `digits`.
        figures: Significant figures to round to, for paces that were reckoned, not stated.
    """
    number = numerals.from_number(value)
    if figures is not None:
        number = numerals.rounded(number, number.magnitude - figures)
    return ("+" if number.coefficient > 0 else "") + numerals.written(number, decimals or 0)


def exact(
    value: Number,
    unit: str | Unit,
    qualifier: str = "exact",
    *,
    with_unit: bool = True,
    decimals: int | None = None,
    ascii: bool = False,  # noqa: A002
) -> str:
    """Writes a figure that `parse_amount` reads back to the same value and qualifier.

    Args:
        value: A value as it is kept.
        unit: The indicator's unit; empty for the bare number.
        qualifier: One of the words of `SIGN`.
        with_unit: Whether the unit follows; a currency stands in front all the same.
        decimals: As in `digits`.
        ascii: Whether ``>=`` stands for ``≥``.

    Returns:
        ``310,000 vehicles/year``, ``>CNY 2,000,000,000``, ``~66.7 %``; where numbers are written in myriads, what
        is large and round goes by scale: ``>20 亿元``, ``1.5 亿辆/年``.
    """
    return _exact((value,), as_unit(unit), sign_of(qualifier, ascii=ascii), decimals, with_unit, ascii)


def exact_goal(
    value: Number,
    high: Number | None,
    comparator: str,
    unit: str | Unit,
    *,
    with_unit: bool = True,
    decimals: int | None = None,
    ascii: bool = False,  # noqa: A002
) -> str:
    """Writes a goal that `parse_goal` reads back: ``≥300,000 vehicles/year``, ``40..60 %``.

    Args:
        value: The limit, or the lower one of two.
        high: The upper limit of ``between``, else None.
        comparator: A qualifier or ``between``; empty writes no sign.
        unit: The indicator's unit.
        with_unit: As in `exact`.
        decimals: As in `digits`.
        ascii: As in `exact`.
    """
    if high is None:
        return exact(value, unit, comparator or "exact", with_unit=with_unit, decimals=decimals, ascii=ascii)
    return _exact((value, high), as_unit(unit), "", decimals, with_unit, ascii)


def currency_heads(unit: Unit, *, ascii: bool = False) -> tuple[str, ...]:  # noqa: A002
    """How a unit's currency stands before a number, the fullest way first: ``CNY`` and a blank, or ¥ in Chinese."""
    if not unit.currency:
        return ()
    if unit.currency == "CNY" and numbers() == "zh" and not ascii:
        return ("¥",)
    return (f"{unit.currency} ", unit.currency)


def _exact(
    values: tuple[Number, ...],
    unit: Unit,
    sign: str,
    decimals: int | None,
    with_unit: bool,
    ascii: bool,  # noqa: A002
) -> str:
    """Puts sign and currency before the numbers, and the rest of the unit behind them."""
    rest = typeset(unit.rest) if with_unit else ""
    if scales.counts_in_myriads() and not ascii:
        scale, number = _by_scale(values, decimals)
        counted = scale + ("元" if unit.currency == "CNY" else "")
        apart = " " if counted and rest[:1].isascii() and not rest.startswith("/") else ""
        unit_words = counted + (apart + rest).rstrip()
        head = "" if unit.currency == "CNY" else next(iter(currency_heads(unit)), "")
        return sign + head + number + _gap(unit_words) + unit_words
    text = sign + next(iter(currency_heads(unit, ascii=ascii)), "") + _in_full(values, decimals)
    return text + _gap(rest) + rest


def _in_full(values: tuple[Number, ...], decimals: int | None) -> str:
    return "..".join([digits(value, decimals) for value in values])


def _by_scale(values: tuple[Number, ...], decimals: int | None) -> tuple[str, str]:
    """Scale and numbers: by 亿 or 万亿 what is large and round, everything else in full without a scale.

    Nobody counts eleven zeros, and nobody wants a count of 310,125 cars as 31.0125 万.
    """
    exact_numbers = [numerals.from_number(value) for value in values]
    largest = max(number.magnitude for number in exact_numbers)
    power = next((power for power in scales.shown() if largest > power), 0)
    if power < ROUND_FROM or any(number.figures > ROUND_FIGURES for number in exact_numbers):
        return "", _in_full(values, decimals)
    return scales.short_for(power), "..".join(
        numerals.written(numerals.shifted(n, -power)) for n in exact_numbers
    )


def _gap(words: str) -> str:
    """What stands between a number and its unit."""
    return "" if not words or words.startswith(("/", "（")) else " "


def sign_of(qualifier: str, *, ascii: bool = False) -> str:  # noqa: A002
    """The sign of a qualifier, glued to the figure."""
    return (SIGN_ASCII if ascii else SIGN)[qualifier]


def towards(qualifier: str) -> str:
    """Which way a figure may be rounded so that a bound stays true."""
    return "down" if qualifier in LOWER_BOUNDS else "up" if qualifier in UPPER_BOUNDS else "nearest"


def percent(
    fraction: float,
    qualifier: str = "exact",
    *,
    room: int = PERCENT_CELLS,
    ascii: bool = False,  # noqa: A002
) -> str:
    """Writes a fraction as a percentage: one decimal where it fits, else none, else a scale.

    A bound is rounded to the side on which it stays true, and what is short of the whole never
    reads ``100 %``.

    Args:
        fraction: 0.52 for 52 %; negative or above one as it comes.
        qualifier: Whether the fraction is a bound or approximate.
        room: Cells to fit in; a wide one gives one decimal always (``114.6 %``).
        ascii: Whether ``>=`` stands for ``≥``.

    Returns:
        ``52.0 %``, ``>50 %``, ``115 %``, ``4.5 %``, ``-10 %``, ``12k %``.

    Raises:
        ValueError: The fraction is NaN or infinite.
    """
    # Twelve digits, so that a quotient like 0.49999999999999994 is the half that it stands for.
    number = numerals.shifted(numerals.from_number(float(fraction), 12), 2)
    sign = sign_of(qualifier, ascii=ascii)
    text = ""
    for power, decimals, end in _percent_forms():
        if power and number.magnitude <= power:
            break
        scaled = numerals.shifted(number, -power)
        way = towards(qualifier)
        kept = numerals.rounded(scaled, -decimals, way)
        if kept == _WHOLE and number.magnitude < 3 and way == "nearest":
            kept = numerals.rounded(scaled, -decimals, "down")
        text = sign + numerals.written(kept, decimals, grouped=decimals > 0)
        text += (scales.short_for(power) if power else "") + end
        if scales.cells(text) <= room:
            break
    return text


def _percent_forms() -> Iterator[tuple[int, int, str]]:
    """Scale, decimals and end of each form; those by scale from the smallest."""
    yield from _PERCENT_FORMS
    for power in sorted(scales.shown()):
        yield power, 0, " %"
        if power < 6:
            yield power, 0, "%"
