"""How far long work is, and a way to call it off. Light.

Whatever may take longer than a moment takes a `Progress` and calls it now and then, the last
time right before it writes. A call may raise `Cancelled`: then nothing has been written.
"""

from __future__ import annotations

from typing import Protocol

from gztrack.errors import Cancelled
from gztrack.language import term, tr
from gztrack.light import NamedTuple

UNITS = (term("rows"), term("bytes"), term("indicators"), term("facts"), term("lines"))
"""What progress counts; keys."""


class Progress(Protocol):
    """Is told how far work is."""

    def __call__(self, done: int, of: int, doing: str = "reading", unit: str = "rows") -> None:
        """Take note.

        Args:
            done: How much is done.
            of: How much there is in all; 0 where nobody knows.
            doing: What is being done.
            unit: What is counted.

        Raises:
            Cancelled: It is to stop here.
        """


class Reached(NamedTuple):
    """How far work is; see `Progress`."""

    done: int = 0
    of: int = 0
    doing: str = "reading"
    unit: str = "rows"


class Task:
    """A `Progress` that another thread looks at, and through which it calls the work off.

    Attributes:
        reached: How far it is; replaced as a whole, so that no half of it is ever seen.
        calls: How often it was told.
        cancelled: It is to stop at its next call.
    """

    def __init__(self) -> None:
        self.reached = Reached()
        self.calls = 0
        self.cancelled = False

    def __call__(self, done: int, of: int, doing: str = "reading", unit: str = "rows") -> None:
        """Take note.

        Raises:
            Cancelled: Somebody called it off.
        """
        self.calls += 1
        if self.cancelled:
            before = self.reached
            if not before.of:
                raise Cancelled(tr("cancelled; nothing was written"))
            raise Cancelled(
                tr(
                    "cancelled at {done:,} of {of:,} {unit}; nothing was written",
                    done=before.done,
                    of=before.of,
                    unit=tr(before.unit),
                )
            )
        self.reached = Reached(done, of, doing, unit)

    def cancel(self) -> None:
        """Have it stop at its next call."""
        self.cancelled = True
