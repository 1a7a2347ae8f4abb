"""Attainment for the echo of a logged reading: the one figure that the logging path reckons.

The full reckoning lives in `gztrack.domain.progress`; this is its first line on plain records,
light enough for ``gztrack log``. A test holds the two together over the same cases.
"""

from __future__ import annotations

from datetime import date

from gztrack.domain.periods import Period
from gztrack.domain.register import Fact

YEAR = 12
"""Months that a target on a flow or a rate covers unless its due period is shorter."""


def coverage(target: Fact) -> int | None:
    """Months that a target on a flow or rate covers; None for a span total."""
    if target.get("over"):
        return None
    if target.get("due_start"):
        months = Period(
            "", date.fromisoformat(target["due_start"]), date.fromisoformat(target["due_end"])
        ).months
        if months is not None and months < YEAR:
            return months
    return YEAR


def attainment(value: float, period: Period, target: Fact, *, measure: str, direction: str) -> float | None:
    """Value over target as a fraction, or None where PROGRESS refuses the figure.

    Refused: a target of zero, one where lower is better, ``between``, a span total, and for
    flows and rates a period of another length than the target covers.
    """
    comparator = target["comparator"]
    falling = comparator in ("at most", "less than") or (comparator == "about" and direction == "down")
    if falling or comparator == "between" or target["value"] == 0 or target.get("over"):
        return None
    if measure != "level" and period.months != coverage(target):
        return None
    return float(value) / float(target["value"])
