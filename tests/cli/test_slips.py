"""What is told of a line that its parts make no sense of: quotes left out, a shell's signs, dashes, another order."""

from __future__ import annotations

import os
import pty
import sys
from subprocess import PIPE, Popen

import pytest

from gztrack.cli.log import parser

from .conftest import Cli

OVER_SSH = "a text with blanks needs quotes, and over ssh two pairs: "


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "log nev-capacity 310k --for 2020-06 --source Guangzhou statistics bureau",
            "'statistics bureau' is left over behind --source Guangzhou: "
            + OVER_SSH
            + "--source \"'Guangzhou statistics bureau'\"",
        ),
        (
            "log nev-capacity 310k --note see page 3 --for 2020-06",
            f"'page 3' is left over behind --note see: {OVER_SSH}--note \"'see page 3'\"",
        ),
        (
            "log nev-capacity 310k --source Ann's statistics bureau",
            f"'statistics bureau' is left over behind --source Ann's: {OVER_SSH}--source '\"Ann's statistics bureau\"'",
        ),
        (
            "target nev-capacity 1.5m --due 2027 --stated-by City government",
            f"'government' is left over behind --stated-by City: {OVER_SSH}--stated-by \"'City government'\"",
        ),
        (
            "correct nev-capacity@2020-04 1k --reason typed twice",
            f"'twice' is left over behind --reason typed: {OVER_SSH}--reason \"'typed twice'\"",
        ),
        (
            "retract nev-capacity@2020-04 --reason wrong row",
            f"retract: 'row' is left over behind --reason wrong: {OVER_SSH}--reason \"'wrong row'\"",
        ),
        (
            "retract --reason wrong row nev-capacity@2020-04",
            f"retract: 'row' is left over behind --reason wrong: {OVER_SSH}--reason \"'wrong row'\"",
        ),
    ],
)
def test_words_behind_an_option_s_value_are_missing_their_quotes(cli: Cli, words: str, said: str) -> None:
    cli.done("log", "nev-capacity", "250k", "--for", "2020-04")
    assert said in cli.refused(*words.split(" "))


@pytest.mark.parametrize(
    "words",
    [
        "log nev-capacity --source Yearbook 1,23",
        "log nev-capacity 1,23 --source Yearbook",
        "log --note n nev-capacity 1,23",
    ],
)
def test_a_value_behind_an_option_is_no_text_without_quotes(cli: Cli, words: str) -> None:
    assert cli.refused(*words.split(" ")) == "value '1,23': ambiguous: write 1.23 or 123"


@pytest.mark.parametrize("key", [["--key", ""], ["--key="], ["--key", " "]])
@pytest.mark.parametrize("command", ["log", "correct"])
def test_an_empty_key_is_refused(cli: Cli, command: str, key: list[str]) -> None:
    assert cli.refused(command, "nev-capacity", "310k", *key).startswith(f"{command}: --key is empty: ")


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (["320k", "nev-capacity"], "log nev-capacity 320k"),
        (["31万", "nev-capacity", "--for", "2020-06"], "log nev-capacity 31万"),
        (["320", "k", "nev-capacity"], "log nev-capacity 320 k"),
    ],
)
def test_the_indicator_comes_first(cli: Cli, words: list[str], right: str) -> None:
    assert cli.refused("log", *words) == f"the indicator comes first: {right}"


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        (["status", "|", "head", "-3"], "|"),
        (["status", ">", "out.txt"], ">"),
        (["undo", "&&", "status"], "&&"),
        (["; ls"], ";"),
        ([";", "ls"], ";"),
        (["$(ls)"], "$"),
        (["log", "nev-capacity", "310k;", "ls"], ";"),
        (["log", "nev-capacity", "310k", ">", "out"], ">"),
        (["log", "nev-capacity", "$VALUE"], "$"),
    ],
)
def test_a_shell_s_sign_is_named(cli: Cli, words: list[str], sign: str) -> None:
    said = cli.refused(*words)
    assert f"{sign} is a sign of the shell, and no shell reads this: type one command alone" in said


@pytest.mark.parametrize("word", ["|", ";", "—for", "$(ls)", "`ls`"])
def test_behind_two_hyphens_a_word_stays_what_it_is(word: str) -> None:
    assert parser().understood(["x", "--", word]).value == [word]


def test_a_sign_of_size_is_none_of_the_shell(cli: Cli) -> None:
    cli.done("log", "nev-capacity", ">", "310k", "--for", "2020-06")
    assert "shell" not in cli.refused("log", "nev-capacity", ">", "1,23")


