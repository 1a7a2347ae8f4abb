"""``status``: the board as text."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command
from gztrack.cli.clocks import choosing_options, clocks, clocks_options, method, method_option, undated
from gztrack.cli.output import width
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.language import tr


def parser() -> Parser:
    """The parser of ``status``."""
    built = Parser(
        "status",
        "[ID...] [--group G] [--method M] [--as-of D] [--logged-by D] [--published-by D] [--only STATUS]"
        " [--archived]",
        tr("The board as text: reading, target, progress and status of every indicator, or of those named."),
        "status --as-of 2020-12-31 --only 'off track'",
        glyphs=True,
    )
    choosing_options(built)
    built.flag("--archived", tr("archived ones too"))
    method_option(built)
    clocks_options(built)
    return built


def run(found: Found, session: Session) -> Answer:
    """Show the board.

    Raises:
        InputError: An indicator, a group, a method, a date or a status does not exist.
        StoreError: The database cannot be read.
    """
    how = method(found)
    tracker = session.reading()
    when = clocks(found, tracker)
    if found.id or found.group or found.only:
        from gztrack.cli.choosing import chosen

        board, _ = chosen(found, tracker, when, how, archived=found.archived, project=session.json)
    else:
        board = tracker.board(when, how, archived=found.archived, project=session.json)
    tracker.keep_board()
    notes = undated(tracker, when, [row.id for row in board.rows])
    if session.json:
        from gztrack.export.forms import dumps, status_item

        return Answer(dumps([status_item(row) for row in board.rows]).encode(), notes)
    from gztrack.export.board_text import board_text

    return Answer(board_text(board, width=width(), ascii=session.ascii), notes)


COMMANDS = {"status": Command(parser, run)}
