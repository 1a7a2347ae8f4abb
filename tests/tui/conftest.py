"""What every test of the board needs: a plain environment, and a way to wait for the desk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest
import textual.app
import textual.pilot
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input

from gztrack import language
from gztrack.services.tracker import Tracker
from gztrack.tui.app import GztrackApp, build
from gztrack.tui.desk import SnapshotWriter
from tui.fake import FakeTracker
from tui.idle import wait_for_idle

Started = Callable[..., Any]


@pytest.fixture(scope="session", autouse=True)
def _until_idle() -> Iterator[None]:
    """Keys and pauses wait for what they are about."""
    with pytest.MonkeyPatch.context() as patch:
        for user in (textual.app, textual.pilot):
            patch.setattr(user, "wait_for_idle", wait_for_idle)
        yield


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own settings change no test."""
    for name in ("NO_COLOR", "TEXTUAL", "TEXTUAL_THEME", "TEXTUAL_ANIMATIONS", "TEXTUAL_FILTERS"):
        monkeypatch.delenv(name, raising=False)


class Board:
    """A running board: keys in, lines out."""

    def __init__(
        self, app: GztrackApp, pilot: Pilot[None], tracker: FakeTracker, messages: list[Message]
    ) -> None:
        self.app = app
        self.pilot = pilot
        self.tracker = tracker
        self.messages = messages

    async def settle(self) -> None:
        """Wait until neither the desk nor a widget has anything left to do."""
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def until(self, what: Callable[[], object]) -> None:
        """Wait for something that comes by itself, as news do, which are looked for twice a second."""
        for _ in range(300):
            await self.settle()
            if what():
                return
            await self.pilot.pause(0.1)
        raise AssertionError(f"never came:\n{self.text}")

    async def press(self, *keys: str) -> None:
        """Press keys one by one, as somebody would who looks at the screen."""
        for key in keys:
            await self.pilot.press(key)
            if len(self.app.workers):
                await self.app.workers.wait_for_complete()
                await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Put text into the field that has the cursor, as typing would, but at once."""
        field = self.app.focused
        assert isinstance(field, Input)
        field.replace(text, *sorted(field.selection))
        await self.settle()

    @property
    def lines(self) -> list[str]:
        """What the terminal shows, without colours."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    def line(self, words: str) -> str:
        """The first line that has these words."""
        return next((line for line in self.lines if words in line), "")


@pytest.fixture
def board(tmp_path: Path) -> Started:
    """Starts a board: ``async with board(tracker, size=(80, 24)) as b``."""

    @asynccontextmanager
    async def start(
        tracker: FakeTracker | None = None,
        *,
        size: tuple[int, int] = (80, 24),
        snapshot: SnapshotWriter | None = None,
        ascii: bool = False,  # noqa: A002
        theme: str = "dark",
        drafts: Path | None = None,
        keymap: dict[str, str] | None = None,
        names: tuple[str, ...] = (),
        notice: tuple[str, str] = ("", ""),
    ) -> AsyncIterator[Board]:
        fake = tracker or FakeTracker()
        if names:
            language.use_names(names)
        app = build(
            cast("Tracker", fake),
            snapshot=snapshot,
            ascii=ascii,
            theme=theme,
            drafts=drafts,
            keymap=keymap,
            notice=notice,
        )
        messages: list[Message] = []
        async with app.run_test(size=size, message_hook=messages.append) as pilot:
            running = Board(app, pilot, fake, messages)
            await running.settle()
            yield running

    return start
