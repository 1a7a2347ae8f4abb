"""``backup``, ``restore`` and ``doctor`` as a person and a script see them."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gztrack.cli import output, progress
from gztrack.errors import StoreReadOnly
from gztrack.services.databases import keeping
from gztrack.services.databases.keeping import counted
from gztrack.storage.copies.backups import Tally

from .conftest import Cli, Program

LOG = ("log", "tech-centres", "500", "--for", "2020")


@pytest.fixture
def backup(cli: Cli, tmp_path: Path) -> str:
    """A backup; one reading was logged after it."""
    cli.done("backup", "-o", "the backup.jsonl")
    cli.done(*LOG)
    return "the backup.jsonl"


def damage(cli: Cli) -> None:
    """Lose the seed's transaction, of which the reading after it gives the proof."""
    cli.done(*LOG)
    lines = cli.journal.splitlines(keepends=True)
    (cli.database / "facts.jsonl").write_bytes(b"".join([lines[0], *lines[2:]]))


def test_a_backup_says_what_is_in_it_and_how_to_bring_it_back(cli: Cli) -> None:
    out = cli.done("backup", "-o", "the backup.jsonl").out.splitlines()
    size = os.stat("the backup.jsonl").st_size
    assert out == [
        (
            f"backed up 26 facts in 1 transaction to the backup.jsonl ({size:,} bytes);"
            " the last one was logged on 2026-11-24 00:00 UTC"
        ),
        f"bring it back: gztrack --db {cli.database} restore 'the backup.jsonl'",
    ]


def test_a_backup_without_a_name_goes_into_the_databases_own_folder(cli: Cli) -> None:
    found = cli.done("backup", "--json").json
    assert Path(found["path"]).parent == cli.database / "backups"
    assert found["bytes"] == os.stat(found["path"]).st_size
    assert (found["facts"], found["transactions"], found["last"]) == (26, 1, "2026-11-24T00:00:00.000000Z")
    assert len(found["echo"]) == 2


def test_a_backup_goes_to_standard_output_byte_for_byte(program: Program, tmp_path: Path) -> None:
    program("backup", "-o", str(tmp_path / "b"))
    ran = program("backup", "-o", "-")
    assert (ran.returncode, ran.stderr.count(b"\n")) == (0, 1)
    assert ran.stderr.startswith(b"gztrack: backed up 26 facts in 1 transaction to standard output (")
    assert ran.stdout.splitlines()[1:] == (tmp_path / "b").read_bytes().splitlines()[1:]
    restored = program("--db", str(tmp_path / "new"), "restore", "-", stdin=None, input=ran.stdout)
    assert restored.returncode == 0
    assert b"restored 26 facts in 1 transaction from standard input, a backup taken on " in restored.stdout
    assert (tmp_path / "new" / "facts.jsonl").exists()


