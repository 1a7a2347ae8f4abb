"""A page that is drawn from the top down, and the SVG document around it."""

from __future__ import annotations

from gztrack.export.svg_shapes import COLOURS, FONTS, broken, extent, rule, words, xml
from gztrack.export.wording import listed, published
from gztrack.language import language
from gztrack.services.views import Origin

EDGE = 40
"""Pixels that are left free at both sides."""


class Page:
    """A page that grows downwards.

    Attributes:
        width: Its pixels.
        y: Where the next thing begins.
        parts: The elements that were drawn.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self.y = 0.0
        self.parts: list[str] = []

    @property
    def right(self) -> float:
        """Where the right edge begins."""
        return self.width - EDGE

    def add(self, *parts: str) -> None:
        """Draw something."""
        self.parts += [part for part in parts if part]

    def small(self, text: str, most: int = 3, hang: float = 0) -> None:
        """Draw a remark in small type over the whole width, broken into lines."""
        for number, line in enumerate(broken(text, 11, self.right - EDGE - hang, most)):
            self.y += 17
            self.add(words(EDGE + (hang if number else 0), self.y, line, 11, colour="muted"))

    def heading(self, text: str, after: str = "") -> None:
        """Draw the heading of a section."""
        self.y += 46
        self.add(words(EDGE, self.y, text, 16, colour="strong", bold=True))
        self.add(words(EDGE + extent(text, 16) + 16, self.y, after, 13, colour="muted"))
        self.y += 10
        self.add(rule(EDGE, self.right, self.y))

    def document(self, title: str, about: str) -> bytes:
        """All of it in UTF-8.

        Args:
            title: What the picture is called.
            about: What it shows, for who cannot see it.
        """
        height = round(self.y + 28)
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            svg_tag(self.width, height),
            f"<title>{xml(title)}</title>",
            f"<desc>{xml(about)}</desc>",
            f'<rect width="{self.width}" height="{height}" fill="{COLOURS["ground"]}"/>',
            *self.parts,
            "</svg>",
        ]
        return ("\n".join(lines) + "\n").encode("utf-8")


def svg_tag(width: int, height: int, more: str = "") -> str:
    """The opening tag of a picture.

    Args:
        width: Pixels, of the picture and of what it is drawn in.
        height: As ``width``.
        more: More attributes.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img"{more}{_spoken()} font-family="{FONTS}" style="font-variant-numeric: tabular-nums">'
    )


def _spoken() -> str:
    """The language of a picture as an attribute: one code point is drawn in more than one way where Chinese is."""
    return "" if language() == "en" else ' xml:lang="zh-Hans"'


def source_text(origin: Origin) -> str:
    """A source with its address and date."""
    return listed((origin.source, origin.url, published(origin.published)))


def flagged(text: str, flagged: str) -> tuple[str, str]:
    """A date and the flags that touch it."""
    return text, flagged.removeprefix(text)
