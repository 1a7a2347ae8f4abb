"""One indicator as of a moment, as the sums behind its row see it, and the sources they cite."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gztrack.domain.assessment import Asked, Assessment
from gztrack.domain.grammar.calendar import ONE_DAY
from gztrack.domain.points import Goal, Point
from gztrack.domain.reckoning.coverage import Baseline, baseline, length_wanted
from gztrack.domain.reckoning.sums import Case as Course
from gztrack.domain.reckoning.totals import SpanTotal, span_total
from gztrack.domain.register import Moment, Register
from gztrack.domain.text import clean
from gztrack.language import tr
from gztrack.services.board.assessing import Case
from gztrack.services.board.rows import origin, reading_view
from gztrack.services.entering.references import handle
from gztrack.services.explaining.sums import Symbols, duration, given, stated
from gztrack.services.explaining.views import Cited, NumberedSource, Operand
from gztrack.services.views import Origin, ReadingView, TargetView


@dataclass(slots=True)
class Sources:
    """Numbers the sources in the order in which they are first cited."""

    known: dict[Origin, list[str]] = field(default_factory=dict)

    def number(self, where: Origin, fact: str) -> int:
        """The number of a source, 0 where none is given; the fact is noted under it."""
        if where == Origin():
            return 0
        facts = self.known.setdefault(where, [])
        if fact not in facts:
            facts.append(fact)
        return list(self.known).index(where) + 1

    def listed(self) -> tuple[NumberedSource, ...]:
        """All that were cited."""
        every = enumerate(self.known.items(), 1)
        return tuple(NumberedSource(number, where, tuple(facts)) for number, (where, facts) in every)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be explained.

    Attributes:
        register: The facts.
        moment: As of when.
        found: The indicator, sorted out and assessed.
        goal: The headline target as the sums see it; None without one.
        sources: Collects what is cited.
    """

    register: Register
    moment: Moment
    found: Case
    goal: Goal | None
    sources: Sources

    @property
    def assessment(self) -> Assessment:
        """What the row says."""
        return self.found.assessment

    @property
    def measure(self) -> str:
        """``level``, ``flow`` or ``rate``."""
        return str(self.found.indicator["measure"])

    @property
    def direction(self) -> str:
        """The indicator's own, ``up`` or ``down``."""
        return str(self.found.indicator["direction"])

    @property
    def day(self) -> date:
        """D."""
        return self.moment.day

    def asked(self, method: str) -> Asked:
        """The indicator as a method is asked about it."""
        return Asked(self.measure, self.direction, method, self.day)

    @property
    def base(self) -> Baseline:
        """The baseline, or why there is none."""
        counted = self.assessment.counted
        return baseline(counted, len(counted) < len(self.found.points), self.goal, self.measure)

    def course(self, goal: Goal) -> Course:
        """What the reckoning of a target that is no span total goes by."""
        some = bool(self.found.points)
        absent = (
            tr("no reading of {length} (mixed coverage)", length=length_wanted(goal))
            if some
            else tr("no reading")
        )
        return Course(goal, self.direction, self.day, self.base, self.assessment.latest, absent)

    def total(self, span: tuple[date, date]) -> SpanTotal:
        """What was counted of a span."""
        return span_total(self.found.points if self.measure == "flow" else (), span)

    # -- citing ------------------------------------------------------------------------

    def cite(self, point: Point) -> Cited:
        """A reading, or the baseline that a target states."""
        fact_id = point.id.removesuffix("/baseline")
        _, fact = self.register.get(fact_id) or ("", {})
        if fact_id == point.id:
            return self.cite_view(reading_view(self.register, fact, ""))
        number = self.sources.number(origin(fact), handle(fact_id))
        label = clean(point.period)
        return Cited(fact_id, handle(fact_id), "baseline", label, point.end, point.value, source=number)

    def cite_view(self, view: ReadingView) -> Cited:
        """A reading that is shown."""
        return Cited(
            view.id,
            view.handle,
            "reading",
            view.period,
            view.end,
            view.value,
            qualifier=view.qualifier,
            provisional=view.provisional,
            inferred=view.inferred,
            source=self.sources.number(view.origin, view.handle),
        )

    def cite_target(self, view: TargetView) -> Cited:
        """A target that is shown."""
        return Cited(
            view.id,
            view.handle,
            "target",
            view.due,
            view.due_end,
            view.value,
            view.high,
            view.comparator,
            inferred=view.inferred,
            source=self.sources.number(view.origin, view.handle),
        )

    # -- symbols -----------------------------------------------------------------------

    def symbols(self) -> dict[str, Operand]:
        """What the symbols of a target's sums stand for, as far as there is something."""
        found, goal = self.assessment, self.goal
        start, latest = found.baseline, found.latest
        known: dict[str, Operand] = {"d": given("d", found.sense)}
        if start is not None:
            known["y0"] = stated("y0", start)
            known["s"] = given("s", -1 if start.value < 0 else 1)
        if latest is not None:
            known["y"] = stated("y", latest)
        if goal is not None and found.target is not None:
            known["T"] = given("T", found.target, goal.id)
        due = goal.last_day if goal is not None else None
        ends = {"t0": start and start.end, "t": latest and latest.end, "tT": due, "D": self.day}
        return known | durations(ends, ("t0", "t"), ("t0", "tT"), ("t", "tT"), ("t0", "D"))

    def span_symbols(self, span: tuple[date, date]) -> dict[str, Operand]:
        """What the symbols of a span total's sums stand for; ``ts`` is the eve of the span's first day."""
        found = self.assessment
        known = {"T": given("T", found.target or 0, self.goal.id if self.goal else "")}
        whole = self.total(span)
        if whole.latest is not None:
            words = whole.qualifier(whole.latest.end) or "exact"
            known["total"] = stated("total", whole.latest._replace(value=whole.value, qualifier=words, id=""))
        gone = min(max(self.day, span[0] - ONE_DAY), span[1])
        ends = {"ts": span[0] - ONE_DAY, "t": found.latest and found.latest.end, "te": span[1], "D": gone}
        return known | durations(ends, ("ts", "t"), ("ts", "te"), ("t", "te"), ("ts", "D"))


def durations(ends: dict[str, date | None], *pairs: tuple[str, str]) -> dict[str, Operand]:
    """The times between named days, as far as both are known."""
    known: dict[str, Operand] = {}
    for first, last in pairs:
        start, end = ends[first], ends[last]
        if start is not None and end is not None:
            name = f"years({first}, {last})"
            known[name] = duration(name, start, end)
    return known


def extended(symbols: Symbols, *more: Operand) -> dict[str, Operand]:
    """The symbols with some results added."""
    return {**symbols, **{operand.name: operand for operand in more}}
