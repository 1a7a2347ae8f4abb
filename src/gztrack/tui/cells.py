"""Text measured in terminal cells, and lines made of spans.

Everything the board draws is first a *line*: a list of ``(text, key)`` spans, where the key
names a colour role and perhaps a ground (``"strong@select"``). Lines are plain data, so what
a screen says can be tested without a terminal; ``Palette.paint`` turns them into strips.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size

from gztrack.domain.text import clean
from gztrack.export.cells import pieces

Span = tuple[str, str]
Line = list[Span]


def width(text: str) -> int:
    """Return how many cells a text takes; a Chinese character takes two."""
    return cell_len(text)


def cut(text: str, cells: int, ellipsis: str = "…") -> str:
    """Return the cleaned text in at most ``cells`` cells, with an ellipsis where it was cut."""
    text = clean(text)
    if cell_len(text) <= cells:
        return text
    room = cells - cell_len(ellipsis)
    if room <= 0:
        return set_cell_size(text, max(cells, 0)).rstrip()
    return set_cell_size(text, room).rstrip() + ellipsis


def tidy(text: str) -> str:
    """Return the cleaned text with the double blanks that set its parts apart."""
    return "  ".join(clean(part) for part in text.split("  ") if part.strip())


def left(text: str, cells: int, ellipsis: str = "…") -> str:
    """Return the text at the left of exactly ``cells`` cells."""
    text = cut(text, cells, ellipsis)
    return text + " " * (cells - cell_len(text))


def right(text: str, cells: int, ellipsis: str = "…") -> str:
    """Return the text at the right of exactly ``cells`` cells."""
    text = cut(text, cells, ellipsis)
    return " " * (cells - cell_len(text)) + text


def wrap(text: str, cells: int, lines: int, ellipsis: str = "…") -> list[str]:
    """Return the text broken at blanks and between Chinese characters into at most ``lines`` lines.

    The last one is cut.
    """
    words = list(pieces(clean(text)))
    found: list[str] = []
    at = 0
    while at < len(words) and len(found) < lines:
        line = words[at][1]
        at += 1
        while at < len(words) and cell_len(line) + cell_len("".join(words[at])) <= cells:
            line += "".join(words[at])
            at += 1
        if len(found) == lines - 1 and at < len(words):
            line += "".join(map("".join, words[at:]))
        found.append(cut(line, cells, ellipsis))
    return found


def line_width(line: Iterable[Span]) -> int:
    """Return how many cells a line takes."""
    return sum(cell_len(text) for text, _ in line)


def cut_line(line: Line, cells: int, ellipsis: str = "…") -> Line:
    """Return the line in at most ``cells`` cells; the span that runs over is cut."""
    if line_width(line) <= cells:
        return line
    kept: Line = []
    room = cells - cell_len(ellipsis)
    for text, key in line:
        size = cell_len(text)
        if size > room:
            piece = set_cell_size(text, max(room, 0)).rstrip()
            kept.append(((piece + ellipsis)[: max(cells, 0)] if room < 0 else piece + ellipsis, key))
            break
        kept.append((text, key))
        room -= size
    return kept


def spread(start: Line, end: Line, cells: int, ellipsis: str = "…") -> Line:
    """Return a line of exactly ``cells`` cells with ``start`` at its left and ``end`` at its right.

    Where both do not fit, ``start`` is cut.
    """
    room = max(0, cells - line_width(end))
    start = cut_line(start, max(0, room - 1) if end else room, ellipsis)
    gap = cells - line_width(start) - line_width(end)
    return [*start, (" " * max(0, gap), "text"), *end]


def plain(line: Iterable[Span]) -> str:
    """Return only the text of a line."""
    return "".join(text for text, _ in line)


def raised(line: Line, ground: str) -> Line:
    """Return the line on another ground; spans that name their own ground keep it."""
    return [(text, key if "@" in key else f"{key}@{ground}") for text, key in line]
