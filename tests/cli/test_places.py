"""Which database is meant, who makes one, and what is said where it cannot serve."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .conftest import Cli

LOG = ("log", "nev-capacity", "310k", "--for", "2020-06")
READING = {
    ("status",): "NEV annual production",
    ("status", "--json"): '"id": "nev-capacity"',
    ("show", "nev-capacity"): "NEV annual production capacity",
    ("history", "tech-centres"): "495",
    ("targets",): "2020-12-31",
    ("cite", "tech-centres@last"): "495 centres",
    ("snapshot",): "NEV annual production capacity",
    ("export", "-f", "csv", "-o", "-"): "nev-capacity",
    ("export", "-f", "tinydb", "-o", "-"): "nev-capacity",
}
"""Reading commands, and what the article's figures make them say."""

WRITING = [
    LOG,
    ("log", "-"),
    ("correct", "tech-centres@2019-Q3", "496"),
    ("retract", "tech-centres@2019-Q3", "--reason", "x"),
    ("pin", "tech-centres@2019-Q3"),
    ("target", "nev-capacity", "1m", "--due", "2027"),
    ("target", "drop", "nev-capacity@2020-12-31", "--reason", "x"),
    ("add", "x", "--name", "X", "--unit", "u"),
    ("edit", "nev-capacity", "--name", "X"),
    ("archive", "subsidies"),
    ("undo",),
    ("redo",),
]
LINES = "tech-centres 500 2020\n"


@pytest.mark.parametrize(("words", "said"), READING.items())
def test_a_reading_command_answers_as_a_fresh_database_would_and_makes_none(
    nowhere: Cli, words: tuple[str, ...], said: str
) -> None:
    ran = nowhere(*words)
    assert ran.code == 0
    assert said in ran.out
    assert ran.err.splitlines()[0] == (
        f"gztrack: no database yet at {nowhere.database}; shown is what a new one starts with:"
        " gztrack init makes it"
    )
    assert not nowhere.database.exists()


@pytest.mark.parametrize("words", WRITING[:-2])
def test_the_first_write_makes_the_database_at_the_default_place(
    nowhere: Cli, words: tuple[str, ...]
) -> None:
    ran = nowhere(*words, stdin=LINES)
    assert (ran.code, ran.err) == (
        0,
        f"gztrack: made a database at {nowhere.database} from the article's figures\n",
    )
    assert len(nowhere.written) == 1
    assert nowhere("undo").err == ""


@pytest.mark.parametrize("words", [*READING, *WRITING])
def test_a_named_database_that_does_not_exist_is_an_error_and_is_not_made(
    nowhere: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    place = tmp_path / "typo"
    said = f"{place}: no database there: check the name, or make one with gztrack --db {place} init"
    assert nowhere.refused("--db", str(place), *words, stdin=LINES, code=4) == said
    monkeypatch.setenv("GZTRACK_DB", str(place))
    assert nowhere.refused(*words, stdin=LINES, code=4) == said
    assert not place.exists()
    assert not nowhere.database.exists()


def test_an_empty_variable_names_no_database(nowhere: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GZTRACK_DB", "")
    assert nowhere("status").code == 0


def test_a_directory_that_is_no_database_is_said_to_be_none(nowhere: Cli, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("a")
    for words in (("status",), LOG):
        said = nowhere.refused("--db", str(tmp_path / "letters"), *words, code=4)
        assert "a directory, but no database in it" in said
        assert "init" in said


def test_a_default_folder_with_other_files_is_not_taken_over(nowhere: Cli) -> None:
    nowhere.database.mkdir(parents=True)
    (nowhere.database / "a.txt").write_text("a")
    assert "a directory, but no database in it" in nowhere.refused(*LOG, code=4)
    assert os.listdir(nowhere.database) == ["a.txt"]


def test_a_file_where_a_directory_is_expected_is_an_error(nowhere: Cli, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("x")
    for words in (("status",), LOG):
        assert nowhere.refused("--db", str(place), *words, code=4) == (
            f"{place}: is a file, and a database is a directory"
        )
    assert nowhere.refused("--db", str(place), "init").startswith(f"{place}: is a file")
    assert place.read_text() == "x"


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        (
            "postgresql://host/db",
            4,
            "PostgreSQL is not available in this version of gztrack: give the directory of",
        ),
        ("redis://host", 2, "no such kind of database: redis:// (give a directory)"),
    ],
)
def test_an_engine_that_there_is_not_is_an_error(nowhere: Cli, url: str, code: int, said: str) -> None:
    assert nowhere.refused("--db", url, "status", code=code).startswith(said)


@pytest.mark.parametrize("words", [("status",), LOG])
def test_a_damaged_line_is_named(cli: Cli, words: tuple[str, ...]) -> None:
    for period in ("2020-06", "2020-07", "2020-08"):
        cli.done("log", "nev-capacity", "310k", "--for", period)
    lines = cli.journal.split(b"\n")
    lines[3] = lines[3].replace(b"310000", b"910000")
    (cli.database / "facts.jsonl").write_bytes(b"\n".join(lines))
    (cli.database / "heads.json").unlink(missing_ok=True)
    said = cli.refused(*words, code=4)
    assert f"{cli.database}/facts.jsonl" in said
    assert "line 4" in said


# init ---------------------------------------------------------------------------------------


def test_init_makes_a_database_where_it_was_told_to(nowhere: Cli, tmp_path: Path) -> None:
    place = tmp_path / "new" / "db"
    out = nowhere.done("--db", str(place), "init", "--tz", "Asia/Shanghai").out.splitlines()
    assert out[0].startswith(f"made {place}: ")
    assert out[0].endswith("days go by Asia/Shanghai")
    assert out[1].startswith(f"next: gztrack --db {place} status")
    assert nowhere.refused("--db", str(place), "init").startswith(f"{place}: there is a database already")
    assert nowhere("--db", str(place), "status").code == 0


def test_init_at_the_default_place_says_how_to_go_on(nowhere: Cli) -> None:
    assert nowhere.done("init").out.splitlines()[1] == "next: gztrack status, or gztrack for the board"
    assert nowhere.done(*LOG).out


def test_init_can_start_empty(nowhere: Cli) -> None:
    assert "no facts yet" in nowhere.done("init", "--empty").out
    assert nowhere.done("status", "--json").json == []
    nowhere.done("add", "x", "--name", "X", "--unit", "u")


def test_init_in_json_says_where(nowhere: Cli) -> None:
    assert nowhere.done("init", "--json").json["path"] == str(nowhere.database)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--tz", "Mars/Olympus"], "no such time zone: 'Mars/Olympus'; for example Asia/Shanghai or UTC"),
        (["--empty", "--pack", "x"], "--empty and --pack contradict each other; give one"),
        (["--pack", "missing.jsonl"], "missing.jsonl: cannot be read: no such file"),
    ],
)
def test_init_refuses_what_does_not_hold(nowhere: Cli, words: list[str], said: str) -> None:
    assert nowhere.refused("init", *words).startswith(said)
    assert not nowhere.database.exists()


