"""Textual's driver for terminals, reading keys with our own parser."""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder

from textual._parser import ParseError
from textual.drivers.linux_driver import LinuxDriver

from gztrack.tui.keystrokes import KeyParser

_LOOK = 0.1
"""Seconds between two looks at whether the program ends."""


class TerminalDriver(LinuxDriver):
    """Reads the terminal; everything else is Textual's."""

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
