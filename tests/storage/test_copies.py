"""Backups: whole or nothing, told from one that was cut or changed anywhere, taken while others write."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gztrack.errors import (
    GztrackError,
    InputError,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreMissing,
    StoreNewer,
)
from gztrack.storage.copies.backups import Backup, Tally, back_up
from gztrack.storage.copies.sources import opened
from gztrack.storage.journal import Journal
from gztrack.storage.lines import seal
from gztrack.storage.reading import transactions
from storage.support import (
    FULL,
    Cut,
    Failing,
    Killed,
    database,
    facts_file,
    finish,
    numbers,
    script,
    transaction,
)

VERSIONS = Path(__file__).parent / "versions"
NOTHING = io.BytesIO()


def backed_up(db: Path, to: Path) -> bytes:
    """The bytes of a backup."""
    back_up(Journal(str(db)), str(to))
    return to.read_bytes()


def held(path: object, stdin: io.BytesIO = NOTHING, near: object = ".") -> tuple[Tally, list[str]]:
    """What a copy holds once it was read through, and what there is to say about it."""
    with opened(str(path), stdin, str(near)) as copy:
        return copy.tally(), copy.notices


def values(path: Path) -> list[Any]:
    """The values of a copy's readings, in its order."""
    with opened(str(path), NOTHING, ".") as copy:
        lines = [json.loads(body + b"}") for body in copy.bodies(copy.tally())]
    return [fact["value"] for line in lines for _, fact in line["facts"]]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return database(tmp_path / "db", transaction(1, 1), transaction(2, *range(2, 700)), transaction(3, 700))


def test_a_backup_is_the_journal_byte_for_byte_between_two_lines_of_its_own(db: Path, tmp_path: Path) -> None:
    first, *journal, last = backed_up(db, tmp_path / "b").splitlines(keepends=True)
    assert b"".join(journal) == facts_file(db).read_bytes()
    assert json.loads(first)["gztrack"] == "backup"
    assert {
        name: json.loads(last)[name] for name in ("gztrack", "bytes", "transactions", "facts", "last")
    } == {
        "gztrack": "end",
        "bytes": facts_file(db).stat().st_size,
        "transactions": 3,
        "facts": 700,
        "last": "2020-05-30T08:00:03.000000Z",
    }


@pytest.mark.parametrize("version", sorted(os.listdir(VERSIONS)))
def test_an_older_database_is_backed_up_as_it_is(tmp_path: Path, version: str) -> None:
    shutil.copytree(VERSIONS / version, tmp_path / "db")
    _, *journal, _ = backed_up(tmp_path / "db", tmp_path / "b").splitlines(keepends=True)
    assert b"".join(journal) == (VERSIONS / version / "facts.jsonl").read_bytes()
    tally, _ = held(tmp_path / "b")
    assert tally.transactions == len(list(transactions(Journal(str(tmp_path / "db")))))


def test_an_empty_database_has_a_backup_too(tmp_path: Path) -> None:
    backed_up(database(tmp_path / "db"), tmp_path / "b")
    tally, notices = held(tmp_path / "b")
    assert (tally.facts, tally.transactions, tally.lines, tally.last, notices) == (0, 0, 0, "", [])


def test_a_backup_that_was_cut_anywhere_is_never_taken_for_a_whole_one(tmp_path: Path) -> None:
    db = database(tmp_path / "db", transaction(1, 1), transaction(2, *range(600)))
    whole = backed_up(db, tmp_path / "whole")
    cut = tmp_path / "cut"
    lines = [at + 1 for at, byte in enumerate(whole) if byte == 10]
    spots = {
        *range(1, len(whole), 97),
        *(at + near for at in lines for near in range(-45, 20)),
        *range(1, 400),
    }
    for end in sorted(spot for spot in spots if 0 < spot < len(whole)):
        cut.write_bytes(whole[:end])
        with pytest.raises((StoreDamaged, InputError)) as refused:
            held(cut)
        assert end < len('{"gztrack":"backup"') or "is not whole: its last line is missing" in str(
            refused.value
        ), end
    assert held(tmp_path / "whole")[0].facts == 601


