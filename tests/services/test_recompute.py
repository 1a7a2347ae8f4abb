"""The board reckons a row again only when something of its indicator changed, and forecasts only where one is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import empty, followed
from gztrack.domain.forecast import Slopes, theil_sen
from gztrack.domain.points import Point
from gztrack.domain.register import Fact, Moment, Register
from gztrack.errors import GuardError, InputError
from gztrack.export.report import build
from gztrack.services.board.assessing import Case
from gztrack.services.board.rows import target_view
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.importing.importer import import_text
from gztrack.services.reader import NOW, Clocks, Reader
from gztrack.services.tracker import Tracker
from gztrack.services.views import TargetView
from gztrack.storage.memory import MemoryStore

from .conftest import TODAY

SLUGS = ("capacity", "output", "share", "stations")


@pytest.fixture
def forecasts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of each forecast that was reckoned, how many readings went in."""
    done: list[int] = []

    def counted(points: Sequence[Point]) -> Slopes | None:
        done.append(len(points))
        return theil_sen(points)

    monkeypatch.setattr("gztrack.domain.forecast.theil_sen", counted)
    return done


def made() -> Tracker:
    """Four indicators of which one has a part, with readings and targets."""
    tracker = empty("made up")
    tracker.add_indicator(IndicatorEntry("capacity", name="Capacity", unit="vehicles"))
    tracker.add_indicator(IndicatorEntry("output", name="Output", unit="vehicles/year", measure="flow"))
    tracker.add_indicator(IndicatorEntry("share", name="Share", unit="vehicles", part_of="capacity"))
    tracker.add_indicator(IndicatorEntry("stations", name="Stations", unit="stations", group="Networks"))
    for slug in SLUGS:
        for year, value in (("2019", "100"), ("2020", "150"), ("2021", "190")):
            tracker.log(LogEntry(slug, value, year, yes=True))
        tracker.set_target(GoalEntry(slug, "300", "2027"))
    return tracker


def afresh(tracker: Tracker) -> Reader:
    """A reader of the same facts that has reckoned nothing yet."""
    store = tracker.store
    assert isinstance(store, MemoryStore)
    return Reader(MemoryStore(store.title, store.tz, tuple(store.transactions())), today=TODAY)


def test_every_row_is_reckoned_once(reckoned: Callable[[], int]) -> None:
    tracker = made()
    reckoned()

    first = tracker.board()
    assert reckoned() == 4
    second = tracker.board()
    assert reckoned() == 0
    assert second == first
    assert all(new is old for new, old in zip(second.rows, first.rows, strict=True))


def test_what_one_action_changes_is_reckoned_again_and_nothing_else(reckoned: Callable[[], int]) -> None:
    tracker = made()
    tracker.board()
    reckoned()

    def after(action: Callable[[], object]) -> int:
        action()
        reckoned()  # an action may assess for its echo
        tracker.board()
        return reckoned()

    assert after(lambda: tracker.log(LogEntry("share", "200", "2022"))) == 1
    assert after(tracker.undo) == 1
    assert after(tracker.redo) == 1
    assert after(lambda: tracker.correct("share@last", LogEntry("share", "210"), "misprint")) == 1
    assert after(lambda: tracker.retract("share@last", "withdrawn")) == 1
    assert after(lambda: tracker.pin("share@2021", "the office's own")) == 1
    assert after(lambda: tracker.set_target(GoalEntry("output", "400", "2029"))) == 1
    assert after(lambda: tracker.drop_target("output@2029", "no longer")) == 1
    assert after(lambda: tracker.edit_indicator(IndicatorEntry("stations", name="5G stations"))) == 1
    assert after(lambda: tracker.edit_indicator(IndicatorEntry("stations", method="un-chart"))) == 1
    assert after(lambda: tracker.archive("stations")) == 0  # and the row is gone
    assert after(lambda: tracker.archive("stations", undo=True)) == 1
    rows = "".join(f"{slug},2023,250\n" for slug in SLUGS[:3])
    assert after(lambda: import_text(tracker, f"indicator,period,value\n{rows}", yes=True)) == 3
    assert after(tracker.undo) == 3
    assert tracker.board() == afresh(tracker).board()


def test_a_change_of_the_whole_keeps_the_row_of_its_part(reckoned: Callable[[], int]) -> None:
    tracker = made()
    kept = {row.id: row for row in tracker.board().rows}
    reckoned()

    tracker.log(LogEntry("capacity", "900", "2022", yes=True))
    changed = {row.id: row for row in tracker.board().rows}

    assert reckoned() == 1
    assert changed["share"] is kept["share"]
    assert changed["capacity"].reading != kept["capacity"].reading


