"""What others wrote: in one line for the footer's place, and as a list. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gztrack.domain.text import clean
from gztrack.language import ntr, tr
from gztrack.light import NamedTuple
from gztrack.services.entering.meanwhile import who
from gztrack.services.views import News, Row
from gztrack.tui.cells import Line, cut, cut_line, left, width
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.rows import name_of

NAME_CELLS = 40
"""Cells that somebody's name takes at most."""

WHEN_CELLS = len("2026-11-24 08:00")

MOST = 3
"""How many people are named before the rest is counted."""


class Heard(NamedTuple):
    """One line of the list.

    Attributes:
        when: When it was logged, by the clocks of the database's zone, to the minute.
        news: Who did what.
    """

    when: str
    news: News


def told(news: Sequence[News]) -> str:
    """Return who did what: each person's one change in words, several of them summed.

    Returns:
        "bob logged 650 for 2026-Q2: Enterprise technology centres", "bob: 14 changes; eve: 2 changes to
        NEV output"; empty without news.
    """
    people: dict[tuple[str, bool], list[News]] = {}
    for each in news:
        people.setdefault((each.author, each.own), []).append(each)
    said = [_person(found) for found in people.values()]
    if len(said) > MOST:
        others = len(said) - MOST + 1
        said[MOST - 1 :] = [ntr("{n:,} other too", "{n:,} others too", others)]
    return tr("; ").join(said)


def _person(news: Sequence[News]) -> str:
    name = cut(who(news[0]), NAME_CELLS)
    changes = sum(each.changes for each in news)
    about = {each.name for each in news}
    subject = clean(news[0].name) if len(about) == 1 else ""
    if changes == 1:
        did = clean(news[0].said)
        if subject:
            return tr("{who} {did}: {name}", who=name, did=did, name=subject)
        return tr("{who} {did}", who=name, did=did)
    name = name.rstrip(",，")
    if subject:
        return ntr(
            "{who}: {n:,} change to {name}", "{who}: {n:,} changes to {name}", changes, who=name, name=subject
        )
    return ntr("{who}: {n:,} change", "{who}: {n:,} changes", changes, who=name)


def list_lines(
    heard: Sequence[Heard], rows: Iterable[Row], cursor: int, cells: int, glyphs: Glyphs
) -> list[Line]:
    """Return a line for each: when, who, what, and the indicator.

    Args:
        heard: What others wrote.
        rows: The board's rows, for the names as they are shown there.
        cursor: The line that the cursor stands on.
        cells: Width of the terminal.
        glyphs: Which characters the terminal can show.
    """
    names = {row.id: name_of(row) for row in rows}
    people = [who(each.news).rstrip(",，") for each in heard]
    deeds = [glyphs.signs(_deed(each.news)) for each in heard]
    people_cells = min(max(map(width, people), default=0), NAME_CELLS, cells // 5)
    # The indicator may take half of what is left; what was done is read first.
    room = max(0, cells - 2 - WHEN_CELLS - people_cells - 7)
    deed_cells = min(max(map(width, deeds), default=0), room - min(room // 2, 30))
    lines: list[Line] = []
    for at, (each, person, deed) in enumerate(zip(heard, people, deeds, strict=True)):
        here = at == cursor
        name = names.get(each.news.indicator) or clean(each.news.name)
        line: Line = [(glyphs.selected + " " if here else "  ", "accent"), (each.when, "muted")]
        line.append(("  " + left(person, people_cells, glyphs.ellipsis), "strong" if here else "text"))
        line.append(("  " + left(deed, deed_cells, glyphs.ellipsis), "strong@select" if here else "text"))
        line.append(("  " + name, "text"))
        lines.append(cut_line(line, cells - 1, glyphs.ellipsis))
    return lines


def _deed(news: News) -> str:
    did = clean(news.said)
    if news.changes == 1:
        return did
    return tr("{did}; {n:,} changes in all", did=did, n=news.changes)
