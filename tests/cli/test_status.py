"""``status``: which rows, as of when, as text and as JSON."""

from __future__ import annotations

import pytest

from .conftest import Cli

KEYS = {
    "id", "name", "group", "unit", "measure", "direction", "reading", "target", "attainment", "path", "time",
    "status", "reason", "method", "ratio", "projection", "reached_on",
}  # fmt: skip


def ids(cli: Cli, *words: str) -> list[str]:
    return [item["id"] for item in cli.done("status", "--json", *words).json]


@pytest.fixture
def climbing(cli: Cli) -> Cli:
    """Capacity that has grown from 2020 to 2025, with a target for 2027."""
    cli.done("log", "-", stdin="nev-capacity 80k 2020\nnev-capacity 780k 2025\n")
    cli.done("target", "nev-capacity", "1.5m", "--due", "2027")
    return cli


def test_an_item_has_what_scripts_rely_on(climbing: Cli) -> None:
    item = climbing.done("status", "nev-capacity", "--json").json[0]
    assert set(item) >= KEYS
    assert (
        item["reading"]
        | {"value": 780_000, "qualifier": "exact", "period": "2025", "period_end": "2025-12-31"}
        == (item["reading"])
    )
    assert (
        item["target"] | {"value": 1_500_000, "comparator": "at least", "due": "2027-12-31"} == item["target"]
    )
    assert item["attainment"] == pytest.approx(0.52)
    assert (item["status"], item["method"]) == ("behind", "linear")
    assert (item["projection"]["value"], item["projection"]["label"]) == (
        pytest.approx(1_060_000),
        "two points",
    )
    assert item["projection"] == climbing.done("show", "nev-capacity", "--json").json["projection"]


def test_archived_indicators_are_shown_on_demand(cli: Cli) -> None:
    cli.done("archive", "subsidies")
    assert "subsidies" not in ids(cli)
    assert "subsidies" in ids(cli, "--archived")
    text = cli.done("status", "--archived").out
    line = next(line for line in text.splitlines() if "Subsidies" in line)
    assert line.startswith("– ")
    assert line.endswith("archived")
    assert "– 1 archived" in text.splitlines()[0]
    assert "archived" not in cli.done("status").out


def test_a_row_without_a_forecast_says_why(cli: Cli) -> None:
    by_id = {item["id"]: item for item in cli.done("status", "--json").json}
    assert by_id["nev-capacity"]["projection"]["reason"] == "no reading"
    assert by_id["tech-centres"]["projection"]["reason"] == "only one reading"


def test_the_sum_of_a_span_total_is_given(cli: Cli) -> None:
    cli.done("add", "flats", "--name", "Flats built", "--unit", "flats", "--measure", "flow")
    cli.done("log", "-", stdin="flats 1000 2021\nflats 1500 2023\n")
    cli.done("target", "flats", "6000", "--over", "2021..2025", "--due", "2025")
    by_id = {item["id"]: item for item in cli.done("status", "--json").json}
    assert (by_id["flats"]["total"], by_id["flats"]["total_qualifier"]) == (2500, "at least")
    assert (by_id["tech-centres"]["total"], by_id["tech-centres"]["total_qualifier"]) == (None, None)
    assert cli.done("show", "flats", "--json").json["total"] == 2500
    shown = " ".join(cli.done("show", "flats").out.split())
    assert "total ≥2,500 of ≥6,000 in 2021..2025, up to 2023; no reading for 2022-01-01..2022-12-31" in shown


def test_what_there_is_not_is_null(cli: Cli) -> None:
    by_id = {item["id"]: item for item in cli.done("status", "--json").json}
    assert by_id["nev-capacity"]["reading"] is None
    assert by_id["tech-centres"]["target"] is None
    assert by_id["tech-centres"]["attainment"] is None


def test_json_is_utf8_whatever_the_terminal_takes(cli: Cli) -> None:
    assert "新能源汽车年产能" in cli.done("status", "--json").out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["subsidies", "nev-capacity"], ["nev-capacity", "subsidies"]),
        (["--group", "5G"], ["5g-enterprises", "5g-base-stations"]),
        (["--group", "5g"], ["5g-enterprises", "5g-base-stations"]),
        (["--group", "research"],
         ["tech-centres", "tech-centres-provincial", "key-labs-national", "key-labs-provincial"]),
        (["--only", "no reading"], ["nev-capacity", "uhd-output"]),
        (["--only", "no-reading"], ["nev-capacity", "uhd-output"]),
        (["--only", "NO_READING,missed"], ["nev-capacity", "uhd-output"]),
        (["--only", "missed"], []),
        (["--only", "no verdict", "--group", "5G"], ["5g-enterprises", "5g-base-stations"]),
        (["--only", "reached"], []),
        (["--group", "5G", "--only", "no reading"], []),
        (["tech-centres", "--group", "5G"], []),
        (["--as-of", "2019-06"],
         ["nev-capacity", "nev-output-growth", "uhd-output", "5g-enterprises", "5g-base-stations", "hightech-growth",
          "hightech-share", "tech-centres", "tech-centres-provincial", "key-labs-national", "key-labs-provincial",
          "subsidies"]),
    ],
)  # fmt: skip
def test_rows_are_chosen_by_id_group_and_status(cli: Cli, words: list[str], expected: list[str]) -> None:
    assert ids(cli, *words) == expected


