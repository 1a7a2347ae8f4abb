"""The sheets of readings, whether or not they count, and of sources."""

from __future__ import annotations

from datetime import date

from gztrack.export.board_text import named
from gztrack.export.forms import Item
from gztrack.export.report import Report
from gztrack.export.report_parts import called
from gztrack.export.wording import listed
from gztrack.export.workbook.sheet import Book, Column, Sheet
from gztrack.export.workbook.values import dated, qualifier
from gztrack.language import ptr, tr
from gztrack.services.views import Row

VALUE = 4
"""The column of a reading's value."""

Span = tuple[int, int]
"""First and last row of the readings behind a trend, counted from 0."""


def opened(book: Book) -> Sheet:
    """The sheet of readings, still empty."""
    columns = (
        Column(tr("indicator"), most=40),
        Column(tr("period"), most=12),
        Column(tr("period start"), "date", 10),
        Column(tr("period end"), "date", 10),
        Column(tr("value"), "number"),
        Column(tr("qualifier"), "beside", 9, optional=True),
        Column(tr("unit"), most=16),
        Column(tr("counts"), most=26),
        Column(tr("provisional"), most=8, optional=True),
        Column(tr("inferred"), most=16, optional=True),
        Column(tr("series"), most=16, optional=True),
        Column(tr("note"), most=40, optional=True),
        Column(tr("source"), "whole", 8),
        Column(ptr("of an indicator", "id"), "beside", 40),
    )
    return Sheet(book, ptr("a sheet", "Readings"), columns, frozen=1)


def fill(sheet: Sheet, report: Report) -> dict[str, Span]:
    """Write every reading that stands, those of an indicator that count first, oldest first.

    Returns:
        Of each indicator, by id, the rows of those that count.
    """
    sheet.head()
    rows = {line.row.id: line.row for line in report.lines}
    spans: dict[str, Span] = {}
    for number, item in enumerate(report.data["indicators"]):
        row = rows[item["id"]]
        for place, reading in enumerate(sorted(item["readings"], key=_order)):
            at = _written(sheet, row, reading, ruled=place == 0 and number > 0)
            if at is not None and reading["standing"] == "counts":
                spans[row.id] = (spans.get(row.id, (at, at))[0], at)
    sheet.fit()
    return spans


def _order(reading: Item) -> tuple[bool, str, str]:
    return reading["standing"] != "counts", reading["period_end"], reading["period_start"]


def _written(sheet: Sheet, row: Row, reading: Item, *, ruled: bool) -> int | None:
    values = (
        named(row),
        reading["period"],
        date.fromisoformat(reading["period_start"]),
        date.fromisoformat(reading["period_end"]),
        reading["value"],
        qualifier(reading["qualifier"]),
        row.shown_unit.text,
        tr("yes") if reading["standing"] == "counts" else tr("no: {why}", why=tr(reading["standing"])),
        tr("yes") if reading["provisional"] else "",
        listed(map(called, reading["inferred"])),
        reading["series"],
        reading["note"],
        reading["source_number"],
        row.id,
    )
    return sheet.row(values, row.decimals, ruled=ruled)


def sources(book: Book) -> Sheet:
    """The sheet of sources, still empty."""
    columns = (
        Column(tr("number"), "whole", 8),
        Column(tr("source"), most=60),
        Column(tr("page"), "link", 70),
        Column(tr("publication date"), "date", 12),
    )
    return Sheet(book, ptr("a sheet", "Sources"), columns, frozen=1)


def fill_sources(sheet: Sheet, report: Report) -> None:
    """Write every source, of the readings that do not count as well."""
    sheet.head()
    for item in report.data["sources"]:
        sheet.row((item["number"], item["source"], item["source_url"], dated(item["published"] or "")))
    sheet.fit()
