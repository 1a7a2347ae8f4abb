"""The gate over a real SSH login: one account, keys that open only what is listed, and every escape we know."""

from __future__ import annotations

import json
import os
import pwd
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from terminal import Terminal, bare_environment

from .conftest import Server

LOG_LINE = "NEV annual production capacity  310,000 vehicles/year"


class Gate:
    """A database behind a gate, and the one key that opens it."""

    def __init__(self, server: Server, python: Path, folder: Path) -> None:
        self.server = server
        self.python = python
        self.folder = folder
        self.database = folder / "secret place" / "figures"
        self.database.parent.mkdir()
        self.local("init", "--tz", "UTC")

    def local(self, *words: str) -> str:
        """Run a command as the administrator does, on the host itself."""
        done = subprocess.run(
            [str(self.python), "-I", "-m", "gztrack", "--db", str(self.database), *words],
            env=bare_environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def open(self, allow: str, *more: str, name: str = "ann") -> None:
        """Give the key to somebody, for what is allowed."""
        words = ["gate", "--print-key-line", name, str(self.server.key), "--allow", allow, *more]
        self.line = self.local(*words).strip()
        self.server.authorize(self.line)

    def __call__(
        self,
        *remote: str,
        stdin: bytes = b"",
        options: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        done = subprocess.run(
            self.server.command(*remote, options=options),
            input=stdin,
            env={**os.environ, **(env or {})},
            capture_output=True,
            timeout=60,
        )
        for place in (self.folder, self.python.parents[2], Path.home(), Path(__file__).parents[2]):
            assert str(place).encode() not in done.stdout + done.stderr
        assert b"Traceback" not in done.stderr
        return done

    def refused(self, *remote: str, stdin: bytes = b"") -> str:
        """Ask for something that is refused: exit code 2, one line, nothing written, and noted in the log."""
        journal, noted = self.journal, len(self.log)
        done = self(*remote, stdin=stdin)
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1), done
        assert self.journal == journal
        assert len(self.log) == noted + 1
        return done.stderr.decode()

    @property
    def journal(self) -> bytes:
        return (self.database / "facts.jsonl").read_bytes()

    @property
    def log(self) -> list[dict[str, Any]]:
        """What the gate noted."""
        path = self.database / "gate.log"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []

    @property
    def readings(self) -> list[tuple[object, object, object]]:
        """Value, author and period of every reading of one indicator."""
        return [
            (item["value"], item["author"], item["period"])
            for item in json.loads(self.local("history", "nev-capacity", "--json"))
        ]


@pytest.fixture
def gate(careless: Server, installed: Path, tmp_path: Path) -> Gate:
    made = Gate(careless, installed, tmp_path)
    made.open("log:nev-*,undo,status,board")
    return made


@pytest.fixture(scope="module")
def made(careless: Server, installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Gate:
    found = Gate(careless, installed, tmp_path_factory.mktemp("gate"))
    found.open("log:nev-*,undo,status,board")
    return found


@pytest.fixture
def shut(made: Gate) -> Gate:
    """A gate that nothing comes through: tests share it, and find it unchanged."""
    made.server.authorize(made.line)
    return made


@pytest.mark.parametrize("program", [(), ("gztrack",)])
def test_a_reading_is_logged_under_the_name_of_the_key(gate: Gate, program: tuple[str, ...]) -> None:
    done = gate(
        *program, "log", "nev-capacity", "310k", "--for", "2020-06", "--source", "'the bureau; 中 $HOME'"
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert LOG_LINE in done.stdout.decode()
    assert b"take back: gztrack undo\n" in done.stdout
    assert gate.readings == [(310_000, "ann", "2020-06")]
    assert "the bureau; 中 $HOME" in gate.local("history", "nev-capacity", "--json")


def test_a_name_that_needs_quoting_in_two_languages_comes_through_whole(gate: Gate) -> None:
    name = """ann o'hara "x" $HOME `id` \\" 中"""
    gate.open("log,undo", name=name)

    assert gate("log", "nev-capacity", "310k", "--for", "2020-06").returncode == 0
    assert gate.readings == [(310_000, name, "2020-06")]


def test_a_batch_through_standard_input(gate: Gate) -> None:
    done = gate("log", "-", stdin="nev-capacity 310k 2020-06 # 中\nnev-output-growth 5% 2020\n".encode())

    assert (done.returncode, done.stderr) == (0, b"")
    assert gate.readings == [(310_000, "ann", "2020-06")]


def test_a_batch_is_refused_whole_for_one_line_that_is_not_on_the_list(gate: Gate) -> None:
    said = gate.refused("log", "-", stdin=b"nev-capacity 310k 2020-06\ntech-centres 500 2020\n")

    assert said == (
        "gztrack: log -: line 2: log tech-centres is not allowed here; allowed: log:nev-*, undo, status, board;"
        " nothing was logged\n"
    )


def test_input_beyond_the_cap_is_not_read(gate: Gate) -> None:
    gate.open("log", "--max-input", "1k")
    assert gate("log", "-", stdin=b"# " + b"x" * 900 + b"\nnev-capacity 310k 2020-06\n").returncode == 0
    said = gate.refused("log", "-", stdin=b"# " + b"x" * 5_000_000 + b"\n")

    assert (
        said
        == "gztrack: standard input is longer than the 1,000 bytes that are taken here; send it in parts\n"
    )


def test_without_a_command_and_a_terminal_the_status_is_printed(gate: Gate) -> None:
    done = gate()

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"NEV annual production capacity" in done.stdout


def test_undo_takes_back_ones_own_last_action(gate: Gate) -> None:
    gate.local("--as", "bob", "log", "nev-capacity", "300k", "--for", "2020-05")
    gate("log", "nev-capacity", "310k", "--for", "2020-06")

    assert gate("undo").returncode == 0
    assert gate("undo").returncode == 2
    assert json.loads(gate.local("show", "nev-capacity", "--json"))["reading"]["value"] == 300_000


HOSTILE = [
    "status; id",
    "; id",
    "$(id)",
    "`id`",
    "status\nid",
    "status\rid",
    "status \x1b[31m",
    "status 'x",
    'status "x',
    "status --db=/etc/passwd",
    "status --db /etc/passwd",
    "gztrack --db=/etc/passwd status",
    "gztrack --db /etc/passwd status",
    "status '--db'='/etc/passwd'",
    "status --d''b /etc/passwd",
    "status --d /etc/passwd",
    "status --d=/etc/passwd",
    "gztrack --d /etc/passwd status",
    "status -o /tmp/x",
    "status --output=/tmp/x",
    "log nev-capacity 5 --as bob",
    "gztrack --as bob log nev-capacity 5",
    "log nev-capacity 5 --as=ann",
    "log tech-centres 5",
    "import /etc/passwd",
    "export -o - -f csv",
    "backup -o -",
    "restore /etc/passwd",
    "merge /etc",
    "init",
    "doctor --repair",
    "config",
    "gate --as bob --allow log",
    "gate --check",
    "help backup",
    "backup --help",
    "correct nev-capacity@last 5",
    "undo --db=/x",
    "bash -i",
    "sh -c id",
    "/bin/sh",
    "scp -t /tmp",
    "rsync --server -e.LsfxC . /tmp",
    "gztrack gztrack status",
    "ｓｔａｔｕｓ",
    "status\u00a0--db\u00a0/etc/passwd",
    "x" * 100_000,
]


@pytest.mark.parametrize("command", HOSTILE, ids=lambda text: repr(text)[:40])
def test_no_way_out(shut: Gate, command: str) -> None:
    said = shut.refused(command)

    assert "uid=" not in said
    assert "passwd" not in said or "not allowed here" in said


@pytest.mark.parametrize(
    "command",
    [
        "log nev-capacity 5 –db /etc/passwd",
        "log nev-capacity 5 —db=/etc/passwd",
        "log nev-capacity 5 －－db /etc/passwd",
        "log nev-capacity 5 “--x",
        "status && id",
        "status | id",
        "status > /tmp/x",
        "log 'nev-*' 5",
        "log nev-capacity 5; id",
        "log nev-capacity 5 `id`",
        "log nev-capacity $(id)",
        "log nev-capacity -- --db /etc/passwd",
        "status -- --db=/etc/passwd",
        "status ../../etc/passwd",
    ],
)
def test_what_looks_like_an_option_or_a_shells_is_a_word_like_any_other(shut: Gate, command: str) -> None:
    journal = shut.journal
    done = shut(command)

    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1), done
    assert b"uid=" not in done.stderr
    assert shut.journal == journal


def test_a_refusal_names_what_is_allowed_and_is_noted(gate: Gate) -> None:
    said = gate.refused("export", "-o", "/tmp/x")

    assert said == "gztrack: export is not allowed here; allowed: log:nev-*, undo, status, board\n"
    (noted,) = gate.log
    assert noted["name"] == "ann"
    assert noted["from"] == "127.0.0.1"
    assert noted["event"] == "refused"
    assert noted["asked"] == "export -o /tmp/x"
    assert (gate.database / "gate.log").stat().st_mode & 0o777 == 0o600


def test_a_million_bytes_of_arguments_do_nothing(gate: Gate) -> None:
    journal = gate.journal
    done = gate("log", "nev-capacity", *["5" * 100_000] * 10)

    assert done.returncode != 0
    assert done.stdout == b""
    assert gate.journal == journal


@pytest.mark.parametrize(
    "variables",
    [
        {"GZTRACK_DB": "/tmp/other"},
        {"GZTRACK_TODAY": "1999-01-01"},
        {"XDG_DATA_HOME": "/tmp/other", "XDG_CONFIG_HOME": "/tmp/other", "XDG_STATE_HOME": "/tmp/other"},
        {"HOME": "/tmp/other"},
        {"TEXTUAL_DRIVER": "evil:Driver", "TEXTUAL": "devtools"},
        {"PYTHONPATH": "{folder}", "PYTHONSTARTUP": "{folder}/gztrack.py", "PYTHONINSPECT": "1"},
        {"PYTHONHOME": "/tmp/other"},
        {"LC_ALL": "../../../tmp/other", "LANG": "/tmp/other", "LOCPATH": "/tmp"},
        {"LC_ALL": "zh_TW.Big5"},
        {"TZ": ":/etc/passwd", "COLUMNS": "9" * 5000, "NO_COLOR": "\x1b"},
        {"SSH_ORIGINAL_COMMAND": "log nev-capacity 1", "SSH_CONNECTION": "6.6.6.6 1 2 3"},
        {"USER": "root", "LOGNAME": "eve"},
    ],
    ids=lambda found: "+".join(found),
)
def test_no_variable_of_a_client_changes_a_thing(gate: Gate, variables: dict[str, str]) -> None:
    (gate.folder / "gztrack.py").write_text("print('uid=0')\n")
    injected = {name: text.replace("{folder}", str(gate.folder)) for name, text in variables.items()}
    send = [
        word for name in injected for word in ("-o", f"SetEnv {name}={injected[name]!r}".replace("'", '"'))
    ]
    plain = gate("log", "nev-capacity", "310k", "--for", "2020-06", "--json")
    done = gate("log", "nev-capacity", "311k", "--for", "2020-07", "--json", options=send)

    said = [line for line in done.stderr.splitlines() if not line.startswith(b"bash: warning: setlocale")]
    assert (done.returncode, said) == (0, [])
    assert json.loads(done.stdout)["echo"][0] == json.loads(plain.stdout)["echo"][0].replace(
        "310,000", "311,000"
    ).replace("2020-06-30", "2020-07-31").replace("2020-06", "2020-07").replace("103.3", "103.7")
    assert gate.readings == [(310_000, "ann", "2020-06"), (311_000, "ann", "2020-07")]
    assert b"tech-centres" not in gate("log", "tech-centres", "5", options=send).stdout
    assert gate.log[-1]["from"] == "127.0.0.1"


def test_files_cannot_be_copied(gate: Gate, tmp_path: Path) -> None:
    there = tmp_path / "there"
    port = ["-P", str(gate.server.port), *gate.server.options]
    for how in (["scp"], ["scp", "-O"]):
        copy = [*how, *port, str(gate.server.key), f"{gate.server.account}:{there}"]
        assert subprocess.run(copy, capture_output=True, timeout=60).returncode != 0
    listing = subprocess.run(
        ["sftp", *port, gate.server.account], input=b"ls /\n", capture_output=True, timeout=60
    )

    assert listing.returncode != 0
    assert b"etc" not in listing.stdout
    assert not there.exists()
    assert [each["event"] for each in gate.log] == ["refused"] * 3


def test_no_port_is_forwarded(gate: Gate) -> None:
    with socket.socket() as service, socket.socket() as probe:
        service.bind(("127.0.0.1", 0))
        service.listen()
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
        probe.close()
        forward = ["-o", "ExitOnForwardFailure=yes", "-R", f"{free}:127.0.0.1:{service.getsockname()[1]}"]
        done = gate("status", options=forward)

    assert done.returncode == 255
    assert done.stdout == b""
    stdio = gate.server.command(options=["-W", f"127.0.0.1:{gate.server.port}"])
    assert subprocess.run(stdio, capture_output=True, timeout=60, input=b"").returncode == 255


def test_the_board_opens_on_a_terminal_and_writes_under_the_name(gate: Gate) -> None:
    with Terminal(gate.server.command(terminal=True)) as board:
        board.until("Start here")
        board.press("l", "310k", "tab", "2020-06")
        board.until("310,000 vehicles/year", "103.3 %")
        board.press("enter")
        board.until("103 %", "u undoes it", without="enter save")
        board.press("ctrl+z")
        board.until("there is no shell to go back to here; q quits")
        board.press("q")
        assert board.ended() == 0
        assert str(gate.folder).encode() not in board.sent

    assert gate.readings == [(310_000, "ann", "2020-06")]


def test_the_board_writes_no_file_and_says_no_path(gate: Gate) -> None:
    home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    before = {path.name for path in (*home.iterdir(), *gate.database.parent.iterdir())}
    with Terminal(gate.server.command(terminal=True)) as board:
        board.until("Start here")
        board.press("x", "enter")
        board.settle(0.5)
        board.press("escape", "q")
        board.ended()
        assert str(gate.folder).encode() not in board.sent
        assert str(home).encode() not in board.sent

    assert {path.name for path in (*home.iterdir(), *gate.database.parent.iterdir())} - before <= {".local"}


def test_hooks_run_for_what_came_over_the_line_and_say_no_path(gate: Gate, tmp_path: Path) -> None:
    hook = gate.database / "hooks" / "on-log"
    hook.parent.mkdir(mode=0o755)
    hook.write_text(f"#!/bin/sh\necho \"$GZTRACK_DB\" > '{tmp_path}/told'\necho {gate.folder} >&2\nexit 3\n")
    hook.chmod(0o755)
    gate.open("log", "--hooks")
    done = gate("log", "nev-capacity", "310k", "--for", "2020-06")

    assert (done.returncode, done.stderr) == (
        0,
        b"gztrack: hook on-log: exit code 3; what was saved stays saved\n",
    )
    assert (tmp_path / "told").read_text() == f"{gate.database}\n"


def test_a_client_that_names_a_huge_window_does_not_fill_the_host(gate: Gate) -> None:
    with Terminal(gate.server.command(terminal=True)) as board:
        board.until("Start here")
        board.watched = False
        board.process.setwinsize(65_535, 65_535)
        board.settle(1)
        board.press("ctrl+q")
        assert board.ended() == 0


def test_two_keys_keep_their_own_drafts(gate: Gate) -> None:
    with Terminal(gate.server.command(terminal=True)) as board:
        board.until("Start here")
        board.press("l", "277k", "tab", "2020-05")
        board.until("277,000")
        board.settle(0.4)

    gate.open("log:nev-*,undo,status,board", name="bob")
    with Terminal(gate.server.command(terminal=True)) as board:
        board.until("Start here")
        board.press("l")
        board.until("enter save")
        board.settle(0.3)
        assert "277" not in board.text

    gate.open("log:nev-*,undo,status,board", name="ann")
    with Terminal(gate.server.command(terminal=True)) as board:
        board.until("Start here")
        board.press("l")
        board.until("277,000")
        board.press("escape")


def test_the_line_that_is_printed_passes_the_check(gate: Gate) -> None:
    keys = gate.folder / "authorized_keys"
    keys.write_text(f"{gate.line}\n", "utf-8")
    done = subprocess.run(
        [str(gate.python), "-I", "-m", "gztrack", "gate", "--check", str(keys), "--json"],
        env=bare_environment(),
        capture_output=True,
    )
    (found,) = json.loads(done.stdout)["gates"]
    assert (found["name"], found["problems"]) == ("ann", [])


def test_a_terminal_without_the_board_is_told_what_is_allowed(gate: Gate) -> None:
    gate.open("status")
    with Terminal(gate.server.command(terminal=True)) as refused:
        refused.until("PTY allocation request failed")

    gate.server.authorize(gate.line.replace("restrict,", "restrict,pty,"))
    with Terminal(gate.server.command(terminal=True)) as refused:
        refused.until("gztrack: board is not allowed here; allowed: status")
        assert refused.ended() == 2


def test_a_database_that_went_away_is_not_named(gate: Gate) -> None:
    gate.database.rename(gate.folder / "elsewhere")
    done = gate("status")

    assert done.returncode == 4
    assert done.stderr == (
        b"gztrack: there is no database behind this gate; whoever keeps this host makes one: gztrack init\n"
    )


def test_a_damaged_database_is_told_of_without_its_path(gate: Gate) -> None:
    journal = gate.database / "facts.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"nev-capacity", b"xev-capacity", 1))
    done = gate("status")

    assert done.returncode == 4
    assert done.stderr.count(b"\n") == 1
    assert gate.log[-1]["event"] == "failed"
