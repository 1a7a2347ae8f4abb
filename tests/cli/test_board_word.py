"""``board`` as a word: it opens what bare ``gztrack`` opens, or says what it needs."""

from __future__ import annotations

import pytest

from gztrack.cli import output
from gztrack.cli.main import BoardRequest, main

from .conftest import Cli

PLAIN = "the board needs a terminal; gztrack status prints it as text"


@pytest.fixture
def seated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("board",), PLAIN),
        (("board", "--json"), "the board is no data; gztrack status --json prints it as such"),
        (("--json", "board"), "the board is no data; gztrack status --json prints it as such"),
        (("board", "nev-capacity"), "board: takes no words; 'nev-capacity' is left over"),
        (("status", "--theme", "light"), "no such option of status: '--theme'"),
        (("--theme", "light", "status"), "--theme is for the board: gztrack --theme light"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_without_a_terminal_or_with_other_words_it_says_what_would_be_right(
    words: tuple[str, ...], why: str, cli: Cli
) -> None:
    assert why in cli.refused(*words, code=2)


@pytest.mark.usefixtures("seated")
@pytest.mark.parametrize(
    ("words", "theme", "ascii", "plain"),
    [
        (("board",), "", False, False),
        (("board", "--theme", "light", "--ascii", "--plain-frames"), "light", True, True),
        (("--theme", "light", "--ascii", "--plain-frames", "board"), "light", True, True),
    ],
)
def test_on_a_terminal_it_asks_for_the_board(
    words: tuple[str, ...],
    theme: str,
    ascii: bool,  # noqa: A002
    plain: bool,
) -> None:
    request = main(words)

    assert isinstance(request, BoardRequest)
    assert (request.theme, request.asked_ascii, request.plain_frames) == (theme, ascii, plain)


@pytest.mark.usefixtures("seated")
def test_a_theme_that_there_is_not_is_refused_behind_the_word_too(cli: Cli) -> None:
    assert "no such theme: 'pink'" in cli.refused("board", "--theme", "pink", code=2)


def test_its_help_is_one_command_s(cli: Cli) -> None:
    assert cli.done("board", "--help").out.startswith("usage: gztrack board [--theme NAME]")
