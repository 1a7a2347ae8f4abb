"""Where each part of a screen stands, for a size of the terminal. Pure arithmetic."""

from __future__ import annotations

from gztrack.light import NamedTuple

TITLE_HEIGHT = 28
"""Fewer rows than this: the title line gives way to the summary."""
DETAIL_HEIGHT = 32
"""Fewer rows than this: the pane is two lines."""
BESIDE_WIDTH, BESIDE_HEIGHT = 200, 30
"""From this size on the detail stands at the right; the list then still has room for every column."""
DETAIL_ROWS = 12
DETAIL_ROWS_MOST = 24
BESIDE_CELLS, BESIDE_CELLS_LEAST = 70, 55
"""Cells of that detail: it grows once the list beside it has all columns, and leaves it every other cell for names."""
FORM_ROWS = 9
LIST_LEAST = 3
"""Rows of the list (heads included) that a form leaves if it can."""


class Box(NamedTuple):
    """A rectangle in cells; without width or height it is not shown."""

    x: int
    y: int
    width: int
    height: int

    @property
    def shown(self) -> bool:
        """There is anything of it to see."""
        return self.width > 0 and self.height > 0


NOWHERE = Box(0, 0, 0, 0)


class Plan(NamedTuple):
    """Where everything on the board stands.

    Attributes:
        top: Title, summary and first-run line.
        list: Column heads and rows.
        pane: Detail of the row under the cursor.
        kind: Of the pane: ``two lines``, ``below`` or ``beside``.
        form: The open form, its line of keys included.
        footer: Keys, or what was just done.
        blanks: Blank lines between groups.
    """

    top: Box
    list: Box
    pane: Box
    kind: str
    form: Box
    footer: Box
    blanks: bool


def top_rows(height: int, first_run: bool) -> int:
    """Return the rows of title, summary and first-run line."""
    return min((2 if height >= TITLE_HEIGHT else 1) + first_run, max(0, height - 2))


def plan(width: int, height: int, *, list_lines: int, first_run: bool, form_rows: int = 0) -> Plan:
    """Return where everything stands.

    Args:
        width: Of the terminal, in cells.
        height: Of the terminal, in rows.
        list_lines: Lines of the whole list with headings and blank lines between groups.
        first_run: The first-run line is shown.
        form_rows: Rows the open form would like, its line of keys included; 0 without a form.
    """
    top = Box(0, 0, width, top_rows(height, first_run))
    beside = width >= BESIDE_WIDTH and height >= BESIDE_HEIGHT
    # At the right the detail begins a line lower than the summary, on the level of the heads.
    start = top.height + (1 if beside else 0)
    body = max(0, height - start - 1)
    form_height = min(max(form_rows, FORM_ROWS), max(0, height - top.height - LIST_LEAST)) if form_rows else 0
    footer = Box(0, height - 1, width, 0 if form_height else min(1, height))
    kind, pane_rows = _pane(height, body, list_lines, beside)
    if beside:
        free = max(0, body + 1 - form_height) if form_height else body
        cells = 1 + min(BESIDE_CELLS, BESIDE_CELLS_LEAST + (width - BESIDE_WIDTH) // 2)
        list_box = Box(0, start, width - cells, free)
        pane = Box(width - cells, start, cells, free)
    else:
        if form_height and kind == "below":
            form_height = max(form_height, pane_rows + 1)
        taken = form_height - 1 if form_height else pane_rows
        list_box = Box(0, start, width, max(0, body - taken))
        pane = NOWHERE if form_height else Box(0, start + list_box.height, width, pane_rows)
    form = Box(0, height - form_height, width, form_height) if form_height else NOWHERE
    blanks = height >= DETAIL_HEIGHT and list_lines + 1 <= body - (0 if beside else pane_rows)
    return Plan(top, list_box, pane, kind, form, footer, blanks)


def _pane(height: int, body: int, list_lines: int, beside: bool) -> tuple[str, int]:
    """Return kind and rows of the pane that shares the screen's height with the list."""
    if beside:
        return "beside", 0
    if height >= DETAIL_HEIGHT:
        # Rows that the list leaves empty show more readings.
        return "below", max(DETAIL_ROWS, min(DETAIL_ROWS_MOST, body - list_lines - 1))
    return "two lines", 2 if height >= 10 else (1 if height >= 7 else 0)
