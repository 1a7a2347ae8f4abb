"""The command line's front door: finds the command, imports only that one, and settles how it ends.

``--version`` and ``--help`` import nothing but the standard library. The board is another
face: asked for it, `main` returns a request that ``gztrack.__main__`` fulfils.
"""

from __future__ import annotations

import os
import sys

from gztrack import language
from gztrack.cli import output
from gztrack.errors import BY_SIGNAL, GztrackError, InputError, StoreError
from gztrack.language import tr

TYPE_CHECKING = False  # `typing` would double what --version costs
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from gztrack.cli.answer import Answer, Command
    from gztrack.cli.session import Session
    from gztrack.cli.words import Globals, Words

    Result = TypeVar("Result")


class BoardRequest:
    """Somebody wants the board.

    Args:
        session: Database, author and date.
        given: What was said, all options taken together.

    Attributes:
        session: Database, author and date; it knows whether the terminal can show more than ASCII.
        theme: One of `gztrack.cli.catalogue.THEMES`; empty when it was not said.
        lang: What ``--lang`` said; empty when it was not said.
        asked_ascii: ``--ascii`` was said; the session's own may come from the terminal.
        plain_frames: Repaint whole regions instead of changed cells.

    Raises:
        InputError: The terminal cannot move its cursor.
    """

    def __init__(self, session: Session, given: Globals) -> None:
        self.session = session
        self.theme = given.theme or ""
        self.lang = given.lang or ""
        self.asked_ascii = given.ascii
        self.plain_frames = given.plain_frames
        _on_a_screen(session, self.lang)


def main(argv: Sequence[str]) -> int | BoardRequest:
    """Run a command line.

    Args:
        argv: The words behind the program's name.

    Returns:
        The exit code, or a request to open the board.
    """
    output.ready()
    return guarded(lambda: _run(argv))


def guarded(action: Callable[[], Result]) -> Result | int:
    """Do something; what goes wrong becomes a line on stderr, or a few, and an exit code, never a traceback."""
    try:
        return action()
    except GztrackError as error:
        return _failed(str(error), error.exit_code, error.further)
    except KeyboardInterrupt as interrupted:
        from gztrack.cli.interruption import CTRL_C, told

        number, message = told(interrupted)
        if number == CTRL_C and output.is_terminal(sys.stderr):
            output.begin_line()  # the terminal has just shown ^C
        return _failed(message, BY_SIGNAL + number)
    except BrokenPipeError:
        return 0  # whoever read the output has what they wanted
    except OSError as error:
        from gztrack.domain.reasons import reason_of

        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        return _failed(where + reason_of(error).lower(), StoreError.exit_code)


def _failed(message: str, code: int, further: Sequence[str] = ()) -> int:
    from gztrack.domain.text import clean

    output.tell(map(clean, (message, *further)))
    return code


def _run(argv: Sequence[str]) -> int | BoardRequest:
    from gztrack.cli.tongue import choose

    choose(argv)
    if argv and argv[0] == "--version":
        return _version()
    if argv and argv[0] in ("-h", "--help"):
        return _help(())
    from gztrack.cli.words import taken_apart

    words = taken_apart(argv)
    if words.asks == "version":
        return _version()
    if words.command == "help" or (words.asks == "help" and not words.command):
        return _help(words.rest)
    if not words.command:
        from gztrack.cli.session import Session

        if not words.given.json and output.somebody_sits_here():
            return BoardRequest(Session(words.given), words.given)
        words = words._replace(command="status")
    return _command(words)


def _command(words: Words) -> int | BoardRequest:
    """Parse the rest of the line with the command's own parser, do it, and deliver the answer."""
    command = loaded(words.command)
    parser = command.parser()
    if words.asks == "help":
        output.say(parser.format_help())
        return 0
    from gztrack.cli.session import Session

    found = parser.understood(words.rest)
    given = words.given._replace(
        db=words.given.db if found.db is None else found.db,
        author=words.given.author if found.author is None else found.author,
        json=words.given.json or found.json,
        quiet=words.given.quiet or found.quiet,
        ascii=words.given.ascii or getattr(found, "ascii", False),
    )
    session = Session(given)
    session.ascii = session.ascii or output.lacks_glyphs()
    try:
        answer: Answer | int | BoardRequest = command.run(found, session)
    except GztrackError as error:
        error.reword(session.addressed)
        raise
    if isinstance(answer, (int, BoardRequest)):
        return answer  # a gate's: it answers as whoever came through it
    return concluded(answer, session)


def concluded(answer: Answer, session: Session) -> int:
    """Deliver an answer, have the hooks told what was written, and return the exit code."""
    _deliver(answer, session)
    if answer.written and session.outcomes and session.has_hooks:
        from gztrack.cli.hooks import tell_hooks

        tell_hooks(session)
    return answer.code


def _deliver(answer: Answer, session: Session) -> None:
    """Print an answer; the narration first, so that it stands above the data it is about.

    ``--quiet`` leaves out what is said only to people: narration, and the echo of what was done.

    Raises:
        StoreError: The data cannot be written, and nothing was changed that stays.
    """
    if session.quiet:
        if answer.echo:
            return
    else:
        output.tell(map(session.addressed, [*session.narration(), *answer.notes]))
    is_echo = answer.written and isinstance(answer.data, str)
    try:
        output.say(session.addressed(str(answer.data)) if is_echo else answer.data)
    except BrokenPipeError:
        return  # whoever read the output has what they wanted; the exit code holds all the same
    except StoreError as error:
        if not answer.written:
            raise
        # A second try would write it twice, so this is no failure.
        output.tell([tr("done and kept, but {error}", error=error)])


def _version() -> int:
    from gztrack import __version__

    output.say(f"gztrack {__version__}")
    return 0


def _help(topics: Sequence[str]) -> int:
    from gztrack.cli.catalogue import TOPICS

    if topics and topics[0] in TOPICS:
        from gztrack.cli.topics import told

        output.say(told(topics[0]))
    elif topics and not topics[0].startswith("-"):
        output.say(loaded(topics[0]).parser().format_help())
    else:
        from gztrack.cli.catalogue import overview

        output.say(overview())
    return 0


def _on_a_screen(session: Session, lang: str) -> None:
    """See that the terminal can show a board, and what it cannot show of one.

    Raises:
        InputError: It cannot move its cursor.
    """
    term = os.environ.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        raise InputError(
            tr(
                "the board needs a terminal that can move its cursor, and TERM is '{term}';"
                " gztrack status prints it as text",
                term=term,
            )
        )
    session.ascii = session.ascii or output.lacks_glyphs()
    environ = output.as_started()
    if not lang and not output.speaks_utf8(environ):
        from gztrack.services.personal import speech

        if speech(environ)[0] == language.AUTO:
            language.use("en")  # a board is UTF-8, whatever the locale's own encoding has


def loaded(name: str) -> Command:
    """A command, its module imported.

    Raises:
        InputError: There is none of that name.
    """
    from gztrack.cli.catalogue import COMMANDS
    from gztrack.cli.words import check_command

    check_command(name)
    module = __import__(f"gztrack.cli.{COMMANDS[name][0]}", fromlist=["COMMANDS"])
    found: Command = module.COMMANDS[name]
    return found
