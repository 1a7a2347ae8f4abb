"""Damage is named with file and line, never skipped; what is proven is read on, what is lost is refused."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest

from gztrack.errors import StoreDamaged, StoreError, StoreNewer
from gztrack.storage.health.chain import flipped_bit
from gztrack.storage.health.repairing import repair
from gztrack.storage.journal import Journal
from gztrack.storage.lines import encode, seal
from gztrack.storage.lock import Lock, Mark
from gztrack.storage.reading import transactions
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import database, facts_file, numbers, transaction

Lines = list[bytes]


def flipped(number: int) -> Callable[[Lines], Lines]:
    """One byte of a line differs."""

    def change(lines: Lines) -> Lines:
        line = lines[number - 1]
        return [*lines[: number - 1], line.replace(b'"period":"2020', b'"period":"2021'), *lines[number:]]

    return change


def seal_flipped(number: int) -> Callable[[Lines], Lines]:
    """One bit of a line's running checksum differs."""
    return lambda lines: [
        bytes([*line[:-4], line[-4] ^ 1, *line[-3:]]) if at == number else line
        for at, line in enumerate(lines, 1)
    ]


def edited(number: int) -> Callable[[Lines], Lines]:
    """Somebody changed a figure with an editor."""
    return lambda lines: [
        re.sub(rb'"value":\d+', b'"value":9876', line) if at == number else line
        for at, line in enumerate(lines, 1)
    ]


def branch(lines: Lines) -> bytes:
    """What another copy of the journal has in place of the last line."""
    return seal(encode(transaction(8, 8))[0], crc32(b"".join(lines[:4])))[0]


def conflict(lines: Lines, ours: bytes, theirs: bytes) -> Lines:
    """What a version control system makes of two copies."""
    return [*lines[:4], b"<<<<<<< HEAD\n", ours, b"=======\n", theirs, b">>>>>>> other\n"]


def crlf(lines: Lines) -> Lines:
    return [line.replace(b"\n", b"\r\n") for line in lines]


Change = Callable[[Lines], Lines]

PROVEN: list[tuple[str, Change, str]] = [
    ("a flipped bit", flipped(3), "line 3: has one flipped bit"),
    ("a flipped bit in the last line", flipped(5), "line 5: has one flipped bit"),
    ("a flipped bit in a checksum", seal_flipped(3), "line 3: has one flipped bit"),
    ("a flipped bit in the last checksum", seal_flipped(5), "line 5: has one flipped bit"),
    (
        "a flipped bit in the header",
        lambda x: [x[0].replace(b"Guang", b"Guano"), *x[1:]],
        "line 1: has one flip",
    ),
    (
        "a line end hit by a flipped bit",
        lambda x: [*x[:2], x[2][:-1] + b"\x0b", *x[3:]],
        "line 3: has one flipped",
    ),
    ("two lines swapped", lambda x: [*x[:2], x[3], x[2], *x[4:]], "line 3: stands in the wrong place"),
    ("a doubled line", lambda x: [*x[:3], x[2], *x[3:]], "line 4: stands there twice"),
    ("the last line doubled", lambda x: [*x, x[4]], "line 6: stands there twice"),
    ("a line in between", lambda x: [*x[:3], b"hello\n", *x[3:]], "line 4: is not JSON"),
    ("a line at the end", lambda x: [*x, b"hello\n"], "line 6: is not JSON"),
    ("an empty line", lambda x: [*x[:3], b"\n", *x[3:]], "line 4: is empty"),
    (
        "a merge marker",
        lambda x: [*x[:3], b"<<<<<<< HEAD\n", *x[3:]],
        "line 4: is a merge marker.* gztrack merge",
    ),
    (
        "a byte order mark",
        lambda x: [b"\xef\xbb\xbf" + x[0], *x[1:]],
        "line 1: begins with a byte order mark",
    ),
    ("line ends of Windows", crlf, r"line 1: ends with CRLF \(and 4 more\)"),
    (
        "one line end of Windows",
        lambda x: [*x[:2], *crlf(x[2:3]), *x[3:]],
        "line 3: ends with CRLF, so an editor",
    ),
]
"""Damage in spite of which every byte of the original is known."""

PROVEN_BY_THE_MARK: list[tuple[str, Change, str]] = [
    ("the last line end missing", lambda x: [*x[:4], x[4][:-1]], "line 5: has lost its line end"),
    ("a conflict, ours first", lambda x: conflict(x, x[4], branch(x)), "line 5: is a merge marker"),
    ("a conflict, theirs first", lambda x: conflict(x, branch(x), x[4]), "line 5: is a merge marker"),
]
"""Where only the mark tells which bytes were acknowledged here."""

