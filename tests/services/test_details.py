"""The figures of an indicator in words: paces, buffer, forecast, methods, pro rata, pins, other series."""

from __future__ import annotations

from datetime import date

import pytest

from books import empty, followed, stations
from builders import assessed, goal, points
from gztrack.domain.assessment import Assessment
from gztrack.services.board.figures import buffer_text
from gztrack.services.days import time_in
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker


def tracked(
    readings: str,
    target: str,
    due: str,
    *,
    unit: str = "units",
    measure: str = "level",
    direction: str = "up",
) -> Tracker:
    """One indicator with readings (``period,value`` words) and a target, on 2026-11-24."""
    tracker = empty()
    tracker.add_indicator(IndicatorEntry("one", "One", unit, measure=measure, direction=direction))
    for reading in readings.split():
        period, value = reading.split(",")
        tracker.log(LogEntry("one", value, period, yes=True))
    if target:
        tracker.set_target(GoalEntry("one", target, due, stated_on="2010"))
    return tracker


def figures(tracker: Tracker, slug: str = "one", method: str = "") -> dict[str, str]:
    return dict(tracker.detail(slug, method=method).figures)


def test_a_steady_course_has_every_figure() -> None:
    found = figures(tracked("2022,100 2023,120 2024,150 2025,170", "300", "2029"))

    assert found == {
        "attainment": "56.7 %",
        "path": "35.0 %",
        "time": "43 %",
        "needed": "+32.5 a year, so far +23.3 (from the start +28.6)",
        "buffer": "0.6 reporting periods (of 12 months) behind the line",
        # slopes 20, 20, 23.3, 25, 25, 30: the median is 24.17, the quartiles are 20.8 and 25
        "projection": "~267 units when due (~253 to ~270); target reached 2031-05-19 (2031-03-14 to 2032-03-28);"
        " 4 readings",
        "methods": "linear behind (0.82), open-sdg on track (1.14), un-chart on track (1.22)",
    }


def test_where_all_methods_agree_one_word_does() -> None:
    found = figures(tracked("2023,100 2024,101 2025,102", "300", "2029"))
    assert found["methods"] == "all say off track"


def test_two_points_are_called_so() -> None:
    found = figures(tracked("2023,100 2025,120", "300", "2029"))
    assert found["projection"] == "~160 units when due; target reached 2043-12-31; two points"


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        ("2023,100 2024,100 2025,100", "~100 units when due; no date: flat; 3 readings"),
        ("2023,100 2024,90 2025,80", "~40 units when due; no date: the wrong way; 3 readings"),
        ("2025,100", "none: only one reading"),
        ("2024,>100 2025,>120", "none: fewer than two readings that are no bounds"),
        ("", "none: no reading"),
    ],
)
def test_where_there_is_no_forecast_the_reason_is_given(readings: str, said: str) -> None:
    assert figures(tracked(readings, "300", "2029"))["projection"] == said


def test_without_a_due_date_there_still_is_a_day_of_reaching() -> None:
    found = figures(tracked("2023,100 2024,110 2025,120", "300", "none"))
    assert found["projection"] == "target reached 2043-12-31; 3 readings"


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2025-12-30", "target reached 2025-12-31; two points"),
        ("2025-12-31", "target would have been reached 2025-12-31, which no reading has shown; two points"),
        ("2026-11-24", "target would have been reached 2025-12-31, which no reading has shown; two points"),
    ],
)
def test_a_day_of_reaching_that_is_past_is_called_so(as_of: str, said: str) -> None:
    tracker = tracked("2023,100 2024,110", "120", "none")
    detail = tracker.detail("one", Clocks(as_of=date.fromisoformat(as_of)))
    assert dict(detail.figures)["projection"] == said


