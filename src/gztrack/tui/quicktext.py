"""What the lines of the quick-entry screen say. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import set_cell_size

from gztrack.domain.amounts import short
from gztrack.domain.text import clean
from gztrack.export.glyphs import role_of
from gztrack.language import ntr, term, tr
from gztrack.light import NamedTuple
from gztrack.services.views import Preview, Row
from gztrack.tui.cells import Line, cut, cut_line, left, line_width, right, spread, width
from gztrack.tui.formtext import FIELD_AT, LABEL, field_width, fitted, wrapped
from gztrack.tui.geometry import Box
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.quicksheet import COMMON, Cell, Sheet
from gztrack.tui.wording import on_screen, parted

TOP = 4
"""Lines above the rows: title, period, source, column heads."""
FOOT = 3
"""Lines below them: two about the cursor's row, and the keys; a long message takes more."""
MESSAGE_ROWS = 6
"""Lines that such a message may take."""

VALUE_CELLS = 8
"""Cells of the latest value, its sign included."""

LABELS = {
    "value": term("value"),
    "period": term("period"),
    "source": term("source"),
    "name": term("indicator"),
    "last": term("last"),
    "result": term("will say"),
}
"""Names of the columns, as their heads have them."""

HINTS = {
    "period": term("for every row that names no other; empty for today"),
    "source": term("the same"),
}


class Widths(NamedTuple):
    """Cells of the columns; the result has what they leave. A column of 0 cells is not shown."""

    name: int
    last: int
    value: int
    period: int
    source: int
    result: int

    def at(self, column: str) -> int:
        """Where a column begins."""
        place = 2
        for name, cells in zip(self._fields, self, strict=True):
            if name == column:
                break
            place += cells + 1 if cells else 0
        return place


