"""``man``: everything that is declared is on the page, as it is typed, and the page that is installed is this one."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from gztrack.cli.catalogue import COMMANDS
from gztrack.cli.declared import commands, options_of_all, options_of_board
from gztrack.cli.roff import example, line, literal, prose, usage
from gztrack.cli.topics import TOPICS
from gztrack.services.screens import ANYWHERE, SCREENS
from needs import missing, tool

from .conftest import Cli

ROOT = Path(__file__).parents[2]
PAGES = {"en": ROOT / "src/gztrack/man" / "gztrack.1", "zh": ROOT / "src/gztrack/man" / "gztrack.zh.1"}


@pytest.fixture(scope="session")
def mandoc() -> str:
    return tool("mandoc")


def rendered(mandoc: str, path: Path) -> str:
    """The page as a terminal of 80 columns shows it, without its bold and underlined letters."""
    ran = subprocess.run(
        [mandoc, "-Tutf8", "-Owidth=80", str(path)], capture_output=True, check=True, text=True, timeout=60
    )
    return re.sub(".\b", "", ran.stdout)


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_that_is_installed_is_what_the_program_prints(cli: Cli, lang: str) -> None:
    assert cli.done("--lang", lang, "man").out == PAGES[lang].read_text("utf-8"), "run: make man"


def test_a_wheel_installs_the_pages_where_man_looks() -> None:
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert hatch["shared-data"] == {
        "src/gztrack/man/gztrack.1": "share/man/man1/gztrack.1",
        "src/gztrack/man/gztrack.zh.1": "share/man/zh_CN/man1/gztrack.1",
    }


@pytest.mark.parametrize("lang", PAGES)
def test_readers_find_nothing_wrong_with_the_page(mandoc: str, lang: str) -> None:
    ran = subprocess.run(
        [mandoc, "-Tlint", "-Wwarning", str(PAGES[lang])], capture_output=True, text=True, timeout=60
    )
    assert (ran.returncode, ran.stdout) == (0, "")


@pytest.mark.parametrize("lang", PAGES)
def test_what_is_typed_is_shown_as_it_is_typed(mandoc: str, lang: str) -> None:
    """Joined, since lines end where they have to: every option, every example, with straight quotes and hyphens."""
    page = rendered(mandoc, PAGES[lang])
    words = set(page.split())
    for name, _, parser in commands():
        assert f"gztrack {name}" in page
        assert set(" ".join(parser.examples).split()) <= words
        for option in parser.options:
            assert words & {option.names[0], f"{option.names[0]},"}, (name, option.names)
    for option in (*options_of_all(), *options_of_board()):
        assert option.names[0] in words
    assert not set("‘’“”‐−") & set(re.sub("“[^”]*”", "", page))


@pytest.fixture(scope="session")
def groff() -> str:
    found = tool("groff")
    if not macros(found):
        missing("groff has no macros of man here: apt-get install groff")
    return found


def macros(groff: str) -> bool:
    """Whether the macros of man are there: Debian's base has a groff without them."""
    return subprocess.run([groff, "-man", "-z"], input=b"", capture_output=True, timeout=60).stderr == b""


def shown(reader: str, path: Path, columns: int) -> str:
    """The page at a width, by either reader, without its bold and underlined letters."""
    command = {
        "groff": ["groff", "-K", "utf8", "-Tutf8", "-man", "-P-c", f"-rLL={columns}n", str(path)],
        "mandoc": ["mandoc", "-Tutf8", f"-Owidth={columns}", str(path)],
    }
    ran = subprocess.run(command[reader], capture_output=True, check=True, text=True, timeout=60)
    return re.sub(".\b", "", ran.stdout)