def test_a_row_moves_in_and_out_without_being_reckoned(reckoned: Callable[[], int]) -> None:
    """The depth hangs on the whole, which may be archived or in another group: the one thing that does."""
    tracker = made()
    depths = {row.id: row.depth for row in tracker.board().rows}
    assert (depths["share"], depths["capacity"]) == (1, 0)
    reckoned()

    tracker.edit_indicator(IndicatorEntry("capacity", group="Works"))
    board = tracker.board()

    assert {row.id: row.depth for row in board.rows}["share"] == 0
    assert reckoned() == 1  # that of the whole, whose group changed
    assert board == afresh(tracker).board()


def test_another_method_or_day_is_reckoned_and_the_way_back_is_not(reckoned: Callable[[], int]) -> None:
    tracker = made()
    first = tracker.board()
    reckoned()

    other = tracker.board(method="open-sdg")
    assert reckoned() == 4
    assert other.rows != first.rows
    assert tracker.board() == first
    assert reckoned() == 0

    for years in range(1, 4):
        earlier = tracker.board(Clocks(as_of=TODAY - timedelta(days=365 * years)))
        assert reckoned() == 4
        assert tracker.board(NOW) == first
        assert reckoned() == 0
        assert earlier.rows != first.rows


def test_rows_of_two_days_at_most_are_kept(reckoned: Callable[[], int]) -> None:
    tracker = made()
    for day in range(1, 10):
        tracker.board(Clocks(as_of=date(2022, 1, day)))
    reckoned()

    tracker.board(Clocks(as_of=date(2022, 1, 8)))
    assert reckoned() == 0
    tracker.board(Clocks(as_of=date(2022, 1, 7)))
    assert reckoned() == 4


def test_what_is_logged_counts_on_every_day_that_is_kept(reckoned: Callable[[], int]) -> None:
    tracker = made()
    past = Clocks(as_of=date(2024, 6, 30))
    tracker.board()
    tracker.board(past)
    reckoned()

    tracker.log(LogEntry("share", "200", "2022"))
    boards = tracker.board(), tracker.board(past)

    assert reckoned() == 2
    fresh = afresh(tracker)
    assert boards == (fresh.board(), fresh.board(past))


def test_after_midnight_every_row_is_reckoned(
    monkeypatch: pytest.MonkeyPatch, reckoned: Callable[[], int]
) -> None:
    tracker = made()
    tracker.board()
    reckoned()

    monkeypatch.setattr(tracker, "_fixed_today", TODAY + timedelta(days=1))
    tracker.board()

    assert reckoned() == 4


def test_another_usual_method_is_for_every_row(reckoned: Callable[[], int]) -> None:
    tracker = made()
    tracker.board()
    reckoned()

    tracker.edit_database(SettingsEntry(method="open-sdg"))
    board = tracker.board()

    assert reckoned() == 4
    assert {row.assessment.method for row in board.rows} == {"open-sdg"}
    tracker.undo()
    assert {row.assessment.method for row in tracker.board().rows} == {"linear"}


def test_of_another_sessions_facts_only_their_indicators_are_reckoned(
    session: Callable[[str], Tracker], reckoned: Callable[[], int]
) -> None:
    mine, other = session("ann"), session("bob")
    rows = mine.board().rows
    assert reckoned() == len(rows)

    other.log(LogEntry("tech-centres", "500", "2020"))
    reckoned()
    mine.refresh()
    changed = {new.id for new, old in zip(mine.board().rows, rows, strict=True) if new is not old}

    assert reckoned() == 1
    assert changed == {"tech-centres"}


def test_archived_rows_are_kept_too(reckoned: Callable[[], int]) -> None:
    tracker = made()
    tracker.archive("stations")
    reckoned()

    assert len(tracker.board().rows) == 3
    assert reckoned() == 3
    assert len(tracker.board(archived=True).rows) == 4
    assert reckoned() == 1
    assert len(tracker.board(archived=True).rows) == 4
    assert reckoned() == 0


