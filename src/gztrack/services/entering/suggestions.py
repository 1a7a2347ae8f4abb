"""What a form can offer to complete: sources, people, groups, units and ids used before, periods that come next.

Nothing is ever filled in by it: a source that nobody chose would be a claim nobody made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from gztrack.domain.grammar.calendar import add_months, whole_months
from gztrack.domain.packed import AT, END, PERIOD, REST, START, Packed, Readings, further
from gztrack.domain.periods import last_complete
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean

MOST = 200
"""Sources that are offered at most; somebody who looks further types."""

MOST_OF_ONE = 40
"""Sources that are remembered of one indicator: a page of its own for each reading would crowd out all others."""

MOST_PERIODS = 6

Name = TypeVar("Name", str, tuple[str, str])
Pair = tuple[str, str]
"""A source and the page it was seen on."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was used before, nearest first: by this indicator, by its group, by any; of each the latest first.

    Attributes:
        sources: Source and page; one of the two may be empty.
        stated_by: Who stated targets.
        groups: Names of groups.
        groups_zh: The same in Chinese.
        units: Units as typed.
        units_zh: The same in Chinese.
        series: Names of the indicator's series.
        indicators: Id, name and Chinese name of every indicator.
        periods: Labels that come next for the indicator, soonest first.
    """

    sources: tuple[Pair, ...] = ()
    stated_by: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    indicators: tuple[tuple[str, str, str], ...] = ()
    periods: tuple[str, ...] = ()
    groups_zh: tuple[str, ...] = ()
    units_zh: tuple[str, ...] = ()


@dataclass(slots=True)
class _Used:
    """What one indicator's facts name, each with the time when it was logged last."""

    sources: dict[Pair, str] = field(default_factory=dict)
    stated_by: dict[str, str] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)


class Usage:
    """What a register's facts name, kept: an indicator is looked at again only after it changed.

    Attributes:
        looked_at: Readings gone through so far.
    """

    def __init__(self) -> None:
        self.looked_at = 0
        self._kept: dict[str, _Used] = {}

    def forget(self, slugs: Iterable[str]) -> None:
        """Have these indicators looked at again when somebody asks."""
        for slug in slugs:
            self._kept.pop(slug, None)

    def of(self, register: Register, slug: str, moment: Moment) -> _Used:
        """What one indicator's facts name."""
        found = self._kept.get(slug)
        if found is None:
            found = self._kept[slug] = self._look(register, slug, moment)
        return found

    def _look(self, register: Register, slug: str, moment: Moment) -> _Used:
        used = _Used()
        readings = register.standing_readings(slug, moment).packed
        self.looked_at += len(readings)
        # Readings share what they have in common, so that few of these rests stand for many readings.
        rests: dict[int, Packed] = {}
        for reading in readings:
            known = rests.get(id(reading[REST]))
            if known is None or reading[AT] > known[AT]:
                rests[id(reading[REST])] = reading
        for reading in rests.values():
            rest, at = reading[REST], reading[AT]
            pair = further(rest, "source", ""), further(rest, "source_url", "")
            _note(used.sources, pair, at)
            _note(used.series, further(rest, "series", ""), at)
        for target in register.targets.get(slug, ()):
            if register.exists(target, moment):
                _note(used.sources, (target.get("source", ""), target.get("source_url", "")), target["at"])
                _note(used.stated_by, target.get("stated_by", ""), target["at"])
        used.sources = dict(sorted(used.sources.items(), key=lambda item: item[1])[-MOST_OF_ONE:])
        return used


