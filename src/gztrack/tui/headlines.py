"""The lines above and below the list: title, summary, first-run line, footer. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gztrack.domain.text import clean
from gztrack.export.glyphs import role_of
from gztrack.language import ptr, term, tr
from gztrack.services.actions import Action
from gztrack.services.views import counted_word
from gztrack.tui.cells import Line, cut, cut_line, line_width, spread, tidy, width
from gztrack.tui.glyphs import UNICODE, Glyphs

WORDS_GO = (
    term("reached"),
    term("cannot tell"),
    term("missed"),
    term("no reading"),
    term("no target"),
    term("behind"),
    term("on track"),
    term("off track"),
)
"""Which words a summary gives up first where it is too wide; glyph and count stay."""

FILTER_AT = 3
"""Cell at which a filter's text begins."""

_RECKONED = re.compile(r"([a-z-]+)(?:\D*(\d[\d,]*)\D*)?")
"""A method, and how many go by another one, in whatever language."""

_KEY = "\ue001"
"""Put around a key, so that a sentence can be parted there wherever a language puts it."""


def dates(as_of: date, travelling: bool, method: str, *, brief: bool, always_method: bool = False) -> Line:
    """Return the right end of title or summary: the date, and the method where it matters."""
    if travelling:
        line: Line = [(tr("as of {date}", date=as_of.isoformat()), "guard")]
    elif brief:
        line = [(as_of.isoformat(), "text")]
    else:
        line = [(tr("today") + " ", "muted"), (as_of.isoformat(), "text")]
    if always_method or method != "linear":
        line.append((f"{' ' * (2 if brief else 3)}{method}", "muted"))
    return line


def dates_beside(
    start: Line,
    as_of: date,
    travelling: bool,
    reckoned: str,
    cells: int,
    *,
    brief: bool,
    titled: bool = False,
    who: str = "",
) -> Line:
    """Return the same with as much of the method as the rest of its line leaves room for.

    Args:
        start: What stands at the left, in full: it matters more than how many go by another method.
        as_of: The date.
        travelling: It is not today.
        reckoned: The method as the board says it: ``open-sdg, 1 by their own``.
        cells: Width of the terminal.
        brief: The date without a word.
        titled: The line is the title, where the method always stands.
        who: Whose name is written; said where there is room beside everything else.
    """
    found = _RECKONED.fullmatch(reckoned)
    method, own = (found[1], found[2]) if found else (reckoned, None)
    labels = [reckoned, tr("{method} +{n} own", method=method, n=own), method] if own else [method]
    for label in labels:
        line = dates(as_of, travelling, label, brief=brief, always_method=titled)
        if line_width(start) + line_width(line) + 2 <= cells:
            break
    signed = [(tr("you are {name}", name=clean(who)) + "   ", "muted"), *line] if who else line
    return signed if line_width(start) + line_width(signed) + 2 <= cells else line


def title_line(title: str, right: Line, cells: int, glyphs: Glyphs) -> Line:
    """Return the title line: the program, what is tracked, the date."""
    start = title_start(title, cells)
    return spread(start, [*right, (" ", "text")], cells, glyphs.ellipsis)


def title_start(title: str, cells: int) -> Line:
    """Return the left end of the title line."""
    return [(" ", "text"), ("gztrack", "strong"), ("  ", "text"), (cut(title, cells), "text")]


def summary(counts: Sequence[tuple[str, int]], cells: int, glyphs: Glyphs) -> Line:
    """Return the counts in at most ``cells`` cells; words go before glyphs and counts do."""
    line: Line = []
    for gone in range(len(WORDS_GO) + 1):
        # The narrowest gap only once the words that explain themselves are gone.
        for gap in (3, 2, 1) if gone >= 3 else (3, 2):
            line = _summary(counts, frozenset(WORDS_GO[:gone]), gap, glyphs)
            if line_width(line) <= cells:
                return line
    return line


def _summary(counts: Sequence[tuple[str, int]], gone: frozenset[str], gap: int, glyphs: Glyphs) -> Line:
    line: Line = []
    for word, count in counts:
        if line:
            line.append((" " * gap, "text"))
        role = role_of(word)
        line += [(glyphs.status(word) + " ", role), *count_spans(count, "" if word in gone else word, role)]
    return line


