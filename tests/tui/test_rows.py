"""A row as spans."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gztrack import language
from gztrack.export.trends import sparkline
from gztrack.services.views import Row, TargetView
from gztrack.tui.cells import line_width, plain, width
from gztrack.tui.columns import columns
from gztrack.tui.glyphs import ASCII, UNICODE, Glyphs
from gztrack.tui.rows import figures, heads_line, needs, row_line, texts
from tui import fake
from tui.fake import reading, states, target

ROWS = {row.id: row for row in states()}


def drawn(
    row: Row, width: int, *, selected: bool = False, changed: bool = False, ascii_only: bool = False
) -> str:
    glyphs = ASCII if ascii_only else UNICODE
    found = columns(width, needs(ROWS.values(), width, glyphs))
    return plain(row_line(row, texts(row, width, glyphs), found, glyphs, selected=selected, changed=changed))


def test_a_row_at_80() -> None:
    expected = " ◐ NEV output                 780 k     ≥1.5 m  ━━━━──┊─│  52.0 % behind        "
    assert drawn(ROWS["nev-output"], 80).rstrip() == expected.rstrip()


def test_the_cursor_and_a_change_stand_in_the_gutter() -> None:
    assert drawn(ROWS["nev-output"], 80, selected=True)[0] == "▌"
    assert drawn(ROWS["nev-output"], 80, changed=True)[0] == "•"
    assert drawn(ROWS["nev-output"], 80, selected=True, ascii_only=True)[:3] == ">- "


def test_selection_tints_gutter_and_name_only() -> None:
    row = ROWS["nev-output"]
    found = columns(80, needs(ROWS.values(), 80, UNICODE))
    line = row_line(row, texts(row, 80, UNICODE), found, UNICODE, selected=True)
    tinted = [text for text, key in line if "@" in key]
    assert line_width([(text, "") for text in tinted]) == 3 + found.name


def test_reading_and_target_are_scaled_together() -> None:
    first, second = figures(ROWS["nev-output"], 7, UNICODE)
    assert first
    assert second
    assert (first.text, first.scale, second.text, second.scale) == ("780", "k", "≥1.5", "m")


def test_figures_that_fit_are_not_scaled() -> None:
    first, second = figures(ROWS["5g-base-stations"], 7, UNICODE)
    assert first
    assert second
    assert (first.text, second.text) == ("91,700", "≥80,000")


def test_flags_touch_their_date() -> None:
    assert " 2025p " in drawn(ROWS["nev-output"], 120)
    assert " 2019-Q3? " in drawn(ROWS["subsidies"], 120)


def test_a_row_without_target_has_neither_bar_nor_percent() -> None:
    line = drawn(ROWS["subsidies"], 80)
    assert not set(line) & set("─━│┃%")
    assert line.rstrip().endswith("no target")


def test_a_part_is_indented_without_its_dash() -> None:
    assert drawn(ROWS["tech-centres-provincial"], 120).startswith(" ●   of which provincial level")


def test_full_units_from_144() -> None:
    assert "780,000 vehicles/yr" in drawn(ROWS["nev-output"], 144)
    assert "vehicles" not in drawn(ROWS["nev-output"], 143)


@pytest.mark.parametrize("width", [60, 72, 80, 94, 106, 118, 120, 144, 152, 160, 200])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_every_row_and_the_heads_are_as_wide_as_the_columns(width: int, ascii_only: bool) -> None:
    glyphs = ASCII if ascii_only else UNICODE
    found = columns(width, needs(ROWS.values(), width, glyphs))
    wanted = found.used - found.margin
    assert line_width(heads_line(found, "as listed", glyphs)) == wanted
    for row in ROWS.values():
        assert line_width(row_line(row, texts(row, width, glyphs), found, glyphs)) == wanted, row.id


@given(name=st.text(max_size=60), zh=st.text("新能源汽车产量5G ", max_size=40))
def test_any_name_keeps_the_columns_straight(name: str, zh: str) -> None:
    row = ROWS["nev-output"]._replace(name=name, name_zh=zh)
    for names in (("en",), ("zh",), ("en", "zh")):
        language.use_names(names)
        found = columns(100, needs([row], 100, UNICODE))
        line = row_line(row, texts(row, 100, UNICODE), found, UNICODE)
        assert line_width(line) == found.used - found.margin


def test_ascii_rows_are_ascii() -> None:
    for row in ROWS.values():
        assert drawn(row, 160, ascii_only=True).isascii(), row.id


@pytest.mark.parametrize(
    ("aim", "text"),
    [
        (target(40, "2027", comparator="between", high=60), "40..60"),
        (target(20, "2025", comparator="at most"), "≤20"),
        (target(20, "none", comparator="less than"), "<20"),
    ],
)
def test_every_kind_of_target_is_written(aim: TargetView, text: str) -> None:
    row = ROWS["key-labs-national"]._replace(target=aim, reading=reading(21, "2020"))
    assert text in drawn(row, 120)


def test_a_trend_needs_three_readings() -> None:
    assert sparkline((1, 2), 8) == ""
    assert sparkline((0, 0.5, 1), 8, ascii=True) == "_-^"
    assert len(sparkline(tuple(range(50)), 8)) == 8


def test_the_sorted_column_is_marked() -> None:
    found = columns(120, needs(ROWS.values(), 120, UNICODE))
    marked = [text.strip() for text, key in heads_line(found, "due date", UNICODE) if key == "strong"]
    assert marked == ["due"]


@pytest.mark.parametrize("cells", [60, 72, 80, 100, 118, 120, 144, 200])
def test_no_scale_is_ever_cut(cells: int) -> None:
    row = ROWS["nev-output"]
    assert row.reading is not None
    huge = row._replace(reading=row.reading._replace(value=2_800_000_000_000))
    for tongue, scale in (("en", "tn"), ("zh", "万亿")):
        language.use(tongue)
        found = columns(cells, needs([huge], cells, UNICODE))
        said = plain(row_line(huge, texts(huge, cells, UNICODE), found, UNICODE))
        assert scale in said or "2,800,000,000,000" in said
        assert width(said) == found.used - found.margin


VALUES = (
    0,
    5,
    -5,
    999,
    999.999,
    123.456789,
    0.000001,
    9_999,
    12_345,
    -99_999,
    99_999.5,
    100_000,
    2_000_000_000,
)


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("tongue", ["en", "zh"])
@pytest.mark.parametrize("unit", ["vehicles/year", "CNY", "CNY/tonne", "%", "laboratories"])
def test_no_unit_is_cut_by_the_column_that_was_measured_for_it(
    unit: str, tongue: str, glyphs: Glyphs
) -> None:
    language.use(tongue)
    for value, goal, qualifier in itertools.product(VALUES, VALUES, ("exact", "more than", "about")):
        found = fake.row("x", "x", "", unit, status="behind", reading=reading(value, "2025", qualifier=qualifier),
                    target=target(goal, "2027"))  # fmt: skip
        wide = columns(160, needs([found], 160, glyphs))
        assert width(texts(found, 160, glyphs).unit) <= wide.unit, (value, goal)


def test_a_unit_that_stands_alone_reserves_no_cells_for_a_scale() -> None:
    found = fake.row("x", "x", "", "laboratories", status="behind", reading=reading(241, "2025"))
    assert needs([found], 160, UNICODE).unit == len("laboratories")
    found = fake.row("x", "x", "", "laboratories", status="behind", reading=reading(2_000_000, "2025"))
    assert needs([found], 160, UNICODE).unit == len("laboratories") + 3


def test_a_trend_is_as_wide_as_the_longest_and_gone_where_there_is_none() -> None:
    rows = [fake.row(f"{n}", "x", "", "t", status="behind", trend=range(n)) for n in (0, 2)]
    assert needs(rows, 160, UNICODE).trend == 0
    assert columns(160, needs(rows, 160, UNICODE)).trend == 0
    rows.append(fake.row("7", "x", "", "t", status="behind", trend=range(7)))
    assert columns(160, needs(rows, 160, UNICODE)).trend == 7
    rows.append(fake.row("9", "x", "", "t", status="behind", trend=range(9)))
    assert columns(160, needs(rows, 160, UNICODE)).trend == 8
