"""What the detail pane says: two lines, twelve rows below the list, or a column beside it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gztrack.domain.amounts import exact, signed
from gztrack.domain.grammar.figures import sign_of
from gztrack.domain.text import clean
from gztrack.domain.units import Unit
from gztrack.export.glyphs import role_of
from gztrack.language import term, tr
from gztrack.services.board.figures import CLASSES
from gztrack.services.views import Detail, ReadingView, Row
from gztrack.tui.cells import Line, cut, cut_line, left, line_width, spread, wrap
from gztrack.tui.charttext import chart_lines
from gztrack.tui.glyphs import UNICODE, Glyphs
from gztrack.tui.goaltext import promise_text
from gztrack.tui.headlines import rule
from gztrack.tui.judging import no_promise
from gztrack.tui.listings import readings_lines, targets_lines
from gztrack.tui.rows import brief_unit, name_of
from gztrack.tui.wording import apart

LIST_CELLS, LIST_LEAST = 62, 40
"""Cells that the lists beside a chart like to have, and that they need."""
CHART_LEAST = 32
"""Cells of the narrowest chart with the gap behind it."""
CHART_ROWS, CHART_ROWS_MOST = 8, 16
"""Rows of a chart between other things."""

MEASURES = (term("level"), term("flow"), term("rate"))


def nature(row: Row) -> str:
    """Return what kind of indicator it is: ``flow, higher is better``."""
    if row.direction == "up":
        return tr("{measure}, higher is better", measure=tr(row.measure))
    return tr("{measure}, lower is better", measure=tr(row.measure))


def value_text(reading: ReadingView, unit: Unit, decimals: int | None, glyphs: Glyphs) -> str:
    """Return a reading's exact figure with its unit, the unit short."""
    text = exact(
        reading.value, unit, reading.qualifier, with_unit=False, decimals=decimals, ascii=glyphs.ascii
    )
    rest = brief_unit(unit)
    return clean(text + ("" if rest.startswith("/") or not rest else " ") + rest)


def explanation(row: Row, glyphs: Glyphs = UNICODE) -> str:
    """Return why the row has its status, and where a key helps, which."""
    if row.reading is None:
        if row.reason or glyphs.may("board.log", row.id):
            return row.reason or tr("no reading yet: {key} logs one", key=glyphs.key("board.log"))
        return ""
    if row.target is None:
        if row.reason or glyphs.may("board.goal", row.id):
            return row.reason or tr("no target yet: {key} sets one", key=glyphs.key("board.goal"))
        return ""
    return row.reason


def explained_in_full(detail: Detail, glyphs: Glyphs, *, travelling: bool = False) -> str:
    """Return the same, and how far from the line it is; without a target what became of the promises there were."""
    row = detail.row
    if _by_the_line(row) and (away := _from_line(detail, travelling)):
        return tr("{a}; {b}", a=row.reason, b=away)
    gone = no_promise(detail.targets, row, glyphs)
    if row.reading is not None and row.reason and gone:
        return tr("{a}; {b}", a=row.reason, b=gone)
    return gone if gone and row.reading is not None else explanation(row, glyphs)


def reason_beside(detail: Detail, glyphs: Glyphs, *, travelling: bool = False) -> str:
    """Return the same as it stands behind the status, which it does not say again."""
    if hint := _hint(detail, glyphs):
        return hint
    reason = clean(explained_in_full(detail, glyphs, travelling=travelling))
    return glyphs.signs(apart(detail.row.status, reason))


def _hint(detail: Detail, glyphs: Glyphs) -> str:
    """Which key helps a row that has nothing but its status to say; empty where there is more."""
    row = detail.row
    if row.reason:
        return ""
    if row.status == "no reading" and row.reading is None:
        return tr("{key} logs one", key=glyphs.key("board.log")) if glyphs.may("board.log", row.id) else ""
    if row.status == "no target" and row.target is None and row.reading is not None:
        return (
            ""
            if no_promise(detail.targets, row, glyphs) or not glyphs.may("board.goal", row.id)
            else tr("{key} sets one", key=glyphs.key("board.goal"))
        )
    return ""


def _by_the_line(row: Row) -> bool:
    """Whether the reason holds the pace against that of the line to the target."""
    return (
        row.target is not None
        and bool(row.reason)
        and row.status in CLASSES
        and row.assessment.method == "linear"
    )


