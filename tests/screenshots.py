"""Draws screenshots/ from the real program: real keys into the real board, on databases made here.

Run by ``make screenshots``. The day is fixed, so the same tree gives the same pictures.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from itertools import product
from pathlib import Path
from typing import NamedTuple

from textual.pilot import Pilot

from gztrack import language
from gztrack.export.snapshot import render
from gztrack.services.board.selecting import Selection
from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.services.entering.entries import GoalEntry, LogEntry
from gztrack.services.tracker import Tracker
from gztrack.storage.locations import Location
from gztrack.tui.app import build

TARGET = Path(__file__).resolve().parents[1] / "screenshots"
TODAY = date(2026, 11, 24)


def database(folder: Path, name: str) -> Tracker:
    """A database as `make run` makes it."""
    place = Location(str(folder / name), named=True)
    initialise(place, zone="UTC")
    return open_tracker(place, author="analyst", login="analyst", today=TODAY, writing=True)


def told(folder: Path, name: str) -> Tracker:
    """The same with the follow-up figures, two readings more and a goal in the future."""
    tracker = database(folder, name)
    tracker.import_pack()
    for period, value in (("2022", "560"), ("2025", "640")):
        tracker.log(LogEntry("tech-centres", value, period, source="yearbook"))
    plan = GoalEntry("tech-centres", stated_by="city plan", source="five-year plan")
    tracker.set_target(plan._replace(value=">=700", due="2027", quote="700 centres within the plan"))
    moved = plan._replace(value=">=750", due="2028", replaces="tech-centres@2027", reason="mid-term review")
    tracker.set_target(moved)
    tracker.log(LogEntry("key-labs-national", "21", "2025", source="yearbook"))
    tracker.set_target(GoalEntry("key-labs-national", "25", "2027", source="city plan"))
    return tracker


async def draw(path: Path, tracker: Tracker, picture: Picture, theme: str) -> None:
    """Open the board, press keys, keep what the screen shows."""
    app = build(tracker, ascii=picture.plain, theme=theme)
    async with app.run_test(size=picture.size) as pilot:
        await steady(pilot)
        for key in picture.keys:
            if len(key) > 1 and key.startswith("'"):
                await pilot.press(*key[1:])
            else:
                await pilot.press(key)
            await steady(pilot)
        drawn = app.export_screenshot(title="gztrack")
    path.write_text(self_contained(drawn), "utf-8")
    sys.stdout.write(f"{path.relative_to(TARGET)}\n")


async def steady(pilot: Pilot[None]) -> None:
    """Wait until workers and animations are done."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.05)


def self_contained(picture: str) -> str:
    """The picture without fonts from elsewhere, and with ids that do not change from run to run."""
    picture = re.sub(r"@font-face\s*\{.*?\}", "", picture, flags=re.DOTALL)
    picture = picture.replace("Fira Code", "DejaVu Sans Mono, Noto Sans Mono, Menlo, Consolas")
    return re.sub(r"terminal-\d+", "terminal", picture)


class Picture(NamedTuple):
    """One picture.

    Attributes:
        name: Of its file.
        size: Columns and lines.
        keys: Keys to press; ``'text`` is typed.
        seeded: On the database as it is made; else with the follow-up figures and more.
        theme: Where it is about one; else it is drawn dark and light.
        plain: ASCII marks.
        names: Where it is about them; else it is drawn in every language.
    """

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...]
    seeded: bool = False
    theme: str = ""
    plain: bool = False
    names: tuple[str, ...] = ()


