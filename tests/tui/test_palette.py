"""The command palette under somebody's fingers."""

from __future__ import annotations

import pytest
from textual import events

from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.detail import DetailScreen
from gztrack.tui.screens.ledger import LedgerScreen
from gztrack.tui.screens.palette import PaletteScreen
from tui.conftest import Started


@pytest.mark.parametrize("leave", ["escape", "ctrl+p", "ctrl+c"])
async def test_it_opens_over_the_last_lines_and_leaves_no_trace(board: Started, leave: str) -> None:
    async with board() as b:
        before = b.lines
        await b.press("ctrl+p")
        assert isinstance(b.app.screen, PaletteScreen)
        assert b.line("log a reading").split() == ["▌", "log", "a", "reading", "l", "gztrack", "log"]
        await b.press(leave)
        assert isinstance(b.app.screen, BoardScreen)
        assert b.lines == before


async def test_the_board_stays_in_sight_above_it(board: Started) -> None:
    async with board(size=(120, 40)) as b:
        await b.press("ctrl+p")
        shown = [strip.text for strip in b.app.screen._compositor.render_strips()]
        assert shown[0].startswith(" gztrack  Guangzhou")
        assert any("─ commands ─" in line for line in shown)


async def test_what_is_typed_ahead_is_not_lost(board: Started) -> None:
    async with board() as b:
        await b.pilot.press("ctrl+p", *"log a", "enter", *"310k")
        await b.settle()
        screen = b.app.screen
        assert isinstance(screen, BoardScreen)
        assert screen.form is not None
        assert screen.form.texts["value"] == "310k"


async def test_arrows_and_ends_choose(board: Started) -> None:
    async with board() as b:
        await b.press(
            "ctrl+p", "down", "down", "up", "end", "home", "pagedown", "pageup", "down", "down", "enter"
        )
        assert "goal" in b.text
        assert isinstance(b.app.screen, BoardScreen)
        assert b.app.screen.form is not None


async def test_editing_what_was_typed(board: Started) -> None:
    async with board() as b:
        await b.press("ctrl+p", *"undo last", "ctrl+w")
        palette = b.app.screen
        assert isinstance(palette, PaletteScreen)
        assert palette.query_text == "undo"
        await b.press("backspace", "backspace")
        assert palette.query_text == "un"
        await b.press("ctrl+u")
        assert palette.query_text == ""
        palette.post_message(events.Paste("nev\x1b[31m output\n"))
        await b.settle()
        assert palette.query_text == "nev output"


async def test_nothing_found_is_said_and_enter_does_nothing(board: Started) -> None:
    async with board() as b:
        await b.press("ctrl+p", *"qqqq", "enter")
        assert "nothing is called that; escape leaves" in b.text
        assert isinstance(b.app.screen, PaletteScreen)


@pytest.mark.parametrize(("key", "kind"), [("enter", DetailScreen), ("p", LedgerScreen)])
async def test_from_other_screens_it_goes_back_to_the_board(board: Started, key: str, kind: type) -> None:
    async with board() as b:
        await b.press(key)
        assert isinstance(b.app.screen, kind)
        await b.press("ctrl+p", *"national", "enter")
        await b.settle()
        assert isinstance(b.app.screen, BoardScreen)
        assert b.app.screen.row
        assert b.app.screen.row.id == "key-labs-national"


async def test_it_does_not_open_over_a_field(board: Started) -> None:
    async with board() as b:
        await b.press("slash", "ctrl+p")
        assert isinstance(b.app.screen, BoardScreen)
        assert "escape leaves the field, then ctrl+p" in b.lines[23]


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
async def test_it_fits_and_follows_a_resize(board: Started, size: tuple[int, int]) -> None:
    async with board(size=(120, 40), ascii=True) as b:
        await b.press("ctrl+p", *"go to")
        await b.pilot.resize_terminal(*size)
        await b.settle()
        await b.press("down", "down", "end")
        assert len(b.lines) == size[1]
        assert all(line.isascii() for line in b.lines)
        await b.press("escape")
        assert isinstance(b.app.screen, BoardScreen)


async def test_a_click_does_what_it_points_at(board: Started) -> None:
    async with board() as b:
        await b.press("ctrl+p", *"set or")
        at = next(y for y, line in enumerate(b.lines) if "set or revise" in line)
        await b.pilot.click(offset=(10, at))
        await b.settle()
        screen = b.app.screen
        assert isinstance(screen, BoardScreen)
        assert screen.form is not None


async def test_an_escape_that_came_with_the_next_key_leaves_and_the_key_is_the_boards(board: Started) -> None:
    async with board() as b:
        await b.press("ctrl+p")
        b.app.post_message(events.Key("alt+j", "j"))
        await b.settle()
        screen = b.app.screen
        assert isinstance(screen, BoardScreen)
        assert screen.row
        assert screen.row.id == "nev-output"
