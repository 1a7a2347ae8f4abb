"""Backups, restoring them, and looking a database over, in the words of the commands."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from typing import IO, NamedTuple

from gztrack.domain.text import clean, plural
from gztrack.errors import GuardError, InputError, StoreNewer, StoreReadOnly
from gztrack.storage.copies import restoring
from gztrack.storage.copies.backups import Backup, Tally, Watch, back_up
from gztrack.storage.copies.restoring import Unsaved
from gztrack.storage.copies.sources import STDIN, opened
from gztrack.storage.files import BACKUPS, FACTS
from gztrack.storage.health.doctor import Report, examine
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
        raise StoreReadOnly(f"{error}, or name a file elsewhere with -o") from None
    said = f"backed up {counted(backup.tally)} to {where} ({backup.length:,} bytes){_last(backup.tally)}"
    back = f"bring it back: {_command(location)} restore {shlex.quote(where)}"
    return _kept(journal, backup, where, (said, back))


def back_up_to_stream(location: Location, write: Callable[[bytes], None]) -> Kept:
    """Back a database up to a stream, piece by piece.

    Raises:
        StoreError: There is no database, or it is damaged; what was written then lacks its last line.
    """
    journal = Journal(location.require())
    backup = Backup(journal)
    for piece in backup:
        write(piece)
    said = (
        f"backed up {counted(backup.tally)} to standard output ({backup.length:,} bytes){_last(backup.tally)}"
    )
    return _kept(journal, backup, "", (said,))


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
            f"{location.path}: holds other things ({', '.join(others)}), among which a database has no place;"
            f" name a new or an empty directory with --db"
        )
    with opened(name, stdin, location.path) as copy:
        if copy.is_journal_of(location.path):
            raise InputError(f"{clean(name)}: is this database itself; give a backup of it")
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
    taken = f", a backup taken on {_minute(copy.taken)}" if copy.taken else ""
    lines = [f"restored {counted(held)} from {clean(copy.name)}{taken}{_last(held)}"]
    if kept and damaged:
        lines.append(f"what was there before could not be read whole, and is kept as it was: {kept}")
    elif kept:
        back = f"{_command(location)} restore {shlex.quote(kept)}"
        lines.append(f"what was there before is kept; bring it back: {back}")
    else:
        lines.append(f"made {location.path}: days go by {clean(copy.header.tz)}")
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
    return repair(location.path) if repairing else examine(location.path)


def _ask(unsaved: Unsaved, name: str, location: Location) -> None:
    """Ask before something disappears from the board.

    Raises:
        GuardError: It would.
    """
    folder = os.path.join(location.path, BACKUPS)
    if isinstance(unsaved.unknown, StoreNewer):
        raise GuardError(
            f"{location.path}: was written by a newer gztrack, so what it holds cannot be compared: upgrade gztrack;"
            f" --yes restores anyway and keeps it in {folder}"
        )
    if unsaved.unknown is not None and _has_bytes(location):
        raise GuardError(
            f"{location.path}: is damaged, so what it holds beyond {name} cannot be told: {_command(location)} doctor"
            f" --repair first keeps what can be kept; --yes restores at once and keeps the damaged file in {folder}"
        )
    if unsaved.facts:
        merge = (
            "" if name == STDIN else f"; {_command(location)} merge {shlex.quote(name)} brings both together"
        )
        raise GuardError(
            f"{location.path}: {plural(unsaved.facts, 'fact')} logged since {unsaved.since[:10]}"
            f" {'is' if unsaved.facts == 1 else 'are'} not in {name}: --yes restores anyway and keeps"
            f" {'it' if unsaved.facts == 1 else 'them'} in {folder}{merge}"
        )


def _has_bytes(location: Location) -> bool:
    """Whether there is a journal from which something might still be kept."""
    try:
        return os.stat(os.path.join(location.path, FACTS)).st_size > 0
    except OSError:
        return False


def counted(tally: Tally) -> str:
    """How much there is, in words: ``1,234 facts in 56 transactions``."""
    return f"{plural(tally.facts, 'fact')} in {plural(tally.transactions, 'transaction')}"


def _last(tally: Tally) -> str:
    return f"; the last one was logged on {_minute(tally.last)}" if tally.last else ""


def _minute(at: str) -> str:
    """A logging time as people read it."""
    return f"{clean(at)[:16].replace('T', ' ')} UTC"


def _command(location: Location) -> str:
    return "gztrack" if location.is_default else f"gztrack --db {shlex.quote(location.path)}"
