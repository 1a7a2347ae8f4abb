"""Alarms as lines for a mail or a log, and as plain dicts for ``--json``."""

from __future__ import annotations

from gztrack.domain.amounts import exact, exact_goal, signed
from gztrack.domain.text import clean
from gztrack.export.cells import cells, left
from gztrack.export.forms import Item, target_form
from gztrack.export.glyphs import signs
from gztrack.export.phrases import brief, dated
from gztrack.export.wording import headed, listed, read_for, totalled
from gztrack.language import ntr, term, tr
from gztrack.services.board.alarms import Alarm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

BY_STATUS = (term("moving-away"), term("off-track"))
OTHERS = (term("overdue"), term("verdict-due"), term("stale"))


def alarm_lines(alarms: Sequence[Alarm], *, ascii: bool = False) -> str:  # noqa: A002
    """One line an alarm: its kind, the indicator's id, and what is the matter. Never wrapped.

    Args:
        alarms: In the order in which they are told.
        ascii: ASCII signs; units stay as they are.
    """
    kinds = max((cells(tr(alarm.kind)) for alarm in alarms), default=0)
    ids = max((len(alarm.row.id) for alarm in alarms), default=0)
    return "".join(
        f"{left(tr(alarm.kind), kinds)}  {left(alarm.row.id, ids)}  {signs(_matter(alarm, ascii), ascii=ascii)}\n"
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
        "unit": alarm.row.shown_unit.text,
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
        if not share:
            return headed(promise, why)
        if alarm.row.assessment.attainment is not None:
            return tr("{share} of {promise}: {why}", share=share, promise=promise, why=why)
        return tr("{share} of the way to {promise}: {why}", share=share, promise=promise, why=why)
    promised = tr("{why}, promised {promise}", why=why, promise=promise)
    if alarm.kind == "stale":
        return promised
    verdict = alarm.target.verdict
    said = headed(tr(verdict), promised)
    if verdict == "cannot tell" and alarm.evidence is None:
        return tr("{said}; log what came of it", said=said)
    return said


def _promise(alarm: Alarm, ascii: bool) -> str:  # noqa: A002
    """The target with its unit and its last day."""
    target, row = alarm.target, alarm.row
    figure = exact_goal(
        target.value, target.high, target.comparator, row.shown_unit, decimals=row.decimals, ascii=ascii
    )
    goal = totalled(figure, clean(target.over))
    if target.due_end is None:
        return goal if target.over else dated(goal, "")
    return dated(goal, target.due_end.isoformat(), inferred="due" in target.inferred)


def _why(alarm: Alarm, ascii: bool) -> str:  # noqa: A002
    """Why there is an alarm, without the promise."""
    if alarm.kind in BY_STATUS:
        return clean(alarm.row.reason)
    if alarm.kind == "stale":
        if alarm.heard:
            return ntr(
                "no reading logged for {n:,} day, since {date}",
                "no reading logged for {n:,} days, since {date}",
                alarm.quiet,
                date=alarm.since,
            )
        return ntr(
            "no reading logged in the {n:,} day since the target was, on {date}",
            "no reading logged in the {n:,} days since the target was, on {date}",
            alarm.quiet,
            date=alarm.since,
        )
    target = alarm.target
    reason = clean(brief(target.verdict, target.reason))
    if target.over and target.margin is not None:
        return totalled(signed(target.margin), clean(target.over))
    if alarm.evidence is None or target.verdict == "cannot tell":
        return reason
    reading, row = alarm.evidence, alarm.row
    figure = exact(
        reading.value,
        row.shown_unit,
        reading.qualifier,
        with_unit=row.shown_unit.percent,
        decimals=row.decimals,
        ascii=ascii,
    )
    said = read_for(figure, clean(reading.period))
    return listed((said, reason)) if target.verdict == "missed" else said
