"""Every key that is bound or can be, on every screen of a board behind a gate: nothing is written, no file named."""

from __future__ import annotations

import string
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from textual.widgets import Input

import books
from gztrack.cli.catalogue import COMMANDS
from gztrack.services.keymap import NAMED, keymap
from gztrack.services.permits import Permit, permit
from gztrack.services.screens import ANYWHERE, SCREENS
from gztrack.services.tracker import Tracker
from gztrack.tui.dialogs.fields import Dialog
from gztrack.tui.dialogs.files import ImportDialog, SnapshotDialog
from gztrack.tui.keys import textual_keys
from gztrack.tui.screens.host import Host
from tui.conftest import Board, Started

WAYS: dict[str, tuple[str, ...]] = {
    "board": (),
    "detail": ("enter",),
    "ledger": ("p",),
    "why": ("w",),
    "news": ("r",),
}
"""The screens that can be reached where nothing may be written, and how."""

ENDS = {"ctrl+q", "ctrl+c"}
"""Keys that end the program at once; nothing can come of them afterwards."""


def every_key() -> list[str]:
    """Every key that a registry has, or that somebody can give to an action."""
    bound = {key for actions in (*SCREENS.values(), ANYWHERE) for action in actions for key in action.keys}
    letters = {f"ctrl+{letter}" for letter in string.ascii_lowercase}
    typed = set(string.ascii_letters + string.digits + string.punctuation) - {","}  # that one has a name
    return sorted({*bound, *letters, *NAMED, *typed})


class Watched:
    """A running board and what came of its keys.

    Attributes:
        forms: What every form was about that opened.
        fields: Names of every field that was on a screen.
    """

    def __init__(self, board: Board, tracker: Tracker) -> None:
        self.board = board
        self.store = tracker.store
        self.before = tracker.store.cursor
        self.forms: list[Dialog] = []
        self.fields: set[str] = set()

    @property
    def wrote(self) -> bool:
        """The store is not as it was."""
        return self.store.cursor != self.before

    async def press(self, *keys: str) -> None:
        """Press keys, and note what fields are there then."""
        await self.board.press(*keys)
        self.fields |= {field.name or "" for field in self.board.app.screen.query(Input)}

    async def go(self, screen: str) -> Host:
        """Go to a screen, unless it is there: from the first row of the board."""
        app = self.board.app
        there = app.screen
        if isinstance(there, Host) and there.ACTIONS is SCREENS[screen] and not there.occupied:
            return there
        home = app.board_screen
        assert home is not None
        while app.screen is not home:
            app.pop_screen()
            await self.board.settle()
        while home.occupied:
            await self.press("escape")
        await self.press("escape", "home", *WAYS[screen])
        host = app.screen
        assert isinstance(host, Host)
        assert host.ACTIONS is SCREENS[screen]
        return host


@asynccontextmanager
async def a_board(
    board: Started, allowed: Permit, keys: dict[str, str] | None = None
) -> AsyncIterator[Watched]:
    tracker = books.states()
    tracker.permit = allowed
    async with board(tracker, size=(100, 30), keymap=keys) as b:
        watched = Watched(b, tracker)
        opened = Host.open_form

        def noted(self: Host, dialog: Dialog) -> None:
            opened(self, dialog)
            if self.form is not None:
                watched.forms.append(dialog)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Host, "open_form", noted)
            yield watched


def pressed(screen: str) -> list[str]:
    """Every key that does not end the program, as Textual calls it."""
    keys = [key for name in every_key() for key in textual_keys((name,))]
    return [key for key in keys if key not in ENDS and not (key == "q" and screen == "board")]


@pytest.mark.parametrize("screen", WAYS)
async def test_no_key_writes_or_opens_a_form_where_nothing_is_allowed(board: Started, screen: str) -> None:
    async with a_board(board, permit(["board"])) as b:
        for key in pressed(screen):
            await b.go(screen)
            await b.press(key)
            assert b.forms == [], key
            assert not b.wrote, key
    assert b.fields <= {"filter"}


@pytest.mark.parametrize("screen", ["board", "detail", "ledger"])
async def test_no_key_of_its_own_brings_an_action_back(board: Started, screen: str) -> None:
    spare = [f"f{number}" for number in range(2, 13)] + [f"ctrl+{letter}" for letter in "abefghjkny"]
    barred = [action for action in SCREENS[screen] if action.needs]
    wished = {action.name: spare[at] for at, action in enumerate(barred)}
    made = keymap({screen: wished})
    assert made.problems == ()
    async with a_board(board, permit(["board"]), dict(made.keys)) as b:
        for key in wished.values():
            await b.go(screen)
            await b.press(key)
            assert "here" in b.board.lines[-1], key
    assert b.forms == []
    assert not b.wrote


@pytest.mark.parametrize("screen", ["board", "detail", "ledger"])
async def test_no_action_is_carried_out_by_its_name(board: Started, screen: str) -> None:
    async with a_board(board, permit(["board"])) as b:
        host = await b.go(screen)
        barred = [action.name for action in SCREENS[screen] if action.needs]
        for name in (*barred, "app.screenshot", "app.suspend_process", "app.change_theme", "screenshot"):
            await host.run_action(name)
            await b.board.settle()
        assert b.board.app.screen is host
    assert b.forms == []
    assert not b.wrote


@pytest.mark.parametrize("screen", ["board", "detail", "ledger"])
async def test_with_everything_on_the_list_no_form_asks_for_a_file(board: Started, screen: str) -> None:
    # What is taken back may be all there is.
    every = [command for command in COMMANDS if command not in ("undo", "redo", "archive")]
    # A folded group has no row to write about.
    unfolded = {"board.fold": "", "board.fold_all": ""}
    async with a_board(board, permit(["files", *every]), unfolded) as b:
        for key in pressed(screen):
            await b.go(screen)
            await b.press(key)
    assert len({dialog.word for dialog in b.forms}) >= 4
    assert not any(isinstance(dialog, ImportDialog | SnapshotDialog) for dialog in b.forms)
    assert {"value", "reason"} <= b.fields
    assert "path" not in b.fields


async def test_a_file_form_does_not_open_however_it_is_asked_for(board: Started) -> None:
    async with a_board(board, permit(["board", "log", "import", "snapshot"])) as b:
        host = await b.go("board")
        for dialog in (ImportDialog(), SnapshotDialog(date(2026, 11, 24))):
            host.open_form(dialog)
            await b.board.settle()
            assert "files are neither read nor written here" in b.board.lines[-1]
    assert b.forms == []
