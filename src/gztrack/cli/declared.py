"""What every command declares, gathered: what completion scripts and the man page are made from."""

from __future__ import annotations

from gztrack.cli.catalogue import BOARD_OPTIONS, COMMANDS, OPTIONS, THEMES
from gztrack.cli.parser import Declared, Parser
from gztrack.language import LANGUAGES, tr
from gztrack.light import NamedTuple

NAMED_IN_BOTH = ",".join(LANGUAGES)
"""What ``--lang`` takes beside the languages: names in both."""

_CHOICES = {"--theme": THEMES, "--lang": (*LANGUAGES, NAMED_IN_BOTH)}
"""What options take that stand before the command."""


class Described(NamedTuple):
    """One command.

    Attributes:
        name: Its name.
        summary: What it does, in a few words.
        parser: What it takes.
    """

    name: str
    summary: str
    parser: Parser


def commands() -> list[Described]:
    """Every command in the order of ``gztrack --help``; all of them are imported."""
    found = []
    for name, (module, summary) in COMMANDS.items():
        there = __import__(f"gztrack.cli.{module}", fromlist=["COMMANDS"])
        found.append(Described(name, tr(summary), there.COMMANDS[name].parser()))
    return found


def options_of_all() -> list[Declared]:
    """The options that stand before a command, and most of them after it."""
    return _declared(OPTIONS)


def options_of_board() -> list[Declared]:
    """The options of the board, which stand where no command does."""
    return _declared(BOARD_OPTIONS)


def _declared(table: tuple[tuple[str, str], ...]) -> list[Declared]:
    found = []
    for written, about in table:
        *short, long = written.split(", ")
        name, _, metavar = long.partition(" ")
        choices = _CHOICES.get(name, ())
        found.append(Declared((name, *short), tr(about), "", metavar, kind=metavar or name, choices=choices))
    return found
