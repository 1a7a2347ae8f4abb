"""When the board is asked for, and what a terminal changes."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator

import pytest

from gztrack.cli.main import BoardRequest, main
from terminal import Terminal

from .conftest import Cli

GZTRACK = [sys.executable, "-m", "gztrack"]


class Somebody(io.StringIO):
    """A stream with somebody at its other end."""

    def isatty(self) -> bool:
        return True


Ask = Callable[..., "int | BoardRequest"]


@pytest.fixture
def ask(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The command line with a terminal on both sides, or with something else on one."""

    def run(*words: str, term: str = "xterm-256color", **streams: io.StringIO) -> int | BoardRequest:
        with monkeypatch.context() as patch:
            patch.setenv("TERM", term)
            for name in ("stdin", "stdout"):
                patch.setattr(sys, name, streams.get(name, Somebody()))
            return main(words)

    return run


def request(outcome: int | BoardRequest) -> BoardRequest:
    assert isinstance(outcome, BoardRequest)
    return outcome


@pytest.mark.parametrize(
    ("words", "theme", "ascii_only"),
    [
        ([], "", False),
        (["--theme", "light"], "light", False),
        (["--ascii"], "", True),
        (["--as", "ann"], "", False),
    ],
)
def test_alone_at_a_terminal_it_asks_for_the_board(
    ask: Ask, cli: Cli, words: list[str], theme: str, ascii_only: bool
) -> None:
    asked = request(ask(*words))
    assert (asked.theme, asked.session.ascii) == (theme, ascii_only)
    assert asked.session.location.path == str(cli.database)
    assert asked.session.author == ("ann" if "ann" in words else asked.session.login)


def test_a_console_that_lacks_glyphs_gets_an_ascii_board(ask: Ask) -> None:
    assert request(ask(term="linux")).session.ascii


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_cannot_show_a_board_is_told_so(
    ask: Ask, capsys: pytest.CaptureFixture[str], term: str
) -> None:
    assert ask(term=term) == 2
    assert capsys.readouterr().err == (
        f"gztrack: the board needs a terminal that can move its cursor, and TERM is '{term}';"
        " gztrack status prints it as text\n"
    )


def test_json_at_a_terminal_is_the_status(ask: Ask) -> None:
    assert ask("--json") == 0


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_with_a_pipe_on_one_side_it_prints_the_status(ask: Ask, stream: str) -> None:
    assert ask(**{stream: io.StringIO()}) == 0


def test_drafts_are_kept_apart_by_database(ask: Ask, cli: Cli) -> None:
    own = request(ask()).session.drafts
    assert own == request(ask("--db", str(cli.database))).session.drafts
    assert own != request(ask("--db", "other")).session.drafts


@pytest.fixture
def narrow(cli: Cli) -> Iterator[Terminal]:
    """The status in a terminal of 64 columns."""
    with Terminal(
        [*GZTRACK, "status"], columns=64, rows=40, env={"GZTRACK_DB": str(cli.database), "COLUMNS": ""}
    ) as terminal:
        yield terminal


def test_text_is_as_wide_as_the_terminal(narrow: Terminal) -> None:
    assert narrow.ended() == 0
    first = bytes(narrow.sent).decode().splitlines()[0]
    assert len(first) == 64


def test_the_board_on_a_database_that_does_not_exist_is_one_line(cli: Cli) -> None:
    with Terminal(
        [*GZTRACK, "--db", "typo"], columns=200, env={"HOME": str(cli.database.parent)}
    ) as terminal:
        assert terminal.ended() == 4
        assert terminal.text.strip().startswith("gztrack: ")
        assert "typo: no database there" in terminal.text
