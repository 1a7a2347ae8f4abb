"""The command palette: every action of the registry, with its key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from gztrack.services.actions import Action
from gztrack.tui.screens.host import Host

_MOVES = frozenset({"down", "up", "first", "last", "page_up", "page_down"})


class Palette(CommandPalette):
    """Textual's palette, without a way in which a fast key brings it down."""

    def _action_command_list(self, action: str) -> None:
        # Its list looks lines up that it lays out only with the next repaint: a page key that comes
        # before that finds none (Textual 8.2.8), and has nowhere to go.
        with suppress(KeyError, IndexError):
            super()._action_command_list(action)


class Commands(Provider):
    """Offers what the screen under the palette can do."""

    def _offered(self) -> Iterator[tuple[str, str, Action]]:
        screen = self.screen
        if isinstance(screen, Host) and not screen.occupied:
            for action in screen.ACTIONS:
                if action.name not in _MOVES:
                    keys = " or ".join(action.keys)
                    command = f"gztrack {action.command}" if action.command else ""
                    about = ", ".join(part for part in (f"key {keys}" if keys else "", command) if part)
                    yield action.title, about, action

    async def discover(self) -> Hits:
        """Offer everything, in the registry's order."""
        for title, about, action in self._offered():
            yield DiscoveryHit(title, partial(self.screen.run_action, action.name), help=about)

    async def search(self, query: str) -> Hits:
        """Offer what matches."""
        matcher = self.matcher(query)
        for title, about, action in self._offered():
            score = matcher.match(title)
            if score > 0:
                run = partial(self.screen.run_action, action.name)
                yield Hit(score, matcher.highlight(title), run, help=about)
