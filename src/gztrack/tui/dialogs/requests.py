"""What a form asks the tracker for, once it is filled in."""

from __future__ import annotations

from gztrack.language import term
from gztrack.light import NamedTuple
from gztrack.services.board.selecting import EVERYTHING, Selection
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.settings import SettingsEntry

ALL, SHOWN = term("all"), term("shown")
"""Which rows of a board a snapshot is about."""


class Log(NamedTuple):
    """Log a reading."""

    entry: LogEntry


class Correct(NamedTuple):
    """Replace a reading by a corrected one."""

    reading: str
    entry: LogEntry
    reason: str = ""


class Retract(NamedTuple):
    """Withdraw a reading or a target as an entry error."""

    fact: str
    reason: str = ""


class Drop(NamedTuple):
    """Record that a promise was withdrawn by whoever made it."""

    target: str
    reason: str = ""


class Pin(NamedTuple):
    """Make a reading or a target the one that counts."""

    fact: str
    reason: str = ""
    target: bool = False


class Settings(NamedTuple):
    """Change what holds for the whole database."""

    entry: SettingsEntry


class Goal(NamedTuple):
    """Set, revise or correct a target."""

    entry: GoalEntry


class Indicator(NamedTuple):
    """Add or edit an indicator."""

    entry: IndicatorEntry
    editing: bool = False


class Snapshot(NamedTuple):
    """Write a snapshot.

    Attributes:
        force: It may take the place of a file.
        rows: `ALL`, or `SHOWN` for those that the board's filter leaves; else what was typed.
        shown: Ids of the indicators that the filter leaves; empty without a filter.
        total: How many there are without it.
    """

    format: str
    path: str
    force: bool = False
    rows: str = ALL
    shown: tuple[str, ...] = ()
    total: int = 0

    @property
    def only(self) -> Selection:
        """Which rows are asked for."""
        return Selection(slugs=frozenset(self.shown)) if self.rows == SHOWN else EVERYTHING


class Import(NamedTuple):
    """Bring in a file, or the pack that is offered where no file is named.

    Attributes:
        yes: The counts of the dry run, or the guard's question, have been agreed to.
    """

    path: str
    yes: bool = False


Request = Log | Correct | Retract | Drop | Pin | Goal | Indicator | Settings | Snapshot | Import
