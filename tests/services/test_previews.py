"""A form shows what it understood, field by field, and never promises what saving refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack.errors import GuardError, InputError
from gztrack.services.databases.seeding import article_seed, read_seed
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker
from gztrack.storage.memory import MemoryStore

from .conftest import TODAY


def test_a_log_form_echoes_value_period_and_what_the_row_would_say(tracker: Tracker) -> None:
    seen = tracker.preview_log(LogEntry("nev-capacity", "310k", "2020-06"))

    assert seen.echoes == {"value": "310,000 vehicles/year", "period": "June 2020, ends 2020-06-30"}
    assert seen.status == "met"
    assert seen.headline == "103.3 % of ≥300,000 by 2020-12-31 (date inferred)"
    assert seen.remark == "first reading in this series"
    assert seen.bar is not None
    assert seen.ready


def test_each_error_stands_beside_its_field(tracker: Tracker) -> None:
    seen = tracker.preview_log(
        LogEntry("nev-capacity", "1,23", "2024-Q5", url="not a page", published="then")
    )

    assert set(seen.errors) == {"value", "period", "url", "published"}
    assert "write 1.23 or 123" in seen.errors["value"]
    assert "2024-Q1 to 2024-Q4" in seen.errors["period"]
    assert not seen.ready


def test_an_empty_form_complains_about_nothing(tracker: Tracker) -> None:
    for slug in ("nev-capacity", "uhd-output"):
        assert tracker.preview_log(LogEntry(slug)).errors == {}
        assert tracker.preview_goal(GoalEntry(slug)).errors == {}


def test_the_guards_question_is_shown_in_place(tracker: Tracker) -> None:
    seen = tracker.preview_log(LogEntry("5g-base-stations", "1.2m", "2023"))

    assert seen.guard.startswith("120 times the last value (>10,000 in 2019-Q3)")
    assert seen.ready


def test_the_step_against_the_nearest_reading_is_told(tracker: Tracker) -> None:
    seen = tracker.preview_log(LogEntry("tech-centres", "510", "2020"))

    assert seen.remark == "+15 against 495 in 2019-Q3"


def test_a_second_source_for_a_period_is_told(tracker: Tracker) -> None:
    seen = tracker.preview_log(LogEntry("tech-centres", "496", "2019-Q3"))

    assert seen.remark.startswith("stands beside 495")


def test_a_correction_starts_from_what_is_there(tracker: Tracker) -> None:
    seen = tracker.preview_log(LogEntry("tech-centres"), correcting="tech-centres@last")

    assert seen.echoes["value"] == "495 centres"
    assert seen.echoes["period"].endswith("ends 2019-09-30")


def test_a_goal_form_shows_status_share_bar_and_pace(tracker: Tracker) -> None:
    tracker.log(LogEntry("tech-centres", "600", "2025"))
    seen = tracker.preview_goal(GoalEntry("tech-centres", ">=1000", "2027", stated_on="today"))

    assert seen.echoes["value"] == "at least 1,000 centres"
    assert seen.echoes["due"] == "by 2027-12-31"
    assert seen.echoes["stated_on"] == "2026-11-24"
    assert seen.status == "off track"
    assert seen.headline == "60.0 % of ≥1,000 by 2027-12-31"
    assert seen.remark == "needs +200 a year from here; so far +16.8 a year"


def test_a_goal_form_says_what_it_revises_and_asks_for_the_reason(tracker: Tracker) -> None:
    seen = tracker.preview_goal(GoalEntry("nev-capacity", "400k", "2023", replaces="nev-capacity@2020-12-31"))

    assert seen.echoes["replaces"] == "revises ≥300,000 by 2020-12-31"
    assert seen.errors == {"reason": "a moved target needs its reason"}


def test_a_goal_without_a_date_is_asked_for_one(tracker: Tracker) -> None:
    assert "2027, or none" in tracker.preview_goal(GoalEntry("tech-centres", "600")).errors["due"]


def test_an_indicator_form_checks_field_by_field(tracker: Tracker) -> None:
    seen = tracker.preview_indicator(IndicatorEntry("My Id", "Name", "CNY/year", measure="stock"))

    assert set(seen.errors) == {"id", "measure"}
    assert seen.echoes["unit"] == "for example CNY 1,234/year"


def test_an_edit_form_accepts_a_partial_change(tracker: Tracker) -> None:
    assert tracker.preview_indicator(IndicatorEntry("tech-centres", name="Centres"), editing=True).ready


_TEXTS = st.sampled_from(
    ["", "310k", "abc", "-5", "1,23", ">10", "1e99", "nan", "2020", "none", "2024-Q5", "50%"]
)


@given(value=_TEXTS, period=_TEXTS, published=_TEXTS, url=_TEXTS)
def test_a_log_preview_is_ready_exactly_when_saving_accepts(
    value: str, period: str, published: str, url: str
) -> None:
    seed = read_seed(article_seed())
    tracker = Tracker(MemoryStore(seed.title, "UTC", (seed.transaction,)), author="a", login="a", today=TODAY)
    entry = LogEntry("nev-capacity", value, period, published=published, url=url)
    seen = tracker.preview_log(entry)
    if not value:
        return

    try:
        tracker.log(entry)
        accepted, asked = True, False
    except GuardError:
        accepted, asked = True, True
    except InputError:
        accepted, asked = False, False

    assert seen.ready == accepted
    assert bool(seen.guard) == asked


@given(value=_TEXTS, due=_TEXTS, stated=_TEXTS, over=_TEXTS, baseline=_TEXTS, baseline_for=_TEXTS)
def test_a_goal_preview_is_ready_exactly_when_saving_accepts(
    value: str, due: str, stated: str, over: str, baseline: str, baseline_for: str
) -> None:
    seed = read_seed(article_seed())
    tracker = Tracker(MemoryStore(seed.title, "UTC", (seed.transaction,)), author="a", login="a", today=TODAY)
    entry = GoalEntry(
        "tech-centres", value, due, over=over, stated_on=stated, baseline=baseline, baseline_for=baseline_for
    )
    seen = tracker.preview_goal(entry)
    if not value and not due:
        return

    try:
        tracker.set_target(entry)
        accepted = True
    except InputError:
        accepted = False

    assert seen.ready == accepted


@pytest.mark.parametrize("bad", ["nothing-like-this"])
def test_a_form_for_an_unknown_indicator_is_refused(tracker: Tracker, bad: str) -> None:
    with pytest.raises(InputError):
        tracker.preview_log(LogEntry(bad))
