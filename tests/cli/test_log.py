"""``log``: one reading from the command line."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Cli


def test_the_echo_shows_what_was_understood_and_how_to_undo_it(cli: Cli) -> None:
    out = cli.done("log", "nev-capacity", "310k", "--for", "2020-06").out.splitlines()
    handle = cli.last["id"][-6:]
    assert out == [
        (
            "NEV annual production capacity  310,000 vehicles/year  for 2020-06 (ends 2020-06-30)"
            "  103.3 % of 300,000 by 2020-12-31"
        ),
        f"logged nev-capacity@2020-06 ({handle}); take back: gztrack undo",
    ]


@pytest.mark.parametrize(
    ("words", "record"),
    [
        (["310,000"], {"value": 310_000, "period": "2026-11-24"}),
        (["31万", "--for", "2020年5月"], {"value": 310_000, "period": "2020-05"}),
        (["over", "10000", "vehicles"], {"value": 10_000, "qualifier": "more than"}),
        ([">10000"], {"value": 10_000, "qualifier": "more than"}),
        (["~", "0.3m", "vehicles/year"], {"value": 300_000, "qualifier": "about"}),
        (["310k", "--for", "yesterday"], {"period": "2026-11-23", "start": "2026-11-23", "end": "2026-11-23"}),
        (["310k", "--series", "city plants"], {"series": "city plants"}),
        (["310k", "--provisional"], {"status": "provisional"}),
        (["310k", "--source", " A  B\n", "--url", "https://a.org/x", "--published", "2020-07", "--note", "- n"],
         {"source": "A B", "source_url": "https://a.org/x", "published": "2020-07-31", "note": "- n"}),
    ],
)  # fmt: skip
def test_a_reading_is_kept_as_it_was_meant(cli: Cli, words: list[str], record: dict[str, Any]) -> None:
    cli.done("log", "nev-capacity", *words)
    assert cli.last | record == cli.last


def test_json_says_what_a_script_needs(cli: Cli) -> None:
    found = cli.done("log", "nev-capacity", "310k", "--json").json
    (written,) = cli.written
    (_, fact) = written.facts[0]
    assert found["id"] == fact["id"]
    assert found["tx"] == written.tx
    assert fact["id"].endswith(found["handle"])
    assert found["echo"][0].startswith("NEV annual production capacity  310,000 vehicles/year")


def test_a_change_is_added_to_the_latest_reading(cli: Cli) -> None:
    cli.done("log", "nev-capacity", "310k", "--for", "2020-06")
    cli.done("log", "nev-capacity", "--by", "-5k", "--for", "2020-07")
    assert cli.last["value"] == 305_000


def test_the_same_key_again_adds_nothing(cli: Cli) -> None:
    words = ("log", "nev-capacity", "310k", "--for", "2020-06", "--key", "june")
    first = cli.done(*words, "--json").json
    before = cli.journal
    again = cli.done(*words, "--json").json
    assert cli.journal == before
    assert (again["id"], again["tx"]) == (first["id"], first["tx"])
    assert again["echo"][0] == "already logged with this key; nothing was added"
    assert (first["added"], again["added"]) == (True, False)


def test_a_reading_beside_another_one_of_its_period_says_so(cli: Cli) -> None:
    words = ("log", "nev-capacity", "--for", "2020-06")
    assert "beside" not in cli.done(*words, "310k").out
    first, _ = cli.done(*words, "over 311k").out.splitlines()
    assert first.endswith("  stands beside 310,000, logged for 2020-06 before")
    first, _ = cli.done("log", "nev-capacity", "312k", "--for", "2020-06-01..2020-06-30").out.splitlines()
    assert first.endswith("  stands beside >311,000, logged for 2020-06 before")
    assert "beside" not in cli.done(*words, "310k", "--series", "press").out


def test_a_retry_does_not_stand_beside_itself(cli: Cli) -> None:
    words = ("log", "nev-capacity", "310k", "--for", "2020-06", "--key", "june")
    cli.done(*words)
    assert "beside" not in cli.done(*words).out


def test_a_correction_with_the_same_key_again_adds_nothing(cli: Cli) -> None:
    cli.done("log", "nev-capacity", "310k", "--for", "2020-06")
    words = ("correct", "nev-capacity@2020-06", "311k", "--note", "n", "--key", "june", "--json")
    first = cli.done(*words).json
    before = cli.journal
    again = cli.done(*words).json
    assert cli.journal == before
    assert (first["added"], again["added"], again["tx"]) == (True, False, first["tx"])


def test_two_authors_may_use_one_key(cli: Cli) -> None:
    for author in ("ann", "bob"):
        cli.done("--as", author, "log", "nev-capacity", "310k", "--for", "2020-06", "--key", "june")
    assert [each.author for each in cli.written] == ["ann", "bob"]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["5g-enterprises", "700"], "5g-enterprises: 12 times the last value (60 in 2019-Q3)"),
        (["5g-enterprises", "5"], "5g-enterprises: 1/12 of the last value (60 in 2019-Q3)"),
        (["uhd-output", "20万", "--for", "2020"], "uhd-output: 1/1,000,000 of the target (200,000,000,000)"),
        (
            ["nev-capacity", "300k", "--for", "2030"],
            "nev-capacity: 2030 ends on 2030-12-31, after today (2026-11-24)",
        ),
    ],
)
def test_a_likely_slip_is_asked_about_until_yes(cli: Cli, words: list[str], asked: str) -> None:
    before = cli.journal
    said = cli.refused("log", *words, code=3)
    assert said.startswith(asked)
    assert said.endswith("? --yes logs it as it is")
    assert cli.journal == before
    cli.done("log", *words, "--yes")
    assert cli.journal != before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nev-capacty", "310k"], "no such indicator: 'nev-capacty'; did you mean 'nev-capacity'?"),
        (["enterprises", "310k"], "no such indicator: 'enterprises'; did you mean '5g-enterprises'?"),
        (["nev-capacity"], "no value was given; for example 310000, 310k, 31万 or '>10000'"),
        (["nev-capacity", "1,23"], "value '1,23': ambiguous: write 1.23 or 123"),
        (["nev-capacity", "NaN"], "value: 'NaN' is no value: type a number, or log nothing"),
        (["nev-capacity", "inf"], "value: infinity is no value: type a number"),
        (["nev-capacity", "abc"], "value: no number in 'abc': type digits, like 310000 or 310k"),
        (["nev-capacity", "1", "2"], "value '1 2': two numbers, the second is '2': type one, without blanks in it"),
        (["nev-capacity", "5", "USD"], "USD does not fit: the unit is vehicles/year, type the number alone"),
        (["nev-capacity", "1", "--by", "+2"], "log: give a value or a change, not both: '1' and --by +2"),
        (["nev-capacity", "--by", "+2"], "nev-capacity has no reading to change; give a value"),
        (["nev-capacity", "1", "--for", "2024-Q5"], "period '2024-Q5': no such quarter: 2024-Q1 to 2024-Q4"),
        (["nev-capacity", "1", "--for", "2023-02-29"], "period '2023-02-29': no such day: February 2023 has 28"),
        (["nev-capacity", "1", "--published", "2020-13"], "published '2020-13': no such month: 2020-01 to 2020-12"),
        (["nev-capacity", "1", "--url", "a.org"], "source_url: no web address: 'a.org'; it starts with https:// or http://"),
        (["hightech-growth", "3%"], "a rate needs the period that it covers: --for 2025, or --for 2026-Q3"),
        (["uhd-output", "2000亿"], "a flow needs the period that it covers: --for 2025, or --for 2026-Q3"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_with_what_would_be_right(
    cli: Cli, words: list[str], said: str
) -> None:
    before = cli.journal
    assert cli.refused("log", *words) == said
    assert cli.journal == before