PACK = "db/guangzhou-followup.csv"
TO_CENTRES = ("j",) * 8
LOGGED = ("l", "'250k", "tab", "'2020-Q2")
PICTURES = (
    Picture("board-as-seeded", (120, 40), (), seeded=True),
    Picture("board-80x24", (80, 24), (), seeded=True),
    Picture("board-after-import", (120, 40), TO_CENTRES),
    Picture("board-after-logging", (120, 40), (*LOGGED, "enter"), seeded=True),
    Picture("wide", (200, 60), TO_CENTRES),
    Picture("detail", (120, 40), (*["j"] * 5, "enter")),
    Picture("detail-80x24", (80, 24), (*TO_CENTRES, "enter")),
    Picture("ledger", (120, 40), ("p", "end", "k")),
    Picture("why", (120, 40), (*TO_CENTRES, "w")),
    Picture("log-form", (120, 40), LOGGED, seeded=True),
    Picture("log-error", (80, 24), ("l", "'1,23", "tab", "'2024-Q5")),
    Picture("guard", (80, 24), (*TO_CENTRES, "l", "'64000", "tab", "'2026-06", "enter")),
    Picture("goal-form", (120, 40), (*TO_CENTRES, "g", "'>=800", "tab", "'2030")),
    Picture("new-indicator", (80, 24), ("n",)),
    Picture("snapshot-form", (80, 24), ("x",)),
    Picture("snapshot-preview", (120, 40), ("x", "ctrl+y")),
    Picture("import-list", (80, 24), ("i", f"'{PACK}", "enter")),
    Picture("several-readings", (120, 40), ("L", "'2026-Q3", "tab", "tab", "'1.9m", *["tab"] * 5, "'97k")),
    Picture("palette", (80, 24), ("ctrl+p", "'tech")),
    Picture("filter", (80, 24), ("slash", "'5g")),
    Picture("folded", (80, 24), ("Z",)),
    Picture("by-status", (80, 24), ("v",)),
    Picture("earlier", (80, 24), ("[", "[")),
    Picture("help", (80, 24), ("?",), seeded=True),
    Picture("too-small", (50, 14), ()),
    Picture("terminal-colours", (80, 24), TO_CENTRES, theme="ansi"),
    Picture("monochrome", (80, 24), TO_CENTRES, theme="mono"),
    Picture("ascii-80x24", (80, 24), TO_CENTRES, theme="dark", plain=True),
    Picture("names-in-both", (120, 40), TO_CENTRES, theme="dark", names=("en", "zh")),
)


def reports(folder: Path) -> None:
    """Draw what snapshots look like: the page in a real browser, where there is one, and the chart of an indicator."""
    tracker = told(folder, "report")
    for lang in ("en", "zh"):
        language.use(lang)
        place = TARGET / ("" if lang == "en" else lang)
        chart = render(
            tracker, "svg", only=Selection(frozenset({"5g-base-stations"})), chart="5g-base-stations"
        )
        (place / "chart.svg").write_bytes(chart)
        page = folder / f"page-{lang}.html"
        page.write_bytes(render(tracker, "html"))
        if browse(page, place / "snapshot.png"):
            sys.stdout.write(f"{lang}: snapshot.png\n")


def browse(page: Path, picture: Path) -> bool:
    """Look at the top of a page with Chromium; False where there is none."""
    program = shutil.which("chromium")
    if program is None:
        sys.stdout.write("no chromium: snapshot.png stays as it was\n")
        return False
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
               "--disable-background-networking", "--window-size=1280,1600"]  # fmt: skip
    command = [program, *options, f"--screenshot={picture}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)
    return True


async def main() -> None:
    """Draw every picture: dark, in ``light/``, and in Chinese in ``zh/`` and ``zh/light/``; and the reports."""
    with tempfile.TemporaryDirectory() as folder:
        reports(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        for lang, theme in product(("en", "zh"), ("dark", "light")):
            place = TARGET / ("" if lang == "en" else lang) / ("" if theme == "dark" else theme)
            place.mkdir(parents=True, exist_ok=True)
            for picture in PICTURES:
                if (picture.theme and theme != "dark") or (picture.names and lang != "en"):
                    continue
                prepare = database if picture.seeded else told
                language.use(lang, names=picture.names)
                tracker = prepare(Path(folder), f"{lang}-{theme}-{picture.name}")
                await draw(place / f"{picture.name}.svg", tracker, picture, picture.theme or theme)


if __name__ == "__main__":
    asyncio.run(main())
