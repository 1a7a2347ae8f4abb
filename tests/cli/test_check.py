"""``check``: one line per alarm and exit code 1, or not a word."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from needs import missing

from .conftest import Cli, Program

KINDS = "moving-away, off-track, overdue, verdict-due, stale"


@pytest.fixture
def alarmed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """In the year 2150, long after everything was logged: one row off track, one moving away, one verdict due."""
    cli.done("log", "-", stdin="nev-capacity 80k 2020\nnev-capacity 90k 2025\n")
    cli.done("target", "nev-capacity", "1.5m", "--due", "2199")
    cli.done("log", "-", stdin="hightech-share 50 2024\n")
    cli.done("target", "hightech-share", "80", "--due", "2199")
    cli.done("target", "tech-centres", ">=700", "--due", "2149")
    cli.done("log", "tech-centres", "650", "--for", "2149", "--yes")
    monkeypatch.setenv("GZTRACK_TODAY", "2150-01-31")
    return cli


def kinds(out: str) -> list[str]:
    return [line.split()[0] for line in out.splitlines()]


def test_a_fresh_seed_is_silent(cli: Cli) -> None:
    assert cli.done("check").out == ""


def test_the_follow_up_pack_is_silent(cli: Cli) -> None:
    pack = Path(__file__).resolve().parents[2] / "db" / "guangzhou-followup.csv"
    cli("import", str(pack))
    assert cli.done("check").out == ""
    assert cli.done("check", "--stale-after", "0d").out == ""


def test_alarms_are_told_and_end_with_exit_code_1(alarmed: Cli) -> None:
    before = alarmed.journal
    ran = alarmed("check", "--stale-after", "never")

    assert (ran.code, ran.err) == (1, "")
    assert ran.out == (
        "moving-away  hightech-share  62.5 % of ≥80 % by 2199-12-31:"
        " pace is about -43.09 of what the line from 2019-Q3 needs\n"
        "off-track    nev-capacity    6.0 % of ≥1,500,000 vehicles/year by 2199-12-31:"
        " pace is 0.25 of what the line from 2020 needs\n"
        "verdict-due  tech-centres    missed: 650 for 2149, promised ≥700 centres by 2149-12-31\n"
    )
    assert alarmed.journal == before


def test_the_id_of_a_line_can_be_pasted_into_another_command(alarmed: Cli) -> None:
    for line in alarmed("check").out.splitlines():
        assert alarmed("show", line.split()[1]).code == 0


def test_silence_is_told_with_its_length(alarmed: Cli) -> None:
    out = alarmed("check", "--fail-on", "stale").out
    assert re.search(
        r"^stale  nev-capacity    no reading logged for [\d,]+ days, since 20\d\d-\d\d-\d\d,"
        r" promised ≥1,500,000 vehicles/year by 2199-12-31$",
        out,
        re.MULTILINE,
    )


def test_a_promise_nobody_has_looked_at_says_what_to_do(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.done(
        "target",
        "uhd-output",
        "300bn",
        "--due",
        "2149",
        "--replaces",
        "uhd-output@2020-12-31",
        "--reason",
        "new",
    )
    cli.done("target", "key-labs-national", "25", "--due", "2199")
    cli.done("retract", "key-labs-national@last", "--reason", "misread")

    monkeypatch.setenv("GZTRACK_TODAY", "2150-03-31")
    out = cli("check").out
    assert (
        "verdict-due  uhd-output         cannot tell: no reading, promised >CNY 300,000,000,000/year by 2149-12-31;"
        " log what came of it\n"
    ) in out
    assert re.search(
        r"stale        key-labs-national  no reading logged in the [\d,]+ days since the target was, on", out
    )

    monkeypatch.setenv("GZTRACK_TODAY", "2150-04-01")
    assert kinds(cli("check").out) == ["overdue", "stale"]


def test_a_miss_whose_promise_was_met_later_says_when(alarmed: Cli) -> None:
    alarmed.done("log", "tech-centres", "720", "--for", "2150-01", "--yes")
    out = alarmed("check", "--fail-on", "verdict-due").out
    assert (
        out == "verdict-due  tech-centres  met late: 720 for 2150-01, promised ≥700 centres by 2149-12-31\n"
    )


def test_json_is_a_list_with_what_scripts_rely_on(alarmed: Cli) -> None:
    ran = alarmed("check", "--json", "--fail-on", "off-track,verdict-due")
    assert (ran.code, ran.err) == (1, "")
    first, second = ran.json

    assert (
        first
        | {"alarm": "off-track", "indicator": "nev-capacity", "status": "off track", "since": "2025-12-31"}
        == first
    )
    assert first["reason"] == "pace is 0.25 of what the line from 2020 needs"
    assert first["name"] == "NEV annual production capacity"
    assert (
        first["target"] | {"value": 1_500_000, "comparator": "at least", "due": "2199-12-31"}
        == first["target"]
    )
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT[\d:.]+Z", first["last_logged"])
    assert second | {"alarm": "verdict-due", "status": "missed", "since": "2149-12-31"} == second
    assert (second["target"]["verdict"], second["target"]["margin"]) == ("missed", -50)


def test_json_of_a_database_that_is_well_is_an_empty_list(cli: Cli) -> None:
    assert cli.done("check", "--json").json == []


def test_what_was_never_logged_is_null(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.done("target", "nev-capacity", "1.5m", "--due", "2199")
    monkeypatch.setenv("GZTRACK_TODAY", "2190-01-01")

    (item,) = cli("check", "--json").json
    assert (item["alarm"], item["status"], item["last_logged"]) == ("stale", "no reading", None)


@pytest.mark.parametrize("words", ["off-track,moving-away", "off track,moving away", "OFF_TRACK,Moving-Away"])
def test_fail_on_looks_only_for_the_kinds_named(alarmed: Cli, words: str) -> None:
    assert kinds(alarmed("check", "--fail-on", words).out) == ["moving-away", "off-track"]
    assert alarmed.done("check", "--fail-on", "overdue").out == ""


def test_as_of_looks_at_another_day(alarmed: Cli) -> None:
    assert alarmed.done("check", "--as-of", "2021-01-31").out == ""
    assert "overdue" not in kinds(alarmed("check", "--as-of", "2150-06").out)
    assert "verdict-due" in kinds(alarmed("check", "--as-of", "2150-03-31").out)
    assert "verdict-due" not in kinds(alarmed("check", "--as-of", "2150-04-01").out)


def test_a_method_decides_by_another_rule(alarmed: Cli) -> None:
    out = alarmed("check", "--method", "open-sdg", "--fail-on", "moving-away,off-track").out
    assert kinds(out) == ["moving-away"]
    assert "growth since 2019-Q3" in out


def test_group_looks_at_what_stands_under_a_heading(alarmed: Cli) -> None:
    out = alarmed("check", "--group", "new energy", "--stale-after", "never").out
    assert [line.split()[1] for line in out.splitlines()] == ["nev-capacity"]
    assert alarmed.done("check", "--group", "5G").out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--fail-on", "off-trakc"], f"--fail-on: no such word: 'off-trakc'; did you mean 'off-track'? one of {KINDS}"),
        (["--fail-on", "stale,"], f"--fail-on: no such word: ''; one of {KINDS}"),
        (["--stale-after", "soon"],
         "--stale-after: no length of time: 'soon'; write 90d, 12w, 6m for months, 1y or never"),
        (["--stale-after", "-5d"],
         "--stale-after: no length of time: '-5d'; write 90d, 12w, 6m for months, 1y or never"),
        (["--stale-after", "101y"], "--stale-after: '101y' is more than a hundred years; for no end write never"),
        (["--method", "cubic"], "--method: no such word: 'cubic'; one of linear, open-sdg, un-chart"),
        (["--as-of", "2021-13"], "--as-of: no such month: 2021-01 to 2021-12"),
        (["5g-enterprises"],
         ("check: takes no words; '5g-enterprises' is left over;"
          " for example: gztrack check --fail-on off-track,moving-away --stale-after 6m")),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_refused_and_is_no_alarm(alarmed: Cli, words: list[str], said: str) -> None:
    assert alarmed.refused("check", *words) == said


def test_an_unknown_group_is_refused(alarmed: Cli) -> None:
    assert alarmed.refused("check", "--group", "labs").startswith(
        "--group: no such group: 'labs'; there are: "
    )


def test_ascii_asks_for_ascii(alarmed: Cli) -> None:
    out = alarmed("check", "--ascii").out
    assert out.isascii()
    assert ">=1,500,000" in out


def test_what_a_person_wrote_reaches_no_terminal_raw(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.done(
        "add", "x", "--name", "a\x1b[31mb\u202e", "--unit", "un\x1b]52;c;aGk=\x07its", "--measure", "level"
    )
    cli.done("target", "x", "5", "--due", "2199", "--quote", "\x1b[2Jgone\n")
    monkeypatch.setenv("GZTRACK_TODAY", "2190-01-01")

    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", cli("check").out + cli("check", "--json").out
    )
    assert len(cli("check").out.splitlines()) == 1


# -- a database that cannot be looked at -----------------------------------------------


def test_a_missing_database_that_was_named_is_neither_well_nor_an_alarm(cli: Cli, tmp_path: Path) -> None:
    assert "no database there" in cli.refused("check", "--db", str(tmp_path / "gone"), code=4)


def test_a_damaged_database_is_neither_well_nor_an_alarm(cli: Cli) -> None:
    journal = cli.database / "facts.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:-1], lines[-1][: len(lines[-1]) // 2]]))
    cli.refused("check", code=4)
    cli.refused("check", "--json", code=4)


def test_a_missing_default_database_answers_as_the_seed_and_is_not_made(nowhere: Cli) -> None:
    ran = nowhere("check")
    assert (ran.code, ran.out) == (0, "")
    assert "no database yet" in ran.err
    assert not nowhere.database.exists()


def test_it_reads_only_and_waits_for_no_lock(alarmed: Cli) -> None:
    def tree() -> dict[str, tuple[int, int]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.stat().st_size)
            for path in (alarmed.database, *alarmed.database.rglob("*"))
        }

    before = tree()
    held = os.open(alarmed.database / "lock", os.O_RDWR)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        assert alarmed("check").code == 1
    finally:
        os.close(held)
    assert tree() == before


# -- as a real program -----------------------------------------------------------------


def test_a_bare_environment_and_another_locale_change_nothing(program: Program) -> None:
    for words in (
        ("log", "tech-centres", "400", "--for", "2024"),
        ("target", "tech-centres", "700", "--due", "2199"),
    ):
        assert program(*words).returncode == 0
    for locale in ({}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}):
        ran = program("check", env={**locale, "TERM": ""})
        assert (ran.returncode, ran.stderr) == (1, b"")
        text = ran.stdout.decode(locale.get("PYTHONIOENCODING", "utf-8"))
        assert "of ≥700 centres" in text if "PYTHONIOENCODING" not in locale else "of >=700 centres" in text


def test_a_full_disk_below_its_output_is_no_alarm(program: Program) -> None:
    if not os.path.exists("/dev/full"):
        missing("there is no /dev/full")
    for words in (
        ("log", "tech-centres", "400", "--for", "2024"),
        ("target", "tech-centres", "700", "--due", "2199"),
    ):
        assert program(*words).returncode == 0
    with open("/dev/full", "wb") as full:
        ran = program("check", stdout=full)
    assert ran.returncode == 4
    assert ran.stderr.count(b"\n") == 1


def test_what_is_not_needed_is_not_imported(cli: Cli) -> None:
    script = "import sys; from gztrack.cli.main import main; main(sys.argv[1:]); print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", script, "check"], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(ran.stdout.split())
    assert "gztrack.services.board.alarms" in loaded
    assert not loaded & {"pydantic", "textual", "rich", "gztrack.export.alarm_form"}


def test_its_help_says_what_is_silent_and_what_never_does(cli: Cli) -> None:
    said = " ".join(cli.done("check", "--help").out.split())

    assert "unless it was met: a promise kept is silent" in said
    assert "With --stale-after never nothing is stale or overdue" in said


def test_never_leaves_a_promise_that_was_not_met_due_for_ever(alarmed: Cli) -> None:
    usual = kinds(alarmed("check", "--as-of", "2190-01-01").out)
    never = kinds(alarmed("check", "--as-of", "2190-01-01", "--stale-after", "never").out)

    assert "stale" in usual
    assert "verdict-due" not in usual
    assert "verdict-due" in never
    assert not {"stale", "overdue"} & set(never)
