"""The embedded default: the facts of a journal, read as far as it goes, under a TinyDB database. Light."""

from __future__ import annotations

from gztrack.errors import StoreDamaged
from gztrack.light import contextmanager, uncollected
from gztrack.storage import compact_json, reading
from gztrack.storage.fact_storage import FactStorage
from gztrack.storage.fact_store import FactStore
from gztrack.storage.facts import Facts, News, pairs
from gztrack.storage.journal import Journal, StaleCursorError
from gztrack.storage.lines import Line
from gztrack.storage.lock import WAIT
from gztrack.storage.store import Cursor, Encoded, Fact, Transaction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from gztrack.storage.tinydb_store import JournalDB

    Watch = Callable[[int, int, str, str], None]
    """Told bytes read, bytes in all, and the words for it; what it raises ends the reading."""

_SLICE = 64 << 10
"""Bytes that are parsed at a time: so little that it all stays near the processor, at a third of the time."""

_SMALL = 256 << 10
"""Bytes up to which the standard library reads JSON in less time than it takes to import orjson."""


class JournalStorage(FactStorage):
    """A TinyDB storage whose state is what a journal says, read as far as it goes.

    Args:
        directory: The database.
        author: Who inserts through TinyDB's tables; the account when empty.
        wait: Seconds an append waits for another writer.
        journal: An open journal to use instead of opening one.

    Raises:
        StoreError: There is no database there, or it cannot be opened.
    """

    def __init__(
        self, directory: str, *, author: str = "", wait: float = WAIT, journal: Journal | None = None
    ) -> None:
        super().__init__(author)
        self.journal = journal or Journal(directory, wait=wait)
        self._cursor: Cursor | None = None
        self._seen: tuple[int, int, int] | None = None
        self.watch: Watch | None = None

    @property
    def cursor(self) -> Cursor:
        """How far ``facts`` reach."""
        if self._cursor is None:
            self.catch_up()
        assert self._cursor is not None
        return self._cursor

    def changed(self) -> bool:
        """Whether the journal has changed since it was read, from a stat only."""
        return self.journal.signature() != self._seen

    def catch_up(self) -> None:
        """Read what is new; everything where the file was swapped.

        Raises:
            StoreDamaged: A line does not fit; what was read before stays.
        """
        with self._guard:
            now = self.journal.signature()
            if now == self._seen:
                return
            for look in range(1, reading.LOOKS + 1):
                try:
                    self._read(self._cursor)
                    break
                except StaleCursorError:
                    self._cursor = None
                except StoreDamaged:
                    # A writer or a restore may have been at work between two looks at the file.
                    if look == reading.LOOKS or self.journal.signature() == now:
                        raise
                    now = self.journal.signature()
            self._seen = now

    def _read(self, since: Cursor | None) -> None:
        facts = self.facts if since else Facts()
        news = None if since is None or self._whole else self._news
        cursor = since
        with uncollected():
            for cursor, block in self.journal.read(since):
                self._add(facts, block, news, cursor)
                if since is not None:
                    self._cursor = cursor
        if since is None:
            self.facts, self._cursor, self._whole, self._news = facts, cursor, True, {}

    def _add(self, facts: Facts, block: bytes, news: News | None, cursor: Cursor) -> None:
        try:
            facts.add(self._slices(block, cursor.offset), news)
        except (ValueError, KeyError, TypeError) as error:
            raise reading.unreadable(self.journal, error) from error

    def _slices(self, block: bytes, end: int) -> Iterator[Line]:
        """The lines of a block that ends at an offset; a watch is told how far they go."""
        if self.watch is None:
            return _records(block)
        watch, whole, start = self.watch, self.journal.signature()[1], end - len(block)
        return _records(block, lambda at: watch(start + at, whole, "reading", "bytes"))

    def after(self, cursor: Cursor) -> tuple[Iterable[tuple[str, Fact]], Cursor] | None:
        """The facts after a cursor and the new one, or None where it does not fit."""
        news: News = {}
        facts = Facts()
        try:
            for reached, block in self.journal.read(cursor):
                self._add(facts, block, news, reached)
                cursor = reached
        except StaleCursorError:
            return None
        return pairs(news), cursor

    def append_all(self, transactions: Sequence[Transaction | Encoded], *, unique: bool = False) -> int:
        """Append transactions with one write; how many of them."""
        with self._guard:
            return self.journal.append_all(transactions, unique=unique)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the write lock over a look and an append."""
        with self._guard, self.journal.exclusive():
            yield


class TinyDBStore(FactStore):
    """The store of one database directory. It is read when it is first asked, not before.

    Args:
        directory: The database.
        author: Who inserts through TinyDB's tables; the account when empty.
        wait: Seconds an append waits for another writer.
        journal: An open journal to use instead of opening one.

    Raises:
        StoreError: There is no database there, or it cannot be opened.
    """

    def __init__(
        self, directory: str, *, author: str = "", wait: float = WAIT, journal: Journal | None = None
    ) -> None:
        self._storage = JournalStorage(directory, author=author, wait=wait, journal=journal)
        super().__init__(self._storage)
        self.journal = self._storage.journal

    def _database(self) -> JournalDB:
        from gztrack.storage.tinydb_store import JournalDB

        return JournalDB(storage=lambda: self._storage)

    def tell(self, watch: Watch | None) -> None:
        """Have somebody told how far reading is, from now on; None for nobody."""
        self._storage.watch = watch

    @property
    def name(self) -> str:
        """The directory."""
        return self.journal.directory

    @property
    def title(self) -> str:
        """The title it was created with."""
        return self.journal.header.title

    @property
    def tz(self) -> str:
        """The zone that "today" and due dates go by."""
        return self.journal.header.tz

    @property
    def notices(self) -> Sequence[str]:
        """What a person should hear about, each once."""
        return self.journal.notices

    def changed(self) -> bool:
        """Whether a `refresh` has something to hand out or to read, from a stat only."""
        return self._storage.has_news() or self._storage.changed()

    def transaction(self, tx: str) -> Transaction | None:
        """A transaction as it was appended."""
        return reading.find(self.journal, tx)

    def transactions(self) -> Iterator[Transaction]:
        """Every transaction in the order of the journal."""
        return reading.transactions(self.journal)


def _records(block: bytes, told: Callable[[int], None] = lambda _: None) -> Iterator[Line]:
    """The lines of a block: the JSON is read some lines at a time, not one; ``told`` hears how far."""
    loads: Callable[[bytes], Any] = compact_json.loads
    if len(block) > _SMALL:
        import orjson  # three times as fast, and itself as slow to import as a small journal to read

        loads = orjson.loads
    at = 0
    while at < len(block):
        told(at)
        end = block.find(b"\n", min(at + _SLICE, len(block) - 1)) + 1
        yield from loads(b"[" + block[at : end - 1].replace(b"\n", b",") + b"]")
        at = end
