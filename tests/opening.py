"""A page that a real browser has opened, with what it asked for and said meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Opened(NamedTuple):
    """An open page.

    Attributes:
        asked: Addresses of every request.
        said: What came to the console, errors among it.
    """

    page: Page
    path: Path
    asked: list[str]
    said: list[str]

    def measured(self, script: str, *arguments: object) -> Any:
        """What a function of JavaScript returns in the page."""
        return self.page.evaluate(script, *arguments)
