"""``add``, ``edit``, ``archive``, ``undo`` and ``redo``."""

from __future__ import annotations

import pytest

from .conftest import Cli

ADD = ("add", "nev-output", "--name", "NEV output", "--unit", "vehicles", "--measure", "flow")


def test_an_indicator_is_added_with_everything_that_was_said(cli: Cli) -> None:
    out = cli.done(
        *ADD, "--group", "New energy vehicles", "--direction", "up", "--name-zh", "新能源汽车产量",
        "--definition", "- all plants", "--part-of", "nev-capacity", "--decimals", "1",
    ).out  # fmt: skip
    assert out == "added nev-output  NEV output  vehicles, flow\ntake back: gztrack undo\n"
    expected = {
        "indicator": "nev-output",
        "name_zh": "新能源汽车产量",
        "definition": "- all plants",
        "part_of": "nev-capacity",
        "decimals": 1,
    }
    assert cli.last | expected == cli.last


def test_a_level_is_what_an_indicator_is_unless_told(cli: Cli) -> None:
    cli.done("add", "x", "--name", "X", "--unit", "things")
    assert (cli.last["measure"], cli.last["direction"]) == ("level", "up")


def test_an_edit_changes_only_what_was_given(cli: Cli) -> None:
    cli.done("edit", "nev-capacity", "--name", "Capacity")
    assert (cli.last["name"], cli.last["unit"]) == ("Capacity", "vehicles/year")


def test_changing_what_readings_say_asks_for_yes(cli: Cli) -> None:
    said = cli.refused("edit", "tech-centres", "--unit", "laboratories", code=3)
    assert said == (
        "tech-centres has readings; changing unit from centres to laboratories changes what they say. --yes does it"
    )
    cli.done("edit", "tech-centres", "--unit", "laboratories", "--yes")
    assert cli.last["unit"] == "laboratories"


