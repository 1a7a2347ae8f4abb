"""Which columns a width shows, and how wide they are."""

from __future__ import annotations

import pytest

import books
from gztrack.tui.columns import NAME_FIRST, TREND_LEAST, Columns, Needs, columns
from gztrack.tui.geometry import plan
from gztrack.tui.glyphs import UNICODE
from gztrack.tui.rows import needs as measured

USUAL = Needs(name=53, due=10, period=8, percent=6, status=11)
ASSESSABLE = USUAL._replace(status=14)


def test_widths_at_80() -> None:
    found = columns(80, USUAL)
    assert (found.name, found.value, found.unit, found.target, found.target_unit) == (24, 7, 2, 7, 2)
    assert (found.bar, found.percent, found.status, found.margin) == (8, 6, 11, 1)
    assert (found.period, found.due, found.trend) == (0, 0, 0)


def test_name_and_margin_give_way_to_not_assessable_at_80() -> None:
    found = columns(80, ASSESSABLE)
    assert (found.name, found.status, found.margin) == (22, 14, 0)


def test_widths_at_120() -> None:
    found = columns(120, USUAL)
    assert (found.name, found.value, found.unit, found.period) == (36, 10, 3, 8)
    assert (found.target, found.target_unit, found.due, found.bar, found.status) == (10, 3, 10, 8, 11)


@pytest.mark.parametrize(
    ("column", "least"), [("trend", 144), ("period", 106), ("due", 94), ("target", 72), ("bar", 60)]
)
def test_a_column_goes_below_its_width(column: str, least: int) -> None:
    assert getattr(columns(least, USUAL), column) > 0
    assert getattr(columns(least - 1, USUAL), column) == 0


def test_full_digits_from_118() -> None:
    assert (columns(117, USUAL).value, columns(118, USUAL).value) == (7, 10)


@pytest.mark.parametrize(
    "needs", [USUAL, ASSESSABLE, USUAL._replace(name=12), USUAL._replace(due=21, period=17)]
)
def test_columns_fit_and_what_carries_the_row_stays(needs: Needs) -> None:
    for width in range(60, 201):
        found = columns(width, needs)
        assert found.used <= width
        assert found.name >= 10, width
        assert found.value
        assert found.percent
        assert found.status


def test_a_wider_terminal_never_narrows_name_or_bar_of_the_same_columns() -> None:
    for width in range(60, 200):
        narrow, wide = columns(width, USUAL), columns(width + 1, USUAL)
        if _shape(narrow) == _shape(wide):
            assert wide.name >= narrow.name, width
            assert wide.bar >= narrow.bar, width


def _shape(found: Columns) -> tuple[bool, ...]:
    return (*(bool(cells) for cells in found), found.value > 7, found.gap > 1)


def test_a_long_due_date_widens_its_column() -> None:
    assert columns(120, USUAL._replace(due=16)).due == 16


@pytest.mark.parametrize("needs", [USUAL, USUAL._replace(name=90)])
def test_no_cell_is_free_while_a_name_is_cut(needs: Needs) -> None:
    for width in range(60, 261):
        found = columns(width, needs)
        assert found.name >= needs.name or found.used == width, width
        assert found.name >= needs.name or found.gap == 1 or found.name >= NAME_FIRST, width
    assert columns(260, needs).name == needs.name


@pytest.mark.parametrize("needs", [USUAL, USUAL._replace(name=70), USUAL._replace(unit=15, due=21)])
def test_trend_and_bar_grow_only_once_no_name_is_cut(needs: Needs) -> None:
    for width in range(60, 261):
        found = columns(width, needs)
        if found.trend > TREND_LEAST or found.bar > 8:
            assert found.name >= needs.name, width


@pytest.mark.parametrize(("width", "least"), [(200, 42), (224, 54)])
def test_beside_the_pane_the_names_of_the_follow_up_get_what_others_do_not_need(
    width: int, least: int
) -> None:
    rows = books.followed().board().rows
    cells = plan(width, 60, list_lines=30, first_run=False).list.width
    assert columns(cells, measured(rows, cells, UNICODE)).name == least


def test_short_names_leave_their_cells_to_the_bar() -> None:
    assert columns(120, USUAL._replace(name=14)).bar > columns(120, USUAL).bar


@pytest.mark.parametrize("width", [1, 10, 20, 30, 40, 59])
def test_too_narrow_is_no_error(width: int) -> None:
    assert columns(width, USUAL).name >= 4
