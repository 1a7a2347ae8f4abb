"""Values as people type them: ``310k``, ``>CNY 2 bn``, 31万, ``over 10,000``, ``-3.2 %``.

The grammar is a qualifier, a sign, a currency, a number, a scale, a currency again and the
indicator's own unit; all but the number may be missing, and blanks are free. What cannot be
meant in one way only is refused with what would be right.
"""

from __future__ import annotations

from gztrack.domain.grammar import currencies, numerals, qualifiers, scales
from gztrack.domain.grammar.figures import (
    digits,
    exact,
    exact_goal,
    percent,
    signed,
)
from gztrack.domain.grammar.folding import fold, is_digit, quoted
from gztrack.domain.grammar.numerals import Number, Numeral
from gztrack.domain.grammar.qualifiers import SIGN, SIGN_ASCII
from gztrack.domain.units import Unit, as_unit, follows
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gztrack.domain.grammar.shortening import Short, short, short_goal

__all__ = [
    "SIGN",
    "SIGN_ASCII",
    "Amount",
    "GoalAmount",
    "Number",
    "Short",
    "digits",
    "exact",
    "exact_goal",
    "parse_amount",
    "parse_change",
    "parse_goal",
    "percent",
    "short",
    "short_goal",
    "signed",
]

_PER_CENT = "百分之"
_AND_MORE = ("多", "余")
_QUOTES = tuple("\"'“”„‟‘’‚「」『』")

LONGEST = 200
"""Characters of input that are looked at; no figure needs as many."""


