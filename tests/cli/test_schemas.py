"""Every command prints with ``--json`` what its published schema says, over databases in which much has happened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from books import GOLDEN
from gztrack.cli.gating import keyline
from gztrack.export.schemas import PUBLISHED
from gztrack.services.board.alarms import KINDS
from gztrack.services.databases.seeding import followup_pack
from gztrack.services.views import STANDINGS, STATES, STATUS_ORDER, VERDICTS
from schemas import conforms

from .conftest import Cli, Hook


def seed(_: Cli) -> None:
    """The article as it comes: readings without targets, targets without readings."""


def followed(cli: Cli) -> None:
    """With the follow-up pack: bounds, verdicts, several sources."""
    cli.done("import", str(followup_pack()))


def states(cli: Cli) -> None:
    """Every status, Chinese names, awkward texts."""
    cli.done("import", str(GOLDEN / "states.csv"), "--yes")


def amended(cli: Cli) -> None:
    """Corrections, retractions, pins, rivals, drops, revisions, entry errors, an archived one, undone actions."""
    cli.done(
        "log", "-", stdin="nev-capacity 80k 2020 # 初步\nnev-capacity 310k 2021-06\nnev-capacity 500k 2023\n"
    )
    cli.done("correct", handle(cli, "2020"), "81k", "--reason", "typo")
    cli.done("retract", "nev-capacity@2021-06", "--reason", "another plant")
    cli.done("log", "nev-capacity", "505k", "--for", "2023", "--source", "the press", "--provisional")
    cli.done("log", "nev-capacity", "1m", "--for", "2030", "--yes")
    cli.done("pin", handle(cli, "2023"), "--reason", "official")
    cli.done(
        "target", "nev-capacity", "1.5m", "--due", "2027", "--stated-on", "2022-Q1", "--quote", "到2027年"
    )
    cli.done(
        "target", "nev-capacity", "--replaces", "nev-capacity@2027", "--due", "2030", "--reason", "new plan"
    )
    cli.done("target", "pin", "nev-capacity@2030", "--reason", "the plan")
    cli.done("target", "tech-centres", "900", "--due", "2028")
    cli.done("target", "drop", "tech-centres@2028", "--reason", "left out of the new plan")
    cli.done("target", "tech-centres", "90", "--due", "2029")
    cli.done("retract", "tech-centres@2029", "--reason", "a slip")
    cli.done("target", "tech-centres", "900", "--due", "none", "--baseline", "400", "--baseline-for", "2018")
    cli.done("log", "tech-centres", "1", "--for", "2024", "--yes")
    cli.done("undo")
    cli.done("target", "key-labs-national", "30", "--due", "2030")
    cli.done("correct", "key-labs-national@2030", "31", "--reason", "misread")
    cli.done("target", "key-labs-provincial", "300", "--due", "2030")
    cli.done("target", "drop", "key-labs-provincial@2030", "--reason", "given up")
    cli.done("log", "tech-centres-provincial", "327", "--for", "2019-Q3", "--yes")
    cli.done(
        "log",
        "-",
        "--yes",
        stdin="nev-capacity 640k 2024-12\nnev-capacity 650k 2024\nnev-capacity 660k 2024\n",
    )
    cli.done("archive", "subsidies")


def spans(cli: Cli) -> None:
    """Totals over a span, intervals, flows of another length, wholes and parts that cannot be right, series."""
    cli.done(
        "add",
        "flats",
        "--name",
        "Flats built",
        "--name-zh",
        "建成住房",
        "--unit",
        "flats",
        "--measure",
        "flow",
    )
    cli.done(
        "add", "towers", "--name", "Towers", "--unit", "flats", "--measure", "flow", "--part-of", "flats"
    )
    cli.done(
        "log", "-", "--yes", stdin="flats 1000 2021\nflats >1500 2023\nflats 300 2024-Q1\ntowers 1200 2021\n"
    )
    cli.done("target", "flats", "6000", "--over", "2021..2025", "--due", "2025")
    cli.done("target", "flats", "400..600", "--due", "2028")
    cli.done("target", "towers", "~700", "--due", "2028")
    cli.done("log", "towers", "5", "--for", "2022", "--series", "new boundary", "--yes")
    cli.done("add", "bridges", "--name", "Bridges", "--unit", "bridges", "--measure", "flow")
    cli.done(
        "log", "-", "--yes", stdin="bridges 9 2020\nbridges 10 2021\nbridges 3 2021-Q1\nbridges 12 2022\n"
    )
    cli.done("target", "bridges", "70", "--over", "2021..2025", "--due", "2025")
    cli.done("add", "waste", "--name", "Waste", "--unit", "t", "--measure", "level", "--direction", "down")
    cli.done("log", "-", stdin="waste -5 2019\nwaste 0 2020\nwaste 12 2021\nwaste 9 2022\nwaste <=8 2023\n")
    cli.done("target", "waste", "<=3", "--due", "2030")
    cli.done("target", "waste", "<=8.5", "--due", "2022")


def handle(cli: Cli, period: str) -> str:
    found = cli.done("history", "nev-capacity", "--json").json
    return str(
        next(each["handle"] for each in found if each["period"] == period and each["standing"] == "counts")
    )


WORLDS: tuple[Callable[[Cli], None], ...] = (seed, followed, states, amended, spans)

CLOCKS = (
    (),
    ("--as-of", "2020-12-31"),
    ("--as-of", "2024", "--method", "un-chart"),
    ("--published-by", "2021-06-30"),
)


@pytest.fixture(params=WORLDS, ids=lambda world: str(world.__name__))
def world(request: pytest.FixtureRequest, cli: Cli) -> Cli:
    if request.param is states:
        cli = Cli(cli.database.with_name("states"), cli._capsys, cli._monkeypatch)
        cli._monkeypatch.setenv("GZTRACK_DB", str(cli.database))
        cli.done("init", "--empty")
    request.param(cli)
    return cli


def printed(cli: Cli, *words: str, code: int = 0) -> Any:
    """What a command prints with ``--json``; it conforms to its schema."""
    ran = cli(*words, "--json")
    assert ran.code == code, ran
    return conforms(words[0], ran.out)


def test_reading_commands_print_what_their_schemas_say(world: Cli) -> None:
    ids = [item["id"] for item in printed(world, "status", "--archived")]
    for clocks in CLOCKS:
        printed(world, "status", "--archived", *clocks)
        printed(world, "snapshot", *clocks)
        plain = [word for word in clocks if word not in ("--method", "un-chart")]
        printed(world, "targets", "--all", *plain)
        for slug in ids:
            printed(world, "show", slug, *clocks)
            printed(world, "why", slug, *clocks)
            printed(world, "history", slug, *plain)
    printed(world, "doctor")


def test_the_worlds_reach_what_the_schemas_speak_of(cli: Cli) -> None:
    """Otherwise the schemas would be held against nothing."""
    seen: dict[str, set[str]] = {"standing": set(), "state": set(), "verdict": set(), "status": set()}
    for number, build in enumerate(WORLDS):
        there = Cli(cli.database.with_name(f"world{number}"), cli._capsys, cli._monkeypatch)
        cli._monkeypatch.setenv("GZTRACK_DB", str(there.database))
        there.done("init", *(["--empty"] if build is states else []))
        build(there)
        for item in printed(there, "status", "--archived"):
            seen["status"].add(item["status"])
            for clocks in ((), ("--published-by", "2021-06-30")):
                found = printed(there, "history", item["id"], *clocks)
                seen["standing"] |= {each["standing"] for each in found}
        for each in printed(there, "targets", "--all"):
            seen["state"].add(each["state"])
            seen["verdict"].add(each["verdict"])
    assert set(STATES) <= seen["state"]
    assert set(VERDICTS) <= seen["verdict"]
    assert seen["status"] >= set(STATUS_ORDER) - {"superseded", "dropped"}
    assert seen["standing"] >= set(STANDINGS) - {"another correction counts", "another one is pinned"}


def test_writing_commands_print_what_their_schemas_say(cli: Cli, tmp_path: Path) -> None:
    for words in (
        ("log", "nev-capacity", "310k", "--for", "2020-06", "--key", "k"),
        ("log", "nev-capacity", "310k", "--for", "2020-06", "--key", "k"),
        ("correct", "nev-capacity@2020-06", "311k"),
        ("pin", "nev-capacity@2020-06"),
        ("cite", "nev-capacity@2020-06"),
        ("retract", "nev-capacity@2020-06", "--reason", "a slip"),
        ("target", "nev-capacity", "1.5m", "--due", "2027"),
        ("target", "pin", "nev-capacity@2027"),
        ("cite", "nev-capacity@2027"),
        ("target", "drop", "nev-capacity@2027", "--reason", "given up"),
        ("add", "flats", "--name", "住房", "--unit", "套"),
        ("edit", "flats", "--group", "Homes"),
        ("archive", "flats"),
        ("undo",),
        ("redo",),
        ("import", str(followup_pack()), "--dry-run"),
        ("import", str(followup_pack())),
        ("export", "-f", "csv", "-o", str(tmp_path / "x.csv")),
        ("snapshot", "-o", str(tmp_path / "x.md")),
        ("backup", "-o", str(tmp_path / "backup.jsonl")),
        ("merge", str(tmp_path / "backup.jsonl"), "--dry-run"),
        ("restore", str(tmp_path / "backup.jsonl")),
        ("doctor", "--repair"),
        ("config",),
        ("config", "--check"),
        ("schema",),
    ):
        printed(cli, *words)


def test_a_batch_is_told_as_the_schema_of_log_says(cli: Cli) -> None:
    ran = cli.done("log", "-", "--json", stdin="tech-centres 600 2025\nnev-capacity 80k 2020\n")
    found = conforms("log", ran.out)
    assert found["id"]
    assert found["handle"] is None


def test_a_made_and_a_restored_database_are_told_as_their_schemas_say(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cli.done("backup", "-o", str(tmp_path / "backup.jsonl"))
    monkeypatch.setenv("GZTRACK_DB", str(tmp_path / "made"))
    assert printed(cli, "init", "--empty")["path"] == str(tmp_path / "made")
    cli.done("add", "flats", "--name", "Flats", "--unit", "flats")
    restored = printed(cli, "restore", str(tmp_path / "backup.jsonl"), "--yes")
    assert restored["kept"]
    assert restored["last"]


def test_a_merge_with_conflicts_is_told_as_its_schema_says(cli: Cli, tmp_path: Path) -> None:
    cli.done("log", "nev-capacity", "310k", "--for", "2020-06")
    cli.done("backup", "-o", str(tmp_path / "b.jsonl"))
    cli.done("--db", str(tmp_path / "other"), "restore", str(tmp_path / "b.jsonl"))
    cli.done("correct", "nev-capacity@2020-06", "320k")
    cli.done("--db", str(tmp_path / "other"), "--as", "bob", "correct", "nev-capacity@2020-06", "330k")
    merged = printed(cli, "merge", str(tmp_path / "other"))
    assert merged["written"]
    assert len(merged["conflicts"][0]["sides"]) == 2


def test_every_kind_of_alarm_is_told_as_its_schema_says(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (
        "nev-capacity 80k 2020",
        "nev-capacity 70k 2025",
        "tech-centres 500 2024",
        "tech-centres 501 2025",
    )
    cli.done("log", "-", "--yes", stdin="\n".join(lines))
    cli.done("target", "nev-capacity", "1.5m", "--due", "2035")
    cli.done("target", "tech-centres", "900", "--due", "2035")
    cli.done("target", "key-labs-national", "90", "--due", "2097-01")
    cli.done("target", "5g-enterprises", "90k", "--due", "2097-12")
    cli.done("target", "5g-base-stations", "90k", "--due", "2135")
    found = {alarm["alarm"] for alarm in printed(cli, "check", code=1)}
    monkeypatch.setenv("GZTRACK_TODAY", "2098-01-24")
    found |= {alarm["alarm"] for alarm in printed(cli, "check", code=1)}
    assert found == set(KINDS)


def test_no_alarm_is_told_as_the_schema_of_check_says(cli: Cli) -> None:
    assert printed(cli, "check") == []


def test_a_damaged_database_is_told_as_the_schema_of_doctor_says(cli: Cli) -> None:
    cli.done("log", "tech-centres", "600", "--for", "2025")
    path = cli.database / "facts.jsonl"
    path.write_bytes(path.read_bytes().replace(b"600", b"601"))
    damaged = printed(cli, "doctor", code=4)
    assert damaged["findings"]
    assert not damaged["sound"]
    assert printed(cli, "doctor", "--repair")["done"]


def test_wrong_settings_are_told_as_the_schema_of_config_says(cli: Cli, tmp_path: Path) -> None:
    config = tmp_path / "home" / ".config" / "gztrack" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('theme = "mauve"\nascii = true\n[keys]\nboard.log = "ctrl+l"\n')
    assert printed(cli, "config", "--check", code=2)["problems"]


def test_gates_are_told_as_the_schema_says(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyline, "python", lambda: ("/opt/venv/bin/python", "-I"))
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPgjf0IkqrG32TKdZpdbblUinj7umPuHwFB+oqWT9Tvu ann@laptop\n"
    ran = cli.done("gate", "--print-key-line", "ann", "-", "--json", stdin=key)
    line = conforms("gate", ran.out)["line"]
    Path("keys").write_text(f"{line}\n{key}")
    found = printed(cli, "gate", "--check", "keys", code=1)
    assert ([gate["name"] for gate in found["gates"]], bool(found["around"])) == (["ann"], True)


WRITES = {
    "on-log": [
        ("log", "nev-capacity", "310k", "--for", "2020-06", "--note", "n", "--source", "s"),
        ("log", "nev-capacity", ">300k", "--for", "2020", "--provisional"),
        ("correct", "nev-capacity@2020-06", "311k", "--reason", "slip"),
    ],
    "on-target": [
        ("target", "nev-capacity", "1.5m", "--due", "2027", "--quote", "by 2027"),
        ("correct", "nev-capacity@2027", "1.4m", "--reason", "slip"),
        ("target", "nev-capacity", "2m", "--due", "2028", "--replaces", "nev-capacity@2027", "--reason", "r"),
        ("target", "drop", "nev-capacity@2028", "--reason", "given up"),
    ],
}


@pytest.mark.parametrize("name", WRITES)
def test_a_hook_is_told_what_its_schema_says(name: str, cli: Cli, hook: Hook, told: Path) -> None:
    hook(name)

    for words in WRITES[name]:
        cli.done(*words)

    lines = told.read_bytes().splitlines()
    assert len(lines) == len(WRITES[name])
    for line in lines:
        conforms(name, line)


@pytest.mark.parametrize("command", [each for each in PUBLISHED if each not in WRITES])
def test_a_refusal_prints_no_json_but_one_line_on_stderr(cli: Cli, command: str) -> None:
    ran = cli("--json", command, "no such", "--nothing")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_what_is_asked_in_chinese_is_printed_the_same(cli: Cli) -> None:
    amended(cli)
    for words in (["status"], ["show", "nev-capacity"], ["why", "nev-capacity"], ["targets"]):
        assert printed(cli, *words, "--lang", "zh") == printed(cli, *words)
