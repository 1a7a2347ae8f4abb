"""A minute of random keys and sizes through a real terminal, half of it in Chinese: no traceback, no end, and a
sound database.

The keys follow from the seed alone, so that a failure can be had again: its message tells the
seed and the last keys. How far they get in the time depends on the machine.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections import deque

import pytest

from terminal import Terminal

from .conftest import Place

SEED = int(os.environ.get("GZTRACK_FUZZ_SEED", "20261124"))
LANGUAGES = ("en", "zh,en")
SECONDS = (60 if os.environ.get("CI") else 15) / len(LANGUAGES)
PAUSES = (0.0, 0.0, 0.005, 0.02, 0.1)
SIZES = ((80, 24), (120, 40), (200, 60), (60, 16), (40, 12), (20, 5), (100, 28), (171, 31))

ARROWS = (
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[H",
    "\x1b[F",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[Z",
    "\x1bOP",
)
CONTROLS = (
    "\r",
    "\r",
    "\x1b",
    "\x1b",
    "\x1b",
    "\t",
    "\x7f",
    "\x0f",
    "\x12",
    "\x0c",
    "\x10",
    "\x15",
    "\x17",
    "\x03",
)
TEXTS = (
    "250k",
    "2020",
    "2020-Q2",
    ">=1.5m",
    "none",
    "y",
    "nev",
    "万",
    "新能源",
    "2,000亿",
    "2020年上半年",
    "-3.2%",
    "a source",
    "1,23",
    "\u202e",
    "[/]",
)
TOGETHER = ("\x1b\r", "\x1bj", "\x1b[", "\x1bO", "\x1b\x1b", "\x1b5", "\x1b[<0;10;10M\x1b[<0;10;10m", "\x1b[<64;9;9M",
            "\x1b[200~one\ntwo\x1b[31m\x1b[201~", "\x1b[I", "\x1b[O", "\x1b[999z")  # fmt: skip
KEYS = tuple("jkGgllccddeennNNwwpp??yyuuUU//ssoomm[[]]ttDhHLPrRfFvVzZ0123459: ;,.xi")
"""Every letter that does something, without ``q``, which ends it as it should."""


def chosen(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.5:
        return dice.choice(KEYS)
    if kind < 0.68:
        return dice.choice(CONTROLS)
    if kind < 0.82:
        return dice.choice(ARROWS)
    if kind < 0.93:
        return dice.choice(TEXTS)
    return dice.choice(TOGETHER)


def resize(board: Terminal, columns: int, rows: int) -> None:
    board.process.setwinsize(rows, columns)
    board.display.resize(rows, columns)


@pytest.mark.slow
@pytest.mark.parametrize("languages", LANGUAGES)
def test_random_keys_and_sizes_never_bring_it_down(states: Place, languages: str) -> None:
    dice = random.Random(f"{SEED} {languages}")
    said: deque[str] = deque(maxlen=60)
    count = 0

    def problem(what: str) -> str:
        board.settle(1)
        last = re.sub(r"\x1b\[[0-9;?<=>]*[a-zA-Z]", "", board.sent[-12000:].decode("utf-8", "replace"))
        return f"{what} after {count} keys of seed {SEED}; the last ones were {list(said)}:\n{last}"

    with states.board("--lang", languages) as board:
        board.until("q quit" if languages == "en" else "q 退出")
        board.watched = False
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            count += 1
            if dice.random() < 0.01:
                size = dice.choice(SIZES)
                said.append(repr(size))
                resize(board, *size)
            else:
                key = chosen(dice)
                said.append(key)
                board.process.send(key)
            if board.pump(dice.choice(PAUSES)) < 0 or not board.process.isalive():
                raise AssertionError(problem("it ended"))
            if b"Traceback" in board.sent[-65536:]:
                raise AssertionError(problem("a traceback"))
        # It still answers: whatever is open is left, and then the board. Too small a screen is left by ctrl+q alone.
        resize(board, 120, 40)
        board.settle(0.5)
        for _ in range(30):
            board.process.send("\x1b")
            board.settle(0.3)
            board.process.send("q")
            if board.pump(0.5) < 0 or not board.process.isalive():
                break
        assert board.ended() == 0, problem("it did not leave as it should")
    assert b"Traceback" not in board.sent, problem("a traceback")
    assert count > SECONDS, problem("it hardly answered")

    doctor = states.run("doctor", check=False)
    assert doctor.returncode == 0, problem(doctor.stdout + doctor.stderr)
    assert states.run("status", "--json", check=False).returncode == 0
