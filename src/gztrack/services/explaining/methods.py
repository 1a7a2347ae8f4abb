"""The three methods' sums: pace, growth and reach, with cuts, class, and what a bound leaves open."""

from __future__ import annotations

from gztrack.domain.assessment import Assessment
from gztrack.domain.grammar.figures import sign_of
from gztrack.domain.points import Goal
from gztrack.domain.reckoning.bounds import Figure, Spread, is_bound, only_grows, rising
from gztrack.domain.reckoning.classes import Finding, free_finding, target_finding
from gztrack.domain.reckoning.methods import (
    RATIOS,
    Scale,
    class_of,
    classify,
    free_growth,
    scale,
)
from gztrack.domain.reckoning.spans import assess_span
from gztrack.domain.reckoning.sums import OPEN, course
from gztrack.domain.records import METHODS
from gztrack.domain.text import listed
from gztrack.language import term, tr
from gztrack.services.explaining.subject import Subject, extended
from gztrack.services.explaining.sums import RATIO_PLACES, Symbols, decimal, made, reckoned, refused, result
from gztrack.services.explaining.views import MethodSums, Operand, Sum
from gztrack.services.explaining.wording import together

OBSERVED = "(y / y0)^(1 / years(t0, t)) - 1"
REQUIRED = "(T / y0)^(1 / years(t0, tT)) - 1"
RATIO = {
    "linear": "((y - y0) / years(t0, t)) / ((T - y0) / years(t0, tT))",
    "open-sdg": "s * d * CAGR_observed / abs(CAGR_required)",
    "un-chart": "(value_at_due - y0) / (T - y0)",
}
"""The ratio of each method, towards a target."""

FREE = "s * d * CAGR_observed"
"""The ratio of both growth methods without a target."""

AT_DUE = "y * (1 + CAGR_observed)^years(t, tT)"
AS_STATED = term("of y0 as it is stated, though it is a bound")
SPAN = "(total / T) / (years(ts, t) / years(ts, te))"

LABEL = term("ratio")
GROWTH = term("{ratio} ({percent} % a year)")


def methods(subject: Subject) -> tuple[MethodSums, ...]:
    """All three, the one that the row goes by marked."""
    goal = subject.goal
    if goal is None:
        return tuple(_free(subject, method) for method in METHODS)
    if goal.span is not None:
        return tuple(_of_span(subject, goal, method) for method in METHODS)
    return tuple(_towards(subject, goal, method) for method in METHODS)


def agreement(found: tuple[MethodSums, ...]) -> tuple[bool | None, str]:
    """Whether the methods that give a class give the same one, and that in words."""
    classes = {each.name: each.status for each in found if _is_class(each)}
    if not classes:
        return None, tr("none gives a class")
    if len(classes) == 1:
        name, status = next(iter(classes.items()))
        return None, tr("only {method} gives a class: {status}", method=name, status=tr(status))
    if len(set(classes.values())) == 1:
        status = tr(next(iter(classes.values())))
        if len(classes) == len(found):
            return True, tr("all three say {status}", status=status)
        return True, tr("{methods} both say {status}", methods=together(classes), status=status)
    each = (tr("{method} {status}", method=name, status=tr(status)) for name, status in classes.items())
    return False, tr("they disagree: {methods}", methods=listed(each))


def _is_class(found: MethodSums) -> bool:
    return found.status == found.worst or found.status in dict(found.cuts)


def _towards(subject: Subject, goal: Goal, method: str) -> MethodSums:
    case = subject.course(goal)
    way = course(case)
    finding = target_finding(case, way, subject.asked(method))
    cuts = scale(method, with_target=True)
    if not finding.sums or way is None:
        ratio = refused("ratio", LABEL, RATIO[method], finding.reason or tr(finding.status))
        return _method(subject, method, (ratio,), finding, cuts)
    steps, symbols = _growth_steps(subject.symbols(), finding)
    spread = RATIOS[method](way)
    ratio = _ratio(RATIO[method], symbols, finding, cuts)
    return _method(subject, method, (*steps, ratio), finding, cuts, bounds(spread, cuts, finding.status))


