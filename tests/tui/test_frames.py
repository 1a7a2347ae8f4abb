"""Whole apps, with and without: the same screens cell for cell, with fewer bytes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, NamedTuple

import pytest
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Offset
from textual.messages import TerminalSupportsSynchronizedOutput
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import DataTable, Input, OptionList, Static

from gztrack.tui.frames import FrameApp
from tui.test_frames_terminal import Shown, Terminal

NAMES = [
    "Population 常住人口",
    "GDP 地区生产总值",
    "Metro length 地铁里程",
    "Charging points 充电桩",
    "R&D share 研发投入",
]
COLUMNS, LINES = 80, 24


class Wire(HeadlessDriver):
    """A driver that sends to a terminal of the tests."""

    terminal: Terminal

    @property
    def is_headless(self) -> bool:
        return False

    @property
    def can_suspend(self) -> bool:
        return True

    def write(self, data: str) -> None:
        self.terminal.feed(data)

    def resume_application_mode(self) -> None:
        """Say nothing of the size: what a real driver says of it has tests of its own."""


class Question(ModalScreen[None]):
    """A dialog that lies over half of the wide characters beneath it."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss")]
    CSS = "Question { align: center middle; } Question Static { width: 31; height: 7; border: round green; }"

    def compose(self) -> ComposeResult:
        yield Static("撤销这一条？ Undo it?")


class Board(FrameApp[None]):
    """A list, a detail pane that follows it, a table, a field and a dialog."""

    AUTO_FOCUS = "OptionList"

    BINDINGS: ClassVar[list[BindingType]] = [("f2", "ask"), ("ctrl+l", "repaint"), ("f3", "mark")]
    CSS = """
    OptionList { width: 40; height: 10; }
    #detail { width: 1fr; height: 10; border: round $primary; }
    DataTable { height: 6; }
    .ansi { color: ansi_green; background: ansi_blue; }
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(driver_class=Wire, **options)
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield OptionList(*[f"{name} {number}" for number in range(6) for name in NAMES])
            with VerticalScroll(id="detail"):
                yield Static(id="text")
        table: DataTable[Any] = DataTable(cursor_type="row")
        table.can_focus = False
        yield table
        field = Input("2019年 310k", placeholder="period amount")
        field.cursor_blink = False
        yield field

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("指标", "now", "目标")
        for number, name in enumerate(NAMES):
            table.add_row(
                name, Text(f"{number * 37} %", style="bold red on #202030"), Text("≥ 100", "underline")
            )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        lines = [
            Text(f"{event.option.prompt}\n", style="bold"),
            Text("目标 ─── ████ 52 %\n", style="strike dim"),
        ]
        lines += [
            Text(f"line {line} of {event.option_index}\n", Style(link="https://example.org"))
            for line in range(12)
        ]
        self.query_one("#text", Static).update(Text().join(lines))

    def action_ask(self) -> None:
        self.push_screen(Question())

    def action_mark(self) -> None:
        self.query_one("#text").toggle_class("ansi")


class Step(NamedTuple):
    """What the terminal shows after a step, and what came over the wire for it."""

    shown: list[list[Shown]]
    sent: str


Act = Callable[[Pilot[None]], Awaitable[None]]


def keys(*names: str) -> Act:
    async def press(pilot: Pilot[None]) -> None:
        await pilot.press(*names)

    return press


def resize(columns: int, lines: int) -> Act:
    async def change(pilot: Pilot[None]) -> None:
        glass = wire(pilot).terminal.glass
        glass.resize(lines, columns)
        await pilot.resize_terminal(columns, lines)

    return change


async def supports_synchronised_output(pilot: Pilot[None]) -> None:
    pilot.app.post_message(TerminalSupportsSynchronizedOutput())


async def scroll(pilot: Pilot[None]) -> None:
    pilot.app.query_one("#detail").scroll_to(y=3, animate=False)


def wire(pilot: Pilot[None]) -> Wire:
    driver = pilot.app._driver
    assert isinstance(driver, Wire)
    return driver


async def played(app: FrameApp[None], *acts: Act, colour: bool = True) -> list[Step]:
    """Play acts to an app; what its terminal shows at the start and after each."""
    Wire.terminal = Terminal(COLUMNS, LINES, colour=colour, strict=app.sends_cells)
    steps = []
    async with app.run_test(headless=False, size=(COLUMNS, LINES)) as pilot:
        terminal = wire(pilot).terminal
        for act in (keys(), *acts):
            await act(pilot)
            await settled(pilot)
            steps.append(Step(terminal.glass.shown(), terminal.take()))
    return steps


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing more comes over the wire."""
    came = None
    while came != (came := len(wire(pilot).terminal.text)):
        await pilot.pause(0.03)


def size(step: Step) -> int:
    return len(step.sent.encode())


def know_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the developer's own terminal out of it."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("TMUX", "STY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    # A style keeps the codes of the colour system that it was first drawn for.
    Style.parse.cache_clear()
    Style._add.cache_clear()


