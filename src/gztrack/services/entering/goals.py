"""From a typed goal to a checked target record, its echo, and what a revision changes. Light."""

from __future__ import annotations

from datetime import date
from typing import Any

from gztrack.domain import records
from gztrack.domain.amounts import exact, parse_amount, parse_goal
from gztrack.domain.periods import Due, parse_day, parse_due, parse_period
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean, meant
from gztrack.domain.units import Unit
from gztrack.errors import FieldError, InputError
from gztrack.language import ntr, term, tr
from gztrack.light import NamedTuple
from gztrack.services.entering.entries import GoalEntry
from gztrack.services.entering.references import find_target, known_indicator
from gztrack.services.naming import name_of, typed_unit, unit_of


class GoalPlan(NamedTuple):
    """A target that is ready to be written.

    Attributes:
        record: The checked record.
        indicator: The indicator's fact.
        replaced: The target it revises or corrects, or None.
        echo: One line with everything that was understood.
    """

    record: records.Record
    indicator: Fact
    replaced: Fact | None
    echo: str


def plan_goal(entry: GoalEntry, register: Register, moment: Moment) -> GoalPlan:
    """Understand a target.

    Where it revises another one, value, comparator and due date stand as they were unless
    given; the source never does, for a new statement has a new source.

    Raises:
        InputError: Something cannot be understood or does not fit.
    """
    replaced = find_target(register, entry.replaces, moment) if entry.replaces else None
    indicator = known_indicator(register, entry.indicator or (replaced or {}).get("indicator", ""), moment)
    if replaced is not None and replaced["indicator"] != indicator["indicator"]:
        raise InputError(
            tr(
                "'{target}' is a target of {id}, not of {other}",
                target=clean(entry.replaces),
                id=replaced["indicator"],
                other=indicator["indicator"],
            )
        )
    if replaced is not None and not entry.correction and not clean(entry.reason):
        raise InputError(tr("a moved target needs its reason: --reason"))
    value, high, comparator = understood_value(entry, indicator, replaced)
    correcting = replaced if replaced is not None and entry.correction else None
    record = records.target(
        indicator=indicator["indicator"],
        value=value,
        high=high,
        comparator=comparator,
        **_dates(entry, indicator, replaced, correcting, moment.day),
        **_baseline(entry, indicator, correcting, moment.day),
        **_words(entry, correcting, moment.day),
        inferred=_still_inferred(entry, correcting),
        replaces=(replaced or {}).get("id", ""),
        how="correction" if correcting else "revision" if replaced else "",
        reason=entry.reason,
    )
    return GoalPlan(record, indicator, replaced, _echo(record, indicator, replaced))


def understood_value(
    entry: GoalEntry, indicator: Fact, replaced: Fact | None
) -> tuple[records.Number, records.Number | None, str]:
    """Value, upper limit and comparator as typed, else those of the target that is replaced.

    Raises:
        InputError: They cannot be read, contradict each other, or nothing was given.
    """
    chosen = records.word(entry.comparator, "comparator", records.COMPARATORS) if entry.comparator else ""
    if not clean(entry.value):
        if replaced is None:
            raise InputError(tr("no target value was given; for example 300k, '>=1.5m' or 40..60"))
        return replaced["value"], replaced.get("high"), chosen or replaced["comparator"]
    goal = parse_goal(entry.value, typed_unit(indicator))
    if chosen and goal.comparator and chosen != goal.comparator:
        raise InputError(
            tr(
                "'{value}' says {one}, the comparator says {other}; give one",
                value=clean(entry.value),
                one=tr(goal.comparator),
                other=tr(chosen),
            )
        )
    usual = term("at most") if indicator["direction"] == "down" else term("at least")
    inherited = replaced["comparator"] if replaced is not None and replaced["comparator"] != "between" else ""
    return goal.value, goal.high, chosen or goal.comparator or inherited or usual


