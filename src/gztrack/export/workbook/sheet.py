"""A sheet of a workbook: rows below a head that stays, columns as wide as what is in them, ready to print."""

from __future__ import annotations

from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from gztrack.domain.grammar.numerals import Number
from gztrack.domain.text import clean
from gztrack.export.cells import cells
from gztrack.export.glyphs import role_of
from gztrack.export.svg_shapes import COLOURS
from gztrack.export.workbook.values import (
    DAY,
    SHARE,
    WHOLE,
    date_cell,
    linked,
    number_cell,
    text_cell,
)
from gztrack.language import tr
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROWS = 1_048_576
"""Rows of a sheet."""

LINKS = 65_530
"""Links of a sheet."""

FONT = {"font_name": "Arial", "font_size": 10}

LINE = 14.25
"""Points that a line takes; Chinese is set higher than the font's own lines."""

_A4 = 9
_ARROW = 2
"""Characters that the arrow of a filter takes."""

Cell = str | Number | date | None


class Column(NamedTuple):
    """A column of a sheet.

    Attributes:
        head: What it is called.
        kind: ``text``, ``beside`` (one behind a figure), ``link``, ``mark`` (a glyph),
            ``number`` (a figure), ``share`` (a fraction), ``whole`` (a number that names something), or ``date``.
        most: Characters from which its texts are wrapped; a Chinese one counts double.
        least: Characters that it has in any case.
        optional: It is folded away where it is empty from top to bottom.
    """

    head: str
    kind: str = "text"
    most: int = 30
    least: int = 1
    optional: bool = False


