"""The board itself, with and without: whatever keys are pressed, the terminal shows the same, cell for cell."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.style import Style

from books import TODAY, states
from gztrack import language
from gztrack.errors import StoreReadOnly
from gztrack.services.entering.entries import IndicatorEntry
from gztrack.services.tracker import Tracker
from gztrack.storage.memory import MemoryStore
from gztrack.storage.store import Encoded, Transaction
from gztrack.tui.app import GztrackApp, build
from tui.test_frames import Act, Wire, keys, know_the_terminal, played, resize

AWKWARD = ["é" * 9 + "́" * 3, "广州" * 30, "ｶﾞｶﾞ half width", "👩‍🔬 laboratory", "naïve ٣ עברית", "x" * 200]
"""Names that a row cuts off, where marks combine, a wide character stands at the edge, or several make one."""

Spoken = tuple[str, tuple[str, ...]]
"""The language of the words, and of the names."""

ENGLISH: Spoken = ("en", ())
CHINESE: Spoken = ("zh", ())
BOTH: Spoken = ("zh", ("zh", "en"))

TERMINALS: list[tuple[dict[str, str], str, bool, Spoken]] = [
    ({}, "dark", True, ENGLISH),
    ({}, "light", True, BOTH),
    ({"COLORTERM": ""}, "dark", True, BOTH),
    ({"TERM": "xterm", "COLORTERM": ""}, "ansi", True, CHINESE),
    ({"TERM": "screen-256color", "COLORTERM": ""}, "light", False, BOTH),
    ({"NO_COLOR": "1"}, "dark", True, ENGLISH),
]
"""Environment, theme, whether the terminal erases to the background that is set, and what is spoken."""

PLAIN = [
    "up",
    "down",
    "pagedown",
    "end",
    "home",
    "j",
    "k",
    "5",
    "n",
    "s",
    "o",
    "m",
    "t",
    "[",
    "]",
    "g",
    "l",
    "c",
    "e",
    "N",
    "v",
    "Z",
]
SCREENS = [
    "enter",
    "p",
    "w",
    "question_mark",
    "slash",
    "ctrl+p",
    "x",
    "escape",
    "escape",
    "tab",
    "shift+tab",
    "space",
]
TYPED = ["3", "k", "中", "é", "backspace", "left", "delete", "ctrl+u", "ctrl+l", "y"]

keypresses = st.lists(st.sampled_from(PLAIN + SCREENS + TYPED), min_size=1, max_size=4).map(
    lambda names: keys(*names)
)
resizes = st.tuples(st.integers(30, 130), st.integers(10, 45)).map(lambda size: resize(*size))
acts = st.lists(st.one_of(keypresses, keypresses, keypresses, resizes), min_size=1, max_size=7)


class Sealed(MemoryStore):
    """A store that takes nothing once it is sealed, so that two sessions stay alike whatever is saved in them."""

    sealed = False

    def append_all(self, transactions: Sequence[Transaction | Encoded], *, unique: bool = False) -> int:
        if self.sealed:
            raise StoreReadOnly("read-only: ask for write access")
        return super().append_all(transactions, unique=unique)


@cache
def contents() -> tuple[Transaction, ...]:
    """Every status, and names that are hard to paint; backwards, some begin with marks."""
    book = states()
    for number, row in enumerate(book.board().rows):
        name = AWKWARD[number] if number < len(AWKWARD) else ""
        chinese = "广州市新能源汽车、超高清视频、企业技术中心"[: number + 1]
        book.edit_indicator(
            IndicatorEntry(
                row.id,
                name=name,
                name_zh=name[::-1] or chinese,
                unit_zh="" if row.unit.percent or row.unit.currency else "辆/年",
                group_zh=f"第 {number // 4} 组",
            )
        )
    return tuple(book.store.transactions())


def board(theme: str, *, plain_frames: bool) -> GztrackApp:
    """The board, sending to a terminal of the tests."""
    store = Sealed("广州产业升级", "Asia/Shanghai", contents(), name="db")
    store.sealed = True
    tracker = Tracker(store, author="ann", login="ann", today=TODAY)
    app = build(tracker, theme=theme, plain_frames=plain_frames)
    app.driver_class = Wire
    app.animation_level = "none"
    return app


def forget_colours() -> None:
    """A style keeps the codes of the colours that it was first drawn with, and the palettes' styles live on."""
    for style in gc.get_objects():
        if type(style) is Style:
            style._ansi = None


async def differences(theme: str, steps: list[Act], *, colour: bool, spoken: Spoken = ENGLISH) -> list[str]:
    """Where the two ways of painting show different cells, in words."""
    forget_colours()
    seen = []
    for plain_frames in (True, False):
        language.use(spoken[0], names=spoken[1])  # the keys change it
        seen.append(await played(board(theme, plain_frames=plain_frames), *steps, colour=colour))
    return [
        f"step {number}, row {y}, column {x}: {there} in Textual's way, {here} in ours"
        for number, (plain, ours) in enumerate(zip(*seen, strict=True))
        for y, (line, other) in enumerate(zip(plain.shown, ours.shown, strict=True))
        for x, (there, here) in enumerate(zip(line, other, strict=True))
        if there != here
    ][:5]


@pytest.mark.slow
@pytest.mark.parametrize(("environ", "theme", "colour", "spoken"), TERMINALS)
def test_whatever_is_pressed_the_terminal_shows_the_same(
    environ: dict[str, str],
    theme: str,
    colour: bool,
    spoken: Spoken,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    know_the_terminal(monkeypatch)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(acts)
    def hold(steps: list[Act]) -> None:
        assert asyncio.run(differences(theme, steps, colour=colour, spoken=spoken)) == []

    hold()


@pytest.mark.parametrize("spoken", [ENGLISH, BOTH])
async def test_a_long_session_shows_the_same(spoken: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    know_the_terminal(monkeypatch)
    names: list[Any] = [
        "j",
        "5",
        "j",
        "enter",
        "j",
        "w",
        "pagedown",
        "escape",
        "escape",
        "p",
        "j",
        "s",
        "question_mark",
    ]
    names += [
        "escape",
        "escape",
        "l",
        "3",
        "中",
        "tab",
        "2",
        "escape",
        "slash",
        "广",
        "backspace",
        "escape",
        "ctrl+p",
        "escape",
    ]
    steps = [
        *map(keys, names),
        resize(61, 17),
        keys("k"),
        resize(130, 44),
        keys("end"),
        keys("g"),
        resize(90, 20),
        keys("escape"),
        keys("N"),
        keys("N"),
    ]
    assert await differences("dark", steps, colour=True, spoken=spoken) == []
