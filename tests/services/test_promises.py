"""What becomes of a promise when it is moved, dropped, put right or taken back, one after the other."""

from __future__ import annotations

from datetime import date

import pytest

from books import empty
from gztrack.domain.register import Register
from gztrack.errors import InputError
from gztrack.services.board.ledger import ledger_counts
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.reader import Clocks
from gztrack.services.tracker import Tracker


@pytest.fixture
def tracker() -> Tracker:
    """One indicator with one promise: at least 100 by 2030."""
    found = empty()
    found.add_indicator(IndicatorEntry("a", name="A", unit="things"))
    promised(found, "100", "2030")
    return found


def promised(tracker: Tracker, value: str, due: str, **more: str) -> str:
    return tracker.set_target(GoalEntry("a", value, due, **more)).handle  # type: ignore[arg-type]


def moved(tracker: Tracker, reference: str, value: str, due: str) -> str:
    return promised(tracker, value, due, replaces=reference, reason="plan")


def corrected(tracker: Tracker, reference: str, value: str) -> str:
    return tracker.set_target(GoalEntry("", value, replaces=reference, correction=True, reason="typo")).handle


def ledger(tracker: Tracker, *, every: bool = False) -> list[tuple[float, str, str]]:
    """Figure, state and change of every target, as they were logged."""
    views = sorted(tracker.ledger(every=every), key=lambda view: (view.logged_at, view.id))
    return [(view.value, view.state, view.change) for view in views]


def shown(tracker: Tracker) -> float | None:
    target = tracker.board().rows[0].target
    return target.value if target else None


RAISED = "raised by 20, three years later (plan)"


def test_a_revision_that_was_retracted_leaves_the_promise_as_it_was(tracker: Tracker) -> None:
    moved(tracker, "a@2030", "120", "2033")
    lines = tracker.retract("a@2033", "wrong row").lines

    assert lines[1] == "so this was never replaced: target a at least 100 by 2030-12-31"
    assert ledger(tracker) == [(100, "open", "")]
    assert ledger(tracker, every=True) == [(100, "open", ""), (120, "retracted", RAISED)]
    moved(tracker, "a@2030", "110", "2031")
    assert ledger(tracker) == [(100, "superseded", ""), (110, "open", "raised by 10, one year later (plan)")]


@pytest.mark.parametrize("action", ["correct", "drop", "pin"])
def test_after_it_the_promise_can_be_put_right_dropped_and_pinned(tracker: Tracker, action: str) -> None:
    moved(tracker, "a@2030", "120", "2033")
    tracker.retract("a@2033", "wrong row")
    if action == "correct":
        corrected(tracker, "a@2030", "105")
        assert ledger(tracker) == [(105, "open", "")]
    elif action == "drop":
        tracker.drop_target("a@2030", "left out")
        assert [view.dropped_why for view in tracker.ledger()] == ["left out"]
    else:
        tracker.pin("a@2030", "main", target=True)
        assert shown(tracker) == 100


def test_a_corrected_revision_still_says_what_it_changed_and_why(tracker: Tracker) -> None:
    moved(tracker, "a@2030", "120", "2033")
    corrected(tracker, "a@2033", "130")

    assert ledger(tracker) == [
        (100, "superseded", ""),
        (130, "open", "raised by 30, three years later (plan)"),
    ]
    old, new = tracker.ledger()
    assert (old.replaced_by, new.replaces) == (new.id, old.id)


def test_who_retracts_a_corrected_promise_retracts_it_whole(tracker: Tracker) -> None:
    corrected(tracker, "a@2030", "105")
    tracker.retract("a@2030", "no such promise")

    assert ledger(tracker) == []
    assert shown(tracker) is None
    tracker.undo()
    assert ledger(tracker) == [(105, "open", "")]


def test_who_retracts_a_corrected_revision_says_that_nothing_was_moved(tracker: Tracker) -> None:
    moved(tracker, "a@2030", "120", "2033")
    corrected(tracker, "a@2033", "130")
    tracker.retract("a@2033", "wrong row")

    assert ledger(tracker) == [(100, "open", "")]


def test_an_entry_error_of_a_moved_promise_can_be_put_right(tracker: Tracker) -> None:
    moved(tracker, "a@2030", "120", "2033")
    corrected(tracker, "a@2030", "110")

    assert ledger(tracker) == [
        (120, "open", "raised by 10, three years later (plan)"),
        (110, "superseded", ""),
    ]
    with pytest.raises(InputError, match="was replaced already; name the one that stands"):
        moved(tracker, "a@2030", "140", "2035")


