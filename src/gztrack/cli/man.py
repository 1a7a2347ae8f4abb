"""``man``: the manual page, made from what the commands, the settings and the board's keys are declared as."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command, as_json
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.language import tr


def parser() -> Parser:
    """The parser of ``man``."""
    return Parser(
        "man",
        "[--lang en|zh]",
        tr(
            "The manual page, as roff for man: every command with its options, the board's keys, files, environment,"
            " exit codes."
        ),
        "man | man -l -\nman > ~/.local/share/man/man1/gztrack.1",
    )


def run(found: Found, session: Session) -> Answer:
    """Print the page."""
    from gztrack.cli.manpage import page

    del found  # it takes nothing
    text = page()
    return Answer(as_json({"page": text}) if session.json else text.encode())


COMMANDS = {"man": Command(parser, run)}
