"""The heads file: derived, replaced whole, and taken for absent when anything is wrong with it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from gztrack.errors import StoreDamaged
from gztrack.storage.derived import Derived, read_derived, write_derived
from gztrack.storage.files import HEADS
from gztrack.storage.journal import Journal
from gztrack.storage.reading import tail
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import FULL, Counting, Failing, database, facts_file, transaction

CONTENT = {"indicators": {"nev-capacity": {"name": "新能源", "last": 310000.5}}}


def heads(directory: Path) -> Derived:
    """Derived that reflect the journal as it is now."""
    cursor = TinyDBStore(str(directory)).cursor
    return Derived(cursor.offset, cursor.checksum, cursor.generation, CONTENT)


def test_heads_come_back_as_they_were_written(db: Path) -> None:
    written = heads(db)
    assert write_derived(str(db), written) is True
    assert read_derived(str(db)) == written


def test_heads_are_one_file_and_replaced(db: Path) -> None:
    write_derived(str(db), heads(db))
    write_derived(str(db), heads(db)._replace(content={}))
    assert sorted(os.listdir(db)) == ["facts.jsonl", "heads.json", "lock"]
    assert read_derived(str(db)) == heads(db)._replace(content={})
    assert stat.S_IMODE((db / "heads.json").stat().st_mode) & 0o007 == 0


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes().replace(b"310000", b"310001")),
        lambda path: path.write_bytes(b"[]\n"),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), path.symlink_to("facts.jsonl")),
    ],
)
def test_harmed_heads_are_absent(db: Path, harm: Callable[[Path], object]) -> None:
    write_derived(str(db), heads(db))
    harm(db / "heads.json")
    assert read_derived(str(db)) is None


@pytest.mark.parametrize("files", [Failing(write=FULL), Failing(short=10)])
def test_heads_that_cannot_be_written_leave_the_old_ones(db: Path, files: Failing) -> None:
    old = heads(db)
    write_derived(str(db), old)
    assert write_derived(str(db), old._replace(content={}), files=files) is False
    assert read_derived(str(db)) == old
    assert sorted(os.listdir(db)) == ["facts.jsonl", "heads.json", "lock"]


def test_the_tail_after_heads_is_what_came_since(db: Path) -> None:
    Journal(str(db)).append(transaction(1, 1))
    then = heads(db)
    Journal(str(db)).append(transaction(2, 2, 3))
    found = tail(Journal(str(db)), then.offset, then.checksum, then.generation)
    assert found is not None
    facts, cursor = found
    assert [(table, fact["value"], fact["author"]) for table, fact in facts] == [
        ("readings", 2, "ann"),
        ("readings", 3, "ann"),
    ]
    assert cursor == TinyDBStore(str(db)).cursor


def test_the_tail_of_heads_that_are_up_to_date_is_empty(db: Path) -> None:
    then = heads(db)
    assert tail(Journal(str(db)), then.offset, then.checksum, then.generation) == (
        [],
        TinyDBStore(str(db)).cursor,
    )


def test_the_tail_costs_only_what_is_new(tmp_path: Path) -> None:
    db = database(tmp_path / "db", *(transaction(n, n) for n in range(3000)))
    then = heads(db)
    Journal(str(db)).append(transaction(5000, 1))
    files = Counting()
    assert tail(Journal(str(db), files=files), then.offset, then.checksum, then.generation) is not None
    assert files.bytes_read < 30_000 < facts_file(db).stat().st_size


@pytest.mark.parametrize(
    "change",
    [
        {"offset": 0},
        {"offset": 10},
        {"offset": 10**9},
        {"checksum": 1},
        {"generation": "another"},
    ],
)
def test_heads_of_another_journal_are_stale(db: Path, change: dict[str, object]) -> None:
    Journal(str(db)).append(transaction(1, 1))
    stale = heads(db)._replace(**change)  # type: ignore[arg-type]  # one field of its own type at a time
    assert tail(Journal(str(db)), stale.offset, stale.checksum, stale.generation) is None


def test_a_torn_end_is_no_part_of_the_tail(db: Path) -> None:
    then = heads(db)
    with facts_file(db).open("ab") as file:
        file.write(b'{"tx":"cut')
    assert tail(Journal(str(db)), then.offset, then.checksum, then.generation) == (
        [],
        TinyDBStore(str(db)).cursor,
    )


def test_damage_after_the_heads_makes_them_stale_and_a_full_read_names_it(db: Path) -> None:
    then = heads(db)
    Journal(str(db)).append_all([transaction(1, 1), transaction(2, 2)])
    facts_file(db).write_bytes(facts_file(db).read_bytes().replace(b'"value":1}', b'"value":7}'))
    journal = Journal(str(db))
    assert tail(journal, then.offset, then.checksum, then.generation) is None
    with pytest.raises(StoreDamaged, match="line 2"):
        TinyDBStore(str(db)).refresh()


def test_what_a_killed_writer_left_is_removed_when_it_is_old(db: Path) -> None:
    heads = Derived(1, 2, "g", {"facts": []})
    left = db / f"{HEADS}.new"
    left.write_bytes(b"half")
    assert not write_derived(str(db), heads)
    assert left.exists()
    os.utime(left, (1, 1))
    assert write_derived(str(db), heads)
    assert read_derived(str(db)) == heads
    assert not left.exists()
