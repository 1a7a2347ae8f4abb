"""``log -``: readings from standard input, a line each, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TextIO

from gztrack.cli.answer import Answer, done
from gztrack.cli.fields import reading_words
from gztrack.cli.hints import placed
from gztrack.cli.session import Session
from gztrack.domain.grammar import currencies
from gztrack.domain.grammar.folding import fold
from gztrack.domain.grammar.qualifiers import leading
from gztrack.domain.periods import NoSuchPeriodError, parse_period
from gztrack.domain.text import clean
from gztrack.errors import GuardError, InputError, RefusedError
from gztrack.language import ntr, tr
from gztrack.services.entering.entries import LogEntry

if TYPE_CHECKING:
    from gztrack.services.permits import Permit

NAMED = 20
"""Bad lines that an error names; the rest is counted."""

_LONGEST_PERIOD = 3
"""Words that a period has at most: ``3 days ago``."""

_ANY_DAY = date(2020, 1, 1)
"""To tell whether words are a period at all, any day does for today."""


class Line(NamedTuple):
    """One line of standard input that holds a reading.

    Attributes:
        number: Its number, from 1.
        entry: What it says; the command's own options where it says nothing.
    """

    number: int
    entry: LogEntry


def log_lines(usual: LogEntry, stream: TextIO | None, session: Session) -> Answer:
    """Log every line as one action.

    Args:
        usual: What the command line says, for every line that does not say otherwise.
        stream: Standard input.
        session: Where to.

    Raises:
        InputError: A line cannot be understood; every bad one is named.
        GuardError: A line looks like a slip, and ``--yes`` was not given.
        StoreError: Nothing was written.
    """
    if usual.value or usual.by:
        raise InputError(tr("log -: the values come from standard input; leave VALUE and --by out"))
    lines = list(_read(_text(stream), usual))
    if not lines:
        raise InputError(tr("log -: nothing on standard input; a line is ID VALUE [PERIOD] [# note]"))
    if session.permit is not None:
        _see_allowed(lines, session.permit)
    from gztrack.services.quicklog import QuickLog

    place = session.begin()
    quick = QuickLog(
        place.path, author=session.author, login=session.login, today=session.today, permit=session.permit
    )
    try:
        outcome = quick.log([line.entry for line in lines], usual.key)
    except (InputError, GuardError):
        _explain(lines, session)
        raise
    return done(outcome, session)._replace(notes=outcome.notices)


def _see_allowed(lines: list[Line], permit: Permit) -> None:
    """Name the first line that is for an indicator which this person may not log for.

    Raises:
        RefusedError: There is one.
    """
    for line in lines:
        try:
            permit.check("log", clean(line.entry.indicator))
        except RefusedError as error:
            told = tr("line {line}: {what}", line=line.number, what=error)
            raise RefusedError(tr("log -: {what}; nothing was logged", what=told)) from None


def _text(stream: TextIO | None) -> str:
    """Standard input as text.

    Raises:
        InputError: It is closed, or not UTF-8.
    """
    if stream is None:
        raise InputError(tr("log -: standard input is closed; a line is ID VALUE [PERIOD] [# note]"))
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        return stream.read()
    data: bytes = buffer.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise InputError(tr("log -: line {number}: not UTF-8; nothing was logged", number=number)) from None


def _read(text: str, usual: LogEntry) -> Iterator[Line]:
    """The lines that hold a reading; blank ones and comments do not."""
    for number, line in enumerate(text.split("\n"), 1):
        figures, note = _without_note(line)
        words = figures.split()
        if words:
            value, period = _parted(words[1:])
            yield Line(
                number,
                usual._replace(
                    indicator=words[0],
                    value=value,
                    period=period or usual.period,
                    note=note or usual.note,
                    key="",
                ),
            )


def _without_note(line: str) -> tuple[str, str]:
    """A line's figures and its note: ``#`` starts one at the start of a word."""
    place = -1
    while (place := line.find("#", place + 1)) >= 0:
        if place == 0 or line[place - 1].isspace():
            return line[:place], line[place + 1 :].strip()
    return line, ""


def _parted(words: list[str]) -> tuple[str, str]:
    """Value and period: the last words are the period where they read as one and a figure is left.

    So ``over 2020`` is a value and ``over 2019 2020`` one for 2020.
    """
    for count in range(min(_LONGEST_PERIOD, len(words) - 1), 0, -1):
        value, period = " ".join(words[:-count]), " ".join(words[-count:])
        if _is_figure(value) and _is_period(period):
            return value, period
    return " ".join(words), ""


def _is_figure(text: str) -> bool:
    """Whether something is said with these words: not only ``more than``, or a currency."""
    said = leading(fold(text))[1]
    return bool(said) and currencies.leading(said)[1] < len(said)


def _is_period(text: str) -> bool:
    """Whether somebody who typed this meant a period, even one that does not exist."""
    try:
        parse_period(text, _ANY_DAY)
    except NoSuchPeriodError:
        return True
    except InputError:
        return False
    return True


def _explain(lines: list[Line], session: Session) -> None:
    """Name every bad line, with its number and reason.

    Only a refused batch pays for this second look, which reads the whole database.

    Raises:
        InputError: A line cannot be understood.
        GuardError: All can, but one looks like a slip.
    """
    from gztrack.services.entering.readings import plan_reading

    tracker = session.reading()
    bad: list[str] = []
    refused = 0
    for line in lines:
        try:
            plan = plan_reading(line.entry, tracker.register, tracker.moment())
        except InputError as error:
            refused += 1
            said = str(placed(error, reading_words(line.entry)))
        else:
            if not plan.guard or line.entry.yes:
                continue
            said = tr("{place}: {what}", place=plan.record["indicator"], what=plan.guard)
        bad.append(tr("line {line}: {what}", line=line.number, what=said))
    if not bad:
        return
    named = bad[:NAMED]
    if len(bad) > NAMED:
        named.append(tr("and {n} more", n=len(bad) - NAMED))
    told = ntr(
        "log -: {n} line needs a look, nothing was logged: {lines}",
        "log -: {n} lines need a look, nothing was logged: {lines}",
        len(bad),
        lines=tr("; ").join(named),
    )
    raise InputError(told) if refused else GuardError(tr("{lines} --yes logs them as they are", lines=told))
