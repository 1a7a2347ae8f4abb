"""``show``, ``history`` and ``cite``."""

from __future__ import annotations

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