def test_an_archived_indicator_is_shown_only_when_it_is_named(cli: Cli) -> None:
    cli.done("archive", "subsidies")
    assert "subsidies" not in ids(cli)
    assert ids(cli, "subsidies") == ["subsidies"]


def test_a_part_is_set_under_its_whole_only_where_that_is_shown(cli: Cli) -> None:
    def line(*words: str) -> str:
        out = cli.done("status", *words).out
        return next(line for line in out.splitlines() if "Provincial-level" in line)

    assert line("tech-centres-provincial").startswith("· Provincial-level")
    assert line("tech-centres", "tech-centres-provincial").startswith("·   Provincial-level")


def test_the_summary_counts_the_rows_that_are_shown(cli: Cli) -> None:
    first = cli.done("status", "--group", "5G").out.splitlines()[0]
    assert first.startswith("· 2 no target ")


@pytest.mark.parametrize(
    ("method", "status"), [("linear", "behind"), ("open-sdg", "on track"), ("OPEN_SDG", "on track")]
)
def test_the_method_decides_the_status(climbing: Cli, method: str, status: str) -> None:
    item = climbing.done("status", "nev-capacity", "--method", method, "--json").json[0]
    assert item["status"] == status


def test_as_of_a_date_later_readings_do_not_count(climbing: Cli) -> None:
    item = climbing.done("status", "nev-capacity", "--as-of", "2021", "--json").json[0]
    assert item["reading"]["value"] == 80_000


def test_logged_by_a_day_later_entries_do_not_exist(climbing: Cli) -> None:
    item = climbing.done("status", "nev-capacity", "--logged-by", "2199", "--json").json[0]
    assert item["reading"]["value"] == 780_000
    assert climbing.done("status", "--logged-by", "2020", "--json").json == []


def test_published_by_a_day_says_how_many_have_no_publication_date(cli: Cli) -> None:
    cli.done("log", "tech-centres", "500", "--for", "2020", "--published", "2021-03-01")
    ran = cli("status", "tech-centres", "--published-by", "2021", "--json")
    assert ran.json[0]["reading"]["value"] == 500
    assert ran.err == "gztrack: 1 reading has no publication date and so does not count here\n"
    assert cli("status", "--published-by", "2021", "--json").err.startswith("gztrack: 11 readings have")
    assert cli("status", "nev-capacity", "--published-by", "2021", "--json").err == ""


def test_the_words_of_summaries_stand_for_several_statuses(climbing: Cli) -> None:
    climbing.done("target", "tech-centres", "400", "--due", "2030")  # achieved
    climbing.done("target", "key-labs-national", "15", "--due", "2019")  # met
    climbing.done("target", "key-labs-provincial", "300", "--due", "2019")  # cannot tell or missed
    found = {item["id"]: item["status"] for item in climbing.done("status", "--json").json}
    assert {found["tech-centres"], found["key-labs-national"]} == {"achieved", "met"}
    assert ids(climbing, "--only", "reached") == ["tech-centres", "key-labs-national"]
    no_verdict = ("cannot tell", "not assessable", "no reading", "no target")
    assert ids(climbing, "--only", "no-verdict") == [
        slug for slug, word in found.items() if word in no_verdict
    ]
    both = ids(climbing, "--only", "reached,behind")
    assert sorted(both) == ["key-labs-national", "nev-capacity", "tech-centres"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nev-capacty"], "no such indicator: 'nev-capacty'; did you mean 'nev-capacity'?"),
        (["--group", "labs"], ("--group: no such group: 'labs'; there are: New energy vehicles,"
                              " Ultra-high-definition video, 5G, Manufacturing, Research and development, Support")),
        (["--method", "linera"],
         "--method: no such word: 'linera'; did you mean 'linear'? one of linear, open-sdg, un-chart"),
        (["--only", "off-trakc"], ("--only: no such word: 'off-trakc'; did you mean 'off track'? one of off track,"
                                  " moving away, missed, behind, on track, achieved, met, met late, cannot tell,"
                                  " not assessable, no reading, no target, superseded, dropped, reached, no verdict")),
        (["--as-of", "2021-13"], "--as-of: no such month: 2021-01 to 2021-12"),
        (["--logged-by", "soon"], "--logged-by: no period in 'soon': write 2020, 2019-Q3, 2020-05 or 2020-05-17"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_refused(cli: Cli, words: list[str], said: str) -> None:
    assert cli.refused("status", *words) == said


def test_text_fits_the_width_that_columns_asks_for(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from gztrack.export.cells import cells

    for width in (60, 80, 100, 160):
        monkeypatch.setenv("COLUMNS", str(width))
        assert max(map(cells, cli.done("status").out.splitlines())) <= width


def test_ascii_asks_for_ascii(cli: Cli) -> None:
    cli.done("log", "nev-capacity", "310k", "--for", "2020")
    out = cli.done("status", "nev-capacity", "--ascii").out
    assert out.isascii()
    assert ">=300,000" in out
