"""What a session hears of what others wrote, and that it hears nothing of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.tracker import Tracker
from gztrack.storage.fact_storage import Fresh

SLUG = "tech-centres"


def log(tracker: Tracker, value: str, period: str = "2020", slug: str = SLUG) -> None:
    tracker.log(LogEntry(slug, value, period, yes=True))


def set_goal(tracker: Tracker, value: str, due: str, **more: object) -> str:
    return tracker.set_target(GoalEntry(SLUG, value, due, **more)).handle  # type: ignore[arg-type]


def heard(tracker: Tracker) -> list[tuple[str, str]]:
    return [(each.author, each.said) for each in tracker.refresh().news]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda bob: log(bob, ">510"), "logged >510 for 2020"),
        (lambda bob: bob.correct(f"{SLUG}@last", LogEntry("", "510")), "corrected 2019-Q3 to 510"),
        (lambda bob: bob.retract(f"{SLUG}@last", "a slip"), "retracted 495 for 2019-Q3"),
        (lambda bob: bob.pin(f"{SLUG}@last"), "pinned 495 for 2019-Q3"),
        (lambda bob: set_goal(bob, ">=900", "2030"), "set ≥900 by 2030"),
        (lambda bob: set_goal(bob, "40..60", "none"), "set 40..60 without a due date"),
        (lambda bob: bob.edit_indicator(IndicatorEntry(SLUG, name="Centres")), "changed its name"),
        (lambda bob: bob.archive(SLUG), "archived it"),
        (lambda bob: bob.add_indicator(IndicatorEntry("new", "New", "things")), "added it"),
    ],
)
def test_what_another_person_did_is_told_in_words(
    tracker: Tracker, other: Tracker, act: Callable[[Tracker], object], said: str
) -> None:
    act(other)
    assert heard(tracker) == [("bob", said)]


def test_an_undo_tells_what_it_took_back_and_a_redo_what_it_brought_back(
    tracker: Tracker, other: Tracker
) -> None:
    log(other, "510")
    tracker.refresh()
    other.undo()
    (news,) = tracker.refresh().news
    assert (news.indicator, news.said) == (SLUG, "took back 510 for 2020")
    other.redo()
    assert heard(tracker) == [("bob", "brought back 510 for 2020")]


def test_many_facts_of_one_person_about_one_indicator_are_one_line_with_their_number(
    tracker: Tracker, other: Tracker
) -> None:
    for value in ("510", "520", "530"):
        log(other, value)
    (news,) = tracker.refresh().news
    assert (news.changes, news.said) == (3, "logged 530 for 2020")


def test_what_the_session_wrote_itself_is_no_news_even_where_others_wrote_in_between(
    tracker: Tracker, other: Tracker
) -> None:
    log(other, "100", slug="key-labs-national")
    log(tracker, "510")
    changes = tracker.refresh()
    assert [(each.author, each.indicator) for each in changes.news] == [("bob", "key-labs-national")]
    assert changes.indicators == {"key-labs-national"}
    log(tracker, "520")
    assert not tracker.refresh()


def test_the_same_person_at_work_in_another_session_is_told_as_such(
    tracker: Tracker, session: Callable[[str], Tracker]
) -> None:
    log(session("ann"), "510")
    (news,) = tracker.refresh().news
    assert news.own


def test_a_position_tells_what_came_after_it(tracker: Tracker, other: Tracker) -> None:
    log(other, "510")
    tracker.refresh()
    position = tracker.position
    assert tracker.since(position) == ()
    log(other, "520")
    tracker.refresh()
    assert [each.said for each in tracker.since(position)] == ["logged 520 for 2020"]


def test_an_import_is_no_news_to_the_session_that_did_it(tracker: Tracker, other: Tracker) -> None:
    log(other, "510")
    tracker.import_pack()
    assert {each.author for each in tracker.refresh().news} == {"bob"}


def test_what_an_import_put_off_is_taken_in_by_one_at_a_time(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh, alone = tracker.store.refresh, list[bool]()

    def is_taken() -> bool:
        if not tracker.turn.acquire(blocking=False):
            return True
        tracker.turn.release()
        return False

    def watched() -> Fresh | None:
        with ThreadPoolExecutor(1) as others:
            alone.append(others.submit(is_taken).result())
        return refresh()

    tracker.import_pack()
    monkeypatch.setattr(tracker.store, "refresh", watched)

    assert tracker.register.readings
    assert alone == [True]
