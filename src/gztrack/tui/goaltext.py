"""A target in words, as the panes and the ledger say it. Pure."""

from __future__ import annotations

from gztrack.domain.amounts import exact_goal
from gztrack.domain.text import clean
from gztrack.domain.units import Unit
from gztrack.language import tr
from gztrack.services.views import Row, TargetView
from gztrack.tui.glyphs import Glyphs


def goal_text(target: TargetView, unit: Unit, decimals: int | None, glyphs: Glyphs) -> str:
    """Return a target's exact figure: ``≥1,500,000``."""
    text = exact_goal(
        target.value,
        target.high,
        target.comparator,
        unit,
        with_unit=unit.percent,
        decimals=decimals,
        ascii=glyphs.ascii,
    )
    return clean(text)


def promise_text(row: Row, target: TargetView, glyphs: Glyphs) -> str:
    """Return a target in words: ``≥1,500,000 by 2027-12-31, date inferred``."""
    text = goal_text(target, row.shown_unit, row.decimals, glyphs)
    if target.over:
        text = tr("{goal} over {span}", goal=text, span=clean(target.over))
    if target.due == "none":
        text = tr("{goal} without a due date", goal=text)
    else:
        text = tr("{goal} by {day}", goal=text, day=_due_day(target))
    return tr("{goal}, date inferred", goal=text) if "due" in target.inferred else text


def _due_day(target: TargetView) -> str:
    return target.due_end.isoformat() if target.due_end else clean(target.due)
