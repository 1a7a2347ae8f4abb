"""Hooks: programs in a database's ``hooks/`` folder that are told what was just written.

A hook is told once a reading or target is on the disk, and nothing that becomes of the hook
changes that. It gets its records on standard input, one JSON object a line, all of one action
in one run, and has `LIMIT` seconds. Only who already could write as the person may put one
there: a folder or file that others may write, or that belongs to a third account, is not run.
"""

from __future__ import annotations

import os
import signal
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import ENOEXEC
from fcntl import F_DUPFD_CLOEXEC, fcntl
from shlex import quote
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from threading import Thread, current_thread, main_thread
from types import FrameType
from typing import IO

from gztrack.domain.reasons import reason_of
from gztrack.domain.text import clean
from gztrack.language import ntr, tr
from gztrack.light import NamedTuple
from gztrack.storage.files import HOOKS
from gztrack.storage.locations import IN_HOOK, VARIABLE

ON_LOG, ON_TARGET = "on-log", "on-target"

LIMIT = 10.0
"""Seconds that a hook has."""

PATIENCE = 1.0
"""Seconds after which whoever waits for a hook is told that they do."""

GRACE = 0.5
"""Seconds between asking a hook to end and ending it."""

LONGEST_QUOTE = 200
"""Characters of a hook's last words."""

