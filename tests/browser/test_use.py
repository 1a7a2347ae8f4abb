"""How a page is used: by keyboard, by ear, by following its sources, and on paper."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from books import followed, states
from gztrack.export.html.themes import DARK
from gztrack.export.svg_shapes import COLOURS
from needs import missing, tool
from opening import Opened

Opens = Callable[..., Opened]

BOARD = [
    "indicator",
    "reading",
    "period",
    "target",
    "due",
    "progress",
    "attainment",
    "path",
    "trend",
    "status",
]


def tree(found: Opened) -> list[dict[str, Any]]:
    """Chromium's own accessibility tree, what is ignored left out."""
    session = found.page.context.new_cdp_session(found.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [node for node in nodes if not node["ignored"]]


def named(nodes: list[dict[str, Any]], role: str) -> list[str]:
    return [node.get("name", {}).get("value", "") for node in nodes if node["role"]["value"] == role]


@pytest.mark.parametrize("width", [320, 1280])
def test_who_hears_the_page_has_landmarks_heads_and_names(opened: Opens, width: int) -> None:
    nodes = tree(opened("followup.en", width))
    roles = [node["role"]["value"] for node in nodes]

    assert [roles.count(role) for role in ("banner", "navigation", "main", "contentinfo")] == [1, 1, 1, 1]
    assert named(nodes, "columnheader")[: len(BOARD)] == BOARD
    rowheaders = " ".join(named(nodes, "rowheader"))
    assert all(row.name in rowheaders for row in followed().board().rows)
    assert all(named(nodes, "table"))
    assert all(named(nodes, "region"))
    pictures = [name for role in ("image", "img") for name in named(nodes, role)]
    assert len(pictures) >= 10
    assert all(pictures)


@pytest.mark.parametrize("name", ["followup.en", "states.zh"])
def test_headings_go_down_one_level_at_a_time(opened: Opens, name: str) -> None:
    levels = opened(name).measured(
        "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(each => Number(each.tagName[1]))"
    )

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_tab_key_reaches_everything_in_order_and_shows_where_it_is(opened: Opens) -> None:
    found = opened("followup.en")
    wanted = found.measured(
        "() => [...document.querySelectorAll('a[href], summary, [tabindex]')]"
        ".filter(each => each.tagName === 'SUMMARY' || !each.closest('details'))"
        ".map((each, place) => (each.dataset.place = place))"
    )

    reached = []
    for _ in wanted:
        found.page.keyboard.press("Tab")
        place, outline, wide, inside = found.measured(
            """() => {
              const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
              return [at.dataset.place, style.outlineStyle, parseFloat(style.outlineWidth),
                      box.bottom > 0 && box.top < innerHeight];
            }"""
        )
        reached.append(int(place))
        assert (outline, inside) == ("solid", True), place
        assert wide >= 2
    assert reached == list(range(len(wanted)))


def test_the_first_tab_skips_to_the_figures(opened: Opens) -> None:
    found = opened("followup.en", 320)

    found.page.keyboard.press("Tab")
    assert found.page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]
    found.page.keyboard.press("Enter")
    assert found.measured("() => location.hash") == "#main"


def test_a_footnote_leads_to_its_source_and_back(opened: Opens) -> None:
    found = opened("followup.en")

    found.page.locator(".board sup a").first.click()
    assert found.measured("() => document.querySelector(':target').id") == "source-1"
    source = found.page.locator("#source-1")
    assert source.bounding_box()["y"] < 900  # type: ignore[index]
    source.locator(".back a").first.click()
    assert found.measured("() => document.querySelector(':target').closest('table').className") == "board"


def test_the_readings_behind_a_chart_open_by_keyboard(opened: Opens) -> None:
    found = opened("followup.en")
    details = found.page.locator("details").last
    assert not details.locator("table").is_visible()

    details.locator("summary").focus()
    found.page.keyboard.press("Enter")

    assert details.locator("tbody tr").count() == 5
    assert details.locator("tbody tr").first.is_visible()


def test_on_paper_the_colours_are_light_whatever_the_screen_has(opened: Opens) -> None:
    found = opened("states.en", scheme="dark")
    colour = "() => getComputedStyle(document.documentElement).getPropertyValue('--off').trim()"

    assert found.measured(colour) == DARK["off"]
    found.page.emulate_media(media="print")
    assert found.measured(colour) == COLOURS["off"]


@pytest.mark.parametrize("name", ["followup.en", "states.zh"])
def test_it_prints_on_a4_with_nothing_cut_and_its_heads_on_every_page(
    opened: Opens, tmp_path: Path, name: str
) -> None:
    if not run("fc-list", ":lang=zh"):
        missing("there is no font for Chinese here: apt-get install fonts-noto-cjk")
    paper = tmp_path / "page.pdf"
    opened(name).page.pdf(path=paper, prefer_css_page_size=True)

    told = run("pdfinfo", paper)
    pages = int(re.findall(r"Pages:\s+(\d+)", told)[0])
    wide, high = map(float, re.findall(r"Page size:\s+([\d.]+) x ([\d.]+) pts \(A4\)", told)[0])
    assert (round(wide), round(high)) == (842, 595)
    assert 3 <= pages <= 10
    margin = 12 / 25.4 * 72 - 2
    for left, top, right, foot in re.findall(
        r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"',
        run("pdftotext", "-bbox", paper, "-"),
    ):
        assert margin <= float(left) <= float(right) <= wide - margin
        # The box of a word is as high as its font may ever get; its middle is where it stands.
        assert margin <= (float(top) + float(foot)) / 2 <= high - margin
    text = run("pdftotext", paper, "-").split("\f")
    whole = "".join("".join(text).split())
    for row in (followed if name.startswith("followup") else states)().board().rows:
        assert "".join((row.name_zh or row.name).split()) in whole
    head = {"en": "attainment", "zh": "完成度"}[name.rpartition(".")[2]]
    assert sum(head in page for page in text) == 2


def run(program: str, *arguments: object) -> str:
    package = "fontconfig" if program == "fc-list" else "poppler-utils"
    command = [tool(program, package), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout
