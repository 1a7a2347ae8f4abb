"""Units of indicators: ``vehicles/year``, ``%``, ``CNY (cumulative)``, and what may follow a figure."""

from __future__ import annotations

from gztrack.domain.grammar import currencies, scales
from gztrack.domain.grammar.folding import fold, is_digit, quoted
from gztrack.errors import InputError
from gztrack.language import language, tr
from gztrack.light import NamedTuple, lru_cache

_BRACKETS = r" ?\(([^()\x00-\x7f]+)\)"


class Unit(NamedTuple):
    """A unit, taken apart.

    Attributes:
        text: The unit as it was typed, blanks tidied.
        currency: ISO code, or empty (RMB, yuan, 元 and ¥ are CNY).
        percent: Whether figures are percentages.
        rest: What follows the number: ``vehicles/year``, ``/year``, ``(cumulative)``, ``%``.
        also: What may follow it just as well: the same in another language.
        shown: As people are told it, where that is in another language.
    """

    text: str
    currency: str
    percent: bool
    rest: str
    also: str = ""
    shown: str = ""

    @property
    def told(self) -> str:
        """The unit in a message."""
        return self.shown or self.text


NO_UNIT = Unit("", "", False, "")
"""The unit is not known: a currency or percent sign is let pass, a word is not."""


@lru_cache(maxsize=1 << 10)
def parse_unit(text: str) -> Unit:
    """Takes a unit apart.

    Args:
        text: As typed; empty gives `NO_UNIT`.

    Raises:
        InputError: The unit carries a number or a scale, which would be read into every figure.
    """
    tidy = " ".join(fold(text).split())
    if not tidy:
        return NO_UNIT
    if is_digit(tidy[0]) or tidy[0] in "+-.,_<>=~":
        raise InputError(
            tr("a unit starts with a word, not {text}: write vehicles/year, % or CNY", text=quoted(tidy[0]))
        )
    word = currencies.leading_word(tidy)
    if tidy[0] == "%" or word.lower() == "percent":
        rest = "%" + (tidy[1:] if tidy[0] == "%" else tidy[len(word) :])
        _check_no_scale(tidy, rest[1:], alone=True)
        return Unit(tidy, "", True, rest)
    currency, length = currencies.leading(tidy)
    if currency and not tidy[length:].startswith(("-", "_")):
        rest = tidy[length:].strip()
        _check_no_scale(tidy, rest, alone=True)
        return Unit(tidy, currency, False, rest)
    _check_no_scale(tidy, tidy, alone=False)
    return Unit(tidy, "", False, tidy)


def as_unit(unit: str | Unit) -> Unit:
    """Takes a unit either way."""
    return parse_unit(unit) if isinstance(unit, str) else unit


def _check_no_scale(unit: str, rest: str, *, alone: bool) -> None:
    """Refuses ``million CNY``, ``CNY bn`` and 万元: the scale belongs to the figure.

    Args:
        unit: The whole unit, for the message.
        rest: Where to look.
        alone: Whether single letters count too; without a currency ``m`` and ``t`` are
            metres and tonnes.

    Raises:
        InputError: There is a scale.
    """
    words = rest.replace("/", " / ").split()
    found = next((w for w in words if scales.power_of(w) and (len(w) > 1 or alone)), "")
    if len(words) > 1 and words[0] in ("k", "K", "b", "B"):
        found = words[0]
    chinese = scales.leading_chinese(rest)
    if chinese not in ("千", "百"):
        # 千瓦 and 百分点 are units, 万元 is not.
        found = chinese or found
    if found:
        raise InputError(
            tr(
                "{scale} in the unit {unit}: leave the scale to the value, like 200bn",
                scale=quoted(found),
                unit=quoted(unit),
            )
        )


def typeset(unit: str) -> str:
    """A unit as it is shown: in Chinese what stands in brackets takes full-width ones, ``元（累计）``."""
    if "(" not in unit or language() != "zh":
        return unit
    import re  # few units have brackets

    return re.sub(_BRACKETS, r"（\1）", unit)


def follows(tail: str, unit: Unit) -> bool:
    """Tells whether a text behind a figure is the indicator's own unit, in whole or in part.

    ``vehicles/year`` is followed by ``vehicles/year``, ``vehicle``, ``vehicles a year`` or
    ``/yr``; ``(cumulative)`` also by ``cumulative``.
    """
    return any(_follows(tail, rest) for rest in (unit.rest, unit.also))


def _follows(tail: str, rest: str) -> bool:
    if not rest or not tail:
        return False
    if scales.power_of(tail) is not None:
        # "5 m" is metres where the unit is metres; only the very same letters say so.
        return tail in (rest, _first_word(rest))
    written = _plain(tail)
    whole = _plain(rest)
    head, slash, per = whole.partition("/")
    parts = {whole, head.strip("()"), slash + per if slash else whole.partition(" (")[0]}
    return written in parts or (written.strip("()") or written) in parts - {""}


def scale_twin(unit: Unit) -> str:
    """The scale letter that means this unit, so that figures take its twin; empty if none."""
    first = _first_word(unit.rest)
    return first if scales.power_of(first) is not None else ""


def _first_word(rest: str) -> str:
    """The first word of a unit: ``m`` of ``m/s``; empty where it starts with a slash."""
    return rest.partition("/")[0].partition(" ")[0]


def _plain(text: str) -> str:
    """Lower case, singular, ``per`` and ``a`` as a slash, so that spellings compare equal."""
    words = [_singular(word) for word in text.lower().replace("/", " / ").split()]
    for place, word in enumerate(words):
        if word in ("per", "a", "an") and place + 1 < len(words):
            words[place] = "/"
    return " ".join("year" if word == "yr" else word for word in words).replace(" / ", "/").replace("/ ", "/")


def _singular(word: str) -> str:
    """A word without its plural ending; both sides of a comparison lose it alike."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 2:
        return word[:-1]
    return word
