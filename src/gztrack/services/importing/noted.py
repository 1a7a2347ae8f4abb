"""What is to be said of places in a file: the first of them in words, of all of them the number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge

from gztrack.language import tr
from gztrack.services.importing.columns import Place

NAMED = 20
"""How many places a line of text names before it only counts the rest."""

LISTED = 1000
"""How many get a line of their own before the rest is only counted."""


class Noted:
    """Places with what is to be said of each, in the file's order.

    Attributes:
        count: How many there are, also of those that are not kept.
    """

    def __init__(self, *parts: Noted) -> None:
        self.count: int = sum(part.count for part in parts)
        self._said: list[tuple[Place, str]] = []
        for pair in merge(*parts, key=_place):
            if len(self._said) < LISTED:
                self._said.append(pair)

    def __bool__(self) -> bool:
        return self.count > 0

    def __iter__(self) -> Iterator[tuple[Place, str]]:
        return iter(self._said)

    def add(self, where: Place, what: str) -> None:
        """Say something of a place behind all that were named so far, or in their midst."""
        self.count += 1
        if len(self._said) < LISTED:
            self._said.append((where, what))

    def in_order(self) -> Noted:
        """The same by lines, where they were not added so."""
        self._said.sort(key=_place)
        return self

    def lines(self) -> list[str]:
        """A line each; one more for those that have none."""
        return [*_lines(self._said), *self._more(len(self._said))]

    def text(self) -> str:
        """The first ones in one line."""
        return tr("; ").join([*_lines(self._said[:NAMED]), *self._more(min(NAMED, len(self._said)))])

    def _more(self, named: int) -> list[str]:
        return [tr("and {n:,} more", n=self.count - named)] if self.count > named else []


def _place(pair: tuple[Place, str]) -> tuple[int, int, int]:
    """What places are ordered by."""
    line, column, _, item = pair[0]
    return line, item, column


def _lines(said: Iterable[tuple[Place, str]]) -> Iterator[str]:
    return (tr("{place}: {problem}", place=where, problem=what) for where, what in said)
