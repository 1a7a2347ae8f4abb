"""Exact decimal numbers as ``coefficient * 10**exponent``: read, scaled, rounded, written.

Values are typed in decimals, so their scaling ("1.1m") and rounding happen in decimals too, on
whole numbers; a float is made at the very end, from at most fifteen digits, which is what a
double keeps without loss. (``decimal`` would do all this and costs more to import than ``log``
may spend.)
"""

from __future__ import annotations

from gztrack.domain.grammar.folding import all_digits
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple

Number = int | float
"""A value as it is kept: int when it is whole, else float."""

MAX_DIGITS = 15
"""Significant digits that a value may have."""

MAX_MAGNITUDE = 18
"""Values stay below ten to this power."""

MAX_DECIMALS = 15
"""Places after the decimal point that a value may have."""


class Numeral(NamedTuple):
    """The number ``coefficient * 10**exponent``, without trailing zeros in the coefficient."""

    coefficient: int
    exponent: int

    @property
    def magnitude(self) -> int:
        """How many digits stand before the decimal point; zero or less below 0.1."""
        return len(str(abs(self.coefficient))) + self.exponent

    @property
    def figures(self) -> int:
        """How many significant digits it takes to write."""
        return len(str(abs(self.coefficient)))

    @property
    def decimals(self) -> int:
        """How many places it takes after the decimal point."""
        return max(0, -self.exponent)


def numeral(coefficient: int, exponent: int = 0) -> Numeral:
    """Builds a numeral in its one normal form."""
    if coefficient == 0:
        return Numeral(0, 0)
    if coefficient % 10:
        return Numeral(coefficient, exponent)
    written = str(coefficient)
    bare = written.rstrip("0")
    return Numeral(int(bare), exponent + len(written) - len(bare))


def from_number(value: Number, figures: int = MAX_DIGITS) -> Numeral:
    """Takes a number apart.

    A whole number keeps every digit. A float is read at ``figures`` significant digits: what
    lies beyond fifteen was never typed and is noise of binary arithmetic.

    Raises:
        ValueError: The value is NaN or infinite.
    """
    if isinstance(value, int):
        return numeral(value)
    if value - value != 0:  # infinity, or no number: `math` is not worth loading for that
        raise ValueError(f"not a finite number: {value}")
    mantissa, _, power = format(value, f".{figures - 1}e").partition("e")
    return numeral(int(mantissa.replace(".", "")), int(power) - (figures - 1))


def to_number(typed: Numeral) -> Number:
    """Makes the number that is kept.

    Raises:
        InputError: More digits, more decimals or a larger value than can be kept exactly.
    """
    if typed.magnitude > MAX_MAGNITUDE:
        raise InputError(tr("too large: values stay below 1,000,000 trillion"))
    if typed.figures > MAX_DIGITS:
        raise InputError(tr("more than {most} significant digits: round it", most=MAX_DIGITS))
    if typed.decimals > MAX_DECIMALS:
        raise InputError(tr("more than {most} decimals: round it", most=MAX_DECIMALS))
    if typed.exponent >= 0:
        return int(f"{typed.coefficient}{'0' * typed.exponent}")
    return float(f"{typed.coefficient}e{typed.exponent}")


def shifted(number: Numeral, places: int) -> Numeral:
    """Multiplies by a power of ten."""
    return Numeral(number.coefficient, number.exponent + places) if number.coefficient else number


def rounded(number: Numeral, exponent: int, towards: str = "nearest") -> Numeral:
    """Rounds to a multiple of ``10**exponent``.

    Args:
        number: What to round.
        exponent: The last place kept: -1 keeps tenths, 3 thousands.
        towards: ``nearest`` (halves away from zero), ``down`` or ``up`` the number line.
    """
    surplus = exponent - number.exponent
    if surplus <= 0:
        return number
    step: int = 10**surplus
    if towards == "down":
        kept = number.coefficient // step
    elif towards == "up":
        kept = -(-number.coefficient // step)
    else:
        kept = (abs(number.coefficient) + step // 2) // step
        kept = -kept if number.coefficient < 0 else kept
    return numeral(kept, exponent)


def written(number: Numeral, decimals: int = 0, *, grouped: bool = True) -> str:
    """Writes every digit, never an exponent.

    Args:
        number: What to write.
        decimals: Places to fill up with zeros; more are written where the number has them.
        grouped: Whether commas part the thousands.
    """
    if number.exponent >= 0 and not decimals:
        shown = number.coefficient * 10**number.exponent
        return f"{shown:,}" if grouped else f"{shown}"
    places = number.decimals
    digits = str(abs(number.coefficient) * 10 ** max(0, number.exponent)).rjust(places + 1, "0")
    whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
    fraction = fraction.ljust(decimals, "0")
    sign = "-" if number.coefficient < 0 else ""
    return sign + (f"{int(whole):,}" if grouped else whole) + (f".{fraction}" if fraction else "")


def read(text: str, power: str = "") -> Numeral:
    """Reads digits with optional groups of three and a decimal point.

    Args:
        text: Digits, points, commas and underscores, at least one digit, no sign.
        power: The digits of a power of ten after ``e``, signed or not; empty for none.

    Raises:
        InputError: A group that is none, two decimal points, a decimal comma.
    """
    whole, point, fraction = text.partition(".")
    if "." in fraction:
        raise InputError(_points(text))
    if "," in fraction or "_" in fraction:
        loose = text.replace("_", "")
        swapped = loose.replace(".", "").replace(",", ".", 1)
        raise InputError(tr("ambiguous: write {one} or {other}", one=swapped, other=loose.replace(",", "")))
    groups = whole.replace("_", ",").split(",")
    if len(groups) > 1:
        _check_groups(groups, whole, point + fraction)
    exponent = int(power or "0") - len(fraction)
    return numeral(int("".join(groups) + fraction), exponent)


def _points(text: str) -> str:
    """The message for a second point: grouping as on the continent, or a slip."""
    groups = text.split(".")
    if all(all_digits(group) for group in groups) and all(len(group) == 3 for group in groups[1:]):
        return tr("points do not group digits: write {right}", right=",".join(groups))
    return tr("one decimal point at most: write 1234.5 or 1,234.5")


def _check_groups(groups: list[str], whole: str, fraction: str) -> None:
    """Refuses groups that are not thousands, with what could have been meant.

    Raises:
        InputError: A group has not three digits, or two kinds of separators are mixed.
    """
    first, *others = groups
    if "," in whole and "_" in whole:
        right = "".join(groups) + fraction
        raise InputError(tr("two kinds of separators: write {right}", right=right))
    thousands = all(len(group) == 3 for group in others) and 1 <= len(first) <= 3
    if thousands and not first.startswith("0"):
        return
    joined = int("".join(groups) or "0")
    if len(groups) == 2 and "," in whole and not fraction and all(groups):
        point = f"{first}.{others[0]}"
        raise InputError(tr("ambiguous: write {one} or {other}", one=point, other=joined))
    right = f"{joined:,}{fraction}"
    raise InputError(tr("digits go in threes: write {right}", right=right))
