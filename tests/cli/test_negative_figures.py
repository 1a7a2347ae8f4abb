"""Words that start with a minus are figures or prose, not options, and arrive as they were typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gztrack.cli.log import parser
from gztrack.cli.parser import Parser
from gztrack.errors import InputError

from .conftest import Cli

FIGURES = [
    "-3.2%",
    "-31万",
    "-5k",
    "-.5",
    "-¥5",
    "-$5",
    "-€5bn",
    "-£1",
    "-５",
    "-元5",
    "-CNY5",
    "-US$5",
    "-RMB 2 bn",
    "−3",
]


@pytest.fixture(scope="module")
def log() -> Parser:
    return parser()


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    "words",
    [
        ["x", "V"],
        ["--for", "2020", "x", "V"],
        ["x", "V", "--for", "2020"],
        ["x", "--", "V"],
        ["--", "x", "V"],
    ],
)
def test_a_negative_figure_is_the_value_wherever_it_stands(
    log: Parser, words: list[str], figure: str
) -> None:
    found = log.understood([figure if word == "V" else word for word in words])
    assert (found.id, found.value) == ("x", [figure])


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("option", ["--by", "--note", "--source"])
def test_an_option_takes_a_negative_figure(log: Parser, option: str, figure: str) -> None:
    for words in ([option, figure], [f"{option}={figure}"]):
        found = log.understood(["x", *words])
        assert getattr(found, option.strip("-")) == figure


@pytest.mark.parametrize(
    "text",
    [
        "-5 of them were left out",
        "- see page 3",
        "-31万 before",
        "--5",
        "-",
        "---",
        "-\u00a05",
        "\ue000x",
        "-x y",
    ],
)
def test_prose_that_starts_with_a_minus_arrives_unchanged(log: Parser, text: str) -> None:
    assert log.understood(["x", "1", "--note", text]).note == text


@given(st.text())
@example("--")
@example("=--")
def test_any_text_arrives_unchanged_behind_an_equals_sign(text: str) -> None:
    assert parser().understood(["x", "1", f"--note={text}"]).note == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.sampled_from("0123456789.$¥€£"))
def test_any_word_that_starts_like_a_negative_figure_arrives_unchanged(text: str, first: str) -> None:
    word = f"-{first}{text}"
    found = parser().understood(["x", word, "--note", word])
    assert (found.value, found.note) == ([word], word)


@given(st.text(min_size=1))
def test_behind_two_minuses_every_word_is_taken_as_it_is(text: str) -> None:
    assert parser().understood(["x", "--", text]).value == [text]


def test_a_value_of_several_words_may_have_options_between_them(log: Parser) -> None:
    found = log.understood(["x", "over", "--for", "2020", "10", "000"])
    assert (found.value, getattr(found, "for")) == (["over", "10", "000"], "2020")


def test_an_option_that_does_not_exist_is_named_before_a_missing_word(log: Parser) -> None:
    with pytest.raises(InputError, match="no such option of log: '--frm'; did you mean '--for'"):
        log.understood(["--frm"])


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (["hightech-growth", "-3.2%", "--for", "2020"], -3.2),
        (["hightech-growth", "--for", "2021", "--", "-3.2%"], -3.2),
        (["nev-capacity", "-31万", "--yes"], -310_000),
        (["tech-centres", "--by", "-5"], 490),
        (["tech-centres", "--by=-1k", "--yes"], -505),
        (["tech-centres", "--by", "+5"], 500),
    ],
)  # fmt: skip
def test_log_keeps_the_sign(cli: Cli, words: list[str], value: float) -> None:
    cli.done("log", *words)
    assert cli.last["value"] == value