def _growth_steps(symbols: Symbols, finding: Finding) -> tuple[list[Sum], Symbols]:
    """The growth rates and the value at the due date, as far as a method needs them."""
    steps: list[Sum] = []
    y, y0 = symbols["y"], symbols["y0"]
    observed, needed = finding.sums.get("growth_so_far"), finding.sums.get("growth_needed")
    value = finding.sums.get("value_at_due")
    if observed is not None:
        words = _carried(y, y0, -1 if symbols["s"].value == -1 else 1)
        steps.append(_growth("growth_so_far", term("CAGR_observed"), OBSERVED, symbols, observed, words))
        symbols = extended(symbols, reckoned("CAGR_observed", observed, words))
    if needed is not None:
        words = "about" if y0.qualifier == "about" else "exact"
        steps.append(_growth("growth_needed", term("CAGR_required"), REQUIRED, symbols, needed, words))
        symbols = extended(symbols, reckoned("CAGR_required", needed, words))
    if value is not None:
        words = _carried(y, y0, 1)
        shown = result(float(value), words)
        note = tr(AS_STATED) if is_bound(y0.qualifier) else ""
        steps.append(
            made(
                "value_at_due",
                term("value_at_due"),
                AT_DUE,
                symbols,
                value,
                shown,
                qualifier=words,
                note=note,
            )
        )
        symbols = extended(symbols, reckoned("value_at_due", value, words))
    return steps, symbols


def _carried(y: Operand, y0: Operand, sign: int) -> str:
    """The qualifier of a figure that grows with y, or falls with it where sign is negative.

    A baseline that is a bound leaves it open at both ends; it is shown as the stated figures make it.
    """
    if is_bound(y.qualifier) and not is_bound(y0.qualifier):
        figure = rising(0.0, y.qualifier, sign).figure()
        return figure.qualifier if figure else "exact"
    return "about" if "about" in (y.qualifier, y0.qualifier) else "exact"


def _growth(name: str, label: str, formula: str, symbols: Symbols, value: float, words: str) -> Sum:
    text = tr(GROWTH, ratio=decimal(value, 6, words), percent=decimal(value * 100, 2, words))
    note = tr(AS_STATED) if is_bound(symbols["y0"].qualifier) else ""
    return made(name, label, formula, symbols, value, text, qualifier=words, note=note)


def _ratio(formula: str, symbols: Symbols, finding: Finding, cuts: Scale, *, free: bool = False) -> Sum:
    figure = finding.ratio
    if figure is None:
        return refused(
            "ratio", LABEL, formula, tr(OPEN) if finding.status == "cannot tell" else tr("beyond any number")
        )
    text = ratio_text(figure, cuts, free=free)
    return made("ratio", LABEL, formula, symbols, figure.value, text, qualifier=figure.qualifier)


def ratio_text(figure: Figure, cuts: Scale, *, free: bool = False) -> str:
    """A ratio with four decimals, more where four would show it in another class."""
    kind, places = classify(figure.value, cuts), RATIO_PLACES + 2 * free
    texts = (decimal(figure.value, count, figure.qualifier) for count in range(places, 12))
    text = next((t for t in texts if _class(t, cuts) == kind), f"{sign_of(figure.qualifier)}{figure.value}")
    if not free:
        return text
    return tr(GROWTH, ratio=text, percent=decimal(figure.value * 100, 2, figure.qualifier))


def _class(text: str, cuts: Scale) -> str:
    """The class that a ratio seems to have as it is shown; none for one that is no number."""
    bare = text.lstrip("<>≤≥~").replace(",", "")
    return classify(float(bare), cuts) if bare[-1:].isdigit() else ""


