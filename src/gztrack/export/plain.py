"""A snapshot as plain text of a hundred columns, for mail and for reading anywhere."""

from __future__ import annotations

from gztrack.domain.amounts import exact, exact_goal
from gztrack.export.board_text import board_text, due_text, named, period_text, summary_text
from gztrack.export.cells import cells, wrapped
from gztrack.export.glyphs import glyph
from gztrack.export.ledger_text import story
from gztrack.export.phrases import dated, explained, promise_text, share_text
from gztrack.export.report import Report
from gztrack.export.report_parts import Line, Promise
from gztrack.export.trends import sparkline
from gztrack.export.wording import headed, listed, marked, published, read_for, told, totalled
from gztrack.language import term, tr

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


def render(report: Report) -> bytes:
    """The report as text in UTF-8."""
    lines = wrapped(report.title, WIDTH)
    asked = (tr("as of {date}", date=report.board.as_of), report.method, *report.clocks)
    lines += [*wrapped(listed(asked), WIDTH), ""]
    lines += [summary_text(report.board.counts), *board_text(report.board, width=WIDTH).splitlines()[1:], ""]
    lines += [*wrapped(tr(LEGEND), WIDTH), "", tr("Figures"), ""]
    for line in report.lines:
        lines += _figures(line)
    lines += [
        "",
        tr("Promises"),
        "",
        *(line for said in report.ledger_summary for line in wrapped(said, WIDTH)),
        "",
    ]
    for promise in report.promises:
        lines += _promise(promise)
    lines += _section(tr("Remarks"), (("- ", headed(what, remark)) for what, remark in report.remarks))
    sources = (
        (f"[{number}] ", listed((origin.source, origin.url, published(origin.published))))
        for number, origin in enumerate(report.sources, 1)
    )
    lines += _section(tr("Sources"), sources)
    whole = tr("Content hash {hash} (SHA-256; the JSON snapshot has all of it)", hash=report.short_digest)
    lines += ["", *wrapped(whole, WIDTH)]
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode("utf-8")


def _figures(line: Line) -> list[str]:
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
    if trend := sparkline(row.trend, TREND):
        said.append(tr("trend {dots}", dots=trend))
    said.append(explained(row.status, row.reason))
    return wrapped(headed(named(row), told(said)), WIDTH, f"{glyph(row.status)} ", "  ")


def _promise(promise: Promise) -> list[str]:
    view = promise.view
    stated = marked(promise_text(view, promise.unit), promise.source)
    head = headed(named(promise), headed(stated, tr(view.verdict)))
    lines = wrapped(head, WIDTH, f"{glyph(view.verdict)} ", "  ")
    # Notes stand among the remarks.
    for part in story(view, promise.known, promise.unit, notes=False):
        lines += wrapped(part, WIDTH, "    ", "      ")
    return lines


def _section(heading: str, items: Iterable[tuple[str, str]]) -> list[str]:
    lines = [line for first, text in items for line in wrapped(text, WIDTH, first, " " * cells(first))]
    return ["", heading, "", *lines] if lines else []
