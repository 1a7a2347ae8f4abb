"""Hints name the database and the author that the command line named, so that obeying them hits no other."""

from __future__ import annotations

from .conftest import Cli

LOG = ("log", "nev-capacity", "250k", "--for", "2020-Q2")


def test_a_hint_names_what_the_command_line_named(cli: Cli) -> None:
    place = str(cli.database)
    assert "take back: gztrack undo" in cli.done(*LOG).out
    assert f"take back: gztrack --db {place} undo" in cli.done("--db", place, *LOG).out
    assert "take back: gztrack --as ann undo" in cli.done(*LOG, "--as", "ann").out
    both = cli.done("--as", "Ann Li", *LOG, "--db", place).out
    assert f"take back: gztrack --db {place} --as 'Ann Li' undo" in both


def test_an_error_s_hint_does_too(cli: Cli) -> None:
    data = (cli.database / "facts.jsonl").read_bytes()
    (cli.database / "facts.jsonl").write_bytes(data.replace(b'"value":495', b'"value":418'))
    said = cli.refused("--db", str(cli.database), "status", code=4)
    assert said.endswith(f"run gztrack --db {cli.database} doctor")