def widths(cells: int) -> Widths:
    """Return the columns for a width of the terminal."""
    wide = cells >= 100
    # "2019-Q1..Q3p" takes 12 cells beside the value, "2022-01..2022-11" takes 16.
    last = VALUE_CELLS + (20 if cells >= 130 else 15 if wide else 11) if cells >= 72 else 0
    value, period, source = (14, 13, 22) if cells >= 130 else ((14, 13, 0) if wide else (11, 11, 0))
    name = max(8, min(36, cells // 4 - (0 if wide else 2)))
    taken = 2 + sum(each + 1 for each in (name, last, value, period, source) if each)
    return Widths(name, last, value, period, source, max(0, cells - taken - 1))


def place(cell: Cell, top: int, cells: int) -> Box:
    """Return where the field stands while a cell has the cursor.

    Args:
        cell: Which.
        top: Index of the first row that is shown.
        cells: Width of the terminal.
    """
    if cell.row < 0:
        return Box(FIELD_AT, 1 + COMMON.index(cell.column), field_width(cells), 1)
    columns = widths(cells)
    # Where a row's own source has no column it is typed over the result, which it replaces for so long.
    column = cell.column if getattr(columns, cell.column) else "result"
    size: int = getattr(columns, column)
    return Box(columns.at(column), TOP + cell.row - top, max(4, size), 1)


def title_line(sheet: Sheet, note: str, cells: int, glyphs: Glyphs) -> Line:
    """Return what the screen is, and how far one has come."""
    count, filled, wrong = len(sheet.rows), len(sheet.filled), len(sheet.wrong)
    start: Line = [(" ", "text"), (tr("log several"), "strong"), ("   ", "text")]
    start.append((ntr("{n:,} indicator", "{n:,} indicators", count), "text"))
    if note:
        start.append((f"   {clean(note)}", "muted"))
    end: Line = [(tr("{n:,} filled", n=filled), "strong" if filled else "muted")]
    if wrong:
        need = ntr("! {n:,} needs a look", "! {n:,} need a look", wrong)
        end += [("   ", "text"), (need, "error")]
    return spread(start, [*end, (" ", "text")], cells, glyphs.ellipsis)


def common_line(sheet: Sheet, column: str, at: Cell, hint: str, cells: int, glyphs: Glyphs) -> Line:
    """Return one of the cells that every row inherits."""
    here = at == Cell(-1, column)
    text, room = sheet.text(Cell(-1, column)), field_width(cells)
    line: Line = [(right(tr(LABELS[column]), LABEL), "strong" if here else "muted"), ("  ", "text")]
    line.append((" " + left(text, room - 2, glyphs.ellipsis) + " ", "text@field"))
    if error := on_screen(clean(sheet.common_error(column))):
        line += [("  ", "text"), (_error(glyphs.signs(error)), "error")]
        return cut_line(line, cells - 1, glyphs.ellipsis)
    said = hint or (
        tr(HINTS[column]) if not text else sheet.texts.get("url", "") if column == "source" else ""
    )
    return cut_line([*line, ("  ", "text"), (clean(said), "muted")], cells - 1, glyphs.ellipsis)


def heads_line(cells: int) -> Line:
    """Return the heads of the columns."""
    columns = widths(cells)
    line: Line = [("  ", "muted")]
    for column, size in zip(columns._fields, columns, strict=True):
        if size:
            word = tr(LABELS[column])
            padded = f" {word}" if column in ("value", "period", "source") else word
            if column == "last":
                padded = right(word, VALUE_CELLS + 1)
            line.append((set_cell_size(padded, size) + " ", "muted"))
    return line


def row_line(sheet: Sheet, index: int, at: Cell, cells: int, glyphs: Glyphs) -> Line:
    """Return the line of one indicator; the field stands over the cell with the cursor."""
    row, columns, here = sheet.rows[index], widths(cells), index == at.row
    name = row.shown_name
    line: Line = [(glyphs.selected + " " if here else "  ", "accent")]
    line.append((left(glyphs.signs(name), columns.name, glyphs.ellipsis), "strong" if here else "text"))
    line.append((" ", "text"))
    if columns.last:
        shown = last(row, columns.last, glyphs)
        # Not by `left`, which takes runs of blanks for one.
        line += [(set_cell_size(shown, columns.last), "muted"), (" ", "text")]
    for column in ("value", "period", "source"):
        size: int = getattr(columns, column)
        if size:
            text = sheet.text(Cell(index, column))
            same = column != "value" and row.id in sheet.previews and sheet.inherits(row.id, column)
            shown = '"' if same else text
            line.append(
                (f" {left(shown, size - 2, glyphs.ellipsis)} ", "muted@field" if same else "text@field")
            )
            line.append((" ", "text"))
    return cut_line([*line, *result(sheet, row, columns.result, glyphs)], cells - 1, glyphs.ellipsis)


def last(row: Row, cells: int, glyphs: Glyphs) -> str:
    """Return the latest reading and its period."""
    if row.reading is None:
        return tr("none yet")
    unit, reading = row.shown_unit._replace(currency=""), row.reading
    value = short(
        reading.value,
        unit,
        reading.qualifier,
        room=VALUE_CELLS,
        decimals=row.decimals,
        ascii=glyphs.ascii,
    )
    text = f"{value.text} {value.scale}" if value.scale else value.text
    value_cells, flag = min(cells, VALUE_CELLS + 1), "p" if reading.provisional else ""
    period = cut(reading.period, max(0, cells - value_cells - 2 - len(flag)), glyphs.ellipsis)
    return f"{right(text, value_cells)}  {period}{flag}"


def result(sheet: Sheet, row: Row, cells: int, glyphs: Glyphs) -> Line:
    """Return what was understood of a row: an error, the guard's question, or what the board will say.

    Of the last there is as much as fits ``cells`` cells whole: the status before its figure, then the value.
    """
    preview = sheet.previews.get(row.id)
    if preview is None:
        return []
    if error := first_error(sheet.own_errors(row.id)):
        return [(_error(glyphs.signs(error)), "error")]
    if preview.errors:
        return [(tr("see above"), "muted")]
    if sheet.unanswered(row.id):
        return [(f"! {glyphs.signs(preview.guard)}", "guard")]
    status, share = preview.status, _share(preview)
    line: Line = (
        [(f"{glyphs.status(status)} {tr(status)}", role_of(status))] if status else [(tr("ok"), "text")]
    )
    if share:
        line.append((f" {share}", "strong"))
    line.append((f"  {glyphs.signs(preview.echoes.get('value', ''))}", "text"))
    while len(line) > 1 and line_width(line) > cells:
        line.pop()
    return line


def first_error(errors: Mapping[str, str]) -> str:
    """Return the error to tell of a row, that of its value first."""
    return on_screen(clean(errors.get("value") or next(iter(errors.values()), "")))


def _share(preview: Preview) -> str:
    """The percentage that the row will have, where it has one."""
    return parted(clean(preview.headline))[0]


def _error(problem: str) -> str:
    """What keeps a row from being saved, behind a word: a glyph would be taken for that of a status."""
    return tr("error: {problem}", problem=problem)


def about(sheet: Sheet, at: Cell, cells: int, glyphs: Glyphs) -> list[Line]:
    """Return the lines about the cursor's row: where it comes from, and what was understood in full; two or more."""
    if at.row < 0:
        error = on_screen(clean(sheet.common_error(at.column)))
        told = _wrapped(_error(error), "error", cells, glyphs) if error else []
        return [*told, *([[]] * (FOOT - 1 - len(told)))]
    if at.row >= len(sheet.rows):
        return [[], []]
    row = sheet.rows[at.row]
    name = row.shown_name
    unit, measure, group = clean(row.shown_unit.text), tr(row.measure), clean(row.shown_group)
    kind = tr("{unit}, {measure}", unit=unit, measure=measure)
    if group:
        kind = tr("{unit}, {measure}, {group}", unit=unit, measure=measure, group=group)
    head: Line = [(" ", "text"), (glyphs.signs(clean(name)), "strong")]
    head.append((f"  {kind}", "muted"))
    preview = sheet.previews.get(row.id)
    if preview is None:
        return [_fit(head, cells, glyphs), []]
    entry = sheet.entry(row.id)
    if error := first_error(sheet.own_errors(row.id)):
        told = _wrapped(_error(error), "error", cells, glyphs)
    elif preview.errors:
        column = next(iter(preview.errors))
        problem = on_screen(clean(preview.errors[column]))
        at_top = tr(
            "the {field} at the top: {problem}", field=tr(LABELS.get(column, column)), problem=problem
        )
        told = _wrapped(_error(at_top), "error", cells, glyphs)
    elif sheet.unanswered(row.id):
        told = _wrapped(f"! {preview.guard}", "guard", cells, glyphs)
    else:
        parts = [preview.echoes.get("value", ""), preview.echoes.get("period", "")]
        body: Line = [(f" {glyphs.signs('  '.join(parts))}", "text")]
        if preview.status:
            said = preview.headline if _share(preview) else tr(preview.status)
            body += [("  ", "text"), (f"{glyphs.status(preview.status)} ", role_of(preview.status))]
            body.append((glyphs.signs(clean(said)), "text"))
        told = [_fit(body, cells, glyphs)]
    source = clean(entry.source)
    if not source:
        origin = tr("no source")
    elif sheet.inherits(row.id, "source"):
        origin = tr("source: {source}", source=source)
    else:
        origin = tr("source: {source}, its own", source=source)
    return [
        _fit([*head, ("  ", "text"), (cut(origin, 60, glyphs.ellipsis), "muted")], cells, glyphs),
        *told,
    ]


def _wrapped(text: str, role: str, cells: int, glyphs: Glyphs) -> list[Line]:
    """A message in whole lines."""
    room = max(8, cells - 2)
    lines = fitted(wrapped(glyphs.signs(text), room), room, MESSAGE_ROWS, glyphs)
    return [_fit([(f" {line}", role)], cells, glyphs) for line in lines]


def question_lines(question: str, agree: str, cells: int, glyphs: Glyphs) -> list[Line]:
    """Return a question in the place of the lines about the row, and what the keys answer."""
    save, leave = glyphs.key("quick.save"), glyphs.key("quick.back")
    answers = tr("{save}: {agree}; {leave} goes back", save=save, agree=agree, leave=leave)
    return [
        *_wrapped(f"! {question}", "guard", cells, glyphs),
        _fit([("   " + answers, "text")], cells, glyphs),
    ]


def _fit(line: Line, cells: int, glyphs: Glyphs) -> Line:
    return cut_line([(text, role) for text, role in line if width(text)], cells - 1, glyphs.ellipsis)
