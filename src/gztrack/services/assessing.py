"""From facts to an assessment: which readings and which target go into the sums of one indicator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gztrack.domain.assessment import Assessment
from gztrack.domain.points import Goal, Point
from gztrack.domain.progress import assess
from gztrack.domain.register import Fact, Moment, Register

NOT_YET = "9999"
"""Logging time of a reading that a form only plans: after every other."""


@dataclass(frozen=True, slots=True)
class Case:
    """One indicator as of a moment: its facts, sorted out, and what they amount to.

    Attributes:
        counting: Readings that count, every series and coverage, one a period, oldest end first.
        own: Those of the current series.
        series: The current series, empty for the unnamed one.
        headline: The headline target's fact, or None.
    """

    indicator: Fact
    counting: tuple[Fact, ...]
    own: tuple[Fact, ...]
    series: str
    headline: Fact | None
    assessment: Assessment

    @property
    def points(self) -> tuple[Point, ...]:
        """The current series' readings as the sums see them."""
        return tuple(point(fact) for fact in self.own)


def case(register: Register, indicator: Fact, moment: Moment, method: str, *, project: bool = False) -> Case:
    """Sort out and assess one indicator.

    Args:
        project: Reckon where the readings lead, too; it costs more than all the rest.
    """
    slug = indicator["indicator"]
    counting = register.counting(slug, moment)
    series = register.series(slug, moment, counting)
    own = tuple(fact for fact in counting if fact.get("series", "") == series)
    headline = register.headline(slug, moment)
    assessment = assess(
        [point(fact) for fact in own],
        goal(register, headline, moment) if headline else None,
        measure=indicator["measure"],
        direction=indicator["direction"],
        method=method,
        today=moment.day,
        project=project,
    )
    return Case(indicator, tuple(counting), own, series, headline, assessment)


def point(fact: Fact) -> Point:
    """A reading as the sums see it."""
    return Point(
        id=fact["id"],
        period=fact["period"],
        start=date.fromisoformat(fact["start"]),
        end=date.fromisoformat(fact["end"]),
        value=fact["value"],
        qualifier=fact.get("qualifier", "exact"),
        provisional=fact.get("status") == "provisional",
        logged=fact.get("at", NOT_YET),
    )


def goal(register: Register, fact: Fact, moment: Moment) -> Goal:
    """A target as the sums see it, with what became of it as of the moment."""
    state, by = register.target_state(fact, moment)
    ended = _day((by or {}).get("on") or (by or {}).get("stated_start") or (by["at"][:10] if by else None))
    return Goal(
        id=fact["id"],
        value=fact["value"],
        high=fact.get("high"),
        comparator=fact["comparator"],
        due=_day(fact.get("due_end")),
        due_label=fact.get("due", ""),
        due_start=_day(fact.get("due_start")),
        over_start=_day(fact.get("over_start")),
        over_end=_day(fact.get("over_end")),
        baseline=fact.get("baseline"),
        baseline_start=_day(fact.get("baseline_start")),
        baseline_end=_day(fact.get("baseline_end")),
        baseline_label=fact.get("baseline_period", ""),
        stated=_day(fact.get("stated_start")),
        superseded_on=ended if state == "superseded" else None,
        dropped_on=ended if state == "dropped" else None,
        corrected=state == "corrected",
    )


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
