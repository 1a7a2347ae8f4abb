"""``log -``: lines on standard input, all of them or none."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gztrack.cli import output, progress

from .conftest import Cli


def test_every_line_is_logged_as_one_action(cli: Cli) -> None:
    out = cli.done("log", "-", stdin="nev-capacity 310k 2020-06\n5g-enterprises 61\n").out.splitlines()
    assert out[:2] == [
        (
            "NEV annual production capacity  310,000 vehicles/year  for 2020-06 (ends 2020-06-30)"
            "  103.3 % of 300,000 by 2020-12-31"
        ),
        "5G industry enterprises gathered  61 enterprises  for 2026-11-24",
    ]
    assert out[2] == "logged 2 readings; take back: gztrack undo"
    assert [len(each.facts) for each in cli.written] == [2]


@pytest.mark.parametrize(
    ("line", "value", "period", "note"),
    [
        ("tech-centres 500", 500, "2026-11-24", None),
        ("tech-centres 500 2020", 500, "2020", None),
        ("tech-centres\t500\t2020-Q1", 500, "2020-Q1", None),
        ("  tech-centres   over 500   2020  ", 500, "2020", None),
        ("tech-centres over 500", 500, "2026-11-24", None),
        ("tech-centres over 2020", 2020, "2026-11-24", None),
        ("tech-centres >500 2020 # from page 3 # 4", 500, "2020", "from page 3 # 4"),
        ("tech-centres 500 #", 500, "2026-11-24", None),
        ("tech-centres 500 3 days ago", 500, "2026-11-21", None),
        ("tech-centres 500 last month # n", 500, "2026-10", "n"),
        ("tech-centres 0.5 k 2020年上半年", 500, "2020-H1", None),
        ("tech-centres -500 yesterday", -500, "2026-11-23", None),
        ("\ufefftech-centres 500", 500, "2026-11-24", None),
        ("tech-centres 500 2020\r", 500, "2020", None),
    ],
)
def test_a_line_is_id_value_period_and_note(
    cli: Cli, line: str, value: int, period: str, note: str | None
) -> None:
    cli.done("log", "-", stdin=f"{line}\n# a comment\n\n")
    assert (cli.last["value"], cli.last["period"], cli.last.get("note")) == (value, period, note)


def test_options_say_what_lines_leave_out(cli: Cli) -> None:
    cli.done(
        "log", "-", "--for", "2020", "--source", "Yearbook", "--note", "table 3",
        stdin="tech-centres 500\nkey-labs-national 20 2021 # table 4\n",
    )  # fmt: skip
    kept = [(fact["period"], fact["source"], fact["note"]) for _, fact in cli.written[0].facts]
    assert kept == [("2020", "Yearbook", "table 3"), ("2021", "Yearbook", "table 4")]


def test_every_bad_line_is_named_and_none_is_logged(cli: Cli) -> None:
    before = cli.journal
    lines = [
        "nev-capacity 310k 2020-06",
        "",
        "tech-center 5",
        "# fine",
        "tech-centres 1,23",
        "tech-centres 500 2024-Q7",
        "tech-centres NaN last month",
        "tech-centres",
        "5g-enterprises 7000",
    ]
    assert cli.faults("log", "-", stdin="\n".join(lines)) == [
        "log -: 6 lines need a look, nothing was logged",
        "line 3: no such indicator: 'tech-center'; did you mean 'tech-centres'?",
        "line 5: value '1,23': ambiguous: write 1.23 or 123",
        "line 6: period '2024-Q7': no such quarter: 2024-Q1 to 2024-Q4",
        "line 7: value: 'NaN' is no value: type a number, or log nothing",
        "line 8: no value was given; for example 310000, 310k, 31万 or '>10000'",
        "line 9: 5g-enterprises: 117 times the last value (60 in 2019-Q3). Is that right?",
    ]
    assert cli.journal == before


def test_the_indicators_that_there_are_are_named_once(cli: Cli) -> None:
    said = cli.faults("log", "-", "--quiet", "--json", stdin="zzzzzzzzzz 1\nyyyyyyyyyy 2\n")
    assert said[:3] == [
        "log -: 2 lines need a look, nothing was logged",
        "line 1: no such indicator: 'zzzzzzzzzz'",
        "line 2: no such indicator: 'yyyyyyyyyy'",
    ]
    assert said[3].startswith("there are: nev-capacity, ")
    assert len(said) == 4


def test_where_there_are_no_indicators_it_is_said_how_to_add_one(cli: Cli, tmp_path: Path) -> None:
    place = str(tmp_path / "none")
    cli("--db", place, "init", "--empty")
    said = cli.faults("--db", place, "log", "-", stdin="x 1\n")
    assert said[1:] == [
        "line 1: no such indicator: 'x'",
        f"there is no indicator yet; add one first: gztrack --db {place} add",
    ]


def test_slips_are_asked_about_line_by_line_until_yes(cli: Cli) -> None:
    lines = "nev-capacity 310k 2020-06\n5g-enterprises 700\n"
    before = cli.journal
    assert cli.faults("log", "-", stdin=lines, code=3) == [
        "log -: 1 line needs a look, nothing was logged",
        "line 2: 5g-enterprises: 12 times the last value (60 in 2019-Q3). Is that right?",
        "--yes logs them as they are",
    ]
    assert cli.journal == before
    cli.done("log", "-", "--yes", stdin=lines)
    assert len(cli.written[0].facts) == 2


def test_many_bad_lines_are_counted(cli: Cli) -> None:
    said = cli.faults("log", "-", stdin="tech-center 1\n" * 30)
    assert said[0] == "log -: 30 lines need a look, nothing was logged"
    assert said[-1] == "and 10 more"
    assert len(said) == 22


@pytest.mark.parametrize("stdin", ["", "\n\n", "# only a comment\n"])
def test_nothing_on_standard_input_is_refused(cli: Cli, stdin: str) -> None:
    assert cli.refused("log", "-", stdin=stdin) == (
        "log -: nothing on standard input; a line is ID VALUE [PERIOD] [# note]"
    )


def test_standard_input_that_is_not_utf8_names_the_line(cli: Cli) -> None:
    said = cli.refused("log", "-", stdin=b"tech-centres 500\ntech-centres 5 # \xff\n")
    assert said == "log -: line 2: not UTF-8; nothing was logged"


@pytest.mark.parametrize("words", [["5"], ["--by", "+5"]])
def test_a_value_on_the_command_line_does_not_go_with_lines(cli: Cli, words: list[str]) -> None:
    said = cli.refused("log", "-", *words, stdin="tech-centres 500\n")
    assert said == "log -: the values come from standard input; leave VALUE and --by out"


def test_a_retried_batch_with_a_key_adds_nothing(cli: Cli) -> None:
    lines = "nev-capacity 310k 2020-06\n5g-enterprises 61 2020\n"
    cli.done("log", "-", "--key", "june", stdin=lines)
    before = cli.journal
    out = cli.done("log", "-", "--key", "june", stdin=lines).out
    assert out.startswith("already logged with this key; nothing was added\n")
    assert "beside" not in out
    assert cli.done("log", "-", "--key", "june", "--json", stdin=lines).json["added"] is False
    assert cli.journal == before


def test_a_line_beside_a_reading_of_its_period_says_so(cli: Cli) -> None:
    cli.done("log", "nev-capacity", "310k", "--for", "2020-06")
    out = cli.done(
        "log", "-", stdin="nev-capacity 311k 2020-06\nnev-capacity 312k 2020-07\n"
    ).out.splitlines()
    assert out[0].endswith("  stands beside 310,000, logged for 2020-06 before")
    assert "beside" not in out[1]


def test_a_large_batch_is_echoed_an_indicator_a_line(cli: Cli) -> None:
    lines = (
        "".join(f"nev-capacity {300 + n} k {1990 + n % 30}\n" for n in range(150)) + "tech-centres 500 2020\n"
    )

    out = cli.done("log", "-", stdin=lines).out.splitlines()
    assert out == [
        "NEV annual production capacity  150 readings  300,000..449,000 vehicles/year  for 1990-01-01 to 2019-12-31",
        "Enterprise technology centres  1 reading  500 centres  for 2020-01-01 to 2020-12-31",
        "logged 151 readings; take back: gztrack undo",
    ]
    assert [len(each.facts) for each in cli.written] == [151]
    said = cli.done("log", "-", "--json", stdin=lines).json
    assert (said["echo"], said["handle"]) == (out, None)


def feed_until(program: subprocess.Popen[bytes], screen: int, wanted: str) -> str:
    """Write lines to a program until its terminal shows a text; what it showed."""
    assert program.stdin is not None
    shown, end = b"", time.monotonic() + 60
    while wanted not in shown.decode("utf-8", "replace"):
        assert time.monotonic() < end, shown
        program.stdin.write(b"nev-capacity 310k 2020-06\n" * 100)
        program.stdin.flush()
        if select.select([screen], [], [], 0.05)[0]:
            shown += os.read(screen, 4096)
    return shown.decode()


@pytest.fixture
def piped(cli: Cli) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """``log -`` with a pipe as its input and a terminal as its stderr."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "gztrack", "--db", str(cli.database), "log", "-", "--yes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    ) as program:
        os.close(theirs)
        try:
            yield program, ours
        finally:
            program.kill()
            os.close(ours)