def test_a_target_that_was_met_once_has_been_shown() -> None:
    found = figures(tracked("2021,130 2022,100 2023,110 2024,120", "125", "none"))
    assert found["projection"].startswith("target would have been reached 2026-07-02 (")
    assert "no reading" not in found["projection"]


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        ("2021,1000 2022,1300 2023,1500 2024,1000", "4,800 of ≥6,000 in 2021..2025, up to 2024"),
        (
            "2021,1000 2023,1500",
            "≥2,500 of ≥6,000 in 2021..2025, up to 2023; no reading for 2022-01-01..2022-12-31",
        ),
        (
            "2021,>1000 2022,<500",
            "~1,500 of ≥6,000 in 2021..2025, up to 2022; bounds leave it open at both ends",
        ),
        ("2021,1000 2025,1500 2023,1500 2024,1000 2022,1300", "6,300 of ≥6,000 in 2021..2025"),
        ("2020,1000", ""),
    ],
)
def test_the_sum_of_a_span_total_stands_first(readings: str, said: str) -> None:
    tracker = tracked(readings, "", "", measure="flow")
    tracker.set_target(GoalEntry("one", "6000", "2025", over="2021..2025", stated_on="2010"))
    found = tracker.detail("one").figures
    assert ([text for label, text in found if label == "total"] or [""])[0] == said
    assert not said or found[0][0] == "total"


def test_inside_a_range_nothing_is_left_to_go() -> None:
    tracker = tracked("2023,20 2025,45", "40..60", "2029")
    detail = tracker.detail("one")
    assert (detail.row.percent, detail.row.status) == ("100 %", "achieved")
    assert detail.row.bar is not None
    assert detail.row.bar.fill == 1
    assert dict(detail.figures)["needed"] == "0 a year, so far +12.5 (from the start +3.33)"
    assert detail.row.assessment.refusals["attainment"]


def test_a_rate_has_a_value_only_and_cannot_fall_below_all_of_it() -> None:
    found = figures(tracked("2023,20 2024,-20 2025,-60", "10", "2029", unit="%", measure="rate"))
    assert found["projection"] == "~-100 % when due; 3 readings"


def test_a_share_stays_within_its_limits() -> None:
    found = figures(tracked("2023,60 2024,75 2025,90", "99", "2029", unit="%"))
    assert found["projection"].startswith("~100 % when due; target would have been reached 2026-08")
    beyond = figures(tracked("2023,60 2024,75 2025,90", "120", "2029", unit="%"))
    assert beyond["projection"].startswith("~150 % when due")


def test_paces_and_buffer_from_a_bound_are_bounds() -> None:
    found = figures(tracked("2023,100 2025,>150", "300", "2029"))
    assert found["needed"] == "<+37.5 a year, so far >+25 (from the start +33.3)"
    assert found["buffer"] == "<0.3 reporting periods (of 24 months) behind the line"


@pytest.mark.parametrize(
    ("buffer", "qualifier", "said"),
    [
        (1.42, "exact", "1.4 reporting periods (of 12 months) ahead of the line"),
        (-0.57, "exact", "0.6 reporting periods (of 12 months) behind the line"),
        (0.04, "exact", "on the line"),
        (-0.04, "exact", "on the line"),
        (0.0, "exact", "on the line"),
        (0.04, "about", "about on the line"),
        (0.3, "exact", "0.3 reporting periods (of 12 months) ahead of the line"),
        (1.0, "exact", "1.0 reporting periods (of 12 months) ahead of the line"),
        (1.48, "more than", ">1.4 reporting periods (of 12 months) ahead of the line"),
        (1.42, "less than", "<1.5 reporting periods (of 12 months) ahead of the line"),
        (-0.52, "more than", "<0.6 reporting periods (of 12 months) behind the line"),
        (-0.58, "at most", "≥0.5 reporting periods (of 12 months) behind the line"),
        (0.04, "more than", "on the line or ahead of it"),
        (-0.04, "at most", "on the line or behind it"),
    ],
)
def test_the_buffer_in_words(buffer: float, qualifier: str, said: str) -> None:
    words = {} if qualifier == "exact" else {"buffer": qualifier}
    found = Assessment("on track", "", "linear", buffer=buffer, period_months=12, qualifiers=words)
    assert buffer_text(found) == said


def test_no_buffer_no_words() -> None:
    assert buffer_text(assessed(points(y2020=1), goal(">= 2", "2025"))) == ""


# -- methods -----------------------------------------------------------------------------------


def test_where_the_methods_disagree_each_says_its_word() -> None:
    tracker = tracked("2015,10 2020,22", "80", "2025")
    when = Clocks(as_of=date(2020, 12, 31))

    found = tracker.detail("one", when)

    assert (
        dict(found.figures)["methods"]
        == "linear off track (0.34), open-sdg behind (0.74), un-chart behind (0.55)"
    )
    assert [view.name for view in found.methods if view.chosen] == ["linear"]
    other = tracker.detail("one", when, "un-chart")
    assert other.row.status == "behind"
    assert [view.name for view in other.methods if view.chosen] == ["un-chart"]
    assert [view.status for view in other.methods] == [view.status for view in found.methods]


