"""Readings and targets of one indicator as lists: period or due date, figure, what else to know. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from gztrack.domain.amounts import short, short_goal
from gztrack.domain.text import clean
from gztrack.language import ptr, tr
from gztrack.services.views import Detail, ReadingView, Row, TargetView
from gztrack.tui.cells import Line, cut, line_width, right, width
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.judging import Judged, judged, word_spans
from gztrack.tui.rows import due_flags, period_flags

_Item = TypeVar("_Item", ReadingView, TargetView)

VALUE_CELLS = 13
"""Cells of a value; longer ones go by scale."""


def readings_lines(detail: Detail, cells: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """Return the heading and as many readings as fit."""
    if rows <= 0:
        return []
    lines: list[Line] = [[(" " + tr("readings"), "group")]]
    if not detail.readings:
        return [*lines, none_yet("board.log", detail.row, glyphs)][:rows]
    shown = _shown(detail.readings, rows - 1)
    period, value = reading_widths(shown, detail.row, glyphs)
    lines += [reading_line(r, detail.row, period, value, cells, glyphs) for r in shown]
    if len(shown) < len(detail.readings):
        lines.append(_more(len(detail.readings) - len(shown), glyphs))
    return lines[:rows]


def none_yet(action: str, row: Row, glyphs: Glyphs) -> Line:
    """Return what stands in the place of readings or targets where there are none: which key makes one.

    Args:
        action: The action that does, with its screen: ``board.log``.
        row: The indicator.
        glyphs: The keys as they are set, and what may be done.
    """
    key = glyphs.key(action)
    if not glyphs.may(action, row.id):
        said = tr("none yet")
    elif action.endswith(".log"):
        said = tr("none yet: {key} logs the first one", key=key)
    else:
        said = tr("none yet: {key} sets one", key=key)
    return [(f" {said}", "muted")]


def _shown(items: tuple[_Item, ...], room: int) -> tuple[_Item, ...]:
    """As many as fit, with one line kept for how many more there are."""
    return items if len(items) <= room else items[: max(1, room - 1)]


def _more(left_out: int, glyphs: Glyphs) -> Line:
    """How many there are that did not fit, and the key that shows them."""
    said = tr("{n:,} more: {key} lists them", n=left_out, key=glyphs.key("board.detail"))
    return [(f" {said}", "muted")]


def reading_figure(reading: ReadingView, row: Row, glyphs: Glyphs) -> str:
    """Return a reading's figure for a list: full digits, by scale where those are too long."""
    text = short(
        reading.value,
        row.shown_unit,
        reading.qualifier,
        room=VALUE_CELLS,
        decimals=row.decimals,
        ascii=glyphs.ascii,
    )
    return f"{text.text} {text.scale}".rstrip()


def target_figure(target: TargetView, row: Row, glyphs: Glyphs) -> str:
    """Return a target's figure for a list."""
    text = short_goal(
        target.value,
        target.high,
        target.comparator,
        row.shown_unit,
        room=VALUE_CELLS,
        decimals=row.decimals,
        ascii=glyphs.ascii,
    )
    return f"{text.text} {text.scale}".rstrip()


def reading_note(reading: ReadingView) -> str:
    """Return where a reading is from and what else to know of it."""
    parts = [reading.origin.short, tr("provisional") if reading.provisional else "", reading.note]
    if reading.standing not in ("counts", ""):
        parts.append(tr(reading.standing))
    if reading.series:
        parts.insert(1, tr("series {series}", series=reading.series))
    return clean(ptr("parts", ", ").join(part for part in parts if part))


def reading_widths(readings: Sequence[ReadingView], row: Row, glyphs: Glyphs) -> tuple[int, int]:
    """Return the cells of the widest period and of the widest figure."""
    period = max((width(clean(r.period)) + len(period_flags(r)) for r in readings), default=0)
    return max(10, period), max((width(reading_figure(r, row, glyphs)) for r in readings), default=0)


def reading_line(reading: ReadingView, row: Row, period: int, value: int, cells: int, glyphs: Glyphs) -> Line:
    """Return a reading on a line: period, figure, where it is from; muted where it does not count."""
    counts = reading.standing == "counts"
    flags = period_flags(reading)
    line: Line = [
        (" ", "text"),
        (clean(reading.period), "text" if counts else "muted"),
        (flags, "warn"),
        (" " * (period - width(clean(reading.period)) - len(flags)) + "  ", "text"),
        (right(reading_figure(reading, row, glyphs), value, glyphs.ellipsis), "text" if counts else "muted"),
        ("  ", "text"),
    ]
    line.append((cut(reading_note(reading), max(0, cells - line_width(line)), glyphs.ellipsis), "muted"))
    return line


def targets_lines(detail: Detail, cells: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """Return the heading and as many targets as fit, each with its verdict."""
    if rows <= 0:
        return []
    lines: list[Line] = [[(" " + tr("targets"), "group")]]
    if not detail.targets:
        return [*lines, none_yet("board.goal", detail.row, glyphs)][:rows]
    shown = _shown(detail.targets, rows - 1)
    due, value = target_widths(shown, detail.row, glyphs)
    known = {target.id: target for target in detail.targets}
    lines += [target_line(t, detail.row, due, value, cells, glyphs, known) for t in shown]
    if len(shown) < len(detail.targets):
        lines.append(_more(len(detail.targets) - len(shown), glyphs))
    return lines[:rows]


def _due_word(target: TargetView) -> str:
    return ptr("due date", "no date") if target.due == "none" else clean(target.due)


def target_widths(targets: Sequence[TargetView], row: Row, glyphs: Glyphs) -> tuple[int, int]:
    """Return the cells of the widest due date and of the widest figure."""
    due = max((width(_due_word(t)) + len(due_flags(t)) for t in targets), default=0)
    return max(10, due), max((width(target_figure(t, row, glyphs)) for t in targets), default=0)


def _briefly(found: Judged, target: TargetView) -> Judged:
    """An open promise by how it stands: the reason is told over the list already."""
    if not target.headline or target.state != "open":
        return found
    return found._replace(word=found.status, reason=tr("open"))


def target_line(
    target: TargetView,
    row: Row,
    due: int,
    value: int,
    cells: int,
    glyphs: Glyphs,
    known: Mapping[str, TargetView],
) -> Line:
    """Return a target on a line: due date, figure, verdict, why."""
    flags = due_flags(target)
    found = _briefly(judged(target, row, known, glyphs), target)
    line: Line = [
        (" ", "text"),
        (_due_word(target), "text"),
        (flags, "warn"),
        (" " * (due - width(_due_word(target)) - len(flags)) + "  ", "text"),
        (right(target_figure(target, row, glyphs), value, glyphs.ellipsis), "text"),
        ("  ", "text"),
        *word_spans(found, glyphs),
        ("  ", "text"),
    ]
    line.append((cut(found.why, max(0, cells - line_width(line)), glyphs.ellipsis), "muted"))
    return line
