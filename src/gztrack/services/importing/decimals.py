"""Decimal comma or decimal point: told from a column as a whole where that proves it, else asked for.

``1.234`` is another figure in Berlin than in Guangzhou, and no cell tells by itself. ``1.234,56`` can be read
in one way only, so a file that has such a cell has told; one that has none is read with a decimal point, and a
cell that does not fit is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import tr

STYLES = (",", ".")

_RUNS = re.compile(r"\d+(?:[.,]\d+)+").finditer
_SWAPPED = {ord("."): ",", ord(","): "."}


def swapped(text: str) -> str:
    """A figure with decimal comma as it is written with decimal point; ranges keep their dots."""
    return _run(lambda found: found[0].translate(_SWAPPED), text)


_run: Callable[[Callable[[re.Match[str]], str], str], str] = re.compile(r"\d+(?:[.,]\d+)+").sub


def may_have_comma(text: str) -> bool:
    """Whether a figure would be one with a decimal comma and is none without."""
    return any(_style(run[0]) in (",", ",?") for run in _RUNS(text))


class Styles:
    """What the figures of a file tell about their style."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, str]] = {}
        self._open: tuple[str, str] | None = None

    def look(self, text: str, where: Callable[[], object]) -> None:
        """Take note of a cell that has a point or a comma."""
        for run in _RUNS(text):
            style = _style(run[0])
            if style and style not in self._found:
                self._found[style] = str(where()), clean(text)[:40]
            elif not style and self._open is None and run[0].count(".") == 1 and "," not in run[0]:
                self._open = str(where()), clean(text)[:40]

    def decided(self, name: str, *, is_continental: bool = False) -> tuple[str, str]:
        """The style of the file, and what a person should hear of it, or empty.

        Args:
            name: What to call the file in messages.
            is_continental: It has semicolons between its cells, so that ``1.234`` is as likely 1234.

        Raises:
            InputError: It has both, or nothing in it tells.
        """
        comma = self._found.get(",") or self._found.get(",?")
        point = self._found.get(".") or self._found.get(".?")
        if comma and point and ("," in self._found or "." in self._found):
            raise InputError(
                tr(
                    "{name}: {one} has a decimal comma ({comma}), {other} a decimal point ({point}):"
                    " write all figures in one style; --decimal , or --decimal . says which is meant",
                    name=name,
                    one=comma[0],
                    comma=comma[1],
                    other=point[0],
                    point=point[1],
                )
            )
        if is_continental and self._open is not None and not self._found:
            raise InputError(
                tr(
                    "{name}: {place}: {text} has a decimal point or one between thousands, and no figure tells which:"
                    " say --decimal . or --decimal ,",
                    name=name,
                    place=self._open[0],
                    text=self._open[1],
                )
            )
        if "," not in self._found:
            return ".", ""
        where, text = self._found[","]
        return ",", tr("read with decimal comma, as {place} says: {text}", place=where, text=text)


def _style(run: str) -> str:
    """What digits with separators prove: ``,`` or ``.``; with ``?`` where it may be a slip; empty for nothing."""
    signs = [sign for sign in run if sign in ".,"]
    groups = run.replace(",", ".").split(".")
    last = signs[-1]
    other = "." if last == "," else ","
    if len(signs) == 1:
        threes = len(groups[1]) == 3 and 1 <= len(groups[0]) <= 3 and not groups[0].startswith("0")
        return "" if threes else f"{last}?"
    if not 1 <= len(groups[0]) <= 3 or groups[0].startswith("0"):
        return ""
    if signs.count(last) == 1 and all(len(group) == 3 for group in groups[1:-1]):
        return last
    if len(set(signs)) == 1 and all(len(group) == 3 for group in groups[1:]):
        return other
    return ""