@pytest.mark.parametrize(
    ("readings", "target", "due"),
    [
        ("2015,10 2020,90", "80", "2030"),  # achieved whatever the method
        ("2015,10 2020,22", "80", "2025"),  # the date has passed: the verdict counts
        ("2020,22", "80", "2030"),  # none can be assessed
        ("", "80", "2030"),
    ],
)
def test_where_no_method_gives_the_status_there_is_nothing_to_compare(
    readings: str, target: str, due: str
) -> None:
    found = tracked(readings, target, due).detail("one")

    assert "methods" not in dict(found.figures)
    assert len(found.methods) == 3
    assert len({view.status for view in found.methods}) == 1


def test_without_a_target_growth_a_year_is_said() -> None:
    found = figures(tracked("2024,100 2025,101", "", ""))
    assert found["methods"] == (
        "linear no target, open-sdg behind (1.00 % a year), un-chart behind (1.00 % a year)"
    )


# -- pro rata ----------------------------------------------------------------------------------


def test_a_later_flow_of_eleven_months_stands_beside_as_much_of_the_target() -> None:
    tracker = tracked("2020,200000 2022-01..2022-11,279400", "336000", "2027", measure="flow")

    found = tracker.detail("one")

    assert dict(found.figures)["pro rata"] == (
        "279,400 in 2022-01..2022-11 is 90.7 % of 308,000 (11/12 of the target)"
    )
    assert found.pro_rata is not None
    assert (found.pro_rata.months, found.pro_rata.of_months, found.pro_rata.target) == (11, 12, 308_000)
    assert found.row.assessment.latest is not None
    assert found.row.assessment.latest.period == "2020"  # never used for a status


def test_also_of_a_target_of_a_quarter_and_a_passed_one_and_as_a_bound() -> None:
    quarter = tracked("2024,>4500", "1000", "2024-Q4", measure="flow")
    assert figures(quarter)["pro rata"] == ">4,500 in 2024 is >112.5 % of 4,000 (12/3 of the target)"


@pytest.mark.parametrize(
    ("readings", "target", "due", "measure"),
    [
        ("2022-01..2022-11,279400 2022,300000", "336000", "2027", "flow"),  # the year's own figure is there
        ("2022-01..2022-11,27", "33", "2027", "rate"),
        ("2022-01..2022-11,27", "33", "2027", "level"),
        ("2022-01..2022-11,27", "", "", "flow"),
        ("2022-01..2022-11,27", "30..40", "2027", "flow"),
        ("2022-05-03..2022-05-17,27", "33", "2027", "flow"),
        ("2022-01..2022-11,27", "-33", "2027", "flow"),
    ],
)
def test_there_is_no_pro_rata_where_it_means_nothing(
    readings: str, target: str, due: str, measure: str
) -> None:
    found = tracked(readings, target, due, measure=measure).detail("one")
    assert found.pro_rata is None
    assert "pro rata" not in dict(found.figures)


# -- sources and series ------------------------------------------------------------------------


def test_of_two_sources_one_counts_and_why_is_said() -> None:
    tracker = stations("2019,4 2020,5")
    tracker.log(LogEntry("stations", "6", "2020", source="Province"))

    views = {view.value: view for view in tracker.detail("stations").readings}
    assert (views[6].standing, views[6].preferred, views[6].pinned) == ("counts", "logged last", False)
    assert (views[5].standing, views[5].preferred) == ("another source counts", "")
    assert (views[4].standing, views[4].preferred) == ("counts", "")

    tracker.pin(views[5].handle, "city figure, not province")

    detail = tracker.detail("stations")
    pinned = next(view for view in detail.readings if view.value == 5)
    assert (pinned.standing, pinned.pinned, pinned.pin_reason) == (
        "counts",
        True,
        "city figure, not province",
    )
    assert pinned.preferred.startswith("pinned by ann on 20")
    assert pinned.preferred.endswith(": city figure, not province")
    assert detail.row.reading is not None
    assert detail.row.reading.preferred == pinned.preferred
    assert [view.preferred for view in tracker.history("stations")] == ["", pinned.preferred, ""]


