"""The board as a program: one app, its themes, and the watch on what others write."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.worker import Worker

from gztrack.domain.text import clean, listed
from gztrack.errors import Cancelled, GztrackError, InputError
from gztrack.language import tr
from gztrack.services.actions import BOARD
from gztrack.services.masking import without_paths
from gztrack.services.permitted import permitted
from gztrack.services.screens import mapped
from gztrack.tui.capabilities import TRUECOLOR
from gztrack.tui.desk import Desk, First, Opening, SnapshotWriter
from gztrack.tui.drafts import Drafts
from gztrack.tui.ending import EndingApp
from gztrack.tui.folds import Folds
from gztrack.tui.frames import FrameApp
from gztrack.tui.glyphs import ASCII, UNICODE
from gztrack.tui.history import History
from gztrack.tui.keys import textual_keymap
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.host import Host
from gztrack.tui.smallfile import beside
from gztrack.tui.themes import PALETTES, Palette, palette_for, textual_theme, theme_name
from gztrack.tui.toosmall import is_too_small

if TYPE_CHECKING:
    from textual.screen import Screen

    from gztrack.services.tracker import Tracker
    from gztrack.services.views import News
    from gztrack.tui.hooks import Hooks

SETTLED_SECONDS = 0.2
"""After which the first paint is on its way, so that what is read on does not hold it up."""
POLL_SECONDS = 0.5
"""How often the store's file is looked at; nothing is opened, and nothing sent to the terminal."""


OUTSIDE = frozenset({"screenshot", "change_theme"})
"""Textual's own actions that write a file or open screens of its own; no key has them, and behind a gate none may."""


