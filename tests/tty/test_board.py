"""The main job with real keys in a real terminal, as a new user does it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable

import pytest

from terminal import Terminal

from .conftest import Place

Opened = Callable[..., Terminal]


@pytest.mark.parametrize("words", [("board",), ("board", "--theme", "light"), ("--theme", "light", "board")])
def test_the_board_opens_by_its_name_too(words: tuple[str, ...], place: Place) -> None:
    with place.board(*words) as board:
        board.until("NEV output growth", "q quit")
        board.press("q")
        assert board.ended() == 0


def line(terminal: Terminal, name: str) -> str:
    return next(line for line in terminal.text.splitlines() if name in line)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (160, 50)])
def test_log_a_reading_revise_the_goal_undo_and_send_a_snapshot(
    place: Place, opened: Opened, columns: int, rows: int
) -> None:
    board = opened(columns=columns, rows=rows)
    board.until("Start here", "no reading")

    board.press("l", "250k", "tab", "2020-Q2")
    board.until("250,000 vehicles/year", "ends 2020-06-30", "83.3 %")
    board.press("enter")
    board.until("83.3 %", "u undoes it", without="enter save")
    assert "Start here" not in board.text
    assert "━" in line(board, "NEV annual")

    board.press("g", ">=1.5m", "tab", "2027")
    board.until("at least 1,500,000 vehicles/year", "by 2027-12-31")
    board.press("enter")
    board.until("16.7 %", "u undoes it", without="enter save")

    board.press("u")
    board.until("83.3 %", without="16.7 %")

    board.press("x")
    board.until("snapshot")
    board.press("enter")
    board.until("wrote", without="enter save")
    written = [path for path in place.path.iterdir() if path.suffix == ".md"]
    assert len(written) == 1
    assert "250,000" in written[0].read_text("utf-8")

    board.press("q")
    assert board.ended() == 0
    history = json.loads(place.run("history", "nev-capacity", "--json").stdout)
    assert [(item["value"], item["period"]) for item in history] == [(250_000, "2020-Q2")]


def test_one_key_brings_in_what_was_published_since(opened: Opened) -> None:
    board = opened()
    board.press("i")
    board.until("115 %", "24 new")

    assert "cannot tell" in line(board, "5G base stations")
    assert ">50 %" in line(board, "NEV annual")


def test_what_the_command_line_logs_shows_on_an_open_board_within_a_second(
    place: Place, opened: Opened
) -> None:
    board = opened()

    place.run("log", "nev-capacity", "150k", "--for", "2020-Q2")

    # Polled twice a second; the limit leaves room for a slow machine, not for another design.
    board.until("50.0 %", limit=5)


def test_nothing_is_sent_while_nothing_changes(opened: Opened) -> None:
    board = opened()
    board.settle(0.6)
    before = len(board.sent)

    for _ in range(20):
        board.pump(0.1)

    assert len(board.sent) == before


def test_leaving_gives_the_terminal_back(opened: Opened) -> None:
    board = opened()
    board.press("q")

    assert board.ended() == 0
    assert b"\x1b[?1049l" in board.sent
    assert b"\x1b[?25h" in board.sent


def test_a_dropped_connection_keeps_the_draft_and_offers_it_next_time(opened: Opened) -> None:
    board = opened()
    board.press("l", "277k", "tab", "2020-05")
    board.until("277,000")
    board.settle(0.4)
    os.kill(board.process.pid, signal.SIGHUP)
    board.ended()

    again = opened(ready="unfinished: log  NEV annual production capacity (value 277k")
    again.press("D", "enter")

    again.until("277,000", "ends 2020-05-31")


def test_an_escape_sequence_in_a_name_never_reaches_the_terminal(place: Place, opened: Opened) -> None:
    place.run(
        "add", "evil", "--name", "a\x1b]52;c;ZXZpbA==\x07[/]\x1b[31mred", "--unit", "things", "--group", "5G"
    )

    board = opened(columns=120, rows=40)

    assert b"\x1b]52" not in board.sent
    board.until("a[/]red")


def test_chinese_names_keep_the_columns(place: Place, opened: Opened) -> None:
    place.run(
        "add", "zh", "--name", "新能源汽车年产能与产量以及其他很长的名字", "--unit", "辆", "--group", "5G"
    )
    place.run("log", "zh", "3万", "--for", "2020")

    board = opened()

    rows = [
        number for number, text in enumerate(board.text.splitlines()) if "5G base" in text or "新" in text
    ]
    assert len(rows) == 2
    assert board.cell_of(rows[0], "no target") == board.cell_of(rows[1], "no target")


@pytest.mark.parametrize("options", [("--ascii",), ("--theme", "ansi"), ("--theme", "light")])
def test_other_ways_of_drawing_open_too(opened: Opened, options: tuple[str, ...]) -> None:
    board = opened(*options)

    if options == ("--ascii",):
        assert "│" not in board.text


def test_a_board_smaller_than_anything_sensible_says_what_it_needs(place: Place) -> None:
    with place.board(columns=40, rows=8) as board:
        board.until("gztrack needs 60x16; this is 40x8.", "gztrack status works at any size.")
        board.press("j", "l", "q", "ctrl+p")
        board.press("ctrl+q")
        assert board.ended() == 0
        assert b"enter save" not in board.sent


def test_a_damaged_journal_is_one_line_and_no_traceback(place: Place) -> None:
    journal = place.path / "db" / "facts.jsonl"
    data = journal.read_bytes()
    journal.write_bytes(data.replace(b'"value":495', b'"value":418'))

    with place.board() as board:
        assert board.ended() == 4
        assert "facts.jsonl, line 2" in board.text.replace("\n", "")
        assert "Traceback" not in board.text


def test_without_a_terminal_the_status_is_printed(place: Place) -> None:
    said = place.run()

    assert "NEV annual production capacity" in said.stdout
    assert "\x1b" not in said.stdout
