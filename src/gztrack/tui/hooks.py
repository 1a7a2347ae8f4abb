"""Hooks of what is saved on the board: run behind it, one after the other, in a thread of their own."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from gztrack.errors import GztrackError
from gztrack.language import tr
from gztrack.storage.files import HOOKS

if TYPE_CHECKING:
    from gztrack.services.hooks import Call
    from gztrack.services.tracker import Tracker


class Hooks:
    """Has a database's hooks told what was saved, without anybody waiting for them.

    Args:
        quoting: Cite a hook's last words where it fails.

    Attributes:
        failures: One line about each that went wrong and nobody was told of yet.
    """

    def __init__(self, *, quoting: bool = True) -> None:
        """Start no thread before there is a hook to run."""
        self._quoting = quoting
        self.failures: list[str] = []
        self._pool: ThreadPoolExecutor | None = None
        self._running: list[Future[None]] = []
        self._cut = False

    def tell(self, book: Tracker) -> None:
        """Have the hooks told what a tracker has written since; called in the thread that writes."""
        if self._cut or not os.path.lexists(os.path.join(book.name, HOOKS)):
            book.announced.clear()
            return
        from gztrack.export.announcements import announced
        from gztrack.services.hooks import Leash

        try:
            calls = announced(book)
        except (GztrackError, OSError) as error:
            self.failures.append(tr("hooks: {why}; what was saved stays saved", why=error))
            return
        if self._pool is None:
            self._leash = Leash()
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="hooks")
        self._running = [each for each in self._running if not each.done()]
        self._running += [self._pool.submit(self._run, book.name, call) for call in calls]

    def _run(self, database: str, call: Call) -> None:
        from gztrack.services.hooks import run

        problem = run(database, call, leash=self._leash, quoting=self._quoting)
        if problem and not self._leash.cut:
            self.failures.append(problem)

    @property
    def waiting(self) -> int:
        """How many have not ended."""
        return sum(not each.done() for each in self._running)

    def finish(self) -> None:
        """Wait until all have ended."""
        if self._pool is not None:
            self._pool.shutdown()

    def stop(self, *, at_once: bool = False) -> None:
        """End the one that is at work, and start no other one.

        Args:
            at_once: Without asking it first.
        """
        self._cut = True
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._leash.end(at_once=at_once)