class GztrackApp(EndingApp[None], FrameApp[None]):
    """The board.

    Args:
        tracker: The database, read and written for one author, or one that is being opened.
        snapshot: Writes snapshots; None leaves ``x`` without effect.
        ascii: Draw with ASCII characters only.
        theme: ``dark``, ``light``, ``ansi`` or ``mono``.
        colours: How many the terminal can show.
        drafts: File that keeps what was typed into forms; None keeps it only while this runs.
        keymap: ``screen.action``, or an action's name for every screen, to keys separated by commas; None
            where keys cannot be changed.
        notice: What to say on the first screen, and what can be done about it; empty for nothing.
        plain_frames: Repaint in Textual's own way instead of sending only the cells that changed.
        hooks: Are told what was saved; None where nobody is.

    Attributes:
        failure: Why it ended of itself; None where somebody quit.
        unforeseen: Notes a fault of the program, and says what to tell of it; None shows its traceback.
        heard: What the store and hooks had to say and a screen has shown until a key was pressed.
        unread: What others wrote and no screen has shown yet.
    """

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
        colours: int = TRUECOLOR,
        drafts: Path | None = None,
        keymap: Mapping[str, str] | None = None,
        notice: tuple[str, str] = ("", ""),
        plain_frames: bool = False,
        hooks: Hooks | None = None,
    ) -> None:
        """Make the app; nothing is read before it runs.

        Raises:
            InputError: There is no theme of this name.
        """
        if theme not in PALETTES:
            raise InputError(tr("no theme '{theme}': {themes}", theme=clean(theme), themes=listed(PALETTES)))
        super().__init__(plain_frames=plain_frames)
        self.desk = Desk(tracker, snapshot)
        self.desk.hooks = hooks
        self.drafts = Drafts(drafts)
        self.folds = Folds(drafts)
        self.permit = self.desk.permit
        # Whose settings these are is not who is behind a gate.
        self.remappable = keymap is not None and self.permit is None
        self.keys_set = dict(keymap or {})
        signs = ASCII if ascii else UNICODE
        self.glyphs = replace(signs, keymap=self.keys_set, permit=self.permit)
        self.actions = permitted(mapped(BOARD, self.keys_set), self.permit)
        back = self.glyphs.key("form.later")
        self.history = History(beside(drafts, "history") if drafts else None, back=back)
        self._notice = notice if self.permit is None else ("", "")
        self._places = (os.path.expanduser("~"), str(drafts.parent) if drafts else "")
        self._colours = colours
        self._palette = palette_for(theme, colours)
        self._failed = ""
        self._of_hooks: list[str] = []
        self._watching = False
        self.heard: set[str] = set()
        self._over: Screen[None] | None = None
        self.unread: list[News] = []
        self.failure: GztrackError | None = None
        self.unforeseen: Callable[[BaseException], GztrackError] | None = None
        self._wear(theme)
        if keymap:
            self.set_keymap(textual_keymap(keymap))

    @property
    def palette(self) -> Palette:
        """Colour roles of the theme."""
        return self._palette

    @property
    def board_screen(self) -> BoardScreen | None:
        """The board, whatever stands over it."""
        board = self.screen_stack[0] if self.screen_stack else None
        return board if isinstance(board, BoardScreen) else None

    # Opening

    def called_off(self) -> None:
        """Without a database there is nothing to go on with."""
        if not self.desk.is_open:
            self.leave(Cancelled(tr("opening the database was cancelled; nothing was written")))

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

    def _handle_exception(self, error: Exception) -> None:
        """End the program over a fault; where its traceback is nobody's business, only that there was one is told."""
        if self.unforeseen is None:
            super()._handle_exception(error)
            return
        self._return_code = 1
        self.leave(self.unforeseen(error))
        self._close_messages_no_wait()

    def on_load(self) -> None:
        """Begin with the board while Textual still sets the screen up."""
        self._first: Future[First] = self.desk.begin()

    def get_default_screen(self) -> BoardScreen:
        """The board is the first screen."""
        return BoardScreen(self._first)

    def on_mount(self) -> None:
        """Begin to look for what others write."""
        self.set_interval(POLL_SECONDS, self._look_around)
        said, hint = self._notice
        if said and isinstance(self.screen, Host):
            self.screen.say(said, "error", hint=hint)
        if self.desk.is_open:
            self._tell_notices()
        self.set_timer(SETTLED_SECONDS, self._begin_to_read_on)
        self._mind_size(self.size)

    def on_unmount(self) -> None:
        """Let the desk's thread end."""
        self.desk.close()

    def _begin_to_read_on(self) -> None:
        _: Worker[None] = self.run_worker(self._read_on, group="load")

    async def _read_on(self) -> None:
        """Read the facts where only a kept board is shown so far, and keep a large database's board."""
        try:
            if await self.desk.call(self.desk.read_on) and (board := self.board_screen) is not None:
                await board.catch_up()
        except (GztrackError, OSError) as error:
            if self.desk.is_open:  # else `opened` says it, and ends the program
                self._tell_once(str(error))
        finally:
            if not gc.isenabled():
                # It was off for the imports. What is there now is there to stay: nobody need look at it again.
                gc.freeze()
                gc.enable()

    # Room

    def on_resize(self, event: events.Resize) -> None:
        """Say what is needed where there is too little room; this comes before any screen hears of the size."""
        self._mind_size(event.size)

    def _mind_size(self, size: Size) -> None:
        """Lay the notice over everything, or take it away again."""
        if is_too_small(*size) == (self._over is not None):
            return
        if self._over is None:
            from gztrack.tui.screens.toosmall import TooSmallScreen

            self._over = TooSmallScreen()
            self.push_screen(self._over)
        else:
            over, self._over = self._over, None
            if self.screen is over:
                self.pop_screen()
                # What was below has not been told of any size meanwhile.
                self.screen.post_message(events.Resize(size, size))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing can be seen, nothing is opened; behind a gate nothing reaches beyond the board."""
        if action in ("command_palette", "palette") and self._over is not None:
            return False
        if self.permit is not None and action in OUTSIDE:
            return False
        return super().check_action(action, parameters)

    # What others write

    def _look_around(self) -> None:
        if self.desk.hooks is not None and self.desk.hooks.failures:
            self._hear_of_hooks(self.desk.hooks.failures)
        if self.failed_hooks:
            self._tell_notices()
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
        except (GztrackError, OSError) as error:
            self._tell_once(str(error))
        finally:
            self._watching = False

    def _tell_notices(self) -> None:
        """Have the screen say what the store has to say, or let it wait for one that can."""
        if isinstance(self.screen, Host):
            self.screen.show_news()

    def _hear_of_hooks(self, failures: list[str]) -> None:
        """Have a screen say which hooks went wrong; the same one may do so again and again."""
        told: list[str] = []
        while failures:  # one that comes in meanwhile is none to be lost
            told.append(failures.pop(0))
        self._of_hooks += [each for each in told if each not in self._of_hooks]
        self.heard.difference_update(told)
        if isinstance(self.screen, Host):
            self.screen.hear_of_hooks(told)

    @property
    def failed_hooks(self) -> list[str]:
        """What became of hooks that went wrong and that nobody has been shown yet."""
        return [failure for failure in self._of_hooks if failure not in self.heard]

    @property
    def untold(self) -> list[str]:
        """What is left to be said of hooks once the board is gone, as this person may read it."""
        late = self.desk.hooks.failures if self.desk.hooks is not None else []
        left = dict.fromkeys((*self.failed_hooks, *late))
        return list(left) if self.permit is None else list(map(self.without_path, left))

    @property
    def unheard(self) -> list[str]:
        """What the store has to say (a torn line put aside, a mark written anew) and nobody was shown yet."""
        if not self.desk.is_open:
            return []
        return [
            *self.failed_hooks,
            *(notice for notice in self.desk.book.notices if notice not in self.heard),
        ]

    def without_path(self, text: str) -> str:
        """A message without the database's directory: here there is only one, and no room.

        Behind a gate nobody is told any path.
        """
        name = self.desk.book.name if self.desk.is_open else ""
        if self.permit is not None:
            return without_paths(text, (name, os.path.realpath(name) if name else "", *self._places))
        return text.replace(f"{name}/", "") if name else text

    def _tell_once(self, problem: str) -> None:
        """A store that cannot be read is said once, not twice a second."""
        if problem != self._failed and isinstance(self.screen, Host):
            self._failed = problem
            self.screen.say(self.without_path(problem), "error")

    # What screens ask for

    def repaint(self) -> None:
        """Send the whole screen again, whatever the terminal shows now."""
        self.action_repaint()

    def next_theme(self) -> None:
        """Go on to the next theme, for as long as this runs.

        It is not kept: one account is used from terminals of many kinds, and what is right on this one may be
        unreadable on the next. What shall hold everywhere is said in ``config.toml``.
        """
        names = list(PALETTES)
        name = names[(names.index(self._palette.name) + 1) % len(names)]
        self._wear(name)
        self.call_after_refresh(partial(self.screen.refresh, recompose=False))

    def _wear(self, name: str) -> None:
        self._palette = palette_for(name, self._colours)
        # Where no colour is sent at all, fields mark their selection otherwise.
        self.no_color = name == "mono"
        self.register_theme(textual_theme(name, self._colours))
        self.theme = theme_name(name)

    def copy(self, text: str, screen: Host) -> None:
        """Put text on the terminal's clipboard (OSC 52) and show it: not every terminal takes it."""
        text = clean(text)
        self.copy_to_clipboard(text)
        screen.say(tr("copied: {text}", text=text))

    def action_command_palette(self) -> None:
        """Open our own palette in place of Textual's, or close it."""
        from gztrack.tui.screens.palette import PaletteScreen

        screen = self.screen
        if isinstance(screen, PaletteScreen):
            screen.leave()
        elif isinstance(screen, Host) and screen.occupied:
            screen.say(tr("escape leaves the field, then ctrl+p lists all commands"), "muted")
        elif isinstance(screen, Host):
            self.push_screen(PaletteScreen(screen))

    def action_suspend_process(self) -> None:
        """Stop, and give the terminal back to the shell; where none waits, nobody could bring the board back."""
        if self._driver is not None and self._driver.can_suspend and self.permit is None:
            super().action_suspend_process()
        elif isinstance(self.screen, Host):
            self.screen.say(tr("there is no shell to go back to here; q quits"), "muted")

    def action_help_quit(self) -> None:
        """Ctrl+C is a habit; say how to quit instead of quitting over it."""
        if isinstance(self.screen, Host):
            quit_key = self.glyphs.key("board.quit")
            said = tr("escape leaves a field, {key} quits; nothing typed is lost", key=quit_key)
            self.screen.say(said, "muted")


def build(
    tracker: Tracker | Opening,
    *,
    snapshot: SnapshotWriter | None = None,
    ascii: bool = False,  # noqa: A002
    theme: str = "dark",
    colours: int = TRUECOLOR,
    drafts: Path | None = None,
    keymap: Mapping[str, str] | None = None,
    notice: tuple[str, str] = ("", ""),
    plain_frames: bool = False,
    hooks: Hooks | None = None,
) -> GztrackApp:
    """Return the app; the one way in for tests and for the program alike."""
    return GztrackApp(
        tracker,
        snapshot=snapshot,
        ascii=ascii,
        theme=theme,
        colours=colours,
        drafts=drafts,
        keymap=keymap,
        notice=notice,
        plain_frames=plain_frames,
        hooks=hooks,
    )