def _free(subject: Subject, method: str) -> MethodSums:
    found = subject.assessment
    latest, base = found.latest, subject.base
    cuts = scale(method, with_target=False)
    if latest is None:
        return _method(subject, method, (), Finding("no reading"), cuts)
    if method == "linear":
        return _method(subject, method, (), Finding("no target"), cuts)
    finding = free_finding(base, latest, found.sense, subject.asked(method))
    if not finding.sums or base.point is None:
        ratio = refused("ratio", LABEL, FREE, finding.reason or tr(finding.status))
        return _method(subject, method, (ratio,), finding, cuts, percent=True)
    steps, symbols = _growth_steps(subject.symbols(), finding)
    spread = free_growth(base.point, latest, found.sense, finding.sums["years_so_far"])
    ratio = _ratio(FREE, symbols, finding, cuts, free=True)
    kept = bounds(spread, cuts, finding.status, free=True)
    return _method(subject, method, (*steps, ratio), finding, cuts, kept, percent=True)


def _of_span(subject: Subject, goal: Goal, method: str) -> MethodSums:
    """A span total: only its pace can be reckoned; its class is hidden in the row once it is reached or due."""
    span, judged = goal.span, subject.assessment.verdict
    if span is None or judged is None:
        raise ValueError("not a span total")
    found = assess_span(subject.found.points, goal, span, judged, subject.asked(method))
    cuts = scale(method, with_target=True)
    assessable = (
        subject.measure == "flow"
        and method == "linear"
        and only_grows(goal, subject.direction)
        and goal.value > 0
        and found.latest is not None
    )
    finding = _span_finding(found, cuts, assessable=assessable)
    if found.ratio is None:
        ratio = refused("ratio", LABEL, SPAN if method == "linear" else RATIO[method], finding.reason)
        return _method(subject, method, (ratio,), finding, cuts)
    ratio = _ratio(SPAN, subject.span_symbols(span), finding, cuts)
    spread = rising(found.ratio.value, found.ratio.qualifier, 1)
    return _method(subject, method, (ratio,), finding, cuts, bounds(spread, cuts, finding.status))


def _span_finding(found: Assessment, cuts: Scale, *, assessable: bool) -> Finding:
    """What the method says, whatever status the row shows.

    Args:
        assessable: It can be asked of such a total; where there is no ratio then, bounds leave it open.
    """
    if found.ratio is None:
        reason = found.refusals.get("ratio", "")
        return Finding("cannot tell" if assessable else "not assessable", reason)
    status = class_of(rising(found.ratio.value, found.ratio.qualifier, 1), cuts) or "cannot tell"
    return Finding(status, found.reason if found.status == status else "", found.ratio)


def bounds(spread: Spread, cuts: Scale, status: str, *, free: bool = False) -> str:
    """What the ratios that a bound allows come to; empty where nothing is open."""
    if spread.low == spread.high:
        return (
            tr("y or y0 is about right; the class is that of the figures as they are stated")
            if spread.about
            else ""
        )
    figure = spread.figure()
    span = tr("any ratio")
    if figure is not None:
        span = tr("a ratio {ratio}", ratio=ratio_text(figure, cuts, free=free))
    below = spread.high != spread.nominal or spread.strict
    worst, best = classify(spread.low, cuts), classify(spread.high, cuts, below=below)
    if status == best:
        return tr("the bounds allow {ratios}: {status} for every one of them", ratios=span, status=tr(status))
    if worst == best:
        return tr(
            "the bounds allow {ratios}, and baselines that already meet the target: no class", ratios=span
        )
    return tr(
        "the bounds allow {ratios}: anything from {worst} to {best}, so no class",
        ratios=span,
        worst=tr(worst),
        best=tr(best),
    )


def _method(
    subject: Subject,
    method: str,
    sums: tuple[Sum, ...],
    finding: Finding,
    cuts: Scale,
    open_to: str = "",
    *,
    percent: bool = False,
) -> MethodSums:
    ratio = finding.ratio
    return MethodSums(
        method,
        method == subject.assessment.method,
        sums,
        ratio.value if ratio else None,
        ratio.qualifier if ratio else "exact",
        finding.status,
        finding.reason,
        tuple((status, least) for least, status in cuts.cuts),
        cuts.worst,
        percent,
        open_to,
    )
