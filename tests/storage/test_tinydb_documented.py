"""What TinyDB's documentation says of its reading API and of inserts, said of our database and of a plain one.

The examples are its own: users with names, birthdays, groups, permissions. Every question goes to
a plain TinyDB in memory with the same documents too, and both must give the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from tinydb import Query, TinyDB, where
from tinydb.operations import delete, increment
from tinydb.operations import set as set_to
from tinydb.queries import QueryLike
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from gztrack.errors import FactsNeverChange
from gztrack.storage.tinydb_store import JournalDB
from storage.support import database

USERS: list[dict[str, Any]] = [
    {"name": "John", "age": 22, "groups": ["user"], "birthday": {"year": 1990, "month": 1}},
    {"name": "Ann", "age": 31, "groups": ["user", "admin"], "birthday": {"year": 1985, "month": 2}},
    {"name": "广州", "age": 40, "groups": [], "permissions": [{"type": "read"}, {"type": "sudo"}]},
    {"name": "Bob", "age": None, "country-code": "CN", "groups": ["sudo"], "birthday": {"year": 1990}},
    {"nickname": "nobody", "permissions": [{"type": "read"}]},
]
User = Query()


@pytest.fixture
def db(tmp_path: Path) -> JournalDB:
    """A database with the users in TinyDB's default table and in one of their own."""
    made = JournalDB(str(database(tmp_path / "db")))
    made.insert_multiple(USERS)
    made.table("users").insert_multiple(USERS)
    return made


def plain(table: Table) -> Table:
    """A plain TinyDB table with the same documents."""
    copy = TinyDB(storage=MemoryStorage).table(table.name)
    copy.insert_multiple(Document(dict(document), document.doc_id) for document in table.all())
    return copy


QUERIES: dict[str, Callable[[], QueryLike]] = {
    "equal": lambda: where("name") == "John",
    "not equal": lambda: where("name") != "John",
    "less": lambda: where("birthday").year < 1990,
    "at most": lambda: User.birthday.year <= 1990,
    "more": lambda: User.birthday.year > 1985,
    "at least": lambda: User.birthday.year >= 1990,
    "an attribute": lambda: User.name == "广州",
    "an item": lambda: User["country-code"] == "CN",
    "nested items": lambda: where("birthday")["month"] == 2,
    "exists": lambda: User.birthday.month.exists(),
    "exists in vain": lambda: where("a field nobody has").exists(),
    "matches": lambda: User.name.matches("[aZ]*"),
    "matches with flags": lambda: User.name.matches("john", flags=re.IGNORECASE),
    "search": lambda: User.name.search("o+"),
    "search with flags": lambda: User.name.search("B", flags=re.IGNORECASE),
    "test": lambda: User.name.test(lambda value: value in ("Ann", "Bob")),
    "test with arguments": lambda: User.birthday.year.test(
        lambda value, low, high: low <= value < high, 1986, 1991
    ),
    "any of values": lambda: User.groups.any(["admin", "sudo"]),
    "any by a condition": lambda: User.permissions.any(Query().type == "sudo"),
    "all of values": lambda: User.groups.all(["admin", "user"]),
    "all by a condition": lambda: User.permissions.all(Query().type == "read"),
    "one of": lambda: User.name.one_of(["Ann", "Bob", "Eve"]),
    "a fragment": lambda: Query().fragment({"name": "John", "age": 22}),
    "a fragment of a field": lambda: User.birthday.fragment({"year": 1990}),
    "noop": lambda: Query().noop(),
    "noop and": lambda: Query().noop() & (User.name == "Ann"),
    "mapped": lambda: User.groups.map(len) == 2,
    "negated": lambda: ~(User.name == "John"),
    "and": lambda: (User.name == "Bob") & (User.birthday.year == 1990),
    "or": lambda: (User.name == "Ann") | (User.name == "广州"),
    "all of it": lambda: ~((User.name == "Ann") | (User.birthday.year == 1990)) & User.permissions.exists(),
    "a function": lambda: lambda document: len(document.get("groups", "")) == 2,
}


@pytest.mark.parametrize("name", ["_default", "users"])
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_a_query_answers_as_documented(db: JournalDB, name: str, query: Callable[[], QueryLike]) -> None:
    table = db.table(name)
    other = plain(table)
    found = table.search(query())
    assert found == other.search(query())
    assert [document.doc_id for document in found] == [document.doc_id for document in other.search(query())]
    assert table.get(query()) == other.get(query())
    assert table.contains(query()) is other.contains(query())
    assert table.count(query()) == len(found)


def test_every_query_of_this_table_finds_something_but_the_one_in_vain(db: JournalDB) -> None:
    assert [name for name, query in QUERIES.items() if not db.search(query())] == ["exists in vain"]


def test_a_query_without_a_path_or_a_test_is_refused(db: JournalDB) -> None:
    with pytest.raises(RuntimeError, match="Empty query"):
        db.search(Query())
    with pytest.raises(ValueError, match="has no path"):
        _ = Query() == 1


def test_the_database_itself_answers_for_the_default_table(db: JournalDB) -> None:
    assert len(db) == len(db.table("_default")) == len(USERS)
    assert [document["age"] for document in db if "age" in document] == [22, 31, 40, None]
    assert db.all() == db.table("_default").all()
    assert db.get(User.name == "Ann") == db.table(db.default_table_name).get(User.name == "Ann")
    assert db.count(User.groups.exists()) == 4


