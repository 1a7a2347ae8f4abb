"""Backups: the committed lines of a journal in one file that tells whether it is whole.

The first line says what the file is. Then comes the journal as it is, byte for byte. The last line
says how much that was, and continues the journal's checksum, so a backup that was cut short
anywhere is told from a whole one. Nobody is kept from writing meanwhile: what is copied is what
had been committed up to some moment.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from zlib import crc32

import orjson

from gztrack.errors import InputError, StoreBusy, StoreDamaged
from gztrack.language import tr
from gztrack.light import suppress
from gztrack.storage.files import BACKUPS, FACTS, Files, beside, give_name, make_folder, put_all, told
from gztrack.storage.journal import Journal, StaleCursorError
from gztrack.storage.lines import (
    BACKUP,
    SCHEMA,
    Header,
    dumps,
    each_line,
    header_body,
    in_order,
    seal,
    seal_end,
)
from gztrack.storage.reading import LOOKS, unreadable
from gztrack.storage.rewriting import free_name, moment
from gztrack.storage.scan import bad_line
from gztrack.storage.store import stamp

LAST = "end"
"""What the last line of a backup says that it is; the first one says ``backup``."""

Watch = Callable[[int, int], None]
"""Called now and then with bytes done and bytes in all."""


class Tally:
    """Counts what committed lines hold, and sees that they are lines of a journal.

    Attributes:
        lines: How many lines; a transaction may have several.
        transactions: How many transactions.
        facts: How many facts.
        last: The latest logging time, empty where there is nothing.
    """

    def __init__(self) -> None:
        self.lines = self.transactions = self.facts = 0
        self.last = ""

    def add(self, block: bytes) -> None:
        """Count whole transactions.

        Raises:
            ValueError, KeyError, TypeError: They are not what a journal holds.
        """
        for line in in_order(orjson.loads(line) for line in each_line(block)):
            self.lines += 1
            self.transactions += "commit" in line
            self.facts += len(line["facts"])
            self.last = max(self.last, line["at"])


class Backup:
    """The pieces of a backup, in their order; `tally` is complete when the last one was handed out.

    Args:
        journal: What to back up.
        watch: Is told how far it is.

    Attributes:
        tally: What is in it.
        length: How many bytes were handed out.
    """

    def __init__(self, journal: Journal, watch: Watch | None = None) -> None:
        self.tally = Tally()
        self.length = 0
        self._journal = journal
        self._watch = watch

    def __iter__(self) -> Iterator[bytes]:
        """Hand the pieces out, each verified.

        Raises:
            StoreDamaged: A line does not fit; what was handed out so far lacks its last line.
            StoreBusy: Another file took the journal's place meanwhile.
        """
        try:
            for piece in self._pieces():
                self.length += len(piece)
                yield piece
        except StaleCursorError:
            raise StoreBusy(
                tr("{path}: was replaced while it was copied: try again", path=self._journal.path)
            ) from None

    def _pieces(self) -> Iterator[bytes]:
        _, size, _ = self._journal.signature()
        yield seal(_body({"gztrack": BACKUP, "schema": SCHEMA, "taken": stamp()}), 0)[0]
        length = checksum = 0
        for cursor, block in self._journal.read():
            piece = block or _first_line(self._journal.header, cursor.checksum)
            checksum = crc32(piece, checksum)
            if checksum != cursor.checksum:
                raise bad_line(self._journal.path, 1, tr("is not as it was written"))
            try:
                self.tally.add(block)
            except (ValueError, KeyError, TypeError) as error:
                raise unreadable(self._journal, error) from error
            length += len(piece)
            yield piece
            if self._watch is not None:
                self._watch(length, max(length, size))
        held = {"bytes": length, "transactions": self.tally.transactions, "facts": self.tally.facts}
        yield seal(_body({"gztrack": LAST, **held, "last": self.tally.last}), checksum)[0]


def _body(fields: dict[str, object]) -> bytes:
    return dumps(fields).encode()[:-1]


def _first_line(header: Header, checksum: int) -> bytes:
    """A journal's first line, of whichever schema, from what was read of it."""
    body = header_body(header)
    line, after = seal(body, 0)
    return line if after == checksum else body + seal_end(crc32(body))


def back_up(
    journal: Journal,
    path: str = "",
    *,
    force: bool = False,
    files: Files | None = None,
    watch: Watch | None = None,
) -> tuple[str, Backup]:
    """Write a backup to a file: whole and on the disk, or not at all.

    Args:
        journal: What to back up.
        path: The file; without one it is made in the database's folder ``backups``.
        force: Replace what is there. A symbolic link is replaced and never followed.
        files: The system calls; tests put their own here.
        watch: Is told how far it is.

    Returns:
        The file, and what is in it.

    Raises:
        InputError: There is a file already, the name cannot serve, or its folder is missing.
        StoreDamaged: The journal is damaged; nothing was kept.
        StoreError: As the system says.
    """
    files = files or Files()
    if path:
        _check(journal.directory, path, force, files)
    with told(path or journal.directory, writing=True):
        if not path:
            folder = os.path.join(journal.directory, BACKUPS)
            make_folder(files, folder)
            path = free_name(files, os.path.join(folder, moment()))
        new = beside(path)
        backup = _written(journal, new, files, watch)
        try:
            give_name(files, new, path, force=force)
        except FileExistsError:
            raise InputError(tr("{path}: is there already; --force replaces it", path=path)) from None
        finally:
            with suppress(OSError):
                files.unlink(new)
        files.sync_directory(os.path.dirname(path) or ".")
    return path, backup


def _written(journal: Journal, new: str, files: Files, watch: Watch | None) -> Backup:
    """Write the pieces under a name of their own; again where a restore was at work between two looks."""
    for look in range(1, LOOKS + 1):
        backup = Backup(journal, watch)
        try:
            put_all(files, new, backup)
        except (StoreBusy, StoreDamaged):
            if look == LOOKS:
                raise
        else:
            return backup
    raise AssertionError


def _check(directory: str, path: str, force: bool, files: Files) -> None:
    """Refuse a name where the backup would do harm or cannot be, before anything is read."""
    folder, name = os.path.split(path)
    if not name or "\0" in path or os.path.isdir(path):
        raise InputError(tr("{path}: is a folder; name a file in it", path=path))
    if not os.path.isdir(folder or "."):
        raise InputError(tr("{path}: there is no folder {folder}; make it first", path=path, folder=folder))
    if name == FACTS or os.path.samefile(folder or ".", directory):
        raise InputError(
            tr(
                "{path}: would be taken for a database's own file; name another one, or leave -o out for"
                " {backups}/",
                path=path,
                backups=BACKUPS,
            )
        )
    with told(path, writing=True):
        try:
            there = files.stat(path).st_mode
        except FileNotFoundError:
            return
    if not stat.S_ISREG(there) and not stat.S_ISLNK(there):
        raise InputError(tr("{path}: is no ordinary file; name another one", path=path))
    if not force:
        raise InputError(tr("{path}: is there already; --force replaces it", path=path))
