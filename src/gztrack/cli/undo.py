"""``undo`` and ``redo``: this author's last actions, across restarts, as new facts."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command, done
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.errors import InputError
from gztrack.language import tr

MOST = 1000
"""Actions that one command takes back at most; a slip of the hand must not undo a career."""


def undo_parser() -> Parser:
    """The parser of ``undo``."""
    built = Parser(
        "undo",
        "[N]",
        tr(
            "Take back your last action, or the last N. A batch or an import is one action; the figures"
            " that a database starts with are nobody's. Nothing is deleted: gztrack redo brings it back."
        ),
        "undo 2",
    )
    built.word("N", tr("how many actions; 1 unless told"), "?")
    return built


def redo_parser() -> Parser:
    """The parser of ``redo``."""
    built = Parser("redo", "[N]", tr("Bring back what you have undone, the last undo first."), "redo")
    built.word("N", tr("how many undos; 1 unless told"), "?")
    return built


def undo(found: Found, session: Session) -> Answer:
    """Take back this author's last actions.

    Raises:
        InputError: There is nothing to undo, or somebody else has built on it.
    """
    times = _times(found.n, "undo")
    return done(session.writing().undo(times), session)


def redo(found: Found, session: Session) -> Answer:
    """Bring back what this author has undone.

    Raises:
        InputError: There is nothing to redo.
    """
    times = _times(found.n, "redo")
    return done(session.writing().redo(times), session)


def _times(text: str, command: str) -> int:
    if not text:
        return 1
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST:
        return int(text)
    raise InputError(
        tr(
            "{command}: no number of actions: '{text}'; a whole number from 1 to {most:,}",
            command=command,
            text=text,
            most=MOST,
        )
    )


COMMANDS = {"undo": Command(undo_parser, undo), "redo": Command(redo_parser, redo)}
