"""The desk closed: what was under way is finished, what comes after is called off, nothing is raised."""

from __future__ import annotations

import asyncio
import gc
import threading
from concurrent.futures import Future
from typing import cast

import pytest

from gztrack.services.tracker import Tracker
from gztrack.tui.desk import Desk
from tui.conftest import Started
from tui.fake import FakeTracker


def desk() -> Desk:
    return Desk(cast("Tracker", FakeTracker()), None)


async def test_a_closed_desk_calls_off_what_comes_after() -> None:
    closed = desk()
    closed.close()
    assert closed.submit(list).cancelled()
    with pytest.raises(asyncio.CancelledError):
        await closed.call(list)


def test_what_is_being_written_is_finished_and_what_waited_is_called_off() -> None:
    busy, go, started = desk(), threading.Event(), threading.Event()

    def write() -> str:
        started.set()
        go.wait(10)
        return "written"

    writing = busy.submit(write)
    waiting: Future[list[str]] = busy.submit(list)
    started.wait(10)
    busy.close()
    go.set()
    assert writing.result(10) == "written"
    assert waiting.cancelled()


async def test_the_board_may_be_left_before_it_has_read_on(board: Started) -> None:
    async with board() as b:
        b.app.desk.close()
        b.app._begin_to_read_on()
        await b.settle()


@pytest.mark.parametrize("keys", ["j", "enter", "p", "w", "l", "L", "t", "m", "["])
async def test_a_key_after_the_desk_was_closed_does_nothing(board: Started, keys: str) -> None:
    async with board(size=(120, 40)) as b:
        await (
            b.settle()
        )  # what is read at the start would be called off, which the test's own waiting takes for a fault
        b.app.desk.close()
        await b.press(keys)
        await b.settle()


async def test_the_collector_that_was_off_for_the_imports_runs_again(board: Started) -> None:
    gc.disable()
    try:
        async with board() as b:
            b.app._begin_to_read_on()
            await b.settle()
            assert gc.isenabled()
            assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.enable()