def __getattr__(name: str) -> object:
    """Hands on what fits figures into columns, loaded on first use: ``log`` does without."""
    if name in ("Short", "short", "short_goal"):
        from gztrack.domain.grammar import shortening

        return getattr(shortening, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class Amount(NamedTuple):
    """A figure that was typed.

    Attributes:
        value: int when it is whole, else float; at most 15 significant digits.
        qualifier: ``exact``, ``at least``, ``more than``, ``about``, ``at most``, ``less than``.
        relative: Whether it is a change of the last reading (``--by``).
    """

    value: Number
    qualifier: str
    relative: bool


class GoalAmount(NamedTuple):
    """What a goal aims at.

    Attributes:
        value: The limit, or the lower one of two.
        high: The upper limit of ``between``, else None.
        comparator: A qualifier, ``between``, or empty when none was typed.
    """

    value: Number
    high: Number | None
    comparator: str


class Typed(NamedTuple):
    """A figure as it was typed, before limits are checked and a float is made."""

    number: Numeral
    qualifier: str
    sign: str
    power: int | None

    def scaled(self) -> Numeral:
        """The number with its scale multiplied in."""
        return numerals.shifted(self.number, self.power or 0)


def parse_amount(text: str, unit: str | Unit = "") -> Amount:
    """Reads one value.

    Args:
        text: As typed or pasted; not cleaned before, for a no-break blank may group digits.
        unit: The indicator's unit; without one any currency or percent sign is let pass.

    Raises:
        InputError: The text is no one value of this unit; the message says what would be right.
    """
    unit = as_unit(unit)
    typed = taken_apart(text, unit)
    return Amount(_standing(typed, unit), typed.qualifier or "exact", False)


def parse_change(text: str, unit: str | Unit = "") -> Amount:
    """Reads a change of the last reading, for ``--by``: ``+5000``, ``-5k``; unsigned is upwards.

    Raises:
        InputError: The text is no one value of this unit, or carries a qualifier.
    """
    typed = taken_apart(text, as_unit(unit))
    value = numerals.to_number(typed.scaled())
    if typed.qualifier:
        raise InputError(
            tr(
                "a change takes no {qualifier}: write {right}",
                qualifier=quoted(tr(typed.qualifier)),
                right=signed(value),
            )
        )
    return Amount(value, "exact", True)


def parse_goal(text: str, unit: str | Unit = "") -> GoalAmount:
    """Reads what a goal aims at: ``>=1.5m``, ``40..60``, ``between 1 and 2 bn``.

    In a range a scale behind the upper limit counts for both (``1..2bn``), unless that would
    turn the range round (``500..1k``).

    Raises:
        InputError: The text is no value and no range of this unit.
    """
    unit = as_unit(unit)
    low, high = _limits(fold(text, groups=True))
    if not high:
        typed = taken_apart(text, unit)
        return GoalAmount(_standing(typed, unit), None, typed.qualifier)
    first, last = taken_apart(low, unit), taken_apart(high, unit)
    if first.qualifier or last.qualifier:
        raise InputError(tr("a range takes no qualifier: write 40..60"))
    if first.power is None and numerals.to_number(first.number) < numerals.to_number(last.number):
        first = first._replace(power=last.power)
    value, limit = numerals.to_number(first.scaled()), numerals.to_number(last.scaled())
    if value >= limit:
        if value == limit:
            raise InputError(tr("the lower limit comes first: write two different limits"))
        right = f"{digits(limit)}..{digits(value)}"
        raise InputError(tr("the lower limit comes first: write {right}", right=right))
    return GoalAmount(value, limit, "between")


def _standing(typed: Typed, unit: Unit) -> Number:
    """The value of a figure that stands for itself.

    Raises:
        InputError: It cannot be kept, or a plus sign marks it as a change; growth in percent
            is often written with one and means no change.
    """
    value = numerals.to_number(typed.scaled())
    if typed.sign == "+" and unit.text and not unit.percent:
        raise InputError(tr("'+' marks a change (--by): write {right}", right=digits(value)))
    return value


def _limits(text: str) -> tuple[str, str]:
    """Parts a range; the second limit is empty where there is none.

    Raises:
        InputError: One limit is missing, or a hyphen stands between two numbers.
    """
    low, dots, high = text.partition("..")
    if not dots and text[:8].lower() == "between ":
        low, dots, high = text[8:].partition(" and ")
    if not dots and any(map(is_digit, text.partition(" to ")[0])):
        low, dots, high = text.partition(" to ")
    if dots and (not low.strip() or not high.strip() or high.startswith(".")):
        raise InputError(tr("a range has two limits: write 40..60"))
    if not dots:
        before, hyphen, after = text.rstrip().partition("-")
        if hyphen and is_digit(before.rstrip(" %")[-1:]) and is_digit(after.lstrip()[:1]):
            raise InputError(tr("a hyphen makes no range: write {right}", right="40..60"))
    return (low, high) if dots else (text, "")


def taken_apart(text: str, unit: Unit) -> Typed:
    """Reads one figure, its limits not checked.

    Raises:
        InputError: The text is none, or does not fit the unit.
    """
    if len(text) > LONGEST:
        raise InputError(tr("too long for one number: type digits, like 310000"))
    folded = fold(text, groups=True)
    if not folded:
        raise InputError(tr("empty: type a number, like 310000 or 310k"))
    qualifier, rest = qualifiers.leading(folded)
    if qualifier and qualifiers.leading(rest)[0]:
        raise InputError(tr("two qualifiers: keep one, like >10000"))
    sign, rest = _sign(rest)
    currency, length = currencies.leading(rest, unit.currency)
    rest = rest[length:].lstrip()
    if not sign:
        sign, rest = _sign(rest)
    number, tail = _number(rest, folded, unit)
    if tail[:1] in _AND_MORE and not follows(tail, unit):
        right = f">{rest.replace(tail[0], '', 1)}"
        raise InputError(tr("{word} leaves it open: write {right}", word=quoted(tail[0]), right=right))
    if sign == "-":
        number = Numeral(-number.coefficient, number.exponent)
    power = _read_tail(tail, unit, currency)
    return Typed(number, qualifier, sign, power)


def _sign(text: str) -> tuple[str, str]:
    """Takes a plus or minus off the front."""
    if text[:1] == "负":
        text = "-" + text[1:]
    return (text[0], text[1:].lstrip()) if text[:1] in ("+", "-") else ("", text)


def _number(text: str, whole: str, unit: Unit) -> tuple[Numeral, str]:
    """Takes the number off the front.

    Args:
        text: What is left of the input, starting with the number.
        whole: All of the input, for messages.
        unit: The indicator's unit.

    Returns:
        The number and what follows it, without blanks in front.

    Raises:
        InputError: There is no number, or it is ambiguous.
    """
    if text.startswith(_PER_CENT):
        number, tail = _of_a_hundred(text[len(_PER_CENT) :].lstrip(), whole, unit)
        return number, f"%{tail}"
    if not text[:1].isascii():
        # Loaded where there is one: most figures are typed in digits.
        from gztrack.domain.grammar import chinese

        if chinese.starts(text):
            return chinese.read(text, unit)
    end = 0
    while end < len(text) and (is_digit(text[end]) or text[end] in ".,_"):
        end += 1
    run = text[:end]
    if not any(map(is_digit, run)):
        raise InputError(_no_number(text, whole))
    if ".." in run:
        raise InputError(tr("a range is no value: type one number"))
    power = _exponent(text[end:])
    tail = text[end + len(power) :].lstrip()
    if len(power) > 6:
        raise InputError(tr("the exponent is out of range: write 3.1e5"))
    return numerals.read(run, power[1:]), tail


def _of_a_hundred(text: str, whole: str, unit: Unit) -> tuple[Numeral, str]:
    """Takes what stands behind 百分之 off the front: 八十, 80, and 百 for all of it.

    Raises:
        InputError: There is no number.
    """
    if text.startswith(_PER_CENT):
        raise InputError(_no_number(text, whole))
    return _number(f"一{text}" if text.startswith("百") else text, whole, unit)


def _exponent(text: str) -> str:
    """The power of ten at the start of a text, with its ``e``; empty where there is none."""
    if text[:1] not in ("e", "E"):
        return ""
    end = 2 if text[1:2] in ("+", "-") else 1
    first = end
    while is_digit(text[end : end + 1]):
        end += 1
    return text[:end] if end > first else ""


def _no_number(text: str, whole: str) -> str:
    """The message for an input without digits where digits should stand."""
    word = text.strip().lower()
    if word[:1] in _QUOTES:
        return tr("{sign} is a quotation mark: type the number without it", sign=quoted(word[:1]))
    if word in ("nan", "na", "n/a", "null", "none"):
        return tr("{text} is no value: type a number, or log nothing", text=quoted(whole))
    if word in ("inf", "infinity", "∞", "infinite"):
        return tr("infinity is no value: type a number")
    return tr("no number in {text}: type digits, like 310000 or 310k", text=quoted(whole))


def _read_tail(tail: str, unit: Unit, currency: str) -> int | None:
    """Reads what follows the number: scale, currency and unit, in any sensible order.

    Args:
        tail: What is left of the input.
        unit: The indicator's unit.
        currency: ISO code that stood in front, or empty.

    Returns:
        The power of ten of the scale, or None where there is none.

    Raises:
        InputError: Something does not fit.
    """
    power: int | None = None
    while tail and not follows(tail, unit):
        found, length = _scale(tail)
        if found is not None:
            if power is not None:
                raise InputError(tr("two scales: keep one, like 310k"))
            power = found
        else:
            code, length = currencies.leading(tail, unit.currency)
            if code:
                if currency and currency != code:
                    raise InputError(
                        tr(
                            "two currencies, {one} and {other}: keep one",
                            one=currencies.called(currency),
                            other=currencies.called(code),
                        )
                    )
                currency = code
            else:
                length = _percent(tail, unit)
        tail = tail[length:].lstrip()
    if currency and unit.text and currency != unit.currency:
        raise InputError(
            tr(
                "{what} does not fit: the unit is {unit}, convert it first",
                what=currencies.called(currency),
                unit=unit.told,
            )
            if unit.currency
            else tr(
                "{what} does not fit: the unit is {unit}, type the number alone",
                what=currencies.called(currency),
                unit=unit.told,
            )
        )
    return power


def _scale(text: str) -> tuple[int | None, int]:
    """The scale that a text starts with and its length; ``(None, 0)`` if there is none.

    A word in Latin letters counts as a whole, or directly before a currency (``bnCNY``):
    ``men`` is no million.
    """
    chinese = scales.leading_chinese(text)
    if chinese:
        return scales.chinese_power(chinese), len(chinese)
    word = currencies.leading_word(text)
    for end in range(len(word), 0, -1):
        power = scales.power_of(word[:end])
        if power is not None and (end == len(word) or currencies.code_of(word[end:])):
            return power, end
    return None, 0


def _percent(tail: str, unit: Unit) -> int:
    """The length of a percent sign at the start of the tail.

    Raises:
        InputError: There is none, or the unit is no percentage.
    """
    word = currencies.leading_word(tail).lower()
    if tail[0] == "%" or word == "percent":
        if unit.text and not unit.percent:
            raise InputError(
                tr("{what} does not fit: the unit is {unit}, type the number alone", what="%", unit=unit.told)
            )
        return 1 if tail[0] == "%" else len(word)
    piece = tail.split()[0]
    if is_digit(piece.lstrip("+-.,<>=~")[:1]):
        raise InputError(
            tr("two numbers, the second is {second}: type one, without blanks in it", second=quoted(piece))
        )
    if unit.text:
        raise InputError(tr("{what} does not fit: the unit is {unit}", what=quoted(tail), unit=unit.told))
    raise InputError(tr("{what} does not fit: type the number alone", what=quoted(tail)))
