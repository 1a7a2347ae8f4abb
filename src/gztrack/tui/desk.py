"""Where screens hand in what they want of the tracker: one thread, one call after the other.

Writing waits for a lock and the disk, and a large board takes a moment; neither may hold up
a key. One thread is enough, keeps calls in order, and never touches a widget.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

from gztrack.domain.text import clean
from gztrack.light import NamedTuple
from gztrack.services.progress import Progress, Task
from gztrack.services.reader import Clocks
from gztrack.services.views import Board, Detail, Done

if TYPE_CHECKING:
    from gztrack.export.proof import Proof
    from gztrack.services.board.selecting import Selection
    from gztrack.services.explaining.views import Why
    from gztrack.services.permits import Permit
    from gztrack.services.tracker import Tracker
    from gztrack.tui.hooks import Hooks
    from gztrack.tui.ledgertext import Ledger
    from gztrack.tui.news import Heard

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

First = tuple[Board, Detail | None]
"""The first board, and the detail of its first row."""


class SnapshotWriter(Protocol):
    """Writes a snapshot of the board to a file, and shows it before."""

    def __call__(
        self,
        *,
        format: str,  # noqa: A002
        path: Path,
        as_of: date,
        method: str,
        force: bool,
        only: Selection,
        progress: Progress | None = None,
    ) -> Done:
        """Write one; ``force`` lets it overwrite a file, ``progress`` may call it off before."""
        ...

    def proof(
        self,
        *,
        format: str,  # noqa: A002
        as_of: date,
        method: str,
        only: Selection,
        width: int,
        ascii: bool,  # noqa: A002
        pictures: bool,
        progress: Progress | None = None,
    ) -> Proof:
        """What one would say; ``pictures`` renders formats too that are no text."""
        ...


class Opening(NamedTuple):
    """A database that is being read in a thread of its own.

    Attributes:
        tracker: Comes when it is read.
        task: How far that is; through it it is called off.
        permit: What the tracker's person may do, known before it comes; None for everything.
    """

    tracker: Future[Tracker]
    task: Task
    permit: Permit | None


class Lens:
    """How the board is looked at: as of when, and by which method.

    Attributes:
        as_of: None follows today.
        method: ``linear``, ``open-sdg`` or ``un-chart``; empty for each indicator's own.
        archived: Archived indicators are shown too.
    """

    def __init__(self) -> None:
        """Look at today, each indicator by its own method."""
        self.as_of: date | None = None
        self.method = ""
        self.archived = False


class Desk:
    """Runs calls of a tracker one after the other, away from the screen.

    Attributes:
        permit: What the person may do; None for everything.
        hooks: Are told what was saved; None where nobody is.
        seen: The tracker's `position` up to which the screens show what others wrote.
        proof: The snapshot that was looked at last, and all that it depends on; None for none.
    """

    def __init__(self, book: Tracker | Opening, snapshot: SnapshotWriter | None) -> None:
        """Open the desk.

        Args:
            book: The tracker, or one that is being opened.
            snapshot: Writes snapshots; None where there is no way to.
        """
        self.opening = book if isinstance(book, Opening) else None
        self._book = None if isinstance(book, Opening) else book
        self.permit = book.permit
        self.snapshot = snapshot if self.permit is None else None
        self.hooks: Hooks | None = None
        self.lens = Lens()
        self.offer = ""
        self.seen = 0
        self.proof: tuple[tuple[object, ...], Proof] | None = None
        self._closed = False
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="gztrack")

    @property
    def book(self) -> Tracker:
        """The tracker; whoever asks while it is being opened waits for it."""
        if self._book is None:
            assert self.opening is not None
            self._book = self.opening.tracker.result()
        return self._book

    @property
    def is_open(self) -> bool:
        """There is a tracker to ask."""
        return self._book is not None

    def begin(self) -> Future[First]:
        """Start on what the first screen shows, while the screen is still being set up."""
        return self._pool.submit(self._first)

    def _first(self) -> First:
        board = self.board()
        return board, self.detail(board.rows[0].id) if board.rows else None

    async def call(
        self, what: Callable[Arguments, Answer], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Answer:
        """Run something in the desk's thread and wait for it, keys being answered meanwhile."""
        return await asyncio.wrap_future(self.submit(what, *args, **kwargs))

    def submit(
        self, what: Callable[Arguments, Answer], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Future[Answer]:
        """Hand something in without waiting for it.

        Once the desk is closed nothing is taken: the answer is a call that was called off, as
        those are that were still waiting then, so that whoever awaits it ends as they do.
        """
        if not self._closed:
            return self._pool.submit(partial(self._done, what, *args, **kwargs))
        refused: Future[Answer] = Future()
        refused.cancel()
        return refused

    def close(self) -> None:
        """Take nothing more; what is being written is still finished."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def finish(self) -> None:
        """Take nothing more, and wait until what is being written is written."""
        self.close()
        self._pool.shutdown()

    # In the desk's thread

    def _done(
        self, what: Callable[Arguments, Answer], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Answer:
        """Do something; where that has written anything, its hooks are told, whichever screen asked for it."""
        answer = what(*args, **kwargs)
        if self.hooks is not None and self._book is not None and self._book.announced:
            self.hooks.tell(self._book)
        return answer

    def read_on(self) -> bool:
        """Read the facts where only a kept board is shown so far, and have a large database's board kept.

        Returns:
            Whether that was so: then the board is to be reckoned from the facts.
        """
        kept = not self.book.loaded
        self.book.load()
        self.book.keep_board()
        return kept

    def board(self) -> Board:
        """The board as it is looked at; what ``i`` offers is asked for along with it."""
        self.offer = clean(self.book.pack_offer) if self.permit is None else ""
        lens = self.lens
        return self.book.board(Clocks(as_of=lens.as_of), lens.method, archived=lens.archived)

    def detail(self, indicator: str) -> Detail:
        """One indicator as it is looked at, with its chart."""
        return self.book.detail(indicator, Clocks(as_of=self.lens.as_of), self.lens.method, charted=True)

    def why(self, indicator: str) -> Why:
        """The sums behind one indicator's status as it is looked at."""
        return self.book.why(indicator, Clocks(as_of=self.lens.as_of), self.lens.method)

    def heard(self) -> tuple[Heard, ...]:
        """What others wrote since the board was opened, the latest first."""
        from gztrack.services.days import time_in
        from gztrack.tui.news import Heard

        zone = self.book.store.tz
        return tuple(Heard(time_in(zone, news.at), news) for news in reversed(self.book.since(0)))

    def ledger(self, *, every: bool = False) -> Ledger:
        """Every target ever stated, as it is looked at; ``every`` adds entry errors."""
        from gztrack.tui.ledgertext import Ledger

        clocks = Clocks(as_of=self.lens.as_of)
        board = self.book.board(clocks, self.lens.method, archived=True)
        targets = self.book.ledger((), clocks, every=every)
        known = {row.id: row for row in board.rows}
        return Ledger(board.shown_title, targets, known, board.as_of, board.travelling, board.reckoned)