@pytest.mark.parametrize("columns", [60, 80, 100])
@pytest.mark.parametrize("reader", ["groff", "mandoc"])
@pytest.mark.parametrize("lang", PAGES)
def test_nothing_that_is_copied_is_torn_apart(
    request: pytest.FixtureRequest, lang: str, reader: str, columns: int
) -> None:
    request.getfixturevalue(reader)
    page = shown(reader, PAGES[lang], columns)
    assert not re.search("[\N{HYPHEN}\N{SOFT HYPHEN}]|[a-zA-Z]-$", page, re.MULTILINE)
    words = set(re.findall(r"[\w$-]+", page))
    assert {name for name in words if name.startswith("--")} >= {
        option.names[0] for command in commands() for option in command.parser.options
    }
    assert {"SSH_ORIGINAL_COMMAND", "XDG_CONFIG_HOME", "LC_MESSAGES"} <= words


@pytest.mark.parametrize("reader", ["groff", "mandoc"])
@pytest.mark.parametrize("lang", PAGES)
def test_every_example_can_be_pasted_as_it_is_shown(
    request: pytest.FixtureRequest, lang: str, reader: str
) -> None:
    request.getfixturevalue(reader)
    page = shown(reader, PAGES[lang], 80)
    pasted = re.sub(r" \\\n +", " ", page)
    lines = {line.strip() for line in pasted.splitlines()}
    assert {line for command in commands() for line in command.parser.examples} <= lines
    assert {
        line for topic in TOPICS.values() for part in topic if part.typed for line in part.text.split("\n")
    } <= lines
    assert any(line.startswith("gztrack status --json | jq -r '.[] |") for line in lines)


def test_every_topic_has_its_section(mandoc: str) -> None:
    headings = re.findall(r"^[A-Z][A-Z ]+$", rendered(mandoc, PAGES["en"]), re.MULTILINE)
    at = headings.index("HOOKS")
    assert headings[at : at + 3] == ["HOOKS", "A SHARED HOST", "SIGNALS"]


def test_every_key_of_every_screen_is_on_the_page(mandoc: str) -> None:
    keys = rendered(mandoc, PAGES["en"]).partition("\nKEYS")[2].partition("\nFILES")[0]
    told = " ".join(keys.split())
    for action in (action for actions in SCREENS.values() for action in actions if action.keys):
        assert f" {', '.join(action.keys)} {action.title} " in told
    assert all(f" {action.keys[0]}" in told for action in ANYWHERE)


def test_no_line_of_the_page_is_wider_than_eighty_columns_but_a_command_line(mandoc: str) -> None:
    wide = [each for each in rendered(mandoc, PAGES["en"]).splitlines() if len(each) > 80]
    assert all("gztrack" in each for each in wide)
    assert len(wide) < 3


def test_every_command_has_its_section_in_order(mandoc: str) -> None:
    headings = re.findall(r"^   (\S+) - ", rendered(mandoc, PAGES["en"]), re.MULTILINE)
    assert headings == list(COMMANDS)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("--only 'a b'", r"\-\-only \(aqa b\(aq"),
        ("C:\\x", r"C:\ex"),
        ("~/x ^ `y`", r"\(ti/x \(ha \(gay\(ga"),
        ('"quoted"', r"\(dqquoted\(dq"),
    ],
)
def test_signs_stay_what_they_are(text: str, made: str) -> None:
    assert literal(text) == made


@pytest.mark.parametrize("text", [".TH x", "'TH x"])
def test_no_text_is_taken_for_a_macro(text: str) -> None:
    assert line(literal(text)).startswith((r"\&.", r"\(aq"))
    assert not any(each.startswith((".", "'")) for each in prose(f"{'word ' * 15}{text} {text}").splitlines())


def test_usage_tells_what_is_typed_from_what_stands_for_something() -> None:
    assert usage("ID [--for PERIOD]") == r"\fIID\fR [\fB\-\-for\fR\ \fIPERIOD\fR]"


def test_a_long_example_goes_on_on_another_line() -> None:
    made = example(f"gztrack log x 1 --note '{'- word ' * 5}' --source 'somebody'")
    assert made.splitlines()[3:5] == [
        r"gztrack log x 1 \-\-note \(aq" + r"\- word " * 5 + r"\(aq \e",
        r"    \-\-source \(aqsomebody\(aq",
    ]