STEPS = st.sampled_from(
    [
        lambda t, slug, n: t.log(LogEntry(slug, str(100 + n), str(2018 + n % 9), yes=True)),
        lambda t, slug, n: t.log(LogEntry(slug, f">{100 + n}", str(2018 + n % 9), source="B", yes=True)),
        lambda t, slug, n: t.correct(f"{slug}@last", LogEntry(slug, str(90 + n), yes=True), "misprint"),
        lambda t, slug, n: t.retract(f"{slug}@last", "withdrawn"),
        lambda t, slug, n: t.pin(f"{slug}@last", "better"),
        lambda t, slug, n: t.set_target(GoalEntry(slug, str(150 + n), str(2020 + n % 9))),
        lambda t, slug, n: t.drop_target(f"{slug}@2027", "no longer"),
        lambda t, slug, n: t.edit_indicator(IndicatorEntry(slug, group=f"Group {n % 3}")),
        lambda t, slug, n: t.edit_indicator(IndicatorEntry(slug, part_of=SLUGS[n % 4])),
        lambda t, slug, n: t.edit_indicator(
            IndicatorEntry(slug, method=("linear", "un-chart", "usual")[n % 3])
        ),
        lambda t, slug, n: t.edit_database(SettingsEntry(method=("linear", "open-sdg", "un-chart")[n % 3])),
        lambda t, slug, n: t.archive(slug, undo=bool(n % 2)),
        lambda t, slug, n: t.undo(1 + n % 3),
        lambda t, slug, n: t.redo(),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(STEPS, st.sampled_from(SLUGS), st.integers(0, 60)), min_size=4, max_size=12))
def test_whatever_happens_a_kept_board_says_what_a_fresh_one_would(
    steps: list[tuple[Callable[[Tracker, str, int], object], str, int]],
) -> None:
    tracker = made()
    past = Clocks(as_of=date(2023, 6, 30))
    for step, slug, number in steps:
        tracker.board()
        tracker.board(past, archived=True)
        try:
            step(tracker, slug, number)
        except (InputError, GuardError):
            continue
        fresh = afresh(tracker)
        assert tracker.board() == fresh.board()
        assert tracker.board(past, archived=True) == fresh.board(past, archived=True)


def test_no_forecast_is_reckoned_for_the_state_of_everything(forecasts: list[int]) -> None:
    tracker = followed()

    tracker.board()
    tracker.board(method="open-sdg", archived=True)
    tracker.ledger()
    tracker.alarms()

    assert forecasts == []


def test_a_forecast_of_each_row_is_reckoned_where_all_of_them_are_given_out(forecasts: list[int]) -> None:
    tracker = followed()
    build(tracker)
    shown = [row.assessment.projection for row in tracker.board(project=True).rows]

    assert len(forecasts) == len(shown) == 13  # and kept for the second time
    assert sum(number >= 2 for number in forecasts) >= 2
    assert forecasts == [projection.readings for projection in shown if projection is not None]


def test_a_report_assesses_each_indicator_once_and_judges_each_promise_once(
    monkeypatch: pytest.MonkeyPatch, reckoned: Callable[[], int]
) -> None:
    tracker = made()
    for slug in SLUGS[:2]:
        tracker.set_target(
            GoalEntry(slug, "160", "2020")
        )  # an older promise beside the one that the row shows
    reader = afresh(tracker)
    judged: list[str] = []

    def viewed(register: Register, found: Case, fact: Fact, moment: Moment) -> TargetView:
        judged.append(fact["id"])
        return target_view(register, found, fact, moment)

    monkeypatch.setattr("gztrack.services.board.rows.target_view", viewed)
    monkeypatch.setattr("gztrack.services.board.details.target_view", viewed)
    reckoned()

    report = build(reader)

    assert reckoned() == len(report.board.rows) == 4
    assert len(judged) == len(report.promises) == 6
    assert sorted(judged) == sorted(promise.view.id for promise in report.promises)
    fresh = {view.id: view for view in afresh(tracker).ledger()}
    assert {promise.view.id: promise.view for promise in report.promises} == fresh


def test_a_report_makes_few_points_of_many_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forecast's own, and what a row shows: not one for each reading and each question."""
    tracker = made()
    made_points: list[None] = []

    def counted(*fields: object) -> Point:
        made_points.append(None)
        return Point(*fields)  # type: ignore[arg-type]

    monkeypatch.setattr("gztrack.services.board.assessing.Point", counted)
    build(afresh(tracker))

    readings = sum(len(facts) for facts in tracker.register.readings.values())
    assert readings == 12
    assert len(made_points) <= 2 * readings + len(SLUGS)


def test_rows_with_and_without_a_forecast_are_kept_apart(reckoned: Callable[[], int]) -> None:
    tracker = made()
    plain = tracker.board()
    reckoned()

    known = tracker.board(project=True)
    assert reckoned() == 4
    assert tracker.board() == plain
    assert tracker.board(project=True) == known
    assert reckoned() == 0
    for row, other in zip(known.rows, plain.rows, strict=True):
        assert row.assessment.projection == tracker.detail(row.id).row.assessment.projection is not None
        assert other.assessment.projection is None
        assert (row.status, row.percent, row.bar) == (other.status, other.percent, other.bar)


def test_one_forecast_is_reckoned_for_a_row_that_is_shown_in_detail(forecasts: list[int]) -> None:
    tracker = followed()

    tracker.detail("5g-base-stations")

    assert len(forecasts) == 1
    assert forecasts[0] >= 3