LOST: list[tuple[str, Change, str]] = [
    ("a line changed by hand", edited(3), "line 3: the checksum does not fit"),
    ("the last line changed by hand", edited(5), "line 5: the checksum does not fit"),
    (
        "a changed checksum",
        lambda x: [*x[:2], x[2][:-4] + b"x" + x[2][-3:], *x[3:]],
        "line 3: the checksum does",
    ),
    ("a deleted line", lambda x: [*x[:2], *x[3:]], "line 3: the checksum does not fit"),
    ("the first transaction deleted", lambda x: [x[0], *x[2:]], "line 2: the checksum does not fit"),
    ("zero bytes", lambda x: [*x[:2], bytes(len(x[2])), *x[3:]], "line 3: holds zero bytes"),
    ("a line cut short", lambda x: [*x[:2], x[2][:40], *x[3:]], "line 3: is not JSON"),
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
"""Damage that takes something away that was acknowledged."""

LOST_BY_THE_MARK: list[tuple[str, Change, str]] = [
    ("the last line deleted", lambda x: x[:4], "was emptied or put back from an older copy"),
    ("everything but the header deleted", lambda x: x[:1], "was emptied or put back from an older copy"),
    ("the last line cut short", lambda x: [*x[:4], x[4][:60]], "was emptied or put back from an older copy"),
    ("another branch in place of the last line", lambda x: [*x[:4], branch(x)], "is another journal's copy"),
]
"""What only the mark can tell."""


def ids(cases: list[tuple[str, Change, str]]) -> list[str]:
    return [name for name, _, _ in cases]


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    """A header and four transactions, in ``tmp_path/db``."""
    db = database(tmp_path / "db", *(transaction(n, n) for n in range(1, 5)))
    return facts_file(db).read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("change", "message"),
    [case[1:] for case in PROVEN + PROVEN_BY_THE_MARK],
    ids=ids(PROVEN + PROVEN_BY_THE_MARK),
)
def test_what_is_proven_is_read_and_said(tmp_path: Path, lines: Lines, change: Change, message: str) -> None:
    db = tmp_path / "db"
    facts_file(db).write_bytes(b"".join(change(lines)))
    assert_read_with_a_notice(db, message)
    store = TinyDBStore(str(db))
    store.refresh()
    assert [fact["value"] for fact in store.table("readings")] == [1, 2, 3, 4]
    assert re.search(rf"facts.jsonl, {message}.*gztrack doctor --repair", " ".join(store.notices))


# Without a mark a bad last line is a write that was cut off.
PROVEN_WITHOUT = [case for case in PROVEN if "in the last" not in case[0]]


@pytest.mark.parametrize(
    ("change", "message"), [case[1:] for case in PROVEN_WITHOUT], ids=ids(PROVEN_WITHOUT)
)
def test_what_is_proven_is_read_without_a_mark_too(
    tmp_path: Path, lines: Lines, change: Change, message: str
) -> None:
    db = tmp_path / "db"
    facts_file(db).write_bytes(b"".join(change(lines)))
    (db / "lock").unlink()
    assert_read_with_a_notice(db, message)


@pytest.mark.parametrize(
    "change", [case[1] for case in PROVEN + PROVEN_BY_THE_MARK], ids=ids(PROVEN + PROVEN_BY_THE_MARK)
)
def test_a_write_goes_after_proven_damage_or_is_refused(tmp_path: Path, lines: Lines, change: Change) -> None:
    db = tmp_path / "db"
    damaged = b"".join(change(lines))
    facts_file(db).write_bytes(damaged)
    kept = [1, 2, 3, 4]
    try:
        Journal(str(db)).append(transaction(9, 9))
        kept.append(9)
    except StoreDamaged:
        pass
    assert facts_file(db).read_bytes().startswith(damaged)
    assert len(kept) == 5 or facts_file(db).read_bytes() == damaged
    assert numbers(db) == kept


def assert_read_with_a_notice(db: Path, message: str) -> None:
    journal = Journal(str(db))
    found = [record["value"] for each in transactions(journal) for _, record in each.facts]
    assert found == [1, 2, 3, 4]
    assert re.search(rf"facts.jsonl, {message}.*gztrack doctor --repair", " ".join(journal.notices))


@pytest.mark.parametrize(
    ("change", "message"), [case[1:] for case in LOST + LOST_BY_THE_MARK], ids=ids(LOST + LOST_BY_THE_MARK)
)
def test_loss_is_named_to_readers_and_to_writers(
    tmp_path: Path, lines: Lines, change: Change, message: str
) -> None:
    db = tmp_path / "db"
    facts_file(db).write_bytes(b"".join(change(lines)))
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


LOST_WITHOUT = [case for case in LOST if "last" not in case[0]]


