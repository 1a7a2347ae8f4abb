"""Marks that have an ASCII twin; the glyphs of statuses are those of every other text (`gztrack.export.glyphs`)."""

from __future__ import annotations

from dataclasses import dataclass

from gztrack.export import glyphs


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
    folded: str = "▸"

    @property
    def right(self) -> str:
        """The name of the key that goes right."""
        return "right" if self.ascii else "→"

    @property
    def arrow(self) -> str:
        """What leads from a typed text to what is offered for it."""
        return "->" if self.ascii else "→"

    def status(self, status: str) -> str:
        """Return the glyph of a status, or a blank for an unknown word."""
        return glyphs.glyph(status, ascii=self.ascii)

    def signs(self, text: str) -> str:
        """Return the text with signs that the terminal can show."""
        return glyphs.signs(text, ascii=self.ascii)


UNICODE = Glyphs()
ASCII = Glyphs("..", ">", "*", "-", "|", "x", "up", "down", True, "+")
