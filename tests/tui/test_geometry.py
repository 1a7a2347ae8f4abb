"""Where everything stands for a size of the terminal."""

from __future__ import annotations

from itertools import product

import pytest

from gztrack.tui.geometry import Box, Plan, plan

SEED_LINES = 24
"""Thirteen rows, six headings, five blank lines."""


def at(width: int, height: int, *, first_run: bool = False, form: int = 0, lines: int = SEED_LINES) -> Plan:
    return plan(width, height, list_lines=lines, first_run=first_run, form_rows=form)


def test_80x24_has_19_list_lines_and_a_two_line_pane() -> None:
    found = at(80, 24)
    assert found.kind == "two lines"
    assert (found.top.height, found.list.height, found.pane.height) == (1, 20, 2)
    assert found.footer == Box(0, 23, 80, 1)
    assert not found.blanks


def test_120x40_has_a_detail_of_12_rows_and_blank_lines() -> None:
    found = at(120, 40)
    assert found.kind == "below"
    assert (found.top.height, found.list.height, found.pane.height) == (2, 25, 12)
    assert found.blanks


def test_a_longer_list_has_no_blank_lines() -> None:
    assert not at(120, 40, lines=25).blanks


def test_from_200x30_the_detail_stands_at_the_right() -> None:
    found = at(200, 30)
    assert found.kind == "beside"
    assert (found.list.width, found.pane.x, found.pane.width) == (144, 144, 56)
    assert found.list.y == found.pane.y == 3
    assert at(199, 30).kind == "two lines"
    assert at(200, 29).kind == "two lines"


def test_the_detail_at_the_right_grows_to_70_cells_and_the_list_with_it() -> None:
    assert [at(width, 50).pane.width for width in (200, 210, 215, 230, 260)] == [56, 61, 63, 71, 71]
    assert [at(width, 50).list.width for width in (200, 210, 215, 230, 260)] == [144, 149, 152, 159, 189]


@pytest.mark.parametrize(("height", "rows"), [(27, 1), (28, 2)])
def test_the_title_gives_way_under_28_rows(height: int, rows: int) -> None:
    assert at(80, height).top.height == rows


def test_a_form_takes_the_bottom_nine_rows_and_leaves_the_board() -> None:
    found = at(80, 24, form=9)
    assert found.form == Box(0, 15, 80, 9)
    assert not found.footer.shown
    assert not found.pane.shown
    assert found.list.height == 14


def test_a_form_takes_the_place_of_the_detail() -> None:
    found = at(120, 40, form=9)
    assert found.form.y == at(120, 40).pane.y
    assert found.list == at(120, 40).list


def test_a_long_form_leaves_some_rows_of_the_list() -> None:
    found = at(80, 24, form=40)
    assert found.list.height >= 3
    assert found.form.y == found.list.y + found.list.height


@pytest.mark.parametrize("form", [0, 9, 19])
@pytest.mark.parametrize("first_run", [False, True])
def test_parts_never_overlap_and_never_leave_the_screen(first_run: bool, form: int) -> None:
    for width, height in product((1, 20, 60, 80, 120, 199, 200, 215), (*range(1, 36), 50, 100)):
        _check_boxes(at(width, height, first_run=first_run, form=form), width, height)


def _check_boxes(found: Plan, width: int, height: int) -> None:
    boxes = [box for box in (found.top, found.list, found.pane, found.form, found.footer) if box.shown]
    taken: set[tuple[int, int]] = set()
    for box in boxes:
        assert box.x + box.width <= width
        assert box.y + box.height <= height
        rows = {(x, y) for y in range(box.y, box.y + box.height) for x in (box.x, box.x + box.width - 1)}
        assert not rows & taken
        taken |= rows
