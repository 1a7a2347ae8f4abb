"""Pictures of the board as it is meant to look; ``pytest --snapshot-update`` draws them anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from gztrack.services.tracker import Tracker
from gztrack.tui.app import GztrackApp, build
from tui.fake import FakeTracker, first_run

Compare = Callable[..., bool]


def app(tracker: FakeTracker, **options: Any) -> GztrackApp:
    """A board that is not started yet."""
    return build(cast("Tracker", tracker), **options)


def typed(*steps: str) -> Callable[[Pilot[None]], Any]:
    """Press keys, and wait for the desk after the last: ``text:310k`` types."""

    async def run(pilot: Pilot[None]) -> None:
        for step in steps:
            keys = list(step.removeprefix("text:")) if step.startswith("text:") else [step]
            await pilot.press(*keys)
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 50)])
def test_every_status(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(app(FakeTracker()), terminal_size=size, run_before=typed("j"))


def test_first_run(snap_compare: Compare) -> None:
    assert snap_compare(
        app(FakeTracker(first_run(), first_run=True)), terminal_size=(80, 24), run_before=typed()
    )


def test_log_form(snap_compare: Compare) -> None:
    steps = typed("l", "text:310k", "tab", "text:2020-06")
    assert snap_compare(
        app(FakeTracker(first_run(), first_run=True)), terminal_size=(80, 24), run_before=steps
    )


def test_log_form_with_errors(snap_compare: Compare) -> None:
    steps = typed("5", "j", "l", "text:1,23", "tab", "text:2024-Q5")
    assert snap_compare(app(FakeTracker()), terminal_size=(80, 24), run_before=steps)


def test_goal_form(snap_compare: Compare) -> None:
    steps = typed("end", "g", "text:>=1.5m", "tab", "text:2027")
    assert snap_compare(app(FakeTracker()), terminal_size=(120, 40), run_before=steps)


def test_help(snap_compare: Compare) -> None:
    assert snap_compare(app(FakeTracker()), terminal_size=(80, 24), run_before=typed("question_mark"))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_ledger(snap_compare: Compare, size: tuple[int, int]) -> None:
    steps = typed("p", "6", "j")
    assert snap_compare(app(FakeTracker()), terminal_size=size, run_before=steps)


def test_ascii(snap_compare: Compare) -> None:
    board = app(FakeTracker(), ascii=True, theme="ansi")
    assert snap_compare(board, terminal_size=(80, 24), run_before=typed("j"))
