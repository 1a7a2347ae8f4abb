"""What stands behind the tables of a fact database: facts in memory, and what is new. Light.

To TinyDB it is a storage; TinyDB itself is imported when somebody asks for one of its tables.
"""

from __future__ import annotations

from _thread import RLock
from abc import ABC, abstractmethod

from gztrack.domain.ids import as_int, fact_ids, from_int, new_tx
from gztrack.domain.packed import Kept, unpacked
from gztrack.errors import FactsNeverChange
from gztrack.language import tr
from gztrack.light import NamedTuple
from gztrack.storage.facts import Facts, News, pairs
from gztrack.storage.files import login
from gztrack.storage.store import Cursor, Encoded, Fact, Transaction, stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from typing import Any, NoReturn

    from tinydb.storages import Storage
else:
    Storage = ABC  # TinyDB's own is told of it in `gztrack.storage.tables`
    from _collections_abc import Mapping  # without the rest of `collections`


class Fresh(NamedTuple):
    """What is new in a store.

    Attributes:
        whole: Forget what you had; ``tables`` is everything.
        tables: Table name to its new facts.
        readings: Every reading by id, new or not, as the store keeps it.
    """

    whole: bool
    tables: News
    readings: Mapping[str, Kept]

    @property
    def facts(self) -> Iterator[tuple[str, Fact]]:
        """What is new as (table, fact) pairs."""
        return pairs(self.tables)


class FactStorage(Storage):
    """What a `JournalTable` asks of the storage behind it.

    Attributes:
        facts: The facts in memory.
        author: Who appends through the tables; the account when empty.
    """

    def __init__(self, author: str = "") -> None:
        self.facts = Facts()
        self.login = login()
        self.author = author or self.login
        self._guard = RLock()
        self._whole = True
        self._news: News = {}

    @abstractmethod
    def catch_up(self) -> None:
        """Make ``facts`` what they are now."""

    @abstractmethod
    def append_all(self, transactions: Sequence[Transaction | Encoded], *, unique: bool) -> int:
        """Append transactions; how many of them."""

    @abstractmethod
    def exclusive(self) -> AbstractContextManager[None]:
        """Hold the write lock."""

    @abstractmethod
    def after(self, cursor: Cursor) -> tuple[Iterable[tuple[str, Fact]], Cursor] | None:
        """The facts after a cursor and the new one, or None where it does not fit."""

    @property
    @abstractmethod
    def cursor(self) -> Cursor:
        """How far ``facts`` reach."""

    def documents(self, table: str) -> dict[str, Kept]:
        """The facts of a table as of now, by id; not to be changed or iterated over."""
        self.catch_up()
        return self.facts.tables.get(table, {})

    def fresh(self) -> Fresh | None:
        """What is new since the last call; None when nothing is."""
        with self._guard:
            self.catch_up()
            news, self._news = self._news, {}
            readings = self.facts.tables.setdefault("readings", {})
            if self._whole or self.facts.rewritten:
                self._whole = self.facts.rewritten = False
                return Fresh(True, self.facts.everything(), readings)
            return Fresh(False, news, readings) if news else None

    def has_news(self) -> bool:
        """Whether `fresh` would give something of what is in memory."""
        return self._whole or self.facts.rewritten or bool(self._news)

    def add(self, table: str, records: list[Fact]) -> list[str]:
        """Append records as one transaction; those without an id get one. Their ids.

        Raises:
            DocumentError: An id is there already.
        """
        tx = new_tx()
        ids = fact_ids(tx, len(records))
        complete = [{"id": new, **record} for new, record in zip(ids, records, strict=True)]
        with self.exclusive():
            there, own = self.documents(table), set[str]()
            for record in complete:
                if record["id"] in there or record["id"] in own:
                    from gztrack.storage.documents import DocumentError

                    raise DocumentError(
                        tr("Document with ID {number} already exists", number=as_int(record["id"]))
                    )
                own.add(record["id"])
            facts = tuple((table, record) for record in complete)
            self.append_all(
                [Transaction(tx, stamp(), self.author, self.login, "insert", facts)], unique=False
            )
        return [record["id"] for record in complete]

    def read(self) -> dict[str, dict[str, Any]]:
        """Every table as plain TinyDB expects it: documents by the decimal text of their id."""
        self.catch_up()
        tables = self.facts.tables.items()
        return {name: _Decimal(facts) for name, facts in tables if facts}  # type: ignore[misc]

    def close(self) -> None:
        """Nothing is open between calls."""

    def write(self, _data: object) -> NoReturn:
        """Not served: raises FactsNeverChange."""
        raise never_changed("write")


class _Decimal(Mapping[str, Fact]):
    """Facts under the decimal text of their id, reckoned only when somebody looks."""

    def __init__(self, facts: dict[str, Kept]) -> None:
        self._facts = facts

    def __getitem__(self, key: str) -> Fact:
        try:
            return unpacked(self._facts[from_int(int(key))])
        except ValueError:
            raise KeyError(key) from None

    def __iter__(self) -> Iterator[str]:
        return (str(as_int(fact_id)) for fact_id in self._facts.copy())

    def __len__(self) -> int:
        return len(self._facts)


def never_changed(call: str) -> FactsNeverChange:
    """The error of a call that would change or remove a fact."""
    return FactsNeverChange(
        tr(
            "{call}: facts are never changed or removed; a new fact takes an old one's place: gztrack"
            " correct, or gztrack retract",
            call=tr(call),
        )
    )
