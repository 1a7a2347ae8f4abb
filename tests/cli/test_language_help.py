"""Help and errors of the command line in Chinese."""

from __future__ import annotations

import re

import pytest

from gztrack import language
from gztrack.cli import catalogue
from gztrack.cli.main import main
from gztrack.export.cells import cells

from .conftest import Cli

MODULES = ("manage", "amend", "target", "show")
COMMANDS = [
    name for name, (module, _) in catalogue.COMMANDS.items() if module in MODULES or name == "targets"
]

TYPED = """
ASCII COLUMNS LANG en zh toml CSV DB DIR DUE GZTRACK HIGH ID JSON LOW NAME PERIOD READING TARGET TinyDB VALUE
at least more than most less between about ansi auto dark light mono config cron csv html json md png svg txt xlsx
linear open sdg un chart level flow rate up down cumulative last none usual unknown nev output gztrack
met late missed cannot tell superseded dropped no reading not assessable verdict drop Schema bash zsh fish
SSH SIGTERM ctrl help
"""
KNOWN = {*TYPED.split(), *catalogue.COMMANDS, *catalogue.TOPICS}
"""Metavars, and words that are typed as they are."""

PER_LINE = re.compile(r"^  (?:-\w, )?(?:--[a-z-]+|[A-Z]+)(?: [A-Z.]+)?(?=  |$)", re.MULTILINE)


@pytest.fixture(autouse=True)
def _asked_by_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line chooses its language anew each time."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


def english(text: str) -> set[str]:
    """English words that are neither names of options nor typed."""
    text = re.sub(r"^  gztrack (?:.*\\\n)*.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"--?[a-z][a-z-]*", "", text)
    return set(re.findall("[A-Za-z]{2,}", text)) - KNOWN


def helped(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What help says in Chinese."""
    assert main(words) == 0
    return capsys.readouterr().out


def test_the_overview_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    said = helped(capsys, "--help")
    assert said.startswith("用法：gztrack [选项] [命令] ...\n")
    assert not english(said)
    assert "\n  undo           撤销最近的操作\n" in said


@pytest.mark.parametrize("columns", ["60", "80", "120"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_is_chinese_and_fits(
    command: str, columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    said = helped(capsys, command, "--help")
    about = said.partition("\n\n")[2]
    assert not english(PER_LINE.sub("", about))
    assert all(cells(line) <= int(columns) for line in said.partition("示例：")[0].splitlines())


def test_help_stands_in_columns_of_cells(capsys: pytest.CaptureFixture[str]) -> None:
    said = helped(capsys, "archive", "--help")
    assert said.startswith(
        "用法：gztrack archive ID [--undo]\n\n将指标归档，不再显示于看板；内容全部保留，--undo 可恢复。\n\n位置参数：\n"
    )
    found = [re.fullmatch(r"(  \S.*?  +)(\S.*)", line) for line in said.splitlines()]
    told = {match[1].split("  ")[1]: match[2] for match in found if match}
    assert (
        told.items()
        >= {"ID": "指标", "--undo": "恢复", "--as NAME": "记录人", "-h, --help": "本帮助"}.items()
    )
    assert len({cells(match[1]) for match in found if match}) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["shwo"], "没有“shwo”这个命令；是否指“show”？gztrack --help 可列出全部命令"),
        (["xyzzy"], "没有“xyzzy”这个命令；gztrack --help 可列出全部命令"),
        (["--thme", "dark"], "没有“--thme”这个选项；是否指“--theme”？"),
        (["--theme"], "--theme 需要一个值：--theme NAME"),
        (["--theme", "blue"], "--theme：没有“blue”这个主题；可选 dark、light、ansi、mono、auto"),
        (["show"], "show：缺少 ID；例如：gztrack show nev-capacity"),
        (["show", "x", "--db"], "show：--db 需要一个值，例如 --db=VALUE；例如：gztrack show nev-capacity"),
        (["show", "x", "--json=1"], "show：--json 不带值；例如：gztrack show nev-capacity"),
        (["show", "x", "y"], "show：“y”多余；例如：gztrack show nev-capacity"),
        (["show", "x", "--zzz"], "show 没有“--zzz”这个选项；gztrack show --help 可列出全部选项"),
        (["show", "x", "--method", "q"], "--method：没有“q”这个取值；可选 linear、open-sdg、un-chart"),
        (
            ["targets", "--verdict", "mised"],
            (
                "--verdict：没有“mised”这个取值；是否指“missed”？可选 未到期（open）、已达成（met）、"
                "逾期达成（met late）、未达成（missed）、无法判定（cannot tell）、已被取代（superseded）、"
                "已放弃（dropped）、无读数（no reading）、无法评估（not assessable）、未作判定（no verdict）"
            ),
        ),
        (["targets", "--due", "2022..2020"], "--due：止期早于起期，应写作 2020..2022"),
        (
            ["target", "x", "1", "--reason", "y"],
            "target：--reason 说明目标变动的原因；请指明该目标：--replaces TARGET",
        ),
        (
            ["edit", "--name", "x", "--unit", "y"],
            "edit：--name 和 --unit 是哪个指标的？请写明指标：gztrack edit ID --name ...；"  # noqa: ISC004
            "不带 ID 时只能用 --title 和 --method，作用于整个数据库",
        ),
    ],
)
def test_errors_are_chinese(cli: Cli, words: list[str], said: str) -> None:
    language.use("zh")
    ran = cli(*words)
    assert ran.code == 2
    assert ran.err == f"gztrack: {said}\n"


def test_the_field_that_an_error_is_about_is_named_in_chinese(cli: Cli) -> None:
    language.use("zh")
    ran = cli("target", "nev-capacity", "1.5m", "--due", "someday")
    assert ran.code == 2
    assert ran.err.startswith("gztrack: 到期")


@pytest.mark.parametrize("word", ["missed", "未达成"])
def test_a_verdict_may_be_asked_for_in_either_language(cli: Cli, word: str) -> None:
    language.use("zh")
    assert cli("targets", "--verdict", word).code == 0
    assert cli("targets", "--verdict", f"{word}，met").code == 0