def _dates(
    entry: GoalEntry, indicator: Fact, replaced: Fact | None, correcting: Fact | None, today: date
) -> dict[str, Any]:
    """Due date, span and statement date."""
    found: dict[str, Any] = {}
    if entry.due:
        due = parse_due(entry.due, today)
    elif entry.over:
        due = due_of_total(None, parse_period(entry.over, today).end)
    elif replaced is not None:
        due = parse_due(replaced.get("due", "none"), today)
    else:
        raise InputError(tr("no due date was given: --due 2027-12-31, --due 2027, or --due none"))
    over = entry.over or (replaced or {}).get("over", "")
    if over:
        span = parse_period(over, today)
        found |= {"over": span.label, "over_start": span.start, "over_end": span.end}
        if indicator["measure"] != "flow":
            raise InputError(_no_total(indicator))
        due = due_of_total(due, span.end)
    if due.end is not None:
        found |= {"due": due.label, "due_start": due.start, "due_end": due.end}
    said = entry.stated_on or (correcting.get("stated_on", "unknown") if correcting else "today")
    if clean(said) and not meant(said, ("unknown",)):
        stated = parse_period(said, today)
        if stated.start > today:
            raise InputError(tr("stated_on: {day} lies after today ({today})", day=stated.label, today=today))
        found |= {"stated_on": stated.label, "stated_start": stated.start, "stated_end": stated.end}
    return found


def _no_total(indicator: Fact) -> str:
    slug = indicator["indicator"]
    if indicator["measure"] == "rate":
        return tr("over: only a flow adds up over a span; {id} is a rate", id=slug)
    return tr("over: only a flow adds up over a span; {id} is a level", id=slug)


def due_of_total(due: Due | None, end: date) -> Due:
    """When a total over a span falls due: with the end of its span where no later date was given.

    Raises:
        InputError: It would be due before it is complete.
    """
    if due is None or due.end is None:
        return Due(end.isoformat(), None, end)
    if due.end < end:
        raise InputError(
            tr(
                "due {due} lies before the span ends ({end}); --due {end}, or leave it out",
                due=due.end,
                end=end,
            )
        )
    return due


def _baseline(entry: GoalEntry, indicator: Fact, correcting: Fact | None, today: date) -> dict[str, Any]:
    value = entry.baseline or (correcting or {}).get("baseline", "")
    label = entry.baseline_for or (correcting or {}).get("baseline_period", "")
    found: dict[str, Any] = {}
    if value != "":
        found["baseline"] = understood_baseline(str(value), typed_unit(indicator))
    if label:
        period = parse_period(label, today)
        found |= {"baseline_period": period.label, "baseline_start": period.start, "baseline_end": period.end}
    return found


def understood_baseline(text: str, unit: Unit) -> records.Number:
    """A baseline's value.

    Raises:
        InputError: It cannot be read, or is no exact figure.
    """
    amount = parse_amount(text, unit)
    if amount.qualifier != "exact":
        raise FieldError("baseline", tr("baseline: an exact figure is needed; the line starts from it"))
    return amount.value


def _words(entry: GoalEntry, correcting: Fact | None, today: date) -> dict[str, Any]:
    before = correcting or {}
    published = entry.published or before.get("published", "")
    return {
        "stated_by": entry.stated_by or before.get("stated_by", ""),
        "quote": entry.quote or before.get("quote", ""),
        "source": entry.source or before.get("source", ""),
        "source_url": entry.url or before.get("source_url", ""),
        "note": entry.note or before.get("note", ""),
        "published": parse_day(published, today) if published else None,
    }


def _still_inferred(entry: GoalEntry, correcting: Fact | None) -> list[str]:
    """Fields that the corrected target only inferred and that the correction leaves alone."""
    given = {
        "value": entry.value,
        "comparator": entry.comparator or entry.value,
        "due": entry.due,
        "stated_on": entry.stated_on,
        "stated_by": entry.stated_by,
        "over": entry.over,
        "baseline": entry.baseline,
    }
    return [name for name in (correcting or {}).get("inferred", ()) if not given.get(name)]


def goal_text(target: Fact, unit: str = "") -> str:
    """A target's figure in words: "at least 300,000 vehicles/year", "between 40 and 60 %"."""
    if target["comparator"] == "between":
        return tr(
            "between {low} and {high}", low=exact(target["value"], ""), high=exact(target["high"], unit)
        )
    return tr("{comparator} {value}", comparator=tr(target["comparator"]), value=exact(target["value"], unit))


