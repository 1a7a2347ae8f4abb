"""``targets``: the ledger, its filters and its line of counts."""

from __future__ import annotations

import pytest

from gztrack.services.databases.seeding import followup_pack

from .conftest import Cli


@pytest.fixture
def ledger(cli: Cli) -> Cli:
    """The seed with what was published since."""
    cli.done("import", str(followup_pack()))
    return cli


def test_an_item_has_what_scripts_rely_on(ledger: Cli) -> None:
    items = ledger.done("targets", "nev-capacity", "--json").json
    keys = {"id", "indicator", "value", "comparator", "due", "stated_on", "stated_by", "quote", "source",
            "replaced_by", "verdict", "evidence", "margin"}  # fmt: skip
    assert all(set(item) >= keys for item in items)
    assert [(item["due"], item["verdict"], item["quote"]) for item in items] == [
        ("2020-12-31", "cannot tell", "next year"),
        ("2025-12-31", "cannot tell", None),
    ]


def test_a_promise_that_a_second_source_restates_counts_once(ledger: Cli) -> None:
    assert len(ledger.done("targets", "--json").json) == 8
    assert ledger.done("targets").out.splitlines()[0].endswith(": 7 no verdict")


@pytest.mark.parametrize(
    ("words", "dues"),
    [
        (["uhd-output"], ["2020-12-31", "2020-12-31", "2023-12-31"]),
        (["--group", "5G"], ["2019-12-31", "2021-12-31", "2022-12-31"]),
        (["--due", "2019..2021"], ["2019-12-31", "2020-12-31", "2020-12-31", "2020-12-31", "2021-12-31"]),
        (["--due", "2022"], ["2022-12-31"]),
        (["--due", "2023.."], ["2023-12-31", "2025-12-31"]),
        (["--due", "..2019"], ["2019-12-31"]),
        (["--due", "2019-06..2020"], ["2019-12-31", "2020-12-31", "2020-12-31", "2020-12-31"]),
        (["--due", "2022-H1"], []),
        (["--verdict", "met"], []),
        (["--verdict", "cannot-tell", "--due", "2025"], ["2025-12-31"]),
        (["--verdict", "met,no verdict", "--due", "2025"], ["2025-12-31"]),
    ],
)  # fmt: skip
def test_targets_are_chosen_by_indicator_group_date_and_verdict(
    ledger: Cli, words: list[str], dues: list[str]
) -> None:
    assert [item["due"] for item in ledger.done("targets", "--json", *words).json] == dues


def test_readings_without_a_publication_date_are_counted_of_the_indicators_asked_for(cli: Cli) -> None:
    def said(*words: str) -> str:
        return cli("targets", *words, "--published-by", "2021", "--json").err

    assert said().startswith("gztrack: 11 readings have no publication date")
    assert said("tech-centres").startswith("gztrack: 1 reading has no publication date")
    assert said("--group", "5G").startswith("gztrack: 2 readings have no publication date")
    assert said("nev-capacity") == ""


def test_a_target_without_a_date_is_left_out_when_dates_are_asked_for(cli: Cli) -> None:
    cli.done("target", "subsidies", "3bn", "--due", "none")
    assert [item["due"] for item in cli.done("targets", "subsidies", "--json").json] == [None]
    assert cli.done("targets", "subsidies", "--due", "1900..2200", "--json").json == []


def test_an_entry_error_is_no_promise_and_shows_only_with_all(cli: Cli) -> None:
    cli.done("correct", "nev-capacity@2020-12-31", "350k", "--reason", "misread")
    assert [item["value"] for item in cli.done("targets", "nev-capacity", "--json").json] == [350_000]
    values = {item["value"] for item in cli.done("targets", "nev-capacity", "--all", "--json").json}
    assert values == {300_000, 350_000}


def test_an_entry_error_is_marked_and_never_counted_as_broken_or_moved(cli: Cli) -> None:
    cli.done("log", "nev-capacity", "310k", "--for", "2020")
    cli.done("correct", "nev-capacity@2020-12-31", "400k", "--reason", "misread")
    lines = cli.done("targets", "nev-capacity", "--all").out.splitlines()
    assert lines[0] == "1 promise: 1 missed"
    wrong = next(index for index, line in enumerate(lines) if "≥300,000" in line)
    assert lines[wrong].split()[0] == "–"
    assert "an entry error, no promise (corrected" in "".join(lines[wrong + 1 : wrong + 4])
    assert "replaced" not in "".join(lines)


def test_the_ledger_of_another_day(ledger: Cli) -> None:
    items = ledger.done("targets", "--as-of", "2020-12-31", "--json").json
    assert "2025-12-31" not in {item["due"] for item in items}  # stated in 2022
    verdicts = {(item["indicator"], item["due"]): item["verdict"] for item in items}
    assert verdicts["uhd-output", "2020-12-31"] == "open"  # due today
    assert ledger.done("targets", "--logged-by", "2019", "--json").json == []
    ran = ledger("targets", "--published-by", "2020-12-31")
    assert ran.code == 0
    assert "no publication date and so do not count here" in ran.err


@pytest.mark.parametrize("columns", ["80", "100"])
def test_nothing_of_the_ledger_is_cut(ledger: Cli, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    text = ledger.done("targets").out
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= int(columns)
    told = " ".join(text.split())
    for part in (
        "5g-base-stations",
        "stated 2019-Q4 (inferred), Industrial upgrading clicks in Guangzhou, Greater Bay Insight,",
        'greaterbayinsight.com: "by next year"',
        "cannot tell at the due date; met by 2022-12-31; evidence >1,000,000 for 2022 (tv.jdgod.com),",
        "(tv.jdgod.com), margin >+700,000",
    ):
        assert part in told


def test_counts_say_met_and_missed(cli: Cli) -> None:
    cli.done(
        "log",
        "-",
        stdin="nev-capacity 310k 2020\nkey-labs-national 20 2020-12\nkey-labs-national 20 2021-03\n",
    )
    cli.done("target", "key-labs-national", "25", "--due", "2020")
    lines = cli.done("targets").out.splitlines()
    assert lines[:2] == ["3 promises: 1 met, 1 missed, 1 no verdict", "no verdict: 1 no reading"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--verdict", "won"], "--verdict: no such word: 'won'; "),
        (["--due", "2024-Q5"], "--due: no such quarter: 2024-Q1 to 2024-Q4"),
        (["--due", "2022..2020"], "--due: it ends before it starts: write 2020..2022"),
        (["--due", "2022-01..2020"], "--due: it ends before it starts: write 2020..2022-01"),
        (["--group", "x"], "--group: no such group: 'x'; there are: "),
        (["nev"], "no such indicator: 'nev'; did you mean 'nev-capacity'?"),
    ],
)
def test_what_does_not_exist_is_refused(cli: Cli, words: list[str], said: str) -> None:
    assert cli.refused("targets", *words).startswith(said)