@pytest.mark.parametrize(
    ("words", "word", "right"),
    [
        (["log", "nev-capacity", "310k", "—for", "2020-06"], "—for", "--for"),
        (["log", "nev-capacity", "310k", "–for", "2020-06"], "–for", "--for"),
        (["status", "–json"], "–json", "--json"),
        (["log", "nev-capacity", "310k", "-–for", "2020-06"], "-–for", "--for"),
        (["—json", "status"], "—json", "--json"),
    ],
)
def test_a_long_dash_begins_no_option(cli: Cli, words: list[str], word: str, right: str) -> None:
    said = cli.refused(*words)
    assert f"'{word}' begins with a long dash; an option begins with two hyphens: {right}" in said


def test_a_long_dash_is_a_minus_before_digits(cli: Cli) -> None:
    cli.done("log", "nev-output-growth", "–3.2%", "--for", "2020-06")
    assert cli.last["value"] == -3.2


@pytest.mark.parametrize("sign", ["“", '"', "「"])
def test_a_quotation_mark_in_a_value_is_named(cli: Cli, sign: str) -> None:
    assert f"'{sign}' is a quotation mark" in cli.refused("log", "nev-capacity", f"{sign}310k{sign}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["init", "x"], "init: takes no words; 'x' is left over"),
        (["man", "zh"], "man: takes no words; 'zh' is left over; a language is chosen with --lang zh"),
        (["schema", "zh"], "schema zh: a language is chosen with --lang zh"),
        (["schema", "log", "zh"], "schema: 'zh' is left over; a language is chosen with --lang zh"),
    ],
)
def test_a_word_too_many_is_named(cli: Cli, words: list[str], said: str) -> None:
    assert cli.refused(*words).startswith(said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ID VALUE PERIOD", "a header line: leave it out"),
        ("indicator,value,period", "a header line: leave it out"),
        ("tech-centres,656,2026-Q2", "commas part nothing here: write blanks, or use gztrack import"),
        ("tech-centres，656", "commas part nothing here: write blanks, or use gztrack import"),
        ("tech-centres;656;2026-Q2", "';' parts nothing here: write blanks, or use gztrack import"),
        ("656 tech-centres 2020", "the indicator comes first: tech-centres 656"),
        ("nothing-like-it; 5", "';' parts nothing here: write blanks, or use gztrack import"),
    ],
)
def test_a_line_that_is_none_is_told_what_it_looks_like(cli: Cli, line: str, said: str) -> None:
    assert cli.faults("log", "-", stdin=f"{line}\n")[1:] == [f"line 1: {said}"]


@pytest.mark.parametrize(
    ("line", "value", "qualifier", "note"),
    [
        ('tech-centres "over 600" 2020', 600, "more than", None),
        ("tech-centres 'over 600' 2020", 600, "more than", None),
        ("tech-centres “600” 2020", 600, None, None),
        ("“tech-centres” ‘600’ ＂2020＂", 600, None, None),
        ("tech-centres 「600」 2020", 600, None, None),
        ('tech-centres 600 2020 # so "it" says', 600, None, 'so "it" says'),
        ("tech-centres 600 2020 ＃ 注", 600, None, "注"),
        ("tech-centres 600 2020 # 注＃1", 600, None, "注＃1"),
    ],
)
def test_quotes_of_a_line_are_taken_off_as_a_shell_would(
    cli: Cli, line: str, value: int, qualifier: str | None, note: str | None
) -> None:
    cli.done("log", "-", stdin=f"＃ a comment\n{line}\n")
    kept = cli.last
    assert (kept["value"], kept.get("qualifier"), kept["period"], kept.get("note")) == (
        value,
        qualifier,
        "2020",
        note,
    )


@pytest.mark.parametrize(("words", "told"), [([], True), (["--quiet"], False)])
def test_whoever_types_lines_is_told_what_a_line_is(cli: Cli, words: list[str], told: bool) -> None:
    ours, theirs = pty.openpty()
    try:
        with Popen(
            [sys.executable, "-m", "gztrack", "--db", str(cli.database), "log", "-", *words],
            stdin=theirs, stdout=PIPE, stderr=PIPE,
        ) as program:  # fmt: skip
            os.write(ours, b"nev-capacity 310k 2020-06\n\x04")
            out, err = program.communicate(timeout=60)
    finally:
        os.close(ours)
        os.close(theirs)
    said = "gztrack: lines ID VALUE [PERIOD] [# note]; ctrl+d ends, ctrl+c calls off\n"
    assert (program.returncode, err.decode()) == (0, said if told else "")
    assert bool(out) == told