def suggest(
    register: Register, usage: Usage, indicators: Sequence[Fact], slug: str, moment: Moment
) -> Suggestions:
    """Return what a form about an indicator can offer.

    Args:
        register: The facts.
        usage: What is kept of them; `Usage.forget` must have been told which indicators changed.
        indicators: Those that stand, archived ones included.
        slug: Whose form it is; empty for that of a new indicator.
        moment: Today.
    """
    here = next((fact for fact in indicators if fact["indicator"] == slug), None)
    group = here.get("group", "") if here else ""
    near = [fact["indicator"] for fact in indicators if here and fact.get("group", "") == group]
    every = [fact["indicator"] for fact in indicators]
    circles = [
        [usage.of(register, each, moment) for each in ring] for ring in ([slug] if here else [], near, every)
    ]
    own = usage.of(register, slug, moment) if here else _Used()
    latest = list(reversed(indicators))
    return Suggestions(
        sources=_nearest([[used.sources for used in ring] for ring in circles]),
        stated_by=_nearest([[used.stated_by for used in ring] for ring in circles]),
        groups=_each(fact.get("group", "") for fact in latest),
        units=_each(fact["unit"] for fact in latest),
        series=tuple(sorted(own.series, key=own.series.__getitem__, reverse=True)),
        indicators=tuple(
            (fact["indicator"], clean(fact["name"]), clean(fact.get("name_zh", "")))
            for fact in indicators
            if fact["indicator"] != slug
        ),
        periods=_periods(register.standing_readings(slug, moment), here, moment.day)
        if here
        else next_periods((), moment.day),
        groups_zh=_each(fact.get("group_zh", "") for fact in latest),
        units_zh=_each(fact.get("unit_zh", "") for fact in latest),
    )


def _periods(standing: Readings, indicator: Fact, today: date) -> tuple[str, ...]:
    """What comes next in the current series, then in any other."""
    names = standing.column("series", "")
    current = indicator.get("series", "")
    if not current and names and all(names):
        at = [(reading[END], reading[AT]) for reading in standing.packed]
        current = names[max(range(len(at)), key=at.__getitem__)]
    own = standing.of_series(current)
    following = next_periods(standing.packed, today)
    if own is standing or not own.packed:
        return following
    return tuple(dict.fromkeys((*next_periods(own.packed, today), *following)))[:MOST_PERIODS]


def next_periods(readings: Iterable[Packed], today: date) -> tuple[str, ...]:
    """Return the labels of the complete periods that come next, by the lengths that were reported so far.

    The length reported last comes first, and what follows the latest reading even where it is not over yet:
    a length that was given up years ago must not take its place. Without readings the last year, quarter
    and month.
    """
    last: dict[int, Packed] = {}
    for reading in readings:
        months = whole_months(date.fromisoformat(reading[START]), date.fromisoformat(reading[END]))
        if months and (months not in last or reading[END] > last[months][END]):
            last[months] = reading
    found: list[str] = []
    ordered = sorted(last.values(), key=lambda reading: (reading[END], reading[AT]), reverse=True)
    for reading in ordered:
        label, start, end = reading[PERIOD], *map(date.fromisoformat, (reading[START], reading[END]))
        while len(found) < MOST_PERIODS and (following := _following(label, start, end)):
            label, start, end = following
            if end > today:
                # What is itself not over was logged ahead: nothing follows it yet.
                if not found and reading is ordered[0] and reading[END] <= today.isoformat():
                    found.append(label)
                break
            found.append(label)
    if not last:
        found = [last_complete(months, today).label for months in (12, 3, 1)]
    return tuple(dict.fromkeys(found))[:MOST_PERIODS]


def _following(label: str, start: date, end: date) -> tuple[str, date, date] | None:
    """The period right after one, of the same length; of a part of a year that begins in January a year later."""
    months = whole_months(start, end) or 0
    if months in (1, 3, 6, 12) and start.month % months == 1 % months:
        begins, ends = add_months(start, months), add_months(end, months)
        part = (begins.month - 1) // months + 1
        names = {12: f"{begins.year}", 6: f"{begins.year}-H{part}", 3: f"{begins.year}-Q{part}"}
        return names.get(months, f"{begins.year}-{begins.month:02}"), begins, ends
    if start.month == 1 and months < 12 and start.year == end.year:
        later = label.replace(str(start.year), str(start.year + 1))
        return later, add_months(start, 12), add_months(end, 12)
    return None


def _nearest(circles: Iterable[Iterable[dict[Name, str]]]) -> tuple[Name, ...]:
    """Every name once, those of the inner circles first, of each circle the latest first."""
    found: dict[Name, None] = {}
    for ring in circles:
        latest: dict[Name, str] = {}
        for used in ring:
            for name, at in used.items():
                if at > latest.get(name, ""):
                    latest[name] = at
        found |= dict.fromkeys(sorted(latest, key=latest.__getitem__, reverse=True))
    return tuple(found)[:MOST]


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in map(clean, names) if name))


def _note(names: dict[Name, str], name: Name, at: str) -> None:
    """Remember when a name was used last; nothing is no name."""
    if any(name) and at > names.get(name, ""):
        names[name] = at
