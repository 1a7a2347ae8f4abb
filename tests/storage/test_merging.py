"""Joining databases is a union: commutative, associative, idempotent, in memory and in journals alike."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gztrack.domain.ids import fact_ids, from_int
from gztrack.domain.register import Moment, Register
from gztrack.storage import lines
from gztrack.storage.copies.merging import Digests, encoded, join, lacking, settled
from gztrack.storage.journal import Journal
from gztrack.storage.lines import dumps
from gztrack.storage.memory import MemoryStore
from gztrack.storage.reading import transactions
from gztrack.storage.store import Encoded, Store, Transaction
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import database, facts_file, numbers, transaction

WHOLE = Moment(date.max)
SLUG = "tech-centres"
MOST = 7
KINDS = ("readings", "readings", "correction", "retractions", "pins", "undos", "targets", "indicators")


def said(each: Transaction) -> bytes:
    """All that a transaction says, to tell two with one id apart."""
    return b"".join(lines.encode(each))


def tx_of(number: int) -> str:
    return from_int((number + 1) << 80)


@st.composite
def actions(draw: st.DrawFn, number: int) -> Transaction:
    """An action that may be about an earlier one."""
    kind = draw(st.sampled_from(KINDS)) if number else "readings"
    tx, before = tx_of(number), tx_of(draw(st.integers(0, max(number - 1, 0))))
    value, about = draw(st.integers(1, 4)), fact_ids(before, 1)[0]
    reading = {
        "indicator": SLUG,
        "value": value,
        "period": "2020",
        "start": "2020-01-01",
        "end": "2020-12-31",
    }
    indicator = {"indicator": SLUG, "name": f"N{value}", "unit": "u", "measure": "level", "direction": "up"}
    records: dict[str, dict[str, Any]] = {
        "readings": reading,
        "correction": {**reading, "replaces": about},
        "retractions": {
            "of": about,
            "what": "readings",
            "how": "retracted",
            "on": "2020-01-01",
            "reason": "r",
        },
        "pins": {"of": about, "what": "readings"},
        "undos": {"of": before},
        "targets": {"indicator": SLUG, "value": value, "comparator": "at least"},
        "indicators": indicator,
    }
    table = "readings" if kind == "correction" else kind
    fact = {"id": fact_ids(tx, 1)[0], **records[kind]}
    at = f"2020-05-30T08:00:0{draw(st.integers(0, 3))}.000000Z"
    return Transaction(tx, at, draw(st.sampled_from(["ann", "bob"])), "login", "log", ((table, fact),))


@st.composite
def databases(draw: st.DrawFn, how_many: int = 3) -> list[list[Transaction]]:
    """Several databases with transactions of one pool, in which an id may stand for two contents."""
    pool = [draw(actions(number)) for number in range(MOST) for _ in range(2)]
    return [draw(st.lists(st.sampled_from(pool), unique_by=said)) for _ in range(how_many)]


def in_memory(transactions: Iterable[Transaction]) -> MemoryStore:
    store = MemoryStore()
    for each in transactions:
        store.append(each)
    return store


def all_of(store: Store) -> list[Encoded]:
    return [lines.prepare(each) for each in store.transactions()]


def joined(one: Store, other: Store) -> list[Encoded]:
    """Join another store into one; what came in."""
    holdings = Digests(one)
    return join(one, holdings, [own for own, _ in lacking(holdings, all_of(other))])


def union(*many: Sequence[Transaction]) -> MemoryStore:
    first, *others = many
    store = in_memory(first)
    for each in others:
        joined(store, in_memory(each))
    return store


def answers(store: Store) -> tuple[object, ...]:
    """What a database says: its facts, its conflicts, and what a register makes of them."""
    facts = list(store.facts()[0])
    register = Register(facts)
    targets = register.stated_targets(SLUG, WHOLE)
    return (
        {(table, dumps(sorted(fact.items()))) for table, fact in facts},
        {(each.table, dumps(sorted(each.kept.items())), dumps(sorted(each.other.items())))
         for each in store.conflicts},
        register.undone(),
        {fact["id"] for fact in register.standing_readings(SLUG, WHOLE)},
        [fact["id"] for fact in register.counting(SLUG, WHOLE)],
        [(fact["id"], register.target_state(fact, WHOLE)[0]) for fact in targets],
        register.indicator(SLUG, WHOLE),
        register.headline(SLUG, WHOLE),
        register.transactions("ann", WHOLE),
        register.undos("bob"),
    )  # fmt: skip


@given(databases())
@settings(max_examples=100, deadline=None)
def test_joining_is_commutative_associative_and_idempotent(made: list[list[Transaction]]) -> None:
    a, b, c = made
    ab = union(a, b)
    assert answers(ab) == answers(union(b, a))
    assert answers(union(list(ab.transactions()), c)) == answers(union(a, list(union(b, c).transactions())))
    assert answers(union(a, a)) == answers(in_memory(a))
    assert joined(ab, in_memory(b)) == joined(ab, in_memory(a)) == []
    assert {said(each) for each in ab.transactions()} == {*map(said, [*a, *b])}


@given(databases(2))
@settings(max_examples=30, deadline=None)
def test_journals_join_as_memory_does_and_the_second_time_not_a_byte_changes(
    made: list[list[Transaction]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores = []
        for name, each in zip("ab", made, strict=True):
            place = database(Path(folder) / name)
            for transaction in each:
                Journal(str(place)).append(transaction)
            stores.append((place, TinyDBStore(str(place))))
        (here, one), (there, other) = stores
        came = joined(one, other)
        back = joined(other, one)
        expected = answers(union(*made))
        assert answers(one) == answers(other) == expected
        assert answers(TinyDBStore(str(here))) == answers(TinyDBStore(str(there))) == expected
        assert len(came) + len(made[0]) == len(back) + len(made[1]) == len(list(one.transactions()))
        before = facts_file(here).read_bytes(), facts_file(there).read_bytes()
        assert joined(one, other) == joined(other, one) == []
        assert (facts_file(here).read_bytes(), facts_file(there).read_bytes()) == before


def journals(tmp_path: Path) -> tuple[TinyDBStore, TinyDBStore]:
    """Two databases that have one transaction in common, and each one of its own."""
    return tuple(  # type: ignore[return-value]
        TinyDBStore(str(database(tmp_path / name, transaction(1, 1), transaction(own, own))))
        for name, own in (("here", 2), ("there", 3))
    )


def test_a_transaction_comes_in_as_it_was(tmp_path: Path) -> None:
    here, there = journals(tmp_path)
    joined(here, there)
    assert numbers(tmp_path / "here") == [1, 2, 3]
    assert here.transaction(transaction(3, 3).tx) == transaction(3, 3)
    assert numbers(tmp_path / "there") == [1, 3]


def test_a_long_run_comes_in_whole(tmp_path: Path) -> None:
    here, there = journals(tmp_path)
    there.append(transaction(4, *range(1500)))
    assert len(joined(here, there)) == 2
    assert here.transaction(transaction(4, 4).tx) == transaction(4, *range(1500))
    assert joined(here, there) == []


def test_what_somebody_else_merged_meanwhile_does_not_come_in_twice(tmp_path: Path) -> None:
    here, there = journals(tmp_path)
    holdings = Digests(here)
    lacks = [own for own, _ in lacking(holdings, all_of(there))]
    second = TinyDBStore(str(tmp_path / "here"))
    joined(second, there)
    second.append(transaction(5, 5))
    assert join(here, holdings, lacks) == []
    assert numbers(tmp_path / "here") == [1, 2, 3, 5]


def test_one_id_with_two_contents_is_kept_twice_and_both_come_in_at_once(tmp_path: Path) -> None:
    here, there = journals(tmp_path)
    Journal(str(tmp_path / "there")).append(transaction(3, 30, at="2020-05-30T09:00:00.000000Z"))
    assert len(joined(here, there)) == 2
    assert numbers(tmp_path / "here") == [1, 2, 3, 30]
    assert [(each.kept["value"], each.other["value"]) for each in here.conflicts] == [(3, 30)]
    assert joined(here, there) == []


def test_bytes_that_say_the_same_otherwise_are_the_same_transaction(tmp_path: Path) -> None:
    here, _ = journals(tmp_path)
    plain = lines.prepare(transaction(2, 2))
    spaced = Encoded(plain.tx, [next(iter(plain.bodies)).replace(b'"value":2', b'"value": 2')])
    assert list(lacking(Digests(here), [spaced])) == []


@pytest.mark.parametrize(
    "body",
    [
        b'{"tx":"short","at":"2020-05-30T08:00:00.000000Z","author":"a","login":"a","action":"log","facts":[]',
        b'{"tx":"%s","at":"2020","author":"a","login":"a","action":"log","facts":[]'
        % transaction(9, 9).tx.encode(),
        b'{"tx":"%s","facts":[["readings",{}]]' % transaction(9, 9).tx.encode(),
        b'{"tx":1}',
        b"[1]",
    ],
)
def test_what_no_gztrack_wrote_does_not_come_in(tmp_path: Path, body: bytes) -> None:
    here, _ = journals(tmp_path)
    with pytest.raises((ValueError, KeyError, TypeError)):
        list(lacking(Digests(here), [Encoded("x", [body + b',"commit":1'])]))


def test_transactions_are_found_in_the_bytes_without_parsing(tmp_path: Path) -> None:
    made = [transaction(1, 1), transaction(2, *range(1200)), transaction(3, 3)]
    db = database(tmp_path / "db", *made)
    found = list(encoded(block for _, block in Journal(str(db)).read() if block))
    assert found == [lines.prepare(each) for each in made]
    assert list(transactions(Journal(str(db)))) == made


def test_of_two_facts_with_one_id_the_smaller_counts_whichever_comes_first() -> None:
    facts = []
    for value, second in ((7, 2), (6, 1)):
        each = transaction(1, value, at=f"2020-05-30T08:00:0{second}.000000Z")
        envelope = {name: getattr(each, name) for name in ("tx", "at", "author", "login")}
        facts.append({**each.facts[0][1], **envelope})
    later, earlier = facts
    assert settled(later, earlier) == settled(earlier, later) == (earlier, later)
