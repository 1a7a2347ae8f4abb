"""``show``, ``history`` and ``cite``."""

from __future__ import annotations

import re

import pytest

from .conftest import Cli


@pytest.fixture
def corrected(cli: Cli) -> Cli:
    """A reading that was corrected, with everything said about it."""
    cli.done("--as", "ann", "log", "nev-capacity", "310k", "--for", "2020-06", "--source", "Yearbook",
             "--url", "https://a.org/p", "--published", "2020-07-01", "--note", "preliminary")  # fmt: skip
    cli.done("--as", "bob", "correct", "nev-capacity@2020-06", "300k", "--reason", "misread")
    return cli


def test_show_has_readings_targets_and_why(corrected: Cli) -> None:
    out = corrected.done("show", "nev-capacity").out
    assert "NEV annual production capacity" in out
    assert "300,000" in out
    assert "2020-12-31" in out
    item = corrected.done("show", "nev-capacity", "--json").json
    assert item["id"] == "nev-capacity"
    assert [reading["value"] for reading in item["readings"]] == [300_000]
    assert [target["due"] for target in item["targets"]] == ["2020-12-31"]


def test_show_as_of_a_date_and_by_a_method(corrected: Cli) -> None:
    item = corrected.done("show", "nev-capacity", "--as-of", "2020-01", "--method", "open-sdg", "--json").json
    assert (item["reading"], item["status"], item["method"]) == (None, "no reading", "open-sdg")


def test_history_lists_every_reading_with_its_correction(corrected: Cli) -> None:
    old, new = corrected.done("history", "nev-capacity", "--json").json
    keys = {
        "id",
        "period",
        "value",
        "qualifier",
        "series",
        "author",
        "logged_at",
        "note",
        "source",
        "replaces",
    }
    assert set(old) >= keys
    assert (old["value"], old["author"], old["standing"]) == (310_000, "ann", "replaced")
    assert (new["value"], new["author"], new["standing"]) == (300_000, "bob", "counts")
    assert new["replaces"] == old["id"]


def test_every_fact_says_whose_it_is(corrected: Cli) -> None:
    corrected.done("--as", "cy", "retract", "nev-capacity@2020-06", "--reason", "wrong row")
    old, new = corrected.done("history", "nev-capacity", "--json").json
    assert (old["author"], old["ended_by"]) == ("ann", "bob")
    assert (new["author"], new["ended_by"]) == ("bob", "cy")
    assert "retracted by cy: wrong row" in corrected.done("history", "nev-capacity").out


def test_show_says_who_logged_each_reading_and_target(corrected: Cli) -> None:
    item = corrected.done("show", "nev-capacity", "--json").json
    assert [reading["author"] for reading in item["readings"]] == ["bob"]
    assert [target["author"] for target in item["targets"]] == ["seed"]


def test_the_short_ids_of_history_name_readings(corrected: Cli) -> None:
    lines = corrected.done("history", "nev-capacity").out.splitlines()
    handle = lines[-1].split()[0]
    assert "300,000 vehicles/year" in corrected.done("cite", handle).out


def test_history_of_an_indicator_without_readings_says_so(cli: Cli) -> None:
    assert cli.done("history", "nev-capacity").out == "no readings\n"
    assert cli.done("history", "nev-capacity", "--json").json == []


@pytest.mark.parametrize("reference", ["nev-capacity@2020-06", "nev-capacity@last"])
def test_a_citation_is_one_line_with_figure_source_page_and_dates(corrected: Cli, reference: str) -> None:
    out = corrected.done("cite", reference).out
    assert out.count("\n") == 1
    for part in ("300,000 vehicles/year", "2020-06", "Yearbook", "https://a.org/p", "2020-07-01", "bob"):
        assert part in out
    assert corrected.done("cite", reference, "--json").json == {"citation": out.rstrip("\n")}


@pytest.mark.parametrize("command", ["show", "history"])
def test_an_unknown_indicator_gets_the_nearest(cli: Cli, command: str) -> None:
    assert cli.refused(command, "subsidie") == "no such indicator: 'subsidie'; did you mean 'subsidies'?"


def test_a_target_can_be_cited(cli: Cli) -> None:
    cli.done("target", "subsidies", "3bn", "--due", "2027", "--stated-on", "2024-03-01", "--stated-by", "City",
             "--quote", "three billion", "--source", "Plan", "--published", "2024-03-02")  # fmt: skip
    out = cli.done("cite", "subsidies@2027").out
    assert out.count("\n") == 1
    assert (
        'target at least CNY 3,000,000,000 (cumulative) by 2027-12-31, stated 2024-03-01 by City: "three billion".'
        " Source: Plan, published 2024-03-02. Logged "
    ) in out
    seeded = cli.done("cite", "nev-capacity@2020-12-31").out
    assert "by 2020-12-31 (date inferred), stated 2019-Q4 (date inferred)" in seeded


def test_history_and_cite_as_of_another_day(corrected: Cli) -> None:
    corrected.done("log", "nev-capacity", "320k", "--for", "2021")
    standings = [
        item["standing"]
        for item in corrected.done("history", "nev-capacity", "--as-of", "2020", "--json").json
    ]
    assert standings == ["replaced", "counts", "future"]
    refused = corrected.refused("history", "nev-capacity", "--logged-by", "2019")
    assert re.fullmatch(
        r"'nev-capacity' was first logged on 20\d\d-\d\d-\d\d, after the day asked for", refused
    )
    assert corrected.refused("history", "nev-capacty", "--logged-by", "2019").startswith("no such indicator")
    assert "320,000" in corrected.done("cite", "nev-capacity@last").out
    assert "300,000" in corrected.done("cite", "nev-capacity@last", "--as-of", "2020").out


