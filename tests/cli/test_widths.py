"""Text by cells: columns stand under each other and lines end where ``COLUMNS`` says, whatever the names.

Cells are counted by wcwidth, which the program does not use.
"""

from __future__ import annotations

import re

import pytest
from wcwidth import wcswidth

from .conftest import Cli

NAMES = {
    "latin": ("Bridges built", ""),
    "wide": ("新能源汽车产量（含插电式混合动力汽车与燃料电池汽车）", "新能源汽车产量"),
    "combining": ("Cafe\u0301s and x\u0302 factories", "咖啡馆"),
    "emoji": ("Buses 🚌🚌 and rockets 🚀", "公交车 🚌"),
    "halfwidth": ("ﾊﾝｶｸ ｶﾀｶﾅ and ＦＵＬＬ", "半角"),
    "hangul": ("전기 자동차", ""),
}


@pytest.fixture
def named(cli: Cli) -> Cli:
    """The seed with indicators whose names have characters of no cell, of one and of two."""
    for slug, (name, name_zh) in NAMES.items():
        chinese = ["--name-zh", name_zh] if name_zh else []
        cli.done("add", slug, "--name", name, *chinese, "--unit", "座", "--group", "混合 Mixed")
        cli.done(
            "log", slug, "1234", "--for", "2024", "--note", "据《广州日报》報道 🚀", "--source", "统计局"
        )
        cli.done(
            "target", slug, "5000", "--due", "2030", "--quote", "到2030年建成五千座", "--stated-by", "市政府"
        )
    return cli


def cells(text: str) -> int:
    found = wcswidth(text)
    assert found >= 0, text
    return found


def starts(line: str) -> set[int]:
    """Cells before each word of a line."""
    return {cells(line[: found.end()]) for found in re.finditer(r"\s+(?=\S)", line)}


@pytest.mark.parametrize("lang", ["en", "zh", "en,zh", "zh,en"])
@pytest.mark.parametrize("columns", ["80", "100", "160"])
def test_columns_of_the_status_stand_under_each_other(
    named: Cli, monkeypatch: pytest.MonkeyPatch, lang: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = named.done("status", "--lang", lang).out.splitlines()
    heading = lines[2]
    last = cells(heading[: heading.rindex(" ") + 1])
    rows = [line for line in lines[3:] if re.search(r"\s{2,}\S", line)]
    assert len(rows) == 12 + len(NAMES)
    for row in rows:
        assert last in starts(row), row


@pytest.mark.parametrize("lang", ["en", "zh", "en,zh"])
@pytest.mark.parametrize("columns", [40, 60, 80, 100, 160])
def test_no_line_runs_past_columns(
    named: Cli, monkeypatch: pytest.MonkeyPatch, lang: str, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for words in (
        ("status",),
        ("targets",),
        ("history", "wide"),
        ("history", "emoji"),
        ("show", "wide"),
        ("show", "combining"),
        ("why", "wide"),
        ("why", "tech-centres"),
    ):
        out = named.done(*words, "--lang", lang).out
        assert max(map(cells, out.splitlines())) <= columns, words


def test_nothing_is_cut_from_a_history_that_goes_into_a_file(named: Cli) -> None:
    assert "据《广州日报》報道" in named.done("history", "wide").out


@pytest.mark.parametrize("columns", ["", "0", "-5", "wide", "999999", "８０"])
def test_columns_that_say_nothing_are_as_none(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    usual = cli.done("status").out
    monkeypatch.setenv("COLUMNS", columns)
    assert cli.done("status").out == usual


@pytest.mark.parametrize("wish", [{"NO_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}, {"FORCE_COLOR": "1"}, {}])
def test_text_has_no_colours_whatever_the_environment_wishes(
    named: Cli, monkeypatch: pytest.MonkeyPatch, wish: dict[str, str]
) -> None:
    for name, value in {"TERM": "xterm-256color", **wish}.items():
        monkeypatch.setenv(name, value)
    for words in (
        ("status",),
        ("show", "wide"),
        ("targets",),
        ("why", "wide"),
        ("history", "wide"),
        ("--help",),
    ):
        assert "\x1b" not in named.done(*words).out
