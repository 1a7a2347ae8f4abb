"""What the full detail of one indicator says: figures, every reading and target, the marked one in full. Pure."""

from __future__ import annotations

from typing import NamedTuple

from gztrack.domain.text import clean
from gztrack.services.views import Detail, Origin, ReadingView, Row, TargetView
from gztrack.tui.cells import Line, cut, cut_line, line_width, tidy, wrap
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.headlines import rule
from gztrack.tui.ledgerpane import Part, parts, rows_wanted, told_lines
from gztrack.tui.listings import reading_line, reading_widths, target_line, target_widths
from gztrack.tui.panes import (
    explained_in_full,
    figure_lines,
    figures_line,
    nature,
    status_line,
    value_text,
)
from gztrack.tui.rows import name_of
from gztrack.tui.wording import apart

ABOUT_ROWS = 5
"""Rows about the marked reading: a rule and four lines; the story of a target may take more."""


REASON_ROWS = 3
"""Rows that the reason of the status may take."""


class Item(NamedTuple):
    """One line of the body; the marked one is always an item with a fact."""

    line: Line
    fact: ReadingView | TargetView | None = None


def head(detail: Detail, cells: int, rows: int, glyphs: Glyphs, *, chinese: bool = False) -> list[Line]:
    """Return the lines over the body: name, status, reason; figures on one line where rows are few."""
    row = detail.row
    title: Line = [(cut(name_of(row, chinese=chinese), max(8, cells - 40), glyphs.ellipsis), "strong")]
    lines = [rule(title, f"{row.unit.text}, {nature(row)}", cells, glyphs)]
    reason = glyphs.signs(apart(row.status, clean(explained_in_full(detail, glyphs))))
    status: Line = [*status_line(row, glyphs), ("  ", "text")]
    first, *more = wrap(reason, max(20, cells - line_width(status)), REASON_ROWS) or [""]
    lines.append([*status, (first, "text")])
    lines += [[(" " * line_width(status) + text, "text")] for text in more]
    if rows < 32:
        lines.append(figures_line(detail.figures, cells, glyphs))
    else:
        lines.append([])
        lines += [[(" ", "text"), *line] for line in figure_lines(detail.figures, cells - 1, glyphs)]
        facts = [(label, text) for label, text in detail.facts if label not in ("measure", "unit")]
        lines += [[(" ", "text"), *line] for line in figure_lines(facts, cells - 1, glyphs)]
    lines.append([])
    return [cut_line(line, cells, glyphs.ellipsis) for line in lines]


def body(detail: Detail, cells: int, glyphs: Glyphs) -> list[Item]:
    """Return readings and targets, each on a line that can be marked."""
    row = detail.row
    items = [Item([(" readings", "group")])]
    if not detail.readings:
        items.append(Item([(f" none yet: {glyphs.key('detail.log')} logs the first one", "muted")]))
    period, value = reading_widths(detail.readings, row, glyphs)
    items += [Item(reading_line(r, row, period, value, cells, glyphs), r) for r in detail.readings]
    items += [Item([]), Item([(" targets", "group")])]
    if not detail.targets:
        items.append(Item([(f" none yet: {glyphs.key('detail.goal')} sets one", "muted")]))
    due, value = target_widths(detail.targets, row, glyphs)
    known = {target.id: target for target in detail.targets}
    items += [Item(target_line(t, row, due, value, cells, glyphs, known), t) for t in detail.targets]
    return items


def marked(line: Line, glyphs: Glyphs) -> Line:
    """Return a line of the body with the cursor on it: gutter and first word are tinted."""
    (_, _), (first, _), *rest = line
    return [(glyphs.selected, "accent@edge"), (first, "strong@select"), *rest]


def about(
    fact: ReadingView | TargetView, detail: Detail, cells: int, rows: int, glyphs: Glyphs
) -> list[Line]:
    """Return everything about the marked reading, or the story of the marked target, in so many rows."""
    title = f"reading {fact.period}" if isinstance(fact, ReadingView) else f"target {fact.due}"
    lines = [rule([(clean(title), "strong")], fact.handle, cells, glyphs)]
    if not isinstance(fact, ReadingView):
        return [*lines, *told_lines(_story(fact, detail, glyphs), cells, rows - 1, glyphs)][:rows]
    said = _reading_words(fact, detail.row, glyphs)
    lines.append([(" ", "text"), (glyphs.signs(tidy(said)), "text")])
    lines.append([(" ", "text"), (tidy(_origin_words(fact.origin)), "muted")])
    lines += [[(" ", "text"), (glyphs.signs(text), "text")] for text in wrap(fact.note, cells - 2, 1) if text]
    lines.append([(" ", "text"), (_logged_words(fact), "muted")])
    return [cut_line(line, cells, glyphs.ellipsis) for line in lines[:ABOUT_ROWS]]


def about_wanted(fact: ReadingView | TargetView, detail: Detail, cells: int, glyphs: Glyphs) -> int:
    """Return the rows that `about` takes where nothing is cut."""
    if isinstance(fact, ReadingView):
        return ABOUT_ROWS
    return rows_wanted(_story(fact, detail, glyphs), cells)


def _story(target: TargetView, detail: Detail, glyphs: Glyphs) -> list[Part]:
    return parts(target, detail.row, {view.id: view for view in detail.targets}, glyphs)


def _reading_words(reading: ReadingView, row: Row, glyphs: Glyphs) -> str:
    parts = [value_text(reading, row.unit, row.decimals, glyphs)]
    parts.append(f"{reading.start.isoformat()} to {reading.end.isoformat()}")
    parts += ["provisional"] if reading.provisional else []
    parts += [f"inferred: {', '.join(reading.inferred)}"] if reading.inferred else []
    parts += [f"series {reading.series}"] if reading.series else []
    parts += [reading.standing] if reading.standing not in ("counts", "") else []
    parts += [f"counts: {reading.preferred}"] if reading.preferred else []
    return "  ".join(parts)


def _origin_words(origin: Origin) -> str:
    parts = [origin.source, origin.url, f"published {origin.published}" if origin.published else ""]
    return "  ".join(part for part in parts if part) or "no source was given"


def _logged_words(fact: ReadingView) -> str:
    reason = f"  {fact.reason}" if fact.reason else ""
    return tidy(f"logged {fact.logged} by {fact.author}{reason}")
