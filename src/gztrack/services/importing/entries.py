"""What the rows of a file state, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gztrack.domain.formulas import as_it_was
from gztrack.domain.periods import Period
from gztrack.errors import FieldError, InputError
from gztrack.language import tr
from gztrack.services.importing.columns import FIELDS, FIGURES, NAMED, TEXTS, Columns, Place
from gztrack.services.importing.text import Row, Sheet


class Entry:
    """What one row states, cell by cell; in a wide file what it states for one period.

    Args:
        line: The line the row begins on.
        cells: Its cells, as they are.
        columns: Where the file keeps what.
        given: What the file's layout says in place of cells.
        place: In a wide file where the period's cell is.

    Attributes:
        columns: Where the file keeps what.
        line: The line its row begins on.
    """

    __slots__ = ("_cells", "_given", "_place", "columns", "line")

    def __init__(
        self,
        line: int,
        cells: Sequence[str],
        columns: Columns,
        given: Mapping[str, str] | None = None,
        place: int | None = None,
    ) -> None:
        self.line = line
        self.columns = columns
        self._cells = cells
        self._given: Mapping[str, str] = given or {}
        self._place = place

    @property
    def where(self) -> Place:
        """Its place for messages."""
        if self._place is None:
            return self.columns.row(self.line)
        return self.columns.cell(self.line, self._place)

    def at(self, error: InputError) -> Place:
        """The place of what an error is about: the cell, where it names the field."""
        field = error.field if isinstance(error, FieldError) else ""
        if self._place is not None and field in ("", "value", "period"):
            return self.where
        place = self.columns.fields.get(field)
        return self.columns.row(self.line) if place is None else self.columns.cell(self.line, place, field)

    def get(self, field: str) -> str:
        """The text of a cell; empty when the file has no such column or marks it as missing."""
        if field in self._given:
            return self._given[field]
        place = self.columns.fields.get(field)
        if place is None or place >= len(self._cells):
            return ""
        if field in FIGURES:
            return self.columns.value(self._cells[place])
        text = self._cells[place].strip()
        if text and self.columns.missing and text.casefold() in self.columns.missing:
            return ""
        return as_it_was(text) if field in TEXTS else text

    def foreign(self, kind: str) -> list[str]:
        """Names of the columns that hold something for which a row of this kind has no place."""
        return [field for field in self.columns.foreign[kind] if self.get(field)]


def definition_of(line: int, cells: Sequence[str], columns: Columns) -> Entry | None:
    """In a wide file what a row says of its indicator itself; None where it says nothing."""
    whole = Entry(line, cells, columns)
    if not any(whole.get(field) for field in NAMED):
        return None
    others = {field: "" for field in FIELDS["reading"] if field != "indicator"}
    return Entry(line, cells, columns, {**others, "kind": "indicator"})


def cell_of(line: int, cells: Sequence[str], columns: Columns, period: Period, place: int) -> Entry:
    """In a wide file what a row states for one period."""
    given = dict.fromkeys(NAMED, "")
    given |= {"kind": "reading", "period": period.label, "value": columns.value(cells[place])}
    return Entry(line, cells, columns, given, place)


def whole_rows(sheet: Sheet, columns: Columns) -> Iterator[Row]:
    """The rows of a file, short ones filled up with empty cells, those with other cells than the first one marked."""
    count, held = columns.count, None
    for row in sheet.rows():
        if held is not None:
            yield _filled(held, count)
            held = None
        line, cells, problem = row
        if len(cells) == count or problem:
            yield row
        elif len(cells) < count:
            held = row  # the last one of a file that breaks off is no whole one
        elif any(cell.strip() for cell in cells[count:]):
            said = tr(
                "{cells} cells, but the first row names {columns} columns", cells=len(cells), columns=count
            )
            yield line, cells, said
        else:
            yield line, cells[:count], ""
    if held is not None and sheet.ended:
        yield _filled(held, count)
    elif held is not None:
        line, cells, _ = held
        yield line, cells, tr("the file breaks off here, after {n} of {all} cells", n=len(cells), all=count)


def _filled(row: Row, count: int) -> Row:
    line, cells, problem = row
    return line, cells + [""] * (count - len(cells)), problem
