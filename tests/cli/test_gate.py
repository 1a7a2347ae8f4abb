"""What comes through a gate and what does not, without a network; tests/ssh has the same with a real server."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from gztrack.cli import status
from gztrack.cli.answer import Command
from gztrack.cli.main import BoardRequest
from gztrack.errors import RefusedError, StoreError

from .conftest import Cli, Gate


def test_without_a_list_people_may_read(gate: Gate) -> None:
    assert gate("status").code == 0
    assert gate.refused("log nev-capacity 5").startswith(
        "log is not allowed here; allowed: status, show, why,"
    )


@pytest.mark.parametrize(
    ("allow", "asked"),
    [
        ("show:nev-*", "show nev-capacity"),
        ("history:nev-*", "history nev-capacity"),
        ("why:nev-*", "gztrack why nev-capacity --method open-sdg"),
        ("cite:nev-*", "cite nev-output-growth@last"),
        ("targets:nev-*", "targets nev-capacity --json"),
        ("status:nev-*", "status nev-capacity nev-output-growth --as-of 2020-12-31"),
        ("snapshot", "snapshot -f csv"),
        ("check", "check --fail-on stale --stale-after never"),
        ("log", "log nev-capacity -- 310k"),
        ("log", "log nev-capacity --for 2020-06 310k --source '--db x'"),
    ],
)
def test_what_is_on_the_list_goes_through(gate: Gate, allow: str, asked: str) -> None:
    ran = gate(asked, allow)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("allow", "asked", "said"),
    [
        ("show:nev-*", "show tech-centres", "show tech-centres is not allowed here; allowed: show:nev-*"),
        ("status:nev-*", "status", "status: say of which indicator; allowed: status:nev-*"),
        ("status:nev-*", "", "status: say of which indicator; allowed: status:nev-*"),
        ("status:nev-*", "status ''", "status: say of which indicator; allowed: status:nev-*"),
        ("status:nev-*", "status nev-capacity tech-centres", "status tech-centres is not allowed here"),
        ("targets:nev-*", "targets", "targets: say of which indicator"),
        ("cite:nev-*", "cite tech-centres@last", "cite tech-centres is not allowed here"),
        ("cite:nev-*", "cite abcdef", "cite: name it by its indicator here: ID@PERIOD, ID@last or ID@DUE"),
        ("log:nev-*", "log tech-centres 5", "log tech-centres is not allowed here; allowed: log:nev-*"),
        ("edit:nev-*", "edit --title Mine", "edit is not allowed here; allowed: edit:nev-*"),
        ("edit:nev-*", "edit tech-centres --name X", "edit tech-centres is not allowed here"),
        ("correct:nev-*", "correct tech-centres@last 5", "correct tech-centres is not allowed here"),
        ("target:nev-*", "target tech-centres 5 --due 2030", "target tech-centres is not allowed here"),
        ("archive:nev-*", "archive tech-centres", "archive tech-centres is not allowed here"),
        ("add:nev-*", "add tech-x --name X --unit u", "add tech-x is not allowed here"),
        ("snapshot", "snapshot -o x.md", "--output names a file, and files cannot be named here"),
        ("snapshot", "snapshot -o -", "--output names a file"),
        ("snapshot", "snapshot --output=x.md", "--output names a file"),
        ("status", "status --db x", "--db cannot be given here: it is fixed for this key"),
        ("status", "status --db=", "--db cannot be given here"),
        ("status", "--db x status", "--db cannot be given here"),
        ("status", "--db=x", "--db cannot be given here"),
        ("status", "--as ann status", "--as cannot be given here"),
        ("status", "status --as ann", "--as cannot be given here"),
        ("status", "status --d x", "no such option of status: '--d'"),
        ("status", "--d x status", "no such option: '--d'"),
        ("status", "help backup", "backup is not allowed here; allowed: status"),
        ("status", "doctor --help", "doctor is not allowed here; allowed: status"),
        ("status", "x" * 500, "x" * 80 + "… is not allowed here"),
    ],
)
def test_what_is_not_on_the_list_is_refused_and_noted(gate: Gate, allow: str, asked: str, said: str) -> None:
    assert gate.refused(asked, allow).startswith(said)
    (noted,) = gate.log
    assert (noted["name"], noted["from"], noted["event"]) == ("ann", "192.0.2.7", "refused")
    assert noted["asked"] == (asked if len(asked) <= 400 else asked[:400] + "…")


@pytest.mark.parametrize("command", ["import", "gate", "doctor", "nothing", "log:A"])
def test_a_list_that_cannot_be_is_an_error_before_anything_is_done(gate: Gate, command: str) -> None:
    assert "--allow: " in gate.refused("status", command)


def test_help_is_of_what_is_allowed(gate: Gate) -> None:
    out = gate("--help", "log:nev-*,status").out
    assert out == gate("help", "log:nev-*,status").out
    assert "  log  " in out
    assert "  status  " in out
    assert "  backup  " not in out
    assert "log:nev-*, status" in out
    assert gate("log --help", "log").out == gate("help log", "log").out
    assert gate("--version", "log").out.startswith("gztrack ")


def test_help_says_who_one_is_and_how_it_is_typed(gate: Gate) -> None:
    out = gate("help", "board,log:tech-*,status").out
    assert out.startswith("You are ann. On your own machine: ssh HOST COMMAND ...\n")
    assert "the board, on a terminal and without a command: ssh -t HOST\n" in out
    assert "\n  ssh HOST log tech-centres 310k --for 2020-06\n  ssh HOST status\n" in out
    assert "ssh HOST help COMMAND" in out
    assert gate("help", "board,log:tech-*,status", "--lang", "zh").out.startswith("你是 ann。")


@pytest.mark.parametrize(
    "allow", ["log", "status:nev-*", "show,why", "undo", "snapshot,check", "history:nev-*"]
)
def test_the_examples_of_help_go_through(gate: Gate, allow: str) -> None:
    out = gate("help", allow).out
    examples = [
        line.removeprefix("  ssh HOST ") for line in out.split("\n") if line.startswith("  ssh HOST ")
    ]
    assert examples
    for example in examples:
        assert "not allowed" not in gate(example.split(" > ")[0], allow).err


def test_help_without_a_database_has_examples_all_the_same(gate: Gate) -> None:
    gate.cli.database.rename(gate.cli.database.parent / "elsewhere")
    assert "  ssh HOST log ID 310k" in gate("help", "log").out


@pytest.mark.parametrize("command", ["snapshot", "status", "log"])
def test_help_of_a_command_has_no_option_that_is_refused(gate: Gate, command: str) -> None:
    for asked in (f"help {command}", f"{command} --help"):
        out = gate(asked, command).out
        usage, _, listed = out.partition("\n\n")
        typed = usage + "".join(line for line in listed.split("\n") if line.startswith("  "))
        assert not {"--db", "--as", "-o", "--output", "--force"} & set(re.split(r"[\s,\[\]]+", typed))
        assert "--lang" in out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("stat", "stat is not allowed here; did you mean status? allowed: log, status"),
        ("Status", "did you mean status?"),
        ("“status”", "did you mean status?"),
        ("help lgo", "did you mean log?"),
        (
            "/usr/bin/gztrack status",
            "a path in front of the command is not allowed here: write gztrack, or nothing;",
        ),
        ("log nev-capacity 310k --note “two words”", "“ ” are no quotes here: write ' or \""),
        ("pin", "pin is not allowed here; allowed: log, status"),
        ("nothing", "nothing is not allowed here; allowed: log, status"),
    ],
)
def test_what_was_meant_is_named_among_what_is_allowed(gate: Gate, asked: str, said: str) -> None:
    assert said in gate.refused(asked, "log,status")


def test_the_author_is_the_gates(gate: Gate) -> None:
    os.environ["LOGNAME"] = "eve"
    gate("log nev-capacity 310k --for 2020-06", "log")
    (written,) = gate.cli.written
    assert (written.author, written.login != "eve") == ("ann", True)


def test_undo_is_told_only_to_who_may(gate: Gate) -> None:
    assert "undo" not in gate("log nev-capacity 310k --for 2020-06", "log").out
    out = gate("log nev-capacity 311k --for 2020-07", "log,undo").out
    assert out.endswith("; take back: gztrack undo\n")


@pytest.mark.parametrize(
    ("asked", "why", "code"),
    [
        ("undo", "undo is not allowed here; allowed: log:nev-*", "not-allowed"),
        (
            "log tech-centres 5 --note 中文",
            "log tech-centres is not allowed here; allowed: log:nev-*",
            "not-allowed",
        ),
        ("log nev-capacity 5 --db x", "--db cannot be given here: it is fixed for this key", "fixed-option"),
        (
            "log --nothing",
            "no such option of log: '--nothing'; gztrack log --help lists them",
            "not-understood",
        ),
        ("log 'x", "a quote is not closed in that command", "open-quote"),
        ("lgo", "lgo is not allowed here; did you mean log? allowed: log:nev-*", "not-allowed"),
    ],
)
def test_the_log_is_in_english_with_a_code_whoever_is_told_in_chinese(
    gate: Gate, asked: str, why: str, code: str
) -> None:
    assert not gate.refused(asked, "log:nev-*", "--lang", "zh").isascii()
    (noted,) = gate.log
    assert (noted["why"], noted["code"]) == (why, code)


def test_the_log_can_be_read_and_does_nothing_to_a_terminal(gate: Gate) -> None:
    gate.refused("undo 中文 \u202e\u200b")
    text = (gate.cli.database / "gate.log").read_text("utf-8")
    assert "中文" in text
    assert text.removesuffix("\n").isprintable()


def test_a_batch_beyond_the_cap(gate: Gate) -> None:
    line = "nev-capacity 310k 2020-06 # " + "x" * 200 + "\n"
    said = gate.refused("log -", "log", "--max-input", "200", stdin=line)
    assert said == "standard input is longer than the 200 bytes that are taken here; send it in parts"
    assert gate("log -", "log", "--max-input", "1k", stdin=line).code == 0


def test_the_language_of_the_key_holds_unless_another_is_asked_for(gate: Gate) -> None:
    assert "不允许" in gate.refused("undo", "log", "--lang", "zh")
    assert "not allowed" in gate.refused("undo --lang en", "log", "--lang", "zh")


def test_a_client_cannot_choose_database_or_day(gate: Gate, tmp_path: Path) -> None:
    os.environ.update({"GZTRACK_DB": str(tmp_path / "other"), "GZTRACK_TODAY": "1999-01-01"})
    assert "as of 1999" not in gate("status").out
    assert not {name for name in os.environ if name.startswith(("GZTRACK", "PYTHON", "XDG"))}


def test_without_a_database_nothing_is_made_and_no_place_is_named(gate: Gate) -> None:
    gate.cli.database.rename(gate.cli.database.parent / "elsewhere")
    for asked in ("status", "log nev-capacity 5"):
        ran = gate(asked, "log,status")
        assert ran.code == 4
        assert ran.err.startswith("gztrack: there is no database behind this gate")
    assert not gate.cli.database.exists()


@pytest.mark.parametrize(
    "fault", [ZeroDivisionError("/a/secret"), OSError(5, "Input/output error", "/a/secret")]
)
def test_a_fault_is_one_line_and_its_traceback_is_noted(
    gate: Gate, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def run(*_: object) -> None:
        raise fault

    monkeypatch.setitem(status.COMMANDS, "status", Command(status.parser, run))  # type: ignore[arg-type]
    ran = gate("status")

    assert (ran.code, ran.out, ran.err.count("\n")) == (4, "", 1)
    assert "secret" not in ran.err
    (noted,) = gate.log  # once
    assert noted["event"] == "failed"
    assert "Traceback" in noted["why"]


def test_a_stores_failure_names_no_path(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object) -> None:
        raise StoreError(f"{gate.cli.database}/lock: busy; see gztrack --db {gate.cli.database} doctor")

    monkeypatch.setitem(status.COMMANDS, "status", Command(status.parser, run))  # type: ignore[arg-type]
    ran = gate("status")

    assert ran.err == "gztrack: lock: busy; see gztrack --db db doctor\n"
    assert str(gate.cli.database) in gate.log[0]["why"]


def test_a_unit_with_a_slash_is_no_path(gate: Gate) -> None:
    gate.cli.done("add", "growth", "--name", "Growth", "--unit", "%/year", "--measure", "rate")

    assert "5 %/year" in gate("log growth 5 --for 2020", "log").out


def test_the_log_is_a_companion_that_doctor_and_backup_let_be(gate: Gate) -> None:
    gate.refused("undo")
    assert gate.cli.done("--db", str(gate.cli.database), "doctor").out.startswith("sound: ")
    gate.cli("--db", str(gate.cli.database), "backup")
    assert (gate.cli.database / "gate.log").exists()


def test_a_log_that_is_open_to_everybody_is_found_and_closed(gate: Gate) -> None:
    gate.refused("undo")
    log = gate.cli.database / "gate.log"
    log.chmod(0o644)
    assert "gate.log: is open to everybody" in gate.cli("--db", str(gate.cli.database), "doctor").out
    gate.cli("--db", str(gate.cli.database), "doctor", "--repair")
    assert log.stat().st_mode & 0o777 == 0o640


def test_the_board_carries_the_permit(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gztrack.cli.output.somebody_sits_here", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    request = gate("", "board,log", "--hooks").code
    assert isinstance(request, BoardRequest)
    session = request.session
    assert session.permit is not None
    assert session.permit.named() == "board, log"
    assert session.hooks
    assert session.writing().permit is session.permit
    assert not os.path.isabs(session.location.path)
    assert gate.refused("", "log,status") == "board is not allowed here; allowed: log, status"


def test_the_board_opens_by_its_name_and_says_what_it_needs(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gate.refused("board", "board,log") == "the board needs a terminal: ssh -t HOST"
    assert gate.refused("board", "log") == "board is not allowed here; allowed: log"
    monkeypatch.setattr("gztrack.cli.output.is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "xterm")
    request = gate("gztrack board --theme light", "board,log").code
    assert isinstance(request, BoardRequest)
    assert (request.session.permit is not None, request.theme) == (True, "light")


def test_hooks_run_only_where_they_were_turned_on(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gztrack.cli.output.somebody_sits_here", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    request = gate("", "board").code
    assert isinstance(request, BoardRequest)
    assert not request.session.hooks


def test_a_board_behind_a_gate_writes_no_file(
    gate: Gate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from gztrack.__main__ import _Snapshots

    monkeypatch.setattr("gztrack.cli.output.somebody_sits_here", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    request = gate("", "board,snapshot").code
    assert isinstance(request, BoardRequest)
    tracker = request.session.writing()
    with pytest.raises(RefusedError, match="no file is written here"):
        _Snapshots(request.session)(
            format="md", path=tmp_path / "x.md", as_of=tracker.today, method="", force=False
        )
    assert not (tmp_path / "x.md").exists()


def test_two_who_share_an_account_and_a_database_have_drafts_of_their_own(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gztrack.cli.gating.session import GatedSession
    from gztrack.cli.gating.terms import Terms, understood

    found = {
        GatedSession(Terms(name, understood(""), db, 1, hooks=False), "", {}).drafts
        for name in ("ann", "bob")
        for db in ("/x", "/y")
    }
    assert len(found) == 4


@pytest.mark.parametrize("words", [(), ("--as", ""), ("--as", "seed")])
def test_a_gate_without_a_name_is_none(cli: Cli, words: tuple[str, ...]) -> None:
    cli.refused("gate", *words)
