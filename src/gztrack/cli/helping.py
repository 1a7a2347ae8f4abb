"""What ``--help`` of a command prints, from what its parser declares: usage, words, options, an example."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from gztrack.cli.output import width
from gztrack.cli.parser import Declared, Parser
from gztrack.cli.pasting import pasteable
from gztrack.export.cells import cells, pieces
from gztrack.language import language, tr

FURTHEST = 26
"""Column in which explanations begin at most; a longer option stands on a line of its own."""

MARGIN = 2
"""Blanks before a word or an option."""

_PIECES = re.compile(r"(?:\[[^\]]*\]|[^\s\[])+")
"""What stands between blanks; what stands in brackets is not parted."""


def help_of(parser: Parser, hidden: Collection[Declared] = ()) -> str:
    """A command's help, as wide as stdout, without the options that are hidden."""
    columns = width()
    shown = [each for each in parser.options if each not in hidden]
    own = [each for each in shown if not each.shared]
    shared = [each for each in shown if each.shared]
    sections = (
        (tr("positional arguments"), [(each.name, each.about) for each in parser.words]),
        (tr("options"), [(typed(each), each.about) for each in own]),
        (tr("options of every command"), [(typed(each), each.about) for each in shared]),
    )
    longest = max(len(left) for _, entries in sections for left, _ in entries)
    column = min(longest + 2 * MARGIN, FURTHEST, max(columns - 2 - 20, 2 * MARGIN))
    parts = [_usage(parser, columns, hidden), *folded(parser.about, columns), ""]
    for heading, entries in sections:
        if entries:
            parts += [tr("{heading}:", heading=heading), *_table(entries, column, columns), ""]
    room = columns - 2 - MARGIN
    lines = [line for each in parser.examples for line in pasteable(_without(each, hidden), room)]
    parts += [tr("example:"), *(" " * MARGIN + line for line in lines)]
    return "\n".join(parts) + "\n"


def typed(option: Declared) -> str:
    """An option as it is typed, every name of it."""
    return ", ".join(f"{name} {option.metavar}".rstrip() for name in reversed(option.names))


def _without(line: str, hidden: Collection[Declared]) -> str:
    """A command line without the options that are hidden, each with its value."""
    for option in hidden:
        value = r" [^\s\]]+" if option.metavar else ""
        for name in map(re.escape, option.names):
            line = re.sub(rf" (?:\[{name}{value}\]|{name}{value}(?=\s|$))", "", line)
    return line


def _usage(parser: Parser, columns: int, hidden: Collection[Declared]) -> str:
    """The ways to use a command, one under the other."""
    heading = tr("usage: ")
    margin = " " * cells(heading)
    hang = margin + " " * 4
    lines = [_without(f"gztrack {parser.command} {way}", hidden) for way in parser.ways]
    ways = [folded(line, columns - len(hang)) for line in lines]
    return heading + f"\n{margin}".join(f"\n{hang}".join(way) for way in ways) + "\n"


def _table(entries: Iterable[tuple[str, str]], column: int, columns: int) -> Iterable[str]:
    """Names on the left, what they are about beside them."""
    for left, about in entries:
        first, *rest = folded(about, max(columns - column, 13))
        named = " " * MARGIN + left
        if len(named) + MARGIN > column:
            yield named
            named = ""
        yield named.ljust(column) + first
        yield from (" " * column + line for line in rest)


def folded(text: str, columns: int) -> list[str]:
    """Text on lines that fit; what stands in brackets is not parted, Chinese between any two characters."""
    lines: list[str] = []
    for word in _PIECES.findall(text):
        for gap, piece in _parted(word):
            if lines and cells(lines[-1] + gap + piece) <= columns - 2:
                lines[-1] += gap + piece
            else:
                lines.append(piece)
    return lines or [""]


def _parted(word: str) -> Iterable[tuple[str, str]]:
    return [(" ", word)] if word.isascii() else pieces(word, inside=language() == "zh")
