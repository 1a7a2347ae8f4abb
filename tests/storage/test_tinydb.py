"""The database is a real TinyDB database: its reading API, its inserts, and its refusals."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage, Storage
from tinydb.table import Document, Table
from tinydb.version import __version__

from gztrack.domain.ids import as_int, from_int
from gztrack.errors import FactsNeverChange, StoreError
from gztrack.storage.documents import DocumentError
from gztrack.storage.journal import Journal
from gztrack.storage.tables import FactsDB
from gztrack.storage.tinydb_store import JournalDB, JournalStorage, TinyDBStore
from storage.support import database, numbers, transaction

VALUES = (310000, 320000, 330000)
MAY = {"indicator": "nev-capacity", "period": "2020-05", "start": "2020-05-01", "end": "2020-05-31"}
IDS = [as_int(record["id"]) for _, record in transaction(1, *VALUES).facts]


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A database with three readings."""
    return database(tmp_path / "db", transaction(1, *VALUES))


@pytest.fixture
def table(full: Path) -> Table:
    """Its readings, through TinyDB."""
    return JournalDB(str(full)).table("readings")


def test_tinydb_is_of_the_series_that_this_was_built_on() -> None:
    series, minor, _ = __version__.split(".")
    assert series == "4"
    assert int(minor) >= 9


@pytest.mark.parametrize(
    ("owner", "name", "parameters"),
    [
        (Table, "insert", ["self", "document"]),
        (Table, "insert_multiple", ["self", "documents"]),
        (Table, "_update_table", ["self", "updater"]),
        (Table, "_read_table", ["self"]),
        (Table, "_get_next_id", ["self"]),
        (Table, "get", ["self", "cond", "doc_id", "doc_ids"]),
        (Table, "__init__", ["self", "storage", "name", "cache_size", "persist_empty"]),
        (Storage, "read", ["self"]),
        (Storage, "write", ["self", "data"]),
        (TinyDB, "table", ["self", "name", "kwargs"]),
        (TinyDB, "drop_table", ["self", "name"]),
        (TinyDB, "drop_tables", ["self"]),
    ],
)
def test_the_points_we_extend_are_there(owner: type, name: str, parameters: list[str]) -> None:
    assert list(inspect.signature(getattr(owner, name)).parameters) == parameters


@pytest.mark.parametrize("name", ["table_class", "default_storage_class"])
def test_the_classes_we_set_are_settings_of_tinydb(name: str) -> None:
    assert hasattr(TinyDB, name)


@pytest.mark.parametrize("name", ["document_class", "document_id_class", "default_query_cache_capacity"])
def test_the_table_settings_we_set_are_settings_of_tinydb(name: str) -> None:
    assert hasattr(Table, name)


