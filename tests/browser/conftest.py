"""A real Chromium that opens pages from files, and has no network to open anything else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from books import followed, states
from gztrack.export.snapshot import render
from gztrack.language import speaking
from needs import tool
from opening import Opened

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip


# Not for the session: while Playwright is there, its event loop runs, and tests of other modules have their own.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, started once a module."""
    program = tool("chromium")
    without = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS), env={**without})
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Snapshots of both databases, in English and in Chinese."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, tracker in (("followup", followed()), ("states", states())):
        for language in ("en", "zh"):
            path = found[f"{name}.{language}"] = folder / f"{name}.{language}.html"
            with speaking(language):
                path.write_bytes(render(tracker, "html"))
    return found


@pytest.fixture
def opened(chromium: Browser, pages: dict[str, Path]) -> Iterator[Callable[..., Opened]]:
    """Opens a page: ``opened("states.en", width=320, scheme="dark")``."""
    contexts = []

    def open_page(name: str | Path, width: int = 1280, scheme: str = "light") -> Opened:
        path = name if isinstance(name, Path) else pages[name]
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            offline=True,
        )
        contexts.append(context)
        page: Page = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path.as_uri())
        return Opened(page, path, asked, said)

    yield open_page
    for context in contexts:
        context.close()
