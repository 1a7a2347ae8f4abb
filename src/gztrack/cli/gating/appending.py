"""Whether standard output is a file whose last line is not ended, onto which a line would be glued."""

from __future__ import annotations

import fcntl
import os
import stat
import sys

_F_GETPATH = 50
"""macOS: the path of an open file."""


def lacks_line_break(fd: int = 1) -> bool:
    """Whether what is written there continues a line of a file: it is appended to, and does not end in a line break."""
    try:
        status = os.fstat(fd)
        appends = fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_APPEND
        if not stat.S_ISREG(status.st_mode) or not status.st_size or not appends:
            return False
        return _last_byte(fd, status) not in (b"\n", b"")
    except OSError:  # nobody may read it, or it was never open
        return False


def _last_byte(fd: int, status: os.stat_result) -> bytes:
    """The last byte of an open file; a shell's ``>>`` opens it for writing alone, so it is opened once more.

    Raises:
        OSError: It cannot be read.
    """
    try:
        return os.pread(fd, 1, status.st_size - 1)
    except OSError:
        path: str | bytes = f"/proc/self/fd/{fd}"
        if sys.platform == "darwin":
            path = fcntl.fcntl(fd, _F_GETPATH, bytes(1024)).rstrip(b"\0")
        again = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            there = os.fstat(again)
            same = (there.st_dev, there.st_ino) == (status.st_dev, status.st_ino)
            return os.pread(again, 1, status.st_size - 1) if same else b""
        finally:
            os.close(again)