@pytest.mark.parametrize(("change", "message"), [case[1:] for case in LOST_WITHOUT], ids=ids(LOST_WITHOUT))
def test_loss_is_named_without_a_mark_too(tmp_path: Path, lines: Lines, change: Change, message: str) -> None:
    db = tmp_path / "db"
    facts_file(db).write_bytes(b"".join(change(lines)))
    (db / "lock").unlink()
    with pytest.raises(StoreDamaged, match=rf"facts.jsonl(, |: )({message})"):
        numbers(db)
    with pytest.raises(StoreDamaged, match=rf"facts.jsonl(, |: )({message})"):
        Journal(str(db)).append(transaction(9, 9))


def test_a_newer_schema_is_refused_and_not_called_damage(tmp_path: Path, lines: Lines) -> None:
    db = tmp_path / "db"
    newer, _ = seal(lines[0].partition(b',"own"')[0].replace(b'"schema":2', b'"schema":3'), 0)
    facts_file(db).write_bytes(b"".join([newer, *lines[1:]]))
    with pytest.raises(StoreNewer, match=r"schema 3, and this one knows 2\): upgrade gztrack"):
        Journal(str(db))


def test_a_newer_file_that_came_while_we_ran_gets_no_old_lines(tmp_path: Path, lines: Lines) -> None:
    db = tmp_path / "db"
    journal = Journal(str(db))
    newer, _ = seal(lines[0].partition(b',"own"')[0].replace(b'"schema":2', b'"schema":3'), 0)
    (db / "migrated").write_bytes(newer)
    (db / "migrated").rename(facts_file(db))
    with pytest.raises(StoreNewer):
        journal.append(transaction(9, 9))
    assert facts_file(db).read_bytes() == newer


def test_what_was_read_before_stays_when_damage_shows_up(tmp_path: Path, lines: Lines) -> None:
    db = tmp_path / "db"
    store = TinyDBStore(str(db))
    store.refresh()
    facts_file(db).write_bytes(b"".join(edited(4)(lines)))
    with pytest.raises(StoreDamaged, match="line 4: the checksum does not fit"):
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


def test_the_last_line_end_is_put_right_though_a_torn_write_follows(tmp_path: Path, lines: Lines) -> None:
    db = tmp_path / "db"
    facts_file(db).write_bytes(b"".join(lines)[:-1] + b'\x0b{"tx":"01')
    assert_read_with_a_notice(db, "line 5: has one flipped bit")
    facts_file(db).write_bytes(
        b"".join(lines)[:-1] + b"\x0b" + seal(encode(transaction(9, 9))[0], crc32(b"".join(lines)))[0]
    )
    journal = Journal(str(db))
    found = [record["value"] for each in transactions(journal) for _, record in each.facts]
    assert found == [1, 2, 3, 4, 9]


def test_a_file_that_is_harmed_all_over_is_told_in_reasonable_time(tmp_path: Path) -> None:
    """As by somebody who saved it in another encoding; a square of the lines would take hours."""
    db = database(tmp_path / "db", *(transaction(n, n, author="广州") for n in range(1, 8000)))
    data = facts_file(db).read_bytes()
    facts_file(db).write_bytes(data.decode("utf-8").encode("gb18030"))
    with pytest.raises(StoreDamaged, match="line 2: "):
        numbers(db)


def more(lines: Lines, *values: int) -> bytes:
    """What follows the first transaction in another copy."""
    checksum, data = crc32(b"".join(lines[:2])), b""
    for value in values:
        line, checksum = seal(encode(transaction(100 + value, value))[0], checksum)
        data += line
    return data


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda a, b, c: [*a, *b], "the other copy behind ours"),
        (lambda a, b, c: [*b, *a], "the other copy before ours"),
        (lambda a, b, c: [*b, *a, *c], "ours between two others"),
        (lambda a, b, c: [x for pair in zip(b, a, strict=True) for x in pair], "line by line"),
        (lambda a, b, c: [*reversed(b), *reversed(a), *c], "backwards"),
    ],
)
def test_of_several_copies_in_one_file_the_mark_knows_ours(
    tmp_path: Path, lines: Lines, change: Callable[[Lines, Lines, Lines], Lines], what: str
) -> None:
    db = tmp_path / "db"
    ours, other = lines[2:], more(lines, 20, 21, 22).splitlines(keepends=True)
    third = more(lines, 30, 31).splitlines(keepends=True)
    facts_file(db).write_bytes(b"".join([*lines[:2], *change(ours, other, third)]))
    with contextlib.suppress(StoreDamaged):  # a reader that has handed out another copy's first line gives up
        assert numbers(db) == [1, 2, 3, 4]
    assert repair(str(db)).sound
    assert numbers(db) == [1, 2, 3, 4]
    aside = b"".join(path.read_bytes() for path in (db / "quarantine").iterdir())
    assert all(line in aside for line in other)


