"""From facts to an assessment: which readings and which target go into the sums of one indicator."""

from __future__ import annotations

from datetime import date

from gztrack.domain.assessment import Assessment
from gztrack.domain.forecast import natural_limits
from gztrack.domain.packed import Packed, Readings, further
from gztrack.domain.points import Goal, Point
from gztrack.domain.progress import assess
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.series import Series
from gztrack.domain.units import parse_unit
from gztrack.light import NamedTuple, lru_cache

NOT_YET = "9999"
"""Logging time of a reading that a form only plans: after every other."""


class Case(NamedTuple):
    """One indicator as of a moment: its facts, sorted out, and what they amount to.

    Attributes:
        counting: Readings that count, every series and coverage, one a period, oldest end first.
        own: Those of the current series.
        points: The same as the sums see them.
        series: The current series, empty for the unnamed one.
        headline: The headline target's fact, or None.
        goal: The same as the sums see it.
    """

    indicator: Fact
    counting: Readings
    own: Readings
    points: Series
    series: str
    headline: Fact | None
    goal: Goal | None
    assessment: Assessment


def case(
    register: Register,
    indicator: Fact,
    moment: Moment,
    method: str = "",
    *,
    project: bool = False,
    assessment: Assessment | None = None,
) -> Case:
    """Sort out and assess one indicator.

    Args:
        register: The facts.
        indicator: The indicator's.
        moment: As of when.
        method: How its status is reckoned; empty for its own method, else the database's.
        project: Reckon where the readings lead and the buffer, too; it costs more than all the rest.
        assessment: What was reckoned already for the same moment and method, if anything was.
    """
    slug = indicator["indicator"]
    counting = register.counting(slug, moment)
    series = register.series(slug, moment, counting)
    own = counting.of_series(series)
    seen = points(own)
    headline = register.headline(slug, moment)
    aim = goal(register, headline, moment) if headline else None
    measure = indicator["measure"]
    if assessment is None:
        limits = None
        if project:
            percent = parse_unit(indicator["unit"]).percent
            limits = natural_limits(seen, aim, measure=measure, percent=percent)
        assessment = assess(
            seen,
            aim,
            measure=measure,
            direction=indicator["direction"],
            method=method or register.method(indicator, moment),
            today=moment.day,
            project=project,
            limits=limits,
        )
    return Case(indicator, counting, own, seen, series, headline, aim, assessment)


def points(readings: Readings) -> Series:
    """Readings as the sums see them."""
    packed = readings.packed
    starts, ends, values = map(readings.column, ("start", "end", "value"))
    qualifiers = readings.column("qualifier", "exact")
    return Series(lambda place: _point(packed[place]), range(len(packed)), starts, ends, values, qualifiers)


def _point(reading: Packed) -> Point:
    rest, at, fact_id, _, value, period, start, end = reading
    qualifier, status = further(rest, "qualifier", "exact"), further(rest, "status", "")
    return Point(fact_id, period, _date(start), _date(end), value, qualifier, status == "provisional", at)


_date = lru_cache(maxsize=1 << 15)(date.fromisoformat)


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
    ended = _day(register.said_on(by)) if by else None
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
        superseded_on=ended if state == "superseded" else None,
        dropped_on=ended if state == "dropped" else None,
        corrected=state == "corrected",
    )


def _day(iso: str | None) -> date | None:
    return _date(iso) if iso else None
