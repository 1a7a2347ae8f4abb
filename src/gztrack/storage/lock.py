"""The lock file: who may write, who is writing, and how long the journal was when last synced.

Its first line, the mark, is written after the journal has been synced and before a write is
acknowledged. So after any crash the mark is older than the journal or equal, never ahead, and a
journal shorter than its mark has been emptied or put back from an older copy. The lock is
flock on this file, never on the journal: a record lock (fcntl) would be dropped by any close.
"""

from __future__ import annotations

import os
import sys
import time
from zlib import crc32

from gztrack.errors import StoreBusy, StoreDamaged
from gztrack.language import term, tr
from gztrack.light import NamedTuple, contextmanager
from gztrack.storage.files import CHANGE, LOCK, READ, Files, create, login, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT = 5.0
"""Seconds to wait for another writer before giving up."""

REPLACING = term("withdrawn while another file takes the journal's place")
"""Why there is no mark while, or after, somebody put another file in the journal's place."""

_ABSENT, _UNREADABLE = term("missing"), term("unreadable")
_FORBIDDEN = term("not readable for this account")
_MARK = b"mark 1 %016d %08x"
_WITHDRAWN = b"mark 0: the journal is being replaced"
_MARK_WIDTH = 42
_HOLDER_WIDTH = 160
_FIRST_PAUSE = 0.0005
_LONGEST_PAUSE = 0.02


class Mark(NamedTuple):
    """How much of a journal is known to be on the disk: its bytes and their CRC-32."""

    length: int
    checksum: int


class Lock:
    """The lock file of one database directory.

    Args:
        directory: The database.
        wait: Seconds to wait for another writer.
    """

    def __init__(self, directory: str, *, wait: float = WAIT, files: Files | None = None) -> None:
        self.path = os.path.join(directory, LOCK)
        self._directory = directory
        self._wait = wait
        self._files = files or Files()

    @contextmanager
    def held(self) -> Iterator[int]:
        """Hold the lock; gives its descriptor.

        Raises:
            StoreBusy: Somebody else held it for the whole wait; says who and since when.
            StoreReadOnly: This account may not write here.
        """
        with told(self._directory, writing=True):
            fd = self._take()
        try:
            self._note_holder(fd)
            yield fd
        finally:
            self._files.close(fd)

    def _take(self) -> int:
        """Open and lock the file that the name stands for, even if it is replaced meanwhile."""
        until = time.monotonic() + self._wait
        while True:
            fd = self._open()
            try:
                self._wait_for(fd, until)
                status = self._files.fstat(fd)
                if self._is_current(status):
                    if not status.st_size:
                        # Take the room now, so that a full disk is not found when a mark is due.
                        self._files.pwrite(fd, b" " * (_MARK_WIDTH - 1) + b"\n" + _holder_line(""), 0)
                    return fd
            except BaseException:
                self._files.close(fd)
                raise
            self._files.close(fd)

    def _open(self) -> int:
        try:
            return self._files.open(self.path, CHANGE)
        except FileNotFoundError:
            return create(self._files, self.path, fresh=False)

    def _is_current(self, status: os.stat_result) -> bool:
        try:
            return self._files.stat(self.path).st_ino == status.st_ino
        except FileNotFoundError:
            return False

    def _wait_for(self, fd: int, until: float) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                return self._files.flock(fd)
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise StoreBusy(self._busy(fd)) from None
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)

    def _busy(self, fd: int) -> str:
        line = self._files.pread(fd, _HOLDER_WIDTH, _MARK_WIDTH).decode("ascii", "replace")
        holder = "".join(c for c in line if c.isprintable()).strip()
        who = holder if _named(holder, self._files.fstat(fd)) else tr("another process")
        return tr(
            "{path}: busy for {seconds:g} s, locked by {who}; nothing was written: try again",
            path=self._directory,
            seconds=self._wait,
            who=who,
        )

    def _note_holder(self, fd: int) -> None:
        """Say who took the lock. The line stays when the lock is given back: it is read only by who waits."""
        try:
            self._files.pwrite(fd, _holder_line(_holder()), _MARK_WIDTH)
        except OSError:
            # Only for the message of somebody who waits in vain: no reason to refuse a write.
            return

    def read_mark(self, fd: int | None = None) -> tuple[Mark | None, str]:
        """The mark, or None and why there is none, in English: `tr` says it.

        Raises:
            StoreError: The lock file cannot be opened for another reason than being absent.
        """
        if fd is not None:
            return _parse(self._files.pread(fd, _MARK_WIDTH, 0))
        with told(self.path):
            try:
                fd = self._files.open(self.path, READ)
            except FileNotFoundError:
                return None, _ABSENT
            except PermissionError:
                return None, _FORBIDDEN
            try:
                return _parse(self._files.pread(fd, _MARK_WIDTH, 0))
            finally:
                self._files.close(fd)

    def withdraw_mark(self, fd: int) -> None:
        """Say that another file is about to take the journal's place; the lock must be held.

        The mark of the one must never be held against the other, wherever a crash comes between.

        Raises:
            OSError: As the system says.
        """
        if self._files.pwrite(fd, _WITHDRAWN.ljust(_MARK_WIDTH - 1) + b"\n", 0) != _MARK_WIDTH:
            raise OSError(tr("the mark could not be withdrawn"))
        self._files.sync(fd)

    def write_mark(self, fd: int, mark: Mark) -> None:
        """Note what is on the disk; the lock must be held.

        Raises:
            OSError: As the system says.
        """
        text = _MARK % mark
        line = text + b" %08x\n" % crc32(text)
        if self._files.pwrite(fd, line, 0) != _MARK_WIDTH:
            raise OSError(tr("the mark was cut short"))


