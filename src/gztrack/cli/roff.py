"""Texts as a manual page holds them: roff with the macros of man(7). Pure.

What is typed has to come out as it is typed, so every hyphen is a minus, which readers show and copy as
``-``, and quotes and backquotes stay the straight ones.
"""

from __future__ import annotations

import re
from textwrap import wrap

from gztrack.cli.pasting import pasteable
from gztrack.export.cells import pieces
from gztrack.language import language

COLUMNS = 78
"""Of the source; where lines end there is not where they end on a screen."""

LONGEST = 68
"""Of an example's line, so that it fits a terminal of 80 columns."""

_SIGNS = {"\\": r"\e", "-": r"\-", "'": r"\(aq", '"': r"\(dq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}

_BRACKETED = re.compile(r"\[[^\]]*\]|[^\[]+")

_TYPED = re.compile(r"(?<![\w-])(--?[a-z][a-z-]*|\$?[A-Z]{2,}[A-Z_]*|[A-Z]{2,}@[A-Z]+)(?![\w])", re.ASCII)


def literal(text: str) -> str:
    """A text as it is, anywhere in a line but at its beginning."""
    return "".join(_SIGNS.get(char, char) for char in text)


def bold(text: str) -> str:
    """A text to be typed as it is."""
    return rf"\fB{literal(text)}\fR"


def italic(text: str) -> str:
    """A word that stands for another."""
    return rf"\fI{literal(text)}\fR"


def line(text: str) -> str:
    """A line that no reader takes for a macro."""
    return rf"\&{text}" if text[:1] in (".", "'") else text


def prose(text: str) -> str:
    """A paragraph's lines; readers fold it as they need."""
    if language() != "zh":
        return "\n".join(line(literal(part)) for part in _wrapped(text))
    # Readers part no word that has no blanks, so each place where a Chinese line may end is marked.
    parts: list[str] = []
    for word in text.replace("。\n", "。").split():
        for gap, piece in pieces(word, inside=True):
            parts += [(" " if gap else r"\:") if parts else "", literal(piece)]
    return line("".join(parts))


def _wrapped(text: str) -> list[str]:
    return wrap(" ".join(text.split()), COLUMNS, break_long_words=False, break_on_hyphens=False)


def usage(text: str) -> str:
    """What a command takes: what is typed as it is bold, what stands for something italic, brackets on one line."""
    found = []
    for part in _BRACKETED.findall(text):
        said = _told_apart(part)
        found.append(said.replace(" ", r"\ ") if part.startswith("[") else said)
    return "".join(found)


def _told_apart(text: str) -> str:
    found, end = [], 0
    for match in _TYPED.finditer(text):
        found.append(literal(text[end : match.start()]))
        found.append((bold if match[0].startswith("-") else italic)(match[0]))
        end = match.end()
    return "".join([*found, literal(text[end:])])


def section(title: str) -> str:
    """A section's heading."""
    return f".SH {_heading(title)}"


def subsection(title: str) -> str:
    """A smaller heading."""
    return f".SS {_heading(title)}"


def _heading(title: str) -> str:
    return f'"{literal(title)}"' if " " in title else literal(title)


def item(term: str, about: str, *, width: int = 0) -> str:
    """A term, roff already, and behind it what it is, that many cells to the right."""
    return f".TP{f' {width}' if width else ''}\n{line(term)}\n{prose(about)}"


def example(text: str) -> str:
    """Command lines to be typed, one a line; a long one goes on where a shell lets it."""
    lines = [line(literal(part)) for each in text.split("\n") for part in pasteable(each, LONGEST)]
    return "\n".join([".PP", ".in +4n", ".EX", *lines, ".EE", ".in"])
