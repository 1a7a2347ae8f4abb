"""Keys are answered one after the other, so that fast typing goes where it was meant to go.

Textual hands every key at once to whatever has the focus at that moment. Somebody who types
``l250k`` in one go, or whose slow line delivers keys in bunches, would see the figure answered by
the list, for the form that ``l`` opens is not there yet. So the next key waits until the one
before has been answered all the way up, and while a form is being opened or saved.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence

from textual import events
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.message_pump import MessagePump

PATIENCE = 6.0
"""Seconds after which a key that nobody finished no longer holds up the next; longer than a save may take."""

ROUNDS = 3
"""A key, the field's message about it, and the form's about that."""


class TypeAheadApp(App[ReturnType]):
    """An app that answers typed keys in order.

    Attributes:
        waiting: Keys and pastes that have not been handed on yet.
    """

    waiting: deque[events.Key | events.Paste]
    _ticket = 0
    _on_its_way = 0
    _holds = 0
    _since = 0.0

    def get_driver_class(self) -> type[Driver]:
        """Terminals are read with our own parser of keys; other drivers stay as they are."""
        found = super().get_driver_class()
        if found.__module__ != "textual.drivers.linux_driver":
            return found
        from gztrack.tui.terminal_driver import TerminalDriver  # there is none but on such systems

        return TerminalDriver

    async def on_event(self, event: events.Event) -> None:
        """Take typed keys in; everything else is Textual's."""
        if isinstance(event, events.Key) and not event.is_forwarded and self.interrupted_by(event.key):
            # What was typed ahead of it was meant for what now does not come.
            self.forget_keys()
        elif isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if not hasattr(self, "waiting"):
                self.waiting = deque()
            self.waiting.append(event)
            if time.monotonic() - self._since > PATIENCE:
                self._on_its_way = self._holds = 0
            await self._answer_next()
        else:
            await super().on_event(event)

    def interrupted_by(self, key: str) -> bool:  # noqa: ARG002
        """Whether a key is not to wait for its turn, because it calls off what the others wait for."""
        return False

    @property
    def typed_ahead(self) -> Sequence[events.Key | events.Paste]:
        """Keys and pastes that have not been handed on yet."""
        return getattr(self, "waiting", ())

    def forget_keys(self) -> None:
        """Drop what was typed ahead."""
        if hasattr(self, "waiting"):
            self.waiting.clear()

    def still_busy(self) -> None:
        """Have keys wait on: what they wait for is at work and says so."""
        self._since = time.monotonic()

    def hold_keys(self) -> None:
        """Hand no key on until `release_keys`."""
        self._holds += 1
        self._since = time.monotonic()

    def release_keys(self) -> None:
        """Hand keys on again; a release without a hold does nothing."""
        if self._holds:
            self._holds -= 1
            if not self._holds:
                self.call_later(self._answer_next)

    async def _answer_next(self) -> None:
        if self._on_its_way or self._holds or not getattr(self, "waiting", None):
            return
        event = self.waiting.popleft()
        self._ticket += 1
        self._on_its_way, self._since = self._ticket, time.monotonic()
        target = self.focused or self.screen
        await super().on_event(event)
        # The key goes up from the target through its ancestors; what is put into each one's queue
        # after it comes back when the key has gone all the way. An answer may be a message that
        # goes the same way behind it (enter, submitted, save), so the way is gone once more for each.
        way = [node for node in target.ancestors_with_self if node is not self]
        self._follow(self._ticket, way * ROUNDS)

    def _follow(self, ticket: int, way: Sequence[MessagePump]) -> None:
        for number, node in enumerate(way):
            if node.call_later(self._follow, ticket, way[number + 1 :]):
                return
        # Answering may have asked for another focus, which Textual sets by a call put behind this one.
        self.call_later(self.call_later, self._answered, ticket)

    async def _answered(self, ticket: int) -> None:
        if ticket == self._on_its_way:
            self._on_its_way = 0
            await self._answer_next()