def test_of_a_history_in_a_file_or_pipe_nothing_is_cut(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    note = "as the yearbook of the province has it, counted at the end of the year " * 4
    cli.done("log", "tech-centres", "500", "--for", "2020", "--note", note, "--source", "Statistics bureau")
    monkeypatch.delenv("COLUMNS", raising=False)
    assert cli.done("history", "tech-centres").out.splitlines()[-1].endswith(note.strip())
    monkeypatch.setenv("COLUMNS", "90")
    assert max(map(len, cli.done("history", "tech-centres").out.splitlines())) <= 90


def test_a_citation_says_how_many_have_no_publication_date(corrected: Cli) -> None:
    corrected.done("log", "nev-capacity", "320k", "--for", "2021")
    ran = corrected("cite", "nev-capacity@last", "--published-by", "2021")
    assert "300,000" in ran.out
    assert ran.err == "gztrack: 1 reading has no publication date and so does not count here\n"


@pytest.mark.parametrize("command", ["show", "history"])
def test_published_by_says_how_many_have_no_date(corrected: Cli, command: str) -> None:
    corrected.done("log", "nev-capacity", "320k", "--for", "2021")
    ran = corrected(command, "nev-capacity", "--published-by", "2020-12-31", "--json")
    assert (ran.code, ran.err) == (
        0,
        "gztrack: 1 reading has no publication date and so does not count here\n",
    )
    if command == "history":
        assert [item["standing"] for item in ran.json] == ["replaced", "counts", "no publication date"]
    else:
        assert ran.json["reading"]["period"] == "2020-06"
    assert corrected.refused(command, "nev-capacity", "--published-by", "soon").startswith("--published-by: ")


def test_a_snapshot_takes_all_three_clocks(corrected: Cli) -> None:
    ran = corrected("snapshot", "-f", "json", "--as-of", "2021", "--logged-by", "2026-12-31",
                    "--published-by", "2020-12-31")  # fmt: skip
    assert ran.code == 0
    assert (ran.json["as_of"], ran.json["logged_by"], ran.json["published_by"]) == (
        "2021-12-31",
        "2026-12-31",
        "2020-12-31",
    )
    assert "no publication date" in ran.err


def test_show_says_what_every_method_says(cli: Cli) -> None:
    cli.done("log", "-", stdin="key-labs-national 10 2015\nkey-labs-national 22 2020\n")
    cli.done("target", "key-labs-national", "80", "--due", "2025", "--stated-on", "2016")
    item = cli.done("show", "key-labs-national", "--as-of", "2020-12-31", "--json").json
    assert {name: (said["status"], round(said["ratio"], 4)) for name, said in item["methods"].items()} == {
        "linear": ("off track", 0.3429),
        "open-sdg": ("behind", 0.739),
        "un-chart": ("behind", 0.5486),
    }
    assert [name for name, said in item["methods"].items() if said["chosen"]] == ["linear"]
    out = cli.done("show", "key-labs-national", "--as-of", "2020-12-31").out
    assert "linear off track (0.34), open-sdg behind (0.74), un-chart behind (0.55)" in " ".join(out.split())
    # The line needs 1.714 years to get from 10 to 22; five are gone. Readings lie 45 and 15 months apart.
    assert item["buffer"] == pytest.approx((0.857142857 * 2 - 5) * 12 / 30)
    assert (item["period_months"], item["buffer_qualifier"]) == (30, "exact")


def test_show_says_which_share_of_the_whole_it_is(cli: Cli) -> None:
    assert (
        "Enterprise technology centres: 326 of 495 (65.9 %) in 2019-Q3"
        in cli.done("show", "tech-centres-provincial").out
    )
    item = cli.done("show", "tech-centres", "--json").json
    assert item["parts"]["of"][0]["share"] == pytest.approx(326 / 495)
    assert (item["parts"]["rest"], item["parts"]["period"]) == (169, "2019-Q3")
    assert item["notes"] == []
    cli.done("log", "tech-centres-provincial", "600", "--for", "2019-Q3", "--yes")
    item = cli.done("show", "tech-centres", "--json").json
    assert item["notes"] == [item["parts"]["of"][0]["warning"]]
    out = " ".join(cli.done("show", "tech-centres").out.split())
    assert (
        "Provincial-level technology centres (600 centres) is more than its whole,"
        " Enterprise technology centres (495 centres), in 2019-Q3"
    ) in out


@pytest.mark.parametrize("verb", ["add", "edit"])
def test_a_part_of_nothing_known_is_refused(cli: Cli, verb: str) -> None:
    words = {"add": ["labs", "--name", "Labs", "--unit", "labs"], "edit": ["subsidies"]}[verb]
    assert cli.refused(verb, *words, "--part-of", "nothing").startswith("no such indicator: 'nothing'")


def test_a_circle_of_parts_is_refused(cli: Cli) -> None:
    assert "part of itself" in cli.refused("edit", "tech-centres", "--part-of", "tech-centres-provincial")
