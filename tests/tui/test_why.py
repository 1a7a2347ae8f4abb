"""The sums behind a status, on the whole screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import books
from gztrack.export.glyphs import role_of
from gztrack.export.why_text import why_text
from gztrack.services.databases.opening import initialise, open_tracker
from gztrack.services.entering.entries import IndicatorEntry
from gztrack.services.tracker import Tracker
from gztrack.storage.locations import Location
from gztrack.tui import whytext
from gztrack.tui.cells import line_width, plain, width
from gztrack.tui.glyphs import ASCII, UNICODE
from gztrack.tui.screens.board import BoardScreen
from gztrack.tui.screens.detail import DetailScreen
from gztrack.tui.screens.ledger import LedgerScreen
from gztrack.tui.screens.why import WhyScreen
from tui.conftest import Board, Started
from tui.fake import TODAY


def screen(b: Board) -> WhyScreen:
    """The screen on top."""
    found = b.app.screen
    assert isinstance(found, WhyScreen)
    return found


async def on(b: Board, name: str) -> None:
    """Put the board's cursor on the row with these words in its name."""
    await b.press("/")
    await b.type(name)
    await b.press("enter")


async def test_it_shows_the_status_its_rule_and_the_sums(board: Started) -> None:
    async with board(books.states(), size=(120, 60)) as b:
        await on(b, "provincial key")
        await b.press("w")
        assert b.lines[0].startswith("─ why  Provincial key laboratories ─")
        assert b.lines[0].endswith(" labs-provincial, linear ─")
        assert b.lines[1] == " ✗ missed"
        assert b.lines[2].strip().startswith("rule 3 of 6")
        assert " ".join(b.line(" attainment").split()) == "attainment y / T = 241 / 300 = 0.8033 (80.3 %)"
        assert b.line(" methods:")


async def test_it_is_the_text_of_the_command(board: Started) -> None:
    tracker = books.followed()
    async with board(tracker, size=(100, 400)) as b:
        await on(b, "base stations")
        await b.press("w")
        printed = why_text(tracker.why("5g-base-stations"), width=98).splitlines()
        shown = [line.removeprefix(" ") for line in b.lines[1 : len(printed)]]
        assert shown == printed[1:]


async def test_it_scrolls_and_stops_at_the_ends(board: Started) -> None:
    async with board(books.followed()) as b:
        await on(b, "base stations")
        await b.press("w")
        first = b.lines[1]
        total = len(screen(b).text.lines)
        assert total > 60
        assert b.lines[23].endswith(f"1 to 22 of {total}")
        await b.press("j", "2", "down")
        assert b.lines[23].endswith(f"4 to 25 of {total}")
        await b.press("k", "up", "up", "up")
        assert b.lines[1] == first
        second_page = screen(b).text.lines[20]
        await b.press("pagedown")
        assert b.lines[1] == plain(second_page).rstrip()
        await b.press("pageup", "end")
        assert b.lines[23].endswith(f"{total - 21} to {total} of {total}")
        await b.press("pagedown", "j", "G")
        assert b.lines[22] == plain(screen(b).text.lines[-1]).rstrip()
        await b.press("home")
        assert b.lines[1] == first


async def test_the_wheel_scrolls(board: Started) -> None:
    async with board(books.followed()) as b:
        await on(b, "base stations")
        await b.press("w")
        screen(b).text.on_mouse_scroll_down()
        assert screen(b).text.at == 3
        screen(b).text.on_mouse_scroll_up()
        screen(b).text.on_mouse_scroll_up()
        assert screen(b).text.at == 0


async def test_the_next_method_is_reckoned_and_the_board_goes_by_it_too(board: Started) -> None:
    async with board(books.states()) as b:
        await on(b, "rent share")
        await b.press("w", "m")
        assert "method: open-sdg" in b.lines[23]
        assert b.lines[0].endswith(" open-sdg ─")
        assert any(plain(line).startswith(" > open-sdg") for line in screen(b).text.lines)
        await b.press("m", "m")
        assert "method: linear, its own" in b.lines[23]
        await b.press("m", "escape")
        assert isinstance(b.app.screen, BoardScreen)
        assert "open-sdg" in b.lines[0]