@given(st.data())
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_flipped_bit_of_a_backup_goes_unnoticed(tmp_path: Path, data: st.DataObject) -> None:
    db = tmp_path / "db"
    if not db.exists():
        backed_up(database(db, transaction(1, 1), transaction(2, 2, 3)), tmp_path / "whole")
    broken = bytearray((tmp_path / "whole").read_bytes())
    broken[data.draw(st.integers(0, len(broken) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (tmp_path / "broken").write_bytes(broken)
    with pytest.raises((StoreDamaged, StoreNewer, InputError)):
        held(tmp_path / "broken")


Change = Callable[[list[bytes]], list[bytes]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: [*lines[:2], lines[3], *lines[4:]], "line 3: the checksum does not fit"),
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], "line 4: the checksum does not fit"),
        (lambda lines: [*lines[:3], lines[3].replace(b'"value":2', b'"value":9'), *lines[4:]],
         "line 4: the checksum does not fit"),
        (lambda lines: [*lines[:3], b"<<<<<<< HEAD\n", *lines[3:]], "line 4: is a merge marker"),
        (lambda lines: [line.replace(b"\n", b"\r\n") for line in lines], "line 1: ends with CRLF"),
        (lambda lines: [b"\xef\xbb\xbf", *lines], "line 1: begins with a byte order mark"),
        (lambda lines: [lines[0], lines[1].replace(b"Guangzhou", b"Shenzhen"), *lines[2:]],
         "line 2: the checksum does not fit"),
        (lambda lines: [*lines, lines[-1]], "line 6: the checksum does not fit"),
        (lambda lines: [*lines, b"\n"], "line 6: is empty"),
        (lambda lines: [*lines[:4], seal(b'{"gztrack":"end","bytes":1', 0)[0]], "line 5: the checksum does not fit"),
        (lambda lines: [*lines[:-1], b"\0" * 30, lines[-1]], "line 5: holds zero bytes"),
    ],
)  # fmt: skip
def test_a_changed_backup_is_refused_and_the_line_is_named(tmp_path: Path, change: Change, said: str) -> None:
    db = database(tmp_path / "db", transaction(1, 1), transaction(2, 2))
    whole = backed_up(db, tmp_path / "whole")
    (tmp_path / "changed").write_bytes(b"".join(change(whole.splitlines(keepends=True))))
    with pytest.raises(StoreDamaged) as refused:
        held(tmp_path / "changed")
    assert f"changed, {said}" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b"", InputError, "is empty; give a backup"),
        (b"\n", InputError, "is neither a backup nor a journal"),
        (b"\0\x01\x02" * 1000, InputError, "is neither a backup nor a journal"),
        (b"\xff\xfe{\0", InputError, "is neither a backup nor a journal"),
        (b"indicator,period,value\nx,2020,1\n", InputError, "gztrack import reads CSV"),
        (b'{"gztrack":"seed","title":"x","tz":"UTC"}\n', InputError, "is neither a backup nor a journal"),
        (b"[1]\n", InputError, "is neither a backup nor a journal"),
        (b'{"gztrack":["facts"]}\n', InputError, "is neither a backup nor a journal"),
        (b'{"gztrack":"facts","schema":2,"title":1}\n', StoreDamaged, "line 1: was not written by gztrack"),
        (b'{"gztrack":"facts","schema":99,"crc":"00000000"}\n', StoreNewer, "written by a newer gztrack (schema 99"),
        (b'{"gztrack":"backup","schema":99}\n', StoreNewer, "written by a newer gztrack (schema 99"),
    ],
)  # fmt: skip
def test_what_is_no_copy_is_refused(
    tmp_path: Path, content: bytes, error: type[GztrackError], said: str
) -> None:
    (tmp_path / "f").write_bytes(content)
    with pytest.raises(error) as refused:
        held(tmp_path / "f")
    assert f"{tmp_path}/f" in str(refused.value)
    assert said in str(refused.value)


def test_a_newer_journal_inside_a_backup_is_refused(db: Path, tmp_path: Path) -> None:
    first, _, *rest = backed_up(db, tmp_path / "whole").splitlines(keepends=True)
    newer, _ = seal(b'{"gztrack":"facts","schema":99,"title":"T","tz":"UTC"', 0)
    (tmp_path / "newer").write_bytes(first + newer + b"".join(rest))
    with pytest.raises(StoreNewer, match="schema 99"):
        held(tmp_path / "newer")


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="is no ordinary file"):
        held(tmp_path / "pipe")
    with pytest.raises(InputError, match="cannot be read: no such file"):
        held(tmp_path / "nothing")
    with pytest.raises(StoreMissing, match="there is no database in this folder"):
        held(tmp_path / "folder")