@pytest.mark.parametrize(
    ("behind", "place", "swapped"),
    [(1, 1, 0), (1, 2, 0), (2, 0, 1), (2, 3, 0), (2, 2, 1), (3, 1, 2), (4, 3, 2)],
)
def test_a_copys_line_between_swapped_ones_and_a_flipped_last_one_leads_astray_on_one_way_only(
    tmp_path: Path, behind: int, place: int, swapped: int
) -> None:
    """Which of two continuations is ours shows only at the end: one way of walking finds it, the other does not."""
    db = database(tmp_path / "db", *(transaction(n, n) for n in range(1, 6)))
    header, *ours = facts_file(db).read_bytes().splitlines(keepends=True)
    other, _ = seal(encode(transaction(8, 8))[0], crc32(b"".join([header, *ours][:behind])))
    ours[swapped], ours[swapped + 1] = ours[swapped + 1], ours[swapped]
    ours[-1] = ours[-1].replace(b'"period":"2020', b'"period":"2021')
    facts_file(db).write_bytes(b"".join([header, *ours[:place], other, *ours[place:]]))

    with contextlib.suppress(StoreDamaged):  # who has handed out the other copy's line gives up
        assert numbers(db) == [1, 2, 3, 4, 5]
    assert repair(str(db)).sound
    assert numbers(db) == [1, 2, 3, 4, 5]


def test_a_digit_of_a_checksum_that_became_a_capital_is_one_flipped_bit(tmp_path: Path, lines: Lines) -> None:
    """It is the same number still, but not what was written: the next lines' checksums tell."""
    db, told = tmp_path / "db", 0
    for number, line in enumerate(lines):
        digits = line[-11:-3]
        for at in (at for at in range(8) if digits[at : at + 1].isalpha()):
            capital = digits[:at] + digits[at : at + 1].upper() + digits[at + 1 :]
            changed = [*lines[:number], line[:-11] + capital + line[-3:], *lines[number + 1 :]]
            facts_file(db).write_bytes(b"".join(changed))
            store = TinyDBStore(str(db))
            assert [fact["value"] for _, fact in store.facts()[0]] == [1, 2, 3, 4]
            assert "has one flipped bit" in " ".join(store.notices)
            told += 1
    assert told


def test_without_a_mark_nobody_knows_ours_and_it_is_called_a_loss(tmp_path: Path, lines: Lines) -> None:
    db = tmp_path / "db"
    facts_file(db).write_bytes(b"".join(lines) + more(lines, 20, 21))
    (db / "lock").unlink()
    with pytest.raises(StoreDamaged):
        numbers(db)


def test_two_flipped_bits_of_a_long_line_are_never_put_right_by_a_third(tmp_path: Path) -> None:
    """CRC-32 alone tells them apart only up to some kilobytes; the line's own checksum does beyond."""
    db = database(tmp_path / "db", transaction(1, *range(100_000, 100_400)))
    data = facts_file(db).read_bytes()
    line = data.index(b"\n") + 1
    length = len(data) - line - 19
    one_bit = differences(length)
    explained = set(one_bit.values())
    chance = random.Random(7)
    places = [at for at in range(length - 41) if data[line + at : line + at + 1].isdigit()]
    pairs = (chance.sample(places, 2) for _ in range(1_000_000))
    # Of two, another one that is far away makes the same difference: about one pair in ten thousand.
    first, second = next((a, b) for a, b in pairs if one_bit[a, 0] ^ one_bit[b, 1] in explained)
    harmed = bytearray(data)
    harmed[line + first] ^= 1
    harmed[line + second] ^= 2
    before = crc32(data[:line])
    difference = crc32(harmed[line:-19], before) ^ crc32(data[line:-19], before)
    assert flipped_bit(difference, length) is not None
    facts_file(db).write_bytes(harmed)
    with pytest.raises(StoreDamaged):
        numbers(db)


def differences(length: int) -> dict[tuple[int, int], int]:
    """What each flipped bit of so many bytes changes their CRC-32 by, by its byte and its place in there."""
    table = [crc32(bytes([byte]), 0xFFFFFFFF) ^ 0xFFFFFFFF for byte in range(256)]
    found = {}
    for bit in range(8):
        state = table[1 << bit]
        for at in range(length - 1, -1, -1):
            found[at, bit] = state
            state = state >> 8 ^ table[state & 0xFF]
    return found


def test_a_flipped_bit_in_the_schema_s_number_makes_no_newer_database(tmp_path: Path, lines: Lines) -> None:
    db = tmp_path / "db"
    facts_file(db).write_bytes(b"".join(lines).replace(b'"schema":2', b'"schema":3', 1))
    assert_read_with_a_notice(db, "line 1: has one flipped bit")
