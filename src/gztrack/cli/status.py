"""``status``: the board as text."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command
from gztrack.cli.clocks import clocks, clocks_options, group, many_of, method, method_option, undated
from gztrack.cli.output import width
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.language import tr
from gztrack.services.board.rows import counts
from gztrack.services.entering.references import known_indicator
from gztrack.services.reader import Clocks, Reader
from gztrack.services.views import NO_VERDICT, STATUS_ORDER, SUMMARY_FOLD, Board, Row

FOLDED = {
    "reached": tuple(status for status, word in SUMMARY_FOLD.items() if word == "reached"),
    "no verdict": NO_VERDICT,
}
"""Words of summaries that stand for several statuses."""


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
    built.word("ID", tr("indicators; all unless told"), "*")
    built.option("--group", "G", tr("only those under this heading"))
    built.option(
        "--only",
        "STATUS",
        tr("only those with this status, or several parted by commas; reached, no verdict"),
    )
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
    board = _chosen(found, tracker, when, how, project=session.json)
    tracker.keep_board()
    notes = undated(tracker, when, [row.id for row in board.rows])
    if session.json:
        from gztrack.export.forms import dumps, status_item

        return Answer(dumps([status_item(row) for row in board.rows]).encode(), notes)
    from gztrack.export.board_text import board_text

    return Answer(board_text(board, width=width(), ascii=session.ascii), notes)


def _chosen(found: Found, tracker: Reader, when: Clocks, how: str, *, project: bool) -> Board:
    """The board with the rows that were asked for, and counts of those.

    Raises:
        InputError: Something asked for does not exist.
    """
    board = tracker.board(when, how, archived=found.archived, project=project)
    moment = tracker.moment(when)
    slugs = {known_indicator(tracker.register, text, moment)["indicator"] for text in found.id}
    heading = group(found.group, ((row.group, row.group_zh) for row in board.rows)) if found.group else ""
    statuses = _statuses(found.only) if found.only else set()
    if slugs - {row.id for row in board.rows}:  # asked for by name, an archived one is shown
        board = tracker.board(when, how, archived=True, project=project)
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
            kept.append(row._replace(depth=sum(whole.id in shown for whole in wholes[:-1])))
    return board._replace(rows=tuple(kept), counts=counts(kept))


def _statuses(text: str) -> set[str]:
    """The statuses that a text names; `FOLDED` words stand for several.

    Raises:
        InputError: There is none of a name.
    """
    words = many_of("--only", text, (*STATUS_ORDER, *FOLDED))
    return {status for word in words for status in FOLDED.get(word, (word,))}


COMMANDS = {"status": Command(parser, run)}