def test_a_journal_that_somebody_copied_is_taken_and_said_to_have_no_end_line(db: Path) -> None:
    tally, notices = held(facts_file(db))
    assert tally.facts == 700
    assert notices == [
        f"{facts_file(db)}: has no end line, as a backup has, so a cut-off end could not be told"
    ]


def test_a_write_that_was_cut_off_at_the_end_of_a_copied_journal_is_left_out(
    db: Path, tmp_path: Path
) -> None:
    data = facts_file(db).read_bytes()
    (tmp_path / "copy").write_bytes(data[:-30])
    tally, notices = held(tmp_path / "copy")
    assert tally.facts == 699
    assert notices[-1].endswith("bytes are a write that was cut off; they are left out")
    (tmp_path / "copy").write_bytes(data.replace(b'"value":650', b'"value":651'))
    with pytest.raises(StoreDamaged, match="copy, line 4: the checksum does not fit"):
        held(tmp_path / "copy")


def test_another_database_is_a_copy_and_standard_input_too(db: Path, tmp_path: Path) -> None:
    whole = backed_up(db, tmp_path / "whole")
    assert held(db)[0].facts == 700
    near = tmp_path / "not" / "there"
    tally, notices = held("-", io.BytesIO(whole), near)
    assert (tally.facts, notices) == (700, [])
    assert not near.parent.exists()
    with pytest.raises(StoreDamaged, match="standard input: is not whole"):
        held("-", io.BytesIO(whole[:-9]), near)
    with pytest.raises(InputError, match="standard input: is empty"):
        held("-", io.BytesIO(), near)


def test_of_a_database_that_grows_meanwhile_no_more_is_taken_than_was_counted(db: Path) -> None:
    with opened(str(db), NOTHING, ".") as copy:
        tally = copy.tally()
        Journal(str(db)).append(transaction(4, 701))
        assert len(list(copy.bodies(tally))) == tally.lines == 4


def test_a_copy_that_shrank_since_it_was_counted_is_refused(db: Path, tmp_path: Path) -> None:
    shutil.copy(facts_file(db), tmp_path / "copy")
    with opened(str(tmp_path / "copy"), NOTHING, ".") as copy:
        tally = copy.tally()
        lines = facts_file(db).read_bytes().splitlines(keepends=True)
        (tmp_path / "copy").write_bytes(b"".join(lines[:2]))
        with pytest.raises(StoreError, match="was changed while it was read"):
            list(copy.bodies(tally))


def test_a_damaged_database_is_not_backed_up(db: Path, tmp_path: Path) -> None:
    lines = facts_file(db).read_bytes().splitlines(keepends=True)
    facts_file(db).write_bytes(b"".join([*lines[:2], *lines[3:]]))
    with pytest.raises(StoreDamaged, match="line 3: "):
        back_up(Journal(str(db)), str(tmp_path / "b"))
    assert os.listdir(tmp_path) == ["db"]


def test_what_damage_hides_nothing_of_is_backed_up_whole_and_told(db: Path, tmp_path: Path) -> None:
    whole = facts_file(db).read_bytes()
    lines = whole.splitlines(keepends=True)
    facts_file(db).write_bytes(b"".join([*lines[:2], lines[1], *lines[2:]]))
    journal = Journal(str(db))
    back_up(journal, str(tmp_path / "b"))
    _, *kept, _ = (tmp_path / "b").read_bytes().splitlines(keepends=True)
    assert b"".join(kept) == whole
    assert "nothing is lost" in journal.notices[0]


def test_without_a_name_it_goes_among_the_backups_each_under_a_name_of_its_own(db: Path) -> None:
    places = [back_up(Journal(str(db)))[0] for _ in range(3)]
    assert len(set(places)) == 3
    assert all(os.path.dirname(place) == str(db / "backups") for place in places)
    assert sorted(os.listdir(db / "backups")) == sorted(map(os.path.basename, places))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("there", "is there already; --force replaces it"),
        ("link", "is there already; --force replaces it"),
        ("folder", "is a folder; name a file in it"),
        ("folder/", "is a folder; name a file in it"),
        ("no/b", "there is no folder "),
        ("pipe", "is no ordinary file; name another one"),
        ("other/facts.jsonl", "would be taken for a database's own file"),
        ("db/facts.jsonl", "would be taken for a database's own file"),
        ("db/lock", "would be taken for a database's own file"),
        ("db/new", "would be taken for a database's own file"),
    ],
)
def test_a_name_that_cannot_serve_is_refused(tmp_path: Path, db: Path, name: str, said: str) -> None:
    database(tmp_path / "other")
    (tmp_path / "there").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "there")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    before = sorted(tmp_path.rglob("*"))
    for force in {False, "already" not in said}:
        with pytest.raises(InputError) as refused:
            back_up(Journal(str(db)), f"{tmp_path}/{name}", force=force)
        assert str(refused.value).startswith(f"{tmp_path}/{name}: {said}")
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "there").read_text() == "mine"


