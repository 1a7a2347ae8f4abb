"""Accounts of one group on one database, whatever their umask, and accounts that may read or may not even that."""

from __future__ import annotations

import os
import stat
from itertools import product
from pathlib import Path

import pytest

from faults.operations import INDICATOR, TORN, Shelf
from faults.rig import Account, Outcome, Rig
from needs import forbidden

GROUP = 61_000
ANN, BOB, EVE = 61_001, 61_002, 61_003
"""Numbers that no account has: the program must not ask for names."""


@pytest.fixture
def shared(here: Path) -> Path:
    """A directory that everybody can reach."""
    if os.geteuid() != 0:
        forbidden("other accounts are taken on, which takes root")
    here.chmod(0o755)
    return here


@pytest.fixture
def other(shelf: Shelf, shared: Path) -> Path:
    """Another database, which everybody may read."""
    db = shelf.copy("other", shared / "other")
    for path in (db, *db.iterdir()):
        path.chmod(0o755)
    return db


def folder(parent: Path, mode: int) -> Path:
    """A directory of root and the group."""
    made = parent / "db"
    made.mkdir()
    os.chown(made, 0, GROUP)
    made.chmod(mode)
    return made


def member(user: int, umask: int) -> Account:
    """An account of the group, whose own group is another one."""
    return Account(user, user, [GROUP], umask)


def torn(db: Path) -> None:
    """Leave what a write leaves that was cut off."""
    with (db / "facts.jsonl").open("ab") as file:
        file.write(TORN)


WRITES: tuple[tuple[str, ...], ...] = (
    ("log", INDICATOR, "60", "--for", "2021", "--yes"),
    ("log", "-", "--yes"),
    ("add", "new", "--name", "New", "--unit", "stations"),
    ("target", INDICATOR, ">=400", "--due", "2030"),
)


def refused_in_one_line(outcome: Outcome) -> bool:
    return (
        outcome.code == 4
        and outcome.out == ""
        and outcome.err.count("\n") == 1
        and "gztrack: " in outcome.err
    )


@pytest.mark.parametrize("mode", [0o2770, 0o770])
@pytest.mark.parametrize(("his", "hers"), list(product((0o077, 0o022), repeat=2)))
def test_two_accounts_of_a_group_share_everything(
    his: int, hers: int, mode: int, rig: Rig, shelf: Shelf, shared: Path, other: Path
) -> None:
    db = folder(shared, mode)
    figures = shared / "figures.csv"
    figures.write_bytes((shelf.folder / "figures.csv").read_bytes())
    accounts = {"ann": member(ANN, hers), "bob": member(BOB, his)}

    def done(who: str, *words: str) -> None:
        outcome = rig.run("--db", str(db), *words, account=accounts[who])
        assert outcome.code == 0, (who, words, outcome)

    def log(who: str, value: int) -> None:
        done(who, "log", INDICATOR, str(value), "--for", "2021", "--yes")

    done("ann", "init", "--empty", "--tz", "UTC")
    done("ann", "add", INDICATOR, "--name", "5G enterprises", "--unit", "enterprises")
    for first, second in (("ann", "bob"), ("bob", "ann")):
        log(first, 1)
        log(second, 2)
        done(first, "undo")
        torn(db)
        log(first, 3)
        torn(db)
        log(second, 4)
        (db / "heads.json").unlink()
        log(second, 5)
        log(first, 6)
        done(first, "backup")
        done(second, "backup")
        done(first, "status")
        done(second, "doctor", "--repair")
        newest = max((db / "backups").iterdir())
        done(second, "restore", str(newest), "--yes")
        done(first, "restore", str(newest), "--yes")
        done(first, "merge", str(other), "--yes")
        log(second, 7)
    done("bob", "import", str(figures), "--yes")
    done("ann", "log", INDICATOR, "9", "--for", "2022")

    assert len(list((db / "quarantine").iterdir())) == 4
    assert len(list((db / "backups").iterdir())) == 8
    for path in (db, *db.rglob("*")):
        status = path.lstat()
        wanted = mode if path.is_dir() else 0o660
        assert (stat.S_IMODE(status.st_mode), status.st_gid) == (wanted, GROUP), path
    assert {path.lstat().st_uid for path in db.rglob("*")} == {ANN, BOB}


@pytest.mark.parametrize("umask", [0o077, 0o022])
def test_who_is_not_of_the_group_is_told_so_in_one_line(
    umask: int, rig: Rig, shelf: Shelf, shared: Path
) -> None:
    db = folder(shared, 0o2770)
    assert rig.run("--db", str(db), "init", "--tz", "UTC", account=member(ANN, umask)).code == 0
    before = shelf.state(db)
    for words in (
        *WRITES,
        ("status",),
        ("undo",),
        ("backup", "-o", "-"),
        ("doctor",),
        ("doctor", "--repair"),
    ):
        outcome = rig.run(
            "--db", str(db), *words, stdin=f"{INDICATOR} 1 2021\n", account=Account(EVE, EVE, [], umask)
        )
        assert refused_in_one_line(outcome), (words, outcome)
        assert str(db) in outcome.err
        assert "permission" in outcome.err
    assert shelf.state(db) == before


@pytest.mark.parametrize("umask", [0o077, 0o022])
def test_who_may_only_read_reads_and_is_refused_a_write(
    umask: int, rig: Rig, shelf: Shelf, shared: Path, other: Path
) -> None:
    db = folder(shared, 0o2750)
    assert rig.run("--db", str(db), "init", "--tz", "UTC", account=Account(0, 0, [], umask)).code == 0
    before = shelf.state(db)
    reader = member(BOB, umask)
    looks: tuple[tuple[str, ...], ...] = (
        ("status",),
        ("history", INDICATOR, "--json"),
        ("export", "-f", "csv", "-o", "-"),
        ("doctor",),
    )
    for words in looks:
        outcome = rig.run("--db", str(db), *words, account=reader)
        assert (outcome.code, outcome.err) == (0, ""), (words, outcome)
        assert outcome.out
    more = (
        ("backup",),
        ("doctor", "--repair"),
        ("merge", str(other), "--yes"),
        ("restore", str(other), "--yes"),
    )
    for words in (*WRITES, *more):
        outcome = rig.run("--db", str(db), *words, stdin=f"{INDICATOR} 1 2021\n", account=reader)
        assert refused_in_one_line(outcome), (words, outcome)
        assert "read-only" in outcome.err, (words, outcome)
    assert shelf.state(db) == before
