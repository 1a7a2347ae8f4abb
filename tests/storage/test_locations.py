"""Which database is meant, and what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack.errors import InputError, StoreError, StoreMissing
from gztrack.storage.creation import create
from gztrack.storage.locations import Location, default, resolve
from storage.support import Cut, Killed, facts_file

HOME = {"HOME": "/home/ann"}


@pytest.mark.parametrize(
    ("option", "environ", "platform", "expected"),
    [
        ("/srv/promises", {}, "linux", Location("/srv/promises", named=True)),
        ("/srv/promises", {"GZTRACK_DB": "/other"}, "linux", Location("/srv/promises", named=True)),
        (None, {"GZTRACK_DB": "/other"}, "linux", Location("/other", named=True)),
        (None, {"GZTRACK_DB": ""}, "linux", Location("/home/ann/.local/share/gztrack", named=False)),
        (None, {}, "linux", Location("/home/ann/.local/share/gztrack", named=False)),
        (None, {"XDG_DATA_HOME": "/data"}, "linux", Location("/data/gztrack", named=False)),
        (None, {"XDG_DATA_HOME": "data"}, "linux", Location("/home/ann/.local/share/gztrack", named=False)),
        (None, {}, "darwin", Location("/home/ann/Library/Application Support/gztrack", named=False)),
        ("/srv/../srv/promises/", {}, "linux", Location("/srv/promises", named=True)),
        ("/a:b", {}, "linux", Location("/a:b", named=True)),
    ],
)
def test_the_option_then_the_variable_then_the_data_folder(
    option: str | None, environ: dict[str, str], platform: str, expected: Location
) -> None:
    assert resolve(option, HOME | environ, platform) == expected


def test_a_relative_name_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert resolve("db", {}).path == str(tmp_path / "db")


def test_a_tilde_is_the_home_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    assert resolve("~/db", {}).path == "/home/ann/db"


def test_without_a_home_the_account_s_is_taken() -> None:
    assert default({}, "linux").endswith("/.local/share/gztrack")


@pytest.mark.parametrize(
    ("option", "kind", "message"),
    [
        ("postgresql://host/db", StoreError, "PostgreSQL is not available in this version"),
        ("postgres://host/db", StoreError, "PostgreSQL is not available in this version"),
        ("sqlite://x", InputError, "no such kind of database: sqlite://"),
        ("", InputError, "--db is empty"),
        (" ", InputError, "--db is empty"),
    ],
)
def test_what_is_no_directory_is_refused(option: str, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message):
        resolve(option, {})


def test_a_database_is_told_from_everything_else(tmp_path: Path, db: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    states = {
        name: Location(str(tmp_path / name), named=True).state()
        for name in ("db", "folder", "file", "missing")
    }
    assert states == {"db": "database", "folder": "not a database", "file": "a file", "missing": "missing"}


def test_a_database_whose_journal_is_gone_is_still_one(db: Path) -> None:
    facts_file(db).unlink()
    assert Location(str(db), named=True).state() == "database"


@pytest.mark.parametrize("at", range(1, 7))
def test_what_a_killed_creation_left_is_no_database_and_in_nobody_s_way(tmp_path: Path, at: int) -> None:
    with pytest.raises(Killed):
        create(str(tmp_path / "db"), "T", "UTC", files=Cut(at))
    location = Location(str(tmp_path / "db"), named=False)
    assert location.state() in ("not a database", "missing")
    assert location.unused()
    create(location.path, "T", "UTC")
    assert location.state() == "database"
    assert not location.unused()


def test_a_folder_with_other_files_is_not_moved_into(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    assert not Location(str(tmp_path), named=False).unused()
    assert Location(str(tmp_path / "missing"), named=False).unused()
    assert not Location(str(tmp_path / "letter.txt"), named=False).unused()


@pytest.mark.parametrize(
    ("name", "named", "kind", "message"),
    [
        ("missing", True, StoreMissing, "missing: no database there: .* gztrack --db .*missing init$"),
        ("missing", False, StoreMissing, "missing: no database there: .* gztrack init$"),
        ("folder", True, StoreMissing, "folder: a directory, but no database in it: .* init$"),
        ("file", True, StoreError, "is a file, and a database is a directory"),
    ],
)
def test_what_is_required_and_not_there_is_said(
    tmp_path: Path, name: str, named: bool, kind: type[Exception], message: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(kind, match=message):
        Location(str(tmp_path / name), named).require()


def test_what_is_required_and_there_is_its_path(db: Path) -> None:
    location = Location(str(db), named=False)
    assert location.require() == str(db)
    assert location.is_default


@pytest.mark.parametrize(
    ("names", "others"),
    [
        ((), []),
        (("lock", "facts.jsonl.new", ".git", "lost+found", "backups"), []),
        (("notes.txt",), ["notes.txt"]),
        (("d", "c", "b", "a", "lock"), ["a", "b", "c", "..."]),
    ],
)
def test_other_things_in_a_directory_are_named(
    tmp_path: Path, names: tuple[str, ...], others: list[str]
) -> None:
    for name in names:
        (tmp_path / name).touch()
    assert Location(str(tmp_path), named=True).others() == others
