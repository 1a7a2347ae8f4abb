"""A large database's board is kept: shown before anything is read, right whatever happened, and never missed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import gztrack.services.board.board_file as board_file
import gztrack.services.databases.looking as looking
from books import GOLDEN, TODAY, followed, states
from gztrack.services.board.board_file import BoardFile, Kept
from gztrack.services.board.flat import flat, view_of
from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.services.entering.entries import IndicatorEntry, LogEntry
from gztrack.services.reader import NOW, Clocks
from gztrack.services.tracker import Tracker
from gztrack.services.views import Board, Row
from gztrack.storage.files import BOARD
from gztrack.storage.journal import Journal
from gztrack.storage.locations import Location
from gztrack.storage.tinydb_store import TinyDBStore


@pytest.fixture(autouse=True)
def _every_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "LARGE", 0)


@pytest.fixture
def db(tmp_path: Path) -> str:
    """A database with every status in it, whose board is kept."""
    place = Location(str(tmp_path / "db"), named=True)
    initialise(place, empty=True, zone="Asia/Shanghai")
    tracker = opened(place.path)
    tracker.import_file(str(GOLDEN / "states.csv"), yes=True)
    assert tracker.keep_board()
    return place.path


def opened(path: str, today: date = TODAY, author: str = "ann") -> Tracker:
    return open_tracker(Location(path, named=True), author=author, login="x", today=today, writing=True)


def fresh(path: str, today: date = TODAY) -> Tracker:
    return Tracker(TinyDBStore(path), author="ann", login="x", today=today)


def shown(board: Board) -> Board:
    """A board without how each status came about."""
    rows = [board_file._told(r) for r in board.rows]
    return board._replace(rows=tuple(rows))


def test_what_is_kept_is_shown_before_anything_is_read(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = fresh(db)
    first = expected.board().rows[0].id
    there = expected.detail(first, charted=True)

    def unread(*_: object) -> None:
        raise AssertionError("the journal was read")

    monkeypatch.setattr(Journal, "read", unread)
    tracker = opened(db)
    assert shown(tracker.board()) == shown(expected.board())
    shown_first = tracker.detail(first, charted=True)
    assert shown_first._replace(row=there.row, chart=None) == there._replace(chart=None)
    assert (shown_first.chart is None) == (there.chart is None)
    assert tracker.pack_offer == ""
    assert not tracker.changed()
    assert not tracker.loaded


@pytest.mark.parametrize("book", [followed, states])
def test_every_view_of_a_board_comes_back_as_it_was(book: Callable[[], Tracker]) -> None:
    tracker = book()
    board = shown(tracker.board())
    assert view_of(json.loads(json.dumps(flat(board)))) == board
    for row in board.rows:
        detail = tracker.detail(row.id, charted=True)._replace(row=board_file._told(row))
        back = view_of(json.loads(json.dumps(flat(detail))))
        assert back._replace(chart=None) == detail._replace(chart=None)
        assert repr(back.chart) == repr(detail.chart)  # two charts are never equal


@pytest.mark.parametrize("book", [followed, states])
def test_whole_numbers_stay_whole_on_the_way(book: Callable[[], Tracker]) -> None:
    def kinds(row: Row) -> list[type]:
        return [
            type(row.reading.value if row.reading else None),
            type(row.target.value if row.target else None),
        ]

    rows = shown(book().board()).rows
    assert [kinds(row) for row in view_of(json.loads(json.dumps(flat(rows))))] == [kinds(row) for row in rows]


def _content(path: str, change: Callable[[dict[str, Any]], object]) -> None:
    from gztrack.storage.derived import read_derived, write_derived

    found = read_derived(path, BOARD)
    assert found is not None
    change(found.content)
    assert write_derived(path, found, BOARD)


def _harm(path: str) -> None:
    kept = Path(path, BOARD)
    kept.write_bytes(kept.read_bytes().replace(b"on track", b"off track"))


def _into_a_directory(path: str) -> None:
    os.unlink(os.path.join(path, BOARD))
    os.mkdir(os.path.join(path, BOARD))


def _rename_a_class(content: dict[str, Any]) -> None:
    content["views"]["classes"][0][0] = "os:system"


STALE: list[tuple[str, Callable[[str], object]]] = [
    ("missing", lambda path: os.unlink(os.path.join(path, BOARD))),
    ("harmed", _harm),
    ("empty", lambda path: Path(path, BOARD).write_bytes(b"")),
    ("of another version", lambda path: _content(path, lambda found: found.update(version="0"))),
    ("of other classes", lambda path: _content(path, lambda found: found["views"]["classes"][0][1].append("new"))),
    ("of unknown classes", lambda path: _content(path, _rename_a_class)),
    ("without views", lambda path: _content(path, lambda found: found.pop("views"))),
    ("a directory", _into_a_directory),
]  # fmt: skip


@pytest.mark.parametrize("change", [case[1] for case in STALE], ids=[case[0] for case in STALE])
def test_a_kept_board_that_does_not_fit_is_taken_for_absent(db: str, change: Callable[[str], object]) -> None:
    change(db)
    assert BoardFile(Journal(db)).read(TODAY) is None
    assert shown(opened(db).board()) == shown(fresh(db).board())


def test_a_kept_board_is_of_its_day(db: str) -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert BoardFile(Journal(db)).read(tomorrow) is None
    assert opened(db, tomorrow).board().as_of == tomorrow


def test_a_board_stays_right_when_midnight_passes_while_it_is_shown(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = opened(db)
    monkeypatch.setattr(tracker, "_fixed_today", TODAY + timedelta(days=1))
    assert tracker.board().as_of == TODAY + timedelta(days=1)
    first = tracker.board().rows[0].id
    assert tracker.detail(first) == fresh(db, TODAY + timedelta(days=1)).detail(first)


def test_a_kept_board_is_of_its_journal(db: str) -> None:
    opened(db, author="bob").add_indicator(IndicatorEntry("new", name="New", unit="u"))
    assert BoardFile(Journal(db)).read(TODAY) is None
    assert "new" in [row.id for row in opened(db).board().rows]


@pytest.mark.parametrize(
    "clocks",
    [NOW, Clocks(as_of=date(2022, 1, 1)), Clocks(logged_by=date(2020, 1, 1)), Clocks(published_by=TODAY)],
)
@pytest.mark.parametrize("method", ["", "un-chart"])
@pytest.mark.parametrize("archived", [True, False])
def test_other_questions_are_answered_from_the_facts(
    db: str, clocks: Clocks, method: str, archived: bool
) -> None:
    found = opened(db).board(clocks, method, archived=archived)
    assert shown(found) == shown(fresh(db).board(clocks, method, archived=archived))


def test_once_the_facts_are_read_they_alone_are_believed(db: str) -> None:
    lie = "Everything is fine"

    def tell(content: dict[str, Any]) -> None:
        board, _ = view_of(content["views"])
        first = board.rows[0]._replace(name=lie)
        content["views"] = flat((board._replace(rows=(first, *board.rows[1:])), None))

    _content(db, tell)
    tracker = opened(db)
    assert tracker.board().rows[0].name == lie
    tracker.load()
    assert tracker.board() == fresh(db).board()
    assert tracker.keep_board()
    assert shown(opened(db).board()) == shown(fresh(db).board())


def _flipped(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


LOSSES: list[tuple[str, Callable[[Path, bytes], object]]] = [
    ("facts that were logged later are gone", lambda path, before: path.write_bytes(before)),
    ("a byte in the middle", lambda path, before: path.write_bytes(_flipped(before))),
    ("the mark is gone", lambda path, before: (path.parent / "lock").unlink()),
]


@pytest.mark.parametrize("lose", [case[1] for case in LOSSES], ids=[case[0] for case in LOSSES])
def test_a_kept_board_never_hides_that_something_was_lost(
    db: str, lose: Callable[[Path, bytes], object]
) -> None:
    journal = Path(db, "facts.jsonl")
    before = journal.read_bytes()
    if lose is LOSSES[0][1]:
        kept = Path(db, BOARD).read_bytes()
        opened(db, author="bob").add_indicator(IndicatorEntry("new", name="New", unit="u"))
        Path(db, BOARD).write_bytes(kept)
    lose(journal, before)
    assert BoardFile(Journal(db)).read(TODAY) is None


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"views": ["x"]},
        {"views": {"classes": [], "view": [-2, "a", "b"]}},
        {"views": {"classes": [], "view": [-2]}},
    ],
    ids=str,
)
def test_a_made_up_file_is_taken_for_absent(db: str, content: Any) -> None:
    from gztrack.storage.derived import read_derived, write_derived

    found = read_derived(db, BOARD)
    assert found is not None
    made_up = (
        {**content, "version": found.content["version"], "day": found.content["day"]} if content else content
    )
    assert write_derived(db, found._replace(content=made_up), BOARD)
    assert BoardFile(Journal(db)).read(TODAY) is None


def test_lists_in_lists_without_end_are_taken_for_absent(db: str) -> None:
    deep: list[Any] = []
    for _ in range(900):
        deep = [-3, deep]
    _content(db, lambda content: content.update(views={"classes": [], "view": deep}))
    assert BoardFile(Journal(db)).read(TODAY) is None


def test_the_kept_detail_says_all_that_the_detail_says(db: str) -> None:
    there = fresh(db).detail(fresh(db).board().rows[0].id, charted=True)
    kept = opened(db).detail(there.row.id, charted=True)
    assert kept.row.assessment._replace(counted=()) == there.row.assessment._replace(counted=())


def test_what_others_wrote_between_is_told_with_who_it_was(db: str) -> None:
    tracker = opened(db)
    opened(db, author="bob").add_indicator(IndicatorEntry("new", name="New", unit="u"))
    tracker.load()
    changes = tracker.refresh()
    assert [(each.author, each.indicator) for each in changes.news] == [("bob", "new")]
    assert changes.indicators == {"new"}
    assert tracker.position == 1


def test_what_somebody_wrote_since_is_told_when_the_facts_are_read(db: str) -> None:
    tracker = opened(db)
    before = tracker.board()
    opened(db, author="bob").add_indicator(IndicatorEntry("new", name="New", unit="u"))
    assert not tracker.changed()  # nothing was read yet
    tracker.load()
    assert tracker.changed()
    assert "new" in tracker.refresh().indicators
    assert len(tracker.board().rows) == len(before.rows) + 1


def test_a_writer_looks_at_the_facts_and_not_at_what_was_kept(db: str) -> None:
    tracker = opened(db)
    opened(db, author="bob").add_indicator(IndicatorEntry("new", name="New", unit="u"))
    tracker.log(LogEntry("new", "5", "2025"))
    assert tracker.detail("new").readings[0].value == 5


def test_a_board_is_kept_once_for_one_state(db: str) -> None:
    tracker = opened(db)
    tracker.load()
    assert not tracker.keep_board()
    tracker.add_indicator(IndicatorEntry("new", name="New", unit="u"))
    assert tracker.keep_board()
    assert shown(opened(db).board()) == shown(fresh(db).board())


def test_a_small_database_keeps_no_board(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "LARGE", os.path.getsize(os.path.join(db, "facts.jsonl")) + 1)
    os.unlink(os.path.join(db, BOARD))
    tracker = opened(db)
    tracker.board()
    assert not tracker.keep_board()
    assert not os.path.exists(os.path.join(db, BOARD))


def test_boards_of_another_day_or_method_are_not_kept(db: str) -> None:
    tracker = opened(db)
    tracker.load()
    file, cursor = BoardFile(Journal(db)), tracker.store.cursor
    assert not file.write(Kept(cursor, tracker.board(Clocks(as_of=date(2020, 1, 1))), None))
    assert not file.write(Kept(cursor, tracker.board(NOW, "un-chart"), None))
