"""The memory twin of the journal's store: the same promises, for tests and for a seed nobody keeps."""

from __future__ import annotations

from gztrack.domain.ids import new_tx
from gztrack.light import contextmanager
from gztrack.storage.fact_storage import FactStorage
from gztrack.storage.fact_store import FactStore
from gztrack.storage.facts import Facts, News, pairs
from gztrack.storage.lines import Line, decode, prepare
from gztrack.storage.lines import transactions as as_transactions
from gztrack.storage.store import Cursor, Encoded, Fact, Transaction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class MemoryStorage(FactStorage):
    """A TinyDB storage that keeps transactions as the journal would write them, in memory.

    Args:
        author: Who inserts through TinyDB's tables; the account when empty.
    """

    def __init__(self, author: str = "") -> None:
        super().__init__(author)
        self.encoded: list[Iterable[bytes]] = []
        self.numbers: dict[str, int] = {}
        self._generation = new_tx()

    @property
    def cursor(self) -> Cursor:
        """How many transactions there are."""
        return Cursor(len(self.encoded), 0, 0, self._generation)

    def catch_up(self) -> None:
        """Nobody else writes here."""

    def append_all(self, transactions: Sequence[Transaction | Encoded], *, unique: bool = False) -> int:
        """Append transactions; how many of them."""
        encoded = dict(prepare(transaction) for transaction in transactions)
        if len(encoded) < len(transactions) and not unique:
            raise ValueError("two transactions with one id")
        with self._guard:
            new = {tx: bodies for tx, bodies in encoded.items() if not (unique and tx in self.numbers)}
            for tx, bodies in new.items():
                self.numbers.setdefault(tx, len(self.encoded))
                self.encoded.append(bodies)
                self.facts.add(_lines(bodies), None if self._whole else self._news)
        return len(new)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep other threads out."""
        with self._guard:
            yield

    def after(self, cursor: Cursor) -> tuple[Iterable[tuple[str, Fact]], Cursor] | None:
        """The facts after a cursor and the new one, or None where it does not fit."""
        if cursor.generation != self._generation or cursor.offset > len(self.encoded):
            return None
        news: News = {}
        facts = Facts()
        for bodies in self.encoded[cursor.offset :]:
            facts.add(_lines(bodies), news)
        return pairs(news), self.cursor


class MemoryStore(FactStore):
    """A store that lasts as long as the process.

    Args:
        title: What the database is called on the board.
        tz: The zone that "today" and due dates go by.
        transactions: What it begins with.
        author: Who inserts through TinyDB's tables; the account when empty.
        name: What to call it in messages.
    """

    notices: Sequence[str] = ()

    def __init__(
        self,
        title: str = "",
        tz: str = "UTC",
        transactions: Sequence[Transaction] = (),
        *,
        author: str = "",
        name: str = "memory",
    ) -> None:
        self._storage = MemoryStorage(author)
        super().__init__(self._storage)
        self.name, self.title, self.tz = name, title, tz
        self.append_all(transactions)

    def changed(self) -> bool:
        """Whether a `refresh` would find something."""
        return self._storage.has_news()

    def transaction(self, tx: str) -> Transaction | None:
        """A transaction as it was appended."""
        number = self._storage.numbers.get(tx)
        return None if number is None else next(as_transactions(_lines(self._storage.encoded[number])))

    def transactions(self) -> Iterator[Transaction]:
        """Every transaction in the order it was appended."""
        for bodies in self._storage.encoded.copy():
            yield from as_transactions(_lines(bodies))


def _lines(bodies: Iterable[bytes]) -> list[Line]:
    return decode(b"".join(body + b"}\n" for body in bodies))
