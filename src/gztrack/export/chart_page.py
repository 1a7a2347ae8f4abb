"""The chart of one indicator as a picture for reports: title, status, chart, legend, and where its figures are from."""

from __future__ import annotations

from datetime import date

from gztrack.domain.text import clean
from gztrack.domain.units import typeset
from gztrack.export.asked import scope, some
from gztrack.export.board_text import named
from gztrack.export.chart_legend import ROW, legend
from gztrack.export.chart_numbers import bare
from gztrack.export.chart_picture import parts
from gztrack.export.chart_places import Box
from gztrack.export.chart_words import described
from gztrack.export.glyphs import role_of
from gztrack.export.phrases import brief, promise_text, share_text
from gztrack.export.report import Report
from gztrack.export.report_parts import Line, remarks
from gztrack.export.svg_page import EDGE, Page, source_text
from gztrack.export.svg_shapes import broken, extent, fitted, mark, plain, words
from gztrack.export.wording import headed, listed
from gztrack.language import ntr, tr
from gztrack.services.board.selecting import EVERYTHING
from gztrack.services.reader import Clocks
from gztrack.services.views import ERRORS, Origin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 960
HEIGHT = 380
"""Pixels of the chart itself."""

SOURCES = 8
"""Sources that are named; the snapshot of the board has all of them."""


def render_chart(report: Report, slug: str) -> bytes:
    """The chart of an indicator as an SVG picture in UTF-8.

    Args:
        report: A report with charts.
        slug: Id of one of its indicators.
    """
    chart = report.charts[slug]
    line = next(line for line in report.lines if line.row.id == slug)
    page = Page(WIDTH)
    _top(page, report, line)
    page.y += 16
    page.add(*parts(chart, Box(EDGE, page.y, page.right, page.y + HEIGHT), unit=False))
    page.y += HEIGHT + 24
    elements, rows = legend(chart, EDGE, page.y, page.right - EDGE, plain)
    page.add(*elements)
    page.y += ROW * max(0, rows - 1) + 4
    _foot(page, report, line)
    title = listed((named(line.row), tr("as of {date}", date=report.board.as_of)))
    about = tr("{counts}; content hash sha256:{hash}", counts=described(chart), hash=report.digest)
    return page.document(title, about)


def _top(page: Page, report: Report, line: Line) -> None:
    row, room = line.row, page.right - EDGE
    page.y = 26
    for text in broken(named(row), 22, room, 2):
        page.y += 28
        page.add(words(EDGE, page.y, text, 22, colour="strong", bold=True))
    method = tr("method {method}", method=row.assessment.method)
    when = tr("as of {date}", date=report.board.as_of)
    unit = clean(typeset(row.shown_unit.told))
    around = listed((when, method, *_limits(report)))
    page.y += 24
    said = listed((fitted(unit, 13, max(120.0, room - extent(around, 13) - 20)), around))
    page.add(words(EDGE, page.y, fitted(said, 13, room), colour="muted"))
    page.y += 26
    bad = row.status in ("off track", "moving away", "missed")
    page.add(mark(row.status, EDGE + 6, page.y - 4.5))
    page.add(
        words(EDGE + 20, page.y, tr(row.status), 14, colour=role_of(row.status), bold=bad or bool(row.bar))
    )
    after = EDGE + 20 + extent(tr(row.status), 14) * 1.1 + 14
    why = brief(row.status, row.reason) if row.target else ""
    page.add(
        words(after, page.y, fitted(listed((*_shares(line), why)), 13, page.right - after), colour="muted")
    )


def _limits(report: Report) -> Iterator[str]:
    """What of the facts was left out; that it is one indicator alone is seen."""
    days = {
        name: date.fromisoformat(report.data[name]) if report.data[name] else None
        for name in ("logged_by", "published_by")
    }
    return scope(Clocks(**days), EVERYTHING, report.board)


def _shares(line: Line) -> Iterator[str]:
    found = line.row.assessment
    if attainment := share_text(found.attainment):
        yield tr("attainment {share}", share=attainment)
    if path := share_text(found.path):
        yield tr("path {share}", share=path)


def _foot(page: Page, report: Report, line: Line) -> None:
    promises = [promise for promise in report.promises if promise.view.indicator == line.row.id]
    notes = remarks([line], promises)
    if notes:
        _part(page, tr("Remarks"))
    for what, remark in notes:
        page.small(headed(what, remark), most=2, hang=12)
    cited = list(_cited(report, line.row.id))
    if cited:
        _part(page, tr("Sources"))
    for what, origin in cited[:SOURCES]:
        page.small(headed(what, source_text(origin)), most=2, hang=12)
    if len(cited) > SOURCES:
        more = len(cited) - SOURCES
        page.small(ntr("and {n:,} more source", "and {n:,} more sources", more))
    page.y += 26
    hashed = tr("Content hash {hash}", hash=report.short_digest)
    page.add(words(EDGE, page.y, hashed, 11, colour="muted"))
    room = page.right - EDGE - extent(hashed, 11) - 20
    page.add(words(page.right, page.y, fitted(report.title, 11, room), 11, colour="muted", anchor="end"))


def _part(page: Page, name: str) -> None:
    page.y += 24
    page.add(words(EDGE, page.y, name, 11, colour="group", bold=True))
    page.y += 2


def _cited(report: Report, slug: str) -> Iterator[tuple[str, Origin]]:
    """The sources of the readings that count and of the promises, each with what it says."""
    said: dict[Origin, list[str]] = {}
    item = next(item for item in report.data["indicators"] if item["id"] == slug)
    for reading in sorted(
        item["readings"], key=lambda reading: (reading["period_end"], reading["period_start"])
    ):
        origin = Origin(*(reading[name] or "" for name in ("source", "source_url", "published")))
        if reading["standing"] == "counts" and (origin.source or origin.url):
            said.setdefault(origin, []).append(reading["period"])
    for promise in report.promises:
        view = promise.view
        if view.indicator == slug and view.state not in ERRORS and (view.origin.source or view.origin.url):
            said.setdefault(view.origin, []).append(promise_text(view, bare(promise.unit)))
    for origin, what in said.items():
        yield some(list(dict.fromkeys(what))), origin
