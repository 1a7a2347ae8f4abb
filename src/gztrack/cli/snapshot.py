"""``snapshot``: a progress report; the same facts and date give the same bytes."""

from __future__ import annotations

import os
import sys

from gztrack.cli.answer import Answer, Command, done
from gztrack.cli.choosing import chosen
from gztrack.cli.clocks import (
    choosing_options,
    clocks,
    clocks_options,
    day_of,
    method,
    method_option,
    undated,
)
from gztrack.cli.output import is_terminal
from gztrack.cli.parser import Found, Parser
from gztrack.cli.progress import watched
from gztrack.cli.session import Session
from gztrack.domain.text import clean, listed
from gztrack.errors import InputError
from gztrack.language import ntr, term, tr
from gztrack.light import uncollected

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from gztrack.services.reader import Reader

FORMATS = ("md", "html", "csv", "json", "txt", "svg", "xlsx", "png")
PICTURES = ("svg", "png")
"""Those that can show the chart of one indicator alone."""

BINARY = ("xlsx", "png")
"""Formats that are no text."""

_SUFFIXES = {"markdown": "md", "text": "txt", "htm": "html"}


def parser() -> Parser:
    """The parser of ``snapshot``."""
    built = Parser(
        "snapshot",
        "[ID...] [-f FORMAT] [-o PATH] [--chart] [--group G] [--only STATUS] [--method M] [--as-of D] [--logged-by D]"
        " [--published-by D] [--since D] [--force]",
        tr(
            "A progress report with sources and a content hash. Without -o it goes to standard output;"
            " without -f the name's ending says the format, else --json does, else it is md."
        ),
        "snapshot -o report.md --as-of 2020-12-31",
    )
    choosing_options(built)
    built.option(
        "--format",
        "FORMAT",
        tr("{formats} or {last}", formats=listed(FORMATS[:-1]), last=FORMATS[-1]),
        "-f",
        choices=FORMATS,
    )
    built.option("--output", "PATH", tr("the file to write"), "-o", path=True)
    built.flag("--chart", tr("the chart of one indicator as a picture, with its legend and sources"))
    method_option(built)
    clocks_options(built)
    built.option("--since", "D", tr("tell what is new since this day too, as diff does"))
    built.flag("--force", tr("replace the file if there is one"))
    return built


def run(found: Found, session: Session) -> Answer:
    """Write a report to a file or to standard output.

    Raises:
        InputError: The format is not known or cannot be written here, or the file is there already.
        StoreError: The database cannot be read, or the file cannot be written.
    """
    with uncollected():  # a report is a million objects, and none of them is garbage
        return _written(found, session)


def _written(found: Found, session: Session) -> Answer:
    how = method(found)
    printed = found.output in ("", "-")
    usual = PICTURES[0] if found.chart else "json" if printed and session.json else "md"
    kind = chosen_format(found.format, found.output, FORMATS, usual)
    if found.chart:
        _check_chart(found, kind)
        if printed and session.json:
            raise InputError(tr("snapshot: a chart is no JSON: leave --chart or --json out"))
    if printed and session.json and kind != "json":
        raise InputError(tr("snapshot: {format} is no JSON: leave -f {format} or --json out", format=kind))
    if kind in BINARY:
        _ready(kind, found.output)
    tracker = session.reading()
    when = clocks(found, tracker)
    board, only = chosen(found, tracker, when, how, project=True)
    since = _since(found, tracker, board.as_of)
    alone = next(iter(only.slugs)) if found.chart else ""
    notes = undated(tracker, when, [row.id for row in board.rows])
    if printed:
        if found.force:
            raise InputError(tr("snapshot: --force is about a file; name it with -o PATH"))
        from gztrack.export.snapshot import render, told

        data = render(tracker, kind, when, how, only=only, chart=alone, since=since)
        return Answer(data, (*notes, *told(kind, data)))
    from gztrack.export.snapshot import write

    with watched(session.narrator, term("indicators")) as progress:
        outcome = write(
            tracker, kind, found.output, when, how, found.force, progress, only=only, chart=alone, since=since
        )
    return done(outcome, session, {"path": found.output})._replace(written=True)


def _since(found: Found, tracker: Reader, as_of: date) -> date | None:
    """The day since which is told what is new.

    Raises:
        InputError: It is no date, or later than the report's.
    """
    since = day_of("--since", found.since, tracker.today)
    if since is not None and since > as_of:
        raise InputError(
            tr(
                "--since: {since} is later than the report's {day}: name an earlier day",
                since=since,
                day=as_of,
            )
        )
    return since


def _check_chart(found: Found, kind: str) -> None:
    """A chart is a picture, and of one indicator.

    Raises:
        InputError: The format is none, or not one indicator is asked for.
    """
    if kind not in PICTURES:
        raise InputError(
            tr(
                "snapshot: --chart makes a picture, and {format} is none: say -f {picture}",
                format=kind,
                picture=PICTURES[0],
            )
        )
    if found.since:
        raise InputError(tr("snapshot: a chart tells nothing since a day: leave --chart or --since out"))
    if len(found.id) != 1 or found.group or found.only:
        raise InputError(
            tr("snapshot: --chart is about one indicator: gztrack snapshot {id} --chart", id=_one(found))
        )


def _one(found: Found) -> str:
    """The first indicator that was named."""
    return clean(found.id[0]) if found.id else "ID"


def _ready(kind: str, output: str) -> None:
    """See to it that a format that is no text can be written, before anything is reckoned.

    Raises:
        InputError: It would go to a terminal, or to standard output without having been asked to; or what writes it
            is not installed.
    """
    if not output or (output == "-" and is_terminal(sys.stdout)):
        raise InputError(tr("snapshot: {format} is no text: name a file with -o PATH", format=kind))
    from gztrack.export.snapshot import writer

    writer(kind)


def chosen_format(said: str, path: str, there: tuple[str, ...], usual: str) -> str:
    """The format asked for, else the one that the file's name ends in, else the usual one.

    Args:
        said: What ``-f`` says.
        path: The file to write; empty or ``-`` for standard output.
        there: Formats that can be written.
        usual: The format when nobody says one; empty when one has to be said.

    Raises:
        InputError: There is no such format, or none was said and the name says nothing.
    """
    ending = os.path.splitext(path)[1].lstrip(".").lower()
    wanted = clean(said).lower() or ending
    wanted = _SUFFIXES.get(wanted, wanted)
    if wanted in there:
        return wanted
    there_are = ntr("there is {formats}", "there are {formats}", len(there), formats=listed(there))
    if said:
        raise InputError(
            tr("-f: no such format: '{format}'; {there_are}", format=clean(said), there_are=there_are)
        )
    if usual and not ending:
        return usual
    if ending:
        raise InputError(
            tr(
                "'{path}' ends in no format that is known; say it with -f: {there_are}",
                path=clean(path),
                there_are=there_are,
            )
        )
    raise InputError(tr("say the format with -f: {there_are}", there_are=there_are))


COMMANDS = {"snapshot": Command(parser, run)}
