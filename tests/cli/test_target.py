"""``target``: stating, revising, dropping and pinning."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Cli


@pytest.mark.parametrize(
    ("words", "record"),
    [
        (["1.5m", "--due", "2027"],
         {"value": 1_500_000, "comparator": "at least", "due": "2027", "due_end": "2027-12-31",
          "stated_on": "2026-11-24"}),
        ([">1.5m", "--due", "2027-Q2"], {"comparator": "more than", "due_end": "2027-06-30"}),
        (["1.5m", "--comparator", "more-than", "--due", "2027"], {"comparator": "more than"}),
        (["40..60", "--due", "2027"], {"comparator": "between", "value": 40, "high": 60}),
        (["<=", "1.5m", "--due", "2027"], {"comparator": "at most", "value": 1_500_000}),
        (["1.5m", "--due", "2019"], {"due_end": "2019-12-31"}),
        (["1.5m", "--due", "2027", "--baseline", "-5k", "--baseline-for", "2020"],
         {"baseline": -5000, "baseline_period": "2020"}),
        (["1.5m", "--due", "2027", "--stated-on", "2025-Q1", "--stated-by", "City", "--quote", "-3 is not it"],
         {"stated_on": "2025-Q1", "stated_by": "City", "quote": "-3 is not it"}),
        (["1.5m", "--due", "2027", "--source", "Plan", "--url", "https://a.org", "--published", "2026", "--note", "n"],
         {"source": "Plan", "source_url": "https://a.org", "published": "2026-12-31", "note": "n"}),
    ],
)  # fmt: skip
def test_a_target_is_kept_as_it_was_meant(cli: Cli, words: list[str], record: dict[str, Any]) -> None:
    cli.done("target", "nev-capacity", *words)
    assert cli.last | record == cli.last


def test_no_due_date_is_said_with_none(cli: Cli) -> None:
    cli.done("target", "nev-capacity", "1.5m", "--due", "none")
    assert "due" not in cli.last


def test_a_total_over_a_span_needs_no_due_date(cli: Cli) -> None:
    cli.done("target", "uhd-output", "1tn", "--over", "2021..2025")
    assert (cli.last["over"], cli.last["over_end"]) == ("2021..2025", "2025-12-31")


def test_the_echo_has_the_handle_and_the_way_back(cli: Cli) -> None:
    first, second = cli.done(
        "target", "nev-capacity", "1.5m", "--due", "2027", "--stated-by", "City"
    ).out.splitlines()
    assert first == (
        "NEV annual production capacity  at least 1,500,000 vehicles/year  by 2027-12-31  stated 2026-11-24 by City"
    )
    assert second == f"set nev-capacity@2027 ({cli.last['id'][-6:]}); take back: gztrack undo"


def test_a_revision_keeps_the_figure_and_says_what_moved(cli: Cli) -> None:
    out = cli.done(
        "target",
        "nev-capacity",
        "--replaces",
        "nev-capacity@2020-12-31",
        "--due",
        "2023",
        "--reason",
        "new plan",
    ).out
    assert "revises at least 300,000 by 2020-12-31: same figure, three years later" in out
    assert (cli.last["how"], cli.last["value"], cli.last["reason"]) == ("revision", 300_000, "new plan")


def test_a_dropped_target_keeps_its_reason(cli: Cli) -> None:
    out = cli.done("target", "drop", "nev-capacity@2020-12-31", "--reason", "left out").out
    assert (
        out
        == "dropped target nev-capacity at least 300,000 by 2020-12-31: left out\ntake back: gztrack undo\n"
    )
    assert cli.last["how"] == "dropped"


def test_a_pinned_target_is_the_headline(cli: Cli) -> None:
    cli.done("target", "nev-capacity", "1.5m", "--due", "2027")
    cli.done("target", "pin", "nev-capacity@2020-12-31")
    assert cli.last["what"] == "targets"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], ("target: ID is missing; for example: gztrack target nev-capacity '>=1.5m' --due 2027"
             " --stated-by 'City government' --quote 'by 2027'")),
        (["nev-capacity", "5"], "no due date was given: --due 2027-12-31, --due 2027, or --due none"),
        (["nev-capacity", "--due", "2027"], "no target value was given; for example 300k, '>=1.5m' or 40..60"),
        (["nev-capacity", "1,23", "--due", "2027"], "value '1,23': ambiguous: write 1.23 or 123"),
        (["nev-capacity", "5", "--due", "2027-13"], "due '2027-13': no such month: 2027-01 to 2027-12"),
        (["nev-capacity", ">5", "--comparator", "at-most", "--due", "2027"],
         "'>5' says more than, the comparator says at most; give one"),
        (["nev-capacity", "5", "--comparator", "roughly", "--due", "2027"],
         "comparator: no such word: 'roughly'; one of at least, more than, at most, less than, between, about"),
        (["nev-capacity", "5", "--due", "2027", "--stated-on", "2030"],
         "stated_on: 2030 lies after today (2026-11-24)"),
        (["nev-capacity", "5", "--due", "2027", "--reason", "x"],
         "target: --reason says why a target moved; name that one: --replaces TARGET"),
        (["nev-capacity", "--replaces", "nev-capacity@2020-12-31", "--due", "2027"],
         "a moved target needs its reason: --reason"),
        (["nev-capacity", "--replaces", "nev-capacity@2021", "--reason", "x"],
         "nev-capacity has no target due 2021; there are 2020-12-31"),
        (["uhd-output", "--replaces", "nev-capacity@2020-12-31", "--reason", "x"],
         "'nev-capacity@2020-12-31' is a target of nev-capacity, not of uhd-output"),
        (["drop"], "target drop: name one target, ID@DUE, ID@none or a short id; gztrack targets prints them"),
        (["drop", "nev-capacity@2020-12-31"], "a dropped target needs its reason: --reason 'left out of the new plan'"),
        (["drop", "nev-capacity@2020-12-31", "--due", "2021"],
         "target drop: --due belongs to a new target, not to this"),
        (["pin", "nev-capacity@2021"], "nev-capacity has no target due 2021; there are 2020-12-31"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(cli: Cli, words: list[str], said: str) -> None:
    before = cli.journal
    assert cli.refused("target", *words) == said
    assert cli.journal == before
