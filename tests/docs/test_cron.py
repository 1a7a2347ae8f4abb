"""The crontab line and the systemd units of the README, run as cron and systemd run them."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from gztrack.services.databases.seeding import article_seed, read_seed
from gztrack.storage.creation import create
from needs import tool

ROOT = Path(__file__).resolve().parents[2]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [text for kind, text in FENCED.findall((ROOT / "README.md").read_text("utf-8")) if not kind]
DATABASE = "/srv/figures/guangzhou"
FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
"""Least and greatest minute, hour, day of the month, month and day of the week of a crontab line."""

KEYS = {
    "Unit": {"Description"},
    "Service": {"Type", "ExecStart"},
    "Timer": {"OnCalendar", "Persistent"},
    "Install": {"WantedBy"},
}
"""What the units may say; systemd passes over a key that it does not know, and so must not be trusted to tell."""


Run = Callable[[Path, Path], "subprocess.CompletedProcess[str]"]


class Line(NamedTuple):
    """A line of a crontab: five fields of time, and what is run then."""

    fields: list[str]
    command: str


def crontab() -> tuple[dict[str, str], Line]:
    """The settings and the one line of the crontab that checks."""
    (block,) = [text for text in BLOCKS if re.search(r"^[0-9*].* check\b", text, re.MULTILINE)]
    settings: dict[str, str] = {}
    lines: list[Line] = []
    for line in block.splitlines():
        if setting := re.fullmatch(r"(\w+)=(.*)", line):
            settings[setting[1]] = setting[2]
        else:
            *fields, command = line.split(maxsplit=5)
            lines.append(Line(fields, command))
    (line,) = lines
    return settings, line


def units() -> dict[str, str]:
    """Name of each unit file to its text."""
    (block,) = [text for text in BLOCKS if "[Timer]" in text and "gztrack" in text]
    parts = re.split(r"^# (\S+\.(?:service|timer))\n", block, flags=re.MULTILINE)
    assert parts[0] == ""
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def unit(ending: str) -> configparser.ConfigParser:
    """The one unit of a kind, parsed."""
    (text,) = [text for name, text in units().items() if name.endswith(ending)]
    found = configparser.ConfigParser(strict=True, interpolation=None, delimiters=("=",))
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read_string(text)
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home where pipx or uv has put the program."""
    tools = tmp_path / "home" / ".local" / "bin"
    tools.mkdir(parents=True)
    (tools / "gztrack").symlink_to(Path(sys.executable).parent / "gztrack")
    return tmp_path / "home"


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    """A database without an alarm, whatever the day: the seed's dates had passed when it was made."""
    seed = read_seed(article_seed())
    made = tmp_path / "quiet"
    create(str(made), seed.title, seed.tz, (seed.transaction,))
    return made


@pytest.fixture
def alarmed(home: Path, quiet: Path, tmp_path: Path) -> Path:
    """A database with an alarm on any day until 2199: a figure that falls where it should rise."""
    made = tmp_path / "alarmed"
    shutil.copytree(quiet, made)
    for words in (
        ["log", "tech-centres", "400", "--for", "2022"],
        ["log", "tech-centres", "300", "--for", "2024"],
        ["target", "tech-centres", "700", "--due", "2199"],
    ):
        done = bare(home, [str(home / ".local/bin/gztrack"), "--db", str(made), *words])
        assert (done.returncode, done.stderr) == (0, "")
    return made


