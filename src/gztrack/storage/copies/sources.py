"""Where restoring and merging read from: a backup, a journal that somebody copied, another database.

A copy is read from its beginning as often as it takes; what is handed out has been verified.
Nothing is ever written to it, and a backup is only accepted with its last line.
"""

from __future__ import annotations

import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Any

from gztrack.domain.reasons import reason_of
from gztrack.errors import InputError, StoreBusy, StoreDamaged, StoreMissing
from gztrack.language import tr
from gztrack.storage.copies.backups import LAST, Tally, Watch
from gztrack.storage.files import FACTS, Files, read_exactly, told
from gztrack.storage.journal import Journal, StaleCursorError
from gztrack.storage.lines import BACKUP, Header, body_of, each_line, loads, verified
from gztrack.storage.lock import Mark
from gztrack.storage.scan import (
    BLOCK,
    Scan,
    bad_line,
    diagnosis,
    first_bad,
    is_torn,
    parse_header,
    refuse_newer,
)

STDIN = "-"
"""The name that stands for standard input."""

_FIRST_LINES = 1 << 17


class Copy(ABC):
    """Committed lines that stand somewhere else.

    Attributes:
        name: What to call it in messages.
        header: Title, zone, time of creation and schema.
        size: Bytes, for a progress line.
        notices: What a person should hear about it, each once.
        taken: When it was taken, of a backup, else empty.
    """

    def __init__(self, name: str, header: Header, size: int) -> None:
        self.name = name
        self.header = header
        self.size = size
        self.notices: list[str] = []
        self.taken = ""

    @abstractmethod
    def blocks(self) -> Iterator[bytes]:
        """Blocks of whole transactions, without the header.

        Raises:
            StoreDamaged: A line does not fit, or the end is missing.
        """

    @abstractmethod
    def is_journal_of(self, directory: str) -> bool:
        """Whether this is no copy, but the very journal of a database."""

    def tally(self, watch: Watch | None = None) -> Tally:
        """Read everything once, and say what is in it.

        Raises:
            StoreDamaged: It is damaged, or not whole.
        """
        found, done = Tally(), 0
        for block in self.blocks():
            try:
                found.add(block)
            except (ValueError, KeyError, TypeError) as error:
                raise self.unreadable(error) from error
            done += len(block)
            if watch is not None:
                watch(done, self.size)
        return found

    def unreadable(self, error: Exception) -> StoreDamaged:
        """The error for lines that are sealed, and yet not what a journal holds."""
        return StoreDamaged(
            tr(
                "{name}: holds what is no fact ({error}): take another copy",
                name=self.name,
                error=str(error).lower(),
            )
        )

    def bodies(self, held: Tally, watch: Watch | None = None) -> Iterator[bytes]:
        """As many lines as were counted, without their seals: of a database that grew meanwhile not more.

        Raises:
            StoreDamaged, StoreBusy: It was changed since.
        """
        left, done = held.lines, 0
        for block in self.blocks():
            for line in each_line(block):
                if not left:
                    return
                left -= 1
                yield body_of(line)
            done += len(block)
            if watch is not None:
                watch(done, self.size)
        if left:
            raise StoreBusy(
                tr("{name}: was changed while it was read; nothing was written: try again", name=self.name)
            )


class _Database(Copy):
    """Another database, read while others write to it."""

    def __init__(self, journal: Journal) -> None:
        _, size, _ = journal.signature()
        super().__init__(journal.directory, journal.header, size)
        self._journal = journal
        self.notices = journal.notices

    def blocks(self) -> Iterator[bytes]:
        replaced = StoreBusy(
            tr("{name}: was replaced while it was read; nothing was written: try again", name=self.name)
        )
        try:
            for cursor, block in self._journal.read():
                if cursor.generation != self.header.generation:
                    raise replaced
                if block:
                    yield block
        except StaleCursorError:
            raise replaced from None

    def is_journal_of(self, directory: str) -> bool:
        return _is_one_file(os.stat(self._journal.path), directory)


class _File(Copy):
    """A backup or a journal's copy in one open file."""

    def __init__(self, name: str, fd: int, files: Files) -> None:
        self._fd, self._files = fd, files
        line, rest = _first_line(read_exactly(files, fd, 0, _FIRST_LINES))
        opening = _opening(name, line)
        self._journal_at = 0
        self._is_backup = opening["gztrack"] == BACKUP
        if self._is_backup:
            self._journal_at = len(line)
            line, _ = _first_line(rest)
        checksum = verified(line, 0)
        if checksum is None and self._is_backup and not line.endswith(b"\n"):
            raise _cut_off(name)
        if checksum is None:
            number = 2 if self._is_backup else 1
            raise bad_line(name, number, diagnosis(line), _advice())
        super().__init__(name, parse_header(line, name), files.fstat(fd).st_size)
        self.taken = str(opening["taken"]) if self._is_backup else ""
        self._start = Mark(self._journal_at + len(line), checksum)
        if not self._is_backup:
            self.notices.append(
                tr("{name}: has no end line, as a backup has, so a cut-off end could not be told", name=name)
            )

    def blocks(self) -> Iterator[bytes]:
        with told(self.name):
            scan = Scan(self._files, self._fd, self.name, self._start, _advice())
            yield from scan.blocks()
            if self._is_backup:
                self._check_last_line(scan)
            elif scan.left:
                self._check_torn_end(scan)

    def _check_last_line(self, scan: Scan) -> None:
        """Refuse a backup whose last line is not there, or does not belong to what stands before it."""
        left, opening = scan.left, f'{{"gztrack":"{LAST}"'.encode()
        bad = first_bad(left, scan.checksum)
        is_last = left.startswith(opening) and left.find(b"\n") + 1 == bad == len(left)
        if is_last and loads(left)["bytes"] == scan.offset - self._journal_at:
            return
        is_cut = not left.endswith(b"\n") and opening.startswith(left[: len(opening)])
        if is_cut or (opening not in left and is_torn(left, scan.checksum)):
            raise _cut_off(self.name)
        raise scan.damage()

    def _check_torn_end(self, scan: Scan) -> None:
        if not is_torn(scan.left, scan.checksum):
            raise scan.damage()
        notice = tr(
            "{name}: its last {n:,} bytes are a write that was cut off; they are left out",
            name=self.name,
            n=len(scan.left),
        )
        if notice not in self.notices:
            self.notices.append(notice)

    def is_journal_of(self, directory: str) -> bool:
        return _is_one_file(self._files.fstat(self._fd), directory)


