"""The guard of an import: which rows are probably slips, held against the readings that were there before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

from gztrack.domain.amounts import exact
from gztrack.domain.guard import Beside, period_slip, value_slip
from gztrack.domain.register import Fact, Moment, Register
from gztrack.language import tr
from gztrack.services.importing.columns import Place
from gztrack.services.importing.matching import Step

_NEAR = 2
"""How many readings on either side are looked at: the nearest may be the one that is replaced."""


def questions(steps: Iterable[Step], register: Register, moment: Moment) -> dict[Place, str]:
    """What to ask about the readings that would be written, by their place.

    Values are held against the nearest reading of the same series and coverage that counted
    before; an indicator that had none is not asked about.
    """
    beside = _Beside(register, moment)
    found: dict[Place, str] = {}
    for step in steps:
        if step.draft.table == "readings" and step.outcome != "same":
            asked = beside.question(step)
            if asked:
                found[step.draft.where] = asked
    return found


class _Beside:
    """The readings that counted before the import, by series and coverage, ready to be searched."""

    def __init__(self, register: Register, moment: Moment) -> None:
        self._register = register
        self._moment = moment
        self._known: dict[str, dict[tuple[str, int], list[tuple[str, Fact]]]] = {}
        self._measures: dict[str, str] = {}

    def question(self, step: Step) -> str:
        """What to ask about one reading, or empty."""
        record = step.draft.record
        slug = record["indicator"]
        if slug not in self._known:
            self._look(slug)
        near = self._nearest(record, step.old)
        slips = (
            self._value_slip(record["value"], near, rate=self._measures[slug] == "rate"),
            period_slip(record["period"], date.fromisoformat(record["end"]), self._moment.day),
        )
        asked = [slip.removesuffix(tr("Is that right?")).rstrip(" .。") for slip in slips if slip]
        return tr("{one} and {other}", one=asked[0], other=asked[1]) if len(asked) == 2 else "".join(asked)

    def _value_slip(self, value: float, near: Fact | None, *, rate: bool) -> str:
        if near is None or not value_slip(value, Beside(near["value"], ""), rate=rate):
            return ""
        figure = exact(near["value"], "", near.get("qualifier", "exact"))
        shown = tr("{figure} in {period}", figure=figure, period=near["period"])
        return value_slip(value, Beside(near["value"], shown), rate=rate)

    def _look(self, slug: str) -> None:
        indicator = self._register.indicator(slug, self._moment) or {}
        self._measures[slug] = indicator.get("measure", "level")
        home = self._known[slug] = {}
        for fact in self._register.counting(slug, self._moment):
            home.setdefault(self._place(slug, fact), []).append((fact["end"], fact))

    def _place(self, slug: str, fact: Fact) -> tuple[str, int]:
        """Series and about how many months are covered; a level has no coverage."""
        if self._measures[slug] == "level":
            return fact.get("series", ""), 0
        days = (date.fromisoformat(fact["end"]) - date.fromisoformat(fact["start"])).days + 1
        return fact.get("series", ""), round(days / 30.4375)

    def _nearest(self, record: Fact, replaced: Fact | Step | None) -> Fact | None:
        around = self._known[record["indicator"]].get(self._place(record["indicator"], record), [])
        at = bisect_left(around, record["end"], key=lambda pair: pair[0])
        day = date.fromisoformat(record["end"])
        best: tuple[int, Fact] | None = None
        for end, fact in around[max(0, at - _NEAR) : at + _NEAR]:
            away = abs((date.fromisoformat(end) - day).days)
            if fact != replaced and (best is None or away <= best[0]):
                best = away, fact
        return best[1] if best else None
