"""Draws the README's tour: the real program in a real terminal, keys pressed one after the other.

Run by ``make screenshots``. The day is fixed; what is shown is what was on the screen.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from animation import Frame, animated, frame
from gztrack.services.databases.opening import initialise
from gztrack.storage.locations import Location
from terminal import Terminal

TARGET = Path(__file__).resolve().parents[1] / "screenshots" / "tour.svg"
COLUMNS, LINES = 100, 30

STEPS: list[tuple[str, list[str], float]] = [
    ("gztrack: what an article said, each figure with its source, each target with its words", [], 3.5),
    ("i: what was published since comes in, as one action", ["i"], 3.5),
    ("j: one row down; the detail follows", ["j", "j", "j", "j", "j"], 3),
    ("enter: everything about one indicator", ["enter"], 4),
    ("escape, w: the sums behind its status, with the numbers filled in", ["escape", "w"], 4),
    ("escape, p: the ledger, what became of every promise", ["escape", "p"], 4),
    ("j: who stated it, in what words, and what came of it", ["j", "j", "j"], 4),
    ("escape, [: the board as of an earlier day", ["escape", "[", "["], 3.5),
    ("t: today again; /: find by name, in English or Chinese", ["t", "/", *"centres"], 2.5),
    (
        "enter, l: log a reading; values and periods as people write them",
        ["enter", "l", *"640", "tab", *"2025"],
        3,
    ),
    ("enter: saved, with one sync to the disk", ["enter"], 3),
    ("g: set a goal, and see at once how it stands", ["g", *">=750", "tab", *"2028"], 3.5),
    ("enter: a bar, one percentage, one word", ["enter"], 3.5),
    ("u: taken back; nothing is ever lost", ["u"], 2.5),
]
"""What the caption says, the keys that are pressed, and for how many seconds it is shown."""


def tour(folder: str) -> list[Frame]:
    """Play the tour on a new database."""
    path = f"{folder}/guangzhou"
    initialise(Location(path, named=True), zone="Asia/Shanghai")
    command = [str(Path(sys.executable).with_name("gztrack")), "--db", path, "--as", "analyst"]
    frames = []
    with Terminal(
        command, columns=COLUMNS, rows=LINES, env={"GZTRACK_TODAY": "2026-11-24", "HOME": folder}
    ) as terminal:
        terminal.until("? help")
        for caption, keys, seconds in STEPS:
            for key in keys:
                terminal.press(key)
                terminal.settle(0.4)
            terminal.settle(0.5)
            frames.append(frame(terminal.display, caption, seconds))
    return frames


def main() -> None:
    """Draw screenshots/tour.svg."""
    with tempfile.TemporaryDirectory() as folder:
        picture = animated(tour(folder), COLUMNS, LINES)
    TARGET.write_text(picture, "utf-8")
    sys.stdout.write(f"{TARGET.name}: {len(picture.encode()) // 1024} kB\n")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