def test_tables_still_read_through_read_table(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_read_table", dict)
    assert table.all() == []
    assert table.search(where("value") > 0) == []
    assert table.get(where("value") > 0) is None


READS: list[tuple[str, Callable[[Table], Any]]] = [
    ("all", lambda t: t.all()),
    ("iteration", list),
    ("len", len),
    ("search", lambda t: t.search(where("value") > 310000)),
    ("search for nothing", lambda t: t.search(where("missing").exists())),
    ("combined search", lambda t: t.search((where("value") > 310000) & ~(where("value") == 330000))),
    ("doc_ids of a search", lambda t: [d.doc_id for d in t.search(where("value") > 310000)]),
    ("get by condition", lambda t: t.get(where("value") == 320000)),
    ("get by condition in vain", lambda t: t.get(where("value") == 1)),
    ("get by id", lambda t: t.get(doc_id=IDS[1])),
    ("doc_id of a get by id", lambda t: getattr(t.get(doc_id=IDS[1]), "doc_id", None)),
    ("get by id in vain", lambda t: t.get(doc_id=1)),
    ("get by impossible id", lambda t: t.get(doc_id=-1)),
    ("get by ids", lambda t: t.get(doc_ids=[IDS[2], IDS[0], 1])),
    ("count", lambda t: t.count(where("value") >= 320000)),
    ("contains by condition", lambda t: t.contains(where("value") == 320000)),
    ("contains by id", lambda t: (t.contains(doc_id=IDS[0]), t.contains(doc_id=1))),
    ("type of a document", lambda t: type(t.all()[0])),
]


@pytest.mark.parametrize("read", [each[1] for each in READS], ids=[each[0] for each in READS])
def test_reading_answers_as_plain_tinydb_does(full: Path, table: Table, read: Callable[[Table], Any]) -> None:
    plain = TinyDB(storage=MemoryStorage).table("readings")
    plain.insert_multiple(Document(dict(document), document.doc_id) for document in table.all())
    assert read(table) == read(plain)
    stock = TinyDB(str(full), storage=JournalStorage).table("readings")  # TinyDB's own Table class
    assert read(stock) == read(plain)


def test_a_get_without_a_question_is_refused_as_tinydb_does(table: Table) -> None:
    with pytest.raises(RuntimeError, match="You have to pass"):
        table.get()


def test_a_document_is_a_copy(table: Table) -> None:
    table.all()[0]["value"] = 1
    table.search(where("value") > 0)[0]["value"] = 1
    assert [document["value"] for document in table] == list(VALUES)


def test_a_document_id_is_the_number_of_the_facts_id(table: Table) -> None:
    document = table.all()[0]
    assert document.doc_id == as_int(document["id"])
    assert type(document.doc_id) is int
    assert from_int(document.doc_id) == document["id"]


def test_an_append_does_not_disturb_an_iteration(full: Path, table: Table) -> None:
    documents = iter(table)
    next(documents)
    table.insert({"value": 4} | MAY)
    assert len(table) == 4
    assert len(list(documents)) == 2


def test_tables_are_named(full: Path) -> None:
    db = JournalDB(str(full))
    assert db.tables() == {"readings"}
    assert "tables=['readings']" in repr(db)
    assert len(db.table("targets")) == 0


def test_another_process_s_fact_is_seen_without_reopening(full: Path, table: Table) -> None:
    assert len(table) == 3
    assert table.count(where("value") == 4) == 0
    Journal(str(full)).append(transaction(2, 4))
    assert table.count(where("value") == 4) == 1


@pytest.mark.parametrize("options", [{"cache_size": 30}, {"persist_empty": True}])
def test_no_option_brings_a_cache_or_an_empty_table_back(full: Path, options: dict[str, Any]) -> None:
    table = JournalDB(str(full)).table("readings", **options)
    query = where("value") == 4
    assert table.count(query) == 0
    Journal(str(full)).append(transaction(2, 4))
    assert table.count(query) == 1


def test_an_insert_appends(full: Path, table: Table) -> None:
    doc_id = table.insert({"value": 340000} | MAY)
    assert numbers(full) == [*VALUES, 340000]
    document = table.get(doc_id=doc_id)
    assert document is not None
    assert as_int(document["id"]) == doc_id
    assert document["author"] == document["login"]


def test_several_inserts_are_one_transaction(full: Path, table: Table) -> None:
    ids = table.insert_multiple({"value": n} | MAY for n in range(600))
    assert numbers(full) == [*VALUES, *range(600)]
    assert ids == sorted(ids)
    assert len({document["tx"] for document in table.search(where("value") < 600)}) == 1


def test_inserting_nothing_writes_nothing(full: Path, table: Table) -> None:
    before = (full / "facts.jsonl").stat().st_size
    assert table.insert_multiple([]) == []
    assert (full / "facts.jsonl").stat().st_size == before


def test_a_document_keeps_the_id_it_has(table: Table) -> None:
    assert table.insert(Document({"value": 1} | MAY, doc_id=5)) == 5
    document = table.get(doc_id=5)
    assert document is not None
    assert document["value"] == 1


def test_an_author_is_who_the_database_was_opened_by(full: Path) -> None:
    JournalDB(str(full), author="bob").table("readings").insert({"value": 1} | MAY)
    assert JournalDB(str(full)).table("readings").all()[-1]["author"] == "bob"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (Document({"value": 1} | MAY, doc_id=IDS[0]), "already exists"),
        ({"value": 1, "id": from_int(IDS[0])} | MAY, "already exists"),
        (Document({"id": "0" * 26}, doc_id=5), "is the fact"),
        ({"author": "bob"}, "'author' is set by the store"),
        ({"id": "5", "value": 1} | MAY, "not an id"),
        ([1], "not a Mapping"),
        (Document({}, doc_id=-1), "not an id"),
        ({"value": 1}, "readings: 'indicator' is missing; needed are indicator, value, period, start, end"),
    ],
)
def test_what_cannot_be_inserted_is_refused_and_nothing_of_it_is_kept(
    full: Path, table: Table, document: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        table.insert_multiple([{"value": 1} | MAY, document])
    assert numbers(full) == list(VALUES)


INDICATOR = {"indicator": "a", "name": "A", "unit": "u", "measure": "level", "direction": "up"}
TARGET = {"indicator": "a", "value": 5, "comparator": "at least", "due": "2027", "due_end": "2027-12-31"}
DROP = {"of": from_int(IDS[0]), "what": "readings", "how": "retracted", "on": "2020-06-01", "reason": "typo"}


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("indicators", {**INDICATOR, "decimals": 2, "archived": True, "inferred": ["group"]}),
        (
            "readings",
            {**MAY, "value": 1.5, "qualifier": "about", "status": "provisional", "source": "bulletin"},
        ),
        ("readings", {**MAY, "value": -3, "published": "2020-06-30", "a field of my own": [1, {"two": 3}]}),
        ("targets", {**TARGET, "comparator": "between", "high": 7}),
        ("retractions", DROP),
        ("pins", {"of": from_int(IDS[0]), "what": "readings"}),
        ("undos", {"of": from_int(IDS[0] - 1)}),
        ("notes", {"anything": None, "start": 5, "value": True}),
        ("_default", {}),
    ],
)
def test_what_a_table_is_for_goes_in_and_comes_back(full: Path, name: str, document: dict[str, Any]) -> None:
    db = JournalDB(str(full))
    doc_id = db.table(name).insert(document)
    found = JournalDB(str(full)).table(name).get(doc_id=doc_id)
    assert isinstance(found, Document)
    assert document.items() <= found.items()


