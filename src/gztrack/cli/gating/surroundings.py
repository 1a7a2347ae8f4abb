"""The surroundings of a gated command: an environment that no client can set, an input that ends."""

from __future__ import annotations

import io
import os
from time import monotonic

from gztrack.errors import RefusedError
from gztrack.language import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import TextIO

    from _typeshed import WriteableBuffer

_KEPT = frozenset(
    (
        "PATH", "LANG", "TERM", "COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "TZ",
        "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "SSH_ORIGINAL_COMMAND",
    )
)  # fmt: skip
"""Variables that say how to show something, and those that the server itself sets."""

_LONGEST_VALUE = 1024

LONGEST_PAUSE, LONGEST_WAIT = 300, 3_600
"""Seconds after which standard input is given up: without a byte, and altogether."""


def scrub(environ: MutableMapping[str, str]) -> None:
    """Leave only the variables that cannot choose a database, load code or open a file.

    A server may be told to accept any variable of a client (``AcceptEnv``); whoever wrote the gate's line did
    not think of each of them.
    """
    for name in list(environ):
        if not (name in _KEPT or name.startswith("LC_")) or not _is_harmless(name, environ[name]):
            del environ[name]
    environ["HOME"] = home()


def _is_harmless(name: str, value: str) -> bool:
    if name == "SSH_ORIGINAL_COMMAND":
        return True  # looked at by itself
    if name == "PATH":
        return value.isprintable()
    # A zone or a locale can be a path; the zones of TZ=:/etc/passwd would be read from there.
    placed = name in ("TZ", "LANG") or name.startswith("LC_")
    by_path = placed and (value.startswith((":", "/", ".")) or ".." in value)
    return value.isprintable() and len(value) <= _LONGEST_VALUE and not by_path


def home() -> str:
    """The account's home as the system has it."""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return "/"


class _Capped(io.RawIOBase):
    """Standard input up to a size; it has no descriptor, so nobody can read past it."""

    def __init__(self, stream: TextIO, source: io.RawIOBase, most: int) -> None:
        super().__init__()
        self._stream = stream  # were it forgotten, it would close the source
        self._source = source
        self._left = most
        self._most = most
        self._since = monotonic()

    def readable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._source.isatty()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        self._wait()
        data = self._source.read(min(len(view), self._left + 1)) or b""
        if len(data) > self._left:
            raise RefusedError(
                tr(
                    "standard input is longer than the {most:,} bytes that are taken here; send it in parts",
                    most=self._most,
                ),
                "input-too-long",
            )
        self._left -= len(data)
        view[: len(data)] = data
        return len(data)

    def _wait(self) -> None:
        """Wait for something to read, or for the end.

        Raises:
            RefusedError: It takes too long: somebody would keep a process of the host for ever.
        """
        try:
            fd = self._source.fileno()
        except OSError:  # it is none of the system's
            return
        from select import POLLIN, poll

        waiting = poll()
        waiting.register(fd, POLLIN)
        seconds = min(LONGEST_PAUSE, self._since + LONGEST_WAIT - monotonic())
        if seconds <= 0 or not waiting.poll(seconds * 1_000):
            raise RefusedError(
                tr(
                    "standard input has not ended: what comes in parts has to come within {pause:,} s of each other,"
                    " and all of it within {whole:,} s",
                    pause=LONGEST_PAUSE,
                    whole=LONGEST_WAIT,
                ),
                "input-too-slow",
            )


def capped(stream: TextIO | None, most: int) -> TextIO | None:
    """Standard input of which at most so many bytes, and one more, are read.

    Raises:
        RefusedError: On reading, when there are more.
    """
    buffer = getattr(stream, "buffer", None)
    if stream is None or buffer is None:
        return stream
    raw = getattr(buffer, "raw", buffer)
    return io.TextIOWrapper(io.BufferedReader(_Capped(stream, raw, most)), encoding="utf-8")
