"""Hooks, ``--quiet`` and batches behind a gate: each holds there as it does outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .conftest import Gate, Hook, records

LOG = "log nev-capacity 310k --for 2020-06"
BATCH = "nev-capacity 310k 2020-06\ntech-centres 500 2020\n"


@pytest.mark.parametrize(
    ("asked", "name", "actions"),
    [
        (LOG, "on-log", ["log"]),
        ("log -", "on-log", ["log", "log"]),
        ("target nev-capacity 1.5m --due 2027", "on-target", ["set"]),
        (f"{LOG} --quiet", "on-log", ["log"]),
        (f"-q {LOG}", "on-log", ["log"]),
        (f"--json {LOG}", "on-log", ["log"]),
    ],
)
def test_hooks_that_were_turned_on_are_told_what_a_command_wrote(
    asked: str, name: str, actions: list[str], gate: Gate, hook: Hook, told: Path
) -> None:
    hook(name)

    ran = gate(asked, "log,target", "--hooks", stdin=BATCH)

    assert (ran.code, ran.err) == (0, "")
    assert [(each["action"], each["author"]) for each in records(told)] == [(each, "ann") for each in actions]


@pytest.mark.parametrize("asked", [LOG, "log -", f"{LOG} --quiet"])
def test_hooks_that_were_not_turned_on_are_not(asked: str, gate: Gate, hook: Hook, told: Path) -> None:
    hook()

    assert gate(asked, "log", stdin=BATCH).code == 0

    assert not told.exists()


def test_a_hook_behind_a_gate_finds_its_database_from_its_own_folder(
    gate: Gate, hook: Hook, told: Path
) -> None:
    hook("on-log", f"#!/bin/sh\necho \"$GZTRACK_DB\" > '{told}'\n")

    gate(LOG, "log", "--hooks")

    assert told.read_text() == f"{gate.cli.database}\n"
    assert os.path.isabs(told.read_text().rstrip())


def test_a_hook_that_fails_behind_a_gate_is_told_without_its_words_and_nothing_is_lost(
    gate: Gate, hook: Hook
) -> None:
    hook("on-log", "#!/bin/sh\necho /srv/secret/place >&2\nexit 3\n")

    ran = gate(f"{LOG} -q", "log", "--hooks")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "gztrack: hook on-log: exit code 3; what was saved stays saved\n"
    assert gate.cli.last["value"] == 310_000


@pytest.mark.parametrize("asked", [f"-q {LOG}", f"--quiet {LOG}", f"{LOG} -q", f"{LOG} --quiet", "log - -q"])
def test_quiet_holds_behind_a_gate(asked: str, gate: Gate) -> None:
    ran = gate(asked, "log", stdin=BATCH)

    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert gate.cli.written


def test_quiet_keeps_the_refusals_of_a_gate(gate: Gate) -> None:
    assert gate.refused("-q undo", "log") == "undo is not allowed here; allowed: log"


@pytest.mark.parametrize("word", ["log", "log -q"])
def test_a_batch_with_one_line_that_is_not_allowed_is_refused_whole(word: str, gate: Gate) -> None:
    said = gate.refused(f"{word} -", "log:nev-*", stdin=BATCH)

    assert said.startswith("log -: line 2: log tech-centres is not allowed here; allowed: log:nev-*")
    assert gate.log[-1]["event"] == "refused"
