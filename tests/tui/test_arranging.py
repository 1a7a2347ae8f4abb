"""Groups that fold, grouping, sorts, archived indicators, and what an empty board answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.widgets.board_list import BoardList
from tui.conftest import Board, Started
from tui.fake import FakeTracker, many, states


def screen(b: Board) -> BoardScreen:
    found = b.app.screen
    assert isinstance(found, BoardScreen)
    return found


def here(b: Board) -> str:
    """Id of the row under the cursor, or the name of the folded group."""
    board = screen(b)
    group = board.list.folded_group
    return group.text if group else (board.row.id if board.row else "")


def cursor_line(b: Board) -> int:
    return next(at for at, line in enumerate(b.lines) if line.startswith("▌"))


@pytest.mark.parametrize("key", ["z", "space"])
async def test_a_group_folds_into_its_heading_and_opens_on_the_same_row(board: Started, key: str) -> None:
    async with board() as b:
        await b.press("j", key)
        assert b.lines[2] == "▌▸ New energy vehicles  3   ○ 1  ◐ 1  ? 1"
        assert "NEV output" not in b.text
        assert "3 indicators   z opens it" in b.lines[21]
        await b.press(key)
        assert here(b) == "nev-output"


async def test_enter_opens_a_folded_group(board: Started) -> None:
    async with board() as b:
        await b.press("z", "enter")
        assert here(b) == "nev-capacity"
        assert "readings" not in b.text


async def test_the_cursor_stops_at_folded_headings_only(board: Started) -> None:
    async with board() as b:
        await b.press("z", "j")
        assert here(b) == "uhd-output"
        await b.press("z", "2", "j", "k", "k")
        assert here(b) == "Ultra-high-definition video"
        await b.press("k")
        assert here(b) == "New energy vehicles"


async def test_all_groups_fold_and_unfold(board: Started) -> None:
    async with board() as b:
        await b.press("5", "j", "Z")
        assert here(b) == "5G"
        assert sum("▸" in line for line in b.lines) == 6
        await b.press("Z")
        assert here(b) == "5g-base-stations"
        assert "▸" not in "".join(line[:3] for line in b.lines)


async def test_a_filter_and_off_track_hide_nothing_in_folded_groups(board: Started) -> None:
    async with board() as b:
        await b.press("Z", "slash", *"base")
        assert here(b) == "5g-base-stations"
        await b.press("enter", "z")
        assert "what a filter found stays open: escape shows everything" in b.lines[23]
        await b.press("escape")
        assert here(b) == "5G"
        await b.press("o")
        assert here(b) != ""
        assert "moving away" in b.text


async def test_a_jump_unfolds_the_group_it_goes_to(board: Started) -> None:
    async with board() as b:
        await b.press("Z", "ctrl+p", *"base st", "enter")
        assert here(b) == "5g-base-stations"
        assert "▸ Manufacturing" in b.text


async def test_folded_groups_are_so_at_the_next_start(board: Started, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts-1.json"
    async with board(drafts=drafts) as b:
        await b.press("z")
    async with board(drafts=drafts) as b:
        assert b.lines[2].startswith("▌▸ New energy vehicles")
        await b.press("v")
        assert "▸" not in "".join(line[:3] for line in b.lines)


async def test_a_click_on_a_heading_folds_it(board: Started) -> None:
    async with board() as b:
        await b.pilot.click(BoardList, offset=(4, 1))
        await b.settle()
        assert b.lines[2].startswith("▌▸ New energy vehicles")
        await b.pilot.click(BoardList, offset=(4, 1))
        await b.settle()
        assert b.lines[2].strip() == "New energy vehicles"


async def test_a_key_that_needs_a_row_says_that_the_group_is_folded(board: Started) -> None:
    async with board() as b:
        await b.press("z", "l")
        assert "New energy vehicles is folded: z opens it" in b.lines[23]


async def test_another_sessions_change_in_a_folded_group_marks_its_heading(board: Started) -> None:
    async with board() as b:
        await b.press("z", "j")
        b.tracker.news = frozenset({"nev-output"})
        await b.pilot.pause(0.7)
        await b.settle()
        assert b.lines[2].startswith("•▸ New energy vehicles")


async def test_the_grouping_stands_in_the_head_until_it_is_the_usual_one(board: Started) -> None:
    async with board() as b:
        await b.press("v")
        assert b.lines[1].split()[:3] == ["indicator", "by", "status"]
        assert b.lines[2].strip() == "off track"
        await b.press("v")
        assert "by due year" in b.lines[1]
        assert b.lines[2].strip() == "due 2020"
        await b.press("v")
        assert "no groups" in b.lines[1]
        await b.press("v")
        assert b.lines[1].split()[:2] == ["indicator", "reading"]


async def test_the_order_turns_round(board: Started) -> None:
    async with board() as b:
        await b.press("S")
        assert "rows stand as listed: s sorts them first" in b.lines[23]
        await b.press("s", "s", "S")
        assert "z to a" in b.lines[1]
        assert b.lines[2].strip() == "Ultra-high-definition video"
        await b.press("s")
        assert "due soonest" in b.lines[1]


async def test_archiving_is_shown_undone_and_taken_back(board: Started) -> None:
    async with board() as b:
        await b.press("A")
        assert b.tracker.asked == [("archive", ("nev-capacity",))]
        assert "u brings it back" in b.lines[23]
        assert "NEV annual" not in b.text
        await b.press("a")
        assert "1 archived on the board; A brings one back" in b.lines[23]
        assert b.line("NEV annual").startswith(" – NEV annual")
        assert b.line("NEV annual").endswith("archived")
        assert "– 1 archived" in b.lines[0] or "– 1" in b.lines[0]
        await b.press("home", "A")
        assert b.line("NEV annual").endswith("cannot tell")
        assert "u undoes it" in b.lines[23]
        await b.press("a")
        assert "archived indicators are off the board" in b.lines[23]


async def test_archived_rows_are_muted_but_for_the_cursor(board: Started) -> None:
    rows = tuple(row._replace(archived=row.id == "nev-output") for row in states())
    async with board(FakeTracker(rows)) as b:
        await b.press("a")
        line = screen(b).list.line(3)
        assert {key for text, key in line if text.strip()} <= {"muted", "warn", "rest", "post"}


@pytest.mark.parametrize("key", ["l", "g", "c", "d", "e", "y", "w", "enter", "A", "z", "Z"])
async def test_without_an_indicator_every_key_that_needs_one_says_what_to_do(
    board: Started, key: str
) -> None:
    async with board(FakeTracker([], first_run=True)) as b:
        assert b.lines[1].strip() == "Start here: n adds an indicator, i imports a file, ? explains all"
        await b.press(key)
        assert "there is no indicator yet: n adds one" in b.lines[23]


async def test_a_filter_that_hides_everything_says_how_to_come_back(board: Started) -> None:
    async with board() as b:
        await b.press("slash", *"zzz", "enter", "l")
        assert "no row is shown: escape shows everything again" in b.lines[23]


async def test_rows_that_arrive_above_leave_the_cursor_on_its_line(board: Started) -> None:
    async with board(FakeTracker(many(200))) as b:
        await b.press("5", "0", "j")
        row, line = here(b), cursor_line(b)
        first = b.tracker.rows[0]
        b.tracker.rows = (*(first._replace(id=f"new-{n}") for n in range(7)), *b.tracker.rows)
        b.tracker.news = frozenset({"new-1"})
        await b.pilot.pause(0.7)
        await b.settle()
        assert (here(b), cursor_line(b)) == (row, line)


async def test_each_change_is_marked_for_its_own_full_time(board: Started) -> None:
    async with board() as b:
        changed = screen(b).list
        changed.mark(frozenset({"nev-output"}))
        first = changed._marks["nev-output"]
        changed.mark(frozenset({"uhd-output"}))
        second = changed._marks["uhd-output"]
        changed.mark(frozenset({"nev-output"}))
        changed._unmark(first)
        assert set(changed._marks) == {"nev-output", "uhd-output"}
        changed._unmark(second)
        assert set(changed._marks) == {"nev-output"}


async def test_a_change_of_the_selected_row_leaves_the_cursors_mark(board: Started) -> None:
    async with board() as b:
        b.tracker.news = frozenset({"nev-capacity"})
        await b.pilot.pause(0.7)
        await b.settle()
        assert b.line("NEV annual").startswith("▌?•NEV annual")


async def test_a_letter_lays_nothing_out_anew(board: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    async with board(FakeTracker(many(1000))) as b:
        await b.press("slash", "h")
        laid: list[int] = []
        monkeypatch.setattr(BoardScreen, "lay_out", lambda _: laid.append(1))
        submit, details = b.app.desk.submit, list[object]()

        def counted(*args: object) -> object:
            details.append(args)
            return submit(*args)

        monkeypatch.setattr(b.app.desk, "submit", counted)
        before = len(screen(b).list.rows)
        await b.press("i", "g")
        assert laid == []
        assert len(details) <= 2
        assert screen(b)._chooser.looked_at <= before < 1000


async def test_what_the_filter_found_is_marked_in_names_and_headings(board: Started) -> None:
    async with board() as b:
        await b.press("slash", *"new")
        heading = screen(b).list.line(1)
        assert ("New", "match") in heading
        await b.press("backspace", "v")
        assert any(key.startswith("match") for _, key in screen(b).list.line(2))


async def test_a_message_that_goes_and_what_the_key_does_are_one_repaint(
    board: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with board() as b:
        held: list[int] = []
        sort = BoardScreen.action_sort

        def watched(screen: BoardScreen) -> None:
            held.append(b.app._batch_count)
            sort(screen)

        monkeypatch.setattr(BoardScreen, "action_sort", watched)
        await b.press("s", "s")
        assert held == [0, 1]
        assert b.app._batch_count == 0
        assert "sorted: a to z" in b.lines[23]
