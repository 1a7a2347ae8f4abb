"""When the terminal may show anything, all is sent again; and Textual's own way, where ours does not fit."""

from __future__ import annotations

from typing import Any

import pytest
from textual import _compositor, events
from textual.geometry import Size
from textual.pilot import Pilot

from gztrack.tui import frames_names
from tui.test_frames import (
    COLUMNS,
    LINES,
    Board,
    Step,
    Wire,
    keys,
    know_the_terminal,
    played,
    resize,
    size,
    wire,
)


@pytest.fixture(autouse=True)
def _a_known_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    know_the_terminal(monkeypatch)


async def scribble(pilot: Pilot[None]) -> None:
    wire(pilot).terminal.scribble()


async def repaint(pilot: Pilot[None]) -> None:
    await pilot.app.run_action("repaint")


def spoiled(step: Step) -> bool:
    return any(cell[0] == "#" for row in step.shown for cell in row)


@pytest.mark.parametrize("plain_frames", [True, False])
async def test_ctrl_l_repaints_whole(plain_frames: bool) -> None:
    steps = await played(Board(plain_frames=plain_frames), scribble, keys("ctrl+l"))
    assert spoiled(steps[1])
    assert steps[2].shown == steps[0].shown


async def test_ctrl_l_repaints_what_lies_under_a_dialog_too() -> None:
    steps = await played(Board(), keys("f2"), scribble, repaint)
    assert spoiled(steps[2])
    assert steps[3].shown == steps[1].shown


async def test_a_resize_to_the_same_size_repaints_whole() -> None:
    """A terminal that was stopped and started again reports its size, and may show anything."""
    steps = await played(Board(), scribble, resize(COLUMNS, LINES))
    assert steps[2].shown == steps[0].shown


async def test_a_resize_there_and_back_repaints_whole() -> None:
    """Textual sees no new size then, but the terminal may have lost what the smaller one had no room for."""

    async def there_and_back(pilot: Pilot[None]) -> None:
        await scribble(pilot)
        for columns, lines in ((COLUMNS - 9, LINES), (COLUMNS, LINES)):
            pilot.app.post_message(events.Resize(Size(columns, lines), Size(columns, lines)))
            await pilot._wait_for_screen()
        await pilot.pause(0.2)

    steps = await played(Board(), there_and_back)
    assert steps[1].shown == steps[0].shown


async def test_a_terminal_that_tells_its_size_in_pixels_is_not_painted_again_for_it() -> None:
    async def tell(pilot: Pilot[None]) -> None:
        pilot.app.post_message(events.Resize.from_dimensions((COLUMNS, LINES), (800, 480)))

    steps = await played(Board(), tell, scribble, tell)
    assert steps[1].sent == ""
    assert steps[3].shown == steps[0].shown


async def test_after_a_stop_everything_is_painted_again() -> None:
    async def resume(pilot: Pilot[None]) -> None:
        await scribble(pilot)
        pilot.app.post_message(Wire.SignalResume())

    steps = await played(Board(), resume)
    assert steps[1].shown == steps[0].shown


async def test_after_another_program_had_the_terminal_everything_is_painted_again() -> None:
    async def suspend(pilot: Pilot[None]) -> None:
        with pilot.app.suspend():
            await scribble(pilot)

    steps = await played(Board(), suspend)
    assert steps[1].shown == steps[0].shown


def test_the_private_names_are_there_in_the_pinned_textual() -> None:
    assert frames_names.differences() == []
    assert frames_names.private_names() is not None
    assert Board().sends_cells


@pytest.mark.parametrize("name", frames_names.SHAPES)
def test_another_shape_of_any_name_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(frames_names.SHAPES, name, ("self", "something", "else"))
    assert frames_names.differences() == [name]
    assert not Board().sends_cells


def test_a_compositor_that_moved_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames_names, "COMPOSITOR", "textual._somewhere_else")
    assert frames_names.private_names() is None


async def test_without_the_names_frames_are_sent_in_textuals_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    class LayoutUpdate(_compositor.LayoutUpdate):
        """An update that calls its rows something else."""

        def __init__(self, lines: Any, region: Any) -> None:
            super().__init__(lines, region)

    plain = await played(Board(plain_frames=True), keys("down"), keys("f2"))
    ours = await played(Board(), keys("down"), keys("f2"))
    monkeypatch.setattr(_compositor, "LayoutUpdate", LayoutUpdate)
    fallen_back = await played(Board(), keys("down"), keys("f2"))
    assert frames_names.differences() == ["LayoutUpdate"]
    assert [step.shown for step in fallen_back] == [step.shown for step in plain]
    assert all(size(own) > 2 * size(cells) for own, cells in zip(fallen_back, ours, strict=True))


def test_plain_frames_can_be_forced() -> None:
    assert not Board(plain_frames=True).sends_cells
