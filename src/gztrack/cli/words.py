"""The command line before any parser: global options, the command, and what is left for it. Light.

Global options stand before the command or after it. Those before it are read here, by hand, so
that only the chosen command's parser has to be built; those after it that parser knows itself.
"""

from __future__ import annotations

from gztrack.cli.catalogue import COMMANDS, THEMES
from gztrack.cli.hints import meant
from gztrack.domain.text import listed
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

VALUED = {
    "--db": ("db", "DIR"),
    "--as": ("author", "NAME"),
    "--lang": ("lang", "LANG"),
    "--theme": ("theme", "NAME"),
}
"""Global options with a value: the field that it fills and how help writes it."""

FLAGS = {
    "--json": "json",
    "--quiet": "quiet",
    "-q": "quiet",
    "--ascii": "ascii",
    "--plain-frames": "plain_frames",
}
"""Global options without a value."""


class Globals(NamedTuple):
    """What the global options say; None or False where they were not given."""

    db: str | None = None
    author: str | None = None
    lang: str | None = None
    theme: str | None = None
    json: bool = False
    quiet: bool = False
    ascii: bool = False
    plain_frames: bool = False


class Words(NamedTuple):
    """A command line, taken apart.

    Attributes:
        given: The global options that stand before the command.
        command: The command, or empty for the board.
        rest: What follows the command.
        asks: ``help``, ``version`` or empty.
    """

    given: Globals
    command: str
    rest: tuple[str, ...]
    asks: str


def taken_apart(argv: Sequence[str]) -> Words:
    """Find the command and the global options before it.

    Raises:
        InputError: There is no such command or option, or a value is missing.
    """
    fields: dict[str, Any] = {}
    asks = ""
    place = 0
    while place < len(argv) and argv[place].startswith("-") and argv[place] != "-":
        word = argv[place]
        place += 1
        if word == "--":
            break
        if word in ("-h", "--help", "--version"):
            asks = asks or ("version" if word == "--version" else "help")
            continue
        name, equals, value = word.partition("=")
        if name in FLAGS and not equals:
            fields[FLAGS[name]] = True
        elif name in VALUED:
            if not equals and place == len(argv):
                raise InputError(
                    tr("{name} needs a value: {name} {metavar}", name=name, metavar=VALUED[name][1])
                )
            fields[VALUED[name][0]] = value if equals else argv[place]
            place += not equals
        elif name in FLAGS:
            raise InputError(tr("{option} takes no value", option=name))
        else:
            near = meant(
                name, [known for known in (*VALUED, *FLAGS, "--help", "--version") if known[:2] == "--"]
            )
            if near:
                raise InputError(tr("no such option: '{name}'; did you mean '{near}'?", name=name, near=near))
            raise InputError(tr("no such option: '{name}'", name=name))
    command, rest = "", tuple(argv[place:])
    if rest:
        command, rest = rest[0], rest[1:]
        asks = asks or _asked(rest)
    return Words(checked(Globals(**fields), command), command, rest, asks)


def _asked(rest: Sequence[str]) -> str:
    """Whether help or the version is asked for behind the command; no option's value looks like that."""
    for word in rest:
        if word == "--":
            break
        if word in ("-h", "--help"):
            return "help"
        if word == "--version":
            return "version"
    return ""


def checked(given: Globals, command: str) -> Globals:
    """See that options of the board stand where it is meant, and that there is such a theme.

    Raises:
        InputError: They do not, or there is none.
    """
    opens = command in ("", "board")
    if given.theme is not None and not opens:
        raise InputError(tr("--theme is for the board: gztrack --theme {theme}", theme=given.theme))
    if given.plain_frames and not opens:
        raise InputError(tr("--plain-frames is for the board: gztrack --plain-frames"))
    if given.theme is not None and given.theme not in THEMES:
        raise InputError(
            tr(
                "--theme: no such theme: '{theme}'; one of {names}",
                theme=given.theme,
                names=listed(THEMES),
            )
        )
    return given


def check_command(command: str) -> None:
    """See that there is such a command.

    Raises:
        InputError: There is none; the nearest one is named.
    """
    if command not in COMMANDS:
        from gztrack.cli.slips import odd

        if said := odd((command,), figures=False):
            raise InputError(said)
        near = meant(command, COMMANDS)
        if near:
            raise InputError(
                tr(
                    "no such command: '{name}'; did you mean '{near}'? gztrack --help lists them",
                    name=command,
                    near=near,
                )
            )
        raise InputError(tr("no such command: '{name}'; gztrack --help lists them", name=command))
