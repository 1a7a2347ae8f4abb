"""One indicator as one line of the list: its texts, how wide they are, its spans. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gztrack.domain.amounts import Number, Short, short, short_goal
from gztrack.domain.grammar import scales
from gztrack.domain.text import clean
from gztrack.domain.units import Unit
from gztrack.export import trends
from gztrack.export.bars import segments
from gztrack.export.glyphs import role_of
from gztrack.language import term, tr
from gztrack.light import NamedTuple
from gztrack.services.views import ReadingView, Row, TargetView
from gztrack.tui.cells import Line, left, right, width
from gztrack.tui.columns import FULL_UNIT, TREND_CELLS, Columns, Needs, room
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.marking import found_at, with_marks

LONGEST_UNIT = 16
"""Cells of a unit in the list."""

FITS = 100_000
"""Whole numbers below it are written in full wherever there is room for full units."""


class Texts(NamedTuple):
    """What the cells of a row say at one list width."""

    name: str
    value: str
    unit: str
    period: str
    period_flags: str
    target: str
    target_unit: str
    due: str
    due_flags: str


def brief_unit(unit: Unit) -> str:
    """Return what follows a number, short: ``vehicles/yr``."""
    return clean(unit.rest).replace("/year", "/yr").replace("/month", "/mo")


def figures(row: Row, cells: int, glyphs: Glyphs) -> tuple[Short | None, Short | None]:
    """Return reading and target as they fit ``cells`` cells, both by scale or both in full."""
    first, second = _figures(row, cells, glyphs, scaled=False)
    # One of them in full beside the other by scale would be hard to compare.
    if first and second and _scaled(first) != _scaled(second):
        first, second = _figures(row, cells, glyphs, scaled=True)
    return first, second


def _scaled(text: Short) -> bool:
    return text.scale not in ("", "%")


def _figures(row: Row, cells: int, glyphs: Glyphs, *, scaled: bool) -> tuple[Short | None, Short | None]:
    reading, target = row.reading, row.target
    first = second = None
    if reading:
        first = short(
            reading.value,
            row.shown_unit,
            reading.qualifier,
            room=cells,
            decimals=row.decimals,
            scaled=scaled,
            ascii=glyphs.ascii,
        )
    if target:
        # The reading beside it names the currency already, and in a narrow column it would
        # leave no room for the number.
        bare = row.shown_unit._replace(currency="") if reading or cells < 10 else row.shown_unit
        second = short_goal(
            target.value,
            target.high,
            target.comparator,
            bare,
            # ">=" takes a cell more than "≥"; the column widens by it.
            room=cells + glyphs.ascii,
            decimals=row.decimals,
            scaled=scaled,
            ascii=glyphs.ascii,
        )
    return first, second


def period_flags(reading: ReadingView) -> str:
    """Return the flags that touch a reading's date: provisional, inferred."""
    return ("p" if reading.provisional else "") + ("?" if "period" in reading.inferred else "")


def due_flags(target: TargetView) -> str:
    """Return the flag that touches a due date."""
    return "?" if "due" in target.inferred else ""


def texts(row: Row, list_width: int, glyphs: Glyphs) -> Texts:
    """Return what the cells of a row say.

    Args:
        row: The indicator.
        list_width: Cells of the list; decides on full digits and full units.
        glyphs: Which characters the terminal can show.
    """
    reading, target = figures(row, room(list_width), glyphs)
    unit = reading.scale if reading else ""
    if reading and list_width >= FULL_UNIT and not row.shown_unit.percent:
        rest = brief_unit(row.shown_unit)
        unit = (reading.scale + ("" if rest.startswith("/") else " ") + rest).strip()
    return Texts(
        name=name_of(row),
        value=reading.text if reading else "",
        unit=unit,
        period=clean(row.reading.period) if row.reading else "",
        period_flags=period_flags(row.reading) if row.reading else "",
        target=target.text if target else "",
        target_unit=target.scale if target else "",
        due=_due(row.target) if row.target else "",
        due_flags=due_flags(row.target) if row.target else "",
    )


