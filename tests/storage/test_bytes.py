"""The journal's bytes: what older and newer versions, and people with an editor, rely on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from zlib import crc32

from gztrack.storage.files import login
from gztrack.storage.journal import Journal
from gztrack.storage.lines import LINE_BYTES, LINE_FACTS
from storage.support import database, facts_file, numbers, transaction

GOLDEN = (
    b'{"gztrack":"facts","schema":2,"title":"Guangzhou","tz":"Asia/Shanghai",'
    b'"generation":"00000000000000000000000007","created":"2020-05-30T08:00:00.000000Z","own":"a2196357",'
    b'"crc":"5cf89d91"}\n'
    b'{"tx":"01e9j9gh010000000000000000","at":"2020-05-30T08:00:01.000000Z","author":"ann","login":"login",'
    b'"action":"log","facts":[["readings",{"id":"01e9j9gh010000000000000001","indicator":"nev-capacity",'
    b'"period":"2020-05","start":"2020-05-01","end":"2020-05-31","value":310000}]],"commit":1,"own":"02687110","crc":"10229188"}\n'
    b'{"tx":"01e9j9gh020000000000000000","at":"2020-05-30T08:00:02.000000Z","author":"\xe5\xb9\xbf","login":"login",'
    b'"action":"log","facts":[["readings",{"id":"01e9j9gh020000000000000001","indicator":"nev-capacity",'
    b'"period":"2020-05","start":"2020-05-01","end":"2020-05-31","value":320000}]],"commit":1,"own":"6fee3751","crc":"b5ab045d"}\n'
)
GOLDEN_MARK = b"mark 1 0000000000000832 eaef2c08 8ea0638b\n"


def test_header_and_two_transactions_to_the_byte(db: Path) -> None:
    journal = Journal(str(db))
    journal.append(transaction(1, 310000))
    journal.append(transaction(2, 320000, author="广"))
    assert facts_file(db).read_bytes() == GOLDEN


def test_the_mark_to_the_byte(db: Path) -> None:
    journal = Journal(str(db))
    journal.append(transaction(1, 310000))
    journal.append(transaction(2, 320000, author="广"))
    lock = (db / "lock").read_bytes()
    assert lock[:42] == GOLDEN_MARK
    assert len(lock) == 202
    assert lock[42:].startswith(f"{login()} (pid {os.getpid()}, ".encode())


def test_a_seed_written_at_creation_is_the_same_bytes_as_one_appended(tmp_path: Path) -> None:
    seed = [transaction(1, 310000), transaction(2, 320000, author="广")]
    assert facts_file(database(tmp_path / "db", *seed)).read_bytes() == GOLDEN


def test_a_checksum_covers_every_byte_of_the_file_before_it(db: Path) -> None:
    Journal(str(db)).append_all([transaction(1, 1), transaction(2, *range(1100))])
    data, at = facts_file(db).read_bytes(), 0
    for line in data.splitlines(keepends=True):
        at += len(line)
        field = at - len(b',"crc":"00000000"}\n')
        assert json.loads(line)["crc"] == f"{crc32(data[:field]):08x}"


def test_a_line_s_own_checksum_covers_its_bytes_before_it(db: Path) -> None:
    Journal(str(db)).append_all([transaction(1, 1), transaction(2, *range(1100))])
    for line in facts_file(db).read_bytes().splitlines():
        body, _, _ = line.partition(b',"own":')
        assert json.loads(line)["own"] == f"{crc32(body[::-1]):08x}"


def test_only_the_last_line_of_a_run_says_commit(db: Path) -> None:
    Journal(str(db)).append(transaction(1, *range(LINE_FACTS * 2 + 1)))
    _, *run = map(json.loads, facts_file(db).read_bytes().splitlines())
    assert [(line["part"], line.get("commit")) for line in run] == [(1, None), (2, None), (3, 3)]
    assert [len(line["facts"]) for line in run] == [LINE_FACTS, LINE_FACTS, 1]


def test_a_line_stays_near_its_limit_however_long_the_notes(db: Path) -> None:
    big = transaction(1, *range(100))
    for _, record in big.facts:
        record["note"] = "n" * 10_000
    Journal(str(db)).append(big)
    lines = facts_file(db).read_bytes().splitlines()
    assert len(lines) > 4
    assert max(map(len, lines)) < LINE_BYTES + 1000
    assert numbers(db) == list(range(100))


def test_line_separators_of_unicode_do_not_end_a_line(db: Path) -> None:
    odd = transaction(1, 1)
    odd.facts[0][1]["note"] = "a\u2028b\u0085c\x1cd\ne"
    Journal(str(db)).append(odd)
    assert facts_file(db).read_bytes().count(b"\n") == 2
    assert numbers(db) == [1]


def test_text_that_looks_like_the_end_of_a_line_is_only_text(db: Path) -> None:
    odd = transaction(1, 1)
    odd.facts[0][1]["note"] = '","commit":1,"crc":"00000000"}\n{"tx":"'
    odd.facts[0][1]["nested"] = {"x": 1, "commit": 1}
    journal = Journal(str(db))
    journal.append(odd)
    journal.append(transaction(2, 2))
    assert numbers(db) == [1, 2]
