"""The board as a program: one app, its themes, and the watch on what others write."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.worker import Worker

from gztrack.domain.text import clean
from gztrack.errors import Cancelled, GztrackError, InputError
from gztrack.services.actions import BOARD, remapped
from gztrack.tui.desk import Desk, First, Opening, SnapshotWriter
from gztrack.tui.drafts import Drafts
from gztrack.tui.frames import FrameApp
from gztrack.tui.glyphs import ASCII, UNICODE
from gztrack.tui.longwork import LongWorkApp
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.host import Host
from gztrack.tui.themes import PALETTES, Palette, textual_theme, theme_name

if TYPE_CHECKING:
    from textual.command import Provider

    from gztrack.services.tracker import Tracker
    from gztrack.services.views import News

POLL_SECONDS = 0.5
"""How often the store's file is looked at; nothing is opened, and nothing sent to the terminal."""


def _commands() -> type[Provider]:
    """The palette's module is loaded when the palette is."""
    from gztrack.tui.commands import Commands

    return Commands


class GztrackApp(LongWorkApp[None], FrameApp[None]):
    """The board.

    Args:
        tracker: The database, read and written for one author, or one that is being opened.
        snapshot: Writes snapshots; None leaves ``x`` without effect.
        ascii: Draw with ASCII characters only.
        theme: ``dark``, ``light`` or ``ansi``.
        drafts: File that keeps what was typed into forms; None keeps it only while this runs.
        keymap: Action name to keys separated by commas; None where keys cannot be changed.
        plain_frames: Repaint in Textual's own way instead of sending only the cells that changed.

    Attributes:
        failure: Why it ended of itself; None where somebody quit.
    """

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    ENABLE_COMMAND_PALETTE = True
    ALLOW_SELECT = False
    TITLE = "gztrack"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "suspend_process", show=False)]
    CSS = "Screen { background: $background; color: $foreground; }"

    def __init__(
        self,
        tracker: Tracker | Opening,
        *,
        snapshot: SnapshotWriter | None = None,
        ascii: bool = False,  # noqa: A002
        theme: str = "dark",
        drafts: Path | None = None,
        keymap: Mapping[str, str] | None = None,
        plain_frames: bool = False,
    ) -> None:
        """Make the app; nothing is read before it runs.

        Raises:
            InputError: There is no theme of this name.
        """
        if theme not in PALETTES:
            raise InputError(f"no theme '{clean(theme)}': {', '.join(PALETTES)}")
        super().__init__(plain_frames=plain_frames)
        self.desk = Desk(tracker, snapshot)
        self.glyphs = ASCII if ascii else UNICODE
        self.drafts = Drafts(drafts)
        self.remappable = keymap is not None
        self.keys_set = dict(keymap or {})
        self.actions = remapped(BOARD, self.keys_set)
        self._palette = PALETTES[theme]
        self._failed = ""
        self._watching = False
        self._told: set[str] = set()
        self.unread: list[News] = []
        self.failure: GztrackError | None = None
        self.register_theme(textual_theme(theme))
        self.theme = theme_name(theme)
        if keymap:
            self.set_keymap(dict(keymap))

    @property
    def palette(self) -> Palette:
        """Colour roles of the theme."""
        return self._palette

    # Opening

    def called_off(self) -> None:
        """Without a database there is nothing to go on with."""
        if not self.desk.is_open:
            self.leave(Cancelled("opening the database was cancelled; nothing was written"))

    def calls_off(self, key: str) -> bool:
        """While the database is being opened, q calls it off as well."""
        return super().calls_off(key) or (key == "q" and not self.desk.is_open)

    async def opened(self, first: Future[First]) -> None:
        """Wait for the first board; where the database cannot be read, the program ends and says why."""
        try:
            await asyncio.wrap_future(first)
        except GztrackError as error:
            self.leave(error)
            raise
        self._tell_notices()

    def leave(self, why: GztrackError) -> None:
        """End the program over something that it cannot go on with; see ``failure``."""
        self.failure = self.failure or why
        self.exit()

    def on_load(self) -> None:
        """Begin with the board while Textual still sets the screen up."""
        self._first: Future[First] = self.desk.begin()

    def get_default_screen(self) -> BoardScreen:
        """The board is the first screen."""
        return BoardScreen(self._first)

    def on_mount(self) -> None:
        """Begin to look for what others write."""
        self.set_interval(POLL_SECONDS, self._look_around)
        if self.desk.is_open:
            self._tell_notices()

    def on_unmount(self) -> None:
        """Let the desk's thread end."""
        self.desk.close()

    # What others write

    def _look_around(self) -> None:
        if self._watching or not self.desk.is_open:
            return
        try:
            changed = self.desk.book.changed()
            self._failed = ""
        except (GztrackError, OSError) as error:
            self._tell_once(str(error))
            return
        if changed or self._is_another_day():
            self._watching = True
            _: Worker[None] = self.run_worker(self._catch_up, group="watch")

    def _is_another_day(self) -> bool:
        board = self.screen_stack[0] if self.screen_stack else None
        if not isinstance(board, BoardScreen) or board.board is None or self.desk.lens.as_of is not None:
            return False
        return board.board.as_of != self.desk.book.today

    async def _catch_up(self) -> None:
        try:
            changes = await self.desk.call(self.desk.book.refresh)
            position = self.desk.book.position
            for screen in list(self.screen_stack):
                if isinstance(screen, Host):
                    await screen.catch_up(changed=changes.indicators)
            self.desk.seen = position
            self.unread += changes.news
            if isinstance(self.screen, Host):
                self.screen.show_news()
                await self.screen.look_again()
            self._tell_notices()
        except (GztrackError, OSError) as error:
            self._tell_once(str(error))
        finally:
            self._watching = False

    def _tell_notices(self) -> None:
        """What the store has to say (a torn line put aside, a mark written anew) is said once."""
        new = [notice for notice in self.desk.book.notices if notice not in self._told]
        self._told.update(new)
        if new and isinstance(self.screen, Host):
            self.screen.say("; ".join(map(self._without_path, new)), "error")

    def _without_path(self, text: str) -> str:
        """A message without the database's directory: here there is only one, and no room."""
        return text.replace(f"{self.desk.book.name}/", "")

    def _tell_once(self, problem: str) -> None:
        """A store that cannot be read is said once, not twice a second."""
        if problem != self._failed and isinstance(self.screen, Host):
            self._failed = problem
            self.screen.say(self._without_path(problem), "error")

    # What screens ask for

    def action_command_palette(self) -> None:
        """Open the palette, unless it is open."""
        from gztrack.tui.commands import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def repaint(self) -> None:
        """Send the whole screen again, whatever the terminal shows now."""
        self.action_repaint()

    def next_theme(self) -> None:
        """Go on to the next theme."""
        names = list(PALETTES)
        name = names[(names.index(self._palette.name) + 1) % len(names)]
        self._palette = PALETTES[name]
        self.register_theme(textual_theme(name))
        self.theme = theme_name(name)
        self.call_after_refresh(partial(self.screen.refresh, recompose=False))

    def copy(self, text: str, screen: Host) -> None:
        """Put text on the terminal's clipboard (OSC 52) and show it: not every terminal takes it."""
        text = clean(text)
        self.copy_to_clipboard(text)
        screen.say(f"copied: {text}")

    def action_help_quit(self) -> None:
        """Ctrl+C is a habit; say how to quit instead of quitting over it."""
        if isinstance(self.screen, Host):
            self.screen.say("escape leaves a field, q quits; nothing typed is lost", "muted")


def build(
    tracker: Tracker | Opening,
    *,
    snapshot: SnapshotWriter | None = None,
    ascii: bool = False,  # noqa: A002
    theme: str = "dark",
    drafts: Path | None = None,
    keymap: Mapping[str, str] | None = None,
    plain_frames: bool = False,
) -> GztrackApp:
    """Return the app; the one way in for tests and for the program alike."""
    return GztrackApp(
        tracker,
        snapshot=snapshot,
        ascii=ascii,
        theme=theme,
        drafts=drafts,
        keymap=keymap,
        plain_frames=plain_frames,
    )
