"""Forms: what is typed is understood, asked about, saved once, and never lost."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

import books
from gztrack.errors import GuardError, InputError, StoreBusy
from gztrack.services.board.selecting import EVERYTHING
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.entering.suggestions import Suggestions
from gztrack.tui.dialogs.goal import GoalDialog
from gztrack.tui.dialogs.requests import Goal
from gztrack.tui.drafts import Drafts
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.widgets.form import Form
from tui.conftest import Board, Started
from tui.fake import FakeTracker, first_run, states
from tui.writing import Noting


def form(b: Board) -> Form:
    """The open form."""
    screen = b.app.screen
    assert isinstance(screen, BoardScreen)
    assert screen.form
    return screen.form


def closed(b: Board) -> bool:
    """No form is open."""
    screen = b.app.screen
    return isinstance(screen, BoardScreen) and screen.form is None


async def test_a_log_form_echoes_and_previews_while_typing(board: Started) -> None:
    async with board(FakeTracker(first_run(), first_run=True)) as b:
        await b.press("l")
        assert b.lines[15].startswith("─ log  NEV annual production capacity ─")
        assert b.lines[15].endswith(" vehicles/year, level ─")
        await b.type("310k")
        await b.press("tab")
        await b.type("2020-06")
        assert b.line("value").split() == ["value", "310k", "310,000", "vehicles/year"]
        assert "June 2020, ends 2020-06-30" in b.line("period")
        assert b.line("103.3").strip() == "✓ achieved   103.3 % of ≥300,000 by 2020-12-31 (date inferred)"
        assert "━━━━━━━━┃" in b.line("first reading in this series")
        assert b.lines[23].startswith(
            " enter save  tab next  escape leave, keeps the draft  ctrl+o more  ctrl+g help"
        )


async def test_the_board_stays_visible_with_its_cursor(board: Started) -> None:
    async with board() as b:
        await b.press("end", "l")
        assert any(line.startswith("▌· Subsidies") for line in b.lines[:15])


async def test_enter_saves_from_any_field_and_says_so(board: Started) -> None:
    async with board(FakeTracker(first_run(), first_run=True)) as b:
        await b.press("l")
        await b.type("310k")
        await b.press("tab")
        await b.type("2020-06")
        await b.press("tab")
        await b.type("stats.gz.gov.cn")
        await b.press("enter")
        assert b.tracker.asked == [
            (
                "log",
                (LogEntry("nev-capacity", "310k", "2020-06", source="stats.gz.gov.cn", provisional=False),),
            )
        ]
        assert closed(b)
        assert "✓ NEV annual production capacity  310,000 vehicles/year" in b.lines[23]
        assert b.lines[23].endswith("u undoes it")


async def test_errors_stand_beside_their_fields_and_nothing_is_saved(board: Started) -> None:
    async with board() as b:
        await b.press("5", "j", "l")
        await b.type("1,23")
        await b.press("tab")
        await b.type("2024-Q5")
        await b.press("enter")
        assert "✗ ambiguous: write 1.23 or 123" in b.line("value")
        assert "✗ no such quarter: 2024-Q1 to 2024-Q4" in b.line("period")
        assert "nothing can be saved yet: 2 fields need a look" in b.text
        assert b.tracker.asked == []
        assert not closed(b)


async def test_an_empty_form_is_not_scolded_before_enter(board: Started) -> None:
    async with board() as b:
        await b.press("l")
        assert "✗" not in "".join(b.lines[15:])
        await b.press("enter")
        assert "✗ no value was given" in b.line("value")


async def test_the_guard_asks_in_place_and_enter_answers(board: Started) -> None:
    async with board() as b:
        await b.press("5", "j", "l")
        await b.type("1200000")
        await b.press("enter")
        assert "! 13 times the last value (91,700). Is that right?" in b.text
        assert b.lines[23].strip() == "enter save anyway  escape change"
        assert b.tracker.asked == []
        await b.press("enter")
        assert b.tracker.asked[0][1][0].yes is True
        assert closed(b)


async def test_escape_takes_the_question_back_and_an_edit_does_too(board: Started) -> None:
    async with board() as b:
        await b.press("5", "j", "l")
        await b.type("1200000")
        await b.press("enter", "escape")
        assert "! 13 times" not in b.text
        assert not closed(b)
        await b.press("enter", "backspace")
        assert "! 13 times" not in b.text
        assert b.tracker.asked == []


async def test_a_guard_met_only_in_saving_asks_too(board: Started) -> None:
    async with board() as b:
        b.tracker.refuse = GuardError("nev-output: a hundred times. Is that right? --yes logs it as it is")
        await b.press("j", "l")
        await b.type("5")
        await b.press("enter")
        assert "! a hundred times. Is that right?" in b.text
        assert "--yes" not in b.text


async def test_a_store_that_is_busy_keeps_what_was_typed(board: Started) -> None:
    async with board() as b:
        b.tracker.refuse = StoreBusy("mei (pid 7, gztrack) holds the lock since 10:00; try again")
        await b.press("j", "l")
        await b.type("5")
        await b.press("enter")
        assert "✗ mei (pid 7, gztrack) holds the lock" in b.text
        await b.press("enter")
        assert len(b.tracker.asked) == 1


async def test_a_second_enter_while_saving_logs_nothing_twice(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l")
        await b.type("5")
        await b.pilot.press("enter", "enter", "enter")
        await b.settle()
        assert len(b.tracker.asked) == 1


async def test_escape_leaves_and_the_draft_comes_back(board: Started, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    async with board(drafts=path) as b:
        await b.press("j", "l")
        await b.type("790k")
        await b.press("escape")
        assert closed(b)
    async with board(drafts=path) as b:
        await b.press("j", "l")
        assert form(b).texts["value"] == "790k"
        assert "your draft from before" in b.text
        await b.press("enter")
    async with board(drafts=path) as b:
        await b.press("j", "l")
        assert form(b).texts["value"] == ""


async def test_a_draft_is_on_disk_before_the_form_is_left(board: Started, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    async with board(drafts=path) as b:
        await b.press("j", "l")
        await b.type("79")
        assert '"value": "79"' in path.read_text()


async def test_a_restored_draft_can_be_thrown_away(board: Started, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    async with board(drafts=path) as b:
        await b.press("j", "l")
        await b.type("790k")
        await b.press("escape", "l", "ctrl+r")
        assert form(b).texts["value"] == ""
        assert "790k" not in path.read_text()


async def test_what_was_typed_is_cleared_with_its_draft_and_comes_back(
    board: Started, tmp_path: Path
) -> None:
    path = tmp_path / "drafts.json"
    async with board(drafts=path) as b:
        await b.press("j", "l", "ctrl+r")
        await b.settle()
        assert "nothing to clear: the form is as it began" in b.lines[23]
        await b.type("790k")
        await b.press("tab", "tab")
        await b.type("a bureau")
        await b.press("ctrl+r")
        await b.settle()
        assert form(b).untouched
        assert "790k" not in b.text
        assert "790k" not in path.read_text()
        assert "what you typed and its draft are cleared; ctrl+r brings them back" in b.lines[23]
        await b.press("ctrl+r")
        await b.settle()
        assert (form(b).texts["value"], form(b).texts["source"]) == ("790k", "a bureau")
        assert "790k" in path.read_text()
        assert "790k" in b.line(" value")
        assert "what you had typed is back" in b.lines[23]
        await b.press("tab")
        assert "enter save" in b.lines[23]


async def test_a_cleared_draft_from_before_comes_back_as_one(board: Started, tmp_path: Path) -> None:
    Drafts(tmp_path / "drafts.json").keep("log nev-output", {"value": "790k"})
    async with board(drafts=tmp_path / "drafts.json") as b:
        await b.press("j", "l", "ctrl+r")
        await b.settle()
        assert "your draft from before" not in b.text
        await b.press("ctrl+r")
        await b.settle()
        assert "your draft from before" in b.text
        assert form(b).texts["value"] == "790k"


async def test_what_was_typed_since_is_no_way_back_to_what_was_cleared(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l")
        await b.type("790k")
        await b.press("ctrl+r", "5", "ctrl+r", "ctrl+r")
        await b.settle()
        assert form(b).texts["value"] == "5"
        await b.press("backspace", "ctrl+r")
        await b.settle()
        assert form(b).texts["value"] == ""
        assert "nothing to clear" in b.lines[23]


async def test_an_edit_starts_afresh_with_what_is_kept(board: Started) -> None:
    async with board() as b:
        await b.press("j", "e", "tab")
        name = form(b).texts["name"]
        await b.type("other")
        await b.press("ctrl+r")
        await b.settle()
        assert form(b).texts["name"] == name
        assert form(b).untouched


async def test_several_pasted_lines_are_refused_where_one_is_wanted(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l")
        b.app.focused.post_message(Paste("310k\n320k\n"))
        await b.settle()
        assert "✗ 2 lines pasted; it takes one" in b.line("value")
        assert form(b).texts["value"] == ""


async def test_several_pasted_lines_become_one_in_prose(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l", "tab", "tab", "tab")
        b.app.focused.post_message(Paste("first \x1b[31mline\nsecond line\n"))
        await b.settle()
        assert form(b).texts["note"] == "first line second line"


async def test_one_pasted_line_is_taken_clean(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l")
        b.app.focused.post_message(Paste("\u202e310\x1b]52;c;x\x07k\n"))
        await b.settle()
        assert form(b).texts["value"] == "310k"


async def test_arrows_and_tab_go_round_the_fields(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l")
        names = []
        for key in ("tab", "down", "down", "down", "up", "shift+tab"):
            await b.press(key)
            names.append(form(b).focused_name)
        assert names == ["period", "source", "note", "value", "note", "source"]


async def test_more_fields_are_one_key_away(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l")
        await b.type("5")
        await b.press("ctrl+o")
        for label in ("url", "published", "series", "provisional"):
            assert b.line(f"{label}  ")
        await b.press("up")
        await b.type("y")
        await b.press("enter")
        assert b.tracker.asked[0][1][0].provisional is True


async def test_fields_scroll_where_the_terminal_is_low(board: Started) -> None:
    async with board(size=(80, 16)) as b:
        await b.press("j", "g", "ctrl+o", "up")
        assert form(b).focused_name == "note"
        assert b.line(" note ")
        assert b.line(" target  ")[:12].strip() != "target"
        assert any(line.startswith("▌") for line in b.lines[:4])


async def test_no_source_is_claimed_that_nobody_typed(board: Started) -> None:
    async with board() as b:
        await b.press("5", "j", "l")
        assert "en.people.cn" not in b.line("source")
        assert "who published it" in b.line("source")


async def test_a_goal_is_set(board: Started) -> None:
    async with board() as b:
        await b.press("end", "g")
        await b.type(">=1.5m")
        await b.press("tab")
        await b.type("2027")
        assert b.line("at least 1,500,000").split()[:2] == ["target", ">=1.5m"]
        assert b.line("by 2027-12-31").split()[:2] == ["due", "2027"]
        assert "needs +360,000 a year from here" in b.text
        await b.press("enter")
        assert b.tracker.asked == [("set_target", (GoalEntry("subsidies", ">=1.5m", "2027"),))]


async def test_what_is_typed_after_a_refusal_goes_into_the_field_that_needs_a_look(board: Started) -> None:
    tracker = books.stations("2020,10 2024,50")
    tracker.set_target(GoalEntry("stations", "90", "2030"))
    async with board(tracker) as b:
        await b.press("g")
        await b.type("80")
        await b.press("tab", "2", "0", "3", "2", "enter")
        assert form(b).focused_name == "reason"
        assert form(b).texts["due"] == "2032"
        # Typed ahead, before anybody could see the refusal.
        await b.press("shift+tab", "shift+tab")
        await b.pilot.press("enter", "w", "h", "y")
        await b.settle()
        assert (form(b).texts["reason"], form(b).texts["source"]) == ("why", "")
        await b.press("enter")
        assert b.app.screen.form is None


async def test_a_refusal_opens_the_further_field_that_needs_a_look(board: Started) -> None:
    async with board(books.stations("2020,10")) as b:
        await b.press("g")
        await b.type("80")
        await b.press("tab")
        await b.type("2030")
        await b.press("ctrl+o", *["tab"] * 3)
        assert form(b).focused_name == "over"
        await b.type("nonsense")
        await b.press("ctrl+o", "enter")
        assert (form(b).more, form(b).focused_name) == (True, "over")


async def test_the_cursor_stays_in_a_field_that_needs_a_look_itself(board: Started) -> None:
    async with board(books.stations("2020,10")) as b:
        await b.press("g")
        await b.type("1,23")
        await b.press("tab")
        await b.type("2024-Q7")
        await b.press("enter")
        assert form(b).focused_name == "due"


async def test_an_open_goal_is_revised_with_a_reason(board: Started) -> None:
    async with board() as b:
        await b.press("j", "g")
        await b.type("2m")
        assert "revises ≥1,500,000 by 2027-12-31" in b.line("revises")
        assert "still needed: reason" in b.text
        await b.press("up")
        await b.type("new plan")
        await b.press("enter")
        entry: GoalEntry = b.tracker.asked[0][1][0]
        assert (entry.value, entry.replaces, entry.reason, entry.correction) == (
            "2m",
            "500000",
            "new plan",
            False,
        )


async def test_a_goal_whose_date_has_passed_is_revised_only_when_it_is_said_so(board: Started) -> None:
    async with board() as b:
        await b.press("g")
        assert "y if it replaces >2,000,000" in b.line("revises")
        assert form(b).texts.get("replaces", "") == ""
        dialog = form(b).dialog
        assert isinstance(dialog, GoalDialog)
        assert dialog.row.target is not None
        for typed, replaces in (("", ""), ("y", dialog.row.target.handle)):
            asked = dialog.request({"value": "3m", "replaces": typed})
            assert isinstance(asked, Goal)
            assert asked.entry.replaces == replaces


async def test_correcting_starts_with_what_the_reading_says(board: Started) -> None:
    async with board() as b:
        await b.press("j", "c")
        assert "─ correct  NEV output, 2025 ─" in b.text
        assert form(b).texts["value"] == "780,000"
        assert form(b).texts["provisional"] == "y"
        await b.press("end", "backspace")
        await b.type("1")
        await b.press("enter")
        name, (reference, entry, reason) = b.tracker.asked[0]
        assert (name, reference, entry.value, reason) == ("correct", "r-2025-780000", "780,001", "")
        assert entry.provisional is True


async def test_retracting_asks_for_the_reason(board: Started) -> None:
    async with board() as b:
        await b.press("j", "d")
        assert "─ retract  NEV output, 780,000 vehicles/year in 2025 ─" in b.text
        await b.press("enter")
        assert "✗ a retraction needs its reason" in b.text
        assert b.tracker.asked == []
        await b.type("wrong row")
        await b.press("enter")
        assert b.tracker.asked == [("retract", ("r-2025-780000", "wrong row"))]


@pytest.mark.parametrize("key", ["c", "d"])
async def test_without_a_reading_there_is_nothing_to_take_back(board: Started, key: str) -> None:
    async with board(FakeTracker(first_run())) as b:
        await b.press(key)
        assert closed(b)
        assert "✗ there is no reading" in b.lines[23]


async def test_a_new_indicator_starts_in_the_rows_group(board: Started) -> None:
    async with board() as b:
        await b.press("n")
        await b.type("nev-exports")
        await b.press("tab")
        await b.type("NEV exports")
        await b.press("tab")
        await b.type("vehicles/year")
        await b.press("enter")
        entry: IndicatorEntry = b.tracker.asked[0][1][0]
        assert (entry.id, entry.name, entry.unit, entry.group) == (
            "nev-exports",
            "NEV exports",
            "vehicles/year",
            "New energy vehicles",
        )


async def test_an_edit_sends_only_what_differs(board: Started) -> None:
    async with board() as b:
        await b.press("j", "e")
        assert form(b).texts["name"] == "NEV output"
        assert "✗" not in "".join(b.lines[14:])
        await b.press("end")
        await b.type("!")
        await b.press("enter")
        assert b.tracker.asked == [("edit_indicator", (IndicatorEntry("nev-output", name="NEV output!"),))]


async def test_unit_and_group_in_chinese_are_edited_and_completed(board: Started) -> None:
    tracker = FakeTracker([row._replace(unit_zh="辆", group_zh="汽车") for row in states()])
    tracker.used = Suggestions(groups_zh=("新能源汽车", "交通"), units_zh=("万元", "个"))
    async with board(tracker, size=(100, 40)) as b:
        await b.press("j", "e", "ctrl+o")
        assert "辆" in b.line("unit zh")
        assert "汽车" in b.line("group zh")
        while form(b).focused_name != "group_zh":
            await b.press("tab")
        await b.type("交")
        await b.press("right", "enter")
        assert b.tracker.asked == [("edit_indicator", (IndicatorEntry("nev-output", group_zh="交通"),))]


async def test_the_title_in_chinese_is_one_of_the_further_fields(board: Started) -> None:
    async with board() as b:
        await b.press("E")
        assert "title zh" not in b.text
        await b.press("ctrl+o", "up")
        await b.type("承诺台账")
        assert "承诺台账" in b.line("title zh")
        await b.press("enter")
        assert b.tracker.asked == [("edit_database", (SettingsEntry(title_zh="承诺台账"),))]


async def test_on_a_first_board_one_key_brings_in_what_was_published_since(board: Started) -> None:
    async with board(FakeTracker(first_run(), first_run=True)) as b:
        await b.press("i")
        assert b.tracker.asked == [("import_pack", (False,))]
        assert "4 new" in b.text
        assert "u undoes it" in b.text
        assert closed(b)


async def test_an_import_tells_its_counts_first(board: Started) -> None:
    tracker = FakeTracker(first_run())
    tracker.pack_offer = "guangzhou-followup"
    async with board(tracker) as b:
        await b.press("i")
        assert "empty: guangzhou-followup" in b.text
        await b.press("enter")
        assert "! 4 new, 25 revised, 0 same. Bring them in?" in b.text
        assert b.tracker.asked == [("import_pack", (True,))]
        await b.press("enter")
        assert b.tracker.asked[1] == ("import_pack", (False,))
        assert closed(b)


async def test_a_file_that_is_not_there_is_said_beside_its_field(board: Started) -> None:
    async with board() as b:
        await b.press("i")
        await b.type("/no/such.csv")
        assert "✗ there is no such file" in b.line("file ")


async def test_a_snapshot_is_written_and_never_over_a_file_unasked(board: Started, tmp_path: Path) -> None:
    there, writer = tmp_path / "a.md", Noting()
    there.write_text("old")
    async with board(snapshot=writer) as b:
        await b.press("x", "tab", "ctrl+u")
        await b.type(os.fspath(there))
        await b.press("enter")
        assert "! a.md is there already. Overwrite it?" in b.text
        assert "enter overwrite it" in b.lines[23]
        assert writer.wrote == []
        await b.press("enter")
    assert writer.wrote == [
        {
            "format": "md",
            "path": there,
            "as_of": date(2026, 11, 24),
            "method": "",
            "force": True,
            "only": EVERYTHING,
        }
    ]


async def test_the_proposed_file_follows_the_format(board: Started, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    writer = Noting(InputError("no room"))
    async with board(snapshot=writer) as b:
        await b.press("x", "ctrl+u")
        await b.type("csv")
        assert form(b).texts["path"] == "gztrack-2026-11-24.csv"
        assert "gztrack-2026-11-24.csv" in b.line("file ")
        assert b.app.drafts.get("snapshot") == form(b).texts
        await b.press("enter")
        assert "✗ no room" in b.text
    assert [each["path"] for each in writer.wrote] == [Path("gztrack-2026-11-24.csv")]


async def test_without_a_writer_snapshots_are_refused(board: Started) -> None:
    async with board() as b:
        await b.press("x")
        assert "✗ snapshots cannot be written here" in b.lines[23]


async def test_letters_in_a_field_are_text_not_keys(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l", "tab", "tab", "ctrl+u")
        await b.type("quGo?")
        assert form(b).texts["source"] == "quGo?"
        assert b.app.is_running


async def test_escape_does_not_leave_a_form_that_is_being_saved(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l")
        await b.type("5")
        form(b).busy = True
        await b.press("escape")
        assert not closed(b)


async def test_a_draft_that_another_board_has_saved_is_asked_about_before_it_is_saved_again(
    board: Started, tmp_path: Path
) -> None:
    drafts = tmp_path / "drafts"
    Drafts(drafts).keep("log nev-output", {"value": "790k", "period": "2025"})
    async with board(drafts=drafts) as b:
        await b.press("j", "l")
        assert form(b).texts["value"] == "790k"
        Drafts(drafts).drop("log nev-output")
        await b.press("enter")
        assert "Another board of yours" in b.text
        assert b.tracker.asked == []
        await b.press("enter")
        assert [name for name, _ in b.tracker.asked] == ["log"]
