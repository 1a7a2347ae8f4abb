"""What to tell who interrupts a command: whether anything is saved. The store knows, so that it is true."""

from __future__ import annotations

from gztrack.domain.text import listed
from gztrack.errors import Ended
from gztrack.language import ntr, tr
from gztrack.storage.files import lasting

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal as signals
else:
    import _signal as signals  # the same, without the enumerations that `signal` makes of its numbers

CTRL_C = signals.SIGINT
"""The signal of a person at the terminal."""


def told(interrupted: KeyboardInterrupt) -> tuple[int, str]:
    """The signal's number, and what to say.

    Args:
        interrupted: What reached the top.
    """
    number = interrupted.number if isinstance(interrupted, Ended) else CTRL_C
    return number, str(interrupted) or _said(_how(number))


def _how(number: int) -> str:
    if number == signals.SIGHUP:
        return tr("the terminal went away")
    return tr("ended by SIGTERM") if number == signals.SIGTERM else tr("interrupted")


def _said(how: str) -> str:
    files = [path for path in lasting if path]
    actions = len(lasting) - len(files)
    if actions:
        return ntr(
            "{how}, but what was written before is saved; take it back: gztrack undo",
            "{how}, but {n} actions were saved before; take them back: gztrack undo {n}",
            actions,
            how=how,
        )
    if files:
        return tr("{how}, but this was written whole before: {paths}", how=how, paths=listed(files))
    return tr("{how}; nothing was saved", how=how)
