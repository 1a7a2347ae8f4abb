"""Glyphs of statuses and marks, each with an ASCII twin, and the colour role of each status."""

from __future__ import annotations

from dataclasses import dataclass

STATUS_GLYPH: dict[str, tuple[str, str]] = {
    "achieved": ("✓", "+"),
    "met": ("✓", "+"),
    "met late": ("✓", "+"),
    "reached": ("✓", "+"),
    "on track": ("●", "*"),
    "behind": ("◐", "-"),
    "off track": ("○", "!"),
    "moving away": ("◂", "<"),
    "missed": ("✗", "x"),
    "cannot tell": ("?", "?"),
    "not assessable": ("~", "~"),
    "no reading": ("◌", "o"),
    "no target": ("·", "."),
    "superseded": ("–", "-"),
    "dropped": ("–", "-"),
    "open": (" ", " "),
}
"""Status or verdict -> its glyph and the same in ASCII."""

STATUS_ROLE: dict[str, str] = {
    "achieved": "good",
    "met": "good",
    "met late": "good",
    "reached": "good",
    "on track": "on",
    "behind": "behind",
    "off track": "off",
    "missed": "off",
    "moving away": "away",
    "cannot tell": "tell",
    "not assessable": "tell",
}
"""Status -> colour role; what is missing here is muted."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Marks that have an ASCII twin."""

    ellipsis: str = "…"
    selected: str = "▌"
    changed: str = "•"
    rule: str = "─"
    upright: str = "│"
    error: str = "✗"
    up: str = "↑"
    down: str = "↓"
    ascii: bool = False

    def status(self, status: str) -> str:
        """Return the glyph of a status, or a blank for an unknown word."""
        return STATUS_GLYPH.get(status, (" ", " "))[self.ascii]

    def signs(self, text: str) -> str:
        """Return the text with signs that the terminal can show."""
        if not self.ascii:
            return text
        return text.replace("≥", ">=").replace("≤", "<=").replace("…", "..").replace("–", "-")


UNICODE = Glyphs()
ASCII = Glyphs("..", ">", "*", "-", "|", "x", "up", "down", True)


def role_of(status: str) -> str:
    """Return the colour role of a status or verdict."""
    return STATUS_ROLE.get(status, "muted")