@pytest.mark.parametrize(
    ("source", "url", "later", "pinned"),
    [
        ("Office", "https://o.example/1", "a later one counts", "another one is pinned"),
        ("Office", "https://o.example/2", "another source counts", "another source counts"),
        ("Province", "https://o.example/1", "another source counts", "another source counts"),
        ("", "", "another source counts", "another source counts"),
    ],
)
def test_another_source_is_only_what_has_another_source_or_page(
    source: str, url: str, later: str, pinned: str
) -> None:
    tracker = stations()
    tracker.log(LogEntry("stations", "5", "2020", source="Office", url="https://o.example/1"))
    tracker.log(LogEntry("stations", "6", "2020", source=source, url=url))

    views = {view.value: view for view in tracker.detail("stations").readings}
    assert (views[5].standing, views[6].standing) == (later, "counts")

    tracker.pin(views[5].handle)
    views = {view.value: view for view in tracker.detail("stations").readings}
    assert (views[5].standing, views[6].standing) == ("counts", pinned)
    assert [view.standing for view in tracker.history("stations")] == ["counts", pinned]


def test_by_publication_history_and_status_agree_on_a_correction_that_came_later() -> None:
    tracker = empty()
    tracker.add_indicator(IndicatorEntry("c", "C", "units"))
    tracker.log(LogEntry("c", "10", "2024", published="2025-02-01"))
    tracker.correct("c@2024", LogEntry("c", "12", published="2026-01-01"), "revised")

    def told(day: str) -> list[tuple[float, str]]:
        clocks = Clocks(published_by=date.fromisoformat(day))
        row, history = tracker.board(clocks).rows[0], tracker.history("c", clocks)
        assert [v.value for v in history if v.standing == "counts"] == (
            [row.reading.value] if row.reading else []
        )
        return [(view.value, view.standing) for view in history]

    assert told("2025-01-31") == [(10, "not yet published"), (12, "not yet published")]
    assert told("2025-06-30") == [(10, "counts"), (12, "not yet published")]
    assert told("2026-01-01") == [(10, "replaced"), (12, "counts")]


def test_a_pin_without_a_reason_still_names_who_set_it() -> None:
    tracker = stations("2020,5")
    tracker.log(LogEntry("stations", "6", "2020"))
    tracker.pin(next(view.handle for view in tracker.history("stations") if view.value == 5))

    detail = tracker.detail("stations")
    assert detail.row.reading is not None
    there = time_in(tracker.store.tz, tracker.history("stations")[0].logged_at)
    assert detail.row.reading.preferred == f"pinned by ann on {there[:10]}"


def test_a_pinned_target_keeps_the_reason() -> None:
    tracker = stations("2020,5")
    tracker.set_target(GoalEntry("stations", "10", "2027"))
    tracker.set_target(GoalEntry("stations", "20", "2030"))
    tracker.pin("stations@2030", "the one in the plan", target=True)

    views = {view.due: view for view in tracker.ledger()}
    assert (views["2030"].headline, views["2030"].pin_reason) == (True, "the one in the plan")
    assert (views["2027"].headline, views["2027"].pin_reason) == (False, "")


def test_other_series_are_listed_with_their_latest_reading() -> None:
    found = dict(followed().detail("5g-base-stations").facts)
    assert found["other series"] == "province 23,555 in 2020-08"


def test_the_ledger_says_what_decided_and_where_it_comes_from() -> None:
    view = next(
        v for v in followed().ledger() if v.indicator == "nev-capacity" and v.due_end == date(2020, 12, 31)
    )

    assert (view.evidence, view.evidence_value, view.evidence_qualifier) == ("2022", 1_000_000, "more than")
    assert (view.margin, view.margin_qualifier) == (700_000, "more than")
    assert view.evidence_origin.short == "tv.jdgod.com"


def test_a_withdrawn_promise_says_since_when() -> None:
    tracker = stations("2020,5")
    tracker.set_target(GoalEntry("stations", "10", "2027"))
    tracker.drop_target("stations@2027", "out of the plan")

    view = tracker.ledger()[0]
    assert (view.verdict, view.state, view.reason) == (
        "dropped",
        "dropped",
        "withdrawn before it was due",
    )
    assert date.fromisoformat(view.ended_on)