def test_an_entry_error_of_a_dropped_promise_can_be_put_right(tracker: Tracker) -> None:
    tracker.drop_target("a@2030", "left out")
    corrected(tracker, "a@2030", "110")

    assert ledger(tracker) == [(110, "dropped", "")]
    with pytest.raises(InputError, match="was dropped on 2026-11-24: left out"):
        tracker.drop_target("a@2030", "again")


def test_a_moved_promise_that_never_was_takes_nothing_with_it(tracker: Tracker) -> None:
    moved(tracker, "a@2030", "120", "2033")
    tracker.retract("a@2030", "it was 2033 from the start")

    assert [(value, state) for value, state, _ in ledger(tracker)] == [(120, "open")]


def test_a_pin_stays_on_what_is_put_right(tracker: Tracker) -> None:
    promised(tracker, "50", "2028")
    tracker.pin("a@2030", "main", target=True)
    corrected(tracker, "a@2030", "101")

    assert shown(tracker) == 101
    view = next(view for view in tracker.ledger() if view.headline)
    assert (view.pinned, view.pin_reason) == (True, "main")


def test_a_pin_stays_on_a_reading_that_is_put_right(tracker: Tracker) -> None:
    first = tracker.log(LogEntry("a", "10", "2024", source="S1", yes=True)).handle
    tracker.log(LogEntry("a", "20", "2024", source="S2", yes=True))
    tracker.pin(first, "city figure")
    tracker.correct(first, LogEntry("", "11", yes=True), "typo")
    tracker.log(LogEntry("a", "30", "2024", source="S3", yes=True))

    reading = tracker.board().rows[0].reading
    assert reading is not None
    assert (reading.value, reading.pinned, reading.pin_reason) == (11, True, "city figure")
    digest = Register(tracker.register.digest())
    assert [fact["value"] for fact in digest.counting("a", tracker.moment())] == [11]


def test_one_promise_of_two_sources_is_moved_as_one(tracker: Tracker) -> None:
    first = promised(tracker, "200", "2031", source="S1")
    promised(tracker, "200", "2031", source="S2")
    assert ledger_counts(tracker.ledger()) == {"open": 2}
    moved(tracker, first, "250", "2032")

    assert ledger_counts(tracker.ledger()) == {"open": 2, "superseded": 1}
    assert [state for value, state, _ in ledger(tracker) if value == 200] == ["superseded"] * 2


def test_one_promise_of_two_sources_is_dropped_as_one_unless_it_is_made_anew(tracker: Tracker) -> None:
    first = promised(tracker, "200", "2031", source="S1", stated_on="2026-01")
    promised(tracker, "200", "2031", source="S2", stated_on="2026-02")
    tracker.drop_target(first, "left out")
    assert ledger_counts(tracker.ledger()) == {"open": 1, "dropped": 1}
    tracker._fixed_today = date(2026, 11, 30)
    promised(tracker, "200", "2031", source="S3")

    assert ledger_counts(tracker.ledger()) == {"open": 2, "dropped": 1}
    assert [view.dropped_why for view in tracker.ledger() if view.value == 200] == [
        "left out",
        "left out",
        "",
    ]


def test_a_promise_dropped_after_its_date_keeps_its_verdict_and_says_so(tracker: Tracker) -> None:
    promised(tracker, "70", "2025")
    tracker.log(LogEntry("a", "60", "2025", yes=True))
    tracker.drop_target("a@2025", "quietly")

    view = next(view for view in tracker.ledger() if view.value == 70)
    assert (view.state, view.verdict) == ("due passed", "missed")
    assert (view.dropped_on, view.dropped_why) == ("2026-11-24", "quietly")
    before = tracker.ledger(clocks=Clocks(as_of=date(2026, 6, 30)))
    assert all(not view.dropped_on for view in before)


def test_what_was_made_on_the_other_side_of_midnight_goes_by_the_databases_zone() -> None:
    from books import stations
    from gztrack.services.days import time_in

    assert time_in("Pacific/Kiritimati", "2026-11-25T12:00:00.000000Z")[:10] == "2026-11-26"
    assert time_in("America/Chicago", "2026-11-25T02:00:00.000000Z")[:10] == "2026-11-24"
    assert time_in("UTC", "2026-11-25T02:00:00.000000Z")[:10] == "2026-11-25"
    tracker = stations()
    assert tracker.register.day_of("2026-11-25T17:00:00.000000Z") == "2026-11-26"  # Asia/Shanghai
