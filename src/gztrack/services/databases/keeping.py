"""Backups, restoring them, and looking a database over, in the words of the commands."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from typing import IO

from gztrack.domain.text import clean, listed
from gztrack.errors import GuardError, InputError, StoreNewer, StoreReadOnly
from gztrack.language import ntr, tr
from gztrack.light import NamedTuple
from gztrack.storage.copies import restoring
from gztrack.storage.copies.backups import Backup, Tally, Watch, back_up
from gztrack.storage.copies.restoring import Unsaved
from gztrack.storage.copies.sources import STDIN, opened
from gztrack.storage.files import BACKUPS, FACTS
from gztrack.storage.health.doctor import Report, examine
from gztrack.storage.health.findings import gravest_first
from gztrack.storage.health.repairing import repair
from gztrack.storage.journal import Journal
from gztrack.storage.locations import Location


class Kept(NamedTuple):
    """What was backed up or restored.

    Attributes:
        lines: What to tell the person.
        notices: What they should hear beside it.
        path: The backup, or the database that was restored.
        facts: How many facts are in it.
        transactions: In how many transactions.
        last: The latest logging time, empty where there is none.
        length: Bytes of the backup.
        kept: Where the journal is that was there before a restore; empty where there was none.
    """

    lines: tuple[str, ...]
    notices: tuple[str, ...]
    path: str
    facts: int
    transactions: int
    last: str
    length: int = 0
    kept: str = ""


def back_up_to_file(location: Location, path: str, *, force: bool, watch: Watch | None = None) -> Kept:
    """Back a database up to a file.

    Args:
        location: The database.
        path: The file; empty for one in the database's own folder.
        force: Replace what is there.
        watch: Is told how far it is.

    Raises:
        InputError: The name cannot serve, or there is a file already.
        StoreError: There is no database, it is damaged, or the file cannot be written.
    """
    journal = Journal(location.require())
    try:
        where, backup = back_up(journal, path, force=force, watch=watch)
    except StoreReadOnly as error:
        if path:
            raise
        raise StoreReadOnly(tr("{error}, or name a file elsewhere with -o", error=error)) from None
    said = tr(
        "backed up {what} to {path} ({n:,} bytes)", what=counted(backup.tally), path=where, n=backup.length
    )
    command = f"{_command(location)} restore {shlex.quote(where)}"
    back = tr("bring it back: {command}", command=command)
    return _kept(journal, backup, where, (_with_last(said, backup.tally), back))


def back_up_to_stream(location: Location, write: Callable[[bytes], None]) -> Kept:
    """Back a database up to a stream, piece by piece.

    Raises:
        StoreError: There is no database, or it is damaged; what was written then lacks its last line.
    """
    journal = Journal(location.require())
    backup = Backup(journal)
    for piece in backup:
        write(piece)
    said = tr(
        "backed up {what} to standard output ({n:,} bytes)", what=counted(backup.tally), n=backup.length
    )
    return _kept(journal, backup, "", (_with_last(said, backup.tally),))


def _kept(journal: Journal, backup: Backup, path: str, lines: tuple[str, ...]) -> Kept:
    tally = backup.tally
    return Kept(
        lines, tuple(journal.notices), path, tally.facts, tally.transactions, tally.last, backup.length
    )


def restore(
    location: Location, name: str, stdin: IO[bytes], *, yes: bool, watch: Watch | None = None
) -> Kept:
    """Put a backup in a database's place, or make one from it where there is none.

    Args:
        location: The database.
        name: A backup, a journal, the directory of another database, or ``-`` for standard input.
        stdin: Standard input.
        yes: Do it though the database holds what the backup does not.
        watch: Is told how far it is.

    Raises:
        InputError: The file is not there, or is none to restore from.
        GuardError: The database holds what the backup does not, and ``yes`` was not given.
        StoreError: The backup is damaged or not whole, or it cannot be put in place.
    """
    others = location.others()
    if others:
        raise InputError(
            tr(
                "{path}: holds other things ({names}), among which a database has no place;"
                " name a new or an empty directory with --db",
                path=location.path,
                names=listed(others),
            )
        )
    with opened(name, stdin, location.path) as copy:
        if copy.is_journal_of(location.path):
            raise InputError(tr("{path}: is this database itself; give a backup of it", path=clean(name)))
        notices = copy.notices
        held = copy.tally(watch and (lambda done, of: watch(done, 2 * of)))
        lost: list[Unsaved] = []

        def agreed(unsaved: Unsaved) -> None:
            lost.append(unsaved)
            if not yes:
                _ask(unsaved, clean(name), location)

        second = watch and (lambda done, of: watch(of + done, 2 * of))
        kept = restoring.restore(location.path, copy, held, agreed, watch=second)
        damaged = lost[-1].unknown is not None
    said = tr("restored {what} from {path}", what=counted(held), path=clean(copy.name))
    if copy.taken:
        said = tr("{said}, a backup taken on {time}", said=said, time=_minute(copy.taken))
    lines = [_with_last(said, held)]
    if kept and damaged:
        lines.append(
            tr("what was there before could not be read whole, and is kept as it was: {path}", path=kept)
        )
    elif kept:
        back = f"{_command(location)} restore {shlex.quote(kept)}"
        lines.append(tr("what was there before is kept; bring it back: {command}", command=back))
    else:
        lines.append(tr("made {path}: days go by {zone}", path=location.path, zone=clean(copy.header.tz)))
    return Kept(
        tuple(lines),
        tuple(notices),
        location.path,
        held.facts,
        held.transactions,
        held.last,
        kept=kept,
    )


def look_over(location: Location, *, repairing: bool) -> Report:
    """Look a database over, and put right what can be put right where that is asked for.

    Raises:
        StoreError: There is none, it cannot be read, or not be written.
    """
    from gztrack.services.hookfindings import findings as hook_findings

    report = repair(location.path) if repairing else examine(location.path)
    hooks = hook_findings(location.path)
    return report._replace(findings=tuple(sorted((*report.findings, *hooks), key=gravest_first)))


def _ask(unsaved: Unsaved, name: str, location: Location) -> None:
    """Ask before something disappears from the board.

    Raises:
        GuardError: It would.
    """
    folder = os.path.join(location.path, BACKUPS)
    if isinstance(unsaved.unknown, StoreNewer):
        raise GuardError(
            tr(
                "{path}: was written by a newer gztrack, so what it holds cannot be compared: upgrade gztrack;"
                " --yes restores anyway and keeps it in {folder}",
                path=location.path,
                folder=folder,
            )
        )
    if unsaved.unknown is not None and _has_bytes(location):
        command = f"{_command(location)} doctor --repair"
        raise GuardError(
            tr(
                "{path}: is damaged, so what it holds beyond {name} cannot be told: {command} first keeps what can"
                " be kept; --yes restores at once and keeps the damaged file in {folder}",
                path=location.path,
                name=name,
                command=command,
                folder=folder,
            )
        )
    if unsaved.facts:
        said = ntr(
            "{path}: {n:,} fact logged since {day} is not in {name}: --yes restores anyway and keeps it in {folder}",
            "{path}: {n:,} facts logged since {day} are not in {name}: --yes restores anyway and keeps them in"
            " {folder}",
            unsaved.facts,
            path=location.path,
            day=unsaved.since[:10],
            name=name,
            folder=folder,
        )
        if name != STDIN:
            command = f"{_command(location)} merge {shlex.quote(name)}"
            said = tr("{said}; {command} brings both together", said=said, command=command)
        raise GuardError(said)


def _has_bytes(location: Location) -> bool:
    """Whether there is a journal from which something might still be kept."""
    try:
        return os.stat(os.path.join(location.path, FACTS)).st_size > 0
    except OSError:
        return False


def counted(tally: Tally) -> str:
    """How much there is, in words: ``1,234 facts in 56 transactions``."""
    return tr(
        "{facts} in {transactions}",
        facts=ntr("{n:,} fact", "{n:,} facts", tally.facts),
        transactions=ntr("{n:,} transaction", "{n:,} transactions", tally.transactions),
    )


def _with_last(said: str, tally: Tally) -> str:
    if not tally.last:
        return said
    return tr("{said}; the last one was logged on {time}", said=said, time=_minute(tally.last))


def _minute(at: str) -> str:
    """A logging time as people read it."""
    return f"{clean(at)[:16].replace('T', ' ')} UTC"


def _command(location: Location) -> str:
    return "gztrack" if location.is_default else f"gztrack --db {shlex.quote(location.path)}"
