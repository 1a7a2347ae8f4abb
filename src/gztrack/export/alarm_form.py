"""Alarms as lines for a mail or a log, and as plain dicts for ``--json``."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.domain.amounts import exact, exact_goal, signed
from gztrack.domain.text import clean, plural
from gztrack.export.cells import left
from gztrack.export.forms import Item, target_form
from gztrack.export.glyphs import signs
from gztrack.export.phrases import brief
from gztrack.services.board.alarms import Alarm

BY_STATUS = ("moving-away", "off-track")


def alarm_lines(alarms: Sequence[Alarm], *, ascii: bool = False) -> str:  # noqa: A002
    """One line an alarm: its kind, the indicator's id, and what is the matter. Never wrapped.

    Args:
        alarms: In the order in which they are told.
        ascii: ASCII signs; units stay as they are.
    """
    kinds = max((len(alarm.kind) for alarm in alarms), default=0)
    ids = max((len(alarm.row.id) for alarm in alarms), default=0)
    return "".join(
        f"{left(alarm.kind, kinds)}  {left(alarm.row.id, ids)}  {signs(_matter(alarm, ascii), ascii=ascii)}\n"
        for alarm in alarms
    )


def alarm_item(alarm: Alarm) -> Item:
    """An alarm, as ``check --json`` lists it.

    ``status`` is the row's, for an alarm about a verdict that verdict. ``since`` is the end of
    the latest reading's period, the due date, or the day from which silence counts.
    """
    return {
        "alarm": alarm.kind,
        "indicator": alarm.row.id,
        "name": alarm.row.name,
        "group": alarm.row.group or None,
        "unit": alarm.row.unit.text,
        "status": _status(alarm),
        "reason": _why(alarm, ascii=False) or None,
        "target": target_form(alarm.target),
        "since": alarm.since.isoformat(),
        "last_logged": alarm.last_logged or None,
    }


def _status(alarm: Alarm) -> str:
    return alarm.target.verdict if alarm.kind in ("overdue", "verdict-due") else alarm.row.status


def _matter(alarm: Alarm, ascii: bool) -> str:  # noqa: A002
    """What is the matter, in one line with the promise."""
    promise, why = _promise(alarm, ascii), _why(alarm, ascii)
    if alarm.kind in BY_STATUS:
        share = alarm.row.percent
        way = "of" if alarm.row.assessment.attainment is not None else "of the way to"
        return f"{share} {way} {promise}: {why}" if share else f"{promise}: {why}"
    if alarm.kind == "stale":
        return f"{why}, promised {promise}"
    verdict = alarm.target.verdict
    remedy = "; log what came of it" if verdict == "cannot tell" and alarm.evidence is None else ""
    return f"{verdict}: {why}, promised {promise}{remedy}"


def _promise(alarm: Alarm, ascii: bool) -> str:  # noqa: A002
    """The target with its unit and its last day."""
    target, row = alarm.target, alarm.row
    figure = exact_goal(
        target.value, target.high, target.comparator, row.unit, decimals=row.decimals, ascii=ascii
    )
    over = f" in total over {clean(target.over)}" if target.over else ""
    if target.due_end is None:
        return f"{figure}{over or ' without a due date'}"
    inferred = " (date inferred)" if "due" in target.inferred else ""
    return f"{figure}{over} by {target.due_end}{inferred}"


def _why(alarm: Alarm, ascii: bool) -> str:  # noqa: A002
    """Why there is an alarm, without the promise."""
    if alarm.kind in BY_STATUS:
        return clean(alarm.row.reason)
    if alarm.kind == "stale":
        days = plural(alarm.quiet, "day")
        if alarm.heard:
            return f"no reading logged for {days}, since {alarm.since}"
        return f"no reading logged in the {days} since the target was, on {alarm.since}"
    target = alarm.target
    reason = clean(brief(target.verdict, target.reason))
    if target.over and target.margin is not None:
        return f"{signed(target.margin)} in total over {clean(target.over)}"
    if alarm.evidence is None or target.verdict == "cannot tell":
        return reason
    reading, row = alarm.evidence, alarm.row
    figure = exact(
        reading.value,
        row.unit,
        reading.qualifier,
        with_unit=row.unit.percent,
        decimals=row.decimals,
        ascii=ascii,
    )
    said = f"{figure} for {clean(reading.period)}"
    return f"{said}, {reason}" if reason and target.verdict == "missed" else said
