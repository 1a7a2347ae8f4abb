"""The rows of the board that ids, ``--group`` and ``--only`` choose."""

from __future__ import annotations

from gztrack.cli.clocks import FOLDED, group, many_of
from gztrack.cli.parser import Found
from gztrack.services.board.selecting import Selection, selected
from gztrack.services.entering.references import known_indicator
from gztrack.services.reader import Clocks, Reader
from gztrack.services.views import STATUS_ORDER, Board


def chosen(
    found: Found, tracker: Reader, when: Clocks, how: str, *, archived: bool = False, project: bool = False
) -> tuple[Board, Selection]:
    """The board with the rows that were asked for, and what that was.

    Args:
        found: What was typed.
        tracker: Whose board.
        when: As of when.
        how: The method asked for, or empty.
        archived: Archived indicators too.
        project: Each row's forecast too.

    Raises:
        InputError: Something asked for does not exist.
    """
    board = tracker.board(when, how, archived=archived, project=project)
    moment = tracker.moment(when)
    slugs = {known_indicator(tracker.register, text, moment)["indicator"] for text in found.id}
    heading = group(found.group, ((row.group, row.group_zh) for row in board.rows)) if found.group else ""
    statuses = _statuses(found.only) if found.only else set()
    if slugs - {row.id for row in board.rows}:  # asked for by name, an archived one is shown
        board = tracker.board(when, how, archived=True, project=project)
    selection = Selection(frozenset(slugs), heading, frozenset(statuses))
    return selected(board, selection), selection


def _statuses(text: str) -> set[str]:
    """The statuses that a text names; `FOLDED` words stand for several.

    Raises:
        InputError: There is none of a name.
    """
    words = many_of("--only", text, (*STATUS_ORDER, *FOLDED))
    return {status for word in words for status in FOLDED.get(word, (word,))}
