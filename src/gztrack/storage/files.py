"""The system calls that the journal makes, in one place, so that a test can fail or cut any of them.

Files are opened without following a symbolic link and without waiting for a named pipe. A new
file belongs to the directory's group, which may do with it what it may do with the directory;
the world may do nothing.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat

from gztrack.domain.reasons import reason_of
from gztrack.errors import GztrackError, StoreError, StoreFull, StoreReadOnly
from gztrack.language import tr
from gztrack.light import contextmanager, suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal as signals
    from collections.abc import Iterable, Iterator
else:
    import _signal as signals  # the same, without the enumerations that `signal` makes of its numbers


FACTS = "facts.jsonl"
"""The journal's name in a database directory."""

LOCK = "lock"
"""The lock file's name: who may write, and how much is known to be on the disk."""

HEADS = "heads.json"
"""The name of what is derived from the journal for logging."""

BOARD, CHINESE_BOARD = "board.json", "board-zh.json"
"""The name of what is derived from a large journal for showing the board at once."""

DERIVED = (HEADS, BOARD, CHINESE_BOARD)
"""Files that are made anew whenever they are missing."""

INCOMING = f"{FACTS}.new"
"""What is about to take the journal's name."""

QUARANTINE = "quarantine"
"""Where a torn end is put."""

GATE_LOG = "gate.log"
"""Where a gate notes what it refused."""

OLD_GATE_LOG = f"{GATE_LOG}.1"
"""What was noted before that, once it has grown too long."""

BACKUPS = "backups"
"""Where the file is kept that another one took the place of."""

HOOKS = "hooks"
"""The folder of programs that are told what was written; no facts, so no backup holds it."""

OWN = frozenset((FACTS, LOCK, *DERIVED, INCOMING, GATE_LOG, OLD_GATE_LOG))
"""Names of the files that a database consists of."""

_SAFE = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
READ = os.O_RDONLY | _SAFE
CHANGE = os.O_RDWR | _SAFE
APPEND = os.O_RDWR | os.O_APPEND | _SAFE
NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | _SAFE

_ENDINGS = (signals.SIGINT, signals.SIGTERM, signals.SIGHUP, signals.SIGALRM)
"""What ends a process, and the alarm by which `gztrack.__main__` says once more that it has to."""
_PIECE = 1 << 24
_LONGEST_NAME = 200


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


lasting: list[str] = []
"""What this process has put on the disk for good: the path of each file, or nothing for an action in a journal.

Whoever interrupts it is told the truth from this.
"""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back what would end the process, so that what is done in here is done, and known to be, or is not.

    For the last steps only, which nobody need wait for.
    """
    before = signals.pthread_sigmask(signals.SIG_BLOCK, _ENDINGS)
    try:
        yield
    finally:
        signals.pthread_sigmask(signals.SIG_SETMASK, before)


def is_of_a_database(place: str) -> bool:
    """Whether a file is one of those that a database consists of.

    Args:
        place: Its path, without symbolic links.
    """
    folder, name = os.path.split(place)
    if name not in OWN or not os.path.lexists(os.path.join(folder, LOCK)):
        return False
    return os.path.lexists(os.path.join(folder, FACTS))


class Files:
    """What a journal asks of the operating system. Every method may raise OSError."""

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        """A file descriptor."""
        return os.open(path, flags, mode)

    def close(self, fd: int) -> None:
        """Give a descriptor back; its flock goes with it."""
        os.close(fd)

    def pread(self, fd: int, size: int, offset: int) -> bytes:
        """At most size bytes from offset on."""
        return os.pread(fd, size, offset)

    def write(self, fd: int, data: bytes) -> int:
        """Write at the end (or the position); how many bytes were taken."""
        return os.write(fd, data)

    def pwrite(self, fd: int, data: bytes, offset: int) -> int:
        """Write at a place; how many bytes were taken."""
        return os.pwrite(fd, data, offset)

    def truncate(self, fd: int, length: int) -> None:
        """Cut a file."""
        os.ftruncate(fd, length)

    def sync(self, fd: int) -> None:
        """Return when the data, and the length that reaching it needs, is on the disk."""
        full = getattr(fcntl, "F_FULLFSYNC", None)
        if full is not None:  # macOS: fsync only reaches the drive's cache
            fcntl.fcntl(fd, full)
        else:
            os.fdatasync(fd)

    def sync_directory(self, path: str) -> None:
        """Return when names made, changed or removed in a directory are on the disk."""
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def rename(self, old: str, new: str) -> None:
        """Put a file in another's place."""
        os.replace(old, new)

    def link(self, old: str, new: str) -> None:
        """Give a file a second name; one that is taken is FileExistsError."""
        os.link(old, new, follow_symlinks=False)

    def unlink(self, path: str) -> None:
        """Remove a name."""
        os.unlink(path)

    def flock(self, fd: int) -> None:
        """Take the exclusive lock at once or raise BlockingIOError."""
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def stat(self, path: str) -> os.stat_result:
        """What a name stands for; a symbolic link is not followed."""
        return os.stat(path, follow_symlinks=False)

    def fstat(self, fd: int) -> os.stat_result:
        """What a descriptor stands for."""
        return os.fstat(fd)


