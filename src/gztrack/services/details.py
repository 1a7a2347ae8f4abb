"""Everything about one indicator, ready to show: readings, targets, figures, and the whole ledger."""

from __future__ import annotations

from collections.abc import Iterable

from gztrack.domain.amounts import exact, signed
from gztrack.domain.assessment import Assessment, Projection
from gztrack.domain.reckoning.bounds import Figure
from gztrack.domain.register import Fact, Moment, Register, order
from gztrack.domain.text import clean
from gztrack.services.assessing import Case, case
from gztrack.services.readings import attained
from gztrack.services.references import known_indicator
from gztrack.services.rows import reading_view, row_of, target_view
from gztrack.services.views import Detail, ReadingView, TargetView


def detail(register: Register, slug: str, moment: Moment, method: str) -> Detail:
    """Everything about one indicator as of the moment."""
    indicator = known_indicator(register, slug, moment)
    found = case(register, indicator, moment, method, project=True)
    depth = 1 if indicator.get("part_of") else 0
    return Detail(
        row=row_of(register, found, moment, depth=depth),
        readings=tuple(standing(register, found, moment)),
        targets=tuple(targets(register, found, moment)),
        figures=tuple(figures(found.assessment, indicator["unit"])),
        facts=tuple(descriptions(register, found, moment)),
    )


def standing(register: Register, found: Case, moment: Moment) -> list[ReadingView]:
    """Readings that are neither corrected nor withdrawn, latest period first, with why some do not count."""
    slug = found.indicator["indicator"]
    counted = {p.id for p in found.assessment.counted}
    counting = {f["id"] for f in found.counting}
    day = moment.day.isoformat()
    views: list[tuple[tuple[int, str, str, tuple[str, str]], ReadingView]] = []
    for fact in register.standing_readings(slug, moment):
        if fact["end"] > day:
            why = "future"
        elif fact.get("series", "") != found.series:
            why = "other series"
        elif fact["id"] not in counting:
            why = _beside(fact, found.counting)
        elif fact["id"] not in counted:
            why = "another source counts" if found.indicator["measure"] == "level" else "other coverage"
        else:
            why = "counts"
        first = 1 if why in ("counts", "another source counts", "another correction counts", "future") else 0
        views.append(((first, fact["end"], fact["start"], order(fact)), reading_view(fact, why)))
    views.sort(key=lambda pair: pair[0], reverse=True)
    return [view for _, view in views]


def _beside(fact: Fact, counting: Iterable[Fact]) -> str:
    """Why a reading does not count that stands beside another one of its period."""
    old = fact.get("replaces")
    if old and any(other.get("replaces") == old for other in counting):
        return "another correction counts"
    return "another source counts"


def history(register: Register, slug: str, moment: Moment) -> list[ReadingView]:
    """Every reading ever logged, undone ones left out, in logging order, with what became of it."""
    indicator = known_indicator(register, slug, moment)
    found = case(register, indicator, moment, "linear")
    stands = {view.id: view.standing for view in standing(register, found, moment)}
    views: list[ReadingView] = []
    for fact in sorted(register.readings.get(indicator["indicator"], ()), key=order):
        if not register.exists(fact, moment):
            continue
        gone, new = register.withdrawal(fact, moment), register.replacement(fact, moment)
        if gone:
            views.append(reading_view(fact, "retracted", clean(gone["reason"])))
        elif new:
            views.append(reading_view(fact, "replaced", clean(new.get("reason", ""))))
        else:
            views.append(reading_view(fact, stands.get(fact["id"], "not yet published")))
    return views


def targets(register: Register, found: Case, moment: Moment, *, every: bool = False) -> list[TargetView]:
    """Targets with their verdicts: the headline first, then the latest due first.

    Args:
        every: Entry errors too, which are no promises.
    """
    slug = found.indicator["indicator"]
    views = [target_view(register, found, f, moment) for f in register.stated_targets(slug, moment)]
    if not every:
        views = [v for v in views if v.state not in ("corrected", "retracted")]
    views.sort(
        key=lambda v: (v.due_end.isoformat() if v.due_end else "9999", v.logged_at, v.id), reverse=True
    )
    views.sort(key=lambda v: not v.headline)
    return views