_KEPT = (
    *("HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"),
    *("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "GZTRACK_TODAY"),
)
_TAIL = 4096
_STREAMS = 2
"""The highest descriptor of a process's own streams."""
_FORBIDDEN = stat.S_IWGRP | stat.S_IWOTH


class Call(NamedTuple):
    """One run of a hook.

    Attributes:
        name: ``on-log`` or ``on-target``.
        lines: What it is told: JSON objects, one a line.
    """

    name: str
    lines: tuple[bytes, ...]


class UnfitError(Exception):
    """A hook that is not run, or could not be.

    Attributes:
        why: Why not.
        advice: The command that would put it right; empty where none does.
    """

    def __init__(self, why: str, advice: str = "") -> None:
        super().__init__(tr("; ").join((why, advice)) if advice else why)
        self.why, self.advice = why, advice


class Leash:
    """By what another thread ends a hook that is being run.

    Attributes:
        cut: No hook is to go on.
    """

    def __init__(self) -> None:
        self.cut = False
        self._process: Popen[bytes] | None = None

    def hold(self, process: Popen[bytes]) -> None:
        """Take hold of a hook that has just been started."""
        self._process = process
        if self.cut:
            _end(process)

    def end(self, *, at_once: bool = False) -> None:
        """End the hook that is being run, and have no other one started.

        Args:
            at_once: Without asking it first.
        """
        self.cut = True
        if self._process is not None and self._process.poll() is None:
            _end(self._process, at_once=at_once)


def run(
    database: str,
    call: Call,
    environ: Mapping[str, str] = os.environ,
    *,
    quoting: bool = True,
    leash: Leash | None = None,
    late: Callable[[], None] | None = None,
) -> str:
    """Run a hook to its end, or to the end of its time.

    Args:
        database: The directory.
        call: Which hook, and what it is told.
        environ: Where its few variables come from.
        quoting: Cite its last words where it fails; they may name what not everybody should see.
        leash: Through it another thread may end it.
        late: Called once where it takes longer than `PATIENCE`.

    Returns:
        One line about what went wrong; empty where nothing did, or where there is no such hook.
    """
    try:
        with opened(database, said := called(database, gated=not quoting)) as folder:
            said = f"{said}/{call.name}"
            if not is_there(folder, call.name, said):
                return ""
            code, words = _run(lambda: _started(folder, database, call, environ, said), leash, late)
            if code:
                raise UnfitError(_failure(code, words.last() if quoting else ""))
    except (UnfitError, OSError) as problem:
        why = reason_of(problem).lower() if isinstance(problem, OSError) else str(problem)
        return tr("hook {name}: {why}; what was saved stays saved", name=call.name, why=why)
    return ""


def called(database: str, *, gated: bool = False) -> str:
    """The folder as messages name it: so that a command in one can be pasted, but behind a gate without a path."""
    return HOOKS if gated else os.path.join(database, HOOKS)


@contextmanager
def opened(database: str, said: str) -> Iterator[int]:
    """The folder's descriptor: what is checked through it is what is run, whatever takes its name meanwhile.

    Args:
        database: The directory.
        said: What to call the folder.

    Raises:
        UnfitError: Hooks in it are not to be run.
    """
    place = os.path.join(database, HOOKS)
    try:
        fd = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        if os.path.islink(place):
            raise UnfitError(
                tr("not run: {path} is a symbolic link, which is never followed", path=said)
            ) from None
        raise UnfitError(_unreadable(said, error)) from None
    if fd <= _STREAMS:  # one of ours is closed, and the hook's own would take this number
        low, fd = fd, fcntl(fd, F_DUPFD_CLOEXEC, _STREAMS + 1)
        os.close(low)
    try:
        _check(said, os.fstat(fd), fd)
        yield fd
    finally:
        os.close(fd)


def is_there(folder: int, name: str, said: str) -> bool:
    """Whether there is a hook of that name.

    Args:
        folder: The folder's descriptor.
        name: The hook's.
        said: What to call it.

    Raises:
        UnfitError: There is, and it is not to be run.
    """
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise UnfitError(_unreadable(said, error)) from None
    if stat.S_ISLNK(status.st_mode):
        raise UnfitError(tr("not run: {path} is a symbolic link, which is never followed", path=said))
    if not stat.S_ISREG(status.st_mode):
        raise UnfitError(tr("not run: {path} is no ordinary file", path=said))
    _check(said, status, folder)
    return True


def _check(said: str, status: os.stat_result, folder: int) -> None:
    """See that only trusted accounts could have written something.

    Args:
        said: What to call it.
        status: Its own.
        folder: The folder's descriptor.

    Raises:
        UnfitError: Others could.
    """
    account = os.geteuid()
    if account == 0 and status.st_uid != 0:
        raise UnfitError(
            tr("not run: root runs only what root owns, and {path} is another account's", path=said)
        )
    if status.st_uid not in (0, account, os.stat(os.pardir, dir_fd=folder).st_uid):
        raise UnfitError(
            tr("not run: {path} belongs to neither the database's owner nor this account", path=said)
        )
    if status.st_mode & _FORBIDDEN:
        raise UnfitError(tr("not run: others may write {path}", path=said), f"chmod go-w {quote(said)}")


def _unreadable(said: str, error: OSError) -> str:
    return tr("not run: {path}: {why}", path=said, why=reason_of(error).lower())


def surroundings(database: str, name: str, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of a hook: small, and always the same variables."""
    kept = {key: environ[key] for key in _KEPT if key in environ}
    # Over SSH the path is short; this program's own folder makes ``gztrack`` a command.
    path = [environ.get("PATH") or os.defpath, os.path.dirname(sys.executable)]
    return {
        **kept,
        "PATH": os.pathsep.join(filter(None, path)),
        # Behind a gate it is reached by its last name, and a hook from its own folder.
        VARIABLE: os.path.abspath(database),
        IN_HOOK: name,
    }


def check_executable(folder: int, name: str, said: str) -> None:
    """See that a hook may be started.

    Raises:
        UnfitError: It is not executable.
    """
    if not os.access(name, os.X_OK, dir_fd=folder):
        raise UnfitError(tr("not run: {path} is not executable", path=said), f"chmod +x {quote(said)}")


def missing(folder: int, name: str, said: str) -> UnfitError:
    """What to say of a hook whose first line names a program that is not there."""
    with open(os.open(name, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK, dir_fd=folder), "rb") as file:
        ends = file.readline(_TAIL).endswith(b"\r\n")
    if ends:  # a carriage return is a part of the name
        return UnfitError(
            tr(
                "not run: {path}: its lines end in CR LF, as on Windows: save it with LF alone, as dos2unix does",
                path=said,
            )
        )
    return UnfitError(tr("not run: the program that the first line of {path} names is missing", path=said))


def no_program(said: str) -> UnfitError:
    """What to say of a hook that nobody knows how to start."""
    return UnfitError(tr("not run: the first line of {path} names no program, as #!/bin/sh does", path=said))


def _started(folder: int, database: str, call: Call, environ: Mapping[str, str], said: str) -> Popen[bytes]:
    """Start it.

    Raises:
        UnfitError: It could not be started.
    """
    check_executable(folder, call.name, said)
    here = f"/proc/self/fd/{folder}"
    with _told(call.lines) as told:
        try:
            return Popen(
                [f"./{call.name}"],
                stdin=told,
                stdout=DEVNULL,
                stderr=PIPE,
                cwd=here if os.path.isdir(here) else os.path.join(database, HOOKS),
                env=surroundings(database, call.name, environ),
                start_new_session=True,  # so that all of it can be ended, and no key is for it
            )
        except FileNotFoundError:
            raise missing(folder, call.name, said) from None
        except OSError as error:
            if error.errno != ENOEXEC:
                raise
            raise no_program(said) from None


def _run(
    start: Callable[[], Popen[bytes]], leash: Leash | None, late: Callable[[], None] | None
) -> tuple[int, _LastWords]:
    """Start a hook and wait for its end; where its time is up, or this one is interrupted, it is ended.

    Returns:
        Its exit code, and what it says.

    Raises:
        UnfitError: It could not be started, or was ended.
    """
    process = None
    try:
        with _undisturbed():
            process = start()
            words = _LastWords(process.stderr)
        if leash is not None:
            leash.hold(process)
        return _code(process, late), words
    except TimeoutExpired:
        seconds = int(LIMIT)
        raise UnfitError(
            ntr(
                "still at work after {n} second, and ended",
                "still at work after {n} seconds, and ended",
                seconds,
            )
        ) from None
    finally:
        if process is not None and process.returncode is None:
            _end(process)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off what signals do in Python: one that comes between a fork and its answer would lose the child.

    A mask, as `gztrack.storage.files.undisturbed` has it, would be inherited by the hook.
    """
    if current_thread() is not main_thread():  # it hears no signals
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    handlers = {
        number: handler
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        if callable(handler := signal.getsignal(number))
    }
    for number in handlers:
        signal.signal(number, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if came:
            first, frame = came[0]
            handlers[signal.Signals(first)](first, frame)


def _code(process: Popen[bytes], late: Callable[[], None] | None) -> int:
    """Its exit code.

    Raises:
        TimeoutExpired: Its time is up.
    """
    if late is None or PATIENCE >= LIMIT:
        return process.wait(LIMIT)
    try:
        return process.wait(PATIENCE)
    except TimeoutExpired:
        late()
        return process.wait(LIMIT - PATIENCE)


@contextmanager
def _told(lines: Iterable[bytes]) -> Iterator[IO[bytes]]:
    """What a hook reads: a file without a name, so that one that reads nothing, or late, holds nobody up."""
    with tempfile.TemporaryFile(prefix="gztrack-") as file:
        file.writelines(lines)
        file.seek(0)
        yield file


def _end(process: Popen[bytes], *, at_once: bool = False) -> None:
    """End a hook and everything that it started: first it is asked, unless that is to be at once."""
    for number in (signal.SIGTERM, signal.SIGKILL)[at_once:]:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
        with suppress(TimeoutExpired):
            process.wait(GRACE)
            if number == signal.SIGTERM and _is_alive(process.pid):
                continue
            return


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _failure(code: int, words: str) -> str:
    """How it ended, and its last words."""
    if code < 0:
        try:
            how = tr("ended by {signal}", signal=signal.Signals(-code).name)
        except ValueError:
            how = tr("ended by signal {number}", number=-code)
    else:
        how = tr("exit code {code}", code=code)
    return tr("{how}: {words}", how=how, words=words) if words else how


class _LastWords:
    """Takes in what a hook says on standard error, and remembers the end of it.

    Args:
        stream: Where it says it.
    """

    def __init__(self, stream: IO[bytes] | None) -> None:
        self._tail = b""
        self._stream = stream
        # A process that it left behind may hold the other end for ever: nobody waits for this one.
        self._thread = Thread(target=self._listen, daemon=True, name="hook")
        self._thread.start()

    def _listen(self) -> None:
        if self._stream is None:
            return
        with self._stream as stream:
            while piece := os.read(stream.fileno(), 1 << 16):
                self._tail = (self._tail + piece)[-_TAIL:]

    def last(self) -> str:
        """The last line that says something, fit for a terminal."""
        self._thread.join(GRACE)
        lines = [clean(line) for line in self._tail.decode("utf-8", "replace").splitlines()]
        return next((line for line in reversed(lines) if line), "")[:LONGEST_QUOTE]
