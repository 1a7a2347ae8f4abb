"""A wider terminal never shows less: columns, figures, the chart and the lists, at every width."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from gztrack.tui import geometry, panes
from gztrack.tui.cells import plain
from gztrack.tui.columns import FULL_UNIT, columns, room
from gztrack.tui.glyphs import UNICODE
from gztrack.tui.rows import needs
from tui.fake import FakeTracker, states

ROWS = states()
WIDTHS = range(60, 261)


class Shown(NamedTuple):
    """What of a board there is to see."""

    columns: frozenset[str]
    digits: int
    units: bool
    readings: int
    targets: int
    chart: bool


def shown(width: int, height: int) -> Shown:
    plan = geometry.plan(width, height, list_lines=24, first_run=False)
    found = columns(plan.list.width, needs(ROWS, plan.list.width, UNICODE))
    names = ("period", "trend", "target", "due", "bar", "percent", "status", "name", "value")
    detail = FakeTracker().detail("nev-output", charted=True)
    lines: list[str] = []
    if plan.kind != "two lines":
        fill = panes.beside if plan.kind == "beside" else panes.below
        lines = list(map(plain, fill(detail, plan.pane.width, plan.pane.height, UNICODE)))
    text = "\n".join(lines)
    return Shown(
        frozenset(name for name in names if getattr(found, name)),
        room(plan.list.width),
        plan.list.width >= FULL_UNIT,
        sum(f" {r.period}" in text for r in detail.readings),
        sum(t.due in text for t in detail.targets),
        "today ┊" in text,
    )


@pytest.mark.parametrize("height", [24, 29, 30, 32, 40, 50, 60])
def test_a_wider_terminal_never_shows_less(height: int) -> None:
    before = shown(WIDTHS[0], height)
    for width in WIDTHS[1:]:
        now = shown(width, height)
        assert now.columns >= before.columns, width
        assert now.digits >= before.digits, width
        assert now.units >= before.units, width
        assert now.chart >= before.chart, width
        assert now.readings >= before.readings, width
        assert now.targets >= before.targets, width
        before = now


def test_the_widest_shows_everything() -> None:
    now = shown(200, 60)
    assert {"trend", "period", "due"} <= now.columns
    assert now == shown(260, 60)
    assert (now.units, now.chart, now.readings, now.targets) == (True, True, 6, 1)
