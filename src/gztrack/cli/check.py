"""``check``: one line per alarm and exit code 1, or nothing at all. For cron."""

from __future__ import annotations

from gztrack.cli.answer import Answer, Command
from gztrack.cli.clocks import as_of_option, clocks, group, groups, many_of, method, method_option, under
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.domain.text import choices
from gztrack.language import tr
from gztrack.services.board.alarms import KINDS, USUAL, parse_patience

ALARMED = 1
"""The exit code when there is an alarm; nothing else ends with it."""


def parser() -> Parser:
    """The parser of ``check``."""
    built = Parser(
        "check",
        "[--fail-on A,B] [--stale-after 90d] [--method M] [--as-of D] [--group G]",
        tr(
            "One line per alarm, and exit code 1; silent, with exit code 0, when all is well."
            " moving-away and off-track go by the row's status; verdict-due is a promise whose date has"
            " passed since it was logged, for as long as --stale-after, unless it was met: a promise"
            " kept is silent; overdue is one that has no verdict longer after; stale is an open promise"
            " of which no reading is logged any more. With --stale-after never nothing is stale or"
            " overdue, and what was not met stays verdict-due for ever."
        ),
        "check --fail-on off-track,moving-away --stale-after 6m",
        glyphs=True,
    )
    built.option("--fail-on", "A,B", tr("only these alarms: {kinds}", kinds=choices(KINDS)))
    built.option(
        "--stale-after",
        "90d",
        tr("without a reading for longer than this (90d, 12w, 6m, 1y) is stale; or never"),
    )
    built.option("--group", "G", tr("only those under this heading"))
    method_option(built)
    as_of_option(built)
    return built


def run(found: Found, session: Session) -> Answer:
    """Look for alarms.

    Raises:
        InputError: An alarm, a length of time, a group, a method or a date does not exist.
        StoreError: The database cannot be read.
    """
    kinds = many_of("--fail-on", found.fail_on, KINDS) if found.fail_on else KINDS
    patience = (
        under("--stale-after", lambda: parse_patience(found.stale_after)) if found.stale_after else USUAL
    )
    how = method(found)
    tracker = session.reading()
    when = clocks(found, tracker)
    alarms = tracker.alarms(when, how, kinds=kinds, patience=patience)
    if found.group:
        heading = group(found.group, groups(tracker.indicators(when)))
        alarms = tuple(alarm for alarm in alarms if alarm.row.group == heading)
    if not alarms:
        return Answer(b"[]\n" if session.json else "")
    if session.json:
        from gztrack.export.alarm_form import alarm_item
        from gztrack.export.forms import dumps

        return Answer(dumps([alarm_item(alarm) for alarm in alarms]).encode(), code=ALARMED)
    from gztrack.export.alarm_form import alarm_lines

    return Answer(alarm_lines(alarms, ascii=session.ascii), code=ALARMED)


COMMANDS = {"check": Command(parser, run)}