def _parse(line: bytes) -> tuple[Mark | None, str]:
    if not line.strip(b" \n\0"):
        return None, _ABSENT
    if line.startswith(_WITHDRAWN):
        return None, REPLACING
    try:
        length, checksum = int(line[7:23]), int(line[24:32], 16)
        text = _MARK % (length, checksum)
    except ValueError:
        return None, _UNREADABLE
    if line != text + b" %08x\n" % crc32(text):
        return None, _UNREADABLE
    return Mark(length, checksum), ""


def _named(holder: str, status: os.stat_result) -> bool:
    """Whether a holder's line names who holds the lock now, and not the one before.

    It is written right after the lock is taken; where the system tells who holds a lock, that
    closes the gap.
    """
    pid = holder.partition("(pid ")[2].partition(",")[0]
    if not pid.isdigit():
        return False
    try:
        with open("/proc/locks", encoding="ascii", errors="replace") as table:
            held = [line.split() for line in table]
    except OSError:
        return True
    device = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    pids = [fields[4] for fields in held if len(fields) > 5 and fields[1] == "FLOCK" and fields[5] == device]
    return not pids or pid in pids


def _holder() -> str:
    """Account, process, command (its first word, never what was typed) and time."""
    words = [os.path.basename(sys.argv[0]) if sys.argv and sys.argv[0] else "python"]
    pairs = zip(sys.argv, sys.argv[1:], strict=False)
    commands = [word for before, word in pairs if word.isalpha() and before not in ("--db", "--as")]
    words += commands[:1]
    since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return f"{login()} (pid {os.getpid()}, {' '.join(words)}) since {since}"


def _holder_line(holder: str) -> bytes:
    text = holder.encode("ascii", "replace")[: _HOLDER_WIDTH - 1]
    return text.ljust(_HOLDER_WIDTH - 1) + b"\n"


def gone(path: str, mark: Mark) -> StoreDamaged:
    """There is no journal, though there was one."""
    return StoreDamaged(
        tr(
            "{path}: is gone, and {n:,} bytes were kept there: bring it back, or restore a backup with"
            " gztrack restore",
            path=path,
            n=mark.length,
        )
    )


def replaced(path: str, mark: Mark, length: int) -> StoreDamaged:
    """The journal is not the one that the mark was made for."""
    size = {"path": path, "bytes": length, "marked": mark.length}
    if length < mark.length:
        return StoreDamaged(
            tr(
                "{path}: was emptied or put back from an older copy ({bytes:,} bytes, and {marked:,} were kept"
                " there): bring the newer file back, or run gztrack doctor",
                **size,
            )
        )
    return StoreDamaged(
        tr(
            "{path}: is another journal's copy ({bytes:,} bytes, and {marked:,} were kept there): bring the newer"
            " file back, or run gztrack doctor",
            **size,
        )
    )
