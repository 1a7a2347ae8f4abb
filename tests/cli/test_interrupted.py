"""A command that a signal ends: it says truthfully what is saved, and shells see by what it ended."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gztrack.services import hooks
from terminal import bare_environment

from .conftest import SOURCES, TODAY, Cli, Hook

LOG = ("log", "nev-capacity", "310k", "--for", "2020-06")
HOWS = {
    signal.SIGINT: "interrupted",
    signal.SIGTERM: "ended by SIGTERM",
    signal.SIGHUP: "the terminal went away",
}

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(cli: Cli, tmp_path: Path) -> Iterator[Start]:
    """Starts the real program; each is ended after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(*words: str, ignoring: int = 0, **settings: object) -> subprocess.Popen[bytes]:
        env = bare_environment() | {
            "HOME": str(tmp_path),
            "GZTRACK_DB": str(cli.database),
            "GZTRACK_TODAY": TODAY,
            "PYTHONPATH": SOURCES,
        }

        def prepare() -> None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            if ignoring:
                signal.signal(ignoring, signal.SIG_IGN)

        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | settings
        process: subprocess.Popen[bytes] = subprocess.Popen(
            [sys.executable, "-m", "gztrack", *words], env=env, preexec_fn=prepare, **streams
        )  # type: ignore[call-overload]
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def until(what: Callable[[], object]) -> None:
    """Wait for something that will be so."""
    end = time.monotonic() + 20
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_asleep(process: subprocess.Popen[bytes]) -> bool:
    """Whether a process has been asleep for a while: it waits for its input."""
    return slept(process.pid)


def slept(pid: int) -> bool:
    """The same of any process."""
    used = []
    for _ in range(2):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used.append((fields[0], fields[11], fields[12]))
        time.sleep(0.2)
    return used[0] == used[1] and used[0][0] == "S"


@pytest.mark.parametrize("number", HOWS, ids=lambda number: number.name)
def test_before_anything_is_read_nothing_is_saved(number: signal.Signals, cli: Cli, start: Start) -> None:
    before = cli.journal
    process = start("log", "-")
    assert process.stdin is not None
    process.stdin.write(b"nev-capacity 310k 2020-06\n")
    process.stdin.flush()
    until(lambda: is_asleep(process))
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (-number, b"")
    assert err.decode() == f"gztrack: {HOWS[number]}; nothing was saved\n"
    assert cli.journal == before


