"""What is said of unfinished entries. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gztrack.domain.text import clean, plural
from gztrack.services.views import Row
from gztrack.tui.cells import Line, cut, cut_line, left, width
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.quicksheet import DRAFT as QUICK

WORDS = {
    "new": "new indicator",
    "snapshot": "snapshot",
    "import": "import",
    "settings": "title and method",
    QUICK: "log several",
}
"""Drafts that are about no single indicator, and what they are called."""

TEXTS = 4
"""Texts of a draft that are told."""


def heading(name: str, rows: Iterable[Row], *, chinese: bool) -> str:
    """Return what an unfinished entry is: "log  NEV output".

    Args:
        name: The name that its draft is kept under.
        rows: The board's rows.
        chinese: Names in Chinese, where there are any.
    """
    if name in WORDS:
        return WORDS[name]
    word, _, about = name.partition(" ")
    row = about_row(about, rows)
    called = ((chinese and row.name_zh) or row.name) if row else about
    return f"{word}  {clean(called)}"


def about_row(about: str, rows: Iterable[Row]) -> Row | None:
    """Return the row that an id of an indicator, or of the reading or the target that it shows, belongs to."""
    for row in rows:
        shown = (row.reading.id if row.reading else "", row.target.id if row.target else "")
        if about == row.id or (about and about in shown):
            return row
    return None


def contents(name: str, texts: Mapping[str, str]) -> str:
    """Return what is typed in it: "value 790k, period 2025"."""
    said = {key: clean(text) for key, text in texts.items() if clean(text)}
    if name == QUICK:
        values = sum(key.startswith("value ") for key in said)
        common = [f"{key} {said[key]}" for key in ("period", "source") if key in said]
        return ", ".join([plural(values, "value"), *common])
    told = [f"{key.replace('_', ' ')} {text}" for key, text in said.items()]
    more = f" and {len(told) - TEXTS} more" if len(told) > TEXTS else ""
    return ", ".join(told[:TEXTS]) + more


def start_line(drafts: Mapping[str, Mapping[str, str]], rows: Iterable[Row], *, chinese: bool) -> str:
    """Return what a board says at its start of what is unfinished; empty where nothing is."""
    if not drafts:
        return ""
    if len(drafts) > 1:
        return f"{len(drafts)} unfinished entries are kept"
    ((name, texts),) = drafts.items()
    typed = contents(name, texts)
    return f"unfinished: {heading(name, rows, chinese=chinese)}" + (f" ({typed})" if typed else "")


def list_lines(
    drafts: Mapping[str, Mapping[str, str]],
    rows: Iterable[Row],
    cursor: int,
    cells: int,
    glyphs: Glyphs,
    *,
    chinese: bool,
) -> list[Line]:
    """Return a line for each unfinished entry."""
    known = list(rows)
    heads = [glyphs.signs(heading(name, known, chinese=chinese)) for name in drafts]
    room = min(max((width(head) for head in heads), default=0), cells // 2)
    lines: list[Line] = []
    for at, (head, (name, texts)) in enumerate(zip(heads, drafts.items(), strict=True)):
        here = at == cursor
        line: Line = [(glyphs.selected + " " if here else "  ", "accent")]
        line.append((left(head, room, glyphs.ellipsis), "strong" if here else "text"))
        line.append(("  " + cut(glyphs.signs(contents(name, texts)), cells, glyphs.ellipsis), "muted"))
        lines.append(cut_line(line, cells - 1, glyphs.ellipsis))
    return lines
