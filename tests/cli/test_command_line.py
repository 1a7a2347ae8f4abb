"""Finding the command: global options on either side, help everywhere, slips answered with what would be right."""

from __future__ import annotations

import pytest

from gztrack import __version__
from gztrack.cli.catalogue import COMMANDS
from gztrack.cli.declared import options_of_all, options_of_board
from gztrack.cli.parser import Parser
from gztrack.cli.words import FLAGS, VALUED

from .conftest import Cli

LOG = ("log", "nev-capacity", "310k", "--for", "2020-06")


@pytest.mark.parametrize(
    "words",
    [
        ("--json", "--as", "ann", *LOG),
        (*LOG, "--json", "--as", "ann"),
        ("--as=ann", *LOG, "--json"),
        ("log", "--json", "--for", "2020-06", "nev-capacity", "--as", "ann", "310k"),
        ("--as", "bob", *LOG, "--as", "ann", "--json"),
    ],
)
def test_global_options_stand_before_the_command_or_after_it(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli.done(*words).json["echo"]
    assert [each.author for each in cli.written] == ["ann"]


def test_the_database_can_be_named_on_either_side(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GZTRACK_DB")
    cli.done("--db", str(cli.database), *LOG)
    cli.done("undo", f"--db={cli.database}")


def test_what_stands_before_a_command_is_what_help_lists_and_what_stands_behind_one() -> None:
    listed = {name for option in (*options_of_all(), *options_of_board()) for name in option.names}
    behind = {name for option in Parser("x", "", "", "", glyphs=True).options for name in option.names}
    assert {*VALUED, *FLAGS, "--help", "-h", "--version"} == listed
    assert behind == listed - {"--version", "--theme", "--plain-frames"}


@pytest.mark.parametrize("words", [("--version",), ("--json", "--version"), ("log", "--version")])
def test_the_version_wherever_it_is_asked_for(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli.done(*words).out == f"gztrack {__version__}\n"


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("help",), ("--json", "-h")])
def test_help_lists_every_command(nowhere: Cli, words: tuple[str, ...]) -> None:
    out = nowhere.done(*words).out
    listed = [line.split()[0] for line in out.partition("commands:\n")[2].partition("\n\n")[0].splitlines()]
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(nowhere: Cli, command: str) -> None:
    out = nowhere.done(command, "--help").out
    assert out.startswith(f"usage: gztrack {command} ")
    assert "example:\n  gztrack " in out
    assert max(map(len, out.splitlines())) <= 100
    assert nowhere.done(command, "x", "-h").out == out
    assert nowhere.done("help", command).out == out


def test_help_fits_a_narrow_page(nowhere: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    out = nowhere.done("log", "--help").out.partition("example:")[0]
    assert max(map(len, out.splitlines())) <= 60


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["statsu"], "no such command: 'statsu'; did you mean 'status'? gztrack --help lists them"),
        (["xyzzy"], "no such command: 'xyzzy'; gztrack --help lists them"),
        (["help", "lgo"], "no such command: 'lgo'; did you mean 'log'? gztrack --help lists them"),
        (["graph", "2020", "2021"], "no such command: 'graph'; gztrack --help lists them"),
        (["-"], "no such command: '-'; gztrack --help lists them"),
        (["\x1b[31mred"], "no such command: 'red'; did you mean 'redo'? gztrack --help lists them"),
        (["--bd", "x", "status"], "no such option: '--bd'; did you mean '--db'?"),
        (["-x", "status"], "no such option: '-x'"),
        (["--json=1", "status"], "--json takes no value"),
        (["-q=1", "status"], "-q takes no value"),
        (["--db"], "--db needs a value: --db DIR"),
        (["--as"], "--as needs a value: --as NAME"),
        (["--db", "", "status"], "--db is empty: give the directory of a database"),
        (["--theme", "mauve"], "--theme: no such theme: 'mauve'; one of dark, light, ansi, mono, auto"),
        (["--theme", "light", "status"], "--theme is for the board: gztrack --theme light"),
        (["status", "--onyl", "x"],
         "no such option of status: '--onyl'; did you mean '--only'? gztrack status --help lists them"),
        (["status", "--on", "x"],
         "no such option of status: '--on'; did you mean '--only'? gztrack status --help lists them"),
        (["log", "--provisiona", "x"], ("no such option of log: '--provisiona'; did you mean '--provisional'?"
                                       " gztrack log --help lists them")),
        (["status", "-x"], "no such option of status: '-x'; gztrack status --help lists them"),
        (["log"], ("log: ID is missing; for example: gztrack log nev-capacity 310k --for 2020-06"
                  " --source 'Guangzhou statistics bureau'")),
        (["show"], "show: ID is missing; for example: gztrack show nev-capacity"),
        (["cite"], "cite: READING is missing; for example: gztrack cite nev-capacity@last"),
        (["show", "a", "b"], "show: 'b' is left over; for example: gztrack show nev-capacity"),
        (["redo", "1", "2"], "redo: '2' is left over; for example: gztrack redo"),
        (["history", "--db"],
         "history: --db needs a value, as in --db=VALUE; for example: gztrack history 5g-base-stations"),
        (["redo", "--json=1"], "redo: --json takes no value; for example: gztrack redo"),
        (["--as", "", "status"], "--as is empty: give a name, or leave it out for your account's"),
        (["--as", "seed", "status"], "--as: 'seed' is the name of the facts a database starts with; use another"),
    ],
)  # fmt: skip
def test_a_slip_is_answered_with_what_would_be_right(cli: Cli, words: list[str], said: str) -> None:
    before = cli.journal
    assert cli.refused(*words) == said
    assert cli.journal == before


@pytest.mark.parametrize("day", ["2026-13-01", "20261124", "tomorrow", "2026-W05-1"])
def test_a_day_that_is_none_is_refused(cli: Cli, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("GZTRACK_TODAY", day)
    assert cli.refused("status") == f"GZTRACK_TODAY is no date: '{day}'; as in GZTRACK_TODAY=2026-11-24"


def test_an_author_longer_than_a_name_is_refused(cli: Cli) -> None:
    assert cli.refused("--as", "x" * 201, *LOG) == "--as: 201 characters are too many, at most 200 fit"


def test_an_author_reaches_no_terminal_raw(cli: Cli) -> None:
    cli.done("--as", "an\x1b]52;c;aGk=\x07n\u202e", *LOG)
    assert cli.written[0].author == "ann"


def test_the_environment_names_no_author(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "USERNAME", "GZTRACK_AS"):
        monkeypatch.setenv(name, "mallory")
    cli.done(*LOG)
    assert b"mallory" not in cli.journal
