"""A write that was cut off: readers stop before it, the next append puts it aside, once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from gztrack.errors import StoreDamaged, StoreError
from gztrack.storage.health.repairing import repair
from gztrack.storage.journal import Journal
from gztrack.storage.migrations import bodies
from gztrack.storage.reading import transactions
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import BROKEN, Failing, database, facts_file, numbers, transaction


def added(directory: Path, number: int, *values: int) -> tuple[bytes, bytes]:
    """The journal before an append and the bytes that it adds; the database is left before it."""
    before, lock = facts_file(directory).read_bytes(), (directory / "lock").read_bytes()
    Journal(str(directory)).append(transaction(number, *values))
    line = facts_file(directory).read_bytes()[len(before) :]
    facts_file(directory).write_bytes(before)
    (directory / "lock").write_bytes(lock)
    return before, line


def quarantined(directory: Path) -> list[bytes]:
    folder = directory / "quarantine"
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.exists() else []


def test_a_line_cut_at_any_byte_was_never_there(db: Path) -> None:
    Journal(str(db)).append(transaction(1, 1))
    before, line = added(db, 2, 2)
    for length in range(1, len(line)):
        facts_file(db).write_bytes(before + line[:length])
        assert numbers(db) == [1], length
        journal = Journal(str(db))
        with journal.exclusive():
            assert facts_file(db).read_bytes() == before + line[:length]
        assert journal.append_all([transaction(1, 1)], unique=True) == 0
        assert facts_file(db).read_bytes() == before
        assert quarantined(db)[-1:] == [line[:length]] or line[:length] in quarantined(db)


def test_a_cut_off_line_is_put_aside_by_the_next_append_and_told_once(db: Path) -> None:
    Journal(str(db)).append(transaction(1, 1))
    before, line = added(db, 2, 2)
    facts_file(db).write_bytes(before + line[:50])
    journal = Journal(str(db))
    journal.append(transaction(3, 3))
    journal.append(transaction(4, 4))
    assert numbers(db) == [1, 3, 4]
    assert quarantined(db) == [line[:50]]
    (notice,) = journal.notices
    assert "never acknowledged" in notice
    assert "its 50 bytes were moved to" in notice
    assert str(db / "quarantine") in notice


def test_a_whole_line_that_was_never_acknowledged_is_kept(db: Path) -> None:
    before, line = added(db, 2, 2)
    facts_file(db).write_bytes(before + line)
    journal = Journal(str(db))
    journal.append(transaction(3, 3))
    assert numbers(db) == [2, 3]
    assert not journal.notices


def test_a_run_without_its_commit_was_never_there(db: Path) -> None:
    before, run = added(db, 2, *range(1500))
    lines = run.splitlines(keepends=True)
    assert len(lines) == 3
    for cut in (lines[0], lines[0] + lines[1], lines[0] + lines[1] + lines[2][:-1], run[:-30]):
        facts_file(db).write_bytes(before + cut)
        assert numbers(db) == []
        Journal(str(db)).append(transaction(3, 3))
        assert numbers(db) == [3]
        assert cut in quarantined(db)
        facts_file(db).write_bytes(before)
        (db / "lock").unlink()


def test_pages_that_never_reached_the_disk_are_a_torn_end(db: Path) -> None:
    before, run = added(db, 2, *range(1500))
    torn = run[:200] + bytes(5000) + run[5200:]
    facts_file(db).write_bytes(before + torn)
    assert numbers(db) == []
    Journal(str(db)).append(transaction(3, 3))
    assert numbers(db) == [3]
    assert quarantined(db) == [torn]


def test_a_line_that_was_written_to_its_end_and_changed_is_no_torn_end(db: Path) -> None:
    before, line = added(db, 2, 2)
    changed = before + line.replace(b"nev-capacity", b"tech-centres")
    for lock in (True, False):
        facts_file(db).write_bytes(changed)
        if not lock:
            (db / "lock").unlink()
        with pytest.raises(StoreDamaged, match="line 2: the checksum does not fit"):
            numbers(db)
        with pytest.raises(StoreDamaged, match="line 2: the checksum does not fit"):
            Journal(str(db)).append(transaction(3, 3))
        assert facts_file(db).read_bytes() == changed


@pytest.mark.parametrize("junk", [b"<<<<<<< HEAD\n", b"hello\n", b"hello", b"\n", b"\xef\xbb\xbf", b"{}\n"])
def test_what_no_writer_writes_is_no_torn_end(db: Path, junk: bytes) -> None:
    Journal(str(db)).append(transaction(1, 1))
    with facts_file(db).open("ab") as file:
        file.write(junk)
    reader = Journal(str(db))
    assert len(list(transactions(reader))) == 1
    assert re.search(r"facts.jsonl, line 3: .*gztrack doctor", " ".join(reader.notices))
    with pytest.raises(StoreDamaged, match=r"facts.jsonl, line 3: "):
        Journal(str(db)).append(transaction(2, 2))


def test_a_whole_transaction_after_a_bad_line_is_no_torn_end(db: Path) -> None:
    before, line = added(db, 1, 1)
    facts_file(db).write_bytes(before + line)
    Journal(str(db)).append(transaction(2, 2))
    data = facts_file(db).read_bytes()
    facts_file(db).write_bytes(data.replace(b'"value":1}', b'"value":7}'))
    (db / "lock").unlink()  # with the mark gone only the lines themselves can tell
    with pytest.raises(StoreDamaged, match="line 2: the checksum does not fit"):
        Journal(str(db)).append(transaction(3, 3))


def test_a_reader_goes_on_when_a_torn_end_gives_way_to_a_good_line(db: Path) -> None:
    before, line = added(db, 2, 2)
    facts_file(db).write_bytes(before + line[:50])
    store = TinyDBStore(str(db))
    store.refresh()
    Journal(str(db)).append(transaction(3, 3))
    fresh = store.refresh()
    assert fresh is not None
    assert [fact["value"] for _, fact in fresh.facts] == [3]


def test_a_line_that_was_seen_but_never_synced_is_forgotten(db: Path) -> None:
    before, line = added(db, 2, 2)
    facts_file(db).write_bytes(before + line)
    store = TinyDBStore(str(db))
    store.refresh()
    facts_file(db).write_bytes(before)  # the writer's sync failed and it took the line back
    Journal(str(db)).append(transaction(3, 30000))
    fresh = store.refresh()
    assert fresh is not None
    assert fresh.whole
    assert [fact["value"] for _, fact in fresh.facts] == [30000]


def test_a_torn_end_that_cannot_be_put_aside_stays(tmp_path: Path) -> None:
    db = database(tmp_path / "db", transaction(1, 1))
    before, line = added(db, 2, 2)
    facts_file(db).write_bytes(before + line[:50])
    with pytest.raises(StoreError):
        Journal(str(db), files=Failing(sync=BROKEN)).append(transaction(3, 3))
    assert facts_file(db).read_bytes() == before + line[:50]
    Journal(str(db)).append(transaction(3, 3))
    assert numbers(db) == [1, 3]


def several(db: Path) -> tuple[bytes, bytes]:
    """The journal before, and what three transactions written at once put after it."""
    before = facts_file(db).read_bytes()
    Journal(str(db)).append_all([transaction(1, 1), transaction(2, *range(10, 700)), transaction(3, 3)])
    return before, facts_file(db).read_bytes().removeprefix(before)


def unmarked(db: Path, data: bytes) -> None:
    """The journal after a power cut: the mark never reached the disk, nor did all of the write."""
    facts_file(db).write_bytes(data)
    (db / "lock").unlink(missing_ok=True)
    shutil.rmtree(db / "quarantine", ignore_errors=True)


def test_several_transactions_written_at_once_are_there_all_or_none(db: Path) -> None:
    before, write = several(db)
    assert len(numbers(db)) == 692
    ends = [at for at in range(len(write)) if write[at - 1 : at] == b"\n" or at % 997 == 0]
    for end in ends:
        unmarked(db, before + write[:end])
        assert numbers(db) == []
        Journal(str(db)).append(transaction(4, 4))
        assert numbers(db) == [4]


def test_a_hole_in_a_write_of_several_takes_all_of_it_away(db: Path) -> None:
    before, write = several(db)
    for start in range(0, len(write), 4096):
        hole = write[:start] + bytes(len(write[start : start + 512])) + write[start + 512 :]
        unmarked(db, before + hole)
        assert numbers(db) == []
        Journal(str(db)).append(transaction(4, 4))
        assert numbers(db) == [4]
        assert quarantined(db) == [hole]


def test_once_acknowledged_each_of_several_stands_for_itself(db: Path) -> None:
    before, write = several(db)
    lines = write.splitlines(keepends=True)
    facts_file(db).write_bytes(before + b"".join([lines[0], *lines[2:]]))
    with pytest.raises(StoreDamaged, match="line 3: the checksum does not fit"):
        numbers(db)
    report = repair(str(db))
    assert report.sound
    assert numbers(db) == [1, 3]


def test_what_was_written_at_once_is_encoded_as_what_was_written_alone(tmp_path: Path, db: Path) -> None:
    several(db)
    alone = database(tmp_path / "alone")
    for each in transactions(Journal(str(db))):
        Journal(str(alone)).append(each)
    assert list(bodies(Journal(str(db)))) == list(bodies(Journal(str(alone))))