def name_of(row: Row) -> str:
    """Return the name to show; the indent of a part stands for the dash that a list would have."""
    name = clean(row.shown_name)
    return name.lstrip("-– ") or name if row.depth else name


def _due(target: TargetView) -> str:
    return "" if target.due == "none" else clean(target.due)


def needs(rows: Iterable[Row], list_width: int, glyphs: Glyphs) -> Needs:
    """Return how wide the widest cell of each column is, without writing every figure out.

    Figures fit their room by themselves, but for a range's two limits; so ten thousand rows
    are measured in the time that a hundred take to draw.
    """
    name = period = target = due = percent = status = unit = trend = 0
    full, scale = list_width >= FULL_UNIT, 2
    for row in rows:
        row_scale = scale_cells(row)
        scale = max(scale, row_scale)
        name = max(name, width(name_of(row)) + 2 * row.depth)
        percent = max(percent, len(glyphs.signs(row.percent)))
        status = max(status, width(tr(row.shown_status)))
        trend = max(trend, len(row.trend))
        if row.reading:
            period = max(period, width(row.reading.period) + len(period_flags(row.reading)))
            if full and not row.shown_unit.percent:
                beside = 1 + row_scale if _may_be_scaled(row) else 0
                unit = max(unit, width(brief_unit(row.shown_unit)) + beside)
        if row.target:
            due = max(due, width(row.target.due) + len(due_flags(row.target)))
            if row.target.high is not None:
                target = max(target, width(texts(row, list_width, glyphs).target))
    return Needs(
        name=max(12, name),
        unit=min(LONGEST_UNIT, unit),
        period=period,
        target=max(target, room(list_width) + glyphs.ascii),
        due=due,
        percent=percent,
        status=status,
        scale=scale,
        trend=min(trend, TREND_CELLS) if trend >= trends.LEAST else 0,
    )


def _may_be_scaled(row: Row) -> bool:
    """Whether reading and target may need a scale beside the unit at full digits."""
    return bool(row.shown_unit.currency) or any(
        abs(value) >= (FITS if isinstance(value, int) else 1_000) for value in _values(row)
    )


def scale_cells(row: Row) -> int:
    """Return the cells that the scale behind a row's figures may need."""
    return scales.widest(_values(row))


def _values(row: Row) -> list[Number]:
    """Return the figures of a row."""
    values = [row.reading.value] if row.reading else []
    if row.target:
        values += [row.target.value] if row.target.high is None else [row.target.value, row.target.high]
    return values


SORTED_BY = {
    "name": "indicator",
    "worst first": "status",
    "due date": "due",
    "percent": "%",
    "latest reading": "reading",
}
"""The column that a sort goes by."""


def heads_line(columns: Columns, sort: str, glyphs: Glyphs, order: str = "") -> Line:
    """Return the names of the columns; the one that the list is sorted by is marked.

    Args:
        columns: Widths of the columns.
        sort: What the list is sorted by.
        glyphs: Which characters the terminal can show.
        order: Grouping and sort in words; stands in the first column as long as they are not the usual ones.
    """
    marked = SORTED_BY.get(sort, "")
    gap = " " * columns.gap
    line: Line = [(" " * columns.lead, "muted")]

    def head(text: str, cells: int, *, at_right: bool = False, before: str = gap) -> None:
        if cells:
            place = right if at_right else left
            role = "strong" if text == marked else "muted"
            line.append((before + place(tr(text), cells, glyphs.ellipsis), role))

    first = tr("indicator")
    left_over = columns.name - width(first) - 2
    if order and width(order) <= left_over:
        line.append((first, "strong" if marked == "indicator" else "muted"))
        line.append(("  " + left(order, left_over, glyphs.ellipsis), "strong"))
    elif order:
        line.append((left(order, columns.name, glyphs.ellipsis), "strong"))
    else:
        head(term("indicator"), columns.name, before="")
    head(term("reading"), columns.value, at_right=True)
    head("", columns.unit, before=" ")
    head(term("period"), columns.period)
    head(term("trend"), columns.trend)
    head(term("target"), columns.target, at_right=True)
    head("", columns.target_unit, before=" ")
    head(term("due"), columns.due)
    head(term("progress"), columns.bar_total)
    percent = "%" if marked == "%" else ""
    head(percent, columns.percent, at_right=True, before="" if columns.bar else " ")
    head(term("status"), columns.status)
    return line


