"""What a person asks for, as typed: the texts of a form or a command line, not yet understood.

Forms on the board and commands fill the same entries, so both get the same checks, the same
echo and the same refusals. Nothing here is parsed; light enough for the logging path.
"""

from __future__ import annotations

from gztrack.light import NamedTuple


class LogEntry(NamedTuple):
    """One reading as typed. Every field is text; an empty one was not given.

    Attributes:
        indicator: Id of the indicator.
        value: Value text, with qualifier, scale and unit ("over 10,000", "31万").
        period: Period text; empty means the default of the measure.
        by: A change relative to the latest reading ("+5000"), instead of ``value``.
        key: A key that makes a retried entry the same reading.
        provisional: None says nothing: final, or in a correction as it was.
        yes: The guard's question has been answered.
    """

    indicator: str
    value: str = ""
    period: str = ""
    series: str = ""
    note: str = ""
    source: str = ""
    url: str = ""
    published: str = ""
    provisional: bool | None = None
    by: str = ""
    key: str = ""
    yes: bool = False


class GoalEntry(NamedTuple):
    """One target as typed. Every field is text; an empty one was not given.

    Attributes:
        value: Value with an optional leading comparator (">=1.5m", "40..60").
        due: A date, a period (its end counts) or ``none``.
        over: A span over which a flow is totalled ("2021..2025").
        replaces: TARGET reference of the target that this one revises.
        correction: The replaced target was an entry error, not a promise that moved.
    """

    indicator: str
    value: str = ""
    due: str = ""
    over: str = ""
    comparator: str = ""
    stated_on: str = ""
    stated_by: str = ""
    quote: str = ""
    baseline: str = ""
    baseline_for: str = ""
    source: str = ""
    url: str = ""
    published: str = ""
    note: str = ""
    replaces: str = ""
    correction: bool = False
    reason: str = ""


class IndicatorEntry(NamedTuple):
    """A new or edited indicator as typed; in an edit an empty field stays as it was.

    Attributes:
        series: The series that its row shows; ``usual`` goes back to the unnamed one.
        method: How its status is reckoned; ``usual`` goes back to the database's method.
    """

    id: str
    name: str = ""
    unit: str = ""
    group: str = ""
    measure: str = ""
    direction: str = ""
    name_zh: str = ""
    group_zh: str = ""
    unit_zh: str = ""
    definition: str = ""
    part_of: str = ""
    decimals: str = ""
    series: str = ""
    method: str = ""
    yes: bool = False
