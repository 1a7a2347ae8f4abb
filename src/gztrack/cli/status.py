"""``status``: the board as text."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from gztrack.cli.answer import Answer, Command
from gztrack.cli.clocks import clocks, clocks_options, group, many_of, method, method_option, undated
from gztrack.cli.output import width
from gztrack.cli.parser import Parser
from gztrack.cli.session import Session
from gztrack.services.reader import Clocks
from gztrack.services.references import known_indicator
from gztrack.services.rows import counts
from gztrack.services.tracker import Tracker
from gztrack.services.views import STATUS_ORDER, Board, Row


def parser() -> Parser:
    """The parser of ``status``."""
    built = Parser(
        "status",
        "[ID...] [--group G] [--method M] [--as-of D] [--logged-by D] [--published-by D] [--only STATUS]",
        "The board as text: reading, target, progress and status of every indicator, or of those named.",
        "status --as-of 2020-12-31 --only 'off track'",
        glyphs=True,
    )
    built.word("ID", "indicators; all unless told", "*")
    built.option("--group", "G", "only those under this heading")
    built.option("--only", "STATUS", "only those with this status, or several parted by commas")
    method_option(built)
    clocks_options(built)
    return built


def run(found: Namespace, session: Session) -> Answer:
    """Show the board.

    Raises:
        InputError: An indicator, a group, a method, a date or a status does not exist.
        StoreError: The database cannot be read.
    """
    how = method(found)
    tracker = session.reading()
    when = clocks(found, tracker)
    board = _chosen(tracker.board(when, how), found, tracker, when, how)
    notes = undated(tracker, when)
    if session.json:
        from gztrack.export.forms import dumps, status_item

        return Answer(dumps([status_item(row) for row in board.rows]).encode(), notes)
    from gztrack.export.text import board_text

    return Answer(board_text(board, width=width(), ascii=session.ascii), notes)


def _chosen(board: Board, found: Namespace, tracker: Tracker, when: Clocks, how: str) -> Board:
    """The board with the rows that were asked for, and counts of those.

    Raises:
        InputError: Something asked for does not exist.
    """
    moment = tracker.moment(when)
    slugs = {known_indicator(tracker.register, text, moment)["indicator"] for text in found.id}
    heading = group(found.group, [row.group for row in board.rows]) if found.group else ""
    statuses = many_of("--only", found.only, STATUS_ORDER) if found.only else set()
    if slugs - {row.id for row in board.rows}:  # asked for by name, an archived one is shown
        board = tracker.board(when, how, archived=True)
    kept: list[Row] = []
    wholes: list[Row] = []
    for row in board.rows:
        wholes = [*wholes[: row.depth], row]
        wanted = (
            (not slugs or row.id in slugs)
            and (not heading or row.group == heading)
            and (not statuses or row.status in statuses)
        )
        if wanted:  # a part is set under its whole only where that is shown too
            shown = {other.id for other in kept}
            kept.append(replace(row, depth=sum(whole.id in shown for whole in wholes[:-1])))
    return replace(board, rows=tuple(kept), counts=counts(kept))


COMMANDS = {"status": Command(parser, run)}
