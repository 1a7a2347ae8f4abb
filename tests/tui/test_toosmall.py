"""A terminal that is too small says what is needed, and everything below is as it was once it grows."""

from __future__ import annotations

import pytest

from gztrack.tui import toosmall
from gztrack.tui.cells import line_width, plain
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.toosmall import TooSmallScreen
from gztrack.tui.widgets.form import Form
from tui.conftest import Board, Started


@pytest.mark.parametrize(
    ("cells", "rows", "small"),
    [(60, 16, False), (59, 16, True), (60, 15, True), (200, 15, True), (59, 60, True), (80, 24, False)],
)
def test_sixty_by_sixteen_is_enough(cells: int, rows: int, small: bool) -> None:
    assert toosmall.is_too_small(cells, rows) is small


@pytest.mark.parametrize(("cells", "rows"), [(1, 1), (3, 2), (10, 5), (20, 8), (40, 12), (59, 16), (200, 3)])
def test_the_message_fits_and_begins_with_what_is_needed(cells: int, rows: int) -> None:
    said = toosmall.lines(cells, rows)
    assert len(said) <= rows
    assert all(line_width(line) <= cells for line in said)
    if cells >= 10 and rows >= 4:
        words = " ".join(" ".join(map(plain, said)).split())
        assert f"gztrack needs 60x16; this is {cells}x{rows}." in words or rows < 6


def test_it_says_what_works_all_the_same() -> None:
    text = "\n".join(map(plain, toosmall.lines(40, 12)))
    assert "gztrack needs 60x16; this is 40x12." in text
    assert "gztrack status works at any size." in text
    assert "ctrl+q quits" in text


async def shrink(b: Board, columns: int = 40, rows: int = 12) -> None:
    await b.pilot.resize_terminal(columns, rows)
    await b.settle()


async def grow(b: Board, columns: int = 80, rows: int = 24) -> None:
    await b.pilot.resize_terminal(columns, rows)
    await b.settle()


@pytest.mark.parametrize(
    "keys",
    [
        (),
        ("enter",),
        ("p",),
        ("question_mark",),
        ("ctrl+p",),
        ("slash",),
        ("enter", "l"),
        ("p", "g"),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_every_screen_makes_way_and_comes_back_as_it_was(
    board: Started, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with board(size=size) as b:
        await b.press("j", "j", *keys)
        before, stack = b.lines, list(b.app.screen_stack)

        await shrink(b)
        assert "gztrack needs 60x16; this is 40x12." in b.text
        await shrink(b, 20, 5)
        assert "this is 20x5." in b.text.replace("\n", "")

        await grow(b, *size)
        assert b.app.screen_stack == stack
        assert b.lines == before


async def test_an_open_form_keeps_what_was_typed_and_where(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l")
        await b.type("790k")
        await b.press("tab")
        await b.type("2026-0")

        await shrink(b)
        await b.press("7", "x", "escape", "enter", "tab")
        await grow(b)
        await b.press("1")

        screen = b.app.screen
        assert isinstance(screen, BoardScreen)
        assert isinstance(screen.form, Form)
        assert screen.form.texts["value"] == "790k"
        assert screen.form.texts["period"] == "2026-01"
        assert not b.tracker.asked


async def test_keys_do_nothing_to_what_cannot_be_seen(board: Started) -> None:
    async with board() as b:
        await shrink(b)
        await b.press("j", "x", "u", "X", "q", "ctrl+p", "enter")
        assert isinstance(b.app.screen, TooSmallScreen)
        assert b.tracker.asked == []
        await grow(b)
        assert isinstance(b.app.screen, BoardScreen)
        assert b.app.screen.list.cursor == 0


async def test_growing_to_another_size_lays_everything_out_for_that_one(board: Started) -> None:
    async with board(size=(80, 24)) as b:
        await shrink(b)
        await grow(b, 120, 40)
        assert b.lines[0].startswith(" gztrack  Guangzhou industrial upgrading")
        assert len(b.lines) == 40
        assert "l log" in b.lines[39]


async def test_a_board_that_opens_too_small_opens_once_there_is_room(board: Started) -> None:
    async with board(size=(50, 10)) as b:
        assert "gztrack needs 60x16; this is 50x10." in b.text
        await grow(b)
        assert "NEV output" in b.text


async def test_what_others_write_meanwhile_is_there_when_it_grows(board: Started) -> None:
    async with board() as b:
        await shrink(b)
        b.tracker.rows = tuple(b.tracker.rows[:2])
        await b.app._catch_up()
        await grow(b)
        assert "5G base stations" not in b.text


@pytest.mark.parametrize("over", ["help", "size"])
async def test_a_detail_whose_indicator_goes_leaves_once_it_is_on_top(board: Started, over: str) -> None:
    async with board() as b:
        await b.press("j", "enter")
        if over == "help":
            await b.press("question_mark")
        else:
            await shrink(b)
        b.tracker.rows = tuple(row for row in b.tracker.rows if row.id != "nev-output")
        await b.app._catch_up()
        await b.settle()
        assert "any key closes" in b.text if over == "help" else "gztrack needs" in b.text

        if over == "help":
            await b.press("escape")
        else:
            await grow(b)
        await b.settle()
        assert isinstance(b.app.screen, BoardScreen)
        assert len(b.app.screen_stack) == 1
