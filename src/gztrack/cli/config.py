"""``config``: where a person's settings are, what they come to, and whether all of them can be understood."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command, as_json
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.errors import InputError
from gztrack.language import tr


def config_parser() -> Parser:
    """The parser of ``config``."""
    built = Parser(
        "config",
        "[--check | --example]",
        tr(
            "Where your settings are (config.toml), and what the board takes from them: theme, ASCII"
            " marks, names, keys. Nothing in that file can keep the board shut: what cannot be"
            " understood stays as it comes."
        ),
        "config --check\nconfig --example",
    )
    built.flag("--check", tr("only what is wrong, a line each; exit code 2 if anything is"))
    built.flag("--example", tr("a file with every setting and every key as it comes, all commented out"))
    return built


def config(found: Found, session: Session) -> Answer:
    """Tell about the settings.

    Raises:
        InputError: Both options were given.
    """
    if found.check and found.example:
        raise InputError(tr("config: --check looks at your file and --example prints another: choose one"))
    if found.example and session.json:
        raise InputError(tr("config: --example prints a file to begin with, in TOML: leave --json out"))
    if found.example:
        from gztrack.services.example import example

        return Answer(example())
    from gztrack.services.preferences import preferences

    mine = preferences()
    if session.json:
        held = {
            "path": mine.path, "exists": mine.exists, "theme": mine.theme, "ascii": mine.ascii,
            "lang": mine.lang, "numbers": mine.numbers, "names": mine.names,
            "keys": {name: keys.split(",") if keys else [] for name, keys in mine.keys.items()},
            "problems": list(mine.problems),
        }  # fmt: skip
        return Answer(as_json(held), code=InputError.exit_code if found.check and mine.problems else 0)
    if found.check:
        return Answer("\n".join(mine.problems), code=InputError.exit_code if mine.problems else 0)
    marks = tr("as the terminal can") if mine.ascii is None else str(mine.ascii).lower()
    no_key = tr("none: palette only")
    lines = [
        mine.path
        if mine.exists
        else tr("{path}  (not there; gztrack config --example prints one to begin with)", path=mine.path),
        f"theme = {mine.theme}",
        f"ascii = {marks}",
        f"lang = {mine.lang}",
        f"numbers = {mine.numbers}",
        f"names = {mine.names}",
        *(f"keys.{name} = {keys.replace(',', ', ') or no_key}" for name, keys in mine.keys.items()),
    ]
    return Answer("\n".join(lines), mine.problems)


COMMANDS = {"config": Command(config_parser, config)}
