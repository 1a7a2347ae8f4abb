"""The figures of a row as sums: attainment, path, time, the paces, the line and the buffer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gztrack.domain.amounts import exact
from gztrack.domain.assessment import Assessment
from gztrack.domain.grammar.calendar import ONE_DAY
from gztrack.domain.grammar.qualifiers import LOWER_BOUNDS, UPPER_BOUNDS
from gztrack.domain.points import Goal
from gztrack.domain.reckoning.bounds import Figure, comparator, is_bound
from gztrack.domain.reckoning.spans import NOTHING_INSIDE
from gztrack.domain.reckoning.totals import said
from gztrack.language import ntr, term, tr
from gztrack.services.explaining.subject import Subject, extended
from gztrack.services.explaining.sums import (
    Symbols,
    amount,
    decimal,
    given,
    made,
    reckoned,
    refused,
    result,
    share,
    stated,
    time_between,
)
from gztrack.services.explaining.views import Operand, Sum
from gztrack.services.naming import change_in

LABELS = {
    "years_so_far": term("t0 to t"),
    "years_in_all": term("t0 to tT"),
    "years_left": term("t to tT"),
    "years_to_date": term("t0 to D"),
    "total": term("total"),
    "attainment": term("attainment"),
    "path": term("path"),
    "time": term("time"),
    "needed_from_baseline": term("pace needed"),
    "needed_from_now": term("needed from now"),
    "so_far": term("pace so far"),
    "expected": term("line at D"),
    "marker": term("marker"),
    "buffer": term("buffer"),
}
"""Stable key of a figure to what people call it in English, in the order in which they are shown."""

LINE = {
    "attainment": "y / T",
    "path": "(y - y0) / (T - y0)",
    "time": "years(t0, t) / years(t0, tT)",
    "needed_from_baseline": "(T - y0) / years(t0, tT)",
    "needed_from_now": "(T - y) / years(t, tT)",
    "so_far": "(y - y0) / years(t0, t)",
    "expected": "y0 + (T - y0) * years(t0, D) / years(t0, tT)",
    "marker": "expected / T",
    "buffer": "(path * years(t0, tT) - years(t0, t)) * 12 / months",
}
"""Formulas where a line leads from a baseline to the target."""

INSIDE = {"path": "1", "needed_from_now": "0"}
"""What is reckoned instead once the latest reading lies inside the range that is aimed at."""

SPAN = {
    "attainment": "total / T",
    "path": "total / T",
    "time": "years(ts, t) / years(ts, te)",
    "needed_from_baseline": "T / years(ts, te)",
    "needed_from_now": "(T - total) / years(t, te)",
    "so_far": "total / years(ts, t)",
    "expected": "T * years(ts, D) / years(ts, te)",
    "marker": "years(ts, D) / years(ts, te)",
    "buffer": "(path * years(ts, te) - years(ts, t)) * 12 / months",
}
"""The same for the total of a span, whose line starts at zero on the eve ``ts`` of its first day."""


def figures(subject: Subject) -> tuple[Sum, ...]:
    """Every figure behind the row, those that are refused with their reason."""
    goal = subject.goal
    if goal is None:
        return _without_target(subject)
    if goal.span is not None:
        return _of_span(subject, goal.span)
    return _towards(subject, goal)


def _without_target(subject: Subject) -> tuple[Sum, ...]:
    found, symbols = subject.assessment, subject.symbols()
    sums = [
        refused(name, LABELS[name], LINE[name], _why_not(found, name)) for name in LINE if name != "so_far"
    ]
    return (*_times(subject), _pace("so_far", LINE, symbols, subject), *sums)


def _towards(subject: Subject, goal: Goal) -> tuple[Sum, ...]:
    found, symbols = subject.assessment, subject.symbols()
    formulas, note = LINE, ""
    if subject.course(goal).inside:
        formulas, note = (
            {**LINE, **INSIDE},
            tr("y lies within {low}..{high}", low=exact(goal.value, ""), high=exact(goal.high or 0, "")),
        )
    if found.period_months is not None:
        symbols["months"] = given("months", found.period_months)
    return (
        *_times(subject),
        *(_noted(each, note) for each in _shares(formulas, symbols, found)),
        *(
            _noted(_pace(name, formulas, symbols, subject), note)
            for name in ("needed_from_baseline", "needed_from_now", "so_far")
        ),
        *_line_today(subject, goal, symbols),
        _buffer(LINE, symbols, found),
    )


def _noted(one: Sum, note: str) -> Sum:
    """With the remark on what is inside a range, where the figure is one of those that go by it."""
    return (
        replace(one, note=note) if note and one.formula == INSIDE.get(one.name) and not one.refused else one
    )


def _times(subject: Subject) -> list[Sum]:
    """The times between the dates that go into the sums."""
    found, goal = subject.assessment, subject.goal
    ends = {
        "t0": found.baseline and found.baseline.end,
        "t": found.latest and found.latest.end,
        "tT": goal.due if goal else None,
        "D": _today(subject, goal),
    }
    pairs = (("years_so_far", "t0", "t"), ("years_in_all", "t0", "tT"), ("years_left", "t", "tT"))
    sums = []
    for name, first, last in (*pairs, ("years_to_date", "t0", "D")):
        start, end = ends[first], ends[last]
        if start is not None and end is not None and start <= end:
            sums.append(time_between(name, LABELS[name], f"years({first}, {last})", start, end))
    return sums


def _today(subject: Subject, goal: Goal | None) -> date | None:
    """D, where the line to the target passes it and the latest reading does not stand for it."""
    latest = subject.assessment.latest
    if goal is None or goal.due is None or subject.day >= goal.due or (latest and latest.end == subject.day):
        return None
    return subject.day


def _shares(formulas: dict[str, str], symbols: Symbols, found: Assessment) -> list[Sum]:
    time = None if found.time is None else Figure(found.time)
    every = {"attainment": found.attainment, "path": found.path, "time": time}
    return [
        share(name, LABELS[name], formulas[name], symbols, figure, found.refusals)
        for name, figure in every.items()
    ]


def _pace(name: str, formulas: dict[str, str], symbols: Symbols, subject: Subject) -> Sum:
    found = subject.assessment
    value: float | None = getattr(found, name)
    qualifier = found.qualifiers.get(name, "exact")
    if value is None:
        return refused(name, LABELS[name], formulas[name], _why_not(found, name))
    figure = f"{'+' if value > 0 and qualifier == 'exact' else ''}{result(value, qualifier)}"
    text = tr("{figure} a year", figure=change_in(subject.found.indicator["unit"], figure))
    return made(name, LABELS[name], formulas[name], symbols, value, text, qualifier=qualifier)


def _why_not(found: Assessment, name: str) -> str:
    fallback = tr("no target") if found.verdict is None else found.refusals.get("path", "")
    return found.refusals.get(name) or fallback


def _line_today(subject: Subject, goal: Goal, symbols: Symbols) -> list[Sum]:
    """Where the line from the baseline to T is at D, and where that is on the bar."""
    found = subject.assessment
    due = goal.due is not None and subject.day >= goal.due
    ranged = comparator(goal, subject.direction) == "between"
    qualifier = found.qualifiers.get("expected", "exact")
    formula, note = ("T", tr("D is not before tT")) if due else (LINE["expected"], "")
    line = amount(
        "expected",
        LABELS["expected"],
        formula,
        symbols,
        found.expected,
        found.refusals,
        qualifier=qualifier,
        note=note,
    )
    formula = LINE["marker"]
    if found.expected is None or found.sense < 0 or ranged or (found.target or 0) <= 0:
        formula = "1" if due else "years(t0, D) / years(t0, tT)"
    more = [] if found.expected is None else [Operand("expected", found.expected, _plain(line.shown))]
    figure = None if found.marker is None else Figure(found.marker)
    place = share("marker", LABELS["marker"], formula, extended(symbols, *more), figure, found.refusals)
    return [line, place]


def _plain(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def _buffer(formulas: dict[str, str], symbols: Symbols, found: Assessment) -> Sum:
    """How far the readings are ahead of the line, in reporting periods."""
    name = "buffer"
    months, path = found.period_months, found.path
    if found.buffer is None or months is None or path is None:
        return refused(name, LABELS[name], formulas[name], _why_not(found, name))
    known = extended(symbols, given("months", months), reckoned("path", path.value, path.qualifier))
    qualifier = found.qualifiers.get(name, "exact")
    text = tr(
        "{buffer} {periods}, {side}",
        buffer=decimal(found.buffer, 2, qualifier),
        periods=ntr("reporting periods of {n} month", "reporting periods of {n} months", months),
        side=side_of_line(found.buffer, qualifier),
    )
    return made(name, LABELS[name], formulas[name], known, found.buffer, text, qualifier=qualifier)


def side_of_line(buffer: float, qualifier: str) -> str:
    """Where a buffer is; a bound that leaves both sides open is on neither."""
    lower, upper = qualifier in LOWER_BOUNDS, qualifier in UPPER_BOUNDS
    if (lower and buffer < 0) or (upper and buffer > 0):
        return tr("on either side of the line")
    if abs(buffer) < 0.005:
        return tr("on the line")
    return tr("ahead of the line") if buffer > 0 else tr("behind the line")


def _of_span(subject: Subject, span: tuple[date, date]) -> tuple[Sum, ...]:
    """The total of a span with its parts, and what is reckoned from it."""
    found, symbols = subject.assessment, subject.span_symbols(span)
    eve = span[0] - ONE_DAY
    times = [time_between("years_in_all", term("the span"), "years(ts, te)", eve, span[1])]
    if found.latest is not None:
        times.insert(0, time_between("years_so_far", term("ts to t"), "years(ts, t)", eve, found.latest.end))
        if found.latest.end < span[1]:
            left = time_between("years_left", term("t to te"), "years(t, te)", found.latest.end, span[1])
            times.append(left)
    if eve < subject.day < span[1]:
        times.append(time_between("years_to_date", term("ts to D"), "years(ts, D)", eve, subject.day))
    expected = amount(
        "expected", LABELS["expected"], SPAN["expected"], symbols, found.expected, found.refusals
    )
    marker = None if found.marker is None else Figure(found.marker)
    return (
        *times,
        _total(subject, span),
        *_shares(SPAN, symbols, found),
        *(
            _pace(name, SPAN, symbols, subject)
            for name in ("needed_from_baseline", "needed_from_now", "so_far")
        ),
        expected,
        share("marker", LABELS["marker"], SPAN["marker"], symbols, marker, found.refusals),
        _buffer(SPAN, symbols, found),
    )


def _total(subject: Subject, span: tuple[date, date]) -> Sum:
    """The sum written out, reading by reading, with the gaps named."""
    found = subject.assessment
    if found.total is None or found.latest is None:
        return refused("total", LABELS["total"], "", found.refusals.get("path") or tr(NOTHING_INSIDE))
    whole = subject.total(span)
    words = whole.qualifier(found.latest.end)
    operands = tuple(stated(_term(number), point) for number, point in enumerate(whole.points, 1))
    note = said(found.gaps) or tr("no gap from {first} to {last}", first=span[0], last=found.latest.end)
    if any(is_bound(point.qualifier) for point in whole.points):
        note = tr("{note}; some of them are bounds", note=note)
    return Sum(
        "total",
        LABELS["total"],
        " + ".join(operand.name for operand in operands),
        operands,
        " + ".join(operand.text for operand in operands),
        found.total,
        result(found.total, words or "exact"),
        words or "exact",
        note=note,
    )


def _term(number: int) -> str:
    return f"y{number}"