@pytest.mark.parametrize(
    ("name", "document", "message"),
    [
        ("readings", {**MAY}, "readings: 'value' is missing"),
        ("readings", {**MAY, "value": True}, "readings: value: 'True' is no number"),
        ("readings", {**MAY, "value": "5"}, "readings: value: '5' is no number"),
        ("readings", {**MAY, "value": float("nan")}, "readings: value: nan is no figure"),
        ("readings", {**MAY, "value": 1, "start": 20200501}, "readings: start: 20200501 is no date"),
        ("readings", {**MAY, "value": 1, "start": "20200501"}, "readings: start: '20200501' is no date"),
        ("readings", {**MAY, "value": 1, "end": "2020-05-32"}, "readings: end: '2020-05-32' is no date"),
        (
            "readings",
            {**MAY, "value": 1, "start": "2020-06-01"},
            "start 2020-06-01 comes after end 2020-05-31",
        ),
        ("readings", {**MAY, "value": 1, "period": ["2020"]}, r"readings: period: \['2020'\] is no text"),
        (
            "readings",
            {**MAY, "value": 1, "qualifier": "roughly"},
            "readings: qualifier: 'roughly' is not one of",
        ),
        ("readings", {**MAY, "value": 1, "inferred": "period"}, "readings: inferred: 'period' is no list"),
        (
            "indicators",
            {**INDICATOR, "measure": "lots"},
            "indicators: measure: 'lots' is not one of level, flow",
        ),
        (
            "indicators",
            {**INDICATOR, "archived": "no"},
            "indicators: archived: 'no' is neither true nor false",
        ),
        ("indicators", {**INDICATOR, "decimals": -1}, "indicators: decimals: '-1' is not a whole number"),
        ("indicators", {**INDICATOR, "unit": "=1+1"}, "indicators: unit: a unit starts with a word, not '='"),
        ("indicators", {**INDICATOR, "unit": "km\x1b[31m"}, r"indicators: unit: 'km\\x1b\[31m' is no unit"),
        ("targets", {**TARGET, "comparator": ">"}, "targets: comparator: '>' is not one of at least"),
        ("targets", {**TARGET, "due_end": "2027"}, "targets: due_end: '2027' is no date"),
        ("retractions", {"what": "readings"}, "retractions: 'of' is missing; needed are of"),
        ("undos", {"of": 5}, "undos: of: 5 is no text"),
    ],
)
def test_what_a_table_is_not_for_is_refused_by_the_name_of_the_field(
    full: Path, name: str, document: dict[str, Any], message: str
) -> None:
    before = (full / "facts.jsonl").read_bytes()
    with pytest.raises(DocumentError, match=message) as refused:
        JournalDB(str(full)).table(name).insert(document)
    assert isinstance(refused.value, ValueError)
    assert refused.value.exit_code == 2
    assert "\n" not in str(refused.value)
    assert (full / "facts.jsonl").read_bytes() == before


