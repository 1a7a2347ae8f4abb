"""What the stores with facts in memory have in common: TinyDB tables and what is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import cast

from gztrack.storage.facts import Conflict, pairs
from gztrack.storage.store import Cursor, Encoded, Fact, Transaction
from gztrack.storage.tables import FactsDB, FactStorage, Fresh, JournalTable


class FactStore:
    """A store over a TinyDB database.

    Args:
        db: The database.
        storage: The storage it stands on.

    Attributes:
        db: The TinyDB database, for who wants its own API.
    """

    def __init__(self, db: FactsDB, storage: FactStorage) -> None:
        self.db = db
        self._facts = storage

    @property
    def cursor(self) -> Cursor:
        """How far the facts in memory reach."""
        return self._facts.cursor

    @property
    def conflicts(self) -> Sequence[Conflict]:
        """Facts that share an id with another one that counts instead."""
        self._facts.catch_up()
        return self._facts.facts.conflicts

    def append(self, transaction: Transaction | Encoded, *, unique: bool = False) -> bool:
        """Keep a transaction; returns once it is kept for good.

        Args:
            transaction: One action.
            unique: A transaction with that id that is there already is left alone.

        Returns:
            False when it was there already.
        """
        return self.append_all((transaction,), unique=unique) == 1

    def append_all(self, transactions: Sequence[Transaction | Encoded], *, unique: bool = False) -> int:
        """Keep several transactions with one write; how many were appended."""
        return self._facts.append_all(transactions, unique=unique)

    def exclusive(self) -> AbstractContextManager[None]:
        """Hold the write lock over a look and an append."""
        return self._facts.exclusive()

    def facts(self, since: Cursor | None = None) -> tuple[Iterable[tuple[str, Fact]], Cursor]:
        """The facts after a cursor, or all of them where it does not fit, and the new cursor."""
        later = None if since is None else self._facts.after(since)
        if later is not None:
            return later
        self._facts.catch_up()
        return pairs(self._facts.facts.everything()), self._facts.cursor

    def refresh(self) -> Fresh | None:
        """What is new since the last call; everything at the first one, None when nothing is."""
        return self._facts.fresh()

    def table(self, name: str) -> JournalTable:
        """A TinyDB table."""
        return cast("JournalTable", self.db.table(name))

    def close(self) -> None:
        """Nothing is open between calls; the end of use."""
        self.db.close()
