"""Damage is named with file and line, never skipped, and nothing is appended to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest

from gztrack.errors import StoreDamaged, StoreError, StoreNewer
from gztrack.storage.journal import Journal
from gztrack.storage.lines import seal
from gztrack.storage.lock import Lock, Mark
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import database, facts_file, numbers, transaction

Lines = list[bytes]


def flipped(number: int) -> Callable[[Lines], Lines]:
    """One byte of a line differs."""

    def change(lines: Lines) -> Lines:
        line = lines[number - 1]
        return [*lines[: number - 1], line.replace(b'"period":"2020', b'"period":"2021'), *lines[number:]]

    return change


def crlf(lines: Lines) -> Lines:
    return [line.replace(b"\n", b"\r\n") for line in lines]


CASES: list[tuple[str, Callable[[Lines], Lines], str]] = [
    ("a flipped byte", flipped(3), "line 3: the checksum does not fit"),
    ("a flipped byte in the last line", flipped(5), "line 5: the checksum does not fit"),
    (
        "a changed checksum",
        lambda x: [*x[:2], x[2][:-4] + b"x" + x[2][-3:], *x[3:]],
        "line 3: the checksum does not",
    ),
    ("a deleted line", lambda x: [*x[:2], *x[3:]], "line 3: the checksum does not fit"),
    ("the first transaction deleted", lambda x: [x[0], *x[2:]], "line 2: the checksum does not fit"),
    ("two lines swapped", lambda x: [*x[:2], x[3], x[2], *x[4:]], "line 3: the checksum does not fit"),
    ("a doubled line", lambda x: [*x[:3], x[2], *x[3:]], "line 4: the checksum does not fit"),
    ("a line in between", lambda x: [*x[:3], b"hello\n", *x[3:]], "line 4: is not JSON"),
    ("an empty line", lambda x: [*x[:3], b"\n", *x[3:]], "line 4: is empty"),
    (
        "a merge marker",
        lambda x: [*x[:3], b"<<<<<<< HEAD\n", *x[3:]],
        "line 4: is a merge marker.* gztrack merge",
    ),
    ("zero bytes", lambda x: [*x[:2], bytes(len(x[2])), *x[3:]], "line 3: holds zero bytes"),
    ("a line cut short", lambda x: [*x[:2], x[2][:40], *x[3:]], "line 3: is not JSON"),
    (
        "a byte order mark",
        lambda x: [b"\xef\xbb\xbf" + x[0], *x[1:]],
        "line 1: begins with a byte order mark",
    ),
    ("line ends of Windows", crlf, "line 1: ends with CRLF"),
    (
        "one line end of Windows",
        lambda x: [*x[:2], x[2].replace(b"\n", b"\r\n"), *x[3:]],
        "line 3: ends with CRLF",
    ),
    (
        "a changed title",
        lambda x: [x[0].replace(b"Guang", b"Huang"), *x[1:]],
        "line 1: the checksum does not fit",
    ),
    ("no header", lambda x: x[1:], "line 1: the checksum does not fit|line 1: is not the first line"),
    (
        "another file",
        lambda x: [b"indicator,period,value\n"],
        "line 1: is not the first line of a gztrack journal",
    ),
    ("an empty file", lambda x: [], "is empty"),
    ("zeros", lambda x: [bytes(500)], "line 1: is not the first line of a gztrack journal"),
]


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    """A header and four transactions, in ``tmp_path/db``."""
    db = database(tmp_path / "db", *(transaction(n, n) for n in range(1, 5)))
    return facts_file(db).read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize(("change", "message"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_damage_is_named_to_readers_and_to_writers(
    tmp_path: Path, lines: Lines, change: Callable[[Lines], Lines], message: str
) -> None:
    db = tmp_path / "db"
    damaged = b"".join(change(lines))
    facts_file(db).write_bytes(damaged)
    with pytest.raises(StoreDamaged, match=rf"facts.jsonl(, |: )({message})") as told:
        numbers(db)
    assert "gztrack doctor" in str(told.value)
    assert "\n" not in str(told.value)
    with pytest.raises(StoreDamaged):
        TinyDBStore(str(db)).refresh()
    with pytest.raises(StoreDamaged):
        append_and_read(db)


def append_and_read(db: Path) -> None:
    """An append looks at the end only, so damage further up is found by whoever reads next."""
    journal = Journal(str(db))
    journal.append(transaction(9, 9))
    list(journal.read())


@pytest.mark.parametrize(
    ("change", "message"),
    [case[1:] for case in CASES if "last" not in case[0]],
    ids=[case[0] for case in CASES if "last" not in case[0]],
)
def test_damage_is_named_without_a_mark_too(
    tmp_path: Path, lines: Lines, change: Callable[[Lines], Lines], message: str
) -> None:
    db = tmp_path / "db"
    facts_file(db).write_bytes(b"".join(change(lines)))
    (db / "lock").unlink()
    with pytest.raises(StoreDamaged, match=rf"facts.jsonl(, |: )({message})"):
        numbers(db)
    with pytest.raises(StoreDamaged, match=rf"facts.jsonl(, |: )({message})"):
        Journal(str(db)).append(transaction(9, 9))


def test_a_newer_schema_is_refused_and_not_called_damage(tmp_path: Path, lines: Lines) -> None:
    db = tmp_path / "db"
    newer = lines[0].replace(b'"schema":1', b'"schema":2')
    facts_file(db).write_bytes(b"".join([newer, *lines[1:]]))
    with pytest.raises(StoreNewer, match=r"schema 2, and this one knows 1\): upgrade gztrack"):
        Journal(str(db))


def test_a_newer_file_that_came_while_we_ran_gets_no_old_lines(tmp_path: Path, lines: Lines) -> None:
    db = tmp_path / "db"
    journal = Journal(str(db))
    newer = lines[0].replace(b'"schema":1', b'"schema":2')
    (db / "migrated").write_bytes(newer)
    (db / "migrated").rename(facts_file(db))
    with pytest.raises(StoreNewer):
        journal.append(transaction(9, 9))
    assert facts_file(db).read_bytes() == newer


def test_what_was_read_before_stays_when_damage_shows_up(tmp_path: Path, lines: Lines) -> None:
    db = tmp_path / "db"
    store = TinyDBStore(str(db))
    store.refresh()
    with facts_file(db).open("ab") as file:
        file.write(b"hello\n")
    with pytest.raises(StoreDamaged, match="line 6: is not JSON"):
        store.refresh()
    facts_file(db).write_bytes(b"".join(lines))
    assert len(store.table("readings")) == 4


def test_sealed_lines_that_make_no_transaction_are_damage(tmp_path: Path) -> None:
    db = database(tmp_path / "db")
    start = facts_file(db).read_bytes()
    line, checksum = seal(b'{"tx":"x","part":2,"commit":2', crc32(start))
    facts_file(db).write_bytes(start + line)
    lock = Lock(str(db))
    with lock.held() as fd:
        lock.write_mark(fd, Mark(len(start + line), checksum))
    with pytest.raises(StoreDamaged, match="part 2 of a transaction stands where part 1 was due"):
        numbers(db)
    with pytest.raises(StoreDamaged, match="part 2 of a transaction stands where part 1 was due"):
        TinyDBStore(str(db)).refresh()


def test_a_directory_in_place_of_the_journal_is_said(tmp_path: Path) -> None:
    (tmp_path / "db" / "facts.jsonl").mkdir(parents=True)
    with pytest.raises(StoreError, match="is not a file"):
        Journal(str(tmp_path / "db"))
