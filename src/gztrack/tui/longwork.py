"""Long work on the screen: how far it is, and the keys that call it off instead of waiting their turn."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from textual import events
from textual.app import ReturnType

from gztrack.services.progress import Task
from gztrack.tui import working
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.screens.host import Host
from gztrack.tui.typeahead import TypeAheadApp

CALL_OFF = ("escape", "ctrl+c")
"""Keys that call long work off."""

SWITCH_SECONDS = 0.001
"""How long the thread at work may keep the interpreter from a key; the interpreter's own is five times that."""


class LongWorkApp(TypeAheadApp[ReturnType]):
    """An app that says how far long work is.

    Attributes:
        at_hand: What is being worked on; None for nothing.
    """

    glyphs: Glyphs
    at_hand: Task | None = None

    @contextmanager
    def at_work(self, task: Task, *, at_once: bool = False) -> Iterator[Task]:
        """Show how far a task is while it is worked on, and let escape call it off.

        Args:
            task: What is told how far the work is.
            at_once: Say so from the beginning, and not only once it takes a while.
        """
        before, self.at_hand = self.at_hand, task
        interval = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_SECONDS)  # a key must not wait long for the thread at work
        screen = self.screen
        timers = [self.set_interval(working.PAUSE, partial(self._show_work, task, screen), pause=not at_once)]
        if at_once:
            self._show_work(task, screen)
        else:
            timers.append(self.set_timer(working.PATIENCE, timers[0].resume))
        if any(isinstance(key, events.Key) and key.key in CALL_OFF for key in self.typed_ahead):
            self._call_off(task)
        try:
            yield task
        finally:
            self.at_hand = before
            sys.setswitchinterval(interval)
            for timer in timers:
                timer.stop()
            if isinstance(screen, Host) and screen.working:
                screen.show_work([])

    def _show_work(self, task: Task, screen: object) -> None:
        self.still_busy()
        if isinstance(screen, Host) and task is self.at_hand:
            cells = self.size.width
            line = working.working_line(task.reached, cells, self.glyphs, cancelled=task.cancelled)
            if line != screen.working:
                screen.show_work(line)

    def calls_off(self, key: str) -> bool:
        """Whether a key calls off what is at work."""
        return key in CALL_OFF

    def called_off(self) -> None:
        """What is at work has just been called off."""

    def interrupted_by(self, key: str) -> bool:
        """A key that calls off what is at work does not wait for the end of it."""
        if self.at_hand is None or not self.calls_off(key):
            return False
        self._call_off(self.at_hand)
        return True

    def _call_off(self, task: Task) -> None:
        task.cancel()
        self.forget_keys()
        self._show_work(task, self.screen)
        self.called_off()
