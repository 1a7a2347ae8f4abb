"""What a hostile holder of a key can make a gate say, keep or wait for is bounded, and hooks run as the line has it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from gztrack.cli.gating import surroundings
from gztrack.cli.gating.notes import LONGEST_WHY
from gztrack.cli.gating.session import LONGEST_TOLD
from gztrack.errors import RefusedError

from .conftest import Cli, Gate

LOG = "log nev-capacity 310k --for 2020-06"


@pytest.fixture
def gate(cli: Cli) -> Iterator[Gate]:
    before = dict(os.environ)
    yield Gate(cli)
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def told(cli: Cli, tmp_path: Path) -> Path:
    """What the database's hook was told, where it was run."""
    hook = cli.database / "hooks" / "on-log"
    hook.parent.mkdir(mode=0o755)
    path = tmp_path / "told"
    hook.write_text(f"#!/bin/sh\necho \"$GZTRACK_DB\" > '{path}'\necho /etc/secret >&2\nexit 3\n", "utf-8")
    hook.chmod(0o755)
    return path


@pytest.mark.parametrize("asked", [LOG, "log -"])
def test_a_line_with_hooks_has_them_run_and_cites_nothing_of_theirs(
    gate: Gate, told: Path, asked: str
) -> None:
    ran = gate(asked, "log", "--hooks", stdin="nev-capacity 310k 2020-06\n")

    assert (ran.code, ran.err) == (0, "gztrack: hook on-log: exit code 3; what was saved stays saved\n")
    assert told.read_text("utf-8") == f"{gate.cli.database}\n"


def test_a_line_without_hooks_has_none_run(gate: Gate, told: Path) -> None:
    ran = gate(LOG, "log")

    assert (ran.code, ran.err) == (0, "")
    assert not told.exists()


@pytest.mark.parametrize("asked", [f"-q {LOG}", f"{LOG} --quiet"])
def test_quiet_is_quiet_behind_a_gate_too(gate: Gate, asked: str) -> None:
    ran = gate(asked, "log")

    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert len(gate.cli.written) == 1


@pytest.mark.parametrize(
    ("asked", "stdin"),
    [
        ("log nev-capacity " + "9" * 60_000, ""),
        ("undo " + "9" * 60_000, ""),
        ("add nev-x --name x --unit u --decimals " + "9" * 60_000, ""),
        ("schema " + "x" * 60_000, ""),
        ("--" + "x" * 60_000, ""),
    ],
    ids=lambda text: text[:20],
)
def test_a_message_that_repeats_what_was_sent_is_bounded(gate: Gate, asked: str, stdin: str) -> None:
    said = gate.refused(asked, "log,undo,add,schema", stdin=stdin)

    assert LONGEST_TOLD <= len(said) <= LONGEST_TOLD + 1
    assert not [each for each in gate.log if each["event"] == "failed"]


def test_a_line_of_a_batch_is_not_repeated_whole(gate: Gate) -> None:
    ran = gate("log -", "log", stdin="nev-capacity " + "9" * 900_000)

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 2)
    assert len(ran.err) < 2 * LONGEST_TOLD


def test_a_refusal_takes_little_of_the_log(gate: Gate) -> None:
    gate.refused("--" + "x" * 60_000, "log")

    (noted,) = gate.log
    assert noted["why"].startswith("no such option: '--xxx")
    assert len(noted["why"]) == LONGEST_WHY + 1


@pytest.fixture
def pipe() -> Iterator[tuple[TextIO, int]]:
    """Standard input as a gate reads it, and where a client sends; it is closed there by whoever wants that."""
    reading, writing = os.pipe()
    with open(reading, encoding="utf-8") as stream:
        found = surroundings.capped(stream, 100)
        assert found is not None
        yield found, writing


@pytest.mark.parametrize(("pause", "whole"), [(0.05, 60), (60, 0)])
def test_standard_input_that_does_not_end_is_given_up(
    pipe: tuple[TextIO, int], monkeypatch: pytest.MonkeyPatch, pause: float, whole: float
) -> None:
    stream, client = pipe
    monkeypatch.setattr(surroundings, "LONGEST_PAUSE", pause)
    monkeypatch.setattr(surroundings, "LONGEST_WAIT", whole)
    os.write(client, b"nev-capacity 5\n")
    with pytest.raises(RefusedError, match="standard input has not ended"):
        stream.read()
    os.close(client)


def test_standard_input_that_ends_is_read_whole(pipe: tuple[TextIO, int]) -> None:
    stream, client = pipe
    os.write(client, b"nev-capacity 5\n")
    os.close(client)
    assert stream.read() == "nev-capacity 5\n"


def test_a_client_that_sends_nothing_holds_nobody_up(cli: Cli) -> None:
    command = [
        sys.executable,
        "-m",
        "gztrack",
        "gate",
        "--as",
        "ann",
        "--db",
        str(cli.database),
        "--allow",
        "log",
    ]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, env={**os.environ, "SSH_ORIGINAL_COMMAND": "log -"}
    ) as stalled:
        assert stalled.stdin is not None
        stalled.stdin.write(b"nev-capacity 310k 2020-06\n")
        stalled.stdin.flush()
        cli.done("log", "nev-capacity", "311k", "--for", "2020-07")
        assert stalled.poll() is None
        stalled.stdin.close()
        assert stalled.wait(30) == 0

    assert json.loads(cli.done("history", "nev-capacity", "--json").out)[-1]["author"] == "ann"


@pytest.mark.parametrize(
    ("allow", "asked", "said"),
    [
        ("show:nev-*", "show nev-zzz", "no such indicator: 'nev-zzz'; there are: nev-capacity, nev-output-growth"),
        ("show:nev-*", "show nev-techcentres", "no such indicator: 'nev-techcentres'; there are: nev-"),
        ("show:nevx", "show nevx", "no such indicator: 'nevx'"),
        ("log:nev-*", "log nev-zzz 5", "no such indicator: 'nev-zzz'; there are: nev-capacity, nev-output-growth"),
        ("log:nevx", "log -", "line 1: no such indicator: 'nevx'"),
        ("correct:nev-*", "correct @last 5", "no such indicator: ''; there are: nev-capacity, nev-output-growth"),
        ("show:nev-*,status", "show nev-zzz", ", tech-centres, "),
        ("log:nev-*,board", "log nev-zzz 5", ", tech-centres, "),
    ],
)  # fmt: skip
def test_nobody_is_named_an_indicator_that_they_may_not_ask_for(
    gate: Gate, allow: str, asked: str, said: str
) -> None:
    ran = gate(asked, allow, stdin="nevx 5 2020\n")
    told = ran.err

    assert (ran.code, ran.out) == (2, "")
    assert said in told
    assert ("tech-centres" in told) == ("tech-centres" in said)
