"""What is sent to each kind of terminal: its colours and no others, its characters and no others."""

from __future__ import annotations

import re

import pytest

from terminal import Terminal

from .conftest import Place

SGR = re.compile(rb"\x1b\[([0-9;]*)m")


def codes(sent: bytes) -> set[str]:
    """Every colour that was set, as its SGR parameters: ``31``, ``38;5;110``, ``48;2;1;2;3``."""
    found: set[str] = set()
    for match in SGR.findall(sent):
        parts = match.decode().split(";")
        at = 0
        while at < len(parts):
            size = {"2": 5, "5": 3}[parts[at + 1]] if parts[at] in ("38", "48") else 1
            found.add(";".join(parts[at : at + size]))
            at += size
    return {code for code in found if re.match(r"(3|4|9|10)[0-7]$|[34]8;", code)}


def toured(place: Place, *words: str, **env: str) -> tuple[bytes, str]:
    """Every byte of a walk through board, form, filter, detail, ledger, help; and the last board's text."""
    env = {"COLORTERM": "", **env}
    with place.board(*words, **env) as board:  # type: ignore[arg-type]
        board.until("NEV output growth", "81.9 %")
        board.press("l", "2")
        board.until("2 vehicles/year")
        board.press("escape")
        board.until("q quit", without="enter save")
        board.press("/", "nev")
        board.until("nev", "escape clear")
        board.press("escape")
        board.until("q quit", without="escape clear")
        board.press("enter")
        board.until(" readings", without="q quit")
        board.press("escape")
        board.until("q quit")
        board.press("p")
        board.until("promises", without="q quit")
        board.press("escape")
        board.until("q quit")
        board.press("?")
        board.until("how to read a row")
        board.press("escape")
        text = board.until("NEV output growth", "q quit", without="how to read a row")
        board.press("q")
        assert board.ended() == 0
        return bytes(board.sent), text


TRUE, OF_256, OF_16 = r"[34]8;2;", r"[34]8;5;", r"(3|4|9|10)[0-7]$"


@pytest.mark.parametrize(
    ("env", "kind"),
    [
        ({"TERM": "linux"}, OF_16),
        ({"TERM": "xterm"}, OF_16),
        ({"TERM": "screen"}, OF_16),
        ({"TERM": "screen-256color"}, OF_256),
        ({"TERM": "xterm-256color"}, OF_256),
        ({"TERM": "tmux-256color"}, OF_256),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, TRUE),
    ],
)
def test_a_terminal_is_sent_its_own_kind_of_colours(place: Place, env: dict[str, str], kind: str) -> None:
    found = codes(toured(place, **env)[0])
    assert found
    assert [code for code in found if not re.match(kind, code)] == []


@pytest.mark.parametrize("term", ["xterm", "linux"])
def test_on_sixteen_colours_ground_and_text_are_the_users_own(place: Place, term: str) -> None:
    found = codes(toured(place, TERM=term)[0])
    assert not {code for code in found if re.match(r"4[0-7]$|3[07]$|97$", code)} - {"30"}
    assert {"36", "31"} & found


@pytest.mark.parametrize(
    "env",
    [
        {"TERM": "vt100"},
        {"TERM": "vt220"},
        {"TERM": "xterm-mono"},
        {"TERM": "xterm-256color", "NO_COLOR": "1"},
        {"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "yes"},
    ],
)
def test_without_colours_not_one_is_sent(place: Place, env: dict[str, str]) -> None:
    sent, _ = toured(place, **env)
    assert codes(sent) == set()
    for code in (b"1", b"7", b"4"):  # bold, reverse and underline stand in
        assert any(code in match.split(b";") for match in SGR.findall(sent))


def test_who_asks_for_a_theme_gets_it_though_no_color_is_set(place: Place) -> None:
    sent, _ = toured(place, "--theme", "dark", TERM="xterm-256color", NO_COLOR="1")
    assert "48;5;233" in codes(sent)


def test_the_config_file_chooses_and_the_option_beats_it(place: Place) -> None:
    path = place.path / ".config" / "gztrack" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('theme = "mono"\nascii = true\n', "utf-8")

    sent, text = toured(place, TERM="xterm-256color")
    assert codes(sent) == set()
    assert text.isascii()

    assert "48;5;231" in codes(toured(place, "--theme", "light", TERM="xterm-256color")[0])


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX"},
        {"LC_ALL": "", "LC_CTYPE": "", "LANG": ""},
        {"LC_ALL": "", "LC_CTYPE": "C", "LANG": "en_US.UTF-8"},
        {"LC_ALL": "", "LANG": "en_US.ISO-8859-1"},
        {"LC_ALL": "", "LANG": "zh_CN.GBK"},
        {"TERM": "linux"},
    ],
)
def test_where_glyphs_cannot_be_shown_none_is_sent(place: Place, env: dict[str, str]) -> None:
    sent, text = toured(place, **env)
    assert text.isascii()
    assert sent.isascii()


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "", "LC_CTYPE": "UTF-8", "LANG": ""},
        {"LC_ALL": "", "LANG": "de_DE.utf8"},
        {"LC_ALL": "", "LC_CTYPE": "en_GB.UTF-8", "LANG": "C"},
        {"LC_ALL": "de_DE.UTF-8@euro"},
        {"TERM": "vt100"},
    ],
)
def test_where_the_locale_is_utf8_they_are(place: Place, env: dict[str, str]) -> None:
    assert "▌" in toured(place, **env)[1]


SIZES = ((60, 200), (12, 40), (24, 80), (5, 20), (16, 60), (60, 200))
"""Rows and columns, as a terminal says them."""


@pytest.mark.parametrize(
    ("keys", "there", "back"),
    [
        ((), "q quit", "NEV"),
        (("l", "250k"), "250,000 vehicles/year", "enter save"),
        (("/", "nev"), "escape clear", "nev"),
        (("enter",), "readings", "targets"),
        (("enter", "g", "2m"), "2,000,000 vehicles/year", "enter save"),
        (("p",), "promises", "300,000"),
        (("w",), "why  NEV annual", "back"),
        (("?",), "how to read a row", "every key is also in"),
        (("ctrl+p",), "log a reading", "set or revise a goal"),
    ],
)
def test_resizing_from_the_largest_to_the_smallest_and_back(
    place: Place, keys: tuple[str, ...], there: str, back: str
) -> None:
    with place.board(columns=200, rows=60) as board:
        board.until("NEV output growth", "q quit")
        board.press(*keys)
        board.until(there, back)
        for rows, columns in SIZES:
            resize(board, rows, columns)
            if columns < 60 or rows < 16:
                board.until("gztrack needs", f"{columns}x{rows}")
            else:
                board.until(back, without="gztrack needs", limit=15)
        board.until(there, back)
        board.press("ctrl+q")
        assert board.ended() == 0
        assert b"Traceback" not in board.sent


def resize(board: Terminal, rows: int, columns: int) -> None:
    board.display.resize(rows, columns)
    board.process.setwinsize(rows, columns)
