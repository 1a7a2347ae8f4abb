"""The board ends when it is asked to: by a signal, or because its terminal went away. Within a second.

What is being saved is finished, and its draft forgotten; long work is called off; what was typed
is kept already. Where that takes too long (a lock that somebody holds, a terminal that takes no
more) it ends all the same: a journal is made for that.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterable
from threading import Timer
from types import FrameType

from textual.app import ReturnType

from gztrack.errors import BY_SIGNAL, Ended
from gztrack.tui.desk import Desk
from gztrack.tui.longwork import LongWorkApp

PATIENCE = 0.9
"""Seconds from a signal to the end."""

_SAVING = 0.4
"""Seconds of them for what is being saved."""

_LOOK = 0.02


class EndingApp(LongWorkApp[ReturnType]):
    """An app that ends cleanly by itself when a signal asks it to.

    Attributes:
        ended_by: Number of the signal; 0 for none.
    """

    desk: Desk
    ended_by: int = 0

    def heed_signals(self, numbers: Iterable[int]) -> None:
        """Answer signals from now on, but those that whoever started the program has it ignore (``nohup``)."""
        for number in numbers:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._asked)

    def _asked(self, number: int, _: FrameType | None) -> None:
        """Begin to end; the loop may be busy, or stuck in writing to the terminal, so nothing waits for it."""
        if self._loop is None or self._loop.is_closed():
            raise Ended(number)
        if not self.ended_by:
            self._begin_to_end(number)

    def terminal_gone(self) -> None:
        """There is nobody left to show anything to; called in any thread."""
        if not self.ended_by:
            self._begin_to_end(signal.SIGHUP)

    def _begin_to_end(self, number: int) -> None:
        self.ended_by = number
        timer = Timer(PATIENCE, self._end_now)
        timer.daemon = True
        timer.start()
        if not any(map(os.isatty, (1, 2))):  # as the system tells once a terminal is gone
            _let_go()
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end_soon)

    def _end_soon(self) -> None:
        if self.desk.opening is not None:
            self.desk.opening.task.cancel()
        if self.at_hand is not None:
            self.at_hand.cancel()
        self._ending = asyncio.get_running_loop().create_task(self._end())

    async def _end(self) -> None:
        """End once what is being saved has been, as far as there is time for it."""
        for _ in range(int(_SAVING / _LOOK)):
            if all(each.is_finished for each in self.workers if each.group == "save"):
                break
            await asyncio.sleep(_LOOK)
        self.exit(return_code=BY_SIGNAL + self.ended_by)

    def _end_now(self) -> None:
        """Give the terminal back as it was, if it takes that, and end on the spot."""
        give_back = getattr(self._driver, "give_back", None)
        if give_back is not None:
            give_back()
        if self.desk.hooks is not None:
            self.desk.hooks.stop(at_once=True)
        os._exit(BY_SIGNAL + self.ended_by)


def _let_go() -> None:
    """Let everything that is still sent go nowhere: a terminal that is gone answers with errors."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(null, stream)
    os.close(null)
