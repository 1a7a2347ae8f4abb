"""The chart as lines: every case has its picture, in every size, in braille and in ASCII."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from gztrack import language
from gztrack.domain.reckoning.bounds import Figure
from gztrack.domain.units import parse_unit
from gztrack.services.board.chart_view import Chart, ChartPoint, ChartProjection, ChartTarget, Spot
from gztrack.tui import charttext
from gztrack.tui.cells import line_width, plain
from gztrack.tui.chartlegend import chart_legend
from gztrack.tui.charttext import APART, LEAST_CELLS, LEAST_ROWS, chart_lines
from gztrack.tui.glyphs import ASCII, UNICODE, Glyphs

TODAY = date(2026, 11, 24)


def end(year: int) -> date:
    return date(year, 12, 31)


def point(year: int, value: float, qualifier: str = "exact", *, provisional: bool = False) -> ChartPoint:
    return ChartPoint(f"r{year}", end(year), value, qualifier, provisional)


def target(
    value: float,
    due: int | None,
    *,
    since: int | None = 2019,
    high: float | None = None,
    comparator: str = "at least",
    headline: bool = True,
) -> ChartTarget:
    return ChartTarget(
        f"t{due}-{value}",
        date(since, 1, 1) if since else None,
        end(due) if due else None,
        value,
        high,
        comparator,
        headline=headline,
    )


def chart(
    points: Sequence[ChartPoint] = (),
    targets: Sequence[ChartTarget] = (),
    *,
    line: tuple[Spot, Spot] | None = None,
    expected: float | None = None,
    ahead: tuple[float, float, float] | None = None,
    unit: str = "vehicles/year",
    today: date = TODAY,
) -> Chart:
    """A chart; ``ahead`` are the middle, low and high value at the headline's due date."""
    projection = None
    if ahead is not None:
        start, due = Spot(points[-1].day, points[-1].value), targets[0].due
        assert due is not None
        middle, low, high = ((start, Spot(due, value)) for value in ahead)
        projection = ChartProjection(middle, low, high)
    return Chart(
        tuple(points),
        tuple(targets),
        line,
        None if expected is None else Figure(expected),
        projection,
        today,
        parse_unit(unit),
    )


BEHIND = chart(
    [point(2020, 79_800), point(2023, 650_000, "more than"), point(2025, 780_000, provisional=True)],
    [target(1_500_000, 2027, since=2021)],
    line=(Spot(end(2020), 79_800), Spot(end(2027), 1_500_000)),
    expected=1_276_000,
    ahead=(1_060_000, 900_000, 1_300_000),
)
CASES = {
    "behind": BEHIND,
    "no target": chart([point(2019, 495), point(2022, 700)]),
    "one reading": chart([point(2019, 495)]),
    "one reading of zero": chart([point(2019, 0)]),
    "read today": chart([ChartPoint("r", TODAY, 5)]),
    "no reading": chart([], [target(5_000_000, 2028)]),
    "falling": chart(
        [point(2018, 50), point(2025, 41)],
        [target(20, 2030, comparator="at most")],
        line=(Spot(end(2018), 50), Spot(end(2030), 20)),
        expected=30.2,
        ahead=(34.5, 33, 36),
        unit="%",
    ),
    "between": chart([point(2020, 30), point(2024, 38)], [target(40, 2027, high=60, comparator="between")]),
    "below zero": chart([point(2020, -30), point(2024, 12)], [target(40, 2027)]),
    "all below zero": chart([point(2020, -30), point(2024, -12)], [target(-5, 2027)]),
    "due passed": chart([point(2018, 213), point(2024, 241)], [target(300, 2025)]),
    "no due date": chart([point(2020, 60)], [target(200, None)]),
    "nobody knows when": chart([point(2020, 60)], [target(200, 2027, since=None)]),
    "stated when due": chart([point(2020, 60)], [target(200, 2021, since=2022)]),
    "three steps": chart(
        [point(2020, 60), point(2024, 90)],
        [target(200, 2027, since=2024), target(150, 2025, since=2022, headline=False),
         target(100, 2022, since=2019, headline=False)],
    ),
    "flat": chart([point(year, 66.7 + (year % 2) / 10) for year in range(2015, 2026)], [target(67, 2027)], unit="%"),
    "the same each year": chart([point(year, 7) for year in range(2015, 2026)]),
    "wide": chart([point(2020, 1), point(2025, 100)], [target(900_000_000_000, 2028)]),
    "tiny": chart([point(2020, 0.000_001), point(2025, 0.000_004)], unit="t"),
    "a century": chart([point(1901, 1), point(2025, 100)], [target(200, 2199)]),
    "runaway": chart([point(2024, 10), point(2025, 11)], [target(20, 2030)], ahead=(15, -1e12, 1e12)),
    "bounds": chart(
        [point(2020, 10, "at most"), point(2022, 20, "less than"), point(2024, 30, "at least"),
         point(2025, 33, "about")]
    ),
}  # fmt: skip
SIZES = [(30, 5), (34, 9), (65, 9), (79, 16), (118, 20), (200, 40)]


