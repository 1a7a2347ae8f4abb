"""Names and theme are changed on every screen that shows them, and what is behind it follows."""

from __future__ import annotations

import pytest

import books
from gztrack.services.actions import BOARD, DETAIL, LEDGER, WHY, Action
from gztrack.services.entering.entries import IndicatorEntry
from tui.conftest import Board, Started

EN, ZH = "5G base stations built", "5G 基站建成数"
OVER = pytest.mark.parametrize("keys", [(), ("enter",), ("w",), ("p",), ("enter", "p"), ("p", "enter", "w")])


def grounds(b: Board) -> set[str]:
    """Colours of the grounds on the screen."""
    strips = b.app.screen._compositor.render_strips()
    styles = [segment.style for strip in strips for segment in strip if segment.style]
    return {style.bgcolor.get_truecolor().hex for style in styles if style.bgcolor}


async def on_a_promise(b: Board) -> None:
    """Put the cursor on an indicator with a Chinese name and a promise."""
    await b.press("/")
    await b.type("base stations")
    await b.press("enter")


@OVER
async def test_names_change_there_and_behind_it(board: Started, keys: tuple[str, ...]) -> None:
    tracker = books.followed()
    tracker.edit_indicator(IndicatorEntry("5g-base-stations", name_zh=ZH))
    async with board(tracker, size=(120, 40)) as b:
        await on_a_promise(b)
        await b.press(*keys)
        assert EN in b.text
        assert ZH not in b.text
        await b.press("N")
        assert ZH in b.text
        assert EN not in b.text
        for key in keys:
            await b.press("escape")
            assert ZH in b.text, key
        await b.press("N", "N")
        assert EN in b.text


@OVER
async def test_the_theme_changes_there_and_behind_it(board: Started, keys: tuple[str, ...]) -> None:
    async with board(books.followed(), size=(120, 40)) as b:
        await on_a_promise(b)
        dark = grounds(b)
        await b.press(*keys)
        await b.press("T")
        assert "theme: light" in b.lines[39]
        for _ in keys:
            assert not grounds(b) & dark
            await b.press("escape")
        assert b.app.palette.name == "light"
        assert grounds(b)
        assert not grounds(b) & dark


@pytest.mark.parametrize("actions", [BOARD, DETAIL, LEDGER, WHY])
def test_the_keys_are_the_same_on_every_screen(actions: tuple[Action, ...]) -> None:
    keys = {action.name: action.keys for action in actions}
    assert (keys["names"], keys["theme"]) == (("N",), ("T",))
