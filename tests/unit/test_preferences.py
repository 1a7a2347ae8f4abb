"""The config file: what it says holds, what it says wrongly is named with its line, and never more than that."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack.services import actions, screens
from gztrack.services.example import example
from gztrack.services.personal import LARGEST, place, speech
from gztrack.services.preferences import preferences, understood


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({"XDG_CONFIG_HOME": "/x", "HOME": "/h"}, "/x/gztrack/config.toml"),
        ({"XDG_CONFIG_HOME": "x", "HOME": "/h"}, "/h/.config/gztrack/config.toml"),
        ({"XDG_CONFIG_HOME": "", "HOME": "/h"}, "/h/.config/gztrack/config.toml"),
    ],
)
def test_the_file_is_where_the_xdg_specification_puts_it(environ: dict[str, str], path: str) -> None:
    assert place(environ) == path


def test_without_a_file_everything_is_as_it_comes(tmp_path: Path) -> None:
    mine = preferences({"XDG_CONFIG_HOME": str(tmp_path)})
    assert (mine.exists, mine.theme, mine.ascii, mine.names, dict(mine.keys)) == (
        False,
        "auto",
        None,
        "auto",
        {},
    )
    assert mine.notice == ("", "")


def test_what_is_set_holds() -> None:
    mine = understood(
        "c",
        b'theme = "light"\nascii = false\nnames = "zh"\n[keys]\nlog = ["B", "ctrl+t"]\n[keys.detail]\npin = "b"\n',
    )
    assert (mine.theme, mine.ascii, mine.names) == ("light", False, "zh")
    assert mine.keys == {"board.log": "B,ctrl+t", "detail.log": "B,ctrl+t", "detail.pin": "b"}
    assert mine.problems == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('theme = "purple"', 'line 1: theme: has to be one of "auto", "dark", "light", "ansi", "mono"'),
        ("\n\ntheme = 3", 'line 3: theme: has to be one of "auto"'),
        ('ascii = "yes"', "line 1: ascii: has to be true or false, without quotes"),
        ("asci = true", "line 1: asci: no such setting: did you mean 'ascii'?"),
        (
            "[qqqqqqq]",
            "line 1: qqqqqqq: no such setting: there are theme, ascii, lang, numbers, names, [keys]",
        ),
        ('keys = "x"', "line 1: keys: is a section: [keys]"),
        ('# a\n[keys]\n\nlog = "g"', "line 4: keys.log: 'g' is the key of 'goal' on the board already"),
        ('[keys.detail]\n"pin" = "y"', "line 2: keys.detail.pin: 'y' is the key of 'copy' on the detail"),
        ('keys.detail.pin = "y"', "line 1: keys.detail.pin: 'y' is the key of 'copy' on the detail already"),
        (
            '[keys]\ndetail.pin = "y"',
            "line 2: keys.detail.pin: 'y' is the key of 'copy' on the detail already",
        ),
        ('[keys.leger]\nsort = "b"', "line 1: keys.leger: no such screen: did you mean 'ledger'?"),
        ('theme = "dark"\ntheme = "light"', "line 2: no TOML: cannot overwrite a value"),
        ("theme = dark", "line 1: no TOML: invalid value"),
        ("\n[keys", "line 2: no TOML: "),
        ('\x1b]52;c;QQ==\x07 = "\x1b[31m"', "no TOML: "),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(text: str, said: str) -> None:
    mine = understood("/home/ann/.config/gztrack/config.toml", text.encode())
    (problem,) = mine.problems
    assert problem.startswith("config.toml")
    assert said in problem
    assert problem.isprintable()
    assert (mine.theme, mine.ascii, mine.names, dict(mine.keys)) == ("auto", None, "auto", {})


def test_what_is_right_beside_what_is_wrong_holds() -> None:
    mine = understood("c", b'theme = "purple"\nnames = "zh"\n[keys]\nlog = "B"\ngoal = "5"\n')
    assert (mine.theme, mine.names, mine.keys["board.log"]) == ("auto", "zh", "B")
    assert len(mine.problems) == 2


def test_problems_come_in_the_order_of_their_lines() -> None:
    mine = understood("c", b'[keys]\nlog = "5"\n[keys.why]\nsort = "b"\n[colours]\n')
    assert [problem.split(":")[0] for problem in mine.problems] == ["c, line 2", "c, line 4", "c, line 5"]


def test_the_first_problem_and_how_many_more_go_on_the_board() -> None:
    mine = understood("config.toml", b'theme = "a"\nascii = 1\nnames = 2\n')
    assert mine.notice[0].startswith("config.toml, line 1: theme")
    assert mine.notice[1] == "gztrack config --check (2 more)"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'names = "zh"\n# \xff\xfe\n', "config.toml, line 2: is not UTF-8"),
        (b"#" * (LARGEST + 1), "is larger than any config file"),
        (b"a = " + b"[" * 100_000, "no TOML"),
        (b"a = " + b"1" * 5_000, "no TOML"),
    ],
)
def test_a_file_that_is_none_is_one_line(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "gztrack" / "config.toml"
    path.parent.mkdir()
    path.write_bytes(data)
    (problem,) = preferences({"XDG_CONFIG_HOME": str(tmp_path)}).problems
    assert said in problem


def test_a_directory_in_its_place_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "gztrack" / "config.toml").mkdir(parents=True)
    (problem,) = preferences({"XDG_CONFIG_HOME": str(tmp_path)}).problems
    assert problem.endswith("config.toml: is a directory")


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read() -> None:
    mine = understood("c", b'\xef\xbb\xbftheme = "mono"\r\n[keys]\r\nlog = "B"\r\n')
    assert (mine.theme, mine.keys["board.log"], mine.problems) == ("mono", "B", ())


def test_the_example_names_every_action_with_its_keys_and_changes_nothing() -> None:
    text = example()
    mine = understood("c", text.encode())
    assert (mine.problems, dict(mine.keys), mine.theme) == ((), {}, "auto")
    for screen, registry in screens.SCREENS.items():
        section = text.partition(f"\n[keys.{screen}]")[2].partition("\n[")[0]
        for action in registry:
            keys = ", ".join(f'"{key}"' for key in action.keys)
            assert f"# {action.name} = [{keys}]  # {action.title}" in section


def test_the_example_holds_with_every_line_taken_in() -> None:
    lines = [line[2:] if " = " in line and line.startswith("# ") else line for line in example().splitlines()]
    assert understood("c", "\n".join(lines).encode()).problems == ()


def test_every_registry_of_a_screen_has_a_section() -> None:
    registries = [value for value in vars(actions).values() if isinstance(value, tuple) and value]
    registries = [each for each in registries if isinstance(each[0], actions.Action)]
    assert len(registries) >= 4
    assert [each[0].title for each in registries if not screens.screen_of(each)] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", ("auto", "auto")),
        (b'lang = "zh"\n', ("zh", "auto")),
        (b"  lang='en' # of every word\r\nnumbers = \"zh\"\r\n", ("en", "zh")),
        (b'# lang = "zh"\n', ("auto", "auto")),
        (b'lang = "fr"\nnumbers = 3\n', ("auto", "auto")),
        (b'theme = "dark"\n[keys]\nlang = "zh"\n', ("auto", "auto")),
        (b'\xff\nlang = "zh"\n', ("zh", "auto")),
    ],
)
def test_every_command_learns_the_language_without_reading_the_rest(
    tmp_path: Path, text: bytes, said: tuple[str, str]
) -> None:
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert speech(environ) == ("auto", "auto")
    (tmp_path / "gztrack").mkdir()
    (tmp_path / "gztrack" / "config.toml").write_bytes(text)
    assert speech(environ) == said
    if b"\xff" not in text:
        mine = preferences(environ)
        assert (mine.lang, mine.numbers) == said