def test_tables_are_found_by_name_and_only_those_with_documents(db: JournalDB) -> None:
    db.table("looked at")
    db.table("persisted", persist_empty=True)
    assert db.tables() == {"_default", "users"}
    assert db.table("users") is db.table("users")
    assert db.table("users").name == "users"
    assert len(db.table("looked at")) == 0
    assert db.table("looked at").all() == []


def test_an_insert_gives_the_documents_id(db: JournalDB) -> None:
    doc_id = db.insert({"name": "Eve"})
    document = db.get(doc_id=doc_id)
    assert isinstance(document, Document)
    assert (document.doc_id, document["name"]) == (doc_id, "Eve")
    assert db.get(User.name == "Eve") == document
    assert db.contains(doc_id=doc_id)


def test_several_inserts_give_their_ids_in_order(db: JournalDB) -> None:
    ids = db.insert_multiple({"int": each} for each in range(3))
    found = db.get(doc_ids=ids)
    assert isinstance(found, list)
    assert [document["int"] for document in found] == [0, 1, 2]
    assert [document.doc_id for document in found] == ids == sorted(ids)


def test_documents_come_by_several_ids_in_the_tables_order_and_without_the_unknown(db: JournalDB) -> None:
    first, second, *_ = (document.doc_id for document in db)
    found = db.get(doc_ids=[second, 7, first])
    assert isinstance(found, list)
    assert [document["name"] for document in found] == ["John", "Ann"]
    assert db.get(doc_ids=[]) == []


def test_an_id_stands_before_a_condition_as_in_tinydb(db: JournalDB) -> None:
    second = list(db)[1].doc_id
    assert db.get(User.name == "John", doc_id=second) == list(db)[1]
    assert db.get(doc_id=7) is None
    assert not db.contains(doc_id=7)


def test_a_document_with_an_id_of_its_own_keeps_it(db: JournalDB) -> None:
    assert db.insert(Document({"name": "own"}, doc_id=12)) == 12
    assert db.insert_multiple([Document({"name": "other"}, doc_id=13), Document({}, doc_id=10)]) == [13, 10]
    assert db.get(doc_id=13)["name"] == "other"


@pytest.mark.parametrize(
    "documents",
    [
        [{"name": "new"}, Document({"name": "taken"}, doc_id=12)],
        [Document({"name": "twice"}, doc_id=14), Document({"name": "twice"}, doc_id=14)],
        [{"name": "new"}, ["no", "mapping"]],
        [{"name": "new"}, 5],
    ],
)
def test_of_documents_one_of_which_cannot_go_in_none_does(db: JournalDB, documents: list[Any]) -> None:
    db.insert(Document({"name": "there"}, doc_id=12))
    before = db.all()
    with pytest.raises(ValueError, match=r"already exists|not a Mapping"):
        db.insert_multiple(documents)
    assert db.all() == before


def test_any_mapping_is_a_document(db: JournalDB) -> None:
    class Own(Mapping[str, Any]):
        def __getitem__(self, key: str) -> Any:
            return {"name": "mapped"}[key]

        def __iter__(self) -> Any:
            return iter(["name"])

        def __len__(self) -> int:
            return 1

    for document in (Own(), MappingProxyType({"name": "proxy"})):
        found = db.get(doc_id=db.insert(document))
        assert found["name"] == document["name"]


def test_documents_are_dicts_that_belong_to_who_asked(db: JournalDB) -> None:
    document = db.all()[0]
    assert isinstance(document, dict)
    document["name"] = "changed"
    document["groups"] = []
    assert db.all()[0]["name"] == "John"
    assert db.all()[0]["groups"] == ["user"]


def test_a_cache_is_asked_for_in_vain_and_can_be_cleared(db: JournalDB) -> None:
    table = db.table("cached", cache_size=30)
    assert table.search(User.name == "Eve") == []
    table.insert({"name": "Eve"})
    assert len(table.search(User.name == "Eve")) == 1
    table.clear_cache()
    assert len(table.search(User.name == "Eve")) == 1


def test_a_closed_database_was_kept(tmp_path: Path) -> None:
    path = str(database(tmp_path / "db"))
    with JournalDB(path) as db:
        db.insert({"name": "John"})
    with JournalDB(path) as db:
        assert db.count(User.name == "John") == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda db: db.update(increment("age"), User.name == "John"),
        lambda db: db.update(delete("age")),
        lambda db: db.update_multiple([(set_to("age", 5), where("name") == "John")]),
        lambda db: db.upsert({"name": "John", "logged-in": True}, User.name == "John"),
        lambda db: db.remove(User.name == "John"),
        lambda db: db.table("users").truncate(),
        lambda db: db.drop_table("users"),
        lambda db: db.drop_tables(),
    ],
)
def test_what_would_change_a_document_names_what_would_be_right(
    db: JournalDB, change: Callable[[JournalDB], Any]
) -> None:
    before = db.all()
    with pytest.raises(FactsNeverChange, match="gztrack correct, or gztrack retract"):
        change(db)
    assert db.all() == before
