"""What every store promises, over all of them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gztrack.domain.ids import as_int
from gztrack.errors import InputError
from gztrack.storage.lines import prepare
from gztrack.storage.memory import MemoryStore
from gztrack.storage.store import Cursor, Store, Transaction
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import database, transaction

Make = Callable[..., Store]


@pytest.fixture(params=["memory", "journal"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes a store that begins with some transactions."""

    def memory(*begin: Transaction) -> Store:
        return MemoryStore("Guangzhou", "Asia/Shanghai", begin)

    def journal(*begin: Transaction) -> Store:
        return TinyDBStore(str(database(tmp_path / "db", *begin)))

    return {"memory": memory, "journal": journal}[request.param]


def values(store: Store) -> list[Any]:
    return [fact["value"] for _, fact in store.facts()[0]]


def test_title_and_zone_are_what_it_was_made_with(make: Make) -> None:
    store = make()
    assert (store.title, store.tz) == ("Guangzhou", "Asia/Shanghai")


def test_a_fact_comes_back_with_its_envelope(make: Make) -> None:
    store = make()
    each = transaction(1, 310000)
    store.append(each)
    ((table, fact),) = store.facts()[0]
    assert table == "readings"
    assert fact == each.facts[0][1] | {
        "tx": each.tx,
        "at": "2020-05-30T08:00:01.000000Z",
        "author": "ann",
        "login": "login",
    }


def test_a_store_begins_with_its_seed(make: Make) -> None:
    assert values(make(transaction(1, 1, 2), transaction(2, 3))) == [1, 2, 3]


def test_a_record_is_not_shared_with_the_caller(make: Make) -> None:
    store = make()
    each = transaction(1, 1)
    store.append(each)
    each.facts[0][1]["value"] = 2
    assert values(store) == [1]


def test_a_transaction_over_several_tables_is_one(make: Make) -> None:
    store = make()
    base = transaction(1, 1, 2)
    (_, first), (_, second) = base.facts
    store.append(base._replace(facts=(("targets", first), ("readings", second))))
    assert {table for table, _ in store.facts()[0]} == {"targets", "readings"}
    assert len(store.table("targets")) == len(store.table("readings")) == 1


def test_a_big_transaction_comes_back_whole(make: Make) -> None:
    store = make()
    store.append(transaction(1, *range(3000)))
    assert values(store) == list(range(3000))


def test_several_transactions_go_in_with_one_call(make: Make) -> None:
    store = make()
    assert store.append_all([transaction(1, 1), transaction(2, 2)]) == 2
    assert values(store) == [1, 2]


def test_a_prepared_transaction_goes_in_as_it_is(make: Make) -> None:
    store = make()
    assert store.append(prepare(transaction(1, 1)))
    assert values(store) == [1]


def test_a_unique_transaction_goes_in_once(make: Make) -> None:
    store = make()
    assert store.append(transaction(1, 1), unique=True) is True
    assert store.append(transaction(1, 2), unique=True) is False
    assert values(store) == [1]


def test_of_several_unique_ones_only_the_new_go_in(make: Make) -> None:
    store = make(transaction(1, 1))
    assert store.append_all([transaction(1, 1), transaction(2, 2)], unique=True) == 1
    assert values(store) == [1, 2]


def test_facts_since_a_cursor_are_the_later_ones(make: Make) -> None:
    store = make(transaction(1, 1))
    _, cursor = store.facts()
    store.append(transaction(2, 2))
    later, end = store.facts(cursor)
    assert [fact["value"] for _, fact in later] == [2]
    assert list(store.facts(end)[0]) == []


def test_a_cursor_of_another_database_gives_everything(make: Make) -> None:
    store = make(transaction(1, 1))
    facts, _ = store.facts(Cursor(1, 2, 3, "another"))
    assert [fact["value"] for _, fact in facts] == [1]


def test_the_first_refresh_is_everything_and_the_next_only_what_is_new(make: Make) -> None:
    store = make(transaction(1, 1))
    first = store.refresh()
    assert first is not None
    assert first.whole
    assert [fact["value"] for _, fact in first.facts] == [1]
    assert store.refresh() is None
    store.append(transaction(2, 2))
    second = store.refresh()
    assert second is not None
    assert not second.whole
    assert [fact["value"] for _, fact in second.facts] == [2]


def test_changed_tells_whether_a_refresh_has_something(make: Make) -> None:
    store = make()
    store.refresh()
    assert not store.changed()
    store.append(transaction(1, 1))
    assert store.changed()
    assert len(store.table("readings")) == 1  # reading a table is no refresh
    assert store.changed()
    store.refresh()
    assert not store.changed()


def test_a_transaction_comes_back_by_its_id(make: Make) -> None:
    wanted = transaction(2, *range(1200))
    store = make(transaction(1, 1), wanted, transaction(3, 3))
    assert store.transaction(wanted.tx) == wanted
    assert store.transaction(transaction(9, 9).tx) is None


