"""The transactions of a store in the order in which they were logged, whatever order a journal has them in.

Sessions that write at once, and merges, leave a journal a little out of that order. It is read
twice: the first time only what it is ordered by is kept, the second time only what came too early.
"""

from __future__ import annotations

from heapq import heappop, heappush

from gztrack.domain.ids import LENGTH
from gztrack.errors import StoreBusy, StoreDamaged
from gztrack.language import tr
from gztrack.storage.copies.merging import digest, encoded
from gztrack.storage.journal import StaleCursorError
from gztrack.storage.journal_store import TinyDBStore
from gztrack.storage.lines import OPENING, prepare
from gztrack.storage.reading import LOOKS
from gztrack.storage.store import Encoded, Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_AT = OPENING + b"0" * LENGTH + b'","at":"'
"""What comes before the logging time in a transaction's first line; an id is as long as these noughts."""

Place = tuple[bytes, bytes]
"""What a transaction is ordered by: when and under which id it was logged, then what it says."""


def in_logging_order(store: Store) -> Iterator[Encoded]:
    """Every transaction once, by logging time and then by id.

    Raises:
        StoreBusy: Another journal took the place of this one meanwhile.
        StoreDamaged: It cannot be read whole.
    """
    order = _order(store)
    early: list[tuple[Place, int, Encoded]] = []
    due, last = 0, None
    for number, each in enumerate(_transactions(store)):
        if due == len(order):
            return  # what was written since the first look
        heappush(early, (_place(each), number, each))
        while early and early[0][0] == order[due]:
            place, _, found = heappop(early)
            due += 1
            if place != last:  # a journal may hold the same twice
                yield found
            last = place
            if due == len(order):
                return
    if due < len(order):
        raise _replaced(store)


def _order(store: Store) -> list[Place]:
    for look in range(1, LOOKS + 1):
        try:
            return sorted(_place(each) for each in _transactions(store))
        except (StoreBusy, StoreDamaged):
            # A restore may have been at work between two looks at the file and its mark.
            if look == LOOKS:
                raise
    raise AssertionError


def _place(each: Encoded) -> Place:
    first = each.bodies[0]
    at = first[len(_AT) : first.find(b'"', len(_AT))]
    return at + each.tx.encode(), digest(each.bodies)


def _transactions(store: Store) -> Iterator[Encoded]:
    """Every transaction in the order of the journal, as bytes."""
    if not isinstance(store, TinyDBStore):
        yield from map(prepare, store.transactions())
        return
    try:
        yield from encoded(block for _, block in store.journal.read())
    except StaleCursorError:
        raise _replaced(store) from None


def _replaced(store: Store) -> StoreBusy:
    return StoreBusy(tr("{path}: was replaced while it was copied: try again", path=store.name))
