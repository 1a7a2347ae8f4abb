"""Quick entry: one field moves through the rows, and all of them are saved as one action."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input

import books
from gztrack.services.entering.entries import GoalEntry, LogEntry
from gztrack.services.entering.suggestions import Suggestions
from gztrack.services.importing.importer import import_text
from gztrack.services.views import Preview
from gztrack.tui.drafts import Drafts
from gztrack.tui.quicksheet import Cell
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.quickentry import QuickEntryScreen
from tui.conftest import Board, Started
from tui.fake import FakeTracker, many


def quick(b: Board) -> QuickEntryScreen:
    """The open screen."""
    screen = b.app.screen
    assert isinstance(screen, QuickEntryScreen)
    return screen


async def paste(b: Board, text: str) -> None:
    """Paste into the field."""
    assert b.app.focused
    b.app.focused.post_message(Paste(text))
    await b.settle()


async def test_every_indicator_has_a_row_with_its_latest_reading(board: Started) -> None:
    async with board() as b:
        await b.press("L")
        assert b.lines[0].startswith(" log several   13 indicators")
        assert "780,000  2025p" in b.line("NEV output ")
        assert "for every row that names no other" in b.line("period")


async def test_only_the_rows_that_the_board_shows_are_there(board: Started) -> None:
    async with board() as b:
        await b.press("slash")
        await b.type("nev")
        await b.press("enter", "L")
        assert [row.id for row in quick(b).sheet.rows] == ["nev-capacity", "nev-output", "nev-output-growth"]
        assert "filter: nev" in b.lines[0]


async def test_all_values_are_saved_as_one_action_with_the_common_period_and_source(board: Started) -> None:
    async with board() as b:
        await b.press("L")
        await b.type("2025")
        await b.press("tab")
        await b.type("bureau")
        await b.press("tab")
        await b.type("310k")
        await b.press("down", "tab")
        await b.type("12")
        await b.press("enter")
        ((name, (entries,)),) = b.tracker.asked
        assert name == "log_batch"
        assert entries == (
            LogEntry("nev-capacity", "310k", "2025", source="bureau", provisional=False),
            LogEntry("nev-output-growth", "12", "2025", source="bureau", provisional=False),
        )
        assert isinstance(b.app.screen, BoardScreen)
        assert "✓ logged 2 readings" in b.lines[23]
        assert b.lines[23].endswith("u undoes it")


async def test_one_undo_takes_all_of_it_back(board: Started) -> None:
    tracker = books.seeded()
    before = [row.reading for row in tracker.board().rows]
    async with board(tracker) as b:
        await b.press("L")
        await b.type("2025")
        await b.press("tab", "tab")
        await paste(b, "300k\n80\n")
        await b.press("enter")
        assert [row.reading for row in tracker.board().rows] != before
        await b.press("u")
        assert [row.reading for row in tracker.board().rows] == before


async def test_a_row_says_at_once_what_it_will_say_or_what_is_wrong(board: Started) -> None:
    async with board() as b:
        await b.press("L", "tab", "tab")
        await b.type("310k")
        assert "✓ achieved" in b.line("NEV annual")
        assert "103.3 %" in b.lines[22]
        await b.press("down")
        await b.type("1,23")
        assert "error: " in b.line("NEV output ")
        assert "! 1 needs a look" in b.lines[0]
        assert b.lines[22].strip() == "error: ambiguous: write 1.23 or 123"
        await b.press("up")
        await b.press("enter")
        assert b.tracker.asked == []
        assert quick(b).at == Cell(1, "value")
        assert "nothing was saved: 1 row needs a look" in b.lines[23]


async def test_a_wrong_common_period_is_told_once_at_the_top(board: Started) -> None:
    async with board(books.seeded(), size=(120, 40)) as b:
        await b.press("L")
        await b.type("2019-13")
        await b.press("tab", "tab")
        await paste(b, "300k\n80\n")
        assert "error: " in b.line(" period")
        assert [y for y, line in enumerate(b.lines) if "error:" in line] == [1, 38]
        assert sum("see above" in line for line in b.lines) == 2
        await b.press("enter")
        assert quick(b).at == Cell(-1, "period")
        assert "the period at the top needs a look" in b.lines[39]


async def test_a_message_too_long_for_a_line_stands_whole_at_the_foot(board: Started) -> None:
    async with board() as b:
        await b.press("L", "tab", "tab")
        await b.type("5")
        slug, words = quick(b).sheet.rows[0].id, " ".join(f"word{n}" for n in range(30))
        quick(b).sheet.previews[slug] = Preview(errors={"value": words})
        quick(b).fill()
        await b.settle()
        foot = b.lines[24 - quick(b).foot_rows : 23]
        assert words in " ".join(" ".join(foot).split())
        assert quick(b).foot_rows > 3
        await b.pilot.resize_terminal(200, 24)
        await b.settle()
        assert words in " ".join(" ".join(b.lines).split())


async def test_a_row_may_have_a_period_and_a_source_of_its_own(board: Started) -> None:
    async with board(size=(120, 40)) as b:
        await b.press("L")
        await b.type("2025")
        await b.press("tab", "tab")
        await b.type("5")
        await b.press("ctrl+o")
        await b.type("2024")
        await b.press("right")
        await b.type("by phone")
        assert quick(b).at == Cell(0, "source")
        await b.press("enter")
        entry: LogEntry = b.tracker.asked[0][1][0][0]
        assert (entry.value, entry.period, entry.source) == ("5", "2024", "by phone")


async def test_the_guard_asks_for_each_row_and_enter_answers(board: Started) -> None:
    async with board() as b:
        await b.press("L", "tab", "tab", *["down"] * 5)
        assert quick(b).sheet.rows[quick(b).at.row].id == "5g-base-stations"
        await b.type("1200000")
        await b.press("up")
        await b.press("enter")
        assert b.lines[21].startswith(" ! 5G base stations built: 13 times the last value")
        assert b.lines[23].strip() == "enter save it as it is  escape change"
        await b.press("escape")
        assert "! 5G base stations built: 13 times" not in b.text
        assert b.tracker.asked == []
        await b.press("enter", "enter")
        assert b.tracker.asked[0][1][0][0].yes is True


async def test_nothing_typed_is_nothing_to_save(board: Started) -> None:
    async with board() as b:
        await b.press("L", "enter")
        assert "nothing to save yet" in b.lines[23]
        assert b.tracker.asked == []


async def test_a_column_of_values_spreads_over_the_rows_below(board: Started) -> None:
    async with board() as b:
        await b.press("L", "tab", "tab", "down")
        await paste(b, "1\n\n3\n")
        texts = quick(b).sheet.texts
        assert texts == {"value nev-output": "1", "value uhd-output": "3"}
        assert "2 texts pasted into 2 rows" in b.lines[23]


async def test_lines_of_id_and_value_go_where_they_belong(board: Started) -> None:
    async with board() as b:
        await b.press("L", "tab", "tab")
        await paste(b, "uhd-output  CNY 200 bn\nNEV output  790k\n")
        assert quick(b).sheet.texts == {"value uhd-output": "CNY 200 bn", "value nev-output": "790k"}
        assert "2 texts pasted into 2 rows" in b.lines[23]


async def test_a_paste_with_an_unknown_name_is_refused_whole(board: Started) -> None:
    async with board() as b:
        await b.press("L", "tab", "tab")
        await paste(b, "nev-output\t5\ntrams\t6\n")
        assert quick(b).sheet.texts == {}
        assert "no row here is called trams" in b.lines[23]


async def test_the_draft_is_kept_at_each_key_and_offered_again(board: Started, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    async with board(drafts=path) as b:
        await b.press("L")
        await b.type("2025")
        await b.press("tab", "tab")
        await b.type("310k")
        assert Drafts(path).get("quick") == {"period": "2025", "value nev-capacity": "310k"}
    async with board(drafts=path) as b:
        assert "unfinished: log several (1 value, period 2025)" in b.lines[23]
        await b.press("D", "enter")
        assert quick(b).sheet.draft == {"period": "2025", "value nev-capacity": "310k"}
        await b.press("ctrl+r")
        assert quick(b).sheet.draft == {}
        assert Drafts(path).get("quick") is None


async def test_a_draft_that_another_board_saved_is_asked_about(board: Started, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    Drafts(path).keep("quick", {"value nev-output": "5"})
    async with board(drafts=path) as b:
        await b.press("L")
        Drafts(path).drop("quick")
        await b.press("enter")
        assert "Another board of yours" in b.text
        assert b.tracker.asked == []
        await b.press("enter")
        assert len(b.tracker.asked) == 1


async def test_a_source_used_before_is_taken_with_its_page_and_never_by_itself(board: Started) -> None:
    tracker = FakeTracker()
    tracker.used = Suggestions(sources=(("City bureau", "https://a.cn/x"),))
    async with board(tracker) as b:
        await b.press("L", "tab")
        assert "City bureau" in b.line(" source")
        await b.press("tab")
        await b.type("5")
        assert quick(b).sheet.entry("nev-capacity").source == ""
        await b.press("up", "right", "enter")
        entry: LogEntry = b.tracker.asked[0][1][0][0]
        assert (entry.source, entry.url) == ("City bureau", "https://a.cn/x")


async def test_a_thousand_rows_have_one_field(board: Started) -> None:
    async with board(FakeTracker(many(1000))) as b:
        await b.press("L", "tab", "tab", *["pagedown"] * 3)
        assert len(b.app.screen.query(Input)) == 1
        at = quick(b).at.row
        assert [y for y, line in enumerate(b.lines) if line.startswith("▌")] == [quick(b).field.region.y]
        await b.type("5")
        assert list(quick(b).sheet.draft) == [f"value i-{at}"]


async def test_names_are_chinese_where_the_board_shows_them_so(board: Started) -> None:
    async with board() as b:
        screen = b.app.screen
        assert isinstance(screen, BoardScreen)
        screen.action_names()
        await b.press("L")
        assert b.line("新能源汽车产量")


async def test_ascii_draws_nothing_else(board: Started) -> None:
    tracker = FakeTracker()
    tracker.used = Suggestions(sources=(("City bureau", ""),))
    async with board(tracker, ascii=True) as b:
        await b.press("L", "tab")
        await b.type("bureau")
        await b.press("tab")
        await b.type("1,23")
        assert b.text.isascii()
        await b.press("up", "end")
        assert "bureau -> City bureau" in b.line(" source")
        assert "right takes it" in b.line(" source")


@pytest.mark.parametrize("size", [(200, 60), (60, 16)])
async def test_any_size_shows_the_row_with_the_cursor(board: Started, size: tuple[int, int]) -> None:
    async with board(size=(80, 24)) as b:
        await b.press("L", "tab", "tab", *["down"] * 12)
        await b.pilot.resize_terminal(*size)
        await b.settle()
        assert any(line.startswith("▌") for line in b.lines)


async def test_somebody_elses_change_leaves_what_is_typed(board: Started) -> None:
    tracker = books.stations("2020,10")
    tracker.set_target(GoalEntry("stations", "90", "2030"))
    async with board(tracker) as b:
        await b.press("L", "tab", "tab")
        await b.type("45")
        import_text(tracker, "indicator,period,value\nstations,2025,40\n")
        await quick(b).catch_up()
        await b.settle()
        assert "40  2025" in b.line("Stations")
        assert quick(b).sheet.entry("stations").value == "45"
