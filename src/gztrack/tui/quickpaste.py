"""A paste of several lines over the rows of the quick-entry screen: kept whole, or refused with its reason. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gztrack.domain.text import clean, listed
from gztrack.language import ntr, tr
from gztrack.light import NamedTuple
from gztrack.services.views import Row
from gztrack.tui.quicksheet import Cell

FEW = 3
"""Unknown names that a refusal tells."""


class Pasted(NamedTuple):
    """What becomes of a paste.

    Attributes:
        cells: Cells and the texts that go into them; none where it is refused.
        problem: Why it is refused.
    """

    cells: tuple[tuple[Cell, str], ...] = ()
    problem: str = ""


def spread(text: str, rows: Sequence[Row], at: Cell) -> Pasted:
    """Return where the lines of a paste go.

    A column of texts goes into the rows from the cursor's on, an empty line leaving its row as it is;
    lines of two or three columns (``id<TAB>value<TAB>period``) go where their id or name says, and so do
    lines of values where one of them begins with an id or a name and a blank.

    Args:
        text: As pasted.
        rows: The rows on the screen.
        at: The cell with the cursor.
    """
    lines = [[_cell(part) for part in line.split("\t")] for line in text.rstrip("\r\n").splitlines()]
    if at.row < 0:
        return Pasted(
            problem=ntr(
                "{n} line pasted; it takes one. Paste them into the rows below",
                "{n} lines pasted; it takes one. Paste them into the rows below",
                len(lines),
            )
        )
    if any(len(line) > 1 for line in lines):
        return _named([line for line in lines if any(line)], rows)
    if at.column == "value":
        known = {name.casefold() for row in rows for name in _names(row)}
        parted = [_by_name(line[0], known) for line in lines if line[0]]
        if any(name.casefold() in known and value for name, value in parted):
            return _named(parted, rows)
    if len(lines) > len(rows) - at.row:
        room = len(rows) - at.row
        return Pasted(
            problem=ntr(
                "{lines} lines pasted, and {n} row from here on; nothing was taken",
                "{lines} lines pasted, and {n} rows from here on; nothing was taken",
                room,
                lines=len(lines),
            )
        )
    return Pasted(
        tuple((Cell(at.row + number, at.column), line[0]) for number, line in enumerate(lines) if line[0])
    )


def _named(lines: Sequence[Sequence[str]], rows: Sequence[Row]) -> Pasted:
    """Lines that say whose value they have."""
    places: dict[str, int] = {}
    several: set[str] = set()
    for at, row in enumerate(rows):
        for name in {name.casefold() for name in _names(row) if name}:
            if places.setdefault(name, at) != at:
                several.add(name)
    places |= {row.id.casefold(): at for at, row in enumerate(rows)}
    several -= {row.id.casefold() for row in rows}
    unknown = [line[0] or tr("an empty name") for line in lines if line[0].casefold() not in places]
    if unknown:
        names, more = listed(unknown[:FEW]), len(unknown) - FEW
        return Pasted(
            problem=tr(
                "no row here is called {names} and {more} more; nothing was taken", names=names, more=more
            )
            if more > 0
            else tr("no row here is called {names}; nothing was taken", names=names)
        )
    if unclear := next((line[0] for line in lines if line[0].casefold() in several), ""):
        return Pasted(
            problem=tr(
                "several rows here are called {name}: paste their ids; nothing was taken", name=unclear
            )
        )
    if any(len(line) > 3 and any(line[3:]) for line in lines):
        return Pasted(
            problem=tr("more than three columns: paste id, value, and perhaps period; nothing was taken")
        )
    found: dict[Cell, str] = {}
    for line in lines:
        at = places[line[0].casefold()]
        for column, text in zip(("value", "period"), line[1:], strict=False):
            if text and Cell(at, column) in found:
                return Pasted(problem=tr("{name} is there twice; nothing was taken", name=line[0]))
            if text:
                found[Cell(at, column)] = text
    return Pasted(tuple(found.items()), "" if found else tr("there is no value in it"))


def _by_name(text: str, known: Collection[str]) -> tuple[str, str]:
    """Part a line behind the longest name that leaves a value; behind its first word where it begins with none."""
    words = text.split(" ")
    for count in (*range(len(words) - 1, 0, -1), len(words)):
        name = " ".join(words[:count])
        if name.casefold() in known:
            return name, " ".join(words[count:])
    return words[0], " ".join(words[1:])


def _names(row: Row) -> tuple[str, ...]:
    return row.id, clean(row.name), clean(row.name_zh)


def _cell(text: str) -> str:
    """A spreadsheet's cell: quoted where it has a comma or a quote in it."""
    text = clean(text)
    if len(text) > 1 and text[0] == text[-1] == '"':
        return clean(text[1:-1].replace('""', '"'))
    return text
