"""The canvas: dots become braille, the higher rank wins, wide characters stay whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack.tui.cells import line_width, plain
from gztrack.tui.plot import Dot, Pen, Plot, centre

PEN = Pen("accent", 5)


def drawn(plot: Plot) -> list[str]:
    return [plain(line) for line in plot.lines()]


def test_a_dot_is_a_braille_dot() -> None:
    plot = Plot(2, 1)
    plot.path([Dot(0, 0), Dot(0, 0)], PEN)
    plot.path([Dot(3, 3), Dot(3, 3)], PEN)
    assert drawn(plot) == ["⠁⢀"]


def test_a_line_is_joined() -> None:
    plot = Plot(4, 1)
    plot.path([Dot(0, 3), Dot(7, 3)], PEN)
    assert drawn(plot) == ["⣀⣀⣀⣀"]


def test_a_dotted_line_keeps_its_beat_from_part_to_part() -> None:
    whole, parts = Plot(10, 1), Plot(10, 1)
    dotted = PEN._replace(every=4)
    whole.path([Dot(0, 0), Dot(19, 0)], dotted)
    parts.path([Dot(0, 0), Dot(7, 0), Dot(19, 0)], dotted)
    assert drawn(whole) == drawn(parts) == ["⠁ ⠁ ⠁ ⠁ ⠁"]


def test_a_line_between_cell_centres_reaches_both_cells() -> None:
    plot = Plot(9, 5)
    plot.path([centre(0, 4), centre(8, 0)], PEN)
    lines = drawn(plot)
    assert lines[4][0] != " "
    assert lines[0][8] != " "


def test_without_braille_a_line_is_made_of_characters() -> None:
    plot = Plot(4, 2, ascii=True)
    plot.path([centre(0, 1), centre(3, 1)], PEN)
    assert drawn(plot) == ["", "...."]


def test_the_higher_rank_wins_whatever_is_drawn_first() -> None:
    for order in ((0, 1), (1, 0)):
        plot = Plot(3, 1)
        for which in order:
            plot.mark(1, 0, "o" if which else "-", "text", 9 if which else 1)
        assert drawn(plot) == [" o"]


def test_a_point_wins_over_a_label_and_a_label_over_a_line() -> None:
    plot = Plot(6, 1)
    plot.path([centre(0, 0), centre(5, 0)], PEN)
    plot.label(1, 0, "abc", "muted", 6)
    plot.mark(2, 0, "●", "accent", 9)
    line = drawn(plot)[0]
    assert line[1:4] == "a●c"
    assert line[0] != " "


def test_a_free_place_holds_nothing_of_the_rank() -> None:
    plot = Plot(6, 2)
    plot.mark(2, 0, "-", "text", 4)
    assert plot.free(0, 0, 6, 5)
    assert not plot.free(0, 0, 6, 4)
    assert plot.free(0, 1, 6, 0)
    assert not plot.free(1, 1, 6, 9)
    assert not plot.free(-1, 1, 2, 9)


@pytest.mark.parametrize("column", [0, 1, 2])
def test_half_of_a_wide_character_is_never_left(column: int) -> None:
    plot = Plot(6, 1)
    plot.label(0, 0, "产量", "text", 1)
    plot.mark(column, 0, "●", "accent", 9)
    line = plot.lines()[0]
    assert line_width(line) <= 4
    assert plain(line).count("●") == 1
    assert plain(line).count("产") + plain(line).count("量") == 1


def test_a_wide_character_does_not_run_over_the_edge() -> None:
    plot = Plot(3, 1)
    plot.label(0, 0, "产量", "text", 1)
    assert drawn(plot) == ["产"]


_far = st.floats(-1e7, 1e7)


@given(st.lists(st.tuples(_far, _far).map(lambda place: Dot(*place)), min_size=2, max_size=5))
def test_whatever_lies_outside_is_left_out(places: list[Dot]) -> None:
    plot = Plot(12, 4)
    plot.path(places, PEN)
    assert len(plot.lines()) == 4
    assert all(line_width(line) <= 12 for line in plot.lines())


def test_a_line_that_crosses_the_canvas_far_from_its_ends_is_drawn() -> None:
    plot = Plot(4, 1)
    plot.path([Dot(-1e6, 2), Dot(1e6, 2)], PEN)
    assert drawn(plot) == ["⠤⠤⠤⠤"]


def test_the_ground_of_a_mark_ends_with_it() -> None:
    plot = Plot(10, 1)
    plot.mark(2, 0, "●", "strong@select", 5)
    plot.mark(6, 0, "◆", "accent", 5)
    assert [text for text, role in plot.lines()[0] if "@select" in role] == ["●"]
