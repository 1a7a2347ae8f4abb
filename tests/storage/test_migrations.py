"""Databases of older versions: read as they are, and brought to this one by the first who writes."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from gztrack.errors import StoreDamaged
from gztrack.storage.journal import Journal
from gztrack.storage.lines import SCHEMA
from gztrack.storage.reading import transactions
from gztrack.storage.store import Transaction
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import Cut, Killed, facts_file, finish, script, transaction

VERSIONS = Path(__file__).parent / "versions"
OLD = sorted(path.name for path in VERSIONS.iterdir())


@pytest.fixture(params=OLD)
def old(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of a database that an older version wrote."""
    return Path(shutil.copytree(VERSIONS / request.param, tmp_path / "db"))


def everything(db: Path) -> list[Transaction]:
    return list(transactions(Journal(str(db))))


def schema(path: Path) -> int:
    return int(json.loads(path.read_bytes().split(b"\n", 1)[0])["schema"])


def test_every_older_version_has_its_fixture() -> None:
    assert [f"schema-{number}" for number in range(1, SCHEMA)] == OLD


def test_an_old_database_is_read_as_it_is(old: Path) -> None:
    before = {path.name: path.read_bytes() for path in old.iterdir()}
    found = everything(old)
    assert Counter(each.action for each in found) == {
        "seed": 1, "log": 3, "correct": 1, "target": 1, "undo": 1, "redo": 1, "import": 1, "retract": 1
    }  # fmt: skip
    assert sum(len(each.facts) for each in found) == 756
    assert {each.author for each in found} == {"seed", "ann", "bob", "王芳", "cron"}
    assert Journal(str(old)).header.tz == "Asia/Shanghai"
    store = TinyDBStore(str(old))
    assert len(store.table("readings")) > 700
    assert not store.notices
    assert {path.name: path.read_bytes() for path in old.iterdir()} == before


def test_the_first_write_migrates_and_keeps_the_old_file(old: Path) -> None:
    before, bytes_before = everything(old), facts_file(old).read_bytes()
    reader = TinyDBStore(str(old))
    reader.refresh()
    journal = Journal(str(old))
    generation = journal.header.generation
    journal.append(transaction(1, 7))
    assert everything(old) == [*before, transaction(1, 7)]
    assert schema(facts_file(old)) == SCHEMA
    assert Journal(str(old)).header.generation != generation
    (kept,) = (old / "backups").iterdir()
    assert kept.read_bytes() == bytes_before
    assert [
        f"brought from schema {schema(kept)} to {SCHEMA}; the old file is {kept}" in n
        for n in journal.notices
    ] == [True]
    fresh = reader.refresh()
    assert fresh is not None
    assert fresh.whole
    assert not list(Journal(str(old)).notices)


def test_it_is_migrated_once(old: Path) -> None:
    first, second = Journal(str(old)), Journal(str(old))
    first.append(transaction(1, 7))
    second.append(transaction(2, 8))
    second.append(transaction(3, 9))
    assert len(list((old / "backups").iterdir())) == 1
    assert [each.tx for each in everything(old)][-3:] == [transaction(n, 1).tx for n in (1, 2, 3)]


def test_of_racing_writers_one_migrates_and_none_loses_anything(old: Path) -> None:
    before = len(everything(old))
    code = """
import sys
from gztrack.storage.journal import Journal
from storage.support import transaction
journal = Journal(sys.argv[1])
sys.stdin.readline()
journal.append(transaction(int(sys.argv[2]), 1))
"""
    writers = [script(code, old, number) for number in range(1, 7)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    finish(writers)
    assert len(everything(old)) == before + 6
    assert len(list((old / "backups").iterdir())) == 1


def test_a_damaged_old_database_is_left_as_it_is(old: Path) -> None:
    lines = facts_file(old).read_bytes().split(b"\n")
    damaged = b"\n".join([*lines[:3], *lines[4:]])
    facts_file(old).write_bytes(damaged)
    with pytest.raises(StoreDamaged, match="line 4: the checksum does not fit"):
        Journal(str(old)).append(transaction(1, 7))
    assert facts_file(old).read_bytes() == damaged
    assert not (old / "facts.jsonl.new").exists()


def test_a_migration_that_dies_anywhere_leaves_the_old_or_the_new(tmp_path: Path, old: Path) -> None:
    before = everything(old)
    for at in range(1, 100):
        db = Path(shutil.copytree(old, tmp_path / f"death-{at}"))
        try:
            Journal(str(db), files=Cut(at)).append(transaction(1, 7))
        except Killed:
            died = everything(db)
            assert died in (before, [*before, transaction(1, 7)])
            Journal(str(db)).append(transaction(2, 8))
            assert everything(db) == [*died, transaction(2, 8)]
            assert schema(facts_file(db)) == SCHEMA
            continue
        assert at > 12
        return
    raise AssertionError("it never survived")