def test_force_replaces_a_file_and_a_link_but_nothing_that_it_points_to(tmp_path: Path, db: Path) -> None:
    (tmp_path / "there").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "there")
    back_up(Journal(str(db)), str(tmp_path / "link"), force=True)
    assert (tmp_path / "there").read_text() == "mine"
    assert not (tmp_path / "link").is_symlink()
    back_up(Journal(str(db)), str(tmp_path / "there"), force=True)
    assert held(tmp_path / "there")[0].facts == held(tmp_path / "link")[0].facts == 700


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o000])
@pytest.mark.parametrize(
    ("folder", "mode"), [(0o2770, 0o660), (0o755, 0o640), (0o700, 0o600), (0o777, 0o660)]
)
def test_a_backup_is_for_the_folders_group_and_never_for_the_world(
    tmp_path: Path, db: Path, umask: int, folder: int, mode: int
) -> None:
    (tmp_path / "to").mkdir()
    (tmp_path / "to").chmod(folder)
    before = os.umask(umask)
    try:
        back_up(Journal(str(db)), str(tmp_path / "to" / "b"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "to" / "b").stat().st_mode) == mode


def test_a_full_disk_leaves_no_backup(tmp_path: Path, db: Path) -> None:
    with pytest.raises(StoreFull):
        back_up(Journal(str(db)), str(tmp_path / "b"), files=Failing(write=FULL))
    with pytest.raises(StoreError):
        back_up(Journal(str(db)), str(tmp_path / "b"), files=Failing(sync=5))
    assert os.listdir(tmp_path) == ["db"]


def test_a_death_at_any_call_leaves_a_whole_backup_or_none_under_the_name(tmp_path: Path, db: Path) -> None:
    place, at = tmp_path / "b", 0
    deaths = 0
    while not place.exists() or deaths == at:
        place.unlink(missing_ok=True)
        at += 1
        with suppress(Killed):
            back_up(Journal(str(db)), str(place), files=Cut(at))
            break
        deaths += 1
        if place.exists():
            assert held(place)[0].facts == 700
    assert deaths > 4
    assert held(place)[0].facts == 700


WRITE = """
import sys
from gztrack.storage.journal import Journal
from storage.support import transaction
print(flush=True)
for number in range(1, 400):
    Journal(sys.argv[1]).append(transaction(number, number))
"""


def test_a_backup_taken_while_others_write_is_a_prefix_of_what_they_wrote(tmp_path: Path) -> None:
    db = database(tmp_path / "db")
    writer = script(WRITE, db)
    assert writer.stdout is not None
    writer.stdout.readline()
    found, number = [], 0
    while writer.poll() is None:
        number += 1
        least = len(numbers(db))
        back_up(Journal(str(db)), str(tmp_path / f"b{number}"))
        found.append((least, values(tmp_path / f"b{number}")))
    finish([writer])
    assert len({len(taken) for _, taken in found}) > 2
    for least, taken in found:
        assert taken == list(range(1, len(taken) + 1))
        assert len(taken) >= least


def test_memory_does_not_grow_with_the_pieces_of_a_backup(tmp_path: Path) -> None:
    db = database(tmp_path / "db")
    for first in range(1, 400, 20):
        Journal(str(db)).append_all([transaction(n, *range(500)) for n in range(first, first + 20)])
    assert facts_file(db).stat().st_size > 5 * (4 << 20)
    pieces = list(map(len, Backup(Journal(str(db)))))
    assert max(pieces) <= 2 * (4 << 20)
    assert sum(pieces) > facts_file(db).stat().st_size


def test_the_watcher_is_told_how_far_it_is(db: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    back_up(Journal(str(db)), str(tmp_path / "b"), watch=lambda done, of: steps.append((done, of)))
    size = facts_file(db).stat().st_size
    assert steps[-1] == (size, size)
    with opened(str(tmp_path / "b"), NOTHING, ".") as copy:
        copy.bodies(copy.tally(lambda done, of: steps.append((done, of))))
        assert 0 < steps[-1][0] <= steps[-1][1] == copy.size
