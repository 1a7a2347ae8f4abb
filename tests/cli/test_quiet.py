"""``--quiet``: commands that write say nothing when it is done; data, errors and guards stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gztrack.cli.session import Session
from gztrack.cli.words import Globals
from gztrack.services.databases.seeding import followup_pack

from .conftest import Cli, Program

LOG = ("log", "nev-capacity", "310k", "--for", "2020-06")


@pytest.mark.parametrize(
    "words", [("--quiet", *LOG), (*LOG, "--quiet"), ("-q", *LOG), ("log", "-q", *LOG[1:])]
)
def test_it_stands_before_the_command_or_after_it(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli.done(*words).out == ""
    assert cli.last["value"] == 310_000


def test_no_command_that_writes_says_what_it_did(cli: Cli, tmp_path: Path) -> None:
    for words in (
        (*LOG, "--key", "k"),
        (*LOG, "--key", "k"),
        ("correct", "nev-capacity@2020-06", "311k"),
        ("pin", "nev-capacity@2020-06"),
        ("retract", "nev-capacity@2020-06", "--reason", "a slip"),
        ("target", "nev-capacity", "1.5m", "--due", "2027"),
        ("target", "pin", "nev-capacity@2027"),
        ("target", "drop", "nev-capacity@2027", "--reason", "given up"),
        ("add", "flats", "--name", "Flats", "--unit", "flats"),
        ("edit", "flats", "--group", "Homes"),
        ("archive", "flats"),
        ("undo",),
        ("redo",),
        ("import", str(followup_pack())),
        ("export", "-f", "csv", "-o", str(tmp_path / "x.csv")),
        ("snapshot", "-o", str(tmp_path / "x.md")),
        ("backup", "-o", str(tmp_path / "backup.jsonl")),
        ("merge", str(tmp_path / "backup.jsonl")),
        ("restore", str(tmp_path / "backup.jsonl")),
        ("--db", str(tmp_path / "made"), "init", "--empty"),
    ):
        assert cli.done("--quiet", *words).out == "", words
    assert (tmp_path / "x.csv").exists()
    assert (tmp_path / "made").exists()


def test_a_batch_is_silent_too(cli: Cli) -> None:
    assert cli.done("log", "-", "-q", stdin="nev-capacity 310k 2020-06\ntech-centres 500 2020\n").out == ""
    assert len(cli.written[-1].facts) == 2


def test_a_database_is_made_without_a_word(nowhere: Cli) -> None:
    assert nowhere.done("-q", *LOG).out == ""
    assert nowhere.last["value"] == 310_000


def test_json_that_was_asked_for_is_printed_and_nothing_beside_it(nowhere: Cli) -> None:
    ran = nowhere.done("-q", "--json", *LOG)
    assert ran.json["id"] == nowhere.last["id"]


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("status", "--json"),
        ("show", "tech-centres"),
        ("history", "tech-centres"),
        ("targets",),
        ("why", "tech-centres"),
        ("cite", "tech-centres@last"),
        ("check",),
        ("snapshot",),
        ("export", "-f", "csv", "-o", "-"),
        ("doctor",),
        ("doctor", "--repair"),
        ("config",),
        ("schema",),
        ("import", str(followup_pack()), "--dry-run"),
    ],
)
def test_data_that_was_asked_for_stays(cli: Cli, words: tuple[str, ...]) -> None:
    told = cli(*words)
    quiet = cli("--quiet", *words)
    assert (quiet.code, quiet.out, quiet.err) == (told.code, told.out, "")


@pytest.mark.parametrize("words", [("status",), ("status", "--published-by", "2021")])
def test_notices_beside_the_data_do_not(nowhere: Cli, words: tuple[str, ...]) -> None:
    assert nowhere(*words).err
    assert nowhere.done("-q", *words).out


def test_a_dry_merge_still_says_what_would_happen(cli: Cli, tmp_path: Path) -> None:
    cli.done("-q", "backup", "-o", str(tmp_path / "b.jsonl"))
    assert cli.done("-q", "merge", str(tmp_path / "b.jsonl"), "--dry-run").out


def test_a_backup_to_standard_output_is_all_there_is(program: Program, tmp_path: Path) -> None:
    told = program("backup", "-o", "-")
    quiet = program("-q", "backup", "-o", "-")
    assert told.stderr
    assert (quiet.returncode, quiet.stderr) == (0, b"")
    assert quiet.stdout.startswith(b"{")


def test_an_alarm_is_data(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.done("-q", "target", "tech-centres", "900", "--due", "2098")
    monkeypatch.setenv("GZTRACK_TODAY", "2097-11-24")
    ran = cli("check", "-q")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("stale")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("log", "nev-capacty", "1"), 2),
        (("log", "nev-capacity"), 2),
        (("log", "tech-centres", "1", "--for", "2025"), 3),
        (("--db", "none", "log", "tech-centres", "500"), 4),
        (("--db", "none", "status"), 4),
    ],
)
def test_errors_and_guards_are_told_as_ever(cli: Cli, words: tuple[str, ...], code: int) -> None:
    assert cli.refused("--quiet", *words, code=code) == cli.refused(*words, code=code)


def test_it_takes_no_value_and_is_not_abbreviated(cli: Cli) -> None:
    assert cli.refused(*LOG, "--quiet=1").startswith("log: --quiet takes no value")
    assert "no such option" in cli.refused("--qui", *LOG)
    assert "no such option" in cli.refused(*LOG, "--qui")


def test_long_work_shows_no_progress() -> None:
    assert Session(Globals(quiet=True)).narrator is None
    assert Session(Globals()).narrator is not None


def test_nothing_of_a_quiet_log_reaches_cron(program: Program) -> None:
    ran = program("--quiet", *LOG)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    history = json.loads(program("history", "nev-capacity", "--json").stdout)
    assert [each["value"] for each in history] == [310_000]
