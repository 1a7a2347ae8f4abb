"""What the real program does with its streams: pipes, full disks, closed ends, encodings, interrupts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import SOURCES, Program

LOG = ("log", "nev-capacity", "310k", "--for", "2020-06")

needs_full_device = pytest.mark.skipif(
    not os.path.exists("/dev/full") and not os.environ.get("CI"),
    reason="NOT PROVEN HERE: there is no /dev/full",
)


def kept(database: Path) -> int:
    """How many readings of 310,000 the database holds."""
    return (database / "facts.jsonl").read_bytes().count(b"310000")


def test_data_goes_to_stdout_and_errors_to_stderr(program: Program) -> None:
    done, failed = program(*LOG), program("log", "nev-capacty", "1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"NEV annual production capacity  310,000 vehicles/year")
    assert (failed.returncode, failed.stdout) == (2, b"")
    assert failed.stderr == b"gztrack: no such indicator: 'nev-capacty'; did you mean 'nev-capacity'?\n"


def test_narration_stays_out_of_the_data(program: Program, tmp_path: Path) -> None:
    ran = program("status", "--json", env={"GZTRACK_DB": "", "XDG_DATA_HOME": str(tmp_path / "none")})
    assert len(json.loads(ran.stdout)) == 12
    assert ran.stderr.startswith(b"gztrack: no database yet at ")


def test_a_reader_that_leaves_early_is_no_error(program: Program, tmp_path: Path) -> None:
    """As ``gztrack status | head -1``, with a reader that is gone before anything is written."""
    for words in (("status",), ("status", "--json"), ("snapshot", "-f", "svg"), ("--help",), LOG):
        end, mouth = os.pipe()
        os.close(end)
        ran = program(*words, stdout=mouth)
        os.close(mouth)
        assert (ran.returncode, ran.stderr) == (0, b""), words
    assert kept(tmp_path / "db") == 1


def test_alarms_are_alarms_though_nobody_reads_them(program: Program) -> None:
    program("target", "tech-centres", "900", "--due", "2098")
    end, mouth = os.pipe()
    os.close(end)
    ran = program("check", stdout=mouth, env={"GZTRACK_TODAY": "2097-11-24"})
    os.close(mouth)
    assert (ran.returncode, ran.stderr) == (1, b"")


@needs_full_device
def test_a_full_disk_behind_stdout_is_one_line(program: Program) -> None:
    with open("/dev/full", "wb") as full:
        for words in (("status",), ("status", "--json"), ("--version",)):
            ran = program(*words, stdout=full)
            assert ran.returncode == 4
            assert ran.stderr == b"gztrack: standard output cannot be written: no space left on device\n"


@needs_full_device
def test_what_was_logged_counts_as_done_though_its_echo_is_lost(program: Program, tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        ran = program(*LOG, stdout=full)
    assert ran.returncode == 0
    assert ran.stderr == (
        b"gztrack: done and kept, but standard output cannot be written: no space left on device\n"
    )
    assert kept(tmp_path / "db") == 1


def test_a_closed_stdout_and_stderr_do_no_harm(program: Program, tmp_path: Path) -> None:
    ran = program(*LOG, preexec_fn=lambda: os.closerange(1, 3))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    assert kept(tmp_path / "db") == 1


def test_log_from_a_closed_stdin_is_one_line(program: Program) -> None:
    ran = program("log", "-", preexec_fn=lambda: os.close(0))
    assert (ran.returncode, ran.stderr.count(b"\n")) == (2, 1)
    assert b"standard input is closed" in ran.stderr


def test_an_ascii_stream_gets_ascii(program: Program) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    assert program(*LOG, env=ascii_only).returncode == 0
    for words in (("status",), ("show", "nev-capacity"), ("targets",)):
        ran = program(*words, env=ascii_only)
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert ran.stdout.isascii()
    assert b">=300 k" in program("status", env=ascii_only).stdout


def test_json_is_utf8_on_an_ascii_stream_too(program: Program) -> None:
    ran = program("status", "--json", env={"PYTHONIOENCODING": "ascii"})
    assert "新能源汽车年产能" in ran.stdout.decode("utf-8")


def test_undecodable_words_are_refused_in_one_line(program: Program) -> None:
    ran = subprocess.run(
        [sys.executable.encode(), b"-m", b"gztrack", b"--db", b"none\xff", b"lo\xffg"],
        env={"PYTHONPATH": SOURCES, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (2, b"", 1)
    assert ran.stderr.startswith(b"gztrack: no such command: 'log'")


def test_ctrl_c_ends_it_as_shells_expect_and_says_that_nothing_was_saved(
    program: Program, tmp_path: Path
) -> None:
    database = tmp_path / "db"
    started = subprocess.Popen(
        [sys.executable, "-m", "gztrack", "--db", str(database), "log", "-"],
        env={"PYTHONPATH": SOURCES, "PATH": os.environ["PATH"]},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert started.stdin is not None
    started.stdin.write(b"nev-capacity 310k 2020-06\n")
    started.stdin.flush()
    _until_asleep(started.pid)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=30)
    said = b"gztrack: interrupted; nothing was saved\n"
    assert (started.returncode, out, err) == (-signal.SIGINT, b"", said)  # 130 in a shell
    assert kept(database) == 0


def _until_asleep(pid: int) -> None:
    """Wait until a process has loaded what it needs and waits for its input."""
    stat, last, end = Path(f"/proc/{pid}/stat"), -1, time.monotonic() + 20
    while time.monotonic() < end:
        time.sleep(0.2)
        if not stat.exists():  # no /proc here: what was slept has to do
            return
        fields = stat.read_text().rpartition(")")[2].split()
        used = int(fields[11]) + int(fields[12])
        if fields[0] == "S" and used == last:
            return
        last = used


def test_bare_gztrack_without_a_terminal_prints_the_status(program: Program) -> None:
    assert program().stdout == program("status").stdout
    assert json.loads(program("--json").stdout) == json.loads(program("status", "--json").stdout)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("status",), 0),
        (("status", "--json"), 0),
        (("--help",), 0),
        (("schema", "--json"), 0),
        (("log", "nev-capacty", "1"), 2),
        (("log", "tech-centres", "1", "--for", "2025"), 3),
        (("--db", "nowhere", "status"), 4),
    ],
)
@pytest.mark.parametrize("closed", [(1,), (2,), (1, 2)])
def test_the_exit_code_is_the_same_with_a_stream_closed(
    program: Program, words: tuple[str, ...], code: int, closed: tuple[int, ...]
) -> None:
    ran = program(*words, preexec_fn=lambda: os.closerange(closed[0], closed[-1] + 1))
    assert ran.returncode == code
    assert b"Traceback" not in ran.stderr
    assert ran.stderr.count(b"\n") == (code != 0 and 2 not in closed)


def test_a_backup_to_a_closed_stdout_is_none(program: Program) -> None:
    ran = program("backup", "-o", "-", preexec_fn=lambda: os.close(1))
    assert ran.returncode == 4
    assert ran.stderr == b"gztrack: standard output was closed before the backup was whole\n"


@pytest.mark.parametrize(
    "words", ["status", "status --json", "snapshot -f json", "schema --json", "export -f csv -o -"]
)
def test_head_in_a_shell_takes_its_line_and_nobody_complains(
    program: Program, tmp_path: Path, words: str
) -> None:
    program("status")
    line = f'{sys.executable} -m gztrack --db {tmp_path / "db"} {words} | head -n 1 >&2; echo "${{PIPESTATUS[0]}}"'
    ran = subprocess.run(
        ["bash", "-c", line],
        env={"PYTHONPATH": SOURCES, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.stdout == b"0\n"
    assert ran.stderr.count(b"\n") == 1