CHANGES: list[tuple[str, Callable[[FactsDB, Table], Any]]] = [
    ("update", lambda db, t: t.update({"value": 1})),
    ("update", lambda db, t: t.update({"value": 1}, doc_ids=[IDS[0]])),
    ("update_multiple", lambda db, t: t.update_multiple([({"value": 1}, where("value") > 0)])),
    ("upsert", lambda db, t: t.upsert({"value": 1}, where("value") > 0)),
    ("upsert", lambda db, t: t.upsert(Document({"value": 1}, doc_id=9))),
    ("remove", lambda db, t: t.remove(where("value") > 0)),
    ("remove", lambda db, t: t.remove(doc_ids=[IDS[0]])),
    ("remove", lambda db, t: t.remove()),
    ("truncate", lambda db, t: t.truncate()),
    ("drop_table", lambda db, t: db.drop_table("readings")),
    ("drop_tables", lambda db, t: db.drop_tables()),
    ("this change", lambda db, t: t._update_table(dict.clear)),
    ("numbering by counting", lambda db, t: t._get_next_id()),  # type: ignore[no-untyped-call]  # TinyDB has no types there
    ("write", lambda db, t: db.storage.write({})),
    ("update", lambda db, t: db.update({"value": 1})),
    ("truncate", lambda db, t: db.truncate()),
]


@pytest.mark.parametrize(("call", "change"), CHANGES)
def test_facts_are_never_changed(full: Path, call: str, change: Callable[[FactsDB, Table], Any]) -> None:
    db = JournalDB(str(full))
    before = (full / "facts.jsonl").read_bytes()
    with pytest.raises(FactsNeverChange, match=rf"^{call}: .*gztrack correct, or gztrack retract$"):
        change(db, db.table("readings"))
    assert (full / "facts.jsonl").read_bytes() == before
    assert len(db.table("readings")) == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda db: db.table("readings").update({"value": 1}),
        lambda db: db.table("readings").insert({"value": 1}),
        lambda db: db.table("readings").truncate(),
        lambda db: db.drop_tables(),
        lambda db: db.drop_table("readings"),
    ],
)
def test_tinydbs_own_table_class_cannot_change_facts_either(
    full: Path, change: Callable[[TinyDB], Any]
) -> None:
    db = TinyDB(str(full), storage=JournalStorage)
    with pytest.raises(FactsNeverChange):
        change(db)
    assert numbers(full) == list(VALUES)


def test_a_database_without_a_journal_storage_is_no_json_file_by_mistake(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database there"):
        JournalDB(str(tmp_path / "missing"))
    assert not (tmp_path / "missing").exists()


def test_the_store_hands_the_tinydb_database_out(full: Path) -> None:
    store = TinyDBStore(str(full))
    assert store.db.table("readings") is store.table("readings")
    assert store.name == str(full)


def test_the_database_is_a_context_manager_as_tinydb_s(full: Path) -> None:
    with JournalDB(str(full)) as db:
        assert len(db.table("readings")) == 3
