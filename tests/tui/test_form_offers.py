"""Forms offer what was used before, bring back what was typed, show long texts whole, and find drafts again."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste

import books
from gztrack.services.entering.entries import GoalEntry, LogEntry
from gztrack.services.entering.suggestions import Suggestions
from gztrack.services.views import TargetView
from gztrack.tui.drafts import Drafts
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.drafts import DraftsScreen
from gztrack.tui.widgets.form import Form
from tui.conftest import Board, Started
from tui.fake import FakeTracker, many

USED = Suggestions(
    sources=(("City bureau", "https://a.cn/x"), ("Yearbook", ""), ("Ministry", "https://m.cn")),
    stated_by=("the city",),
    groups=("New energy vehicles", "Research and development"),
    indicators=(("tech-centres", "Enterprise technology centres", "企业技术中心"),),
    periods=("2026-Q3", "2025"),
)


def form(b: Board) -> Form:
    """The open form."""
    screen = b.app.screen
    assert isinstance(screen, BoardScreen)
    assert screen.form
    return screen.form


def used() -> FakeTracker:
    """A tracker in which something was used before."""
    tracker = FakeTracker()
    tracker.used = USED
    return tracker


async def test_a_source_stands_behind_the_cursor_and_is_taken_with_right(board: Started) -> None:
    async with board(used()) as b:
        await b.press("j", "l", "tab", "tab")
        assert "City bureau" in b.line("source")
        assert "→ takes it; pgdn: 1 of 3" in b.line("source")
        assert form(b).texts["source"] == ""
        await b.press("right")
        assert (form(b).texts["source"], form(b).texts["url"]) == ("City bureau", "https://a.cn/x")


@pytest.mark.parametrize("key", ["right", "ctrl+e", "ctrl+f"])
async def test_the_rest_of_a_typed_beginning_is_taken(board: Started, key: str) -> None:
    async with board(used()) as b:
        await b.press("j", "l", "tab", "tab", "y", "e")
        assert "yearbook" in b.line("source")
        await b.press(key)
        assert form(b).texts["source"] == "Yearbook"
        assert form(b).texts["url"] == ""


async def test_nothing_is_taken_unless_it_is_asked_for(board: Started) -> None:
    async with board(used()) as b:
        await b.press("j", "l")
        await b.type("5")
        await b.press("tab", "tab", "end", "left", "enter")
        assert b.tracker.asked == [("log", (LogEntry("nev-output", "5", provisional=False),))]


@pytest.mark.parametrize("key", ["pagedown", "ctrl+n"])
async def test_offers_are_gone_through_and_begin_again(board: Started, key: str) -> None:
    async with board(used()) as b:
        await b.press("j", "l", "tab", "tab", key, key)
        assert "Ministry" in b.line("source")
        assert "3 of 3" in b.line("source")
        await b.press(key)
        assert "City bureau" in b.line("source")


async def test_a_page_that_was_typed_stays_when_a_source_is_taken(board: Started) -> None:
    async with board(used()) as b:
        await b.press("j", "l", "ctrl+o", *["tab"] * 4)
        await b.type("https://mine.cn")
        await b.press("up", "up", "right")
        assert form(b).texts["source"] == "City bureau"
        assert form(b).texts["url"] == "https://mine.cn"


async def test_the_page_follows_a_source_that_is_taken_instead(board: Started) -> None:
    async with board(used()) as b:
        await b.press("j", "l", "tab", "tab", "right", "ctrl+u", "m", "right")
        assert (form(b).texts["source"], form(b).texts["url"]) == ("Ministry", "https://m.cn")


async def test_arrows_inside_a_text_only_move(board: Started) -> None:
    async with board(used()) as b:
        await b.press("j", "l", "tab", "tab", "y", "e", "left", "right")
        assert form(b).texts["source"] == "ye"


async def test_the_period_that_comes_next_is_offered(board: Started) -> None:
    async with board(used()) as b:
        await b.press("j", "l", "tab", "right")
        assert form(b).texts["period"] == "2026-Q3"


async def test_a_whole_is_found_by_its_chinese_name(board: Started) -> None:
    async with board(used()) as b:
        await b.press("n", "ctrl+o", *["tab"] * 10)
        assert form(b).focused_name == "part_of"
        await b.type("技术")
        assert "技术 → tech-centres" in b.line("part of")
        await b.press("right")
        assert form(b).texts["part_of"] == "tech-centres"


async def test_offers_are_ascii_on_a_terminal_that_has_no_more(board: Started) -> None:
    async with board(used(), ascii=True) as b:
        await b.press("j", "l", "tab", "tab")
        assert "right takes it" in b.line("source")
        await b.type("book")
        assert "book -> Yearbook" in b.line("source")


async def test_real_sources_are_offered_from_what_was_logged(board: Started) -> None:
    tracker = books.stations("2024,10")
    tracker.log(LogEntry("stations", "12", "2025", source="district office", url="https://d.cn"))
    async with board(tracker) as b:
        await b.press("l", "tab", "tab", "right")
        assert (form(b).texts["source"], form(b).texts["url"]) == ("district office", "https://d.cn")


async def test_a_path_is_completed(board: Started, tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text("")
    async with board() as b:
        await b.press("i")
        await b.type(f"{tmp_path}/fig")
        assert "→ takes it" in b.line("file ")
        assert "✗" not in b.line("file ")
        await b.press("right")
        assert form(b).texts["path"] == f"{tmp_path}/figures.csv"
        await b.type(".no")
        assert "✗ there is no such file" in b.line("file ")


async def test_page_up_brings_back_what_was_saved(board: Started, tmp_path: Path) -> None:
    path = tmp_path / "drafts-1.json"
    async with board(drafts=path) as b:
        for value in ("11", "22"):
            await b.press("j", "l")
            await b.type(value)
            await b.press("enter")
    async with board(drafts=path) as b:
        await b.press("j", "l", "3", "pageup")
        assert form(b).texts["value"] == "22"
        await b.press("pageup")
        assert form(b).texts["value"] == "11"
        await b.press("pageup")
        assert form(b).texts["value"] == "11"
        await b.press("pagedown", "pagedown")
        assert form(b).texts["value"] == "3"


async def test_without_a_history_page_up_says_so(board: Started) -> None:
    async with board() as b:
        await b.press("j", "l", "pageup")
        assert "nothing was saved here before" in b.line("value")


async def test_a_long_note_is_shown_whole_and_a_longer_one_scrolls(board: Started) -> None:
    words = [f"word{n}" for n in range(60)]
    async with board() as b:
        await b.press("j", "l", "tab", "tab", "tab")
        assert b.app.focused
        b.app.focused.post_message(Paste(" ".join(words[:20])))
        await b.settle()
        assert all(word in b.text for word in words[:20])
        b.app.focused.post_message(Paste(" " + " ".join(words[20:])))
        await b.settle()
        assert "word59" in b.text
        assert "word0 " not in b.text
        assert " of 7" in b.text
        await b.press("home")
        assert "word0 " in b.text
        assert "1-3 of 7" in b.text
        await b.press("up")
        assert "word0 " in b.line("note")
        assert "word9 " not in b.text


async def test_a_note_that_is_too_long_is_refused_beside_its_field(board: Started) -> None:
    async with board(books.stations("2024,10")) as b:
        await b.press("l", "tab", "tab", "tab")
        await b.type("x" * 4001)
        assert "✗" in b.line("note")
        assert "4,001 characters are too many" in b.text


@pytest.mark.parametrize("key", ["l", "g", "c", "d"])
async def test_forms_call_the_indicator_what_the_board_calls_it(board: Started, key: str) -> None:
    async with board() as b:
        screen = b.app.screen
        assert isinstance(screen, BoardScreen)
        screen.action_names()
        await b.press("j", key)
        assert "  新能源汽车产量" in b.line("─ ")
        assert form(b).dialog.initial.get("name", "") == ""


async def test_the_last_reading_is_told_before_the_unit(board: Started) -> None:
    async with board() as b:
        await b.press("l")
        assert "last >1,000,000 in 2022" in b.line("─ log")


# Drafts


async def test_a_board_says_at_its_start_what_is_unfinished(board: Started, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    Drafts(path).keep("log nev-output", {"value": "790k", "period": "2025"})
    async with board(drafts=path) as b:
        assert "unfinished: log  NEV output (value 790k, period 2025)" in b.lines[23]
        assert b.lines[23].endswith("D takes it up")
        await b.press("D", "enter")
        assert form(b).texts["value"] == "790k"
        screen = b.app.screen
        assert isinstance(screen, BoardScreen)
        assert screen.row
        assert screen.row.id == "nev-output"


async def test_unfinished_entries_are_listed_and_dropped(board: Started, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    Drafts(path).keep("log nev-output", {"value": "790k"})
    Drafts(path).keep("new", {"name": "x\x1b[31m[red]y"})
    async with board(drafts=path) as b:
        assert "2 unfinished entries are kept" in b.lines[23]
        await b.press("D")
        assert b.lines[2].startswith("▌ new indicator")
        assert b.lines[2].endswith("name x[red]y")
        await b.press("d")
        assert list(Drafts(path).all()) == ["log nev-output"]
        await b.press("d")
        assert "no entry is unfinished" in b.text
        await b.press("enter", "escape")
        assert isinstance(b.app.screen, BoardScreen)


async def test_without_drafts_nothing_is_said(board: Started, tmp_path: Path) -> None:
    async with board(drafts=tmp_path / "drafts.json") as b:
        assert "unfinished" not in b.text
        await b.press("D")
        assert isinstance(b.app.screen, DraftsScreen)
        assert "no entry is unfinished" in b.text


async def test_every_kind_of_draft_is_taken_up(board: Started, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    tracker = books.stations("2024,10")
    tracker.set_target(GoalEntry("stations", "90", "2030"))
    detail = tracker.detail("stations")
    reading, target = detail.readings[0].id, detail.targets[0].id
    assert isinstance(detail.targets[0], TargetView)
    names = {
        "log stations": "log",
        "goal stations": "goal",
        "edit stations": "edit",
        "new": "new indicator",
        "import": "import",
        f"correct {reading}": "correct",
        f"retract {reading}": "retract",
        f"correct {target}": "correct goal",
        f"revise {target}": "goal",
        f"retract {target}": "retract",
        f"drop {target}": "drop",
    }
    for name, word in names.items():
        Drafts(path).keep(name, {"note": "x"})
        async with board(tracker, drafts=path) as b:
            await b.press("D", "enter")
            assert (form(b).dialog.draft, form(b).dialog.word) == (name, word)
            Drafts(path).drop(name)


@pytest.mark.parametrize("name", ["log trams", "correct abcdef", "nonsense", "log", ""])
async def test_a_draft_of_what_is_gone_can_only_be_dropped(board: Started, tmp_path: Path, name: str) -> None:
    path = tmp_path / "drafts.json"
    Drafts(path).keep(name, {"value": "1"})
    async with board(books.stations("2024,10"), drafts=path) as b:
        await b.press("D", "enter")
        assert isinstance(b.app.screen, BoardScreen)
        assert b.app.screen.form is None
        if name:
            assert "no longer there" in b.lines[23]


async def test_with_a_thousand_indicators_offers_do_not_hold_up_a_key(board: Started) -> None:
    tracker = FakeTracker(many(1000))
    tracker.used = USED
    async with board(tracker) as b:
        await b.pilot.press("l", "5", "tab", "tab", "y", "right")
        await b.settle()
        assert form(b).texts["value"] == "5"
