"""``backup``, ``restore`` and ``doctor``: keeping a database safe and sound."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING, Any

from gztrack.cli import output
from gztrack.cli.answer import Answer, Command, as_json
from gztrack.cli.parser import Found, Parser
from gztrack.cli.progress import watched
from gztrack.cli.session import Session
from gztrack.errors import InputError, StoreError
from gztrack.language import ntr, ptr, term, tr

if TYPE_CHECKING:
    from gztrack.services.databases.keeping import Kept
    from gztrack.storage.health.doctor import Report

DAMAGED = StoreError.exit_code
"""Exit code of ``doctor`` while damage is left."""


def backup_parser() -> Parser:
    """The parser of ``backup``."""
    built = Parser(
        "backup",
        "[-o FILE] [--force]",
        tr(
            "Copy the database into one file, while others may go on writing. The file tells whether it"
            " is whole. Without -o it goes into the folder backups of the database; -o - writes it to"
            " standard output."
        ),
        "backup -o promises.jsonl\nbackup -o - | ssh backups.example 'cat > promises.jsonl'",
    )
    built.option("--output", "FILE", tr("the file to write, or - for standard output"), "-o")
    built.flag("--force", tr("replace the file if there is one"))
    return built


def back_up(found: Found, session: Session) -> Answer:
    """Back the database up.

    Raises:
        InputError: The name cannot serve, or there is a file already.
        StoreError: There is no database, it is damaged, or the backup cannot be written.
    """
    from gztrack.services.databases.keeping import back_up_to_file, back_up_to_stream

    if found.output != "-":
        with watched(sys.stderr, term("bytes")) as watch:
            kept = back_up_to_file(session.location, found.output, force=found.force, watch=watch)
        return _answer(kept, session, {"path": kept.path, "bytes": kept.length})
    if session.json:
        raise InputError(tr("backup: --json and -o - both want standard output; name a file with -o"))
    kept = back_up_to_stream(session.location, _write)
    return Answer(b"", (*kept.notices, *kept.lines))


def _write(piece: bytes) -> None:
    """Write a piece of a backup to standard output.

    Raises:
        StoreError: It cannot be written. A reader that went away does not have what it wanted.
    """
    try:
        output.say(piece)
    except BrokenPipeError:
        raise StoreError(tr("standard output was closed before the backup was whole")) from None


def restore_parser() -> Parser:
    """The parser of ``restore``."""
    built = Parser(
        "restore",
        "FILE [--yes]",
        tr(
            "Put a backup in the place of the database, or make one from it where there is none. What"
            " was there is kept in its folder backups. FILE may be a database's directory or its"
            " facts.jsonl too, or - for standard input."
        ),
        "restore promises.jsonl\n--db copy restore promises.jsonl",
    )
    built.word("FILE", tr("the backup"))
    built.flag("--yes", tr("restore though the database holds what the backup does not"))
    return built


def restore(found: Found, session: Session) -> Answer:
    """Restore a backup.

    Raises:
        InputError: The file is not there, or is none to restore from.
        GuardError: The database holds what the backup does not, and ``--yes`` was not given.
        StoreError: The backup is damaged, or it cannot be put in place.
    """
    from gztrack.services.databases.keeping import restore as put_back

    with watched(sys.stderr, term("bytes")) as watch:
        kept = put_back(session.location, found.file, standard_input(), yes=found.yes, watch=watch)
    return _answer(kept, session, {"path": kept.path, "kept": kept.kept or None})


def standard_input() -> IO[bytes]:
    """Standard input as bytes; empty where there is none."""
    import io

    return sys.stdin.buffer if sys.stdin is not None else io.BytesIO()


def _answer(kept: Kept, session: Session, more: dict[str, Any]) -> Answer:
    if not session.json:
        return Answer("\n".join(kept.lines), kept.notices, written=True)
    held = {"facts": kept.facts, "transactions": kept.transactions, "last": kept.last or None}
    return Answer(as_json({**more, **held, "echo": list(kept.lines)}), kept.notices, written=True)


def doctor_parser() -> Parser:
    """The parser of ``doctor``."""
    built = Parser(
        "doctor",
        "[--repair]",
        tr(
            "Check every line of the database and what lies around it. Exit code 4 while damage is left,"
            " 0 when it is sound or repaired. A repair keeps the file as it was, and says what it did."
        ),
        "doctor --repair",
    )
    built.flag("--repair", tr("put right what can be"))
    return built


def doctor(found: Found, session: Session) -> Answer:
    """Look the database over.

    Raises:
        StoreError: There is none, or it cannot be read.
    """
    from gztrack.services.databases.keeping import look_over

    report = look_over(session.location, repairing=found.repair)
    data = as_json(_fields(report)) if session.json else "\n".join(_told(report, session))
    return Answer(data, written=bool(report.done), code=0 if report.sound else DAMAGED)


def _fields(report: Report) -> dict[str, Any]:
    return {
        "path": report.path,
        "sound": report.sound,
        "facts": report.facts,
        "transactions": report.transactions,
        "lost": report.lost,
        "findings": [finding._asdict() for finding in report.findings],
        "done": list(report.done),
    }


def _told(report: Report, session: Session) -> list[str]:
    """A line for each finding, the gravest first, what was done, and the sum of it."""
    from shlex import quote

    weights = {
        "damage": ptr("finding", "damage"),
        "warning": ptr("finding", "warning"),
        "note": ptr("finding", "note"),
    }
    lines: list[str] = []
    for finding in report.findings:
        place = finding.file or report.path
        if finding.line:
            place = tr("{file}, line {line}", file=place, line=finding.line)
        lines.append(
            tr(
                "{weight}: {place}: {what}: {advice}",
                weight=weights[finding.weight],
                place=place,
                what=finding.what,
                advice=finding.advice,
            )
        )
    lines += report.done
    if report.sound:
        facts = ntr("{n:,} fact", "{n:,} facts", report.facts)
        transactions = ntr("{n:,} transaction", "{n:,} transactions", report.transactions)
        return [*lines, tr("sound: {facts} in {transactions}", facts=facts, transactions=transactions)]
    places = sum(finding.weight == "damage" for finding in report.findings)
    damaged = ntr("damaged: {n:,} place", "damaged: {n:,} places", places)
    if report.done or not report.facts:
        return [*lines, damaged]
    option = "" if session.location.is_default else f" --db {quote(report.path)}"
    repair = f"gztrack{option} doctor --repair"
    return [
        *lines,
        tr("{damaged}; {repair} puts right what can be put right", damaged=damaged, repair=repair),
    ]


COMMANDS = {
    "backup": Command(backup_parser, back_up),
    "restore": Command(restore_parser, restore),
    "doctor": Command(doctor_parser, doctor),
}