def drawn(what: Chart, cells: int = 65, rows: int = 9, glyphs: Glyphs = UNICODE) -> list[str]:
    return [plain(line) for line in chart_lines(what, cells, rows, glyphs)]


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("case", CASES)
def test_every_case_has_a_picture_that_fits(case: str, size: tuple[int, int], glyphs: Glyphs) -> None:
    cells, rows = size
    lines = chart_lines(CASES[case], cells, rows, glyphs)
    assert len(lines) == rows
    assert all(line_width(line) <= cells for line in lines)
    text = "\n".join(map(plain, lines))
    points, targets = CASES[case].points, CASES[case].targets
    if points:
        assert set(text) & set("*^vo" if glyphs.ascii else "●▴▾○")
    if targets:
        assert set(text) & set("#>)" if glyphs.ascii else "◆▸◇")
    assert text.isascii() or not glyphs.ascii


def test_the_picture_of_a_row_that_is_behind() -> None:
    lines = drawn(BEHIND)
    assert lines[0].endswith("≥1,500,000")
    assert lines[1].startswith(" 1.5 m┤")
    assert lines[1].rstrip().endswith("╌◆")
    assert lines[7].startswith("     0┤ ●")
    assert "today ┊" in lines[7]
    assert "┼" in lines[2]
    assert lines[8].split("╵")[0].strip() == "2020"
    assert lines[8].endswith("2027╵")
    assert sum(line.count("○") for line in lines) == sum(line.count("▴") for line in lines) == 1


def test_the_same_in_ascii() -> None:
    lines = drawn(BEHIND, glyphs=ASCII)
    assert lines[1].startswith(" 1.5 m+")
    assert lines[1].rstrip().endswith("-#")
    assert lines[7].startswith("     0+ *")
    assert sum(line.count("o") for line in lines[:7]) == 1
    assert sum(line.count("^") for line in lines) == 1
    assert "+" in lines[2]


def test_the_line_of_the_readings_meets_its_marks() -> None:
    lines = drawn(chart([point(2020, 0), point(2025, 100)]), 65, 12)
    first, last = ((line.index("●"), row) for row, line in reversed(list(enumerate(lines))) if "●" in line)
    assert lines[first[1]][first[0] + 1] in "⣀⠒⠤⠔⠊⠉⠁⡠⢀⠐⠂⠓⠃⠜⠌"
    assert lines[last[1]][last[0] - 1] in "⣀⠒⠤⠔⠊⠉⠁⡠⢀⠐⠂⠠"


def test_points_win_over_labels_and_lines() -> None:
    crowded = chart(
        [point(year, 100) for year in range(2016, 2026)],
        [target(100, 2025), target(101, 2025, headline=False)],
    )
    for cells, rows in SIZES:
        text = "\n".join(drawn(crowded, cells, rows))
        assert text.count("●") >= 9 or cells < 40


def test_a_lower_bound_is_open_upwards_and_an_upper_one_downwards() -> None:
    lines = drawn(chart([point(2020, 50, "more than"), point(2023, 50), point(2025, 50, "at most")],
                        [target(100, 2026)]), 65, 12)  # fmt: skip
    row = next(number for number, line in enumerate(lines) if "▴" in line)
    column = lines[row].index("▴")
    assert lines[row - 1][column] == "⢐"
    column = lines[row].index("▾")
    assert lines[row + 1][column] == "⢐"


def test_both_limits_of_a_range_are_drawn() -> None:
    assert sum(line.count("◆") for line in drawn(CASES["between"])) == 2
    assert "40..60" in "\n".join(drawn(CASES["between"]))


def test_a_promise_without_a_date_is_open_to_the_right() -> None:
    assert any(line.endswith("╌▸") for line in drawn(CASES["no due date"]))


def test_old_targets_have_hollow_ends_and_the_headline_a_full_one() -> None:
    text = "\n".join(drawn(CASES["three steps"], 80, 16))
    assert (text.count("◆"), text.count("◇")) == (1, 2)
    assert all(label in text for label in ("≥200", "≥150", "≥100"))


