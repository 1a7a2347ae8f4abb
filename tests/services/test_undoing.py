"""Undo and redo are new facts; they follow an author, and stop where somebody has built on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack.errors import InputError
from gztrack.services.databases.seeding import article_seed, read_seed
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker
from gztrack.storage.memory import MemoryStore

from .conftest import TODAY


def values(tracker: Tracker) -> list[float]:
    tracker.refresh()
    return [view.value for view in tracker.history("tech-centres")]


def log(tracker: Tracker, value: int, period: str = "2020") -> str:
    return tracker.log(LogEntry("tech-centres", str(value), period)).handle


def test_undo_takes_back_the_latest_and_redo_brings_it_back(tracker: Tracker) -> None:
    log(tracker, 500)
    log(tracker, 510)

    assert "510" in tracker.undo().lines[0]
    assert values(tracker) == [495, 500]
    assert "510" in tracker.redo().lines[0]
    assert values(tracker) == [495, 500, 510]


def test_several_steps_go_back_and_forth_in_order(tracker: Tracker) -> None:
    for value in (500, 510, 520):
        log(tracker, value)

    assert len(tracker.undo(2).lines) == 2
    assert values(tracker) == [495, 500]
    tracker.redo()
    assert values(tracker) == [495, 500, 510]
    tracker.redo()
    assert values(tracker) == [495, 500, 510, 520]


def test_after_a_redo_undo_takes_the_same_action_back_again(tracker: Tracker) -> None:
    log(tracker, 500)
    tracker.undo()
    tracker.redo()
    tracker.undo()

    assert values(tracker) == [495]


def test_the_seed_is_nobodys_action(tracker: Tracker) -> None:
    with pytest.raises(InputError, match="nothing to undo"):
        tracker.undo()


def test_redo_without_an_undo_is_refused(tracker: Tracker) -> None:
    log(tracker, 500)
    with pytest.raises(InputError, match="nothing to redo"):
        tracker.redo()


def test_undo_follows_the_author_not_the_session(
    tracker: Tracker, other: Tracker, session: Callable[[str], Tracker]
) -> None:
    log(tracker, 500)
    log(other, 510)

    session("ann").undo()

    assert values(tracker) == [495, 510]


def test_what_somebody_else_has_corrected_is_not_taken_back(tracker: Tracker, other: Tracker) -> None:
    tag = log(tracker, 500)
    other.refresh()
    other.correct(tag, LogEntry("", "505"))

    with pytest.raises(InputError, match=r"bob has built on it \(a correction"):
        tracker.undo()
    assert values(tracker) == [495, 500, 505]


def test_a_goal_that_somebody_else_has_revised_is_not_taken_back(tracker: Tracker, other: Tracker) -> None:
    tracker.set_target(GoalEntry("tech-centres", "600", "2027"))
    other.refresh()
    other.set_target(GoalEntry("", "700", "2027", replaces="tech-centres@2027", reason="more"))

    with pytest.raises(InputError, match="a revision"):
        tracker.undo()


def test_an_indicator_with_somebody_elses_readings_is_not_taken_back(
    tracker: Tracker, other: Tracker
) -> None:
    tracker.add_indicator(IndicatorEntry("trees", "Trees", "trees"))
    other.refresh()
    other.log(LogEntry("trees", "5", "2020"))

    with pytest.raises(InputError, match="archive it instead"):
        tracker.undo()


@pytest.mark.parametrize("how", ["retract", "correct", "target", "add", "edit", "archive", "pin", "drop"])
def test_every_kind_of_action_can_be_taken_back(tracker: Tracker, how: str) -> None:
    tag = log(tracker, 500)
    tracker.set_target(GoalEntry("tech-centres", "600", "2027"))
    before = (tracker.board(), tracker.ledger(), tracker.history("tech-centres"))
    {
        "retract": lambda: tracker.retract(tag, "slip"),
        "correct": lambda: tracker.correct(tag, LogEntry("", "501")),
        "target": lambda: tracker.set_target(GoalEntry("tech-centres", "700", "2026")),
        "add": lambda: tracker.add_indicator(IndicatorEntry("trees", "Trees", "trees")),
        "edit": lambda: tracker.edit_indicator(IndicatorEntry("tech-centres", name="Centres")),
        "archive": lambda: tracker.archive("tech-centres"),
        "pin": lambda: tracker.pin(tag),
        "drop": lambda: tracker.drop_target("tech-centres@2027", "gone"),
    }[how]()
    assert (tracker.board(), tracker.ledger(), tracker.history("tech-centres")) != before or how == "pin"

    tracker.undo()

    assert (tracker.board(), tracker.ledger(), tracker.history("tech-centres")) == before


@given(st.lists(st.sampled_from(["log", "undo", "redo"]), max_size=14))
def test_any_walk_of_log_undo_and_redo_agrees_with_a_stack(steps: list[str]) -> None:
    seed = read_seed(article_seed())
    tracker = Tracker(
        MemoryStore(seed.title, "UTC", (seed.transaction,)), author="ann", login="ann", today=TODAY
    )
    logged: list[int] = []
    undone: list[int] = []
    dead: set[int] = set()
    for number, step in enumerate(steps):
        if step == "log":
            log(tracker, 500 + number)
            logged.append(500 + number)
        elif step == "undo":
            alive = [value for value in logged if value not in dead]
            if alive:
                tracker.undo()
                dead.add(alive[-1])
                undone.append(alive[-1])
            else:
                with pytest.raises(InputError):
                    tracker.undo()
        elif undone:
            tracker.redo()
            dead.discard(undone.pop())
        else:
            with pytest.raises(InputError):
                tracker.redo()

        assert values(tracker) == [495, *(value for value in logged if value not in dead)]


def test_a_redo_does_not_put_a_second_correction_beside_a_newer_one(tracker: Tracker) -> None:
    tag = log(tracker, 500)
    tracker.correct(tag, LogEntry("", "501"))
    tracker.undo()
    tracker.correct(tag, LogEntry("", "502"))

    with pytest.raises(InputError, match="in its place"):
        tracker.redo()


def test_several_steps_that_stop_half_way_say_so(tracker: Tracker, other: Tracker) -> None:
    tag = log(tracker, 500)
    log(tracker, 510, "2021")
    other.refresh()
    other.correct(tag, LogEntry("", "505"))

    assert "stopped after 1: cannot undo" in tracker.undo(2).lines[-1]
