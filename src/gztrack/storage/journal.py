"""The append-only journal of one database directory: ``facts.jsonl`` and its lock.

An append costs the same at any size: it reads the mark and the last line, never the file.
Readers take no lock and stop at the last committed line. Nothing stays open between calls.
One object serves one thread at a time.
"""

from __future__ import annotations

import os
import stat
from io import BytesIO
from zlib import crc32

from gztrack.domain.reasons import reason_of
from gztrack.errors import StoreDamaged, StoreError, StoreFull, StoreMissing, StoreNewer
from gztrack.language import tr
from gztrack.light import contextmanager
from gztrack.storage import lines
from gztrack.storage.files import (
    APPEND,
    FACTS,
    QUARANTINE,
    READ,
    Files,
    lasting,
    make_folder,
    put,
    read_exactly,
    told,
    undisturbed,
)
from gztrack.storage.lines import SCHEMA
from gztrack.storage.lock import REPLACING, WAIT, Lock, Mark, gone, replaced
from gztrack.storage.scan import Scan, ends_with, is_torn, parse_header, present, read_header
from gztrack.storage.store import Cursor, Encoded, Transaction

TYPE_CHECKING = False  # who logs into a sound journal needs no mending
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gztrack.storage.bodies import Bodies
    from gztrack.storage.health.mending import Mended


_LOOK = 1 << 20
"""Bytes that are looked at in one go."""

_PIECE = 1 << 22
"""Bytes that are written in one go: more than anything but a large import, which need not be in memory twice."""


class StaleCursorError(Exception):
    """The file no longer continues what was read from it: read it again from the start."""


