"""The command palette: what it offers, what matches, how it looks."""

from __future__ import annotations

import pytest

from gztrack.services.actions import BOARD, remapped
from gztrack.tui.cells import line_width, plain
from gztrack.tui.glyphs import ASCII, UNICODE
from gztrack.tui.palettetext import choices, matching, palette_lines, palette_rows, title_cells
from tui.fake import many, states

OFFERED = choices(BOARD, states())


def first(query: str) -> str:
    found = matching(OFFERED, query)
    return (found[0].choice.action or found[0].choice.indicator) if found else ""


def test_every_action_but_moves_is_offered_and_no_indicator_before_something_is_typed() -> None:
    shown = {match.choice.action for match in matching(OFFERED, " ")}
    assert shown == {action.name for action in BOARD} - {
        "down",
        "up",
        "first",
        "last",
        "page_up",
        "page_down",
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("archive", "archive"),
        ("archived", "archived"),
        ("undo", "undo"),
        ("snap", "snapshot"),
        ("log", "log"),
        ("cite", "copy"),
        ("ctrl+l", "repaint"),
        ("goal", "goal"),
        ("nev output", "nev-output"),
        ("NEV CAP", "nev-capacity"),
        ("超高清", "uhd-output"),
        ("key-labs-nat", "key-labs-national"),
        ("go to 5g base", "5g-base-stations"),
        ("wrt snp", "snapshot"),
        ("qqqq", ""),
    ],
)
def test_the_best_match_comes_first(query: str, found: str) -> None:
    assert first(query) == found


def test_what_matched_is_marked() -> None:
    match = matching(OFFERED, "nev cap")[0]
    assert [match.choice.title[start:end] for start, end in match.marks] == ["NEV", "cap"]


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (40, 10)])
def test_the_palette_fits(glyphs: object, size: tuple[int, int]) -> None:
    cells, height = size
    rows = palette_rows(height)
    for query in ("", "s", "nev", "zzzz", "x" * 200, "超高清视频产业产值" * 20):
        found = matching(OFFERED, query)
        lines = palette_lines(
            query, found, 0, 0, cells, rows, glyphs, total=len(OFFERED), titles=title_cells(OFFERED, cells)  # type: ignore[arg-type]
        )  # fmt: skip
        assert len(lines) == rows
        assert all(line_width(line) <= cells for line in lines)
        if glyphs is ASCII and query.isascii():
            assert all(plain(line).isascii() for line in lines)


def test_a_line_says_title_key_and_command() -> None:
    found = matching(choices(remapped(BOARD, {"log": "L"}), ()), "log a")
    lines = palette_lines("log a", found, 0, 0, 80, 9, UNICODE, total=40, titles=title_cells(OFFERED, 80))
    assert plain(lines[0]).startswith("─ commands ─")
    assert plain(lines[1]).rstrip() == " : log a"
    assert plain(lines[2]).split() == ["▌", "log", "a", "reading", "L", "gztrack", "log"]


def test_a_hostile_name_is_cleaned() -> None:
    bad = states()[0]._replace(name="\x1b[31mred\u202e", id="x")
    assert choices((), [bad])[0].title == "go to red"


def test_a_long_board_is_searched_by_names_and_ids() -> None:
    offered = choices(BOARD, many(1000))
    assert matching(offered, "i-777")[0].choice.indicator == "i-777"
    assert matching(offered, "growth 28")[0].choice.indicator.startswith("i-28")


@pytest.mark.parametrize("cells", range(8))
def test_no_width_is_too_small_to_end(cells: int) -> None:
    lines = palette_lines(
        "广州 log", [], 0, 0, cells, 6, UNICODE, total=40, titles=title_cells(OFFERED, cells)
    )
    assert lines