@contextmanager
def opened(name: str, stdin: IO[bytes], near: str, files: Files | None = None) -> Iterator[Copy]:
    """Open a copy.

    Args:
        name: A file, the directory of a database, or ``-`` for standard input.
        stdin: Standard input.
        near: The database that it is for: what comes from standard input is kept on its disk meanwhile,
            in a file without a name.
        files: The system calls.

    Raises:
        InputError: It is not there, or it is neither backup nor journal nor database.
        StoreDamaged: Its first line is damaged.
        StoreNewer: A newer gztrack wrote it.
    """
    files = files or Files()
    if name == STDIN:
        with _spooled(stdin, near) as file:
            yield _File(tr("standard input"), file.fileno(), files)
    elif os.path.isdir(name):
        yield _Database(_journal(name, files))
    else:
        fd = _open(name, files)
        try:
            yield _File(name, fd, files)
        finally:
            files.close(fd)


def _journal(name: str, files: Files) -> Journal:
    try:
        return Journal(name, files=files)
    except StoreMissing:
        raise StoreMissing(
            tr("{name}: there is no database in this folder: check the name", name=name)
        ) from None


def _open(name: str, files: Files) -> int:
    """A descriptor of an ordinary file. A link that somebody names to be read is followed."""
    try:
        fd = files.open(name, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else tr("no file name")
        raise InputError(tr("{name}: cannot be read: {reason}", name=name, reason=reason.lower())) from None
    if not stat.S_ISREG(files.fstat(fd).st_mode):
        files.close(fd)
        raise InputError(
            tr(
                "{name}: is no ordinary file; give one, or {stdin} to read standard input",
                name=name,
                stdin=STDIN,
            )
        )
    return fd


@contextmanager
def _spooled(stdin: IO[bytes], near: str) -> Iterator[IO[bytes]]:
    """Standard input in a file, for it is read twice."""
    import tempfile  # only here

    folder = os.path.abspath(near)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    with ExitStack() as until_read:
        with told(folder, writing=True):
            file = until_read.enter_context(tempfile.TemporaryFile(dir=folder))
            while piece := stdin.read(BLOCK):
                file.write(piece)
            file.flush()
        yield file


def _advice() -> str:
    return tr("take another copy")


def _cut_off(name: str) -> StoreDamaged:
    return StoreDamaged(
        tr("{name}: is not whole: its last line is missing, so it was cut off: take another copy", name=name)
    )


def _first_line(data: bytes) -> tuple[bytes, bytes]:
    """The first line with its end, and what follows it."""
    end = data.find(b"\n") + 1 or len(data)
    return data[:end], data[end:]


def _opening(name: str, line: bytes) -> dict[str, Any]:
    """What the first line of a file says.

    Raises:
        InputError: It is neither a backup's nor a journal's.
        StoreDamaged: It was one.
        StoreNewer: A newer gztrack wrote it.
    """
    if not line:
        raise InputError(
            tr(
                "{name}: is empty; give a backup, a journal ({journal}) or the directory of a database",
                name=name,
                journal=FACTS,
            )
        )
    try:
        fields = loads(line)
        kind = fields["gztrack"]
        refuse_newer(fields.get("schema"), name)
    except (ValueError, TypeError, KeyError):
        fields, kind = {}, BACKUP if b'"gztrack":' in line else ""
    if kind not in (BACKUP, "facts"):
        raise InputError(
            tr(
                "{name}: is neither a backup nor a journal of gztrack; gztrack backup makes one, and gztrack"
                " import reads CSV",
                name=name,
            )
        )
    if f'{{"gztrack":"{BACKUP}"'.encode() in line and not line.endswith(b"\n"):
        raise _cut_off(name)
    if not fields or (kind == BACKUP and verified(line, 0) is None):
        raise bad_line(name, 1, diagnosis(line), _advice())
    return dict(fields)


def _is_one_file(status: os.stat_result, directory: str) -> bool:
    try:
        return os.path.samestat(status, os.stat(os.path.join(directory, FACTS)))
    except OSError:
        return False
