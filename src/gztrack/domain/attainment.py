"""Attainment for the echo of a logged reading: the one figure that the logging path reckons.

The full reckoning lives in `gztrack.domain.progress`; this is its first line on plain records,
light enough for ``gztrack log``. A test holds the two together over the same cases.
"""

from __future__ import annotations

from datetime import date

from gztrack.domain.periods import Period

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gztrack.domain.register import Fact

YEAR = (12, "months")
"""What a target on a flow or a rate covers unless its due period is shorter."""


def length(start: date, end: date) -> tuple[int, str]:
    """How long a period is: whole months where it is made of them, else days."""
    months = Period("", start, end).months
    return (months, "months") if months is not None else ((end - start).days + 1, "days")


def coverage(target: Fact) -> tuple[int, str]:
    """The length of period that a target on a flow or rate is about."""
    start, end = target.get("due_start"), target.get("due_end")
    if not start or not end:
        return YEAR
    due = length(date.fromisoformat(start), date.fromisoformat(end))
    return due if (due[1] == "days" and due[0] < 365) or (due[1] == "months" and due[0] < YEAR[0]) else YEAR


def attainment(value: float, period: Period, target: Fact, *, measure: str, direction: str) -> float | None:
    """Value over target as a fraction, or None where PROGRESS refuses the figure.

    Refused: a target of zero or below, one where lower is better, ``between``, a span total, and for
    flows and rates a period of another length than the target covers.
    """
    comparator = target["comparator"]
    falling = comparator in ("at most", "less than") or (comparator == "about" and direction == "down")
    if falling or comparator == "between" or target["value"] <= 0 or target.get("over"):
        return None
    if measure != "level" and length(period.start, period.end) != coverage(target):
        return None
    return float(value) / float(target["value"])
