"""Whether a parsed command may go through a gate: by its name, its options and the indicators it names.

What is written is looked at again by `Tracker`, which knows what a short id stands for; a command that reads is
looked at here alone.
"""

from __future__ import annotations

from gztrack.cli.parser import Found, Parser
from gztrack.cli.words import Words
from gztrack.domain.text import clean
from gztrack.errors import RefusedError
from gztrack.language import tr
from gztrack.services.permits import READING, Permit


def judge_globals(words: Words) -> None:
    """See that the options before the command name neither a database nor an author.

    Raises:
        RefusedError: They do.
    """
    for option, value in (("--db", words.given.db), ("--as", words.given.author)):
        if value is not None:
            raise _fixed(option)


def judge(words: Words, parser: Parser, found: Found, permit: Permit) -> None:
    """See that a command may go through, as it was understood.

    Raises:
        RefusedError: An option names a path, a database or an author, or the list does not have an indicator.
    """
    judge_globals(words)
    for declared in parser.declared:
        value = getattr(found, declared.dest)
        if declared.name in ("--db", "--as"):
            if value is not None:
                raise _fixed(declared.name)
        elif declared.path and value:
            raise RefusedError(
                tr("{option} names a file, and files cannot be named here", option=declared.name),
                "path",
            )
    if words.command in READING and permit.is_limited(words.command):
        _judge_indicators(words.command, found, permit)


def _fixed(option: str) -> RefusedError:
    return RefusedError(
        tr("{option} cannot be given here: it is fixed for this key", option=option), "fixed-option"
    )


def _judge_indicators(command: str, found: Found, permit: Permit) -> None:
    """See that only indicators are asked for that the list has; one that names none would show all."""
    if command == "cite":
        slug, at, _ = clean(found.reading).rpartition("@")
        if not at:
            raise RefusedError(
                tr("cite: name it by its indicator here: ID@PERIOD, ID@last or ID@DUE"), "which-indicator"
            )
        named = [slug]
    else:
        named = [found.id] if isinstance(found.id, str) else list(found.id)
    named = [slug for each in named if (slug := clean(each))]
    if not named:
        raise RefusedError(
            tr(
                "{command}: say of which indicator; allowed: {commands}",
                command=command,
                commands=permit.named(),
            ),
            "which-indicator",
        )
    for slug in named:
        permit.check(command, slug)
