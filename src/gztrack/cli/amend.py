"""``correct``, ``retract`` and ``pin``: what was entered stays, and a new fact says what counts."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command, Outcome, done
from gztrack.cli.fields import (
    goal,
    goal_options,
    goal_words,
    key_option,
    origin,
    reading_options,
    reading_words,
)
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.domain.amounts import parse_amount, parse_goal
from gztrack.errors import InputError
from gztrack.language import ptr, term, tr
from gztrack.services.entering.entries import GoalEntry, LogEntry
from gztrack.services.entering.references import find_either, find_target
from gztrack.services.tracker import Tracker

READING = term("ID@PERIOD, ID@last, or a short id as history prints it")
EITHER = term("ID@PERIOD, ID@last, or a short id as history prints it; ID@DUE or ID@none for a target")
_OF_READINGS = {
    "for": "--for",
    "by": "--by",
    "series": "--series",
    "provisional": "--provisional",
    "key": "--key",
}


def correct_parser() -> Parser:
    """The parser of ``correct``."""
    built = Parser(
        "correct",
        tr("READING|TARGET [VALUE] [--for PERIOD] [any option of log or target] [--reason T] [--yes]"),
        tr(
            "Replace a reading or a target that was entered wrongly; the old one stays in the history."
            " What is not given stays as it was."
        ),
        "correct 5g-enterprises@2019-Q3 62 --reason 'two were left out'",
    )
    built.word("READING", tr(EITHER), kind="EITHER")
    built.word("VALUE", tr("the right figure"), "*")
    reading_options(built)
    goal_options(built)
    built.option("--reason", "T", ptr("reason", "why"))
    key_option(built)
    built.flag("--yes", tr("keep it though it looks like a slip"))
    return built


def correct(found: Found, session: Session) -> Answer:
    """Replace a reading or a target.

    Raises:
        InputError: Something cannot be understood, or options of both are mixed.
    """
    tracker = session.writing()
    words = goal(found)
    value = " ".join(found.value)
    if _names_target(tracker, found.reading, wanted=any(words.values())):
        for name, option in _OF_READINGS.items():
            if getattr(found, name):
                raise InputError(
                    tr(
                        "correct: {option} is of a reading, and '{reference}' is a target",
                        option=option,
                        reference=found.reading,
                    )
                )
        aim = GoalEntry("", value, replaces=found.reading, correction=True, reason=found.reason,
                        **origin(found), **words)  # fmt: skip
        try:
            return _corrected(tracker.set_target(aim), session)
        except InputError as error:
            from gztrack.cli.slips import explained

            raise explained(error, found, parse_goal, goal_words(aim)) from None
    if value and found.by:
        raise InputError(
            tr(
                "correct: give a value or a change, not both: '{value}' and --by {change}",
                value=value,
                change=found.by,
            )
        )
    entry = LogEntry("", value, getattr(found, "for"), found.series, provisional=found.provisional or None, by=found.by,
                     key=found.key, yes=found.yes, **origin(found))  # fmt: skip
    try:
        return _corrected(tracker.correct(found.reading, entry, found.reason), session)
    except InputError as error:
        from gztrack.cli.slips import explained

        raise explained(error, found, parse_amount, reading_words(entry)) from None


def _corrected(outcome: Outcome, session: Session) -> Answer:
    return done(outcome, session, {"added": outcome.added})


def _names_target(tracker: Tracker, reference: str, *, wanted: bool) -> bool:
    """Whether a reference means a target: options of a target settle it, else a reading comes first.

    Raises:
        InputError: It names nothing, or several things.
    """
    if wanted:
        find_target(tracker.register, reference, tracker.moment())
        return True
    return find_either(tracker.register, reference, tracker.moment())[0] == "targets"


def retract_parser() -> Parser:
    """The parser of ``retract``."""
    built = Parser(
        "retract",
        "READING|TARGET --reason T",
        tr(
            "Withdraw a reading or a target as an entry error; it stays in the history."
            " A promise that was given up is no entry error: gztrack target drop."
        ),
        "retract 5g-enterprises@2019-Q3 --reason 'typed into the wrong row'",
    )
    built.word("READING", tr(EITHER), kind="EITHER")
    built.option("--reason", "T", tr("why; it is kept"))
    return built


def retract(found: Found, session: Session) -> Answer:
    """Withdraw a reading or a target.

    Raises:
        InputError: It names nothing, or no reason was given.
    """
    return done(session.writing().retract(found.reading, found.reason), session)


def pin_parser() -> Parser:
    """The parser of ``pin``."""
    built = Parser(
        "pin",
        "READING [--reason T]",
        tr(
            "Make one of several readings for a period the one that counts, whatever is logged later."
            " ID@PERIOD names all of them, so give the short id that gztrack history ID prints."
        ),
        "pin 4k2m9x --reason 'the statistics bureau, not the press'",
    )
    built.word("READING", tr(READING))
    built.option("--reason", "T", tr("why; it is kept"))
    return built


def pin(found: Found, session: Session) -> Answer:
    """Pin a reading.

    Raises:
        InputError: It names nothing, or several readings.
    """
    return done(session.writing().pin(found.reading, found.reason), session)


COMMANDS = {
    "correct": Command(correct_parser, correct),
    "retract": Command(retract_parser, retract),
    "pin": Command(pin_parser, pin),
}