def due_text(target: Fact) -> str:
    """A target's date in words: "by 2027-12-31", "in total over 2021..2025", "without a due date"."""
    if target.get("over"):
        return tr("in total over {span}", span=target["over"])
    return tr("by {day}", day=target["due_end"]) if "due_end" in target else tr("without a due date")


def _echo(record: records.Record, indicator: Fact, replaced: Fact | None) -> str:
    parts = [name_of(indicator), goal_text(record, unit_of(indicator)), due_text(record)]
    if "baseline" in record:
        start = exact(record["baseline"], "")
        parts.append(tr("from {value} in {period}", value=start, period=record["baseline_period"]))
    if record.get("stated_on") and record.get("stated_by"):
        parts.append(tr("stated {day} by {who}", day=record["stated_on"], who=record["stated_by"]))
    elif record.get("stated_on"):
        parts.append(tr("stated {day}", day=record["stated_on"]))
    if replaced is not None:
        figure, due, change = goal_text(replaced), due_text(replaced), change_text(replaced, record)
        parts.append(
            tr("corrects {target} {due}: {change}", target=figure, due=due, change=change)
            if record["how"] == "correction"
            else tr("revises {target} {due}: {change}", target=figure, due=due, change=change)
        )
    return "  ".join(parts)


def change_text(old: Fact, new: Fact) -> str:
    """In one line what a revision changed: "same figure, three years later"."""
    figure = _figure_change(old, new)
    before, after = old.get("due_end"), new.get("due_end")
    if before == after:
        when = tr("same date")
    elif before is None or after is None:
        when = tr("now without a date") if after is None else tr("now due {day}", day=after)
    else:
        months = _whole_months(date.fromisoformat(before), date.fromisoformat(after))
        when = _moved(abs(months), later=after > before)
    return tr("{figure}, {when}", figure=figure, when=when)


def _figure_change(old: Fact, new: Fact) -> str:
    limits = [(f["value"], f.get("high")) for f in (old, new)]
    alike = old["comparator"] == new["comparator"]
    if limits[0] == limits[1]:
        if alike:
            return tr("same figure")
        return tr("{old} became {new}", old=tr(old["comparator"]), new=tr(new["comparator"]))
    if not alike or "between" in (old["comparator"], new["comparator"]):
        return tr("{old} became {new}", old=_bare(old), new=_bare(new))
    step = exact(abs(records.number(round(new["value"] - old["value"], 12))), "")
    return (
        tr("raised by {step}", step=step)
        if new["value"] >= old["value"]
        else tr("lowered by {step}", step=step)
    )


def _bare(target: Fact) -> str:
    """A target's figure without its unit: "at least 60", a range as it is typed: "40..60"."""
    if target["comparator"] != "between":
        return goal_text(target)
    return f"{exact(target['value'], '')}..{exact(target['high'], '')}"


def _whole_months(a: date, b: date) -> int:
    return round((b - a).days / 30.4375)


_WORDS = (
    "no",
    term("one"),
    term("two"),
    term("three"),
    term("four"),
    term("five"),
    term("six"),
    term("seven"),
    term("eight"),
    term("nine"),
    term("ten"),
    term("eleven"),
    term("twelve"),
)
"""Numbers in words; none of anything never comes up."""


def _moved(months: int, *, later: bool) -> str:
    """How far a date was moved: "three years later", "some days earlier"."""
    if months == 0:
        return tr("some days later") if later else tr("some days earlier")
    number = months if months % 12 else months // 12
    said = tr(_WORDS[number]) if number < len(_WORDS) else str(number)
    if months % 12:
        if later:
            return ntr("{number} month later", "{number} months later", number, number=said)
        return ntr("{number} month earlier", "{number} months earlier", number, number=said)
    if later:
        return ntr("{number} year later", "{number} years later", number, number=said)
    return ntr("{number} year earlier", "{number} years earlier", number, number=said)
