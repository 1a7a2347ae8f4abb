"""``target``: state a target, revise one, record that it was dropped, or pin it to its row."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command, done
from gztrack.cli.fields import goal, goal_options, goal_words, origin, origin_options
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.domain.amounts import parse_goal
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.services.entering.entries import GoalEntry

ACTIONS = ("drop", "pin")
"""Words in the place of an indicator; no indicator can have them as its id."""


def parser() -> Parser:
    """The parser of ``target``."""
    built = Parser(
        "target",
        "ID VALUE --due D|none [--over SPAN] [--comparator C] [--stated-on D] [--stated-by T] [--quote T]"
        " [--baseline VALUE --baseline-for PERIOD] [--source T] [--url U] [--published D] [--note T]"
        " [--replaces TARGET --reason T]\ndrop TARGET --reason T\npin TARGET [--reason T]",
        tr(
            "Add a target, or with --replaces revise one. A figure without a sign is a lower limit (an upper one where"
            " lower is better). TARGET is ID@DUE, ID@none, or a short id as targets prints it. A target that was"
            " withdrawn is dropped; one that was entered wrongly is corrected or retracted."
        ),
        "target nev-capacity '>=1.5m' --due 2027 --stated-by 'City government' --quote 'by 2027'\n"
        "target nev-capacity --replaces nev-capacity@2027 --due 2030 --reason 'new plan'\n"
        "target drop nev-capacity@2030 --reason 'left out of the new plan'",
    )
    built.word("ID", tr("the indicator; or drop, or pin"), choices=ACTIONS)
    built.word("VALUE", tr("the figure, with >, >=, <, <=, ~ or LOW..HIGH; the TARGET of drop and pin"), "*",
               behind=dict.fromkeys(ACTIONS, "TARGET"))  # fmt: skip
    goal_options(built)
    origin_options(built)
    built.option("--replaces", "TARGET", tr("the target that this one revises"))
    built.option("--reason", "T", tr("why it is revised, dropped or pinned"))
    return built


def run(found: Found, session: Session) -> Answer:
    """Do with a target what was asked.

    Raises:
        InputError: Something cannot be understood or does not fit.
    """
    words = goal(found)
    value = " ".join(found.value)
    if found.id in ACTIONS:
        given = [
            name for name, text in {**words, **origin(found), "replaces": found.replaces}.items() if text
        ]
        if given:
            option = f"--{given[0].replace('_', '-')}"
            raise InputError(
                tr(
                    "target {action}: {option} belongs to a new target, not to this",
                    action=found.id,
                    option=option,
                )
            )
        if len(found.value) != 1:
            raise InputError(
                tr(
                    "target {action}: name one target, ID@DUE, ID@none or a short id; gztrack targets prints them",
                    action=found.id,
                )
            )
        tracker = session.writing()
        if found.id == "drop":
            return done(tracker.drop_target(value, found.reason), session)
        return done(tracker.pin(value, found.reason, target=True), session)
    if found.reason and not found.replaces:
        raise InputError(tr("target: --reason says why a target moved; name that one: --replaces TARGET"))
    entry = GoalEntry(found.id, value, replaces=found.replaces, reason=found.reason, **words, **origin(found))
    try:
        return done(session.writing().set_target(entry), session)
    except InputError as error:
        from gztrack.cli.slips import explained

        raise explained(error, found, parse_goal, goal_words(entry)) from None


COMMANDS = {"target": Command(parser, run)}
