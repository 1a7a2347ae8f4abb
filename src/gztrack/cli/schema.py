"""``schema``: the JSON Schemas of what other commands print with ``--json``, and of what hooks are told. Light."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command, as_json
from gztrack.cli.catalogue import COMMANDS as EVERY
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.cli.words import check_command
from gztrack.errors import InputError
from gztrack.export.schemas import PUBLISHED, schema
from gztrack.language import LANGUAGES, term, tr

HOOKS = {
    "on-log": term("what the hook of readings is told, a line each"),
    "on-target": term("what the hook of targets is told, a line each"),
}
"""Hooks that have a schema, and what it is of."""


def parser() -> Parser:
    """The parser of ``schema``."""
    built = Parser(
        "schema",
        "[COMMAND|HOOK]",
        tr(
            "The JSON Schema (draft 2020-12) of what a command prints with --json; without COMMAND a list of"
            " those that have one, with --json all of them by command. A key that is listed as required is"
            " always there, null where there is nothing to say; later versions may add keys. A command that"
            " is refused prints no JSON: one line on stderr says why, and the exit code of which kind it is."
            " Of a hook, on-log or on-target, it describes each line that the hook is told on standard input."
        ),
        "schema status\nschema on-log\nschema --json",
    )
    built.word("COMMAND", tr("the command whose output it describes"), "?")
    return built


def run(found: Found, session: Session) -> Answer:
    """Print a schema, or the list of them.

    Raises:
        InputError: There is no such command, or it has no schema.
    """
    name = found.command
    if name:
        if name in LANGUAGES:
            raise InputError(tr("schema {word}: a language is chosen with --lang {word}", word=name))
        if name not in PUBLISHED:
            check_command(name)
        if name not in PUBLISHED:
            raise InputError(tr("{command} prints no JSON; gztrack schema lists what does", command=name))
        return Answer(as_json(schema(name)))
    about = {name: text for name, (_, text) in EVERY.items()} | HOOKS
    named = [each for each in about if each in PUBLISHED]
    if session.json:
        return Answer(as_json({command: schema(command) for command in named}))
    return Answer("\n".join(f"{command:<10} {tr(about[command])}" for command in named))


COMMANDS = {"schema": Command(parser, run)}
