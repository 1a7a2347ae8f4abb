"""What the detail pane says: two lines, twelve rows below the list, or a column beside it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gztrack.domain.amounts import exact
from gztrack.domain.text import clean
from gztrack.domain.units import Unit
from gztrack.export.glyphs import role_of
from gztrack.services.views import Detail, ReadingView, Row
from gztrack.tui.cells import Line, cut, cut_line, left, line_width, spread, wrap
from gztrack.tui.glyphs import UNICODE, Glyphs
from gztrack.tui.goaltext import promise_text
from gztrack.tui.headlines import rule
from gztrack.tui.judging import no_promise
from gztrack.tui.listings import readings_lines, targets_lines
from gztrack.tui.rows import brief_unit, name_of
from gztrack.tui.wording import apart


def nature(row: Row) -> str:
    """Return what kind of indicator it is: ``flow, higher is better``."""
    return f"{row.measure}, {'higher' if row.direction == 'up' else 'lower'} is better"


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
        return row.reason or f"no reading yet: {glyphs.key('board.log')} logs one"
    if row.target is None:
        return row.reason or f"no target yet: {glyphs.key('board.goal')} sets one"
    return row.reason


def explained_in_full(detail: Detail, glyphs: Glyphs) -> str:
    """Return the same; of a row without a target also what became of the promises that there were."""
    row = detail.row
    gone = no_promise(detail.targets, row, glyphs)
    if row.reading is not None and row.reason and gone:
        return f"{row.reason}; {gone}"
    return gone if gone and row.reading is not None else explanation(row, glyphs)


def two_lines(row: Row, cells: int, glyphs: Glyphs, *, chinese: bool = False) -> list[Line]:
    """Return the pane of a low terminal: the reading; target and reason."""
    first: Line = [(" ", "text"), (name_of(row, chinese=chinese), "strong"), ("  ", "text")]
    if row.reading:
        first.append((value_text(row.reading, row.unit, row.decimals, glyphs), "text"))
        first.append((f" in {clean(row.reading.period)}{_said_flags(row.reading)}", "muted"))
    else:
        first.append((brief_unit(row.unit) or row.unit.currency, "muted"))
    second: Line = [(" ", "text")]
    if row.target:
        second += [("target ", "text"), (promise_text(row, row.target, glyphs), "text"), ("   ", "text")]
    second.append((glyphs.signs(clean(explanation(row, glyphs))), "muted"))
    return [cut_line(first, cells, glyphs.ellipsis), cut_line(second, cells, glyphs.ellipsis)]


def _said_flags(reading: ReadingView) -> str:
    return (", provisional" if reading.provisional else "") + (
        ", period inferred" if "period" in reading.inferred else ""
    )


def status_line(row: Row, glyphs: Glyphs) -> Line:
    """Return glyph and word of the status."""
    role = role_of(row.status)
    return [
        (f" {glyphs.status(row.status)} ", role),
        (row.status, "behind-word" if role == "behind" else role),
    ]


def below(detail: Detail, cells: int, rows: int, glyphs: Glyphs, *, chinese: bool = False) -> list[Line]:
    """Return the pane under the list: status, figures, readings at the left, targets at the right."""
    row = detail.row
    title: Line = [(cut(name_of(row, chinese=chinese), cells // 2, glyphs.ellipsis), "strong")]
    lines = [rule(title, nature(row), cells, glyphs)]
    reason = apart(row.status, clean(explained_in_full(detail, glyphs)))
    lines.append([*status_line(row, glyphs), ("  ", "text"), (glyphs.signs(reason), "text")])
    lines.append(figures_line(detail.figures, cells, glyphs))
    room = rows - len(lines)
    # Targets take what they need, up to half: their verdicts are why somebody looks here.
    targets = targets_lines(detail, cells // 2, room, glyphs)
    wanted = max((line_width(line) for line in targets), default=0) + 1
    readings = readings_lines(detail, cells - wanted - 2, room, glyphs)
    half = max(cells // 3, *(line_width(line) + 3 for line in readings), 0)
    half = min(half, cells - wanted)
    for index in range(room):
        start = readings[index] if index < len(readings) else []
        end = targets[index] if index < len(targets) else []
        gap = half - line_width(start)
        lines.append([*start, (" " * gap, "text"), *end])
    return [cut_line(line, cells, glyphs.ellipsis) for line in lines[:rows]]


def beside(detail: Detail, cells: int, rows: int, glyphs: Glyphs, *, chinese: bool = False) -> list[Line]:
    """Return the pane at the right of the list, its upright rule included."""
    row = detail.row
    room = cells - 2
    lines: list[Line] = [
        spread(
            [(name_of(row, chinese=chinese), "strong"), ("   ", "text"), (nature(row), "muted")], [], room
        ),
        status_line(row, glyphs)[:1] + status_line(row, glyphs)[1:],
    ]
    lines[1][0] = (lines[1][0][0].lstrip(), lines[1][0][1])
    lines += [[(glyphs.signs(text), "text")] for text in wrap(explained_in_full(detail, glyphs), room, 3)]
    lines.append([])
    lines += figure_lines(detail.figures, room, glyphs)
    lines.append([])
    left_over = rows - len(lines)
    targets = targets_lines(detail, room + 1, max(3, left_over // 2), glyphs)
    readings = readings_lines(detail, room + 1, max(2, left_over - len(targets) - 1), glyphs)
    both = [*readings, [], *targets] if len(targets) > 0 else readings
    lines += [_outdented(line) for line in both]
    upright = (glyphs.upright, "faint")
    lines = [*lines[:rows], *[[] for _ in range(rows - len(lines))]]
    return [cut_line([upright, (" ", "text"), *line], cells, glyphs.ellipsis) for line in lines]


def _outdented(line: Line) -> Line:
    """The column beside the list has its own margin already."""
    return [(line[0][0][1:], line[0][1]), *line[1:]] if line and line[0][0].startswith(" ") else line


UNSAID = "none: "
"""How the text of a figure begins that could not be reckoned."""

FIGURE_ROWS = 3
"""A forecast with its range, or what three methods say, takes more than one row."""


def figures_line(figures: Sequence[tuple[str, str]], cells: int, glyphs: Glyphs) -> Line:
    """Return the figures on one line; the last ones are left out where they do not fit."""
    line: Line = [(" ", "text")]
    for label, text in figures:
        if text.startswith(UNSAID):
            continue
        more: Line = [("   " if len(line) > 1 else "", "text"), (f"{clean(label)} ", "muted")]
        more.append((glyphs.signs(clean(text)), "text"))
        if line_width(line) + line_width(more) <= cells:
            line += more
    return line


def figure_lines(figures: Iterable[tuple[str, str]], cells: int, glyphs: Glyphs) -> list[Line]:
    """Return the figures one below the other; refused ones with their reason, muted."""
    lines: list[Line] = []
    for label, text in figures:
        role = "muted" if text.startswith(UNSAID) else "text"
        label = left(label, 14, glyphs.ellipsis)
        for part in wrap(glyphs.signs(clean(text)), max(1, cells - 14), FIGURE_ROWS) or [""]:
            lines.append([(label, "muted"), (part, role)])
            label = " " * 14
    return lines