class Book:
    """A workbook under way: its styles, and what did not fit.

    Attributes:
        cut: Texts that were cut.
        unlinked: Addresses that are no links, because a sheet holds no more of them.
        left_out: Rows that a sheet has no room for.
    """

    def __init__(self, file: xlsxwriter.Workbook, title: str) -> None:
        self.file = file
        self.title = title
        self.cut = self.unlinked = self.left_out = 0
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **properties: Any) -> Any:
        """A cell's looks; XlsxWriter would write one that is asked for twice twice."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self.file.add_format(FONT | {"valign": "top", **properties})
        return self._styles[key]


class Sheet:
    """A sheet that grows downwards.

    Args:
        book: Whose.
        name: What its tab says.
        columns: Its columns.
        frozen: Columns that stay at the left.
        printed: Columns that are printed; all where nobody says.

    Attributes:
        at: The next row, counted from 0.
        top: The row of the head.
    """

    def __init__(
        self, book: Book, name: str, columns: Sequence[Column], frozen: int = 0, printed: int = 0
    ) -> None:
        self.book, self.name, self.columns = book, name, columns
        self.frozen, self.printed = frozen, printed or len(columns)
        self.at = self.top = 0
        self.drawn = book.file.add_worksheet(name)
        self._widths = [1] * len(columns)
        self._filled = [False] * len(columns)
        self._links = 0

    def say(self, text: str, **properties: Any) -> None:
        """Write a line that may run over all columns."""
        self.drawn.set_row(self.at, LINE * properties.get("font_size", FONT["font_size"]) / FONT["font_size"])
        self._text(self.at, 0, text, properties)
        self.at += 1

    def head(self) -> None:
        """Write what the columns are called, and keep it in sight below and on every page."""
        self.top = self.at
        looks = {
            "bold": True,
            "bg_color": COLOURS["raised"],
            "bottom": 1,
            "bottom_color": COLOURS["rest"],
            "text_wrap": True,
        }
        self.drawn.set_row(self.at, 2 * LINE)
        for place, column in enumerate(self.columns):
            self._text(self.at, place, column.head, looks | _aligned(column) | {"valign": "bottom"})
            longest = max(map(cells, column.head.split(" ")))
            self._widths[place] = max(column.least, longest + _ARROW if column.head else 1)
        self.at += 1
        self.drawn.freeze_panes(self.at, self.frozen)
        self.drawn.repeat_rows(self.top)

    def row(
        self, values: Sequence[Cell], decimals: int | None = None, indent: int = 0, *, ruled: bool = False
    ) -> int | None:
        """Write a row.

        Args:
            values: A value for each column; None leaves its cell empty.
            decimals: Places of its figures.
            indent: How far its first text stands to the right.
            ruled: Draw a line above it.

        Returns:
            Its number, counted from 0; None where the sheet is full.
        """
        if self.at >= ROWS:
            self.book.left_out += 1
            return None
        self.drawn.set_row(self.at, LINE * max(map(_lines, self.columns, values)))
        looks: dict[str, Any] = {"top": 1, "top_color": COLOURS["rest"]} if ruled else {}
        for place, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            if value is None or value == "":
                if ruled:
                    self.drawn.write_blank(self.at, place, None, self.book.style(**looks))
                continue
            self._filled[place] = True
            mine = looks | _aligned(column)
            if indent and column.kind == "text":
                mine["indent"], indent = indent, 0
            self._value(place, column, value, decimals, mine)
        self.at += 1
        return self.at - 1

    def place(self, head: str) -> int:
        """Where the column of this name is, counted from 0."""
        return next(n for n, column in enumerate(self.columns) if column.head == head)

    def colour(self, head: str, statuses: Iterable[str]) -> None:
        """Colour statuses and their marks in the first column, however rows are sorted or filtered."""
        first, last, place = self.top + 1, self.at - 1, self.place(head)
        if last < first:
            return
        cell = xl_rowcol_to_cell(first, place, col_abs=True)
        for status in statuses:
            ink = {
                "font_color": COLOURS[role_of(status)],
                "bold": status in ("off track", "moving away", "missed"),
            }
            rule = {
                "type": "formula",
                "criteria": f'={cell}="{tr(status)}"',
                "format": self.book.file.add_format(ink),
                "stop_if_true": True,
            }
            for column in (0, place):
                self.drawn.conditional_format(first, column, last, column, rule)

    def fit(self, *, filtered: bool = True) -> None:
        """Make columns as wide as what is in them, and pages as wide as all columns."""
        for place, width in enumerate(self._widths):
            hidden = self.columns[place].optional and not self._filled[place]
            self.drawn.set_column(place, place, width + 2, None, {"hidden": hidden})
        if filtered:
            self.drawn.autofilter(self.top, 0, max(self.at - 1, self.top), len(self.columns) - 1)
        self.drawn.hide_gridlines(1)
        self.drawn.set_landscape()
        self.drawn.set_paper(_A4)
        self.drawn.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.drawn.fit_to_pages(1, 0)
        self.drawn.print_area(0, 0, max(self.at - 1, self.top), self.printed - 1)
        pages = tr("page {page} of {pages}", page="&P", pages="&N")
        title = text_cell(self.book.title).text[:80].replace("&", "&&")
        self.drawn.set_footer(f"&L{title}&C&A&R{pages}")

    def _value(
        self,
        place: int,
        column: Column,
        value: str | Number | date,
        decimals: int | None,
        looks: dict[str, Any],
    ) -> None:
        shown = value if isinstance(value, str) else ""
        if isinstance(value, date):
            value = date_cell(value)
        if isinstance(value, str):
            self._text(self.at, place, value, looks | {"text_wrap": True}, link=column.kind == "link")
            shown = shown or value
        elif isinstance(value, date):
            self.drawn.write_datetime(self.at, place, value, self.book.style(num_format=DAY, **looks))
            shown = value.isoformat()
        else:
            if column.kind == "share":
                form, shown = SHARE, f"{value:.1%}"
            elif column.kind == "whole":
                form, shown = WHOLE, str(value)
            else:
                value, form, shown = number_cell(value, decimals)
            self.drawn.write_number(self.at, place, value, self.book.style(num_format=form, **looks))
        room = max(column.most, cells(shown)) if column.kind == "number" else column.most
        self._widths[place] = max(self._widths[place], min(cells(shown) + looks.get("indent", 0) * 2, room))

    def _text(self, row: int, place: int, text: str, looks: dict[str, Any], *, link: bool = False) -> None:
        cell = text_cell(text)
        self.book.cut += cell.cut
        if cell.quoted:
            looks = looks | {"quote_prefix": True}
        if link and linked(cell.text):
            if self._links < LINKS:
                self._links += 1
                looks = looks | {"font_color": COLOURS["on"], "underline": 1}
                self.drawn.write_url(row, place, cell.text, self.book.style(**looks), cell.written)
                return
            self.book.unlinked += 1
        self.drawn.write_string(row, place, cell.written, self.book.style(**looks))


def _aligned(column: Column) -> dict[str, Any]:
    """Figures stand at the right with their head, marks in the middle, and all else at the left."""
    if column.kind == "mark":
        return {"align": "center"}
    if column.kind == "beside":
        return {"align": "left", "indent": 1}
    return {"align": "right" if column.kind in ("number", "share", "whole") else "left"}


def _lines(column: Column, value: Cell) -> int:
    """How many lines a value takes in its column."""
    return -(-cells(clean(value)) // column.most) if isinstance(value, str) and value else 1
