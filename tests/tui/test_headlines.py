"""Title, summary, first-run line and footer at every width."""

from __future__ import annotations

from datetime import date

import pytest

from gztrack.services.actions import BOARD, DETAIL, LEDGER, WHY, Action
from gztrack.tui.cells import line_width, plain
from gztrack.tui.glyphs import ASCII, UNICODE
from gztrack.tui.headlines import (
    dates,
    dates_beside,
    filter_line,
    first_run_line,
    footer,
    message_line,
    rule,
    summary,
    summary_line,
    title_line,
    title_start,
)

COUNTS = (
    ("off track", 2),
    ("missed", 1),
    ("behind", 1),
    ("on track", 1),
    ("reached", 3),
    ("cannot tell", 4),
    ("no target", 1),
)
DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (
            120,
            "○ 2 off track   ✗ 1 missed   ◐ 1 behind   ● 1 on track   ✓ 3 reached   ? 4 cannot tell   · 1 no target",
        ),
        (80, "○ 2 off track  ✗ 1 missed  ◐ 1 behind  ● 1 on track  ✓ 3  ? 4  · 1 no target"),
        (67, "○ 2 off track ✗ 1 ◐ 1 behind ● 1 on track ✓ 3 ? 4 · 1 no target"),
        (40, "○ 2 off track ✗ 1 ◐ 1 ● 1 ✓ 3 ? 4 · 1"),
        (10, "○ 2 ✗ 1 ◐ 1 ● 1 ✓ 3 ? 4 · 1"),
    ],
)
def test_a_narrow_summary_gives_up_words_not_counts(cells: int, text: str) -> None:
    assert plain(summary(COUNTS, cells, UNICODE)) == text


@pytest.mark.parametrize(
    ("cells", "shown"),
    [(100, "open-sdg, 1 by their own"), (82, "open-sdg +1 own"), (66, "open-sdg"), (40, "open-sdg")],
)
def test_the_method_gives_way_before_the_title_does(cells: int, shown: str) -> None:
    start = title_start("Guangzhou industrial upgrading", cells)
    right = dates_beside(start, DAY, False, "open-sdg, 1 by their own", cells, brief=False, titled=True)
    assert plain(right).split("   ")[-1] == shown
    line = plain(title_line("Guangzhou industrial upgrading", right, cells, UNICODE))
    assert ("Guangzhou industrial upgrading" in line) == (cells > 70)


@pytest.mark.parametrize("reckoned", ["linear, 3 by their own", "open-sdg, 1 by their own", "un-chart"])
def test_no_count_vanishes_beside_a_long_method(reckoned: str) -> None:
    for cells in range(60, 130):
        brief = cells < 100
        start = [(" ", "text"), *summary(COUNTS, 10 * cells, UNICODE)]
        right = dates_beside(start, DAY, False, reckoned, cells, brief=brief)
        text = plain(summary_line(COUNTS, right, cells, UNICODE))
        assert "…" not in text
        assert "2026-11-24" in text
        for word, count in COUNTS:
            assert f"{UNICODE.status(word)} {count}" in text


def test_the_summary_line_fits_with_its_date() -> None:
    for cells in range(60, 201):
        right = dates(DAY, False, "linear", brief=cells < 100)
        line = summary_line(COUNTS, right, cells, UNICODE)
        assert line_width(line) == cells
        assert plain(line).endswith("2026-11-24 ")
        assert "? 4" in plain(line)


def test_only_the_past_says_as_of() -> None:
    assert plain(dates(DAY, True, "linear", brief=True)) == "as of 2026-11-24"
    assert dates(DAY, True, "linear", brief=True)[0][1] == "guard"
    assert plain(dates(DAY, False, "linear", brief=True)) == "2026-11-24"


def test_another_method_is_always_named() -> None:
    assert "un-chart" in plain(dates(DAY, False, "un-chart", brief=True))
    assert "linear" not in plain(dates(DAY, False, "linear", brief=True))
    assert "linear" in plain(dates(DAY, False, "linear", brief=False, always_method=True))


def test_a_long_title_gives_way_to_the_date() -> None:
    line = title_line("x" * 200, dates(DAY, False, "linear", brief=False), 120, UNICODE)
    assert line_width(line) == 120
    assert plain(line).endswith("today 2026-11-24 ")


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (
            120,
            "Start here: l logs a reading, g sets a goal, i brings in what was published since, ? explains all",
        ),
        (80, "Start here: l logs a reading, g sets a goal, i adds later data, ? explains all"),
        (61, "Start here: l logs a reading, g sets a goal, ? explains all"),
        (20, "? explains all"),
    ],
)
def test_the_first_run_line_is_as_long_as_fits(cells: int, text: str) -> None:
    assert plain(first_run_line(True, cells)).strip() == text


def test_the_first_run_line_offers_only_what_there_is() -> None:
    assert " i " not in plain(first_run_line(False, 120))


@pytest.mark.parametrize(
    ("cells", "gone"),
    [
        (134, []),
        (130, ["travel"]),
        (115, ["travel", "sort"]),
        (105, ["travel", "sort", "off track"]),
        (95, ["travel", "sort", "off track", "method"]),
        (80, ["travel", "sort", "off track", "method", "snapshot"]),
        (75, ["travel", "sort", "off track", "method", "snapshot", "undo"]),
    ],
)
def test_the_footer_drops_keys_in_turn(cells: int, gone: list[str]) -> None:
    text = plain(footer(BOARD, cells, UNICODE))
    for word in ("travel", "sort", "off track", "method", "snapshot", "undo"):
        assert (word in text) is (word not in gone), word
    for word in ("log", "goal", "detail", "filter", "ledger", "help", "quit"):
        assert word in text


@pytest.mark.parametrize("actions", [BOARD, DETAIL, LEDGER, WHY])
def test_the_footer_fits_every_width(actions: tuple[Action, ...]) -> None:
    for cells in range(20, 201):
        assert line_width(footer(actions, cells, UNICODE)) <= cells


def test_the_footer_shows_the_way_back_from_the_past() -> None:
    assert "t today" in plain(footer(BOARD, 80, UNICODE, travelling=True))
    assert "t today" not in plain(footer(BOARD, 80, UNICODE))


def test_a_filter_says_how_many_rows_are_left() -> None:
    assert plain(filter_line("nev", False, 3, 13, [], 80, UNICODE)).strip() == "/ nev   3 of 13"
    assert "only off track  2 of 13" in plain(filter_line("", True, 2, 13, [], 80, UNICODE))


def test_a_message_is_cut_before_its_hint() -> None:
    line = plain(message_line(("x" * 200, "good", "u undoes it"), 80, UNICODE))
    assert len(line) == 80
    assert line.startswith(" ✓ xxx")
    assert line.endswith("…  u undoes it ")


def test_an_error_message_has_its_mark() -> None:
    assert plain(message_line(("no", "error", ""), 80, ASCII)).startswith(" x no")


def test_a_rule_fills_its_width() -> None:
    for cells in range(6, 130):
        assert line_width(rule([("log", "strong")], "vehicles/year, level", cells, UNICODE)) == cells
