"""Marks that have an ASCII twin; the glyphs of statuses are those of every other text (`gztrack.export.glyphs`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gztrack.export import glyphs
from gztrack.services.actions import remapped
from gztrack.services.permits import Permit
from gztrack.services.permitted import action_of, is_permitted

KEY_WORDS = {"pageup": "pgup", "pagedown": "pgdn", "comma": ","}

PALETTE_KEY = "ctrl+p"
"""The way to what has no key of its own."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Marks that have an ASCII twin, and keys as they are set: what differs from terminal to terminal.

    Attributes:
        keymap: ``screen.action`` to keys, where they are not those the program comes with.
        permit: What the person may do, so that no text names the key of anything else; None for everything.
    """

    ellipsis: str = "…"
    selected: str = "▌"
    changed: str = "•"
    rule: str = "─"
    upright: str = "│"
    error: str = "✗"
    up: str = "↑"
    down: str = "↓"
    ascii: bool = False
    folded: str = "▸"
    keymap: Mapping[str, str] = field(default_factory=dict, compare=False)
    permit: Permit | None = field(default=None, compare=False)

    @property
    def right(self) -> str:
        """The name of the key that goes right."""
        return "right" if self.ascii else "→"

    @property
    def arrow(self) -> str:
        """What leads from a typed text to what is offered for it."""
        return "->" if self.ascii else "→"

    def key(self, name: str) -> str:
        """Return how the first key of an action is written: ``board.log`` is ``l``, unless somebody set another."""
        keys = remapped((action_of(name),), self.keymap, name.partition(".")[0])[0].keys
        return self.written(keys[0]) if keys else PALETTE_KEY

    def may(self, name: str, indicator: str = "") -> bool:
        """Return whether the person may do something, so that its key is worth naming.

        Args:
            name: The action with its screen: ``board.log``.
            indicator: Id of the indicator it would be about; empty for any.
        """
        return self.permit is None or is_permitted(action_of(name).needs, self.permit, indicator)

    def written(self, key: str) -> str:
        """Return how a key is written for people."""
        if key in ("up", "down"):
            return self.up if key == "up" else self.down
        return KEY_WORDS.get(key, key)

    def status(self, status: str) -> str:
        """Return the glyph of a status, or a blank for an unknown word."""
        return glyphs.glyph(status, ascii=self.ascii)

    def signs(self, text: str) -> str:
        """Return the text with signs that the terminal can show."""
        return glyphs.signs(text, ascii=self.ascii)


UNICODE = Glyphs()
ASCII = Glyphs("..", ">", "*", "-", "|", "x", "up", "down", True, "+")
