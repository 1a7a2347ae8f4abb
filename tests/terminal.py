"""A real pseudo-terminal with an emulated screen, for tests and measurements of whole programs."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from typing import Self

import pexpect
import pyte

KEYS = {
    "down": "\x1b[B",
    "up": "\x1b[A",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
}


class Terminal:
    """Runs one program in a pseudo-terminal.

    Args:
        command: Program and arguments.
        columns: Width in cells.
        rows: Height in cells.
        env: Added to a bare environment.

    Attributes:
        sent: Every byte that it sent.
        watched: The screen is emulated, which costs more than the program does; off where nobody looks.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
    ) -> None:
        self.display = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.display)
        self.sent = bytearray()
        self.watched = True
        self.last_byte = time.perf_counter()
        self.process = pexpect.spawn(
            command[0],
            list(command[1:]),
            dimensions=(rows, columns),
            env=bare_environment() | dict(env or {}),
            cwd=cwd,
            timeout=None,
        )
        self.process.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.close(force=True)

    @property
    def text(self) -> str:
        """What a person sees, a line a row, without trailing blanks."""
        return "\n".join(line.rstrip() for line in self.display.display)

    def cell_of(self, row: int, text: str) -> int:
        """The column in cells at which a text starts in a row; wide characters take two."""
        cells = [self.display.buffer[row][column].data for column in range(self.display.columns)]
        return next(x for x in range(len(cells)) if "".join(cells[x:]).startswith(text))

    def pump(self, wait: float) -> int:
        """Take what the program sends within a time; how many bytes, -1 when it has ended."""
        try:
            data = self.process.read_nonblocking(65536, wait)
        except pexpect.TIMEOUT:
            return 0
        except pexpect.EOF:
            return -1
        self.last_byte = time.perf_counter()
        self.sent += data
        if self.watched:
            self._stream.feed(data)
        return len(data)

    def until(self, *wanted: str, limit: float = 30, without: str = "") -> str:
        """Wait until the screen shows every text (and not another one); the screen.

        Raises:
            AssertionError: It did not within the limit; the screen is in the message.
        """
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            text = self.text
            if all(each in text for each in wanted) and (not without or without not in text):
                return text
            if self.pump(0.05) < 0:
                self.display.dirty.clear()
                if all(each in self.text for each in wanted):
                    return self.text
                break
        raise AssertionError(f"never showed {wanted} (without {without!r}):\n{self.text}")

    def settle(self, quiet: float = 0.3, limit: float = 10) -> int:
        """Wait until nothing comes for a while; how many bytes came."""
        came, end = 0, time.perf_counter() + limit
        while time.perf_counter() < end:
            got = self.pump(quiet)
            if got <= 0:
                break
            came += got
        return came

    def press(self, *keys: str) -> None:
        """Send keys by name ("down", "ctrl+o") or as the text they are."""
        for key in keys:
            if key in KEYS:
                self.process.send(KEYS[key])
            elif key.startswith("ctrl+"):
                self.process.send(chr(ord(key[5]) - 96))
            else:
                self.process.send(key)
            time.sleep(0.02)  # an escape right before another key would be read as alt

    def ended(self, limit: float = 15) -> int | None:
        """Wait for the program to end; its exit code."""
        end = time.perf_counter() + limit
        while self.pump(0.1) >= 0:
            if time.perf_counter() > end:
                return None
        self.process.wait()  # it has let the terminal go and may still be on its way out
        self.process.close()
        status: int | None = self.process.exitstatus
        return status


def bare_environment() -> dict[str, str]:
    """An environment without the developer's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
