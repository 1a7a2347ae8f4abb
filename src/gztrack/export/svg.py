"""A snapshot as a picture for reports: SVG, drawn here line by line, on a light ground."""

from __future__ import annotations

from gztrack.domain.amounts import exact, exact_goal, percent
from gztrack.domain.reckoning.bounds import Figure
from gztrack.domain.text import clean
from gztrack.domain.units import Unit
from gztrack.export.board_text import due_text, named, period_text, unit_text
from gztrack.export.cells import DEEPEST
from gztrack.export.chart_page import render_chart
from gztrack.export.diff.words import NOTHING
from gztrack.export.glyphs import role_of
from gztrack.export.phrases import brief
from gztrack.export.report import Report
from gztrack.export.report_parts import Line, News
from gztrack.export.svg_ledger import promises
from gztrack.export.svg_page import EDGE, Page, flagged, source_text
from gztrack.export.svg_shapes import (
    broken,
    extent,
    fitted,
    mark,
    rule,
    target_bar,
    trend_line,
    words,
)
from gztrack.export.wording import counted, headed, listed, marked, noted, told
from gztrack.language import term, tr
from gztrack.services.views import counted_word

__all__ = ["render", "render_chart"]

WIDTH = 1480
MARK = EDGE + 8
NAME, NAME_ROOM = EDGE + 26, 290
READING, UNIT, UNIT_ROOM = 506, 512, 104
PERIOD = 624
TARGET = 836
DUE = 856
BAR, LENGTH, BEYOND = 946, 130, 24
ATTAINED = 1168
PATH = 1244
STATUS = 1268
TREND, TREND_ROOM = 1384, 56

ASIDE = 900
"""Pixels that date, method and clocks may take beside the title."""

LEGEND = term(
    "Bars: a thin post is the target, a thick one a target whose date has passed; the dashed line is where the line"
    " from the baseline would be; a dashed end with a tip is a lower bound. ? inferred, p provisional. Small numbers"
    " name the source."
)


def render(report: Report) -> bytes:
    """The report as an SVG picture in UTF-8."""
    page = Page(WIDTH)
    _top(page, report)
    if report.news:
        _news(page, report.news)
    _heads(page)
    for group, lines in report.groups:
        page.y += 32
        page.add(words(EDGE, page.y, group or tr("without a group"), 13, colour="group", bold=True))
        for line in lines:
            _row(page, line)
    page.y += 8
    page.small(tr(LEGEND))
    if report.promises:
        promises(page, report)
    if report.remarks:
        page.heading(tr("Remarks"))
        for what, remark in report.remarks:
            page.small(headed(what, remark))
    if report.sources:
        page.heading(tr("Sources"))
        for number, origin in enumerate(report.sources, 1):
            page.small(f"{number}  {source_text(origin)}", most=2, hang=16)
    page.y += 34
    whole = tr("Content hash {hash}", hash=report.short_digest)
    page.add(words(EDGE, page.y, whole, 11, colour="muted"))
    counts = listed(counted(count, word) for word, count in report.board.counts)
    return page.document(
        listed((report.title, tr("as of {date}", date=report.board.as_of))),
        tr("{counts}; content hash sha256:{hash}", counts=counts, hash=report.digest),
    )


def _news(page: Page, news: News) -> None:
    """What is new, in words; a picture has no room for more than three lines of each."""
    page.heading(news.heading)
    for said in news.said:
        page.small(said)
    if not news.parts:
        page.small(tr(NOTHING))
    for part in news.parts:
        page.y += 26
        page.add(words(EDGE, page.y, part.heading, 13, colour="group", bold=True))
        for line in part.lines:
            text = told(marked(clause.text, clause.source) for clause in line.clauses)
            page.small(noted(headed(line.name, text), line.note), hang=16)
    page.heading(tr("Indicators"))
    page.y -= 20


