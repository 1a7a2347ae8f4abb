"""Text in cells, and the one door to the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack.tui.cells import cut, cut_line, left, line_width, plain, right, spread, tidy, width, wrap
from gztrack.tui.themes import PALETTES

HOSTILE = st.text(st.characters() | st.sampled_from("\x1b\x9b\x07\u202e\u200b\n\r\t新能源🚗[]/"), max_size=60)


@given(text=HOSTILE, cells=st.integers(0, 40))
def test_cut_text_fits_and_filled_text_is_exact(text: str, cells: int) -> None:
    assert width(cut(text, cells)) <= cells
    assert width(left(text, cells)) == cells
    assert width(right(text, cells)) == cells


def test_a_wide_character_is_never_halved() -> None:
    assert cut("新能源汽车", 6) == "新能…"
    assert cut("新能源汽车", 10) == "新能源汽车"


@given(texts=st.lists(HOSTILE, max_size=5), cells=st.integers(1, 60))
def test_whatever_is_painted_is_printable_and_exactly_as_wide(texts: list[str], cells: int) -> None:
    for palette in PALETTES.values():
        strip = palette.paint([(text, "text") for text in texts], cells)
        assert strip.text.isprintable()
        assert strip.cell_length == cells == width(strip.text)


@given(texts=st.lists(st.text("ab 新", max_size=20), max_size=5), cells=st.integers(0, 40))
def test_a_cut_line_fits(texts: list[str], cells: int) -> None:
    assert line_width(cut_line([(text, "text") for text in texts], cells)) <= cells


def test_spread_cuts_the_start_only() -> None:
    assert plain(spread([("abcdefgh", "text")], [("12", "text")], 8)) == "abcd… 12"


@pytest.mark.parametrize(
    ("text", "lines"), [("one two three four", ["one two", "three f…"]), ("", []), ("short", ["short"])]
)
def test_wrap_breaks_at_blanks(text: str, lines: list[str]) -> None:
    assert [line for line in wrap(text, 8, 2) if line] == lines


def test_tidy_keeps_the_gaps_between_parts() -> None:
    assert tidy("a\x1b[31m  b   c") == "a  b  c"


@pytest.mark.parametrize("name", PALETTES)
def test_every_role_has_a_style_on_every_ground(name: str) -> None:
    palette = PALETTES[name]
    for role in (*palette.roles, "warn", "guard", "behind-word", "key", "post"):
        for ground in palette.grounds:
            assert palette.style(f"{role}@{ground}") is palette.style(f"{role}@{ground}")


def test_only_bad_news_and_marks_are_bold() -> None:
    bold = {role for role in PALETTES["dark"].roles if PALETTES["dark"].style(role).bold}
    assert bold == {"strong", "group", "off", "away"}


def test_a_text_that_is_too_long_ends_in_the_terminals_own_ellipsis() -> None:
    assert wrap("one two three", 7, 1, "..") == ["one t.."]
    assert wrap("one two three", 7, 1) == ["one tw…"]