def rest_of(screen: int) -> str:
    """What a terminal shows until nobody has it open."""
    shown = b""
    while True:
        try:
            piece = os.read(screen, 4096)
        except OSError:  # the other end is closed
            return shown.decode()
        if not piece:
            return shown.decode()
        shown += piece


def test_a_terminal_is_told_how_many_lines_came_and_the_line_is_gone_at_the_end(
    cli: Cli, piped: tuple[subprocess.Popen[bytes], int]
) -> None:
    program, screen = piped
    feed_until(program, screen, " lines so far")
    out, _ = program.communicate(timeout=60)

    assert program.returncode == 0
    last = out.decode().splitlines()[-1]
    assert re.fullmatch(r"logged [0-9,]+ readings; take back: .*", last)
    assert rest_of(screen).rsplit("\r", 2)[1].strip() == ""


def test_ctrl_c_while_reading_says_that_nothing_was_logged(
    cli: Cli, piped: tuple[subprocess.Popen[bytes], int]
) -> None:
    before = cli.journal
    program, screen = piped
    feed_until(program, screen, " lines so far")
    program.send_signal(signal.SIGINT)

    assert program.wait(60) == -signal.SIGINT  # 130 in a shell
    assert rest_of(screen).rsplit("\r", 1)[0].endswith("gztrack: interrupted; nothing was saved")
    assert cli.journal == before


@pytest.mark.parametrize("words", [["--json"], []])
def test_no_progress_is_told_to_what_is_no_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "PAUSE", 0.0)
    if words:
        monkeypatch.setattr(output, "is_terminal", lambda stream: stream is sys.stderr)

    assert cli.done("log", "-", *words, stdin="nev-capacity 310k 2020-06\n" * 2000).err == ""


def test_a_line_without_blanks_is_not_repeated_whole(cli: Cli) -> None:
    said = cli.faults("log", "-", stdin="a" * 1_000_000 + " 5\n")
    assert said[1] == f"line 1: no such indicator: '{'a' * 64}…'"
    assert len("".join(said)) < 500
