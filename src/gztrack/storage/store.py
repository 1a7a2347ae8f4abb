"""What a store is: transactions go in, facts come out, nothing is ever changed."""

from __future__ import annotations

import time

from gztrack.light import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import Any, Protocol

    from tinydb.table import Table

    from gztrack.storage.bodies import Bodies
    from gztrack.storage.fact_storage import Fresh
    from gztrack.storage.facts import Conflict
else:
    Any = Protocol = object

Fact = dict[str, Any]
"""A plain record. As a store hands it out it carries its envelope; nobody changes it."""

ENVELOPE = ("tx", "at", "author", "login")
"""The fields that every fact of a transaction shares; they are written once for all of them."""


class Transaction(NamedTuple):
    """One action: everything in it is kept, or nothing.

    Attributes:
        tx: Its id (`gztrack.domain.ids`).
        at: Logging time, ISO, UTC, microseconds: ``2026-11-24T09:30:00.000000Z``.
        author: Who says so.
        login: The account it was written under.
        action: What was done: ``log``, ``target``, ``import``, ...
        facts: (table, record) pairs. A record has its own ``id``, ascending within the
            transaction, and none of the envelope's fields.
    """

    tx: str
    at: str
    author: str
    login: str
    action: str
    facts: tuple[tuple[str, Fact], ...]


class Encoded(NamedTuple):
    """A transaction checked and turned into bytes (`gztrack.storage.lines.prepare`).

    An import makes one before it takes the lock, so that nobody waits for it.

    Attributes:
        tx: The transaction's id.
        bodies: Its unsealed lines.
    """

    tx: str
    bodies: list[bytes] | Bodies


class Cursor(NamedTuple):
    """How far a journal has been read.

    Attributes:
        offset: Bytes read, always whole committed lines.
        checksum: CRC-32 of those bytes.
        inode: The file they were read from.
        generation: The generation id in its header.
    """

    offset: int
    checksum: int
    inode: int
    generation: str


class Store(Protocol):
    """What the services ask of any engine. Errors are `gztrack.errors.StoreError` and its kinds."""

    @property
    def name(self) -> str:
        """What to call the database in messages: its directory."""

    @property
    def title(self) -> str:
        """The title it was created with."""

    @property
    def tz(self) -> str:
        """The zone that "today" and due dates go by."""

    @property
    def cursor(self) -> Cursor:
        """How far the facts in memory reach."""

    @property
    def notices(self) -> Sequence[str]:
        """What a person should hear about, each once: a torn end put aside, a lost mark."""

    @property
    def conflicts(self) -> Sequence[Conflict]:
        """Facts that share an id with another one that counts instead."""

    def append(self, transaction: Transaction | Encoded, *, unique: bool = False) -> bool:
        """Keep a transaction; returns once it is on the disk.

        Args:
            transaction: One action.
            unique: A transaction with that id that is there already is left alone.

        Returns:
            False when it was there already and nothing was appended.
        """

    def append_all(self, transactions: Sequence[Transaction | Encoded], *, unique: bool = False) -> int:
        """Keep several transactions with one write; how many were appended."""

    def exclusive(self) -> AbstractContextManager[None]:
        """Hold the write lock over a look and an append: ``with store.exclusive(): ...``."""

    def facts(self, since: Cursor | None = None) -> tuple[Iterable[tuple[str, Fact]], Cursor]:
        """The facts after a cursor, or all of them where it does not fit, and the new cursor."""

    def refresh(self) -> Fresh | None:
        """What is new since the last call; everything at the first one, None when nothing is."""

    def changed(self) -> bool:
        """Whether a `refresh` would find something, from a stat of the file only."""

    def table(self, name: str) -> Table:
        """A TinyDB table: reads go through it."""

    def transaction(self, tx: str) -> Transaction | None:
        """A transaction as it was appended."""

    def transactions(self) -> Iterator[Transaction]:
        """Every transaction in the order of the journal."""

    def close(self) -> None:
        """Nothing is open between calls; the end of use."""


def stamp(nanoseconds: int | None = None) -> str:
    """A logging time as it is kept: UTC with microseconds.

    Args:
        nanoseconds: Since 1970; the system clock when None.
    """
    if nanoseconds is None:
        nanoseconds = time.time_ns()
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{rest // 1000:06d}Z"