def count_spans(count: int, word: str, role: str) -> Line:
    """Return how many there are of a status, its word where the language has it; no word gives the number alone."""
    number = (f"{count:,}", "strong")
    if not word:
        return [number]
    style = "muted" if role == "muted" else "text"
    before, _, after = ptr("so many of a status", "{n} {word}", n="\n", word=counted_word(word)).partition(
        "\n"
    )
    return [*([(before, style)] if before else []), number, *([(after, style)] if after else [])]


def summary_line(counts: Sequence[tuple[str, int]], right: Line, cells: int, glyphs: Glyphs) -> Line:
    """Return the summary with the date at its right (or nothing, where the title has it)."""
    tail = [*right, (" ", "text")] if right else []
    room = cells - 1 - line_width(tail) - (1 if tail else 0)
    return spread([(" ", "text"), *summary(counts, room, glyphs)], tail, cells, glyphs.ellipsis)


def filter_line(
    text: str, off_track: bool, shown: int, total: int, right: Line, cells: int, glyphs: Glyphs
) -> Line:
    """Return the line that takes the summary's place while rows are filtered.

    Args:
        text: The filter as typed; it begins at ``FILTER_AT``.
        off_track: Only rows that are off track are shown.
        shown: Rows that are left.
        total: Rows there are.
        right: The date.
        cells: Width of the terminal.
        glyphs: Which characters the terminal can show.
    """
    start: Line = [(" ", "text"), ("/", "key"), (" ", "text"), (text, "text"), ("   ", "text")]
    if off_track:
        start = [*(start if text else start[:1]), (tr("only off track"), "strong"), ("  ", "text")]
    start.append((tr("{shown:,} of {total:,}", shown=shown, total=total), "muted"))
    return spread(start, [*right, (" ", "text")] if right else [], cells, glyphs.ellipsis)


def first_run_line(offer: bool, cells: int, glyphs: Glyphs = UNICODE, *, empty: bool = False) -> Line:
    """Return the invitation for somebody's first board, as long as fits.

    Args:
        offer: There is a pack that ``i`` brings in.
        cells: Width of the terminal.
        glyphs: The keys as they are set; what they may not do is not named.
        empty: There is no indicator yet, so nothing to log a reading for.
    """
    keys = {name: glyphs.key(f"board.{name}") for name in ("log", "goal", "import", "help", "new")}
    marked = {name: f"{_KEY}{key}{_KEY}" for name, key in keys.items()}
    log, goal, bring, helps, new = marked.values()
    start = [(" " + tr("Start here: "), "key@raised")]
    last: Line = [(" ", "text@raised"), *_marked(tr("{help} explains all", help=helps))]
    if empty:
        texts = [
            tr(
                "{new} adds an indicator, {file} imports a file, {help} explains all",
                new=new,
                file=bring,
                help=helps,
            ),
            tr("{new} adds an indicator, {help} explains all", new=new, help=helps),
        ]
    else:
        said = {"log": log, "goal": goal, "help": helps}
        texts = (
            [
                tr(
                    "{log} logs a reading, {goal} sets a goal, {bring} brings in what was published since,"
                    " {help} explains all",
                    bring=bring,
                    **said,
                ),
                tr(
                    "{log} logs a reading, {goal} sets a goal, {bring} adds later data, {help} explains all",
                    bring=bring,
                    **said,
                ),
            ]
            if offer
            else [
                tr("{log} logs a reading, {goal} sets a goal for the marked row, {help} explains all", **said)
            ]
        )
        texts += [
            tr("{log} logs a reading, {goal} sets a goal, {help} explains all", **said),
            tr("{log} logs, {help} explains all", log=log, help=helps),
        ]
    if glyphs.permit is not None:
        texts = _permitted_start(marked, glyphs, empty=empty)
    variants = [*([*start, *_marked(text)] for text in texts), last]
    return next((line for line in variants if line_width(line) < cells), variants[-1])


