"""The readings that were in the database before an import, by identity, and what the guard asks against them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from gztrack.domain import guard
from gztrack.domain.amounts import exact
from gztrack.domain.guard import Beside, period_slip, value_slip
from gztrack.domain.packed import END, ID, REST, START, VALUE, Packed, Readings, further, unpacked, written_by
from gztrack.domain.register import Fact, Moment, Register
from gztrack.language import tr
from gztrack.services.importing.matching import WHOLE
from gztrack.services.importing.remembered import Dates

Origin = tuple[str, str, str]
"""Series, source and page."""

_NEAR = 2
"""How many readings on either side are looked at: the nearest may be the one that is replaced."""


class Known(NamedTuple):
    """The readings of one indicator.

    Attributes:
        standing: By origin and dates, of several of one identity the one that counts: pinned, else logged last.
        ever: All that were ever stated and not undone.
        pinned: Series and dates to the reading that somebody pinned.
    """

    standing: Mapping[Origin, dict[Dates, Packed]]
    ever: Mapping[Origin, dict[Dates, list[Packed]]]
    pinned: Mapping[tuple[str, str, str], Packed]


class Standing:
    """Readings by identity, each indicator's put in order when it is first asked about."""

    def __init__(self, register: Register, moment: Moment) -> None:
        self._register = register
        self._moment = moment
        self._readings = register.readings
        self._known: dict[str, Known | None] = {}
        self._beside: dict[str, _Neighbours] = {}

    def of(self, slug: str) -> Known | None:
        """The readings of an indicator; None where none was ever stated."""
        if slug not in self._known:
            self._known[slug] = self._look(slug) if slug in self._readings else None
        return self._known[slug]

    def _look(self, slug: str) -> Known:
        register = self._register
        standing: dict[Origin, dict[Dates, Packed]] = {}
        pinned: dict[tuple[str, str, str], Packed] = {}
        for reading in register.standing_readings(slug, WHOLE).packed:
            home, dates = standing.setdefault(_origin(reading), {}), (reading[START], reading[END])
            other = home.setdefault(dates, reading)
            if other is not reading and self._outranks(reading, other):
                home[dates] = reading
            if register.has_pins and register.pin(unpacked(reading), WHOLE):
                pinned[further(reading[REST], "series", ""), *dates] = reading
        ever: dict[Origin, dict[Dates, list[Packed]]] = {}
        undone = register.undone()
        stated = self._readings[slug].packed
        gone = {r[ID] for r in written_by(stated, undone)} if undone else set()
        for reading in stated:
            if reading[ID] not in gone:
                dates = reading[START], reading[END]
                ever.setdefault(_origin(reading), {}).setdefault(dates, []).append(reading)
        return Known(standing, ever, pinned)

    def _outranks(self, reading: Packed, other: Packed) -> bool:
        rank = self._register.rank
        return rank(unpacked(reading), WHOLE) >= rank(unpacked(other), WHOLE)

    # -- the guard ---------------------------------------------------------------------

    def guards(self, slug: str) -> bool:
        """Whether there is anything that a value of this indicator is held against."""
        neighbours = self._neighbours(slug)
        return bool(neighbours.home or neighbours.target)

    def question(self, slug: str, series: str, record: Fact, replaced: str) -> str:
        """What to ask about a reading that would be written, or empty.

        Values are held against the nearest reading of the same series and coverage that counted
        before, where there was none against the target that stood then, as by ``log``.

        Args:
            slug: The indicator.
            series: The series.
            record: Its value, period and dates.
            replaced: Id of the reading that it replaces, or empty.
        """
        neighbours = self._neighbours(slug)
        slips = (
            neighbours.value_slip(record, series, replaced),
            period_slip(record["period"], date.fromisoformat(record["end"]), self._moment.day),
        )
        asked = [slip.removesuffix(tr("Is that right?")).rstrip(" .。") for slip in slips if slip]
        return tr("{one} and {other}", one=asked[0], other=asked[1]) if len(asked) == 2 else "".join(asked)

    def _neighbours(self, slug: str) -> _Neighbours:
        found = self._beside.get(slug)
        if found is None:
            indicator = self._register.indicator(slug, self._moment) or {}
            counting = self._register.counting(slug, self._moment) if slug in self._readings else Readings([])
            head = self._register.headline(slug, self._moment)
            target = None if head is None or head.get("over") else head
            found = self._beside[slug] = _Neighbours(indicator.get("measure", "level"), counting, target)
        return found


class _Neighbours:
    """What counted of one indicator before the import: readings by series and coverage, and the target."""

    def __init__(self, measure: str, counting: Readings, target: Fact | None) -> None:
        self.target = target
        self._rate = measure == "rate"
        self._level = measure == "level"
        self.home: dict[tuple[str, int], tuple[list[str], list[Packed]]] = {}
        for reading, series in zip(counting.packed, counting.column("series", ""), strict=True):
            ends, own = self.home.setdefault(self._place(series, reading[START], reading[END]), ([], []))
            ends.append(reading[END])
            own.append(reading)

    def _place(self, series: str, start: str, end: str) -> tuple[str, int]:
        """Series and about how many months are covered; a level has no coverage."""
        if self._level:
            return series, 0
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
        return series, round(days / 30.4375)

    def value_slip(self, record: Fact, series: str, replaced: str) -> str:
        """The question about the value alone, or empty."""
        ends, readings = self.home.get(self._place(series, record["start"], record["end"]), _NONE)
        at = bisect_left(ends, record["end"])
        around = readings[max(0, at - _NEAR) : at + _NEAR]
        value = record["value"]
        if not around:
            return self._beside_target(value)
        if not any(guard.is_far(value, other[VALUE], rate=self._rate) for other in around):
            return ""
        near = _nearest(around, record["end"], replaced)
        if near is None or not value_slip(value, Beside(near[VALUE], ""), rate=self._rate):
            return ""
        fact = unpacked(near)
        figure = exact(fact["value"], "", fact.get("qualifier", "exact"))
        shown = tr("{figure} in {period}", figure=figure, period=fact["period"])
        return value_slip(value, Beside(fact["value"], shown), rate=self._rate)

    def _beside_target(self, value: float) -> str:
        target = self.target
        if target is None or not guard.is_far(value, target["value"], rate=self._rate, target=True):
            return ""
        figure = exact(target["value"], "", target.get("qualifier", "exact"))
        return value_slip(value, Beside(target["value"], figure, target=True), rate=self._rate)


_NONE: tuple[list[str], list[Packed]] = ([], [])


def _nearest(around: list[Packed], end: str, replaced: str) -> Packed | None:
    day = date.fromisoformat(end)
    best: tuple[int, Packed] | None = None
    for reading in around:
        away = abs((date.fromisoformat(reading[END]) - day).days)
        if reading[ID] != replaced and (best is None or away <= best[0]):
            best = away, reading
    return best[1] if best else None


def _origin(reading: Packed) -> Origin:
    rest = reading[REST]
    return further(rest, "series", ""), further(rest, "source", ""), further(rest, "source_url", "")
