"""Exit codes, command by command: scripts and cron lines depend on them."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from gztrack.cli.catalogue import COMMANDS
from gztrack.cli.gating import keyline
from gztrack.errors import BY_SIGNAL
from gztrack.services.databases.seeding import followup_pack
from gztrack.storage.files import lasting

from .conftest import Cli
from .test_gate_keyline import PUBLIC

PACK = str(followup_pack())

DONE: dict[str, tuple[str, ...]] = {
    "log": ("log", "nev-capacity", "310k", "--for", "2020-07"),
    "correct": ("correct", "nev-capacity@2020-06", "311k"),
    "retract": ("retract", "nev-capacity@2020-06", "--reason", "a slip"),
    "pin": ("pin", "nev-capacity@2020-06"),
    "target": ("target", "tech-centres", "900", "--due", "2030"),
    "add": ("add", "flats", "--name", "Flats", "--unit", "flats"),
    "edit": ("edit", "nev-capacity", "--definition", "all plants"),
    "archive": ("archive", "subsidies"),
    "status": ("status",),
    "show": ("show", "nev-capacity"),
    "why": ("why", "nev-capacity"),
    "history": ("history", "nev-capacity"),
    "targets": ("targets",),
    "cite": ("cite", "nev-capacity@2020-06"),
    "check": ("check",),
    "undo": ("undo",),
    "redo": ("redo",),
    "snapshot": ("snapshot",),
    "diff": ("diff", "2020-12-31", "today"),
    "import": ("import", PACK),
    "export": ("export", "-f", "tinydb", "-o", "-"),
    "merge": ("merge", "backup.jsonl"),
    "init": ("--db", "new", "init"),
    "backup": ("backup", "-o", "again.jsonl"),
    "restore": ("restore", "backup.jsonl", "--yes"),
    "doctor": ("doctor",),
    "config": ("config",),
    "gate": ("gate", "--print-key-line", "ann", "ann.pub"),
    "schema": ("schema", "status"),
    "completion": ("completion", "bash"),
    "man": ("man",),
}
"""A line of each command that ends well."""

NO_DATABASE = {"init", "restore", "config", "gate", "schema", "completion", "man"}
"""Commands that need none."""


@pytest.fixture
def there(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A database with a reading of ours, something undone, and a backup of it."""
    cli.done("log", "nev-capacity", "310k", "--for", "2020-06")
    cli.done("log", "tech-centres", "500", "--for", "2025")
    cli.done("undo")
    cli.done("backup", "-o", "backup.jsonl")
    Path("ann.pub").write_text(f"{PUBLIC}\n")
    monkeypatch.setattr(keyline, "python", lambda: ("/opt/venv/bin/python", "-I"))
    return cli


def test_the_table_has_every_command() -> None:
    assert set(DONE) == set(COMMANDS) - {"board"}  # which ends when somebody leaves it


@pytest.mark.parametrize("command", DONE)
@pytest.mark.parametrize("more", [(), ("--json",), ("--quiet",)])
def test_0_when_it_is_done(there: Cli, command: str, more: tuple[str, ...]) -> None:
    assert there(*DONE[command], *more).code == 0


@pytest.mark.parametrize("command", DONE)
@pytest.mark.parametrize("more", [(), ("--json",), ("--quiet",)])
def test_2_when_the_line_is_wrong(there: Cli, command: str, more: tuple[str, ...]) -> None:
    there.refused(*DONE[command], "--no-such-option", *more, code=2)


@pytest.mark.parametrize("command", [name for name in DONE if name not in NO_DATABASE])
@pytest.mark.parametrize("more", [(), ("--json",), ("--quiet",)])
def test_4_when_the_database_is_not_there(there: Cli, command: str, more: tuple[str, ...]) -> None:
    there.refused("--db", "nowhere", *DONE[command], *more, code=4)


@pytest.mark.parametrize(
    "words",
    [
        ("log", "tech-centres", "1", "--for", "2025"),
        ("correct", "nev-capacity@2020-06", "3"),
        ("edit", "nev-capacity", "--unit", "cars"),
        ("restore", "old.jsonl"),
    ],
)
@pytest.mark.parametrize("more", [(), ("--json",), ("--quiet",)])
def test_3_when_a_guard_asks(there: Cli, words: tuple[str, ...], more: tuple[str, ...]) -> None:
    there.done("backup", "-o", "old.jsonl")
    there.done("log", "tech-centres", "500", "--for", "2025")
    there.refused(*words, *more, code=3)
    assert there(*words, "--yes", *more).code == 0


@pytest.mark.parametrize("more", [(), ("--json",), ("--quiet",)])
def test_1_when_check_finds_an_alarm(
    there: Cli, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    there.done("target", "tech-centres", "900", "--due", "2098")
    monkeypatch.setenv("GZTRACK_TODAY", "2097-11-24")
    assert there("check", *more).code == 1


def test_4_while_damage_is_left(there: Cli) -> None:
    facts = there.database / "facts.jsonl"
    facts.write_bytes(facts.read_bytes().replace(b"310000", b"310001"))
    assert there("doctor", "-q").code == 4
    assert there("doctor", "--repair", "-q").code == 0


def test_2_while_settings_are_wrong(there: Cli, tmp_path: Path) -> None:
    config = tmp_path / "home" / ".config" / "gztrack" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("theme = 3\n")
    assert there("config", "--check").code == 2
    assert there("config").code == 0


@pytest.mark.parametrize("command", DONE)
def test_130_after_ctrl_c(there: Cli, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    lasting.clear()  # what the fixture has written in this process
    module = __import__(f"gztrack.cli.{COMMANDS[command][0]}", fromlist=["COMMANDS"])
    monkeypatch.setitem(module.COMMANDS, command, module.COMMANDS[command]._replace(run=interrupted))
    ran = there(*DONE[command])
    said = "gztrack: interrupted; nothing was saved\n"
    assert (ran.code, ran.out, ran.err) == (BY_SIGNAL + signal.SIGINT, "", said)
