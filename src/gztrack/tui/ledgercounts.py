"""The line over the ledger: how many promises were missed, met and so on. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gztrack.export.glyphs import role_of
from gztrack.language import term
from gztrack.services.board.ledger import ledger_counts
from gztrack.services.views import TargetView
from gztrack.tui.cells import Line, line_width, spread
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.headlines import count_spans

COUNT_ORDER = (
    term("missed"),
    term("met late"),
    term("met"),
    term("no verdict"),
    term("open"),
    term("superseded"),
    term("dropped"),
)
"""Worst first, then what nobody can tell yet."""


def counts_line(targets: Iterable[TargetView], title: str, right: Line, cells: int, glyphs: Glyphs) -> Line:
    """Return how many promises were missed, met and so on, worst first.

    Args:
        targets: The ledger; a promise that a second source restates counts once.
        title: Stands before the counts, where no line above says it.
        right: The date.
        cells: Width of the terminal; words go before glyphs and counts do.
        glyphs: Which characters the terminal can show.
    """
    found = ledger_counts(targets)
    end: Line = [*right, (" ", "text")] if right else []
    room = cells - line_width(end) - bool(end)
    # Without a glyph only the word tells what is counted; the worst keeps its word longest.
    words = [word for word in COUNT_ORDER if found.get(word) and _count_glyph(word, glyphs).strip()]
    fewer = [(title, words[:kept]) for kept in range(len(words) - 1, 0, -1)]
    for said, kept in [(title, words), *fewer, ("", words[:1]), ("", [])]:
        start = _start(said)
        for gap in (3, 2):
            line = [*start, *_counts(found, frozenset(words) - frozenset(kept), gap, glyphs)]
            if line_width(line) <= room:
                return spread(line, end, cells, glyphs.ellipsis)
    return spread(line, end, cells, glyphs.ellipsis)


def counts_in_full(targets: Iterable[TargetView], title: str, glyphs: Glyphs) -> Line:
    """Return the same with every word, however wide that is."""
    return [*_start(title), *_counts(ledger_counts(targets), frozenset(), 2, glyphs)]


def _start(title: str) -> Line:
    return [(" ", "text"), (title, "strong"), ("   " if title else "", "text")]


def _counts(found: Mapping[str, int], gone: frozenset[str], gap: int, glyphs: Glyphs) -> Line:
    line: Line = []
    for word in COUNT_ORDER:
        if not found.get(word):
            continue
        role = role_of("cannot tell" if word == "no verdict" else word)
        mark = _count_glyph(word, glyphs)
        line.append((" " * gap if line else "", "text"))
        line.append((mark + " " if mark.strip() else "", role))
        line += count_spans(found[word], "" if word in gone else word, role)
    return line


def _count_glyph(word: str, glyphs: Glyphs) -> str:
    return glyphs.status("cannot tell" if word == "no verdict" else word)
