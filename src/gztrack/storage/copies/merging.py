"""Joining two databases: the union of their transactions, told apart by what they say.

A transaction that both have is the one whose bytes are the same. Where two of one id say
different things both are kept, and which of two facts with one id counts is settled wherever
facts are read, the same way whatever order they came in. So joining is commutative,
associative and idempotent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from gztrack.domain.ids import LENGTH
from gztrack.storage import lines
from gztrack.storage.facts import rank
from gztrack.storage.journal import Journal, StaleCursorError
from gztrack.storage.lines import body_of, each_line
from gztrack.storage.store import Cursor, Encoded, Fact, Store, Transaction
from gztrack.storage.tinydb_store import TinyDBStore

_DIGEST_BYTES = 16

_FACTS = b',"facts":['
"""Ends what the lines of a transaction share. Inside of a text its quotes would be escaped."""


def encoded(blocks: Iterable[bytes]) -> Iterator[Encoded]:
    """The transactions in blocks of whole ones, as bytes: nothing is parsed, and so nothing is checked."""
    for block in blocks:
        bodies: list[bytes] = []
        for line in each_line(block):
            body = body_of(line)
            bodies.append(body)
            if lines.is_last(body):
                tx = body[len(lines.OPENING) : len(lines.OPENING) + LENGTH].decode("ascii", "replace")
                yield Encoded(tx, bodies)
                bodies = []


def decoded(each: Encoded) -> Transaction:
    """The transaction that some bytes say.

    Raises:
        ValueError, KeyError, TypeError: They say none.
    """
    return next(lines.transactions(lines.decode(b"".join(body + b"}\n" for body in each.bodies))))


def digest(bodies: Iterable[bytes]) -> bytes:
    """What a transaction is known by: a hash of everything it says, however it was cut into lines."""
    said = blake2b(digest_size=_DIGEST_BYTES)
    between = b""
    for body in bodies:
        envelope, opening, rest = body.partition(_FACTS)
        # Behind the list of facts stand numbers alone.
        said.update(between or envelope + opening)
        said.update(rest[: rest.rfind(b"]")])
        between = b","
    return said.digest()


class Digests:
    """Which transactions a store has, by what they say.

    Args:
        store: The store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._digests: set[bytes] = set()
        self._cursor: Cursor | None = None
        self.catch_up()

    def __contains__(self, each: Encoded) -> bool:
        return digest(each.bodies) in self._digests

    def __len__(self) -> int:
        return len(self._digests)

    def catch_up(self) -> None:
        """Take in what the store has got since; costs only what is new."""
        if isinstance(self._store, TinyDBStore):
            self._follow(self._store.journal)
        else:
            self._digests = {digest(lines.encode(each)) for each in self._store.transactions()}

    def _follow(self, journal: Journal) -> None:
        while True:
            try:
                return self._read(journal)
            except StaleCursorError:  # another file has taken the journal's place
                self._digests.clear()
                self._cursor = None

    def _read(self, journal: Journal) -> None:
        for cursor, block in journal.read(self._cursor):
            self._digests.update(digest(each.bodies) for each in encoded([block]))
            self._cursor = cursor


def lacking(holdings: Digests, other: Iterable[Encoded]) -> Iterator[tuple[Encoded, Transaction]]:
    """The transactions of another database that a store has not, each as this version writes it.

    Raises:
        ValueError, KeyError, TypeError: One of them is none that this version could have written.
    """
    for each in other:
        if each in holdings:
            continue
        transaction = decoded(each)
        own = lines.prepare(transaction)
        if own not in holdings:
            yield own, transaction


def join(store: Store, holdings: Digests, new: Iterable[Encoded]) -> list[Encoded]:
    """Append what a store lacks, with one write; the transactions that were appended.

    Args:
        store: The store.
        holdings: What it had a moment ago; what others wrote meanwhile is looked at under the lock.
        new: What it lacked then.

    Raises:
        StoreError: Nothing was appended.
    """
    with store.exclusive():
        holdings.catch_up()
        lacks = {digest(each.bodies): each for each in new if each not in holdings}
        # Two transactions of one id go in as one piece: a store takes each id once a call.
        by_id: dict[str, list[bytes]] = {}
        for each in lacks.values():
            by_id.setdefault(each.tx, []).extend(each.bodies)
        if by_id:
            store.append_all([Encoded(tx, bodies) for tx, bodies in by_id.items()])
    return list(lacks.values())


def settled(one: Fact, other: Fact) -> tuple[Fact, Fact]:
    """Of two facts with one id the one that counts, then the other."""
    kept, given_way = sorted((one, other), key=rank)
    return kept, given_way
