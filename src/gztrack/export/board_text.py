"""The board as aligned text: one line a row, columns that give way one after the other."""

from __future__ import annotations

from gztrack.domain.amounts import exact, exact_goal, short, short_goal
from gztrack.domain.text import clean
from gztrack.domain.units import Unit
from gztrack.export.bars import bar_text
from gztrack.export.cells import DEEPEST, Column, cells, cut, left, right, table
from gztrack.export.glyphs import glyph, signs
from gztrack.language import language, tr
from gztrack.language import named as either_name
from gztrack.light import NamedTuple
from gztrack.services.views import Board, ReadingView, Row, TargetView, counted_word, shown_groups

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol
else:
    Protocol = object

BAR = 10
"""Cells of a bar up to its goal post."""

NAME, SHORT_NAME = 26, 14
"""Cells of glyph and name before a column is given up for it, and at the very least."""

_ROOM = 7
"""Cells of a figure by scale."""


class _Level(NamedTuple):
    """What a width has room for."""

    unit: bool
    digits: bool
    period: bool
    due: bool
    target: bool
    bar: bool


_LEVELS = (
    _Level(True, True, True, True, True, True),
    _Level(False, True, True, True, True, True),
    _Level(False, False, True, True, True, True),
    _Level(False, False, False, True, True, True),
    _Level(False, False, False, False, True, True),
    _Level(False, False, False, False, False, True),
    _Level(False, False, False, False, False, False),
)
"""From everything to glyph, name, reading, percentage and status, which never go."""


def board_text(board: Board, *, width: int = 100, ascii: bool = False) -> str:  # noqa: A002
    """The board: a summary, then every group with its rows.

    Args:
        board: What to show.
        width: Cells of a line. Full units go first, then full digits, period, due date, target and bar.
        ascii: ASCII glyphs, bars and signs; names stay as they are.
    """
    lines = [_top(board, width, ascii), ""]
    if not board.rows:
        return "\n".join([*lines, tr("no indicators"), ""])
    columns, rows = next(
        (laid for level in _LEVELS if _fits(*(laid := _table(board.rows, level, ascii)), width)),
        _table(board.rows, _LEVELS[-1], ascii),
    )
    found = table(columns, rows, width, ".." if ascii else "…", _gap(width))
    lines.append(found[0])
    group, headings = None, shown_groups(board.rows)
    for row, line in zip(board.rows, found[1:], strict=True):
        if row.group != group:
            group = row.group
            lines.append(cut(headings[group] or tr("without a group"), width, ".." if ascii else "…"))
        lines.append(line)
    return "\n".join([*lines, ""])


