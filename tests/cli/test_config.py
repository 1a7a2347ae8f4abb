"""``gztrack config``: where the settings are, what they come to, what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Cli


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The config file of this account; not there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    path = tmp_path / "settings" / "gztrack" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def test_without_a_file_it_says_where_one_would_be(cli: Cli, written: Path) -> None:
    said = cli("config")
    assert said.code == 0
    assert said.out.splitlines() == [
        f"{written}  (not there; gztrack config --example prints one to begin with)",
        "theme = auto",
        "ascii = as the terminal can",
        "lang = auto",
        "numbers = auto",
        "names = auto",
    ]


def test_what_is_set_is_shown(cli: Cli, written: Path) -> None:
    written.write_text('theme = "mono"\n[keys]\nlog = ["B", "ctrl+t"]\narchive = []\n', "utf-8")
    said = cli("config")
    assert said.out.splitlines()[1:] == [
        "theme = mono",
        "ascii = as the terminal can",
        "lang = auto",
        "numbers = auto",
        "names = auto",
        "keys.board.log = B, ctrl+t",
        "keys.board.archive = none: palette only",
        "keys.detail.log = B, ctrl+t",
    ]
    assert said.err == ""


def test_check_is_silent_when_all_is_well(cli: Cli, written: Path) -> None:
    written.write_text('theme = "light"\n', "utf-8")
    said = cli("config", "--check")
    assert (said.code, said.out, said.err) == (0, "", "")


def test_check_lists_what_is_wrong_and_ends_with_2(cli: Cli, written: Path) -> None:
    written.write_text('theme = "purple"\n[keys]\nlog = "g"\n', "utf-8")
    said = cli("config", "--check")
    assert said.code == 2
    assert [line.split(": ")[0] for line in said.out.splitlines()] == [
        "config.toml, line 1",
        "config.toml, line 3",
    ]


def test_json_has_everything(cli: Cli, written: Path) -> None:
    written.write_text('ascii = true\n[keys]\nlog = "B"\ngoal = "5"\n', "utf-8")
    said = cli("config", "--json")
    found = json.loads(said.out)
    assert found["path"] == str(written)
    assert (found["ascii"], found["theme"], found["keys"]["detail.log"]) == (True, "auto", ["B"])
    assert len(found["problems"]) == 1


def test_the_example_can_be_used_as_it_is(cli: Cli, written: Path) -> None:
    written.write_text(cli("config", "--example").out, "utf-8")
    assert cli("config", "--check").code == 0


def test_both_options_are_refused(cli: Cli) -> None:
    said = cli("config", "--check", "--example")
    assert said.code == 2
    assert "choose one" in said.err