@pytest.fixture(autouse=True)
def _a_known_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    know_the_terminal(monkeypatch)


SESSION: list[Act] = [
    keys("down"),
    keys("down", "down"),
    keys("pagedown"),
    keys("end"),
    scroll,
    supports_synchronised_output,
    keys("f2"),
    keys("escape"),
    keys("f3"),
    resize(61, 20),
    keys("up"),
    keys("f2"),
    resize(90, 28),
    keys("escape"),
    keys("tab", "tab", "中", "a"),
    keys("backspace", "left", "left", "b"),
    keys("ctrl+l"),
]


@pytest.mark.parametrize(
    ("environ", "theme", "colour"),
    [
        ({}, "textual-dark", True),
        ({}, "ansi-dark", True),
        ({"NO_COLOR": "1"}, "textual-light", True),
        ({"COLORTERM": ""}, "nord", True),
        ({"TERM": "screen-256color"}, "textual-dark", False),
    ],
)
async def test_every_step_of_a_session_shows_the_same(
    environ: dict[str, str], theme: str, colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    seen: list[list[Step]] = []
    for plain_frames in (True, False):
        app = Board(plain_frames=plain_frames)
        app.theme = theme
        seen.append(await played(app, *SESSION, colour=colour))
    for number, (plain, ours) in enumerate(zip(*seen, strict=True)):
        assert ours.shown == plain.shown, f"after step {number}"
    assert sum(map(size, seen[1])) < sum(map(size, seen[0])) / 2


@pytest.mark.parametrize(
    ("act", "ratio"),
    [(None, 0.35), (keys("down"), 0.5), (keys("f2"), 0.25), (scroll, 0.5)],
    ids=["first paint", "cursor key", "dialog", "scroll"],
)
async def test_far_fewer_bytes_come(act: Act | None, ratio: float) -> None:
    acts = [] if act is None else [act]
    plain = await played(Board(plain_frames=True), *acts)
    ours = await played(Board(), *acts)
    assert 0 < size(ours[-1]) < ratio * size(plain[-1])


async def test_a_cursor_key_without_a_detail_pane_costs_what_the_two_rows_hold() -> None:
    class List(FrameApp[None]):
        def compose(self) -> ComposeResult:
            yield OptionList(*[f"indicator {number}" for number in range(30)])

    plain = await played(List(driver_class=Wire, plain_frames=True), keys("down"))
    ours = await played(List(driver_class=Wire), keys("down"))
    assert 0 < size(ours[-1]) < 0.5 * size(plain[-1])


@pytest.mark.parametrize("sync", [True, False])
async def test_not_one_byte_when_nothing_changed(sync: bool) -> None:
    async def refresh(pilot: Pilot[None]) -> None:
        for widget in pilot.app.screen.walk_children():
            widget.refresh(layout=True)
        pilot.app.screen.refresh(layout=True)

    first = supports_synchronised_output if sync else keys()
    steps = await played(Board(), first, keys("down"), keys(), refresh)
    assert steps[2].sent
    assert [step.sent for step in steps[3:]] == ["", ""]


async def test_a_refresh_still_calls_the_display_hook() -> None:
    class Counting(Board):
        hooks = 0

        def post_display_hook(self) -> None:
            self.hooks += 1

    counts = []

    async def refresh(pilot: Pilot[None]) -> None:
        counts.append(app.hooks)
        app.screen.refresh()

    app = Counting()
    steps = await played(app, refresh)
    assert steps[-1].sent == ""
    assert app.hooks > counts[0]


async def test_synchronised_output_brackets_a_frame() -> None:
    steps = await played(Board(), supports_synchronised_output, keys("down"))
    assert steps[-1].sent.startswith("\x1b[?2026h")
    assert steps[-1].sent.endswith("\x1b[?2026l")


async def test_the_cursor_goes_where_a_field_puts_it_with_every_frame() -> None:
    steps: list[tuple[int, int]] = []

    async def note(pilot: Pilot[None]) -> None:
        cursor = wire(pilot).terminal.glass.cursor
        assert (cursor.x, cursor.y) == tuple(pilot.app.cursor_position)
        steps.append((cursor.x, cursor.y))

    await played(Board(), note, keys("tab", "tab"), note, keys("left"), note)
    assert len(set(steps)) == 3


async def test_a_cursor_that_moves_over_unchanged_cells_is_sent_alone() -> None:
    async def move(pilot: Pilot[None]) -> None:
        pilot.app.cursor_position = Offset(6, 4)
        pilot.app.screen.refresh()

    steps = await played(Board(), move)
    assert steps[1].sent == "\x1b[5;7H"


async def test_every_frame_ends_with_the_look_reset() -> None:
    for step in await played(Board(), *SESSION[:8]):
        assert not step.sent or step.sent.rpartition("m")[0].endswith("\x1b[")
