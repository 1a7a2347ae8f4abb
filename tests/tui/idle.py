"""Waits until a board has nothing left to do, and no longer: Textual's own pilot sleeps and judges by the processor.

It takes a process that used little of the processor for a fiftieth of a second for an idle one, twice a key. That is
most of the time which tests of a screen take, and wrong on a loaded machine, where a busy process gets little too."""

from __future__ import annotations

import asyncio
from asyncio import BaseEventLoop
from time import monotonic, process_time

from textual._context import active_app
from textual._wait import SLEEP_GRANULARITY, SLEEP_IDLE
from textual.constants import MAX_FPS

_A_MOMENT = 0.001
_SOON = 2.5 / MAX_FPS
"""A screen paints in frames, and with one that was missed the next is two away."""


async def wait_for_idle(min_sleep: float = SLEEP_GRANULARITY, max_sleep: float = 1) -> None:
    """Wait until the event loop has nothing to do, nothing is due in the next frames, and no thread is asked.

    Args:
        min_sleep: The least time to wait.
        max_sleep: The most time to wait, as where a test keeps a thread from ending.
    """
    loop = asyncio.get_running_loop()
    assert isinstance(loop, BaseEventLoop)
    began = looked = monotonic()
    used = process_time()
    while True:
        await _until_nothing_is_ready(loop)
        now = monotonic()
        if now - began >= max_sleep:
            return
        if now - began >= min_sleep and not _something_due(loop):
            if not _at_work():
                return
            if now - looked >= SLEEP_GRANULARITY:  # a thread that waits for the test itself
                if process_time() - used < SLEEP_IDLE:
                    return
                looked, used = now, process_time()
        await asyncio.sleep(_A_MOMENT)


async def _until_nothing_is_ready(loop: BaseEventLoop) -> None:
    """Let everybody else run; twice, since what threads and files have to say comes in between."""
    still = 0
    while still < 2:
        await asyncio.sleep(0)
        still = 0 if loop._ready else still + 1  # type: ignore[attr-defined]


def _something_due(loop: BaseEventLoop) -> bool:
    soon = loop.time() + _SOON
    timers: list[asyncio.TimerHandle] = loop._scheduled  # type: ignore[attr-defined]
    return any(timer.when() <= soon and not timer.cancelled() for timer in timers)


def _at_work() -> bool:
    """Whether the app awaits what it asked of a thread; boards ask in workers only."""
    app = active_app.get(None)
    return app is not None and any(not worker.is_finished for worker in app.workers)
