"""The doctor finds every kind of damage, says where, backs up, puts right what can be put right, and says so."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from pathlib import Path
from zlib import crc32

import pytest

from gztrack.errors import StoreBusy, StoreError, StoreMissing, StoreNewer
from gztrack.storage.files import Files
from gztrack.storage.health import surroundings
from gztrack.storage.health.doctor import Report, examine
from gztrack.storage.health.findings import DAMAGE, NOTE, WARNING, Finding
from gztrack.storage.health.repairing import repair
from gztrack.storage.journal import Journal
from gztrack.storage.lines import seal
from gztrack.storage.lock import Lock, Mark
from storage.support import Cut, Killed, database, facts_file, numbers, transaction
from storage.test_damage import LOST, LOST_BY_THE_MARK, PROVEN, PROVEN_BY_THE_MARK, Change, Lines, edited, ids

WHOLE = [1, 2, 3, 4]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return database(tmp_path / "db", *(transaction(n, n) for n in WHOLE))


@pytest.fixture
def lines(db: Path) -> Lines:
    return facts_file(db).read_bytes().splitlines(keepends=True)


def damages(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.weight == DAMAGE]


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of the database, byte for byte; of the lock its mark alone: the other line tells who took it when."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    if "lock" in found:
        found["lock"] = found["lock"].splitlines()[0]
    return found


def test_a_sound_database_has_nothing_wrong(db: Path) -> None:
    assert examine(str(db)) == Report(str(db), (), 4, 4)
    before = snapshot(db)
    assert repair(str(db)) == Report(str(db), (), 4, 4)
    assert snapshot(db) == before


@pytest.mark.parametrize(
    ("change", "message"),
    [case[1:] for case in PROVEN + PROVEN_BY_THE_MARK],
    ids=ids(PROVEN + PROVEN_BY_THE_MARK),
)
def test_proven_damage_is_found_and_put_right(db: Path, lines: Lines, change: Change, message: str) -> None:
    damaged = b"".join(change(lines))
    facts_file(db).write_bytes(damaged)
    before = snapshot(db)
    found = examine(str(db))
    assert snapshot(db) == before
    assert not found.sound
    assert found.facts == 4
    number = int(message.split(":")[0].removeprefix("line "))
    assert number in {finding.line for finding in damages(found)}
    assert all("nothing is lost" in finding.advice for finding in damages(found))
    mended = repair(str(db))
    assert mended.sound
    assert mended.facts == 4
    assert [path.read_bytes() for path in (db / "backups").iterdir()] == [damaged]
    assert any("backups" in line for line in mended.done)
    assert numbers(db) == WHOLE
    Journal(str(db)).append(transaction(9, 9))
    assert numbers(db) == [*WHOLE, 9]
    assert not Journal(str(db)).notices


KEPT = {
    "a line changed by hand": [1, 3, 4],
    "the last line changed by hand": [1, 2, 3],
    "a changed checksum": [1, 3, 4],
    "a deleted line": [1, 3, 4],
    "the first transaction deleted": [2, 3, 4],
    "zero bytes": [1, 3, 4],
    "a line cut short": [1, 3, 4],
    "a changed title": WHOLE,
    "no header": WHOLE,
    "the last line deleted": [1, 2, 3],
    "the last line cut short": [1, 2, 3],
    "another branch in place of the last line": [1, 2, 3, 8],
}
NOTHING_LEFT = ["another file", "an empty file", "zeros", "everything but the header deleted"]


def test_every_kind_of_loss_is_listed_here() -> None:
    assert {*KEPT, *NOTHING_LEFT} == {case[0] for case in LOST + LOST_BY_THE_MARK}


@pytest.mark.parametrize("kind", KEPT)
def test_what_is_left_after_a_loss_is_kept_and_the_loss_is_said(db: Path, lines: Lines, kind: str) -> None:
    (change,) = (case[1] for case in LOST + LOST_BY_THE_MARK if case[0] == kind)
    damaged = b"".join(change(lines))
    facts_file(db).write_bytes(damaged)
    found = examine(str(db))
    assert damages(found)
    assert all(finding.file == "facts.jsonl" for finding in damages(found))
    assert any("gztrack merge BACKUP" in finding.advice for finding in damages(found))
    mended = repair(str(db))
    assert mended.sound
    assert numbers(db) == KEPT[kind]
    assert [path.read_bytes() for path in (db / "backups").iterdir()] == [damaged]
    assert any("something was lost" in line for line in mended.done)
    Journal(str(db)).append(transaction(9, 9))
    assert numbers(db) == [*KEPT[kind], 9]


def test_a_line_changed_by_hand_is_put_aside_and_told_in_words(db: Path, lines: Lines) -> None:
    facts_file(db).write_bytes(b"".join(edited(3)(lines)))
    (finding,) = damages(examine(str(db)))
    assert finding.line == 3
    assert (
        finding.what
        == "was changed after it was written; it says reading nev-capacity 9876 for 2020-05 by ann"
    )
    done = " ".join(repair(str(db)).done)
    assert "put a line aside" in done
    assert "reading nev-capacity 9876 for 2020-05 by ann" in done
    (aside,) = (db / "quarantine").iterdir()
    assert aside.read_bytes() == edited(3)(lines)[2]


def test_the_title_and_zone_stay_unless_their_own_line_is_lost(db: Path, lines: Lines) -> None:
    facts_file(db).write_bytes(b"".join(edited(3)(lines)))
    repair(str(db))
    header = Journal(str(db)).header
    assert (header.title, header.tz, header.created) == (
        "Guangzhou",
        "Asia/Shanghai",
        "2020-05-30T08:00:00.000000Z",
    )
    facts_file(db).write_bytes(facts_file(db).read_bytes().replace(b"Guangzhou", b"Hangzhou", 1))
    done = " ".join(repair(str(db)).done)
    assert "the title and the zone were lost: it is called db, its days go by UTC" in done
    assert Journal(str(db)).header.tz == "UTC"


@pytest.mark.parametrize("kind", NOTHING_LEFT)
def test_nothing_is_not_made_into_an_empty_database(db: Path, lines: Lines, kind: str) -> None:
    (change,) = (case[1] for case in LOST + LOST_BY_THE_MARK if case[0] == kind)
    facts_file(db).write_bytes(b"".join(change(lines)))
    before = snapshot(db)
    report = repair(str(db))
    assert not report.sound
    assert "gztrack restore" in " ".join([*report.done, *(finding.advice for finding in report.findings)])
    assert facts_file(db).read_bytes() == before["facts.jsonl"]


def test_half_of_a_long_transaction_is_not_kept(db: Path) -> None:
    Journal(str(db)).append(transaction(5, *range(100, 1700)))
    Journal(str(db)).append(transaction(6, 6))
    lines = facts_file(db).read_bytes().splitlines(keepends=True)
    facts_file(db).write_bytes(b"".join([*lines[:6], *lines[7:]]))
    report = repair(str(db))
    assert report.sound
    assert numbers(db) == [*WHOLE, 6]
    assert "and 492 more" in " ".join(report.done)


def test_sealed_lines_that_nothing_can_be_made_of_are_put_aside(db: Path) -> None:
    start = facts_file(db).read_bytes()
    odd = transaction(5, 5)
    del odd.facts[0][1]["value"]
    Journal(str(db)).append(odd)
    Journal(str(db)).append(transaction(6, 6))
    (finding,) = damages(examine(str(db)))
    assert finding.line == 6
    assert finding.what.startswith(
        "holds what nothing can be reckoned with: readings: 'value' is missing; needed are"
    )
    report = repair(str(db))
    assert report.sound
    assert numbers(db) == [*WHOLE, 6]
    assert start in facts_file(db).read_bytes() or len(list((db / "backups").iterdir())) == 1


def test_a_sealed_line_that_is_no_transaction_is_named(db: Path) -> None:
    start = facts_file(db).read_bytes()
    line, checksum = seal(b'{"tx":"x","part":2,"commit":2', crc32(start))
    facts_file(db).write_bytes(start + line)
    lock = Lock(str(db))
    with lock.held() as fd:
        lock.write_mark(fd, Mark(len(start + line), checksum))
    (finding,) = damages(examine(str(db)))
    assert (finding.line, finding.what) == (6, "is sealed and yet no transaction of this program")
    assert repair(str(db)).sound
    assert numbers(db) == WHOLE


def test_a_torn_end_is_a_warning_and_goes_to_quarantine(db: Path) -> None:
    with facts_file(db).open("ab") as file:
        file.write(b'{"tx":"cut off')
    report = examine(str(db))
    assert report.sound
    assert [(f.weight, f.file) for f in report.findings] == [(WARNING, "facts.jsonl")]
    assert "14 bytes of a write that was cut off" in report.findings[0].what
    assert repair(str(db)).sound
    assert numbers(db) == WHOLE
    assert [path.read_bytes() for path in (db / "quarantine").iterdir()] == [b'{"tx":"cut off\n']


@pytest.mark.parametrize("text", [None, b"", b"mark 1 000000000000", b"x" * 42, b" " * 202])
def test_a_lost_mark_is_a_warning_and_made_anew(db: Path, text: bytes | None) -> None:
    lock = (db / "lock").read_bytes()
    (db / "lock").unlink()
    if text is not None:
        (db / "lock").write_bytes(text)
    report = examine(str(db))
    assert report.sound
    assert any(f.weight == WARNING and f.file == "lock" and "its mark is" in f.what for f in report.findings)
    assert any("marked the journal" in line for line in repair(str(db)).done)
    assert (db / "lock").read_bytes()[:42] == lock[:42]
    assert not [f for f in examine(str(db)).findings if f.line]


def test_a_journal_that_is_gone_is_damage_and_names_the_newest_backup(db: Path) -> None:
    (db / "backups").mkdir()
    for name in ("20260101T000000Z.jsonl", "20261101T000000Z.jsonl", "notes.txt"):
        (db / "backups" / name).write_bytes(b"")
    facts_file(db).unlink()
    for report in (examine(str(db)), repair(str(db))):
        (finding,) = damages(report)
        assert "is gone, and 1,456 bytes were kept there" in finding.what
        assert finding.advice == f"gztrack restore {db}/backups/20261101T000000Z.jsonl"


def test_what_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreMissing, match="no database there"):
        examine(str(tmp_path / "nothing"))
    with pytest.raises(StoreMissing, match="no database there"):
        repair(str(tmp_path / "folder"))
    with pytest.raises(StoreError, match="is a file, and a database is a directory"):
        examine(str(tmp_path / "file"))


def test_a_newer_database_is_not_touched(db: Path) -> None:
    data = facts_file(db).read_bytes().split(b"\n")
    header, _ = seal(data[0].replace(b'"schema":2', b'"schema":3').partition(b',"own"')[0], 0)
    facts_file(db).write_bytes(header)
    before = snapshot(db)
    for look in (examine, repair):
        with pytest.raises(StoreNewer):
            look(str(db))
    assert snapshot(db)["facts.jsonl"] == before["facts.jsonl"]


def test_links_in_place_of_files_are_not_followed(db: Path, tmp_path: Path) -> None:
    shutil.move(facts_file(db), tmp_path / "elsewhere")
    facts_file(db).symlink_to(tmp_path / "elsewhere")
    (finding, *_) = damages(examine(str(db)))
    assert "symbolic link, which is never followed" in finding.what
    assert not repair(str(db)).sound


@pytest.mark.parametrize("name", ["facts.jsonl", "lock", "heads.json"])
def test_a_file_open_to_everybody_is_told_and_closed(db: Path, name: str) -> None:
    (db / name).touch()
    (db / name).chmod(0o664)
    assert [(f.file, f.weight) for f in examine(str(db)).findings if "open to everybody" in f.what] == [
        (name, WARNING)
    ]
    assert f"closed {name} to everybody outside its group" in repair(str(db)).done
    assert (db / name).stat().st_mode & 0o777 == 0o660


def test_leftovers_of_killed_processes_are_removed(db: Path) -> None:
    (db / "backups").mkdir(mode=0o700)
    names = ["backups/.x.jsonl.12-ab", "facts.jsonl.new", "heads.json.new"]
    for name in (*names, "backups/.y.jsonl.13-cd"):
        (db / name).write_bytes(b"half")
        (db / name).chmod(0o600)
    os.utime(db / names[0], (1, 1))
    assert [f.file for f in examine(str(db)).findings if f.weight == NOTE] == names
    repair(str(db))
    assert sorted(os.listdir(db)) == ["backups", "facts.jsonl", "lock"]
    assert os.listdir(db / "backups") == [".y.jsonl.13-cd"]


def test_a_heads_file_of_another_journal_is_only_a_note(db: Path) -> None:
    (db / "heads.json").write_text("{}")
    (db / "heads.json").chmod(0o600)
    report = examine(str(db))
    assert [(f.weight, f.file) for f in report.findings] == [(NOTE, "heads.json")]


def test_a_correction_of_what_is_not_here_is_a_warning(db: Path) -> None:
    odd = transaction(5, 5)
    odd.facts[0][1]["replaces"] = transaction(77, 1).facts[0][1]["id"]
    Journal(str(db)).append(odd)
    (finding,) = examine(str(db)).findings
    assert (finding.weight, finding.line) == (WARNING, 6)
    assert "one that is not here" in finding.what


def test_a_logging_time_in_the_future_is_a_warning(db: Path) -> None:
    Journal(str(db)).append(transaction(5, 5, at="2199-05-30T08:00:00.000000Z"))
    (finding,) = examine(str(db)).findings
    assert (finding.weight, finding.line) == (WARNING, 6)
    assert "in the future" in finding.what


def test_a_fact_with_two_contents_is_noted(db: Path) -> None:
    twin = transaction(3, 33)
    Journal(str(db)).append(twin)
    (finding,) = examine(str(db)).findings
    assert (finding.weight, finding.line) == (NOTE, 6)
    assert "on line 4 too" in finding.what


MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
31 22 0:28 / /srv rw,relatime shared:9 - nfs4 host:/srv rw,vers=4.2
32 31 0:29 / /srv/local\\040disk rw,relatime - xfs /dev/vdb rw
33 22 0:30 / /srvx rw,relatime - tmpfs none rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/srv", "nfs4"), ("/srv/figures", "nfs4"), ("/srv/local disk/x", ""), ("/srvx/y", ""), ("/home", "")],
)
def test_the_kind_of_file_system_is_that_of_the_nearest_mount(tmp_path: Path, path: str, kind: str) -> None:
    (tmp_path / "mountinfo").write_text(MOUNTS)
    assert surroundings.network(path, str(tmp_path / "mountinfo")) == kind
    assert surroundings.network(path, str(tmp_path / "none")) == ""


def test_a_network_file_system_is_told(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert surroundings.network(str(db)) == ""
    monkeypatch.setattr(surroundings, "network", lambda path: "nfs4")
    (finding,) = examine(str(db)).findings
    assert (finding.weight, "network file system (nfs4)" in finding.what) == (WARNING, True)


def test_repair_waits_for_the_lock_and_gives_up(db: Path, lines: Lines) -> None:
    damaged = b"".join([*lines[:2], *lines[3:]])
    facts_file(db).write_bytes(damaged)
    with Lock(str(db)).held(), pytest.raises(StoreBusy):
        repair(str(db), wait=0.05)
    assert facts_file(db).read_bytes() == damaged


def test_a_repair_that_dies_anywhere_can_be_done_again(tmp_path: Path, db: Path, lines: Lines) -> None:
    facts_file(db).write_bytes(b"".join(edited(3)(lines)))
    for at in range(1, 100):
        copy = Path(shutil.copytree(db, tmp_path / f"death-{at}"))
        try:
            repair(str(copy), files=Cut(at))
        except Killed:
            assert repair(str(copy)).sound
            assert numbers(copy) == [1, 3, 4]
            assert any(b"9876" in path.read_bytes() for path in (copy / "backups").iterdir())
            Journal(str(copy)).append(transaction(9, 9))
            assert numbers(copy) == [1, 3, 4, 9]
            continue
        assert at > 15
        return
    raise AssertionError("it never survived")


class NoLinks(Files):
    """A file system that has no hard links."""

    def link(self, old: str, new: str) -> None:
        raise OSError(95, os.strerror(95))


def test_the_old_file_is_copied_where_it_cannot_be_linked(db: Path, lines: Lines) -> None:
    damaged = b"".join(edited(3)(lines))
    facts_file(db).write_bytes(damaged)
    assert repair(str(db), files=NoLinks()).sound
    (kept,) = (db / "backups").iterdir()
    assert kept.read_bytes() == damaged


def test_findings_are_plain_data(db: Path) -> None:
    (db / "lock").unlink()
    assert json.loads(json.dumps(examine(str(db)).findings)) == [list(f) for f in examine(str(db)).findings]


def test_what_nobody_wrote_with_gztrack_is_put_aside_too(db: Path) -> None:
    with facts_file(db).open("ab") as file:
        file.write(b'{"indicator":"tech-centres","value":650}\n')
    (finding,) = damages(examine(str(db)))
    assert (finding.line, finding.what) == (
        6,
        "was not written by gztrack: what it says goes in with gztrack log",
    )
    report = repair(str(db))
    assert not report.lost
    (aside,) = (db / "quarantine").iterdir()
    assert b"tech-centres" in aside.read_bytes()


def test_a_flipped_bit_says_what_it_made_of_a_word(db: Path) -> None:
    facts_file(db).write_bytes(facts_file(db).read_bytes().replace(b'"value":3}', b'"value":1}'))
    (finding,) = damages(examine(str(db)))
    assert finding.what == "has one flipped bit (1 stands where 3 was written); what it said is known"


def test_the_same_thing_on_many_lines_is_told_once(db: Path) -> None:
    first, *lines = facts_file(db).read_bytes().splitlines(keepends=True)
    facts_file(db).write_bytes(b"".join([first, *reversed(lines)]))
    found = damages(examine(str(db)))
    assert len(found) == 1
    assert "(and 2 more up to line 4)" in found[0].what


def test_a_repair_that_lost_something_says_so_to_scripts(db: Path, lines: Lines) -> None:
    facts_file(db).write_bytes(b"".join(edited(3)(lines)))
    assert repair(str(db)).lost
    assert not repair(str(db)).lost


def test_the_last_line_of_a_write_of_several_takes_no_other_with_it(db: Path) -> None:
    Journal(str(db)).append_all([transaction(n, n) for n in range(10, 40)])
    lines = facts_file(db).read_bytes().splitlines(keepends=True)
    facts_file(db).write_bytes(b"".join(edited(len(lines))(lines)))
    report = repair(str(db))
    assert report.sound
    assert report.lost
    assert numbers(db) == [*WHOLE, *range(10, 39)]


@pytest.mark.parametrize("value", ["abc", None, True, [1], {"a": 1}])
def test_a_figure_that_is_none_is_put_aside(db: Path, value: object) -> None:
    odd = transaction(5, 5)
    odd.facts[0][1]["value"] = value
    Journal(str(db)).append(odd)
    (finding,) = damages(examine(str(db)))
    assert (finding.line, "value" in finding.what) == (6, True)
    assert repair(str(db)).sound
    assert numbers(db) == WHOLE


@pytest.mark.parametrize("of", [[1], 5, None, {"a": 1}])
def test_a_reference_that_is_none_is_put_aside(db: Path, of: object) -> None:
    odd = transaction(5, 5)
    fact = {"id": odd.facts[0][1]["id"], "of": of}
    Journal(str(db)).append(odd._replace(facts=(("undos", fact),)))
    (finding,) = damages(examine(str(db)))
    assert finding.line == 6
    assert repair(str(db)).sound


@pytest.mark.parametrize("depth", [2_000, 200_000])
def test_json_that_is_nested_deep_is_told_in_one_line(db: Path, depth: int) -> None:
    deep = b'{"a":' + b"[" * depth + b"]" * depth + b"}\n"
    good = facts_file(db).read_bytes()
    for data in (deep, good + deep, deep + good, good.replace(b"\n", b"\n" + deep, 1)):
        facts_file(db).write_bytes(data)
        report = examine(str(db))
        assert not report.sound
        with contextlib.suppress(StoreError):
            numbers(db)
        assert all("\n" not in finding.what for finding in report.findings)
