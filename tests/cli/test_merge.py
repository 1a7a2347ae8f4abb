"""``merge`` as a person and a script see it; what it does is tested with the service."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import Cli, Program

LOG = ("log", "tech-centres", "500", "--for", "2020")


@pytest.fixture
def other(cli: Cli, tmp_path: Path) -> str:
    """A copy in which bob corrected what ann corrected here."""
    cli.done("--as", "ann", *LOG)
    shutil.copytree(cli.database, tmp_path / "the other")
    cli.done("--as", "ann", "correct", "tech-centres@2020", "501")
    cli.done("--db", "the other", "--as", "bob", "correct", "tech-centres@2020", "502")
    return "the other"


def test_a_merge_says_what_came_and_what_contradicts_each_other(cli: Cli, other: str, tmp_path: Path) -> None:
    before = cli.journal
    dry = cli.done("merge", other, "--dry-run").out.splitlines()
    assert dry[0] == "would merge 1 transaction of bob (1 fact) from the other; 1 conflict"
    assert dry[-1] == "nothing was written: a dry run; gztrack backup first keeps a way back"
    assert cli.journal == before
    out = cli.done("merge", other).out.splitlines()
    assert out[0] == "merged 1 transaction of bob (1 fact) from the other; 1 conflict"
    assert out[1] == dry[1]
    assert out[1].startswith("tech-centres@2020: two corrections: 501 by ann on ")
    assert "; settle it: gztrack pin " in out[1]
    assert cli.done("merge", other).out == "nothing is new: all of the other is here already\n"
    assert "501" in cli.done("history", "tech-centres").out
    assert "502" in cli.done("history", "tech-centres").out


def test_a_conflict_is_settled_by_the_command_that_it_names(cli: Cli, other: str) -> None:
    (clash,) = cli.done("merge", other, "--json").json["conflicts"]
    words = clash["settle"].split(",")[0].split()
    assert "502 centres" in cli.done("cite", "tech-centres@last").out
    cli.done(*words[1:])
    assert "501 centres" in cli.done("cite", "tech-centres@last").out


def test_a_merge_as_data(cli: Cli, other: str) -> None:
    dry = cli.done("merge", other, "--dry-run", "--json").json
    found = cli.done("merge", other, "--json").json
    assert (dry["written"], found["written"]) == (False, True)
    assert dry["conflicts"] == found["conflicts"]
    assert (found["transactions"], found["facts"], found["authors"]) == (1, 1, ["bob"])
    (clash,) = found["conflicts"]
    assert (clash["about"], clash["kind"]) == ("tech-centres@2020", "two corrections")
    assert [(side["says"], side["author"], side["counts"]) for side in clash["sides"]] == [
        ("501", "ann", False),
        ("502", "bob", True),
    ]
    assert set(clash["sides"][0]) == {"id", "says", "author", "logged_at", "counts"}
    again = cli.done("merge", other, "--json").json
    assert (again["written"], again["transactions"], again["conflicts"]) == (False, 0, [])


def test_undo_takes_back_ones_own_and_a_backup_brings_back_what_was(cli: Cli, other: str) -> None:
    cli.done("backup", "-o", "before")
    cli.done("merge", other)
    assert "501" in cli.done("--as", "ann", "undo").out
    assert "501" not in cli.done("history", "tech-centres").out
    cli.done("restore", "before", "--yes")
    assert "501" in cli.done("history", "tech-centres").out
    assert "502" not in cli.done("history", "tech-centres").out


def test_a_backup_comes_in_from_standard_input(program: Program, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "db", tmp_path / "other")
    program("--db", str(tmp_path / "other"), *LOG)
    data = program("--db", str(tmp_path / "other"), "backup", "-o", "-").stdout
    ran = program("merge", "-", stdin=None, input=data)
    assert ran.returncode == 0
    assert b"merged 1 transaction of " in ran.stdout
    assert b" from standard input; no conflicts" in ran.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["merge"], 2, "merge: OTHER is missing; for example: gztrack merge ../copy --dry-run"),
        (["merge", "none"], 2, "none: cannot be read: no such file or directory"),
        (["merge", "db"], 2, "db: is this database itself; give another one"),
        (["merge", "csv"], 2, "csv: is neither a backup nor a journal of gztrack"),
        (["merge", "cut"], 4, "cut: is not whole: its last line is missing"),
        (["merge", "folder"], 4, "folder: there is no database in this folder: check the name"),
        (["merge", "-"], 2, "standard input: is empty"),
        (["--db", "typo", "merge", "db"], 4, "typo: no database there"),
    ],
)
def test_what_cannot_be_merged_is_refused_in_one_line_and_nothing_comes_in(
    cli: Cli, tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    cli.done("backup", "-o", "good")
    Path("csv").write_text("indicator,period,value\n")
    Path("cut").write_bytes(Path("good").read_bytes()[:-40])
    Path("folder").mkdir()
    before = cli.journal
    for dry in ([], ["--dry-run"]):
        assert said in cli.refused(*words, *dry * (len(words) > 1), code=code)
    assert cli.journal == before
    assert not Path("typo").exists()


def test_a_database_with_nothing_in_common_is_asked_about(cli: Cli) -> None:
    cli.done(*LOG)
    cli.done("--db", "foreign", "init", "--empty", "--tz", "Asia/Shanghai")
    cli.done("--db", "foreign", "add", "x", "--name", "X", "--unit", "u")
    said = cli.refused("merge", "foreign", code=3)
    assert (
        said == "foreign: has nothing in common with this database; is it the right one? --yes brings it in"
    )
    ran = cli("merge", "foreign", "--yes")
    assert ran.code == 0
    assert "foreign is called 'foreign'; this database stays 'Guangzhou industrial upgrading'" in ran.err


def test_the_first_merge_makes_the_database_at_the_default_place(
    nowhere: Cli, cli: Cli, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GZTRACK_DB")
    dry = nowhere("merge", other, "--dry-run")
    assert "would merge 2 transactions of 2 authors" in dry.out
    assert not nowhere.database.exists()
    ran = nowhere("merge", other)
    assert "merged 2 transactions of 2 authors (2 facts)" in ran.out
    assert "made a database at " in ran.err
