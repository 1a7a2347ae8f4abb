"""Many values and periods: what `amounts` and `periods` read one by one, read by the thousand.

A batch says the same things again and again. A period is read once. Of values it is what stands
around the digits that repeats (``>``, `` k``, 万): that is read once, by the grammar, and the
digits each time. The answer is the grammar's own, which a property test proves; whatever is not as
plain as that is left to the grammar. Only batches load this.
"""

from __future__ import annotations

import re
from datetime import date

from gztrack.domain import records
from gztrack.domain.amounts import LONGEST, parse_amount, taken_apart
from gztrack.domain.grammar.calendar import FIRST_YEAR, LAST_YEAR
from gztrack.domain.grammar.folding import fold
from gztrack.domain.grammar.numerals import MAX_DIGITS, MAX_MAGNITUDE, Number
from gztrack.domain.periods import NoSuchPeriodError, Period, parse_period
from gztrack.domain.units import Unit
from gztrack.errors import InputError

MOST = 1 << 16
"""Texts that are remembered before all of them are forgotten: memory has its limits, and so has repetition."""

_PLAIN = re.compile(r"([^0-9]*)([0-9]+)(?:\.([0-9]+))?([^0-9]*)").fullmatch
_CALENDAR = re.compile(
    r"[0-9]{4}(?:-?[hqw][0-9]{1,2}|-[0-9]{1,2}(?:-[0-9]{1,2})?)?|[hq][0-9hqw-]*", re.IGNORECASE
).fullmatch
_WORDS = re.compile(
    r"[a-z]+|(?:last|this) .*|.*ago|.*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*", re.IGNORECASE
).fullmatch
_NUMBER = re.compile(r"[0-9.,%]*").fullmatch
_DIGIT = re.compile(r"[0-9]").search
_SCALES = ("万", "亿", "之")
_ANY_DAY = date(2020, 1, 1)
"""To tell whether words are a period at all, any day does for today."""

_Form = tuple[str, int, int]
"""What stands around a number: qualifier, 1 or -1, power of ten."""


class Values:
    """Reads values of one unit.

    Args:
        unit: The indicator's.
    """

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._forms: dict[tuple[str, str], _Form | None] = {}

    def read(self, text: str) -> tuple[Number, str]:
        """Reads one; see `gztrack.domain.amounts.parse_amount`.

        Returns:
            The value and its qualifier.

        Raises:
            InputError: It is none of this unit.
        """
        if len(text) <= MAX_DIGITS and text.isdigit() and text.isascii():
            return int(text), "exact"
        found = _PLAIN(text) if len(text) <= LONGEST else None
        if found:
            head, whole, fraction, tail = found.groups("")
            around = head, tail
            form = self._forms[around] if around in self._forms else self._form(head, tail)
            if form:
                qualifier, sign, power = form
                shift = power - len(fraction)
                digits = len(whole) + len(fraction)
                if digits <= MAX_DIGITS and digits + shift <= MAX_MAGNITUDE:
                    coefficient = sign * int(whole + fraction)
                    if shift >= 0:
                        return coefficient * 10**shift, qualifier
                    # As exact as reading it from text: a quotient of whole numbers is rounded once.
                    value = coefficient / 10**-shift
                    return int(value) if value.is_integer() else value, qualifier
        amount = parse_amount(text, self._unit)
        return amount.value, amount.qualifier

    def _form(self, head: str, tail: str) -> _Form | None:
        """What stands around a number, as the grammar reads it around another one."""
        if len(self._forms) >= MOST:
            self._forms.clear()
        form = self._forms[head, tail] = self._as_read(head, tail)
        return form

    def _as_read(self, head: str, tail: str) -> _Form | None:
        """None where the grammar refuses it, or where more of it may be a part of the number."""
        if any(map(str.isdigit, head + tail)):
            return None
        forms = set()
        for digits, number in (("1", (1, 0)), ("27.5", (275, -1))):
            specimen = f"{head}{digits}{tail}"
            try:
                typed = taken_apart(specimen, self._unit)
                parse_amount(specimen, self._unit)
            except InputError:
                return None
            sign = -1 if typed.number.coefficient < 0 else 1
            if typed.number != (sign * number[0], number[1]):
                return None
            forms.add((typed.qualifier or "exact", sign, typed.power or 0))
        return forms.pop() if len(forms) == 1 else None


class Stretch:
    """A period as a reading keeps it.

    Attributes:
        period: The period.
        fields: Label, first and last day, as fields of a record.
    """

    __slots__ = ("fields", "period")

    def __init__(self, period: Period, start: str, end: str) -> None:
        self.period = period
        self.fields = {"period": period.label, "start": start, "end": end}


def stretched(period: Period) -> Stretch:
    """A period as a reading keeps it.

    Raises:
        InputError: A reading can have none such.
    """
    start, end = (records.day(day, "period").isoformat() for day in (period.start, period.end))
    return Stretch(period, start, end)


class Periods:
    """Reads periods.

    Args:
        today: What ``yesterday`` goes by.
    """

    def __init__(self, today: date) -> None:
        self._today = today
        self._known: dict[str, Stretch | InputError] = {}
        self._meant: dict[str, bool] = {}

    def read(self, text: str) -> Stretch:
        """Reads one; see `gztrack.domain.periods.parse_period`.

        Raises:
            InputError: There is no such period, or none that a reading can have.
        """
        found = self._read(text)
        if isinstance(found, InputError):
            raise found.with_traceback(None)
        return found

    def is_meant(self, text: str) -> bool:
        """Whether somebody who typed this meant a period, even one that does not exist."""
        if text in self._meant:
            return self._meant[text]
        if not _may_be_one(text):
            return False
        if len(self._meant) >= MOST:
            self._meant.clear()
        found = self._read(text)
        meant = isinstance(found, Stretch | NoSuchPeriodError)
        if not meant:
            try:
                parse_period(text, _ANY_DAY)
            except NoSuchPeriodError:
                meant = True
            except InputError:
                pass
            else:
                meant = True
        self._meant[text] = meant
        return meant

    def _read(self, text: str) -> Stretch | InputError:
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= MOST:
                self._known.clear()
            try:
                found = _day(text) or stretched(parse_period(text, self._today))
            except InputError as error:
                found = error
            self._known[text] = found
        return found


def _may_be_one(text: str) -> bool:
    """Whether the grammar has anything like it: says no to most figures, of which a batch has too many to ask."""
    if not text.isascii():
        text = " ".join(fold(text).split())
    if ".." in text:
        return True
    if text.isascii():
        return bool(_CALENDAR(text.replace(" ", "")) or _WORDS(text))
    year, sign, _ = text.partition("年")
    if sign:
        year = year.replace(" ", "")
        return len(year) == 4 or not _NUMBER(year)
    if any(scale in text for scale in _SCALES):
        return False
    return text.endswith("前") or not (" " in text and _DIGIT(text))


def _day(text: str) -> Stretch | None:
    """A plain date: of all periods the one of which there are too many to be read slowly."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return Stretch(Period(text, day, day), text, text) if FIRST_YEAR <= day.year <= LAST_YEAR else None
