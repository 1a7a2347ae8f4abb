"""From what a terminal sends to keys: an escape right before another key stays an escape.

Terminals send ``ESC`` for the escape key and begin every arrow with it as well. Textual takes
whatever follows within a tenth of a second for one sequence with it: on a slow line, in a
multiplexer or under fast hands ``escape enter`` arrives as ``enter`` alone, which saves the very
form that was to be left, and ``escape j`` as ``alt+j``, which is lost. No key here is ``alt`` and
another one, so only what begins as a real sequence (``ESC [`` or ``ESC O``) waits for its rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import constants, events
from textual._parser import ParseTimeout
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.message import Message

ESC = "\x1b"
PASTE, PASTED = "\x1b[200~", "\x1b[201~"
LONGEST_PASTE = 1 << 16
"""Characters of what is pasted at once; the rest is dropped, for the end of it may never come."""

_LONGEST = 64
"""Characters after which a sequence is none."""


class KeyParser(XTermParser):
    """Cuts input into sequences, and lets Textual's own parser name each of them.

    Args:
        debug: As Textual's.
        clock: Seconds; for tests.
    """

    def __init__(self, debug: bool = False, clock: Callable[[], float] = get_time) -> None:
        super().__init__(debug)
        self._clock = clock
        self._held = ""
        self._due = 0.0
        self._paste: list[str] | None = None
        self._pasted = ""

    @property
    def patience(self) -> float | None:
        """Seconds after which `tick` has something to say; None while nothing is held."""
        return max(0.0, self._due - self._clock()) if self._held else None

    def feed(self, data: str) -> Iterator[Message]:
        """Take characters in; what they are, as soon as that is certain."""
        if not data:
            yield from super().feed(data)
        for character in data:
            yield from self._take(character)

    def tick(self) -> Iterator[Message]:
        """Give out what was held for a rest that has not come."""
        if self._held and self._clock() >= self._due:
            yield from self._as_typed()

    def _take(self, character: str) -> Iterator[Message]:
        if self._paste is not None:
            self._pasted = (self._pasted + character)[-len(PASTED) :]
            if len(self._paste) < LONGEST_PASTE + len(PASTED):
                self._paste.append(character)
            if self._pasted == PASTED:
                pasted, self._paste = "".join(self._paste).removesuffix(PASTED), None
                yield events.Paste(pasted[:LONGEST_PASTE].replace("\0", ""))
        elif not self._held:
            if character == ESC:
                self._hold(ESC)
            else:
                yield from super().feed(character)
        elif not _continues(self._held, character):
            yield from self._as_typed()
            yield from self._take(character)
        else:
            self._hold(self._held + character)
            if _is_whole(self._held):
                yield from self._sequence()

    def _hold(self, text: str) -> None:
        self._held, self._due = text, self._clock() + constants.ESCAPE_DELAY

    def _sequence(self) -> Iterator[Message]:
        """What a whole sequence is; one that only a person can have typed is keys."""
        sequence = self._held
        if sequence == PASTE:
            self._held, self._paste, self._pasted = "", [], ""
            return
        known = list(super().feed(sequence))
        if self._awaiting.timeout is None:  # Textual knows it, though it may say nothing about it
            self._held = ""
            yield from known
            return
        self._awaiting = self._gen.throw(ParseTimeout())
        self._tokens.clear()
        if len(sequence) == 3:
            yield from self._as_typed()
        self._held = ""

    def _as_typed(self) -> Iterator[Message]:
        """The escape key, and every character after it for itself."""
        rest, self._held = self._held[1:], ""
        yield events.Key("escape", ESC)
        for character in rest:
            yield from super().feed(character)


def _continues(held: str, character: str) -> bool:
    """Whether a character may stand at this place of a sequence."""
    if held == ESC:
        return character in "[O"
    if held.startswith("\x1b[M"):  # a mouse that tells its place in bytes
        return True
    return " " <= character <= "~" and len(held) < _LONGEST


def _is_whole(held: str) -> bool:
    if len(held) < 3:
        return False
    if held.startswith("\x1b[M"):
        return len(held) == 6
    if held == "\x1b[[":  # function keys of the Linux console go on
        return False
    return "@" <= held[-1] <= "~"
