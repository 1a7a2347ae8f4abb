"""Draws screenshots/ from the real program: real keys into the real board, on databases made here.

Run by ``make screenshots``. The day is fixed, so the same tree gives the same pictures.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from gztrack import language
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


async def draw(
    name: str,
    tracker: Tracker,
    size: tuple[int, int],
    keys: Sequence[str],
    *,
    plain: bool = False,
    theme: str = "dark",
    lang: str = "en",
    names: tuple[str, ...] = (),
) -> None:
    """Open the board, press keys, keep what the screen shows."""
    language.use(lang, names=names)
    app = build(tracker, ascii=plain, theme=theme)
    async with app.run_test(size=size) as pilot:
        await steady(pilot)
        for key in keys:
            if len(key) > 1 and key.startswith("'"):
                await pilot.press(*key[1:])
            else:
                await pilot.press(key)
            await steady(pilot)
        picture = app.export_screenshot(title="gztrack")
    (TARGET / f"{name}.svg").write_text(self_contained(picture), "utf-8")
    sys.stdout.write(f"{name}.svg\n")


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


async def main() -> None:
    """Draw every picture."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log_form = ["l", "'250k", "tab", "'2020-Q2"]
        await draw("board-as-seeded", database(folder, "a"), (120, 40), [])
        await draw("board-after-logging", database(folder, "b"), (120, 40), [*log_form, "enter"])
        await draw("log-form", database(folder, "c"), (120, 40), log_form)
        await draw("goal-form", told(folder, "d"), (120, 40), [*["j"] * 8, "g", "'>=800", "tab", "'2030"])
        await draw("board-80x24", database(folder, "e"), (80, 24), [])
        await draw("board-after-import", told(folder, "f"), (120, 40), ["j"] * 8)
        await draw("detail", told(folder, "g"), (120, 40), [*["j"] * 5, "enter"])
        await draw("ledger", told(folder, "j"), (120, 40), ["p", "end", "k"])
        await draw("why", told(folder, "k"), (120, 40), [*["j"] * 8, "w"])
        await draw("detail-80x24", told(folder, "l"), (80, 24), [*["j"] * 8, "enter"])
        await draw("light", told(folder, "m"), (120, 40), ["j"] * 8, theme="light")
        await draw("detail-light", told(folder, "n"), (120, 40), [*["j"] * 8, "enter"], theme="light")
        await draw("ledger-light", told(folder, "o"), (120, 40), ["p", "end", "k"], theme="light")
        await draw("terminal-colours", told(folder, "p"), (80, 24), ["j"] * 8, theme="ansi")
        await draw("monochrome", told(folder, "q"), (80, 24), ["j"] * 8, theme="mono")
        await draw("chinese-names", told(folder, "r"), (100, 30), ["j"] * 8, names=("zh",))
        await draw(
            "chinese-names-light", told(folder, "s"), (100, 30), ["j"] * 8, names=("zh",), theme="light"
        )
        await draw("wide", told(folder, "t"), (200, 60), ["j"] * 8)
        await draw(
            "several-readings",
            told(folder, "u"),
            (120, 40),
            ["L", "'2026-Q3", "tab", "tab", "'1.9m", *["tab"] * 5, "'97k"],
        )
        await draw("palette", told(folder, "v"), (80, 24), ["ctrl+p", "'tech"])
        await draw("filter", told(folder, "w"), (80, 24), ["slash", "'5g"])
        await draw("folded", told(folder, "x"), (80, 24), ["Z"])
        await draw("by-status", told(folder, "y"), (80, 24), ["v"])
        await draw("log-error", told(folder, "z"), (80, 24), ["l", "'1,23", "tab", "'2024-Q5"])
        await draw(
            "guard", told(folder, "aa"), (80, 24), [*["j"] * 8, "l", "'64000", "tab", "'2026-06", "enter"]
        )
        await draw("earlier", told(folder, "bb"), (80, 24), ["[", "["])
        await draw("new-indicator", told(folder, "cc"), (80, 24), ["n"])
        await draw("snapshot-form", told(folder, "dd"), (80, 24), ["x"])
        await draw("too-small", told(folder, "ee"), (50, 14), [])
        await draw("help", database(folder, "h"), (80, 24), ["?"])
        await draw("ascii-80x24", told(folder, "i"), (80, 24), ["j"] * 8, plain=True)


if __name__ == "__main__":
    asyncio.run(main())