def row_line(
    row: Row,
    text: Texts,
    columns: Columns,
    glyphs: Glyphs,
    *,
    selected: bool = False,
    changed: bool = False,
    indented: bool = True,
    words: Sequence[str] = (),
) -> Line:
    """Return a row of the list as spans; an archived one is muted.

    Args:
        row: The indicator.
        text: Its texts at this width.
        columns: Widths of the columns.
        glyphs: Which characters the terminal can show.
        selected: The cursor is on it: gutter and name are tinted, nothing else, which keeps
            a cursor key cheap over a slow line.
        changed: Another session has just changed it.
        indented: A part stands under its whole; not so in a sorted list.
        words: Case-folded words of the filter, to be marked in the name.
    """
    role = role_of(row.shown_status)
    edge, name = ("@edge", "strong@select") if selected else ("", "text")
    # The cursor's mark stays where it is looked for; a change is then marked beside the glyph.
    mark = glyphs.selected if selected else (glyphs.changed if changed else " ")
    beside = glyphs.changed if selected and changed else " "
    line: Line = [(mark, f"accent{edge}"), (glyphs.status(row.shown_status), f"{role}{edge}")]
    line.append((beside, f"accent{edge}" if selected and changed else f"text{edge}"))
    shown = _indented(text.name, row.depth if indented else 0, columns.name, glyphs)
    if row.archived and not selected:
        name = "muted"
    line += with_marks(shown, name, found_at(shown, words) if words else ())
    named = len(line)
    gap = " " * columns.gap
    line.append((gap + right(text.value, columns.value, glyphs.ellipsis), "text"))
    if columns.unit:
        line.append((" " + left(text.unit, columns.unit, glyphs.ellipsis), "muted"))
    if columns.period:
        line += _flagged(gap, text.period, text.period_flags, columns.period, glyphs)
    if columns.trend:
        line.append(
            (
                gap + left(trends.sparkline(row.trend, columns.trend, ascii=glyphs.ascii), columns.trend),
                "muted",
            )
        )
    if columns.target:
        line.append((gap + right(text.target, columns.target, glyphs.ellipsis), "text"))
    if columns.target_unit:
        line.append((" " + left(text.target_unit, columns.target_unit, glyphs.ellipsis), "muted"))
    if columns.due:
        line += _flagged(gap, text.due, text.due_flags, columns.due, glyphs)
    if columns.bar:
        line.append((gap, "text"))
        no_bar: Line = [(" " * columns.bar_total, "text")]
        line += segments(row.bar, columns.bar, role, ascii=glyphs.ascii) if row.bar else no_bar
    percent = glyphs.signs(row.percent)
    line.append((("" if columns.bar else " ") + right(percent, columns.percent, glyphs.ellipsis), "text"))
    word = f"{role}-word" if role == "behind" else role
    line.append((gap + left(tr(row.shown_status), columns.status, glyphs.ellipsis), word))
    if row.archived:
        line[named:] = [
            (text, "muted" if key == "text" or key == role else key) for text, key in line[named:]
        ]
    return line


def _indented(name: str, depth: int, cells: int, glyphs: Glyphs) -> str:
    indent = min(2 * depth, max(0, cells - 8))
    return " " * indent + left(name, cells - indent, glyphs.ellipsis)


def _flagged(gap: str, text: str, flags: str, cells: int, glyphs: Glyphs) -> Line:
    """Return a muted date with its flags touching it."""
    text = gap + left(text, min(width(text), cells - len(flags)), glyphs.ellipsis)
    blank = " " * (len(gap) + cells - width(text) - len(flags))
    return [(text, "muted"), (flags, "warn"), (blank, "text")] if flags else [(text + blank, "muted")]