def ledger(
    register: Register, indicators: Iterable[Fact], moment: Moment, *, every: bool = False
) -> list[TargetView]:
    """Every target ever stated, by due date, earliest first."""
    views: list[TargetView] = []
    for indicator in indicators:
        if register.targets.get(indicator["indicator"]):
            views += targets(register, case(register, indicator, moment, "linear"), moment, every=every)
    views.sort(key=lambda v: (v.due_end.isoformat() if v.due_end else "9999", v.indicator, v.logged_at, v.id))
    return views


def figures(assessment: Assessment, unit: str) -> list[tuple[str, str]]:
    """The reckoned figures as (label, text), refused ones with the reason."""
    found: list[tuple[str, str]] = []
    for name in ("attainment", "path") if assessment.verdict is not None else ():
        figure: Figure | None = getattr(assessment, name)
        if figure is not None:
            found.append((name, attained(figure.value, figure.qualifier)))
        elif reason := assessment.refusals.get(name):
            found.append((name, f"refused: {reason}"))
    if assessment.time is not None:
        found.append(("time", f"{assessment.time * 100:.0f} %"))
    if assessment.needed_from_now is not None:
        text = f"{signed(assessment.needed_from_now, figures=3)} a year"
        if assessment.so_far is not None:
            text += f", so far {signed(assessment.so_far, figures=3)}"
        found.append(("needed", text))
    return found + _projection(assessment.projection, unit)


def _projection(projection: Projection | None, unit: str) -> list[tuple[str, str]]:
    if projection is None:
        return []
    if projection.value is None:
        return [("projection", f"none: {projection.reason}")] if projection.reason else []
    value = float(f"{projection.value:.3g}")
    text = exact(int(value) if value.is_integer() else value, unit, "about")
    if projection.reached is not None:
        text += f", reached {projection.reached}"
    if projection.label:
        text += f" ({projection.label})"
    return [("projection", text)]


def descriptions(register: Register, found: Case, moment: Moment) -> list[tuple[str, str]]:
    """What the indicator is, as (label, text)."""
    indicator = found.indicator
    better = "higher is better" if indicator["direction"] == "up" else "lower is better"
    facts = [
        ("id", indicator["indicator"]),
        ("measure", f"{indicator['measure']}, {better}"),
        ("unit", indicator["unit"]),
    ]
    if indicator.get("definition"):
        facts.append(("definition", clean(indicator["definition"])))
    whole = register.indicator(indicator.get("part_of", ""), moment)
    if whole:
        facts.append(("part of", clean(whole["name"])))
    if found.series:
        facts.append(("series", clean(found.series)))
    if indicator.get("inferred"):
        facts.append(("inferred", ", ".join(indicator["inferred"])))
    return facts


def citation(register: Register, fact: Fact, moment: Moment) -> str:
    """One footnote line: figure, period, source, page, dates, handle."""
    indicator = known_indicator(register, fact["indicator"], moment)
    view = reading_view(fact, "")
    figure = exact(fact["value"], indicator["unit"], fact.get("qualifier", "exact"))
    flags = [
        name
        for name, on in (("provisional", view.provisional), ("period inferred", "period" in view.inferred))
        if on
    ]
    period = view.period + (f", {', '.join(flags)}" if flags else "")
    parts = [f"{clean(indicator['name'])}: {figure} ({period})."]
    said = ", ".join(part for part in (view.origin.source, view.origin.url) if part)
    published = f", published {view.origin.published}" if view.origin.published else ""
    parts.append(f"Source: {said or 'none given'}{published}.")
    parts.append(f"Logged {view.logged_at[:10]} by {view.author}, {view.handle}.")
    return " ".join(parts)
