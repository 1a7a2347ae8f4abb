"""The text of ``gztrack why`` as lines of the screen: headings bold, the status in its colour. Pure."""

from __future__ import annotations

from gztrack.export.glyphs import GLYPHS, role_of
from gztrack.export.why_text import why_sections
from gztrack.services.explaining.views import Why
from gztrack.tui.cells import Line, cut_line
from gztrack.tui.glyphs import Glyphs


def lines(why: Why, cells: int, glyphs: Glyphs) -> list[Line]:
    """Return the text in at most ``cells`` cells, a margin of one at both sides included.

    The indicator's name, which heads the text, is left to the screen's title.

    Args:
        why: The sums.
        cells: Width of the screen.
        glyphs: Which characters the terminal can show.
    """
    found: list[Line] = []
    for number, section in enumerate(why_sections(why, width=max(20, cells - 2), ascii=glyphs.ascii)):
        if number:
            found.append([])
            found += [[(f" {text}", "group")] for text in section.heading]
        first, *others = section.lines or [""]
        if section.lines:
            found.append(_line(first, section.status))
        found += [_line(text) for text in others]
    return [cut_line(line, cells, glyphs.ellipsis) for line in found]


def _line(text: str, status: str = "") -> Line:
    """A line as it is; a glyph before its status word has the colour that it has on the board."""
    if status not in GLYPHS:
        return [(f" {text}", "text")]
    mark, _, said = text.partition(" ")
    return [(f" {mark}", role_of(status)), (f" {said}", "text")]
