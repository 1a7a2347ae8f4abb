"""What wants somebody's attention: rows that fall behind, promises that came due, figures gone quiet.

An alarm is about what happened while somebody kept watch. A due date that had passed when its
target was logged is history, so a seed and a backfilled import raise none; archived indicators
are silent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from gztrack.domain.grammar.calendar import add_months
from gztrack.domain.register import Fact, Moment, Register, last_day
from gztrack.domain.text import clean, meant
from gztrack.domain.verdicts import verdict
from gztrack.errors import InputError
from gztrack.language import term, tr
from gztrack.light import NamedTuple
from gztrack.services.board.assessing import Case, case, goal
from gztrack.services.board.rows import arranged, reading_view, row_of, target_view
from gztrack.services.days import today_in
from gztrack.services.views import ReadingView, Row, TargetView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

KINDS = ("moving-away", "off-track", "overdue", "verdict-due", "stale")
"""Every alarm, worst first: the order in which they are told."""

_BY_STATUS = {"moving away": "moving-away", "off track": "off-track"}

_PATIENCE = re.compile(r"([0-9]{1,5}) ?([dwmy])")
_LONGEST = {"d": 36_525, "w": 5_217, "m": 1_200, "y": 100}
"""A hundred years in each unit: what lies beyond is a slip, or means ``never``."""


class Patience(NamedTuple):
    """How long nothing need be heard: a number of days or of calendar months.

    Attributes:
        days: Whole days; 0 where months count.
        months: Whole months, month end to month end.
    """

    days: int = 0
    months: int = 0

    def ends(self, start: date) -> date:
        """The last day, counted from a day, that is not too long yet."""
        return add_months(start, self.months) if self.months else start + timedelta(days=self.days)


USUAL = Patience(days=90)
"""``--stale-after`` unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that wants attention.

    Attributes:
        kind: One of `KINDS`.
        row: The indicator as the board shows it.
        target: The target that the alarm is about, with its verdict.
        evidence: The reading that the verdict rests on, or None.
        since: What the alarm goes by: the end of the latest reading's period for a status, the due
            date for a verdict, the day from which the silence counts for ``stale``.
        last_logged: Logging time of the indicator's last reading (ISO, UTC), or empty.
        quiet: For ``stale``: days since then; else 0.
        heard: For ``stale``: silence counts from a reading; else from the target.
    """

    kind: str
    row: Row
    target: TargetView
    evidence: ReadingView | None
    since: date
    last_logged: str = ""
    quiet: int = 0
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """What is looked for.

    Attributes:
        moment: As of when.
        zone: The database's, by which the day of a logging time goes.
        method: How a status is reckoned; empty for each indicator's own.
        kinds: Only alarms of these.
        patience: How long an open target may go without a reading, and how long a due one is news;
            None without end.
    """

    moment: Moment
    zone: str
    method: str = ""
    kinds: Collection[str] = KINDS
    patience: Patience | None = USUAL

    def day(self, at: str) -> date:
        """The day of a logging time."""
        return today_in(self.zone, datetime.fromisoformat(at).timestamp())

    def over(self, start: date) -> bool:
        """Whether patience that began on a day has run out."""
        return self.patience is not None and self.moment.day > self.patience.ends(start)


def parse_patience(text: str) -> Patience | None:
    """A length of time: ``90d``, ``12w``, ``6m`` (calendar months), ``1y``; None for ``never``.

    Raises:
        InputError: It is none.
    """
    wanted = clean(text).lower()
    if meant(wanted, (term("never"),)):
        return None
    found = _PATIENCE.fullmatch(wanted)
    if not found:
        raise InputError(
            tr("no length of time: '{text}'; write 90d, 12w, 6m for months, 1y or never", text=clean(text))
        )
    number, unit = int(found[1]), found[2]
    if number > _LONGEST[unit]:
        raise InputError(
            tr("'{text}' is more than a hundred years; for no end write never", text=clean(text))
        )
    if unit in "my":
        return Patience(months=number * (12 if unit == "y" else 1))
    return Patience(days=number * (7 if unit == "w" else 1))


def alarms(register: Register, indicators: list[Fact], watch: Watch) -> list[Alarm]:
    """Every alarm, worst kind first, then in board order.

    Args:
        register: The facts.
        indicators: The indicators on the board, in the order in which they were first stated.
        watch: What is looked for.
    """
    found: list[Alarm] = []
    for indicator, _ in arranged(indicators):
        targets = _standing(register, indicator["indicator"], watch.moment)
        if targets:
            of = case(register, indicator, watch.moment, watch.method)
            found += _Indicator(register, of, targets, watch).alarms()
    found.sort(key=lambda alarm: KINDS.index(alarm.kind))
    return found


def _standing(register: Register, slug: str, moment: Moment) -> list[Fact]:
    """The standing targets of an indicator, the one logged first ahead."""
    stated = register.stated_targets(slug, moment)
    return [fact for fact in stated if register.target_state(fact, moment)[0] == "standing"]


class _Indicator:
    """One indicator on watch.

    Args:
        register: The facts.
        found: The indicator, assessed.
        targets: Its standing targets, the one logged first ahead.
        watch: What is looked for.
    """

    def __init__(self, register: Register, found: Case, targets: list[Fact], watch: Watch) -> None:
        self.register = register
        self.found = found
        self.targets = targets
        self.watch = watch

    def alarms(self) -> Iterator[Alarm]:
        """Its alarms, in no order of kinds."""
        yield from self._by_status()
        if not {"overdue", "verdict-due"}.isdisjoint(self.watch.kinds):
            yield from self._by_verdict()
        if "stale" in self.watch.kinds and self.watch.patience is not None:
            yield from self._quiet()

    def _by_status(self) -> Iterator[Alarm]:
        headline, assessment = self.found.headline, self.found.assessment
        kind = _BY_STATUS.get(assessment.status, "")
        # Once the due date has passed the status is a verdict.
        if headline is not None and kind in self.watch.kinds:
            latest = assessment.latest
            yield self._alarm(kind, headline, latest.end if latest else self.watch.moment.day)

    def _by_verdict(self) -> Iterator[Alarm]:
        told: set[tuple[object, ...]] = set()
        for fact in sorted(self.targets, key=last_day):
            aim = goal(self.register, fact, self.watch.moment)
            due = aim.last_day
            # A second source that states the same figure for the same day states the same promise.
            promise = (aim.value, aim.high, aim.comparator, due, aim.span)
            if due is None or not aim.overdue(self.watch.moment.day) or promise in told:
                continue
            if self.watch.day(self._first_logged(fact)) > due:
                continue
            told.add(promise)
            kind = "overdue" if self.watch.over(due) else "verdict-due"
            if kind not in self.watch.kinds:
                continue
            indicator = self.found.indicator
            judged = verdict(
                self.found.points,
                aim,
                measure=indicator["measure"],
                direction=indicator["direction"],
                today=self.watch.moment.day,
            )
            if judged.status == "cannot tell" or (kind == "verdict-due" and judged.status != "met"):
                yield self._alarm(kind, fact, due, judged.evidence.id if judged.evidence else "")

    def _quiet(self) -> Iterator[Alarm]:
        day, last = self.watch.moment.day.isoformat(), self._last_logged()
        heard = self.watch.day(last) if last else date.min
        quiet: list[tuple[Fact, date]] = []
        for fact in self.targets:
            if last_day(fact) >= day:
                start = max(heard, self.watch.day(self._first_logged(fact)))
                if self.watch.over(start):
                    quiet.append((fact, start))
        if quiet:
            shown = (self.found.headline or {}).get("id")
            fact, start = min(quiet, key=lambda pair: (pair[0]["id"] != shown, last_day(pair[0])))
            alarm = self._alarm("stale", fact, start)
            yield replace(alarm, quiet=(self.watch.moment.day - start).days, heard=start == heard)

    def _alarm(self, kind: str, target: Fact, since: date, evidence: str = "") -> Alarm:
        moment = self.watch.moment
        view = target_view(self.register, self.found, target, moment)
        known = self.register.get(evidence) if evidence else None
        return Alarm(
            kind,
            row_of(self.register, self.found, moment),
            view,
            reading_view(self.register, known[1], "counts") if known else None,
            since,
            self._last_logged(),
        )

    def _last_logged(self) -> str:
        """When a reading that stands was logged last, of whatever series and period."""
        slug = self.found.indicator["indicator"]
        return max(self.register.standing_readings(slug, self.watch.moment).column("at"), default="")

    def _first_logged(self, fact: Fact) -> str:
        """When a promise was first logged: the correction of an entry error is no new promise."""
        seen: set[str] = set()
        while fact.get("how") == "correction" and fact["id"] not in seen:  # no command writes a circle
            seen.add(fact["id"])
            known = self.register.get(fact.get("replaces", ""))
            if known is None or not self.register.exists(known[1], self.watch.moment):
                break
            fact = known[1]
        return str(fact["at"])