def _from_line(detail: Detail, travelling: bool) -> str:
    """``497,000 below it today``: the latest reading beside the line; empty where either is a bound."""
    chart, latest = detail.chart, detail.row.assessment.latest
    if chart is None or chart.expected is None or latest is None or chart.over:
        return ""
    qualifiers = {chart.expected.qualifier, latest.qualifier}
    distance = latest.value - chart.expected.value
    if not qualifiers <= {"exact", "about"} or not distance:
        return ""
    about = sign_of("about") if "about" in qualifiers else ""
    size = about + signed(abs(distance), figures=3).lstrip("+")
    if distance > 0:
        return tr("{size} above it then", size=size) if travelling else tr("{size} above it today", size=size)
    return tr("{size} below it then", size=size) if travelling else tr("{size} below it today", size=size)


def two_lines(row: Row, cells: int, glyphs: Glyphs) -> list[Line]:
    """Return the pane of a low terminal: the reading; target and reason."""
    first: Line = [(" ", "text"), (name_of(row), "strong"), ("  ", "text")]
    if row.reading:
        first.append((value_text(row.reading, row.shown_unit, row.decimals, glyphs), "text"))
        first.append((_when(row.reading), "muted"))
    else:
        first.append((brief_unit(row.shown_unit) or row.shown_unit.currency, "muted"))
    second: Line = [(" ", "text")]
    if row.target:
        second += [
            (tr("target") + " ", "text"),
            (promise_text(row, row.target, glyphs), "text"),
            ("   ", "text"),
        ]
    second.append((glyphs.signs(clean(explanation(row, glyphs))), "muted"))
    return [cut_line(first, cells, glyphs.ellipsis), cut_line(second, cells, glyphs.ellipsis)]


def _when(reading: ReadingView) -> str:
    """``in 2025, provisional``: behind a figure."""
    said = tr(" in {period}", period=clean(reading.period))
    if reading.provisional:
        said = tr("{said}, provisional", said=said)
    return tr("{said}, period inferred", said=said) if "period" in reading.inferred else said


def status_line(row: Row, glyphs: Glyphs) -> Line:
    """Return glyph and word of the status."""
    role = role_of(row.status)
    return [
        (f" {glyphs.status(row.status)} ", role),
        (tr(row.status), "behind-word" if role == "behind" else role),
    ]


