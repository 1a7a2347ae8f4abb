"""A figure as a sum that can be read and done again: formula, operands, numbers filled in, result.

Nothing is reckoned here. The result of a sum is the assessment's; the operands stand beside it,
so that whoever doubts it can do the sum on paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from math import isfinite

from gztrack.domain.amounts import exact, percent
from gztrack.domain.grammar.calendar import days_in_month, years
from gztrack.domain.grammar.figures import sign_of, towards
from gztrack.domain.grammar.numerals import Number, from_number, rounded, written
from gztrack.domain.points import Point
from gztrack.domain.reckoning.bounds import Figure
from gztrack.language import ntr, tr
from gztrack.services.explaining.views import Operand, Sum
from gztrack.services.explaining.wording import together, told

Symbols = Mapping[str, Operand]
"""What the symbols of a formula stand for, by name."""

RATIO_PLACES = 4
"""Decimals of a ratio; more where four would show it in another class."""

WIDE = 20
"""Cells for a percentage, so that it always has its decimal."""

_TWICE = re.compile(r"\(\((-[0-9.,]+)\)\)")
_SYMBOL = re.compile(r"years\([^)]*\)|[A-Za-z_][A-Za-z_0-9]*")


def stated(name: str, point: Point) -> Operand:
    """A figure that a reading, or an explicit baseline, states."""
    fact = point.id.removesuffix("/baseline")
    return Operand(name, point.value, _filled(point.value, point.qualifier), point.qualifier, fact)


def given(name: str, value: Number, fact: str = "") -> Operand:
    """A number that is exactly what it is: a target, a sign."""
    return Operand(name, value, _filled(value), fact=fact)


def reckoned(name: str, value: float, qualifier: str = "exact") -> Operand:
    """The result of an earlier sum, filled in with enough digits to go on with."""
    text = _trimmed(decimal(value, 6, qualifier))
    return Operand(name, value, f"({text})" if value < 0 else text, qualifier)


def duration(name: str, start: date, end: date) -> Operand:
    """The time between two dates in years: whole anniversaries and the days left over."""
    return Operand(name, years(start, end), years_text(start, end))


def years_text(start: date, end: date) -> str:
    """The years between two dates as one counts them: ``2``, ``(1 + 92/366)``, ``(92/366)``."""
    if end < start:
        return f"(-{years_text(end, start)})"
    whole = end.year - start.year
    if _anniversary(start, whole) > end:
        whole -= 1
    last, following = _anniversary(start, whole), _anniversary(start, whole + 1)
    days = (end - last).days
    if not days:
        return str(whole)
    part = f"{days}/{(following - last).days}"
    return f"({whole} + {part})" if whole else f"({part})"


def _anniversary(day: date, count: int) -> date:
    year = day.year + count
    return date(year, day.month, min(day.day, days_in_month(year, day.month)))


def _filled(value: Number, qualifier: str = "exact") -> str:
    text = exact(value, "", qualifier)
    return f"({text})" if value < 0 else text


def made(
    name: str,
    label: str,
    formula: str,
    symbols: Symbols,
    value: Number | date,
    shown: str,
    *,
    qualifier: str = "exact",
    note: str = "",
) -> Sum:
    """A sum with its result.

    Args:
        name: Stable key.
        label: What people call the figure, in English.
        formula: In symbols; those that ``symbols`` has become its operands.
        symbols: What they stand for.
        value: The result, from the assessment.
        shown: The result as text.
        qualifier: Of the result.
        note: One plain remark.
    """
    used = {word: symbols[word] for word in _SYMBOL.findall(formula) if word in symbols}
    bounds = [operand.name for operand in used.values() if operand.qualifier != "exact"]
    if qualifier != "exact" and bounds and not note:
        names = together(map(told, bounds))
        if qualifier == "about":
            note = ntr(
                "about right, since {names} is", "about right, since {names} are", len(bounds), names=names
            )
        else:
            note = ntr("a bound, since {names} is", "a bound, since {names} are", len(bounds), names=names)
    return Sum(
        name,
        label,
        formula,
        tuple(used.values()),
        _filled_in(formula, used),
        value,
        shown,
        qualifier,
        note=note,
    )


def _filled_in(formula: str, used: Symbols) -> str:
    """The formula with the numbers in place of the symbols."""
    text = _SYMBOL.sub(lambda found: used[found[0]].text if found[0] in used else found[0], formula)
    return _TWICE.sub(r"(\1)", text)


def refused(name: str, label: str, formula: str, reason: str) -> Sum:
    """A figure that is not given, and why."""
    return Sum(name, label, formula, refused=reason)


def share(
    name: str, label: str, formula: str, symbols: Symbols, figure: Figure | None, refusals: Mapping[str, str]
) -> Sum:
    """A fraction: attainment, path or time, with its percentage."""
    if figure is None:
        return refused(name, label, formula, refusals.get(name, ""))
    value, qualifier = figure.value, figure.qualifier
    text = f"{decimal(value, RATIO_PLACES, qualifier)} ({percent(value, qualifier, room=WIDE)})"
    return made(name, label, formula, symbols, value, text, qualifier=qualifier)


def amount(
    name: str,
    label: str,
    formula: str,
    symbols: Symbols,
    value: float | None,
    refusals: Mapping[str, str],
    *,
    qualifier: str = "exact",
    unit: str = "",
    note: str = "",
) -> Sum:
    """A figure in the indicator's unit, or one of its changes a year."""
    if value is None:
        return refused(name, label, formula, refusals.get(name, ""))
    text = f"{result(value, qualifier)}{unit}"
    return made(name, label, formula, symbols, value, text, qualifier=qualifier, note=note)


def time_between(name: str, label: str, formula: str, start: date, end: date) -> Sum:
    """How long it is from one day to another."""
    first, last = formula.removeprefix("years(").removesuffix(")").split(", ")
    ends = Operand(first, start, start.isoformat()), Operand(last, end, end.isoformat())
    value = years(start, end)
    text = years_text(start, end)
    filled = text[1:-1] if text.startswith("(") and "+" in text else text
    shown = filled if value.is_integer() else decimal(value, 4)
    return Sum(
        name, label, formula, ends, filled, value, shown, note=tr("{first} to {last}", first=start, last=end)
    )


def result(value: Number, qualifier: str = "exact") -> str:
    """A reckoned figure for display: whole where it is, else with two to six decimals."""
    size = abs(value)
    if not isfinite(value):
        return tr("beyond any number")
    if float(value).is_integer() and size < 1e15:
        return sign_of(qualifier) + exact(int(value), "")
    places = 2 if size >= 1000 else 4 if size >= 0.1 else 6
    return _trimmed(decimal(value, places, qualifier))


def _trimmed(text: str) -> str:
    """Without the zeros that fill up its decimals."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimal(value: float, places: int, qualifier: str = "exact") -> str:
    """A number with so many decimals, more where it is small; a bound keeps to the side on which it is true."""
    if not isfinite(value):
        return tr("beyond any number")
    number = from_number(float(value), 12)
    places += min(9, max(0, -number.magnitude)) if number.coefficient else 0
    return sign_of(qualifier) + written(rounded(number, -places, towards(qualifier)), places)
