"""Numbers on a chart's axis of values: which range is shown, round steps in it, and how they are written. Pure."""

from __future__ import annotations

from fractions import Fraction
from math import floor, log10

from gztrack.domain.amounts import Number, Short, short, short_goal
from gztrack.domain.units import Unit
from gztrack.language import numbers
from gztrack.light import lru_cache
from gztrack.services.board.chart_view import ChartPoint, ChartTarget

FROM_ZERO = 0.6
"""Values whose least is below this share of their greatest are shown from zero on."""

PAD = 0.1
"""Room above and below others, as a share of their range."""

TICK_ROOM = 7
"""Cells of a tick's number."""

LABEL_ROOM = 12
"""Cells of the number of a target or reading."""

_STEPS = (1, 2, 5)


def widened(low: Number, high: Number) -> tuple[Fraction, Fraction]:
    """The range to show for the least and the greatest value: from zero on unless that would flatten it."""
    least, most = Fraction(low), Fraction(high)
    if least == most == 0:
        return Fraction(0), Fraction(1)
    if least >= 0 and (least == most or least < most * Fraction(FROM_ZERO)):
        return Fraction(0), most
    if most <= 0 and (least == most or most > least * Fraction(FROM_ZERO)):
        return least, Fraction(0)
    room = (most - least) * Fraction(PAD)
    below = least - room if least < 0 else max(Fraction(0), least - room)
    return below, (most + room if most > 0 else min(Fraction(0), most + room))


def step_of(least: Fraction, *, whole: bool) -> Fraction:
    """The smallest round number that is not smaller."""
    if whole and least <= 1:
        return Fraction(1)
    power = floor(log10(least)) if float(least) > 0 else 0
    step = Fraction(10) ** power
    while step > least:
        step /= 10
    while step < least:
        step = next_step(step)
    return step


def next_step(step: Fraction) -> Fraction:
    """The round number after a round number: 1, 2, 5, 10."""
    power = Fraction(10) ** floor(log10(step) + 1e-9)
    digit = step / power
    return power * next((n for n in (*_STEPS, 10) if n > digit), 20)


def plain(value: Fraction) -> Number:
    """The value as figures are kept."""
    return value.numerator if value.denominator == 1 else float(value)


def bare(unit: Unit) -> Unit:
    """What of a unit stands at each number: a percent sign; a currency is told elsewhere."""
    return unit._replace(currency="", rest="%" if unit.percent else "")


def tick_text(value: Number, unit: Unit, *, ascii: bool = False) -> str:  # noqa: A002
    """The number of a tick: ``1.5 m``, ``20 %``."""
    return _tick_text(value, unit, ascii, numbers())


@lru_cache(maxsize=1 << 10)  # the axes of many charts have the same round numbers
def _tick_text(value: Number, unit: Unit, ascii: bool, numbers: str) -> str:  # noqa: A002, ARG001
    return _joined(short(value, bare(unit), room=TICK_ROOM, scaled=True, ascii=ascii))


def goal_label(
    target: ChartTarget,
    unit: Unit,
    decimals: int | None,
    *,
    ascii: bool = False,  # noqa: A002
) -> str:
    """What is written at the line of a target: ``≥1.5 m``, ``40..60 %``."""
    return _joined(
        short_goal(
            target.value,
            target.high,
            target.comparator,
            bare(unit),
            room=LABEL_ROOM,
            decimals=decimals,
            ascii=ascii,
        )
    )


def point_label(point: ChartPoint, unit: Unit, decimals: int | None) -> str:
    """What is written at a reading: ``1.5 m``, ``>80 %``."""
    return _joined(short(point.value, bare(unit), point.qualifier, room=LABEL_ROOM, decimals=decimals))


def projection_label(value: Number, unit: Unit) -> str:
    """What is written where a projection ends: ``~1.06 m``."""
    return _joined(short(projected(value), bare(unit), "about", room=LABEL_ROOM, scaled=True))


def projected(value: Number) -> Number:
    """A value that a projection leads to, to three figures."""
    number = float(f"{value:.3g}")
    return int(number) if number.is_integer() else number


def _joined(figure: Short) -> str:
    return f"{figure.text} {figure.scale}".rstrip()
