"""``gate.log``: what a gate refused and what failed behind it, a JSON line each, beside the database.

Several gates write at once, so each line is one write at the end of the file. It is bounded: a full one takes
the place of the one before it. A log that cannot be written never keeps a command from its answer.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time

from gztrack.light import suppress
from gztrack.storage.files import GATE_LOG, OLD_GATE_LOG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 1 << 20
"""Bytes from which on a log is full."""

LONGEST_ASKED, LONGEST_WHY, LONGEST_NAME = 400, 400, 200
"""Characters of a line's texts: whoever is refused must not fill the log with what they sent."""

LONGEST_FAULT = 8_000
"""Characters of a fault, whose end says most."""

REFUSED, FAILED = "refused", "failed"
"""What can be noted."""

_OPEN = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_TRIES, _PAUSE = 20, 0.01
"""How often, and how many seconds apart, a full log is looked at that somebody else is about to put aside."""


class Notes:
    """The log of one gate.

    Args:
        directory: The database's; nothing is noted where it is not there.
        name: Who came through.
        environ: Where from: ``SSH_CONNECTION``.
        asked: What they asked for.
    """

    def __init__(self, directory: str, name: str, environ: Mapping[str, str], asked: str) -> None:
        self._directory = directory
        self._name = name
        self._address = (environ.get("SSH_CONNECTION", "").split() or [""])[0]
        self._asked = asked

    def add(self, event: str, why: str, code: str) -> None:
        """Note something.

        Args:
            event: `REFUSED` or `FAILED`.
            why: In English and in full, a traceback where there is one.
            code: The reason in a word that never changes.
        """
        import json

        line = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "name": _told(self._name, LONGEST_NAME),
            "from": _told(self._address, 64),
            "event": event,
            "code": code,
            "asked": _told(self._asked, LONGEST_ASKED),
            "why": why[-LONGEST_FAULT:] if event == FAILED else _told(why, LONGEST_WHY),
        }
        text = json.dumps(line, ensure_ascii=False)
        # Nobody who looks at the log gets signs of a stranger that a terminal acts on.
        text = "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in text)
        data = text.encode() + b"\n"
        with suppress(OSError):
            fd = _opened(os.path.join(self._directory, GATE_LOG), os.path.join(self._directory, OLD_GATE_LOG))
            try:
                size = os.fstat(fd).st_size
                whole = not size or os.pread(fd, 1, size - 1) in (b"\n", b"")  # a disk may have been full
                os.write(fd, data if whole else b"\n" + data)
            finally:
                os.close(fd)


def _told(text: str, longest: int) -> str:
    """Text on one line and of a bounded length; the beginning says what it was."""
    from gztrack.domain.text import clean

    found = clean(text[: longest * 2])
    return found if len(found) <= longest else found[:longest] + "…"


def _opened(path: str, old: str) -> int:
    """The log, open for one more line; a full one is put aside by whoever gets its lock first.

    Raises:
        OSError: It cannot be opened, or is no plain file.
    """
    for _ in range(_TRIES):
        fd = os.open(path, _OPEN, 0o600)
        try:
            status = os.fstat(fd)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
            if status.st_size < LARGEST:
                return fd
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Somebody quicker may have put it aside already: then this name is another file's.
            now = os.stat(path, follow_symlinks=False)
            if (now.st_dev, now.st_ino) == (status.st_dev, status.st_ino):
                os.replace(path, old)
        except BlockingIOError:
            time.sleep(_PAUSE)
        except BaseException:
            os.close(fd)
            raise
        os.close(fd)
    raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN), path)
