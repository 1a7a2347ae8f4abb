"""What the command palette offers, what matches what was typed, and its lines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gztrack.domain.text import clean
from gztrack.language import term, tr
from gztrack.light import NamedTuple
from gztrack.services.actions import Action
from gztrack.services.permits import Permit
from gztrack.services.views import Row
from gztrack.tui.cells import Line, cut_line, left, line_width, width
from gztrack.tui.glyphs import Glyphs
from gztrack.tui.headlines import keys_line, rule
from gztrack.tui.marking import Range, found_at, ranges, with_marks
from gztrack.tui.rows import name_of

MOVES = frozenset({"down", "up", "first", "last", "page_up", "page_down"})
"""Nobody looks these up to run them once."""

GO_TO = term("go to {name}")
KEY_CELLS = 9
COMMAND_CELLS = 22
"""Cells of a command; where there are fewer it is not shown."""
LEAST_TITLE = 36
"""Cells of titles before commands go."""
LEAST, MOST = 7, 24
"""Lines of the palette."""
FIELD_AT = 3
"""Cell at which what is typed begins."""


class Choice(NamedTuple):
    """One line of the palette.

    Attributes:
        title: What it does.
        keys: Its keys, the one to show first.
        command: The command line that does the same; empty where there is none.
        action: Name of the action; empty where it goes to an indicator.
        indicator: Id of the indicator that it goes to.
        text: Case-folded, what is searched besides the title.
        named_at: Where in the title the indicator's name begins.
        english: The title in English, case-folded, where it is shown in another language.
    """

    title: str
    keys: tuple[str, ...] = ()
    command: str = ""
    action: str = ""
    indicator: str = ""
    text: str = ""
    named_at: int = 0
    english: str = ""


class Match(NamedTuple):
    """A choice that matches.

    Attributes:
        marks: Where, in its title.
    """

    choice: Choice
    marks: Sequence[Range] = ()


def choices(actions: Iterable[Action], rows: Iterable[Row], permit: Permit | None = None) -> list[Choice]:
    """Return everything that can be chosen.

    Args:
        actions: What the screen can do, with the keys as they are set.
        rows: The indicators on the board.
        permit: What the person may do, so that no command is named that is not allowed; None for everything.
    """
    found = []
    for action in actions:
        if action.name not in MOVES:
            title, command = tr(action.title), f"gztrack {action.command}" if action.command else ""
            text = f"{command} {action.name}"
            english = action.title.casefold() if title != action.title else ""
            found.append(Choice(title, action.keys, command, action.name, "", text, 0, english))
    at = tr(GO_TO).index("{name}")
    for row in rows:
        name = name_of(row)
        title, english = tr(GO_TO, name=name), GO_TO.format(name=name)
        other = f"{row.name} {row.name_zh} {row.id}".casefold()
        english = english.casefold() if title != english else ""
        named = permit is None or permit.allows("show", row.id)
        command = f"gztrack show {clean(row.id)}" if named else ""
        found.append(Choice(title, (), command, "", row.id, other, at, english))
    return found


def matching(offered: Iterable[Choice], query: str) -> list[Match]:
    """Return what matches, the best first; every word must, and without any all actions are offered.

    Best is a title that begins so, with a whole word first, then a word in it, then the inside of a word, then
    command, id or other name, then letters that follow each other with others between.
    """
    words = query.casefold().split()
    if not words:
        return [Match(choice) for choice in offered if choice.action]
    found: list[tuple[int, int, Match]] = []
    for place, choice in enumerate(offered):
        rated = _rated(choice, words)
        if rated is not None:
            found.append((rated[0], place, Match(choice, rated[1])))
    found.sort(key=lambda each: each[:2])
    return [match for _, _, match in found]


def _rated(choice: Choice, words: Sequence[str]) -> tuple[int, list[Range]] | None:
    """How far from the best a choice is, and what to mark; None where a word is nowhere in it."""
    title = choice.title.casefold()
    starts = (0, choice.named_at)
    english_starts = (0, GO_TO.index("{name}")) if choice.indicator else (0,)
    far = 0
    plain: list[str] = []
    places: set[int] = set()
    for word in words:
        if word in choice.keys or (len(word) == 1 and word in map(str.casefold, choice.keys)):
            continue
        rated = _in_title(title, word, starts)
        if rated is not None:
            far += rated
            plain.append(word)
        elif (rated := _in_title(choice.english, word, english_starts)) is not None:
            far += rated
        elif word in choice.text:
            far += 5
        elif letters := _scattered(title, word):
            far += 10 + letters[-1] - letters[0] - len(word)
            places.update(letters)
        elif letters := _scattered(choice.english, word):
            far += 10 + letters[-1] - letters[0] - len(word)
        else:
            return None
    # Of two that match alike, an action comes before an indicator's name.
    far = 2 * far + bool(choice.indicator)
    marked = found_at(choice.title, plain)
    places.update(at for start, end in marked for at in range(start, end))
    return far, ranges(sorted(at for at in places if at < len(choice.title)))


def _in_title(title: str, word: str, starts: Sequence[int]) -> int | None:
    """How far from the best a title is that has a word; None where it has not."""
    at = title.find(word)
    if at < 0:
        return None
    if at in starts:
        return int(title[at + len(word) : at + len(word) + 1].isalnum())
    return 2 if f" {word}" in title else 4


def _scattered(text: str, letters: str) -> list[int]:
    """Where the letters stand in a text, one after the other, the first at the beginning of a word."""
    at = 0 if text.startswith(letters[0]) else text.find(f" {letters[0]}") + 1
    if at == 0 and not text.startswith(letters[0]):
        return []
    found = [at]
    for letter in letters[1:]:
        at = text.find(letter, at + 1)
        if at < 0:
            return []
        found.append(at)
    return found


def palette_rows(rows: int) -> int:
    """Return how many rows of a terminal the palette takes."""
    return min(rows, max(LEAST, min(MOST, rows * 3 // 5)))


def title_cells(offered: Iterable[Choice], cells: int) -> int:
    """Return the cells for titles: the longest action fits, if it can; commands go before titles are cut short."""
    longest = max((width(choice.title) for choice in offered if choice.action), default=20)
    beside_keys = cells - 2 - 2 - KEY_CELLS
    beside_commands = beside_keys - 2 - COMMAND_CELLS
    return max(10, min(longest, beside_commands if beside_commands >= LEAST_TITLE else beside_keys))


def palette_lines(
    query: str,
    matches: Sequence[Match],
    cursor: int,
    top: int,
    cells: int,
    rows: int,
    glyphs: Glyphs,
    *,
    total: int,
    titles: int,
) -> list[Line]:
    """Return the palette: a rule, the field, one line a choice, its keys.

    Args:
        query: What was typed.
        matches: What matches it.
        cursor: Which of them is marked.
        top: The first one that is visible.
        cells: Width of the terminal.
        rows: Lines of the palette.
        glyphs: Which characters the terminal can show.
        total: How much there is to choose from.
        titles: Cells for titles, as `title_cells` reckons them.
    """
    many = tr("{n:,} of {total:,}", n=len(matches), total=total) if query.strip() else tr("type to find one")
    lines = [rule([(tr("commands"), "strong")], many, cells, glyphs)]
    # A long text shows its end, where it is typed on.
    shown = query
    while shown and width(shown) > cells - FIELD_AT - 2:
        shown = shown[1:]
    lines.append([(" ", "text"), (":", "key"), (" ", "text"), (shown, "text"), (" ", "text@field")])
    if not matches:
        lines.append([("   " + tr("nothing is called that; escape leaves"), "muted")])
    lines += [
        _line(matches[index], cells, glyphs, titles, selected=index == cursor)
        for index in range(top, min(len(matches), top + rows - 3))
    ]
    lines += [[] for _ in range(rows - 1 - len(lines))]
    arrows = f"{glyphs.up} {glyphs.down}"
    keys = [("enter", tr("do it")), (arrows, tr("row")), ("escape", tr("leave"))]
    return [*lines[: rows - 1], keys_line(keys)]


def _line(match: Match, cells: int, glyphs: Glyphs, titles: int, *, selected: bool) -> Line:
    choice = match.choice
    edge, name = ("@edge", "strong@select") if selected else ("", "text")
    keys = [glyphs.written(key) for key in choice.keys]
    said = " ".join(keys[:2]) if width(" ".join(keys[:2])) <= KEY_CELLS else "".join(keys[:1])
    room = titles if said or choice.command else cells - 3
    start: Line = [(glyphs.selected if selected else " ", f"accent{edge}"), (" ", f"text{edge}")]
    title = left(choice.title, room, glyphs.ellipsis)
    marks = [(start, min(end, len(title))) for start, end in match.marks if start < len(title)]
    line = [*start, *with_marks(title, name, marks)]
    line += [("  ", "text"), (left(said, KEY_CELLS, glyphs.ellipsis), "key")]
    if choice.command and cells - line_width(line) - 2 >= COMMAND_CELLS:
        line += [("  ", "text"), (choice.command, "muted")]
    return cut_line(line, cells, glyphs.ellipsis)
