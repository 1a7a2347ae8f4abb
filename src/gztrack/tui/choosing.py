"""Which rows the list shows: filter, only off track; and the next method. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.domain.records import METHODS
from gztrack.services.views import Board, Row
from gztrack.tui.grouping import USUAL, Order, arranged

OFF_TRACK = frozenset({"off track", "moving away", "missed"})


class Chooser:
    """Chooses among the rows of one board.

    A filter is typed letter by letter, so whatever does not change between two letters is kept: the text that
    is searched, the rows in their order, and the last hits, among which alone a longer filter is looked for.

    Args:
        rows: The board's rows as listed.

    Attributes:
        looked_at: How many rows the last search looked at.
    """

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        """Begin without a search."""
        self.rows = rows
        self.looked_at = 0
        self._texts: dict[str, str] = {}
        self._ordered: tuple[Order, list[Row]] | None = None
        self._last: tuple[Order, bool, str, list[Row]] | None = None

    def chosen(self, *, words: str = "", off_track: bool = False, order: Order = USUAL) -> list[Row]:
        """Return the rows to show, in order.

        Args:
            words: Filter; every word must occur in name, Chinese name, id or group.
            off_track: Only rows that are off track, moving away or missed; archived ones are neither.
            order: How they stand.
        """
        last = self._last
        among = self.ordered(order)
        if last and last[:2] == (order, off_track) and words.startswith(last[2]):
            # Its words are those of before with letters added to the last, and words after it.
            among = last[3]
        elif off_track:
            among = [row for row in among if row.status in OFF_TRACK and not row.archived]
        wanted = words.casefold().split()
        self.looked_at = len(among) if wanted else 0
        hits = [row for row in among if self._holds(row, wanted)] if wanted else list(among)
        self._last = (order, off_track, words, hits)
        return hits

    def ordered(self, order: Order) -> list[Row]:
        """Return every row, in order."""
        if self._ordered is None or self._ordered[0] != order:
            self._ordered = (order, arranged(self.rows, order))
        return self._ordered[1]

    def _holds(self, row: Row, wanted: list[str]) -> bool:
        text = self._texts.get(row.id)
        if text is None:
            text = self._texts[row.id] = (
                f"{row.name} {row.name_zh} {row.id} {row.group} {row.group_zh}".casefold()
            )
        return all(word in text for word in wanted)


def next_method(asked: str, board: Board) -> str:
    """Return the method to ask for after this one; empty stands for each indicator's own.

    The database's usual method is only a stop of its own where an indicator goes by another one.
    """
    ways = ["", *(name for name in METHODS if board.own or name != board.usual)]
    return ways[(ways.index(asked) + 1) % len(ways)] if asked in ways else ""
