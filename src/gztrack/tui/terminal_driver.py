"""Textual's driver for terminals, reading keys with our own parser."""

from __future__ import annotations

import os
import select
import selectors
import sys
import termios
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Any

from textual import events
from textual._parser import ParseError
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from gztrack.tui import jobs
from gztrack.tui.ending import EndingApp
from gztrack.tui.keystrokes import KeyParser

_AS_FOUND = (
    b"\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    b"\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Everything that Textual turns on, off: bracketed paste, mouse, keyboard protocol, the other screen, focus."""

LARGEST = 1_000, 500
"""Columns and rows of a screen at most: a client names any size, and to lay out a large one takes minutes."""

_LOOK = 0.1
"""Seconds between two looks at whether the program ends."""


def bounded(columns: int, rows: int) -> tuple[int, int]:
    """A terminal's size as the board goes by it."""
    return min(columns, LARGEST[0]), min(rows, LARGEST[1])


class TerminalDriver(LinuxDriver):
    """Reads the terminal, and stops as a shell expects it; everything else is Textual's."""

    def __init__(self, *args: Any, **more: Any) -> None:
        """Take the terminal's size from the start: Textual goes by it before it is told of one."""
        super().__init__(*args, **more)
        self._size = self._size or self._get_terminal_size()

    @property
    def can_suspend(self) -> bool:
        """Whether there is a shell to go back to."""
        return jobs.somebody_waits()

    def _get_terminal_size(self) -> tuple[int, int]:
        return bounded(*super()._get_terminal_size())

    def process_message(self, message: Message) -> None:
        """Hand on what came from the terminal, a size that it tells of itself included."""
        if isinstance(message, events.Resize):
            message = events.Resize.from_dimensions(bounded(*message.size), message.pixel_size)
        super().process_message(message)

    def _sigtstp_application(self, *_: object) -> None:
        # As Textual's own, but for the group: it stops itself alone, and under make no shell takes over then.
        if self._auto_restart:
            self.suspend_application_mode()
            self._must_signal_resume = True
        jobs.stop()

    def give_back(self) -> None:
        """Leave the terminal as it was found, without waiting for anything; called in any thread."""
        with suppress(OSError, termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            output = sys.__stderr__.fileno() if sys.__stderr__ else -1  # where Textual writes
            if output >= 0 and select.select([], [output], [], 0)[1]:
                os.write(output, _AS_FOUND)

    def _typed(self) -> bytes:
        """What was typed; nothing where the terminal is gone, of which the app is told."""
        try:
            data = os.read(self.fileno, 4096)
        except OSError:
            data = b""
        if not data and isinstance(self._app, EndingApp):
            self._app.terminal_gone()
        return data

    def run_input_thread(self) -> None:
        """Hand on what was typed until the program ends."""
        parser = KeyParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                patience = parser.patience
                if selector.select(_LOOK if patience is None else min(_LOOK, patience)):
                    data = self._typed()
                    if not data:
                        break
                    text = decode(data)
                    if text:
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
        try:
            for _ in parser.feed(""):
                pass
        except (EOFError, ParseError):
            pass
