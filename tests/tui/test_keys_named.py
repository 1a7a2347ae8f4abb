"""A message names the key that somebody has set on the screen it stands on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

import tui.two
from gztrack.services.keymap import keymap
from gztrack.tui.app import build
from tui.two import SLUG, two

Remap = Callable[[Mapping[str, Mapping[str, object]]], None]


@pytest.fixture
def remap(monkeypatch: pytest.MonkeyPatch) -> Remap:
    """Give the board that is opened next other keys."""

    def with_keys(sections: Mapping[str, Mapping[str, object]]) -> None:
        found = keymap(sections)
        assert not found.problems
        monkeypatch.setattr(tui.two, "build", partial(build, keymap=found.keys))

    return with_keys


async def test_the_detail_names_its_own_keys_of_undo_and_redo(tmp_path: Path, remap: Remap) -> None:
    remap({"board": {"undo": "X"}, "detail": {"undo": "Y", "redo": "B"}})
    async with two(tmp_path) as board:
        await board.press("enter", "l", *"640", "tab", *"2021", "enter")
        assert "Y undoes it" in board.footer
        await board.press("Y")
        assert "B brings it back" in board.footer
        await board.press("B")
        assert "Y undoes it" in board.footer
        await board.press("escape", "X")
        assert "U brings it back" in board.footer


async def test_several_readings_name_the_keys_of_undo_and_of_going_on(tmp_path: Path, remap: Remap) -> None:
    remap({"board": {"undo": "X", "quick": "K"}})
    async with two(tmp_path) as board:
        await board.press("K", *"2021", "escape")
        assert "K goes on" in board.footer
        await board.press("K", "tab", "tab", *"640", "enter", "enter")
        assert "X undoes it" in board.footer


async def test_unfinished_entries_name_the_key_that_lists_them(tmp_path: Path, remap: Remap) -> None:
    remap({"board": {"drafts": "B"}})
    (tmp_path / "drafts.json").write_text(f'{{"log {SLUG}": {{"value": "6"}}}}', "utf-8")
    async with two(tmp_path) as board:
        assert "B takes it up" in board.footer
        (tmp_path / "drafts.json").write_text('{"log gone": {"value": "6"}}', "utf-8")
        await board.press("B", "enter")
        assert "no longer there; B lists it" in board.footer


async def test_an_earlier_text_names_the_key_that_goes_back(tmp_path: Path, remap: Remap) -> None:
    remap({"form": {"later": "ctrl+t"}})
    async with two(tmp_path) as board:
        await board.press("l", *"640", "tab", *"2021", "tab", "tab", *"hi", "enter")
        await board.press("l", "tab", "tab", "tab", "pageup")
        assert "1 of 1 saved before; ctrl+t goes back" in board.text