def test_an_indicator_is_archived_and_brought_back(cli: Cli) -> None:
    assert cli.done("archive", "subsidies").out.startswith("archived subsidies")
    assert cli.refused("archive", "subsidies") == "'subsidies' is archived already"
    assert cli.done("archive", "--undo", "subsidies").out.startswith("brought back subsidies")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "x"], ("add: --name and --unit are missing; for example: gztrack add nev-output --name 'NEV output'"
                       " --unit vehicles --measure flow")),
        (["add", "x", "--name", "X", "--unit", " "],
         ("add: --unit is missing; for example: gztrack add nev-output --name 'NEV output'"
         " --unit vehicles --measure flow")),
        (["add", "NEV out", "--name", "X", "--unit", "u"],
         "no id: 'NEV out'; an id has small letters, digits and single hyphens, for example 'nev-out'"),
        (["add", "drop", "--name", "X", "--unit", "u"], "'drop' is a word of the commands; choose another id"),
        (["add", "subsidies", "--name", "X", "--unit", "u"],
         ("'subsidies' is there already (Subsidies to key industries, platforms and enterprises);"
         " change it: gztrack edit")),
        (["add", "x", "--name", "X", "--unit", "u", "--measure", "stock"],
         "measure: no such word: 'stock'; one of level, flow, rate"),
        (["add", "x", "--name", "X", "--unit", "u", "--decimals", "-1"],
         "decimals: '-1' is not a whole number from 0 to 9"),
        (["edit", "subsidies"], "nothing to change was given; for example --name, --group, --definition"),
        (["edit", "subsidy", "--name", "X"], "no such indicator: 'subsidy'; did you mean 'subsidies'?"),
        (["archive", "--undo", "subsidies"], "'subsidies' is not archived"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(cli: Cli, words: list[str], said: str) -> None:
    before = cli.journal
    assert cli.refused(*words) == said
    assert cli.journal == before


def test_undo_takes_back_the_last_action_and_redo_brings_it_back(cli: Cli) -> None:
    cli.done(*ADD)
    assert cli.done("undo").out == "undid indicator nev-output; bring back: gztrack redo\n"
    assert cli.refused("show", "nev-output").startswith("no such indicator: 'nev-output'")
    assert cli.done("redo").out == "brought back indicator nev-output; take back: gztrack undo\n"
    assert cli.refused(*ADD).startswith("'nev-output' is there already")


def test_undo_takes_back_as_many_as_told(cli: Cli) -> None:
    cli.done(*ADD)
    cli.done("log", "-", stdin="nev-output 5 2020\nnev-output 6 2021\n")
    assert cli.done("undo", "2").out.splitlines() == [
        "undid all of 2 readings; bring back: gztrack redo",
        "undid indicator nev-output; bring back: gztrack redo",
    ]


def test_undo_is_about_ones_own_actions(cli: Cli) -> None:
    cli.done("--as", "ann", *ADD)
    assert cli.refused("--as", "bob", "undo") == "nothing to undo: no action of bob stands"
    assert cli.refused("--as", "bob", "redo").startswith("nothing to redo")


def test_the_seed_is_nobodys_action(cli: Cli) -> None:
    assert cli.refused("undo").startswith("nothing to undo")


@pytest.mark.parametrize("times", ["0", "-1", "x", "1.5", "1001", "²", "99999999"])
@pytest.mark.parametrize("command", ["undo", "redo"])
def test_a_number_of_actions_is_a_whole_number(cli: Cli, command: str, times: str) -> None:
    said = cli.refused(command, times)
    assert said == f"{command}: no number of actions: '{times}'; a whole number from 1 to 1,000"


def test_without_an_id_the_whole_database_is_edited(cli: Cli) -> None:
    out = cli.done("edit", "--method", "open-sdg", "--title", "Plan").out
    assert out == "changed the database: title Plan, method open-sdg\ntake back: gztrack undo\n"
    assert "Plan, as of 2026-11-24, open-sdg" in cli.done("status").out
    assert {row["method"] for row in cli.done("status", "--json").json} == {"open-sdg"}
    cli.done("undo")
    assert {row["method"] for row in cli.done("status", "--json").json} == {"linear"}


def test_an_indicator_may_go_by_a_method_of_its_own(cli: Cli) -> None:
    out = cli.done("edit", "tech-centres", "--method", "un-chart").out
    assert out.startswith(
        "changed tech-centres  Enterprise technology centres  centres, level, status by un-chart\n"
    )
    methods = {row["id"]: row["method"] for row in cli.done("status", "--json").json}
    assert methods.pop("tech-centres") == "un-chart"
    assert set(methods.values()) == {"linear"}
    assert "linear, 1 by their own" in cli.done("status").out
    cli.done("edit", "tech-centres", "--method", "usual")
    assert {row["method"] for row in cli.done("status", "--json").json} == {"linear"}


def test_the_unnamed_series_can_be_chosen_again(cli: Cli) -> None:
    def shown() -> float:
        return float(cli.done("status", "tech-centres", "--json").json[0]["reading"]["value"])

    cli.done("log", "tech-centres", "900", "--for", "2020", "--series", "province")
    assert shown() == 495
    cli.done("edit", "tech-centres", "--series", "province")
    assert shown() == 900
    cli.done("edit", "tech-centres", "--series", "Usual")
    assert shown() == 495
    assert cli.refused("edit", "tech-centres", "--series", "usual").endswith("nothing to change")
    assert cli.refused("edit", "tech-centres", "--series", "city") == (
        "series: no reading of 'city' yet; there is province"
    )
    cli.done("log", "tech-centres", "7", "--for", "2020", "--series", "usual")
    cli.done("edit", "tech-centres", "--series", "usual")
    assert shown() == 7  # a series that is called so is meant


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["edit"], "nothing to change was given; for the whole database there are --title and --method"),
        (["edit", "--unit", "x"], ("edit: whose --unit? name the indicator: gztrack edit ID --unit ...; without an ID"
                                  " there are --title and --method, of the whole database")),
        (["edit", "tech-centres", "--title", "x"],
         "edit: --title is the database's, which is edited without an ID; an indicator has --name"),
        (["edit", "--method", "x"], "method: no such method: 'x'; there are linear, open-sdg, un-chart"),
    ],
)  # fmt: skip
def test_an_edit_of_nothing_or_of_nobody_is_refused(cli: Cli, words: list[str], said: str) -> None:
    before = cli.journal
    assert cli.refused(*words) == said
    assert cli.journal == before
