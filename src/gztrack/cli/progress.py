"""A line on the terminal that says how far long work is; nothing where nobody watches."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from gztrack.cli import output
from gztrack.language import term, tr

PATIENCE = 0.5
"""Seconds before anything is shown: most work is done by then."""

PAUSE = 0.1
"""Seconds between two changes of the line."""

_CELLS = 30
_DOING = (term("checking"), term("comparing"), term("writing"))
"""What long work calls its steps, for the catalogue."""


class Progress:
    """Shows how much is done of how much in all, over itself, once it has taken a while.

    Args:
        stream: A terminal.
        unit: What is counted, in English.
    """

    def __init__(self, stream: TextIO, unit: str = "rows") -> None:
        self._stream = stream
        self._unit = unit
        self._due = time.monotonic() + PATIENCE
        self._width = 0

    def __call__(self, done: int, of: int, doing: str = "reading", unit: str = "") -> None:
        """Say how far it is; see `gztrack.services.progress.Progress`."""
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + PAUSE
        said = {"done": done, "of": of, "unit": tr(unit or self._unit)}
        if done > of:  # nobody knows how much there is
            self._show(tr("{done:,} {unit} so far", **said))
            return
        if doing == "reading":
            amount = tr("{done:,} of {of:,} {unit}", **said)
        else:
            amount = tr("{done:,} of {of:,} {unit}, {doing}", doing=tr(doing), **said)
        filled = _CELLS * done // max(of, 1)
        self._show(f"[{'#' * filled}{'.' * (_CELLS - filled)}] {amount}")

    def clear(self) -> None:
        """Leave the line empty for what comes next."""
        if self._width:
            self._show("")
            self._stream.write("\r")
            self._stream.flush()

    def _show(self, text: str) -> None:
        from gztrack.export.cells import cells  # only where somebody watches

        width = cells(text)
        self._stream.write(f"\r{text}{' ' * (self._width - width)}")
        self._stream.flush()
        self._width = width


@contextmanager
def watched(stream: TextIO | None, unit: str = term("rows")) -> Iterator[Progress | None]:
    """A progress line where the stream is a terminal, else None; it is gone when the work is done."""
    if stream is None or not output.is_terminal(stream):
        yield None
        return
    progress = Progress(stream, unit)
    try:
        yield progress
    finally:
        progress.clear()
