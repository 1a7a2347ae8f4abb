"""Chinese numerals: 二十万, 三百零五, 一千二百亿, 三点五, also in the forms of cheques (壹佰)."""

from __future__ import annotations

from gztrack.domain.grammar import numerals
from gztrack.domain.grammar.folding import quoted
from gztrack.domain.grammar.numerals import Numeral
from gztrack.domain.units import Unit, follows
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple

_DIGITS = {sign: place for place, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_PLAIN = str.maketrans("〇兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟點", "零两一二二三三四五六六七八九十百千点")
_POINT = "点"
_SCALES = (("万亿", 12), ("亿", 8), ("万", 4))
_MYRIAD, _YI = 10**4, 10**8


class _Part(NamedTuple):
    """A numeral below a myriad, or a whole one.

    Attributes:
        value: What it says.
        zero: It begins with 零, so that nothing is left out before it.
        shorthand: It is one digit, or ends with one that may stand for the next place: 一千二.
        other: What it says if it does.
    """

    value: int
    zero: bool = False
    shorthand: bool = False
    other: int = 0


def starts(text: str) -> bool:
    """Tells whether a text starts with a Chinese numeral."""
    first = text[:1].translate(_PLAIN)
    return first in _DIGITS or first in _TENS or first in ("万", "亿") if first else False


def read(text: str, unit: Unit) -> tuple[Numeral, str]:
    """Takes a Chinese numeral off the front of a text.

    万 and 亿 at its end are left to the scale, as they are behind digits.

    Args:
        text: What starts with one.
        unit: The indicator's unit, which ends it: 五千瓦 is five where the unit is 千瓦.

    Returns:
        The number, and what is left.

    Raises:
        InputError: It is no numeral, or could mean two numbers.
    """
    plain = text.translate(_PLAIN)
    end = 1
    while _goes_on(plain[end : end + 1]) and not follows(text[end:], unit):
        end += 1
    run, decimals = plain[:end], ""
    if plain[end : end + 1] == _POINT:
        stop = end + 1
        while plain[stop : stop + 1] in _DIGITS:
            stop += 1
        decimals = "".join(str(_DIGITS[sign]) for sign in plain[end + 1 : stop])
        end = stop if decimals else end
    head, power = run, 0
    if not decimals:
        head, power = _without_scale(run)
    part = _whole(head, text[:end])
    if part.shorthand:
        literal, short = (
            numerals.written(numerals.numeral(int(f"{n}{decimals}"), power - len(decimals)))
            for n in (part.value, part.other)
        )
        raise InputError(tr("ambiguous: write {one} or {other}", one=short, other=literal))
    number = numerals.numeral(int(f"{part.value}{decimals}"), -len(decimals))
    return number, run[len(head) :] + text[end:].lstrip()


def _goes_on(sign: str) -> bool:
    return bool(sign) and (sign in _DIGITS or sign in _TENS or sign in "万亿")


def _without_scale(run: str) -> tuple[str, int]:
    """Parts a numeral from the 万 or 亿 that all of it counts."""
    for scale, power in _SCALES:
        head = run.removesuffix(scale)
        if head and head != run and "亿" not in head and not ("万" in scale and "万" in head):
            return head, power
    return run, 0


def _whole(text: str, typed: str) -> _Part:
    """Reads a numeral of any size.

    Raises:
        InputError: It is none.
    """
    if len(text) > 1 and all(sign in _DIGITS for sign in text):
        right = str(int("".join(str(_DIGITS[sign]) for sign in text)))
        raise InputError(tr("numerals digit by digit: write {right}", right=right))
    found = _of_any_size(text)
    if found is None and text[0] not in _DIGITS and _of_any_size(f"一{text}"):
        right = f"一{typed}"
        raise InputError(tr("a numeral is missing before {text}: write {right}", text=typed[:1], right=right))
    if found is None:
        raise InputError(tr("no number in {text}: type digits, like 310000 or 310k", text=quoted(typed)))
    return found


def _of_any_size(text: str) -> _Part | None:
    high, yi, low = text.rpartition("亿")
    if not yi:
        return _below_yi(low)
    above, found = _below_yi(high), _below_yi(low) if low else _Part(0, zero=True)
    if above is None or found is None or above.shorthand or not above.value:
        return None
    base = above.value * _YI
    if "万" not in low and not found.zero:
        # 一亿二千 may be short for 一亿二千万: only 零 says that the myriads are left out.
        short = found.value * (_YI // 10 if found.value < 10 else _MYRIAD)
        return _Part(base + found.value, above.zero, True, base + short)
    return _Part(base + found.value, above.zero, found.shorthand, base + found.other)


def _below_yi(text: str) -> _Part | None:
    """Reads a numeral without 亿."""
    high, myriad, low = text.rpartition("万")
    if not myriad:
        return _section(low)
    above, found = _section(high), _section(low) if low else _Part(0, zero=True)
    if above is None or found is None or above.shorthand or not above.value:
        return None
    base = above.value * _MYRIAD
    if low in _DIGITS and not found.zero:
        return _Part(base + found.value, above.zero, True, base + found.value * _MYRIAD // 10)
    return _Part(base + found.value, above.zero, found.shorthand, base + found.other)


def _section(text: str) -> _Part | None:
    """Reads a numeral below a myriad."""
    total, last, zero = 0, _MYRIAD, False
    digit: int | None = None
    for sign in text:
        if sign in _DIGITS:
            if digit is not None:
                return None
            if sign == "零" and len(text) > 1:
                zero = True
            else:
                digit = _DIGITS[sign]
            continue
        place = _TENS.get(sign, _MYRIAD)
        if digit is None and place == 10:
            digit = 1
        if not digit or place >= last:
            return None
        total, last, zero, digit = total + digit * place, place, False, None
    lead = text[:1] == "零"
    if digit is None:
        return None if zero or not text else _Part(total, lead)
    whole = total + digit
    if last in (_MYRIAD, 10) or zero:
        return _Part(whole, lead)
    return _Part(whole, lead, True, total + digit * last // 10)