# An account without permission --------------------------------------------------------------


@contextmanager
def somebody_else() -> Iterator[None]:
    """Do without root's rights, which permissions do not hold back. Other accounts have none to lose."""
    if os.getuid() != 0:
        yield
        return
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.fixture
def shared(fresh: Path, nowhere: Cli) -> Iterator[Path]:
    """A database in a folder that everybody may look into; what its commands import is loaded."""
    folder = Path(tempfile.mkdtemp(prefix="gztrack-test-"))
    folder.chmod(0o755)
    shutil.copytree(fresh, folder / "db")
    for words in (("cite", "tech-centres@last"), LOG, ("undo",)):
        assert nowhere("--db", str(folder / "db"), *words).code == 0
    yield folder / "db"
    for path in (folder / "db", *(folder / "db").iterdir()):
        path.chmod(0o700)
    shutil.rmtree(folder)


def test_an_account_that_may_only_read_reads_and_is_told_so_when_it_writes(
    nowhere: Cli, shared: Path
) -> None:
    shared.chmod(0o555)
    for path in shared.iterdir():
        path.chmod(0o444)
    before = (shared / "facts.jsonl").read_bytes()
    with somebody_else():
        nowhere.done("--db", str(shared), "cite", "tech-centres@last")
        for words in (LOG, ("archive", "subsidies")):
            said = nowhere.refused("--db", str(shared), *words, code=4)
            assert "ask its owner for write permission" in said
    assert (shared / "facts.jsonl").read_bytes() == before


@pytest.mark.parametrize("words", [("cite", "tech-centres@last"), LOG, ("archive", "subsidies")])
def test_an_account_that_may_not_even_read_is_told_so(
    nowhere: Cli, shared: Path, words: tuple[str, ...]
) -> None:
    for path in shared.iterdir():
        path.chmod(0)
    with somebody_else():
        said = nowhere.refused("--db", str(shared), *words, code=4)
    assert said.startswith(f"{shared}")
    assert "permission" in said


def test_a_place_where_nothing_can_be_made_is_said(nowhere: Cli, shared: Path) -> None:
    with somebody_else():
        said = nowhere.refused("--db", str(shared.parent / "new"), "init", code=4)
    assert said.startswith(str(shared.parent / "new"))
    assert "permission denied" in said


def test_a_database_does_not_move_in_with_other_files(nowhere: Cli, tmp_path: Path) -> None:
    place = tmp_path / "papers"
    place.mkdir()
    (place / "notes.txt").write_text("mine")
    said = nowhere.refused("--db", str(place), "init")
    assert said.startswith(f"{place}: holds other things (notes.txt)")
    assert [path.name for path in place.iterdir()] == ["notes.txt"]
