"""The chart of an indicator: the very figures of its row and of the sums behind it, over time."""

from __future__ import annotations

from datetime import date

import pytest

from books import empty, followed, states
from gztrack.domain.assessment import Assessment
from gztrack.services.board.chart_view import Chart, Spot
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker


def tracked(
    readings: str,
    target: str = "",
    due: str = "",
    *,
    over: str = "",
    unit: str = "units",
    measure: str = "level",
    direction: str = "up",
) -> Tracker:
    """One indicator with readings (``period,value`` words) and perhaps a target."""
    tracker = empty()
    tracker.add_indicator(IndicatorEntry("one", "One", unit, measure=measure, direction=direction))
    for reading in readings.split():
        period, value = reading.split(",")
        tracker.log(LogEntry("one", value, period, yes=True))
    if target:
        tracker.set_target(GoalEntry("one", target, due, over=over, stated_on="2019"))
    return tracker


def seen(tracker: Tracker, slug: str = "one", clocks: Clocks = Clocks()) -> tuple[Chart, Assessment]:  # noqa: B008
    """Its chart, and the assessment of its row."""
    detail = tracker.detail(slug, clocks, charted=True)
    assert detail.chart is not None
    return detail.chart, detail.row.assessment


EVERY = [
    *(("states", row.id) for row in states().board().rows),
    *(("followed", row.id) for row in followed().board().rows),
]


@pytest.mark.parametrize(("book", "slug"), EVERY)
def test_it_agrees_with_row_and_why(book: str, slug: str) -> None:
    tracker = {"states": states, "followed": followed}[book]()
    chart, assessment = seen(tracker, slug)
    why = tracker.why(slug).row.assessment
    if chart.expected is not None:
        assert (chart.expected.value, chart.expected.qualifier) == (
            why.expected,
            why.qualifiers.get("expected", "exact"),
        )
    else:
        assert why.expected is None
    ahead = why.projection
    if chart.projection is not None:
        assert ahead is not None
        ends = [way[-1].value for way in chart.projection]
        assert ends == [ahead.value, ahead.low, ahead.high]
    else:
        assert ahead is None or ahead.value is None
    if not chart.over:
        assert [p.id for p in chart.points] == [p.id for p in assessment.counted]


def test_the_line_to_the_target_passes_through_what_is_expected() -> None:
    chart, _ = seen(tracked("2020,100 2024,180", ">=300", "2030"))
    assert chart.line == (Spot(date(2020, 12, 31), 100), Spot(date(2030, 12, 31), 300))
    assert chart.expected is not None
    gone = (chart.today - chart.line[0].day) / (chart.line[1].day - chart.line[0].day)
    assert chart.expected.value == pytest.approx(100 + 200 * gone, rel=1e-3)


def test_the_projection_begins_at_the_latest_reading_that_is_no_bound() -> None:
    chart, _ = seen(tracked("2020,100 2022,120 2024,>150", ">=300", "2030"))
    assert chart.projection is not None
    assert {way[0] for way in chart.projection} == {Spot(date(2022, 12, 31), 120)}


def test_a_projection_bends_where_the_indicator_cannot_go_on() -> None:
    chart, _ = seen(tracked("2020,50 2022,70 2024,90", ">=95", "2030", unit="%"))
    assert chart.projection is not None
    first, bend, last = chart.projection.middle
    assert (first.value, bend.value, last.value) == (90, 100.0, 100.0)
    assert date(2025, 12, 1) <= bend.day <= date(2026, 1, 31)


def test_a_total_grows_from_zero_and_its_last_point_is_the_sum() -> None:
    tracker = tracked("2021,1000 2022,1400 2023,900", ">=6000", over="2021..2025", measure="flow")
    chart, assessment = seen(tracker)
    assert [point.value for point in chart.points] == [1000, 2400, 3300]
    assert chart.points[-1].value == assessment.total
    assert chart.line == (Spot(date(2020, 12, 31), 0), Spot(date(2025, 12, 31), 6000))
    assert chart.over == "2021..2025"


def test_a_gap_leaves_the_sum_open_from_there_on() -> None:
    tracker = tracked("2021,1000 2023,900", ">=6000", over="2021..2025", measure="flow")
    chart, _ = seen(tracker)
    assert [(point.value, point.qualifier) for point in chart.points] == [
        (1000, "exact"),
        (1900, "at least"),
    ]


def test_promises_are_steps_from_when_they_were_stated_to_when_due() -> None:
    tracker = tracked("2020,100", ">=300", "2025")
    old = tracker.detail("one").targets[0]
    tracker.set_target(
        GoalEntry("one", ">=400", "2028", stated_on="2024", replaces=old.handle, reason="moved")
    )
    chart, _ = seen(tracker)
    assert [(t.since, t.due, t.value, t.state, t.headline) for t in chart.targets] == [
        (date(2024, 1, 1), date(2028, 12, 31), 400, "standing", True),
        (date(2019, 1, 1), date(2025, 12, 31), 300, "superseded", False),
    ]


def test_an_entry_error_is_no_promise() -> None:
    tracker = tracked("2020,100", ">=300", "2025")
    tracker.retract(tracker.detail("one").targets[0].handle, "a typo")
    chart, _ = seen(tracker)
    assert chart.targets == ()


def test_one_promise_read_twice_is_drawn_once() -> None:
    tracker = tracked("2020,100", ">=300", "2027")
    tracker.set_target(GoalEntry("one", ">=300", "2027", stated_on="2020", source="elsewhere"))
    chart, _ = seen(tracker)
    assert [(t.value, t.headline) for t in chart.targets] == [(300, True)]


def test_without_a_target_there_are_only_readings() -> None:
    chart, _ = seen(tracked("2020,100 2021,>120"))
    assert [(p.value, p.qualifier) for p in chart.points] == [(100, "exact"), (120, "more than")]
    assert (chart.targets, chart.line, chart.expected, chart.projection) == ((), None, None, None)


def test_in_the_past_nothing_later_is_drawn() -> None:
    chart, _ = seen(tracked("2020,100 2022,120 2024,150"), clocks=Clocks(as_of=date(2023, 6, 1)))
    assert [p.value for p in chart.points] == [100, 120]
    assert chart.today == date(2023, 6, 1)


def test_who_asks_for_no_chart_gets_none() -> None:
    assert tracked("2020,100").detail("one").chart is None
