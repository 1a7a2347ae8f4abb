"""Which rows of a board are asked for: by id, under a heading, of a status. Light."""

from __future__ import annotations

from gztrack.light import NamedTuple
from gztrack.services.board.rows import counts
from gztrack.services.views import Board, Row


class Selection(NamedTuple):
    """What is asked for; of what is left empty everything.

    Attributes:
        slugs: Ids of indicators.
        group: A group as `Row.group` has it.
        statuses: Statuses.
    """

    slugs: frozenset[str] = frozenset()
    group: str = ""
    statuses: frozenset[str] = frozenset()

    def takes(self, row: Row) -> bool:
        """Whether a row is asked for."""
        return (
            (not self.slugs or row.id in self.slugs)
            and (not self.group or row.group == self.group)
            and (not self.statuses or row.status in self.statuses)
        )


EVERYTHING = Selection()


def selected(board: Board, selection: Selection) -> Board:
    """The board with the rows that are asked for, and counts of those."""
    if selection == EVERYTHING:
        return board
    kept: list[Row] = []
    shown: set[str] = set()
    wholes: list[Row] = []
    for row in board.rows:
        wholes = [*wholes[: row.depth], row]
        if selection.takes(row):  # a part is set under its whole only where that is shown too
            kept.append(row._replace(depth=sum(whole.id in shown for whole in wholes[:-1])))
            shown.add(row.id)
    return board._replace(rows=tuple(kept), counts=counts(kept))