class Journal:
    """A journal that exists.

    Args:
        directory: The database directory.
        wait: Seconds an append waits for another writer.
        files: The system calls; tests put their own here.

    Attributes:
        header: Title, zone, generation and time of creation.
        end: After an append, how far the journal reaches.
        notices: What a person should hear about, each once.

    Raises:
        StoreMissing: There is no database there.
        StoreDamaged: The first line is not a journal's, or the journal is gone.
        StoreNewer: A newer gztrack wrote it.
    """

    def __init__(self, directory: str, *, wait: float = WAIT, files: Files | None = None) -> None:
        self.directory = directory
        self.path = os.path.join(directory, FACTS)
        self.notices: list[str] = []
        self.end: Cursor | None = None
        self._files = files or Files()
        self._lock = Lock(directory, wait=wait, files=self._files)
        self._lock_fd: int | None = None
        self._inode = -1
        self._first = b""
        try:
            with self._opened(READ):
                pass  # opening reads the header
        except (StoreDamaged, StoreNewer) as error:
            self._told(self._proven(error))

    @contextmanager
    def _opened(self, flags: int) -> Iterator[int]:
        """The journal's descriptor, its header known."""
        with told(self.directory, writing=flags != READ):
            try:
                fd = self._files.open(self.path, flags)
            except (FileNotFoundError, NotADirectoryError):
                raise self._missing() from None
            try:
                status = self._files.fstat(fd)
                if not stat.S_ISREG(status.st_mode):
                    raise StoreDamaged(
                        tr("{path}: is not a file: put the journal back in its place", path=self.path)
                    )
                # Every time: another file may have come in its place, even under the same inode number.
                if not self._first or self._files.pread(fd, len(self._first), 0) != self._first:
                    self.header, self._header_end, self._first = read_header(self._files, fd, self.path)
                self._inode = status.st_ino
                yield fd
            finally:
                self._files.close(fd)

    def _missing(self) -> StoreError:
        if os.path.exists(self.directory) and not os.path.isdir(self.directory):
            return StoreError(tr("{path}: is a file, and a database is a directory", path=self.directory))
        mark, _ = self._lock.read_mark()
        if mark is not None:
            return gone(self.path, mark)
        init = f"gztrack --db {self.directory} init"
        return StoreMissing(
            tr(
                "{path}: no database there: check the name, or make one with {init}",
                path=self.directory,
                init=init,
            )
        )

    def signature(self) -> tuple[int, int, int]:
        """Inode, size and modification time: differs whenever there is something to read.

        Raises:
            StoreError: The journal cannot be looked at.
        """
        with told(self.path):
            try:
                status = self._files.stat(self.path)
            except FileNotFoundError:
                raise self._missing() from None
        return status.st_ino, status.st_size, status.st_mtime_ns

    def read(self, since: Cursor | None = None) -> Iterator[tuple[Cursor, bytes]]:
        """Blocks of committed lines, each verified, with the cursor after each.

        Without a cursor the first pair is the cursor after the header and no bytes, and the
        whole file is held against its mark.

        Where the file is damaged and yet every byte of it can be proven (a flipped bit, lines
        doubled, swapped or put between, changed line ends), the lines are handed out as they
        were written, and `notices` say so.

        Raises:
            StaleCursorError: The file does not continue the cursor, or was swapped while it was read;
                nothing or good lines were given.
            StoreDamaged: Something is lost: a line does not fit, or the file is shorter than its mark.
        """
        reached: Cursor | None = None
        try:
            for reached, block in self._read(since):
                yield reached, block
        except (StoreDamaged, StoreNewer) as error:
            if since is not None:
                raise
            yield from self._read_proven(reached, error)

    def _read_proven(self, reached: Cursor | None, error: StoreError) -> Iterator[tuple[Cursor, bytes]]:
        """The lines of a damaged file from where reading came to, if nothing of it is lost."""
        header, *rest = self._told(self._proven(error)).lines
        inode, generation = self._inode, self.header.generation
        if reached is not None and (reached.inode, reached.generation) != (inode, generation):
            raise StaleCursorError  # another file came in its place while it was read
        start = Cursor(len(header), crc32(header), inode, generation)
        if reached is None:
            yield start, b""
        known = (reached or start).offset - start.offset
        lines_after = b"".join(rest)
        if crc32(lines_after[:known], start.checksum) != (reached or start).checksum:
            raise error  # what was handed out already is another copy's
        block = lines_after[known:]
        end = Cursor(start.offset + len(lines_after), crc32(lines_after, start.checksum), inode, generation)
        if block:
            yield end, block

    def _told(self, found: Mended) -> Mended:
        """The same, once it is said that it was needed."""
        if found.flaws:
            self._tell(
                tr(
                    "{where}; nothing is lost and all of it was read: put it right with gztrack doctor --repair",
                    where=self._flawed(found),
                )
            )
        return found

    def _flawed(self, found: Mended) -> str:
        """Where a damaged file differs from what was written, in words."""
        if not found.flaws:
            return self.path
        first, *others = found.flaws
        where = {"path": self.path, "line": first.line, "what": first.what}
        if others:
            return tr("{path}, line {line}: {what} (and {n} places more)", n=len(others), **where)
        return tr("{path}, line {line}: {what}", **where)

    def _proven(self, error: StoreError) -> Mended:
        """What a damaged file said, every line of it as it was written.

        Raises:
            StoreDamaged: The error given, where something is lost.
        """
        from gztrack.storage.health.mending import mend  # on damage only

        mark, _ = self._lock.read_mark()
        with told(self.directory):
            try:
                fd = self._files.open(self.path, READ)
            except OSError:
                raise error from None
            try:
                status = self._files.fstat(fd)
                if not stat.S_ISREG(status.st_mode):
                    raise error
                data = read_exactly(self._files, fd, 0, status.st_size)
            finally:
                self._files.close(fd)
        found = mend(data, mark)
        if not found.whole or not found.lines:
            raise error
        self.header, self._inode, self._first = parse_header(found.lines[0], self.path), status.st_ino, b""
        return found

    def _read(self, since: Cursor | None) -> Iterator[tuple[Cursor, bytes]]:
        """The lines of a sound file."""
        mark, why = self._lock.read_mark()
        with self._opened(READ) as fd:
            if mark is None:
                self._tell_unmarked(why)
            inode, generation = self._inode, self.header.generation
            start = self._header_end
            if since is not None:
                size = self._files.fstat(fd).st_size
                if (since.inode, since.generation) != (inode, generation) or size < since.offset:
                    raise StaleCursorError
                start = Mark(since.offset, since.checksum)
            scan = Scan(self._files, fd, self.path, start)
            if since is None:
                yield Cursor(*start, inode, generation), b""
            stops: list[Mark | None] = [mark, None] if mark and mark.length >= scan.offset else [None]
            for stop in stops:
                for block in scan.blocks(stop and stop.length):
                    yield Cursor(scan.offset, scan.checksum, inode, generation), block
                if self._is_harmed(scan, stop):
                    raise StaleCursorError if since is not None else self._harm(fd, stop)

    def place(self, offset: int, checksum: int, generation: str) -> Cursor | None:
        """The cursor for a place somebody remembers, or None where it is not one of this file."""
        with self._opened(READ) as fd:
            if generation != self.header.generation or not ends_with(self._files, fd, Mark(offset, checksum)):
                return None
            return Cursor(offset, checksum, self._inode, generation)

    def proven(self, offset: int, checksum: int, generation: str) -> Cursor | None:
        """The cursor for a place somebody remembers, if all of the file is what was acknowledged up to there.

        Costs one look at every byte, which is a small part of reading them.

        Returns:
            None where it is not: more or less was written, a byte is another one, or there is no mark to tell.
        """
        mark, _ = self._lock.read_mark()
        if mark != (offset, checksum):
            return None
        with self._opened(READ) as fd:
            if generation != self.header.generation or self._files.fstat(fd).st_size != offset:
                return None
            found = at = 0
            while at < offset:
                piece = self._files.pread(fd, min(_LOOK, offset - at), at)
                if not piece:
                    return None
                found, at = crc32(piece, found), at + len(piece)
            return Cursor(offset, checksum, self._inode, generation) if found == checksum else None

    @staticmethod
    def _is_harmed(scan: Scan, mark: Mark | None) -> bool:
        """Up to the mark everything was acknowledged; after it an end may be torn."""
        if mark is not None:
            return (scan.offset, scan.checksum) != mark
        return not is_torn(scan.left, scan.checksum)

    def _harm(self, fd: int, mark: Mark | None) -> StoreDamaged:
        """Name the bad line; where every line is good the file is not the one that was marked."""
        scan = Scan(self._files, fd, self.path, self._header_end)
        for _ in scan.blocks():
            pass
        size = self._files.fstat(fd).st_size
        harmed = bool(scan.left) and not is_torn(scan.left, scan.checksum)
        if mark is None or harmed or (scan.left and size >= mark.length > scan.offset):
            return scan.damage()
        return replaced(self.path, mark, size)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the write lock over a look and an append. Holding it again within is fine.

        Raises:
            StoreBusy: Another process held it for the whole wait.
            StoreReadOnly: This account may not write here.
        """
        if self._lock_fd is not None:
            yield
            return
        with self._lock.held() as fd:
            self._lock_fd = fd
            try:
                if self.header.schema < SCHEMA:
                    self._migrate(fd)
                yield
            finally:
                self._lock_fd = None

    def _migrate(self, lock_fd: int) -> None:
        """Bring an older journal to this version, unless somebody did meanwhile."""
        with self._opened(READ):
            pass  # opening reads the header
        if self.header.schema < SCHEMA:
            from gztrack.storage.migrations import migrate  # once in a database's life

            self._tell(migrate(self, self._lock, lock_fd, self._files))

    def append(self, transaction: Transaction | Encoded, *, unique: bool = False) -> bool:
        """Append a transaction; returns once it is on the disk and marked.

        Args:
            transaction: One action.
            unique: When a transaction with that id is there already, append nothing.

        Returns:
            False when it was there already.

        Raises:
            InputError: It holds what JSON cannot keep.
            StoreError: It was not appended; the kind and the message say why.
        """
        return self.append_all((transaction,), unique=unique) == 1

    def append_all(self, transactions: Sequence[Transaction | Encoded], *, unique: bool = False) -> int:
        """Append several transactions with one write, all or none; how many were appended."""
        encoded = dict(lines.prepare(transaction) for transaction in transactions)
        if len(encoded) < len(transactions) and not unique:
            raise ValueError("two transactions with one id")
        with self.exclusive(), self._opened(APPEND) as fd:
            tail = self._settled(fd)
            if unique:
                for tx in present(self._files, fd, tail.length, encoded.keys()):
                    del encoded[tx]
            if encoded:
                self._write(fd, tail, list(encoded.values()))
        return len(encoded)

    def _settled(self, fd: int) -> Mark:
        """The end of the journal, checked against its mark, anything torn put aside."""
        assert self._lock_fd is not None
        size = self._files.fstat(fd).st_size
        mark, why = self._lock.read_mark(self._lock_fd)
        if mark is None:
            self._tell_unmarked(why)
            mark = self._header_end
        elif size < mark.length or not ends_with(self._files, fd, mark):
            raise self._unwritable(self._harm(fd, mark))
        if size == mark.length:
            return mark
        scan = Scan(self._files, fd, self.path, mark)
        for _ in scan.blocks():
            pass
        if scan.left:
            if not is_torn(scan.left, scan.checksum):
                raise self._unwritable(scan.damage())
            self._set_aside(scan.left, scan.offset)
            self._files.truncate(fd, scan.offset)
        return Mark(scan.offset, scan.checksum)

    def _unwritable(self, error: StoreDamaged) -> StoreDamaged:
        """The error for who wants to write: it says so where nothing is lost."""
        try:
            found = self._proven(error)
        except StoreDamaged:
            return error
        return StoreDamaged(
            tr(
                "{where}; nothing is lost, but nothing is written behind it: put it right with gztrack doctor"
                " --repair",
                where=self._flawed(found),
            )
        )

    def _set_aside(self, left: bytes, offset: int) -> None:
        """Keep a torn end where a person can look at it, before it is cut off."""
        folder = os.path.join(self.directory, QUARANTINE)
        make_folder(self._files, folder)
        path = os.path.join(folder, f"{FACTS}-at-{offset}-{crc32(left):08x}")
        put(self._files, path, left)
        self._tell(
            tr(
                "{path}: the last write was cut off and never acknowledged; its {n:,} bytes were moved to"
                " {kept}",
                path=self.path,
                n=len(left),
                kept=path,
            )
        )

    def _write(self, fd: int, tail: Mark, many: Sequence[list[bytes] | Bodies]) -> None:
        """As few writes as memory allows, one sync, then the mark; on any failure the journal is as it was."""
        assert self._lock_fd is not None
        with undisturbed():
            try:
                mark = self._poured(fd, tail, many)
                self._files.sync(fd)
            except BaseException:
                self._cut_back(fd, tail.length)
                raise
            self._settle(mark)

    def _poured(self, fd: int, tail: Mark, many: Sequence[list[bytes] | Bodies]) -> Mark:
        """Write the lines of transactions, sealed; how far the journal then reaches."""
        length, checksum, waiting = tail.length, tail.checksum, BytesIO()
        left = sum(map(len, many))
        # One may hold several: a merge puts those of one id together. What waits packed is one import.
        together = sum(sum(map(lines.is_last, each)) if isinstance(each, list) else 1 for each in many) > 1
        for bodies in many:
            for body in bodies:
                left -= 1
                line, checksum = lines.seal(body, checksum, left if together else None)
                waiting.write(line)
                if not left or waiting.tell() >= _PIECE:
                    length += self._put(fd, waiting.getvalue(), length - tail.length)
                    waiting = BytesIO()
        return Mark(length, checksum)

    def _put(self, fd: int, data: bytes, before: int) -> int:
        """Write a piece; how long it is."""
        taken = self._files.write(fd, data)
        if taken < len(data):
            raise StoreFull(
                tr(
                    "{path}: only {taken:,} bytes went in and were taken back: make room and try again",
                    path=self.path,
                    taken=before + taken,
                )
            )
        return taken

    def _settle(self, mark: Mark) -> None:
        """Note that what was written lasts."""
        assert self._lock_fd is not None
        lasting.append("")
        try:
            self._lock.write_mark(self._lock_fd, mark)
        except OSError as error:
            # The facts are on the disk: refusing them now would be the lie. An old mark is safe.
            self._tell(
                tr(
                    "{path}: the mark could not be written ({reason})",
                    path=self._lock.path,
                    reason=reason_of(error),
                )
            )
        self.end = Cursor(*mark, self._inode, self.header.generation)

    def _cut_back(self, fd: int, length: int) -> None:
        try:
            self._files.truncate(fd, length)
        except OSError as error:
            reason = reason_of(error)
            self._tell(
                tr(
                    "{path}: a failed write could not be taken back ({reason}); the next one settles it",
                    path=self.path,
                    reason=reason,
                )
            )

    def _tell_unmarked(self, why: str) -> None:
        if why == REPLACING:
            return  # a restore is at work, or was cut off after the whole new file was there
        self._tell(
            tr(
                "{path}: its mark is {why}, so an emptied journal could not be told; a write makes it anew",
                path=self._lock.path,
                why=tr(why),
            )
        )

    def _tell(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)
