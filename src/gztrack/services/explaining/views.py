"""What is behind a row, ready to show: each figure as a sum with its operands, and where they come from.

A sum is data: a formula in symbols, its operands, the same with the numbers filled in, and the
result, which is the assessment's own. Text and JSON are both made of it. The symbols are those of
PROGRESS: ``y0`` at ``t0`` the baseline, ``y`` at ``t`` the latest reading, ``T`` the target due
at ``tT``, ``d`` which way is better, ``D`` the day as of which is reckoned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gztrack.domain.amounts import Number
from gztrack.services.views import Origin, Row, TargetView


@dataclass(frozen=True, slots=True)
class Operand:
    """A number of a sum.

    Attributes:
        name: As the formula calls it (``y0``, ``years(t0, t)``).
        value: The number, not rounded; of a time between two days its ends are days.
        text: The number as it is filled in.
        qualifier: Of the number; a bound's sign stands in the text.
        fact: Id of the reading or target that states it; empty for one that was reckoned.
    """

    name: str
    value: Number | date
    text: str
    qualifier: str = "exact"
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure and how it comes about, or why there is none.

    Attributes:
        name: Stable key.
        label: What people call it in English; `tr` says it.
        formula: In symbols; ``^`` is a power.
        operands: What stands for the symbols; none for a figure that is refused.
        filled: The formula with the numbers filled in; empty for a figure that is refused.
        value: The result, as the assessment has it; None when refused.
        shown: The result as text, rounded for display alone.
        qualifier: Of the result; a figure reckoned from a bound is a bound.
        refused: Why there is no result.
        note: One plain remark ("a bound, since y is one").
    """

    name: str
    label: str
    formula: str
    operands: tuple[Operand, ...] = ()
    filled: str = ""
    value: Number | date | None = None
    shown: str = ""
    qualifier: str = "exact"
    refused: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A reading, or a baseline that a target states, with where it comes from.

    Attributes:
        id: Of the fact.
        handle: What commands call it.
        kind: ``reading``, ``target`` or, for a figure that a target states, ``baseline``.
        period: As typed; of a target its due date.
        end: The last day of it; None without a due date.
        value: In the indicator's unit.
        high: Of a target the upper limit of ``between``.
        qualifier: Of a target the comparator.
        provisional: The source calls it that.
        inferred: Names of fields that the source does not state itself.
        source: Its number among the sources; 0 where none is given.
    """

    id: str
    handle: str
    kind: str
    period: str
    end: date | None
    value: Number
    high: Number | None = None
    qualifier: str = "exact"
    provisional: bool = False
    inferred: tuple[str, ...] = ()
    source: int = 0

    @property
    def flags(self) -> tuple[str, ...]:
        """``provisional``, and which fields are inferred, as keys."""
        return (
            *(["provisional"] if self.provisional else []),
            *(f"{name} inferred" for name in self.inferred),
        )


@dataclass(frozen=True, slots=True)
class Input:
    """A symbol that facts stand for: baseline, latest reading or target.

    Attributes:
        symbol: ``y0``, ``y`` or ``T``.
        day: ``t0``, ``t`` or ``tT``.
        cited: The fact, or None.
        how: Why it is this one, or who stated it.
        absent: Why there is none.
    """

    symbol: str
    day: date | None = None
    cited: Cited | None = None
    how: str = ""
    absent: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Readings that do not count, for one reason.

    Attributes:
        reason: ``other coverage``, ``future`` and so on; `tr` says it.
        count: How many there are.
        named: Some of them.
    """

    reason: str
    count: int
    named: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What went in.

    Attributes:
        aim: T as the latest reading sees it; of ``between`` the nearer limit.
        limits: Which values meet a ``between`` or an ``about``, in words; else empty.
        sense: ``d``: +1 when higher is better, -1 when lower is.
        sense_how: What decides it.
        sign: ``s``: -1 where the baseline is below zero, else +1; None without a baseline, or where
            a total is summed, for growth is reckoned of neither.
        coverage: Which length of period counts, in words; empty for a level.
        series: The current series; empty for the unnamed one.
        counted: How many readings count.
        left_out: The others, by reason.
    """

    baseline: Input
    latest: Input
    target: Input
    aim: Number | None
    limits: str
    sense: int
    sense_how: str
    sign: int | None
    coverage: str
    series: str
    counted: int
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class MethodSums:
    """One method's sums and what they come to.

    Attributes:
        chosen: The row goes by this one.
        sums: Step by step; the last one is the ratio.
        ratio: What the method reckoned.
        qualifier: Of the ratio.
        status: The class, ``cannot tell``, ``not assessable``, ``no target`` or ``no reading``,
            whatever else there is to be said of the row.
        reason: One plain line.
        cuts: Class and the least ratio that belongs to it, best first.
        worst: The class below every cut.
        percent: The ratio is a growth a year and its cuts are percentages.
        bounds: What the values that a bound allows come to; empty without a bound.
    """

    name: str
    chosen: bool
    sums: tuple[Sum, ...]
    ratio: float | None
    qualifier: str
    status: str
    reason: str
    cuts: tuple[tuple[str, float], ...]
    worst: str
    percent: bool = False
    bounds: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reading held against a target.

    Attributes:
        meets: True, False, or None where it proves neither way.
        role: Why it was looked at, in English; `tr` says it.
    """

    cited: Cited
    meets: bool | None
    role: str


