"""What logging must know, left behind by who writes many readings at once.

Otherwise the next ``log`` would read all of them, a million perhaps, to find out which are the latest.
Whoever writes them has them at hand. Only batches and imports load this.
"""

from __future__ import annotations

from operator import itemgetter

from gztrack.domain.register import KEPT, Register, coverage
from gztrack.light import lru_cache
from gztrack.services.quicklog import save_heads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gztrack.domain.register import Fact
    from gztrack.storage.store import Cursor, Transaction

MANY = 1_000
"""Facts from which on it is worth it: a ``log`` reads fewer in no time."""

WORTH = 10
"""How many times as many readings have to be written as are left behind: else the next ``log`` had better read them."""

ENOUGH = 2 * KEPT
"""Readings of one series and coverage that are remembered: of several sources only one counts for a period."""

_MOST = 4 * ENOUGH
"""How many there may be before the others are forgotten."""

_by_end = itemgetter("end")
_coverage = lru_cache(maxsize=4096)(coverage)


class Latest:
    """Of many readings the latest ones of each series and coverage."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, int], list[Fact]] = {}

    def take(self, readings: Iterable[Fact]) -> None:
        """Look at readings that come behind all others so far."""
        known = self._kept
        for reading in readings:
            kind = (
                reading["indicator"],
                reading.get("series", ""),
                _coverage(reading["start"], reading["end"]),
            )
            kept = known.get(kind)
            if kept is None:
                known[kind] = [reading]
                continue
            kept.append(reading)
            if len(kept) >= _MOST:
                kept.sort(key=_by_end)
                del kept[:-ENOUGH]

    def readings(self) -> list[Fact]:
        """They, in no order."""
        return [reading for kept in self._kept.values() for reading in kept]


def leave_heads(
    directory: str,
    base: Register,
    written: Iterable[tuple[str, Fact]],
    transaction: Transaction,
    end: Cursor,
    local_time: Callable[[str], str],
) -> bool:
    """Leave the heads file of a database that somebody has just written to.

    Args:
        directory: The database.
        base: Everything that was there before, or a digest of it.
        written: What logging must know of what was written: all but readings, and the latest of these.
        transaction: Who wrote it and when; its facts are not looked at.
        end: Where the journal ended right behind it.
        local_time: The clocks of the database's zone.

    Returns:
        False where it could not be written, which loses nothing.
    """
    tx, at, author, login = transaction[:4]
    envelope = {"tx": tx, "at": at, "author": author, "login": login}
    register = Register(base.digest(), local_time=local_time)
    register.remember(base.latest())
    register.add((table, {**record, **envelope}) for table, record in written)
    register.remember({author: (at, tx)})
    return save_heads(directory, register, end)
