"""Two people on one real database: a board of ann's, and bob in a session of his own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from gztrack.services.databases.seeding import article_seed, read_seed
from gztrack.services.entering.entries import GoalEntry
from gztrack.services.tracker import Tracker
from gztrack.storage.creation import create
from gztrack.storage.tinydb_store import TinyDBStore
from gztrack.tui.app import GztrackApp, build

TODAY = date(2026, 11, 24)
SLUG = "tech-centres"


class Two:
    """A running board of ann's and the sessions of others."""

    def __init__(self, directory: str, app: GztrackApp, pilot: Pilot[None]) -> None:
        self.directory = directory
        self.app = app
        self.pilot = pilot
        self.bob = self.session("bob")

    def session(self, author: str) -> Tracker:
        """Open another session."""
        return Tracker(TinyDBStore(self.directory), author=author, login=author, today=TODAY)

    async def settle(self) -> None:
        """Wait until nothing is left to do."""
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def hear(self) -> None:
        """Let the board look what others wrote, as it does twice a second."""
        self.app._look_around()
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Press keys one by one."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def find(self, slug: str = SLUG) -> None:
        """Put the cursor on an indicator."""
        self.app.screen.list.find(slug)  # type: ignore[attr-defined]
        await self.settle()

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    @property
    def footer(self) -> str:
        """The last line."""
        return self.text.splitlines()[-1]


@asynccontextmanager
async def two(path: Path, *, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Two]:
    """Open ann's board on the article's seed with one goal in it."""
    seed = read_seed(article_seed())
    directory = str(path / "db")
    create(directory, seed.title, seed.tz, (seed.transaction,))
    store = TinyDBStore(directory)
    ann = Tracker(store, author="ann", login="ann", today=TODAY)
    ann.set_target(GoalEntry(SLUG, ">=700", "2027"))
    app = build(ann, drafts=path / "drafts.json")
    async with app.run_test(size=size) as pilot:
        running = Two(directory, app, pilot)
        await running.settle()
        await running.find()
        yield running
