"""TinyDB tables over facts: its whole reading API, inserts that append, and no changes.

TinyDB hands documents out under integer ids; here that is the number a fact's id stands for.
In memory facts are kept under the id itself, so that loading a million needs no arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NoReturn, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from gztrack.domain.ids import BITS, LENGTH, as_int, from_int
from gztrack.domain.packed import Kept, unpacked
from gztrack.language import term, tr
from gztrack.storage.documents import DocumentError, check
from gztrack.storage.fact_storage import FactStorage, never_changed
from gztrack.storage.store import ENVELOPE, Fact


def number_of(fact_id: int | str) -> int:
    """The number TinyDB knows a fact by, from the id's text or from the number itself."""
    return as_int(fact_id) if isinstance(fact_id, str) and len(fact_id) == LENGTH else int(fact_id)


def _refused(call: str) -> Callable[..., NoReturn]:
    """A method that says why TinyDB's own of that name is not served."""

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise never_changed(call)

    refuse.__doc__ = "Not served: raises FactsNeverChange."
    return refuse


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


Storage.register(FactStorage)  # type: ignore[type-abstract]


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
