"""``board``: the board by its name, for whoever looks for it among the commands; without a command it opens as well."""

from __future__ import annotations

from gztrack.cli import output
from gztrack.cli.answer import Command
from gztrack.cli.catalogue import BOARD_OPTIONS, THEMES
from gztrack.cli.main import BoardRequest
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.cli.words import checked
from gztrack.errors import InputError
from gztrack.language import tr


def parser() -> Parser:
    """The parser of ``board``."""
    built = Parser(
        "board",
        "[--theme NAME]",
        tr(
            "Open the board, as gztrack without a command does on a terminal. Elsewhere there is nothing to open it"
            " on, and gztrack status prints it as text."
        ),
        "board --theme light",
        glyphs=True,
    )
    about = {written.partition(" ")[0]: text for written, text in BOARD_OPTIONS}
    built.option("--theme", "NAME", tr(about["--theme"]), choices=THEMES)
    built.flag("--plain-frames", tr(about["--plain-frames"]))
    return built


def run(found: Found, session: Session) -> BoardRequest:
    """Ask for the board.

    Raises:
        InputError: There is no terminal to open it on.
    """
    if session.json:
        raise InputError(tr("the board is no data; gztrack status --json prints it as such"))
    if not output.somebody_sits_here():
        if session.permit is not None:
            raise InputError(tr("the board needs a terminal: ssh -t HOST"))
        raise InputError(tr("the board needs a terminal; gztrack status prints it as text"))
    given = session.given
    given = given._replace(
        theme=found.theme or given.theme,
        lang=found.lang or given.lang,
        ascii=found.ascii or given.ascii,
        plain_frames=found.plain_frames or given.plain_frames,
    )
    return BoardRequest(session, checked(given, "board"))


COMMANDS = {"board": Command(parser, run)}
