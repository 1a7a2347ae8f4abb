"""The real program in a real pseudo-terminal, on a database of its own and a fixed day."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from terminal import Terminal, bare_environment

GZTRACK = [sys.executable, "-m", "gztrack"]
STATES = Path(__file__).parent.parent / "golden" / "states.csv"


class Place:
    """A database, and ways to run the program on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.env = {"GZTRACK_DB": str(path / "db"), "GZTRACK_TODAY": "2026-11-24", "HOME": str(path)}

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*GZTRACK, *words], env=bare_environment() | self.env, check=check, capture_output=True, text=True
        )

    def board(self, *words: str, columns: int = 80, rows: int = 24, **env: str) -> Terminal:
        """Open the board."""
        return Terminal(
            [*GZTRACK, *words], columns=columns, rows=rows, env=self.env | env, cwd=str(self.path)
        )


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a database of the seed; to be copied, not used."""
    made = Place(tmp_path_factory.mktemp("fresh"))
    made.run("init", "--tz", "UTC")
    return made.path


@pytest.fixture(scope="session")
def every_status(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a database of every status; to be copied, not used."""
    with STATES.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    for number, line in enumerate(lines):
        if line["kind"] == "indicator" and not line["name_zh"]:
            line["name_zh"] = "广州市新能源汽车、超高清视频、企业技术中心"[: number + 2] + "x" * (number % 2)
    made = Place(tmp_path_factory.mktemp("states"))
    told = made.path / "states.csv"
    with told.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0].keys())
        writer.writeheader()
        writer.writerows(lines)
    made.run("init", "--empty", "--tz", "UTC")
    made.run("import", "--yes", str(told))
    return made.path


@pytest.fixture
def place(tmp_path: Path, fresh: Path) -> Place:
    shutil.copytree(fresh, tmp_path, dirs_exist_ok=True)
    return Place(tmp_path)


@pytest.fixture
def states(tmp_path: Path, every_status: Path) -> Place:
    """Every status, and a Chinese name of another length for every indicator."""
    shutil.copytree(every_status, tmp_path, dirs_exist_ok=True)
    return Place(tmp_path)


@pytest.fixture
def opened(place: Place) -> Iterator[Callable[..., Terminal]]:
    """Opens boards that are closed after the test."""
    terminals: list[Terminal] = []

    def board(*words: str, ready: str = "q quit", **settings: object) -> Terminal:
        terminal = place.board(*words, **settings)  # type: ignore[arg-type]
        terminals.append(terminal)
        terminal.until("NEV output growth", ready)
        return terminal

    yield board
    for terminal in terminals:
        terminal.process.close(force=True)
