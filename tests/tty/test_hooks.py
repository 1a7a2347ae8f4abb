"""A hook that goes wrong behind the board: it is said at once, and nobody leaves without having been told."""

from __future__ import annotations

from pathlib import Path

import pytest

from terminal import Terminal

from .conftest import Place

FAILED = "hook on-log: exit code 3"


def failing(place: Place) -> Path:
    """A hook that fails once a file is there; the file."""
    go = place.path / "go"
    path = place.path / "db" / "hooks" / "on-log"
    path.parent.mkdir(mode=0o755)
    path.write_text(f"#!/bin/sh\nwhile [ ! -e '{go}' ]; do sleep 0.05; done; exit 3\n")
    path.chmod(0o755)
    return go


def save(board: Terminal, period: str = "2020-05") -> None:
    board.until("q quit")
    board.press("l", "277k", "tab", period)
    board.until("277,000")
    board.press("enter")
    board.until("u undoes it", without="enter save")


def left(board: Terminal) -> str:
    """What it sent once it had given the terminal back."""
    board.press("q")
    assert board.ended() == 0
    return board.sent.decode("utf-8", "replace").rpartition("\x1b[?1049l")[2]


def test_a_failure_takes_the_place_of_what_was_saved_without_a_key(place: Place) -> None:
    go = failing(place)
    with place.board(columns=120) as board:
        save(board)
        go.touch()
        board.until(FAILED, "u undoes it", without="logged")
        board.press("j")
        board.until("q quit", without=FAILED)
        assert FAILED not in left(board)


def test_a_failure_shows_in_an_open_form_and_again_once_it_is_closed(place: Place) -> None:
    go = failing(place)
    with place.board(columns=120) as board:
        save(board)
        board.press("l")
        board.until("enter save")
        go.touch()
        board.until(FAILED, without="enter save")
        board.press("9")
        board.until("enter save", without=FAILED)
        board.press("escape")
        board.until(FAILED, without="Log a reading")


def test_the_next_thing_saved_does_not_hide_a_failure(place: Place) -> None:
    go = failing(place)
    with place.board(columns=120) as board:
        save(board)
        board.press("l", "278k", "tab", "2020-06")
        board.until("278,000")
        go.touch()
        board.until(FAILED)
        board.press("enter")
        board.until("278,000     2020-06", FAILED, without="enter save")


def test_a_failure_in_a_form_covers_none_of_the_form_s_own_errors(place: Place) -> None:
    go = failing(place)
    with place.board(columns=120) as board:
        save(board)
        board.press("l", "abc", "enter")
        board.until("✗ no number in 'abc'", "1 field needs a look")
        go.touch()
        board.until("✗ no number in 'abc'", "1 field needs a look", FAILED)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_failure_that_nobody_was_shown_is_told_after_leaving(when: str, place: Place) -> None:
    go = failing(place)
    with place.board(columns=120) as board:
        save(board)
        if when == "before":  # the palette lies over the line where it would stand
            board.press("ctrl+p", "quit")
            board.until("quit", without="u undoes it")
            go.touch()
            board.settle(1.2)
            board.press("enter")
        else:
            board.press("q")
            board.until("waiting for 1 hook to end")
            go.touch()
        assert board.ended() == 0
        sent = board.sent.decode("utf-8", "replace").rpartition("\x1b[?1049l")[2]
    assert f"gztrack: {FAILED}; what was saved stays saved" in sent
