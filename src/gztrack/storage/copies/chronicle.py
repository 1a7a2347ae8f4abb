"""The transactions of a store in the order in which they were logged, whatever order a journal has them in.

Sessions that write at once, and merges, leave a journal a little out of that order. It is read
twice: the first time only what it is ordered by is kept, the second time only what came too early.
"""

from __future__ import annotations

from heapq import heappop, heappush

from gztrack.domain.ids import LENGTH
from gztrack.errors import StoreBusy, StoreDamaged
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.storage.copies.merging import digest
from gztrack.storage.journal import StaleCursorError
from gztrack.storage.journal_store import TinyDBStore
from gztrack.storage.lines import OPENING, body_of, is_last, prepare
from gztrack.storage.reading import LOOKS
from gztrack.storage.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_AT = OPENING + b"0" * LENGTH + b'","at":"'
"""What comes before the logging time in a transaction's first line; an id is as long as these noughts."""

Place = tuple[bytes, bytes]
"""What a transaction is ordered by: when and under which id it was logged, then what it says."""


class Logged(NamedTuple):
    """A transaction as a journal has it.

    Attributes:
        tx: Its id.
        bodies: Its unsealed lines.
    """

    tx: str
    bodies: Iterable[bytes]


def in_logging_order(store: Store) -> Iterator[Logged]:
    """Every transaction once, by logging time and then by id.

    Raises:
        StoreBusy: Another journal took the place of this one meanwhile.
        StoreDamaged: It cannot be read whole.
    """
    order = _order(store)
    early: list[tuple[Place, int, Logged]] = []
    due, last = 0, None
    for number, each in enumerate(_transactions(store)):
        if due == len(order):
            return  # what was written since the first look
        place = _place(each)
        if place != order[due]:
            heappush(early, (place, number, Logged(each.tx, list(each.bodies))))
            continue
        while True:
            if place != last:  # a journal may hold the same twice
                yield each
            last, due = place, due + 1
            if due == len(order) or not early or early[0][0] != order[due]:
                break
            place, _, each = heappop(early)
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


def _place(each: Logged) -> Place:
    first = next(iter(each.bodies))
    at = first[len(_AT) : first.find(b'"', len(_AT))]
    return at + each.tx.encode(), digest(each.bodies)


def _transactions(store: Store) -> Iterator[Logged]:
    """Every transaction in the order of the journal, as bytes."""
    if not isinstance(store, TinyDBStore):
        yield from (Logged(*prepare(each)) for each in store.transactions())
        return
    try:
        for _, block in store.journal.read():
            yield from _cut(block)
    except StaleCursorError:
        raise _replaced(store) from None


class _Bodies:
    """Some lines of a block, unsealed one by one: a transaction may be too big to have twice."""

    def __init__(self, block: bytes, start: int, end: int) -> None:
        self._block, self._start, self._end = block, start, end

    def __iter__(self) -> Iterator[bytes]:
        at = self._start
        while at < self._end:
            stop = self._block.find(b"\n", at) + 1
            yield body_of(self._block[at:stop])
            at = stop


def _cut(block: bytes) -> Iterator[Logged]:
    """The transactions in a block of whole ones."""
    start = at = 0
    while end := block.find(b"\n", at) + 1:
        if is_last(body_of(block[at:end])):
            tx = block[start + len(OPENING) : start + len(OPENING) + LENGTH].decode("ascii", "replace")
            yield Logged(tx, _Bodies(block, start, end))
            start = end
        at = end


def _replaced(store: Store) -> StoreBusy:
    return StoreBusy(tr("{path}: was replaced while it was copied: try again", path=store.name))
