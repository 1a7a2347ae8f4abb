"""Putting another journal in the place of one that is there, so that any crash leaves one of both.

Restoring a backup, repairing damage and migrating an older schema end here. The old file is kept
in ``backups/`` under a second name, the new one is written beside it and synced, the mark of the
old one is withdrawn, the name changes hands, and the new file is marked. A reader notices by
inode and generation.
"""

from __future__ import annotations

import os
import time

from gztrack.domain.reasons import reason_of
from gztrack.errors import StoreError
from gztrack.language import tr
from gztrack.light import suppress
from gztrack.storage.files import (
    BACKUPS,
    DERIVED,
    FACTS,
    INCOMING,
    READ,
    Files,
    lasting,
    make_folder,
    put_all,
    read_exactly,
    undisturbed,
)
from gztrack.storage.lines import Header, header_body, seal
from gztrack.storage.lock import Lock, Mark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PIECE = 1 << 20


class Sealed:
    """Journal lines sealed one after the other, in pieces that are worth a write each.

    Attributes:
        mark: How far it has come: length and checksum of everything handed out.
    """

    def __init__(self, header: Header, bodies: Iterable[bytes]) -> None:
        self.mark = Mark(0, 0)
        self._header = header
        self._bodies = bodies

    def __iter__(self) -> Iterator[bytes]:
        piece, checksum, length = bytearray(), 0, 0
        for body in self._lines():
            line, checksum = seal(body, checksum)
            piece += line
            length += len(line)
            if len(piece) >= _PIECE:
                self.mark = Mark(length, checksum)
                yield bytes(piece)
                piece.clear()
        self.mark = Mark(length, checksum)
        yield bytes(piece)

    def _lines(self) -> Iterator[bytes]:
        yield header_body(self._header)
        yield from self._bodies


def put_in_place(
    directory: str, header: Header, bodies: Iterable[bytes], lock: Lock, fd: int, files: Files, why: str = ""
) -> str:
    """Write a journal and give it the name, in the place of another one or of none.

    Args:
        directory: The database.
        header: Its first line, with a generation that no other file has.
        bodies: Its other lines, unsealed.
        lock: The database's lock, held.
        fd: The lock's descriptor.
        files: The system calls.
        why: What for, for the name under which the one that was there is kept; empty for none there.

    Returns:
        Where the journal that was there is kept; empty where there was none.

    Raises:
        OSError: As the system says; the journal that was there is there still.
        StoreError: The new one is there, but nobody knows whether it would outlive a power cut.
    """
    new = os.path.join(directory, INCOMING)
    sealed = Sealed(header, bodies)
    put_all(files, new, sealed)
    with undisturbed():
        kept = _given_the_name(directory, lock, fd, files, why, sealed.mark)
        lasting.append(directory)
    return kept


def _given_the_name(directory: str, lock: Lock, fd: int, files: Files, why: str, mark: Mark) -> str:
    """Let the new file take the place; where the old one is kept."""
    path, new = os.path.join(directory, FACTS), os.path.join(directory, INCOMING)
    old, _ = lock.read_mark(fd)
    kept = ""
    try:
        kept = _keep(directory, why, files) if why else ""
        if old is not None:
            lock.withdraw_mark(fd)
        files.rename(new, path)
    except OSError:
        for left in filter(None, (new, kept)):
            with suppress(OSError):
                files.unlink(left)
        with suppress(OSError):
            if old is not None:
                lock.write_mark(fd, old)
        raise
    for name in DERIVED:  # from the old one
        with suppress(OSError):
            files.unlink(os.path.join(directory, name))
    try:
        files.sync_directory(directory)
    except OSError as error:
        reason = reason_of(error).lower()
        raise StoreError(
            tr(
                "{path}: the new file is in its place, but the disk did not confirm it ({reason}): look"
                " after the disk",
                path=path,
                reason=reason,
            )
        ) from error
    with suppress(OSError):  # it is there and on the disk: refusing it now would be the lie
        lock.write_mark(fd, mark)
        files.sync(fd)
    return kept


def _keep(directory: str, why: str, files: Files) -> str:
    """Give the journal as it is a second name in ``backups/``, so that it outlives what comes.

    Args:
        directory: The database.
        why: What is about to happen, for the name: ``restore``.
        files: The system calls.

    Returns:
        The path of the copy.

    Raises:
        OSError: As the system says.
    """
    folder = os.path.join(directory, BACKUPS)
    make_folder(files, folder)
    kept = free_name(files, os.path.join(folder, f"{moment()}-before-{why}"))
    path = os.path.join(directory, FACTS)
    try:
        files.link(path, kept)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, or another one below the folder
        _copy(path, kept, files)
    files.sync_directory(folder)
    return kept


def moment() -> str:
    """The time, UTC, as a part of a file's name: ``20261125T031502Z``."""
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())


def free_name(files: Files, stem: str) -> str:
    """A path that begins like this, ends like a journal's and is not taken."""
    number = 1
    while True:
        path = f"{stem}.jsonl" if number == 1 else f"{stem}-{number}.jsonl"
        try:
            files.stat(path)
        except FileNotFoundError:
            return path
        number += 1


def _copy(path: str, to: str, files: Files) -> None:
    fd = files.open(path, READ)
    try:
        size = files.fstat(fd).st_size
        put_all(files, to, (read_exactly(files, fd, at, at + _PIECE) for at in range(0, size, _PIECE)))
    finally:
        files.close(fd)
