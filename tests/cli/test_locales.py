"""The real program where the locale is not UTF-8: what can be shown is, and data is UTF-8 all the same."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from needs import missing
from terminal import bare_environment

from .conftest import SOURCES, TODAY, Program

LOCALES = {"zh_CN.GB18030": "gb18030", "zh_CN.GBK": "gbk", "en_US.ISO-8859-1": "latin-1"}
PLAIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""Plain ASCII, without what Python does about it."""

LOOKS = (
    ("status",),
    ("show", "nev-capacity"),
    ("targets",),
    ("history", "tech-centres"),
    ("why", "tech-centres"),
    ("--help",),
    ("log", "--help"),
    ("schema",),
    ("config",),
)


@pytest.fixture(scope="session")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A folder of locales made for these tests; None where the system has no sources for them."""
    tool = shutil.which("localedef")
    if tool is None:
        return None
    base = tmp_path_factory.getbasetemp()
    # Making them takes seconds: the first process that needs them does it for all that run the tests.
    made = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "locales"
    made.mkdir(exist_ok=True)
    with (made / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for name in LOCALES:
            language, _, charset = name.partition(".")
            words = [tool, "-i", language, "-f", charset, str(made / "new")]
            if (made / name).exists():
                continue
            if subprocess.run(words, capture_output=True, check=False).returncode > 1:
                return None
            (made / "new").rename(made / name)
    return made


def surroundings(locales: Path | None, name: str) -> dict[str, str]:
    """The environment of somebody with this locale; at least its streams where there is none of that name."""
    if name == "C":
        return PLAIN
    if locales is None:
        return {"LANG": name, "LC_ALL": name, "PYTHONIOENCODING": LOCALES[name]}
    return {"LC_ALL": name, "LOCPATH": str(locales)}


@pytest.mark.parametrize("name", [*LOCALES, "C"])
def test_every_look_is_in_the_encoding_of_the_locale(
    program: Program, locales: Path | None, name: str
) -> None:
    for words in LOOKS:
        ran = program(*words, env=surroundings(locales, name))
        assert (ran.returncode, ran.stderr) == (0, b""), words
        assert ran.stdout.decode(LOCALES.get(name, "ascii")).strip()


@pytest.mark.parametrize("name", ["zh_CN.GB18030", "zh_CN.GBK"])
def test_who_can_read_chinese_is_answered_in_it(program: Program, locales: Path | None, name: str) -> None:
    told = program("status", env=surroundings(locales, name)).stdout.decode(LOCALES[name])
    assert "新能源汽车年产能" in told
    assert "无读数" in told


@pytest.mark.parametrize("name", ["en_US.ISO-8859-1", "C"])
def test_where_glyphs_lack_bars_are_ascii(program: Program, locales: Path | None, name: str) -> None:
    told = program("status", "nev-capacity", env=surroundings(locales, name)).stdout
    assert told.isascii()
    assert b"?" not in told.replace(b"2020-12-31?", b"")
    assert b">=300" in told


@pytest.mark.parametrize("name", [*LOCALES, "C"])
def test_data_for_programs_is_utf8_in_every_locale(program: Program, locales: Path | None, name: str) -> None:
    for words in (("status", "--json"), ("snapshot", "-f", "json"), ("export", "-f", "csv", "-o", "-")):
        assert "新能源汽车年产能" in program(*words, env=surroundings(locales, name)).stdout.decode("utf-8")


@pytest.mark.parametrize("name", [*LOCALES, "C"])
def test_an_error_is_one_line_of_the_locale(program: Program, locales: Path | None, name: str) -> None:
    ran = program("log", "nev-capacty", "1", env=surroundings(locales, name))
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (2, b"", 1)
    assert "nev-capacity" in ran.stderr.decode(LOCALES.get(name, "ascii"))


def _typed(database: Path, env: dict[str, str], *words: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run with words as a terminal sends them."""
    there = {
        "GZTRACK_DB": str(database),
        "GZTRACK_TODAY": TODAY,
        "PYTHONPATH": SOURCES,
        "HOME": str(database),
    }
    return subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"gztrack", *words],
        env=bare_environment() | there | env,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


def test_what_is_typed_in_the_encoding_of_the_locale_is_kept(
    program: Program, locales: Path | None, tmp_path: Path
) -> None:
    if locales is None:
        missing("there is no locale in which to type: apt-get install locales")
    env = surroundings(locales, "zh_CN.GB18030")
    note = "统计局公报".encode("gb18030")
    ran = _typed(tmp_path / "db", env, b"log", b"tech-centres", b"500", b"--for", b"2025", b"--note", note)
    assert ran.returncode == 0
    history = json.loads(program("history", "tech-centres", "--json").stdout)
    assert history[-1]["note"] == "统计局公报"


@pytest.mark.parametrize("option", [b"--note", b"--source"])
def test_what_the_locale_cannot_decode_is_refused_and_not_lost(
    program: Program, tmp_path: Path, option: bytes
) -> None:
    program("status")
    before = (tmp_path / "db" / "facts.jsonl").read_bytes()
    text = "统计局公报".encode("gb18030")
    words = (b"log", b"tech-centres", b"500", b"--for", b"2025", option, text)
    ran = _typed(tmp_path / "db", {"LC_ALL": "C.UTF-8"}, *words)
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (2, b"", 1)
    assert b"is no text in the locale's encoding" in ran.stderr
    assert (tmp_path / "db" / "facts.jsonl").read_bytes() == before


def test_a_database_may_have_a_name_that_the_locale_cannot_decode(tmp_path: Path) -> None:
    place = os.fsencode(tmp_path) + b"/\xd6\xd0"
    for words in ((b"init",), (b"log", b"tech-centres", b"500", b"--for", b"2025"), (b"status",)):
        ran = _typed(tmp_path, {"LC_ALL": "C.UTF-8"}, b"--db", place, *words)
        assert (ran.returncode, ran.stderr) == (0, b"")
    assert os.path.exists(place + b"/facts.jsonl")
