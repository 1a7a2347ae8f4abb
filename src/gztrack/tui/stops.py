"""Where the cursor goes when the list is shown anew. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.light import NamedTuple
from gztrack.services.views import Row
from gztrack.tui.grouping import Entry, group_of


class Place(NamedTuple):
    """What the cursor stood on.

    Attributes:
        row: The indicator, or that which it stood on before its group was folded; empty for none.
        group: Key of the group that it is in.
        on_heading: It stood on the heading of that group, which was folded.
    """

    row: str = ""
    group: str = ""
    on_heading: bool = False


def stops_of(entries: Sequence[Entry]) -> list[int]:
    """Return the lines that the cursor can stand on: rows, and headings of folded groups."""
    return [at for at, entry in enumerate(entries) if entry.kind == "row" or entry.folded]


def follow(
    place: Place, stops: Sequence[int], entries: Sequence[Entry], rows: Sequence[Row], grouping: str
) -> int:
    """Return the stop to go to: the same row, the heading that hides it, or what a heading has hidden; -1 for none.

    Args:
        place: What the cursor stood on.
        stops: Lines that it can stand on now.
        entries: The lines.
        rows: The rows that they show.
        grouping: What the headings say.
    """
    first = -1
    for stop, at in enumerate(stops):
        entry = entries[at]
        if entry.folded:
            if entry.key == place.group:
                return stop
        elif rows[entry.row].id == place.row:
            return stop
        elif first < 0 and place.on_heading and group_of(rows[entry.row], grouping) == place.group:
            first = stop
    return first
