"""The target bar, case by case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack.export.bars import bar_width, segments
from gztrack.services.views import Bar
from gztrack.tui.cells import line_width, plain


@pytest.mark.parametrize(
    ("bar", "drawn", "ascii_drawn"),
    [
        pytest.param(Bar(None), "────────│  ", "........|  ", id="no reading"),
        pytest.param(Bar(None, overdue=True), "────────┃  ", "........]  ", id="no reading, overdue"),
        pytest.param(Bar(0.0), "────────│  ", "........|  ", id="nothing yet"),
        pytest.param(Bar(0.5), "━━━━────│  ", "####....|  ", id="half of it"),
        pytest.param(Bar(0.473), "━━━╸────│  ", "####....|  ", id="half a cell"),
        pytest.param(Bar(0.001), "╸───────│  ", "#.......|  ", id="hardly anything is something"),
        pytest.param(Bar(0.999), "━━━━━━━╸│  ", "########|  ", id="nearly all is not all"),
        pytest.param(Bar(1.0), "━━━━━━━━│  ", "########|  ", id="all of it"),
        pytest.param(Bar(0.52, marker=0.76), "━━━━──┊─│  ", "####..:.|  ", id="marker over the rest"),
        pytest.param(Bar(0.959, marker=0.5), "━━━━┊━━╸│  ", "####:###|  ", id="marker over the fill"),
        pytest.param(Bar(0.5, marker=1.0), "━━━━───┊│  ", "####...:|  ", id="marker stays before the post"),
        pytest.param(Bar(0.5, marker=-0.2), "┊━━━────│  ", ":###....|  ", id="marker before the baseline"),
        pytest.param(
            Bar(0.803, marker=0.9, overdue=True),
            "━━━━━━──┃  ",
            "######..]  ",
            id="overdue post is the marker",
        ),
        pytest.param(Bar(0.5, "lower"), "━━━━╍▸──│  ", "####=>..|  ", id="lower bound"),
        pytest.param(Bar(0.9, "lower"), "━━━━━━━▸│  ", "#######>|  ", id="lower bound near the post"),
        pytest.param(Bar(1.0, "lower"), "━━━━━━━━│▸ ", "########|> ", id="lower bound at the post"),
        pytest.param(Bar(1.146, "lower"), "━━━━━━━━│━▸", "########|#>", id="lower bound beyond"),
        pytest.param(Bar(0.5, "upper"), "╍╍╍╍────│  ", "====....|  ", id="upper bound"),
        pytest.param(Bar(0.01, "upper"), "╍───────│  ", "=.......|  ", id="small upper bound"),
        pytest.param(Bar(1.05), "━━━━━━━━│  ", "########|  ", id="less than half a cell beyond"),
        pytest.param(Bar(1.07), "━━━━━━━━│╸ ", "########|# ", id="half a cell beyond"),
        pytest.param(Bar(1.146), "━━━━━━━━│━ ", "########|# ", id="one cell beyond"),
        pytest.param(Bar(1.25), "━━━━━━━━│━━", "########|##", id="two cells beyond"),
        pytest.param(Bar(1.26), "━━━━━━━━│━▸", "########|#>", id="further than two cells"),
        pytest.param(Bar(2.17, marker=0.97), "━━━━━━━┊│━▸", "#######:|#>", id="far beyond"),
        pytest.param(Bar(-0.1), "◂───────│  ", "<.......|  ", id="below the baseline"),
        pytest.param(Bar(-3.0, marker=0.3), "◂─┊─────│  ", "<.:.....|  ", id="far below, with marker"),
    ],
)
def test_draws(bar: Bar, drawn: str, ascii_drawn: str) -> None:
    assert plain(segments(bar, 8, "good")) == drawn
    assert plain(segments(bar, 8, "good", ascii=True)) == ascii_drawn


@given(
    bar=st.builds(
        Bar,
        st.none() | st.floats(-10, 10, allow_nan=False),
        st.sampled_from(["", "lower", "upper"]),
        st.none() | st.floats(-1, 2),
        st.booleans(),
    ),
    cells=st.integers(1, 40),
)
def test_every_bar_is_as_wide_as_its_column(bar: Bar, cells: int) -> None:
    for ascii_only in (False, True):
        assert line_width(segments(bar, cells, "good", ascii=ascii_only)) == bar_width(cells)


@given(fill=st.floats(0, 0.9999), cells=st.integers(1, 40))
def test_less_than_the_target_never_looks_full(fill: float, cells: int) -> None:
    assert "━" * cells not in plain(segments(Bar(fill), cells, "good"))


def test_only_what_is_there_has_the_status_colour() -> None:
    line = segments(Bar(0.52, marker=0.76), 8, "behind")
    assert line == [
        ("━━━━", "behind"),
        ("──", "rest"),
        ("┊", "text"),
        ("─", "rest"),
        ("│", "post"),
        ("  ", "text"),
    ]


@pytest.mark.parametrize("fill", [0.1, 0.2, 0.3, 0.7, 0.29, 0.57])
def test_a_fill_of_whole_cells_is_not_lost_to_rounding(fill: float) -> None:
    assert plain(segments(Bar(fill), 100, "good")).count("━") == round(fill * 100)
