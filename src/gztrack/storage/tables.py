"""TinyDB tables over facts: its whole reading API, inserts that append, and no changes.

TinyDB hands documents out under integer ids; here that is the number a fact's id stands for.
In memory facts are kept under the id itself, so that loading a million needs no arithmetic.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from threading import RLock
from typing import Any, NoReturn, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from gztrack.domain.ids import BITS, LENGTH, as_int, fact_ids, from_int, new_tx
from gztrack.domain.packed import Kept, unpacked
from gztrack.errors import FactsNeverChange
from gztrack.language import term, tr
from gztrack.light import NamedTuple
from gztrack.storage.documents import DocumentError, check
from gztrack.storage.facts import Facts, News, pairs
from gztrack.storage.files import login
from gztrack.storage.store import ENVELOPE, Cursor, Encoded, Fact, Transaction, stamp


def number_of(fact_id: int | str) -> int:
    """The number TinyDB knows a fact by, from the id's text or from the number itself."""
    return as_int(fact_id) if isinstance(fact_id, str) and len(fact_id) == LENGTH else int(fact_id)


def _refused(call: str) -> Callable[..., NoReturn]:
    """A method that says why TinyDB's own of that name is not served."""

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise FactsNeverChange(
            tr(
                "{call}: facts are never changed or removed; a new fact takes an old one's place: gztrack"
                " correct, or gztrack retract",
                call=tr(call),
            )
        )

    refuse.__doc__ = "Not served: raises FactsNeverChange."
    return refuse


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

    write = _refused("write")


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


class _Documents(Mapping[str, Fact]):
    """The facts of a table at one moment by id, each made a dict when it is looked at."""

    def __init__(self, facts: dict[str, Kept]) -> None:
        self._facts = facts.copy()  # another thread may catch up with the journal meanwhile

    def __getitem__(self, fact_id: str) -> Fact:
        return unpacked(self._facts[fact_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


class JournalTable(Table):
    """One table of a fact database."""

    # TinyDB calls it to make a document id of a key: here that is a function and not a class.
    document_id_class: type[int] = cast("type[int]", staticmethod(number_of))
    default_query_cache_capacity = 0

    _storage: FactStorage

    def __init__(self, storage: Storage, name: str, *_args: object, **_kwargs: object) -> None:
        """Open a table of a `FactStorage`.

        TinyDB's other options are taken and ignored: other processes append, so a cached answer
        would be an old one, and a table without facts is nothing that could be kept.
        """
        super().__init__(storage, name, cache_size=0)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Append one fact as a transaction of its own.

        Returns:
            The number of its id.

        Raises:
            DocumentError: Not a mapping, a fact with that id is there, a field is the store's, or
                the table is one of gztrack's and this is nothing for it. A ValueError, too.
        """
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Append facts as one transaction: all or none. The numbers of their ids."""
        records = [self._record(document) for document in documents]
        if not records:
            return []
        return [as_int(fact_id) for fact_id in self._storage.add(self.name, records)]

    def _record(self, document: Mapping[str, Any]) -> Fact:
        if not isinstance(document, Mapping):
            raise DocumentError(tr("Document is not a Mapping"))
        record = dict(document)
        if isinstance(document, Document):
            own = _text(document.doc_id)
            if not own:
                raise DocumentError(
                    tr(
                        "not an id: {number}; it is a number of at most {bits} bits",
                        number=document.doc_id,
                        bits=BITS,
                    )
                )
            if record.setdefault("id", own) != own:
                raise DocumentError(
                    tr(
                        "a document with doc_id {number} is the fact {own}, not {id}",
                        number=document.doc_id,
                        own=own,
                        id=record["id"],
                    )
                )
        for name in ENVELOPE:
            if name in record:
                raise DocumentError(tr("{name!r} is set by the store, not by a document", name=name))
        check(self.name, record)
        return record

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        """One document by condition or id, or a list by ids, as TinyDB does."""
        if doc_id is not None:
            fact = self._storage.documents(self.name).get(_text(doc_id))
            return None if fact is None else self.document_class(unpacked(fact), int(doc_id))
        if doc_ids is not None:
            wanted = {_text(each) for each in doc_ids}
            facts = self._read_table()
            return [self.document_class(facts[each], as_int(each)) for each in facts if each in wanted]
        return super().get(cond)

    def __len__(self) -> int:
        return len(self._storage.documents(self.name))

    def _read_table(self) -> Mapping[str, Fact]:  # type: ignore[override]
        return _Documents(self._storage.documents(self.name))

    update = _refused("update")
    update_multiple = _refused("update_multiple")
    upsert = _refused("upsert")
    remove = _refused("remove")
    truncate = _refused("truncate")
    _update_table = _refused(term("this change"))
    _get_next_id = _refused(term("numbering by counting"))


def _text(doc_id: Any) -> str:
    """The id a document number is kept under; empty for what is no number of one."""
    try:
        return from_int(int(doc_id))
    except ValueError:
        return ""


class FactsDB(TinyDB):
    """A TinyDB database whose tables are facts, on any `FactStorage`."""

    table_class = JournalTable

    drop_tables = _refused("drop_tables")
    drop_table = _refused("drop_table")
