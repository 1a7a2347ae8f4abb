"""``why``: the sums behind a status, from the command line."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from terminal import bare_environment

from .conftest import SOURCES, TODAY, Cli

CLIMB = "x 100000 2019\nx 150000 2020\nx 190000 2021\n"


@pytest.fixture
def climb(cli: Cli) -> Cli:
    """The steady climb of the worked cases, typed in as a person would."""
    cli.done("add", "x", "--name", "Stations built", "--unit", "stations")
    cli.done("log", "-", stdin=CLIMB)
    cli.done("target", "x", ">=300000", "--due", "2024", "--stated-on", "2019-12-01", "--stated-by", "City")
    return cli


def test_why_shows_the_sums_with_the_numbers_filled_in(climb: Cli) -> None:
    out = climb.done("why", "x", "--as-of", "2021-12-31").out
    assert "on track: pace is 1.12 of what the line from 2019 needs" in out
    assert "((190,000 - 100,000) / 2) / ((300,000 - 100,000) / 5)" in out
    for ratio in ("= 1.1250", "= 1.5399", "= 1.9880"):
        assert ratio in out
    assert "stated 2019-12-01 by City" in out


def test_the_handles_it_prints_name_readings(climb: Cli) -> None:
    item = climb.done("why", "x", "--as-of", "2021-12-31", "--json").json
    handle = item["inputs"]["latest"]["fact"]["handle"]
    assert "190,000 stations" in climb.done("cite", handle).out


def test_why_agrees_with_status_by_every_method(climb: Cli) -> None:
    for method in ("linear", "open-sdg", "un-chart"):
        words = ("--as-of", "2021-12-31", "--method", method, "--json")
        row = climb.done("status", "x", *words).json[0]
        item = climb.done("why", "x", *words).json
        assert item["method"] == method
        assert (item["status"], item["reason"]) == (row["status"], row["reason"])
        assert item["methods"][method]["ratio"] == row["ratio"]
        assert [name for name, each in item["methods"].items() if each["chosen"]] == [method]
        for name in ("attainment", "path", "time"):
            assert item["figures"][name]["value"] == row[name]


def test_why_takes_the_three_clocks(climb: Cli) -> None:
    assert climb.done("why", "x", "--as-of", "2020-06", "--json").json["readings"]["counted"] == 1
    ran = climb("why", "x", "--published-by", "2021-12-31", "--json")
    assert ran.json["status"] == "no reading"
    assert "no publication date" in ran.err
    # Later than anything that this test can have logged, then earlier.
    assert climb.done("why", "x", "--logged-by", "2199-12-31", "--json").json["readings"]["counted"] == 3
    assert climb.refused("why", "x", "--logged-by", "2001-01-01").startswith("'x' was first logged on ")


def test_why_follows_the_width_and_ascii(climb: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = climb.done("why", "x", "--ascii").out
    assert max(map(len, out.splitlines())) <= 80
    assert out.isascii()
    assert ">=300,000" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("subsidie",), "no such indicator: 'subsidie'; did you mean 'subsidies'?"),
        (("x", "--method", "guess"), "--method: no such word: 'guess'; one of linear, open-sdg, un-chart"),
        (("x", "--as-of", "never"), "--as-of: "),
        ((), "why: ID is missing"),
    ],
)
def test_what_does_not_exist_is_one_line(climb: Cli, words: tuple[str, ...], said: str) -> None:
    assert climb.refused("why", *words).startswith(said)


def test_why_writes_nothing(climb: Cli) -> None:
    before = climb.journal
    climb.done("why", "x")
    assert climb.journal == before


def test_without_a_database_why_answers_as_a_new_one_would(nowhere: Cli) -> None:
    ran = nowhere("why", "nev-capacity")
    assert (ran.code, "no reading" in ran.out, "no database yet" in ran.err) == (0, True, True)
    assert not nowhere.database.exists()


def test_why_has_help_with_an_example(cli: Cli) -> None:
    out = cli.done("why", "--help").out
    assert "gztrack why 5g-base-stations --method open-sdg" in out
    assert "--logged-by" in out


_LOADED = """
import json, sys
from gztrack.__main__ import main
sys.argv = ["gztrack", *sys.argv[1:]]
code = main()
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


def loaded(cli: Cli, *words: str) -> set[str]:
    """Names of the modules that a command has imported when it is done."""
    place = str(cli.database.parent)
    ran = subprocess.run(
        [sys.executable, "-c", _LOADED, *words],
        env=bare_environment()
        | {"GZTRACK_DB": str(cli.database), "GZTRACK_TODAY": TODAY, "PYTHONPATH": SOURCES, "HOME": place},
        cwd=place,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(json.loads(ran.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "words", [("log", "nev-capacity", "310k", "--for", "2020-06"), ("status",), ("show", "nev-capacity")]
)
def test_no_other_command_pays_for_the_sums(cli: Cli, words: tuple[str, ...]) -> None:
    assert [name for name in loaded(cli, *words) if "why" in name or "explaining" in name] == []


def test_why_imports_neither_validation_nor_screen(cli: Cli) -> None:
    assert not {"textual", "rich", "pydantic"} & loaded(cli, "why", "nev-capacity")
