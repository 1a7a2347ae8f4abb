"""The heading of a group, open or folded, and what the pane says of a folded one. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.export.glyphs import role_of
from gztrack.language import ntr, ptr, tr
from gztrack.services.board.rows import counts
from gztrack.services.views import Row
from gztrack.tui.cells import Line, cut, cut_line, left, line_width, width
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.grouping import Entry
from gztrack.tui.headlines import rule, summary, summary_line
from gztrack.tui.marking import found_at, with_marks
from gztrack.tui.rows import name_of

PERCENT_CELLS = 8


def heading_line(
    entry: Entry,
    members: Sequence[Row],
    cells: int,
    glyphs: Glyphs,
    *,
    selected: bool = False,
    changed: bool = False,
    words: Sequence[str] = (),
) -> Line:
    """Return the heading of a group; folded, it says how many rows it hides and how they stand.

    Args:
        entry: The heading.
        members: Its rows.
        cells: Width of the list.
        glyphs: Which characters the terminal can show.
        selected: The cursor is on it; it can only be on a folded one.
        changed: Another session has just changed a row that it hides.
        words: Case-folded words of the filter, to be marked.
    """
    if not entry.folded:
        text = cut(entry.text, cells - 1, glyphs.ellipsis)
        return [(" ", "group"), *with_marks(text, "group", found_at(text, words))]
    edge, ground = ("@edge", "@select") if selected else ("", "")
    mark = glyphs.selected if selected else (glyphs.changed if changed else " ")
    gap = glyphs.changed if selected and changed else " "
    start: Line = [(mark, f"accent{edge}"), (glyphs.folded, f"muted{edge}"), (gap, f"accent{edge}")]
    standing = _standing(members, glyphs)
    room = cells - line_width(start) - line_width(standing)
    name = cut(entry.text, max(8, room), glyphs.ellipsis)
    return cut_line([*start, (name, f"group{ground}"), *standing], cells, glyphs.ellipsis)


def _standing(members: Sequence[Row], glyphs: Glyphs) -> Line:
    """How many rows there are, and how many of each status, worst first."""
    line: Line = [(f"  {len(members):,} ", "muted")]
    for word, count in counts(members):
        line += [(f"  {glyphs.status(word)} ", role_of(word)), (f"{count:,}", "text")]
    return line


def group_pane(
    name: str,
    members: Sequence[Row],
    cells: int,
    rows: int,
    glyphs: Glyphs,
    *,
    key: str,
) -> list[Line]:
    """Return what the pane says of a folded group.

    Args:
        name: Of the group.
        members: Its rows.
        cells: Width of the pane.
        rows: Height of the pane.
        glyphs: Which characters the terminal can show.
        key: Name of the key that unfolds it.
    """
    title: Line = [(cut(name, cells // 2, glyphs.ellipsis), "strong")]
    many = ntr("{n:,} indicator", "{n:,} indicators", len(members))
    opens: Line = [(key, "key"), (" " + tr("opens it"), "muted"), (" ", "text")] if key else []
    if rows <= 2:
        said: Line = [(" ", "text"), *title, (f"  {many}   ", "muted"), *opens]
        room = cells - 2
        return [
            cut_line(said, cells, glyphs.ellipsis),
            [(" ", "text"), *summary(counts(members), room, glyphs)],
        ][:rows]
    lines = [rule(title, many, cells, glyphs), summary_line(counts(members), opens, cells, glyphs)]
    most = rows - len(lines)
    shown = members if len(members) <= most else members[: most - 1]
    lines += [_member(row, cells, glyphs) for row in shown]
    if len(shown) < len(members):
        lines.append([("   " + ptr("indicators", "and {n:,} more", n=len(members) - len(shown)), "muted")])
    return lines


def _member(row: Row, cells: int, glyphs: Glyphs) -> Line:
    """One row of the group: glyph, name, percentage, status."""
    name_cells = max(10, min(44, cells - 3 - PERCENT_CELLS - 16))
    name = left(name_of(row), name_cells, glyphs.ellipsis)
    percent = glyphs.signs(row.percent)
    word = row.shown_status
    role = role_of(word)
    pad = " " * max(1, PERCENT_CELLS - width(percent))
    line: Line = [(" ", "text"), (glyphs.status(word) + " ", role), (name, "text")]
    line += [(pad + percent + "  ", "text"), (tr(word), f"{role}-word" if role == "behind" else role)]
    return cut_line(line, cells, glyphs.ellipsis)
