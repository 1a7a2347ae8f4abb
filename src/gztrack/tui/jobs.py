"""Job control: whether a shell waits behind the program, and stopping so that it gets the terminal back.

A shell hands the terminal on when every process of the foreground group has stopped: started by
``make run`` that is two. Where no shell waits, as under ``ssh -t host gztrack``, nobody could ever
bring a stopped program back.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path


def somebody_waits() -> bool:
    """Whether a process of this session would see that this group stops, and can bring it back.

    That is what POSIX calls a group that is not orphaned. Where the system does not tell who
    somebody's parent is, it is taken to be so.
    """
    group, session = os.getpgrp(), os.getsid(0)
    parent = os.getppid()
    try:
        while os.getpgid(parent) == group:
            above = _parent_of(parent)
            if above is None:
                return True
            parent = above
        return os.getsid(parent) == session
    except OSError:  # it is gone, or nobody we may look at
        return False


def stop() -> None:
    """Stop every process of the group, this one too; returns when somebody has it go on."""
    os.killpg(os.getpgrp(), signal.SIGSTOP)


def _parent_of(pid: int) -> int | None:
    try:
        status = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return None
    return int(status.rpartition(")")[2].split()[1])