@pytest.mark.parametrize("key", ["escape", "q", "w"])
async def test_it_goes_back_to_the_row(board: Started, key: str) -> None:
    async with board(books.states()) as b:
        await b.press("2", "j", "w", key)
        assert isinstance(b.app.screen, BoardScreen)
        assert b.app.screen.row
        assert b.app.screen.row.id == "labs-national"


async def test_it_opens_from_the_detail_and_from_the_ledger(board: Started) -> None:
    async with board(books.followed()) as b:
        await b.press("enter", "w")
        assert "NEV annual production capacity" in b.lines[0]
        await b.press("w")
        assert isinstance(b.app.screen, DetailScreen)
        await b.press("escape", "p", "w")
        assert "5G base stations built" in b.lines[0]
        await b.press("w")
        assert isinstance(b.app.screen, LedgerScreen)


async def test_it_is_reckoned_as_of_the_boards_date(board: Started) -> None:
    async with board(books.followed()) as b:
        await b.press("[", "[", "w")
        day = b.app.desk.lens.as_of
        assert day is not None
        assert day < TODAY
        assert f"as of D = {day}" in b.text


async def test_chinese_names_and_ascii(board: Started) -> None:
    async with board(books.states(), ascii=True) as b:
        assert isinstance(b.app.screen, BoardScreen)
        b.app.screen.action_names()
        await b.press("w")
        assert b.lines[0].startswith("- why  企业技术中心 -")
        assert b.lines[1].startswith(" + achieved")
        text = "\n".join(b.lines[1:])
        assert text.isascii()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16), (200, 16)])
async def test_it_fits_every_size(board: Started, size: tuple[int, int]) -> None:
    async with board(books.states(), size=size) as b:
        await b.press("w", "end")
        assert screen(b).text.lines
        assert all(width(line) <= size[0] for line in b.lines)


async def test_a_larger_terminal_shows_more(board: Started) -> None:
    async with board(books.states()) as b:
        await b.press("w", "end")
        await b.pilot.resize_terminal(120, 60)
        await b.settle()
        assert len([line for line in b.lines if line.strip()]) > 24
        assert screen(b).text.at <= screen(b).text.furthest


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("cells", [80, 120])
def test_only_status_glyph_and_headings_stand_out(glyphs: object, cells: int) -> None:
    tracker = books.states()
    for row in tracker.board().rows:
        lines = whytext.lines(tracker.why(row.id), cells, glyphs)  # type: ignore[arg-type]
        assert all(line_width(line) <= cells for line in lines)
        spans = [(text, role) for line in lines for text, role in line if role != "text"]
        assert spans[0] == (f" {glyphs.status(row.status)}", role_of(row.status))  # type: ignore[attr-defined]
        assert {" figures", " forecast", " sources"} <= {text for text, role in spans if role == "group"}
        assert {len(text.strip()) for text, role in spans if role != "group"} == {1}


@pytest.fixture
def place(tmp_path: Path) -> Location:
    """A database on disk, for two sessions at once."""
    found = Location(str(tmp_path / "db"), named=True)
    initialise(found, zone="UTC")
    return found


def session(place: Location) -> Tracker:
    """One session of ann's."""
    return open_tracker(place, author="ann", login="ann", today=date(2026, 11, 24), writing=True)


async def test_an_indicator_that_is_gone_closes_its_sums(board: Started, place: Location) -> None:
    other = session(place)
    other.add_indicator(IndicatorEntry("ports", "Ports", "ports"))
    async with board(session(place)) as b:
        await on(b, "Ports")
        await b.press("w")
        assert b.lines[0].startswith("─ why  Ports ─")
        other.undo()
        await b.until(lambda: isinstance(b.app.screen, BoardScreen))


async def test_another_sessions_reading_appears_in_the_sums(board: Started, place: Location) -> None:
    other = session(place)
    other.import_pack()
    async with board(session(place)) as b:
        await on(b, "base stations")
        await b.press("w", "j", "j")
        assert "120,000 stations" not in "\n".join(map(plain, screen(b).text.lines))
        from gztrack.services.entering.entries import LogEntry

        other.log(LogEntry("5g-base-stations", "120k", "2025"))
        await b.until(lambda: "120,000 stations" in "\n".join(map(plain, screen(b).text.lines)))
        # Whoever reads is not sent back to the beginning.
        assert screen(b).text.at == 2
