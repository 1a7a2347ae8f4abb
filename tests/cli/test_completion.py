"""``completion``: the lists that the scripts ask for, and what is refused. The scripts themselves: tests/shells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gztrack.cli.completion import SHELLS
from gztrack.cli.declared import commands
from gztrack.cli.slots import LISTS, slots_of
from gztrack.storage.journal import Journal
from gztrack.storage.store import Transaction

from .conftest import Cli, Program


def offered(cli: Cli, name: str, *words: str) -> dict[str, str]:
    out = cli.done(*words, "completion", "--list", name).out
    return dict(line.split("\t") for line in out.splitlines())


def test_ids_are_listed_with_their_names(cli: Cli) -> None:
    found = offered(cli, "ids")
    assert len(found) == 12
    assert found["nev-capacity"] == "NEV annual production capacity"
    assert offered(cli, "ids", "--lang", "zh")["nev-capacity"] == "新能源汽车年产能"


def test_what_was_added_undone_and_archived_since_the_heads_file_shows(cli: Cli) -> None:
    cli.done("log", "nev-capacity", "310k", "--for", "2020-05")
    assert (cli.database / "heads.json").exists()
    cli.done("add", "rail-km", "--name", "Rail", "--unit", "km")
    cli.done("add", "tram-km", "--name", "Tram", "--unit", "km")
    cli.done("undo")
    cli.done("archive", "subsidies")

    found = offered(cli, "ids")
    assert "rail-km" in found
    assert "tram-km" not in found
    assert list(found.items())[-1] == (
        "subsidies",
        "Subsidies to key industries, platforms and enterprises (archived)",
    )


def test_groups_are_listed_once_each_with_their_other_name(cli: Cli) -> None:
    assert offered(cli, "groups")["Support"] == "产业扶持"
    assert offered(cli, "groups", "--lang", "zh")["产业扶持"] == "Support"
    assert offered(cli, "groups")["5G"] == ""


def test_readings_are_listed_by_their_latest_periods(cli: Cli) -> None:
    for year in (2014, 2019, 2016, 2018, 2017, 2015):
        cli.done("log", "tech-centres", str(year - 1600), "--for", str(year))
    own = [word for word in offered(cli, "readings") if word.startswith("tech-centres@")]
    assert own == [f"tech-centres@{period}" for period in ("last", "2019", "2019-Q3", "2018", "2017")]
    for word in own:
        cli.done("cite", word)


def test_targets_are_listed_by_due_date_as_long_as_they_stand(cli: Cli) -> None:
    cli.done("target", "tech-centres", "900", "--due", "2030")
    cli.done("target", "tech-centres", "999", "--due", "none")
    cli.done("target", "subsidies", "9bn", "--due", "2031")
    cli.done("target", "drop", "subsidies@2031", "--reason", "left out")
    found = offered(cli, "targets")
    assert {"nev-capacity@2020-12-31", "tech-centres@2030", "tech-centres@none"} <= found.keys()
    assert not [word for word in found if word.startswith("subsidies@")]
    for word in found:
        cli.done("cite", word)


def test_asking_writes_no_fact(cli: Cli) -> None:
    before = cli.journal
    for name in ("ids", "groups", "readings", "targets"):
        cli.done("completion", "--list", name)
    assert cli.journal == before


def test_where_no_database_is_yet_the_seed_answers_and_nothing_is_made(nowhere: Cli) -> None:
    assert "nev-capacity@2020-12-31" in offered(nowhere, "targets")
    assert not nowhere.database.exists()


def test_a_database_that_is_not_there_is_an_error_of_one_line(cli: Cli, tmp_path: Path) -> None:
    said = cli.refused("--db", str(tmp_path / "nowhere"), "completion", "--list", "ids", code=4)
    assert "no database there" in said


@pytest.mark.parametrize("slug", ["$(harm)", "a b", "-rf", "`harm`", "a;b", "a\tb", "指标", ""])
def test_an_id_that_a_shell_may_not_be_trusted_with_is_left_out(cli: Cli, slug: str) -> None:
    """No command makes one, and a merge with a database of another program might."""
    fact = {
        "id": "0" * 26,
        "indicator": slug,
        "name": "x",
        "unit": "km",
        "measure": "level",
        "direction": "up",
    }
    Journal(str(cli.database)).append(
        Transaction(
            "0" * 25 + "1", "2026-11-24T00:00:00.000000Z", "ann", "ann", "add", (("indicators", fact),)
        )
    )
    for name in ("ids", "readings", "targets"):
        assert slug not in [word.partition("@")[0] for word in offered(cli, name)]
    assert len(offered(cli, "ids")) == 12


@pytest.mark.parametrize("words", [(), ("bash", "--list", "ids"), ("tcsh",), ("--list", "secrets")])
def test_what_is_not_there_is_refused(cli: Cli, words: tuple[str, ...]) -> None:
    assert "completion" in (said := cli.refused("completion", *words)) or "--list" in said


def test_json_has_the_same(cli: Cli) -> None:
    assert {"offer": "5G", "about": ""} in cli.done("completion", "--list", "groups", "--json").json
    assert "complete -F" in json.loads(cli.done("completion", "bash", "--json").out)["script"]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_needs_no_database(program: Program, tmp_path: Path, shell: str) -> None:
    ran = program("completion", shell, env={"GZTRACK_DB": str(tmp_path / "nowhere")})
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"@TABLES@" not in ran.stdout


def test_every_word_that_names_something_of_the_database_is_completed() -> None:
    """A command that is added takes part by what it declares; ``add`` names what is not there yet."""
    named = {
        (name, word.names[0]) for name, _, parser in commands() for word in parser.words if word.kind in LISTS
    }
    places = {(each.name, slot.place) for each in commands() for slot in slots_of(each) if slot.lists}
    assert {name for name, _ in named} <= {name for name, _ in places}
    assert ("add", "ID") not in named
    assert {"--part-of", "--group", "--replaces"} <= {place for _, place in places}
