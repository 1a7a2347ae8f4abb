"""What comes in under the help, the palette or the notice of too little room is shown once that is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack.services.entering.entries import LogEntry
from tui.two import SLUG, Two, two

NOTICE = "a torn line was put aside in quarantine/"


async def cover(board: Two, with_what: str) -> None:
    if with_what == "too small":
        await board.pilot.resize_terminal(40, 10)
        await board.settle()
    else:
        await board.press(with_what)


async def uncover(board: Two, with_what: str) -> None:
    if with_what == "too small":
        await board.pilot.resize_terminal(120, 40)
        await board.settle()
    else:
        await board.press("escape")


async def notice(board: Two) -> None:
    """The store has something to say, and the board looks because bob wrote something."""
    board.app.desk.book.store.notices.append(NOTICE)  # type: ignore[attr-defined]
    board.bob.log(LogEntry(SLUG, "650", "2020"))
    await board.hear()


COVERS = pytest.mark.parametrize("cover_", ["question_mark", "ctrl+p", "too small"])


@COVERS
@pytest.mark.parametrize("below", [(), ("enter",), ("p",), ("w",)])
async def test_news_are_shown_once_what_lies_over_the_screen_is_gone(
    tmp_path: Path, cover_: str, below: tuple[str, ...]
) -> None:
    async with two(tmp_path) as board:
        await board.press(*below)
        await cover(board, cover_)
        board.bob.log(LogEntry(SLUG, "650", "2020"))
        await board.hear()
        assert "bob" not in board.text
        await uncover(board, cover_)
        assert "bob logged 650 for 2020" in board.footer
        await board.press("j")
        assert "bob" not in board.footer


@COVERS
async def test_a_notice_is_shown_then_too_and_only_once(tmp_path: Path, cover_: str) -> None:
    async with two(tmp_path) as board:
        await cover(board, cover_)
        await notice(board)
        assert NOTICE not in board.text
        await uncover(board, cover_)
        assert NOTICE in board.footer
        await board.press("j")
        assert "bob logged 650 for 2020" in board.footer
        await board.press("j", "question_mark", "escape")
        assert "q quit" in board.footer


async def test_a_notice_waits_for_a_form_to_be_left(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("l", "6")
        await notice(board)
        await board.press("5", "escape")
        assert NOTICE in board.footer


async def test_news_that_came_under_a_form_come_after_what_was_saved(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("l", *"640", "tab", *"2021")
        board.bob.log(LogEntry("key-labs-national", "20", "2020"))
        await board.hear()
        await board.press("enter")
        assert "u undoes it" in board.footer
        await board.press("j")
        assert "bob logged 20 for 2020" in board.footer


async def test_a_form_under_the_help_hears_of_changes_when_the_help_closes(tmp_path: Path) -> None:
    async with two(tmp_path) as board:
        await board.press("l", *"640", "ctrl+g")
        board.bob.log(LogEntry(SLUG, "650", "2020"))
        await board.hear()
        await board.press("escape")
        assert "bob logged 650 for 2020 just now" in board.text