def _fits(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether the columns fit with names of an ordinary length."""
    named = [[cut(row[0], NAME), *row[1:]] for row in rows]
    rigid = [column._replace(least=0) for column in columns]
    return max(map(cells, table(rigid, named, width, gap=_gap(width)))) <= width


def _gap(width: int) -> int:
    return 1 if width < 90 else 2


def summary_text(counts: Iterable[tuple[str, int]], *, ascii: bool = False) -> str:  # noqa: A002
    """The summary, worst first: ``○ 2 off track   ? 1 cannot tell``."""
    return "   ".join(
        tr("{glyph} {count} {what}", glyph=glyph(word, ascii=ascii), count=count, what=counted_word(word))
        for word, count in counts
    )


def _top(board: Board, width: int, ascii: bool) -> str:  # noqa: A002
    summary = summary_text(board.counts, ascii=ascii)
    asked, title = tr("as of {date}", date=board.as_of), clean(board.shown_title)
    if board.reckoned != "linear":
        asked = tr("{a}, {b}", a=asked, b=board.reckoned)
    for said in (tr("{a}, {b}", a=title, b=asked), asked):
        if cells(summary) + 3 + cells(said) <= width:
            return summary + right(said, width - cells(summary))
    return cut(summary, width, ".." if ascii else "…")


def _table(rows: Sequence[Row], level: _Level, ascii: bool) -> tuple[list[Column], list[list[str]]]:  # noqa: A002
    pairs = [figures(row, digits=level.digits, ascii=ascii) for row in rows]
    readings = _aligned([pair[0] for pair in pairs])
    targets = _aligned([pair[1] for pair in pairs])
    columns = [Column("  " + tr("indicator"), least=SHORT_NAME), Column(tr("reading"), at_right=True)]
    columns += [Column("")] if level.unit else []
    columns += [Column(tr("period"))] if level.period else []
    columns += [Column(tr("target"), at_right=True)] if level.target else []
    columns += [Column(tr("due"))] if level.due else []
    columns += [Column(tr("progress"))] if level.bar else []
    columns += [Column("%", at_right=True), Column(tr("status"))]
    found = []
    for row, reading, target in zip(rows, readings, targets, strict=True):
        texts = [
            f"{glyph(row.shown_status, ascii=ascii)} {'  ' * min(row.depth, DEEPEST)}{named(row)}",
            reading,
        ]
        texts += [unit_text(row.shown_unit) if row.reading else ""] if level.unit else []
        texts += [period_text(row.reading)] if level.period else []
        texts += [target] if level.target else []
        texts += [due_text(row.target)] if level.due else []
        texts += [bar_text(row.bar, BAR, ascii=ascii)] if level.bar else []
        found.append([*texts, signs(row.percent, ascii=ascii), tr(row.shown_status)])
    return columns, found


def figures(row: Row, *, digits: bool, ascii: bool) -> tuple[tuple[str, str], tuple[str, str]]:  # noqa: A002
    """Reading and target as (figure, scale); both by scale or neither.

    Args:
        row: The indicator.
        digits: Full digits; else they are fitted into a narrow column.
        ascii: Whether ``>=`` stands for ``≥``.
    """
    if digits:
        return _in_full(row, ascii)
    found = _by_scale(row, ascii, scaled=False)
    if all(text for text, _ in found) and len({scale in ("", "%") for _, scale in found}) > 1:
        found = _by_scale(row, ascii, scaled=True)
    return found


def _in_full(row: Row, ascii: bool) -> tuple[tuple[str, str], tuple[str, str]]:  # noqa: A002
    reading, target, mark = row.reading, row.target, "%" if row.shown_unit.percent else ""
    first = second = ("", "")
    if reading:
        text = exact(
            reading.value,
            row.shown_unit,
            reading.qualifier,
            with_unit=False,
            decimals=row.decimals,
            ascii=ascii,
        )
        first = text, mark
    if target:
        text = exact_goal(
            target.value,
            target.high,
            target.comparator,
            _bare(row),
            with_unit=False,
            decimals=row.decimals,
            ascii=ascii,
        )
        second = text, mark
    return first, second


def _by_scale(row: Row, ascii: bool, *, scaled: bool) -> tuple[tuple[str, str], tuple[str, str]]:  # noqa: A002
    reading, target = row.reading, row.target
    first = second = ("", "")
    if reading:
        found = short(
            reading.value,
            row.shown_unit,
            reading.qualifier,
            room=_ROOM,
            decimals=row.decimals,
            scaled=scaled,
            ascii=ascii,
        )
        first = found.text, found.scale
    if target:
        found = short_goal(
            target.value,
            target.high,
            target.comparator,
            _bare(row),
            room=_ROOM + ascii,
            decimals=row.decimals,
            scaled=scaled,
            ascii=ascii,
        )
        second = found.text, found.scale
    return first, second


def _bare(row: Row) -> Unit:
    """The unit without its currency where the reading beside it names it already."""
    return row.shown_unit._replace(currency="") if row.reading else row.shown_unit


def _aligned(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Figures with their scales in a column of their own."""
    wide = max((cells(scale) for _, scale in pairs), default=0)
    if not wide:
        return [text for text, _ in pairs]
    return [f"{text} {left(scale, wide)}" if text else "" for text, scale in pairs]


class Named(Protocol):
    """An indicator, or what is said of one: it has a name and perhaps a Chinese one."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def name_zh(self) -> str:
        """Its Chinese name, or empty."""


def named(what: Named) -> str:
    """The name of an indicator in the language of the reader."""
    return either_name(what.name, what.name_zh)


def fully_named(what: Named) -> str:
    """Both names of an indicator, that of the language first."""
    names = (what.name_zh, what.name) if language() == "zh" else (what.name, what.name_zh)
    return " ".join(name for name in names if name)


def unit_text(unit: Unit) -> str:
    """What follows a number; the percent sign stands beside it already."""
    return "" if unit.percent and unit.rest == "%" else clean(unit.rest).removeprefix("% ")


def period_text(reading: ReadingView | None) -> str:
    """A reading's period with its flags: ``p`` provisional, ``?`` inferred."""
    if reading is None:
        return ""
    flags = ("p" if reading.provisional else "") + ("?" if "period" in reading.inferred else "")
    return clean(reading.period) + flags


def due_text(target: TargetView | None) -> str:
    """A target's due date as it was typed, with ``?`` where it was inferred; empty without one."""
    if target is None or target.due == "none":
        return ""
    return clean(target.due) + ("?" if "due" in target.inferred else "")
