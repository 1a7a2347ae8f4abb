"""Verdicts as PROGRESS gives them: the rule that applied, the readings it went by, evidence and margin."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gztrack.domain.amounts import exact, signed
from gztrack.domain.assessment import Verdict
from gztrack.domain.grammar.calendar import ONE_DAY, add_months
from gztrack.domain.grammar.figures import sign_of
from gztrack.domain.points import Goal, Point, in_order
from gztrack.domain.reckoning.bounds import meets, only_grows
from gztrack.domain.reckoning.buffer import period_months
from gztrack.domain.reckoning.coverage import coverage, length_wanted, window
from gztrack.domain.register import Fact
from gztrack.domain.verdicts import LONGEST_REPORTING, SPAN_NEEDS_FLOW, reporting_months, verdict
from gztrack.language import ntr, term, tr
from gztrack.services.board.assessing import goal
from gztrack.services.explaining.subject import Subject
from gztrack.services.explaining.sums import given, made, stated
from gztrack.services.explaining.views import Sum, VerdictSums, Weighed
from gztrack.services.views import TargetView

MOST = 12
"""Readings that are named; of the others only the number."""

BY_THEN = term("the latest by the due date")
NEXT = term("the first after the due date")
LATE = term("the first after the due date that meets it")
EARLIER = term("met it before")
SILENT = term("proves nothing")
DECISIVE = term("of the very period that the target is about")
PART = term("a part of that period")

MARGIN = term("margin")

Judged = list[tuple[Point, bool | None]]
Picked = dict[Point, str]


def explained(subject: Subject, view: TargetView, fact: Fact) -> VerdictSums:
    """How a target's verdict comes about, or what will decide it."""
    aim = goal(subject.register, fact, subject.moment)
    points = subject.found.points
    judged = verdict(points, aim, measure=subject.measure, direction=subject.direction, today=subject.day)
    cited = subject.cite_target(view)
    if judged.status in ("open", "superseded", "dropped"):
        rule = _not_judged(aim, judged, subject.measure)
        return VerdictSums(view, cited, judged.status, view.reason, rule)
    if aim.span is not None:
        return _of_total(subject, view, aim, judged)
    every = [
        (point, meets(point.value, point.qualifier, aim, subject.direction)) for point in in_order(points)
    ]
    due = aim.due or subject.day
    if subject.measure != "level":
        rule, picked, same = _flow_rule(every, aim, due, subject)
        months, how = None, ""
    else:
        months = reporting_months(points)
        how = _period_how(points)
        rule, picked = _level_rule(every, due, judged, months)
        same = every
    silent = [point for point, met in same if met is None]
    return VerdictSums(
        view,
        cited,
        judged.status,
        view.reason,
        rule,
        months,
        how,
        _weighed(subject, every, picked, silent),
        len(silent),
        subject.cite(judged.evidence) if judged.evidence else None,
        _margin(judged, aim),
    )


def _not_judged(aim: Goal, judged: Verdict, measure: str) -> str:
    """Why there is no verdict yet, or none at all."""
    if judged.status == "superseded":
        return tr(
            "a later target replaced it on {day}, before it was due: it is not judged", day=aim.superseded_on
        )
    if judged.status == "dropped":
        return tr("it was withdrawn on {day}, before it was due: it is not judged", day=aim.dropped_on)
    due = aim.last_day
    if due is None:
        return tr("it has no due date, so there is no day on which it is judged")
    if aim.span is not None:
        what = tr("the total from {first} to {last}", first=aim.span[0], last=aim.span[1])
    elif measure == "level":
        what = tr("the latest reading whose period ends by {due}, if it proves anything", due=due)
    else:
        what = tr("the reading for the {coverage} that end on {due}", coverage=length_wanted(aim), due=due)
    return tr("not yet due: from {day} on it is judged by {evidence}", day=due + ONE_DAY, evidence=what)


def _period_how(points: Iterable[Point]) -> str:
    """How the reporting period comes about."""
    ends = {point.end for point in points}
    months = period_months(ends)
    if months is None:
        return tr("no two readings tell it, so the longest that counts")
    apart = ntr(
        "the {readings} readings lie {n} month apart (median)",
        "the {readings} readings lie {n} months apart (median)",
        months,
        readings=len(ends),
    )
    if months <= LONGEST_REPORTING:
        return apart
    return tr("{apart}; at most {most} count", apart=apart, most=LONGEST_REPORTING)


def _level_rule(every: Judged, due: date, judged: Verdict, months: int) -> tuple[str, Picked]:
    """Which of the three rules for levels applied, and the readings it went by."""
    proving = [(point, met) for point, met in every if met is not None]
    before = [pair for pair in proving if pair[0].end <= due]
    after = [pair for pair in proving if pair[0].end > due]
    late = next((point for point, met in after if met), None)
    picked: Picked = {late: LATE} if late else {}
    if after:
        picked[after[0][0]] = NEXT
    if before:
        last, met = before[-1]
        picked[last] = BY_THEN
        if met:
            return tr("1: the latest reading by the due date, {period}, meets it", period=last.period), picked
        reach = add_months(last.end, months)
        if reach > due:
            earlier = next((point for point, met in before if met), None)
            if earlier:
                picked[earlier] = EARLIER
            first = tr(
                "2: the latest reading by the due date, {period}, does not meet it and speaks until {day},"
                " past the due date",
                period=last.period,
                day=reach,
            )
            late_too = judged.status == "met late"
            return tr("{rule}; a later one meets it", rule=first) if late_too else first, picked
        gone = tr(
            "3: the latest reading by the due date, {period}, does not meet it but speaks only until {day}",
            period=last.period,
            day=reach,
        )
    else:
        gone = tr("3: no reading by the due date proves anything")
    if not after:
        return tr("{rule}; no later one proves anything either", rule=gone), picked
    first_after, met = after[0]
    rule = tr("{rule}, so the first after it decides, {period}", rule=gone, period=first_after.period)
    if not met:
        return tr("{rule}: it does not meet", rule=rule), picked
    return tr("{rule}: it meets, but whether the target was met in time it cannot say", rule=rule), picked