def test_a_reader_that_goes_away_before_the_end_has_no_backup(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(data: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(output, "say", closed)
    ran = cli("backup", "-o", "-")
    assert ran.code == 4
    assert "standard output was closed before the backup was whole" in ran.err


def test_who_may_only_read_a_database_is_told_where_a_backup_can_go(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object, **_settings: object) -> None:
        raise StoreReadOnly("db: read-only for bob (permission denied): ask its owner for write permission")

    monkeypatch.setattr(keeping, "back_up", refused)
    said = "db: read-only for bob (permission denied): ask its owner for write permission"
    assert cli.refused("backup", code=4) == f"{said}, or name a file elsewhere with -o"
    assert cli.refused("backup", "-o", "b", code=4) == said


def test_a_backup_is_never_over_another_file_unasked(cli: Cli, backup: str) -> None:
    assert cli.refused("backup", "-o", backup) == f"{backup}: is there already; --force replaces it"
    cli.done("backup", "-o", backup, "--force")
    assert "is not in" not in cli.done("restore", backup).err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["backup", "-o", "none/b"], 2, "none/b: there is no folder none; make it first"),
        (["backup", "-o", "db"], 2, "db: is a folder; name a file in it"),
        (["backup", "-o", "db/lock", "--force"], 2, "db/lock: would be taken for a database's own file"),
        (["backup", "-o", "-", "--json"], 2, "backup: --json and -o - both want standard output; name a file with -o"),
        (["backup", "x"], 2, "backup: takes no words; 'x' is left over; for example: gztrack backup -o promises.jsonl"),
        (["--db", "typo", "backup"], 4, "typo: no database there: check the name"),
        (["restore"], 2, "restore: FILE is missing; for example: gztrack restore promises.jsonl"),
        (["restore", "none"], 2, "none: cannot be read: no such file or directory"),
        (["restore", "csv"], 2, "csv: is neither a backup nor a journal of gztrack"),
        (["restore", "empty"], 2, "empty: is empty; give a backup"),
        (["restore", "-"], 2, "standard input: is empty; give a backup"),
        (["restore", "cut"], 4, "cut: is not whole: its last line is missing"),
        (["restore", "changed"], 4, "changed, line 3: the checksum does not fit"),
        (["restore", "newer"], 4, "newer: written by a newer gztrack (schema 99"),
        (["restore", "folder"], 4, "folder: there is no database in this folder"),
        (["restore", "db"], 2, "db: is this database itself; give a backup of it"),
        (["restore", "db/facts.jsonl"], 2, "db/facts.jsonl: is this database itself; give a backup of it"),
        (["--db", "csv", "restore", "good"], 4, "csv: is a file, and a database is a directory"),
        (["--db", "csv/x", "restore", "good"], 4, "part of that path is a file and no directory"),
        (["--db", "home", "restore", "good"], 2, "home: holds other things (diary), among which a database has no"),
        (["doctor", "--fix"], 2, "no such option of doctor: '--fix'"),
        (["--db", "typo", "doctor"], 4, "typo: no database there"),
        (["--db", "typo", "doctor", "--repair"], 4, "typo: no database there"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_in_one_line_and_nothing_changes(
    cli: Cli, tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    cli.done("backup", "-o", "good")
    whole = Path("good").read_bytes()
    Path("csv").write_text("indicator,period,value\n")
    Path("empty").write_text("")
    Path("cut").write_bytes(whole[:-40])
    Path("changed").write_bytes(whole.replace(b'"value":495', b'"value":496'))
    Path("newer").write_text('{"gztrack":"backup","schema":99}\n')
    for folder in ("folder", "home"):
        Path(folder).mkdir()
    Path("home/diary").write_text("dear")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert said in cli.refused(*words, code=code)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_restoring_asks_before_something_leaves_the_board_and_keeps_it(cli: Cli, backup: str) -> None:
    before = cli.journal
    said = cli.refused("restore", backup, code=3)
    day = cli.written[-1].at[:10]
    assert said == (
        f"{cli.database}: 1 fact logged since {day} is not in {backup}: --yes restores anyway and keeps it in"
        f" {cli.database}/backups; gztrack --db {cli.database} merge 'the backup.jsonl' brings both together"
    )
    assert cli.journal == before
    out = cli.done("restore", backup, "--yes").out.splitlines()
    assert out[0].startswith(f"restored 26 facts in 1 transaction from {backup}, a backup taken on ")
    assert out[1].startswith("what was there before is kept; bring it back: gztrack --db ")
    assert "500" not in cli.done("history", "tech-centres").out
    back = out[1].rpartition(" restore ")[2]
    cli("restore", back)
    assert "500" in cli.done("history", "tech-centres").out


def test_restoring_makes_a_database_and_says_so_with_json_too(cli: Cli, backup: str, tmp_path: Path) -> None:
    out = cli.done("--db", "new", "restore", backup).out.splitlines()
    assert out[1] == f"made {tmp_path}/new: days go by Asia/Shanghai"
    found = cli.done("restore", backup, "--yes", "--json").json
    assert (found["path"], found["facts"], found["transactions"]) == (str(cli.database), 26, 1)
    assert Path(found["kept"]).exists()
    assert cli.done("--db", "newer", "restore", backup, "--json").json["kept"] is None


def test_restoring_makes_the_database_at_the_default_place(
    nowhere: Cli, cli: Cli, backup: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GZTRACK_DB")
    nowhere.done("restore", backup)
    assert nowhere.done("history", "tech-centres").out


def test_a_database_and_a_journal_can_be_restored_from_and_what_cannot_be_told_is_said(
    cli: Cli, backup: str
) -> None:
    cli.done("--db", "other", "restore", backup)
    assert "restored 26 facts" in cli.done("--db", "third", "restore", "other").out
    ran = cli("--db", "fourth", "restore", "other/facts.jsonl")
    assert ran.code == 0
    assert "has no end line, as a backup has, so a cut-off end could not be told" in ran.err


def test_restoring_over_a_damaged_database_works_and_says_what_nobody_knows(cli: Cli, backup: str) -> None:
    damage(cli)
    assert "doctor --repair first keeps what can be kept; --yes restores" in cli.refused(
        "restore", backup, code=3
    )
    ran = cli("restore", backup, "--yes")
    assert ran.code == 0
    assert "what was there before could not be read whole, and is kept as it was" in ran.out
    assert cli.done("doctor").out.endswith("sound: 26 facts in 1 transaction\n")


def test_an_emptied_database_is_restored_without_a_question(cli: Cli, backup: str) -> None:
    (cli.database / "facts.jsonl").write_bytes(b"")
    assert cli("restore", backup).code == 0
    assert cli.done("doctor").out == "sound: 26 facts in 1 transaction\n"


def test_a_backup_in_the_place_of_the_journal_is_known_for_one(cli: Cli, backup: str) -> None:
    (cli.database / "facts.jsonl").write_bytes(Path(backup).read_bytes())
    for words in (("doctor",), ("doctor", "--repair")):
        ran = cli(*words)
        assert ran.code == 4
        assert "is a backup in the place of a journal: move it to another place" in ran.out
    assert (cli.database / "facts.jsonl").read_bytes() == Path(backup).read_bytes()


def test_the_newest_backup_is_named_to_who_lost_something(cli: Cli) -> None:
    made = cli.done("backup", "--json").json["path"]
    damage(cli)
    assert f"gztrack restore {made}" in cli("doctor").out or f"gztrack merge {made}" in cli("doctor").out


def test_a_newer_database_is_not_replaced_unasked(cli: Cli, backup: str) -> None:
    (cli.database / "facts.jsonl").write_text('{"gztrack":"facts","schema":99}\n')
    assert "was written by a newer gztrack" in cli.refused("restore", backup, code=3)
    assert cli("restore", backup, "--yes").code == 0


def test_a_long_backup_shows_how_far_it_is_on_a_terminal(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Screen()
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(progress, "PAUSE", 0)
    monkeypatch.setattr(sys, "stderr", screen)
    cli("backup", "-o", "b")
    cli("restore", "b")
    size = len(cli.journal)
    assert f"{size:,} of {size:,} bytes" in screen.getvalue()
    whole = 2 * os.stat("b").st_size
    assert f" of {whole:,} bytes" in screen.getvalue()


def test_a_sound_database_has_nothing_to_tell(cli: Cli) -> None:
    assert cli.done("doctor").out == "sound: 26 facts in 1 transaction\n"
    assert cli.done("doctor", "--repair").out == "sound: 26 facts in 1 transaction\n"
    assert cli.done("doctor", "--json").json == {
        "path": str(cli.database),
        "sound": True,
        "facts": 26,
        "transactions": 1,
        "lost": False,
        "findings": [],
        "done": [],
    }


def test_damage_is_told_line_by_line_and_repaired(cli: Cli) -> None:
    damage(cli)
    before = cli.journal
    ran = cli("doctor")
    assert (ran.code, ran.err) == (4, "")
    *findings, last = ran.out.splitlines()
    assert findings[0].startswith("damage: facts.jsonl, line 2: ")
    assert (
        last
        == f"damaged: 1 place; gztrack --db {cli.database} doctor --repair puts right what can be put right"
    )
    assert cli.journal == before
    found = cli("doctor", "--json")
    assert found.code == 4
    assert found.json["sound"] is False
    assert found.json["findings"][0]["weight"] == "damage"
    assert set(found.json["findings"][0]) == {"weight", "file", "line", "what", "advice"}
    repaired = cli("doctor", "--repair")
    assert repaired.code == 0
    assert "kept the file as it was: " in repaired.out
    assert repaired.out.splitlines()[-1].startswith("sound: 1 fact in 1 transaction")
    assert cli("doctor").code == 0


def test_what_cannot_be_repaired_stays_damaged(cli: Cli) -> None:
    (cli.database / "facts.jsonl").write_bytes(b"")
    ran = cli("doctor", "--repair")
    assert ran.code == 4
    assert ran.out.splitlines()[-1].startswith("damaged: ")


def test_the_program_says_the_exit_code(program: Program, tmp_path: Path) -> None:
    assert program("doctor").returncode == 0
    (tmp_path / "db" / "facts.jsonl").write_bytes(b"")
    ran: subprocess.CompletedProcess[bytes] = program("doctor")
    assert (ran.returncode, ran.stderr) == (4, b"")
    assert b"Traceback" not in ran.stdout


@pytest.mark.parametrize(
    ("facts", "transactions", "said"),
    [
        (0, 0, "0 facts in 0 transactions"),
        (1, 1, "1 fact in 1 transaction"),
        (1234, 56, "1,234 facts in 56 transactions"),
    ],
)
def test_counts_are_words(facts: int, transactions: int, said: str) -> None:
    tally = Tally()
    tally.facts, tally.transactions = facts, transactions
    assert counted(tally) == said