def _permitted_start(marked: Mapping[str, str], glyphs: Glyphs, *, empty: bool) -> list[str]:
    """What somebody behind a gate begins with, the longest first; no import is among it."""
    log, goal, new, helps = (marked[name] for name in ("log", "goal", "new", "help"))
    if empty:
        added = tr("{new} adds an indicator, {help} explains all", new=new, help=helps)
        return [added] if glyphs.may("board.new") else []
    if not glyphs.may("board.log"):
        return []
    both = tr("{log} logs a reading, {goal} sets a goal, {help} explains all", log=log, goal=goal, help=helps)
    brief = tr("{log} logs, {help} explains all", log=log, help=helps)
    return [both, brief] if glyphs.may("board.goal") else [brief]


def _marked(text: str) -> Line:
    """A sentence with its keys in their colour."""
    parts = [(part, "key@raised" if at % 2 else "text@raised") for at, part in enumerate(text.split(_KEY))]
    return [(part, role) for part, role in parts if part]


def keys_line(pairs: Iterable[tuple[str, str]]) -> Line:
    """Return keys and what they do, as the last line of a form or a screen."""
    line: Line = [(" ", "text")]
    for key, word in pairs:
        if len(line) > 1:
            line.append(("  ", "text"))
        line += [(key, "key"), (f" {word}", "muted")]
    return line


def footer(actions: Iterable[Action], cells: int, glyphs: Glyphs, *, travelling: bool = False) -> Line:
    """Return the footer: as many keys as fit, the least needed ones dropped first."""
    shown = [_travel_back(action) if travelling else action for action in actions]
    shown = [action for action in shown if action.footer and action.keys]
    for drop in range(max((action.drop for action in shown), default=0) + 1):
        kept = [action for action in shown if not action.drop or action.drop > drop]
        line = keys_line((_footer_keys(action, actions, glyphs), tr(action.footer)) for action in kept)
        if line_width(line) <= cells:
            return line
    while line_width(line) > cells and len(kept) > 1:
        # Narrower than any terminal we promise to fit: keep help and quit at the end.
        del kept[max(0, len(kept) - 3)]
        line = keys_line((_footer_keys(action, actions, glyphs), tr(action.footer)) for action in kept)
    return line


def _footer_keys(action: Action, actions: Iterable[Action], glyphs: Glyphs) -> str:
    """Return the key of an action, with that of its opposite where they go together."""
    other = {"earlier": "later", "down": "up", "up": "down"}.get(action.name)
    keys = [action.keys[0]]
    if other:
        keys += [twin.keys[0] for twin in actions if twin.name == other and twin.keys]
    return " ".join(glyphs.written(key) for key in keys)


def _travel_back(action: Action) -> Action:
    """In the past the way back matters more than anything that drops."""
    return action._replace(footer=term("today")) if action.name == "today" else action


def message_line(message: tuple[str, str, str], cells: int, glyphs: Glyphs) -> Line:
    """Return what was just done, or why it was not, in the footer's place.

    Args:
        message: Text, colour role, and what can be done about it (at the right).
        cells: Width of the terminal.
        glyphs: Which characters the terminal can show.
    """
    text, role, hint = message
    mark = {"error": glyphs.error, "good": glyphs.status("met")}.get(role, "")
    lead: Line = [(" ", "text"), (mark + " ", role)] if mark else [(" ", "text")]
    start = [*lead, (tidy(glyphs.signs(text)), "text" if role == "good" else role)]
    end: Line = [(" ", "text"), *_hinted(hint), (" ", "text")] if hint else []
    return spread(start, end, cells, glyphs.ellipsis)


def _hinted(hint: str) -> Line:
    key, _, words = hint.partition(" ")
    return [(key, "key"), (f" {words}", "muted")]


def rule(start: Line, end: str, cells: int, glyphs: Glyphs) -> Line:
    """Return a rule with a title in it, and a muted note at its right as far as there is room."""
    line: Line = cut_line([(glyphs.rule + " ", "faint"), *start, (" ", "text")], cells, glyphs.ellipsis)
    room = cells - line_width(line) - 4
    note = f" {cut(end, room, glyphs.ellipsis)} " if end and room >= min(8, width(end)) else ""
    fill = cells - line_width(line) - width(note)
    if not note:
        return [*line, (glyphs.rule * fill, "faint")]
    return [*line, (glyphs.rule * (fill - 1), "faint"), (note, "muted"), (glyphs.rule, "faint")]