def _top(page: Page, report: Report) -> None:
    board = report.board
    said = listed((tr("as of {date}", date=board.as_of), report.method, *report.clocks))
    said = fitted(said, 13, ASIDE)
    room = WIDTH - 2 * EDGE - extent(said, 13) - 24
    page.y = 58
    page.add(words(EDGE, page.y, fitted(report.title, 24, room), 24, colour="strong", bold=True))
    page.add(words(WIDTH - EDGE, page.y, said, 13, colour="muted", anchor="end"))
    page.y += 36
    x: float = MARK
    for word, count in board.counts:
        page.add(mark(word, x, page.y - 5))
        page.add(words(x + 14, page.y, str(count), 14, colour="strong", bold=True))
        x += 14 + extent(str(count), 14) + 6
        page.add(words(x, page.y, counted_word(word), 14, colour="muted"))
        x += extent(counted_word(word), 14) + 30


def _heads(page: Page) -> None:
    page.y += 40
    for x, text, anchor in (
        (NAME, tr("indicator"), ""),
        (READING, tr("reading"), "end"),
        (PERIOD, tr("period"), ""),
        (TARGET, tr("target"), "end"),
        (DUE, tr("due"), ""),
        (BAR, tr("progress"), ""),
        (ATTAINED, tr("attainment"), "end"),
        (PATH, tr("path"), "end"),
        (STATUS, tr("status"), ""),
        (TREND, tr("trend"), ""),
    ):
        page.add(words(x, page.y, text, 12, colour="muted", anchor=anchor))
    page.y += 9
    page.add(rule(EDGE, WIDTH - EDGE, page.y))


def _row(page: Page, line: Line) -> None:
    row, reading, target = line.row, line.row.reading, line.row.target
    indent = 18 * min(row.depth, DEEPEST)
    names = broken(named(row), 13, NAME_ROOM - indent, 2)
    page.y += 25
    y = page.y
    page.add(mark(row.status, MARK, y - 4.5))
    for number, name in enumerate(names):
        page.add(words(NAME + indent, y + 16 * number, name))
    if reading:
        figure = exact(
            reading.value,
            row.shown_unit,
            reading.qualifier,
            with_unit=row.shown_unit.percent,
            decimals=row.decimals,
        )
        unit = fitted(unit_text(row.shown_unit), 11, UNIT_ROOM - 12)
        page.add(words(READING, y, figure, colour="strong", anchor="end"))
        page.add(words(UNIT, y, unit, 11, colour="muted", source=line.reading_source))
        period, flags = flagged(clean(reading.period), period_text(reading))
        page.add(words(PERIOD, y, fitted(period, 13, 100), colour="muted", flags=flags))
    if target:
        page.add(words(TARGET, y, _goal(line, row.shown_unit), colour="strong", anchor="end"))
        page.add(words(TARGET + 1, y, "", 11, source=line.target_source) if line.target_source else "")
        due, flags = flagged("" if target.due == "none" else clean(target.due), due_text(target))
        page.add(words(DUE, y, due, colour="muted", flags=flags))
    if row.bar:
        page.add(target_bar(row.bar, row.status, BAR, y - 4.5, LENGTH, BEYOND))
    page.add(words(ATTAINED, y, _share(row.assessment.attainment), anchor="end"))
    page.add(words(PATH, y, _share(row.assessment.path), anchor="end"))
    bad = row.status in ("off track", "moving away", "missed")
    page.add(words(STATUS, y, tr(row.status), colour=role_of(row.status), bold=bad))
    page.add(trend_line(row.trend, TREND, y - 10, TREND_ROOM, 11))
    below = 16.0 * (len(names) - 1)
    if row.reason and target:
        said = broken(brief(row.status, row.reason), 11, WIDTH - EDGE - BAR, 2)
        for number, text in enumerate(said, 1):
            page.add(words(BAR, y + 1 + 15 * number, text, 11, colour="muted"))
        below = max(below, 15.0 * len(said) + 1)
    page.y += below


def _share(figure: Figure | None) -> str:
    return percent(figure.value, figure.qualifier) if figure else ""


def _goal(line: Line, unit: Unit) -> str:
    target = line.row.target
    if target is None:
        return ""
    bare = unit._replace(currency="") if line.row.reading else unit
    return exact_goal(
        target.value,
        target.high,
        target.comparator,
        bare,
        with_unit=unit.percent,
        decimals=line.row.decimals,
    )
