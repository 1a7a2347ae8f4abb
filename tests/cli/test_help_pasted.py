"""Help that is pasted: long examples go on where a shell lets them, topics are told, and the overview fits."""

from __future__ import annotations

import shlex

import pytest

from gztrack.cli.catalogue import TOPICS, overview
from gztrack.cli.declared import commands
from gztrack.cli.pasting import pasteable
from gztrack.cli.topics import TOPICS as TOLD
from gztrack.export.cells import cells

from .conftest import Cli


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


EXAMPLES = [line for command in commands() for line in command.parser.examples]


@pytest.mark.parametrize("command", EXAMPLES)
@pytest.mark.parametrize("room", [40, 56, 76])
def test_a_shell_reads_a_folded_line_as_the_line_that_it_was(command: str, room: int) -> None:
    lines = pasteable(command, room)
    assert [
        line for line in lines[:-1] if shlex.split(line.removesuffix("\\"))[:1] == []
    ] == []  # no open quote
    assert shlex.split("\n".join(lines).replace("\\\n", "")) == shlex.split(command)


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("a b", ["a b"]),
        ("gztrack a --bee 'c d' --eee f", ["gztrack a --bee 'c d' \\", "    --eee f"]),
        ("gztrack status --json | jq -r .a", ["gztrack status --json \\", "    | jq -r .a"]),
        ("printf 'a' 'bbbbbbbbb' 'ccccccccc'", ["printf 'a' 'bbbbbbbbb' \\", "    'ccccccccc'"]),
        (
            "log x --source '广州统计局' --as ann",
            ["log x \\", "    --source '广州统计局' \\", "    --as ann"],
        ),
        (
            "one 'two three four five six seven eight'",
            ["one \\", "    'two three four five six seven eight'"],
        ),
        (
            "'two three four five six seven eight' b c",
            ["'two three four five six seven eight' \\", "    b c"],
        ),
    ],
)
def test_a_line_ends_where_a_reader_would_end_it(command: str, lines: list[str]) -> None:
    assert pasteable(command, 28) == lines


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", [command.name for command in commands()])
def test_no_line_of_a_command_s_help_is_wider_than_eighty_columns(cli: Cli, lang: str, name: str) -> None:
    told = cli.done("--lang", lang, name, "--help").out
    assert [line for line in told.splitlines() if cells(line) > 80] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_of_the_overview_is_wider_than_eighty_columns(cli: Cli, lang: str) -> None:
    told = cli.done("--lang", lang, "--help").out
    assert [line for line in told.splitlines() if cells(line) > 80] == []
    assert "129" in told


@pytest.mark.parametrize("topic", TOPICS)
def test_help_tells_about_a_topic(cli: Cli, topic: str) -> None:
    told = cli.done("help", topic).out
    assert told.split() != cli.done("--lang", "zh", "help", topic).out.split()
    assert all(cells(line) <= 80 for line in told.splitlines())
    for part in TOLD[topic]:
        if part.typed:
            assert " ".join(part.text.split()) in " ".join(told.replace("\\\n", "").split())


def test_the_overview_names_every_topic() -> None:
    assert all(f"\n  {name} " in overview() for name in TOLD)
    assert set(TOPICS) == set(TOLD)
