"""Every way gztrack can fail, with the exit code that scripts see.

A message is one line: what is wrong, where, and what would be right. The command line prints
it as it is, the board shows it beside the field; neither ever shows a traceback for it. Where much
is wrong at once the message says so, and `GztrackError.further` has a line for each.

Exit codes: 2 the input or the command line is wrong, 3 a guard asks for ``--yes``,
4 the store cannot serve, 130 called off. A signal ends the process as shells expect it: 129 for a
terminal that went away, 130 for ctrl+c, 143 for SIGTERM. (0 is done; 1 is an alarm of ``check``.)
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BY_SIGNAL = 128
"""What shells add to a signal's number for the exit code of what it ended."""


class Ended(KeyboardInterrupt):
    """A signal asks this process to end: ctrl+c, a line that has dropped, or somebody's ``kill``.

    Args:
        number: The signal's.
        message: What to tell of it; empty leaves that to who catches it.
    """

    def __init__(self, number: int, message: str = "") -> None:
        super().__init__(message)
        self.number = number


class GztrackError(Exception):
    """The root of everything gztrack raises on purpose.

    Attributes:
        further: What there is to say below the message, a line each.
    """

    exit_code = 4
    further: tuple[str, ...] = ()

    def reword(self, how: Callable[[str], str]) -> None:
        """Say it as it is told where it has come to, the lines below the message too."""
        self.args = (how(str(self)), *self.args[1:])
        self.further = tuple(map(how, self.further))


class InputError(GztrackError):
    """What was typed, pasted or imported cannot be understood or does not fit."""

    exit_code = 2


class FieldError(InputError):
    """A field does not hold what it should.

    Args:
        field: Its name.
        message: What is wrong, beginning with what people call the field.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class RefusedError(InputError):
    """Something that this person may not do; the gate that they came through has a list of what they may.

    Args:
        message: What is refused, and what would be allowed.
        code: The reason in a word that never changes, for the gate's log.
    """

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message)
        self.code = code


class UnknownError(InputError):
    """There is no such indicator.

    Args:
        message: Says so, with the nearest one, or with those that there are.
        briefly: The same without a list: whoever tells of several says it once for all of them.
        there: The ids of all that there are, where the message lists some.
    """

    def __init__(self, message: str, briefly: str, there: Sequence[str]) -> None:
        super().__init__(message)
        self.briefly = briefly
        self.there = there


class AmbiguousError(InputError):
    """A reference names several facts; the candidates are listed, and kept.

    Args:
        message: The candidates in words.
        found: The candidates' facts.
    """

    def __init__(self, message: str, found: list[dict[str, object]]) -> None:
        super().__init__(message)
        self.found = found


class GuardError(GztrackError):
    """A value or period that is probably a slip; the same input with ``--yes`` is accepted.

    Args:
        message: What looks wrong, with the likely slip named.
    """

    exit_code = 3


class Cancelled(GztrackError):
    """Whoever asked for long work called it off before anything was written; the code is that of ctrl+c."""

    exit_code = 130


class StoreError(GztrackError):
    """The store cannot serve: nothing was acknowledged, nothing was lost."""


class StoreBusy(StoreError):
    """Another process held the lock for longer than the bounded wait."""


class StoreDamaged(StoreError):
    """The journal does not match its checksums; file and line are named."""


class StoreMissing(StoreError):
    """There is no database where one was named."""


class StoreReadOnly(StoreError):
    """The account may read the database but not write it."""


class StoreFull(StoreError):
    """The disk is full or a quota is used up; the write was cut back."""


class StoreNewer(StoreError):
    """The database was written by a newer gztrack."""


class FactsNeverChange(StoreError, TypeError):
    """A TinyDB call that would change or remove a fact; ``correct`` and ``retract`` are the ways."""
