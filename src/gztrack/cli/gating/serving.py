"""What a gate does when somebody comes through: one command, or the board, and nothing else."""

from __future__ import annotations

import os
import sys

from gztrack.cli import output
from gztrack.cli.gating.judging import judge, judge_globals
from gztrack.cli.gating.notes import REFUSED
from gztrack.cli.gating.request import asked, words_of
from gztrack.cli.gating.session import GatedSession
from gztrack.cli.gating.surroundings import capped, scrub
from gztrack.cli.gating.terms import Terms
from gztrack.cli.tongue import choose
from gztrack.cli.words import Words, taken_apart
from gztrack.errors import InputError, RefusedError
from gztrack.language import english, remember_english, tr
from gztrack.services.permits import BOARD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gztrack.cli.main import BoardRequest


def serve(terms: Terms) -> int | BoardRequest:
    """Do what is asked for, if it is allowed.

    Raises:
        RefusedError: It is not.
        GztrackError: What went wrong, without a path.
    """
    scrub(os.environ)
    remember_english()
    text = asked(os.environ)
    session = GatedSession(terms, text, os.environ)
    return session.guarded(lambda: _served(text, session))


def _served(text: str, session: GatedSession) -> int | BoardRequest:
    try:
        spoken = words_of(text)
        choose([*(["--lang", session.terms.lang] if session.terms.lang else []), *spoken], os.environ)
        words = taken_apart(spoken)
    except InputError as error:
        raise _noted(error, session) from None
    session.says(words.given)
    judge_globals(words)
    if words.asks == "version":
        from gztrack import __version__

        output.say(f"gztrack {__version__}")
        return 0
    if words.command == "help" or (words.asks == "help" and not words.command):
        return _help(words.rest, session)
    if not words.command:
        if output.somebody_sits_here() and not words.given.json:
            from gztrack.cli.main import BoardRequest

            session.terms.permit.check(BOARD)
            return BoardRequest(session, words.given)
        words = words._replace(command="status")
    return _command(words, session)


def _command(words: Words, session: GatedSession) -> int | BoardRequest:
    """Do one command; `gztrack.cli.main` does the same for somebody who may do everything."""
    from gztrack.cli.main import BoardRequest, concluded, loaded

    permit = session.terms.permit
    if not permit.allows(words.command):
        from gztrack.cli.gating.guiding import check

        check(permit, words.command)
    command = loaded(words.command)
    parser = command.parser()
    if words.asks == "help":
        from gztrack.cli.gating.guiding import of_command

        output.say(of_command(parser))
        return 0
    try:
        found = parser.understood(words.rest)
    except InputError as error:
        raise _noted(_explained(error, words), session) from None
    judge(words, parser, found, permit)
    session.json = session.json or found.json
    session.quiet = session.quiet or found.quiet
    session.ascii = session.ascii or getattr(found, "ascii", False) or output.lacks_glyphs()
    sys.stdin = capped(sys.stdin, session.terms.max_input)
    try:
        answer = command.run(found, session)
    except InputError as error:
        raise _explained(error, words) from None
    if isinstance(answer, BoardRequest):
        return answer
    if not isinstance(answer, tuple):
        raise RefusedError(tr("{command} is never allowed behind a gate", command=words.command))
    return concluded(answer, session)


def _explained(error: InputError, words: Words) -> InputError:
    """An error, with what may be behind it."""
    if not isinstance(error, RefusedError):
        from gztrack.cli.gating.guiding import explain

        explain(error, " ".join(words.rest))
    return error


def _noted(error: InputError, session: GatedSession) -> InputError:
    """An error in the words of a command, noted: whoever tries a gate's options out types such."""
    if not isinstance(error, RefusedError):  # those are noted anyway
        session.notes_of_gate.add(REFUSED, english(str(error)), "not-understood")
    return error


def _help(topics: Sequence[str], session: GatedSession) -> int:
    """Help: of what is allowed.

    Raises:
        RefusedError: It is asked for of something else.
    """
    from gztrack.cli.gating.guiding import check, of_command, of_gate

    if topics and not topics[0].startswith("-"):
        from gztrack.cli.main import loaded

        check(session.terms.permit, topics[0])
        if topics[0] != BOARD:
            output.say(of_command(loaded(topics[0]).parser()))
            return 0
    output.say(of_gate(session))
    return 0
