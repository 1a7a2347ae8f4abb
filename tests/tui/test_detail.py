"""The detail of one indicator on the whole screen."""

from __future__ import annotations

import books
from gztrack.errors import InputError
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.tui.cells import plain
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.detail import DetailScreen
from tui.conftest import Board, Started
from tui.fake import FakeTracker, states


def screen(b: Board) -> DetailScreen:
    """The screen on top."""
    found = b.app.screen
    assert isinstance(found, DetailScreen)
    return found


async def test_it_shows_figures_readings_and_targets(board: Started) -> None:
    async with board(size=(120, 40)) as b:
        await b.press("j", "enter")
        assert b.lines[0].endswith("today 2026-11-24   linear")
        assert b.lines[1].startswith("─ NEV output ─")
        assert b.lines[2].startswith(" ◐ behind  pace is 0.69")
        assert b.line("attainment").startswith(" attainment 52.0 %   path 49.3 %   time 71 %")
        assert b.line(" 2023 ").split() == ["2023", ">650,000", "en.people.cn"]
        assert "eleven months, other coverage" in b.line("2022-01..11")
        assert b.line("2027-12-31 ").split() == ["2027-12-31", "≥1,500,000", "◐", "behind", "open"]
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
        # It is gone from the board, so its detail closes.
        await b.until(lambda: isinstance(b.app.screen, BoardScreen))
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
        assert b.lines[2] == f" · no target  {said}"
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


# The chart


async def test_the_chart_takes_about_half_of_a_high_screen(board: Started) -> None:
    async with board(size=(120, 40)) as b:
        await b.press("j", "enter")
        drawn = [line for line in b.lines if "┊" in line]
        assert 14 <= len(drawn) <= 20
        assert b.line("today ┊")
        assert all(b.line(mark) for mark in "◆○▴●")


async def test_no_heading_of_the_lists_is_the_last_line_there_is(board: Started) -> None:
    for rows in range(30, 61):
        async with board(size=(120, rows)) as b:
            await b.press("j", "enter")
            facts = screen(b).facts
            seen = [plain(item.line) for item in facts.items[: facts.space[1]]]
            assert not seen[-1].startswith(" targets"), rows


async def test_a_heading_says_how_many_there_are(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter")
        assert b.line(" readings").split() == ["readings", "6"]
        await b.press("end")
        assert b.line(" targets").split() == ["targets", "1"]


async def test_a_key_takes_the_chart_away_and_brings_it_back(board: Started) -> None:
    async with board(size=(120, 40)) as b:
        await b.press("j", "enter", "v")
        assert "┊" not in b.text
        assert b.line("attainment").split() == ["attainment", "52.0", "%"]
        await b.press("v")
        assert b.line("today ┊")


async def test_at_80x24_a_key_shows_the_chart_in_place_of_the_lists(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter")
        assert "┊" not in b.text
        assert b.line(" readings")
        assert "v chart" in b.lines[23]
        await b.press("v")
        assert b.line("today ┊")
        assert b.line(" readings") == ""
        assert b.line("─ reading 2025 ─")
        await b.press("v")
        assert b.line(" readings")


async def test_the_marked_reading_stands_out_in_the_chart(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter", "v")
        places = []
        for _ in range(3):
            spans = [span for line in screen(b).head.lines for span in line]
            places.append([text for text, role in spans if role == "strong@select"])
            await b.press("j")
        assert places == [["○"], ["●"], ["▴"]]


async def test_without_anything_to_draw_the_key_says_so(board: Started) -> None:
    bare = states()[0]._replace(reading=None, target=None, status="no target", bar=None)
    async with board(FakeTracker([bare])) as b:
        await b.press("enter", "v")
        assert "there is nothing to draw yet" in b.lines[23]


async def test_the_smallest_screen_has_room_for_the_chart_instead_of_the_lists(board: Started) -> None:
    async with board(size=(60, 16)) as b:
        await b.press("j", "enter")
        assert b.line(" readings")
        await b.press("v")
        assert not [line for line in b.lines if line.startswith(" readings")]
        assert len([line for line in b.lines if any("\u2800" < mark < "\u2900" for mark in line)]) > 2
        await b.press("v")
        assert b.line(" readings")


# Time and method


async def test_time_travel_is_told_on_the_detail(board: Started) -> None:
    async with board(size=(120, 40)) as b:
        await b.press("j", "enter", "left_square_bracket")
        assert "as of 2026-08-26" in b.lines[0]
        assert b.line("as of ┊")
        assert "below it then" in b.lines[2] or "it today" not in b.text
        await b.press("t")
        assert "today 2026-11-24" in b.lines[0]


async def test_a_low_screen_has_the_date_beside_the_status(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter", "left_square_bracket")
        assert b.lines[1].endswith("as of 2026-08-26  linear")


async def test_the_method_goes_on_here_too(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter", "m")
        assert "method: " in b.lines[23]
        assert b.app.desk.lens.method == "open-sdg"


# Long notes


def noted(note: str) -> FakeTracker:
    """One indicator whose reading has a note."""
    row = states()[0]
    assert row.reading
    return FakeTracker([row._replace(reading=row.reading._replace(note=note))])


async def test_a_note_of_several_sentences_is_shown_whole(board: Started) -> None:
    note = " ".join(f"Sentence {number} of the note says something." for number in range(9))
    async with board(noted(note)) as b:
        await b.press("enter")
        assert "Sentence 0 " in b.text
        assert "Sentence 8 " in b.text
        assert "logged 2026-02-03" in b.text


async def test_a_note_longer_than_half_of_the_screen_is_read_on(board: Started) -> None:
    note = " ".join(f"word{number}" for number in range(400))
    async with board(noted(note)) as b:
        await b.press("enter")
        assert "lines: space reads on" in b.text
        seen = set(b.text.split())
        for _ in range(12):
            await b.press("space")
            seen |= set(b.text.split())
        assert {f"word{number}" for number in range(400)} <= seen


async def test_after_its_end_a_long_note_begins_anew(board: Started) -> None:
    note = " ".join(f"word{number}" for number in range(200))
    async with board(noted(note)) as b:
        await b.press("enter")
        first = b.line("─ reading")
        for _ in range(12):
            await b.press("space")
            if b.line("─ reading") == first:
                return
        raise AssertionError("it never came back to its beginning")


async def test_a_row_without_a_target_reads_right(board: Started) -> None:
    async with board() as b:
        await b.press("end", "enter")
        assert b.lines[1].startswith(" · no target  g sets one")


async def test_the_help_of_the_detail_tells_how_to_read_the_chart(board: Started) -> None:
    async with board() as b:
        await b.press("j", "enter", "question_mark")
        assert b.line(" how to read the chart")
        assert "● reading" in b.text
        assert b.line("chart or lists")
        assert b.line("⠄⠄⠄⠄ the line to the target   ┼ where it is today").endswith("┊ today")
        assert b.line("any key closes")
        assert all(len(line) <= 80 for line in b.lines)
