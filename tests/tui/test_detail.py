"""The detail of one indicator on the whole screen."""

from __future__ import annotations

import books
from gztrack.errors import InputError
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.detail import DetailScreen
from tui.conftest import Board, Started


def screen(b: Board) -> DetailScreen:
    """The screen on top."""
    found = b.app.screen
    assert isinstance(found, DetailScreen)
    return found


async def test_it_shows_figures_readings_and_targets(board: Started) -> None:
    async with board(size=(120, 40)) as b:
        await b.press("j", "enter")
        assert b.lines[0].startswith("─ NEV output ─")
        assert b.lines[1].startswith(" ◐ behind  pace is 0.69")
        assert b.line("attainment").split() == ["attainment", "52.0", "%"]
        assert b.line(" 2023 ").split() == ["2023", ">650,000", "en.people.cn"]
        assert "eleven months, other coverage" in b.line("2022-01..11")
        assert b.line("≥1,500,000").split()[:3] == ["2027-12-31", "≥1,500,000", "◐"]
        assert b.lines[39].startswith(" ↓ ↑ reading  c correct  d retract  D drop  l log  g goal")


async def test_the_marked_reading_is_told_in_full(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter", "j", "j")
        assert b.line("─ reading 2023")
        assert ">650,000 vehicles/yr" in b.text
        assert "https://en.people.cn/2025/page" in b.text
        assert "logged 2026-02-03 12:05 by mei" in b.text


async def test_the_marked_target_is_told_with_its_words(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter", "end")
        assert "“will exceed the plan by next year”" in b.text
        assert " stated   2019-Q4 by the city: " in b.text


async def test_escape_goes_back_to_the_row(board: Started) -> None:
    async with board() as b:
        await b.press("2", "j", "enter", "escape")
        assert isinstance(b.app.screen, BoardScreen)
        assert b.app.screen.row
        assert b.app.screen.row.id == "nev-output-growth"


async def test_correct_and_retract_act_on_the_marked_reading(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter", "j", "d")
        await b.type("typo")
        await b.press("enter")
        assert b.tracker.asked == [("retract", ("r-2024-790000", "typo"))]
        await b.press("c")
        assert "─ correct  NEV output, 2024 ─" in b.text


async def test_a_marked_target_is_corrected_as_an_entry_error(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter", "end", "c")
        assert "─ correct goal  NEV output ─" in b.text
        assert screen(b).form
        await b.press("end", "backspace")
        await b.type("1")
        await b.press("up")
        await b.press("up")
        await b.press("shift+tab")
        for _ in range(6):
            if screen(b).form and screen(b).form.focused_name == "reason":  # type: ignore[union-attr]
                break
            await b.press("down")
        await b.type("a digit")
        await b.press("enter")
        entry = b.tracker.asked[0][1][0]
        assert (entry.value, entry.correction, entry.replaces, entry.reason) == (
            "≥1,500,001",
            True,
            "500000",
            "a digit",
        )


async def test_log_and_goal_work_here_too(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter", "l")
        await b.type("5")
        await b.press("enter")
        assert b.tracker.asked[0][0] == "log"
        assert isinstance(b.app.screen, DetailScreen)
        assert "u undoes it" in b.lines[23]


async def test_counts_go_before_the_keys_that_move(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter")
        facts = b.app.screen.facts
        await b.press("3", "G")
        assert facts.cursor == 2
        await b.press("G")
        assert facts.cursor == len(facts.places) - 1
        await b.press("2", "pageup")
        assert facts.cursor == 0


async def test_another_sessions_change_appears(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter")
        b.tracker.rows = tuple(b.tracker.rows[:1])
        b.tracker.news = frozenset({"nev-output"})
        await b.pilot.pause(0.7)
        await b.settle()
        # It is gone from the board, so its detail closes.
        assert isinstance(b.app.screen, BoardScreen)
        assert "NEV output " not in b.text


async def test_a_citation_of_the_marked_reading(board: Started) -> None:
    async with board() as b:
        target = b.tracker.rows[1].target
        assert target is not None
        await b.press("j", "enter", "j", "y")
        assert "r-2024-790000" in b.app.clipboard
        await b.press("end", "y")
        assert f"Logged, {target.id}." in b.app.clipboard


async def test_an_error_of_the_store_is_one_line(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter")
        b.tracker.refuse = InputError("there is nothing to undo")
        await b.press("u")
        assert "✗ there is nothing to undo" in b.lines[23]


# Promises


async def test_an_indicator_whose_promises_are_over_says_so(board: Started) -> None:
    tracker = books.stations("2020,5000 2025,5300")
    tracker.set_target(GoalEntry("stations", "8000", "2040"))
    async with board(tracker, size=(120, 40)) as b:
        assert "no target yet" not in b.text
        await b.press("enter", "end", "D")
        await b.type("leaflet withdrawn")
        await b.press("enter")
        said = "no standing target; 1 dropped: ≥8,000 by 2040-12-31, leaflet withdrawn"
        assert b.lines[1] == f" · no target  {said}"
        await b.press("escape")
        assert said in b.text


async def test_only_a_promise_can_be_dropped(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter", "D")
        assert "✗ only a promise can be dropped; d retracts a reading" in b.lines[23]
        await b.press("end", "D")
        await b.type("no longer")
        await b.press("enter")
        assert b.tracker.asked == [("drop_target", ("t-2027-12-31-1500000", "no longer"))]


async def test_what_another_session_writes_of_the_whole_is_seen_in_the_part(board: Started) -> None:
    tracker = books.stations("2025,40")
    tracker.add_indicator(IndicatorEntry("whole", name="All stations", unit="stations"))
    tracker.log(LogEntry("whole", "100", "2025"))
    tracker.edit_indicator(IndicatorEntry("stations", part_of="whole"))
    async with board(tracker, size=(120, 40)) as b:
        await b.press("end", "enter")
        assert screen(b).indicator == "stations"
        assert "40 of 100 (40.0 %)" in b.text
        tracker.correct("whole@2025", LogEntry("whole", "80", "2025"), "miscounted")
        await screen(b).catch_up(changed=frozenset({"whole"}))
        assert "40 of 80 (50.0 %)" in b.text
