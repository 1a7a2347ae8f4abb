"""In which language a command line is answered: asked for, set, or as the locale has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack import language
from gztrack.cli import tongue
from gztrack.errors import InputError

CHINESE = {"LANG": "zh_CN.UTF-8"}


@pytest.mark.parametrize(
    ("words", "environ", "config", "manner"),
    [
        ((), {}, "", ("en", "en")),
        ((), CHINESE, "", ("zh", "zh")),
        (("status", "--lang", "en"), CHINESE, "", ("en", "en")),
        (("--lang=zh", "status"), {}, "", ("zh", "zh")),
        (("--lang", "zh_CN", "status"), {}, "", ("zh", "zh")),
        (("--lang", "en,zh"), CHINESE, "", ("en", "en")),
        (("--lang", "zh, en"), {}, "", ("zh", "zh")),
        (("status", "--json"), CHINESE, "", ("en", "en")),
        (("--lang", "zh", "--json", "status"), {}, "", ("en", "en")),
        (("log", "--", "--lang", "zh"), {}, "", ("en", "en")),
        (("status",), {}, 'lang = "zh"', ("zh", "zh")),
        (("status",), CHINESE, 'lang = "en"', ("en", "en")),
        (("status",), CHINESE, 'numbers = "en"', ("zh", "en")),
        (("--lang", "en", "status"), CHINESE, 'lang = "zh"\nnumbers = "zh"', ("en", "zh")),
        (("status", "--lang"), {}, "", ("en", "en")),
    ],
)
def test_what_is_asked_for_goes_before_what_is_set_and_that_before_the_locale(
    tmp_path: Path, words: tuple[str, ...], environ: dict[str, str], config: str, manner: tuple[str, str]
) -> None:
    (tmp_path / "gztrack").mkdir()
    (tmp_path / "gztrack" / "config.toml").write_text(config)
    tongue.choose(words, {**environ, "XDG_CONFIG_HOME": str(tmp_path)})
    assert (language.language(), language.numbers()) == manner


@pytest.mark.parametrize("text", ["fr", "", "zh,fr", "en,en", "zh,zh_CN", "en,,zh", "../zh"])
def test_another_language_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"--lang: .*; en, zh, or en,zh for names in both"):
        tongue.understood(text)


def test_a_terminal_that_cannot_show_it_is_not_answered_in_chinese_unless_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environ = {**CHINESE, "XDG_CONFIG_HOME": str(tmp_path), "TERM": "linux"}
    monkeypatch.setattr(tongue, "is_terminal", lambda stream: True)
    tongue.choose(("status",), environ)
    assert language.language() == "en"
    tongue.choose(("--lang", "zh", "status"), environ)
    assert language.language() == "zh"

    class Ascii:
        encoding = "ascii"

    monkeypatch.setattr("sys.stdout", Ascii())
    tongue.choose(("status",), {**environ, "TERM": "xterm"})
    assert language.language() == "en"