def bare(home: Path, command: list[str], **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command with no more of an environment than cron and systemd give: no TERM, no LANG."""
    surroundings = {"HOME": str(home), "LOGNAME": "officer", "PATH": "/usr/bin:/bin", **settings}
    return subprocess.run(
        command,
        cwd=home,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def by_cron(home: Path, database: Path) -> subprocess.CompletedProcess[str]:
    settings, line = crontab()
    command = line.command.replace(DATABASE, str(database))
    assert command != line.command
    return bare(home, ["/bin/sh", "-c", command], SHELL="/bin/sh", **settings)


def by_systemd(home: Path, database: Path) -> subprocess.CompletedProcess[str]:
    words = unit(".service")["Service"]["ExecStart"].replace("%h", str(home))
    assert "%" not in words
    return bare(home, shlex.split(words.replace(DATABASE, str(database))))


def is_time(field: str, least: int, greatest: int) -> bool:
    """Whether a field of a crontab line is a list of ``*``, numbers and ranges, each with a step or not."""
    for part in field.split(","):
        found = re.fullmatch(r"(?:\*|(\d+)(?:-(\d+))?)(?:/(\d+))?", part)
        if not found or found[3] == "0":
            return False
        numbers = [int(number) for number in found.groups()[:2] if number]
        if numbers != sorted(numbers) or not all(least <= number <= greatest for number in numbers):
            return False
    return True


@pytest.mark.parametrize("field", ["60", "-1", "5-2", "*/0", "a", "", "1,", "1-"])
def test_a_field_that_is_no_minute_is_told(field: str) -> None:
    assert is_time("0-30/10,45", 0, 59)
    assert not is_time(field, 0, 59)


def test_the_crontab_line_says_when() -> None:
    _, line = crontab()
    assert [is_time(field, *span) for field, span in zip(line.fields, FIELDS, strict=True)] == [True] * 5


def test_the_crontab_line_has_no_percent_sign_which_cron_takes_for_a_line_end() -> None:
    assert "%" not in crontab()[1].command


def test_the_crontab_needs_no_path_of_its_own() -> None:
    settings, line = crontab()
    assert "PATH" not in settings
    assert line.command.startswith("$HOME/.local/bin/gztrack ")


@pytest.mark.parametrize("run", [by_cron, by_systemd])
def test_nothing_is_said_and_so_nothing_mailed_when_all_is_well(run: Run, home: Path, quiet: Path) -> None:
    done = run(home, quiet)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("run", [by_cron, by_systemd])
def test_an_alarm_is_said_on_one_line_and_ends_with_1(run: Run, home: Path, alarmed: Path) -> None:
    done = run(home, alarmed)
    assert (done.returncode, done.stderr) == (1, "")
    (line,) = [line for line in done.stdout.splitlines() if not line.startswith("stale")]
    assert line.startswith("moving-away  tech-centres")
    assert line.isascii() == (run is by_cron)


@pytest.mark.parametrize("run", [by_cron, by_systemd])
def test_a_database_that_is_not_there_is_no_alarm_and_not_well(run: Run, home: Path, tmp_path: Path) -> None:
    done = run(home, tmp_path / "moved")
    assert (done.returncode, done.stdout) == (4, "")
    assert "no database there" in done.stderr


def test_the_units_are_a_service_and_its_timer() -> None:
    assert list(units()) == ["gztrack-check.service", "gztrack-check.timer"]
    for ending, sections in ((".service", ["Unit", "Service"]), (".timer", ["Unit", "Timer", "Install"])):
        found = unit(ending)
        assert found.sections() == sections
        for section in sections:
            assert set(found[section]) <= KEYS[section]
    assert unit(".service")["Service"]["Type"] == "oneshot"
    assert unit(".timer")["Install"]["WantedBy"] == "timers.target"


def test_the_timer_says_when() -> None:
    days = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
    when = unit(".timer")["Timer"]["OnCalendar"]
    assert re.fullmatch(rf"(?:{days}(?:\.\.{days})? )?(?:[01]\d|2[0-3]):[0-5]\d", when)


def test_systemd_itself_finds_nothing_wrong_with_the_units(home: Path) -> None:
    analyze = tool("systemd-analyze", "systemd")
    for name, text in units().items():
        (home / name).write_text(text)
    done = bare(
        home,
        [analyze, "--user", "verify", *(f"./{name}" for name in units())],
        XDG_RUNTIME_DIR=str(home),
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
