"""Hooks: what they are told, and that nothing that becomes of them touches what was saved."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gztrack.domain.register import Register
from gztrack.services import hooks
from gztrack.storage import derived
from gztrack.storage.files import HEADS

from .conftest import SOURCES, Cli, Hook, Program, records

LOG = ("log", "nev-capacity", "310k", "--for", "2020-06")
TARGET = ("target", "nev-capacity", "1.5m", "--due", "2027")


def test_a_reading_is_told_in_the_shape_of_history(cli: Cli, hook: Hook, told: Path) -> None:
    hook()

    cli.done("--as", "ann", *LOG, "--note", "四月", "--source", "bureau")

    (record,) = records(told)
    (item,) = cli.done("history", "nev-capacity", "--json").json
    later = {"standing", "preferred", "pinned", "pin_reason", "ended_by"}
    assert {key: record[key] for key in item if key not in later} == {
        key: value for key, value in item.items() if key not in later
    }
    assert not later & set(record)
    assert (record["action"], record["action_reason"], record["author"]) == ("log", None, "ann")
    assert record["database"] == "Guangzhou industrial upgrading"
    assert (record["indicator"], record["unit"]) == ("nev-capacity", "vehicles/year")
    assert record["tx"] == cli.written[-1].tx
    assert record["login"] == cli.written[-1].login
    assert "四月".encode() in told.read_bytes()


def test_a_target_is_told_in_the_shape_of_targets(cli: Cli, hook: Hook, told: Path) -> None:
    hook("on-target")

    cli.done(*TARGET, "--quote", "by 2027")

    (record,) = records(told)
    items = cli.done("targets", "nev-capacity", "--json").json
    (item,) = [each for each in items if each["id"] == record["id"]]
    assert {key: record[key] for key in item} == item
    assert record["action"] == "set"


@pytest.mark.parametrize(
    ("before", "words", "name", "action", "reason"),
    [
        (LOG, ("correct", "nev-capacity@2020-06", "311k", "--reason", "slip"), "on-log", "correct", "slip"),
        (
            TARGET,
            (
                "target",
                "nev-capacity",
                "2m",
                "--due",
                "2028",
                "--replaces",
                "nev-capacity@2027",
                "--reason",
                "plan",
            ),
            "on-target",
            "revise",
            "plan",
        ),
        (
            TARGET,
            ("correct", "nev-capacity@2027", "1.4m", "--reason", "slip"),
            "on-target",
            "correct",
            "slip",
        ),
        (
            TARGET,
            ("target", "drop", "nev-capacity@2027", "--reason", "given up"),
            "on-target",
            "drop",
            "given up",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_the_action_and_its_reason_are_told(
    before: tuple[str, ...],
    words: tuple[str, ...],
    name: str,
    action: str,
    reason: str,
    cli: Cli,
    hook: Hook,
    told: Path,
) -> None:
    cli.done(*before)
    hook(name)

    cli.done("--as", "bob", *words)

    (record,) = records(told)
    assert (record["action"], record["action_reason"], record["author"]) == (action, reason, "bob")


def test_a_batch_is_one_run_with_a_line_a_reading(cli: Cli, hook: Hook, told: Path) -> None:
    hook("on-log", f"#!/bin/sh\necho run >> '{told}.runs'\ncat >> '{told}'\n")

    cli.done("log", "-", stdin="nev-capacity 310k 2020-08\ntech-centres 500 2020 # n\n")

    assert [each["indicator"] for each in records(told)] == ["nev-capacity", "tech-centres"]
    assert len({each["tx"] for each in records(told)}) == 1
    assert Path(f"{told}.runs").read_text() == "run\n"


@pytest.mark.parametrize(
    "words",
    [
        ("undo",),
        ("retract", "nev-capacity@2020-06", "--reason", "slip"),
        ("pin", "nev-capacity@2020-06"),
        ("target", "pin", "nev-capacity@2027"),
        ("edit", "nev-capacity", "--definition", "all plants"),
        ("import", "--yes", "more.csv"),
    ],
    ids=" ".join,
)
def test_what_is_neither_logged_nor_promised_is_not_told(
    words: tuple[str, ...], cli: Cli, hook: Hook, told: Path
) -> None:
    Path("more.csv").write_text("indicator,period,value\nnev-capacity,2020-07,5000\n")
    cli.done(*LOG)
    cli.done(*TARGET)
    hook("on-log")
    hook("on-target")

    assert cli(*words).code == 0
    assert not told.exists()


def test_a_retry_with_the_same_key_is_told_once(cli: Cli, hook: Hook, told: Path) -> None:
    hook()

    for _ in range(2):
        cli.done(*LOG, "--key", "k")

    assert len(records(told)) == 1


@pytest.mark.parametrize(
    "words", [("log", "nev-capacity", "nan"), ("target", "nev-capacity", "x", "--due", "2027")]
)
def test_what_was_refused_is_not_told(words: tuple[str, ...], cli: Cli, hook: Hook, told: Path) -> None:
    hook("on-log")
    hook("on-target")

    cli.refused(*words)

    assert not told.exists()


FAILURES = {
    "exit code 3: so": ("#!/bin/sh\necho no >&2\nprintf '\\033[2Jso\\n\\n' >&2\nexit 3\n", 0o755),
    "exit code 1": ("#!/bin/sh\nexit 1\n", 0o755),
    "ended by SIGKILL": ("#!/bin/sh\nkill -KILL $$\n", 0o755),
    "not run: {hooks}/on-log is not executable; chmod +x {hooks}/on-log": ("#!/bin/sh\n", 0o644),
    "not run: others may write {hooks}/on-log; chmod go-w {hooks}/on-log": ("#!/bin/sh\n", 0o775),
    "not run: the program that the first line of {hooks}/on-log names is missing": ("#!/no/such\n", 0o755),
    "not run: the first line of {hooks}/on-log names no program, as #!/bin/sh does": ("echo\n", 0o755),
    "not run: {hooks}/on-log: its lines end in CR LF, as on Windows: save it with LF alone, as dos2unix does": (
        "#!/bin/sh\r\ntrue\r\n",
        0o755,
    ),
}


@pytest.mark.parametrize("why", FAILURES)
def test_a_hook_that_fails_is_one_line_and_the_reading_is_logged(why: str, cli: Cli, hook: Hook) -> None:
    script, mode = FAILURES[why]
    hook("on-log", script, mode)

    ran = cli(*LOG)

    why = why.replace("{hooks}", str(cli.database / "hooks"))
    assert (ran.code, ran.err) == (0, f"gztrack: hook on-log: {why}; what was saved stays saved\n")
    assert "logged nev-capacity@2020-06" in ran.out
    assert cli.last["value"] == 310_000


def test_a_hook_whose_time_is_up_is_ended_with_all_that_it_started(
    cli: Cli, hook: Hook, told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "LIMIT", 1.0)
    hook("on-log", f"#!/bin/sh\ntrap '' TERM\nsleep 600 &\necho $! > '{told}'\nwait\nsleep 600\n")

    ran = cli(*LOG)

    assert ran.code == 0
    assert "hook on-log: still at work after 1 second, and ended; what was saved stays saved" in ran.err
    left = Path(f"/proc/{told.read_text().strip()}/stat")
    for _ in range(100):  # who was killed may take a moment to be gone
        if not left.exists() or left.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.1)
    pytest.fail("what the hook had started is still at work")


def test_what_a_hook_says_does_not_mix_with_json(cli: Cli, hook: Hook) -> None:
    hook("on-log", "#!/bin/sh\necho out\necho err >&2\n")

    ran = cli.done(*LOG, "--json")

    assert set(ran.json) == {"id", "tx", "handle", "echo", "added"}


def test_a_hook_that_reads_nothing_holds_up_no_batch(cli: Cli, hook: Hook) -> None:
    hook("on-log", "#!/bin/sh\nexit 0\n")

    cli.done(
        "log", "-", "--yes", stdin="".join(f"tech-centres {n} {n} # {'x' * 900}\n" for n in range(1990, 2090))
    )


def test_a_hook_finds_a_small_environment(
    cli: Cli, hook: Hook, told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "s")
    hook("on-log", f"#!/bin/sh\nenv > '{told}'\npwd >> '{told}'\n")

    cli.done(*LOG)

    lines = told.read_text().splitlines()
    found = dict(line.partition("=")[::2] for line in lines[:-1])
    assert (found["GZTRACK_DB"], found["GZTRACK_HOOK"]) == (str(cli.database), "on-log")
    assert "SECRET" not in found
    assert "PYTHONPATH" not in found
    assert found["PATH"].split(":")[-1] == os.path.dirname(sys.executable)
    assert lines[-1] == str(cli.database / "hooks")


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1), (0, 1, 2)])
def test_a_hook_runs_though_streams_of_the_command_are_closed(
    closed: tuple[int, ...], hook: Hook, program: Program, told: Path
) -> None:
    hook("on-log", f"#!/bin/sh\npwd > '{told}'\ncat >> '{told}'\n")

    def close() -> None:
        for number in closed:
            os.close(number)

    ran = program(*LOG, preexec_fn=close)

    assert (ran.returncode, ran.stderr) == (0, b"")
    where, what = told.read_text().splitlines()
    assert (Path(where).name, json.loads(what)["value"]) == ("hooks", 310_000)


def test_a_hook_that_logs_does_not_call_itself(cli: Cli, hook: Hook, told: Path) -> None:
    log = "log tech-centres 500 --for 2020"
    hook(
        "on-log",
        f"#!/bin/sh\necho run >> '{told}'\nPYTHONPATH='{SOURCES}' '{sys.executable}' -m gztrack {log}\n",
    )

    cli.done(*LOG)

    assert told.read_text() == "run\n"
    assert [each.facts[0][1]["indicator"] for each in cli.written] == ["nev-capacity", "tech-centres"]


@pytest.mark.parametrize("name", ["on-log.sample", "on-log~", "README"])
def test_other_files_in_the_folder_are_let_be(name: str, cli: Cli, hook: Hook, told: Path) -> None:
    hook(name)

    cli.done(*LOG)

    assert not told.exists()


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lambda folder: folder.chmod(0o757), "others may write {hooks}; chmod go-w {hooks}"),
        (lambda folder: folder.chmod(0o775), "others may write {hooks}; chmod go-w {hooks}"),
        (
            lambda folder: (
                (folder / "on-log").rename(folder / "real") and (folder / "on-log").symlink_to("real")
            ),
            "{hooks}/on-log is a symbolic link, which is never followed",
        ),
        (
            lambda folder: shutil.move(folder, f"{folder}2") and folder.symlink_to("hooks2"),
            "{hooks} is a symbolic link, which is never followed",
        ),
        (
            lambda folder: (folder / "on-log").unlink() or (folder / "on-log").mkdir(),
            "{hooks}/on-log is no ordinary file",
        ),
    ],
    ids=["world", "group", "link", "linked folder", "folder"],
)
def test_hooks_that_others_could_have_put_there_are_not_run(
    harm: Callable[[Path], object], why: str, cli: Cli, hook: Hook, told: Path
) -> None:
    hook()
    harm(cli.database / "hooks")

    ran = cli(*LOG)

    why = why.replace("{hooks}", str(cli.database / "hooks"))
    assert (ran.code, ran.err) == (0, f"gztrack: hook on-log: not run: {why}; what was saved stays saved\n")
    assert not told.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT PROVEN HERE: only root gives files away")
@pytest.mark.parametrize("what", ["hooks", "hooks/on-log"])
def test_root_runs_only_what_root_owns(what: str, cli: Cli, hook: Hook, told: Path) -> None:
    hook()
    os.chown(cli.database / what, 4321, -1)

    ran = cli(*LOG)

    assert ran.code == 0
    assert f"root runs only what root owns, and {cli.database / what} is another account's" in ran.err
    assert not told.exists()


def test_the_title_that_was_chosen_is_told_whichever_way_it_is_logged(
    cli: Cli, hook: Hook, told: Path
) -> None:
    cli.done("edit", "--title", "Figures of the city")
    hook()

    cli.done(*LOG)
    cli.done("correct", "nev-capacity@2020-06", "311k")

    assert [each["database"] for each in records(told)] == ["Figures of the city"] * 2


def test_what_an_earlier_version_kept_for_logging_without_the_title_is_made_anew(
    cli: Cli, hook: Hook, told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.done("edit", "--title", "Figures of the city")
    digest = Register.digest
    with monkeypatch.context() as earlier:
        earlier.setitem(derived._SCHEMAS, HEADS, 2)
        earlier.setattr(
            Register, "digest", lambda own: [each for each in digest(own) if each[0] != "settings"]
        )
        (cli.database / HEADS).unlink(missing_ok=True)
        cli.done(*LOG)
    hook()

    cli.done("log", "nev-capacity", "310k", "--for", "2020-07")

    assert [each["database"] for each in records(told)] == ["Figures of the city"]


def test_a_database_with_hooks_is_sound_and_its_backup_leaves_them_out(cli: Cli, hook: Hook) -> None:
    hook()

    assert cli("doctor").code == 0
    cli.done("backup", "-o", "b.jsonl")
    assert b"on-log" not in Path("b.jsonl").read_bytes()
    assert cli("restore", "b.jsonl", "--yes").code == 0
    assert (cli.database / "hooks" / "on-log").exists()


def test_a_signal_while_a_hook_is_being_started_ends_it(
    cli: Cli, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*args: Any, **kwargs: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*args, **kwargs))
        signal.raise_signal(signal.SIGINT)
        return started[0]

    monkeypatch.setattr(hooks, "Popen", start)
    hook("on-log", "#!/bin/sh\nexec sleep 600\n")

    with pytest.raises(KeyboardInterrupt):
        hooks.run(str(cli.database), hooks.Call("on-log", (b"{}\n",)))

    assert started[0].poll() == -signal.SIGTERM
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