def below(detail: Detail, cells: int, rows: int, glyphs: Glyphs, *, travelling: bool = False) -> list[Line]:
    """Return the pane under the list: status, figures; the chart at the left, readings over targets beside it."""
    row = detail.row
    title: Line = [(cut(name_of(row), cells // 2, glyphs.ellipsis), "strong")]
    lines = [rule(title, nature(row), cells, glyphs)]
    reason = reason_beside(detail, glyphs, travelling=travelling)
    lines.append([*status_line(row, glyphs), ("  ", "text"), (reason, "text")])
    lines.append(figures_line(detail.figures, cells, glyphs))
    room = rows - len(lines)
    at = _chart_cells(cells)
    chart = (
        chart_lines(detail.chart, at - 2, room, glyphs, travelling=travelling) if detail.chart and at else []
    )
    if chart:
        lines += _joined(chart, lists(detail, cells - at, room, glyphs), at, room)
    else:
        lines += _side_by_side(detail, cells, room, glyphs)
    return [cut_line(line, cells, glyphs.ellipsis) for line in lines[:rows]]


def _chart_cells(cells: int) -> int:
    """Cells of the chart with the gap behind it; 0 where it would leave the lists too little room."""
    at = min(max(cells - LIST_CELLS, cells * 11 // 20), cells - LIST_LEAST)
    return at if at >= CHART_LEAST else 0


def _joined(left_part: list[Line], right_part: list[Line], at: int, rows: int) -> list[Line]:
    """Two columns, the right one from a cell on."""
    lines: list[Line] = []
    for index in range(rows):
        start = left_part[index] if index < len(left_part) else []
        end = right_part[index] if index < len(right_part) else []
        lines.append([*start, (" " * (at - line_width(start)), "text"), *end] if end else [*start])
    return lines


def lists(detail: Detail, cells: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """Return readings over targets; of too many each gets about half of the rows."""
    wanted_targets, wanted_readings = (1 + max(1, len(each)) for each in (detail.targets, detail.readings))
    share = max(rows - wanted_readings, min(wanted_targets, max(2, rows // 2)))
    targets = targets_lines(detail, cells, min(share, rows), glyphs)
    return [*readings_lines(detail, cells, rows - len(targets), glyphs), *targets]


def _side_by_side(detail: Detail, cells: int, room: int, glyphs: Glyphs) -> list[Line]:
    """Readings at the left, targets at the right, where there is no chart."""
    # Targets take what they need, up to half: their verdicts are why somebody looks here.
    targets = targets_lines(detail, cells // 2, room, glyphs)
    wanted = max((line_width(line) for line in targets), default=0) + 1
    readings = readings_lines(detail, cells - wanted - 2, room, glyphs)
    half = max(cells // 3, *(line_width(line) + 3 for line in readings), 0)
    return _joined(readings, targets, min(half, cells - wanted), room)


def beside(detail: Detail, cells: int, rows: int, glyphs: Glyphs, *, travelling: bool = False) -> list[Line]:
    """Return the pane at the right of the list, its upright rule included: reason, chart, figures, lists."""
    row = detail.row
    room = cells - 2
    lines: list[Line] = [
        spread([(name_of(row), "strong"), ("   ", "text"), (nature(row), "muted")], [], room),
        status_line(row, glyphs)[:1] + status_line(row, glyphs)[1:],
    ]
    lines[1][0] = (lines[1][0][0].lstrip(), lines[1][0][1])
    reason = _hint(detail, glyphs) or clean(explained_in_full(detail, glyphs, travelling=travelling))
    lines += [[(glyphs.signs(text), "text")] for text in wrap(reason, room, 3, glyphs.ellipsis) if text]
    lines.append([])
    figures = figure_lines(detail.figures, room, glyphs)
    if detail.chart:
        # A third of what the figures leave, so that the lists keep more.
        height = min(CHART_ROWS_MOST, max(CHART_ROWS, (rows - len(lines) - len(figures)) * 2 // 5))
        chart = chart_lines(detail.chart, room, height, glyphs, travelling=travelling)
        lines += [_outdented(line) for line in chart] + ([[]] if chart else [])
    lines += figures
    lines.append([])
    both = lists(detail, room + 1, max(0, rows - len(lines)), glyphs)
    lines += [_outdented(line) for line in both]
    upright = (glyphs.upright, "faint")
    lines = [*lines[:rows], *[[] for _ in range(rows - len(lines))]]
    return [cut_line([upright, (" ", "text"), *line], cells, glyphs.ellipsis) for line in lines]


def _outdented(line: Line) -> Line:
    """The column beside the list has its own margin already."""
    return [(line[0][0][1:], line[0][1]), *line[1:]] if line and line[0][0].startswith(" ") else line


FIGURE_ROWS = 3
"""A forecast with its range, or what three methods say, takes more than one row."""

LABEL_CELLS = 14
"""Cells of a label before a figure that has a line of its own."""


def _unsaid(text: str) -> bool:
    """Whether a figure could not be reckoned: its text is the reason."""
    return text.startswith(tr("none: {reason}", reason=""))


def figures_line(figures: Sequence[tuple[str, str]], cells: int, glyphs: Glyphs) -> Line:
    """Return the figures on one line; the last ones are left out where they do not fit."""
    line: Line = [(" ", "text")]
    for label, text in figures:
        if _unsaid(text):
            continue
        more: Line = [("   " if len(line) > 1 else "", "text"), (f"{clean(tr(label))} ", "muted")]
        more.append((glyphs.signs(clean(text)), "text"))
        if line_width(line) + line_width(more) <= cells:
            line += more
    return line


def figures_rows(figures: Sequence[tuple[str, str]], cells: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """Return the figures side by side on at most so many lines; refused ones are left out, a long one is cut."""
    lines: list[Line] = []
    for label, text in figures:
        if _unsaid(text):
            continue
        more: Line = [(f"{clean(tr(label))} ", "muted"), (glyphs.signs(clean(text)), "text")]
        if lines and line_width(lines[-1]) + 3 + line_width(more) <= cells:
            lines[-1] += [("   ", "text"), *more]
        elif len(lines) == rows:
            break
        else:
            lines.append(cut_line([(" ", "text"), *more], cells, glyphs.ellipsis))
    return lines


def figure_lines(figures: Iterable[tuple[str, str]], cells: int, glyphs: Glyphs) -> list[Line]:
    """Return the figures one below the other; refused ones with their reason, muted."""
    lines: list[Line] = []
    for label, text in figures:
        role = "muted" if _unsaid(text) else "text"
        start = left(tr(label), LABEL_CELLS, glyphs.ellipsis)
        room = max(1, cells - LABEL_CELLS)
        for part in wrap(glyphs.signs(clean(text)), room, FIGURE_ROWS, glyphs.ellipsis) or [""]:
            lines.append([(start, "muted"), (part, role)])
            start = " " * LABEL_CELLS
    return lines
