"""The table of every indicator, what its signs mean, and why a status is what it is."""

from __future__ import annotations

from gztrack.domain.text import clean
from gztrack.export.board_text import due_text, period_text, unit_text
from gztrack.export.cells import DEEPEST
from gztrack.export.html.markup import Citations, dated, small, spoken, status_mark, status_word
from gztrack.export.html.pictures import bar_picture, sample, trend_picture
from gztrack.export.html.tables import cell, figure, goal, names, table
from gztrack.export.phrases import brief, share_text
from gztrack.export.report import Report
from gztrack.export.report_parts import Line
from gztrack.export.svg_shapes import xml
from gztrack.language import term, tr
from gztrack.services.views import Bar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS = (
    (term("indicator"), ""),
    (term("reading"), "figure"),
    (term("period"), ""),
    (term("target"), "figure"),
    (term("due"), ""),
    (term("progress"), ""),
    (term("attainment"), "figure"),
    (term("path"), "figure"),
    (term("trend"), ""),
    (term("status"), ""),
)

_SAMPLES = (
    (Bar(0.6), "on track", term("how much of the target is there; the thin post is the target")),
    (Bar(0.6, overdue=True), "missed", term("a thick post: its date has passed")),
    (Bar(0.4, marker=0.7), "behind", term("the dashed line: where the line from the baseline would be")),
    (Bar(0.4, bound="lower"), "cannot tell", term("an open end: a lower bound, at least so much")),
    (Bar(0.6, bound="upper"), "cannot tell", term("a broken bar: an upper bound, at most so much")),
)
_SIGNS = (
    ("?", term("inferred, not stated by the source")),
    ("p", term("provisional")),
    ("> ≥ < ≤", term("the source gives a bound")),
    ("~", term("an approximate figure")),
    ("1", term("the number of the source")),
)


def indicators(report: Report, citations: Citations, pictures: Mapping[str, str]) -> str:
    """The table.

    Args:
        report: The snapshot.
        citations: Told what is cited.
        pictures: Id of an indicator to the anchor of its chart, where it has one.
    """
    several = len(report.groups) > 1
    bodies = (
        _group(name, lines, citations, pictures, headed=bool(name) or several)
        for name, lines in report.groups
    )
    caption = tr("Indicators as of {date}", date=report.board.as_of)
    return table("board", caption, COLUMNS, bodies)


def _group(
    name: str, lines: Sequence[Line], citations: Citations, pictures: Mapping[str, str], *, headed: bool
) -> str:
    rows = [_row(line, citations, pictures.get(line.row.id, "")) for line in lines]
    if headed:
        said = clean(name) or tr("without a group")
        language = spoken(said) if name else ""
        head = f'<th scope="rowgroup" colspan="{len(COLUMNS)}"{language}><bdi>{xml(said)}</bdi></th>'
        rows.insert(0, f'<tr class="group">{head}</tr>')
    return f"<tbody>{chr(10).join(rows)}</tbody>"


def _row(line: Line, citations: Citations, picture: str) -> str:
    row, reading, target = line.row, line.row.reading, line.row.target
    depth = min(row.depth, DEEPEST)
    said = period = aim = due = ""
    attained, way = share_text(row.assessment.attainment), share_text(row.assessment.path)
    if reading:
        said = xml(figure(reading.value, row.shown_unit, reading.qualifier, row.decimals))
        said += citations.cite(line.reading_source) + small(xml(unit_text(row.shown_unit)))
        period = flagged(reading.period, period_text(reading))
    if target:
        cited = citations.cite(line.target_source)
        aim = goal(target, row.shown_unit, row.decimals, bare=bool(reading), cited=cited)
        due = flagged("" if target.due == "none" else target.due, due_text(target))
    cells = (
        cell(said, "figure"),
        cell(period, "date"),
        cell(aim, "figure"),
        cell(due, "date"),
        cell(bar_picture(row, attained, way), "drawn"),
        cell(xml(attained), "figure"),
        cell(xml(way), "figure"),
        cell(trend_picture(row), "drawn"),
        cell(status_word(row.status, tr(row.status)) + small(xml(brief(row.status, row.reason))), "status"),
    )
    indent = f' class="part d{depth}"' if depth else ""
    return f'<tr><th scope="row"{indent}>{status_mark(row.status)}{names(row, picture)}</th>{"".join(cells)}</tr>'


def flagged(text: str, with_flags: str) -> str:
    """A date with the flags that touch it, as markup."""
    text = clean(text)
    return dated(text, with_flags.removeprefix(text))


def legend() -> str:
    """What bars and signs mean."""
    bars = (f"<li>{sample(bar, status)} {xml(tr(said))}</li>" for bar, status, said in _SAMPLES)
    signs = (f"<li><b>{xml(sign)}</b> {xml(tr(said))}</li>" for sign, said in _SIGNS)
    label = xml(tr("legend"))
    return f'<ul class="legend" aria-label="{label}">{"".join((*bars, *signs))}</ul>'