def _flow_rule(every: Judged, aim: Goal, due: date, subject: Subject) -> tuple[str, Picked, Judged]:
    """What decided on a flow or a rate, the readings it went by, and those of the target's coverage."""
    first, kind = window(aim, due)[0], length_wanted(aim)
    same = [pair for pair in every if coverage(pair[0].start, pair[0].end) == kind]
    late = next((point for point, met in same if met and point.end > due), None)
    picked: Picked = {late: LATE} if late else {}
    decisive = [point for point, met in same if met is not None and point.end == due]
    if decisive:
        picked[decisive[-1]] = DECISIVE
        met = dict(every)[decisive[-1]]
        if met:
            rule = tr("the reading for the {coverage} to the due date decides: it meets", coverage=kind)
        else:
            rule = tr(
                "the reading for the {coverage} to the due date decides: it does not meet", coverage=kind
            )
        return (tr("{rule}; a later one does", rule=rule) if late and not met else rule), picked, same
    if subject.measure == "flow" and only_grows(aim, subject.direction):
        part = next((p for p, met in every if met and first <= p.start and p.end <= due), None)
        if part is not None:
            picked[part] = PART
            rule = tr(
                "a part of the {coverage} to the due date already meets it, and a flow only grows",
                coverage=kind,
            )
            return rule, picked, same
    if any(p.end == due for p, _ in same):
        rule = tr(
            "only a reading for the {coverage} that end on the due date decides, and there is none that"
            " proves anything",
            coverage=kind,
        )
    else:
        rule = tr(
            "only a reading for the {coverage} that end on the due date decides, and there is none",
            coverage=kind,
        )
    return (tr("{rule}; a later one meets it", rule=rule) if late else rule), picked, same


def _weighed(subject: Subject, every: Judged, picked: Picked, silent: list[Point]) -> tuple[Weighed, ...]:
    """The readings that the rule went by, then the latest of those that prove nothing, oldest first."""
    room = max(0, MOST - len(picked))
    roles = {**dict.fromkeys(silent[len(silent) - min(room, len(silent)) :], SILENT), **picked}
    proofs = dict(every)
    return tuple(Weighed(subject.cite(point), proofs[point], roles[point]) for point in in_order(roles))


def _margin(judged: Verdict, aim: Goal) -> Sum | None:
    """Evidence minus T; of ``between`` minus the nearer limit, inside it nothing."""
    point, value = judged.evidence, judged.margin
    if point is None or value is None:
        return None
    text = f"{sign_of(judged.qualifier)}{signed(value)}"
    if aim.high is not None and aim.value <= point.value <= aim.high:
        inside = tr(
            "{figure} lies within {low}..{high}",
            figure=exact(point.value, ""),
            low=exact(aim.value, ""),
            high=exact(aim.high, ""),
        )
        return Sum("margin", MARGIN, "0", (), "0", value, text, judged.qualifier, note=inside)
    limit = aim.high if aim.high is not None and point.value > aim.high else aim.value
    symbols = {"y": stated("y", point), "T": given("T", limit, aim.id)}
    return made("margin", MARGIN, "y - T", symbols, value, text, qualifier=judged.qualifier)


def _of_total(subject: Subject, view: TargetView, aim: Goal, judged: Verdict) -> VerdictSums:
    """The verdict on the total of a span: its sum against T."""
    cited = subject.cite_target(view)
    span = aim.span
    if span is None or subject.measure != "flow":
        return VerdictSums(view, cited, judged.status, view.reason, tr(SPAN_NEEDS_FLOW))
    whole = subject.total(span)
    gaps = whole.gaps(span[1])
    if judged.status == "met":
        rule = term("the sum from {first} to {last} meets it")
    elif judged.status == "missed":
        rule = term("readings cover all of {first} to {last}, and their sum does not meet it")
    elif gaps:
        rule = term("only the sum from {first} to {last} decides, and the readings leave gaps")
    elif whole.points:
        rule = term("only the sum from {first} to {last} decides, and some readings are bounds")
    else:
        rule = term("only the sum from {first} to {last} decides, and there is none")
    rule = tr(rule, first=span[0], last=span[1])
    margin = None
    if judged.margin is not None and whole.latest is not None:
        everything = whole.latest._replace(
            value=whole.value, qualifier=whole.qualifier(span[1]) or "exact", id=""
        )
        margin = _margin(Verdict(judged.status, "", everything, judged.margin, judged.qualifier), aim)
    evidence = subject.cite(judged.evidence) if judged.evidence else None
    return VerdictSums(view, cited, judged.status, view.reason, rule, evidence=evidence, margin=margin)
