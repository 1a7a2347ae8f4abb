"""Transactions back out of a journal, with the standard library: short tails and single ones."""

from __future__ import annotations

from gztrack.errors import StoreDamaged
from gztrack.language import tr
from gztrack.storage import lines
from gztrack.storage.journal import Journal, StaleCursorError
from gztrack.storage.store import ENVELOPE, Cursor, Fact, Transaction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

LOOKS = 3
"""How often to look again at a journal that another one may be taking the place of."""


def tail(
    journal: Journal, offset: int, checksum: int, generation: str
) -> tuple[list[tuple[str, Fact]], Cursor] | None:
    """The facts after a place in the journal, and the new end.

    Costs only what is new: what is before the place is not read, but for the line that ends there.

    Returns:
        None where the place is not one of this journal, so what was derived up to it is stale.
    """
    place = journal.place(offset, checksum, generation)
    if place is None:
        return None
    facts: list[tuple[str, Fact]] = []
    try:
        for cursor, block in journal.read(place):
            place = cursor
            facts += _enveloped(journal, block)
    except StaleCursorError:
        return None
    return facts, place


def whole(journal: Journal) -> tuple[list[tuple[str, Fact]], Cursor]:
    """Every fact of the journal, and its end.

    Raises:
        StoreDamaged: Something in it is lost.
    """
    for look in range(1, LOOKS + 1):
        facts: list[tuple[str, Fact]] = []
        try:
            blocks = journal.read()
            end, _ = next(blocks)
            for end, block in blocks:  # noqa: B007
                facts += _enveloped(journal, block)
        except (StaleCursorError, StoreDamaged):
            # A restore may have been at work between two looks at the file and its mark.
            if look == LOOKS:
                raise
        else:
            return _settled(facts), end
    raise AssertionError


def _settled(facts: list[tuple[str, Fact]]) -> list[tuple[str, Fact]]:
    """Of several facts with one id, as after a merge, the one that counts."""
    if len({fact["id"] for _, fact in facts}) == len(facts):
        return facts
    from gztrack.storage.facts import rank  # rare

    best: dict[tuple[str, str], Fact] = {}
    for table, fact in facts:
        place = table, fact["id"]
        if place not in best or rank(fact) < rank(best[place]):
            best[place] = fact
    return [(table, fact) for (table, _), fact in best.items()]


def transactions(journal: Journal) -> Iterator[Transaction]:
    """Every transaction in the order of the file."""
    for _, block in journal.read():
        yield from _decoded(journal, block)


def find(journal: Journal, tx: str) -> Transaction | None:
    """One transaction by its id, as it was appended; of several, as after a merge, the one logged first."""
    opening = f'{{"tx":"{tx}"'.encode()
    found: list[Transaction] = []
    for _, block in journal.read():
        if block.startswith(opening) or b"\n" + opening in block:
            own = [line for line in block.split(b"\n") if line.startswith(opening)]
            found += _decoded(journal, b"\n".join(own))
    return min(found, key=lambda each: (each.at, lines.encode(each)), default=None)


def _enveloped(journal: Journal, block: bytes) -> Iterator[tuple[str, Fact]]:
    for transaction in _decoded(journal, block):
        envelope = {name: getattr(transaction, name) for name in ENVELOPE}
        for table, record in transaction.facts:
            yield table, record | envelope


def _decoded(journal: Journal, block: bytes) -> Iterator[Transaction]:
    try:
        yield from lines.transactions(lines.decode(block))
    except (ValueError, KeyError, TypeError) as error:
        raise unreadable(journal, error) from error


def unreadable(journal: Journal, error: Exception) -> StoreDamaged:
    """Lines that are sealed and yet not what this version writes."""
    return StoreDamaged(tr("{path}: {error}: run gztrack doctor", path=journal.path, error=error))
