"""Which rows the list shows and in which order: filter, only off track, sort. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from gztrack.domain.records import METHODS
from gztrack.domain.text import clean
from gztrack.services.views import STATUS_ORDER, Board, Row

SORTS = ("as listed", "worst first", "name", "due date")
OFF_TRACK = frozenset({"off track", "moving away", "missed"})


class Entry(NamedTuple):
    """One line of the list.

    Attributes:
        kind: ``row``, ``heading`` or ``blank``.
        row: Index into the chosen rows; -1 for other kinds.
        text: Of a heading.
    """

    kind: str
    row: int = -1
    text: str = ""


def chosen(
    rows: Iterable[Row], *, words: str = "", off_track: bool = False, sort: str = "as listed"
) -> list[Row]:
    """Return the rows to show, in order.

    Args:
        rows: The board's rows as listed.
        words: Filter; every word must occur in name, Chinese name, id or group.
        off_track: Only rows that are off track, moving away or missed.
        sort: One of ``SORTS``.
    """
    wanted = words.casefold().split()
    kept = [row for row in rows if (not off_track or row.status in OFF_TRACK) and _matches(row, wanted)]
    if sort == "worst first":
        kept.sort(key=lambda row: _badness(row.status))
    elif sort == "name":
        kept.sort(key=lambda row: (row.name.casefold(), row.id))
    elif sort == "due date":
        kept.sort(key=_due)
    return kept


def next_method(asked: str, board: Board) -> str:
    """Return the method to ask for after this one; empty stands for each indicator's own.

    The database's usual method is only a stop of its own where an indicator goes by another one.
    """
    ways = ["", *(name for name in METHODS if board.own or name != board.usual)]
    return ways[(ways.index(asked) + 1) % len(ways)] if asked in ways else ""


def _matches(row: Row, wanted: list[str]) -> bool:
    if not wanted:
        return True
    text = f"{row.name} {row.name_zh} {row.id} {row.group}".casefold()
    return all(word in text for word in wanted)


def _badness(status: str) -> int:
    return STATUS_ORDER.index(status) if status in STATUS_ORDER else len(STATUS_ORDER)


def _due(row: Row) -> date:
    if row.target is None or row.target.due_end is None:
        return date.max
    return row.target.due_end


def entries(rows: Iterable[Row], *, headings: bool, blanks: bool) -> list[Entry]:
    """Return the lines of the list: headings where the group changes, blanks between groups."""
    lines: list[Entry] = []
    group: str | None = None
    for index, row in enumerate(rows):
        if headings and row.group != group:
            if lines and blanks:
                lines.append(Entry("blank"))
            if clean(row.group):
                lines.append(Entry("heading", text=row.group))
            group = row.group
        lines.append(Entry("row", index))
    return lines


def line_count(rows: Iterable[Row]) -> int:
    """Return how many lines the list takes with headings and blank lines between groups."""
    return len(entries(rows, headings=True, blanks=True))
