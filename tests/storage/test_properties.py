"""Whatever goes in comes out, in memory and through the journal, at once and bit by bit."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gztrack.domain.ids import fact_ids, from_int
from gztrack.storage.journal import Journal
from gztrack.storage.memory import MemoryStore
from gztrack.storage.reading import transactions
from gztrack.storage.store import Store, Transaction
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import database, facts_file

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBER = st.integers(-(1 << 63), (1 << 63) - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUE = TEXT | NUMBER | st.booleans() | st.lists(TEXT | NUMBER, max_size=3)
FIELD = TEXT.filter(lambda name: name not in ("id", "tx", "at", "author", "login"))
RECORD = st.dictionaries(FIELD, VALUE, max_size=4)
TABLE = st.sampled_from(["readings", "targets", "a table"])


@st.composite
def ledgers(draw: st.DrawFn) -> list[Transaction]:
    """Transactions with ids of their own."""
    made = []
    for number, facts in enumerate(
        draw(st.lists(st.lists(st.tuples(TABLE, RECORD), min_size=1, max_size=5), max_size=6)), 1
    ):
        tx = from_int(number << 80)
        ids = fact_ids(tx, len(facts))
        records = tuple(
            (table, {"id": own, **record}) for own, (table, record) in zip(ids, facts, strict=True)
        )
        made.append(Transaction(tx, draw(TEXT), draw(TEXT), draw(TEXT), draw(TEXT), records))
    return made


def everything(store: Store) -> list[tuple[str, dict[str, Any]]]:
    return sorted(store.facts()[0], key=lambda pair: (pair[1]["id"], pair[0]))


@given(ledgers())
@settings(max_examples=60, deadline=None)
def test_any_transactions_read_back_equal(made: list[Transaction]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = str(database(Path(folder) / "db"))
        writer, reader, memory = TinyDBStore(db), TinyDBStore(db), MemoryStore()
        for each in made:
            writer.append(each)
            memory.append(each)
            reader.refresh()
        assert list(transactions(Journal(db))) == list(memory.transactions()) == made
        assert everything(writer) == everything(reader) == everything(memory) == everything(TinyDBStore(db))


@given(ledgers().filter(bool), st.data())
@settings(max_examples=60, deadline=None)
def test_any_cut_of_the_last_write_leaves_exactly_what_was_acknowledged(
    made: list[Transaction], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = database(Path(folder) / "db")
        journal = Journal(str(db))
        journal.append_all(made[:-1])
        before = facts_file(db).stat().st_size
        lock = (db / "lock").read_bytes()
        journal.append(made[-1])
        whole = facts_file(db).read_bytes()
        cut = data.draw(st.integers(before, len(whole) - 1))
        facts_file(db).write_bytes(whole[:cut])
        (db / "lock").write_bytes(lock)
        assert list(transactions(Journal(str(db)))) == made[:-1]
        Journal(str(db)).append(made[-1])
        assert facts_file(db).read_bytes() == whole


@given(ledgers().filter(bool), st.data())
@settings(max_examples=100, deadline=None)
def test_a_flipped_bit_is_noticed_and_put_right_wherever_it_is(
    made: list[Transaction], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = database(Path(folder) / "db", *made)
        whole = bytearray(facts_file(db).read_bytes())
        sound, _ = TinyDBStore(str(db)).facts()
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] ^= 1 << data.draw(st.integers(0, 7))
        facts_file(db).write_bytes(whole)
        store = TinyDBStore(str(db))
        assert list(store.facts()[0]) == list(sound)
        assert re.search(r"one flipped bit", " ".join(store.notices))
