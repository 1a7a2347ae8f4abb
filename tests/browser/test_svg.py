"""Pictures in a real browser: every text is measured as it is set, and none meets another or leaves the picture."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import needs
from books import followed, states
from gztrack.export.chart_picture import drawn
from gztrack.export.report import build
from gztrack.export.snapshot import render
from gztrack.export.svg_shapes import COLOURS, css
from gztrack.language import speaking
from gztrack.services.board.selecting import Selection
from gztrack.services.tracker import Tracker
from pictures import awkward

pytestmark = pytest.mark.slow

MEASURED = """() => [...document.querySelectorAll('text')].map(text => {
    const box = text.getBBox();
    return [text.textContent, box.x, box.y, box.width, box.height, parseFloat(text.getAttribute('font-size'))];
})"""


class Drawn(NamedTuple):
    """A text as the browser sets it; its height is that of letters, not of the line."""

    text: str
    left: float
    top: float
    right: float
    foot: float


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    """A page of a headless browser that may not reach anything."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        needs.missing("there is no playwright here: pip install playwright")
    path = needs.tool("chromium")
    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=path, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        context = browser.new_context(offline=True)
        yield context.new_page()
        browser.close()


def measured(page: Any, picture: bytes, path: Path) -> tuple[list[Drawn], float, float]:
    """Every text of a picture, and the size of that."""
    path.write_bytes(picture)
    page.goto(path.as_uri())
    width, height = page.evaluate(
        "() => { const box = document.documentElement.viewBox.baseVal; return [box.width, box.height]; }"
    )
    found = []
    for text, x, y, wide, high, size in page.evaluate(MEASURED):
        base = y + high * 0.8
        found.append(Drawn(text, x, base - size * 0.8, x + wide, base + size * 0.2))
    return [one for one in found if one.text], width, height


def meeting(found: list[Drawn]) -> list[tuple[str, str]]:
    """Texts that overlap by more than half a pixel."""
    return [
        (one.text, two.text)
        for one, two in combinations(found, 2)
        if min(one.right, two.right) - max(one.left, two.left) > 0.5
        and min(one.foot, two.foot) - max(one.top, two.top) > 0.5
    ]


def pictures(tracker: Tracker) -> Iterator[tuple[str, bytes]]:
    """The board, and the chart of every indicator."""
    yield "board", render(tracker, "svg")
    for row in tracker.board().rows:
        yield row.id, render(tracker, "svg", only=Selection(frozenset({row.id})), chart=row.id)


@pytest.mark.parametrize("tongue", ["en", "zh"])
@pytest.mark.parametrize("book", [followed, states, awkward])
def test_no_text_meets_another_or_leaves_the_picture(
    page: Any, tmp_path: Path, book: Any, tongue: str
) -> None:
    with speaking(tongue):
        made = list(pictures(book()))

    for name, picture in made:
        found, width, height = measured(page, picture, tmp_path / "x.svg")
        assert len(found) > 8, name
        assert meeting(found) == [], name
        outside = [
            one for one in found if one.left < 0 or one.top < 0 or one.right > width or one.foot > height
        ]
        assert outside == [], name


def test_in_a_document_a_chart_takes_the_colours_of_the_style_sheet(page: Any) -> None:
    chart = drawn(build(followed(), charted=True).charts["5g-base-stations"], "5G", paint=css, explained=True)
    sheet = ":root { " + "".join(f"--{role}: {colour}; " for role, colour in COLOURS.items()) + "}"
    page.goto("about:blank")
    page.set_content(f"<!doctype html><style>{sheet} .dark {{ --accent: #8ab4f8 }}</style><p>{chart}</p>")

    fill = "() => getComputedStyle(document.querySelector('circle')).stroke"
    assert page.evaluate(fill) == "rgb(26, 95, 180)"
    page.evaluate("() => document.querySelector('p').classList.add('dark')")
    assert page.evaluate(fill) == "rgb(138, 180, 248)"
    assert (
        page.get_by_role("img").get_attribute("aria-label").startswith("5G: unit stations; 4 readings from")
    )
