"""Time travel: the keys that step the date everything is reckoned as of, on whatever screen shows it."""

from __future__ import annotations

from datetime import date
from functools import partial

from gztrack.language import tr
from gztrack.tui.screens.host import Host


class Traveller(Host):
    """A screen whose as-of date steps by reporting periods; one date serves all screens."""

    def action_earlier(self) -> None:
        """Go back in time by reporting periods."""
        self.later(partial(self._travel, -self.count()), "board")

    def action_later(self) -> None:
        """Go forward in time by reporting periods."""
        self.later(partial(self._travel, self.count()), "board")

    async def _travel(self, by: int) -> None:
        lens = self.desk.lens
        before = lens.as_of or self.desk.book.today
        day = await self.desk.call(self._stepped, before, by)
        if day == before:
            self.say(tr("no reading is older than this") if by < 0 else tr("this is today"), "muted")
            return
        lens.as_of = None if day == self.desk.book.today else day
        await self.catch_up()

    def _stepped(self, day: date, by: int) -> date:
        for _ in range(abs(by)):
            further = self.desk.book.step(day, 1 if by > 0 else -1)
            if further == day:
                break
            day = further
        return day

    def action_today(self) -> None:
        """Come back to today."""
        if self.desk.lens.as_of is not None:
            self.desk.lens.as_of = None
            self.later(self.catch_up, "board", exclusive=True)
