"""What the stores with facts in memory have in common: TinyDB tables and what is new."""

from __future__ import annotations

from gztrack.storage.facts import Conflict, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    from gztrack.storage.fact_storage import FactStorage, Fresh
    from gztrack.storage.store import Cursor, Encoded, Fact, Transaction
    from gztrack.storage.tables import FactsDB, JournalTable


class FactStore:
    """A store over a TinyDB database.

    Args:
        storage: The storage it stands on.
    """

    def __init__(self, storage: FactStorage) -> None:
        self._facts = storage
        self._db: FactsDB | None = None

    @property
    def db(self) -> FactsDB:
        """The TinyDB database, for who wants its own API."""
        if self._db is None:
            self._db = self._database()
        return self._db

    def _database(self) -> FactsDB:
        from gztrack.storage.tables import FactsDB  # TinyDB costs what all else of a short command does

        return FactsDB(storage=lambda: self._facts)

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
        table: JournalTable = self.db.table(name)  # type: ignore[assignment]
        return table

    def close(self) -> None:
        """Nothing is open between calls; the end of use."""
        if self._db is not None:
            self._db.close()
