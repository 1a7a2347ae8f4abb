"""Opening a database to look at it: nothing is made or written. Light."""

from __future__ import annotations

from gztrack.services.reader import Reader
from gztrack.storage.journal_store import TinyDBStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from gztrack.services.board.board_file import BoardFile
    from gztrack.services.permits import Permit
    from gztrack.storage.journal import Journal
    from gztrack.storage.locations import Location
    from gztrack.storage.store import Store

LARGE = 1 << 20
"""Bytes of a journal from which on its board is kept: about 5,000 readings, a tenth of a second to read."""


def open_reader(location: Location, *, today: date | None = None, permit: Permit | None = None) -> Reader:
    """Open the database of a location for questions.

    A missing one at the default location answers as the article's seed would, and is not made.

    Raises:
        StoreError: There is no database where one was named, or it cannot be opened.
    """
    if location.is_default and location.unused():
        return Reader(fresh(location), today=today, permit=permit)
    store = TinyDBStore(location.require())
    return Reader(store, today=today, permit=permit, board_file=board_file(store.journal))


def fresh(location: Location) -> Store:
    """What a new database at that place would hold, in memory."""
    from gztrack.services.databases.seeding import article_seed, read_seed
    from gztrack.storage.memory import MemoryStore

    seed = read_seed(article_seed())
    return MemoryStore(seed.title, seed.tz, (seed.transaction,), name=location.path)


def board_file(journal: Journal) -> BoardFile | None:
    """Where a large database's board is kept; reading a small one costs less than this would."""
    if journal.signature()[1] < LARGE:
        return None
    from gztrack.services.board.board_file import BoardFile

    return BoardFile(journal)
