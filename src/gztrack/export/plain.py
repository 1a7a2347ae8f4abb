"""A snapshot as plain text of a hundred columns, for mail and for reading anywhere."""

from __future__ import annotations

from gztrack.domain.amounts import exact, exact_goal
from gztrack.export.board_text import board_text, due_text, named, period_text, summary_text
from gztrack.export.cells import cells, wrapped
from gztrack.export.glyphs import glyph, signs
from gztrack.export.ledger_text import story
from gztrack.export.phrases import dated, explained, promise_text, share_text
from gztrack.export.report import Report
from gztrack.export.report_parts import Line, News, Promise
from gztrack.export.trends import sparkline
from gztrack.export.wording import headed, listed, marked, published, read_for, told, totalled
from gztrack.language import term, tr
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH = 100
TREND = 12
"""Cells of a trend."""

LEGEND = term(
    "? after a date: inferred, not stated by the source; p: provisional. > ≥ < ≤ ~: the source gives a bound or an "
    "approximate figure; ~ in front of the table's short figures also says that digits were dropped. Bars: │ is "
    "the target, ┃ once its date has passed, ┊ where the line from the baseline would be."
)

_DRAWN = str.maketrans("│┃┊", "|]:")
"""What bars are made of, in ASCII."""


def render(report: Report) -> bytes:
    """The report as text in UTF-8."""
    return ("\n".join(page(report)) + "\n").encode("utf-8")


def page(report: Report, width: int = WIDTH, *, ascii: bool = False) -> list[str]:  # noqa: A002
    """The report as lines.

    Args:
        report: What to show.
        width: Cells of a line.
        ascii: ASCII glyphs, bars and signs; names stay as they are.
    """
    laid = _Laid(width, ascii)
    lines = laid.wrapped(report.title)
    asked = (tr("as of {date}", date=report.board.as_of), report.method, *report.clocks)
    lines += [*laid.wrapped(listed(asked)), ""]
    lines += _summary(report, laid)
    lines += _news(report.news, laid) if report.news else []
    lines += [*board_text(report.board, width=width, ascii=ascii).splitlines()[1:], ""]
    legend = tr(LEGEND).translate(_DRAWN) if ascii else tr(LEGEND)
    lines += [*laid.wrapped(legend), "", tr("Figures"), ""]
    for line in report.lines:
        lines += _figures(line, laid)
    lines += ["", tr("Promises"), ""]
    lines += [*(line for said in report.ledger_summary for line in laid.wrapped(said)), ""]
    for promise in report.promises:
        lines += _promise(promise, laid)
    lines += _section(tr("Remarks"), (("- ", headed(what, remark)) for what, remark in report.remarks), laid)
    sources = (
        (f"[{number}] ", listed((origin.source, origin.url, published(origin.published))))
        for number, origin in enumerate(report.sources, 1)
    )
    lines += _section(tr("Sources"), sources, laid)
    whole = tr("Content hash {hash} (SHA-256; the JSON snapshot has all of it)", hash=report.short_digest)
    lines += ["", *laid.wrapped(whole)]
    return [line.rstrip() for line in lines]


def _news(news: News, laid: _Laid) -> list[str]:
    from gztrack.export.diff.plain import part_lines  # most reports are of one day

    told = part_lines(news.parts, laid.width)
    lines = [line for said in (news.heading, *news.said) for line in laid.wrapped(said)]
    return ["", *lines, "", *(signs(line, ascii=laid.ascii) for line in told)]


class _Laid(NamedTuple):
    """How the page is laid out."""

    width: int
    ascii: bool

    def wrapped(self, text: str, first: str = "", indent: str = "") -> list[str]:
        return wrapped(signs(text, ascii=self.ascii), self.width, first, indent)

    def glyph(self, status: str) -> str:
        return glyph(status, ascii=self.ascii)


def _summary(report: Report, laid: _Laid) -> list[str]:
    """How many there are of each status, in as many lines as that takes."""
    lines = [""]
    for count in report.board.counts:
        said = summary_text((count,), ascii=laid.ascii)
        longer = f"{lines[-1]}   {said}" if lines[-1] else said
        if cells(longer) <= laid.width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(said)
    return lines


def _figures(line: Line, laid: _Laid) -> list[str]:
    row, reading, target = line.row, line.row.reading, line.row.target
    said = []
    if reading:
        figure = exact(reading.value, row.shown_unit, reading.qualifier, decimals=row.decimals)
        said.append(marked(read_for(figure, period_text(reading)), line.reading_source))
    if target:
        goal = exact_goal(target.value, target.high, target.comparator, row.shown_unit, decimals=row.decimals)
        goal = totalled(goal, target.over)
        goal = dated(goal, due) if (due := due_text(target)) else goal
        said.append(marked(tr("target {goal}", goal=goal), line.target_source))
    found = row.assessment
    if attainment := share_text(found.attainment):
        said.append(tr("attainment {share}", share=attainment))
    if path := share_text(found.path):
        said.append(tr("path {share}", share=path))
    if trend := sparkline(row.trend, TREND, ascii=laid.ascii):
        said.append(tr("trend {dots}", dots=trend))
    said.append(explained(row.status, row.reason))
    return laid.wrapped(headed(named(row), told(said)), f"{laid.glyph(row.status)} ", "  ")


def _promise(promise: Promise, laid: _Laid) -> list[str]:
    view = promise.view
    stated = marked(promise_text(view, promise.unit), promise.source)
    head = headed(named(promise), headed(stated, tr(view.verdict)))
    lines = laid.wrapped(head, f"{laid.glyph(view.verdict)} ", "  ")
    # Notes stand among the remarks.
    for part in story(view, promise.known, promise.unit, notes=False):
        lines += laid.wrapped(part, "    ", "      ")
    return lines


def _section(heading: str, items: Iterable[tuple[str, str]], laid: _Laid) -> list[str]:
    lines = [line for first, text in items for line in laid.wrapped(text, first, " " * cells(first))]
    return ["", heading, "", *lines] if lines else []
