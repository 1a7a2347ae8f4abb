"""What is said of unfinished entries. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gztrack.domain.text import clean
from gztrack.language import ntr, ptr, term, tr
from gztrack.services.views import Row
from gztrack.tui.cells import Line, cut, cut_line, left, width
from gztrack.tui.dialogs.fields import called
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.quicksheet import DRAFT as QUICK

WORDS = {
    "new": term("new indicator"),
    "snapshot": term("snapshot"),
    "import": term("import"),
    "settings": term("title and method"),
    QUICK: term("log several"),
}
"""Drafts that are about no single indicator, and what they are called."""

_FIELDS = {
    name: label
    for label in (
        *(term("value"), term("period"), term("source"), term("note"), term("url"), term("published")),
        *(term("series"), term("provisional"), term("reason"), term("due"), term("stated on"), term("over")),
        *(term("baseline"), term("baseline for"), term("stated by"), term("quote"), term("replaces")),
        *(term("id"), term("name"), term("unit"), term("group"), term("measure"), term("direction")),
        *(
            term("name zh"),
            term("unit zh"),
            term("group zh"),
            term("title zh"),
            term("definition"),
            term("part of"),
            term("decimals"),
            term("method"),
        ),
        *(term("title"), term("format"), term("path")),
    )
    for name in (label.replace(" ", "_"),)
}
"""Fields of forms, and what a draft calls them."""

TEXTS = 4
"""Texts of a draft that are told."""


def heading(name: str, rows: Iterable[Row]) -> str:
    """Return what an unfinished entry is: "log  NEV output".

    Args:
        name: The name that its draft is kept under.
        rows: The board's rows.
    """
    if name in WORDS:
        return tr(WORDS[name])
    word, _, about = name.partition(" ")
    row = about_row(about, rows)
    subject = (row.shown_name) if row else about
    return f"{called(word)}  {clean(subject)}"


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
        common = [_told(key, said[key]) for key in ("period", "source") if key in said]
        return _listed([ntr("{n:,} value", "{n:,} values", values), *common])
    told = [_told(key, text) for key, text in said.items()]
    more = len(told) - TEXTS
    shown = _listed(told[:TEXTS])
    return tr("{texts} and {n} more", texts=shown, n=more) if more > 0 else shown


def _told(field: str, text: str) -> str:
    label = tr(_FIELDS[field]) if field in _FIELDS else field.replace("_", " ")
    if field == "path":
        label = ptr("of a file", "path")
    elif field == "baseline":
        label = ptr("a draft's", "baseline")
    return tr("{field} {text}", field=label, text=text)


def _listed(texts: Sequence[str]) -> str:
    told = ""
    for text in texts:
        told = ptr("list", "{a}, {b}", a=told, b=text) if told else text
    return told


def start_line(drafts: Mapping[str, Mapping[str, str]], rows: Iterable[Row]) -> str:
    """Return what a board says at its start of what is unfinished; empty where nothing is."""
    if not drafts:
        return ""
    if len(drafts) > 1:
        return tr("{n} unfinished entries are kept", n=len(drafts))
    ((name, texts),) = drafts.items()
    typed = contents(name, texts)
    entry = heading(name, rows)
    if typed:
        return tr("unfinished: {entry} ({texts})", entry=entry, texts=typed)
    return tr("unfinished: {entry}", entry=entry)


def list_lines(
    drafts: Mapping[str, Mapping[str, str]],
    rows: Iterable[Row],
    cursor: int,
    cells: int,
    glyphs: Glyphs,
) -> list[Line]:
    """Return a line for each unfinished entry."""
    known = list(rows)
    heads = [glyphs.signs(heading(name, known)) for name in drafts]
    room = min(max((width(head) for head in heads), default=0), cells // 2)
    lines: list[Line] = []
    for at, (head, (name, texts)) in enumerate(zip(heads, drafts.items(), strict=True)):
        here = at == cursor
        line: Line = [(glyphs.selected + " " if here else "  ", "accent")]
        line.append((left(head, room, glyphs.ellipsis), "strong" if here else "text"))
        line.append(("  " + cut(glyphs.signs(contents(name, texts)), cells, glyphs.ellipsis), "muted"))
        lines.append(cut_line(line, cells - 1, glyphs.ellipsis))
    return lines
