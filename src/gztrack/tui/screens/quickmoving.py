"""The ways from cell to cell of the quick-entry screen."""

from __future__ import annotations

from gztrack.tui.quicksheet import COLUMNS, COMMON, Cell
from gztrack.tui.screens.quicksaving import QuickSaving
from gztrack.tui.widgets.quickfield import QuickField


class QuickMoving(QuickSaving):
    """Where the keys lead from the cell with the cursor."""

    def on_quick_field_sideways(self, event: QuickField.Sideways) -> None:
        """Go into the cell before or after in the row; at the top there is only one in each."""
        if self.at.row >= 0:
            column = COLUMNS.index(self.at.column) + event.by
            if 0 <= column < len(COLUMNS):
                self.go(Cell(self.at.row, COLUMNS[column]))

    def action_next(self) -> None:
        """Go to the cell below."""
        self._step(1)

    def action_previous(self) -> None:
        """Go to the cell above."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self.at.row >= 0:
            row = self.at.row + by
            if row < len(self.sheet.rows):
                self.go(Cell(row, self.at.column) if row >= 0 else Cell(-1, COMMON[-1]))
            return
        place = COMMON.index(self.at.column) + by
        if place >= len(COMMON):
            self.go(Cell(0, COLUMNS[0]))
        elif place >= 0:
            self.go(Cell(-1, COMMON[place]))

    def action_page_down(self) -> None:
        """Go down by a page of rows."""
        self.go(Cell(max(0, self.at.row) + max(1, self.height - 1), self._row_column))

    def action_page_up(self) -> None:
        """Go up by a page of rows."""
        self.go(Cell(max(0, self.at.row - max(1, self.height - 1)), self._row_column))

    @property
    def _row_column(self) -> str:
        return self.at.column if self.at.row >= 0 else COLUMNS[0]

    def action_more(self) -> None:
        """Go to the row's own period and source, and back to its value."""
        column = COLUMNS[(COLUMNS.index(self.at.column) + 1) % len(COLUMNS)]
        self.go(Cell(max(0, self.at.row), column if self.at.row >= 0 else COLUMNS[0]))
