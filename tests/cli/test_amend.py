"""``correct``, ``retract`` and ``pin``: new facts about old ones."""

from __future__ import annotations

import pytest

from .conftest import Cli


@pytest.fixture
def logged(cli: Cli) -> Cli:
    """The command line after somebody has logged a reading for June 2020."""
    cli.done("log", "nev-capacity", "310k", "--for", "2020-06", "--source", "Yearbook")
    return cli


@pytest.mark.parametrize("reading", ["nev-capacity@2020-06", "nev-capacity@last"])
def test_a_correction_replaces_a_reading_and_keeps_what_was_not_given(logged: Cli, reading: str) -> None:
    old = logged.last["id"]
    out = logged.done("correct", reading, "300k", "--reason", "-10k were counted twice").out
    assert out.startswith("NEV annual production capacity  300,000 vehicles/year  for 2020-06")
    assert "corrected nev-capacity@2020-06 (" in out
    expected = {"replaces": old, "value": 300_000, "source": "Yearbook", "reason": "-10k were counted twice"}
    assert logged.last | expected == logged.last


def test_a_short_id_names_a_reading(logged: Cli) -> None:
    old = logged.last["id"]
    logged.done("correct", old[-6:], "--for", "2020-07")
    assert (logged.last["replaces"], logged.last["period"]) == (old, "2020-07")


def test_options_may_stand_between_the_reading_and_its_value(logged: Cli) -> None:
    logged.done("correct", "nev-capacity@2020-06", "--reason", "misread", "300k")
    assert logged.last["value"] == 300_000


def test_a_target_that_was_entered_wrongly_is_corrected(cli: Cli) -> None:
    out = cli.done("correct", "nev-capacity@2020-12-31", "350k", "--reason", "misread").out
    assert "corrects at least 300,000 by 2020-12-31: raised by 50,000, same date" in out
    assert (cli.last["how"], cli.last["value"]) == ("correction", 350_000)


def test_options_of_a_target_say_that_a_target_is_meant(cli: Cli) -> None:
    cli.done("log", "nev-capacity", "310k", "--for", "2020-12-31")
    cli.done("correct", "nev-capacity@2020-12-31", "--due", "2021", "--reason", "misread")
    assert cli.last["due"] == "2021"


def test_what_could_be_a_reading_or_a_target_is_ambiguous_and_both_are_named(cli: Cli) -> None:
    cli.done("log", "nev-capacity", "310k", "--for", "2020-12-31")
    for words in (
        ("correct", "nev-capacity@2020-12-31", "311k"),
        ("retract", "nev-capacity@2020-12-31", "--reason", "x"),
    ):
        said = cli.refused(*words, code=2)
        assert "is ambiguous" in said
        assert "310,000 2020-12-31" in said
        assert "300,000 by 2020-12-31" in said


def test_a_correction_that_looks_like_a_slip_is_asked_about(logged: Cli) -> None:
    logged.done("log", "nev-capacity", "320k", "--for", "2020-07")
    said = logged.refused("correct", "nev-capacity@2020-06", "31", code=3)
    assert said.endswith("; 万 and 亿 mixed up? --yes logs it as it is")
    logged.done("correct", "nev-capacity@2020-06", "31", "--yes")


def test_a_retraction_is_kept_with_its_reason(logged: Cli) -> None:
    out = logged.done("retract", "nev-capacity@2020-06", "--reason", "wrong row").out
    assert out == "retracted reading nev-capacity 310,000 for 2020-06: wrong row\ntake back: gztrack undo\n"
    assert (logged.last["how"], logged.last["reason"]) == ("retracted", "wrong row")


def test_a_target_is_retracted_too(cli: Cli) -> None:
    cli.done("retract", "uhd-output@2020-12-31", "--reason", "it was an estimate")
    assert cli.last["what"] == "targets"


def test_a_pin_names_the_reading_that_counts(logged: Cli) -> None:
    reading = logged.last["id"]
    found = logged.done("pin", "nev-capacity@2020-06", "--reason", "official", "--json").json
    assert (logged.last["of"], logged.last["reason"]) == (reading, "official")
    assert reading.endswith(found["handle"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["correct", "nev-capacity@2020-06"], "nev-capacity@2020-06 says so already; nothing to correct"),
        (["correct", "nev-capacity@2020-06", "1,23"], "value '1,23': ambiguous: write 1.23 or 123"),
        (["correct", "nev-capacity@2021", "1"], "nev-capacity has no reading for 2021; there are 2020-06"),
        (["correct", "nev-cap@2021", "1"], "no such indicator: 'nev-cap'; did you mean 'nev-capacity'?"),
        (["correct", "nev-capacity@2020-06", "1", "--by", "+1"],
         "correct: give a value or a change, not both: '1' and --by +1"),
        (["correct", "nev-capacity@2020-12-31", "--series", "x"],
         "correct: --series is of a reading, and 'nev-capacity@2020-12-31' is a target"),
        (["correct", "nev-capacity@2020-06", "--due", "2021"],
         "nev-capacity has no target due 2020-06; there are 2020-12-31"),
        (["correct", "nev-capacity@2020-12-31", "--due", "2021-13"],
         "due '2021-13': no such month: 2021-01 to 2021-12"),
        (["correct", "abc"],
         "'abc' names nothing; give ID@PERIOD, ID@last, ID@DUE or the short id that history prints"),
        (["retract", "nev-capacity@2020-06"],
         "a retraction needs its reason: --reason 'typed into the wrong row'"),
        (["retract", "zzzz", "--reason", "x"],
         "nothing has the short id 'zzzz'; gztrack history ID and gztrack targets ID print them"),
        (["pin", "nev-capacity@2020-12-31"], "nev-capacity has no reading for 2020-12-31; there are 2020-06"),
    ],
)  # fmt: skip
def test_what_names_nothing_or_changes_nothing_is_refused(logged: Cli, words: list[str], said: str) -> None:
    before = logged.journal
    assert logged.refused(*words) == said
    assert logged.journal == before


def test_an_ambiguous_reading_lists_the_candidates(logged: Cli) -> None:
    logged.done("log", "nev-capacity", "311k", "--for", "2020-06", "--source", "Press")
    said = logged.refused("pin", "nev-capacity@2020-06")
    assert said.startswith("'nev-capacity@2020-06' is ambiguous; name one of ")
    assert "Yearbook" in said
    assert "Press" in said


@pytest.mark.parametrize("words", [("retract", "--reason", "x"), ("correct", "5"), ("cite",), ("pin",)])
def test_last_is_a_reading_and_never_a_promise(cli: Cli, words: tuple[str, ...]) -> None:
    said = cli.refused(words[0], "nev-capacity@last", *words[1:], code=2)

    assert "nev-capacity has no reading yet; log the first one: gztrack log nev-capacity VALUE" in said
    (promise,) = cli.done("targets", "nev-capacity", "--json").json
    assert promise["state"] == "due passed"


def test_last_of_a_day_before_the_first_reading_is_no_promise(cli: Cli) -> None:
    cli.done("log", "nev-capacity", "310k", "--for", "2020-06")

    said = cli.refused("cite", "nev-capacity@last", "--as-of", "2020-01-01", code=2)

    assert "nev-capacity has no reading yet" in said