@pytest.mark.parametrize("number", HOWS, ids=lambda number: number.name)
def test_while_somebody_else_holds_the_lock_nothing_is_saved(
    number: signal.Signals, cli: Cli, start: Start
) -> None:
    before = cli.journal
    with (cli.database / "lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start(*LOG)
        until(lambda: any(link.resolve() == cli.database / "lock" for link in open_files(process)))
        process.send_signal(number)
        _, err = process.communicate(timeout=4)
    assert process.returncode == -number
    assert err.decode() == f"gztrack: {HOWS[number]}; nothing was saved\n"
    assert cli.journal == before
    cli.done(*LOG)


def open_files(process: subprocess.Popen[bytes]) -> list[Path]:
    return list(Path(f"/proc/{process.pid}/fd").glob("*"))


@pytest.mark.parametrize("number", HOWS, ids=lambda number: number.name)
def test_after_it_was_written_it_is_said_to_be_saved(number: signal.Signals, cli: Cli, start: Start) -> None:
    near, far = os.pipe()
    fcntl.fcntl(
        far, 1031, 4096
    )  # F_SETPIPE_SZ: as little as there is, and full, so that the echo cannot be told
    os.write(far, b"x" * 4096)
    before = len(cli.journal)
    process = start(*LOG, stdout=far)
    os.close(far)
    until(lambda: len(cli.journal) > before and is_asleep(process))
    process.send_signal(number)
    assert process.stderr is not None
    err = process.stderr.read().decode()
    assert process.wait(30) == -number
    os.close(near)
    assert (
        err == f"gztrack: {HOWS[number]}, but what was written before is saved; take it back: gztrack undo\n"
    )
    assert cli.last["value"] == 310_000


@pytest.mark.parametrize("number", HOWS, ids=lambda number: number.name)
def test_a_hook_that_is_waited_for_ends_too(
    number: signal.Signals, cli: Cli, start: Start, tmp_path: Path
) -> None:
    hook = cli.database / "hooks" / "on-log"
    hook.parent.mkdir(mode=0o755)
    hook.write_text(
        f"#!/bin/sh\necho $$ > '{tmp_path}/pid.new'\nmv '{tmp_path}/pid.new' '{tmp_path}/pid'\nsleep 600\n"
    )
    hook.chmod(0o755)
    process = start(*LOG)
    until((tmp_path / "pid").exists)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == -number
    assert b"logged nev-capacity@2020-06" in out
    assert err.decode().endswith("gztrack: hook on-log was ended; what was saved stays saved\n")
    until(lambda: not members(int((tmp_path / "pid").read_text())))


def members(group: int) -> list[str]:
    """The processes of a group that are alive; who was not looked after by its parent is not."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(path.parent.name)
    return found


def test_a_signal_that_is_to_be_ignored_is_ignored(cli: Cli, start: Start) -> None:
    process = start("log", "-", ignoring=signal.SIGHUP)  # as nohup has it
    assert process.stdin is not None
    process.stdin.write(b"nev-capacity 310k 2020-06\n")
    process.stdin.flush()
    until(lambda: is_asleep(process))
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert cli.last["value"] == 310_000


def test_a_script_stops_with_the_command_that_ctrl_c_ended(cli: Cli, start: Start, tmp_path: Path) -> None:
    """A shell goes on with the next command unless the one before died of the signal."""
    script = f"for n in 1 2; do '{sys.executable}' -m gztrack log -; echo $n >> '{tmp_path}/runs'; done"
    env = bare_environment() | {"HOME": str(tmp_path), "GZTRACK_DB": str(cli.database), "PYTHONPATH": SOURCES}
    shell = subprocess.Popen(
        ["bash", "-c", script],
        env=env,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    children = Path(f"/proc/{shell.pid}/task/{shell.pid}/children")
    until(lambda: children.read_text().split())
    child = int(children.read_text().split()[0])
    until(lambda: slept(child))
    os.killpg(shell.pid, signal.SIGINT)
    _, err = shell.communicate(timeout=30)
    assert shell.returncode == -signal.SIGINT
    assert err.decode().count("nothing was saved") == 1
    assert not (tmp_path / "runs").exists()


def test_whoever_waits_for_a_slow_hook_is_told_so(cli: Cli, start: Start, hook: Hook) -> None:
    hook(script="#!/bin/sh\nexec sleep 600\n")
    process = start(*LOG)
    assert process.stderr is not None
    waiting = process.stderr.readline().decode()
    assert waiting == "gztrack: waiting for hook on-log; ctrl+c ends it, and what was saved stays saved\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert err.decode() == "gztrack: hook on-log was ended; what was saved stays saved\n"
    assert cli.last["value"] == 310_000


def test_with_quiet_nobody_is_told_of_a_slow_hook(
    cli: Cli, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "PATIENCE", 0.01)
    hook(script="#!/bin/sh\nsleep 0.3\n")
    assert "waiting for hook on-log" in cli(*LOG).err
    assert cli.done(*LOG, "--quiet").err == ""


def test_the_line_about_ctrl_c_begins_below_what_the_terminal_shows_of_it(cli: Cli, start: Start) -> None:
    ours, theirs = pty.openpty()
    process = start("log", "-", stderr=theirs)
    os.close(theirs)
    until(lambda: is_asleep(process))
    os.write(ours, b"x")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    shown = b""
    with contextlib.suppress(OSError):  # the other end is closed
        while piece := os.read(ours, 4096):
            shown += piece
    os.close(ours)
    assert shown.decode() == "x\r\ngztrack: interrupted; nothing was saved\r\n"


LONG = {
    "import": ("import", "--yes", "big.csv"),
    "backup": ("backup", "--force", "-o", "written"),
    "export": ("export", "--force", "-f", "csv", "-o", "written"),
}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
@pytest.mark.parametrize("kind", LONG)
def test_long_work_is_done_or_not_and_says_which(
    kind: str, number: signal.Signals, cli: Cli, start: Start, tmp_path: Path
) -> None:
    """Wherever it is when the signal comes, and no other file is left behind."""
    place = tmp_path / "place"
    place.mkdir()
    days = (f"{y}-{m:02}-{d:02}" for y in range(1950, 2020) for m in range(1, 13) for d in range(1, 29))
    rows = "".join(f"tech-centres,{day},{400 + at % 90}\n" for at, day in enumerate(days))
    (place / "big.csv").write_text(f"indicator,period,value\n{rows}")
    if kind != "import":
        cli.done("import", "--yes", str(place / "big.csv"))
    examined = b""
    for pause in (0.2, 0.4, 0.6, 0.8, 1.0):
        before = len(cli.journal)
        (place / "written").unlink(missing_ok=True)
        process = start(*LONG[kind], cwd=place)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(pause)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        saved = len(cli.journal) > before if kind == "import" else (place / "written").exists()
        assert {path.name for path in place.iterdir()} <= {"big.csv", "written"}
        assert not [path for path in cli.database.iterdir() if path.name.startswith(".")]
        if process.returncode:
            assert process.returncode == -number, err
            # While the interpreter starts or ends it is killed without another word: then its echo tells.
            told = "nothing was saved" not in err.decode() if err else bool(out)
            assert told == saved, err
        if examined != (examined := cli.journal):
            assert cli("doctor").code == 0
