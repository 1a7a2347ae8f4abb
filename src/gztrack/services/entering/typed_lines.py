"""The lines of a batch, taken apart: ``ID VALUE [PERIOD] [# note]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gztrack.domain.grammar import currencies
from gztrack.domain.grammar.folding import fold
from gztrack.domain.grammar.qualifiers import leading
from gztrack.domain.many import Periods

Typed = tuple[int, str, str, str, str]
"""One line: its number from 1, and what was typed for indicator, value, period and note; empty was not given."""

_LONGEST_PERIOD = 3
"""Words that a period has at most: ``3 days ago``."""

_DIGIT = re.compile("[0-9]").search

_NOTE = re.compile(r"(?<!\S)[#＃]").search

_QUOTED = re.compile(
    r"""(?<!\S)(?:"([^"]*)"|'([^']*)'|[“”„‟]([^“”„‟]*)[“”„‟]|[‘’‚]([^‘’‚]*)[‘’‚]|＂([^＂]*)＂|「([^「」]*)」)(?!\S)"""
).sub
"""Words in quotes, as shells and tables write them and as keyboards and word processors turn them."""

_BLOCK = 1 << 16
"""Characters that are parted into lines in one go: a million lines need not all be there at once."""


def read_lines(text: str, periods: Periods) -> Iterator[Typed]:
    """The lines that hold a reading; blank ones and comments do not.

    Args:
        text: All of them.
        periods: Knows what is a period.
    """
    is_meant = periods.is_meant
    number = start = 0
    while start <= len(text):
        end = text.find("\n", start + _BLOCK)
        end = len(text) if end < 0 else end
        for line in text[start:end].split("\n"):
            number += 1
            note = ""
            if "#" in line or "＃" in line:
                line, note = _without_note(line)
            if '"' in line or "'" in line or not line.isascii():
                line = _QUOTED(_unquoted, line)
            words = line.split()
            if words:
                if len(words) == 3 and is_meant(words[2]) and _DIGIT(words[1]):  # most lines
                    yield number, words[0], words[1], words[2], note
                else:
                    value, period = _parted(words, periods)
                    yield number, words[0], value, period, note
        start = end + 1


def _unquoted(found: re.Match[str]) -> str:
    return "".join(filter(None, found.groups()))


def _without_note(line: str) -> tuple[str, str]:
    """A line's figures and its note: ``#`` starts one at the start of a word, and so does its wide twin."""
    found = _NOTE(line)
    return (line[: found.start()], line[found.end() :].strip()) if found else (line, "")


def _parted(words: list[str], periods: Periods) -> tuple[str, str]:
    """Value and period: the last words are the period where they read as one and a figure is left.

    So ``over 2020`` is a value and ``over 2019 2020`` one for 2020.

    Args:
        words: The line's, the indicator first.
        periods: Knows what is a period.
    """
    if len(words) == 2:
        return words[1], ""
    for first in range(max(2, len(words) - _LONGEST_PERIOD), len(words)):
        period = " ".join(words[first:])
        if periods.is_meant(period):
            value = " ".join(words[1:first])
            if _is_figure(value):
                return value, period
    return " ".join(words[1:]), ""


def _is_figure(text: str) -> bool:
    """Whether something is said with these words: not only ``more than``, or a currency."""
    if _DIGIT(text):
        return True
    said = leading(fold(text))[1]
    return bool(said) and currencies.leading(said)[1] < len(said)