def test_transactions_come_back_as_they_went_in(make: Make) -> None:
    begin = [transaction(1, 1), transaction(2, *range(600)), transaction(3, 3)]
    assert list(make(*begin).transactions()) == begin


def test_an_append_works_while_the_lock_is_held(make: Make) -> None:
    store = make()
    with store.exclusive():
        assert len(store.table("readings")) == 0
        store.append(transaction(1, 1))
    assert values(store) == [1]


def test_a_table_knows_a_fact_by_the_number_of_its_id(make: Make) -> None:
    each = transaction(1, 310000)
    store = make(each)
    fact_id = each.facts[0][1]["id"]
    document = store.table("readings").get(doc_id=as_int(fact_id))
    assert document is not None
    assert document["id"] == fact_id


@pytest.mark.parametrize(("order", "kept"), [((1, 2), "first"), ((2, 1), "first")])
def test_of_two_facts_with_one_id_the_earlier_logged_counts(
    make: Make, order: tuple[int, int], kept: str
) -> None:
    shared = transaction(1, 1).facts[0][1]["id"]
    both = {
        number: transaction(number, number)._replace(facts=(("readings", {"id": shared, "value": value}),))
        for number, value in ((1, "first"), (2, "second"))
    }
    store = make(*(both[number] for number in order))
    assert values(store) == [kept]
    (conflict,) = store.conflicts
    assert (conflict.kept["value"], conflict.other["value"]) == ("first", "second")


def versions(*said: tuple[str, int, str]) -> list[Transaction]:
    """Transactions that say something of one and the same reading: (logging time, value, author)."""
    shared = transaction(1, 1).facts[0][1]["id"]
    return [
        transaction(number, 1)._replace(
            at=at, author=author, facts=(("readings", {"id": shared, "value": value}),)
        )
        for number, (at, value, author) in enumerate(said, 1)
    ]


VERSIONS = versions(
    ("2020-02", 1, "ann"), ("2020-01", 2, "ann"), ("2020-03", 3, "ann"), ("2020-01", 2, "bob")
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_of_any_number_of_versions_all_but_the_one_that_counts_are_conflicts_in_any_order(
    make: Make, order: tuple[int, ...]
) -> None:
    store = make()
    store.refresh()
    for place in order:
        store.append(VERSIONS[place])
    assert [(f["value"], f["author"]) for _, f in store.facts()[0]] == [(2, "ann")]
    assert [(c.table, c.kept["author"], c.other["value"], c.other["author"]) for c in store.conflicts] == [
        ("readings", "ann", 2, "bob"),
        ("readings", "ann", 1, "ann"),
        ("readings", "ann", 3, "ann"),
    ]
    again = make(*(VERSIONS[place] for place in order))
    assert list(again.facts()[0]) == list(store.facts()[0])
    assert again.conflicts == store.conflicts


def test_the_same_fact_twice_is_no_conflict(make: Make) -> None:
    store = make(transaction(1, 1))
    store.append(transaction(1, 1))
    assert values(store) == [1]
    assert not store.conflicts


def test_a_fact_that_gives_way_makes_the_next_refresh_whole(make: Make) -> None:
    store = make(transaction(2, 2))
    store.refresh()
    earlier = transaction(1, 1)
    shared = transaction(2, 2).facts[0][1]["id"]
    store.append(earlier._replace(facts=(("readings", {"id": shared, "value": 1}),)))
    fresh = store.refresh()
    assert fresh is not None
    assert fresh.whole
    assert [fact["value"] for _, fact in fresh.facts] == [1]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (math.nan, "a fact holds what the journal cannot keep"),
        (math.inf, "a fact holds what the journal cannot keep"),
        ({1, 2}, "a fact holds what the journal cannot keep"),
        ("\ud800", "text holds half a character"),
        (10**30, "is too large"),
    ],
)
def test_what_would_not_come_back_equal_is_refused(make: Make, value: object, message: str) -> None:
    store = make()
    bad = transaction(1, 1)
    bad.facts[0][1]["value"] = value
    with pytest.raises(InputError, match=message):
        store.append_all([transaction(2, 2), bad])
    assert values(store) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"tx": "short"}, "not an id"),
        ({"facts": ()}, "has no facts"),
        ({"facts": (("readings", {"value": 1}),)}, "not an id"),
        ({"facts": (("", {"id": "0" * 26}),)}, "not a table name"),
        ({"facts": (("readings", {"id": "0" * 26, "author": "bob"}),)}, "set by the store"),
        ({"facts": (("readings", {"id": "0" * 26, 1: "bob"}),)}, "a field name is text"),
    ],
)
def test_what_is_no_transaction_is_refused(make: Make, change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make().append(transaction(1, 1)._replace(**change))