def create(files: Files, path: str, *, fresh: bool = True) -> int:
    """Make a file that shares its directory's group and never admits the world.

    Args:
        files: The system calls.
        path: Where.
        fresh: False accepts a file that somebody else made meanwhile.
    """
    folder = files.stat(os.path.dirname(path) or ".")
    mode = 0o600 | (folder.st_mode & 0o060)
    try:
        fd = files.open(path, NEW, mode)
    except FileExistsError:
        if fresh:
            raise
        return files.open(path, CHANGE)
    if files.fstat(fd).st_gid != folder.st_gid:
        try:
            os.fchown(fd, -1, folder.st_gid)
        except OSError:  # not a member of that group: then nobody else gets in
            mode = 0o600
    os.fchmod(fd, mode)  # the umask has no say: whoever may write the directory may write the file
    return fd


def make_folder(files: Files, path: str) -> None:
    """Make a folder inside a database that whoever may write the database may write too.

    One that is there is fine.

    Raises:
        OSError: As the system says, NotADirectoryError where something else has the name.
    """
    home = files.stat(os.path.dirname(path) or ".")
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        if not stat.S_ISDIR(files.stat(path).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, tr("is in the way of a folder"), path) from None
        return
    mode = 0o700 | (home.st_mode & (0o070 | stat.S_ISGID))
    if files.stat(path).st_gid != home.st_gid:
        try:
            os.chown(path, -1, home.st_gid, follow_symlinks=False)
        except OSError:  # not a member of that group: then nobody else gets in
            mode = 0o700
    os.chmod(path, mode)  # as with files, the umask has no say
    files.sync_directory(os.path.dirname(path) or ".")


def read_exactly(files: Files, fd: int, start: int, end: int) -> bytes:
    """The bytes from start to end, fewer only where the file ends before."""
    pieces = []
    while start < end:
        piece = files.pread(fd, end - start, start)
        if not piece:
            break
        pieces.append(piece)
        start += len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def put(files: Files, path: str, *pieces: bytes) -> None:
    """Write a file under a name of its own and return when it and its name are on the disk.

    For files that only the holder of the lock makes: what an earlier, killed holder left under
    that name is made anew.
    """
    put_all(files, path, pieces)


def put_all(files: Files, path: str, pieces: Iterable[bytes]) -> None:
    """As `put`, of pieces that come one by one; where that fails nothing is left under the name."""
    with suppress(FileNotFoundError):
        files.unlink(path)
    fd = create(files, path)
    try:
        try:
            for piece in pieces:
                view = memoryview(piece)
                while view:
                    view = view[files.write(fd, bytes(view[:_PIECE])) :]
            files.sync(fd)
        finally:
            files.close(fd)
        files.sync_directory(os.path.dirname(path) or ".")
    except BaseException:
        with suppress(OSError):
            files.unlink(path)
        raise


_names: dict[int, str] = {}


def login() -> str:
    """The account this process runs under, from the system and never from the environment."""
    account = os.geteuid()  # what the system decides permissions by
    if account not in _names:
        import pwd

        try:
            _names[account] = pwd.getpwuid(account).pw_name
        except KeyError:
            _names[account] = str(account)
    return _names[account]


def give_name(files: Files, new: str, path: str, *, force: bool) -> None:
    """Give a file its name; without ``force`` in a way that fails where somebody was quicker.

    Raises:
        FileExistsError: Something has the name, and ``force`` was not given.
        OSError: As the system says.
    """
    with undisturbed():
        try:
            if force:
                files.rename(new, path)
            else:
                files.link(new, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links: what was there a moment ago was looked at before
            if force:
                raise
            files.rename(new, path)
        lasting.append(path)


def beside(path: str) -> str:
    """A name of its own, in the same folder, for what shall take a path's name when it is whole."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name[:_LONGEST_NAME]}.{os.getpid()}-{os.urandom(4).hex()}")


@contextmanager
def told(path: str, *, writing: bool = False) -> Iterator[None]:
    """Turn the operating system's errors into ours, which say what would be right."""
    try:
        yield
    except GztrackError:
        raise
    except OSError as error:
        raise as_store_error(error, path, writing=writing) from error


def as_store_error(error: OSError, path: str, *, writing: bool) -> StoreError:
    """The store's error for one of the operating system's."""
    reason = reason_of(error).lower()
    if error.errno in _FULL:
        return StoreFull(
            tr("{path}: {reason}; nothing was kept: make room and try again", path=path, reason=reason)
        )
    if error.errno in _FORBIDDEN and writing:
        return StoreReadOnly(
            tr(
                "{path}: read-only for {account} ({reason}): ask its owner for write permission",
                path=path,
                account=login(),
                reason=reason,
            )
        )
    if error.errno in _FORBIDDEN:
        return StoreError(
            tr(
                "{path}: {account} may not read it ({reason}): ask its owner for permission",
                path=path,
                account=login(),
                reason=reason,
            )
        )
    if error.errno == errno.ELOOP:
        return StoreError(
            tr("{path}: is a symbolic link, which is never followed: put the real file there", path=path)
        )
    if error.errno == errno.ENOTDIR:
        return StoreError(
            tr("{path}: part of that path is a file and no directory: name another place", path=path)
        )
    if writing:
        return StoreError(
            tr(
                "{path}: {reason}: nothing was acknowledged; look after the disk, then try again",
                path=path,
                reason=reason,
            )
        )
    return StoreError(tr("{place}: {what}", place=path, what=reason))
