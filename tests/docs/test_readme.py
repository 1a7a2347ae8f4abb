"""Every command of the README is run as it stands, in order, and what it shows is what comes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from needs import tool

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
HOST = [text for kind, text in BLOCKS if kind == "sh" and ("authorized_keys" in text or "track@host" in text)]
"""How a shared host is set up, and what people type then: tests/ssh/test_shared_host.py does both."""


def commands(text: str) -> list[str]:
    """The commands of a block: a line each, or as many as a document for standard input (<<) takes."""
    found: list[str] = []
    ends = ""
    for line in text.splitlines():
        if ends:
            found[-1] += f"\n{line}"
            ends = "" if line == ends else ends
        elif line.strip() and not line.startswith("#"):
            found.append(line)
            begun = re.search(r"<<'(\w+)'$", line)
            ends = begun[1] if begun else ""
    assert not ends, f"no line {ends}"
    return found


COMMANDS = [
    command for kind, text in BLOCKS if kind == "sh" and text not in HOST for command in commands(text)
]
ELSEWHERE = {
    "make run": "tests/docs/test_fresh_clone.py",
    "make test": "CI",
    "ssh": "tests/ssh/test_ssh.py",
}
"""Commands that other tests run, with where."""


WITH_JQ = ("hooks/on-log", "/tmp/gztrack-tour-logged")
"""What lines of the hook that asks jq name; without one they are left out, for a hook that fails is told."""

HAS_JQ = shutil.which("jq") is not None


def is_elsewhere(line: str) -> bool:
    if not HAS_JQ and any(name in line for name in WITH_JQ):
        return True
    return any(line.startswith(start) for start in ELSEWHERE)


def environment(home: Path) -> dict[str, str]:
    tools = Path(sys.executable).parent
    return {
        "PATH": f"{tools}:{os.environ['PATH']}",
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "GZTRACK_TODAY": "2026-11-24",
        "COLUMNS": "100",
    }


def here(line: str, home: Path) -> str:
    """The line with places and the group that this machine has."""
    group = str(os.getgid())
    return (
        line.replace("/tmp/gztrack-tour", f"{home}/tour")
        .replace("/srv", str(home))
        .replace("officers", group)
    )


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every command's output, all run by one shell one after the other."""
    home = tmp_path_factory.mktemp("tour")
    lines = [here(line, home) for line in COMMANDS if not is_elsewhere(line)]
    script = "set -e\n" + "\n".join(f"echo '@@ {number}'\n{line}" for number, line in enumerate(lines))
    done = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout[-2000:] + done.stderr
    parts = re.split(r"^@@ (\d+)\n", done.stdout, flags=re.MULTILINE)[1:]
    raw = [line for line in COMMANDS if not is_elsewhere(line)]
    return {raw[int(number)]: text for number, text in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("line", [line for line in COMMANDS if not is_elsewhere(line)])
def test_the_command_runs(outputs: dict[str, str], line: str) -> None:
    assert line in outputs
    assert "Traceback" not in outputs[line]


def test_the_status_shown_is_the_status_printed(outputs: dict[str, str]) -> None:
    (shown,) = [text for kind, text in BLOCKS if "cannot tell" in text]
    (printed,) = [text for line, text in outputs.items() if line.startswith("gztrack status nev")]

    assert [line.rstrip() for line in shown.splitlines()] == [line.rstrip() for line in printed.splitlines()]


def said(outputs: dict[str, str], start: str) -> str:
    (text,) = [text for line, text in outputs.items() if line.startswith(start)]
    return text


def test_the_status_in_chinese_is_in_chinese(outputs: dict[str, str]) -> None:
    printed = said(outputs, "gztrack --lang zh status")

    assert "广州产业升级" in printed
    assert re.search("^. 新能源汽车年产能 +>100 万 +>200 万 .* 无法判定$", printed, re.MULTILINE)
    assert "indicator" not in printed


def test_names_in_both_are_in_both(outputs: dict[str, str]) -> None:
    printed = said(outputs, "gztrack --lang en,zh show nev-capacity")

    assert "NEV annual production capacity 新能源汽车年产能" in printed
    assert "读数" not in printed


@pytest.mark.parametrize("hook", ["on-log", "on-target"])
def test_a_hook_that_was_pasted_is_told(outputs: dict[str, str], hook: str) -> None:
    if hook == "on-log":
        tool("jq")
    (made,) = [line for line in outputs if f'hooks/{hook}" <<' in line]
    (file,) = re.findall("/tmp/gztrack-tour-[a-z]+.txt", made)
    told = said(outputs, f"cat {file}")
    if hook == "on-log":
        assert ("", told) in BLOCKS
    else:
        assert told == "ann set NEV annual production capacity 2030-12-31\n"


def test_a_document_for_standard_input_belongs_to_its_command() -> None:
    assert commands("a <<'END'\n# b\n\nEND\n# c\n\nd\n") == ["a <<'END'\n# b\n\nEND", "d"]


def test_the_screenshots_shown_are_there() -> None:
    for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / path).stat().st_size > 5_000


def test_the_shared_host_is_set_up_in_ten_lines() -> None:
    assert [len(text.splitlines()) for text in HOST] == [10, 5, 3]


def test_only_commands_that_other_tests_run_are_left_out() -> None:
    for line in COMMANDS:
        if line.startswith("make"):
            assert line.split("#")[0].strip() in ELSEWHERE


def test_every_name_in_the_text_is_one_of_the_program() -> None:
    from gztrack.cli.catalogue import COMMANDS as KNOWN

    for word in re.findall(r"`gztrack ([a-z]+)", README):
        assert word in {*KNOWN, "help"}, word
