"""Several readings in one go: an answer holds for what was asked, and others who wrote meanwhile are asked about."""

from __future__ import annotations

from pathlib import Path

from gztrack.services.entering.entries import LogEntry
from gztrack.tui.quicksheet import Cell
from gztrack.tui.screens.quickentry import QuickEntryScreen
from tui.two import SLUG, Two, two


def sheet_of(board: Two) -> QuickEntryScreen:
    screen = board.app.screen
    assert isinstance(screen, QuickEntryScreen)
    return screen


async def put(board: Two, slug: str, column: str, text: str) -> None:
    """Type a text into a cell; an empty id is the line at the top."""
    screen = sheet_of(board)
    at = next((i for i, row in enumerate(screen.sheet.rows) if row.id == slug), -1)
    screen.go(Cell(at, column))
    screen.field.value = text
    await board.settle()


async def test_another_question_about_a_row_is_asked_anew(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("L")
        await put(board, "", "period", "2026-Q2")
        await put(board, SLUG, "value", "6400")
        await put(board, "tech-centres-provincial", "value", "64000")
        await board.press("enter", "enter", "escape")
        await put(board, "", "period", "2062")
        await put(board, "tech-centres-provincial", "value", "")
        await board.press("enter")
        assert "2062" in sheet_of(board).question
        board.bob.refresh()
        assert "2062" not in [reading.period for reading in board.bob.detail(SLUG).readings]


async def test_somebody_elses_reading_of_the_same_indicator_is_asked_about(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("L")
        await put(board, "", "period", "2026-Q2")
        await put(board, SLUG, "value", "640")
        board.bob.log(LogEntry(SLUG, "650", "2026-Q2", yes=True))
        await board.press("enter")
        assert "bob logged 650 for 2026-Q2 just now" in sheet_of(board).question
        board.bob.refresh()
        assert [reading.value for reading in board.bob.detail(SLUG).readings][:1] == [650]
        await board.press("enter")
        assert not isinstance(board.app.screen, QuickEntryScreen)
        board.bob.refresh()
        assert 640 in [reading.value for reading in board.bob.detail(SLUG).readings]


async def test_what_others_did_to_other_indicators_is_no_question(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("L")
        await put(board, "", "period", "2026-Q2")
        await put(board, SLUG, "value", "640")
        board.bob.log(LogEntry("key-labs-national", "20", "2020"))
        await board.press("enter")
        assert not isinstance(board.app.screen, QuickEntryScreen)
