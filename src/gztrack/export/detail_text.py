"""One indicator as text: status and why, figures, readings and targets with their sources; and its history."""

from __future__ import annotations

from gztrack.domain.amounts import exact, exact_goal
from gztrack.domain.units import Unit, as_unit
from gztrack.export.bars import bar_text
from gztrack.export.board_text import due_text, fully_named, period_text
from gztrack.export.cells import Column, cells, left, table, wrapped
from gztrack.export.glyphs import glyph, signs
from gztrack.export.ledger_text import promise_lines
from gztrack.export.phrases import dated, explained, figure_text, said_flags, source_text
from gztrack.export.wording import headed, noted, read_for, totalled
from gztrack.language import ptr, tr
from gztrack.services.views import Detail, ReadingView, Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

BAR = 24
"""Cells of the bar up to its goal post."""


def detail_text(detail: Detail, *, width: int = 100, ascii: bool = False) -> str:  # noqa: A002
    """Everything about one indicator.

    Args:
        detail: What to show.
        width: Cells of a line.
        ascii: ASCII glyphs, bars and signs; names and texts stay as they are.
    """
    row = detail.row
    lines = wrapped(f"{fully_named(row)} [{row.id}]", width)
    mark = f"{glyph(row.status, ascii=ascii)} "
    lines += wrapped(signs(explained(row.status, row.reason), ascii=ascii), width, mark, "  ")
    lines += _progress(row, width, ascii)
    if detail.figures:
        lines.append("")
        lines += _pairs(detail.figures, width, ascii)
    lines.append("")
    lines += _pairs(detail.facts, width, ascii)
    if detail.readings:
        lines += ["", tr("readings"), *_readings(detail.readings, row, width, ascii)]
    if detail.targets:
        units = {row.id: row.shown_unit}
        promises = promise_lines(detail.targets, units=units, indicator=False, width=width, ascii=ascii)
        lines += ["", tr("targets"), *promises]
    return "\n".join([*lines, ""])


def _progress(row: Row, width: int, ascii: bool) -> list[str]:  # noqa: A002
    lines = []
    reading, target = tr("reading"), tr("target")
    wide = max(cells(reading), cells(target)) + 2
    if row.bar is not None:
        lines.append(f"{bar_text(row.bar, BAR, ascii=ascii)}  {signs(row.percent, ascii=ascii)}".rstrip())
    if row.reading:
        figure = exact(
            row.reading.value, row.shown_unit, row.reading.qualifier, decimals=row.decimals, ascii=ascii
        )
        said = noted(read_for(figure, row.reading.period), said_flags(row.reading))
        if row.reading.preferred:
            said = noted(said, tr("one of several for it: {why}", why=row.reading.preferred))
        lines += wrapped(said, width, left(reading, wide), " " * wide)
    if row.target:
        view = row.target
        goal = exact_goal(
            view.value, view.high, view.comparator, row.shown_unit, decimals=row.decimals, ascii=ascii
        )
        inferred = "due" in view.inferred
        said = dated(totalled(goal, view.over), due_text(view).rstrip("?"), inferred=inferred)
        lines += wrapped(said, width, left(target, wide), " " * wide)
    return lines


def _pairs(pairs: Sequence[tuple[str, str]], width: int, ascii: bool) -> list[str]:  # noqa: A002
    wide = max(cells(tr(label)) for label, _ in pairs) + 2
    return [
        line
        for label, text in pairs
        for line in wrapped(signs(text, ascii=ascii), width, left(tr(label), wide), " " * wide)
    ]


def _readings(readings: Sequence[ReadingView], row: Row, width: int, ascii: bool) -> list[str]:  # noqa: A002
    columns = [
        Column(""),
        Column(tr("period")),
        Column(tr("figure"), at_right=True),
        Column(tr("series"), least=8),
        Column("", least=10),
        Column(tr("source"), least=12),
        Column(tr("published")),
        Column(tr("note"), least=8),
    ]
    rows = [
        [
            view.handle,
            period_text(view),
            figure_text(view, row.shown_unit, row.decimals, ascii=ascii),
            view.series,
            view.preferred if view.standing == "counts" else tr(view.standing),
            view.origin.short,
            view.origin.published,
            view.note,
        ]
        for view in readings
    ]
    return [*table(columns, rows, width, ".." if ascii else "…"), *_pins(readings, width)]


def _standing(view: ReadingView) -> str:
    """What became of a reading; a retraction has no line of its own, so its author stands here."""
    if view.standing == "retracted" and view.ended_by:
        return tr("retracted by {author}", author=view.ended_by)
    return tr(view.standing)


def _pins(readings: Sequence[ReadingView], width: int) -> list[str]:
    """Why readings count that were pinned, in full: the table has room for the beginning only."""
    said = [headed(view.period, view.preferred) for view in readings if view.pinned and view.preferred]
    return [line for text in said for line in wrapped(text, width, "  ", "    ")]


def history_text(
    views: Sequence[ReadingView],
    unit: str | Unit = "",
    *,
    width: int = 100,
    ascii: bool = False,  # noqa: A002
) -> str:
    """Every reading ever logged, in logging order, with who logged it and what became of it.

    Args:
        views: The readings.
        unit: Their unit.
        width: Cells of a line.
        ascii: ASCII signs.
    """
    if not views:
        return tr("no readings") + "\n"
    unit = as_unit(unit)
    columns = [
        Column(""),
        Column(tr("period")),
        Column(tr("figure"), at_right=True),
        Column(tr("series"), least=8),
        Column("", least=10),
        Column(tr("logged")),
        Column(ptr("column", "by"), least=6),
        Column(tr("source"), least=10),
        Column(tr("note"), least=8),
    ]
    rows = [
        [
            view.handle,
            period_text(view),
            figure_text(view, unit, None, ascii=ascii),
            view.series,
            headed(headed(_standing(view), view.preferred), view.reason),
            view.logged[:10],
            view.author,
            source_text(view.origin),
            view.note,
        ]
        for view in views
    ]
    lines = [*table(columns, rows, width, ".." if ascii else "…"), *_pins(views, width)]
    return "\n".join([*lines, ""])
