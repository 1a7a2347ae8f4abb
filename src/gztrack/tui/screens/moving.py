"""The keys that move a cursor, for every screen that has one."""

from __future__ import annotations

from typing import Protocol

from gztrack.tui.screens.host import Host


class Course(Protocol):
    """What a cursor moves over: a list of rows, of promises, of facts."""

    cursor: int

    @property
    def stops(self) -> int:
        """How many places there are for the cursor."""
        ...

    @property
    def page_step(self) -> int:
        """Places that a page key moves by."""
        ...


class Moving(Host):
    """The moves of a registry, with counts; where the cursor may stand is the course's affair."""

    @property
    def course(self) -> Course:
        """What the cursor moves over."""
        raise NotImplementedError

    def go(self, index: int) -> None:
        """Put the cursor on a place, or on the nearest there is."""
        raise NotImplementedError

    def action_down(self) -> None:
        """Go down by the count."""
        self.go(self.course.cursor + self.count())

    def action_up(self) -> None:
        """Go up by the count."""
        self.go(self.course.cursor - self.count())

    def action_first(self) -> None:
        """Go to the first place."""
        self.go(0)

    def action_last(self) -> None:
        """Go to the last place, or to the one with the count's number."""
        self.go(self.count(self.course.stops) - 1)

    def action_page_down(self) -> None:
        """Go down by pages."""
        self.go(self.course.cursor + self.count() * self.course.page_step)

    def action_page_up(self) -> None:
        """Go up by pages."""
        self.go(self.course.cursor - self.count() * self.course.page_step)
