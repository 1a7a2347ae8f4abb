"""``diff``: what is new between two dates or two snapshots, and nothing else."""

from __future__ import annotations

from datetime import date

from gztrack.cli.answer import Answer, Command, done
from gztrack.cli.clocks import group, method, method_option
from gztrack.cli.output import width
from gztrack.cli.parser import Found, Parser
from gztrack.cli.session import Session
from gztrack.cli.snapshot import chosen_format
from gztrack.domain.periods import parse_day
from gztrack.domain.text import clean
from gztrack.errors import InputError
from gztrack.language import tr
from gztrack.light import uncollected

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gztrack.export.diff.content import Content
    from gztrack.export.diff.sides import Compared
    from gztrack.export.diff.views import Diff

FORMATS = ("txt", "md", "json")
STDIN = "-"


def parser() -> Parser:
    """The parser of ``diff``."""
    built = Parser(
        "diff",
        "A B [-f FORMAT] [-o PATH] [--indicator ID]... [--group G] [--method M] [--hindsight] [--force]",
        tr(
            "What is new from A to B: readings, corrections, targets, and changed statuses and verdicts; nothing"
            " else. Each is a date, which is the database as it was known that day, or a snapshot that"
            " snapshot -f json wrote (- reads one from standard input). Before anything was logged a date is"
            " looked at in hindsight; a file that is called like a date is written ./2020."
        ),
        "diff 2026-06-30 today\ndiff before.json after.json -o new.md",
        glyphs=True,
    )
    built.word("A", tr("the earlier date or snapshot"), path=True, kind="FILE")
    built.word("B", tr("the later one"), path=True, kind="FILE")
    built.option(
        "--format", "FORMAT", tr("txt, md or json; else the name's ending says it"), "-f", choices=FORMATS
    )
    built.option("--output", "PATH", tr("the file to write"), "-o", path=True)
    built.option(
        "--indicator", "ID", tr("only this one; may be given several times"), repeated=True, kind="ID"
    )
    built.option("--group", "G", tr("only those under this heading"), kind="GROUP")
    method_option(built)
    built.flag("--hindsight", tr("look at dates with all that is known now"))
    built.flag("--force", tr("replace the file if there is one"))
    return built


def run(found: Found, session: Session) -> Answer:
    """Tell what is new.

    Raises:
        InputError: A side is neither a date nor a snapshot, both are the wrong way round, or an indicator,
            a group, a method or a format does not exist.
        StoreError: The database cannot be read, or the file cannot be written.
    """
    how = method(found)
    printed = found.output in ("", "-")
    kind = chosen_format(found.format, found.output, FORMATS, "json" if session.json else "txt")
    if printed and session.json and kind != "json":
        raise InputError(tr("diff: {format} is no JSON: leave -f {format} or --json out", format=kind))
    if printed and found.force:
        raise InputError(tr("diff: --force is about a file; name it with -o PATH"))
    with uncollected():  # two snapshots are a million objects, and none of them is garbage
        compared = _compared(found, session, how)
        data = _rendered(compared.diff, kind, session, printed=printed)
    if printed:
        return Answer(data)
    from gztrack.export.files import save
    from gztrack.services.views import Done

    save(found.output, data, force=found.force)
    outcome = Done((tr("wrote {path}", path=clean(found.output)),))
    return done(outcome, session, {"path": found.output})._replace(written=True)


def _compared(found: Found, session: Session, how: str) -> Compared:
    from gztrack.export.diff.sides import compare

    if found.a == found.b == STDIN:
        raise InputError(tr("diff: standard input holds one snapshot; name a file for the other"))
    dated = [_is_day(text) for text in (found.a, found.b)]
    if not any(dated):
        for option, given in (("--method", how), ("--hindsight", found.hindsight)):
            if given:
                raise InputError(tr("diff: {option} is about dates, and both sides are files", option=option))
    tracker = session.reading() if any(dated) else None
    sides = [
        parse_day(text, tracker.today) if tracker and is_day else _read(text)
        for text, is_day in zip((found.a, found.b), dated, strict=True)
    ]
    compared = compare(sides[0], sides[1], tracker, how, hindsight=found.hindsight)
    if not (found.indicator or found.group):
        return compared
    return compared._replace(diff=compared.diff.only(_chosen(found, compared)))


def _is_day(text: str) -> bool:
    """Whether it says a date, of whichever database; everything else names a file."""
    try:
        parse_day(text, date(2000, 1, 1))
    except InputError:
        return False
    return True


def _read(path: str) -> Content:
    from gztrack.cli.keep import standard_input
    from gztrack.export.diff.snapshot_file import read

    return read(path, standard_input())


def _chosen(found: Found, compared: Compared) -> frozenset[str]:
    """The indicators that were asked for.

    Raises:
        InputError: There is none of an id, or no such group.
    """
    there = {subject.id: subject for subject in compared.subjects}
    for text in found.indicator:
        if text not in there:
            raise InputError(tr("no such indicator on either side: '{id}'", id=clean(text)))
    heading = (
        group(found.group, ((each.group, each.group_zh) for each in there.values())) if found.group else ""
    )
    return frozenset(
        each.id
        for each in there.values()
        if (not found.indicator or each.id in found.indicator) and (not heading or each.group == heading)
    )


def _rendered(diff: Diff, kind: str, session: Session, *, printed: bool) -> bytes:
    if kind == "json":
        from gztrack.export.diff import form

        return form.render(diff)
    if kind == "md":
        from gztrack.export.diff import markdown

        return markdown.render(diff)
    from gztrack.export.diff import plain

    columns = width() if printed else plain.WIDTH
    return plain.render(diff, width=columns, ascii=session.ascii and printed)


COMMANDS = {"diff": Command(parser, run)}