def close_targets(*goals: tuple[float, int]) -> Chart:
    """Targets a step or less apart, the headline first."""
    return chart(
        [point(2020, 100), point(2023, 150), point(2025, 200)],
        [
            target(value, due, since=2020 + at, headline=not at)
            for at, (value, due) in enumerate(goals)
        ],
        line=(Spot(end(2020), 100), Spot(end(2027), goals[0][0])),
        expected=230,
        ahead=(240, 220, 300),
        unit="%",
    )  # fmt: skip


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("size", [(40, 7), (48, 7), (65, 9), (79, 12)])
@pytest.mark.parametrize(
    "goals",
    [
        [(260, 2027), (250, 2027)],
        [(260, 2027), (250, 2026)],
        [(260, 2027), (255, 2026), (250, 2025), (245, 2025), (240, 2024)],
    ],
)
def test_labels_stand_apart_and_that_of_the_headline_is_there(
    goals: list[tuple[float, int]], size: tuple[int, int], glyphs: Glyphs
) -> None:
    lines = drawn(close_targets(*goals), *size, glyphs)
    assert sum("260 %" in line for line in lines) == 1
    marks = "*^vo#)>" if glyphs.ascii else "●▴▾○◆◇▸"
    for line in lines:
        found = list(re.finditer(r"(?:≥|>=)\d+ %|today", line))
        assert all(after.start() - before.end() >= APART for before, after in itertools.pairwise(found)), line
        for label in found:
            assert line[label.start() - 1] not in marks, line
            assert line[label.end() : label.end() + 1] not in {*marks}, line


def test_labels_stand_apart_in_chinese() -> None:
    language.use("zh")
    lines = drawn(close_targets((260, 2027), (250, 2026)), 40, 7)
    assert any("今天" in line for line in lines)
    for line in lines:
        found = list(re.finditer(r"≥\d+ %|今天", line))
        assert all(after.start() - before.end() >= APART for before, after in itertools.pairwise(found)), line


def test_no_two_parts_of_an_ascii_chart_share_a_sign() -> None:
    signs = charttext.ASCII
    pens = charttext.READINGS_PEN, charttext.LINE_PEN, charttext.FORECAST_PEN, charttext.RANGE_PEN
    lines = [pen.char for pen in pens]
    parts = [*lines, signs.exact, signs.lower, signs.upper, signs.unsure, signs.target, signs.old_end]
    parts += [signs.end, signs.onward, signs.today, signs.expected]
    assert len(set(parts)) == len(parts)


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_the_legend_names_every_sign_of_the_chart(glyphs: Glyphs) -> None:
    legend = "\n".join(map(plain, chart_legend(glyphs)))
    signs = ".:~,*^vo-#)>+|" if glyphs.ascii else "●▴▾○╌◇◆▸┊┼"
    assert [sign for sign in signs if sign not in legend] == []
    for words in ("readings", "the line to the target", "projection", "its range", "today"):
        assert words in legend


def test_in_the_past_it_says_as_of() -> None:
    lines = [plain(line) for line in chart_lines(BEHIND, 65, 9, UNICODE, travelling=True)]
    assert "as of ┊" in "\n".join(lines)


def test_a_projection_that_runs_away_does_not_flatten_the_picture() -> None:
    ticks = [line.split("┤")[0].strip() for line in drawn(CASES["runaway"]) if "┤" in line]
    assert all(len(tick) <= 3 for tick in ticks)


def many(count: int) -> Chart:
    first = date(1999, 1, 1)
    return chart([ChartPoint(f"r{n}", first + timedelta(days=n), 100 + n % 17) for n in range(count)])


@pytest.mark.parametrize("count", [1, 2, 3, 10, 100, 1_000, 10_000])
def test_any_number_of_readings_is_drawn_with_the_latest_marked(count: int) -> None:
    lines = drawn(many(count), 65, 9)
    text = "\n".join(lines)
    assert "●" in text
    assert text.count("●") <= max(10, 65 // 2)


def test_many_readings_keep_their_peaks() -> None:
    base = many(10_000)
    points = list(base.points)
    points[5_000] = points[5_000]._replace(value=1_000)
    lines = drawn(chart(points), 65, 12)
    assert any("⡇" in line or "⢸" in line or "⡀" in line or "⢀" in line for line in lines[:3])


@pytest.mark.parametrize("size", [(LEAST_CELLS - 1, 20), (80, LEAST_ROWS - 1), (0, 0)])
def test_too_little_room_shows_nothing(size: tuple[int, int]) -> None:
    assert chart_lines(BEHIND, *size, UNICODE) == []


def test_nothing_to_draw_is_nothing() -> None:
    assert chart_lines(chart(), 80, 20, UNICODE) == []


def test_what_was_drawn_is_kept() -> None:
    first = chart_lines(BEHIND, 70, 9, UNICODE)
    again = chart_lines(BEHIND, 70, 9, UNICODE)
    assert all(one is other for one, other in zip(first, again, strict=True))
