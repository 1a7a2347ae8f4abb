"""The sheet of progress: a row for each indicator, as on the board."""

from __future__ import annotations

from math import ceil, floor

from xlsxwriter.utility import xl_range_abs

from gztrack.domain.amounts import Number
from gztrack.domain.grammar.figures import towards
from gztrack.domain.reckoning.bounds import Figure
from gztrack.export.cells import DEEPEST
from gztrack.export.glyphs import glyph
from gztrack.export.phrases import said_flags
from gztrack.export.report import Report
from gztrack.export.report_parts import Line
from gztrack.export.svg_shapes import COLOURS
from gztrack.export.trends import LEAST
from gztrack.export.wording import counted, listed
from gztrack.export.workbook.readings import VALUE, Span
from gztrack.export.workbook.sheet import Book, Cell, Column, Sheet
from gztrack.export.workbook.values import qualifier
from gztrack.language import language, ptr, tr
from gztrack.services.views import STATUS_ORDER, Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = 1
"""Which column names the indicators; what comes before it stays at the left as well."""


PRINTED = 22
"""Columns up to the sources; what stands behind them is for programs."""


def columns() -> tuple[Column, ...]:
    """What a row says, in this order."""
    other = tr("name in Chinese") if language() == "en" else tr("name in English")
    return (
        Column("", "mark", 2),
        Column(tr("indicator"), most=30),
        Column(tr("group"), most=24, optional=True),
        Column(tr("reading"), "number"),
        Column(tr("qualifier"), "beside", 9, optional=True),
        Column(tr("unit"), most=14),
        Column(tr("period"), most=9),
        Column(tr("target"), "number"),
        Column(tr("up to"), "number", optional=True),
        Column(tr("comparator"), "beside", 9),
        Column(tr("in total over"), most=10, optional=True),
        Column(tr("due"), "date", 10),
        Column(tr("attainment"), "share", 9),
        Column(tr("qualifier"), "beside", 9, optional=True),
        Column(tr("path"), "share", 9),
        Column(tr("qualifier"), "beside", 9, optional=True),
        Column(tr("trend"), "mark", least=16),
        Column(tr("status"), most=14),
        Column(tr("reason"), most=34),
        Column(tr("remarks"), most=18, optional=True),
        Column(tr("source of the reading"), "whole", 8),
        Column(tr("source of the target"), "whole", 8),
        Column(other, "beside", 44),
        Column(tr("period end"), "date", 10),
        Column(tr("method"), most=12),
        Column(ptr("of an indicator", "id"), "beside", 40),
    )


def opened(book: Book) -> Sheet:
    """The sheet, still empty."""
    return Sheet(book, ptr("a sheet", "Progress"), columns(), frozen=NAME + 1, printed=PRINTED)


def fill(sheet: Sheet, report: Report, readings: Sheet, spans: Mapping[str, Span]) -> None:
    """Write every row.

    Args:
        sheet: As `opened`.
        report: What is written.
        readings: The sheet that trends are drawn from.
        spans: Of each indicator, by id, the rows of the readings that count.
    """
    sheet.say(report.title, bold=True, font_size=14)
    sheet.say(listed((tr("as of {date}", date=report.board.as_of), report.method, *report.clocks)))
    sheet.say(listed(counted(count, word) for word, count in report.board.counts))
    sheet.head()
    for number, (_, lines) in enumerate(report.groups):
        for place, line in enumerate(lines):
            at = sheet.row(
                _values(line),
                line.row.decimals,
                min(line.row.depth, DEEPEST),
                ruled=place == 0 and number > 0,
            )
            if at is not None and line.row.id in spans:
                _trend(sheet, at, readings, spans[line.row.id], line.row.trend)
    sheet.colour(tr("status"), STATUS_ORDER)
    _bars(sheet)
    sheet.fit()


def _values(line: Line) -> Sequence[Cell]:
    row, reading, target = line.row, line.row.reading, line.row.target
    name, other = (row.name, row.name_zh) if language() == "en" else (row.name_zh, row.name)
    found = row.assessment
    return (
        glyph(row.status),
        name or other,
        row.shown_group,
        reading.value if reading else None,
        qualifier(reading.qualifier) if reading else "",
        row.shown_unit.text,
        reading.period if reading else "",
        target.value if target else None,
        target.high if target else None,
        tr(target.comparator) if target else "",
        target.over if target else "",
        target.due_end if target else None,
        *_share(found.attainment),
        *_share(found.path),
        None,
        tr(row.status),
        row.reason,
        _remarks(row),
        line.reading_source or None,
        line.target_source or None,
        other if name else "",
        reading.end if reading else None,
        found.method,
        row.id,
    )


def _share(figure: Figure | None) -> tuple[float | None, str]:
    """A fraction and its qualifier; nothing where it was refused.

    A cell shows a tenth of a per cent, and would round a bound to where it is none any more.
    """
    if figure is None:
        return None, ""
    way = towards(figure.qualifier)
    tenths = round(figure.value * 1000, 6)
    shown = floor(tenths) / 1000 if way == "down" else ceil(tenths) / 1000 if way == "up" else figure.value
    return shown, qualifier(figure.qualifier)


def _remarks(row: Row) -> str:
    said = [said_flags(row.reading)] if row.reading else []
    if row.target and "due" in row.target.inferred:
        said.append(tr("due date inferred"))
    return listed(said)


def _trend(sheet: Sheet, at: int, readings: Sheet, span: Span, trend: Sequence[Number]) -> None:
    first, last = span
    if last - first + 1 < LEAST:
        return
    # Columns, and not over days: LibreOffice prints no lines, and dies of a date axis (7.4).
    drawn: dict[str, object] = {
        "range": f"'{readings.name}'!{xl_range_abs(first, VALUE, last, VALUE)}",
        "type": "column",
        "series_color": "#7d93ad",
        "negative_points": True,
        "negative_color": COLOURS["off"],
    }
    if min(trend) >= 0:
        drawn["min"] = 0  # else the least one had no column at all
    sheet.drawn.add_sparkline(at, sheet.place(tr("trend")), drawn)


def _bars(sheet: Sheet) -> None:
    """Draw bars behind attainments, up to the whole of a target."""
    first, last = sheet.top + 1, sheet.at - 1
    if last < first:
        return
    place = sheet.place(tr("attainment"))
    bar = {
        "type": "data_bar",
        "data_bar_2010": True,
        "bar_solid": True,
        "bar_color": "#cfdcec",
        "bar_negative_color": "#e9cfc8",
        "min_type": "num",
        "min_value": 0,
        "max_type": "num",
        "max_value": 1,
    }
    sheet.drawn.conditional_format(first, place, last, place, bar)
