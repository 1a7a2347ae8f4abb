"""A board whose terminal, or whoever plays one, names any size: it is laid out within bounds and can be left."""

from __future__ import annotations

import pytest

from gztrack.tui.terminal_driver import LARGEST, bounded

from .conftest import Place

IN_BAND = "\x1b[?2048;1$y\x1b[48;{};{};1;1t"
"""A terminal that tells its size itself: rows, then columns."""


@pytest.mark.parametrize(
    ("size", "expected"), [((80, 24), (80, 24)), ((65_535, 65_535), LARGEST), ((0, 0), (0, 0))]
)
def test_a_size_is_bounded(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert bounded(*size) == expected


@pytest.mark.parametrize(
    ("size", "env"),
    [((65_535, 65_535), {}), ((0, 0), {}), ((80, 24), {"COLUMNS": "65535", "LINES": "65535"})],
    ids=repr,
)
def test_a_board_started_at_any_size_can_be_left(
    place: Place, size: tuple[int, int], env: dict[str, str]
) -> None:
    with place.board(columns=size[0], rows=size[1], **env) as board:
        board.watched = False
        board.settle(1)
        board.press("ctrl+q")
        assert board.ended() == 0


@pytest.mark.parametrize("said", ["", IN_BAND.format(65_535, 65_535), IN_BAND.format("9" * 20, "9" * 20)])
def test_a_board_resized_to_any_size_can_be_left(place: Place, said: str) -> None:
    with place.board() as board:
        board.until("q quit")
        board.watched = False
        if said:
            board.press(said)
        else:
            board.process.setwinsize(65_535, 65_535)
        board.settle(1)
        board.press("ctrl+q")
        assert board.ended() == 0
