"""Escape and the next key in one packet, arrows in several: through the real program's own terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from terminal import Terminal

from .conftest import Place

Opened = Callable[..., Terminal]


def test_escape_and_enter_in_one_packet_leave_the_form_and_save_nothing(place: Place, opened: Opened) -> None:
    board = opened()
    board.press("l", "250k", "tab", "2020-Q2")
    board.until("250,000 vehicles/year")

    board.process.send("\x1b\r")

    board.until("escape back")  # the enter opened the detail
    board.press("q" if "q quit" in board.text else "escape")
    assert json.loads(place.run("history", "nev-capacity", "--json").stdout) == []


@pytest.mark.parametrize(
    ("packet", "shown"),
    [
        ("\x1bj", "▌· NEV output growth"),
        ("\x1b5j", "▌· High-tech manufacturing"),
        ("\x1bw", "escape back"),
        ("\x1b/nev", "2 of 12"),
        ("\x1b\x1b[B", "▌· NEV output growth"),
    ],
)
def test_escape_and_other_keys_in_one_packet_are_both_answered(
    opened: Opened, packet: str, shown: str
) -> None:
    board = opened()
    board.press("l")
    board.until("enter save")
    board.process.send(packet)

    board.until(shown, without="enter save")


@pytest.mark.parametrize(
    "pieces", [("\x1b[B",), ("\x1bOB",), ("\x1b", "[B"), ("\x1b[", "B"), ("\x1b", "[", "B")]
)
def test_an_arrow_in_pieces_is_an_arrow(opened: Opened, pieces: tuple[str, ...]) -> None:
    board = opened()
    board.press("l", "250k")
    board.until("250,000")

    for piece in pieces:
        board.process.send(piece)
        time.sleep(0.02)  # another packet
    board.press("2020")

    board.until("250,000", "ends 2020-12-31")
