"""What a form understood so far: an echo or an error beside each field, and what the row would say.

Every field is understood on its own with the very functions that saving uses, so an error
stands beside the field that caused it and the echo never promises what saving would refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gztrack.domain import records
from gztrack.domain.amounts import exact, exact_goal, signed
from gztrack.domain.assessment import Assessment
from gztrack.domain.periods import parse_day, parse_due, parse_period, spelled
from gztrack.domain.progress import assess
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import checked, clean, meant
from gztrack.domain.units import parse_unit
from gztrack.errors import GztrackError, InputError
from gztrack.language import ptr, tr
from gztrack.services.board.assessing import Case, case, goal, point
from gztrack.services.board.rows import bar
from gztrack.services.entering import goals, indicators, readings
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.references import find_reading, find_target, known_indicator
from gztrack.services.naming import change_in, name_of, typed_unit, unit_of
from gztrack.services.views import Preview


class _Fields:
    """Collects echoes and errors by field."""

    def __init__(self) -> None:
        self.echoes: dict[str, str] = {}
        self.errors: dict[str, str] = {}

    def understand(self, name: str, text: str, how: Callable[[], str], *, needed: bool = False) -> None:
        """Try a field; an empty one that is not needed stays silent."""
        if not clean(text) and not needed:
            return
        try:
            self.echoes[name] = how()
        except GztrackError as error:
            self.errors[name] = str(error)

    def lengths(self, **texts: str) -> None:
        """Refuse texts that are too long beside their fields; they need no echo."""
        for name, text in texts.items():
            try:
                checked(text, tr(name))
            except GztrackError as error:
                self.errors[name] = str(error)

    def preview(self, **more: object) -> Preview:
        """The preview with what was collected."""
        return Preview(echoes=self.echoes, errors=self.errors, **more)  # type: ignore[arg-type]

    def whole(self, build: Callable[[], Preview], last: str) -> Preview:
        """Understand the entry as a whole; what only the whole refuses stands beside the field ``last``."""
        if self.errors:
            return self.preview()
        try:
            return build()
        except GztrackError as error:
            self.errors[last] = str(error)
            return self.preview()


def preview_log(
    register: Register, entry: LogEntry, moment: Moment, method: str, correcting: str = ""
) -> Preview:
    """What a log or correction form understood.

    Args:
        correcting: READING that the entry corrects; empty for a new one.
    """
    old = find_reading(register, correcting, moment) if correcting else None
    indicator = known_indicator(register, (old or {}).get("indicator", "") or entry.indicator, moment)
    entry = entry._replace(indicator=indicator["indicator"])
    fields = _Fields()
    series = clean(entry.series) or (old or indicator).get("series", "")
    found = case(register, indicator, moment, method)
    counting = [
        f for f in found.counting if f.get("series", "") == series and f["id"] != (old or {}).get("id")
    ]

    def value() -> str:
        amount = readings.understood_amount(entry, indicator, old, counting)
        return exact(amount.value, unit_of(indicator), amount.qualifier)

    def period() -> str:
        return spelled(readings.understood_period(entry.period, indicator, moment.day, old))

    started = bool(entry.value or entry.by)
    fields.understand("value", entry.value or entry.by, value, needed=old is not None)
    fields.understand("period", entry.period, period, needed=started or indicator["measure"] == "level")
    _origin(fields, entry.url, entry.published, moment.day)
    fields.lengths(source=entry.source, note=entry.note)
    if not started and old is None:
        return fields.preview()

    def whole() -> Preview:
        plan = readings.plan_reading(entry, register, moment, old)
        outlook, remark = _with_reading(register, found, plan, counting, moment)
        status, headline = _headline(outlook, found.headline, indicator) if outlook else ("", "")
        drawn = bar(outlook) if outlook and found.headline else None
        return fields.preview(guard=plan.guard, status=status, headline=headline, bar=drawn, remark=remark)

    return fields.whole(whole, "value")


def _with_reading(
    register: Register, found: Case, plan: readings.Plan, counting: list[Fact], moment: Moment
) -> tuple[Assessment | None, str]:
    """The assessment as it would be with a planned reading, and one remark."""
    record = plan.record
    if plan.period.end > moment.day:
        return None, tr("counts from {day}", day=plan.period.end)
    if record.get("series", "") != found.series:
        name = record.get("series")
        return None, (
            tr("goes into the series {name}, beside the one that the row shows", name=name)
            if name
            else tr("goes into the series without a name, beside the one that the row shows")
        )
    same = [f for f in counting if (f["start"], f["end"]) == (record["start"], record["end"])]
    others = [f for f in counting if f not in same]
    new = point({**record, "id": "~"})
    aim = goal(register, found.headline, moment) if found.headline else None
    indicator = found.indicator
    outlook = assess(
        [*map(point, others), new],
        aim,
        measure=indicator["measure"],
        direction=indicator["direction"],
        method=found.assessment.method,
        today=moment.day,
    )
    if same:
        there = exact(same[0]["value"], "", same[0].get("qualifier", "exact"))
        return outlook, tr(
            "stands beside {value}, logged for {period} before; the later entry counts",
            value=there,
            period=same[0]["period"],
        )
    if not counting:
        return outlook, tr("first reading in this series")
    near = readings.nearest_reading(counting, indicator["measure"], plan.period)
    if near is None:
        return outlook, tr("first reading of this coverage")
    step = signed(readings.exact_sum(record["value"], -near["value"]))
    there = exact(near["value"], "", near.get("qualifier", "exact"))
    return outlook, tr("{step} against {value} in {period}", step=step, value=there, period=near["period"])


def _headline(outlook: Assessment, target: Fact | None, indicator: Fact) -> tuple[str, str]:
    """Status word and "103.3 % of ≥300,000 by 2020-12-31 (date inferred)"."""
    if target is None:
        return outlook.status, tr("no target yet: g sets one")
    said = exact_goal(target["value"], target.get("high"), _sign(target), unit_of(indicator), with_unit=False)
    text = tr("{goal} {due}", goal=said, due=goals.due_text(target))
    if "due" in target.get("inferred", ()):
        text = tr("{goal} (date inferred)", goal=text)
    if outlook.share is not None:
        falling = outlook.attainment is None
        share = readings.attained(outlook.share.value, outlook.share.qualifier)
        text = tr("the way to {goal}", goal=text) if falling else text
        text = ptr("preview", "{share} of {goal}", share=share, goal=text)
    return outlook.status, text


def _sign(target: Fact) -> str:
    return "" if target["comparator"] == "between" else str(target["comparator"])


def preview_goal(register: Register, entry: GoalEntry, moment: Moment, method: str) -> Preview:
    """What a goal form understood."""
    indicator = known_indicator(register, entry.indicator, moment)
    found = case(register, indicator, moment, method)
    fields = _Fields()
    day = moment.day

    def revised() -> str:
        old = find_target(register, entry.replaces, moment)
        figure, when = exact_goal(old["value"], old.get("high"), _sign(old), ""), goals.due_text(old)
        if entry.correction:
            return tr("corrects {target} {due}", target=figure, due=when)
        return tr("revises {target} {due}", target=figure, due=when)

    def value() -> str:
        old = find_target(register, entry.replaces, moment) if clean(entry.replaces) else None
        number, high, comparator = goals.understood_value(entry, indicator, old)
        return goals.goal_text({"value": number, "high": high, "comparator": comparator}, unit_of(indicator))

    def due() -> str:
        when = parse_due(entry.due, day)
        return tr("by {day}", day=when.end) if when.end else tr("without a due date")

    started = bool(clean(entry.value) or clean(entry.due))
    fields.understand("replaces", entry.replaces, revised)
    fields.understand("value", entry.value, value)
    fields.understand("due", entry.due, due)
    fields.understand("stated_on", entry.stated_on, lambda: _stated(entry.stated_on, day))
    fields.understand(
        "over", entry.over, lambda: tr("in total over {span}", span=parse_period(entry.over, day).label)
    )
    fields.understand(
        "baseline",
        entry.baseline,
        lambda: exact(goals.understood_baseline(entry.baseline, typed_unit(indicator)), unit_of(indicator)),
    )
    fields.understand(
        "baseline_for", entry.baseline_for, lambda: spelled(parse_period(entry.baseline_for, day))
    )
    _origin(fields, entry.url, entry.published, day)
    fields.lengths(source=entry.source, note=entry.note, quote=entry.quote, reason=entry.reason)
    if not started:
        return fields.preview()
    if not clean(entry.due) and not clean(entry.over) and not clean(entry.replaces):
        fields.errors["due"] = tr("when is it due? 2027-12-31, 2027, or none")
    if not clean(entry.value) and not clean(entry.replaces):
        fields.errors["value"] = tr("what is aimed at? for example 300k, >=1.5m or 40..60")
    if clean(entry.replaces) and not entry.correction and not clean(entry.reason):
        fields.errors["reason"] = tr("a moved target needs its reason")

    def whole() -> Preview:
        plan = goals.plan_goal(entry, register, moment)
        drafted = {**plan.record, "id": "~", "tx": "~", "at": "9999", "author": "", "login": ""}
        outlook = assess(
            found.points,
            goal(register, drafted, moment),
            measure=indicator["measure"],
            direction=indicator["direction"],
            method=found.assessment.method,
            today=day,
        )
        status, headline = _headline(outlook, plan.record, indicator)
        return fields.preview(
            status=status, headline=headline, bar=bar(outlook), remark=_pace(outlook, indicator["unit"])
        )

    return fields.whole(whole, "value")


def _stated(text: str, today: date) -> str:
    if meant(text, ("unknown",)):
        return tr("statement date unknown")
    period = parse_period(text, today)
    if period.start > today:
        raise InputError(tr("lies after today ({today})", today=today))
    return period.start.isoformat() if period.start == period.end else spelled(period)


def _pace(outlook: Assessment, unit: str) -> str:
    if outlook.needed_from_now is not None:
        needed = change_in(unit, signed(outlook.needed_from_now, figures=3))
        if outlook.so_far is None:
            return tr("needs {pace} a year from here", pace=needed)
        return tr(
            "needs {pace} a year from here; so far {so_far} a year",
            pace=needed,
            so_far=change_in(unit, signed(outlook.so_far, figures=3)),
        )
    return outlook.reason


def preview_indicator(register: Register, entry: IndicatorEntry, moment: Moment, *, editing: bool) -> Preview:
    """What a new or edited indicator's form understood."""
    fields = _Fields()
    if not editing:
        fields.understand("id", entry.id, lambda: _free(register, entry, moment))
    fields.understand("unit", entry.unit, lambda: _unit(entry.unit))
    fields.understand("unit_zh", entry.unit_zh, lambda: _unit(entry.unit_zh))
    fields.understand(
        "measure", entry.measure, lambda: tr(records.word(entry.measure, "measure", records.MEASURES))
    )
    fields.understand(
        "direction",
        entry.direction,
        lambda: indicators.better(records.word(entry.direction, "direction", records.DIRECTIONS)),
    )
    fields.understand("part_of", entry.part_of, lambda: _whole(entry.part_of, register, moment))
    fields.understand(
        "method", entry.method, lambda: indicators.understood_method(entry.method) or tr("the database's")
    )
    if not editing and not all(clean(text) for text in (entry.id, entry.name, entry.unit)):
        return fields.preview()

    def whole() -> Preview:
        if editing:
            indicators.plan_edit(entry._replace(yes=True), register, moment)
        else:
            indicators.plan_new(entry, register, moment)
        return fields.preview()

    return fields.whole(whole, "name")


def _free(register: Register, entry: IndicatorEntry, moment: Moment) -> str:
    indicators.plan_new(IndicatorEntry(entry.id, name="x", unit="x"), register, moment)
    return tr("free")


def _whole(text: str, register: Register, moment: Moment) -> str:
    slug = indicators.understood_whole(text, register, moment)
    return name_of(known_indicator(register, slug, moment)) if slug else tr("nothing")


def _unit(text: str) -> str:
    return tr("for example {value}", value=exact(1234, parse_unit(text)))


def _origin(fields: _Fields, url: str, published: str, today: date) -> None:
    fields.understand("url", url, lambda: records.url(url))
    fields.understand("published", published, lambda: parse_day(published, today).isoformat())
