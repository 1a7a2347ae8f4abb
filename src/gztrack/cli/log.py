"""``log``: one reading from the command line, or several from standard input. Light."""

from __future__ import annotations

import sys

from gztrack.cli.answer import Answer, Command, done
from gztrack.cli.fields import key_option, origin, reading_options, reading_words
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.domain.amounts import parse_amount
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.services.entering.entries import LogEntry


def parser() -> Parser:
    """The parser of ``log``."""
    built = Parser(
        "log",
        "ID VALUE [--for PERIOD] [--by CHANGE] [--series S] [--note T] [--source T] [--url U]"
        " [--published D] [--provisional] [--key K] [--yes]\n" + tr("- [any of these options]"),
        tr(
            "Log one reading. Values as they are written: 310000, 310k, 31万, '>10000', \"over 10,000\","
            " -3.2%. With - in place of ID the readings come from standard input, a line each: ID VALUE"
            " [PERIOD] [# note]; all of them are kept, or none."
        ),
        "log nev-capacity 310k --for 2020-06 --source 'Guangzhou statistics bureau'",
    )
    built.word("ID", tr("the indicator, or - for lines on standard input"))
    built.word("VALUE", tr("the figure, in one word or more"), "*")
    reading_options(built)
    key_option(built)
    built.flag("--yes", tr("log it though it looks like a slip"))
    return built


def run(found: Found, session: Session) -> Answer:
    """Log what was typed, or what stands on standard input.

    Raises:
        InputError: Something cannot be understood.
        GuardError: Something looks like a slip, and ``--yes`` was not given.
        StoreError: It was not written.
    """
    entry = LogEntry(
        indicator=found.id,
        value=" ".join(found.value),
        period=getattr(found, "for"),
        series=found.series,
        provisional=found.provisional,
        by=found.by,
        key=found.key,
        yes=found.yes,
        **origin(found),
    )
    if found.id == "-":
        from gztrack.cli.batch import log_lines

        return log_lines(entry, sys.stdin, session)
    if entry.value and entry.by:
        raise InputError(
            tr(
                "log: give a value or a change, not both: '{value}' and --by {change}",
                value=entry.value,
                change=entry.by,
            )
        )
    from gztrack.services.quicklog import QuickLog

    place = session.begin()
    quick = QuickLog(
        place.path, author=session.author, login=session.login, today=session.today, permit=session.permit
    )
    try:
        outcome = quick.log([entry], entry.key)
    except InputError as error:
        from gztrack.cli.slips import explained, swapped

        if right := swapped(error, found.id, found.value):
            right = f"log {right}"
            raise InputError(tr("the indicator comes first: {right}", right=right)) from None
        raise explained(error, found, parse_amount, reading_words(entry)) from None
    return done(outcome, session, {"added": outcome.added})._replace(notes=outcome.notices)


COMMANDS = {"log": Command(parser, run)}
