"""What the help says: keys from the registry, and how to read a row. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.domain.text import clean
from gztrack.export.bars import segments
from gztrack.export.glyphs import role_of
from gztrack.language import term, tr
from gztrack.services.actions import COUNT_HELP, HELP_GROUPS, PALETTE_HELP, Action, HelpLine, help_lines
from gztrack.services.views import Bar
from gztrack.tui.cells import Line, cut_line, line_width, spread, width
from gztrack.tui.chartlegend import chart_legend
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.headlines import keys_line
from gztrack.tui.ledgerlegend import ledger_legend

KEY_CELLS = 12
BAR_CELLS = 8


def help_text(
    actions: Sequence[Action],
    cells: int,
    rows: int,
    glyphs: Glyphs,
    *,
    remappable: bool,
    typed: Sequence[Line] = (),
    who: str = "",
) -> list[Line]:
    """Return the help; its last line belongs at the foot of the screen.

    Args:
        actions: The registry as it is mapped.
        cells: Width of the terminal.
        rows: Height of the terminal; what is left over stays between text and foot.
        glyphs: Which characters the terminal can show.
        remappable: Keys can be changed in ``config.toml``.
        typed: What fields understand, where letters are text; it takes the place of how to read a row.
        who: Whose name is written, where that is not the account's; empty where it goes without saying.
    """
    head: Line = [
        (" " + tr("help"), "strong"),
        ("   ", "text"),
        (_about_keys(bool(typed), remappable), "muted"),
    ]
    signed: Line = [(tr("you are {name}", name=clean(who)), "muted"), (" ", "text")] if who else []
    lines: list[Line] = [spread(head, signed, cells, glyphs.ellipsis) if signed else head]
    groups = {group: _group(actions, group, glyphs, typed=bool(typed)) for group in HELP_GROUPS}
    left = [*groups["move"], [], *groups["write"]]
    right = [*groups["look"], [], *groups["files"]]
    if cells >= 72:
        lines += _side_by_side(left, right, max(41, cells // 3), glyphs.ellipsis)
    else:
        lines += [*left, [], *right]
    lines += [[], *(typed or _legend(actions, cells, glyphs))]
    lines += [[] for _ in range(rows - len(lines) - 1)]
    foot = (
        keys_line([(tr("any key"), tr("closes"))])
        if len(lines) < rows
        else keys_line([("j k", tr("scroll")), ("q", tr("closes"))])
    )
    return [cut_line(line, cells, glyphs.ellipsis) for line in [*lines, foot]]


def _legend(actions: Sequence[Action], cells: int, glyphs: Glyphs) -> list[Line]:
    """How to read what the screen shows: its chart, its promises, its rows, or statuses alone."""
    names = {action.name for action in actions}
    if "chart" in names:
        return chart_legend(glyphs)
    if "every" in names:
        return ledger_legend(cells, glyphs)
    if "off_track" in names:
        return _reading(cells, glyphs)
    return [[(" " + tr("status"), "group")], *_all_statuses(cells, glyphs)]


def _about_keys(typed: bool, remappable: bool) -> str:
    """Where else the keys are, and where they can be changed."""
    if typed:
        return (
            tr("letters are text here; these keys can be changed in config.toml")
            if remappable
            else tr("letters are text here")
        )
    return (
        tr("every key is also in ctrl+p and can be changed in config.toml")
        if remappable
        else tr("every key is also in ctrl+p")
    )


def _group(actions: Sequence[Action], group: str, glyphs: Glyphs, *, typed: bool) -> list[Line]:
    lines: list[Line] = [[(f" {tr(group)}", "group")]]
    shown = [(_keys(line, glyphs), line.text) for line in help_lines(actions, group)]
    if group == "move" and not typed:
        shown.insert(1, _told(COUNT_HELP))
    if group == "files" and not typed:
        shown.insert(max(0, len(shown) - 1), _told(PALETTE_HELP))
    return _with_keys(lines, shown) if shown else []


def _told(line: tuple[str, str]) -> tuple[str, str]:
    keys, text = line
    return keys, tr(text)


def _with_keys(lines: list[Line], shown: Sequence[tuple[str, str]]) -> list[Line]:
    for keys, text in shown:
        gap = " " * max(1, KEY_CELLS - width(keys))
        lines.append([(" ", "text"), (keys, "key"), (gap, "text"), (text, "text")])
    return lines


def _keys(line: HelpLine, glyphs: Glyphs) -> str:
    """Letters first, then the keys that do the same."""
    arrows = ("up", "down")
    keys = [key for key in line.keys if key not in arrows] + [key for key in arrows if key in line.keys]
    return " ".join(glyphs.written(key) for key in keys)


def _side_by_side(left: Sequence[Line], right: Sequence[Line], at: int, ellipsis: str) -> list[Line]:
    lines: list[Line] = []
    for index in range(max(len(left), len(right))):
        start = left[index] if index < len(left) else []
        end = right[index] if index < len(right) else []
        if end:
            start = cut_line(start, at - 1, ellipsis)
            start = [*start, (" " * (at - line_width(start)), "text"), *_shifted(end)]
        lines.append([*start])
    return lines


def _shifted(line: Line) -> Line:
    """The right column begins where its gap ends: it needs no margin of its own."""
    return [(line[0][0][1:], line[0][1]), *line[1:]] if line and line[0][0].startswith(" ") else line


def _reading(cells: int, glyphs: Glyphs) -> list[Line]:
    """How to read a row: bars, flags, glyphs."""
    lines: list[Line] = [[(" " + tr("how to read a row"), "group")]]
    for bar, role, text in (
        (Bar(0.55, marker=0.76), "on", tr("reading, where the line is today, target")),
        (
            Bar(0.4, "lower", overdue=True),
            "tell",
            tr("at least this much (open end); a thick post: due date passed"),
        ),
        (Bar(1.4), "good", tr("beyond the target")),
    ):
        lines.append(
            [
                (" ", "text"),
                *segments(bar, BAR_CELLS, role, ascii=glyphs.ascii),
                ("  ", "text"),
                (text, "text"),
            ]
        )
    lines[-1] += [
        ("   ", "text"),
        (glyphs.changed, "accent"),
        (" " + tr("changed by another session"), "text"),
    ]
    lines.append(
        [
            (" 2023", "muted"),
            ("p", "warn"),
            (" " + tr("provisional") + "   ", "text"),
            ("2020-12-31", "muted"),
            ("?", "warn"),
            (" " + tr("inferred date") + "   ", "text"),
            ("~ " + tr("about") + "   > " + tr("more than"), "text"),
        ]
    )
    return [*lines, *_all_statuses(cells, glyphs)]


def _all_statuses(cells: int, glyphs: Glyphs) -> list[Line]:
    """Every status with its glyph, on one line where that fits."""
    words = (
        (term("on track"), term("behind"), term("off track"), term("moving away")),
        (
            term("reached"),
            term("missed"),
            term("cannot tell"),
            term("not assessable"),
            term("no reading"),
            term("no target"),
        ),
    )
    one = _statuses(words[0] + words[1], glyphs)
    return [one] if line_width(one) <= cells else [_statuses(row, glyphs) for row in words]


def _statuses(words: Sequence[str], glyphs: Glyphs) -> Line:
    """Statuses with their glyphs."""
    line: Line = []
    for word in words:
        line += [
            (" " if not line else "  ", "text"),
            (glyphs.status(word) + " ", role_of(word)),
            (tr(word), "text"),
        ]
    return line
