"""A TinyDB database of a directory, on the journal: ``JournalDB(directory)``, then its whole reading API."""

from __future__ import annotations

from typing import cast

from gztrack.storage.journal_store import JournalStorage, TinyDBStore
from gztrack.storage.tables import FactsDB

__all__ = ["JournalDB", "JournalStorage", "TinyDBStore"]


class JournalDB(FactsDB):
    """The TinyDB database of a directory: ``JournalDB(directory)``, then its whole reading API."""

    default_storage_class = JournalStorage  # type: ignore[assignment]  # TinyDB says JSONStorage, means Storage

    @property
    def storage(self) -> JournalStorage:
        """The journal's storage."""
        return cast("JournalStorage", self._storage)
