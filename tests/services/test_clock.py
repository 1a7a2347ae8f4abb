"""An author's entries ascend in logging time and id, however the clock runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack.domain.ids import as_int, fact_ids, keyed
from gztrack.services.clock import Instant, instant
from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.services.entering.entries import LogEntry
from gztrack.services.quicklog import QuickLog
from gztrack.storage.journal import Journal
from gztrack.storage.locations import Location
from gztrack.storage.reading import transactions

SECOND = 10**9
NOW = 1_790_000_000 * SECOND + 123_456_789


def test_without_a_last_entry_it_is_the_clock_s_time() -> None:
    found = instant(None, NOW)
    assert found.at == "2026-09-21T14:13:20.123456Z"
    assert as_int(found.tx) >> 80 == NOW // 10**6
    assert not found.notice


def test_a_later_clock_is_taken_as_it_is() -> None:
    last = instant(None, NOW)
    found = instant((last.at, last.tx), NOW + SECOND)
    assert found.at == "2026-09-21T14:13:21.123456Z"
    assert found.tx > last.tx
    assert not found.notice


@pytest.mark.parametrize(
    ("back", "told"),
    [(0, False), (SECOND, False), (3 * SECOND, True), (3600 * SECOND, True), (10**9 * SECOND, True)],
)
def test_a_clock_that_was_set_back_puts_an_entry_a_moment_after_the_last(back: int, told: bool) -> None:
    last = instant(None, NOW)
    found = instant((last.at, last.tx), NOW - back)
    assert found.at == "2026-09-21T14:13:20.123457Z"
    assert fact_ids(found.tx, 1) > fact_ids(last.tx, 1000)[-1:]
    assert bool(found.notice) == told
    assert not told or "see that the clock is right" in found.notice


def test_an_id_made_of_a_key_does_not_drag_the_next_one_along() -> None:
    last = instant(None, NOW)
    for number in range(50):
        found = instant((last.at, keyed("ann", str(number))), NOW + SECOND)
        assert as_int(found.tx) >> 80 == (NOW + SECOND) // 10**6


@given(st.lists(st.integers(-(10**15), 10**15), min_size=2, max_size=40))
def test_whatever_the_clock_does_times_and_ids_ascend(steps: list[int]) -> None:
    now, made = NOW, list[Instant]()
    for step in steps:
        last = (made[-1].at, made[-1].tx) if made else None
        made.append(instant(last, now))
        now = max(0, now + step)
    assert [each.at for each in made] == sorted({each.at for each in made})
    assert [each.tx for each in made] == sorted({each.tx for each in made})


def test_a_session_s_entries_ascend_though_the_clock_is_set_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Location(str(tmp_path / "db"), named=True)
    initialise(place, zone="UTC")
    clock = iter([NOW, NOW - 3600 * SECOND, NOW - 1800 * SECOND, NOW - 10 * SECOND])
    monkeypatch.setattr("gztrack.services.clock.time.time_ns", lambda: next(clock))
    board = open_tracker(place, author="ann", login="ann", writing=True)
    quick = QuickLog(place.path, author="ann", login="ann")
    first = board.log(LogEntry("nev-capacity", "250k", "2020-04"))
    assert not board.notices
    second = quick.log([LogEntry("nev-capacity", "251k", "2020-04")])
    assert "see that the clock is right" in " ".join(second.notices)
    third = board.correct("nev-capacity@last", LogEntry("nev-capacity", "252k", "2020-04"))
    assert "see that the clock is right" in " ".join(board.notices)
    stored = [each for each in transactions(Journal(place.path)) if each.author == "ann"]
    assert [each.tx for each in stored] == [first.tx, second.tx, third.tx]
    assert [each.at for each in stored] == sorted({each.at for each in stored})
    monkeypatch.undo()
    assert "correction" in board.undo().lines[0]


def test_another_author_s_clock_does_not_drag_mine_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Location(str(tmp_path / "db"), named=True)
    initialise(place, zone="UTC")
    ahead = QuickLog(place.path, author="bob", login="bob")
    clock = iter([NOW + 86_400 * SECOND, NOW])
    monkeypatch.setattr("gztrack.services.clock.time.time_ns", lambda: next(clock))
    ahead.log([LogEntry("nev-capacity", "250k", "2020-04")])
    mine = QuickLog(place.path, author="ann", login="ann").log([LogEntry("nev-capacity", "251k", "2020-05")])
    assert not mine.notices
    (stored,) = [each for each in transactions(Journal(place.path)) if each.author == "ann"]
    assert stored.at == "2026-09-21T14:13:20.123456Z"
