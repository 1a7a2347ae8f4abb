"""Textual's driver for terminals, reading keys with our own parser."""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder

from textual._parser import ParseError
from textual.drivers.linux_driver import LinuxDriver

from gztrack.tui import jobs
from gztrack.tui.keystrokes import KeyParser

_LOOK = 0.1
"""Seconds between two looks at whether the program ends."""


class TerminalDriver(LinuxDriver):
    """Reads the terminal, and stops as a shell expects it; everything else is Textual's."""

    @property
    def can_suspend(self) -> bool:
        """Whether there is a shell to go back to."""
        return jobs.somebody_waits()

    def _sigtstp_application(self, *_: object) -> None:
        # As Textual's own, but for the group: it stops itself alone, and under make no shell takes over then.
        if self._auto_restart:
            self.suspend_application_mode()
            self._must_signal_resume = True
        jobs.stop()

    def run_input_thread(self) -> None:
        """Hand on what was typed until the program ends."""
        parser = KeyParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                patience = parser.patience
                if selector.select(_LOOK if patience is None else min(_LOOK, patience)):
                    text = decode(os.read(self.fileno, 4096))
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