@dataclass(frozen=True, slots=True)
class VerdictSums:
    """A verdict and how it comes about.

    Attributes:
        target: The promise.
        cited: The same with the number of its source.
        status: The verdict's word, or ``open``.
        reason: One plain line, or empty.
        rule: The rule that gave it, in words.
        period_months: Levels: the reporting period that the rule went by.
        period_how: How that comes about.
        weighed: The readings that were looked at; at most a dozen.
        silent: How many readings were passed over, as they prove nothing.
        evidence: The reading that decides.
        margin: Evidence minus target.
    """

    target: TargetView
    cited: Cited
    status: str
    reason: str
    rule: str
    period_months: int | None = None
    period_how: str = ""
    weighed: tuple[Weighed, ...] = ()
    silent: int = 0
    evidence: Cited | None = None
    margin: Sum | None = None


@dataclass(frozen=True, slots=True)
class ForecastSums:
    """Where the readings lead.

    Attributes:
        readings: How many went in.
        how: In words what the slopes are the median of.
        sums: Slope, value at the due date and date of reaching it.
        label: ``two points`` where there are no more.
        reason: Why something is missing.
    """

    readings: int
    how: str
    sums: tuple[Sum, ...]
    label: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """A source and what it states.

    Attributes:
        facts: Handles of the readings and targets that come from it.
    """

    number: int
    origin: Origin
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Every figure behind a row.

    Attributes:
        row: The row, as the board shows it.
        as_of: D.
        logged_by: Only facts logged up to then; empty for all.
        published_by: Only readings published up to then; empty for all.
        rule: Which of the six rules gave the status.
        rule_text: The same in words.
        figures: Attainment, path, time and so on.
        methods: All three.
        agree: Whether the methods that give a class give the same one; None where fewer than two do.
        agreement: The same in words.
        verdict: On the headline target; None without one.
        others: On the indicator's other targets.
        sources: What was cited, by number.
    """

    row: Row
    as_of: date
    logged_by: str
    published_by: str
    rule: int
    rule_text: str
    inputs: Inputs
    figures: tuple[Sum, ...]
    methods: tuple[MethodSums, ...]
    agree: bool | None
    agreement: str
    verdict: VerdictSums | None
    others: tuple[VerdictSums, ...]
    forecast: ForecastSums
    sources: tuple[NumberedSource, ...]
