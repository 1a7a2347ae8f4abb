"""Figures for narrow columns: full digits, else a scale, else rounded with ``~`` in front.

What fits is taken from a ladder of forms, the most telling first. A number that would fill the
room to the last cell goes by scale where three figures tell it exactly (``780 k``): with the
``≥`` of a target it would not fit, and reading and target look alike that way.
"""

from __future__ import annotations

from gztrack.domain.grammar import numerals, scales
from gztrack.domain.grammar.figures import currency_heads, sign_of, towards
from gztrack.domain.grammar.numerals import Number, Numeral
from gztrack.domain.units import Unit, as_unit, scale_twin
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIGURES = 3
"""Significant figures that a rounded text keeps at best."""


class Short(NamedTuple):
    """A figure for a column.

    Attributes:
        text: Sign, currency and number: ``≥1.5``, ``CNY 180``.
        scale: ``k``, ``m``, ``bn``, ``tn``, or 万, 亿, 万亿 where numbers are written that way, ``%`` or empty; it
            stands in a column of its own.
        rounded: Whether digits were dropped; the text then starts with ``~``.
    """

    text: str
    scale: str
    rounded: bool


class _Form(NamedTuple):
    """One way to write the numbers, without sign and currency."""

    body: str
    scale: str


def short(
    value: Number,
    unit: str | Unit,
    qualifier: str = "exact",
    *,
    room: int,
    decimals: int | None = None,
    scaled: bool = False,
    ascii: bool = False,  # noqa: A002
) -> Short:
    """Fits a figure into a column.

    Unless it was rounded, text and scale read back to the same value and qualifier.

    Args:
        value: A value as it is kept.
        unit: The indicator's unit.
        qualifier: One of the words of `SIGN`.
        room: Cells for the text, sign and currency included; from 7 on every value below 10^14
            fits, and every percentage below 10^9 (in myriads 10^6).
        decimals: Places to fill up with zeros where they fit.
        scaled: Whether to go by scale where three figures tell the value, for a row whose
            other figure needs one.
        ascii: Whether ``>=`` stands for ``≥``.
    """
    fitting = _Fitting(as_unit(unit), qualifier, room, decimals or 0, scaled, ascii)
    return fitting.best((numerals.from_number(value),))


def short_goal(
    value: Number,
    high: Number | None,
    comparator: str,
    unit: str | Unit,
    *,
    room: int,
    decimals: int | None = None,
    scaled: bool = False,
    ascii: bool = False,  # noqa: A002
) -> Short:
    """Fits a goal into a column: ``≥1.5`` m, ``40..60`` %.

    Args:
        value: The limit, or the lower one of two.
        high: The upper limit of ``between``, else None.
        comparator: A qualifier or ``between``; empty writes no sign.
        unit: The indicator's unit.
        room: As in `short`; two limits may need more than 7 cells.
        decimals: As in `short`.
        scaled: As in `short`.
        ascii: As in `short`.
    """
    if high is None:
        qualifier = comparator or "exact"
        return short(value, unit, qualifier, room=room, decimals=decimals, scaled=scaled, ascii=ascii)
    fitting = _Fitting(as_unit(unit), "exact", room, decimals or 0, scaled, ascii)
    return fitting.best((numerals.from_number(value), numerals.from_number(high)))


class _Fitting(NamedTuple):
    """The column that figures are fitted into."""

    unit: Unit
    qualifier: str
    room: int
    decimals: int
    scaled: bool
    ascii: bool

    def best(self, numbers: tuple[Numeral, ...]) -> Short:
        """The first form of the ladder that fits, else the narrowest."""
        passed: list[Short] = []
        for figure in self._ladder(numbers):
            if scales.cells(figure.text) <= self.room:
                return figure
            passed.append(figure)
        return min(passed, key=lambda figure: scales.cells(figure.text))

    def _ladder(self, numbers: tuple[Numeral, ...]) -> Iterator[Short]:
        """Every form, the most telling first; rounded ones are made when no other fits."""
        sign = sign_of(self.qualifier, ascii=self.ascii)
        mark = sign if self.qualifier == "about" else "~" + sign
        heads = currency_heads(self.unit, ascii=self.ascii)
        for head in heads:
            for form in self._exact_forms(numbers):
                yield Short(sign + head + form.body, form.scale, False)
        if heads:
            coarse = next(self._rounded_forms(numbers))
            for head in heads:
                yield Short(mark + head + coarse.body, coarse.scale, True)
        # Rather a true figure whose currency the detail tells than a currency on a coarse one.
        for form in self._exact_forms(numbers):
            yield Short(sign + form.body, form.scale, False)
        for form in self._rounded_forms(numbers):
            yield Short(mark + form.body, form.scale, True)

    def _exact_forms(self, numbers: tuple[Numeral, ...]) -> Iterator[_Form]:
        """Full digits, then by scale."""
        power = _power(numbers)
        terse = power > 0 and all(n.figures <= FIGURES for n in numbers)
        full = self._form(numbers, 0, self.decimals)
        if not (terse and (self.scaled or self._fills(full))):
            yield full
            yield self._form(numbers, 0)
        if power:
            yield self._form([numerals.shifted(n, -power) for n in numbers], power)
        yield from self._without_commas(numbers, power)

    def _fills(self, full: _Form) -> bool:
        """Whether the full digits would leave no cell for a sign."""
        head = len(next(iter(currency_heads(self.unit, ascii=self.ascii)), ""))
        return head + scales.cells(full.body) + 1 > self.room

    def _rounded_forms(self, numbers: tuple[Numeral, ...]) -> Iterator[_Form]:
        """Whole numbers where they tell more than three figures, then ever fewer figures."""
        if max(n.magnitude for n in numbers) > FIGURES and any(n.decimals for n in numbers):
            yield self._form(self._rounded(numbers, 0), 0)
        for figures in range(FIGURES, 0, -1):
            kept = self._rounded(numbers, max(n.magnitude for n in numbers) - figures)
            power = _power(kept)
            lowest = max(n.magnitude for n in kept) - figures - power
            yield self._form([numerals.shifted(n, -power) for n in kept], power, max(0, -lowest))
            yield from self._without_commas(kept, power)
        yield self._form(self._rounded(numbers, 0), 0)

    def _without_commas(self, numbers: tuple[Numeral, ...], power: int) -> Iterator[_Form]:
        """Up to 9,999 of a myriad take a comma that may be one cell too many; thousands never do."""
        if scales.counts_in_myriads():
            yield self._form([numerals.shifted(n, -power) for n in numbers], power, grouped=False)

    def _rounded(self, numbers: tuple[Numeral, ...], exponent: int) -> tuple[Numeral, ...]:
        way = towards(self.qualifier)
        return tuple(numerals.rounded(number, exponent, way) for number in numbers)

    def _form(
        self, numbers: Iterable[Numeral], power: int, decimals: int = 0, *, grouped: bool = True
    ) -> _Form:
        body = "..".join(numerals.written(number, decimals, grouped=grouped) for number in numbers)
        letters = scales.short_for(power, scale_twin(self.unit)) if power else ""
        return _Form(body + letters, "%") if self.unit.percent else _Form(body, letters)


def _power(numbers: tuple[Numeral, ...]) -> int:
    """The power of ten of the largest scale not above the largest number; zero for none."""
    magnitude = max(number.magnitude for number in numbers)
    return next((power for power in scales.shown() if magnitude > power), 0)
